package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	"modernc.org/sqlite"
)

// dialect is every difference between the two engines. Add to it only when an engine forces a difference.
type dialect struct {
	name          string
	lock, share   string // row lock clauses; SQLite has one writer and needs none
	readIsolation sql.IsolationLevel
	prepared      []any // goes before the arguments of a query that is to stay prepared on its connection
}

var (
	sqliteDialect   = dialect{name: "sqlite"}
	postgresDialect = dialect{
		name: "postgres", lock: "UPDATE", share: "SHARE", readIsolation: sql.LevelRepeatableRead,
		prepared: []any{pgx.QueryExecModeCacheStatement},
	}
)

func openSQLite(ctx context.Context, file string) (*DB, error) {
	if file == ":memory:" {
		return openMemory(ctx)
	}
	if err := private(file); err != nil {
		return nil, err
	}
	write, err := sql.Open("sqlite", sqliteDSN(file, false))
	if err != nil {
		return nil, err
	}
	write.SetMaxOpenConns(1)
	if err := write.PingContext(ctx); err != nil {
		return nil, errors.Join(err, write.Close())
	}
	read, err := sql.Open("sqlite", sqliteDSN(file, true))
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	read.SetMaxOpenConns(8)
	read.SetMaxIdleConns(8)
	return &DB{
		write: bun.NewDB(write, sqlitedialect.New()), read: bun.NewDB(read, sqlitedialect.New()), dialect: sqliteDialect,
	}, nil
}

// openMemory uses one connection for everything, since a second one would see another, empty database.
func openMemory(ctx context.Context) (*DB, error) {
	db, err := sql.Open("sqlite", "file::memory:?_pragma=foreign_keys(1)&_txlock=immediate")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	db.SetConnMaxLifetime(0)
	b := bun.NewDB(db, sqlitedialect.New())
	return &DB{write: b, read: b, dialect: sqliteDialect}, b.PingContext(ctx)
}

func openPostgres(ctx context.Context, target string) (*DB, error) {
	cfg, err := pgx.ParseConfig(target)
	if err != nil {
		return nil, errors.New("the PostgreSQL URL cannot be read") // the cause would print the password
	}
	// bun writes the arguments into the statement, so preparing each would only fill the server's cache.
	cfg.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	db := stdlib.OpenDB(*cfg, stdlib.OptionAfterConnect(func(_ context.Context, c *pgx.Conn) error {
		c.TypeMap().RegisterType(&pgtype.Type{
			Name: "timestamptz", OID: pgtype.TimestamptzOID, Codec: &pgtype.TimestamptzCodec{ScanLocation: time.UTC},
		})
		return nil
	}))
	db.SetMaxOpenConns(24)
	db.SetMaxIdleConns(24)
	b := bun.NewDB(db, pgdialect.New())
	if err := b.PingContext(ctx); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return &DB{write: b, read: b, dialect: postgresDialect}, nil
}

// SQLSTATE and SQLite result codes that matter to us.
const (
	pgUnique, pgForeignKey, pgSerialization, pgDeadlock    = "23505", "23503", "40001", "40P01"
	liteBusy, liteUnique, litePrimaryKey, liteForeignKey   = 5, 2067, 1555, 787
	liteConstraintRowID, liteBusySnapshot, liteBusyRecover = 2579, 517, 261
)

func (d dialect) retry(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == pgSerialization || pg.Code == pgDeadlock
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		return lite.Code() == liteBusy || lite.Code() == liteBusySnapshot || lite.Code() == liteBusyRecover
	}
	return false
}

// isUnique reports whether err says that a row with that key is there already.
func isUnique(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == pgUnique
	}
	var lite *sqlite.Error
	return errors.As(err, &lite) &&
		(lite.Code() == liteUnique || lite.Code() == litePrimaryKey || lite.Code() == liteConstraintRowID)
}

func isForeignKey(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == pgForeignKey
	}
	var lite *sqlite.Error
	return errors.As(err, &lite) && lite.Code() == liteForeignKey
}
