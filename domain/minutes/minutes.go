// Package minutes holds the minutes of a meeting and the decision records that come out of it: drawn up from what
// happened, edited in versions, signed, redacted and published (위원회조례 10의2, 기록물령 18).
package minutes

import (
	"time"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/calendar"
	"secretariat/domain/meeting"
)

// State of minutes.
type State string

// Minutes are drafted, then circulated for signature (their text is locked), then published.
const (
	Drafting   State = "drafting"
	Circulated State = "circulated"
	Published  State = "published"
)

// Minutes of one meeting. The text is in versions.
type Minutes struct {
	ID           domain.ID     `json:"id"`
	Meeting      domain.ID     `json:"meeting"`
	Committee    domain.ID     `json:"committee"`
	State        State         `json:"state"`
	Current      int           `json:"current"`   // number of the newest version
	Locked       int           `json:"locked"`    // number of the version that is signed, 0 before
	Kind         string        `json:"kind"`      // of the verbatim record: stenography (속기록) or recording (녹음기록)
	Recording    string        `json:"recording"` // reference to it
	Signers      []domain.ID   `json:"signers"`   // members who have to sign the locked version
	SignBy       calendar.Date `json:"signBy"`    // 7 days from the end, 10의2④
	PublishBy    calendar.Date `json:"publishBy"` // 10 days from the end, 10의2⑤
	CirculatedAt *time.Time    `json:"circulatedAt,omitempty"`
	PublishedAt  *time.Time    `json:"publishedAt,omitempty"`
	Confirmed    domain.ID     `json:"confirmed,omitempty"` // chair who allowed publication before all signed
	Version      int           `json:"version"`
}

// Revision is one version of the text; none is ever changed or removed.
type Revision struct {
	ID      domain.ID `json:"id"`
	Minutes domain.ID `json:"minutes"`
	Number  int       `json:"number"`
	Content Content   `json:"content"`
	Reason  string    `json:"reason,omitempty"`
	Author  domain.ID `json:"author"`
	At      time.Time `json:"at"`
	Hash    string    `json:"hash"` // SHA-256 of the content's canonical JSON
}

// Content is the text of minutes with the mandatory fields of 위원회조례 10의2① and 기록물령 18②.
type Content struct {
	Title      string       `json:"title"`  // 회의의 명칭
	Host       string       `json:"host"`   // 개최기관
	Opened     time.Time    `json:"opened"` // 일시
	Adjourned  time.Time    `json:"adjourned"`
	Place      string       `json:"place"` // 장소
	Mode       meeting.Mode `json:"mode"`
	Serving    int          `json:"serving"`
	Present    []Attendee   `json:"present"` // 참석자
	Absent     []Attendee   `json:"absent"`
	Observers  []Attendee   `json:"observers"`         // 배석자
	Proceeding []Entry      `json:"proceeding"`        // 진행 순서, with 발언 내용
	Items      []ItemPart   `json:"items"`             // 상정 안건, 결정 사항 및 표결 내용
	Remarks    string       `json:"remarks,omitempty"` // 그 밖의 사항
}

// Attendee is one line of a list of persons.
type Attendee struct {
	Member   domain.ID `json:"member,omitempty"`
	Name     string    `json:"name"`
	Position string    `json:"position"`
	Note     string    `json:"note,omitempty"` // e.g. 원격, 14:40 퇴장
}

// Entry is one line of the course of the meeting: a formal act or a statement in full.
type Entry struct {
	ID      string    `json:"id"` // stable anchor for redactions
	At      time.Time `json:"at"`
	Item    domain.ID `json:"item,omitempty"`
	Kind    string    `json:"kind"` // event kind, or "statement"
	Member  domain.ID `json:"member,omitempty"`
	Speaker string    `json:"speaker,omitempty"`
	Text    string    `json:"text"`
}

// ItemPart is what the minutes say of one agenda item.
type ItemPart struct {
	Item         domain.ID        `json:"item"`
	Number       string           `json:"number"`
	Title        string           `json:"title"`
	Kind         meeting.ItemKind `json:"kind"`
	Proposer     string           `json:"proposer"`
	Proposal     string           `json:"proposal,omitempty"` // 주문, as it was put
	Outcome      meeting.Outcome  `json:"outcome"`
	Text         string           `json:"text,omitempty"` // wording of amendment or advice
	Conditions   []string         `json:"conditions,omitempty"`
	Reason       string           `json:"reason,omitempty"`
	Recused      []Attendee       `json:"recused,omitempty"`
	Ballots      []BallotPart     `json:"ballots,omitempty"`
	Confidential bool             `json:"confidential,omitempty"`
}

// BallotPart is one vote with its printed arithmetic. Votes is empty for secret ballots in the minutes' text.
type BallotPart struct {
	Ballot     domain.ID      `json:"ballot"`
	Purpose    ballot.Purpose `json:"purpose"`
	Method     ballot.Method  `json:"method"`
	Question   string         `json:"question"`
	Candidates []Attendee     `json:"candidates,omitempty"` // of an election
	Result     ballot.Result  `json:"result"`
	Votes      []NamedVote    `json:"votes,omitempty"`
}

// NamedVote is a vote whose voter is recorded.
type NamedVote struct {
	Member domain.ID     `json:"member"`
	Name   string        `json:"name"`
	Choice ballot.Choice `json:"choice"`
}

// Signature of one member under the locked version.
type Signature struct {
	Minutes domain.ID   `json:"minutes"`
	Member  domain.ID   `json:"member"`
	Name    string      `json:"name"`
	Number  int         `json:"number"`            // version that was signed
	Hash    string      `json:"hash"`              // its hash
	Omitted []domain.ID `json:"omitted,omitempty"` // items the member, being recused, did not read
	At      time.Time   `json:"at"`
}

// Correction is a member's request to correct the text, and its answer.
type Correction struct {
	ID       domain.ID  `json:"id"`
	Minutes  domain.ID  `json:"minutes"`
	Member   domain.ID  `json:"member"`
	Number   int        `json:"number"` // version it speaks of
	Text     string     `json:"text"`
	At       time.Time  `json:"at"`
	Accepted bool       `json:"accepted"`
	Answer   string     `json:"answer,omitempty"`
	AnswerAt *time.Time `json:"answerAt,omitempty"`
}

// Redaction withholds a span of the text from the disclosed record, with its ground (정보공개법 9①).
type Redaction struct {
	ID       domain.ID     `json:"id"`
	Minutes  domain.ID     `json:"minutes"`
	Anchor   string        `json:"anchor"` // of Content.Anchors, or "name/<member>" or "name/*" for withheld names
	Start    int           `json:"start"`  // characters from the beginning of the anchored text
	End      int           `json:"end"`    // 0,0: the whole of it
	Ground   string        `json:"ground"` // number of 정보공개법 9①, e.g. "5"
	Reason   string        `json:"reason"` // published
	ReviewOn calendar.Date `json:"reviewOn,omitempty"`
	By       domain.ID     `json:"by"`
	At       time.Time     `json:"at"`
	LiftedAt *time.Time    `json:"liftedAt,omitempty"` // when the ground lapsed, 정보공개법 9②
	Lifted   string        `json:"lifted,omitempty"`   // why
}

// Decision is the record of how one agenda item ended. It is never edited: a correction is a new one that supersedes
// it.
type Decision struct {
	ID           domain.ID        `json:"id"`
	Committee    domain.ID        `json:"committee"`
	Meeting      domain.ID        `json:"meeting"`
	Item         domain.ID        `json:"item"`
	ItemNumber   string           `json:"itemNumber"`
	Kind         meeting.ItemKind `json:"kind"`
	Number       string           `json:"number"` // e.g. 디지털전환위원회 의결 제2026-3호
	Title        string           `json:"title"`
	Outcome      meeting.Outcome  `json:"outcome"`
	Text         string           `json:"text"` // wording of the decision
	Conditions   []string         `json:"conditions,omitempty"`
	Reason       string           `json:"reason,omitempty"`
	Ballot       *BallotPart      `json:"ballot,omitempty"` // the deciding vote
	DecidedAt    time.Time        `json:"decidedAt"`
	IssuedAt     time.Time        `json:"issuedAt"`
	Supersedes   domain.ID        `json:"supersedes,omitempty"`
	Cause        string           `json:"cause,omitempty"` // why it supersedes
	Confidential bool             `json:"confidential,omitempty"`
	Hash         string           `json:"hash"` // SHA-256 of its canonical JSON without this field
}

// Action is a follow-up of a decision.
type Action struct {
	ID       domain.ID     `json:"id"`
	Decision domain.ID     `json:"decision"`
	Text     string        `json:"text"`
	Owner    string        `json:"owner"` // department
	Due      calendar.Date `json:"due"`
	DoneAt   *time.Time    `json:"doneAt,omitempty"`
	Report   string        `json:"report,omitempty"`
	Version  int           `json:"version"`
}
