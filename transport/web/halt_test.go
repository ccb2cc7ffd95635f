package web_test

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"secretariat/internal/testkit"
	"secretariat/internal/testkit/hall"
	"secretariat/service/identity"
	"secretariat/service/seating"
	"secretariat/store"
)

// strict is a site whose administrator has no second factor yet.
func strict(t *testing.T) (*site, *testkit.Clock) {
	t.Helper()
	clock := testkit.NewClock()
	s := serve(t, hall.SQLite(t).DB, clock, nil)
	s.account(identity.CreateAccountInput{Email: email, Name: "김주무", Password: password, Admin: true})
	return s, clock
}

const factorPath = "/account/second-factor"

// markOf is the mark of who is signed in, which stands in every form that is made for that person.
func markOf(b *browser, path string) string {
	b.t.Helper()
	m := regexp.MustCompile(`name="_who" value="([^"]+)"`).FindStringSubmatch(b.get(path).body)
	if m == nil {
		b.t.Fatalf("%s does not say for whom it is", path)
	}
	return m[1]
}

// begun begins the second factor on a page and gives the next page and what makes its codes.
func begun(t *testing.T, b *browser, clock *testkit.Clock, sealed string) (answer, func() string) {
	t.Helper()
	page := b.post(factorPath+"/begin", url.Values{"_kept": {sealed}, "next": {"/committees/new"}, "_from": {factorPath}, "_form": {"begin"}})
	if sealed == "" {
		page = b.get(factorPath)
	}
	found := secretOf.FindStringSubmatch(page.body)
	if found == nil {
		t.Fatalf("no secret is shown: %d %s", page.status, page.body)
	}
	return page, func() string {
		code, err := totp.GenerateCode(found[1], clock.Now())
		hall.Must(t, err)
		return code
	}
}

func confirm(b *browser, code, sealed string) answer {
	return b.post(factorPath+"/confirm", url.Values{"code": {code}, "_kept": {sealed}, "next": {"/committees/new"},
		"_from": {factorPath}, "_form": {"confirm"}})
}

// expectUnfinished looks whether a page shows the unfinished form and nothing has been done.
func (s *site) expectUnfinished(got answer) {
	s.t.Helper()
	for _, want := range []string{`value="` + typed + `"`, "목적 &lt;b&gt;</textarea>", "아직 저장되지 않았으니"} {
		if got.status != http.StatusOK || !strings.Contains(got.body, want) {
			s.t.Errorf("%d: the page lacks %s", got.status, want)
		}
	}
	list, err := s.services.Seating.List(s.t.Context(), testkit.Admin(), seating.ListInput{})
	if err != nil || len(list.Items) != 0 {
		s.t.Errorf("it was done: %v %v", list.Items, err)
	}
}

// TestAFormThatWaitsForASecondFactorIsKept through setting it up, a wrong code and the page of recovery codes.
func TestAFormThatWaitsForASecondFactorIsKept(t *testing.T) {
	s, clock := strict(t)
	b := s.browser()
	in(b, email, "")
	ask := b.post("/committees/new", unfinished(markOf(b, factorPath)))
	if ask.status != http.StatusForbidden || strings.Contains(ask.body, typed) || !strings.Contains(ask.body, "쓰시던 내용은 그대로 있으니") {
		t.Fatalf("%d %s", ask.status, ask.body)
	}
	sealed := kept(t, ask)
	if got := b.post("/sign-in/resume", url.Values{"_kept": {sealed}, "next": {"/committees/new"}}); got.status != http.StatusForbidden || kept(t, got) == "" {
		t.Errorf("too early: %d", got.status)
	}
	page, code := begun(t, b, clock, sealed)
	if wrong := confirm(b, "000000", kept(t, page)); wrong.status != http.StatusUnprocessableEntity || kept(t, wrong) != sealed {
		t.Errorf("a wrong code loses it: %d", wrong.status)
	}
	confirmed := confirm(b, code(), sealed)
	if codes := recovery.FindAllString(confirmed.body, -1); len(codes) != 10 || !strings.Contains(confirmed.body, `action="/sign-in/resume"`) {
		t.Fatalf("%d %s", confirmed.status, confirmed.body)
	}
	s.expectUnfinished(b.post("/sign-in/resume", url.Values{"_kept": {kept(t, confirmed)}, "next": {"/committees/new"}}))
}

// TestASessionOpenedWithoutTheSecondFactorSignsInAgain where it was set up in another one meanwhile.
func TestASessionOpenedWithoutTheSecondFactorSignsInAgain(t *testing.T) {
	s, clock := strict(t)
	b, other := s.browser(), s.browser()
	in(b, email, "")
	in(other, email, "")
	mark := markOf(b, factorPath)
	_, code := begun(t, other, clock, "")
	confirm(other, code(), "")
	ask := b.post("/committees/new", unfinished(mark))
	if ask.status != http.StatusForbidden || !strings.Contains(ask.body, "2단계 인증을 거치지 않았습니다") {
		t.Fatalf("%d %s", ask.status, ask.body)
	}
	second := in(b, email, kept(t, ask))
	clock.Set(clock.Now().Add(time.Minute))
	s.expectUnfinished(b.post("/sign-in/second", url.Values{"code": {code()}, "_kept": {kept(t, second)}, "next": {"/committees/new"},
		"_from": {"/sign-in/second"}, "_form": {"second"}}))
	if got := other.get(factorPath); strings.Contains(got.body, "2단계 인증을 거치지 않았습니다") {
		t.Error("a session with its second factor is told that it lacks it")
	}
}

// TestWhoSignsInWithoutTheSecondFactorSetsItUpFirst: an administrator may have taken a lost one away meanwhile.
func TestWhoSignsInWithoutTheSecondFactorSetsItUpFirst(t *testing.T) {
	s, clock := strict(t)
	b := s.browser()
	in(b, email, "")
	mark := markOf(b, factorPath)
	b.post("/sign-out", nil)
	held := in(b, email, kept(t, b.post("/committees/new", unfinished(mark))))
	if held.status != http.StatusForbidden {
		t.Fatalf("%d %s", held.status, held.body)
	}
	page, code := begun(t, b, clock, kept(t, held))
	done := confirm(b, code(), kept(t, page))
	s.expectUnfinished(b.post("/sign-in/resume", url.Values{"_kept": {kept(t, done)}, "next": {"/committees/new"}}))
}

// TestWhoseRightsWaitIsLedOnWhereNothingIsKept, and another's form is not taken.
func TestWhoseRightsWaitIsLedOnWhereNothingIsKept(t *testing.T) {
	s, _ := strict(t)
	b := s.browser()
	in(b, email, "")
	for from, want := range map[string]int{"/sign-in": http.StatusSeeOther, "": http.StatusSeeOther, "/committees/new": http.StatusForbidden} {
		form := unfinished("")
		form.Set("_from", from)
		if got := b.post("/committees/new", form); got.status != want || want == http.StatusSeeOther && got.to != factorPath {
			t.Errorf("%q: %d %q", from, got.status, got.to)
		}
	}
	if got := b.post("/committees/new", unfinished("somebody else")); got.status != http.StatusForbidden || strings.Contains(got.body, "_kept") {
		t.Errorf("another's: %d %s", got.status, got.body)
	}
}

// library is a site with a convened meeting, whose secretary brings papers.
func library(t *testing.T) (*hall.Hall, *site, people, string) {
	t.Helper()
	h := hall.New(t, hall.SQLite(t), hall.Members(3))
	who := people{"staff": h.Secretary()}
	s := serve(t, h.DB.DB, h.Clock, who)
	hall.Must(t, h.DB.InTx(t.Context(), func(tx *store.Tx) error { return tx.AddAccount(t.Context(), account(who["staff"].ID, "staff")) }))
	return h, s, who, "/items/" + string(h.Item(t, 1).ID)
}

func paperFields(item, who string) map[string]string {
	return map[string]string{"title": "검토 보고 <1>", "reason": "고침", "confidential": "true", "_key": "k-1", "_form": "paper",
		"_from": item + "/edit", "_who": who}
}

// expectAgain looks whether a page has the fields of the paper as they were and asks for its file again.
func expectAgain(t *testing.T, got answer, status int) {
	t.Helper()
	for _, want := range []string{`value="검토 보고 &lt;1&gt;"`, `value="고침"`, `name="confidential" value="true" checked`,
		`<a href="#paper-file">고르신 파일(보고서.pdf)은 저장되지 않았습니다. 다시 선택해 주십시오.</a>`, `id="paper-file"`} {
		if got.status != status || !strings.Contains(got.body, want) {
			t.Errorf("%d: the page lacks %s\n%s", got.status, want, got.body)
		}
	}
}

// TestAnUploadKeepsItsTextAndAsksForItsFileAgain: after the end of a session, while rights wait, and when it is refused.
func TestAnUploadKeepsItsTextAndAsksForItsFileAgain(t *testing.T) {
	_, s, who, item := library(t)
	b, staff := s.as("staff"), who["staff"]
	fields := paperFields(item, markOf(b, item+"/edit"))
	resume := func(sealed string) answer {
		return b.post("/sign-in/resume", url.Values{"_kept": {sealed}, "next": {item + "/edit"}})
	}
	delete(who, "staff")
	ended := b.upload(item+"/papers", fields, "보고서.pdf", "%PDF-1.7 secret")
	if ended.status != http.StatusUnauthorized || strings.Contains(ended.body, "보고") {
		t.Fatalf("%d %s", ended.status, ended.body)
	}
	b, who["staff"] = s.as("staff"), staff
	expectAgain(t, resume(kept(t, ended)), http.StatusOK)
	held := staff
	held.Staff, held.Held = nil, true
	who["staff"] = held
	waits := b.upload(item+"/papers", fields, "보고서.pdf", "%PDF-1.7 secret")
	who["staff"] = staff
	expectAgain(t, resume(kept(t, waits)), http.StatusOK)
	fields["number"] = "x"
	expectAgain(t, b.upload(item+"/papers", fields, "보고서.pdf", "%PDF-1.7"), http.StatusUnprocessableEntity)
	delete(fields, "number")
	if got := b.upload(item+"/papers", fields, "보고서.pdf", "%PDF-1.7"); !strings.Contains(got.to, "done=paper_added") {
		t.Fatalf("%d %s", got.status, got.body)
	}
	if got := b.get(item + "/edit"); strings.Contains(got.body, "다시 선택해") || strings.Count(got.body, "보고서.pdf") != 1 {
		t.Errorf("the paper is not there once: %s", got.body)
	}
	if got := b.upload(item+"/papers", fields, "", ""); got.status != http.StatusUnprocessableEntity || strings.Contains(got.body, "저장되지 않았습니다") {
		t.Errorf("without a file there is none to choose again: %d", got.status)
	}
}

// TestALargeUploadHearsWhyItIsRefused though its browser sends all of it before it listens.
func TestALargeUploadHearsWhyItIsRefused(t *testing.T) {
	_, s, _, item := library(t)
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, value := range paperFields(item, "") {
		hall.Must(t, w.WriteField(name, value))
	}
	file, err := w.CreateFormFile("file", "보고서.pdf")
	hall.Must(t, err)
	_, _ = file.Write(bytes.Repeat([]byte("0123456789abcdef"), 2<<20))
	hall.Must(t, w.Close())
	var line net.Dialer
	conn, err := line.DialContext(t.Context(), "tcp", strings.TrimPrefix(s.URL, "http://"))
	hall.Must(t, err)
	defer conn.Close() //nolint:errcheck // of a test
	_, err = fmt.Fprintf(conn, "POST %s/papers HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n",
		item, w.FormDataContentType(), body.Len())
	hall.Must(t, err)
	if _, err := body.WriteTo(conn); err != nil {
		t.Fatalf("the browser is cut off: %v", err)
	}
	answered, err := io.ReadAll(conn)
	if err != nil || !strings.HasPrefix(string(answered), "HTTP/1.1 401") || !strings.Contains(string(answered), `name="_kept"`) {
		t.Errorf("%v: %.200s", err, answered)
	}
}
