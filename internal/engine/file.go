package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// applicationID marks a SQLite file as an engine's, so that no other database is ever taken for one and removed.
const applicationID = 0x5443454e

// Wipe removes the engine's file and what SQLite keeps beside it. A file that does not exist is no error. It returns
// ErrInUse while an engine runs on the file, and ErrForeignFile for a database that no engine made. A damaged file is
// removed. The empty lock file stays.
func Wipe(file string) error {
	if _, err := os.Stat(filepath.Dir(file)); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	held, err := acquire(file)
	if err != nil {
		return err
	}
	defer held.release()
	found, err := inspect(context.Background(), file)
	if err != nil && !errors.Is(err, ErrDamaged) {
		return err
	}
	if found.foreign() {
		return fmt.Errorf("%w: %s", ErrForeignFile, file)
	}
	return remove(file)
}

// remove deletes the database before its write-ahead log: a log without its database is ignored, whereas a database
// without its log would lose what was committed last.
func remove(file string) error {
	for _, name := range []string{file, file + "-wal", file + "-shm", file + "-journal"} {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("engine: remove: %w", err)
		}
	}
	return nil
}

// create makes an empty file that only its owner may read, and the folders above it. SQLite gives the same mode to the
// files it puts beside it.
func create(file string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return fmt.Errorf("engine: folder: %w", err)
	}
	made, err := os.OpenFile(file, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("engine: file: %w", err)
	}
	return made.Close()
}

// uriPath escapes the characters of a path that mean something in the file URI the driver and the server build from it.
func uriPath(file string) string {
	return strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(file)
}

// open returns a handle of one connection on an existing SQLite file, apart from the one the server opens.
func open(file string, parameters url.Values) (*sql.DB, error) {
	parameters.Set("mode", "rw")
	db, err := sql.Open("sqlite", "file:"+uriPath(file)+"?"+parameters.Encode())
	if err != nil {
		return nil, fmt.Errorf("engine: open: %w", err)
	}
	db.SetMaxOpenConns(1)
	return db, nil
}

// mark is what tells an engine's file from another: who made it, with which tables, and how many there are.
type mark struct {
	application int64
	fingerprint int64
	tables      int
}

// foreign reports a database with tables that no engine made.
func (m mark) foreign() bool { return m.tables > 0 && m.application != applicationID }

// inspect reads the mark of a file. Opening it rolls back whatever a killed process left half written.
func inspect(ctx context.Context, file string) (mark, error) {
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return mark{}, nil
	}
	db, err := open(file, url.Values{"_pragma": {"busy_timeout(5000)"}})
	if err != nil {
		return mark{}, err
	}
	defer func() { _ = db.Close() }()
	var found mark
	row := db.QueryRowContext(ctx, `SELECT a.application_id, u.user_version, (SELECT count(*) FROM sqlite_master)
		FROM pragma_application_id() a, pragma_user_version() u`)
	err = row.Scan(&found.application, &found.fingerprint, &found.tables)
	if failed(err, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT) {
		return mark{}, fmt.Errorf("%w: %s: %w", ErrDamaged, file, err)
	}
	if err != nil {
		return mark{}, fmt.Errorf("engine: read %s: %w", file, err)
	}
	return found, nil
}

// failed reports whether err is one of SQLite's with one of the primary result codes.
func failed(err error, codes ...int) bool {
	var failure *sqlite.Error
	return errors.As(err, &failure) && slices.Contains(codes, failure.Code()&0xff)
}

// hold keeps other engines off a file for as long as an engine runs on it. It is an exclusive transaction on an empty
// database beside the file, which the operating system ends with the process, however the process ends.
type hold struct {
	db *sql.DB
	tx *sql.Tx
}

// acquire takes the hold of a file, or returns ErrInUse.
func acquire(file string) (*hold, error) {
	name := file + ".lock"
	if err := create(name); err != nil {
		return nil, err
	}
	db, err := open(name, url.Values{"_txlock": {"exclusive"}, "_pragma": {"journal_mode(memory)"}})
	if err != nil {
		return nil, err
	}
	tx, err := db.Begin()
	if err == nil {
		return &hold{db: db, tx: tx}, nil
	}
	_ = db.Close()
	if failed(err, sqlite3.SQLITE_BUSY) {
		return nil, fmt.Errorf("%w: %s", ErrInUse, file)
	}
	return nil, fmt.Errorf("engine: lock: %w", err)
}

// release gives the hold back. Nothing was written, so that there is nothing that could fail to be kept.
func (h *hold) release() {
	if h == nil {
		return
	}
	_ = h.tx.Rollback()
	_ = h.db.Close()
}
