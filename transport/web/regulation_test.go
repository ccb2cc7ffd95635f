package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestARequestToImproveARegulationThroughThePages(t *testing.T) {
	w := newWorkshop(t)
	kim, staff := w.as("kim"), w.as("staff")
	if got := kim.get(w.alliance + "/tasks/new?kind=regulation"); got.status != http.StatusOK || !strings.Contains(got.body, "본질적 규제") || strings.Contains(got.body, "활용 기술") {
		t.Fatalf("the form: %d %s", got.status, got.body)
	}
	in := url.Values{
		"kind": {"regulation"}, "organisation": {string(w.member)}, "division": {string(w.division)}, "title": {"보도 주행 기준"},
		"problem": {"실증 장소가 부족하다"}, "approach": {"기준을 둔다"}, "effects": {"실증 확대"}, "budget": {"0"}, "sector": {""},
		"field": {"robot"}, "barrier": {"essential"}, "provision": {""},
	}
	got := kim.post(w.alliance+"/tasks", in)
	path, _, ok := strings.Cut(got.to, "/edit")
	if !ok {
		t.Fatalf("drafted: %d %s", got.status, got.body)
	}
	in.Set("version", "1")
	in.Set("_from", path+"/edit")
	in.Set("_form", "task")
	if got := kim.post(path+"/submit", in); strings.Contains(got.to, "done") || !strings.Contains(got.body, `id="task-provision-wrong"`) {
		t.Errorf("without a provision: %d %s %s", got.status, got.to, got.body)
	}
	in.Set("provision", "도로교통법 2")
	if got := kim.post(path+"/submit", in); got.to != path+"?done=task_submitted" {
		t.Fatalf("submitted: %d %s", got.status, got.body)
	}
	if got := staff.get(w.alliance + "/requests"); !strings.Contains(got.body, "회신을 기다리는 요청") || !strings.Contains(got.body, path) {
		t.Errorf("the staff does not see it: %s", got.body)
	}
	if got := w.browser().get(w.alliance + "/requests"); got.status != http.StatusOK || strings.Contains(got.body, "보도 주행 기준") {
		t.Errorf("everybody reads: %d", got.status)
	}
	for kind, there := range map[string]bool{"": true, "regulation": true, "task": false} {
		if got := staff.get("/tasks?kind=" + kind); strings.Contains(got.body, `href="`+path+`"`) != there {
			t.Errorf("the list of %q shows it: %v", kind, !there)
		}
	}
	w.replied(path, staff, kim)
}

// replied plays what the staff does with a request: its reply sends it to the sandbox, which grants it.
func (w workshop) replied(path string, staff, kim *browser) {
	w.t.Helper()
	if got := staff.get(path); !strings.Contains(got.body, `id="reply"`) || !strings.Contains(got.body, "회신 기한") || !strings.Contains(got.body, "규제개선 요청 제") {
		w.t.Errorf("the staff reads: %s", got.body)
	}
	if got := kim.post(path+"/reply", url.Values{"route": {"allowed"}, "text": {"x"}}); got.status != http.StatusForbidden {
		w.t.Errorf("who asked replies: %d", got.status)
	}
	got := staff.post(path+"/extend", url.Values{"days": {"10"}, "reason": {"관계 부처 협의"}})
	if got.to != path+"?done=task_extended" {
		w.t.Fatalf("put off: %d %s", got.status, got.body)
	}
	got = staff.post(path+"/reply", url.Values{"route": {"sandbox"}, "text": {"실증특례로 추진합니다"}, "track": {"trial"}, "office": {"산업통상자원부"}})
	if got.to != path+"?done=task_replied" {
		w.t.Fatalf("replied: %d %s", got.status, got.body)
	}
	if got := kim.get(path); !strings.Contains(got.body, "실증특례로 추진합니다") || !strings.Contains(got.body, "관계 부처 협의") {
		w.t.Errorf("who asked reads: %s", got.body)
	}
	if got := staff.post(path+"/sandbox", url.Values{"ruling": {"granted"}, "filedUnder": {"2026-31"}}); got.to != path+"?done=task_ruled" {
		w.t.Errorf("granted: %d %s", got.status, got.body)
	}
	if got := kim.get(path); !strings.Contains(got.body, "2026-31") || strings.Contains(got.body, `id="sandbox"`) {
		w.t.Errorf("in the end: %s", got.body)
	}
}
