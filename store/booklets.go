package store

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/document"
)

var booklets = versioned[document.Booklet]{
	table[document.Booklet]{"booklets", "booklet"},
	func(b *document.Booklet) *int { return &b.Version }, func(b *document.Booklet) domain.ID { return b.ID },
}

// AddBooklet writes a new booklet.
func (tx *Tx) AddBooklet(ctx context.Context, b document.Booklet) error {
	return booklets.insert(ctx, tx, b)
}

// Booklet reads one.
func (tx *Tx) Booklet(ctx context.Context, id domain.ID) (document.Booklet, error) {
	return booklets.get(ctx, tx, "id = ?", id)
}

// LockBooklet reads one and keeps others from changing it.
func (tx *Tx) LockBooklet(ctx context.Context, id domain.ID) (document.Booklet, error) {
	return booklets.lock(ctx, tx, id)
}

// ChangeBooklet writes a changed one; CodeStale when it changed meanwhile.
func (tx *Tx) ChangeBooklet(ctx context.Context, b *document.Booklet) error {
	return booklets.change(ctx, tx, b)
}

// BookletDone keeps how many papers were gone through, while it is being bound.
func (tx *Tx) BookletDone(ctx context.Context, id domain.ID, done int) error {
	_, err := tx.db.NewRaw("UPDATE booklets SET done = ? WHERE id = ? AND bound_at IS NULL", done, id).Exec(ctx)
	return translate(err, booklets.kind)
}

// NewestBooklet is the newest of a reader for a meeting, false when there is none.
func (tx *Tx) NewestBooklet(ctx context.Context, of, reader domain.ID) (document.Booklet, bool, error) {
	found, err := booklets.page(ctx, tx, 1, "id DESC", "meeting = ? AND reader = ?", of, reader)
	if err != nil || len(found) == 0 {
		return document.Booklet{}, false, err
	}
	return found[0], true, nil
}
