package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/internal/testkit/hall"
	"secretariat/service/selecting"
)

// TestASupplementThroughThePages: the staff asks for one field, the applicant finds it among what waits, changes that field alone
// and sends it, and the staff reads the new answer with its receipt.
func TestASupplementThroughThePages(t *testing.T) {
	c := newChamber(t)
	staff, kim := c.as("staff"), c.as("kim")
	path, _, _ := strings.Cut(staff.post(c.alliance+"/calls", c.callForm()).to, "/edit")
	staff.post(path+"/publish", url.Values{"version": {"1"}})
	application := c.applies(kim, path)
	c.Clock.Advance(17 * 24 * time.Hour)
	hall.Must(t, c.services.Selecting.Close(t.Context(), domain.System("test"), selecting.CaseInput{Call: domain.ID(strings.TrimPrefix(path, "/calls/"))}))
	staff, kim = c.as("staff"), c.as("kim")
	ask := url.Values{"fields": {"plan"}, "reason": {"일정을 적어 주십시오."}, "_form": {"supplement"}, "_from": {application}}
	early := url.Values{"reason": {"일정"}, "_form": {"supplement"}, "_from": {application}}
	if got := staff.post(application+"/supplements", early); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "supplement-fields") {
		t.Errorf("no field is named: %d", got.status)
	}
	if got := staff.post(application+"/supplements", ask); got.to != application+"?done=supplement_asked" {
		t.Fatalf("asked: %d %s", got.status, got.body)
	}
	list := staff.get(path + "/applications")
	if !strings.Contains(list.body, "보완 대기") || strings.Contains(list.body, application+"/review") {
		t.Errorf("the list of the staff: %s", list.body)
	}
	if got := kim.get("/organisations"); !strings.Contains(got.body, application+"/supplement") {
		t.Errorf("what waits: %s", got.body)
	}
	page := kim.get(application + "/supplement")
	if !strings.Contains(page.body, "일정을 적어 주십시오.") || strings.Contains(page.body, `name="answers.amount"`) || !strings.Contains(page.body, `name="answers.plan"`) {
		t.Fatalf("the page: %d %s", page.status, page.body)
	}
	_, rest, _ := strings.Cut(page.body, `action="/supplements/`)
	id, _, _ := strings.Cut(rest, "/")
	form := url.Values{"application": {strings.TrimPrefix(application, "/applications/")}, "answers.plan": {""}, "answers.amount": {"5"},
		"version": {versionOn(t, page, "/supplements/"+id+"/save")}, "_form": {"apply"}, "_from": {application + "/supplement"}}
	if got := kim.post("/supplements/"+id+"/save", form); got.to != application+"/supplement?done=supplement_saved" {
		t.Errorf("saved: %d %s", got.status, got.body)
	}
	form.Set("answers.plan", "새 일정: 3월 착수, 9월 완료")
	form.Set("version", versionOn(t, kim.get(application+"/supplement"), "/supplements/"+id+"/save"))
	if got := kim.post("/supplements/"+id+"/answer", form); got.to != application+"?done=supplement_answered" {
		t.Fatalf("answered: %d %s", got.status, got.body)
	}
	got := staff.get(application)
	for _, want := range []string{"새 일정: 3월 착수", "보완 완료", "2차 제출", "900,000원"} {
		if !strings.Contains(got.body, want) {
			t.Errorf("the staff finds no %s: %s", want, got.body)
		}
	}
	if got := kim.get(application + "/supplement"); got.status != http.StatusConflict {
		t.Errorf("open after the answer: %d", got.status)
	}
}
