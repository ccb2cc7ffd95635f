//go:build !external

package engine_test

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.temporal.io/api/serviceerror"

	"secretariat/internal/engine"
)

// statements runs statements on a database at the path.
func statements(t *testing.T, file string, list ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for _, statement := range list {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
}

func TestForeignDatabaseIsLeftAlone(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "record.db")
	statements(t, file, "CREATE TABLE minutes (id INTEGER)", "INSERT INTO minutes VALUES (1)")
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := engine.Start(t.Context(), options(file)); !errors.Is(err, engine.ErrForeignFile) {
		t.Errorf("start: %v, want %v", err, engine.ErrForeignFile)
	}
	if err := engine.Wipe(file); !errors.Is(err, engine.ErrForeignFile) {
		t.Errorf("wipe: %v, want %v", err, engine.ErrForeignFile)
	}
	if after, err := os.ReadFile(file); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file changed (%v)", err)
	}
}

func TestDamagedFileIsWipedOnDemand(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "engine.db")
	if err := os.WriteFile(file, bytes.Repeat([]byte("no database"), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := engine.Start(t.Context(), options(file)); !errors.Is(err, engine.ErrDamaged) {
		t.Errorf("start: %v, want %v", err, engine.ErrDamaged)
	}
	if err := engine.Wipe(file); err != nil {
		t.Fatal(err)
	}
	if !start(t, options(file)).Fresh() {
		t.Error("a wiped file is not fresh")
	}
}

func TestHalfMadeFileIsMadeAnew(t *testing.T) {
	t.Parallel()
	for name, list := range map[string][]string{
		"empty": nil,
		"some tables": {
			"CREATE TABLE namespaces (partition_id INTEGER)", "PRAGMA application_id = 1413694798",
		},
		"other tables": {
			"CREATE TABLE namespaces (partition_id INTEGER)", "PRAGMA application_id = 1413694798", "PRAGMA user_version = 7",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "engine.db")
			statements(t, file, list...)
			running := start(t, options(file))
			if !running.Fresh() {
				t.Error("the file is not fresh")
			}
			c := dial(t, running.Address())
			work(t, c)
			begin(t, c, "first")
			if got := end(t, c, "first"); got != result {
				t.Errorf("result %q, want %q", got, result)
			}
		})
	}
}

// A wiped file must not be written to through a handle of the engine that ran on it before.
func TestWipeForgets(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "engine.db")
	first := start(t, options(file))
	c := dial(t, first.Address())
	begin(t, c, "forgotten")
	if err := engine.Wipe(file); !errors.Is(err, engine.ErrInUse) {
		t.Errorf("wipe of a running engine: %v, want %v", err, engine.ErrInUse)
	}
	c.Close()
	first.Stop()
	if err := engine.Wipe(file); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"engine.db.lock"}, names(t, filepath.Dir(file))); diff != "" {
		t.Errorf("files left (-want +got):\n%s", diff)
	}

	second := start(t, options(file))
	c = dial(t, second.Address())
	if !second.Fresh() {
		t.Error("a wiped file is not fresh")
	}
	_, err := c.DescribeWorkflowExecution(t.Context(), "forgotten", "")
	var missing *serviceerror.NotFound
	if !errors.As(err, &missing) {
		t.Errorf("the workflow of before: %v, want it to be unknown", err)
	}
	begin(t, c, "kept")
	c.Close()
	second.Stop()
	c = dial(t, start(t, options(file)).Address())
	if _, err := c.DescribeWorkflowExecution(t.Context(), "kept", ""); err != nil {
		t.Errorf("the workflow since: %v", err)
	}
}

func TestWipeOfNothing(t *testing.T) {
	t.Parallel()
	for _, file := range []string{
		filepath.Join(t.TempDir(), "engine.db"), filepath.Join(t.TempDir(), "no", "folder", "engine.db"),
	} {
		if err := engine.Wipe(file); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

func TestFileIsPrivate(t *testing.T) {
	t.Parallel()
	file := filepath.Join(folder(t), "engine.db")
	start(t, options(file))
	for _, name := range names(t, filepath.Dir(file)) {
		info, err := os.Stat(filepath.Join(filepath.Dir(file), name))
		if err != nil {
			t.Fatal(err)
		}
		if others := info.Mode().Perm() & 0o077; others != 0 {
			t.Errorf("%s has mode %v", name, info.Mode())
		}
	}
}

func names(t *testing.T, dir string) (list []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		list = append(list, entry.Name())
	}
	return list
}
