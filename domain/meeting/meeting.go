// Package meeting holds a meeting of a committee from its planning to its end: notice, agenda, papers, presence, recusal,
// quorum and what was said.
package meeting

import (
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
)

// Mode says how a meeting is held. A meeting has exactly one; written never mixes with the others (위원회규칙 4①).
type Mode string

// The modes.
const (
	InPerson Mode = "in_person"
	Remote   Mode = "remote" // 화상회의
	Mixed    Mode = "mixed"
	Written  Mode = "written" // 서면
)

// State of a meeting.
type State string

// A meeting is planned, convened, opened (for a written one: its window is open), perhaps suspended, adjourned; or cancelled.
const (
	Planned   State = "planned"
	Convened  State = "convened"
	Open      State = "open"
	Suspended State = "suspended"
	Adjourned State = "adjourned"
	Cancelled State = "cancelled"
)

// Meeting is one meeting.
type Meeting struct {
	ID             domain.ID   `json:"id"`
	Committee      domain.ID   `json:"committee"`
	Number         int         `json:"number"` // 제N차, given when convened
	Title          string      `json:"title"`
	Mode           Mode        `json:"mode"`
	State          State       `json:"state"`
	StartsAt       time.Time   `json:"startsAt"`
	Place          string      `json:"place"` // room and, for remote, how to join
	ExpectedEnd    time.Time   `json:"expectedEnd"`
	WrittenGround  string      `json:"writtenGround,omitempty"` // code, from policy written.grounds
	WrittenReason  string      `json:"writtenReason,omitempty"`
	WrittenUntil   *time.Time  `json:"writtenUntil,omitempty"` // close of the written window
	NoticeGround   string      `json:"noticeGround,omitempty"` // code of a ground for a shorter notice
	NoticeReason   string      `json:"noticeReason,omitempty"`
	CouncilGround  string      `json:"councilGround,omitempty"` // code of a ground to meet while the council sits
	CouncilReason  string      `json:"councilReason,omitempty"`
	ClosedGround   string      `json:"closedGround,omitempty"` // code of what closes it to the public
	ClosedReason   string      `json:"closedReason,omitempty"` // the provision that does
	ConvenedBy     domain.ID   `json:"convenedBy,omitempty"`
	DemandedBy     []domain.ID `json:"demandedBy,omitempty"` // members who demanded it, when enough of them did
	ConvenedAt     *time.Time  `json:"convenedAt,omitempty"`
	NoticedAt      *time.Time  `json:"noticedAt,omitempty"` // when the notice that must keep the period was given
	NoticeSequence int         `json:"noticeSequence"`      // grows with each change that members must hear of
	PapersFrozenAt *time.Time  `json:"papersFrozenAt,omitempty"`
	PresidedBy     domain.ID   `json:"presidedBy,omitempty"` // member in the chair
	WarnedAt       *time.Time  `json:"warnedAt,omitempty"`   // chair said that minutes may be published, 10의2③
	OpenedAt       *time.Time  `json:"openedAt,omitempty"`
	AdjournedAt    *time.Time  `json:"adjournedAt,omitempty"`
	CancelledAt    *time.Time  `json:"cancelledAt,omitempty"`
	CancelReason   string      `json:"cancelReason,omitempty"`
	CurrentItem    domain.ID   `json:"currentItem,omitempty"`
	Rules          string      `json:"rules,omitempty"` // hash of the policy frozen when planned
	Public         bool        `json:"public"`
	Version        int         `json:"version"`
}

// Day is the civil date of the meeting.
func (m Meeting) Day() calendar.Date { return calendar.DateOf(m.StartsAt) }

// ItemKind is the kind of an agenda item.
type ItemKind string

// 심의·의결·자문·보고.
const (
	Deliberation ItemKind = "deliberation"
	Resolution   ItemKind = "resolution"
	Advice       ItemKind = "advice"
	Report       ItemKind = "report"
)

// Votes reports whether items of the kind end in a vote.
func (k ItemKind) Votes() bool { return k == Deliberation || k == Resolution }

// ItemState of an agenda item in its meeting.
type ItemState string

// An item is listed, tabled (상정), decided; or withdrawn before.
const (
	Listed    ItemState = "listed"
	Tabled    ItemState = "tabled"
	Decided   ItemState = "decided"
	Withdrawn ItemState = "withdrawn"
)

// Outcome is how an item ended.
type Outcome string

// The outcomes (law.md 6): for votes, for advice, for reports, and without a vote.
const (
	ApprovedAsProposed    Outcome = "approved_as_proposed"   // 원안가결
	ApprovedAsAmended     Outcome = "approved_as_amended"    // 수정가결
	ApprovedConditionally Outcome = "approved_conditionally" // 조건부가결
	Rejected              Outcome = "rejected"               // 부결
	Deferred              Outcome = "deferred"               // 보류
	Reconsideration       Outcome = "reconsideration"        // 재심의
	WithdrawnOutcome      Outcome = "withdrawn"              // 철회
	NotTabled             Outcome = "not_tabled"             // 미상정
	ReportReceived        Outcome = "report_received"        // 원안접수
	AdviceGiven           Outcome = "advice_given"           // 자문의견
)

// Subject of an item, as far as rules depend on it.
type Subject string

// The subjects.
const (
	SubjectPlan      Subject = "basic_plan"
	SubjectSelection Subject = "selection"
	SubjectPersonnel Subject = "personnel"
	SubjectElection  Subject = "election"
	SubjectRules     Subject = "rules"
	SubjectOther     Subject = "other"
)

// Item is one agenda item (안건).
type Item struct {
	ID            domain.ID  `json:"id"`
	Meeting       domain.ID  `json:"meeting"`
	Position      int        `json:"position"` // order on the agenda, from 1
	Number        string     `json:"number"`   // 의안 제2026-3호, given when convened
	Kind          ItemKind   `json:"kind"`
	Subject       Subject    `json:"subject"`
	Title         string     `json:"title"`
	Proposer      string     `json:"proposer"` // department or person that tables it
	Proposal      string     `json:"proposal"` // 주문: the text that is voted on
	Reasons       string     `json:"reasons"`  // 제안이유
	Summary       string     `json:"summary"`  // 주요내용
	Confidential  bool       `json:"confidential"`
	SecretBallot  bool       `json:"secretBallot"`
	Interested    []string   `json:"interested"` // organisations with an interest, for the recusal check
	State         ItemState  `json:"state"`
	Outcome       Outcome    `json:"outcome,omitempty"`
	OutcomeText   string     `json:"outcomeText,omitempty"`   // wording of the decision, amendment or advice
	Conditions    []string   `json:"conditions,omitempty"`    // of a conditional approval
	OutcomeReason string     `json:"outcomeReason,omitempty"` // why deferred, withdrawn, returned
	DecidedBallot domain.ID  `json:"decidedBallot,omitempty"`
	TabledAt      *time.Time `json:"tabledAt,omitempty"`
	DecidedAt     *time.Time `json:"decidedAt,omitempty"`
	Version       int        `json:"version"`
}

// Paper is one version of a document of an item. Older versions stay.
type Paper struct {
	ID           domain.ID `json:"id"`
	Item         domain.ID `json:"item"`
	Number       int       `json:"number"`   // 붙임 N
	Revision     int       `json:"revision"` // version, from 1
	Title        string    `json:"title"`
	FileName     string    `json:"fileName"`
	MediaType    string    `json:"mediaType"`
	Size         int64     `json:"size"` // bytes
	SHA256       string    `json:"sha256"`
	Confidential bool      `json:"confidential"`
	AddedBy      domain.ID `json:"addedBy"`
	AddedAt      time.Time `json:"addedAt"`
	Reason       string    `json:"reason,omitempty"` // why it was added after the papers were frozen
	Superseded   bool      `json:"superseded"`
}

// Response is a member's answer to the notice.
type Response struct {
	Meeting domain.ID `json:"meeting"`
	Member  domain.ID `json:"member"`
	Answer  string    `json:"answer"` // attend, remote, absent
	Reason  string    `json:"reason,omitempty"`
	At      time.Time `json:"at"`
}

// Pledge is a member's 청렴서약 for one meeting (위원회조례 9의2).
type Pledge struct {
	Meeting domain.ID `json:"meeting"`
	Member  domain.ID `json:"member"`
	At      time.Time `json:"at"`
}

// Presence is one stay of a member in the meeting: from when to when, and how. It is a log: a stay is closed, never changed.
type Presence struct {
	ID      domain.ID  `json:"id"`
	Meeting domain.ID  `json:"meeting"`
	Member  domain.ID  `json:"member"`
	Via     string     `json:"via"`             // room, remote, proxy
	Proxy   string     `json:"proxy,omitempty"` // name and post of the official who stands in
	InAt    time.Time  `json:"inAt"`
	OutAt   *time.Time `json:"outAt,omitempty"`
	Reason  string     `json:"reason,omitempty"` // why left
}

// Proxy is the written appointment of an official who stands in for an ex-officio member at one meeting.
type Proxy struct {
	Meeting  domain.ID `json:"meeting"`
	Member   domain.ID `json:"member"`
	Name     string    `json:"name"`
	Post     string    `json:"post"`
	Document string    `json:"document"` // number of the written appointment
	At       time.Time `json:"at"`
}

// Interest is a member's declaration for an item before or at the meeting.
type Interest struct {
	Item   domain.ID `json:"item"`
	Member domain.ID `json:"member"`
	None   bool      `json:"none"` // 이해관계 없음
	At     time.Time `json:"at"`
}

// RecusalKind says by which of the three ways a member is kept out of an item (위원회조례 9).
type RecusalKind string

// 제척·기피·회피.
const (
	MandatoryRecusal RecusalKind = "mandatory"
	Challenge        RecusalKind = "challenge"
	VoluntaryRecusal RecusalKind = "voluntary"
)

// RecusalState of a recusal.
type RecusalState string

// A mandatory or voluntary recusal is in force at once; a challenge is pending until the committee resolves on it.
const (
	RecusalPending   RecusalState = "pending"
	RecusalInForce   RecusalState = "in_force"
	RecusalDismissed RecusalState = "dismissed"
)

// Recusal keeps a member out of an item.
type Recusal struct {
	ID        domain.ID    `json:"id"`
	Meeting   domain.ID    `json:"meeting"`
	Item      domain.ID    `json:"item"`
	Member    domain.ID    `json:"member"`
	Kind      RecusalKind  `json:"kind"`
	Ground    string       `json:"ground"` // code from policy recusal.grounds; for 회피 may be "other"
	Reason    string       `json:"reason,omitempty"`
	State     RecusalState `json:"state"`
	Ballot    domain.ID    `json:"ballot,omitempty"`    // the vote that decided a challenge
	Applicant string       `json:"applicant,omitempty"` // who challenged
	At        time.Time    `json:"at"`
}

// Amendment is a proposed change of an item's proposal, voted on before it.
type Amendment struct {
	ID       domain.ID `json:"id"`
	Item     domain.ID `json:"item"`
	Position int       `json:"position"` // order of voting, from 1
	Proposer domain.ID `json:"proposer"` // member
	Text     string    `json:"text"`     // the changed wording
	Reason   string    `json:"reason"`
	State    string    `json:"state"` // proposed, carried, lost, withdrawn
	Ballot   domain.ID `json:"ballot,omitempty"`
	At       time.Time `json:"at"`
}

// Statement is what somebody said, in full, as the clerk recorded it.
type Statement struct {
	ID       domain.ID `json:"id"`
	Meeting  domain.ID `json:"meeting"`
	Item     domain.ID `json:"item,omitempty"` // empty outside an item
	Sequence int       `json:"sequence"`
	Member   domain.ID `json:"member,omitempty"`
	Speaker  string    `json:"speaker"` // as it stands in the minutes, e.g. 위원 04, 간사
	Text     string    `json:"text"`
	At       time.Time `json:"at"`
	Version  int       `json:"version"`
}

// Event is a formal act in the course of the meeting (개회, 정회, 속개, 상정, 산회 ...), with the sentence that was spoken.
type Event struct {
	ID      domain.ID `json:"id"`
	Meeting domain.ID `json:"meeting"`
	Item    domain.ID `json:"item,omitempty"`
	Kind    string    `json:"kind"`
	Text    string    `json:"text,omitempty"`
	At      time.Time `json:"at"`
}
