package document

import (
	"time"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
)

// Record is a meeting as it is published for recounting: whatever a decision rests on, so that anybody can count
// again from this JSON alone. What is withheld is not in it: of confidential items only what the agenda says and
// their outcome, no passage that minutes redact, and for a withheld name neither the name nor the member's id (위원회조례
// 10의2⑤⑥, 정보공개법 14).
type Record struct {
	Schema     string            `json:"schema"`
	Committee  RecordCommittee   `json:"committee"`
	Meeting    RecordMeeting     `json:"meeting"`
	Rules      policy.Rules      `json:"rules"` // frozen for the meeting
	Roster     []RecordSeat      `json:"roster"`
	Presences  []RecordStay      `json:"presences"`
	Recusals   []RecordRecusal   `json:"recusals"`
	Items      []RecordItem      `json:"items"`
	Amendments []RecordAmendment `json:"amendments"`
	Ballots    []RecordBallot    `json:"ballots"` // closed ones, in the order of opening
	Filing     *RecordFiling     `json:"filing,omitempty"`
	Notice     *Notice           `json:"notice,omitempty"`
	Agenda     *Agenda           `json:"agenda,omitempty"`
	Minutes    *MinutesRecord    `json:"minutes,omitempty"` // the disclosed ones
	Decisions  []DecisionRecord  `json:"decisions"`         // superseded ones included
	Hash       string            `json:"hash"`              // SHA-256 of the record's canonical JSON with this field empty
}

// RecordCommittee is the committee that met.
type RecordCommittee struct {
	ID         domain.ID `json:"id"`
	Code       string    `json:"code"`
	Name       string    `json:"name"`
	Department string    `json:"department"` // 담당부서
	LegalBasis string    `json:"legalBasis"`
}

// RecordMeeting is the meeting from its notice to its end.
type RecordMeeting struct {
	ID            domain.ID    `json:"id"`
	Number        int          `json:"number"` // 제N차
	Title         string       `json:"title"`
	Mode          meeting.Mode `json:"mode"`
	StartsAt      time.Time    `json:"startsAt"`
	Place         string       `json:"place"`
	Public        bool         `json:"public"`
	NoticedAt     *time.Time   `json:"noticedAt,omitempty"`    // when the notice that must keep the period was given
	NoticeGround  string       `json:"noticeGround,omitempty"` // of a shorter notice
	NoticeReason  string       `json:"noticeReason,omitempty"`
	WrittenGround string       `json:"writtenGround,omitempty"`
	WrittenReason string       `json:"writtenReason,omitempty"`
	WrittenUntil  *time.Time   `json:"writtenUntil,omitempty"`
	ClosedGround  string       `json:"closedGround,omitempty"`
	ClosedReason  string       `json:"closedReason,omitempty"`
	PresidedBy    domain.ID    `json:"presidedBy"`
	WarnedAt      *time.Time   `json:"warnedAt,omitempty"` // 위원회조례 10의2③
	OpenedAt      time.Time    `json:"openedAt"`
	AdjournedAt   time.Time    `json:"adjournedAt"`
	RulesHash     string       `json:"rulesHash"` // of the frozen rules
}

// RecordSeat is a member in office when the meeting opened. From and Until are given only where the term began or
// ended while the meeting lasted, as in a written deliberation of some weeks.
type RecordSeat struct {
	Member domain.ID          `json:"member"`
	Number int                `json:"number"` // of the seat
	Name   string             `json:"name"`
	Kind   committee.SeatKind `json:"kind"`
	Role   committee.Role     `json:"role"`
	From   calendar.Date      `json:"from,omitempty"`
	Until  calendar.Date      `json:"until,omitempty"` // last day in office
}

// RecordStay is one stay in the meeting, from when to when and how. Why somebody left is not published.
type RecordStay struct {
	Member domain.ID  `json:"member"`
	Via    string     `json:"via"` // room, remote, proxy
	InAt   time.Time  `json:"inAt"`
	OutAt  *time.Time `json:"outAt,omitempty"`
}

// RecordRecusal is one 제척, 기피 or 회피. Reason and applicant are not published.
type RecordRecusal struct {
	ID     domain.ID            `json:"id"`
	Item   domain.ID            `json:"item"`
	Member domain.ID            `json:"member"`
	Kind   meeting.RecusalKind  `json:"kind"`
	Ground string               `json:"ground"` // code of the rules
	State  meeting.RecusalState `json:"state"`
	Ballot domain.ID            `json:"ballot,omitempty"` // that decided a challenge
	At     time.Time            `json:"at"`
}

// RecordItem is an agenda item with how it ended. Of a confidential one only what the agenda says and the outcome are
// given.
type RecordItem struct {
	Item          domain.ID        `json:"item"`
	Position      int              `json:"position"`
	Number        string           `json:"number"`
	Kind          meeting.ItemKind `json:"kind"`
	Subject       meeting.Subject  `json:"subject,omitempty"`
	Title         string           `json:"title"`
	Proposer      string           `json:"proposer,omitempty"`
	Proposal      string           `json:"proposal,omitempty"` // 주문, as it was put
	Outcome       meeting.Outcome  `json:"outcome"`
	Text          string           `json:"text,omitempty"` // wording of the decision
	Conditions    []string         `json:"conditions,omitempty"`
	Reason        string           `json:"reason,omitempty"`
	DecidedBallot domain.ID        `json:"decidedBallot,omitempty"`
	TabledAt      *time.Time       `json:"tabledAt,omitempty"`
	DecidedAt     *time.Time       `json:"decidedAt,omitempty"`
	SecretBallot  bool             `json:"secretBallot,omitempty"`
	Confidential  bool             `json:"confidential,omitempty"`
}

// RecordAmendment is a proposed change with how it ended; its wording is in the item's when it was carried.
type RecordAmendment struct {
	ID       domain.ID `json:"id"`
	Item     domain.ID `json:"item"`
	Position int       `json:"position"`
	State    string    `json:"state"` // proposed, carried, lost, withdrawn
	Ballot   domain.ID `json:"ballot,omitempty"`
}

// RecordBallot is a closed vote with everything that was counted. Votes of a secret one are choices alone, sorted,
// and nothing is said of when who took part in it.
type RecordBallot struct {
	ID         domain.ID      `json:"id"`
	Item       domain.ID      `json:"item"`
	Purpose    ballot.Purpose `json:"purpose"`
	Subject    domain.ID      `json:"subject,omitempty"` // the amendment or the recusal that is decided
	Method     ballot.Method  `json:"method"`
	Question   string         `json:"question"`
	Candidates []domain.ID    `json:"candidates,omitempty"`
	OpenedAt   time.Time      `json:"openedAt"`
	ClosesAt   *time.Time     `json:"closesAt,omitempty"`
	ClosedAt   time.Time      `json:"closedAt"` // when the voting ended
	Serving    int            `json:"serving"`  // 재적
	Present    int            `json:"present"`  // 출석 at opening; of a written ballot who returned a vote
	Recused    int            `json:"recused"`
	Excluded   []domain.ID    `json:"excluded,omitempty"` // who they are, sorted
	Roll       []domain.ID    `json:"roll"`               // who was entitled, sorted
	Voted      []RecordVoted  `json:"voted"`              // who took part, sorted by member
	Votes      []ballot.Vote  `json:"votes"`              // sorted by member, or by choice when secret
	Result     ballot.Result  `json:"result"`             // as it was stored when the vote ended
}

// RecordVoted says that a member took part; At is left out of a secret ballot.
type RecordVoted struct {
	Member domain.ID  `json:"member"`
	At     *time.Time `json:"at,omitempty"`
}

// RecordFiling is when the minutes were sent round for signature and published, and until when the law wants it.
type RecordFiling struct {
	Signers      []domain.ID   `json:"signers"` // who had to sign
	CirculatedAt *time.Time    `json:"circulatedAt,omitempty"`
	SignBy       calendar.Date `json:"signBy"`    // 위원회조례 10의2④
	PublishBy    calendar.Date `json:"publishBy"` // 위원회조례 10의2⑤
	PublishedAt  *time.Time    `json:"publishedAt,omitempty"`
}
