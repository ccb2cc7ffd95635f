package planning

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/plan"
	"secretariat/service"
)

// TransferInput gives what an abolished department owns in a plan to the one that has its tasks now.
type TransferInput struct {
	Plan       domain.ID `path:"plan" json:"-"`
	Department domain.ID `json:"department"`
	Basis      string    `json:"basis"` // number of the document or decision
	Reason     string    `json:"reason"`
	After      int       `json:"after"` // number of the change-set that it was made upon
}

// Transfer gives what an abolished department owns in a plan to its successor, as a change-set of its own: plan.transfer. It changes no
// goal, so that in a plan in force it is a minor change. CodeConflict when the department stands, has no successor that does, or owns
// nothing in the plan.
func (s *Service) Transfer(ctx context.Context, by domain.Actor, in TransferInput) (plan.ChangeSet, error) {
	return service.Do(ctx, s.env, s.store, by, "plan.transfer", func(a *service.Act[Tx]) (plan.ChangeSet, error) {
		p, err := open(ctx, a, "plan.transfer", in.Plan)
		if err != nil {
			return plan.ChangeSet{}, err
		}
		known, err := a.Tx.Departments(ctx)
		if err != nil {
			return plan.ChangeSet{}, err
		}
		from, to, err := heirOf(known, in.Department, calendar.DateOf(a.Now))
		if err != nil {
			return plan.ChangeSet{}, err
		}
		sets, err := a.Tx.ChangeSets(ctx, p.ID)
		if err != nil {
			return plan.ChangeSet{}, err
		}
		change := ReviseInput{Plan: p.ID, Kind: plan.Minor, Basis: in.Basis, Reason: in.Reason, After: in.After}
		if p.State == plan.Preparing {
			change.Kind = plan.Drafted
		}
		if change.Changes = plan.Fold(sets, 0).Transfer(from.Name, to.Name); len(change.Changes) == 0 {
			return plan.ChangeSet{}, domain.Conflict("department.owns_nothing", nil)
		}
		a.Note("department", string(from.ID))
		a.Note("successor", string(to.ID))
		return s.revise(ctx, a, p, change)
	})
}

// heirOf is an abolished department with the one that has its tasks now.
func heirOf(known plan.Register, id domain.ID, today calendar.Date) (from, to plan.Department, err error) {
	from, there := known.Of(id)
	if !there {
		return from, to, domain.NotFound("department")
	}
	if from.Stands(today) {
		return from, to, domain.Conflict("department.stands", nil)
	}
	to, there = known.Heir(from, today)
	if !there {
		return from, to, domain.Conflict("department.no_successor", nil)
	}
	return from, to, nil
}
