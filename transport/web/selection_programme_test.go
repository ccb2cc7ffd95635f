package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestACallIsDraftedFromAProgramme(t *testing.T) {
	c := newChamber(t)
	staff := c.as("staff")
	page := staff.get(c.alliance + "/calls/new?programme=loan")
	for _, want := range []string{
		`value="디지털전환 자금 융자"`, `name="terms.classes.2.most"`, `value="1000000000"`, `value="성장 가능성"`, "중소기업육성기금",
	} {
		if page.status != http.StatusOK || !strings.Contains(page.body, want) {
			t.Errorf("no %s: %d %s", want, page.status, page.body)
		}
	}
	form := c.callForm()
	form.Set("terms.conditions", "사전 상담을 마쳤을 것\r\n협약서가 있을 것")
	for i, size := range []string{"micro", "small", "medium", "large"} {
		at := "terms.classes." + string(rune('0'+i))
		form.Set(at+".size", size)
		form.Set(at+".most", map[string]string{"medium": "500"}[size])
	}
	got := staff.post(c.alliance+"/calls", form)
	path, _, ok := strings.Cut(got.to, "/edit")
	if !ok {
		t.Fatalf("drafted: %d %s", got.status, got.body)
	}
	staff.post(path+"/publish", url.Values{"version": {"1"}})
	public := c.browser().get(path).body
	if !strings.Contains(public, "중견기업") || !strings.Contains(public, "500원") || !strings.Contains(public, "<li>협약서가 있을 것</li>") {
		t.Errorf("the public reads %s", public)
	}
	if strings.Contains(public, ">대기업</th>") {
		t.Error("a class that differs in nothing is kept")
	}
}
