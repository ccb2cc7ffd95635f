// Package planning holds the use cases of the basic plan (기본계획): its ledger, the steps of making it, and the reviews of
// its execution.
package planning

import (
	"context"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/identity"
	"secretariat/domain/minutes"
	"secretariat/domain/plan"
	"secretariat/domain/policy"
	"secretariat/service"
)

// Tx is what the service asks of the store.
type Tx interface {
	service.Tx
	FreezePolicy(context.Context, policy.Rules) (string, error)
	Policy(ctx context.Context, hash string) (policy.Rules, error)
	Committee(context.Context, domain.ID) (committee.Committee, error)
	AddPlan(context.Context, plan.Plan) error
	ChangePlan(context.Context, *plan.Plan) error
	Plan(context.Context, domain.ID) (plan.Plan, error)
	LockPlan(context.Context, domain.ID) (plan.Plan, error)
	Plans(ctx context.Context, before domain.ID, limit int) ([]plan.Plan, error)
	// Successor is the id of the plan that was begun to follow one, empty when none was.
	Successor(ctx context.Context, plan domain.ID) (domain.ID, error)
	AddChangeSet(context.Context, plan.ChangeSet) error
	ChangeSets(ctx context.Context, plan domain.ID) ([]plan.ChangeSet, error)
	// ChangeHeads is the ledger without what its entries change.
	ChangeHeads(ctx context.Context, plan domain.ID) ([]plan.ChangeSet, error)
	Decision(context.Context, domain.ID) (minutes.Decision, error)
	// DecisionNumbered is the decision record of a committee with a number, of no id when there is none.
	DecisionNumbered(ctx context.Context, committee domain.ID, number string) (minutes.Decision, error)
	SupersededBy(ctx context.Context, decision domain.ID) (domain.ID, error)
	Decisions(ctx context.Context, committee, before domain.ID, limit int) ([]minutes.Decision, error)
	AddMark(context.Context, plan.Mark) error
	MarksOf(ctx context.Context, plan domain.ID) ([]plan.Mark, error)
	Departments
	AddReview(context.Context, plan.Review) error
	ChangeReview(context.Context, *plan.Review) error
	Review(context.Context, domain.ID) (plan.Review, error)
	ReviewsOf(ctx context.Context, plan domain.ID) ([]plan.Review, error)
	// PutReport writes the report on a node in place of one of the same review.
	PutReport(context.Context, plan.Report) error
	// ReportsOf lists what was reported of a plan, in the order of the quarters.
	ReportsOf(ctx context.Context, plan domain.ID) ([]plan.Report, error)
	// ReportsIn lists what was reported in a review.
	ReportsIn(ctx context.Context, review domain.ID) ([]plan.Report, error)
	// Tally is what was kept of the closed reviews of a plan.
	Tally(ctx context.Context, plan domain.ID) (plan.Kept, error)
	PutTally(context.Context, plan.Kept) error
}

// Departments is the register of departments, who acts for them, and what they were written.
type Departments interface {
	AddDepartment(context.Context, plan.Department) error
	ChangeDepartment(context.Context, *plan.Department) error
	LockDepartment(context.Context, domain.ID) (plan.Department, error)
	Departments(context.Context) ([]plan.Department, error)
	SetBelongs(context.Context, plan.Belongs) error
	DropBelongs(context.Context, plan.Belongs) error
	DepartmentPeople(context.Context) ([]plan.Belongs, error)
	BelongsOf(ctx context.Context, account domain.ID) ([]plan.Belongs, error)
	OpenReviews(context.Context) ([]plan.Review, error)
	LettersOfReview(ctx context.Context, review domain.ID) ([]plan.Letter, error)
	ReviewLetterSent(context.Context, plan.Letter) error
	Account(context.Context, domain.ID) (identity.Account, error)
	AccountByEmail(context.Context, string) (identity.Account, error)
	AddAccount(context.Context, identity.Account) error
	AddInvitation(context.Context, identity.Invitation) error
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
	printer  Printer
	mailer   Mailer
	address  string
}

// New makes the service.
func New(env service.Env, store Store, policies Policies, printer Printer) *Service {
	return &Service{env: env, store: store, policies: policies, printer: printer}
}

func (s *Service) now() time.Time { return service.Instant(s.env.Now()) }

// rules are those that the plan was begun under.
func (s *Service) rules(ctx context.Context, tx Tx, p plan.Plan) (policy.Rules, error) {
	frozen, err := tx.Policy(ctx, p.Rules)
	if err != nil || frozen.Validate() == nil {
		return frozen, err
	}
	today, err := s.policies.Resolve(frozen.Pack, calendar.DateOf(s.now()))
	return frozen.Complete(today), err
}

// facts are what the policy looks at in a plan: it is published once it is in force.
func facts(p plan.Plan) access.Facts {
	return access.Facts{Committee: p.Committee, Announced: true, Published: p.PublishedAt != nil}
}

// may asks the policy; who may not know of the plan is told that there is none.
func may(by domain.Actor, op string, p plan.Plan) error { return mayAs(by, op, p, false) }

func mayAs(by domain.Actor, op string, p plan.Plan, owner bool) error {
	f := facts(p)
	f.Owner = owner
	err := access.Can(by, op, f).Err()
	if err != nil && !access.Can(by, "plan.show", facts(p)).Allowed {
		return domain.NotFound("plan")
	}
	return err
}

// open reads a plan for an act and keeps others from changing it.
func open(ctx context.Context, a *service.Act[Tx], op string, id domain.ID) (plan.Plan, error) {
	return openAs(ctx, a, op, id, false)
}

// openAs is open for somebody who acts for the department whose affair it is, or does not.
func openAs(ctx context.Context, a *service.Act[Tx], op string, id domain.ID, owner bool) (plan.Plan, error) {
	p, err := a.Tx.LockPlan(ctx, id)
	if err != nil {
		return p, err
	}
	a.On("plan", p.ID, p.ID)
	return p, mayAs(a.By, op, p, owner)
}
