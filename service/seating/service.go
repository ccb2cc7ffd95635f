// Package seating holds the use cases of committees, their seats and the people appointed to them.
package seating

import (
	"context"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/identity"
	"secretariat/domain/policy"
	"secretariat/service"
)

// Tx is what the service asks of the store.
type Tx interface {
	service.Tx
	AddCommittee(context.Context, committee.Committee) error
	LockCommittee(context.Context, domain.ID) (committee.Committee, error)
	ChangeCommittee(context.Context, *committee.Committee) error
	Committee(context.Context, domain.ID) (committee.Committee, error)
	FindCommittees(context.Context, committee.Filter) ([]committee.Committee, error)
	Subcommittees(context.Context, domain.ID) ([]committee.Committee, error)
	Chamber(context.Context, domain.ID, time.Time) (committee.Chamber, error)
	AddSeat(context.Context, committee.Seat) error
	Seat(context.Context, domain.ID) (committee.Seat, error)
	SeatsIn(context.Context, domain.ID) ([]committee.Seat, error)
	AddMember(context.Context, committee.Member) error
	ChangeMember(context.Context, *committee.Member) error
	Member(context.Context, domain.ID) (committee.Member, error)
	MembersOfSeat(context.Context, domain.ID) ([]committee.Member, error)
	MembersOf(context.Context, domain.ID) ([]committee.Member, error)
	AppointmentsOf(context.Context, domain.ID) ([]committee.Held, error)
	SittingsOf(context.Context, domain.ID, calendar.Date) ([]committee.Sitting, error)
	Deeds(context.Context, committee.Past, []calendar.Span) ([]committee.Deed, error)
	MeetingDays(context.Context, domain.ID, calendar.Date) ([]calendar.Date, error)
	MeetingsAhead(context.Context, domain.ID) (int, error)
	Account(context.Context, domain.ID) (identity.Account, error)
	Accounts(ctx context.Context, after domain.ID, limit int) ([]identity.Account, error)
}

// Store is the service's store.
type Store = service.Store[Tx]

// Policies knows the rules in force on a day.
type Policies interface {
	Resolve(pack string, day calendar.Date) (policy.Rules, error)
}

// Service holds the use cases.
type Service struct {
	env      service.Env
	store    Store
	policies Policies
}

// New makes the service.
func New(env service.Env, store Store, policies Policies) *Service {
	return &Service{env: env, store: store, policies: policies}
}

// rules resolves the committee's pack. That the pack is gone is our fault, unless somebody has just named it (see
// known).
func (s *Service) rules(c committee.Committee, at time.Time) (policy.Rules, error) {
	r, err := s.policies.Resolve(c.Pack, calendar.DateOf(at))
	if err != nil {
		return r, &domain.Error{Code: domain.CodeInternal, Key: "committee.pack_unknown", Err: err}
	}
	return r, nil
}

func may(by domain.Actor, op string, of domain.ID) error {
	return access.Can(by, op, access.Facts{Committee: of}).Err()
}

// sees reports whether the actor may know of the committee: everybody once it has been activated, before that who
// prepares it, who was appointed to it, administrators and auditors.
func sees(by domain.Actor, c committee.Committee) bool {
	_, seated := by.Seat(c.ID)
	return c.State != committee.Draft || seesDrafts(by) || by.Serves(c.ID) || seated
}

func seesDrafts(by domain.Actor) bool { return by.Admin || by.Auditor || by.Kind == domain.ActorSystem }

// parentOf reads the committee that c is a 분과위원회 of, nil when it is none.
func parentOf(ctx context.Context, tx Tx, c committee.Committee) (*committee.Committee, error) {
	if c.Parent == "" {
		return nil, nil //nolint:nilnil // no parent is the usual case
	}
	p, err := tx.Committee(ctx, c.Parent)
	return &p, err
}
