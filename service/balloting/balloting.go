// Package balloting holds the use cases of a vote: opening it with its electorate, casting, recording hands, closing
// with the one count, breaking off and showing it.
package balloting

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

// Tx is what balloting asks of a transaction.
type Tx interface {
	service.ManyTx
	record
	Voters(context.Context, []ballot.Asked) ([]ballot.Voter, error)
	AddVotes(context.Context, []ballot.Participation, []ballot.Vote) error
	ReplaceVote(context.Context, ballot.Vote) error
	RecordVotes(ctx context.Context, ballot domain.ID, fresh bool, took []ballot.Participation, given []ballot.Vote) error
	AddBallot(context.Context, ballot.Ballot, []ballot.RollEntry) error
	Ballot(context.Context, domain.ID) (ballot.Ballot, error)
	LockBallot(context.Context, domain.ID) (ballot.Ballot, error)
	ChangeBallot(context.Context, *ballot.Ballot) error
	BallotsOf(ctx context.Context, meeting domain.ID) ([]ballot.Ballot, error)
	BallotsUnderWay(ctx context.Context, meeting domain.ID) ([]ballot.Ballot, error)
	RollOf(ctx context.Context, ballot domain.ID) ([]ballot.RollEntry, error)
	ParticipationsOf(ctx context.Context, ballot domain.ID) ([]ballot.Participation, error)
	VotesOf(ctx context.Context, ballot domain.ID) ([]ballot.Vote, error)
	Seal(ctx context.Context, ballot domain.ID, sealed []ballot.Vote) error
	DestroyVotes(ctx context.Context, ballot domain.ID) error
}

// record is the part of the meeting that a vote depends on or changes.
type record interface {
	Meeting(context.Context, domain.ID) (meeting.Meeting, error)
	LockMeeting(context.Context, domain.ID) (meeting.Meeting, error)
	ChangeMeeting(context.Context, *meeting.Meeting) error
	Item(context.Context, domain.ID) (meeting.Item, error)
	ChangeItem(context.Context, *meeting.Item) error
	Chamber(ctx context.Context, committee domain.ID, at time.Time) (committee.Chamber, error)
	SetSeatRole(ctx context.Context, seat domain.ID, role committee.Role) error
	Policy(ctx context.Context, hash string) (policy.Rules, error)
	Presences(ctx context.Context, meeting domain.ID) ([]meeting.Presence, error)
	PledgesOf(ctx context.Context, meeting domain.ID) ([]meeting.Pledge, error)
	RecusalsOf(ctx context.Context, meeting domain.ID) ([]meeting.Recusal, error)
	ChangeRecusal(context.Context, meeting.Recusal) error
	AmendmentsOf(ctx context.Context, item domain.ID) ([]meeting.Amendment, error)
	ChangeAmendment(context.Context, meeting.Amendment) error
	AddEvent(context.Context, meeting.Event) error
}

// Store runs balloting's transactions.
type Store = service.Store[Tx]

// Service is balloting.
type Service struct {
	env   service.Env
	store Store
	casts service.Many[Tx, CastInput, Receipt]
}

// New makes the service.
func New(env service.Env, store Store) *Service {
	return &Service{env: env, store: store, casts: service.Many[Tx, CastInput, Receipt]{
		Env: env, Store: store, Op: "ballot.cast", One: castOne, All: castAll,
	}}
}
