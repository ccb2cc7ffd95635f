package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/committee"
	"secretariat/domain/identity"
	"secretariat/domain/meeting"
	"secretariat/internal/testkit"
	"secretariat/internal/testkit/hall"
	"secretariat/service/balloting"
	"secretariat/service/presiding"
	"secretariat/store"
)

// office is a committee in a meeting with its pages and everybody who may look at them, each by the name of a role.
type office struct {
	*hall.Hall
	*site
}

func newOffice(t *testing.T, options ...hall.Option) office {
	t.Helper()
	h := hall.New(t, hall.SQLite(t), append([]hall.Option{hall.Members(5)}, options...)...)
	who := people{
		"person": {ID: "person", Kind: domain.ActorPerson}, "member": h.Person(3), "chair": h.Person(1),
		"clerk": testkit.Clerk(hall.Committee), "secretary": h.Secretary(), "admin": testkit.Admin(),
		"auditor": {ID: "auditor", Kind: domain.ActorPerson, Auditor: true}, "other": testkit.Secretary("other"),
	}
	hall.Must(t, h.DB.Exec(t.Context(), "UPDATE seats SET post = '정무부시장' WHERE id = 'seat-01'"))
	hall.Must(t, h.DB.InTx(t.Context(), func(tx *store.Tx) error {
		seen := map[domain.ID]bool{}
		for role, by := range who {
			if !seen[by.ID] {
				seen[by.ID] = true
				if err := tx.AddAccount(t.Context(), account(by.ID, role)); err != nil {
					return err
				}
			}
		}
		return tx.AddAccount(t.Context(), account("newcomer", "newcomer"))
	}))
	return office{h, serve(t, h.DB.DB, h.Clock, who)}
}

func account(id domain.ID, role string) identity.Account {
	if role == "other" {
		role = "secretary"
	}
	return identity.Account{ID: id, Email: role + "@example.kr", Name: "계정 " + role, Version: 1}
}

// opens fails the test unless exactly these roles get the page; who is not signed in is asked to sign in.
func (o office) opens(path string, roles ...string) {
	o.t.Helper()
	for _, role := range []string{"", "person", "member", "clerk", "secretary", "chair", "admin", "auditor", "other"} {
		b, want := o.browser(), http.StatusForbidden
		if role == "" {
			want = http.StatusSeeOther
		} else {
			b = o.as(role)
		}
		for _, r := range roles {
			if r == role || r == "anyone" || r == "signed-in" && role != "" {
				want = http.StatusOK
			}
		}
		if got := b.get(path); got.status != want {
			o.t.Errorf("%s as %q: %d, want %d\n%s", path, role, got.status, want, got.body)
		}
	}
}

// TestWhoOpensTheRegisters goes through every page as everybody.
func TestWhoOpensTheRegisters(t *testing.T) {
	o := newOffice(t)
	at := "/committees/" + string(hall.Committee)
	o.opens(at+"/seats", "clerk", "secretary", "chair", "admin", "auditor")
	o.opens(at+"/seats/seat-02", "clerk", "secretary", "chair", "admin", "auditor")
	o.opens(at+"/foresight?seat=seat-02&holder=female", "clerk", "secretary", "chair", "admin", "auditor")
	o.opens(at+"/attendance", "clerk", "secretary", "chair", "auditor")
	o.opens(at+"/members/member-03/history", "clerk", "secretary", "member")
	o.opens(at+"/edit", "secretary", "admin")
	o.opens("/committees/new", "admin")
	o.opens("/audit", "admin", "auditor")
	o.opens("/calendar", "anyone")
	o.opens("/desk/history", "signed-in")
}

// TestLinksLeadWhereOneMayGo holds for the menu and the page of a committee.
func TestLinksLeadWhereOneMayGo(t *testing.T) {
	o := newOffice(t)
	at := "/committees/" + string(hall.Committee)
	for role, want := range map[string][]string{
		"member": {}, "person": {}, "clerk": {at + "/seats", at + "/attendance"}, "auditor": {at + "/seats", "/audit"},
		"secretary": {at + "/seats", at + "/edit"}, "admin": {at + "/seats", at + "/edit", "/audit"},
	} {
		got := o.as(role).get(at)
		for _, link := range []string{at + "/seats", at + "/attendance", at + "/edit", "/audit"} {
			shown := strings.Contains(got.body, `href="`+link+`"`)
			if led := o.as(role).get(link).status == http.StatusOK; shown != led {
				t.Errorf("%s: %s is shown: %t, opens: %t", role, link, shown, led)
			}
		}
		for _, link := range want {
			if !strings.Contains(got.body, `href="`+link+`"`) {
				t.Errorf("%s does not see %s", role, link)
			}
		}
	}
}

// form is what a form sends, with the page it stands on.
func form(id, from string, pairs ...string) url.Values {
	out := url.Values{"_form": {id}, "_from": {from}, "_key": {id + from + fmt.Sprint(pairs)}}
	for i := 0; i+1 < len(pairs); i += 2 {
		out.Set(pairs[i], pairs[i+1])
	}
	return out
}

// TestASeatIsFilledAndVacated by the secretary through the pages, with the input kept when something is wrong.
func TestASeatIsFilledAndVacated(t *testing.T) {
	o := newOffice(t)
	at, by := "/committees/"+string(hall.Committee)+"/seats", o.as("secretary")
	wrong := by.post(at, form("seat", at, "number", "6", "kind", "ex_officio", "role", "member", "field", "양자정보"))
	if wrong.status != 422 || !strings.Contains(wrong.body, `value="양자정보"`) || !strings.Contains(wrong.body, "seat-post-wrong") {
		t.Errorf("a seat without its post: %d %s", wrong.status, wrong.body)
	}
	made := by.post(at, form("seat", at, "number", "6", "kind", "appointed", "role", "member", "field", "양자정보"))
	if made.to != at+"?done=seat_added" {
		t.Fatalf("added: %d %s %s", made.status, made.to, made.body)
	}
	seat := o.seatNumber(6)
	page := at + "/" + string(seat)
	if got := by.get(page); !strings.Contains(got.body, "계정 newcomer (newcomer@example.kr)") {
		t.Errorf("whom to appoint is not offered: %s", got.body)
	}
	fields := []string{"person", "newcomer", "organisation", "기업 A", "sex", "female", "from", "2026-11-23"}
	refused := by.post("/seats/"+string(seat)+"/members", form("appoint", page, append(fields, "until", "2031-01-01")...))
	if refused.status != 422 || !strings.Contains(refused.body, `value="기업 A"`) || !strings.Contains(refused.body, "위원회조례 8②") {
		t.Errorf("too long a term: %d %s", refused.status, refused.body)
	}
	done := by.post("/seats/"+string(seat)+"/members", form("appoint", page, fields...))
	if done.to != page+"?done=appointed_warned" {
		t.Fatalf("appointed: %d %s %s", done.status, done.to, done.body)
	}
	o.Clock.Advance(48 * time.Hour)
	if got := by.get(page); !strings.Contains(got.body, "기업 A") {
		t.Errorf("the member is not shown: %s", got.body)
	}
	m := o.memberOf(seat)
	ended := by.post("/members/"+string(m.ID)+"/end", form("end", page, "version", "1", "on", "2026-11-24", "ground", "resigned"))
	if ended.status != 422 || !strings.Contains(ended.body, "end-reason-wrong") || !strings.Contains(ended.body, "<details open>") {
		t.Errorf("ended without a reason: %d %s", ended.status, ended.body)
	}
	ended = by.post("/members/"+string(m.ID)+"/end",
		form("end", page, "version", "1", "on", "2026-11-24", "ground", "resigned", "reason", "본인 희망"))
	if ended.to != page+"?done=ended" {
		t.Fatalf("ended: %d %s %s", ended.status, ended.to, ended.body)
	}
	if got := by.get(page); !strings.Contains(got.body, "본인 희망") || !strings.Contains(got.body, "공석") {
		t.Errorf("who sat there is not shown: %s", got.body)
	}
}

func (o office) seatNumber(n int) (id domain.ID) {
	o.t.Helper()
	o.Read(o.t, func(ctx context.Context, tx *store.Tx) error {
		all, err := tx.SeatsIn(ctx, hall.Committee)
		id = all[n-1].ID
		return err
	})
	return id
}

func (o office) memberOf(seat domain.ID) (m committee.Member) {
	o.t.Helper()
	o.Read(o.t, func(ctx context.Context, tx *store.Tx) error {
		all, err := tx.MembersOfSeat(ctx, seat)
		m = all[0]
		return err
	})
	return m
}

// TestWhoMayOnlyReadSeesNoForms on the register: chair, clerk and auditor.
func TestWhoMayOnlyReadSeesNoForms(t *testing.T) {
	o := newOffice(t)
	at := "/committees/" + string(hall.Committee) + "/seats"
	for _, role := range []string{"chair", "clerk", "auditor"} {
		for _, path := range []string{at, at + "/seat-02"} {
			if got := o.as(role).get(path).body; strings.Contains(got, `action="/seats/`) ||
				strings.Contains(got, `action="/members/`) || strings.Contains(got, `action="`+at+`"`) {
				t.Errorf("%s is offered a form on %s", role, path)
			}
		}
		got := o.as(role).post("/members/member-02/end", form("end", at, "version", "1", "on", "2026-11-24", "ground", "resigned",
			"reason", "본인 희망"))
		if got.status != http.StatusForbidden {
			t.Errorf("%s ends an appointment: %d", role, got.status)
		}
	}
}

// TestASuppositionChangesNothing and says what would be, before and after.
func TestASuppositionChangesNothing(t *testing.T) {
	o := newOffice(t)
	trail := func() (rows []domain.AuditEntry, all []committee.Member) {
		o.Read(t, func(ctx context.Context, tx *store.Tx) (err error) {
			if rows, err = tx.AuditTrail(ctx, "", "", 0); err != nil {
				return err
			}
			all, err = tx.MembersOf(ctx, hall.Committee)
			return err
		})
		return rows, all
	}
	before, sat := trail()
	at := "/committees/" + string(hall.Committee) + "/foresight"
	for _, holder := range []string{"vacant", "female", "male", "undisclosed"} {
		got := o.as("secretary").get(at + "?seat=seat-02&youth=true&holder=" + holder)
		want := map[string]string{"vacant": "0 / 3 · 0.0%", "female": "1 / 4 · 25.0%"}[holder]
		if got.status != 200 || !strings.Contains(got.body, want) || !strings.Contains(got.body, "가정한 구성") {
			t.Errorf("%s: %d %s", holder, got.status, got.body)
		}
	}
	after, sits := trail()
	if len(before) != len(after) || fmt.Sprint(sat) != fmt.Sprint(sits) {
		t.Error("a supposition was written")
	}
	if got := o.as("secretary").get(at + "?seat=none&holder=vacant"); got.status != http.StatusNotFound {
		t.Errorf("a seat that there is not: %d", got.status)
	}
	if got := o.as("secretary").get(at + "?seat=seat-02&holder=whoever"); got.status != 422 {
		t.Errorf("a holder that there is not: %d", got.status)
	}
}

// held is a meeting that has ended: a named vote, a secret one, a recusal of member 4, and nobody from seat 5.
func held(t *testing.T) office {
	t.Helper()
	o := newOffice(t, hall.Items(
		meeting.Item{Kind: meeting.Resolution, Title: "3개년 기본계획(안)", Proposal: "원안과 같이 의결한다."},
		meeting.Item{Kind: meeting.Resolution, Title: "운영세칙(안)", Proposal: "원안과 같이 의결한다.", SecretBallot: true},
	))
	o.Recuse(t, 4, 1)
	o.Begin(t, 4)
	first := o.Vote(t, balloting.OpenInput{})
	o.Cast(t, first, ballot.Yes, 1, 2)
	o.Cast(t, first, ballot.No, 3, 3)
	o.Close(t, first)
	o.Table(t, 2)
	second := o.Vote(t, balloting.OpenInput{Item: o.Items[1], Method: ballot.Secret})
	o.Cast(t, second, ballot.Abstain, 1, 4)
	o.Close(t, second)
	o.Clock.Advance(time.Minute)
	_, err := o.Presiding.Adjourn(t.Context(), o.Secretary(), presiding.MeetingInput{Meeting: hall.Meeting})
	hall.Must(t, err)
	return o
}

// TestAMemberSeesTheirOwnHistory and staff see it too; a secret vote shows that it was cast and nothing else.
func TestAMemberSeesTheirOwnHistory(t *testing.T) {
	o := held(t)
	mine := o.as("member").get("/desk/history").body
	staffs := o.as("clerk").get("/committees/committee/members/member-03/history").body
	for _, got := range []string{mine, staffs} {
		for _, want := range []string{"1 / 1 · 100.0%", "회의장 출석", "의안 제2026-1호 안건: <b>반대</b>", "의안 제2026-2호 안건: <b>무기명투표 참여</b>"} {
			if !strings.Contains(got, want) {
				t.Errorf("it does not say %q: %s", want, got)
			}
		}
		if strings.Contains(got, "기권") {
			t.Error("the choice of a secret vote is told")
		}
	}
	four := o.as("clerk").get("/committees/committee/members/member-04/history").body
	if !strings.Contains(four, "의안 제2026-1호 제척") || strings.Contains(four, "기본계획(") {
		t.Errorf("a recusal shows otherwise: %s", four)
	}
	if five := o.as("clerk").get("/committees/committee/members/member-05/history").body; !strings.Contains(five, "0 / 1 · 0.0%") {
		t.Errorf("who did not come: %s", five)
	}
	if got := o.as("member").get("/committees/committee/members/member-04/history"); got.status != http.StatusForbidden {
		t.Errorf("a member reads another's history: %d", got.status)
	}
	desk := o.as("member").get("/desk").body
	if !strings.Contains(desk, `href="/desk/history"`) || !strings.Contains(desk, "1 / 1 · 100.0%") {
		t.Errorf("the desk does not tell: %s", desk)
	}
	all := o.as("chair").get("/committees/committee/attendance").body
	if !strings.Contains(all, "4 / 5 · 80.0%") || !strings.Contains(all, "위원회조례 8의2") || strings.Contains(all, "/history\"") {
		t.Errorf("the attendance of all: %s", all)
	}
}

// TestTheTrailIsFilteredInTheAddress and goes on with the filters kept.
func TestTheTrailIsFilteredInTheAddress(t *testing.T) {
	o := held(t)
	by := o.as("auditor")
	got := by.get("/audit?operation=presence.enter").body
	if strings.Count(got, "<code>presence.enter</code>") != 4 || strings.Contains(got, "<code>ballot.cast</code>") ||
		!strings.Contains(got, "출석 기록") || !strings.Contains(got, "일치") || !strings.Contains(got, "계정 member") {
		t.Errorf("entries of one operation: %s", got)
	}
	all := by.get("/audit?committee=committee&lang=en").body
	if !strings.Contains(all, "Cast a vote") || !strings.Contains(all, `href="/ballots/`) {
		t.Errorf("entries of a committee: %s", all)
	}
	if none := by.get("/audit?until=2020-01-01").body; !strings.Contains(none, "No entry fits") {
		t.Errorf("entries of another time: %s", none)
	}
	if got := by.get("/audit?operation=no.such"); got.status != 422 {
		t.Errorf("an operation that there is not: %d", got.status)
	}
}

// TestTheTrailGoesOnWithItsFilters from page to page.
func TestTheTrailGoesOnWithItsFilters(t *testing.T) {
	o := newOffice(t)
	hall.Must(t, o.DB.InTx(t.Context(), func(tx *store.Tx) error {
		for n := range 60 {
			e := domain.AuditEntry{
				ID: domain.ID(fmt.Sprintf("e-%03d", n)), At: o.Clock.Now(), Actor: "system:deliberation",
				ActorKind: domain.ActorSystem, Action: "notice.send", Kind: "letter", Subject: "l", Case: hall.Meeting,
			}
			if err := tx.Audit(t.Context(), e); err != nil {
				return err
			}
		}
		return nil
	}))
	got := o.as("admin").get("/audit?operation=notice.send&committee=committee").body
	next := `/audit?before=e-010&amp;committee=committee&amp;operation=notice.send`
	if strings.Count(got, "<code>notice.send</code>") != 50 || !strings.Contains(got, next) ||
		!strings.Contains(got, "시스템(deliberation)") {
		t.Fatalf("the first page: %s", got)
	}
	last := o.as("admin").get(strings.ReplaceAll(next, "&amp;", "&")).body
	if strings.Count(last, "<code>notice.send</code>") != 10 || strings.Contains(last, "다음") && strings.Contains(last, "before=") {
		t.Errorf("the last page: %s", last)
	}
}

// TestACommitteeIsFoundedRevisedActivatedAndDissolved through the pages.
func TestACommitteeIsFoundedRevisedActivatedAndDissolved(t *testing.T) {
	o := newOffice(t)
	by := o.as("admin")
	fields := []string{
		"code", "youth", "name", "청년위원회", "owningDepartment", "청년과", "legalBasis", "청년조례", "pack", "seoul-general",
		"foundedOn", "2026-11-01", "sunsetOn", "2028-10-31", "plannedMeetings", "4", "charter.purpose", "청년정책 심의",
	}
	wrong := by.post("/committees/new", form("committee", "/committees/new", append(fields, "code", "Not good")...))
	if wrong.status != 422 || !strings.Contains(wrong.body, `value="청년위원회"`) || !strings.Contains(wrong.body, "청년정책 심의</textarea>") {
		t.Errorf("a wrong code: %d %s", wrong.status, wrong.body)
	}
	made := by.post("/committees/new", form("committee", "/committees/new", fields...))
	page, _, ok := strings.Cut(made.to, "?done=founded")
	if !ok {
		t.Fatalf("founded: %d %s %s", made.status, made.to, made.body)
	}
	at := strings.TrimSuffix(page, "/edit")
	if got := by.post(at+"/activate", form("activate", page, "version", "1")); got.status != 422 ||
		!strings.Contains(got.body, "위원회조례 7①") {
		t.Errorf("activated without a charter: %d %s", got.status, got.body)
	}
	for _, h := range []string{"composition", "duration", "disqualification", "convening", "quorum", "chair_powers", "subcommittees"} {
		fields = append(fields, "charter."+h, "제1조에 따른다.")
	}
	revised := by.post(page, form("committee", page, append(fields, "version", "1")...))
	if revised.to != page+"?done=revised_committee" {
		t.Fatalf("revised: %d %s %s", revised.status, revised.to, revised.body)
	}
	by.post(at+"/seats", form("seat", at+"/seats", "number", "1", "kind", "ex_officio", "role", "chair", "post", "부시장"))
	if got := by.post(at+"/activate", form("activate", page, "version", "2")); got.to != at+"/seats?done=activated" {
		t.Fatalf("activated: %d %s %s", got.status, got.to, got.body)
	}
	if got := by.post(at+"/dissolve", form("dissolve", page, "version", "3", "reason", "기능 상실")); got.to != page+"?done=dissolved" {
		t.Fatalf("dissolved: %d %s %s", got.status, got.to, got.body)
	}
	if got := by.get(page).body; !strings.Contains(got, "기능 상실") || strings.Contains(got, `name="version"`) {
		t.Errorf("a dissolved committee has forms: %s", got)
	}
}

// TestDaysOfTheCityAreRegistered by staff and administrators alone.
func TestDaysOfTheCityAreRegistered(t *testing.T) {
	o := newOffice(t)
	in := form("span", "/calendar", "kind", "council", "name", "제330회 정례회", "from", "2026-12-01", "until", "2026-11-01")
	if got := o.as("clerk").post("/calendar", in); got.status != 422 || !strings.Contains(got.body, `value="제330회 정례회"`) {
		t.Errorf("days that end before they begin: %d %s", got.status, got.body)
	}
	in.Set("until", "2026-12-20")
	if got := o.as("clerk").post("/calendar", in); !strings.HasPrefix(got.to, "/calendar?done=span_added&undo=") {
		t.Fatalf("registered: %d %s", got.status, got.body)
	}
	public := o.browser().get("/calendar").body
	if !strings.Contains(public, "제330회 정례회") || strings.Contains(public, `action="/calendar"`) {
		t.Errorf("the public sees %s", public)
	}
	if got := o.as("member").post("/calendar", in); got.status != http.StatusForbidden {
		t.Errorf("a member registers days: %d", got.status)
	}
}
