package store_test

import (
	"context"
	"path/filepath"
	"testing"

	"secretariat/internal/testkit/pgtest"
	"secretariat/store"
	"secretariat/store/storetest"
)

func TestMeetings(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		storetest.Meetings(t, opened(t, "sqlite:"+filepath.Join(t.TempDir(), "db")))
	})
	t.Run("postgres", func(t *testing.T) { storetest.Meetings(t, opened(t, pgtest.New(t, prepare))) })
}

// opened is a migrated database that is closed when the test ends.
func opened(t *testing.T, target string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), target)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db
}

func prepare(target string) error {
	ctx := context.Background()
	db, err := store.Open(ctx, target)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // the migration's error counts
	return db.Migrate(ctx)
}
