package pipeline_test

import (
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"secretariat/domain"
	"secretariat/domain/calendar"
	. "secretariat/domain/pipeline"
	"secretariat/domain/policy"
	"secretariat/policies"
)

func rules(t testing.TB) policy.Rules {
	t.Helper()
	lib, err := policies.Load("")
	if err != nil {
		t.Fatal(err)
	}
	r, err := lib.Resolve("seoul-dx-draft", "2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// with gives rules other values, in the order of the entries.
func with(r policy.Rules, values map[string]string) policy.Rules {
	r.Entries = slices.Clone(r.Entries)
	for i, e := range r.Entries {
		if v, ok := values[e.Key]; ok {
			r.Entries[i].Value = v
		}
	}
	return r
}

var noon = time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)

// naiveScore is the mean as a fraction, member by member.
func naiveScore(marks []Mark, members []domain.ID, w Weights) (mean *big.Rat, given, free int) {
	sum := new(big.Rat)
	for _, member := range members {
		free++
		for _, m := range marks {
			if m.Account != member {
				continue
			}
			if m.Aside != "" {
				free--
				continue
			}
			given++
			weights := int64(w.Innovation + w.Feasibility + w.Impact)
			for _, c := range [][2]int{{w.Innovation, m.Innovation}, {w.Feasibility, m.Feasibility}, {w.Impact, m.Impact}} {
				part := big.NewRat(int64(c[0]), weights)
				part.Mul(part, big.NewRat(int64(c[1]), int64(w.Points)))
				sum.Add(sum, part.Mul(part, big.NewRat(100, 1)))
			}
		}
	}
	if given > 0 {
		sum.Quo(sum, big.NewRat(int64(given), 1))
	}
	return sum, given, free
}

func TestTheScoreIsTheMeanOfTheMarksThatCount(t *testing.T) {
	base := rules(t)
	rapid.Check(t, func(t *rapid.T) {
		members := []domain.ID{"a", "b", "c", "d", "e", "f", "g"}[:rapid.IntRange(0, 7).Draw(t, "members")]
		weight := func(name string) string { return rapid.SampledFrom([]string{"1", "7", "30", "33", "40"}).Draw(t, name) }
		r := with(base, map[string]string{
			"task.mark.innovation": weight("innovation"), "task.mark.feasibility": weight("feasibility"), "task.mark.impact": weight("impact"),
			"task.mark.points": rapid.SampledFrom([]string{"3", "5", "7", "10"}).Draw(t, "points"),
		})
		w := WeightsOf(r)
		var marks []Mark
		for _, who := range []domain.ID{"a", "b", "c", "d", "e", "f", "g", "stranger"} {
			if rapid.Bool().Draw(t, "gives") {
				point := func() int { return rapid.IntRange(1, w.Points).Draw(t, "point") }
				m := Mark{Account: who, Innovation: point(), Feasibility: point(), Impact: point()}
				if rapid.IntRange(0, 3).Draw(t, "aside") == 0 {
					m.Aside = "자문한 적이 있음"
				}
				marks = append(marks, m)
			}
		}
		got := ScoreOf(marks, members, r)
		mean, given, free := naiveScore(marks, members, w)
		thousandth := new(big.Rat).Mul(mean, big.NewRat(1000, 1))
		half := new(big.Rat).Add(thousandth, big.NewRat(1, 2))
		want := new(big.Int).Div(half.Num(), half.Denom()).Int64()
		if got.Thousandths != want || got.Marks != given || got.Members != free {
			t.Fatalf("%+v, want %d of %d/%d", got, want, given, free)
		}
		if passed := given > 0 && mean.Cmp(big.NewRat(int64(w.Least), 1)) >= 0; got.Passed != passed {
			t.Fatalf("%+v with a mean of %s", got, mean)
		}
		if enough := given > 0 && 2*given > free; got.Enough != enough {
			t.Fatalf("%+v: enough %v", got, enough)
		}
	})
}

func TestMarksStayWithinTheirPoints(t *testing.T) {
	var p domain.Problems
	Mark{Innovation: 0, Feasibility: 6, Impact: 5}.Check(&p, rules(t))
	if err := p.Err(); err == nil || !strings.Contains(err.Error(), "innovation") || strings.Contains(err.Error(), "impact=") {
		t.Errorf("%v", err)
	}
	var none domain.Problems
	if (Mark{Aside: "제안기관의 자문위원"}).Check(&none, rules(t)); none.Err() != nil {
		t.Error(none.Err())
	}
}

// naiveCount goes through the tasks once for each number.
func naiveCount(all []Dates, founded calendar.Date, r policy.Rules) (three, first int) {
	for _, d := range all {
		if d.FoundAt == nil {
			continue
		}
		day := calendar.DateOf(*d.FoundAt)
		if day < founded.AddYears(policy.TargetYears.Of(r)) {
			three++
		}
		if day < founded.AddYears(1) {
			first++
		}
	}
	return three, first
}

func TestCountersCountWhatWasFoundInTime(t *testing.T) {
	r := rules(t)
	rapid.Check(t, func(t *rapid.T) {
		founded := calendar.Date("2026-03-02").AddDays(rapid.IntRange(0, 400).Draw(t, "founded"))
		var all []Dates
		counts := [5]int{}
		for range rapid.IntRange(0, 20).Draw(t, "tasks") {
			steps := rapid.IntRange(0, 5).Draw(t, "steps")
			at := founded.AddDays(rapid.IntRange(0, 1500).Draw(t, "day")).Time()
			var d Dates
			for n, to := range []**time.Time{&d.SubmittedAt, &d.FoundAt, &d.RefinedAt, &d.SelectedAt, &d.FinishedAt} {
				if n < steps {
					*to = &at
					counts[n]++
				}
			}
			all = append(all, d)
		}
		got := CountTasks(all, 6, founded, r)
		three, first := naiveCount(all, founded, r)
		if got.Tasks.Count != three || got.FirstYear.Count != first || got.Divisions.Count != 6 {
			t.Fatalf("%+v, want %d and %d", got, three, first)
		}
		if [5]int{got.Proposed, got.Found, got.Refined, got.Selected, got.Finished} != counts {
			t.Fatalf("%+v, want %v", got, counts)
		}
		if got.Tasks.Target != 100 || got.FirstYear.Target != 20 || got.Divisions.Target != 10 || got.Tasks.Basis == "" {
			t.Fatalf("targets %+v", got)
		}
	})
}

func TestPercentNeverSaysReachedBeforeItIs(t *testing.T) {
	for _, x := range []struct{ count, target, want int }{{0, 10, 0}, {6, 10, 60}, {199, 200, 99}, {10, 10, 100}, {30, 20, 100}, {0, 0, 100}} {
		if got := (Counter{Count: x.count, Target: x.target}).Percent(); got != x.want {
			t.Errorf("%d of %d: %d", x.count, x.target, got)
		}
	}
}

func proposal() Proposal {
	return Proposal{
		Title: "물류로봇 데이터 공유", Problem: "문제", Approach: "방법", Technologies: []Technology{Things}, Sector: "로봇", Effects: "효과",
	}
}

func TestATaskPassesItsGatesInOrder(t *testing.T) {
	task := Task{State: Draft, Proposal: proposal()}
	task, err := task.Submit("kim", noon)
	if err != nil || task.State != Discussing || task.Round != 1 {
		t.Fatalf("%+v %v", task, err)
	}
	if _, err := task.Submit("lee", noon); domain.KeyOf(err) != "task.submitted" {
		t.Errorf("submitted twice: %v", err)
	}
	back, _ := task.Return(GateDivision, "보완", noon)
	if again, _ := back.Submit("kim", noon); again.State != Discussing || again.Round != 2 {
		t.Errorf("from the division: %+v", again)
	}
	task, _ = task.Recommend("sherpa", "추천", noon)
	if _, err := task.Conclude(Score{Marks: 1, Needed: 2}, "", noon); domain.KeyOf(err) != "task.marks_missing" {
		t.Errorf("without marks: %v", err)
	}
	weak, _ := task.Conclude(Score{Marks: 2, Needed: 2, Enough: true, Thousandths: 60_000}, "더 다듬을 것", noon)
	if weak.State != Returned || weak.ReturnedBy != GateCouncil || weak.Score != 60_000 {
		t.Errorf("too few points: %+v", weak)
	}
	if again, _ := weak.Submit("kim", noon); again.State != Refining || again.Round != 2 {
		t.Errorf("from the council: %+v", again)
	}
	task, _ = task.Conclude(Score{Marks: 2, Needed: 2, Enough: true, Passed: true, Thousandths: 80_000}, "", noon)
	task, err = task.Table("item")
	if err != nil || task.State != Tabling {
		t.Fatalf("%+v %v", task, err)
	}
	decided(t, task)
}

func decided(t *testing.T, task Task) {
	t.Helper()
	for v, want := range map[Verdict]State{VerdictSelected: Spreading, VerdictDeclined: Declined, VerdictDeferred: Tabling, VerdictReturned: Returned} {
		got, err := task.Decide(v, "d", "과-1", "사유", false, noon)
		if err != nil || got.State != want || got.Published() != (v == VerdictSelected) || (got.Item != "") == (v == VerdictDeferred || v == VerdictReturned) {
			t.Errorf("%s: %+v %v", v, got, err)
		}
	}
	secret, _ := task.Decide(VerdictSelected, "d", "과-1", "", true, noon)
	if secret.Published() {
		t.Error("what was decided in confidence is published")
	}
	if _, err := secret.Finish(0, noon); domain.KeyOf(err) != "task.no_report" {
		t.Errorf("finished without a report: %v", err)
	}
	if _, err := secret.Withdraw("사유", noon); domain.KeyOf(err) != "task.over" {
		t.Errorf("withdrawn after the decision: %v", err)
	}
	if done, err := secret.Finish(1, noon); err != nil || !done.Over() {
		t.Errorf("%+v %v", done, err)
	}
}

func TestWhoHasToDoWithATaskIsRecusedAtEveryGate(t *testing.T) {
	all := Interests{{"robot", "(주)한강로보틱스", RoleProposer}, {"uni", "서울대학교", RolePartner}, {"assoc", "로봇협회", RoleSherpa}}
	for _, x := range []struct {
		name  string
		party Party
		at    Gate
		role  Role
	}{
		{"acts for the proposer", Party{Organisations: []domain.ID{"other", "robot"}}, GateDivision, RoleProposer},
		{"employed by the proposer", Party{Employer: "한강로보틱스 주식회사"}, GateCouncil, RoleProposer},
		{"of a partner", Party{Employer: "서울 대학교"}, GateCommittee, RolePartner},
		{"the sherpa recommends", Party{Organisations: []domain.ID{"assoc"}}, GateDivision, ""},
		{"the sherpa marks", Party{Organisations: []domain.ID{"assoc"}}, GateCouncil, RoleSherpa},
		{"the sherpa votes", Party{Employer: "로봇협회"}, GateCommittee, RoleSherpa},
		{"somebody else", Party{Organisations: []domain.ID{"bank"}, Employer: "은행"}, GateCouncil, ""},
		{"nobody's employee", Party{}, GateCommittee, ""},
	} {
		why, found := all.At(x.at).Against(x.party)
		if found != (x.role != "") || why.Role != x.role {
			t.Errorf("%s: %+v %v", x.name, why, found)
		}
	}
}

func TestEveryTechnologyIsInOneGroup(t *testing.T) {
	all := Technologies()
	if slices.Sort(all); len(all) != 8 || len(slices.Compact(all)) != 8 || len(Groups()) != 4 {
		t.Errorf("%v", all)
	}
}

func TestWhatIsMissingIsToldAtOnce(t *testing.T) {
	var p domain.Problems
	Proposal{Title: "가", Sector: "조선", Technologies: []Technology{"magic"}, Budget: -1, Partners: make([]domain.ID, 21)}.Check(&p, []string{"로봇"})
	e, _ := p.Err().(*domain.Error)
	if e == nil || len(e.Fields) != 4 {
		t.Errorf("%v", p.Err())
	}
	var q domain.Problems
	Proposal{Title: "가"}.Complete(&q)
	if e, _ = q.Err().(*domain.Error); e == nil || len(e.Fields) != 5 {
		t.Errorf("%v", q.Err())
	}
	var none domain.Problems
	full := proposal()
	full.Check(&none, []string{"로봇"})
	if full.Complete(&none); none.Err() != nil {
		t.Error(none.Err())
	}
}

func TestLettersGoToThoseAloneWhoAreWaitedFor(t *testing.T) {
	r := rules(t)
	post := Post{Task: Task{ID: "t", State: Discussing, GateAt: &noon}, Waits: []domain.ID{"a", "b"}, Proposer: []domain.ID{"p"}, Now: noon}
	expect := func(day int, want ...string) {
		t.Helper()
		post.Now = noon.AddDate(0, 0, day)
		var got []string
		for _, l := range post.Letters(r) {
			got = append(got, string(l.To)+" "+string(l.Kind))
			l.SentAt = post.Now
			post.Sent = append(post.Sent, l)
		}
		if !slices.Equal(got, want) {
			t.Errorf("day %d: %v, want %v", day, got, want)
		}
	}
	expect(0, "a ask", "b ask")
	expect(3)
	if next, ok := post.Next(r); !ok || calendar.DateOf(next) != "2026-11-30" {
		t.Errorf("next reminder %v %v", next, ok)
	}
	post.Waits = []domain.ID{"b"}
	expect(7, "b remind")
	expect(8)
	expect(13, "b remind")
	later := noon.AddDate(0, 0, 14)
	post.Task.State, post.Task.GateAt, post.Waits = Refining, &later, []domain.ID{"m"}
	expect(14, "p tell", "m ask")
	expect(14)
	over := noon.AddDate(0, 0, 20)
	post.Task.State, post.Task.GateAt, post.Waits = Finished, &over, nil
	expect(20, "p tell")
	if _, ok := post.Next(r); ok {
		t.Error("a reminder after the end")
	}
}

func TestEveryGateHasItsDay(t *testing.T) {
	r := rules(t)
	for state, want := range map[State]calendar.Date{
		Discussing: "2026-12-07", Refining: "2026-12-14", Tabling: "2027-01-22", Returned: "2026-12-23", Spreading: "2026-12-23", Finished: "", Draft: "",
	} {
		got, basis, ok := Task{State: state, GateAt: &noon}.Due(nil, r)
		if got != want || ok != (want != "") || ok && basis == "" {
			t.Errorf("%s: %s %q %v", state, got, basis, ok)
		}
	}
	handed, last := noon.AddDate(0, 0, 10), noon.AddDate(0, 0, 40)
	task := Task{State: Spreading, GateAt: &noon, HandedAt: &handed}
	if got, _, _ := task.Due(nil, r); got != "2027-03-03" {
		t.Errorf("first report: %s", got)
	}
	if got, _, _ := task.Due(&last, r); got != "2027-04-02" {
		t.Errorf("next report: %s", got)
	}
}

func TestReportsAddUp(t *testing.T) {
	all := []Report{{Adopters: 3, Events: 1, Participants: 40, Spent: 5, Text: "a"}, {Adopters: 2, Participants: 10, Text: "b"}}
	if got := SpreadOf(all); got != (Spread{2, 5, 1, 50, 5}) {
		t.Errorf("%+v", got)
	}
	var p domain.Problems
	Report{Adopters: -1, Spent: MaxBudget + 1}.Check(&p)
	if e, _ := p.Err().(*domain.Error); e == nil || len(e.Fields) != 3 {
		t.Errorf("%v", p.Err())
	}
}
