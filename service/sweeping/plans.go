package sweeping

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/plan"
	"secretariat/domain/policy"
)

// How many days ahead the steps of a plan in force, and the drafting of the next one, are put before the staff.
const (
	stepAhead      = 30
	successorAhead = 90
)

// ofPlans asks for the steps that plans in force owe soon, for figures that are late, and for the drafting of the next plan.
func ofPlans(ctx context.Context, tx Tx, c committee.Committee, today policy.Rules, day calendar.Date) ([]domain.Finding, error) {
	found, err := tx.PlansInForce(ctx, c.ID)
	var out []domain.Finding
	for _, p := range found {
		frozen, err := tx.Policy(ctx, p.Rules)
		if err != nil {
			return nil, err
		}
		owed, err := ofPlan(ctx, tx, p, frozen.Complete(today), day)
		if err != nil {
			return nil, err
		}
		out = append(out, owed...)
	}
	return out, err
}

func ofPlan(ctx context.Context, tx Tx, p plan.Plan, r policy.Rules, today calendar.Date) ([]domain.Finding, error) {
	sets, err := tx.ChangeHeads(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	held, err := tx.ReviewsOf(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	marks, err := tx.MarksOf(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	var out []domain.Finding
	for _, o := range p.Owes(today, sets, held, marks, r) {
		if o.By <= today.AddDays(stepAhead) {
			out = append(out, stepDuty(p, o, r))
		}
	}
	for _, v := range held {
		if v.ClosedAt == nil && v.Due < today {
			out = append(out, domain.Finding{
				Key: "duty.plan_figures", Basis: policy.PlanReviewDays.Cite(r), Due: v.Due, Subject: p.ID,
				Args: domain.Args{"plan": p.Title, "year": v.Year, "quarter": v.Quarter},
			})
		}
	}
	next, err := tx.Successor(ctx, p.ID)
	if by := p.SuccessorBy(r); err == nil && next == "" && by <= today.AddDays(successorAhead) {
		out = append(out, domain.Finding{
			Key: "duty.plan_successor", Basis: policy.PlanDraftAhead.Cite(r), Due: by, Subject: p.ID, Args: domain.Args{"plan": p.Title},
		})
	}
	return out, err
}

// stepDuty is a step that a plan owes as something to be done.
func stepDuty(p plan.Plan, o plan.Owed, r policy.Rules) domain.Finding {
	out := domain.Finding{
		Basis: o.Basis(r), Due: o.By, Subject: p.ID, Args: domain.Args{"plan": p.Title, "number": o.Number},
	}
	switch o.Kind {
	case plan.AnnualPlan:
		out.Key = "duty.plan_annual"
	case plan.Evaluation:
		out.Key = "duty.plan_evaluation"
	case plan.ChangeReport:
		out.Key = "duty.plan_report"
	case plan.Closing:
		out.Key = "duty.plan_closing"
	}
	return out
}
