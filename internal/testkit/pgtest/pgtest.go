// Package pgtest gives tests a real PostgreSQL. The first test of a process that asks starts a server of its own in a
// temporary folder, reachable through a Unix socket only and without any promise to keep data; every test gets a
// database of its own on it. The server goes, and its folder with it, when the test process ends, however it ends.
// Measurements get a second server that does keep its data.
//
// PostgreSQL's programs come from the PATH or from Debian's folders. A test is skipped where they are missing, or fails
// if the environment variable SECRETARIAT_TEST_POSTGRES_REQUIRED is 1, as it is in CI.
package pgtest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver named "pgx"
)

// RequiredEnv is the environment variable that makes a missing PostgreSQL a failure instead of a skip when it is 1.
const RequiredEnv = "SECRETARIAT_TEST_POSTGRES_REQUIRED"

// URL gives the connection URL of a fresh, empty database, which is dropped when the test ends.
func URL(t testing.TB) string {
	t.Helper()
	return running(t).database(t, "template1")
}

// Durable gives the connection URL of a fresh, empty database on a second server, which has the settings initdb gives
// and so waits for the disk at every commit: for measurements that depend on that. It is dropped when the test ends.
func Durable(t testing.TB) string {
	t.Helper()
	srv, err := durable()
	if err != nil {
		giveUp(t, err)
	}
	return srv.database(t, "template1")
}

// New gives the connection URL of a fresh database that migrate has prepared. It prepares one template a process and
// copies that for each test, which takes a fraction of the time. So migrate must be a plain function, not a closure
// whose effect depends on what it has captured, and must have closed its connections when it returns.
func New(t testing.TB, migrate func(dsn string) error) string {
	t.Helper()
	srv := running(t)
	name, err := srv.template(migrate)
	if err != nil {
		t.Fatalf("pgtest: prepare template: %v", err)
	}
	return srv.database(t, name)
}

// The process's servers, each started by the first test that asks.
var (
	shared  = sync.OnceValues(func() (*server, error) { return start(careless...) })
	durable = sync.OnceValues(func() (*server, error) { return start() })
)

// running gives the process's server, or skips or fails the test when there can be none.
func running(t testing.TB) *server {
	t.Helper()
	srv, err := shared()
	if err != nil {
		giveUp(t, err)
	}
	return srv
}

// giveUp skips the test where the machine has no PostgreSQL and need not, and fails it in every other case.
func giveUp(t testing.TB, err error) {
	t.Helper()
	if errors.Is(err, errMissing) && os.Getenv(RequiredEnv) != "1" {
		t.Skipf("NOT TESTED ON POSTGRESQL: %v; set %s=1 to make this a failure", err, RequiredEnv)
		return
	}
	t.Fatalf("pgtest: %v", err)
}

// server is a running PostgreSQL and the databases made on it.
type server struct {
	dir      string    // of the socket and the data
	lifeline io.Closer // closed, by the kernel when we end, it stops the server; held here against the collector
	admin    *sql.DB
	count    atomic.Int64

	mu        sync.Mutex
	templates map[uintptr]*template
}

// template is a database prepared by one migrate function.
type template struct {
	name string
	err  error
}

// url is the connection URL of a database of this server.
func (s *server) url(database string) string {
	u := url.URL{Scheme: "postgres", Path: "/" + database}
	u.RawQuery = url.Values{"host": {s.dir}, "user": {superuser}, "sslmode": {"disable"}}.Encode()
	return u.String()
}

// database makes a copy of a template for one test.
func (s *server) database(t testing.TB, template string) string {
	t.Helper()
	name := s.name()
	if err := s.create(t.Context(), name, template); err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	t.Cleanup(func() {
		// The test's context is over by now. FORCE ends connections the test has left open.
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if _, err := s.admin.ExecContext(ctx, fmt.Sprintf("DROP DATABASE %s WITH (FORCE)", name)); err != nil {
			t.Errorf("pgtest: drop %s: %v", name, err)
		}
	})
	return s.url(name)
}

// name is one no other database of this server has.
func (s *server) name() string {
	return fmt.Sprintf("test_%d", s.count.Add(1))
}

// create copies a template, to which nobody may be connected.
func (s *server) create(ctx context.Context, name, template string) error {
	_, err := s.admin.ExecContext(ctx, fmt.Sprintf("CREATE DATABASE %s TEMPLATE %s", name, template))
	if err != nil {
		return fmt.Errorf("create %s from %s: %w", name, template, err)
	}
	return nil
}

// template is the name of the database migrate has prepared, which it prepares when it is first asked for.
func (s *server) template(migrate func(dsn string) error) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := reflect.ValueOf(migrate).Pointer()
	tpl, ok := s.templates[key]
	if !ok {
		tpl = &template{name: s.name()}
		tpl.err = s.prepare(tpl.name, migrate)
		s.templates[key] = tpl
	}
	return tpl.name, tpl.err
}

// prepare makes a template. It outlives the test that asks first, so it does not run under that test's context.
func (s *server) prepare(name string, migrate func(dsn string) error) error {
	if err := s.create(context.Background(), name, "template1"); err != nil {
		return err
	}
	return migrate(s.url(name))
}
