package sweeping_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secretariat/domain/calendar"
	"secretariat/domain/plan"
	"secretariat/service/sweeping"
	"secretariat/store"
)

// TestWhatAPlanOwesIsPutBeforeTheStaff looks at a plan at several days and holds what is listed against what a clerk would write down.
func TestWhatAPlanOwesIsPutBeforeTheStaff(t *testing.T) {
	engines(t, func(w *world) {
		published := time.Date(2026, 12, 20, 3, 0, 0, 0, time.UTC)
		w.do(func(ctx context.Context, tx *store.Tx) error {
			return tx.AddPlan(ctx, plan.Plan{
				ID: "p", Committee: board, Title: "기본계획", From: "2027-01-01", Until: "2029-12-31", State: plan.InForce, Steps: []plan.Step{},
				PublishedAt: &published, Rules: w.rules, Version: 1,
			})
		})
		steps := []struct {
			day  time.Time
			do   func(ctx context.Context, tx *store.Tx) error
			want []string
		}{
			{time.Date(2026, 12, 28, 3, 0, 0, 0, time.UTC), nil, nil},
			{time.Date(2027, 1, 2, 3, 0, 0, 0, time.UTC), nil, []string{"duty.plan_annual 2027-01-31 4IR조례 5"}},
			{time.Date(2027, 4, 20, 3, 0, 0, 0, time.UTC), func(ctx context.Context, tx *store.Tx) error {
				if err := tx.AddMark(ctx, plan.Mark{Plan: "p", Kind: plan.AnnualPlan, Number: 2027, On: "2027-01-20"}); err != nil {
					return err
				}
				return tx.AddReview(ctx, plan.Review{ID: "v", Plan: "p", Year: 2027, Quarter: 1, Due: "2027-04-15", Version: 1})
			}, []string{"duty.plan_figures 2027-04-15 담당부서 운영기준(안)"}},
			{time.Date(2028, 10, 15, 3, 0, 0, 0, time.UTC), func(ctx context.Context, tx *store.Tx) error {
				v, err := tx.Review(ctx, "v")
				if err != nil {
					return err
				}
				closed := time.Date(2027, 4, 21, 0, 0, 0, 0, time.UTC)
				v.ClosedAt = &closed
				return tx.ChangeReview(ctx, &v)
			}, []string{
				"duty.plan_annual 2028-01-31 4IR조례 5", "duty.plan_evaluation 2028-03-30 위원회조례 16",
				"duty.plan_successor 2028-12-31 담당부서 운영기준(안)",
			}},
		}
		for _, x := range steps {
			if x.do != nil {
				w.do(x.do)
			}
			w.clock.Set(x.day)
			_, err := w.s.Examine(w.Context(), flow, sweeping.ExamineInput{Committee: board})
			must(w.T, err)
			listed, err := w.s.List(w.Context(), secretary, sweeping.ListInput{Committee: board})
			must(w.T, err)
			var got []string
			for _, d := range listed.Duties {
				if d.Subject == "p" {
					got = append(got, d.Key+" "+string(d.Due)+" "+d.Basis)
				}
			}
			slices.Sort(got)
			if diff := cmp.Diff(x.want, got); diff != "" {
				w.Errorf("on %s (-want +got):\n%s", calendar.DateOf(x.day), diff)
			}
		}
	})
}
