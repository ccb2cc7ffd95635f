package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"secretariat/domain"
	"secretariat/internal/testkit"
	"secretariat/internal/testkit/hall"
	"secretariat/service/identity"
)

var (
	link     = regexp.MustCompile(`/invitation\?token=\S+`)
	secretOf = regexp.MustCompile(`<code>([A-Z2-7]{32})</code>`)
	recovery = regexp.MustCompile(`<code>([A-Z2-7]{12})</code>`)
)

const chosen = "a password of my own"

// invited is a site where an administrator has invited somebody, and the link that went out.
func invited(t *testing.T, clock *testkit.Clock, admin bool) (*site, string) {
	t.Helper()
	s := serve(t, hall.SQLite(t).DB, clock, nil)
	_, err := s.services.Identity.Invite(t.Context(), testkit.Admin(), identity.InviteInput{Email: email, Name: "홍길동", Admin: admin})
	hall.Must(t, err)
	return s, s.sent()
}

// sent sends the links that wait and gives the last one.
func (s *site) sent() string {
	s.t.Helper()
	_, err := s.services.Identity.SendInvitations(s.t.Context(), domain.System("post"))
	hall.Must(s.t, err)
	if len(s.mail.letters) == 0 {
		s.t.Fatal("no letter went out")
	}
	return link.FindString(s.mail.letters[len(s.mail.letters)-1].Text)
}

func (b *browser) choose(at string) answer {
	b.get(at)
	return b.post("/invitation", url.Values{
		"password": {chosen}, "again": {chosen}, "_from": {"/invitation"}, "_form": {"invitation"},
	})
}

func (b *browser) signIn() answer {
	return b.post("/sign-in", url.Values{"email": {email}, "password": {chosen}, "_from": {"/sign-in"}, "_form": {"sign-in"}})
}

func TestALinkSetsThePasswordOnce(t *testing.T) {
	s, at := invited(t, testkit.NewClock(), false)
	if in := s.browser().signIn(); in.status != http.StatusUnauthorized {
		t.Errorf("before it has a password the account is entered: %d", in.status)
	}
	b := s.browser()
	if got := b.get(at); got.to != "/invitation" {
		t.Errorf("the secret stays in the address: %d to %q", got.status, got.to)
	}
	wrong := b.post("/invitation", url.Values{"password": {chosen}, "again": {"another one entirely"}, "_from": {"/invitation"}, "_form": {"invitation"}})
	if wrong.status != http.StatusUnprocessableEntity || strings.Contains(wrong.body, chosen) {
		t.Errorf("two passwords that differ: %d", wrong.status)
	}
	if got := b.choose(at); !strings.HasPrefix(got.to, "/sign-in") {
		t.Fatalf("%d %s", got.status, got.body)
	}
	if got := s.browser().choose(at); got.to != "" {
		t.Errorf("the link is used twice: to %q", got.to)
	}
	if in := b.signIn(); in.to != "/desk" {
		t.Errorf("%d to %q", in.status, in.to)
	}
}

func TestALinkEndsWithItsDaysAndWithTheNext(t *testing.T) {
	clock := testkit.NewClock()
	s, first := invited(t, clock, false)
	clock.Set(clock.Now().Add(time.Hour))
	if got := s.browser().post("/lost-password", url.Values{"email": {"nobody@example.kr"}}); !strings.Contains(got.to, "done=lost") {
		t.Errorf("an unknown address is told: %d %q", got.status, got.to)
	}
	s.browser().post("/lost-password", url.Values{"email": {email}})
	second := s.sent()
	if got := s.browser().choose(first); got.to != "" {
		t.Error("the link before is still good")
	}
	clock.Set(clock.Now().Add(8 * 24 * time.Hour))
	if got := s.browser().choose(second); got.to != "" {
		t.Error("the link is good for ever")
	}
}

// TestRightsWaitForTheSecondFactor: an administrator has to set one up before anything else, is asked for it from then
// on, gets in with each code once and with a recovery code once.
func TestRightsWaitForTheSecondFactor(t *testing.T) {
	clock := testkit.NewClock()
	s, at := invited(t, clock, true)
	b := s.browser()
	b.choose(at)
	b.signIn()
	if got := b.get("/accounts"); got.to != "/account/second-factor" {
		t.Fatalf("without a second factor: %d to %q", got.status, got.to)
	}
	b.post("/account/second-factor/begin", url.Values{"_from": {"/account/second-factor"}})
	found := secretOf.FindStringSubmatch(b.get("/account/second-factor").body)
	if found == nil {
		t.Fatal("the page does not show the secret")
	}
	code := func() string {
		c, err := totp.GenerateCode(found[1], clock.Now())
		hall.Must(t, err)
		return c
	}
	if got := b.post("/account/second-factor/confirm", url.Values{"code": {"000000"}, "_from": {"/account/second-factor"}, "_form": {"confirm"}}); got.status != http.StatusUnprocessableEntity {
		t.Errorf("a wrong code: %d", got.status)
	}
	confirmed := b.post("/account/second-factor/confirm", url.Values{"code": {code()}})
	codes := recovery.FindAllStringSubmatch(confirmed.body, -1)
	if len(codes) != 10 {
		t.Fatalf("%d recovery codes: %d", len(codes), confirmed.status)
	}
	if got := b.get("/accounts"); got.status != http.StatusOK {
		t.Errorf("with a second factor: %d to %q", got.status, got.to)
	}
	enter := func(code string) string {
		other := s.browser()
		if got := other.signIn(); !strings.HasPrefix(got.to, "/sign-in/second") {
			t.Fatalf("the second step is left out: %d to %q", got.status, got.to)
		}
		if got := other.get("/account"); got.status == http.StatusOK {
			t.Error("the password alone opens the account")
		}
		return other.post("/sign-in/second", url.Values{"code": {code}, "_from": {"/sign-in/second"}, "_form": {"second"}}).to
	}
	if enter(code()) != "" {
		t.Error("a code was taken twice")
	}
	clock.Set(clock.Now().Add(time.Minute))
	if got := enter(code()); got != "/desk" {
		t.Errorf("with the code of the device to %q", got)
	}
	if got := enter(codes[3][1]); got != "/desk" {
		t.Errorf("with a recovery code to %q", got)
	}
	if enter(codes[3][1]) != "" {
		t.Error("a recovery code was taken twice")
	}
}

func TestSigningOutEverywhereEndsEverySession(t *testing.T) {
	s, at := invited(t, testkit.NewClock(), false)
	a, b := s.browser(), s.browser()
	a.choose(at)
	a.signIn()
	b.signIn()
	if got := a.post("/account/extend", url.Values{"_from": {"/account"}}); got.to != "/account" {
		t.Errorf("extending: %d to %q", got.status, got.to)
	}
	a.post("/account/sign-out-everywhere", url.Values{"_from": {"/account"}})
	for _, who := range []*browser{a, b} {
		if got := who.get("/account"); !strings.HasPrefix(got.to, "/sign-in") {
			t.Errorf("still signed in: %d", got.status)
		}
	}
}

// TestAdministratorsManageAccounts through the forms of their page.
func TestAdministratorsManageAccounts(t *testing.T) {
	s := serve(t, hall.SQLite(t).DB, testkit.NewClock(), nil)
	s.services.Identity.With(identity.Ports{Mailer: s.mail, Address: "http://localhost"}) // without second factors
	enter := func(in identity.CreateAccountInput) *browser {
		s.account(in)
		b := s.browser()
		b.post("/sign-in", url.Values{"email": {in.Email}, "password": {in.Password}})
		return b
	}
	b := enter(identity.CreateAccountInput{Email: "root@example.kr", Name: "관리자", Password: password, Admin: true})
	if got := b.post("/accounts", url.Values{"email": {"not an address"}, "name": {"홍길동"}, "_from": {"/accounts"}, "_form": {"invite"}}); got.status != http.StatusUnprocessableEntity ||
		!strings.Contains(got.body, `value="not an address"`) {
		t.Errorf("a wrong address: %d", got.status)
	}
	if got := b.post("/accounts", url.Values{"email": {email}, "name": {"홍길동"}, "_from": {"/accounts"}, "_form": {"invite"}}); !strings.Contains(got.to, "done=invited") {
		t.Errorf("inviting: %d %s", got.status, got.body)
	}
	page := b.get("/accounts")
	if !strings.Contains(page.body, email) || s.sent() == "" {
		t.Error("the account is not listed")
	}
	other := enter(identity.CreateAccountInput{Email: "m@example.kr", Name: "위원", Password: password})
	if got := other.get("/accounts"); got.status != http.StatusForbidden {
		t.Errorf("a member: %d", got.status)
	}
}
