// Package consulting holds the use cases of consultations (의견수렴, 행정예고, 공청회): asking, what people say, what becomes
// of it, and telling them.
package consulting

import (
	"context"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/alliance"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/identity"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
	"secretariat/service"
)

// Filter chooses consultations that a reader may see: of the committees served, and of the rest those that are open to the
// public, that ask one of the organisations, or whose committee the reader sits in.
type Filter struct {
	Serves        []domain.ID
	Sits          []domain.ID
	Organisations []domain.ID
	All           bool // everything
	Live          bool // not over
	Before        domain.ID
	Limit         int
}

// OpinionFilter chooses submitted opinions of a consultation; Article -1 means every one.
type OpinionFilter struct {
	Consultation domain.ID
	Article      int
	Open         bool // those alone that nobody has disposed of
	Unmasked     bool // those alone that may hold personal data at which nobody has looked
	Leading      bool // those alone with which another may be answered: disposed of, or others are answered with them
	After        domain.ID
	Limit        int
}

// Given is an opinion with who gave it.
type Given struct {
	alliance.Opinion
	Giver        string                 `json:"giver,omitempty"`
	Organisation domain.ID              `json:"organisation,omitempty"`
	Files        []alliance.OpinionFile `json:"files,omitempty"` // of the whole submission
	// What becomes of the like one that it is answered with.
	LeadOutcome alliance.Outcome `json:"-"`
	LeadReason  string           `json:"-"`
}

// answer is what becomes of it: its own answer, or that of the one it is answered with.
func (g Given) answer() (alliance.Outcome, string) {
	return g.Answer(&alliance.Opinion{Outcome: g.LeadOutcome, Reason: g.LeadReason})
}

// Tx is what the service asks of the store.
type Tx interface {
	service.Tx
	Opinions
	Agenda
	NextNumber(ctx context.Context, scope string) (int, error)
	FreezePolicy(context.Context, policy.Rules) (string, error)
	Policy(ctx context.Context, hash string) (policy.Rules, error)
	Committee(context.Context, domain.ID) (committee.Committee, error)
	Alliance(context.Context, domain.ID) (alliance.Alliance, error)
	Divisions(context.Context, domain.ID) ([]alliance.Division, error)
	Organisation(context.Context, domain.ID) (alliance.Organisation, error)
	Account(context.Context, domain.ID) (identity.Account, error)
	AddConsultation(context.Context, alliance.Consultation) error
	ChangeConsultation(context.Context, *alliance.Consultation) error
	Consultation(context.Context, domain.ID) (alliance.Consultation, error)
	LockConsultation(context.Context, domain.ID) (alliance.Consultation, error)
	FindConsultations(context.Context, Filter) ([]alliance.Consultation, error)
	// Asked lists who may submit for the organisations that a consultation asks.
	Asked(context.Context, alliance.Consultation) ([]alliance.Addressee, error)
	// AskedAmong gives those of the organisations that it asks.
	AskedAmong(context.Context, alliance.Consultation, []domain.ID) ([]domain.ID, error)
	// Owes reports whether an account may submit for an asked organisation that has submitted nothing.
	Owes(ctx context.Context, c alliance.Consultation, account domain.ID) (bool, error)
	PeopleOf(ctx context.Context, organisation domain.ID) ([]alliance.Person, error)
	CountAsked(context.Context, alliance.Consultation) (asked, submitted int, err error)
	LettersOfConsultation(context.Context, domain.ID) ([]alliance.Letter, error)
	LetterSent(context.Context, alliance.Letter) error
}

// Opinions is what people say.
type Opinions interface {
	AddSubmission(context.Context, alliance.Submission) error
	ChangeSubmission(context.Context, *alliance.Submission) error
	Submission(context.Context, domain.ID) (alliance.Submission, error)
	// SubmissionOf is what an organisation says to a consultation, false when there is nothing yet.
	SubmissionOf(ctx context.Context, consultation, organisation domain.ID) (alliance.Submission, bool, error)
	// SubmissionsOf lists the submissions that count.
	SubmissionsOf(ctx context.Context, consultation domain.ID) ([]domain.ID, error)
	// PutOpinions writes the opinions of a submission in place of those before.
	PutOpinions(ctx context.Context, submission domain.ID, all []alliance.Opinion) error
	OpinionsOf(ctx context.Context, submission domain.ID) ([]alliance.Opinion, error)
	Opinion(context.Context, domain.ID) (alliance.Opinion, error)
	ChangeOpinion(context.Context, *alliance.Opinion) error
	Followers(ctx context.Context, lead domain.ID) (int, error)
	FindOpinions(context.Context, OpinionFilter) ([]Given, error)
	AddSpeaker(context.Context, alliance.Speaker) error
	ChangeSpeaker(context.Context, *alliance.Speaker) error
	Speaker(context.Context, domain.ID) (alliance.Speaker, error)
	// SpeakersOf lists who speaks at a hearing or wants to, as they signed up.
	SpeakersOf(ctx context.Context, consultation domain.ID) ([]alliance.Speaker, error)
	AddOpinionFile(context.Context, alliance.OpinionFile) error
	OpinionFile(context.Context, domain.ID) (alliance.OpinionFile, error)
	DropOpinionFile(ctx context.Context, id domain.ID) error
	// OpinionFilesOf lists the files of submissions, as they came.
	OpinionFilesOf(ctx context.Context, submissions []domain.ID) ([]alliance.OpinionFile, error)
	// SubmissionsUnasked lists the submissions that count of a consultation whose giver got no letter that asked.
	SubmissionsUnasked(ctx context.Context, consultation domain.ID) ([]domain.ID, error)
	// Outcomes counts the submitted opinions by their answer, which may be that of a like one.
	Outcomes(ctx context.Context, consultation domain.ID) ([]alliance.Answers, error)
}

// Agenda is what a consultation may lead to: an item of the committee, or a call.
type Agenda interface {
	// ItemsComing lists the items of a committee's meetings that have not opened.
	ItemsComing(ctx context.Context, committee domain.ID) ([]meeting.Item, error)
	Meeting(context.Context, domain.ID) (meeting.Meeting, error)
	// CallsOfAlliance lists the calls of an alliance that were not cancelled, newest first.
	CallsOfAlliance(ctx context.Context, alliance domain.ID) ([]Choice, error)
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
	Inform(context.Context, Letter) error
}

// Ports are what the service needs from outside beside its store.
type Ports struct {
	Policies Policies
	Mailer   Mailer
	Address  string // where people reach the system; may be empty
	Printer  Printer
}

// Service holds the use cases.
type Service struct {
	env   service.Env
	store Store
	ports Ports

	papers    Papers
	files     Files
	fileLimit int64 // of one file, in bytes
}

// New makes the service.
func New(env service.Env, store Store, ports Ports) *Service {
	return &Service{env: env, store: store, ports: ports}
}

func (s *Service) now() time.Time { return service.Instant(s.env.Now()) }

// rules are those a consultation was opened under, or before that those in force.
func (s *Service) rules(ctx context.Context, tx Tx, c alliance.Consultation) (policy.Rules, error) {
	if c.Rules != "" {
		frozen, err := tx.Policy(ctx, c.Rules)
		if err != nil || frozen.Validate() == nil {
			return frozen, err
		}
		today, err := s.ports.Policies.Resolve(frozen.Pack, calendar.DateOf(s.now()))
		return frozen.Complete(today), err
	}
	of, err := tx.Committee(ctx, c.Committee)
	if err != nil {
		return policy.Rules{}, err
	}
	return s.ports.Policies.Resolve(of.Pack, calendar.DateOf(s.now()))
}

// standing is what a reader is to a consultation.
type standing struct {
	facts access.Facts
	own   []domain.ID // organisations of the reader that are asked
}

// standingOf finds out what the reader is to it. Of a consultation that is not announced nobody but its staff knows.
func standingOf(ctx context.Context, tx Tx, by domain.Actor, c alliance.Consultation) (standing, error) {
	out := standing{facts: access.Facts{Committee: c.Committee, Announced: c.OpenedAt != nil}}
	if !out.facts.Announced {
		return out, nil
	}
	out.facts.Published = c.Audience == alliance.AskPublic
	if len(by.Partners) == 0 {
		return out, nil
	}
	ids := make([]domain.ID, len(by.Partners))
	for i, p := range by.Partners {
		ids[i] = p.Organisation
	}
	var err error
	if out.own, err = tx.AskedAmong(ctx, c, ids); err == nil && len(out.own) > 0 {
		out.facts.Organisation = out.own[0]
	}
	return out, err
}

// may asks the policy; who may not know of the consultation is told that there is none.
func may(by domain.Actor, op string, f access.Facts) error {
	err := access.Can(by, op, f).Err()
	if err != nil && !access.Can(by, "consultation.show", f).Allowed {
		return domain.NotFound("consultation")
	}
	return err
}

// open reads a consultation for an act and keeps others from changing it.
func (s *Service) open(
	ctx context.Context, a *service.Act[Tx], op string, id domain.ID,
) (alliance.Consultation, standing, error) {
	c, err := a.Tx.LockConsultation(ctx, id)
	if err != nil {
		return c, standing{}, err
	}
	st, err := standingOf(ctx, a.Tx, a.By, c)
	if err != nil {
		return c, st, err
	}
	a.On("consultation", c.ID, c.ID)
	return c, st, may(a.By, op, st.facts)
}
