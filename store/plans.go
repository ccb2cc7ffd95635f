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
	planMarks   = table[plan.Mark]{"plan_marks", "plan_mark"}
	reports     = table[plan.Report]{"reports", "report"}
	planTallies = table[plan.Kept]{"plan_tallies", "plan"}
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

// PlansInForce lists the plans of a committee that are in force.
func (tx *Tx) PlansInForce(ctx context.Context, committee domain.ID) ([]plan.Plan, error) {
	return plans.list(ctx, tx, "id", "committee = ? AND state = ?", committee, plan.InForce)
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

// ChangeHeads is the ledger of a plan without what its entries change.
func (tx *Tx) ChangeHeads(ctx context.Context, of domain.ID) ([]plan.ChangeSet, error) {
	out := []plan.ChangeSet{}
	err := tx.db.NewSelect().Model(&out).ModelTableExpr(changeSets.expr()).ExcludeColumn("changes").
		Where("plan = ?", of).OrderExpr("number").Scan(ctx)
	return out, translate(err, changeSets.kind)
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

// ReportsIn lists what was reported in a review, by node.
func (tx *Tx) ReportsIn(ctx context.Context, review domain.ID) ([]plan.Report, error) {
	return reports.list(ctx, tx, "node", "review = ?", review)
}

// Tally is what was kept of the closed reviews of a plan, of none where nothing was.
func (tx *Tx) Tally(ctx context.Context, of domain.ID) (plan.Kept, error) {
	found, err := planTallies.page(ctx, tx, 1, "plan", "plan = ?", of)
	if err != nil || len(found) == 0 {
		return plan.Kept{Plan: of, Tally: plan.NewTally()}, err
	}
	return found[0], nil
}

// PutTally keeps it in place of the one before.
func (tx *Tx) PutTally(ctx context.Context, k plan.Kept) error {
	return planTallies.upsert(ctx, tx, k, "plan")
}

// AddMark writes a step that was taken; conflict.plan_mark when it was taken before.
func (tx *Tx) AddMark(ctx context.Context, m plan.Mark) error { return planMarks.insert(ctx, tx, m) }

// MarksOf lists the steps that were taken while a plan was in force, in their order.
func (tx *Tx) MarksOf(ctx context.Context, of domain.ID) ([]plan.Mark, error) {
	return planMarks.list(ctx, tx, "at, kind, number", "plan = ?", of)
}

var (
	departments = versioned[plan.Department]{
		table[plan.Department]{"departments", "department"},
		func(d *plan.Department) *int { return &d.Version }, func(d *plan.Department) domain.ID { return d.ID },
	}
	departmentPeople = table[plan.Belongs]{"department_people", "department"}
	reviewLetters    = table[plan.Letter]{"review_letters", "letter"}
)

// AddDepartment writes a new department; conflict.department when one has its name.
func (tx *Tx) AddDepartment(ctx context.Context, d plan.Department) error {
	return departments.insert(ctx, tx, d)
}

// ChangeDepartment writes a changed one; CodeStale when it changed meanwhile.
func (tx *Tx) ChangeDepartment(ctx context.Context, d *plan.Department) error {
	return departments.change(ctx, tx, d)
}

// LockDepartment reads one and keeps others from changing it.
func (tx *Tx) LockDepartment(ctx context.Context, id domain.ID) (plan.Department, error) {
	return departments.lock(ctx, tx, id)
}

// Departments is the whole register, by name.
func (tx *Tx) Departments(ctx context.Context) ([]plan.Department, error) {
	return departments.list(ctx, tx, "name", "1 = 1")
}

// SetBelongs lets an account act for a department; nothing changes where it does.
func (tx *Tx) SetBelongs(ctx context.Context, b plan.Belongs) error {
	return departmentPeople.upsert(ctx, tx, b, "department, account")
}

// DropBelongs ends that an account acts for a department.
func (tx *Tx) DropBelongs(ctx context.Context, b plan.Belongs) error {
	return departmentPeople.delete(ctx, tx, "department = ? AND account = ?", b.Department, b.Account)
}

// DepartmentPeople lists who acts for departments.
func (tx *Tx) DepartmentPeople(ctx context.Context) ([]plan.Belongs, error) {
	return departmentPeople.list(ctx, tx, "department, account", "1 = 1")
}

// BelongsOf lists for which departments an account acts.
func (tx *Tx) BelongsOf(ctx context.Context, account domain.ID) ([]plan.Belongs, error) {
	return departmentPeople.list(ctx, tx, "department", "account = ?", account)
}

// LettersOfReview lists the letters that went out in a review.
func (tx *Tx) LettersOfReview(ctx context.Context, review domain.ID) ([]plan.Letter, error) {
	return reviewLetters.list(ctx, tx, "sent_at", "review = ?", review)
}

// ReviewLetterSent keeps that a letter of a review went out.
func (tx *Tx) ReviewLetterSent(ctx context.Context, l plan.Letter) error {
	return reviewLetters.upsert(ctx, tx, l, `review, department, "to", kind, occasion`)
}

// OpenReviews lists the reviews that are not closed, soonest due first.
func (tx *Tx) OpenReviews(ctx context.Context) ([]plan.Review, error) {
	return reviews.list(ctx, tx, "due, id", "closed_at IS NULL")
}
