package store

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/minutes"
	"secretariat/domain/plan"
	"secretariat/service/planning"
)

var (
	plans = versioned[plan.Plan]{
		table[plan.Plan]{"plans", "plan"},
		func(p *plan.Plan) *int { return &p.Version }, func(p *plan.Plan) domain.ID { return p.ID },
	}
	changeSets = table[plan.ChangeSet]{"change_sets", "change_set"}
	reviews    = versioned[plan.Review]{
		table[plan.Review]{"reviews", "review"},
		func(v *plan.Review) *int { return &v.Version }, func(v *plan.Review) domain.ID { return v.ID },
	}
	planMarks = table[plan.Mark]{"plan_marks", "plan_mark"}
	reports   = table[plan.Report]{"reports", "report"}
)

var _ planning.Tx = (*Tx)(nil)

// AddPlan writes a new plan.
func (tx *Tx) AddPlan(ctx context.Context, p plan.Plan) error { return plans.insert(ctx, tx, p) }

// ChangePlan writes a changed one; CodeStale when it changed meanwhile.
func (tx *Tx) ChangePlan(ctx context.Context, p *plan.Plan) error { return plans.change(ctx, tx, p) }

// Plan reads a plan.
func (tx *Tx) Plan(ctx context.Context, id domain.ID) (plan.Plan, error) {
	return plans.get(ctx, tx, "id = ?", id)
}

// LockPlan reads one and keeps others from changing it or its ledger.
func (tx *Tx) LockPlan(ctx context.Context, id domain.ID) (plan.Plan, error) {
	return plans.lock(ctx, tx, id)
}

// Plans lists plans, newest first, before the given one.
func (tx *Tx) Plans(ctx context.Context, before domain.ID, limit int) ([]plan.Plan, error) {
	if before == "" {
		return plans.page(ctx, tx, limit, "id DESC", "1 = 1")
	}
	return plans.page(ctx, tx, limit, "id DESC", "id < ?", before)
}

// Successor is the id of the plan that was begun to follow one, empty when none was.
func (tx *Tx) Successor(ctx context.Context, of domain.ID) (domain.ID, error) {
	p, err := plans.get(ctx, tx, "predecessor = ?", of)
	if domain.CodeOf(err) == domain.CodeNotFound {
		return "", nil
	}
	return p.ID, err
}

// DecisionNumbered is the decision record of a committee with a number, of no id when there is none. One that superseded another
// under the same number comes first.
func (tx *Tx) DecisionNumbered(ctx context.Context, committee domain.ID, number string) (minutes.Decision, error) {
	found, err := decisions.page(ctx, tx, 1, "id DESC", "committee = ? AND number = ?", committee, number)
	if err != nil || len(found) == 0 {
		return minutes.Decision{}, err
	}
	return found[0], nil
}

// AddChangeSet writes the next entry of a ledger; conflict.change_set when the number is taken.
func (tx *Tx) AddChangeSet(ctx context.Context, c plan.ChangeSet) error {
	return changeSets.insert(ctx, tx, c)
}

// ChangeSets is the ledger of a plan.
func (tx *Tx) ChangeSets(ctx context.Context, of domain.ID) ([]plan.ChangeSet, error) {
	return changeSets.list(ctx, tx, "number", "plan = ?", of)
}

// AddReview writes a new review; conflict.review when the quarter has one.
func (tx *Tx) AddReview(ctx context.Context, v plan.Review) error { return reviews.insert(ctx, tx, v) }

// ChangeReview writes a changed one; CodeStale when it changed meanwhile.
func (tx *Tx) ChangeReview(ctx context.Context, v *plan.Review) error {
	return reviews.change(ctx, tx, v)
}

// Review reads a review.
func (tx *Tx) Review(ctx context.Context, id domain.ID) (plan.Review, error) {
	return reviews.get(ctx, tx, "id = ?", id)
}

// ReviewsOf lists the reviews of a plan by quarter.
func (tx *Tx) ReviewsOf(ctx context.Context, of domain.ID) ([]plan.Review, error) {
	return reviews.list(ctx, tx, "year, quarter", "plan = ?", of)
}

// PutReport writes the report on a node in place of one of the same review.
func (tx *Tx) PutReport(ctx context.Context, r plan.Report) error {
	return reports.upsert(ctx, tx, r, "review, node")
}

// ReportsOf lists what was reported of a plan, in the order of the quarters.
func (tx *Tx) ReportsOf(ctx context.Context, of domain.ID) ([]plan.Report, error) {
	return reports.list(ctx, tx, "year, quarter, node", "plan = ?", of)
}

// AddMark writes a step that was taken; conflict.plan_mark when it was taken before.
func (tx *Tx) AddMark(ctx context.Context, m plan.Mark) error { return planMarks.insert(ctx, tx, m) }

// MarksOf lists the steps that were taken while a plan was in force, in their order.
func (tx *Tx) MarksOf(ctx context.Context, of domain.ID) ([]plan.Mark, error) {
	return planMarks.list(ctx, tx, "at, kind, number", "plan = ?", of)
}
