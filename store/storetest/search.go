package storetest

import (
	"context"
	"testing"

	"secretariat/domain"
	"secretariat/domain/search"
	"secretariat/store"
)

// Search checks the index of search. It wants a database of its own.
func Search(t *testing.T, db *store.DB) {
	seedMeetings(t, db)
	one, two := indexed(1), indexed(2)
	t.Run("round trip", func(t *testing.T) {
		replaced(t, db, one, two)
		within(t, db, func(ctx context.Context, tx *store.Tx) error {
			got, err := tx.Search(ctx, search.Query{Words: []string{"entry-1", "가나"}, Limit: 9})
			want := one
			want.Folded = ""
			same(t, got, []search.Entry{want})
			return err
		})
	})
	t.Run("places that collide", func(t *testing.T) {
		two.Place = one.Place
		replaced(t, db)
		replaced(t, db, one, two)
		foundAre(t, db, "가나", two.ID, one.ID)
	})
	t.Run("what is replaced is gone", func(t *testing.T) {
		one.Title, one.Folded = "새 제목", search.Fold("새 제목")
		replaced(t, db, one)
		foundAre(t, db, "제목", one.ID)
		foundAre(t, db, "가나")
		replaced(t, db)
		foundAre(t, db, "제목")
	})
}

// indexed is an entry every field of which says something.
func indexed(n int) search.Entry {
	e := filled[search.Entry](n)
	e.Kind, e.Subject, e.Committee, e.Day = search.Paper, "subject", "mc", "2026-11-22"
	return e.Made()
}

func replaced(t *testing.T, db *store.DB, want ...search.Entry) {
	t.Helper()
	within(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.ReplaceEntries(ctx, "subject", want) })
}

func foundAre(t *testing.T, db *store.DB, word string, want ...domain.ID) {
	t.Helper()
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		found, err := tx.Search(ctx, search.Query{Words: []string{word}, Committee: "mc", Limit: 9})
		got := []domain.ID(nil)
		for _, e := range found {
			got = append(got, e.ID)
		}
		same(t, got, want)
		return err
	})
}
