package web_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// TestDepartmentsThroughThePages registers two departments with somebody who acts for one, abolishes it, and moves what it owns.
func TestDepartmentsThroughThePages(t *testing.T) {
	c := newChamber(t)
	staff := c.as("staff")
	for _, name := range []string{"경제정책과", "산업정책과"} {
		if got := staff.post("/departments", url.Values{"name": {name}}); got.to != "/departments?done=department_added" {
			t.Fatalf("%s: %d %s", name, got.status, got.body)
		}
	}
	page := staff.get("/departments").body
	ids := regexp.MustCompile(`/departments/([^/"]+)/abolish`).FindAllStringSubmatch(page, -1)
	if len(ids) != 2 {
		t.Fatalf("the register: %s", page)
	}
	first, second := ids[0][1], ids[1][1]
	bind := url.Values{"email": {"owner@dx.example"}, "name": {"담당 주무관"}}
	if got := staff.post("/departments/"+first+"/people", bind); got.to != "/departments?done=department_bound" {
		t.Fatalf("bound: %d %s", got.status, got.body)
	}
	if got := staff.get("/departments").body; !strings.Contains(got, "owner@dx.example") {
		t.Errorf("the staff does not see who acts for it: %s", got)
	}
	if got := c.browser().get("/departments").body; strings.Contains(got, "owner@dx.example") || !strings.Contains(got, "경제정책과") || strings.Contains(got, "/abolish") {
		t.Errorf("the public sees: %s", got)
	}
	path, _, _ := strings.Cut(staff.post("/committees/committee/plans", url.Values{"title": {"3개년 기본계획"}, "vision": {"선도도시"}, "from": {"2027-01-01"}}).to, "/edit")
	c.nodes(staff, path)
	end := url.Values{"on": {c.inDays(0)[:10]}, "successor": {second}, "basis": {"조직담당관-9"}, "version": {"1"}}
	if got := staff.post("/departments/"+first+"/abolish", end); got.to != "/departments?done=department_abolished" {
		t.Fatalf("abolished: %d %s", got.status, got.body)
	}
	if got := staff.get("/departments").body; !strings.Contains(got, "이어받은 부서: 산업정책과") {
		t.Errorf("the register does not say who follows: %s", got)
	}
	shown := staff.get(path).body
	if !strings.Contains(shown, "산업정책과 소관으로 이관합니다") {
		t.Fatalf("what it owns is not put before the staff: %s", shown)
	}
	in := url.Values{"department": {first}, "basis": {"조직담당관-9"}, "reason": {"조직개편"}, "after": {"2"}}
	if got := staff.post(path+"/transfers", in); got.to != path+"?done=plan_transferred" {
		t.Fatalf("transferred: %d %s", got.status, got.body)
	}
	if got := staff.get(path).body; strings.Contains(got, `id="orphans"`) || !strings.Contains(got, "<td>산업정책과</td>") {
		t.Errorf("after the transfer: %s", got)
	}
}
