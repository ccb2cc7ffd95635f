package web_test

import (
	"crypto/rand"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/meeting"
	"secretariat/internal/testkit/hall"
	"secretariat/service/convening"
	"secretariat/service/presiding"
)

var undoForm = regexp.MustCompile(`(?s)<div class="box done" role="status"><p>[^<]*</p><form method="post" action="([^"]+)">(.*?)</form>`)

var hiddenField = regexp.MustCompile(`name="([^"]+)" value="([^"]*)"`)

// undone presses the offer to take something back that a page makes, if any, and gives the form that was sent.
func undone(t *testing.T, page answer) (string, url.Values) {
	t.Helper()
	m := undoForm.FindStringSubmatch(page.body)
	if m == nil || !strings.Contains(m[2], "되돌리기") {
		t.Fatalf("%d: nothing is offered: %s", page.status, page.body)
	}
	fields := url.Values{}
	for _, f := range hiddenField.FindAllStringSubmatch(m[2], -1) {
		fields.Set(f[1], html.UnescapeString(f[2]))
	}
	return html.UnescapeString(m[1]), fields
}

// TestWhatWasDoneToAnAgendaIsTakenBackOnTheNextPage: a move and a withdrawal, once, and not over what somebody else did since.
func TestWhatWasDoneToAnAgendaIsTakenBackOnTheNextPage(t *testing.T) {
	o := newOffice(t)
	at := o.plannedMeeting()
	staff, other := o.as("clerk"), o.as("secretary")
	prepare := at + "/prepare"
	ids := []domain.ID{}
	for _, title := range []string{"첫째 안건", "둘째 안건"} {
		i, err := o.services.Convening.AddItem(t.Context(), o.Secretary(), convening.AddItemInput{
			Meeting: domain.ID(strings.TrimPrefix(at, "/meetings/")),
			Content: meeting.Content{Kind: meeting.Resolution, Subject: meeting.SubjectOther, Title: title, Proposer: "과", Proposal: "의결한다."},
		})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, i.ID)
	}
	move := func(b *browser, id domain.ID, to string) answer {
		in := form("up-"+string(id), prepare, "position", to)
		in.Set("_key", rand.Text())
		return b.post("/items/"+string(id)+"/move", in)
	}
	first := func() string {
		body := staff.get(prepare).body
		if strings.Index(body, "둘째 안건") < strings.Index(body, "첫째 안건") {
			return "second"
		}
		return "first"
	}
	page := staff.get(move(staff, ids[1], "2").to)
	action, fields := undone(t, page)
	if first() != "second" {
		t.Fatal("it was not moved")
	}
	if got := other.get(page2(page)); undoForm.MatchString(got.body) {
		t.Error("what one did is offered to another to take back")
	}
	if got := staff.post(action, fields); got.to != prepare+"?done=undone" || first() != "first" {
		t.Errorf("%d %q, %s is first", got.status, got.to, first())
	}
	fields.Set("_key", "another press")
	if got := staff.post(action, fields); got.status != http.StatusPreconditionFailed || !strings.Contains(got.body, `role="alert"`) || strings.Contains(got.body, "두 내용") || undoForm.MatchString(got.body) {
		t.Errorf("twice: %d %s", got.status, got.body)
	}
	action, fields = undone(t, staff.get(move(staff, ids[1], "2").to))
	move(staff, ids[1], "9")
	if got := staff.post(action, fields); got.status != http.StatusPreconditionFailed {
		t.Errorf("over another move: %d", got.status)
	}
	edit := "/items/" + string(ids[0]) + "/edit"
	version := regexp.MustCompile(`name="version" value="(\d+)"`).FindStringSubmatch(staff.get(edit).body)
	gone := staff.post("/items/"+string(ids[0])+"/withdraw", form("withdraw", edit, "version", version[1], "reason", "잘못 올림"))
	action, fields = undone(t, staff.get(gone.to))
	if got := staff.post(action, fields); got.to != edit+"?done=undone" {
		t.Errorf("%d %q", got.status, got.to)
	}
	if got := staff.get(edit); !strings.Contains(got.body, "철회</summary>") {
		t.Error("the item is not back on the agenda")
	}
}

// page2 is the address of a page that makes an offer, as it stands in its own forms.
func page2(page answer) string {
	m := regexp.MustCompile(`name="_from" value="([^"]+undo=[^"]+)"`).FindStringSubmatch(page.body)
	if m == nil {
		return "/"
	}
	return html.UnescapeString(m[1])
}

// TestDaysOfTheCalendarAreTakenBack in both directions, and nobody can make a page offer another act.
func TestDaysOfTheCalendarAreTakenBack(t *testing.T) {
	o := newOffice(t)
	staff := o.as("clerk")
	added := staff.post("/calendar", form("span", "/calendar", "kind", "holiday", "name", "창립기념일", "from", "2026-12-10", "until", "2026-12-10"))
	action, fields := undone(t, staff.get(added.to))
	removed := staff.post(action, fields)
	if !strings.Contains(removed.to, "done=span_removed") || strings.Contains(staff.get("/calendar").body, "창립기념일") {
		t.Fatalf("%d %q", removed.status, removed.to)
	}
	action, fields = undone(t, staff.get(removed.to))
	if got := staff.post(action, fields); !strings.Contains(got.to, "done=span_added") || !strings.Contains(staff.get("/calendar").body, "창립기념일") {
		t.Errorf("%d %q", got.status, got.to)
	}
	if got := staff.get("/calendar?done=span_added&undo=abc"); got.status != http.StatusOK || undoForm.MatchString(got.body) {
		t.Errorf("%d: an offer that is not sealed is made", got.status)
	}
}

// TestAMistakenCheckInIsTakenBackWhereItWasMade: among the members of the console, until the meeting goes on.
func TestAMistakenCheckInIsTakenBackWhereItWasMade(t *testing.T) {
	h, s, _, _ := library(t)
	b := s.as("staff")
	console := "/meetings/" + string(h.Item(t, 1).Meeting) + "/console"
	enter := func(n int) answer {
		in := form("in-room", console, "member", string(h.Member(n)), "via", "room")
		in.Set("_key", rand.Text())
		return b.post(strings.TrimSuffix(console, "/console")+"/presences", in)
	}
	came := enter(2)
	if !strings.HasPrefix(came.to, console+"?") || !strings.HasSuffix(came.to, "#house") {
		t.Fatalf("%d %q", came.status, came.to)
	}
	page := b.get(strings.TrimSuffix(came.to, "#house"))
	if strings.Index(page.body, `<div class="box done"`) < strings.Index(page.body, `id="house"`) {
		t.Error("it is offered away from where the clerk is")
	}
	action, fields := undone(t, page)
	if got := b.post(action, fields); got.to != console+"?done=undone&in=house#house" || strings.Contains(b.get(console).body, "/departures") {
		t.Errorf("%d %q", got.status, got.to)
	}
	action, fields = undone(t, b.get(strings.TrimSuffix(enter(2).to, "#house")))
	enter(1)
	for n := 1; n <= 2; n++ {
		_, err := s.services.Presiding.Pledge(t.Context(), h.Person(n), presiding.PledgeInput{Meeting: h.Item(t, 1).Meeting})
		hall.Must(t, err)
	}
	h.Clock.Advance(time.Second)
	b.post(strings.TrimSuffix(console, "/console")+"/open", form("open", console))
	if got := b.post(action, fields); got.status != http.StatusConflict || !strings.Contains(got.body, "의사가 진행되어 되돌릴 수 없습니다") {
		t.Errorf("after the opening: %d %s", got.status, got.body)
	}
}
