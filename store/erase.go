package store

import (
	"context"
	"os"
	"time"
)

// forget empties SQLite's write-ahead log, in which the frames of removed rows stand beside those they were written with: there every
// secret vote follows the participation of who cast it. While readers are at work the log cannot be cut off, so it is tried again for a
// while; a log that stays is emptied after the next vote or at the end of the process. PostgreSQL keeps its log for its administrator
// (see docs/adr/0003).
func (db *DB) forget(ctx context.Context) {
	if db.dialect.name != sqliteDialect.name {
		return
	}
	for range 50 {
		var busy, frames, moved int
		row := db.write.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
		if row.Scan(&busy, &frames, &moved) == nil && busy == 0 {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// private makes the database file for its owner alone before SQLite makes it for everybody; its logs get the same mode.
func private(file string) error {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}
