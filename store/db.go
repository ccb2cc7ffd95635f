package store

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"secretariat/migrations"
)

// DB is the open database: one handle to write, one to read. On PostgreSQL they are the same pool.
type DB struct {
	write, read *bun.DB
	dialect     dialect
	committed   func()
}

// Open opens the database of a URL: "sqlite:FILE" (":memory:" gives one that lives as long as the handle) or "postgres://...".
// It does not migrate.
func Open(ctx context.Context, target string) (*DB, error) {
	if file, ok := strings.CutPrefix(target, "sqlite:"); ok {
		return openSQLite(ctx, file)
	}
	if strings.HasPrefix(target, "postgres://") || strings.HasPrefix(target, "postgresql://") {
		return openPostgres(ctx, target)
	}
	return nil, fmt.Errorf("database URL must begin with sqlite: or postgres://")
}

// OnCommit names what is called after each transaction that wrote, such as the relay that sends the outbox. It must not block, and
// is set before the database is used by several goroutines.
func (db *DB) OnCommit(f func()) { db.committed = f }

// Close closes both handles.
func (db *DB) Close() error {
	err := db.write.Close()
	if db.read != db.write {
		if e := db.read.Close(); err == nil {
			err = e
		}
	}
	return err
}

// Migrate brings the schema up to date; safe when several processes start at once.
func (db *DB) Migrate(ctx context.Context) error {
	return migrations.Apply(ctx, db.write, db.dialect.name)
}

// Ping reports whether the database answers.
func (db *DB) Ping(ctx context.Context) error { return db.read.PingContext(ctx) }

// Engine is "sqlite" or "postgres".
func (db *DB) Engine() string { return db.dialect.name }

// Exec runs one statement outside any use case; for tools and benchmarks.
func (db *DB) Exec(ctx context.Context, query string, args ...any) error {
	_, err := db.write.ExecContext(ctx, query, args...)
	return err
}

// InTx runs f in a transaction that may write. It is run again when the database could not serialise it.
func (db *DB) InTx(ctx context.Context, f func(*Tx) error) error {
	var err error
	for attempt := range 5 {
		erased := false
		err = db.write.RunInTx(ctx, &sql.TxOptions{}, func(ctx context.Context, btx bun.Tx) error {
			tx := &Tx{db: btx, raw: btx.Tx, home: db, dialect: db.dialect, erased: &erased}
			if err := f(tx); err != nil {
				return err
			}
			return tx.index(ctx)
		})
		if err == nil && erased {
			db.forget(ctx)
		}
		if err == nil && db.committed != nil {
			db.committed()
		}
		if !db.dialect.retry(err) {
			return translate(err, "row")
		}
		if !pause(ctx, attempt) {
			break
		}
	}
	return translate(err, "row")
}

func pause(ctx context.Context, attempt int) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(time.Duration(1<<attempt) * 5 * time.Millisecond):
		return true
	}
}

// Read runs f against one consistent state of the database.
func (db *DB) Read(ctx context.Context, f func(*Tx) error) error {
	opts := &sql.TxOptions{ReadOnly: true, Isolation: db.dialect.readIsolation}
	return translate(db.read.RunInTx(ctx, opts, func(ctx context.Context, btx bun.Tx) error {
		return f(&Tx{db: btx, raw: btx.Tx, home: db, dialect: db.dialect})
	}), "row")
}

// Glance runs f without a transaction, which costs more than one question does. Each question that f asks is answered
// from one consistent state of the database, two from two.
func (db *DB) Glance(ctx context.Context, f func(*Tx) error) error {
	return translate(f(&Tx{db: db.read, raw: db.read.DB, home: db, dialect: db.dialect}), "row")
}

// Tx is one transaction. It implements what each service asks of its store.
type Tx struct {
	db      bun.IDB
	raw     querier // the same past bun
	home    *DB
	dialect dialect
	erased  *bool // rows were removed that must not be found again
	touched touched
}

type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// ask reads the rows of a query with placeholders ($1) into out, a pointer to a slice of structs. It is for what is
// asked with every request: the driver keeps the statement prepared where planning it would cost more than answering
// it.
func (tx *Tx) ask(ctx context.Context, out any, query string, args ...any) error {
	args = slices.Concat(tx.dialect.prepared, args)
	rows, err := tx.raw.QueryContext(ctx, query, args...) //nolint:rowserrcheck // ScanRows does
	if err != nil {
		return err
	}
	return tx.home.read.ScanRows(ctx, rows, out)
}

// View gives a service the store it declared: its own transaction interface T, which *Tx must implement.
type View[T any] struct{ DB *DB }

// InTx runs f in a transaction that may write.
func (v View[T]) InTx(ctx context.Context, f func(T) error) error {
	return v.DB.InTx(ctx, func(tx *Tx) error { return f(any(tx).(T)) })
}

// Read runs f in a read-only transaction.
func (v View[T]) Read(ctx context.Context, f func(T) error) error {
	return v.DB.Read(ctx, func(tx *Tx) error { return f(any(tx).(T)) })
}

// Glance runs f without a transaction; f asks one question.
func (v View[T]) Glance(ctx context.Context, f func(T) error) error {
	return v.DB.Glance(ctx, func(tx *Tx) error { return f(any(tx).(T)) })
}

func sqliteDSN(file string, readOnly bool) string {
	q := url.Values{"_pragma": {
		"busy_timeout(10000)", "journal_mode(WAL)", "foreign_keys(1)", "synchronous(FULL)", "secure_delete(1)",
	}}
	if readOnly {
		q.Add("_pragma", "query_only(1)")
	} else {
		q.Set("_txlock", "immediate")
	}
	return "file:" + file + "?" + q.Encode()
}
