package planning_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/domain/plan"
	"secretariat/internal/testkit/hall"
	"secretariat/service/planning"
	"secretariat/store"
)

// decide has the committee's first item decided so, with a decision record of a number.
func (w *world) decide(n int, number string, outcome meeting.Outcome) {
	w.t.Helper()
	i := w.h.Item(w.t, n)
	err := w.h.DB.InTx(w.t.Context(), func(tx *store.Tx) error {
		return tx.AddDecision(context.WithoutCancel(w.t.Context()), minutes.Decision{
			ID: domain.ID("decision-" + number), Committee: hall.Committee, Meeting: i.Meeting, Item: i.ID, ItemNumber: i.Number, Kind: i.Kind,
			Number: number, Title: i.Title, Outcome: outcome, DecidedAt: w.h.Clock.Now(), IssuedAt: w.h.Clock.Now(), Hash: "hash",
		})
	})
	must(w.t, err)
}

// until takes every step before one.
func (w *world) until(last plan.StepName) {
	w.t.Helper()
	for _, step := range plan.Steps() {
		if step == last {
			return
		}
		must(w.t, w.step(step, "문서-1"))
	}
}

func (w *world) step(name plan.StepName, ref string) (err error) {
	next, err := w.s.Step(w.t.Context(), w.staff, planning.StepInput{
		Plan: w.plan.ID, Step: name, Ref: ref, On: calendar.DateOf(w.h.Clock.Now()), Version: w.plan.Version,
	})
	if err == nil {
		w.plan = next
	}
	return err
}

func TestThePlanRestsOnDecisionsOfItsCommittee(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		must(t, w.revise(plan.Drafted, 0, put("1", "", plan.Strategy, firms)))
		w.decide(1, "의결 제2026-1호", meeting.Rejected)
		w.decide(2, "의결 제2026-2호", meeting.ApprovedAsAmended)
		w.until(plan.StepCommittee)
		expect(t, "a number that is none", w.step(plan.StepCommittee, "의결 제2026-9호"), "plan.decision_unknown")
		expect(t, "a rejection", w.step(plan.StepCommittee, "의결 제2026-1호"), "plan.decision_not_adopted")
		must(t, w.step(plan.StepCommittee, "의결 제2026-2호"))
		if got := w.plan.Steps[len(w.plan.Steps)-1]; got.Decision != "decision-의결 제2026-2호" {
			t.Errorf("%+v", got)
		}
		for _, name := range []plan.StepName{plan.StepCouncil, plan.StepApproval, plan.StepPublication} {
			must(t, w.step(name, "문서-2"))
		}
		expect(t, "a major change on a document", w.revise(plan.Major, 1, put("2", "", plan.Strategy)), "plan.decision_unknown")
		_, err := w.s.Revise(t.Context(), w.staff, planning.ReviseInput{
			Plan: w.plan.ID, Kind: plan.Major, Basis: "의결 제2026-2호", Reason: "사유", After: 1, Changes: []plan.Change{put("2", "", plan.Strategy)},
		})
		must(t, err)
		w.recounted()
	})
}

// recounted reads the record as everybody can and computes it again, after it went through JSON.
func (w *world) recounted() {
	w.t.Helper()
	w.h.Clock.Set(time.Date(2027, 4, 1, 9, 0, 0, 0, calendar.Seoul))
	v, err := w.s.OpenReview(w.t.Context(), worker, planning.CaseInput{Plan: w.plan.ID})
	must(w.t, err)
	_, err = w.s.Report(w.t.Context(), w.staff, planning.ReportInput{Review: v.ID, Node: "1", Values: map[string]int64{"지원 기업": 50_000}, Evidence: "결과"})
	must(w.t, err)
	_, err = w.s.CloseReview(w.t.Context(), w.staff, planning.CloseInput{Review: v.ID, Version: v.Version})
	must(w.t, err)
	out, err := w.s.Record(w.t.Context(), domain.Public(), planning.RecordInput{Plan: w.plan.ID})
	must(w.t, err)
	raw, err := json.Marshal(out)
	must(w.t, err)
	var read planning.Published
	must(w.t, json.Unmarshal(raw, &read))
	if got := read.Record.Recount(); !got.OK() || got.Outside != 0 || len(read.Record.Reports) != 1 || read.Record.Sets[0].By != "" {
		w.t.Errorf("%+v of %s", got, raw)
	}
}
