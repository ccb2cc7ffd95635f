// Package tasking holds the use cases of the alliance's task pipeline (과제 발굴, 고도화, 선정, 확산): proposing, discussing,
// recommending, marking, the committee's decision, and the spread of what was selected.
package tasking

import (
	"context"
	"time"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/domain/ballot"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/identity"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/domain/pipeline"
	"secretariat/domain/policy"
	"secretariat/service"
)

// Filter chooses tasks that a reader may know of: all, or those of the committees served, of the organisations acted for
// (proposed, taken part in, in one of their divisions, or spread by them), of the councils and committees sat in, and those
// that are published.
type Filter struct {
	All           bool
	Serves        []domain.ID
	Sits          []domain.ID
	Account       domain.ID // in whose councils
	Organisations []domain.ID
	Alliance      domain.ID      // those alone of one alliance
	State         pipeline.State // those alone in a state
	Kind          pipeline.Kind  // those alone of a kind
	Published     bool           // those alone that are published
	Live          bool           // those alone that are not over
	Before        domain.ID
	Limit         int
}

// Tx is what the service asks of the store.
type Tx interface {
	service.Tx
	Rows
	Register
	Chamber
}

// Rows are those of this area.
type Rows interface {
	AddTask(context.Context, pipeline.Task) error
	ChangeTask(context.Context, *pipeline.Task) error
	Task(context.Context, domain.ID) (pipeline.Task, error)
	LockTask(context.Context, domain.ID) (pipeline.Task, error)
	FindTasks(context.Context, Filter) ([]pipeline.Task, error)
	// DatesOfTasks gives what is counted of the tasks of an alliance.
	DatesOfTasks(ctx context.Context, alliance domain.ID) ([]pipeline.Dates, error)
	// RequestsOf gives what is counted of the requests of an alliance to improve a regulation.
	RequestsOf(ctx context.Context, alliance domain.ID) ([]pipeline.Request, error)
	AddComment(context.Context, pipeline.Comment) error
	CommentsOf(ctx context.Context, task domain.ID) ([]pipeline.Comment, error)
	SeatCouncil(context.Context, pipeline.Seat) error
	UnseatCouncil(ctx context.Context, alliance, account domain.ID) error
	CouncilOf(ctx context.Context, alliance domain.ID) ([]pipeline.Seat, error)
	// SitsInCouncil is the seat of an account, false when there is none.
	SitsInCouncil(ctx context.Context, alliance, account domain.ID) (pipeline.Seat, bool, error)
	AddTaskMark(context.Context, pipeline.Mark) error
	MarksOfTask(ctx context.Context, task domain.ID, round int) ([]pipeline.Mark, error)
	AddTaskReport(context.Context, pipeline.Report) error
	ReportsOfTask(ctx context.Context, task domain.ID) ([]pipeline.Report, error)
	LettersOfTask(ctx context.Context, task domain.ID) ([]pipeline.Letter, error)
	TaskLetterSent(context.Context, pipeline.Letter) error
}

// Register is the alliance as other areas keep it.
type Register interface {
	NextNumber(ctx context.Context, scope string) (int, error)
	FreezePolicy(context.Context, policy.Rules) (string, error)
	Policy(ctx context.Context, hash string) (policy.Rules, error)
	Committee(context.Context, domain.ID) (committee.Committee, error)
	Account(context.Context, domain.ID) (identity.Account, error)
	// SecretariesOf lists the accounts that serve a committee as its secretaries.
	SecretariesOf(ctx context.Context, committee domain.ID) ([]domain.ID, error)
	AccountByEmail(context.Context, string) (identity.Account, error)
	Alliance(context.Context, domain.ID) (alliance.Alliance, error)
	Divisions(context.Context, domain.ID) ([]alliance.Division, error)
	Division(context.Context, domain.ID) (alliance.Division, error)
	Organisation(context.Context, domain.ID) (alliance.Organisation, error)
	OrganisationsOf(ctx context.Context, account domain.ID) ([]alliance.Organisation, error)
	PlacesOf(ctx context.Context, organisation domain.ID) ([]alliance.Place, error)
	PeopleOf(ctx context.Context, organisation domain.ID) ([]alliance.Person, error)
	// MemberOrganisations lists the member organisations of an alliance by name.
	MemberOrganisations(ctx context.Context, alliance domain.ID) ([]alliance.Organisation, error)
	// SherpasOf lists the member organisations that guide a division.
	SherpasOf(ctx context.Context, division domain.ID) ([]alliance.Organisation, error)
}

// Chamber is the committee that decides.
type Chamber interface {
	Meeting(context.Context, domain.ID) (meeting.Meeting, error)
	LockMeeting(context.Context, domain.ID) (meeting.Meeting, error)
	Item(context.Context, domain.ID) (meeting.Item, error)
	ChangeItem(context.Context, *meeting.Item) error
	// ItemsAhead lists the items of a committee's meetings that have not opened.
	ItemsAhead(ctx context.Context, committee domain.ID) ([]meeting.Item, error)
	Chamber(ctx context.Context, committee domain.ID, at time.Time) (committee.Chamber, error)
	RecusalsOf(ctx context.Context, meeting domain.ID) ([]meeting.Recusal, error)
	AddRecusal(context.Context, meeting.Recusal) error
	AddEvent(context.Context, meeting.Event) error
	RollOf(ctx context.Context, ballot domain.ID) ([]ballot.RollEntry, error)
	Decision(context.Context, domain.ID) (minutes.Decision, error)
	DecisionsOf(ctx context.Context, meeting domain.ID) ([]minutes.Decision, error)
	SupersededBy(ctx context.Context, decision domain.ID) (domain.ID, error)
}

// Store is the service's store.
type Store = service.Store[Tx]

// Policies gives the rules of a pack in force on a day.
type Policies interface {
	Resolve(pack string, day calendar.Date) (policy.Rules, error)
}

// Letter is a mail ready to be delivered.
type Letter struct {
	ID            string // the same for a letter that is sent again; no personal data
	Name, Mail    string // of the recipient
	Subject, Text string
}

// Mailer delivers one letter. CodeInvalid and CodeConflict say that it can never be delivered to this address.
type Mailer interface {
	Tell(context.Context, Letter) error
}

// Ports are what the service needs from outside beside its store.
type Ports struct {
	Policies Policies
	Mailer   Mailer
	Address  string // where people reach the system; may be empty
}

// Service holds the use cases.
type Service struct {
	env   service.Env
	store Store
	ports Ports
}

// New makes the service.
func New(env service.Env, store Store, ports Ports) *Service {
	return &Service{env: env, store: store, ports: ports}
}

func (s *Service) now() time.Time { return service.Instant(s.env.Now()) }

// rules are those a task was submitted under, or before that those in force.
func (s *Service) rules(ctx context.Context, tx Tx, t pipeline.Task) (policy.Rules, error) {
	if t.Rules == "" {
		return s.today(ctx, tx, t.Committee)
	}
	frozen, err := tx.Policy(ctx, t.Rules)
	if err != nil || frozen.Validate() == nil {
		return frozen, err
	}
	today, err := s.ports.Policies.Resolve(frozen.Pack, calendar.DateOf(s.now()))
	return frozen.Complete(today), err
}

func (s *Service) today(ctx context.Context, tx Tx, of domain.ID) (policy.Rules, error) {
	c, err := tx.Committee(ctx, of)
	if err != nil {
		return policy.Rules{}, err
	}
	return s.ports.Policies.Resolve(c.Pack, calendar.DateOf(s.now()))
}

// Done says that something was done that answers with nothing.
type Done struct {
	Done bool `json:"done"`
}
