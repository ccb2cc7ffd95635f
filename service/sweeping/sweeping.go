// Package sweeping holds the use cases that keep cases from being forgotten: which are open, what went wrong with them, and what
// the committees owe (duties), found by a daily sweep and when a deadline passes.
package sweeping

import (
	"context"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/alliance"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/domain/pipeline"
	"secretariat/domain/plan"
	"secretariat/domain/policy"
	"secretariat/service"
)

// Tx is what the service asks of the store.
type Tx interface {
	service.Tx
	Ledger
	Committee(context.Context, domain.ID) (committee.Committee, error)
	Committees(ctx context.Context, after string, limit int) ([]committee.Committee, error)
	LockCommittee(context.Context, domain.ID) (committee.Committee, error)
	Chamber(ctx context.Context, id domain.ID, at time.Time) (committee.Chamber, error)
	Meeting(context.Context, domain.ID) (meeting.Meeting, error)
	Meetings(context.Context, meeting.Filter) ([]meeting.Meeting, error)
	MeetingDays(ctx context.Context, committee domain.ID, from calendar.Date) ([]calendar.Date, error)
	Policy(ctx context.Context, hash string) (policy.Rules, error)
	MinutesOf(ctx context.Context, meeting domain.ID) (minutes.Minutes, bool, error)
	Unsigned(ctx context.Context, minutes domain.ID) ([]domain.ID, error)
	OpenActions(ctx context.Context, meeting domain.ID) ([]minutes.Action, error)
	// Unanswered lists the consultations of a committee that are closed and not answered.
	Unanswered(ctx context.Context, committee domain.ID) ([]alliance.Consultation, error)
	// LiveHearings lists the hearings and pre-notices of a committee that are not over.
	LiveHearings(ctx context.Context, committee domain.ID) ([]alliance.Consultation, error)
	// SpeakersOf lists who speaks at a hearing or wants to.
	SpeakersOf(ctx context.Context, consultation domain.ID) ([]alliance.Speaker, error)
	// TasksAtGates lists the tasks of a committee that wait at a gate, with the last report on each.
	TasksAtGates(ctx context.Context, committee domain.ID) ([]pipeline.Pending, error)
	Plans
}

// Plans are the basic plans of a committee with what has been done for them.
type Plans interface {
	PlansInForce(ctx context.Context, committee domain.ID) ([]plan.Plan, error)
	Successor(ctx context.Context, plan domain.ID) (domain.ID, error)
	ChangeHeads(ctx context.Context, plan domain.ID) ([]plan.ChangeSet, error)
	ReviewsOf(ctx context.Context, plan domain.ID) ([]plan.Review, error)
	MarksOf(ctx context.Context, plan domain.ID) ([]plan.Mark, error)
}

// Ledger are the rows of this area.
type Ledger interface {
	// OpenDuties lists what a committee owes now, by due date.
	OpenDuties(ctx context.Context, committee domain.ID) ([]Duty, error)
	AddDuty(context.Context, Duty) error
	ChangeDuty(context.Context, Duty) error
	// OpenIncident finds the incident of a step that was not resolved, false when there is none.
	OpenIncident(ctx context.Context, kind string, of domain.ID, step string) (Incident, bool, error)
	Incident(context.Context, domain.ID) (Incident, error)
	// Incidents lists incidents that were not resolved, newest first, older than before; of one committee's meetings, or all.
	Incidents(ctx context.Context, committee, before domain.ID, limit int) ([]Incident, error)
	AddIncident(context.Context, Incident) error
	ChangeIncident(context.Context, Incident) error
	// Unfinished lists the cases of one committee, or of all, by kind and id, that are not known to have ended.
	// A board leaves out what people do not follow.
	Unfinished(ctx context.Context, committee domain.ID, board bool, after Case, limit int) ([]Case, error)
	// CommitteeOf is the committee a case belongs to, empty for what belongs to none or is not there.
	CommitteeOf(ctx context.Context, kind string, of domain.ID) (domain.ID, error)
}

// Store is the service's store.
type Store = service.Store[Tx]

// Policies gives the rules of a pack in force on a day.
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

func (s *Service) now() time.Time { return service.Instant(s.env.Now()) }

func may(by domain.Actor, op string, of domain.ID) error {
	return access.Can(by, op, access.Facts{Committee: of}).Err()
}
