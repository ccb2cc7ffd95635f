// Package minuting holds the use cases after a meeting: minutes from draft to publication, decision records and what
// follows from them.
package minuting

import (
	"context"
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/domain/policy"
	"secretariat/service"
)

// Tx is what the service asks of the store.
type Tx interface {
	service.Tx
	Minuted
	Decided
	Facts(ctx context.Context, meeting domain.ID) (minutes.Facts, error)
	Meeting(context.Context, domain.ID) (meeting.Meeting, error)
	LockMeeting(context.Context, domain.ID) (meeting.Meeting, error)
	Policy(ctx context.Context, hash string) (policy.Rules, error)
	NextNumber(ctx context.Context, scope string) (int, error)
	RecusedItems(ctx context.Context, meeting, person domain.ID) ([]domain.ID, error)
}

// Minuted are the rows of minutes.
type Minuted interface {
	AddMinutes(context.Context, minutes.Minutes) error
	Minutes(context.Context, domain.ID) (minutes.Minutes, error)
	LockMinutes(context.Context, domain.ID) (minutes.Minutes, error)
	ChangeMinutes(context.Context, *minutes.Minutes) error
	MinutesOf(ctx context.Context, meeting domain.ID) (minutes.Minutes, bool, error)
	AddRevision(context.Context, minutes.Revision) error
	Revision(ctx context.Context, minutes domain.ID, number int) (minutes.Revision, error)
	RevisionsOf(ctx context.Context, minutes domain.ID) ([]minutes.Revision, error)
	AddSignature(context.Context, minutes.Signature) error
	SignaturesOf(ctx context.Context, minutes domain.ID) ([]minutes.Signature, error)
	AddCorrection(context.Context, minutes.Correction) error
	Correction(context.Context, domain.ID) (minutes.Correction, error)
	ChangeCorrection(context.Context, minutes.Correction) error
	CorrectionsOf(ctx context.Context, minutes domain.ID) ([]minutes.Correction, error)
	AddRedaction(context.Context, minutes.Redaction) error
	Redaction(context.Context, domain.ID) (minutes.Redaction, error)
	ChangeRedaction(context.Context, minutes.Redaction) error
	RedactionsOf(ctx context.Context, minutes domain.ID) ([]minutes.Redaction, error)
}

// Decided are the rows of decisions and follow-ups.
type Decided interface {
	AddDecision(context.Context, minutes.Decision) error
	Decision(context.Context, domain.ID) (minutes.Decision, error)
	SupersededBy(context.Context, domain.ID) (domain.ID, error)
	DecisionsOf(ctx context.Context, meeting domain.ID) ([]minutes.Decision, error)
	Decisions(ctx context.Context, committee, before domain.ID, limit int) ([]minutes.Decision, error)
	AddAction(context.Context, minutes.Action) error
	Action(context.Context, domain.ID) (minutes.Action, error)
	ChangeAction(context.Context, *minutes.Action) error
	ActionsOf(ctx context.Context, decision domain.ID) ([]minutes.Action, error)
	Actions(ctx context.Context, committee, after domain.ID, open bool, limit int) ([]minutes.Action, error)
}

// Store is the service's store.
type Store = service.Store[Tx]

// Service holds the use cases.
type Service struct {
	env       service.Env
	store     Store
	canonical minutes.Canonical
}

// New makes the service; canonical writes canonical JSON for the hashes of versions and decisions.
func New(env service.Env, store Store, canonical minutes.Canonical) *Service {
	return &Service{env: env, store: store, canonical: canonical}
}

// file is the minutes of a meeting during an act, locked.
type file struct {
	minutes minutes.Minutes
	meeting meeting.Meeting
}

func (f file) facts() access.Facts {
	return access.Facts{Committee: f.minutes.Committee, Presiding: f.meeting.PresidedBy, Announced: true}
}

// hold locks the minutes for an act on them and checks that the actor may do it; self says that it is on the actor's
// own behalf.
func hold(ctx context.Context, a *service.Act[Tx], op string, id domain.ID, self bool) (file, error) {
	m, err := a.Tx.LockMinutes(ctx, id)
	if err != nil {
		return file{}, err
	}
	f := file{minutes: m}
	if f.meeting, err = a.Tx.Meeting(ctx, m.Meeting); err != nil {
		return file{}, err
	}
	a.On("minutes", m.ID, m.Meeting)
	facts := f.facts()
	facts.Self = self
	return f, access.Can(a.By, op, facts).Err()
}

// revise writes a new version of the text and makes it the current one. Redactions of texts that changed are widened.
func (s *Service) revise(
	ctx context.Context, a *service.Act[Tx], m *minutes.Minutes, c minutes.Content, reason string,
) (minutes.Revision, error) {
	hash, err := s.canonical.Hash(c)
	if err != nil {
		return minutes.Revision{}, err
	}
	r := minutes.Revision{
		ID: a.Env.NewID(), Minutes: m.ID, Number: m.Current + 1, Content: c, Reason: reason, Author: a.By.ID, At: a.Now,
		Hash: hash,
	}
	if m.Current > 0 {
		if err := rebase(ctx, a, *m, c); err != nil {
			return r, err
		}
	}
	m.Current = r.Number
	return r, a.Tx.AddRevision(ctx, r)
}

func rebase(ctx context.Context, a *service.Act[Tx], m minutes.Minutes, next minutes.Content) error {
	now, err := a.Tx.Revision(ctx, m.ID, m.Current)
	if err != nil {
		return err
	}
	all, err := a.Tx.RedactionsOf(ctx, m.ID)
	if err != nil {
		return err
	}
	for _, r := range minutes.Rebase(now.Content, next, all) {
		a.Note("widened", string(r.ID))
		if err := a.Tx.ChangeRedaction(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

// kept lists the items of a meeting from which the actor is kept out.
func kept(ctx context.Context, tx Tx, by domain.Actor, of domain.ID) ([]domain.ID, error) {
	if by.Kind != domain.ActorPerson {
		return nil, nil
	}
	return tx.RecusedItems(ctx, of, by.ID)
}

// insider reports whether the actor may see minutes before they are circulated.
func insider(by domain.Actor, committee domain.ID) bool {
	return by.Kind == domain.ActorSystem || by.Auditor || by.Serves(committee)
}

// sight decides how much of an item's decision the actor may see.
func sight(by domain.Actor, d minutes.Decision, recused []domain.ID, published bool) access.Sight {
	seen, _ := access.See(by, access.Facts{
		Committee: d.Committee, Announced: true, Published: published, Confidential: d.Confidential,
		Recused: slices.Contains(recused, d.Item),
	})
	return seen
}

func (s *Service) now() time.Time { return service.Instant(s.env.Now()) }
