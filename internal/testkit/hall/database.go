package hall

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"secretariat/internal/testkit/pgtest"
	"secretariat/store"
)

// Database is a fresh database with its address.
type Database struct {
	*store.DB
	target string
}

// Each runs the test on SQLite and on PostgreSQL, each on a fresh database.
func Each(t *testing.T, f func(*testing.T, *Database)) {
	t.Run("sqlite", func(t *testing.T) { f(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { f(t, Postgres(t)) })
}

// SQLite is a fresh database in a file.
func SQLite(t testing.TB) *Database {
	t.Helper()
	db := opened(t, "sqlite:"+filepath.Join(t.TempDir(), "hall.db"))
	Must(t, db.Migrate(t.Context()))
	return db
}

// Memory is a fresh SQLite database that is never written to disk.
func Memory(t testing.TB) *Database {
	t.Helper()
	db := opened(t, "sqlite::memory:")
	Must(t, db.Migrate(t.Context()))
	return db
}

// Postgres is a fresh database on a throw-away server.
func Postgres(t testing.TB) *Database {
	t.Helper()
	return opened(t, pgtest.New(t, migrate))
}

// BenchEnv names a PostgreSQL that keeps its promises, which the throw-away server does not; its database is emptied.
const BenchEnv = "SECRETARIAT_BENCH_POSTGRES"

// Durable is the database of BenchEnv, emptied, for measurements that depend on the disk. Without it the benchmark is
// skipped.
func Durable(b *testing.B) *Database {
	b.Helper()
	dsn := os.Getenv(BenchEnv)
	if dsn == "" {
		b.Skipf("%s names no database", BenchEnv)
	}
	db := opened(b, dsn)
	Must(b, db.Exec(b.Context(), "DROP SCHEMA public CASCADE; CREATE SCHEMA public"))
	Must(b, db.Migrate(b.Context()))
	return db
}

func migrate(dsn string) error {
	db, err := store.Open(context.Background(), dsn)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // the test database goes anyway
	return db.Migrate(context.Background())
}

func opened(t testing.TB, target string) *Database {
	t.Helper()
	db, err := store.Open(t.Context(), target)
	Must(t, err)
	t.Cleanup(func() { Must(t, db.Close()) })
	return &Database{DB: db, target: target}
}

// Rows is every row of a table as somebody reads it who has the database: "column=value column=value ...".
func (db *Database) Rows(t testing.TB, table string) []string {
	t.Helper()
	driver, source := "pgx", db.target
	if file, ok := strings.CutPrefix(db.target, "sqlite:"); ok {
		driver, source = "sqlite", file
	}
	raw, err := sql.Open(driver, source)
	Must(t, err)
	defer raw.Close() //nolint:errcheck // only read from
	rows, err := raw.QueryContext(t.Context(), "SELECT * FROM "+table)
	Must(t, err)
	defer rows.Close() //nolint:errcheck // rows.Err below tells
	columns, err := rows.Columns()
	Must(t, err)
	var out []string
	for rows.Next() {
		values, targets := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			targets[i] = &values[i]
		}
		Must(t, rows.Scan(targets...))
		out = append(out, row(columns, values))
	}
	Must(t, rows.Err())
	return out
}

func row(columns []string, values []any) string {
	var b strings.Builder
	for i, c := range columns {
		if raw, ok := values[i].([]byte); ok {
			values[i] = string(raw)
		}
		fmt.Fprintf(&b, "%s=%v ", c, values[i])
	}
	return b.String()
}
