package filing

import (
	"bytes"
	"context"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/document"
	"secretariat/service"
)

// Stage is where a booklet stands.
type Stage = service.Stage

// The stages of a booklet.
const (
	StageBinding Stage = "booklet_binding" // it is being made
	StageKept    Stage = "booklet_kept"    // it can be downloaded
	StageOver    Stage = "booklet_over"
)

// DeadlineDrop is when a booklet is thrown away.
const DeadlineDrop service.DeadlineName = "booklet_drop"

// BookletLimit is the largest booklet, in bytes: papers with which it would be larger are named and not bound.
const BookletLimit = 200 << 20

// Standing says where a booklet stands.
type Standing struct {
	Committee domain.ID          `json:"committee"`
	Stage     Stage              `json:"stage"`
	At        time.Time          `json:"at"`
	Deadlines []service.Deadline `json:"deadlines"`
}

// StandBooklet says where a booklet stands, for its workflow.
func (s *Service) StandBooklet(ctx context.Context, by domain.Actor, in BookletInput) (Standing, error) {
	return service.See(ctx, s.store, func(tx Tx) (Standing, error) {
		b, err := tx.Booklet(ctx, in.Booklet)
		if err != nil {
			return Standing{}, err
		}
		if err := access.Can(by, "booklet.stand", access.Facts{Committee: b.Committee}).Err(); err != nil {
			return Standing{}, err
		}
		out := Standing{Committee: b.Committee, Stage: StageKept, At: s.now(), Deadlines: []service.Deadline{}}
		switch {
		case b.Dropped:
			out.Stage = StageOver
			return out, nil
		case !b.Bound():
			out.Stage = StageBinding
		}
		out.Deadlines = append(out.Deadlines, service.Deadline{Name: DeadlineDrop, At: b.KeepUntil})
		return out, nil
	})
}

func (s *Service) now() time.Time { return service.Instant(s.env.Now()) }

// BindBooklet makes the file of a booklet. Doing it again changes nothing. How far it has come is kept after each paper.
func (s *Service) BindBooklet(ctx context.Context, by domain.Actor, in BookletInput) error {
	var cover document.Cover
	b, err := service.See(ctx, s.store, func(tx Tx) (document.Booklet, error) {
		b, err := tx.Booklet(ctx, in.Booklet)
		if err != nil || b.Bound() || b.Dropped {
			return b, err
		}
		src, err := source(ctx, tx, b.Meeting)
		if err == nil {
			cover = src.Cover(b)
		}
		return b, err
	})
	if err != nil || b.Bound() || b.Dropped {
		return err
	}
	if err := access.Can(by, "booklet.bind", access.Facts{Committee: b.Committee}).Err(); err != nil {
		return err
	}
	open := func(p document.CoverPaper) ([]byte, error) { return s.open(ctx, p.SHA256) }
	file, pages, err := s.binder.Bind(ctx, cover, open, func(n int) error {
		return s.store.InTx(ctx, func(tx Tx) error { return tx.BookletDone(ctx, b.ID, n) })
	})
	if err != nil {
		return err
	}
	if b.SHA256, b.Size, err = s.shelf.Put(ctx, bytes.NewReader(file), BookletLimit+Limit); err != nil {
		return err
	}
	b.Pages = pages
	return s.bound(ctx, by, b)
}

// bound keeps that the file is made. One that came too late, or beside another try, is thrown away: it would lie there for good.
func (s *Service) bound(ctx context.Context, by domain.Actor, made document.Booklet) error {
	kept, err := service.Do(ctx, s.env, s.store, by, "booklet.bind", func(a *service.Act[Tx]) (bool, error) {
		b, err := a.Tx.LockBooklet(ctx, made.ID)
		a.On("booklet", made.ID, made.Meeting)
		if err != nil || b.Bound() || b.Dropped {
			return !b.Dropped && b.SHA256 == made.SHA256, err
		}
		at := a.Now
		b.SHA256, b.Size, b.Pages, b.Done, b.BoundAt = made.SHA256, made.Size, made.Pages, b.Total, &at
		return true, a.Tx.ChangeBooklet(ctx, &b)
	})
	if err != nil || kept {
		return err
	}
	return s.shelf.Drop(ctx, made.SHA256)
}

// DropBooklet throws the file of a booklet away when its time is over. Doing it again changes nothing.
func (s *Service) DropBooklet(ctx context.Context, by domain.Actor, in BookletInput) error {
	b, err := service.Do(ctx, s.env, s.store, by, "booklet.drop", func(a *service.Act[Tx]) (document.Booklet, error) {
		b, err := a.Tx.LockBooklet(ctx, in.Booklet)
		if err != nil {
			return b, err
		}
		a.On("booklet", b.ID, b.Meeting)
		if err := access.Can(by, "booklet.drop", access.Facts{Committee: b.Committee}).Err(); err != nil {
			return b, err
		}
		if b.Dropped {
			return b, nil
		}
		if !b.Over(a.Now) {
			return b, domain.Conflict("booklet.too_early", nil)
		}
		b.Dropped = true
		return b, a.Tx.ChangeBooklet(ctx, &b)
	})
	if err != nil || b.SHA256 == "" {
		return err
	}
	return s.shelf.Drop(ctx, b.SHA256)
}
