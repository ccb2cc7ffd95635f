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
	"secretariat/store"
)

func (c chamber) callForm() url.Values {
	return url.Values{
		"title": {"로봇 실증 지원"}, "purpose": {"실증을 지원합니다."}, "instrument": {"no_money"}, "closesAt": {c.inDays(16)},
		"terms.sizes": {"small"}, "terms.most": {"1000000"}, "terms.ownShare": {"30"},
		"profile.criteria.0.name": {"성장 가능성"}, "profile.criteria.0.weight": {"60"}, "profile.criteria.1.name": {"효과성"},
		"profile.criteria.1.weight": {"40"}, "profile.criteria.2.name": {""}, "profile.floor": {"70"}, "profile.panel": {"1"},
		"profile.select": {"1"}, "profile.decimals": {"2"},
	}
}

// versionOn finds the version that a form on a page carries.
func versionOn(t *testing.T, page answer, action string) string {
	t.Helper()
	_, rest, found := strings.Cut(page.body, `action="`+action+`"`)
	_, rest, with := strings.Cut(rest, `name="version" value="`)
	version, _, _ := strings.Cut(rest, `"`)
	if !found || !with {
		t.Fatalf("no form for %s: %d %s", action, page.status, page.body)
	}
	return version
}

func TestASelectionThroughThePages(t *testing.T) {
	c := newChamber(t)
	staff, kim := c.as("staff"), c.as("kim")
	got := staff.post(c.alliance+"/calls", c.callForm())
	path, _, ok := strings.Cut(got.to, "/edit")
	if !ok {
		t.Fatalf("drafted: %d %s", got.status, got.body)
	}
	if got := staff.post(path+"/publish", url.Values{"version": {"1"}}); got.to != path+"?done=call_published" {
		t.Fatalf("published: %d %s", got.status, got.body)
	}
	public := c.browser().get(path)
	if !strings.Contains(public.body, "성장 가능성") || !strings.Contains(public.body, "평균 70점 미만") {
		t.Errorf("the public page: %d %s", public.status, public.body)
	}
	application := c.applies(kim, path)
	c.Clock.Advance(17 * 24 * time.Hour)
	id := domain.ID(strings.TrimPrefix(path, "/calls/"))
	hall.Must(t, c.services.Selecting.Close(t.Context(), domain.System("test"), selecting.CaseInput{Call: id}))
	c.evaluates(staff, path, application)
	c.announced(staff, kim, path, application)
}

// applies saves a draft that the terms are against, mends it and submits it.
func (c chamber) applies(kim *browser, path string) string {
	c.t.Helper()
	form := url.Values{"organisation": {string(c.member)}, "version": {"0"}, "answers.title": {"물류 로봇"}, "answers.summary": {"요약"},
		"answers.plan": {"계획"}, "answers.amount": {"900,000"}, "answers.own_money": {"1"}}
	step := path + "/apply?organisation=" + string(c.member)
	if got := kim.post(path+"/save", form); got.to != step+"&done=application_saved" {
		c.t.Fatalf("saved: %d %s", got.status, got.to)
	}
	page := kim.get(step)
	if !strings.Contains(page.body, "자부담 30%가 필요합니다.") || !strings.Contains(page.body, `value="900,000"`) {
		c.t.Errorf("what is missing is not told: %s", page.body)
	}
	if got := kim.get(path + "/apply/check?organisation=" + string(c.member)); !strings.Contains(got.body, "고칠 것 1가지") || strings.Contains(got.body, path+"/submit") {
		c.t.Errorf("the check: %d %s", got.status, got.body)
	}
	form.Set("answers.own_money", "400000")
	form.Set("version", versionOn(c.t, page, path+"/save"))
	form.Set("then", "check")
	if got := kim.post(path+"/save", form); got.to != path+"/apply/check?organisation="+string(c.member) {
		c.t.Fatalf("gone on: %d %s", got.status, got.to)
	}
	page = kim.get(path + "/apply/check?organisation=" + string(c.member))
	got := kim.post(path+"/submit", url.Values{"organisation": {string(c.member)}, "version": {versionOn(c.t, page, path+"/submit")}})
	application, _, ok := strings.Cut(got.to, "?")
	if !ok || !strings.HasPrefix(application, "/applications/") {
		c.t.Fatalf("submitted: %d %s", got.status, got.body)
	}
	if got := kim.get(application); !strings.Contains(got.body, "접수번호 1") || !strings.Contains(got.body, "물류 로봇") {
		c.t.Errorf("the application: %s", got.body)
	}
	if got := c.as("staff").get(application); got.status != http.StatusNotFound {
		c.t.Errorf("the staff reads it before the close: %d", got.status)
	}
	return application
}

// evaluates reviews, draws, scores and ranks.
func (c chamber) evaluates(staff *browser, path, application string) {
	c.t.Helper()
	list := staff.get(path + "/applications")
	above := url.Values{"eligible": {"true"}, "bonusPoints": {"1.5"}, "grounds": {"근거"}, "version": {versionOn(c.t, list, application+"/review")}}
	if got := staff.post(application+"/review", above); got.status != http.StatusUnprocessableEntity {
		c.t.Errorf("a bonus above what the call allows: %d", got.status)
	}
	if got := staff.post(application+"/review", url.Values{"eligible": {"true"}, "version": {versionOn(c.t, list, application+"/review")}}); got.status != http.StatusSeeOther {
		c.t.Fatalf("reviewed: %d %s", got.status, got.body)
	}
	hall.Must(c.t, c.DB.InTx(c.t.Context(), func(tx *store.Tx) error {
		return tx.AddAccount(c.t.Context(), account("judge", "judge"))
	}))
	if got := staff.post(path+"/evaluators", url.Values{"email": {"judge@example.kr"}, "expertise": {"로봇"}}); got.to != path+"/panel?done=evaluator_added" {
		c.t.Fatalf("the pool: %d %s", got.status, got.body)
	}
	if got := staff.post(path+"/draw", url.Values{"version": {versionOn(c.t, staff.get(path+"/panel"), path+"/draw")}}); got.to != path+"/panel?done=drawn" {
		c.t.Fatalf("drawn: %d %s", got.status, got.body)
	}
	c.who["judge"] = domain.Actor{ID: "judge", Kind: domain.ActorPerson}
	judge := c.as("judge")
	if got := judge.get(path + "/sheets"); strings.Contains(got.body, "물류 로봇") || !strings.Contains(got.body, "가나로봇") {
		c.t.Errorf("before the pledge: %s", got.body)
	}
	judge.post(path+"/pledge", url.Values{"pledge": {"true"}})
	bad := judge.post(application+"/sheet", url.Values{"points": {"61", "x"}, "version": {"0"}, "_from": {path + "/sheets"}, "_form": {"sheet-" + strings.TrimPrefix(application, "/applications/")}})
	if !strings.Contains(bad.body, `value="61"`) || !strings.Contains(bad.body, "점수는 숫자로") {
		c.t.Errorf("points that are none: %d %s", bad.status, bad.body)
	}
	if got := judge.post(application+"/sheet", url.Values{"points": {"55", "35.5"}, "comment": {"좋음"}, "version": {"0"}}); !strings.HasPrefix(got.to, path+"/sheets?done=sheet_saved") {
		c.t.Fatalf("scored: %d %s", got.status, got.body)
	}
	if got := judge.get(path + "/sheets"); !strings.Contains(got.body, "90.5점") {
		c.t.Errorf("the sum: %s", got.body)
	}
	judge.post(path+"/sheets/submit", nil)
	if got := staff.post(path+"/ranking", url.Values{"version": {versionOn(c.t, staff.get(path+"/ranking"), path+"/ranking")}}); got.to != path+"/ranking?done=ranking_computed" {
		c.t.Fatalf("ranked: %d %s", got.status, got.body)
	}
}

// announced tells the result, which the applicant objects to.
func (c chamber) announced(staff, kim *browser, path, application string) {
	c.t.Helper()
	if got := kim.get(application); strings.Contains(got.body, "90.5") {
		c.t.Error("the applicant reads the score before it is announced")
	}
	if got := c.browser().get(path + "/ranking"); got.status == http.StatusOK {
		c.t.Error("the public reads the ranked list")
	}
	if got := c.browser().get(path + "/workbook"); got.status != http.StatusNotFound {
		c.t.Errorf("the public reads the workbook before the announcement: %d", got.status)
	}
	if got := c.browser().get("/selections"); !strings.Contains(got.body, "로봇 실증 지원") || strings.Contains(got.body, ":1") {
		c.t.Errorf("the list before the result is announced: %d %s", got.status, got.body)
	}
	page := staff.get(path + "/ranking")
	in := url.Values{"deliberated": {"제2026-1호"}, "approval": {"경제정책과-10"}, "version": {versionOn(c.t, page, path+"/announce")}}
	if got := staff.post(path+"/announce", in); got.to != path+"/ranking?done=announced" {
		c.t.Fatalf("announced: %d %s", got.status, got.body)
	}
	if got := kim.get(application); !strings.Contains(got.body, "90.5점") || !strings.Contains(got.body, "선정") {
		c.t.Errorf("the applicant's result: %s", got.body)
	}
	if got := c.browser().get(path + "/result"); !strings.Contains(got.body, "물류 로봇") || !strings.Contains(got.body, "1.0:1") {
		c.t.Errorf("the public result: %d %s", got.status, got.body)
	}
	if got := c.browser().get(path + "/workbook"); got.status != http.StatusOK || !strings.HasPrefix(got.body, "PK") {
		c.t.Errorf("the workbook: %d", got.status)
	}
	for lang, words := range map[string][]string{"ko": {"1.0:1", "경쟁률", "<svg", path + "/result"}, "en": {"1.0:1", "Received", "<svg"}} {
		for _, word := range words {
			if got := c.browser().get("/selections?lang=" + lang); !strings.Contains(got.body, word) {
				c.t.Errorf("the list in %s has no %s: %d %s", lang, word, got.status, got.body)
			}
		}
	}
	if got := kim.post(application+"/objection", url.Values{"text": {"다시 보아 주십시오."}}); got.to != application+"?done=objected" {
		c.t.Errorf("objected: %d %s", got.status, got.body)
	}
	if got := staff.get(path + "/ranking"); !strings.Contains(got.body, "다시 보아 주십시오.") {
		c.t.Errorf("the objection: %s", got.body)
	}
}
