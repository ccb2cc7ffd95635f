// Package ballot holds votes: who may vote, how votes are cast, and the one function that counts them.
package ballot

import (
	"time"

	"secretariat/domain"
)

// Method says how votes are given.
type Method string

// Named: each member votes by account and the names are recorded. Hands: the clerk records who raised a hand for what.
// Secret: nobody can see who voted what. WrittenVote: named votes of a written deliberation.
const (
	Named       Method = "named"
	Hands       Method = "hands"
	Secret      Method = "secret"
	WrittenVote Method = "written"
)

// Purpose says what is being decided.
type Purpose string

// The purposes of a ballot.
const (
	MainMotion  Purpose = "main"
	AmendmentOf Purpose = "amendment"
	ChallengeOf Purpose = "challenge" // 기피 신청; the challenged member does not take part (위원회조례 9②)
	Election    Purpose = "election"  // choices are members
	Procedural  Purpose = "procedural"
)

// Choice is what a voter chose: Yes, No or Abstain, or in an election the id of a candidate (or Abstain).
type Choice string

// 가·부·기권.
const (
	Yes     Choice = "yes"
	No      Choice = "no"
	Abstain Choice = "abstain"
)

// State of a ballot.
type State string

// The states of a ballot. Tied: no votes are taken any more and the casting vote of who presides is awaited. Void:
// broken off, its votes destroyed, with a reason (e.g. a member who had voted was found to be recused).
const (
	Open   State = "open"
	Tied   State = "tied"
	Closed State = "closed"
	Void   State = "void"
)

// Ballot is one vote on one question.
type Ballot struct {
	ID         domain.ID   `json:"id"`
	Meeting    domain.ID   `json:"meeting"`
	Item       domain.ID   `json:"item"`
	Purpose    Purpose     `json:"purpose"`
	Subject    domain.ID   `json:"subject,omitempty"` // amendment, recusal ... that is decided
	Method     Method      `json:"method"`
	Question   string      `json:"question"`
	Candidates []domain.ID `json:"candidates,omitempty"` // of an election: members
	State      State       `json:"state"`
	OpenedAt   time.Time   `json:"openedAt"`
	ClosesAt   *time.Time  `json:"closesAt,omitempty"` // of a written ballot
	ClosedAt   *time.Time  `json:"closedAt,omitempty"`
	VoidReason string      `json:"voidReason,omitempty"`
	Serving    int         `json:"serving"`            // 재적, at opening
	Present    int         `json:"present"`            // 출석 at opening; of a written ballot at the close
	Recused    int         `json:"recused"`            // of them recused for the item
	Excluded   []domain.ID `json:"excluded,omitempty"` // who they are: present at opening and off the roll
	Terms      Terms       `json:"terms"`
	Result     *Result     `json:"result,omitempty"`
	Version    int         `json:"version"`
}

// Terms are what casting depends on, taken from the frozen policy when the ballot opens.
type Terms struct {
	Change bool `json:"change"` // a vote may be changed until the close; never in a secret ballot
	Pledge bool `json:"pledge"` // who has not signed the 청렴서약 may not vote (위원회조례 9의2)
	Remote bool `json:"remote"` // taking part by video is presence (위원회규칙 4①)
}

// Pending reports whether the ballot has begun and not ended.
func (b Ballot) Pending() bool { return b.State == Open || b.State == Tied }

// RollEntry entitles one member to one vote: the electorate is fixed when the ballot opens.
type RollEntry struct {
	Ballot domain.ID `json:"ballot"`
	Member domain.ID `json:"member"`
	Name   string    `json:"name"`
}

// Participation says that a member has voted, never what.
type Participation struct {
	Ballot  domain.ID `json:"ballot"`
	Member  domain.ID `json:"member"`
	At      time.Time `json:"at"`
	Receipt string    `json:"receipt"` // check code shown to the voter; says nothing of the choice
}

// Vote is one vote. For a secret ballot Member is empty and the row has no time, seat or order.
type Vote struct {
	ID     domain.ID `json:"-"`
	Ballot domain.ID `json:"-"`
	Member domain.ID `json:"member,omitempty"`
	Choice Choice    `json:"choice"`
}

// Break ends the ballot without a result, for a reason that stands in the record; its votes are to be destroyed.
// CodeConflict when it has ended.
func (b *Ballot) Break(reason string, now time.Time) error {
	if !b.Pending() {
		return NotOpen(b.State)
	}
	b.State, b.VoidReason, b.ClosedAt, b.Result = Void, reason, &now, nil
	return nil
}

// Finish ends the ballot with its result, or, while the casting vote may still turn a tie, stops the voting only.
func (b *Ballot) Finish(r Result, now time.Time) error {
	if !b.Pending() {
		return NotOpen(b.State)
	}
	if b.State == Open {
		b.ClosedAt = &now
	}
	b.State, b.Result = Closed, &r
	if r.Casting == "" && r.CastingDecides() {
		b.State = Tied
	}
	return nil
}

// Due reports whether a ballot with a window may be closed: its time is over, or everybody has voted.
func (b Ballot) Due(now time.Time, voted, entitled int) bool {
	return b.ClosesAt == nil || !now.Before(*b.ClosesAt) || voted >= entitled
}
