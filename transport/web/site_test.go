package web_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/internal/canonical"
	"secretariat/internal/files"
	"secretariat/internal/secret"
	"secretariat/internal/testkit"
	"secretariat/internal/testkit/hall"
	"secretariat/policies"
	"secretariat/policies/programmes"
	"secretariat/render/docs"
	"secretariat/render/xlsx"
	"secretariat/service"
	"secretariat/service/auditing"
	"secretariat/service/balloting"
	"secretariat/service/consulting"
	"secretariat/service/convening"
	"secretariat/service/filing"
	"secretariat/service/identity"
	"secretariat/service/minuting"
	"secretariat/service/partnering"
	"secretariat/service/planning"
	"secretariat/service/presiding"
	"secretariat/service/searching"
	"secretariat/service/seating"
	"secretariat/service/selecting"
	"secretariat/service/surveying"
	"secretariat/service/sweeping"
	"secretariat/service/tasking"
	"secretariat/store"
	"secretariat/transport/catalogue"
	"secretariat/transport/endpoint"
	"secretariat/transport/web"
)

// site is the whole site on a database of its own.
type site struct {
	*httptest.Server
	t        *testing.T
	services endpoint.Services
	pages    *web.Site
	mail     *outbox
}

// outbox keeps the letters with links.
type outbox struct{ letters []identity.Letter }

func (o *outbox) Invite(_ context.Context, l identity.Letter) error {
	o.letters = append(o.letters, l)
	return nil
}

// plainPasswords are not hashed, since hashing well takes long.
type plainPasswords struct{}

func (plainPasswords) Hash(_ context.Context, password string) (string, error) {
	return "plain$" + password, nil
}

func (plainPasswords) Matches(_ context.Context, hash, password string) (bool, error) {
	return hash == "plain$"+password, nil
}

func parts(t *testing.T, db *store.DB, env service.Env) endpoint.Services {
	t.Helper()
	offered, err := programmes.Load()
	hall.Must(t, err)
	packs, err := policies.Load("")
	hall.Must(t, err)
	kept := files.Memory(t.TempDir())
	out := endpoint.Services{
		Identity: identity.New(env, store.View[identity.Tx]{DB: db}, plainPasswords{}, secret.Tokens{}, time.Hour),
		Seating:  seating.New(env, store.View[seating.Tx]{DB: db}, packs),
		Auditing: auditing.New(store.View[auditing.Tx]{DB: db}, store.AuditHash),
		Convening: convening.New(env, store.View[convening.Tx]{DB: db}, convening.Ports{
			Policies: packs, Files: kept, PaperLimit: 1 << 20,
		}),
		Presiding:  presiding.New(env, store.View[presiding.Tx]{DB: db}),
		Balloting:  balloting.New(env, store.View[balloting.Tx]{DB: db}),
		Minuting:   minuting.New(env, store.View[minuting.Tx]{DB: db}, canonical.JSON),
		Filing:     filing.New(env, store.View[filing.Tx]{DB: db}, kept, docs.Renderer{}, canonical.JSON),
		Sweeping:   sweeping.New(env, store.View[sweeping.Tx]{DB: db}, packs),
		Searching:  searching.New(store.View[searching.Tx]{DB: db}),
		Partnering: partnering.New(env, store.View[partnering.Tx]{DB: db}),
		Planning:   planning.New(env, store.View[planning.Tx]{DB: db}, packs, docs.Renderer{}),
		Selecting:  selecting.New(env, store.View[selecting.Tx]{DB: db}, packs, secret.Tokens{}, canonical.JSON).Printing(xlsx.Book).Papers(docs.Renderer{}).Offering(offered).Keeping(kept, 1<<20),
		Tasking:    tasking.New(env, store.View[tasking.Tx]{DB: db}, tasking.Ports{Policies: packs}),
		Consulting: consulting.New(env, store.View[consulting.Tx]{DB: db}, consulting.Ports{Policies: packs, Printer: docs.Renderer{}}),
		Surveying:  surveying.New(env, store.View[surveying.Tx]{DB: db}, surveying.Ports{Policies: packs, Questions: hall.Questionnaires(t), Book: xlsx.Survey}),
	}
	out.Consulting.Keeping(kept, 1<<20).Bringing(out.Convening)
	return out
}

// people authenticates by a token that is a name, and knows as actors those it was given.
type people map[string]domain.Actor

func (p people) Authenticate(_ context.Context, token string) (domain.Actor, error) {
	by, ok := p[token]
	if !ok {
		return domain.Actor{}, &domain.Error{Code: domain.CodeUnauthenticated, Key: "unauthenticated"}
	}
	return by, nil
}

// serve serves the site. With auth nil people sign in with their accounts.
func serve(t *testing.T, db *store.DB, clock *testkit.Clock, auth web.Authenticator) *site {
	t.Helper()
	return serveBy(t, db, clock, testkit.Env(clock), auth)
}

// serveBy is serve with the ids of somebody who has made some in the same database.
func serveBy(t *testing.T, db *store.DB, clock *testkit.Clock, env service.Env, auth web.Authenticator) *site {
	t.Helper()
	s := &site{t: t, services: parts(t, db, env), mail: &outbox{}}
	codes, err := secret.NewCodes(make([]byte, 32), "시험")
	hall.Must(t, err)
	s.services.Identity.With(identity.Ports{Codes: codes, Mailer: s.mail, Address: "http://localhost", Strict: true})
	if auth == nil {
		auth = s.services.Identity
	}
	messages, err := catalogue.Load()
	hall.Must(t, err)
	set := endpoint.NewSet(s.services, endpoint.Standard(slog.New(slog.DiscardHandler), endpoint.NewMetrics(),
		endpoint.NewLimits(1000, 1000)))
	s.pages, err = web.New(set, auth, messages, web.Options{Log: slog.New(slog.DiscardHandler), Now: clock.Now, Public: "http://localhost"})
	hall.Must(t, err)
	s.Server = httptest.NewServer(s.pages.Handler())
	t.Cleanup(s.Close)
	return s
}

// account makes an account.
func (s *site) account(in identity.CreateAccountInput) domain.ID {
	s.t.Helper()
	out, err := s.services.Identity.Provision(s.t.Context(), domain.System("test"), in)
	hall.Must(s.t, err)
	return out.ID
}

// browser is one visitor with cookies of its own, who does not follow redirects.
type browser struct {
	t    *testing.T
	base string
	http *http.Client
}

func (s *site) browser() *browser {
	s.t.Helper()
	jar, err := cookiejar.New(nil)
	hall.Must(s.t, err)
	return &browser{t: s.t, base: s.URL, http: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}}
}

// as is a visitor who holds a session already.
func (s *site) as(token string) *browser {
	s.t.Helper()
	b := s.browser()
	at, err := url.Parse(s.URL)
	hall.Must(s.t, err)
	b.http.Jar.SetCookies(at, []*http.Cookie{{Name: "session", Value: token, Path: "/"}})
	return b
}

// answer is what a visitor got.
type answer struct {
	status int
	to     string // where a redirect leads
	body   string
	header http.Header
}

func (b *browser) get(path string) answer {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodGet, b.base+path, nil)
	hall.Must(b.t, err)
	return b.do(r)
}

func (b *browser) post(path string, form url.Values) answer {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodPost, b.base+path, strings.NewReader(form.Encode()))
	hall.Must(b.t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.do(r)
}

func (b *browser) do(r *http.Request) answer {
	b.t.Helper()
	out, err := b.http.Do(r)
	hall.Must(b.t, err)
	defer out.Body.Close() //nolint:errcheck // read to its end
	raw, err := io.ReadAll(out.Body)
	hall.Must(b.t, err)
	return answer{out.StatusCode, out.Header.Get("Location"), string(raw), out.Header}
}
