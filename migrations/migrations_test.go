package migrations_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"secretariat/internal/testkit/pgtest"
	"secretariat/store"
)

// migrate brings the database of a URL up to date.
func migrate(target string) error {
	ctx := context.Background()
	db, err := store.Open(ctx, target)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // the migration's error counts
	return db.Migrate(ctx)
}

// raw opens a database beside the store.
func raw(t *testing.T, driver, source string) *sql.DB {
	t.Helper()
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func sqlite(t *testing.T) *sql.DB {
	t.Helper()
	file := filepath.Join(t.TempDir(), "schema")
	if err := migrate("sqlite:" + file); err != nil {
		t.Fatal(err)
	}
	return raw(t, "sqlite", file)
}

func postgres(t *testing.T) *sql.DB {
	t.Helper()
	return raw(t, "pgx", pgtest.New(t, migrate))
}

func TestBothEnginesHaveOneSchema(t *testing.T) {
	lite, pg := sqlite(t), postgres(t)
	for _, part := range []struct {
		name     string
		lite, pg func(*testing.T, *sql.DB) facts
	}{
		{"columns", liteColumns, pgColumns}, {"indexes", liteIndexes, pgIndexes},
		{"references", liteReferences, pgReferences}, {"guards", liteGuards, pgGuards},
	} {
		t.Run(part.name, func(t *testing.T) {
			one, other := part.lite(t, lite), part.pg(t, pg)
			if len(one) < 3 {
				t.Fatalf("only %v was found: the search has gone blind", one)
			}
			if diff := cmp.Diff(one, other); diff != "" {
				t.Errorf("the engines differ (-sqlite +postgres):\n%s", diff)
			}
		})
	}
}

func TestMigratingAgainChangesNothing(t *testing.T) {
	file := "sqlite:" + filepath.Join(t.TempDir(), "again")
	for name, target := range map[string]string{"sqlite": file, "postgres": pgtest.New(t, migrate)} {
		t.Run(name, func(t *testing.T) {
			for range 2 {
				if err := migrate(target); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func TestProcessesThatStartTogetherWaitForEachOther(t *testing.T) {
	target := pgtest.URL(t)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if err := migrate(target); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	db, columns := raw(t, "pgx", target), pgColumns
	if diff := cmp.Diff(columns(t, postgres(t)), columns(t, db)); diff != "" {
		t.Errorf("the schema is not whole (-alone +together):\n%s", diff)
	}
}
