package planning_test

import (
	"bytes"
	"testing"

	"secretariat/domain"
	"secretariat/domain/meeting"
	"secretariat/domain/plan"
	"secretariat/service/planning"
)

// name gives the plan another title.
func (w *world) name(kind plan.ChangeKind, basis string, after int, to plan.Name) error {
	_, err := w.s.Revise(w.t.Context(), w.staff, planning.ReviseInput{
		Plan: w.plan.ID, Kind: kind, Basis: basis, Reason: "사유", Naming: to, After: after,
	})
	return err
}

// TestAPlanIsNamedByARecordedDecisionAlone names a plan while it is drafted and while it is in force.
func TestAPlanIsNamedByARecordedDecisionAlone(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		must(t, w.revise(plan.Drafted, 0, put("1", "", plan.Strategy, firms)))
		expect(t, "without a basis", w.name(plan.Drafted, " ", 1, plan.Name{Title: "둘째 이름"}), "invalid")
		expect(t, "a title too long", w.name(plan.Drafted, "문서-1", 1, plan.Name{Title: string(bytes.Repeat([]byte("가"), 400))}), "invalid")
		must(t, w.name(plan.Drafted, "문서-1", 1, plan.Name{Title: "둘째 이름"}))
		expect(t, "the same again", w.name(plan.Drafted, "문서-1", 2, plan.Name{Title: "둘째 이름"}), "plan.no_change")
		w.plan = w.shown(0).Plan
		w.decide(2, "의결 제2026-2호", meeting.ApprovedAsProposed)
		w.until(plan.StepCommittee)
		must(t, w.step(plan.StepCommittee, "의결 제2026-2호"))
		for _, name := range []plan.StepName{plan.StepCouncil, plan.StepApproval, plan.StepPublication} {
			must(t, w.step(name, "문서-2"))
		}
		last := plan.Name{Title: "셋째 이름", Vision: "새 비전"}
		expect(t, "a minor change", w.name(plan.Minor, "문서-3", 2, last), "plan.naming_minor")
		expect(t, "a document", w.name(plan.Major, "문서-3", 2, last), "plan.decision_unknown")
		must(t, w.name(plan.Major, "의결 제2026-2호", 2, last))
		w.plan = w.shown(0).Plan
		for at, want := range []string{1: "3개년 기본계획", 2: "둘째 이름", 3: "셋째 이름"} {
			if got := w.shown(at); at > 0 && got.Plan.Title != want {
				t.Errorf("after %d it is called %s", at, got.Plan.Title)
			}
		}
		c, err := w.s.Compare(t.Context(), domain.Public(), planning.CompareInput{Plan: w.plan.ID, From: 1})
		must(t, err)
		if c.Naming == nil || c.Naming.Before.Title != "3개년 기본계획" || c.Naming.After != last || c.Sets[1].Decision == "" {
			t.Errorf("%+v", c)
		}
		if _, err := w.s.Print(t.Context(), domain.Public(), planning.CompareInput{Plan: w.plan.ID, From: 1}); err != nil {
			t.Error(err)
		}
		w.recounted()
	})
}

func (w *world) shown(at int) planning.View {
	w.t.Helper()
	out, err := w.s.Show(w.t.Context(), w.staff, planning.ShowInput{Plan: w.plan.ID, At: at})
	must(w.t, err)
	return out
}
