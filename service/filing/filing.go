// Package filing holds the use cases of documents: filing them under a number, reading them, and the recountable
// record.
package filing

import (
	"context"
	"io"
	"slices"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/document"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/service"
)

// Tx is what the service asks of the store.
type Tx interface {
	service.Tx
	Facts(ctx context.Context, meeting domain.ID) (minutes.Facts, error)
	LockMeeting(context.Context, domain.ID) (meeting.Meeting, error)
	Meeting(context.Context, domain.ID) (meeting.Meeting, error)
	PapersOfMeeting(ctx context.Context, meeting domain.ID) ([]meeting.Paper, error)
	MinutesOf(ctx context.Context, meeting domain.ID) (minutes.Minutes, bool, error)
	Revision(ctx context.Context, minutes domain.ID, number int) (minutes.Revision, error)
	SignaturesOf(ctx context.Context, minutes domain.ID) ([]minutes.Signature, error)
	RedactionsOf(ctx context.Context, minutes domain.ID) ([]minutes.Redaction, error)
	DecisionsOf(ctx context.Context, meeting domain.ID) ([]minutes.Decision, error)
	ActionsOf(ctx context.Context, decision domain.ID) ([]minutes.Action, error)
	RecusedItems(ctx context.Context, meeting, person domain.ID) ([]domain.ID, error)
	NextNumber(ctx context.Context, scope string) (int, error)
	AddDocument(context.Context, document.Document) error
	Document(context.Context, domain.ID) (document.Document, error)
	PrintDocument(ctx context.Context, id domain.ID, pdf, json string, size int64) error
	NewestDocument(ctx context.Context, kind document.Kind, subject domain.ID) (document.Document, bool, error)
	DocumentsOf(ctx context.Context, meeting domain.ID) ([]document.Document, error)
	Booklets
}

// Store is the service's store.
type Store = service.Store[Tx]

// Files keeps bytes by the SHA-256 of their content.
type Files interface {
	// Put keeps content of at most limit bytes; CodeTooLarge beyond.
	Put(ctx context.Context, r io.Reader, limit int64) (sha256 string, size int64, err error)
	Open(ctx context.Context, sha256 string) (io.ReadCloser, error)
}

// Renderer prints documents as PDF. The same document gives the same bytes.
type Renderer interface {
	Notice(document.Notice) ([]byte, error)
	Agenda(document.Agenda) ([]byte, error)
	Minutes(document.MinutesRecord) ([]byte, error)
	Decision(document.DecisionRecord) ([]byte, error)
}

// Limit is the largest document that is filed, in bytes.
const Limit = 64 << 20

// Service holds the use cases.
type Service struct {
	env       service.Env
	store     Store
	files     Files
	renderer  Renderer
	canonical minutes.Canonical
	binder    Binder
	shelf     Shelf
}

// New makes the service; canonical writes canonical JSON.
func New(env service.Env, store Store, files Files, renderer Renderer, canonical minutes.Canonical) *Service {
	return &Service{env: env, store: store, files: files, renderer: renderer, canonical: canonical}
}

func (s *Service) render(p document.Paper) ([]byte, error) {
	switch p := p.(type) {
	case document.Notice:
		return s.renderer.Notice(p)
	case document.Agenda:
		return s.renderer.Agenda(p)
	case document.MinutesRecord:
		return s.renderer.Minutes(p)
	case document.DecisionRecord:
		return s.renderer.Decision(p)
	}
	return nil, domain.NotFound("document")
}

// source gathers all that documents of a meeting are made from.
func source(ctx context.Context, tx Tx, of domain.ID) (document.Dossier, error) {
	facts, err := tx.Facts(ctx, of)
	if err != nil {
		return document.Dossier{}, err
	}
	src := document.Dossier{Facts: facts, Actions: map[domain.ID][]minutes.Action{}}
	if src.Papers, err = tx.PapersOfMeeting(ctx, of); err != nil {
		return src, err
	}
	if src.Decisions, err = tx.DecisionsOf(ctx, of); err != nil {
		return src, err
	}
	for _, d := range src.Decisions {
		if src.Actions[d.ID], err = tx.ActionsOf(ctx, d.ID); err != nil {
			return src, err
		}
	}
	m, there, err := tx.MinutesOf(ctx, of)
	if err != nil || !there {
		return src, err
	}
	return src, signed(ctx, tx, &src, m)
}

// signed adds the minutes with the version that is signed, or before that the newest.
func signed(ctx context.Context, tx Tx, src *document.Dossier, m minutes.Minutes) error {
	number := m.Locked
	if number == 0 {
		number = m.Current
	}
	rev, err := tx.Revision(ctx, m.ID, number)
	if err != nil {
		return err
	}
	src.Minutes, src.Locked = &m, &rev
	if src.Signatures, err = tx.SignaturesOf(ctx, m.ID); err != nil {
		return err
	}
	src.Redactions, err = tx.RedactionsOf(ctx, m.ID)
	return err
}

// reader is an actor looking at the documents of a meeting: what may be read of each is decided here and by access.See
// alone.
type reader struct {
	by        domain.Actor
	meeting   meeting.Meeting
	recused   []domain.ID
	published bool
}

func look(ctx context.Context, tx Tx, by domain.Actor, of domain.ID) (reader, error) {
	r := reader{by: by}
	var err error
	if r.meeting, err = tx.Meeting(ctx, of); err != nil {
		return r, err
	}
	if by.Kind == domain.ActorPerson {
		if r.recused, err = tx.RecusedItems(ctx, of, by.ID); err != nil {
			return r, err
		}
	}
	m, there, err := tx.MinutesOf(ctx, of)
	r.published = there && m.State == minutes.Published
	return r, err
}

// insider reports whether the actor works on the documents, or audits them.
func (r reader) insider() bool {
	return r.by.Kind == domain.ActorSystem || r.by.Auditor || r.by.Serves(r.meeting.Committee)
}

func (r reader) member() bool { return r.by.Member(r.meeting.Committee) != "" }

// reads reports whether the actor may read a document. Full minutes are for members; revisions that were
// superseded are for insiders, since what was withheld later may stand in them.
func (r reader) reads(d document.Document) bool {
	switch {
	case !d.Printed():
		return false
	case r.insider():
		return true
	case d.Superseded:
		return false
	}
	switch d.Kind {
	case document.KindMinutesFull:
		return r.member()
	case document.KindNotice, document.KindAgenda:
		return r.meeting.ConvenedAt != nil
	case document.KindMinutes:
		return r.published
	}
	sight, _ := access.See(r.by, r.facts(d))
	return sight == access.Full
}

func (r reader) facts(d document.Document) access.Facts {
	return access.Facts{
		Committee: d.Committee, Announced: true, Published: r.published, Confidential: d.Confidential,
		Recused: slices.Contains(r.recused, d.Item),
	}
}

// cut lists the items that must be taken out of a document before the actor reads it.
func (r reader) cut(d document.Document) []domain.ID {
	if d.Kind == document.KindDecision || d.Kind == document.KindMinutes && r.published || !r.member() {
		return nil
	}
	return r.recused
}
