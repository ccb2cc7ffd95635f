package planning_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/plan"
	"secretariat/internal/testkit/hall"
	"secretariat/policies"
	"secretariat/render/docs"
	"secretariat/service/planning"
	"secretariat/store"
)

// world is a committee that makes a plan.
type world struct {
	t     *testing.T
	h     *hall.Hall
	s     *planning.Service
	staff domain.Actor
	plan  plan.Plan
}

var worker = domain.System("plan")

func engines(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	lib, err := policies.Load("")
	must(t, err)
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db, hall.Members(3))
		w := &world{t: t, h: h, staff: h.Secretary(), s: planning.New(h.Env, store.View[planning.Tx]{DB: db.DB}, lib, docs.Renderer{})}
		w.plan, err = w.s.Draft(t.Context(), w.staff, planning.DraftInput{
			Committee: hall.Committee, Title: "3개년 기본계획", Vision: "디지털 전환 선도도시", From: "2027-01-01",
		})
		must(t, err)
		f(t, w)
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func expect(t *testing.T, what string, err error, key string) {
	t.Helper()
	if domain.KeyOf(err) != key {
		t.Errorf("%s: %v, want %s", what, err, key)
	}
}

func put(id, parent string, kind plan.NodeKind, indicators ...plan.Indicator) plan.Change {
	return plan.Change{Node: plan.Node{
		ID: id, Parent: parent, Kind: kind, Title: "항목 " + id, Owner: "경제정책과", Weight: 1, Indicators: indicators,
	}}
}

var firms = plan.Indicator{Name: "지원 기업", Unit: "개사", Targets: []plan.Target{{Year: 2027, Value: 50_000}, {Year: 2029, Value: 100_000}}}

func (w *world) revise(kind plan.ChangeKind, after int, changes ...plan.Change) error {
	_, err := w.s.Revise(w.t.Context(), w.staff, planning.ReviseInput{
		Plan: w.plan.ID, Kind: kind, Basis: "제2026-1호", Reason: "사유", Changes: changes, After: after,
	})
	return err
}

// inForce takes every step.
func (w *world) inForce() {
	w.t.Helper()
	for n, step := range plan.Steps() {
		in := planning.StepInput{Plan: w.plan.ID, Step: step, Ref: fmt.Sprint("문서-", n), On: calendar.DateOf(w.h.Clock.Now()), Version: w.plan.Version}
		var err error
		w.plan, err = w.s.Step(w.t.Context(), w.staff, in)
		must(w.t, err)
	}
}

func (w *world) show(at int) planning.View {
	w.t.Helper()
	out, err := w.s.Show(w.t.Context(), w.staff, planning.ShowInput{Plan: w.plan.ID, At: at})
	must(w.t, err)
	return out
}

func TestAPlanIsALedger(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		must(t, w.revise(plan.Drafted, 0, put("1", "", plan.Strategy), put("1-1", "1", plan.Programme, firms)))
		expect(t, "upon an older state", w.revise(plan.Drafted, 0, put("2", "", plan.Strategy)), "stale")
		err := w.revise(plan.Drafted, 1, put("1", "1-1", plan.Strategy), put("3-1", "3", plan.Programme, plan.Indicator{Name: "건수"}))
		var e *domain.Error
		if !errors.As(err, &e) || len(e.Fields) < 4 {
			t.Errorf("not all is told: %v", err)
		}
		if got := w.show(0); len(got.Nodes) != 2 || got.At != 1 {
			t.Errorf("something was changed: %+v", got.Nodes)
		}
		expect(t, "a major change of a draft", w.revise(plan.Major, 1, put("2", "", plan.Strategy)), "plan.change_kind")
		w.inForce()
		if w.plan.State != plan.InForce || w.plan.Until != "2029-12-31" {
			t.Errorf("%+v", w.plan)
		}
		expect(t, "a draft of one in force", w.revise(plan.Drafted, 1, put("2", "", plan.Strategy)), "plan.change_kind")
		must(t, w.revise(plan.Major, 1, put("2", "", plan.Strategy), plan.Change{Node: plan.Node{ID: "1-1"}, Drop: true}))
		if now, then := w.show(0), w.show(1); len(now.Nodes) != 2 || len(then.Nodes) != 2 || then.Nodes[1].Node.ID != "1-1" || now.Nodes[1].Node.ID != "2" {
			t.Errorf("now %+v, then %+v", now.Nodes, then.Nodes)
		}
		diff, err := w.s.Compare(t.Context(), domain.Public(), planning.CompareInput{Plan: w.plan.ID, From: 1})
		must(t, err)
		if len(diff.Differences) != 2 || diff.Differences[0].After != nil || diff.Differences[1].Before != nil || diff.Sets[0].Basis != "제2026-1호" {
			t.Errorf("%+v", diff)
		}
	})
}

func TestAPlanThatIsBeingMadeIsItsCommitteesOwn(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		_, err := w.s.Show(t.Context(), domain.Public(), planning.ShowInput{Plan: w.plan.ID})
		expect(t, "the public", err, "not_found.plan")
		_, err = w.s.Show(t.Context(), w.h.Person(2), planning.ShowInput{Plan: w.plan.ID})
		must(t, err)
		for by, want := range map[string]int{"public": 0, "staff": 1} {
			actor := map[string]domain.Actor{"public": domain.Public(), "staff": w.staff}[by]
			list, err := w.s.List(t.Context(), actor, planning.ListInput{})
			must(t, err)
			if len(list.Items) != want {
				t.Errorf("%s lists %d", by, len(list.Items))
			}
		}
		in := planning.StepInput{Plan: w.plan.ID, Step: plan.StepPolicy, Waived: true, On: calendar.DateOf(w.h.Clock.Now()), Version: 1}
		_, err = w.s.Step(t.Context(), w.staff, in)
		var e *domain.Error
		if !errors.As(err, &e) || len(e.Fields) != 1 || e.Fields[0].Field != "reason" {
			t.Errorf("waived without a reason: %v", err)
		}
	})
}

func TestAQuarterIsReviewed(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		must(t, w.revise(plan.Drafted, 0, put("1", "", plan.Strategy), put("1-1", "1", plan.Programme, firms), put("1-2", "1", plan.Programme, firms)))
		w.inForce()
		_, err := w.s.OpenReview(t.Context(), worker, planning.CaseInput{Plan: w.plan.ID})
		expect(t, "before a quarter has ended", err, "review.not_due")
		w.h.Clock.Set(time.Date(2027, 4, 1, 9, 0, 0, 0, calendar.Seoul))
		v, err := w.s.OpenReview(t.Context(), worker, planning.CaseInput{Plan: w.plan.ID})
		must(t, err)
		if v.Year != 2027 || v.Quarter != 1 || v.Due != "2027-04-15" {
			t.Errorf("opened %+v", v)
		}
		w.reports(v)
		view := w.show(0)
		if got := view.Nodes[0].Progress; got != (plan.Share{Points: 3750, Known: true}) {
			t.Errorf("the strategy has come %+v", got)
		}
		at, err := w.s.Stand(t.Context(), worker, planning.CaseInput{Plan: w.plan.ID})
		must(t, err)
		if at.Stage != planning.StageExecuting || at.Deadlines[0].Name != planning.DeadlineAnnual || at.Deadlines[1].Name != planning.DeadlineReviewOpens {
			t.Errorf("stands %+v", at)
		}
		expect(t, "ended early", w.s.End(t.Context(), worker, planning.CaseInput{Plan: w.plan.ID}), "plan.not_over")
	})
}

// reports has the figures of both programmes reported and closes the review.
func (w *world) reports(v plan.Review) {
	w.t.Helper()
	in := planning.ReportInput{Review: v.ID, Node: "1-1", Values: map[string]int64{"지원 기업": 50_000}, Evidence: "선정 결과"}
	bad := in
	bad.Values, bad.Evidence, bad.Spent = map[string]int64{"없는 지표": 1}, "", 1
	_, err := w.s.Report(w.t.Context(), w.staff, bad)
	var e *domain.Error
	if !errors.As(err, &e) || len(e.Fields) != 4 {
		w.t.Errorf("told %v", err)
	}
	_, err = w.s.Report(w.t.Context(), w.staff, in)
	must(w.t, err)
	_, err = w.s.CloseReview(w.t.Context(), w.staff, planning.CloseInput{Review: v.ID, Version: v.Version})
	expect(w.t, "closed with one missing", err, "review.missing")
	seen, err := w.s.ShowReview(w.t.Context(), w.staff, planning.ShowReviewInput{Review: v.ID})
	must(w.t, err)
	if !slices.Equal(seen.Missing, []string{"1-2"}) {
		w.t.Errorf("missing %v", seen.Missing)
	}
	in.Node, in.Values = "1-2", map[string]int64{"지원 기업": 25_000}
	_, err = w.s.Report(w.t.Context(), w.staff, in)
	must(w.t, err)
	_, err = w.s.CloseReview(w.t.Context(), w.staff, planning.CloseInput{Review: v.ID, Version: v.Version})
	must(w.t, err)
	_, err = w.s.Report(w.t.Context(), w.staff, in)
	expect(w.t, "after the close", err, "review.closed")
}

func TestTwoChangeTheLedgerAtOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		var all sync.WaitGroup
		errs := make([]error, 6)
		for i := range errs {
			all.Go(func() { errs[i] = w.revise(plan.Drafted, 0, put(fmt.Sprint(i+1), "", plan.Strategy)) })
		}
		all.Wait()
		good := 0
		for _, err := range errs {
			if err == nil {
				good++
			} else if domain.CodeOf(err) != domain.CodeStale {
				t.Error(err)
			}
		}
		if good != 1 || len(w.show(0).Nodes) != 1 {
			t.Errorf("%d change-sets were taken", good)
		}
	})
}

func TestAPlanEndsAfterItsLastReview(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		must(t, w.revise(plan.Drafted, 0, put("1", "", plan.Strategy)))
		w.inForce()
		for day := time.Date(2027, 4, 1, 9, 0, 0, 0, calendar.Seoul); day.Year() < 2030 || day.YearDay() < 10; day = day.AddDate(0, 3, 0) {
			w.h.Clock.Set(day)
			v, err := w.s.OpenReview(t.Context(), worker, planning.CaseInput{Plan: w.plan.ID})
			must(t, err)
			_, err = w.s.CloseReview(t.Context(), w.staff, planning.CloseInput{Review: v.ID, Version: v.Version})
			must(t, err)
		}
		end := func() error {
			return w.s.End(context.WithoutCancel(t.Context()), worker, planning.CaseInput{Plan: w.plan.ID})
		}
		expect(t, "before it was evaluated", end(), "plan.not_evaluated")
		w.evaluate()
		must(t, end())
		if got := w.show(0); got.Plan.State != plan.Ended || len(got.Reviews) != 12 {
			t.Errorf("%+v, %d reviews", got.Plan, len(got.Reviews))
		}
	})
}
