package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"secretariat/domain/calendar"
	"secretariat/domain/plan"
	"secretariat/transport/plansheet"
)

func TestAPlanThroughThePages(t *testing.T) {
	c := newChamber(t)
	staff := c.as("staff")
	got := staff.post("/committees/committee/plans", url.Values{"title": {"3개년 기본계획"}, "vision": {"선도도시"}, "from": {"2027-01-01"}})
	path, _, ok := strings.Cut(got.to, "/edit")
	if !ok {
		t.Fatalf("begun: %d %s", got.status, got.body)
	}
	c.nodes(staff, path)
	if got := c.browser().get(path); got.status != http.StatusNotFound {
		t.Errorf("the public reads a plan that is being made: %d", got.status)
	}
	c.sheet(staff, path)
	c.book(staff, path)
	for _, step := range plan.Steps() {
		in := url.Values{"step": {string(step)}, "ref": {"경제정책과-1"}, "on": {c.inDays(0)[:10]}, "waived": {"false"},
			"version": {versionOn(t, staff.get(path), path+"/steps")}}
		if got := staff.post(path+"/steps", in); got.to != path+"?done=step_taken" {
			t.Fatalf("%s: %d %s", step, got.status, got.body)
		}
	}
	if got := c.browser().get(path); !strings.Contains(got.body, "역량 강화") || !strings.Contains(got.body, "시행 중") {
		t.Errorf("the public page: %d %s", got.status, got.body)
	}
	c.reviews(staff, path)
	mark := url.Values{"kind": {"annual_plan"}, "number": {"2027"}, "ref": {"경제정책과-9"}, "on": {"2027-04-02"}}
	if got := staff.post(path+"/marks", mark); got.to != path+"?done=plan_marked" {
		t.Fatalf("marked: %d %s", got.status, got.body)
	}
	if got := c.browser().get(path); !strings.Contains(got.body, "2027년 시행계획 수립</b> 경제정책과-9") || strings.Contains(got.body, "연차평가 보고") {
		t.Errorf("the steps of the year: %s", got.body)
	}
	if got := staff.get(path); !strings.Contains(got.body, "2027년 연차평가 보고") {
		t.Errorf("what is owed is not shown: %s", got.body)
	}
}

// nodes puts two nodes into the plan, one after a try that is wrong.
func (c chamber) nodes(staff *browser, path string) {
	c.t.Helper()
	strategy := url.Values{"id": {"1"}, "nodeKind": {"strategy"}, "title": {"역량 강화"}, "owner": {"경제정책과"}, "weight": {"1"},
		"kind": {"drafted"}, "after": {"0"}}
	if got := staff.post(path+"/changes", strategy); got.to != path+"/edit?done=plan_changed" {
		c.t.Fatalf("a strategy: %d %s", got.status, got.body)
	}
	programme := url.Values{"id": {"1-1"}, "parent": {"1"}, "nodeKind": {"programme"}, "title": {"패키지 지원"}, "owner": {"경제정책과"},
		"weight": {"1"}, "kind": {"drafted"}, "after": {"1"}, "budget": {"2027 | 시비 | 1,000"}, "indicators": {"역량지수 | | 2.76 | 2029: 3.3"},
		"_from": {path + "/edit"}, "_form": {"node"}}
	if got := staff.post(path+"/changes", programme); !strings.Contains(got.body, "단위가 없습니다") || !strings.Contains(got.body, "2.76 | 2029: 3.3") {
		c.t.Errorf("no unit: %d %s", got.status, got.body)
	}
	programme.Set("indicators", "역량지수 | 점 | 2.76 | 2029: 3.3")
	if got := staff.post(path+"/changes", programme); got.to != path+"/edit?done=plan_changed" {
		c.t.Fatalf("a programme: %d %s", got.status, got.body)
	}
	if got := staff.get(path + "/comparison?from=1&to=2"); !strings.Contains(got.body, "패키지 지원") || strings.Contains(got.body, "<b>역량 강화</b>") {
		c.t.Errorf("the comparison: %s", got.body)
	}
}

// reviews opens the review of the first quarter, reports and closes it.
func (c chamber) reviews(staff *browser, path string) {
	c.t.Helper()
	c.Clock.Set(time.Date(2027, 4, 2, 9, 0, 0, 0, calendar.Seoul))
	got := staff.post(path+"/reviews", nil)
	review, _, ok := strings.Cut(got.to, "?")
	if !ok {
		c.t.Fatalf("opened: %d %s", got.status, got.body)
	}
	in := url.Values{"node": {"1-1"}, "indicator": {"역량지수"}, "value": {"3.03"}, "committed": {"500"}, "spent": {"250"}, "evidence": {"조사 결과"}}
	if got := staff.post(review+"/reports", in); got.to != review+"?done=figures_reported" {
		c.t.Fatalf("reported: %d %s", got.status, got.body)
	}
	page := staff.get(review)
	if got := staff.post(review+"/close", url.Values{"version": {versionOn(c.t, page, review+"/close")}}); got.to != review+"?done=review_closed" {
		c.t.Fatalf("closed: %d %s", got.status, got.body)
	}
	if got := c.browser().get(path); !strings.Contains(got.body, "50.0%") || !strings.Contains(got.body, "25.0%") || !strings.Contains(got.body, "3.03") {
		c.t.Errorf("progress and money: %s", got.body)
	}
}

// book gives back the plan as a workbook, at first with two broken rows, then with another title of the second strategy.
func (c chamber) book(staff *browser, path string) {
	c.t.Helper()
	sheet, err := plansheet.ReadBook([]byte(staff.get(path + "/sheet.xlsx").body))
	if err != nil || len(sheet.Nodes) != 3 {
		c.t.Fatalf("the workbook: %+v %v", sheet, err)
	}
	fields := map[string]string{"kind": "drafted", "after": "3", "_from": path + "/edit", "_form": "book"}
	send := func() answer {
		raw, err := plansheet.WriteBook(sheet)
		if err != nil {
			c.t.Fatal(err)
		}
		return staff.upload(path+"/workbook", fields, "계획.xlsx", string(raw))
	}
	owner := sheet.Nodes[0].Owner
	sheet.Nodes[0].Owner, sheet.Nodes[2].Title = "", ""
	got := send()
	for _, want := range []string{"항목 시트 2행: ", "항목 시트 4행: "} {
		if !strings.Contains(got.body, want) {
			c.t.Errorf("%s is not told: %d %s", want, got.status, got.body)
		}
	}
	sheet.Nodes[0].Owner, sheet.Nodes[2].Title = owner, "산업 고도화와 확산"
	if got := send(); got.to != path+"?done=plan_imported" {
		c.t.Fatalf("imported: %d %s", got.status, got.body)
	}
	if got := staff.get(path + "/comparison?from=3&to=4"); !strings.Contains(got.body, "산업 고도화와 확산") || strings.Contains(got.body, "패키지 지원") {
		c.t.Errorf("more than the workbook changed was changed: %s", got.body)
	}
	if got := staff.upload(path+"/workbook", fields, "계획.xlsx", "hwp"); !strings.Contains(got.body, "통합 문서(XLSX)로 읽을 수 없는") {
		c.t.Errorf("what is no workbook: %d %s", got.status, got.body)
	}
}

// sheet gives back the plan as a file, at first with two broken lines, then with a programme moved and a strategy added.
func (c chamber) sheet(staff *browser, path string) {
	c.t.Helper()
	file := staff.get(path + "/sheet").body
	if !strings.Contains(file, "이름: 패키지 지원") {
		c.t.Fatalf("the file: %s", file)
	}
	lines := strings.Count(file, "\n")
	in := url.Values{"sheet": {"비젼: 다른 것\n" + file + "가중치: 1\n"}, "kind": {"drafted"}, "after": {"2"}, "_from": {path + "/edit"}, "_form": {"sheet"}}
	got := staff.post(path+"/sheet", in)
	for _, want := range []string{"1번째 줄: ", fmt.Sprint(lines+2, "번째 줄: ")} {
		if !strings.Contains(got.body, want) {
			c.t.Errorf("%s is not told: %s", want, got.body)
		}
	}
	in.Set("sheet", strings.Replace(file, "전략:\n", "전략:\n  - {번호: 2, 이름: 산업 고도화, 담당부서: 전략산업기반과}\n", 1))
	if got := staff.post(path+"/sheet", in); got.to != path+"?done=plan_imported" {
		c.t.Fatalf("imported: %d %s", got.status, got.body)
	}
	if got := staff.get(path + "/comparison?from=2&to=3"); !strings.Contains(got.body, "산업 고도화") || strings.Contains(got.body, "패키지 지원") {
		c.t.Errorf("more than the file changed was changed: %s", got.body)
	}
}
