package filing

import (
	"context"
	"errors"
	"io"
	"slices"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/document"
	"secretariat/domain/meeting"
	"secretariat/service"
)

// Booklets are the rows of booklets.
type Booklets interface {
	AddBooklet(context.Context, document.Booklet) error
	Booklet(context.Context, domain.ID) (document.Booklet, error)
	LockBooklet(context.Context, domain.ID) (document.Booklet, error)
	ChangeBooklet(context.Context, *document.Booklet) error
	// BookletDone keeps how many papers were gone through.
	BookletDone(ctx context.Context, id domain.ID, done int) error
	// NewestBooklet is the newest of a reader for a meeting, false when there is none.
	NewestBooklet(ctx context.Context, meeting, reader domain.ID) (document.Booklet, bool, error)
}

// Binder binds papers into one PDF behind their cover.
type Binder interface {
	// Bind opens each paper by its place in the cover, reports after each how many it has gone through, and gives the file and its
	// pages. A paper that cannot be bound is named on the cover; only what another try may mend is an error.
	Bind(
		ctx context.Context, c document.Cover, open func(document.CoverPaper) ([]byte, error), done func(int) error,
	) (file []byte, pages int, err error)
}

// Shelf keeps booklets apart from the record, since they are thrown away.
type Shelf interface {
	Files
	Drop(ctx context.Context, sha256 string) error
}

// Binding gives the service what it makes booklets with.
func (s *Service) Binding(binder Binder, shelf Shelf) *Service {
	s.binder, s.shelf = binder, shelf
	return s
}

// OrderInput names the meeting whose papers are wanted in one file.
type OrderInput struct {
	Meeting domain.ID `json:"-" path:"meeting"`
}

// OrderBooklet asks for the papers of a meeting that the actor may read, bound into one file. One that was ordered before, of the same
// content, is given again. CodeNotFound "not_found.paper" when there is nothing to bind.
func (s *Service) OrderBooklet(ctx context.Context, by domain.Actor, in OrderInput) (document.Booklet, error) {
	return service.Do(ctx, s.env, s.store, by, "booklet.order", func(a *service.Act[Tx]) (document.Booklet, error) {
		c, of, err := bookletContent(ctx, a.Tx, by, in.Meeting)
		if err != nil {
			return document.Booklet{}, err
		}
		if err := access.Can(by, "booklet.order", access.Facts{Committee: of.Committee}).Err(); err != nil {
			return document.Booklet{}, err
		}
		if len(c.Papers) == 0 {
			return document.Booklet{}, domain.NotFound("paper")
		}
		b, there, err := a.Tx.NewestBooklet(ctx, of.ID, by.ID)
		if err != nil || there && b.Digest == c.Digest && !b.Over(a.Now) {
			a.On("booklet", b.ID, of.ID)
			return b, err
		}
		b = document.Booklet{
			ID: a.Env.NewID(), Committee: of.Committee, Meeting: of.ID, Reader: by.ID, Papers: c.Papers, Withheld: c.Withheld,
			Digest: c.Digest, Total: len(c.Papers), OrderedAt: a.Now, KeepUntil: a.Now.Add(document.Keep),
		}
		a.On("booklet", b.ID, of.ID)
		a.Wake(service.CaseBooklet, b.ID)
		return b, a.Tx.AddBooklet(ctx, b)
	})
}

// bookletContent is what the actor may have of a meeting's papers; CodeNotFound where the meeting is not announced to the actor.
func bookletContent(ctx context.Context, tx Tx, by domain.Actor, of domain.ID) (document.Content, meeting.Meeting, error) {
	r, err := look(ctx, tx, by, of)
	if err != nil {
		return document.Content{}, r.meeting, err
	}
	src, err := source(ctx, tx, of)
	if err != nil {
		return document.Content{}, r.meeting, err
	}
	parts := r.parts(src)
	if len(parts) == 0 {
		return document.Content{}, r.meeting, domain.NotFound("meeting")
	}
	return document.ContentOf(parts), r.meeting, nil
}

// parts are the items of a meeting as far as the actor may see them.
func (r reader) parts(src document.Dossier) []document.Part {
	var out []document.Part
	for _, i := range src.Facts.Items {
		sight := r.sight(i, false)
		if i.State == meeting.Withdrawn || sight == access.Hidden {
			continue
		}
		p := document.Part{Item: i, Withheld: sight == access.NumberOnly}
		for _, paper := range src.Papers {
			if paper.Item == i.ID && !paper.Superseded && r.sight(i, paper.Confidential) == access.Full {
				p.Papers = append(p.Papers, paper)
			}
		}
		out = append(out, p)
	}
	return out
}

// sight is how much of an item, or of a paper of it, the actor may see.
func (r reader) sight(i meeting.Item, confidential bool) access.Sight {
	sight, _ := access.See(r.by, access.Facts{
		Committee: r.meeting.Committee, Announced: r.meeting.Announced(), Published: r.published,
		Confidential: i.Confidential || confidential, Recused: slices.Contains(r.recused, i.ID),
	})
	return sight
}

// BookletInput names a booklet.
type BookletInput struct {
	Booklet domain.ID `json:"-" path:"booklet"`
}

// ShownBooklet is a booklet with whether it still holds what its reader may read.
type ShownBooklet struct {
	document.Booklet
	Stale bool `json:"stale"` // papers or rights have changed since, or its time is over: order it again
}

// ShowBooklet says how far a booklet has come. It is for who ordered it; for everyone else there is none.
func (s *Service) ShowBooklet(ctx context.Context, by domain.Actor, in BookletInput) (ShownBooklet, error) {
	return service.See(ctx, s.store, func(tx Tx) (ShownBooklet, error) {
		b, err := tx.Booklet(ctx, in.Booklet)
		if err != nil {
			return ShownBooklet{}, err
		}
		if b.Reader != by.ID || !access.Can(by, "booklet.show", access.Facts{Committee: b.Committee}).Allowed {
			return ShownBooklet{}, domain.NotFound("booklet")
		}
		c, _, err := bookletContent(ctx, tx, by, b.Meeting)
		if domain.CodeOf(err) == domain.CodeNotFound {
			err = nil // nothing of the meeting is for the reader any more
		}
		return ShownBooklet{Booklet: b, Stale: c.Digest != b.Digest || b.Over(s.now())}, err
	})
}

// BookletContent is a booklet with its bytes, which the caller closes.
type BookletContent struct {
	Booklet  document.Booklet
	FileName string
	Content  io.ReadCloser
}

// ReadBooklet opens the file of a booklet. CodeConflict "booklet.not_ready" before it is bound, "booklet.stale" when it has to be
// ordered again: what a reader may read is decided when it is read.
func (s *Service) ReadBooklet(ctx context.Context, by domain.Actor, in BookletInput) (BookletContent, error) {
	b, err := s.ShowBooklet(ctx, by, in)
	if err != nil {
		return BookletContent{}, err
	}
	if err := access.Can(by, "booklet.read", access.Facts{Committee: b.Committee}).Err(); err != nil {
		return BookletContent{}, err
	}
	if b.Stale {
		return BookletContent{}, domain.Conflict("booklet.stale", nil)
	}
	if !b.Bound() {
		return BookletContent{}, domain.Conflict("booklet.not_ready", nil)
	}
	content, err := s.shelf.Open(ctx, b.SHA256)
	if domain.CodeOf(err) == domain.CodeNotFound {
		err = domain.Conflict("booklet.stale", nil)
	}
	if err != nil {
		return BookletContent{}, err
	}
	name, err := service.See(ctx, s.store, func(tx Tx) (string, error) {
		facts, err := tx.Facts(ctx, b.Meeting)
		return document.Dossier{Facts: facts}.BookletName(), err
	})
	if err != nil {
		return BookletContent{}, errors.Join(err, content.Close())
	}
	return BookletContent{Booklet: b.Booklet, FileName: name, Content: content}, nil
}
