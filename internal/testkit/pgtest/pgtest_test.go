package pgtest

import (
	"bufio"
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// open connects to a database for the length of a test.
func open(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// execute runs a statement that must succeed.
func execute(t *testing.T, db *sql.DB, query string) {
	t.Helper()
	if _, err := db.ExecContext(t.Context(), query); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// count is the single number a query gives.
func count(t *testing.T, db *sql.DB, query string) int {
	t.Helper()
	var n int
	if err := db.QueryRowContext(t.Context(), query).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

func TestURLGivesEachTestItsOwnDatabase(t *testing.T) {
	one, two := open(t, URL(t)), open(t, URL(t))
	execute(t, one, "CREATE TABLE seats (name text)")
	execute(t, two, "CREATE TABLE seats (name text)")
	execute(t, one, "INSERT INTO seats VALUES ('위원장')")
	if n := count(t, two, "SELECT count(*) FROM seats"); n != 0 {
		t.Errorf("a row of one database shows %d times in another", n)
	}
}

func TestURLDropsTheDatabaseAfterTheTest(t *testing.T) {
	admin := open(t, running(t).url("postgres"))
	before := count(t, admin, "SELECT count(*) FROM pg_database")
	t.Run("with a connection left open", func(t *testing.T) {
		db, err := sql.Open("pgx", URL(t))
		if err != nil {
			t.Fatal(err)
		}
		execute(t, db, "SELECT 1")
	})
	if after := count(t, admin, "SELECT count(*) FROM pg_database"); after != before {
		t.Errorf("%d databases before, %d after", before, after)
	}
}

func TestDurableWaitsForTheDisk(t *testing.T) {
	for dsn, want := range map[string]string{URL(t): "off", Durable(t): "on"} {
		for _, setting := range []string{"fsync", "synchronous_commit", "full_page_writes"} {
			var got string
			err := open(t, dsn).QueryRowContext(t.Context(), "SHOW "+setting).Scan(&got)
			if err != nil || got != want {
				t.Errorf("%s is %q, want %q: %v", setting, got, want, err)
			}
		}
	}
}

// migrations counts how often prepareSeats has run.
var migrations atomic.Int64

// prepareSeats stands for a product's migrations.
func prepareSeats(dsn string) error {
	migrations.Add(1)
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		return err
	}
	_, err = db.Exec("CREATE TABLE seats (name text); INSERT INTO seats VALUES ('간사')")
	return errors.Join(err, db.Close())
}

func TestNewMigratesOnceAndCopiesForEachTest(t *testing.T) {
	running(t)
	var group sync.WaitGroup
	dsns := make([]string, 8)
	for i := range dsns {
		group.Go(func() { dsns[i] = New(t, prepareSeats) })
	}
	group.Wait()
	for _, dsn := range dsns {
		db := open(t, dsn)
		execute(t, db, "INSERT INTO seats VALUES ('서기')")
		if n := count(t, db, "SELECT count(*) FROM seats"); n != 2 {
			t.Errorf("%d rows, want the migrated and the inserted one", n)
		}
	}
	if n := migrations.Load(); n != 1 {
		t.Errorf("migrated %d times", n)
	}
}

// prepareOther is a second migrate function, which must not be given the first one's template.
func prepareOther(string) error { return nil }

func TestNewKeepsTemplatesApart(t *testing.T) {
	New(t, prepareSeats)
	db := open(t, New(t, prepareOther))
	if n := count(t, db, "SELECT count(*) FROM pg_tables WHERE tablename = 'seats'"); n != 0 {
		t.Error("a migration's table is in another migration's template")
	}
}

// errBroken is what prepareBroken fails with.
var errBroken = errors.New("broken")

// prepareBroken is a migration that fails.
func prepareBroken(string) error { return errBroken }

func TestNewReportsAFailedMigrationToEveryTest(t *testing.T) {
	srv := running(t)
	for range 2 {
		if _, err := srv.template(prepareBroken); !errors.Is(err, errBroken) {
			t.Errorf("template: %v, want %v", err, errBroken)
		}
	}
}

// verdict is a testing.TB that notes how a test was given up.
type verdict struct {
	testing.TB
	skipped, failed bool
}

func (v *verdict) Helper()               {}
func (v *verdict) Skipf(string, ...any)  { v.skipped = true }
func (v *verdict) Fatalf(string, ...any) { v.failed = true }

func TestMissingProgramsSkipUnlessRequired(t *testing.T) {
	other := errors.New("disk full")
	for _, c := range []struct {
		name, required string
		err            error
		want           verdict
	}{
		{"missing, not required", "", errMissing, verdict{skipped: true}},
		{"missing, required", "1", errMissing, verdict{failed: true}},
		{"any other reason", "", other, verdict{failed: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv(RequiredEnv, c.required)
			var got verdict
			giveUp(&got, c.err)
			if got != c.want {
				t.Errorf("skipped %t, failed %t", got.skipped, got.failed)
			}
		})
	}
}

func TestServerSortsHangulAsADictionary(t *testing.T) {
	db := open(t, URL(t))
	execute(t, db, "CREATE TABLE names (name text)")
	execute(t, db, "INSERT INTO names VALUES ('하늘'), ('가람'), ('나래')")
	var got string
	err := db.QueryRowContext(t.Context(), "SELECT string_agg(name, ' ' ORDER BY name) FROM names").Scan(&got)
	if err != nil || got != "가람 나래 하늘" {
		t.Errorf("sorted %q, %v", got, err)
	}
}

// childEnv makes the test binary play the process that dies in TestServerGoesWithItsProcess.
const childEnv = "PGTEST_CHILD"

// TestChild is no test of its own: it starts a server, says where, and waits to be killed.
func TestChild(t *testing.T) {
	if os.Getenv(childEnv) == "" {
		t.Skip("runs only as a child of TestServerGoesWithItsProcess")
	}
	URL(t)
	if _, err := os.Stdout.WriteString("DIR " + running(t).dir + "\n"); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Minute)
}

func TestServerGoesWithItsProcess(t *testing.T) {
	running(t)
	for _, sig := range []syscall.Signal{syscall.SIGKILL, syscall.SIGINT} {
		t.Run(sig.String(), func(t *testing.T) {
			child, dir := startChild(t)
			pid := postmaster(t, dir)
			if err := child.Process.Signal(sig); err != nil {
				t.Fatal(err)
			}
			_ = child.Wait() // it was killed
			eventually(t, "the folder is removed", func() bool {
				_, err := os.Stat(dir)
				return errors.Is(err, os.ErrNotExist)
			})
			eventually(t, "the server has ended", func() bool {
				return errors.Is(syscall.Kill(pid, 0), syscall.ESRCH)
			})
		})
	}
}

// startChild runs TestChild in a process of its own and returns the folder of its server.
func startChild(t *testing.T) (*exec.Cmd, string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestChild$")
	cmd.Env = append(os.Environ(), childEnv+"=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if dir, ok := strings.CutPrefix(lines.Text(), "DIR "); ok {
			return cmd, dir
		}
	}
	t.Fatalf("the child started no server: %v", lines.Err())
	return nil, ""
}

// postmaster is the process id of the server in a folder.
func postmaster(t *testing.T, dir string) int {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(dir, "data", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(body), "\n")
	pid, err := strconv.Atoi(first)
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

// eventually waits for something another process does.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if holds() {
			return
		}
	}
	t.Errorf("waited in vain: %s", what)
}
