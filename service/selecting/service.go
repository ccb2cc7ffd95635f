// Package selecting holds the use cases of project selection (공모ㆍ선정평가): calls, applications, evaluators, scores, the
// ranking and what follows from it.
package selecting

import (
	"context"
	"io"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/alliance"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/identity"
	"secretariat/domain/policy"
	"secretariat/domain/selection"
	"secretariat/service"
)

// CallFilter chooses calls: published ones, and of the committees served those in preparation too.
type CallFilter struct {
	Serves []domain.ID
	All    bool
	Live   bool // not over
	Before domain.ID
	Limit  int
}

// ApplicationFilter chooses applications of a call that were submitted; State may be empty.
type ApplicationFilter struct {
	Call  domain.ID
	State selection.ApplicationState
	After int // number
	Limit int
}

// Tx is what the service asks of the store.
type Tx interface {
	service.Tx
	Applications
	Scores
	Agreements
	Chamber
	NextNumber(ctx context.Context, scope string) (int, error)
	FreezePolicy(context.Context, policy.Rules) (string, error)
	Policy(ctx context.Context, hash string) (policy.Rules, error)
	Committee(context.Context, domain.ID) (committee.Committee, error)
	Alliance(context.Context, domain.ID) (alliance.Alliance, error)
	Organisation(context.Context, domain.ID) (alliance.Organisation, error)
	// OrganisationsOf lists those that an account acts for.
	OrganisationsOf(ctx context.Context, account domain.ID) ([]alliance.Organisation, error)
	Account(context.Context, domain.ID) (identity.Account, error)
	AccountByEmail(context.Context, string) (identity.Account, error)
	AddCall(context.Context, selection.Call) error
	ChangeCall(context.Context, *selection.Call) error
	Call(context.Context, domain.ID) (selection.Call, error)
	// ConsultedOn lists the consultations on a call to which an organisation gave an opinion.
	ConsultedOn(ctx context.Context, call, organisation domain.ID) ([]Consulted, error)
	LockOrganisation(context.Context, domain.ID) (alliance.Organisation, error)
	HoldCall(context.Context, domain.ID) (selection.Call, error)
	LockCall(context.Context, domain.ID) (selection.Call, error)
	FindCalls(context.Context, CallFilter) ([]selection.Call, error)
	CountByState(ctx context.Context, call domain.ID) (map[selection.ApplicationState]int, error)
	// CallYears are the years that have published calls, newest first.
	CallYears(context.Context) ([]int, error)
	// CallsOfYear lists the published calls of a year by committee and number.
	CallsOfYear(ctx context.Context, year int) ([]selection.Call, error)
	// CompetitionsOfYear is the count of those of them whose result is announced.
	CompetitionsOfYear(ctx context.Context, year int) (map[domain.ID]selection.Competition, error)
}

// Applications are the rows of what organisations ask for.
type Applications interface {
	AddApplication(context.Context, selection.Application) error
	ChangeApplication(context.Context, *selection.Application) error
	Application(context.Context, domain.ID) (selection.Application, error)
	// ApplicationOf is what an organisation asks for in a call, false when there is nothing yet.
	ApplicationOf(ctx context.Context, call, organisation domain.ID) (selection.Application, bool, error)
	FindApplications(context.Context, ApplicationFilter) ([]selection.Application, error)
	ApplicationsOf(ctx context.Context, organisations []domain.ID, limit int) ([]selection.Application, error)
	// FundedIn reports whether the business number was selected in another call of the year.
	FundedIn(ctx context.Context, number string, year int, except domain.ID) (bool, error)
	AddFiling(context.Context, selection.Filing) error
	// FilingsOf lists what was submitted of an application, as it came.
	FilingsOf(ctx context.Context, application domain.ID) ([]selection.Filing, error)
	AddAttachment(context.Context, selection.Attachment) error
	// RemoveAttachment takes a file off; what was submitted with it keeps it.
	RemoveAttachment(ctx context.Context, id domain.ID) error
	Attachment(context.Context, domain.ID) (selection.Attachment, error)
	// AttachmentsOf lists the files of an application, as they came, those that were taken off included.
	AttachmentsOf(ctx context.Context, application domain.ID) ([]selection.Attachment, error)
	// FiledIn are the files that each application of a call was last submitted with.
	FiledIn(ctx context.Context, call domain.ID) (map[domain.ID][]selection.FileRef, error)
	AddSupplement(context.Context, selection.Supplement) error
	ChangeSupplement(context.Context, *selection.Supplement) error
	Supplement(context.Context, domain.ID) (selection.Supplement, error)
	// SupplementsOf lists the requests for an application, as they were made.
	SupplementsOf(ctx context.Context, application domain.ID) ([]selection.Supplement, error)
	// SupplementsIn lists those in a call that were not answered.
	SupplementsIn(ctx context.Context, call domain.ID) ([]selection.Supplement, error)
	// AttachmentsIn lists those of all applications of a call.
	AttachmentsIn(ctx context.Context, call domain.ID) ([]selection.Attachment, error)
	AddObjection(context.Context, selection.Objection) error
	ChangeObjection(context.Context, *selection.Objection) error
	Objection(context.Context, domain.ID) (selection.Objection, error)
	ObjectionsOf(ctx context.Context, call domain.ID) ([]selection.Objection, error)
}

// Scores are the rows of the evaluation.
type Scores interface {
	AddEvaluator(context.Context, selection.Evaluator) error
	ChangeEvaluator(context.Context, *selection.Evaluator) error
	Evaluator(ctx context.Context, call, account domain.ID) (selection.Evaluator, error)
	EvaluatorsOf(ctx context.Context, call domain.ID) ([]selection.Evaluator, error)
	Panels(ctx context.Context, account domain.ID) ([]selection.Evaluator, error)
	Sheet(ctx context.Context, application, evaluator domain.ID) (selection.Sheet, bool, error)
	SheetsBy(ctx context.Context, call, evaluator domain.ID) ([]selection.Sheet, error)
	SheetsOf(ctx context.Context, call domain.ID) ([]selection.Sheet, error)
	PutSheet(context.Context, *selection.Sheet) error
	PutRanking(context.Context, selection.Ranking) error
	// RankingOf is the newest ranking of a call; false when there is none yet.
	RankingOf(ctx context.Context, call domain.ID) (selection.Ranking, bool, error)
	// RankingAt is one version; CodeNotFound.
	RankingAt(ctx context.Context, call domain.ID, version int) (selection.Ranking, error)
	// AnnouncedRanking is the newest that was announced; false when none was.
	AnnouncedRanking(ctx context.Context, call domain.ID) (selection.Ranking, bool, error)
	// Announcements lists the versions of a ranking, oldest first, without the rankings themselves.
	Announcements(ctx context.Context, call domain.ID) ([]selection.Announcement, error)
	AddPastSheet(context.Context, selection.PastSheet) error
	// PastSheets lists what an evaluator corrected in a call.
	PastSheets(ctx context.Context, call, evaluator domain.ID) ([]selection.PastSheet, error)
	AddReopening(context.Context, selection.Reopening) error
	// SettleReopenings marks those that wait as taken into a version of the ranking.
	SettleReopenings(ctx context.Context, call domain.ID, version int) error
	Reopenings(ctx context.Context, call domain.ID) ([]selection.Reopening, error)
	SelectionLetters(ctx context.Context, call domain.ID) ([]selection.Letter, error)
	SelectionLetterSent(context.Context, selection.Letter) error
}

// Store is the service's store.
type Store = service.Store[Tx]

// Policies gives the rules of a pack in force on a day.
type Policies interface {
	Resolve(pack string, day calendar.Date) (policy.Rules, error)
}

// Files keeps bytes by the SHA-256 of their content.
type Files interface {
	Put(ctx context.Context, content io.Reader, limit int64) (sha256 string, size int64, err error)
	Open(ctx context.Context, sha256 string) (io.ReadCloser, error)
}

// Secrets makes the seed of a call's draws.
type Secrets interface{ NewToken() string }

// Service holds the use cases.
type Service struct {
	env       service.Env
	store     Store
	policies  Policies
	secrets   Secrets
	canonical func(any) ([]byte, error) // JSON that is the same on every machine
	mailer    Mailer
	book      BookWriter
	papers    PaperWriter
	files     Files
	fileLimit int64 // bytes

	programmes []selection.Programme
	address    string // people reach the pages at; may be empty
}

// New makes the service; canonical writes JSON that is the same on every machine.
func New(
	env service.Env, store Store, policies Policies, secrets Secrets, canonical func(any) ([]byte, error),
) *Service {
	return &Service{env: env, store: store, policies: policies, secrets: secrets, canonical: canonical}
}

func (s *Service) now() time.Time { return service.Instant(s.env.Now()) }

// rules are those a call was published under, or before that those in force.
func (s *Service) rules(ctx context.Context, tx Tx, c selection.Call) (policy.Rules, error) {
	today := calendar.DateOf(s.now())
	if c.Rules != "" {
		frozen, err := tx.Policy(ctx, c.Rules)
		if err != nil || frozen.Validate() == nil {
			return frozen, err
		}
		now, err := s.policies.Resolve(frozen.Pack, today)
		return frozen.Complete(now), err
	}
	of, err := tx.Committee(ctx, c.Committee)
	if err != nil {
		return policy.Rules{}, err
	}
	return s.policies.Resolve(of.Pack, today)
}

// facts are what the policy looks at in a call.
func facts(c selection.Call) access.Facts {
	return access.Facts{
		Committee: c.Committee, Announced: c.OpenedAt != nil,
		Published: c.OpenedAt != nil && c.State != selection.Cancelled,
	}
}

// may asks the policy; who may not know of the call is told that there is none.
func may(by domain.Actor, op string, f access.Facts) error {
	err := access.Can(by, op, f).Err()
	if err != nil && !access.Can(by, "call.show", f).Allowed {
		return domain.NotFound("call")
	}
	return err
}

// open reads a call for an act and keeps others from changing it.
func open(ctx context.Context, a *service.Act[Tx], op string, id domain.ID) (selection.Call, error) {
	c, err := a.Tx.LockCall(ctx, id)
	if err != nil {
		return c, err
	}
	a.On("call", c.ID, c.ID)
	return c, may(a.By, op, facts(c))
}

// Done is the answer of an act that has nothing to say.
type Done struct {
	Done bool `json:"done"`
}
