// Package presiding holds the use cases of a meeting under way: opening and closing it, who is there, pledges,
// recusals, what becomes of items without a vote, amendments and what is said.
package presiding

import (
	"context"
	"time"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
	"secretariat/service"
)

// Tx is what presiding asks of a transaction.
type Tx interface {
	service.Tx
	agenda
	course
	votes
	Chamber(ctx context.Context, committee domain.ID, at time.Time) (committee.Chamber, error)
	Policy(ctx context.Context, hash string) (policy.Rules, error)
	NextNumber(ctx context.Context, scope string) (int, error)
	CountActs(ctx context.Context, of domain.ID) (int, error)
}

// agenda is the meeting and its items.
type agenda interface {
	Meeting(context.Context, domain.ID) (meeting.Meeting, error)
	LockMeeting(context.Context, domain.ID) (meeting.Meeting, error)
	ChangeMeeting(context.Context, *meeting.Meeting) error
	Item(context.Context, domain.ID) (meeting.Item, error)
	ItemsOf(ctx context.Context, meeting domain.ID) ([]meeting.Item, error)
	ChangeItem(context.Context, *meeting.Item) error
	ProxiesOf(ctx context.Context, meeting domain.ID) ([]meeting.Proxy, error)
	Amendment(context.Context, domain.ID) (meeting.Amendment, error)
	AmendmentsOf(ctx context.Context, item domain.ID) ([]meeting.Amendment, error)
	AddAmendment(context.Context, meeting.Amendment) error
	ChangeAmendment(context.Context, meeting.Amendment) error
}

// course is what happens in the meeting.
type course interface {
	Presences(ctx context.Context, meeting domain.ID) ([]meeting.Presence, error)
	AddPresence(context.Context, meeting.Presence) error
	EndPresence(ctx context.Context, meeting, member domain.ID, at time.Time, reason string) error
	Presence(context.Context, domain.ID) (meeting.Presence, error)
	VoidPresence(ctx context.Context, id domain.ID, at time.Time) error
	ReopenPresence(ctx context.Context, id domain.ID) error
	EndPresences(ctx context.Context, meeting domain.ID, at time.Time, reason string) error
	PledgesOf(ctx context.Context, meeting domain.ID) ([]meeting.Pledge, error)
	AddPledge(context.Context, meeting.Pledge) error
	SetInterest(context.Context, meeting.Interest) error
	RecusalsOf(ctx context.Context, meeting domain.ID) ([]meeting.Recusal, error)
	AddRecusal(context.Context, meeting.Recusal) error
	Statement(context.Context, domain.ID) (meeting.Statement, error)
	StatementsOf(ctx context.Context, meeting domain.ID) ([]meeting.Statement, error)
	AddStatement(context.Context, meeting.Statement) error
	ChangeStatement(context.Context, *meeting.Statement, meeting.StatementVersion) error
	EventsOf(ctx context.Context, meeting domain.ID) ([]meeting.Event, error)
	AddEvent(context.Context, meeting.Event) error
}

// votes is the votes under way, which a recusal may break off.
type votes interface {
	BallotsUnderWay(ctx context.Context, meeting domain.ID) ([]ballot.Ballot, error)
	LockBallot(context.Context, domain.ID) (ballot.Ballot, error)
	ChangeBallot(context.Context, *ballot.Ballot) error
	RollOf(ctx context.Context, ballot domain.ID) ([]ballot.RollEntry, error)
	ParticipationsOf(ctx context.Context, ballot domain.ID) ([]ballot.Participation, error)
	Strike(ctx context.Context, ballot, member domain.ID) error
	DestroyVotes(ctx context.Context, ballot domain.ID) error
}

// Store runs presiding's transactions.
type Store = service.Store[Tx]

// Service is presiding.
type Service struct {
	env   service.Env
	store Store
}

// New makes the service.
func New(env service.Env, store Store) *Service { return &Service{env: env, store: store} }

// Act is what most acts answer: the state they led to and, where there is one, the sentence to read aloud.
type Act struct {
	Meeting  domain.ID `json:"meeting"`
	Item     domain.ID `json:"item,omitempty"`
	ID       domain.ID `json:"id,omitempty"` // of what was made: a recusal, an amendment ...
	State    string    `json:"state"`        // of the meeting, the item, the recusal or the amendment
	Sentence string    `json:"sentence,omitempty"`
}
