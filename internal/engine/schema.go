//go:build !external

package engine

import (
	"context"
	"database/sql"
	"fmt"
	"hash/crc32"
	"net/url"
	"strings"

	"go.temporal.io/server/common/persistence/sql/sqlplugin"
	"go.temporal.io/server/schema/sqlite"
)

// prepare leaves a file with all of the server's tables and reports whether it had to make them. A file that an engine
// with other tables made is removed and made again, since the server has no migrations for SQLite.
func prepare(ctx context.Context, file string) (fresh bool, err error) {
	statements, err := schema()
	if err != nil {
		return false, err
	}
	found, err := inspect(ctx, file)
	if err != nil {
		return false, err
	}
	if found.foreign() {
		return false, fmt.Errorf("%w: %s", ErrForeignFile, file)
	}
	if found.tables > 0 && found.fingerprint == fingerprint(statements) {
		return false, nil
	}
	if err := remove(file); err != nil {
		return false, err
	}
	return true, build(ctx, file, statements)
}

// recorder stands in for a database, so that the server's own set-up hands over its statements.
type recorder struct {
	sqlplugin.AdminDB
	statements []string
}

// Exec notes the statement and runs nothing.
func (r *recorder) Exec(statement string, _ ...any) error {
	r.statements = append(r.statements, statement)
	return nil
}

func schema() ([]string, error) {
	var all recorder
	if err := sqlite.SetupSchemaOnDB(&all); err != nil {
		return nil, fmt.Errorf("engine: schema: %w", err)
	}
	return all.statements, nil
}

// fingerprint tells one set of tables from another. It is kept in the file's user_version, a signed number of 32 bits.
func fingerprint(statements []string) int64 {
	return int64(int32(crc32.ChecksumIEEE([]byte(strings.Join(statements, ";")))))
}

// build makes all tables and the mark in one transaction: a process killed in the middle leaves an empty database.
func build(ctx context.Context, file string, statements []string) error {
	if err := create(file); err != nil {
		return err
	}
	db, err := open(file, url.Values{})
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("engine: schema: %w", err)
	}
	if err := run(ctx, tx, append(statements, marks(statements)...)); err != nil {
		_ = tx.Rollback()
		return err
	}
	return tx.Commit()
}

func marks(statements []string) []string {
	return []string{
		fmt.Sprintf("PRAGMA application_id = %d", applicationID),
		fmt.Sprintf("PRAGMA user_version = %d", fingerprint(statements)),
	}
}

func run(ctx context.Context, tx *sql.Tx, statements []string) error {
	for _, statement := range statements {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("engine: schema: %w", err)
		}
	}
	return nil
}
