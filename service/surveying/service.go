// Package surveying holds the use cases of self-assessment (역량 자가진단): rounds in which member organisations answer a
// questionnaire, and the figures that come of them.
package surveying

import (
	"context"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/alliance"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/identity"
	"secretariat/domain/policy"
	"secretariat/service"
)

// Filter chooses rounds that a reader may see: of the committees served, and of the rest those that are published, that
// ask one of the organisations, or whose committee the reader sits in.
type Filter struct {
	Serves        []domain.ID
	Sits          []domain.ID
	Organisations []domain.ID
	All           bool // everything
	Live          bool // answers may arrive
	Before        domain.ID
	Limit         int
}

// AskedFilter chooses organisations that a round asks.
type AskedFilter struct {
	Survey  domain.ID
	Pending bool // those alone that have submitted nothing
	After   domain.ID
	Limit   int
}

// Asked is an organisation that is asked, with how far it has come, never what it answered.
type Asked struct {
	Organisation domain.ID                `json:"organisation"`
	Name         string                   `json:"name"`
	State        alliance.SubmissionState `json:"state,omitempty"` // empty before the first draft
}

// Tx is what the service asks of the store.
type Tx interface {
	service.Tx
	NextNumber(ctx context.Context, scope string) (int, error)
	FreezePolicy(context.Context, policy.Rules) (string, error)
	Policy(ctx context.Context, hash string) (policy.Rules, error)
	Committee(context.Context, domain.ID) (committee.Committee, error)
	Alliance(context.Context, domain.ID) (alliance.Alliance, error)
	Divisions(context.Context, domain.ID) ([]alliance.Division, error)
	Organisation(context.Context, domain.ID) (alliance.Organisation, error)
	PlacesOf(ctx context.Context, organisation domain.ID) ([]alliance.Place, error)
	Account(context.Context, domain.ID) (identity.Account, error)
	AddSurvey(context.Context, alliance.Survey) error
	ChangeSurvey(context.Context, *alliance.Survey) error
	Survey(context.Context, domain.ID) (alliance.Survey, error)
	LockSurvey(context.Context, domain.ID) (alliance.Survey, error)
	FindSurveys(context.Context, Filter) ([]alliance.Survey, error)
	// SurveyAsked lists who may submit for the organisations that a round asks.
	SurveyAsked(context.Context, alliance.Survey) ([]alliance.Addressee, error)
	// SurveyAskedAmong gives those of the organisations that it asks.
	SurveyAskedAmong(context.Context, alliance.Survey, []domain.ID) ([]domain.ID, error)
	// SurveyOwes reports whether an account may submit for an asked organisation that has submitted nothing.
	SurveyOwes(ctx context.Context, s alliance.Survey, account domain.ID) (bool, error)
	CountSurveyed(context.Context, alliance.Survey) (asked, submitted int, err error)
	FindSurveyed(context.Context, AskedFilter) ([]Asked, error)
	LettersOfSurvey(context.Context, domain.ID) ([]alliance.Letter, error)
	SurveyLetterSent(context.Context, alliance.Letter) error
	AddSheet(context.Context, alliance.Sheet) error
	ChangeSheet(context.Context, *alliance.Sheet) error
	// SheetOf is what an organisation answers, false when there is nothing yet.
	SheetOf(ctx context.Context, survey, organisation domain.ID) (alliance.Sheet, bool, error)
	SubmittedSheets(ctx context.Context, survey domain.ID) ([]alliance.Sheet, error)
	PutSurveyResults(ctx context.Context, survey domain.ID, r alliance.Results) error
	// SurveyResults are those of a closed round, false before.
	SurveyResults(ctx context.Context, survey domain.ID) (alliance.Results, bool, error)
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
	Ask(context.Context, Letter) error
}

// BookWriter writes the figures of a round for a spreadsheet.
type BookWriter func(alliance.Survey, alliance.Results) ([]byte, error)

// Ports are what the service needs from outside beside its store.
type Ports struct {
	Policies  Policies
	Mailer    Mailer
	Address   string                   // where people reach the system; may be empty
	Questions []alliance.Questionnaire // the newest last
	Book      BookWriter
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

// rules are those a round was opened under, or before that those in force.
func (s *Service) rules(ctx context.Context, tx Tx, v alliance.Survey) (policy.Rules, error) {
	if v.Rules != "" {
		frozen, err := tx.Policy(ctx, v.Rules)
		if err != nil || frozen.Validate() == nil {
			return frozen, err
		}
		today, err := s.ports.Policies.Resolve(frozen.Pack, calendar.DateOf(s.now()))
		return frozen.Complete(today), err
	}
	of, err := tx.Committee(ctx, v.Committee)
	if err != nil {
		return policy.Rules{}, err
	}
	return s.ports.Policies.Resolve(of.Pack, calendar.DateOf(s.now()))
}

// standing is what a reader is to a round.
type standing struct {
	facts access.Facts
	own   []domain.ID // organisations of the reader that are asked
}

// standingOf finds out what the reader is to it. Of a round that is not open yet nobody but its staff knows, and of one that
// is not published nobody but who is asked and the committee.
func standingOf(ctx context.Context, tx Tx, by domain.Actor, v alliance.Survey) (standing, error) {
	out := standing{facts: access.Facts{Committee: v.Committee, Announced: v.OpenedAt != nil, Published: v.PublishedAt != nil}}
	if !out.facts.Announced || len(by.Partners) == 0 {
		return out, nil
	}
	ids := make([]domain.ID, len(by.Partners))
	for i, p := range by.Partners {
		ids[i] = p.Organisation
	}
	var err error
	if out.own, err = tx.SurveyAskedAmong(ctx, v, ids); err == nil && len(out.own) > 0 {
		out.facts.Organisation = out.own[0]
	}
	return out, err
}

// may asks the policy; who may not know of the round is told that there is none.
func may(by domain.Actor, op string, f access.Facts) error {
	err := access.Can(by, op, f).Err()
	if err != nil && !access.Can(by, "survey.show", f).Allowed {
		return domain.NotFound("survey")
	}
	return err
}

// open reads a round for an act and keeps others from changing it.
func (s *Service) open(ctx context.Context, a *service.Act[Tx], op string, id domain.ID) (alliance.Survey, error) {
	v, err := a.Tx.LockSurvey(ctx, id)
	if err != nil {
		return v, err
	}
	st, err := standingOf(ctx, a.Tx, a.By, v)
	if err != nil {
		return v, err
	}
	a.On("survey", v.ID, v.ID)
	return v, may(a.By, op, st.facts)
}
