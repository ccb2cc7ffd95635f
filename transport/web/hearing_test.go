package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestACitizenSignsUpToSpeakAtAHearing(t *testing.T) {
	c := newChamber(t)
	staff, citizen := c.as("staff"), c.browser()
	in := c.plan("public")
	in.Set("kind", "hearing")
	in.Set("hearingAt", c.inDays(16))
	in.Set("closesAt", c.inDays(18))
	in.Set("place", "대회의실")
	in.Set("speakersMost", "2")
	in.Set("speakersMinutes", "10")
	in.Set("speakersUntil", c.inDays(12))
	path, _, ok := strings.Cut(staff.post(c.alliance+"/consultations", in).to, "/edit")
	if !ok {
		t.Fatal("the hearing was not drafted")
	}
	staff.post(path+"/open", url.Values{"version": {"1"}})
	page := citizen.get(path)
	if !strings.Contains(page.body, "공청회 발표 신청") || !strings.Contains(page.body, "2명 이내, 1명당 10분") {
		t.Fatalf("the notice: %d %s", page.status, page.body)
	}
	who := url.Values{"name": {"김시민"}, "email": {"kim@citizen.example"}, "summary": {""}, "_form": {"speak"}, "_from": {path}}
	if got := citizen.post(path+"/speakers", who); got.status == http.StatusSeeOther || !strings.Contains(got.body, `id="speak-summary-wrong"`) {
		t.Errorf("without a summary: %d %s", got.status, got.body)
	}
	who.Set("summary", "공공 실증에 대하여")
	if got := citizen.post(path+"/speakers", who); got.to != path+"?done=signed_up" {
		t.Fatalf("signed up: %d %s", got.status, got.body)
	}
	list := staff.get(path)
	speaker := between(list.body, `action="/speakers/`, `/decide"`)
	if speaker == "" || !strings.Contains(list.body, "kim@citizen.example") {
		t.Fatalf("the staff does not see who signed up: %s", list.body)
	}
	if got := staff.post("/speakers/"+speaker+"/decide", url.Values{"confirm": {"true"}, "version": {"1"}}); got.to != path+"?done=speaker_decided#speakers" {
		t.Errorf("confirmed: %d %s", got.status, got.body)
	}
	if page = citizen.get(path); !strings.Contains(page.body, "김시민") || strings.Contains(page.body, "kim@citizen.example") {
		t.Errorf("everybody reads: %s", page.body)
	}
}
