package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"
	"github.com/oauth2-proxy/mockoidc"

	"secretariat/domain"
	"secretariat/internal/oidc"
	"secretariat/internal/secret"
	"secretariat/internal/testkit"
	"secretariat/internal/testkit/hall"
	"secretariat/service/auditing"
	"secretariat/service/identity"
	"secretariat/transport/catalogue"
	"secretariat/transport/endpoint"
	"secretariat/transport/web"
)

// subject is somebody at the provider, with the methods by which they signed in there.
type subject struct {
	name, email string
	verified    any
	methods     []string
	forged      string // nonce in place of the one that was asked for
}

func (s subject) ID() string { return s.name }
func (s subject) Userinfo([]string) ([]byte, error) {
	return json.Marshal(map[string]string{"sub": s.name})
}

func (s subject) Claims(_ []string, base *mockoidc.IDTokenClaims) (jwt.Claims, error) {
	if s.forged != "" {
		base.Nonce = s.forged
	}
	return &signed{base, s.email, s.verified, s.methods}, nil
}

type signed struct {
	*mockoidc.IDTokenClaims
	Email    string   `json:"email"`
	Verified any      `json:"email_verified"`
	Methods  []string `json:"amr"`
}

const official = "subject-of-the-official"

func verified() subject { return subject{name: official, email: email, verified: true} }

// city is a site beside a provider.
type city struct {
	*site
	provider *mockoidc.MockOIDC
	log      *bytes.Buffer
}

// withProvider serves the site with a provider, at which otp stands for a second factor. The callback needs the site's
// own address, so the server is there before its handler.
func withProvider(t *testing.T) *city {
	t.Helper()
	provider, err := mockoidc.Run()
	hall.Must(t, err)
	t.Cleanup(func() { _ = provider.Shutdown() })
	clock := testkit.NewClock()
	env := testkit.Env(clock)
	c := &city{&site{t: t, services: parts(t, hall.SQLite(t).DB, env)}, provider, &bytes.Buffer{}}
	var handler http.Handler
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	t.Cleanup(c.Close)
	p := oidc.New(oidc.Options{
		Issuer: provider.Issuer(), ClientID: provider.ClientID, Secret: provider.ClientSecret,
		Callback: c.URL + "/sign-in/provider/back", Secured: []string{"otp"},
	})
	codes, err := secret.NewCodes(make([]byte, 32), "시험")
	hall.Must(t, err)
	c.services.Identity.With(identity.Ports{Codes: codes, Address: c.URL, Strict: true}).Through(p)
	messages, err := catalogue.Load()
	hall.Must(t, err)
	log := slog.New(slog.NewTextHandler(c.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	set := endpoint.NewSet(c.services, endpoint.Standard(log, endpoint.NewMetrics(), endpoint.NewLimits(1000, 1000)))
	c.pages, err = web.New(set, c.services.Identity, messages, web.Options{
		Log: log, Now: clock.Now, Public: c.URL, Provider: p, ProviderName: "시청 통합인증",
	})
	hall.Must(t, err)
	handler = c.pages.Handler()
	return c
}

// leave goes from the sign-in page to the provider, which knows who is there, and gives the address back here.
func (b *browser) leave(c *city, who subject) string {
	b.t.Helper()
	c.provider.QueueUser(who)
	out := b.get("/sign-in/provider?next=%2Faccount")
	if !strings.HasPrefix(out.to, c.provider.AuthorizationEndpoint()) {
		b.t.Fatalf("led to %d %q", out.status, out.to)
	}
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodGet, out.to, nil)
	hall.Must(b.t, err)
	back := b.do(r).to
	if !strings.HasPrefix(back, b.base) {
		b.t.Fatalf("the provider sends to %q", back)
	}
	return strings.TrimPrefix(back, b.base)
}

func (b *browser) through(c *city, who subject) answer {
	b.t.Helper()
	return b.get(b.leave(c, who))
}

func (c *city) trail() []auditing.Entry {
	c.t.Helper()
	page, err := c.services.Auditing.List(c.t.Context(), domain.Actor{ID: "auditor", Kind: domain.ActorPerson, Auditor: true},
		auditing.ListInput{})
	hall.Must(c.t, err)
	return page.Items
}

func TestTheProviderLeadsIn(t *testing.T) {
	c := withProvider(t)
	id := c.account(identity.CreateAccountInput{Email: email, Name: "김주무", Password: password})
	b := c.browser()
	page := b.get("/sign-in?next=%2Faccount")
	if !strings.Contains(page.body, `href="/sign-in/provider?next=%2Faccount"`) || !strings.Contains(page.body, "시청 통합인증") {
		t.Error("the sign-in page does not show the way")
	}
	at := b.leave(c, verified())
	in := b.get(at)
	if in.status != http.StatusSeeOther || in.to != "/account" {
		t.Fatalf("%d to %q", in.status, in.to)
	}
	if got := b.get("/account"); got.status != http.StatusOK || !strings.Contains(got.body, "김주무") {
		t.Errorf("my account: %d", got.status)
	}
	if got := b.get(at); !strings.Contains(got.to, "refused=interrupted") {
		t.Errorf("what came back is good twice: to %q", got.to)
	}
	e := c.trail()[0]
	if e.Action != "session.federate" || e.Subject != id || e.Facts["linked"] != "true" || e.Facts["result"] != "ok" {
		t.Errorf("the trail says %+v", e)
	}
	for _, private := range []string{email, official, "id_token", mustURL(t, at).Query().Get("code")} {
		if strings.Contains(c.log.String(), private) {
			t.Errorf("the log has %q", private)
		}
	}
}

// TestALinkHoldsWhenTheAddressChanges: the subject is who counts from then on, not the address.
func TestALinkHoldsWhenTheAddressChanges(t *testing.T) {
	c := withProvider(t)
	c.account(identity.CreateAccountInput{Email: email, Name: "김주무", Password: password})
	c.browser().through(c, verified())
	renamed := verified()
	renamed.email, renamed.verified = "elsewhere@example.kr", false
	if got := c.browser().through(c, renamed); got.to != "/account" {
		t.Errorf("the linked subject is led to %q", got.to)
	}
	successor := verified()
	successor.name = "successor-with-the-same-address"
	if got := c.browser().through(c, successor); !strings.Contains(got.to, "refused=unlinked") {
		t.Errorf("who was given the address is led to %q", got.to)
	}
}

func TestWhoHasNoAccountIsToldSo(t *testing.T) {
	c := withProvider(t)
	c.account(identity.CreateAccountInput{Email: email, Name: "김주무", Password: password})
	unverified, stranger, kelvin := verified(), verified(), verified()
	unverified.verified, stranger.email, kelvin.email = false, "stranger@example.kr", "official@example.\u212ar" // the sign of Kelvin
	for name, who := range map[string]subject{"unverified": unverified, "stranger": stranger, "another spelling": kelvin} {
		b := c.browser()
		got := b.through(c, who)
		if !strings.HasPrefix(got.to, "/sign-in?") || strings.Contains(got.to, "code") {
			t.Fatalf("%s: to %q", name, got.to)
		}
		page := b.get(got.to)
		if page.status != http.StatusUnauthorized || !strings.Contains(page.body, "연결할 수 있는 계정이 없습니다") {
			t.Errorf("%s: %d", name, page.status)
		}
		if e := c.trail()[0]; e.Action != "session.federate" || e.Facts["result"] != "unknown" || e.Subject != "" {
			t.Errorf("%s: the trail says %+v", name, e)
		}
	}
	if n := len(c.trail()); n != 4 {
		t.Errorf("%d entries: an account was made?", n)
	}
}

// TestOnlyTheBrowserThatLeftComesBack: neither another browser nor another state nor a token for another nonce gets in.
func TestOnlyTheBrowserThatLeftComesBack(t *testing.T) {
	c := withProvider(t)
	c.account(identity.CreateAccountInput{Email: email, Name: "김주무", Password: password})
	if got := c.browser().get(c.browser().leave(c, verified())); !strings.Contains(got.to, "refused=interrupted") {
		t.Errorf("another browser: to %q", got.to)
	}
	b, stolen := c.browser(), c.browser().leave(c, verified())
	own := b.leave(c, verified())
	code, state := mustURL(t, stolen).Query().Get("code"), mustURL(t, own).Query().Get("state")
	mixed := "/sign-in/provider/back?" + url.Values{"code": {code}, "state": {state}}.Encode()
	if got := b.get(mixed); !strings.Contains(got.to, "refused=interrupted") {
		t.Errorf("the code of another trip, whose verifier is not ours: to %q", got.to)
	}
	b = c.browser()
	if got := b.get(b.leave(c, verified()) + "x"); !strings.Contains(got.to, "refused=interrupted") { // the state ends the address
		t.Errorf("the own code with another state: to %q", got.to)
	}
	forged := verified()
	forged.forged = "of another sign-in"
	if got := c.browser().through(c, forged); !strings.Contains(got.to, "refused=interrupted") {
		t.Errorf("a token for another nonce: to %q", got.to)
	}
	b = c.browser()
	state = mustURL(t, b.leave(c, verified())).Query().Get("state")
	cancelled := "/sign-in/provider/back?" + url.Values{"error": {"access_denied"}, "state": {state}}.Encode()
	if got := b.get(cancelled); !strings.Contains(got.to, "refused=interrupted") {
		t.Errorf("cancelled: to %q", got.to)
	}
	if c.browser().get("/account").status == http.StatusOK {
		t.Error("somebody got in")
	}
}

func TestTheTripsCookieIsShortAndClosed(t *testing.T) {
	c := withProvider(t)
	got := c.browser().get("/sign-in/provider?next=https%3A%2F%2Fevil.example%2F").header.Get("Set-Cookie")
	for _, want := range []string{"provider=", "HttpOnly", "SameSite=Lax", "Max-Age=600"} {
		if !strings.Contains(got, want) {
			t.Errorf("the cookie lacks %s: %s", want, got)
		}
	}
	if strings.Contains(got, "evil") {
		t.Errorf("the cookie leads elsewhere: %s", got)
	}
}

// TestTheSecondFactorFollowsUnlessTheProviderHadOne: rights of an administrator.
func TestTheSecondFactorFollowsUnlessTheProviderHadOne(t *testing.T) {
	c := withProvider(t)
	c.account(identity.CreateAccountInput{Email: email, Name: "김주무", Password: password, Admin: true})
	plain := verified()
	plain.methods = []string{"pwd"}
	b := c.browser()
	b.through(c, plain)
	if got := b.get("/accounts"); got.to != "/account/second-factor" {
		t.Errorf("without a second factor: %d to %q", got.status, got.to)
	}
	secured := verified()
	secured.methods = []string{"pwd", "otp"}
	b = c.browser()
	b.through(c, secured)
	if got := b.get("/accounts"); got.status != http.StatusOK {
		t.Errorf("with one: %d to %q", got.status, got.to)
	}
}

func TestAnAdministratorSeesAndTakesALinkAway(t *testing.T) {
	c := withProvider(t)
	c.account(identity.CreateAccountInput{Email: "admin@example.kr", Name: "관리자", Password: password, Admin: true})
	id := c.account(identity.CreateAccountInput{Email: email, Name: "김주무", Password: password})
	b, admin := c.browser(), c.browser()
	b.through(c, verified())
	admin.through(c, subject{name: "admin", email: "admin@example.kr", verified: "true", methods: []string{"otp"}})
	at := "/accounts/" + string(id) + "/link"
	if got := admin.get("/accounts").body; !strings.Contains(got, at) || strings.Contains(got, official) {
		t.Error("the link is not shown, or its subject is")
	}
	if got := b.post(at, nil); got.status != http.StatusForbidden {
		t.Errorf("somebody else takes it away: %d", got.status)
	}
	if got := admin.post(at, url.Values{"_from": {"/accounts"}}); got.to != "/accounts?done=link_dropped" {
		t.Fatalf("%d to %q", got.status, got.to)
	}
	if strings.Contains(admin.get("/accounts").body, at+`"`) || b.get("/account").status == http.StatusOK {
		t.Error("the link or its session lives on")
	}
	if e := c.trail()[0]; e.Action != "link.drop" || e.Subject != id {
		t.Errorf("the trail says %+v", e)
	}
	c.linkedOnlyWhenAllowed(b, admin, id)
}

// linkedOnlyWhenAllowed sees that neither the subject nor a successor with the address comes in by a link that was taken
// away, that passwords still lead in, and that it is made again when the administrator allows it.
func (c *city) linkedOnlyWhenAllowed(b, admin *browser, id domain.ID) {
	c.t.Helper()
	successor := verified()
	successor.name = "successor-with-the-same-address"
	for _, who := range []subject{verified(), successor} {
		if got := b.through(c, who); !strings.Contains(got.to, "refused=unlinked") {
			c.t.Errorf("%s is led to %q", who.name, got.to)
		}
	}
	if e := c.trail()[1]; e.Action != "session.federate" || e.Subject != id || e.Facts["result"] != "dropped" {
		c.t.Errorf("the trail says %+v", e)
	}
	if in := b.post("/sign-in", url.Values{"email": {email}, "password": {password}, "next": {"/account"}}); in.to != "/account" {
		c.t.Errorf("with the password: %d to %q", in.status, in.to)
	}
	at := "/accounts/" + string(id) + "/link/allow"
	if got := b.post(at, nil); got.status != http.StatusForbidden {
		c.t.Errorf("somebody else allows it: %d", got.status)
	}
	if got := admin.post(at, url.Values{"_from": {"/accounts"}}); got.to != "/accounts?done=link_allowed" {
		c.t.Fatalf("%d to %q", got.status, got.to)
	}
	if got := admin.post(at, url.Values{"_from": {"/accounts"}}); got.status != http.StatusNotFound {
		c.t.Errorf("allowed twice: %d", got.status)
	}
	if got := c.browser().through(c, verified()); got.to != "/account" {
		c.t.Errorf("allowed again, the subject is led to %q", got.to)
	}
}

func TestADisabledAccountStaysClosed(t *testing.T) {
	c := withProvider(t)
	id := c.account(identity.CreateAccountInput{Email: email, Name: "김주무", Password: password})
	c.browser().through(c, verified())
	_, err := c.services.Identity.UpdateAccount(context.WithoutCancel(t.Context()), testkit.Admin(),
		identity.UpdateAccountInput{Account: id, Name: "김주무", Disabled: true, Version: 1})
	hall.Must(t, err)
	if got := c.browser().through(c, verified()); !strings.Contains(got.to, "refused=unlinked") {
		t.Errorf("led to %q", got.to)
	}
}

// TestPasswordsLeadInWhileTheProviderIsDown, before the provider was ever reached and after.
func TestPasswordsLeadInWhileTheProviderIsDown(t *testing.T) {
	c := withProvider(t)
	c.account(identity.CreateAccountInput{Email: email, Name: "김주무", Password: password})
	b := c.browser()
	at := b.leave(c, verified())
	hall.Must(t, c.provider.Server.Close())
	got := b.get(at)
	if !strings.Contains(got.to, "refused=provider") {
		t.Fatalf("%d to %q", got.status, got.to)
	}
	page := b.get(got.to)
	if page.status != http.StatusServiceUnavailable || !strings.Contains(page.body, "지금은 통합인증을 이용할 수 없습니다") {
		t.Errorf("%d", page.status)
	}
	wrong := b.post("/sign-in", url.Values{"email": {email}, "password": {"not it"}, "_from": {got.to}, "_form": {"sign-in"}})
	if wrong.status != http.StatusUnauthorized || !strings.Contains(wrong.body, "비밀번호가 맞지 않습니다") {
		t.Errorf("a wrong password: %d", wrong.status)
	}
	if in := b.post("/sign-in", url.Values{"email": {email}, "password": {password}, "next": {"/account"}}); in.to != "/account" {
		t.Errorf("with the password: %d to %q", in.status, in.to)
	}
	if log := c.log.String(); strings.Contains(log, mustURL(t, at).Query().Get("code")) || strings.Contains(log, email) {
		t.Error("the log has the code or the address")
	}
}

func TestWithoutAProviderThereIsNoWay(t *testing.T) {
	b := entrance(t).browser()
	if got := b.get("/sign-in/provider"); got.status != http.StatusNotFound {
		t.Errorf("%d", got.status)
	}
	if strings.Contains(b.get("/sign-in").body, "/sign-in/provider") {
		t.Error("the sign-in page shows a way that is not there")
	}
}
