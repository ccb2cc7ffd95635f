package planning

import (
	"context"
	"slices"

	"secretariat/domain/plan"
)

// closedTally is what was last reported in the closed reviews of a plan. It is kept when a review is closed; one that does not cover
// all of them, as of a plan from before it was kept, is made anew.
func closedTally(ctx context.Context, tx Tx, p plan.Plan, held []plan.Review) (plan.Kept, error) {
	kept, err := tx.Tally(ctx, p.ID)
	if err != nil {
		return kept, err
	}
	done := closed(slices.Clone(held))
	if kept.Reviews == len(done) {
		return kept, nil
	}
	all, err := tx.ReportsOf(ctx, p.ID)
	_, all = confirmed(done, all)
	return plan.Kept{Plan: p.ID, Reviews: len(done), Tally: plan.NewTally().Add(all...)}, err
}

// latest is what was last reported of a plan: for who stands inside in the reviews under way too, since figures that somebody may
// still correct are not for everybody to read.
func latest(ctx context.Context, tx Tx, p plan.Plan, held []plan.Review, inside bool) (plan.Latest, error) {
	kept, err := closedTally(ctx, tx, p, held)
	for _, v := range held {
		if err != nil || !inside || v.ClosedAt != nil {
			continue
		}
		var now []plan.Report
		now, err = tx.ReportsIn(ctx, v.ID)
		kept.Tally.Add(now...)
	}
	return kept.Tally.Latest(), err
}

// keep adds the figures of a review that is being closed to those kept of its plan.
func keep(ctx context.Context, tx Tx, v plan.Review, reports []plan.Report) error {
	held, err := tx.ReviewsOf(ctx, v.Plan)
	if err != nil {
		return err
	}
	kept, err := closedTally(ctx, tx, plan.Plan{ID: v.Plan}, held)
	if err != nil {
		return err
	}
	kept.Reviews, kept.Tally = kept.Reviews+1, kept.Tally.Add(reports...)
	return tx.PutTally(ctx, kept)
}
