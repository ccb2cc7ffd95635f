package planning

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/plan"
	"secretariat/service"
)

// RecordInput names a plan.
type RecordInput struct {
	Plan domain.ID `path:"plan" json:"-"`
}

// Published is the record of a plan from which `secretariat verify` computes it again.
type Published struct {
	Record plan.Record `json:"record"`
}

// Record gives the whole ledger of a plan with the decisions that it rests on and the figures of its closed reviews: plan.record.
func (s *Service) Record(ctx context.Context, by domain.Actor, in RecordInput) (Published, error) {
	return service.See(ctx, s.store, func(tx Tx) (Published, error) {
		p, err := tx.Plan(ctx, in.Plan)
		if err != nil {
			return Published{}, err
		}
		if err := may(by, "plan.record", p); err != nil {
			return Published{}, err
		}
		r := plan.Record{Kind: plan.RecordKind, Plan: p, Year: s.now().In(calendar.Seoul).Year()}
		if r.Sets, err = tx.ChangeSets(ctx, p.ID); err != nil {
			return Published{}, err
		}
		for i := range r.Sets {
			r.Sets[i].By = ""
		}
		if r.Decisions, err = decisionsOf(ctx, tx, p, r.Sets); err != nil {
			return Published{}, err
		}
		held, err := tx.ReviewsOf(ctx, p.ID)
		if err != nil {
			return Published{}, err
		}
		reports, err := tx.ReportsOf(ctx, p.ID)
		if err != nil {
			return Published{}, err
		}
		r.Reviews, r.Reports = confirmed(held, reports)
		r.Standing = plan.Fold(r.Sets, 0).Stand(plan.Gather(r.Reports), r.Year)
		return Published{r}, nil
	})
}
