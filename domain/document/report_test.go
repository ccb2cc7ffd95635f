package document_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/committee"
	"secretariat/domain/document"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/internal/canonical"
)

// at is a time on the day of the meeting.
func at(hour, minute int) time.Time { return time.Date(2026, 12, 15, hour-9, minute, 0, 0, time.UTC) }

// plenum is a meeting of a committee of fifteen, twelve of them there, three of those recused for the one item.
func plenum(t *testing.T) minutes.Facts {
	r, err := library().Resolve("seoul-dx-draft", "2026-12-01")
	if err != nil {
		t.Fatal(err)
	}
	noticed, opened, warned, adjourned := at(10, 0).AddDate(0, 0, -20), at(14, 0), at(14, 1), at(15, 0)
	tabled, decided := at(14, 5), at(14, 40)
	f := minutes.Facts{
		Committee: committee.Committee{ID: "committee", Name: "디지털전환위원회", OwningDepartment: "디지털전환과"}, Rules: r,
		Meeting: meeting.Meeting{
			ID: "meeting", Committee: "committee", Number: 3, Title: "정기회의", Mode: meeting.InPerson, State: meeting.Adjourned,
			StartsAt: opened, Place: "대회의실", Public: true, NoticedAt: &noticed, ConvenedAt: &noticed, PresidedBy: "m01",
			OpenedAt: &opened, WarnedAt: &warned, AdjournedAt: &adjourned, Rules: r.Hash(),
		},
		Items: []meeting.Item{{
			ID: "item", Meeting: "meeting", Position: 1, Number: "의안 제2026-3호", Kind: meeting.Resolution,
			Subject: meeting.SubjectPlan, Title: "산업 디지털 전환 3개년 기본계획(안)", Proposer: "디지털전환과",
			Proposal: "기본계획을 수립한다.", State: meeting.Decided, Outcome: meeting.ApprovedAsProposed,
			OutcomeText: "기본계획을 수립한다.", DecidedBallot: "ballot", TabledAt: &tabled, DecidedAt: &decided,
		}},
		Statements: []meeting.Statement{{ID: "s", Meeting: "meeting", Speaker: "간사", Text: "성원을 보고합니다.", At: warned}},
	}
	for n := 1; n <= 15; n++ {
		seat(&f, n, opened, adjourned)
	}
	event := func(kind string, item domain.ID, when time.Time) {
		f.Events = append(f.Events, meeting.Event{ID: domain.ID(fmt.Sprint(len(f.Events))), Item: item, Kind: kind, At: when})
	}
	event(meeting.EventOpen, "", opened)
	event(meeting.EventWarn, "", warned)
	event(meeting.EventTable, "item", tabled)
	for _, rec := range f.Recusals {
		event(meeting.EventRecusal, "item", rec.At)
	}
	f.Ballots = []minutes.Count{vote(f, decided)}
	event(meeting.EventVote, "item", f.Ballots[0].Ballot.OpenedAt)
	event(meeting.EventResult, "item", decided)
	event(meeting.EventAdjourn, "", adjourned)
	return f
}

func member(n int) domain.ID { return domain.ID(fmt.Sprintf("m%02d", n)) }

func seat(f *minutes.Facts, n int, in, out time.Time) {
	s := committee.Seated{
		Seat:   committee.Seat{Number: n, Kind: committee.Appointed, Role: committee.RoleMember},
		Member: &committee.Member{ID: member(n), Name: fmt.Sprintf("위원%02d", n), From: "2026-01-01"},
	}
	if n == 1 {
		s.Seat.Role = committee.RoleChair
	}
	f.Roster = append(f.Roster, s)
	if n <= 12 {
		f.Presences = append(f.Presences, meeting.Presence{
			Member: member(n), Via: meeting.ViaRoom, InAt: in.Add(-time.Minute), OutAt: &out,
		})
	}
	if n >= 10 && n <= 12 {
		f.Recusals = append(f.Recusals, meeting.Recusal{
			ID: member(n) + "r", Meeting: "meeting", Item: "item", Member: member(n), Kind: meeting.MandatoryRecusal,
			Ground: "organisation_interest", State: meeting.RecusalInForce, At: at(14, 6),
		})
	}
}

// vote is seven for, one against, one abstention.
func vote(f minutes.Facts, closed time.Time) minutes.Count {
	c := minutes.Count{Ballot: ballot.Ballot{
		ID: "ballot", Meeting: "meeting", Item: "item", Purpose: ballot.MainMotion, Method: ballot.Named,
		Question: f.Items[0].Name() + " 안건", State: ballot.Open, OpenedAt: at(14, 30), Serving: 15, Present: 12, Recused: 3,
		Excluded: []domain.ID{member(10), member(11), member(12)},
	}}
	choices := slices.Concat(slices.Repeat([]ballot.Choice{ballot.Yes}, 7), []ballot.Choice{ballot.No, ballot.Abstain})
	for n, choice := range choices {
		m := member(n + 1)
		c.Roll = append(c.Roll, ballot.RollEntry{Ballot: "ballot", Member: m, Name: fmt.Sprintf("위원%02d", n+1)})
		c.Voted = append(c.Voted, ballot.Participation{Ballot: "ballot", Member: m, At: at(14, 31)})
		c.Votes = append(c.Votes, ballot.Vote{Ballot: "ballot", Member: m, Choice: choice})
	}
	rule := ballot.RuleOf(f.Rules, ballot.MainMotion)
	r := ballot.Count(rule, ballot.Attendance{Serving: 15, Present: 12, Recused: 3}, choices, "")
	_ = c.Ballot.Finish(r, closed)
	return c
}

// TestSum holds the arithmetic to the words in which documents print it.
func TestSum(t *testing.T) {
	r := *plenum(t).Ballots[0].Ballot.Result
	if got, want := document.Sum(r), "재적 15 · 출석 12 · 제척 3 · 의결 대상 9 · 필요 5 · 찬성 7 · 반대 1 · 기권 1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	want := []string{
		"의사정족수: 재적 15명의 과반수 → 필요 8명, 출석 12명 ≥ 8명, 성원 (" + r.Rule.QuorumBasis + ")",
		"의결정족수: 의결 대상 9명(출석 12명 − 제척 3명)의 과반수 → 필요 5명, 찬성 7명 ≥ 5명, 가결 (" + r.Rule.MajorityBasis + ")",
	}
	if got := document.Reasoning(r); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestReport holds the lines people read to their wording: what holds, what does not with both numbers, and what is
// withheld.
func TestReport(t *testing.T) {
	d := document.Dossier{Facts: plenum(t)}
	x := minutes.Decisions(d.Facts)[0]
	x.ID, x.Number, x.IssuedAt = "decision", "디지털전환위원회 의결 제2026-3호", at(16, 0)
	x.Hash = hash(x)
	d.Decisions = []minutes.Decision{x}
	r, err := d.Record(nil, canonical.JSON)
	if err != nil {
		t.Fatal(err)
	}
	good := document.Report{Checks: document.Verify(r, canonical.JSON)}
	if !good.OK() {
		t.Errorf("a good record: %q", good.Lines())
	}
	r.Ballots[0].Result.Yes, r.Ballots[0].Result.No = 6, 2
	late := at(14, 0).AddDate(0, 0, -10)
	r.Meeting.NoticedAt = &late
	bad := document.Report{Checks: document.Verify(r, canonical.JSON)}
	lines := bad.Lines()
	for _, want := range []string{
		"[맞음] 의사정족수(개의) — 2026. 12. 15.(화) 14:00:00: 재적 15 · 출석 12 · 필요 8 / 8명 이상 출석 (근거: 가칭 조례안(4IR조례 11②, 울산조례 9③))",
		"[지키지 못함] 소집 통지: 통지 2026. 12. 5.(토), 회의 2026. 12. 15.(화)(10일 전) / 15일 전까지: 2026. 11. 30.(월) (근거: 위원회조례 10①)",
		"[맞지 않음] 표결 결과 — 의안 제2026-3호 제1표결(원안): 기록에는 " +
			"재적 15 · 출석 12 · 제척 3 · 의결 대상 9 · 필요 5 · 찬성 6 · 반대 2 · 기권 1 → 가결 [정족수 출석 12, 필요 8, 성원; 기준 9, 미투표 0], " +
			"다시 계산하면 " +
			"재적 15 · 출석 12 · 제척 3 · 의결 대상 9 · 필요 5 · 찬성 7 · 반대 1 · 기권 1 → 가결 [정족수 출석 12, 필요 8, 성원; 기준 9, 미투표 0]" +
			" (근거: 가칭 조례안(4IR조례 11②, 울산조례 9③))",
	} {
		if !slices.Contains(lines, want) {
			t.Errorf("missing %q in %q", want, lines)
		}
	}
	if last := lines[len(lines)-1]; last != fmt.Sprintf("확인 %d건: 맞음 %d, 맞지 않음 3, 지키지 못함 1, 비공개로 확인할 수 없음 0",
		len(bad.Checks), len(bad.Checks)-4) {
		t.Error(last)
	}
}

// TestHostile holds that records which are empty in places are told to be wrong and break nothing.
func TestHostile(t *testing.T) {
	whole, err := document.Dossier{Facts: plenum(t)}.Record(nil, canonical.JSON)
	if err != nil {
		t.Fatal(err)
	}
	for what, spoil := range map[string]func(*document.Record){
		"everything": func(r *document.Record) { *r = document.Record{Schema: document.SchemaRecord} },
		"rules":      func(r *document.Record) { r.Rules.Entries = r.Rules.Entries[:3] },
		"roster":     func(r *document.Record) { r.Roster = nil },
		"presences":  func(r *document.Record) { r.Presences = nil },
		"items":      func(r *document.Record) { r.Items = nil },
		"the result": func(r *document.Record) { r.Ballots[0].Result = ballot.Result{} },
		"the votes":  func(r *document.Record) { r.Ballots[0].Votes = nil },
		"the roll":   func(r *document.Record) { r.Ballots[0].Roll = nil },
		"the minutes": func(r *document.Record) {
			r.Minutes, r.Filing = &document.MinutesRecord{}, &document.RecordFiling{}
		},
		"a decision":  func(r *document.Record) { r.Decisions = []document.DecisionRecord{{}} },
		"the meeting": func(r *document.Record) { r.Meeting = document.RecordMeeting{RulesHash: r.Meeting.RulesHash} },
	} {
		r := whole
		r.Ballots = slices.Clone(whole.Ballots)
		spoil(&r)
		if r, err = r.Sealed(canonical.JSON); err != nil {
			t.Fatal(err)
		}
		if (document.Report{Checks: document.Verify(r, canonical.JSON)}).OK() {
			t.Errorf("a record without %s passes", what)
		}
	}
}
