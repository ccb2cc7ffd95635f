package planning_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/meeting"
	"secretariat/domain/plan"
	"secretariat/service"
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
		_, err = w.s.PrintReview(t.Context(), w.staff, planning.ShowReviewInput{Review: v.ID})
		expect(t, "printed while it is open", err, "review.open")
		_, err = w.s.PrintReview(t.Context(), domain.Public(), planning.ShowReviewInput{Review: v.ID})
		expect(t, "asked for by the public while it is open", err, "not_found.review")
		_, err = w.s.CloseReview(t.Context(), w.staff, planning.CloseInput{Review: v.ID, Version: v.Version})
		must(t, err)
		printed, err := w.s.PrintReview(t.Context(), domain.Public(), planning.ShowReviewInput{Review: v.ID})
		if err != nil || !bytes.HasPrefix(printed.Data, []byte("%PDF-")) || printed.FileName != "이행점검결과-2027-1.pdf" {
			t.Errorf("printed %s, %v", printed.FileName, err)
		}
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

// evaluate takes every step that the plan owes after its time, the last of which is the evaluation of the whole.
func (w *world) evaluate() {
	w.t.Helper()
	w.decide(2, "보고 제2030-1호", meeting.ReportReceived)
	at, err := w.s.Stand(w.t.Context(), worker, planning.CaseInput{Plan: w.plan.ID})
	must(w.t, err)
	if at.Stage != planning.StageEvaluating {
		w.t.Errorf("stands in %s", at.Stage)
	}
	whole := plan.Mark{Kind: plan.Closing, Number: 2029}
	expect(w.t, "the whole before its parts", w.mark(whole, "보고 제2030-1호"), "plan.not_ready")
	for year := 2027; year <= 2029; year++ {
		must(w.t, w.mark(plan.Mark{Kind: plan.AnnualPlan, Number: year}, "경제정책과-1"))
		expect(w.t, "an evaluation on a document", w.mark(plan.Mark{Kind: plan.Evaluation, Number: year}, "경제정책과-1"), "plan.decision_unknown")
		must(w.t, w.mark(plan.Mark{Kind: plan.Evaluation, Number: year}, "보고 제2030-1호"))
	}
	expect(w.t, "once more", w.mark(plan.Mark{Kind: plan.AnnualPlan, Number: 2027}, "경제정책과-1"), "plan.not_owed")
	must(w.t, w.mark(whole, "보고 제2030-1호"))
	if got := w.show(0); len(got.Owed) != 0 || len(got.Marks) != 7 || got.Marks[6].Decision == "" {
		w.t.Errorf("%+v", got.Marks)
	}
}

func (w *world) mark(m plan.Mark, ref string) error {
	w.h.Clock.Set(w.h.Clock.Now().Add(time.Second))
	_, err := w.s.Mark(w.t.Context(), w.staff, planning.MarkInput{
		Plan: w.plan.ID, Kind: m.Kind, Number: m.Number, Ref: ref, Text: "평가 내용", On: calendar.DateOf(w.h.Clock.Now()),
	})
	return err
}

func TestAMinorChangeIsReportedToTheCommittee(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		must(t, w.revise(plan.Drafted, 0, put("1", "", plan.Strategy)))
		w.inForce()
		report := plan.Mark{Kind: plan.ChangeReport, Number: 2}
		expect(t, "before there is one", w.mark(report, "문서-1"), "plan.not_owed")
		must(t, w.revise(plan.Minor, 1, put("1-1", "1", plan.Programme)))
		at, err := w.s.Stand(t.Context(), worker, planning.CaseInput{Plan: w.plan.ID})
		must(t, err)
		if !slices.ContainsFunc(at.Deadlines, func(d service.Deadline) bool { return d.Name == planning.DeadlineReport }) {
			t.Errorf("nobody is told: %+v", at.Deadlines)
		}
		must(t, w.mark(report, "문서-1"))
		expect(t, "an evaluation before the year is over", w.mark(plan.Mark{Kind: plan.Evaluation, Number: 2027}, "문서-1"), "plan.not_ready")
		_, err = w.s.Mark(t.Context(), w.staff, planning.MarkInput{Plan: w.plan.ID, Kind: plan.Closing, Number: 2029, On: "2030-01-01"})
		var e *domain.Error
		if !errors.As(err, &e) || len(e.Fields) != 3 {
			t.Errorf("told %v", err)
		}
	})
}
