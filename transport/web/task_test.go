package web_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/internal/testkit/hall"
	"secretariat/service/partnering"
	"secretariat/store"
)

// workshop is a chamber whose alliance has a division with a sherpa, and a policy council of one.
type workshop struct {
	chamber
	division domain.ID
}

func newWorkshop(t *testing.T) workshop {
	t.Helper()
	w := workshop{chamber: newChamber(t)}
	of := domain.ID(strings.TrimPrefix(w.alliance, "/alliances/"))
	d, err := w.services.Partnering.AddDivision(t.Context(), w.Secretary(), partnering.AddDivisionInput{Alliance: of, Code: "robot", Name: "로봇 분과"})
	hall.Must(t, err)
	w.division = d.ID
	hall.Must(t, w.DB.InTx(t.Context(), func(tx *store.Tx) error {
		guide := alliance.Organisation{ID: "guide", Alliance: of, Name: "로봇협회", Kind: alliance.Association, State: alliance.Member,
			BusinessNumber: "2", Sectors: []string{}, Technologies: []string{}, Version: 1}
		return errors.Join(tx.AddOrganisation(t.Context(), guide), tx.AddAccount(t.Context(), account("lee", "lee")), tx.AddAccount(t.Context(), account("judge", "judge")),
			tx.SetPerson(t.Context(), alliance.Person{Organisation: "guide", Account: "lee", Submits: true}),
			tx.SetPlace(t.Context(), alliance.Place{Division: d.ID, Organisation: "guide", Sherpa: true}))
	}))
	w.who["lee"] = domain.Actor{ID: "lee", Kind: domain.ActorPerson, Partners: []domain.Partner{{Organisation: "guide", Submits: true}}}
	w.who["judge"] = domain.Actor{ID: "judge", Kind: domain.ActorPerson}
	got := w.as("staff").post(w.alliance+"/council", url.Values{"email": {"judge@example.kr"}, "employer": {"한국대학교"}})
	if got.to != w.alliance+"/council?done=council_seated" {
		t.Fatalf("seated: %d %s", got.status, got.body)
	}
	return w
}

func (w workshop) entry() url.Values {
	return url.Values{
		"organisation": {string(w.member)}, "division": {string(w.division)}, "title": {"물류로봇 고장 예측"}, "problem": {"멈춤이 잦다"},
		"approach": {"진동 자료를 학습한다"}, "technologies": {"things", "learning"}, "effects": {"가동률 향상"}, "budget": {"300000000"}, "sector": {""},
	}
}

// drafted is the path of a task that was drafted through the page.
func (w workshop) drafted(kim *browser) string {
	w.t.Helper()
	if got := kim.get(w.alliance + "/tasks/new"); got.status != http.StatusOK || !strings.Contains(got.body, "인공지능 기술군") {
		w.t.Fatalf("the form: %d %s", got.status, got.body)
	}
	got := kim.post(w.alliance+"/tasks", w.entry())
	path, _, ok := strings.Cut(got.to, "/edit")
	if !ok {
		w.t.Fatalf("drafted: %d %s", got.status, got.body)
	}
	return path
}

func TestATaskThroughThePages(t *testing.T) {
	w := newWorkshop(t)
	kim, lee, judge, staff := w.as("kim"), w.as("lee"), w.as("judge"), w.as("staff")
	path := w.drafted(kim)
	for name, b := range map[string]*browser{"staff": staff, "sherpa": lee, "public": w.browser()} {
		if got := b.get(path); got.status != http.StatusNotFound {
			t.Errorf("%s reads a draft: %d", name, got.status)
		}
	}
	in := w.entry()
	in.Set("version", "1")
	in.Set("_from", path+"/edit")
	in.Set("_form", "task")
	if got := kim.post(path+"/submit", in); strings.Contains(got.to, "done") || !strings.Contains(got.body, "멈춤이 잦다") {
		t.Errorf("submitted without a sector: %d %s", got.status, got.to)
	}
	w.open(in)
	if got := kim.post(path+"/submit", in); got.to != path+"?done=task_submitted" {
		t.Fatalf("submitted: %d %s", got.status, got.body)
	}
	if got := lee.get("/organisations"); !strings.Contains(got.body, "물류로봇 고장 예측 - 과제 추천 검토") {
		t.Errorf("it does not wait for the sherpa: %s", got.body)
	}
	lee.post(path+"/comments", url.Values{"text": {"분과의 공통 문제입니다"}})
	if got := lee.post(path+"/review", url.Values{"version": {"2"}, "recommend": {"true"}, "reason": {"공통 과제"}}); got.to != path+"?done=task_reviewed" {
		t.Fatalf("reviewed: %d %s", got.status, got.body)
	}
	if got := judge.get("/desk"); !strings.Contains(got.body, "과제를 평가해 주십시오.") {
		t.Errorf("it does not wait for the council: %s", got.body)
	}
	w.refined(judge, staff, path)
	if got := staff.get("/tasks"); !strings.Contains(got.body, "위원회 심의") || !strings.Contains(got.body, "물류로봇 고장 예측") {
		t.Errorf("the staff's list: %s", got.body)
	}
	if got := w.browser().get(w.alliance + "/tasks"); !strings.Contains(got.body, "목표 100 중 1") || strings.Contains(got.body, "물류로봇") {
		t.Errorf("what everybody reads: %s", got.body)
	}
}

// open gives the alliance the sector that the task names.
func (w workshop) open(in url.Values) {
	w.t.Helper()
	of := domain.ID(strings.TrimPrefix(w.alliance, "/alliances/"))
	a, err := w.services.Partnering.Show(w.t.Context(), domain.Public(), partnering.ShowInput{Alliance: of})
	hall.Must(w.t, err)
	_, err = w.services.Partnering.Revise(w.t.Context(), w.Secretary(), partnering.ReviseInput{
		Alliance: of, Name: a.Alliance.Name, Sectors: []string{"로봇"}, Version: a.Alliance.Version,
	})
	hall.Must(w.t, err)
	in.Set("sector", "로봇")
}

// refined has the council mark the task and conclude.
func (w workshop) refined(judge, staff *browser, path string) {
	w.t.Helper()
	mark := url.Values{"innovation": {"5"}, "feasibility": {"4"}, "impact": {"9"}, "remark": {"자료 표준을 더할 것"}, "_from": {path}, "_form": {"mark"}}
	if got := judge.post(path+"/mark", mark); !strings.Contains(got.body, "1점부터 5점까지") || !strings.Contains(got.body, "자료 표준을 더할 것") {
		w.t.Errorf("nine points: %d %s", got.status, got.body)
	}
	if got := staff.get(path); strings.Contains(got.body, "자료 표준") || !strings.Contains(got.body, "평가 0명") {
		w.t.Errorf("the staff reads marks: %s", got.body)
	}
	mark.Set("impact", "4")
	if got := judge.post(path+"/mark", mark); got.to != path+"?done=task_marked" {
		w.t.Fatalf("marked: %d %s", got.status, got.body)
	}
	if got := staff.post(path+"/conclude", url.Values{"version": {"3"}}); got.to != path+"?done=task_concluded" {
		w.t.Fatalf("concluded: %d %s", got.status, got.body)
	}
	if got := staff.get(path); !strings.Contains(got.body, "평균 88.000점") && !strings.Contains(got.body, "평균 88점") {
		w.t.Errorf("the mean: %s", got.body)
	}
}
