package bench

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"secretariat/domain"
	"secretariat/domain/policy"
	"secretariat/internal/canonical"
	"secretariat/internal/secret"
	"secretariat/internal/testkit/pgtest"
	"secretariat/policies"
	"secretariat/render/docs"
	"secretariat/service"
	"secretariat/service/balloting"
	"secretariat/service/consulting"
	"secretariat/service/convening"
	"secretariat/service/identity"
	"secretariat/service/minuting"
	"secretariat/service/partnering"
	"secretariat/service/planning"
	"secretariat/service/presiding"
	"secretariat/service/seating"
	"secretariat/service/selecting"
	"secretariat/service/sweeping"
	"secretariat/store"
	"secretariat/transport/catalogue"
	"secretariat/transport/endpoint"
	"secretariat/transport/jsonapi"
	"secretariat/transport/web"
)

// engine is one of the two databases, durable as in production.
type engine struct {
	name   string
	target func(testing.TB) string // address of a fresh database
	driver string
	source func(target string) string // what database/sql calls the same database
	writes int                        // connections that bare commits are written through
	// earlier is the start of the n-th copy of a meeting: one a committee every 73 days back from the one there is.
	earlier string
}

// engines are both. SQLite has one writer at a time: more connections would only wait for each other.
var engines = []engine{
	{
		name: "postgres", driver: "pgx", writes: clients,
		target:  pgtest.Durable,
		source:  func(target string) string { return target },
		earlier: "t.starts_at - (n.i / 200 + 1) * 73 * interval '1 day'",
	}, {
		name: "sqlite", driver: "sqlite", writes: 1,
		target: func(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "bench.db") },
		source: func(target string) string {
			return "file:" + target[len("sqlite:"):] + "?_pragma=busy_timeout(10000)&_pragma=synchronous(FULL)"
		},
		earlier: "strftime('%Y-%m-%d %H:%M:%S', t.starts_at, '-' || ((n.i / 200 + 1) * 73) || ' days') || '+00:00'",
	},
}

// each runs f on both engines.
func each(b *testing.B, f func(*testing.B, engine)) {
	for _, e := range engines {
		b.Run(e.name, func(b *testing.B) { f(b, e) })
	}
}

// site is the product on a fresh database, answering on the loopback interface.
type site struct {
	db      *store.DB
	bare    *sql.DB // the same database past the product
	env     service.Env
	address string
}

// open makes a site. What stands beyond the database and the handler, such as mail, is left out.
func open(t testing.TB, e engine) *site {
	t.Helper()
	target := e.target(t)
	db, err := store.Open(t.Context(), target)
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	must(t, db.Migrate(t.Context()))
	bare, err := sql.Open(e.driver, e.source(target))
	must(t, err)
	bare.SetMaxOpenConns(e.writes)
	bare.SetMaxIdleConns(e.writes)
	t.Cleanup(func() { must(t, bare.Close()) })
	s := &site{db: db, bare: bare, env: service.Env{Now: time.Now, NewID: newID, RandomID: randomID}}
	s.serve(t)
	return s
}

func newID() domain.ID { return domain.ID(uuid.Must(uuid.NewV7()).String()) }

func randomID() domain.ID {
	var b [16]byte
	_, _ = rand.Read(b[:]) // crypto/rand.Read never fails
	return domain.ID(hex.EncodeToString(b[:]))
}

// unlimited lets one client ask as often as it can: here it stands for many people.
const unlimited = 1e6

func (s *site) serve(t testing.TB) {
	t.Helper()
	messages, err := catalogue.Load()
	must(t, err)
	services := endpoint.Services{
		Identity: identity.New(
			s.env, store.View[identity.Tx]{DB: s.db}, secret.NewPasswords(), secret.Tokens{}, time.Hour),
		Convening:  convening.New(s.env, store.View[convening.Tx]{DB: s.db}, convening.Ports{Policies: packs(t)}),
		Presiding:  presiding.New(s.env, store.View[presiding.Tx]{DB: s.db}),
		Balloting:  balloting.New(s.env, store.View[balloting.Tx]{DB: s.db}),
		Seating:    seating.New(s.env, store.View[seating.Tx]{DB: s.db}, packs(t)),
		Minuting:   minuting.New(s.env, store.View[minuting.Tx]{DB: s.db}, canonical.JSON),
		Sweeping:   sweeping.New(s.env, store.View[sweeping.Tx]{DB: s.db}, packs(t)),
		Planning:   planning.New(s.env, store.View[planning.Tx]{DB: s.db}, packs(t), docs.Renderer{}),
		Consulting: consulting.New(s.env, store.View[consulting.Tx]{DB: s.db}, consulting.Ports{Policies: packs(t), Printer: docs.Renderer{}}),
		Partnering: partnering.New(s.env, store.View[partnering.Tx]{DB: s.db}),
		Selecting:  selecting.New(s.env, store.View[selecting.Tx]{DB: s.db}, packs(t), secret.Tokens{}, canonical.JSON),
	}
	log := slog.New(slog.NewJSONHandler(io.Discard, nil))
	limits := endpoint.NewLimits(unlimited, unlimited)
	set := endpoint.NewSet(services, endpoint.Standard(log, endpoint.NewMetrics(), limits))
	api, err := jsonapi.New(set, services.Identity, messages, s.db.Ping)
	must(t, err)
	pages, err := web.New(set, services.Identity, messages, web.Options{Log: log, Now: s.env.Now, Public: "http://localhost"})
	must(t, err)
	both := http.NewServeMux()
	both.Handle(jsonapi.Base+"/", api.Handler())
	both.Handle("/", pages.Handler())
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	s.address = l.Addr().String()
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	done := make(chan error, 1)
	go func() { done <- jsonapi.Serve(ctx, l, both) }()
	t.Cleanup(func() { cancel(); must(t, <-done) })
}

var library = sync.OnceValues(func() (*policies.Library, error) { return policies.Load("") })

func packs(t testing.TB) *policies.Library {
	t.Helper()
	l, err := library()
	must(t, err)
	return l
}

func rules(t testing.TB) policy.Rules {
	t.Helper()
	r, err := packs(t).Resolve(pack, "2026-11-22")
	must(t, err)
	return r
}

// write runs f in one transaction of the product's store.
func (s *site) write(t testing.TB, f func(context.Context, *store.Tx) error) {
	t.Helper()
	must(t, s.db.InTx(t.Context(), func(tx *store.Tx) error { return f(t.Context(), tx) }))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
