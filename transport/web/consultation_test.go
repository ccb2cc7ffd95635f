package web_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/internal/testkit/hall"
	"secretariat/service/consulting"
	"secretariat/service/partnering"
	"secretariat/store"
)

// chamber is an office with an alliance whose member's chief has an account.
type chamber struct {
	office
	alliance string
	member   domain.ID
	who      people
}

func newChamber(t *testing.T) chamber {
	t.Helper()
	h := hall.New(t, hall.SQLite(t), hall.Members(3))
	who := people{"staff": h.Secretary()}
	c := chamber{office: office{h, serve(t, h.DB.DB, h.Clock, who)}, who: who}
	c.alliance = c.office.alliance()
	hall.Must(t, h.DB.InTx(t.Context(), func(tx *store.Tx) error {
		return errors.Join(tx.AddAccount(t.Context(), account(who["staff"].ID, "staff")), tx.AddAccount(t.Context(), account("kim", "kim")))
	}))
	list, err := c.services.Partnering.List(t.Context(), domain.Public(), partnering.ListInput{})
	hall.Must(t, err)
	org, err := c.services.Partnering.Register(t.Context(), h.Secretary(), partnering.ApplyInput{
		Alliance: list.Items[0].ID, Join: true, ContactName: "김담당", ContactEmail: "kim@example.kr",
		Entry: partnering.Entry{Name: "가나로봇", Kind: "company", Size: "small", BusinessNumber: "1248100998"},
	})
	hall.Must(t, err)
	c.member = org.ID
	who["kim"] = domain.Actor{ID: "kim", Kind: domain.ActorPerson, Partners: []domain.Partner{{Organisation: org.ID, Submits: true}}}
	return c
}

// inDays is a time so many days on as a browser writes it.
func (c chamber) inDays(n int) string {
	return c.Clock.Now().In(time.FixedZone("KST", 9*60*60)).AddDate(0, 0, n).Format("2006-01-02T15:04")
}

func (c chamber) plan(audience string) url.Values {
	return url.Values{
		"title": {"기본계획(안)"}, "purpose": {"의견을 듣습니다."}, "kind": {"consulting"}, "audience": {audience}, "closesAt": {c.inDays(14)},
		"articles.0.label": {"제1조(목적)"}, "articles.0.before": {"현행 문구"}, "articles.0.after": {"새 문구"},
		"articles.1.label": {""}, "articles.1.before": {""}, "articles.1.after": {""},
	}
}

// opened drafts and opens a consultation through the pages.
func (c chamber) opened(staff *browser, audience string) string {
	c.t.Helper()
	got := staff.post(c.alliance+"/consultations", c.plan(audience))
	path, _, ok := strings.Cut(got.to, "/edit")
	if !ok {
		c.t.Fatalf("drafted: %d %s", got.status, got.body)
	}
	if got := staff.post(path+"/open", url.Values{"version": {"1"}}); got.to != path+"?done=opened" {
		c.t.Fatalf("opened: %d %s", got.status, got.body)
	}
	return path
}

func TestAConsultationThroughThePages(t *testing.T) {
	c := newChamber(t)
	staff, kim := c.as("staff"), c.as("kim")
	path := c.opened(staff, "members")
	if got := c.browser().get(path); got.status != http.StatusNotFound {
		t.Errorf("the public sees what asks members: %d", got.status)
	}
	if got := kim.get("/organisations"); !strings.Contains(got.body, "기본계획(안) - 의견 제출") {
		t.Errorf("it does not wait: %s", got.body)
	}
	say := url.Values{"organisation": {string(c.member)}, "version": {"0"}, "opinions.0.article": {"1"}, "opinions.0.stance": {"amends"},
		"opinions.0.text": {"이유가 있습니다"}, "opinions.1.article": {"0"}, "_from": {path}, "_form": {"say-" + string(c.member)}}
	if got := kim.post(path+"/submit", say); !strings.Contains(got.body, "이유가 있습니다") || strings.Contains(got.to, "done") {
		t.Errorf("an amendment without wording: %d %s", got.status, got.to)
	}
	say.Set("opinions.0.wording", "더 새로운 문구")
	if got := kim.post(path+"/submit", say); got.to != path+"?done=opinion_submitted" {
		t.Fatalf("submitted: %d %s", got.status, got.body)
	}
	if got := kim.get("/organisations"); !strings.Contains(got.body, "지금 할 일이 없습니다.") {
		t.Errorf("it still waits: %s", got.body)
	}
	c.Clock.Advance(15 * 24 * time.Hour)
	id := domain.ID(strings.TrimPrefix(path, "/consultations/"))
	hall.Must(t, c.services.Consulting.Close(t.Context(), domain.System("test"), consulting.CaseInput{Consultation: id}))
	staff, kim = c.as("staff"), c.as("kim")
	c.disposes(staff, path)
	if got := kim.get(path); !strings.Contains(got.body, "일부반영") || !strings.Contains(got.body, "문구를 다듬어 반영") {
		t.Errorf("the giver reads no answer: %s", got.body)
	}
	if got := kim.get(path + "/digest"); got.status != http.StatusOK || strings.Contains(got.body, "가나로봇") {
		t.Errorf("the digest: %d %s", got.status, got.body)
	}
	if got := staff.get(path + "/digest"); !strings.Contains(got.body, "가나로봇") {
		t.Errorf("the staff's digest: %s", got.body)
	}
}

func (c chamber) disposes(staff *browser, path string) {
	c.t.Helper()
	list := staff.get(path + "/opinions?open=true")
	_, rest, found := strings.Cut(list.body, `action="/opinions/`)
	id, _, _ := strings.Cut(rest, "/")
	if !found || !strings.Contains(list.body, "가나로봇") || !strings.Contains(list.body, "더 새로운 문구") {
		c.t.Fatalf("no opinion waits: %d %s", list.status, list.body)
	}
	got := staff.post("/opinions/"+id+"/dispose", url.Values{"outcome": {"partly"}, "reason": {"문구를 다듬어 반영"}, "version": {"1"}, "open": {"true"}})
	if got.to != path+"/opinions?done=disposed&open=true" {
		c.t.Fatalf("disposed: %d %s", got.status, got.body)
	}
	page := staff.get(path)
	_, rest, _ = strings.Cut(page.body, `/finish"`)
	_, rest, _ = strings.Cut(rest, `name="version" value="`)
	version, _, _ := strings.Cut(rest, `"`)
	if got := staff.post(path+"/finish", url.Values{"version": {version}}); got.to != path+"?done=finished" {
		c.t.Fatalf("finished: %d %s", got.status, got.body)
	}
}

func TestACitizenAnswersOnAPage(t *testing.T) {
	c := newChamber(t)
	staff := c.as("staff")
	path := c.opened(staff, "public")
	page := c.browser().get(path)
	if !strings.Contains(page.body, "새 문구") || !strings.Contains(page.body, path+"/give") {
		t.Fatalf("the public page: %d %s", page.status, page.body)
	}
	say := url.Values{"name": {"시민"}, "email": {"a@b.kr"}, "opinions.0.article": {"1"}, "opinions.0.stance": {"opposes"}, "opinions.0.text": {"반대합니다"}}
	if got := c.browser().post(path+"/give", say); got.to != path+"?done=given" {
		t.Errorf("given: %d %s", got.status, got.body)
	}
	if got := c.browser().get(path); strings.Contains(got.body, "반대합니다") || strings.Contains(got.body, "a@b.kr") {
		t.Error("another citizen reads it")
	}
	if got := c.browser().get("/consultations"); !strings.Contains(got.body, "기본계획(안)") {
		t.Error("it is not on the list")
	}
	if got := c.browser().get(path + "/opinions"); got.status == http.StatusOK {
		t.Error("the public reads who said what")
	}
}

func TestTheEditorKeepsWhatItWasGiven(t *testing.T) {
	c := newChamber(t)
	staff := c.as("staff")
	bad := c.plan("divisions")
	bad.Set("_from", c.alliance+"/consultations/new")
	bad.Set("_form", "plan")
	got := staff.post(c.alliance+"/consultations", bad)
	if !strings.Contains(got.body, "새 문구") || !strings.Contains(got.body, fmt.Sprintf("value=%q", c.inDays(14))) {
		t.Errorf("refused without what was typed: %d %s", got.status, got.body)
	}
}
