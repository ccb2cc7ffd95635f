package selection

import (
	"slices"

	"secretariat/domain"
)

// RecordKind is the kind of record that Record is.
const RecordKind = "selection"

// Record is everything from which anybody can compute a published ranking again. The sheets of an application stand in the
// order of their totals, so that no evaluator can be followed from one application to the next.
type Record struct {
	Kind        string    `json:"kind"` // RecordKind
	Call        domain.ID `json:"call"`
	Title       string    `json:"title"`
	Profile     Profile   `json:"profile"`
	ProfileHash string    `json:"profileHash"`
	Commitment  string    `json:"commitment"`

	Conditions     Conditions `json:"conditions"` // everything that decides, as published with the call
	ConditionsHash string     `json:"conditionsHash"`

	Seed       string   `json:"seed"`
	Entries    []Entry  `json:"entries"`
	Rows       []Row    `json:"rows"`
	Version    int      `json:"version,omitempty"`    // of a ranking after the first
	Supersedes string   `json:"supersedes,omitempty"` // hash of the record before
	Grounds    []Ground `json:"grounds,omitempty"`    // why it was ranked again
	Changes    []Change `json:"changes,omitempty"`    // to the record before
}

// RecordOf is the record of a call's ranking.
func RecordOf(c Call, rank Ranking) Record {
	out := Record{
		Kind: RecordKind, Call: c.ID, Title: c.Title, Profile: c.Profile, ProfileHash: c.ProfileHash, Commitment: c.Commitment, Seed: c.Seed,
		Conditions: c.Conditions, ConditionsHash: c.ConditionsHash,
		Rows: rank.Rows, Entries: slices.Clone(rank.Entries),
	}
	if rank.Version > 1 {
		out.Version, out.Supersedes, out.Grounds, out.Changes = rank.Version, rank.Supersedes, rank.Grounds, rank.Changes
	}
	for i := range out.Entries {
		out.Entries[i].Sheets = Ordered(out.Entries[i].Sheets)
	}
	return out
}

// Follows reports whether a record replaces the other, whose hash is given: it names that hash and says truly what differs.
func (r Record) Follows(before Record, hash string) bool {
	return r.Call == before.Call && r.Supersedes == hash && r.Version == max(before.Version, 1)+1 &&
		slices.Equal(r.Changes, Changes(before.Rows, r.Rows))
}

// Recount is what came of computing a record again, from nothing but itself.
type Recount struct {
	Terms    bool // the conditions are those that were published, and the record's own
	Criteria bool // they are those that were frozen when the call was published
	Seed     bool // it is the one that was committed to
	Ranking  bool // every rank, score and outcome comes out the same
}

// OK reports whether everything agrees.
func (r Recount) OK() bool { return r.Terms && r.Criteria && r.Seed && r.Ranking }

// Recount computes the record again.
func (r Record) Recount() Recount {
	rows, err := Rank(r.Profile, r.Entries, r.Seed)
	same := err == nil && slices.EqualFunc(rows, r.Rows, func(a, b Row) bool {
		return a.Application == b.Application && a.Rank == b.Rank && a.Final == b.Final && a.Outcome == b.Outcome &&
			a.Tie == b.Tie && a.Sum == b.Sum && a.Counted == b.Counted
	})
	return Recount{
		Terms: r.Conditions.bind(r), Criteria: r.Profile.Hash() == r.ProfileHash, Seed: Commitment(r.Seed) == r.Commitment, Ranking: same,
	}
}
