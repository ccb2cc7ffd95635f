package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"secretariat/domain"
	"secretariat/internal/testkit/hall"
	"secretariat/service/consulting"
)

// TestAnAnswerWithAFileBecomesAPaperOfTheCommittee from the draft on a page without a script to the paper on the agenda.
func TestAnAnswerWithAFileBecomesAPaperOfTheCommittee(t *testing.T) {
	c := newChamber(t)
	staff, kim := c.as("staff"), c.as("kim")
	path, _, _ := strings.Cut(staff.post(c.alliance+"/consultations", c.plan("members")).to, "/edit")
	staff.post(path+"/open", url.Values{"version": {"1"}})
	got := kim.upload(path+"/files", map[string]string{"organisation": string(c.member)}, "검토 의견.pdf", "%PDF-1")
	if got.status != http.StatusSeeOther || !strings.HasSuffix(got.to, "done=opinion_attached#say") {
		t.Fatalf("attached: %d %s", got.status, got.body)
	}
	page := kim.get(path)
	link := between(page.body, `href="/opinion-files/`, `"`)
	if link == "" || !strings.Contains(page.body, "검토 의견.pdf") {
		t.Fatalf("the page does not show the file: %s", page.body)
	}
	bad := map[string]string{"organisation": string(c.member), "_form": "file-" + string(c.member), "_from": path}
	if got := kim.upload(path+"/files", bad, "검토.exe", "MZ"); got.status == http.StatusSeeOther || !strings.Contains(got.body, "form-hint-invalid") {
		t.Errorf("a program was taken: %d", got.status)
	}
	version := versionOn(t, page, path+"/submit")
	got = kim.post(path+"/submit", url.Values{"organisation": {string(c.member)}, "version": {version}, "opinions.0.article": {"1"},
		"opinions.0.stance": {"amends"}, "opinions.0.text": {"이유"}, "opinions.0.wording": {"고친 문구"}})
	if !strings.Contains(got.to, "opinion_submitted") {
		t.Fatalf("submitted: %d %s", got.status, got.body)
	}
	if got := c.browser().get("/opinion-files/" + link); got.status != http.StatusNotFound && got.status != http.StatusUnauthorized && got.status != http.StatusSeeOther {
		t.Errorf("everybody reads the file: %d", got.status)
	}
	id := domain.ID(strings.TrimPrefix(path, "/consultations/"))
	at, err := c.services.Consulting.Show(t.Context(), c.Secretary(), consulting.ShowInput{Consultation: id})
	hall.Must(t, err)
	c.Clock.Set(at.Consultation.ClosesAt)
	hall.Must(t, c.services.Consulting.Close(t.Context(), domain.System("consultation"), consulting.CaseInput{Consultation: id}))
	list := staff.get(path + "/opinions")
	if !strings.Contains(list.body, "검토 의견.pdf") {
		t.Errorf("the staff does not see the file: %s", list.body)
	}
	if got := staff.get("/opinion-files/" + link); got.status != http.StatusOK || got.body != "%PDF-1" {
		t.Errorf("the staff reads %d %q", got.status, got.body)
	}
	c.tabled(path, between(list.body, `action="/opinions/`, `/dispose"`), staff)
}

// tabled disposes of the one opinion and presses the button that brings the digest to the agenda.
func (c chamber) tabled(path, opinion string, staff *browser) {
	c.t.Helper()
	staff.post("/opinions/"+opinion+"/dispose", url.Values{"version": {"1"}, "outcome": {"accepted"}, "reason": {"반영합니다"}})
	page := staff.get(path)
	if !strings.Contains(page.body, `action="`+path+`/table"`) {
		c.t.Fatalf("the digest cannot be tabled: %s", page.body)
	}
	got := staff.post(path+"/table", url.Values{"version": {versionOn(c.t, page, path+"/table")}, "item": {string(c.Items[0])}, "reason": {"의견 반영"}})
	if got.to != path+"?done=digest_tabled" {
		c.t.Fatalf("tabled: %d %s", got.status, got.body)
	}
	if got := staff.get("/meetings/" + string(hall.Meeting)); !strings.Contains(got.body, "의견수렴 의견 처리 결과: 기본계획(안)") {
		c.t.Errorf("the meeting has no such paper: %s", got.body)
	}
}

// between is the text between two marks, empty when there is none.
func between(body, from, to string) string {
	_, rest, ok := strings.Cut(body, from)
	out, _, _ := strings.Cut(rest, to)
	if !ok {
		return ""
	}
	return out
}
