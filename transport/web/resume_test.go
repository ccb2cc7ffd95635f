package web_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"secretariat/internal/testkit"
	"secretariat/internal/testkit/hall"
	"secretariat/service/identity"
	"secretariat/service/seating"
)

// kept is the sealed form of a page of signing in.
func kept(t *testing.T, page answer) string {
	t.Helper()
	m := regexp.MustCompile(`name="_kept" value="([^"]+)"`).FindStringSubmatch(page.body)
	if m == nil {
		t.Fatalf("nothing is kept: %d %s", page.status, page.body)
	}
	return html.UnescapeString(m[1])
}

const typed = "청년위원회를 새로 만듭니다"

// unfinished is a form that takes an administrator, sent after the end of the session; who is the mark of its page.
func unfinished(who string) url.Values {
	in := form("committee", "/committees/new", "name", typed, "code", "youth", "charter.purpose", "목적 <b>")
	in.Set("_who", who)
	return in
}

// administrator is a site on which somebody may found committees.
func administrator(t *testing.T) *site {
	t.Helper()
	s := serve(t, hall.SQLite(t).DB, testkit.NewClock(), nil)
	s.services.Identity.With(identity.Ports{Mailer: s.mail, Address: "http://localhost"})
	s.account(identity.CreateAccountInput{Email: email, Name: "김주무", Password: password, Admin: true})
	s.account(identity.CreateAccountInput{Email: "other@example.kr", Name: "이주무", Password: password, Admin: true})
	return s
}

func mark(b *browser) string {
	m := regexp.MustCompile(`name="_who" value="([^"]+)"`).FindStringSubmatch(b.get("/committees/new").body)
	if m == nil {
		b.t.Fatal("the page does not say for whom it is")
	}
	return m[1]
}

func in(b *browser, address, sealed string) answer {
	return b.post("/sign-in", url.Values{"email": {address}, "password": {password}, "next": {"/committees/new"},
		"_from": {"/sign-in?next=%2Fcommittees%2Fnew"}, "_form": {"sign-in"}, "_kept": {sealed}})
}

// TestASessionThatEndsDoesNotTakeWhatWasTyped: it goes through signing in, sealed, and is shown again as it was sent.
func TestASessionThatEndsDoesNotTakeWhatWasTyped(t *testing.T) {
	s := administrator(t)
	b := s.browser()
	in(b, email, "")
	who := mark(b)
	b.post("/sign-out", nil)
	ask := b.post("/committees/new", unfinished(who))
	if ask.status != http.StatusUnauthorized || !strings.Contains(ask.body, `action="/sign-in"`) || strings.Contains(ask.body, typed) {
		t.Fatalf("%d %s", ask.status, ask.body)
	}
	sealed := kept(t, ask)
	wrong := b.post("/sign-in", url.Values{"email": {email}, "password": {"wrong horse"}, "next": {"/committees/new"},
		"_from": {"/sign-in?next=%2Fcommittees%2Fnew"}, "_form": {"sign-in"}, "_kept": {sealed}})
	if kept(t, wrong) != sealed {
		t.Error("a wrong password loses it")
	}
	got := in(b, email, sealed)
	for _, want := range []string{`value="` + typed + `"`, "목적 &lt;b&gt;</textarea>", "아직 저장되지 않았으니", "김주무"} {
		if got.status != http.StatusOK || !strings.Contains(got.body, want) {
			t.Errorf("%d: the page lacks %s", got.status, want)
		}
	}
	if got.status != http.StatusOK || !strings.Contains(got.body, `value="youth"`) {
		t.Error("a field is lost")
	}
	list, err := s.services.Seating.List(t.Context(), testkit.Admin(), seating.ListInput{})
	if err != nil || len(list.Items) != 0 {
		t.Errorf("something was done without its owner: %v %v", list.Items, err)
	}
}

// TestALongFormIsKeptToo: the minutes of a long day are more than 1 MB as a browser writes them, and go through both steps
// of signing in and a wrong password.
func TestALongFormIsKeptToo(t *testing.T) {
	s := administrator(t)
	b := s.browser()
	in(b, email, "")
	long := unfinished(mark(b))
	text := strings.Repeat("가나다라마바사 ", 25_000)
	long.Set("charter.purpose", text)
	b.post("/sign-out", nil)
	if size := len(long.Encode()); size < 1_500_000 {
		t.Fatalf("the form has only %d bytes", size)
	}
	sealed := kept(t, b.post("/committees/new", long))
	wrong := b.post("/sign-in", url.Values{"email": {email}, "password": {"wrong horse"}, "next": {"/committees/new"},
		"_from": {"/sign-in?next=%2Fcommittees%2Fnew"}, "_form": {"sign-in"}, "_kept": {sealed}})
	if kept(t, wrong) != sealed {
		t.Error("a wrong password loses it")
	}
	if got := in(b, email, sealed); got.status != http.StatusOK || !strings.Contains(got.body, text) {
		t.Errorf("%d: the text is lost", got.status)
	}
}

// TestFormsWithSecretsAreNotKept: they are typed anew.
func TestFormsWithSecretsAreNotKept(t *testing.T) {
	b := administrator(t).browser()
	got := b.post("/account/password", form("password", "/account", "current", password, "password", "another secret"))
	if strings.Contains(got.body, "_kept") || got.status != http.StatusSeeOther {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := b.post("/accounts", form("invite", "/accounts", "email", "new@example.kr")); !strings.Contains(got.body, "_kept") {
		t.Errorf("an invitation that is being written is lost: %d", got.status)
	}
}

// TestWhoHasSignedInElsewhereTakesItUp without typing a password here, as after the provider.
func TestWhoHasSignedInElsewhereTakesItUp(t *testing.T) {
	s := administrator(t)
	b := s.browser()
	in(b, email, "")
	who := mark(b)
	b.post("/sign-out", nil)
	sealed := kept(t, b.post("/committees/new", unfinished(who)))
	resume := url.Values{"_kept": {sealed}, "next": {"/committees/new"}}
	if got := b.post("/sign-in/resume", resume); got.status != http.StatusUnauthorized || kept(t, got) != sealed {
		t.Errorf("too early: %d", got.status)
	}
	in(b, email, "")
	if got := b.post("/sign-in/resume", resume); got.status != http.StatusOK || !strings.Contains(got.body, typed) {
		t.Errorf("%d %s", got.status, got.body)
	}
}

// TestWhatSomebodyTypedIsNotShownToAnother, nor what was changed on the way or is old.
func TestWhatSomebodyTypedIsNotShownToAnother(t *testing.T) {
	clock := testkit.NewClock()
	s := serve(t, hall.SQLite(t).DB, clock, nil)
	s.services.Identity.With(identity.Ports{Mailer: s.mail, Address: "http://localhost"})
	for _, address := range []string{email, "other@example.kr"} {
		s.account(identity.CreateAccountInput{Email: address, Name: "주무", Password: password, Admin: true})
	}
	b := s.browser()
	in(b, email, "")
	who := mark(b)
	b.post("/sign-out", nil)
	sealed := kept(t, b.post("/committees/new", unfinished(who)))
	if got := in(b, "other@example.kr", sealed); got.status != http.StatusForbidden || strings.Contains(got.body, typed) {
		t.Errorf("another reads it: %d", got.status)
	}
	broken := "A" + sealed[1:]
	if sealed[0] == 'A' {
		broken = "B" + sealed[1:]
	}
	if got := in(b, email, broken); got.status != http.StatusSeeOther || got.to != "/committees/new" {
		t.Errorf("a changed form: %d %q", got.status, got.to)
	}
	clock.Set(clock.Now().Add(2 * time.Hour))
	if got := in(b, email, sealed); got.status != http.StatusSeeOther {
		t.Errorf("an old form: %d", got.status)
	}
}

// TestAFormIsSentInTheNameOfWhoFilledItIn: neither by nobody, where everybody may do the same, nor by who signed in since.
func TestAFormIsSentInTheNameOfWhoFilledItIn(t *testing.T) {
	s := administrator(t)
	b := s.browser()
	in(b, email, "")
	who := mark(b)
	b.post("/sign-out", nil)
	gone := form("opinions", "/consultations/none", "opinions.0.text", typed)
	gone.Set("_who", who)
	if got := b.post("/consultations/none/submit", gone); got.status != http.StatusUnauthorized || kept(t, got) == "" {
		t.Errorf("what nobody may see loses what was typed: %d", got.status)
	}
	in(b, "other@example.kr", "")
	got := b.post("/committees/new", unfinished(who))
	if got.status != http.StatusForbidden || strings.Contains(got.body, typed) {
		t.Errorf("sent in the name of another: %d", got.status)
	}
	list, err := s.services.Seating.List(t.Context(), testkit.Admin(), seating.ListInput{})
	if err != nil || len(list.Items) != 0 {
		t.Errorf("it was done: %v %v", list.Items, err)
	}
}
