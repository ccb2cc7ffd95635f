// Package migrations holds the schema of both engines as numbered SQL files with the same numbers, and applies them.
package migrations

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/migrate"
)

//go:embed sqlite/*.sql postgres/*.sql
var files embed.FS

// Apply runs what has not run yet for the engine ("sqlite" or "postgres"). A file is marked as applied in the same
// step that ran it, and only then. Processes that start together wait for each other.
func Apply(ctx context.Context, db *bun.DB, engine string) error {
	dir, err := fs.Sub(files, engine)
	if err != nil {
		return err
	}
	all := migrate.NewMigrations()
	if err := all.Discover(dir); err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	m := migrate.NewMigrator(db, all,
		migrate.WithMarkAppliedOnSuccess(true), migrate.WithUpsert(true), migrate.AfterMigration(mark))
	if err := again(ctx, 10, func() error { return m.Init(ctx) }); err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	if engine == "sqlite" { // an embedded file belongs to one process; a lock row would only outlive a killed one
		_, err = m.Migrate(ctx)
		return err
	}
	if err := lock(ctx, m); err != nil {
		return err
	}
	defer m.Unlock(context.WithoutCancel(ctx)) //nolint:errcheck // a lock left over is taken over by the next start
	_, err = m.Migrate(ctx)
	return err
}

// mark notes a file as applied in the transaction that ran it, so that a process killed between the two does not run it twice. The
// migrator does the same once more afterwards, which changes nothing.
func mark(ctx context.Context, tx bun.IConn, m *migrate.Migration) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO bun_migrations (name, group_id) VALUES (?, ?)", m.Name, m.GroupID)
	return err
}

// again tries a few times. Of several processes that make the migrator's tables at the same moment, PostgreSQL lets
// one and fails the others, although each says IF NOT EXISTS; a moment later they find the tables there.
func again(ctx context.Context, times int, f func() error) error {
	for {
		err := f()
		if times--; err == nil || times <= 0 {
			return err
		}
		if err := wait(ctx); err != nil {
			return err
		}
	}
}

func wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(100 * time.Millisecond):
		return nil
	}
}

// lock waits up to half a minute for another process to finish. A lock that a killed process left over is taken over
// then: each file runs in its own transaction, so nothing is half done.
func lock(ctx context.Context, m *migrate.Migrator) error {
	if err := again(ctx, 300, func() error { return m.Lock(ctx) }); err == nil || ctx.Err() != nil {
		return err
	}
	if err := m.Unlock(ctx); err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	return m.Lock(ctx)
}
