package planning

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/plan"
	"secretariat/service"
)

// MarkInput records a step of a plan that is in force.
type MarkInput struct {
	Plan   domain.ID     `path:"plan" json:"-"`
	Kind   plan.MarkKind `json:"kind"`
	Number int           `json:"number"`
	Ref    string        `json:"ref"`
	Text   string        `json:"text"`
	On     calendar.Date `json:"on"`
}

// Mark records that a step which the plan owes was taken: plan.mark. What goes before the committee names its decision record.
// CodeConflict for a step that is not owed, or not yet.
func (s *Service) Mark(ctx context.Context, by domain.Actor, in MarkInput) (plan.Mark, error) {
	return service.Do(ctx, s.env, s.store, by, "plan.mark", func(a *service.Act[Tx]) (plan.Mark, error) {
		p, err := open(ctx, a, "plan.mark", in.Plan)
		if err != nil {
			return plan.Mark{}, err
		}
		out := plan.Mark{
			Plan: p.ID, Kind: in.Kind, Number: in.Number, Ref: strings.TrimSpace(in.Ref), Text: strings.TrimSpace(in.Text), On: in.On,
			At: a.Now, By: by.ID,
		}
		if err := checkMark(out, a); err != nil {
			return plan.Mark{}, err
		}
		if err := s.ready(ctx, a, p, out); err != nil {
			return plan.Mark{}, err
		}
		as := anything
		if out.Kind.BeforeCommittee() {
			as = decided
		}
		if out.Decision, err = basis(ctx, a.Tx, p, out.Ref, as); err != nil {
			return plan.Mark{}, err
		}
		a.Note("kind", string(out.Kind))
		a.Note("number", strconv.Itoa(out.Number))
		a.Wake(service.CasePlan, p.ID)
		return out, a.Tx.AddMark(ctx, out)
	})
}

func checkMark(m plan.Mark, a *service.Act[Tx]) error {
	var p domain.Problems
	domain.OneOf(&p, "kind", m.Kind, plan.AnnualPlan, plan.Evaluation, plan.ChangeReport, plan.Closing)
	p.Text("ref", m.Ref, true, domain.MaxName)
	p.Text("text", m.Text, m.Kind.Judges(), domain.MaxText)
	p.Check(m.On.Valid() && m.On <= calendar.DateOf(a.Now), "on", "plan.not_in_future")
	return p.Err()
}

// ready refuses a step that the plan does not owe, or that cannot be taken yet.
func (s *Service) ready(ctx context.Context, a *service.Act[Tx], p plan.Plan, m plan.Mark) error {
	owed, err := s.owed(ctx, a.Tx, p, calendar.DateOf(a.Now))
	if err != nil {
		return err
	}
	at := slices.IndexFunc(owed, func(o plan.Owed) bool { return o.Kind == m.Kind && o.Number == m.Number })
	switch {
	case at < 0:
		return domain.Conflict("plan.not_owed", nil)
	case !owed[at].Ready:
		return domain.Conflict("plan.not_ready", nil)
	}
	return nil
}

// owed lists what a plan owes on a day.
func (s *Service) owed(ctx context.Context, tx Tx, p plan.Plan, today calendar.Date) ([]plan.Owed, error) {
	r, err := s.rules(ctx, tx, p)
	if err != nil {
		return nil, err
	}
	sets, err := tx.ChangeHeads(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	held, err := tx.ReviewsOf(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	marks, err := tx.MarksOf(ctx, p.ID)
	return p.Owes(today, sets, held, marks, r), err
}

// deadlines names the deadline of each kind of step.
var deadlines = map[plan.MarkKind]service.DeadlineName{
	plan.AnnualPlan: DeadlineAnnual, plan.Evaluation: DeadlineEvaluation, plan.ChangeReport: DeadlineReport, plan.Closing: DeadlineClosing,
}
