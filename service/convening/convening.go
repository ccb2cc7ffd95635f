// Package convening holds the use cases of a meeting before it opens: planning, notice, agenda, papers, answers,
// letters, and where its case stands.
package convening

import (
	"context"
	"io"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/identity"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/domain/policy"
	"secretariat/service"
)

// Tx is what the service asks of the store.
type Tx interface {
	service.Tx
	Records
	Polls
	Aftermath
	Account(context.Context, domain.ID) (identity.Account, error)
	Committee(context.Context, domain.ID) (committee.Committee, error)
	Chamber(ctx context.Context, id domain.ID, at time.Time) (committee.Chamber, error)
	FreezePolicy(context.Context, policy.Rules) (string, error)
	Policy(ctx context.Context, hash string) (policy.Rules, error)
	NextNumber(ctx context.Context, scope string) (int, error)
	LastNumber(ctx context.Context, scope string) (int, error)
	RecusalsOf(ctx context.Context, meeting domain.ID) ([]meeting.Recusal, error)
	RecusedItems(ctx context.Context, meeting, person domain.ID) ([]domain.ID, error)
	InterestsOf(ctx context.Context, meeting domain.ID) ([]meeting.Interest, error)
	PledgesOf(ctx context.Context, meeting domain.ID) ([]meeting.Pledge, error)
	ItemInVote(ctx context.Context, item domain.ID) (bool, error)
	NotVoted(ctx context.Context, meeting domain.ID) ([]domain.ID, error)
}

// Records are the rows of this area.
type Records interface {
	Meeting(context.Context, domain.ID) (meeting.Meeting, error)
	LockMeeting(context.Context, domain.ID) (meeting.Meeting, error)
	AddMeeting(context.Context, meeting.Meeting) error
	ChangeMeeting(context.Context, *meeting.Meeting) error
	Meetings(context.Context, meeting.Filter) ([]meeting.Meeting, error)
	CountMeetings(ctx context.Context, committee domain.ID, from, until time.Time) (int, error)
	Item(context.Context, domain.ID) (meeting.Item, error)
	ItemsOf(ctx context.Context, meeting domain.ID) ([]meeting.Item, error)
	AddItem(context.Context, meeting.Item) error
	ChangeItem(context.Context, *meeting.Item) error
	Paper(context.Context, domain.ID) (meeting.Paper, error)
	PapersOf(ctx context.Context, item domain.ID) ([]meeting.Paper, error)
	PapersOfMeeting(ctx context.Context, meeting domain.ID) ([]meeting.Paper, error)
	AddPaper(context.Context, meeting.Paper) error
	ResponsesOf(ctx context.Context, meeting domain.ID) ([]meeting.Response, error)
	SetResponse(context.Context, meeting.Response) error
	ProxiesOf(ctx context.Context, meeting domain.ID) ([]meeting.Proxy, error)
	SetProxy(context.Context, meeting.Proxy) error
	AddSpan(context.Context, meeting.Span) error
	Span(context.Context, domain.ID) (meeting.Span, error)
	RemoveSpan(context.Context, domain.ID) error
	Spans(ctx context.Context, from, until calendar.Date) ([]meeting.Span, error)
	LettersOf(ctx context.Context, meeting domain.ID) ([]meeting.Letter, error)
	MarkSent(context.Context, meeting.Letter) error
	NudgesOf(ctx context.Context, meeting domain.ID) ([]meeting.Nudge, error)
	AddNudge(context.Context, meeting.Nudge) error
}

// Polls are the candidate dates of planned meetings.
type Polls interface {
	Date(context.Context, domain.ID) (meeting.Candidate, error)
	DatesOf(ctx context.Context, meeting domain.ID) ([]meeting.Candidate, error)
	AddDates(context.Context, []meeting.Candidate) error
	ChangeDate(context.Context, meeting.Candidate) error
	DateAnswersOf(ctx context.Context, meeting domain.ID) ([]meeting.DateAnswer, error)
	// SetDateAnswers writes a member's answers in place of those given before on dates that are open.
	SetDateAnswers(ctx context.Context, meeting, member domain.ID, all []meeting.DateAnswer) error
	// Polled lists the planned meetings of a committee with an open date.
	Polled(ctx context.Context, committee domain.ID) ([]meeting.Meeting, error)
}

// Aftermath is what became of a meeting, kept by the area of minutes.
type Aftermath interface {
	// MinutesOf reads the minutes of a meeting, false when none are drawn up.
	MinutesOf(ctx context.Context, meeting domain.ID) (minutes.Minutes, bool, error)
	RedactionsOf(ctx context.Context, minutes domain.ID) ([]minutes.Redaction, error)
	// Unsigned lists the members who have to sign the circulated minutes and have not.
	Unsigned(ctx context.Context, minutes domain.ID) ([]domain.ID, error)
	// OpenActions lists the follow-ups of a meeting's decisions that are not done, by due date.
	OpenActions(ctx context.Context, meeting domain.ID) ([]minutes.Action, error)
}

// Store is the service's store.
type Store = service.Store[Tx]

// Policies gives the rules of a pack in force on a day.
type Policies interface {
	Resolve(pack string, day calendar.Date) (policy.Rules, error)
}

// Files keeps bytes by the SHA-256 of their content.
type Files interface {
	// Put keeps content of at most limit bytes; CodeTooLarge beyond.
	Put(ctx context.Context, r io.Reader, limit int64) (sha256 string, size int64, err error)
	Open(ctx context.Context, sha256 string) (io.ReadCloser, error)
}

// Mailer delivers one mail. It may be given the same mail twice, with the same ID, after a failure. CodeInvalid and
// CodeConflict say that this mail can never be delivered to this address.
type Mailer interface {
	Send(context.Context, Mail) error
}

// Enclosures gives the files that go with a letter, such as the notice as a document; nil when a letter has none.
type Enclosures interface {
	Enclose(context.Context, meeting.Letter) ([]Attachment, error)
}

// Ports are what the service needs from outside beside its store.
type Ports struct {
	Policies   Policies
	Files      Files
	Mailer     Mailer
	Enclosures Enclosures // may be nil: letters go without files
	PaperLimit int64      // largest paper in bytes
	Address    string     // where people reach the system, "https://example.org"; may be empty
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

// rules reads the rules frozen for the meeting. Keys that are younger than the frozen rules have the value of
// today's.
func (s *Service) rules(ctx context.Context, tx Tx, m meeting.Meeting) (policy.Rules, error) {
	frozen, err := tx.Policy(ctx, m.Rules)
	if err != nil || frozen.Validate() == nil {
		return frozen, err
	}
	today, err := s.ports.Policies.Resolve(frozen.Pack, calendar.DateOf(s.now()))
	if err != nil {
		return policy.Rules{}, err
	}
	return frozen.Complete(today), nil
}

// facts are what access decisions on the meeting depend on.
func facts(m meeting.Meeting) access.Facts {
	return access.Facts{Committee: m.Committee, Presiding: m.PresidedBy, Announced: m.Announced()}
}

// hold locks the meeting for an act on it and checks that the actor may do it.
func hold(ctx context.Context, a *service.Act[Tx], op string, id domain.ID) (meeting.Meeting, error) {
	m, err := a.Tx.LockMeeting(ctx, id)
	if err != nil {
		return m, err
	}
	a.On("meeting", m.ID, m.ID)
	return m, access.Can(a.By, op, facts(m)).Err()
}

// current checks that the caller saw the present version.
func current(read, now int) error {
	if read != now {
		return domain.Stale()
	}
	return nil
}
