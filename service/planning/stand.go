package planning

import (
	"cmp"
	"context"
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/plan"
	"secretariat/domain/policy"
	"secretariat/service"
)

// The stages of a plan.
const (
	StagePreparing service.Stage = "plan_preparing" // 계획 수립
	StageExecuting service.Stage = "plan_executing" // 시행
	StageReviewing service.Stage = "plan_reviewing" // 이행점검
	// StageEvaluating is after the end of a plan, until it was evaluated (종합평가).
	StageEvaluating service.Stage = "plan_evaluating"
	StageEnded      service.Stage = "plan_ended"
)

// The deadlines of a plan.
const (
	DeadlineReviewOpens service.DeadlineName = "plan_review_opens" // the next review is to be opened
	DeadlineReviewDue   service.DeadlineName = "plan_review_due"   // figures are due
	DeadlineReviewAsk   service.DeadlineName = "plan_review_ask"   // owners who have not reported are written to again
	DeadlineSuccessor   service.DeadlineName = "plan_successor"    // the drafting of the next plan begins
	DeadlineAnnual      service.DeadlineName = "plan_annual"       // the plan of a year is made
	DeadlineEvaluation  service.DeadlineName = "plan_evaluation"   // a year is evaluated before the committee
	DeadlineReport      service.DeadlineName = "plan_report"       // a minor change is reported to the committee
	DeadlineClosing     service.DeadlineName = "plan_closing"      // the plan is evaluated as a whole
	DeadlineEnd         service.DeadlineName = "plan_end"
)

// Standing is where the case of a plan stands.
type Standing struct {
	Plan      domain.ID          `json:"plan"`
	Committee domain.ID          `json:"committee"`
	Title     string             `json:"title"`
	Stage     service.Stage      `json:"stage"`
	Deadlines []service.Deadline `json:"deadlines"` // soonest first
	Missing   int                `json:"missing"`   // nodes that are not reported on in the review under way
	Letters   int                `json:"letters"`   // due now and not sent
	Review    domain.ID          `json:"review,omitempty"`
	At        time.Time          `json:"at"`
}

// Stand says where the case of a plan stands and what comes next: plan.stand.
func (s *Service) Stand(ctx context.Context, by domain.Actor, in CaseInput) (Standing, error) {
	return service.See(ctx, s.store, func(tx Tx) (Standing, error) {
		p, err := tx.Plan(ctx, in.Plan)
		if err != nil {
			return Standing{}, err
		}
		if err := access.Can(by, "plan.stand", facts(p)).Err(); err != nil {
			return Standing{}, err
		}
		out := Standing{Plan: p.ID, Committee: p.Committee, Title: p.Title, Stage: StagePreparing, Deadlines: []service.Deadline{}, At: s.now()}
		switch p.State {
		case plan.Ended:
			out.Stage = StageEnded
		case plan.InForce:
			err = s.execution(ctx, tx, p, &out)
		}
		slices.SortStableFunc(out.Deadlines, func(a, b service.Deadline) int { return a.At.Compare(b.At) })
		return out, err
	})
}

// execution adds what is due while a plan is in force.
func (s *Service) execution(ctx context.Context, tx Tx, p plan.Plan, out *Standing) error {
	r, err := s.rules(ctx, tx, p)
	if err != nil {
		return err
	}
	held, err := tx.ReviewsOf(ctx, p.ID)
	if err != nil {
		return err
	}
	add := func(name service.DeadlineName, at time.Time, basis string) {
		out.Deadlines = append(out.Deadlines, service.Deadline{Name: name, At: at, Basis: basis})
	}
	out.Stage = StageExecuting
	if opens, any := nextOpening(p, held, calendar.DateOf(out.At)); any {
		add(DeadlineReviewOpens, opens, policy.PlanReviewDays.Cite(r))
	}
	next, err := tx.Successor(ctx, p.ID)
	if err != nil {
		return err
	}
	if next == "" {
		add(DeadlineSuccessor, p.SuccessorBy(r).Time().UTC(), policy.PlanDraftAhead.Cite(r))
	}
	add(DeadlineEnd, p.Until.End().UTC(), policy.PlanMonths.Cite(r))
	owed, err := s.owed(ctx, tx, p, calendar.DateOf(out.At))
	if err != nil {
		return err
	}
	for _, o := range owed {
		add(deadlines[o.Kind], o.By.End().UTC(), o.Basis(r))
	}
	_, _, due := p.NextReview(calendar.DateOf(out.At), held)
	if !due && len(owed) > 0 && out.At.After(p.Until.End()) {
		out.Stage = StageEvaluating
	}
	open := slices.IndexFunc(held, func(v plan.Review) bool { return v.ClosedAt == nil })
	if open < 0 {
		return nil
	}
	out.Stage, out.Review = StageReviewing, held[open].ID
	add(DeadlineReviewDue, held[open].Due.End().UTC(), policy.PlanReviewDays.Cite(r))
	post, r, err := s.post(ctx, tx, p)
	if err != nil {
		return err
	}
	out.Missing, out.Letters = len(post.Missing), len(post.Due(r))
	if next, any := post.Next(r); any {
		add(DeadlineReviewAsk, next.UTC(), policy.PlanReminders.Cite(r))
	}
	return nil
}

// nextOpening is when the next review is to be opened: at nine on the first day after the quarter, in the past when it is
// owed; false when none comes any more.
func nextOpening(p plan.Plan, held []plan.Review, today calendar.Date) (time.Time, bool) {
	year, quarter, _ := p.NextReview(today, held)
	end := plan.QuarterEnd(year, quarter)
	return morning(end), p.State == plan.InForce && end <= p.Until
}

func morning(after calendar.Date) time.Time { return after.AddDays(1).Time().Add(9 * time.Hour).UTC() }

// End ends a plan whose time is over, whose reviews are closed and which was evaluated: plan.end. One that has ended stays as it is.
func (s *Service) End(ctx context.Context, by domain.Actor, in CaseInput) error {
	_, err := service.Do(ctx, s.env, s.store, by, "plan.end", func(a *service.Act[Tx]) (struct{}, error) {
		p, err := open(ctx, a, "plan.end", in.Plan)
		if err != nil || p.State != plan.InForce {
			return struct{}{}, err
		}
		held, err := a.Tx.ReviewsOf(ctx, p.ID)
		if err != nil {
			return struct{}{}, err
		}
		waits := slices.ContainsFunc(held, func(v plan.Review) bool { return v.ClosedAt == nil })
		if _, _, due := p.NextReview(calendar.DateOf(a.Now), held); due || waits || !a.Now.After(p.Until.End()) {
			return struct{}{}, domain.Conflict("plan.not_over", nil)
		}
		if owed, err := s.owed(ctx, a.Tx, p, calendar.DateOf(a.Now)); err != nil || len(owed) > 0 {
			return struct{}{}, cmp.Or(err, error(domain.Conflict("plan.not_evaluated", nil)))
		}
		p.State, p.EndedAt = plan.Ended, &a.Now
		a.Wake(service.CasePlan, p.ID)
		return struct{}{}, a.Tx.ChangePlan(ctx, &p)
	})
	return err
}
