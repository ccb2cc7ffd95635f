package domain

import "time"

// AuditEntry is one line of the audit trail: who did what to which thing. Facts hold codes, counts and ids only; never personal
// data, ballots or scores. Entries are written with the act, in its transaction, and never changed (기록물령 28③).
type AuditEntry struct {
	ID        ID                `json:"id"`
	At        time.Time         `json:"at"`
	Actor     ID                `json:"actor"`
	ActorKind ActorKind         `json:"actorKind"`
	Action    string            `json:"action"` // operation name, noun.verb
	Kind      string            `json:"kind"`   // kind of the subject, e.g. "meeting"
	Subject   ID                `json:"subject"`
	Case      ID                `json:"case,omitempty"` // the meeting or committee it belongs to
	Facts     map[string]string `json:"facts,omitempty"`
	Hash      string            `json:"hash"` // SHA-256 of the entry's canonical JSON without this field
}

// AuditFilter asks for a page of the trail, newest first. Empty fields leave everything in.
type AuditFilter struct {
	Case      ID        // a meeting or a committee
	Committee ID        // it and all its meetings
	Action    string    // operation name
	Kind      string    // of the subject
	Subject   ID        // one thing
	From      time.Time // at or after
	Until     time.Time // before
	Before    ID        // entry, exclusive
	Limit     int       // rows, 0 for all
}

// Signal tells the workflow of a case to look again. It carries no content.
type Signal struct {
	ID     ID         `json:"id"`
	Kind   string     `json:"kind"` // kind of the case, e.g. "meeting"
	Case   ID         `json:"case"`
	At     time.Time  `json:"at"`
	SentAt *time.Time `json:"sentAt,omitempty"`
	Tries  int        `json:"tries"`
}
