package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"secretariat/domain/access"
	"secretariat/internal/testkit"
	"secretariat/internal/testkit/hall"
	"secretariat/service/identity"
)

const email, password = "official@example.kr", "correct horse battery"

func entrance(t *testing.T) *site {
	t.Helper()
	s := serve(t, hall.SQLite(t).DB, testkit.NewClock(), nil)
	s.account(identity.CreateAccountInput{Email: email, Name: "김주무", Password: password})
	return s
}

// TestSigningInAndOut goes to where one wanted to go, and leaves nothing of the session behind.
func TestSigningInAndOut(t *testing.T) {
	b := entrance(t).browser()
	if got := b.get("/account"); got.status != http.StatusSeeOther || got.to != "/sign-in?next=%2Faccount" {
		t.Fatalf("a page of one's own leads to %d %s", got.status, got.to)
	}
	in := b.post("/sign-in", url.Values{"email": {email}, "password": {password}, "next": {"/account"}})
	if in.status != http.StatusSeeOther || in.to != "/account" {
		t.Fatalf("signed in: %d %s", in.status, in.to)
	}
	cookie := in.header.Get("Set-Cookie")
	for _, want := range []string{"HttpOnly", "SameSite=Lax", "Path=/"} {
		if !strings.Contains(cookie, want) {
			t.Errorf("the cookie lacks %s: %s", want, cookie)
		}
	}
	if got := b.get("/account"); got.status != http.StatusOK || !strings.Contains(got.body, "김주무") {
		t.Errorf("my account: %d", got.status)
	}
	if got := b.post("/sign-out", nil); got.to != "/" {
		t.Errorf("signed out to %q", got.to)
	}
	token := strings.TrimPrefix(strings.Split(cookie, ";")[0], "session=")
	b.http.Jar.SetCookies(mustURL(t, b.base), []*http.Cookie{{Name: "session", Value: token, Path: "/"}})
	if got := b.get("/account"); got.status != http.StatusSeeOther {
		t.Errorf("the session lives on: %d", got.status)
	}
}

func mustURL(t *testing.T, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	hall.Must(t, err)
	return u
}

// TestARefusedSignInKeepsTheAddressAndNotThePassword holds for the page that comes back.
func TestARefusedSignInKeepsTheAddressAndNotThePassword(t *testing.T) {
	b := entrance(t).browser()
	got := b.post("/sign-in", url.Values{
		"email": {email}, "password": {"wrong horse battery"}, "next": {"https://evil.example/"},
		"_from": {"/sign-in"}, "_form": {"sign-in"},
	})
	if got.status != http.StatusUnauthorized || !strings.Contains(got.body, `value="`+email+`"`) ||
		strings.Contains(got.body, "wrong horse") || got.header.Get("Set-Cookie") != "" {
		t.Errorf("%d %s", got.status, got.body)
	}
	in := b.post("/sign-in", url.Values{"email": {email}, "password": {password}, "next": {"https://evil.example/"}})
	if in.to != "/desk" {
		t.Errorf("sent to %q", in.to)
	}
}

// TestAFormOfAnotherSiteIsRefused holds for every form, since the check stands before all of them.
func TestAFormOfAnotherSiteIsRefused(t *testing.T) {
	s := entrance(t)
	b := s.browser()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/sign-in", strings.NewReader(""))
	hall.Must(t, err)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	r.Header.Set("Origin", "https://evil.example")
	if got := b.do(r); got.status != http.StatusForbidden {
		t.Errorf("status %d", got.status)
	}
}

// TestEveryAnswerHasSafeHeaders looks at a page, a refusal and a file.
func TestEveryAnswerHasSafeHeaders(t *testing.T) {
	b := entrance(t).browser()
	for _, path := range []string{"/help", "/nothing", "/sign-in"} {
		h := b.get(path).header
		policy := h.Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'self'") || strings.Contains(policy, "unsafe") ||
			h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v", path, h)
		}
	}
}

// TestEveryFormHasARule holds the forms of the site to the policy of who may do what.
func TestEveryFormHasARule(t *testing.T) {
	rules := access.Actions()
	for _, r := range entrance(t).pages.Routes() {
		if r.Method == http.MethodPost && !slices.Contains(rules, r.Op) {
			t.Errorf("%s %s: no rule for %q", r.Method, r.Pattern, r.Op)
		}
	}
}

// TestEnglishIsRemembered follows the choice of a language to the next page.
func TestEnglishIsRemembered(t *testing.T) {
	b := entrance(t).browser()
	b.get("/help?lang=en")
	if got := b.get("/sign-in"); !strings.Contains(got.body, `<html lang="en">`) || !strings.Contains(got.body, "Sign in") {
		t.Error("the next page is not in English")
	}
	if got := b.get("/sign-in?lang=ko"); !strings.Contains(got.body, "로그인") {
		t.Error("Korean cannot be chosen again")
	}
}
