package web_test

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/meeting"
	"secretariat/internal/testkit/hall"
	"secretariat/service/convening"
	"secretariat/store"
)

// plannedMeeting is a meeting in a month, with one item.
func (o office) plannedMeeting() string {
	o.t.Helper()
	start := o.Clock.Now().AddDate(0, 0, 30)
	plan := meeting.Plan{
		Title: "정기회의", Mode: meeting.InPerson, Place: "3층 대회의실", StartsAt: start, ExpectedEnd: start.Add(2 * time.Hour),
	}
	in := convening.PlanInput{Committee: hall.Committee, Plan: plan}
	m, err := o.services.Convening.Plan(o.t.Context(), o.Secretary(), in)
	hall.Must(o.t, err)
	item := convening.AddItemInput{Meeting: m.ID, Content: meeting.Content{
		Kind: meeting.Resolution, Subject: meeting.SubjectOther, Title: "기본계획(안)", Proposer: "디지털전환과", Proposal: "원안대로",
	}}
	_, err = o.services.Convening.AddItem(o.t.Context(), o.Secretary(), item)
	hall.Must(o.t, err)
	return "/meetings/" + string(m.ID)
}

// goes fails the test unless the form was accepted.
func (o office) goes(a answer, to string) {
	o.t.Helper()
	if a.status != http.StatusSeeOther || !strings.HasPrefix(a.to, to) {
		o.t.Fatalf("got %d to %q, want to %q\n%s", a.status, a.to, to, a.body)
	}
}

// says fails the test unless a page has all of these.
func (o office) says(a answer, wants ...string) {
	o.t.Helper()
	for _, want := range wants {
		if !strings.Contains(a.body, want) {
			o.t.Errorf("%q is missing in\n%s", want, a.body)
		}
	}
}

var choice = regexp.MustCompile(`name="answers\.([^"]+)" value="yes"`)

func TestAPollOfDatesGoesThroughThePages(t *testing.T) {
	o := newOffice(t)
	at := o.plannedMeeting()
	prepare, dates := at+"/prepare", at+"/dates"
	staff, member := o.as("clerk"), o.as("member")
	if got := member.get(dates); got.status != http.StatusNotFound {
		t.Errorf("before anything is asked a member gets %d", got.status)
	}
	o.says(staff.get(prepare), "날짜 후보가 없습니다", `name="dates.2.startsAt"`)
	a := staff.post(dates, form("propose", prepare, "dates.0.startsAt", "2020-01-01T10:00"))
	if a.status != http.StatusUnprocessableEntity {
		t.Errorf("a date that has passed: %d", a.status)
	}
	o.says(a, `id="propose-dates.0.startsAt-wrong"`, "회의 시작이 지난 때")
	a = staff.post(dates, form("propose", prepare,
		"dates.0.startsAt", "2026-12-16T14:00", "dates.1.startsAt", "2026-12-25T14:00", "dates.2.startsAt", ""))
	o.goes(a, prepare+"?done=dates_proposed")

	o.says(member.get("/desk"), `href="`+dates+`"`, "회의 날짜 후보 2개에 응답해 주십시오")
	page := member.get(dates)
	ids := choice.FindAllStringSubmatch(page.body, -1)
	if page.status != http.StatusOK || len(ids) != 2 || strings.Contains(page.body, "출석 예상") {
		t.Fatalf("a member's page: %d %v\n%s", page.status, ids, page.body)
	}
	first, second := ids[0][1], ids[1][1]
	for _, given := range [][]string{{"answers." + first, "no", "answers." + second, "no"}, {"answers." + first, "yes"}} {
		o.goes(member.post(dates+"/answers", form("dates-form", dates, given...)), dates+"?done=dates_answered")
	}
	page = member.get(dates)
	o.says(page, `name="answers.`+first+`" value="yes" checked`)
	if strings.Contains(page.body, `value="no" checked`) {
		t.Error("an answer that was taken back is still shown")
	}
	o.goes(staff.post(strings.TrimSuffix(dates, "/dates")+"/reminders", form("remind-dates", prepare, "about", "dates")), prepare+"?done=reminded#owing-dates")
	got := staff.get(prepare)
	o.says(got, "출석 예상 1 / 필요 3", "재적 5 · 가능 1 · 불가 0 · 미응답 4", ", 5명. ", "부터 다시 알릴 수 있습니다.",
		`<span class="reply yes"><span aria-hidden="true">○</span> 가능</span>`,
		`통지 기한 <b class="portal-day">2026. 12. 1.(화)`, "제1차 회의를 다음과 같이 소집합니다", "기본계획(안)")
	hall.Must(t, o.DB.InTx(t.Context(), func(tx *store.Tx) error {
		return tx.MarkSent(t.Context(), meeting.Letter{
			Meeting: domain.ID(strings.TrimPrefix(at, "/meetings/")), Member: "member-04", Kind: meeting.DateAsk,
			Occasion: "1", Failure: meeting.FailureNoAddress,
		})
	}))
	o.says(staff.get(prepare), `위원 04 <span class="tag bad">`)
	if strings.Contains(got.body, "이 날짜로 정하기") {
		t.Error("a clerk, who may not choose, is offered to")
	}
	chosen := "/dates/" + first + "/choose"
	if a := member.post(chosen, form("dates-form", dates)); a.status != http.StatusNotFound {
		t.Errorf("a member chooses: %d", a.status)
	}
	o.goes(o.as("secretary").post(chosen, form("propose", prepare)), prepare+"?done=date_chosen")
	late := o.as("chair").post("/dates/"+second+"/choose", form("propose", prepare))
	if o.says(late, "이미 정해졌거나 철회된"); late.status != http.StatusConflict {
		t.Errorf("the second to choose: %d", late.status)
	}
	page = member.get(dates)
	o.says(page, "회의 일시가 정해졌습니다: 2026. 12. 16.(수) 14:00")
	if strings.Contains(page.body, dates+"/answers") {
		t.Error("after the choice it can still be answered")
	}
	if strings.Contains(member.get("/desk").body, dates) {
		t.Error("the desk still asks")
	}
}

// TestADayOffIsStruckOut with the reason beside it.
func TestADayOffIsStruckOut(t *testing.T) {
	o := newOffice(t)
	at := o.plannedMeeting()
	off := meeting.Span{ID: "s", Kind: meeting.Holiday, From: "2026-12-25", Until: "2026-12-25", Name: "성탄절"}
	hall.Must(t, o.DB.InTx(t.Context(), func(tx *store.Tx) error { return tx.AddSpan(t.Context(), off) }))
	o.goes(o.as("clerk").post(at+"/dates", form("propose", at+"/prepare", "dates.0.startsAt", "2026-12-25T14:00")), at)
	got := o.as("auditor").get(at + "/prepare")
	o.says(got, "<s>2026. 12. 25.(금) 14:00</s>", "공휴일(성탄절)입니다")
	if strings.Contains(got.body, "후보 철회") || strings.Contains(got.body, "독촉") {
		t.Error("an auditor, who only reads, is offered acts")
	}
}

// TestTheNoticeIsShownForTheMemberChosen: each sees the own agenda, and who may not look at others' is not offered to.
func TestTheNoticeIsShownForTheMemberChosen(t *testing.T) {
	o := newOffice(t)
	at := o.plannedMeeting()
	hall.Must(t, o.DB.InTx(t.Context(), func(tx *store.Tx) error {
		items, err := tx.ItemsOf(t.Context(), domain.ID(strings.TrimPrefix(at, "/meetings/")))
		if err != nil {
			return err
		}
		return recuse(t.Context(), tx, items[0], "member-03")
	}))
	staff := o.as("secretary")
	of := func(member string) string {
		_, letter, _ := strings.Cut(staff.get(at+"/prepare?member="+member).body, `<article class="letter"`)
		return letter
	}
	if got := of("member-02"); !strings.Contains(got, "위원 02 위원님께") || !strings.Contains(got, "기본계획(안)") {
		t.Errorf("for one who is not recused:\n%s", got)
	}
	if got := of("member-03"); !strings.Contains(got, "제척으로 열람할 수 없음") || strings.Contains(got, "기본계획(안)") {
		t.Errorf("for one who is recused:\n%s", got)
	}
	if got := staff.get(at + "/prepare").body; !strings.Contains(got, "제척 위원 03") {
		t.Errorf("who would be recused is not said:\n%s", got)
	}
	chair := o.as("chair").get(at + "/prepare")
	o.says(chair, "위원 01 위원님께", "<b>기본계획(안)</b>")
	for _, not := range []string{`name="member"`, "제척 위원 03", "/edit", `action="/items/`} {
		if strings.Contains(chair.body, not) {
			t.Errorf("the chair's page has %q:\n%s", not, chair.body)
		}
	}
	if got := o.as("chair").get(at + "/prepare?member=member-02"); got.status != http.StatusNotFound {
		t.Errorf("the chair looks at another's notice: %d", got.status)
	}
}

func recuse(ctx context.Context, tx *store.Tx, i meeting.Item, who domain.ID) error {
	return tx.AddRecusal(ctx, meeting.Recusal{
		ID: "r", Meeting: i.Meeting, Item: i.ID, Member: who, Kind: meeting.MandatoryRecusal, Ground: "party",
		State: meeting.RecusalInForce, At: time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC),
	})
}
