package planning_test

import (
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/plan"
	"secretariat/service/planning"
)

func TestWhatAChangeSetMayNotDo(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		must(t, w.revise(plan.Drafted, 0, put(" 1 ", "", plan.Strategy), put("1-1", "1", plan.Programme, firms)))
		late := firms
		late.Targets = []plan.Target{{Year: 2031, Value: 1}}
		for what, changes := range map[string][]plan.Change{
			"twice":          {put("2", "", plan.Strategy), put("2", "", plan.Strategy)},
			"not there":      {{Node: plan.Node{ID: "9"}, Drop: true}},
			"after the plan": {put("1-2", "1", plan.Programme, late)},
			"no code":        {put("<a>", "", plan.Strategy)},
		} {
			if err := w.revise(plan.Drafted, 1, changes...); domain.CodeOf(err) != domain.CodeInvalid {
				t.Errorf("%s: %v", what, err)
			}
		}
		expect(t, "nothing changes", w.revise(plan.Drafted, 1, put("1-1", "1", plan.Programme, firms)), "plan.no_change")
		w.inForce()
		expect(t, "a goal", w.revise(plan.Minor, 1, put("1-1", "1", plan.Programme)), "plan.important")
		expect(t, "a strategy", w.revise(plan.Minor, 1, put("2", "", plan.Strategy)), "plan.important")
		must(t, w.revise(plan.Minor, 1, put("1-1-1", "1-1", plan.Task)))
	})
}

func TestAnEmptyPlanGoesNoFurtherThanItsDraft(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		today := calendar.DateOf(w.h.Clock.Now())
		p, err := w.s.Step(t.Context(), w.staff, planning.StepInput{Plan: w.plan.ID, Step: plan.StepPolicy, Ref: "문서-1", On: today, Version: 1})
		must(t, err)
		earlier := planning.StepInput{Plan: p.ID, Step: plan.StepSurvey, Ref: "문서-2", On: today.AddDays(-1), Version: p.Version}
		_, err = w.s.Step(t.Context(), w.staff, earlier)
		expect(t, "before the step before", err, "plan.step_earlier")
		earlier.On = today
		p, err = w.s.Step(t.Context(), w.staff, earlier)
		must(t, err)
		_, err = w.s.Step(t.Context(), w.staff, planning.StepInput{Plan: p.ID, Step: plan.StepDraft, Ref: "문서-3", On: today, Version: p.Version})
		expect(t, "a draft of nothing", err, "plan.empty")
	})
}

func TestAPlanHasOneSuccessorAfterItsEnd(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		must(t, w.revise(plan.Drafted, 0, put("1", "", plan.Strategy)))
		w.inForce()
		chased := func() (found bool) {
			at, err := w.s.Stand(t.Context(), worker, planning.CaseInput{Plan: w.plan.ID})
			must(t, err)
			for _, d := range at.Deadlines {
				found = found || d.Name == planning.DeadlineSuccessor
			}
			return found
		}
		next := planning.DraftInput{Committee: w.plan.Committee, Title: "다음 계획", Vision: "비전", From: "2029-12-31", Predecessor: w.plan.ID}
		_, err := w.s.Draft(t.Context(), w.staff, next)
		expect(t, "before the end", err, "plan.overlaps")
		lost := next
		lost.Predecessor = "nobody"
		_, err = w.s.Draft(t.Context(), w.staff, lost)
		expect(t, "after none", err, "not_found.plan")
		if !chased() {
			t.Error("nobody is told that the next plan is to be begun")
		}
		next.From = "2030-01-01"
		_, err = w.s.Draft(t.Context(), w.staff, next)
		must(t, err)
		_, err = w.s.Draft(t.Context(), w.staff, next)
		expect(t, "once more", err, "plan.succeeded")
		if chased() {
			t.Error("the successor is waited for though it was begun")
		}
	})
}

// What the public reads of a plan are figures that were confirmed, without whose account wrote them, and a closed review stays
// as it was when the plan goes on.
func TestAReviewIsPublishedWhenItIsClosed(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		n := put("1", "", plan.Strategy, firms)
		n.Node.Budget = []plan.Money{{Year: 2027, Source: "시비", Amount: 1000}}
		must(t, w.revise(plan.Drafted, 0, n))
		w.inForce()
		w.h.Clock.Set(time.Date(2027, 4, 1, 9, 0, 0, 0, calendar.Seoul))
		v, err := w.s.OpenReview(t.Context(), worker, planning.CaseInput{Plan: w.plan.ID})
		must(t, err)
		in := planning.ReportInput{Review: v.ID, Node: "1", Values: map[string]int64{"지원 기업": 50_000}, Evidence: "결과", Committed: 1001, Spent: 500}
		_, err = w.s.Report(t.Context(), w.staff, in)
		expect(t, "more than was allotted", err, "invalid")
		in.Allotted = 2000
		_, err = w.s.Report(t.Context(), w.staff, in)
		must(t, err)
		if got := w.public(); got.Nodes[0].Progress.Points != 0 || len(got.Reviews) != 0 || got.Sets[0].By != "" {
			t.Errorf("before it is closed: %+v", got)
		}
		_, err = w.s.CloseReview(t.Context(), w.staff, planning.CloseInput{Review: v.ID, Version: v.Version})
		must(t, err)
		if got := w.public().Nodes[0]; got.Progress.Points != 5000 || got.Execution.Rate.Points != 2500 {
			t.Errorf("%+v", got)
		}
		must(t, w.revise(plan.Major, 1, put("2", "", plan.Strategy, firms)))
		seen, err := w.s.ShowReview(t.Context(), w.staff, planning.ShowReviewInput{Review: v.ID})
		must(t, err)
		if len(seen.Nodes) != 1 || len(seen.Missing) != 0 {
			t.Errorf("a closed review misses %v of %d", seen.Missing, len(seen.Nodes))
		}
	})
}

func (w *world) public() planning.View {
	w.t.Helper()
	out, err := w.s.Show(w.t.Context(), domain.Public(), planning.ShowInput{Plan: w.plan.ID})
	must(w.t, err)
	return out
}
