package migrations_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	"github.com/uptrace/bun/schema"

	"secretariat/internal/testkit/pgtest"
	"secretariat/migrations"
)

// death ends the program, as far as a test can, in the moment after so many commits.
type death struct{ commits int }

func (*death) BeforeQuery(ctx context.Context, _ *bun.QueryEvent) context.Context { return ctx }

func (d *death) AfterQuery(_ context.Context, e *bun.QueryEvent) {
	if e.Query != "COMMIT" {
		return
	}
	if d.commits--; d.commits == 0 {
		panic(d)
	}
}

// dies applies the migrations and reports whether it died on the way.
func dies(t *testing.T, driver, target, engine string, dialect schema.Dialect, commits int) (died bool) {
	t.Helper()
	file, err := sql.Open(driver, target)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close() //nolint:errcheck // only read from afterwards
	file.SetMaxOpenConns(1)
	d := &death{commits}
	db := bun.NewDB(file, dialect).WithQueryHook(d)
	defer func() { died = recover() == any(d) }()
	if err := migrations.Apply(t.Context(), db, engine); err != nil {
		t.Fatal(err)
	}
	return false
}

// TestKilledAfterAnyFile kills the program right after each file was committed: the next start goes on with the next file.
func TestKilledAfterAnyFile(t *testing.T) {
	lite, pg := filepath.Join(t.TempDir(), "killed"), pgtest.URL(t)
	for _, x := range []struct {
		driver, target, engine string
		dialect                func() schema.Dialect
	}{
		{"sqlite", lite, "sqlite", func() schema.Dialect { return sqlitedialect.New() }},
		{"pgx", pg, "postgres", func() schema.Dialect { return pgdialect.New() }},
	} {
		t.Run(x.engine, func(t *testing.T) {
			deaths := 0
			for dies(t, x.driver, x.target, x.engine, x.dialect(), 1) {
				deaths++
			}
			if deaths < 30 {
				t.Fatalf("died %d times only: the search for commits has gone blind", deaths)
			}
		})
	}
	db, columns := raw(t, "pgx", pg), pgColumns
	if diff := cmp.Diff(columns(t, postgres(t)), columns(t, db)); diff != "" {
		t.Errorf("the schema is not whole (-alone +killed):\n%s", diff)
	}
}
