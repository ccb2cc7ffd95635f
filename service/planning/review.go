package planning

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/plan"
	"secretariat/domain/policy"
	"secretariat/service"
)

// CaseInput names a plan's case.
type CaseInput struct {
	Plan domain.ID `json:"-" path:"plan"`
}

// OpenReview opens the review of the quarter that has ended, if it has none: review.open. It is done by the process of the
// plan, or by hand.
func (s *Service) OpenReview(ctx context.Context, by domain.Actor, in CaseInput) (plan.Review, error) {
	return service.Do(ctx, s.env, s.store, by, "review.open", func(a *service.Act[Tx]) (plan.Review, error) {
		p, err := open(ctx, a, "review.open", in.Plan)
		if err != nil {
			return plan.Review{}, err
		}
		held, err := a.Tx.ReviewsOf(ctx, p.ID)
		if err != nil {
			return plan.Review{}, err
		}
		today := calendar.DateOf(a.Now)
		year, quarter, due := p.NextReview(today, held)
		if !due {
			return plan.Review{}, domain.Conflict("review.not_due", nil)
		}
		r, err := s.rules(ctx, a.Tx, p)
		if err != nil {
			return plan.Review{}, err
		}
		out := plan.Review{
			ID: a.Env.NewID(), Plan: p.ID, Year: year, Quarter: quarter, OpenedAt: a.Now,
			Due: today.AddDays(policy.PlanReviewDays.Of(r)), Version: 1,
		}
		a.On("review", out.ID, p.ID)
		a.Note("quarter", strconv.Itoa(year)+"/"+strconv.Itoa(quarter))
		a.Wake(service.CasePlan, p.ID)
		return out, a.Tx.AddReview(ctx, out)
	})
}

// ReportInput is what the owner of a node reports.
type ReportInput struct {
	Review    domain.ID        `path:"review" json:"-"`
	Node      string           `json:"node"`
	Values    map[string]int64 `json:"values"`   // thousandths, by indicator
	Allotted  int64            `json:"allotted"` // 0: what the plan gives for the year
	Committed int64            `json:"committed"`
	Spent     int64            `json:"spent"`
	Text      string           `json:"text"`
	Evidence  string           `json:"evidence"`
}

// Report takes in the figures of a node in a review: review.report. Figures of the same review replace each other until it
// is closed (CodeConflict afterwards).
func (s *Service) Report(ctx context.Context, by domain.Actor, in ReportInput) (plan.Report, error) {
	return service.Do(ctx, s.env, s.store, by, "review.report", func(a *service.Act[Tx]) (plan.Report, error) {
		v, state, err := s.review(ctx, a, "review.report", in.Review)
		if err != nil {
			return plan.Report{}, err
		}
		n, there := state.Find(in.Node)
		if !there {
			return plan.Report{}, domain.NotFound("node")
		}
		values := in.Values
		if values == nil {
			values = map[string]int64{}
		}
		out := plan.Report{
			Review: v.ID, Plan: v.Plan, Node: n.ID, Year: v.Year, Quarter: v.Quarter, Values: values,
			Allotted: in.Allotted, Committed: in.Committed,
			Spent: in.Spent, Text: strings.TrimSpace(in.Text), Evidence: strings.TrimSpace(in.Evidence), Version: 1,
		}
		if out.Allotted == 0 {
			out.Allotted = n.Planned(v.Year)
		}
		var p domain.Problems
		out.Check(&p, n)
		if err := p.Err(); err != nil {
			return out, err
		}
		a.Note("node", n.ID)
		a.Wake(service.CasePlan, v.Plan)
		return out, a.Tx.PutReport(ctx, out)
	})
}

// review opens a review that is under way with the plan as it stands.
func (s *Service) review(ctx context.Context, a *service.Act[Tx], op string, id domain.ID) (plan.Review, plan.State, error) {
	v, err := a.Tx.Review(ctx, id)
	if err != nil {
		return v, nil, err
	}
	if _, err := open(ctx, a, op, v.Plan); err != nil {
		return plan.Review{}, nil, err
	}
	a.On("review", v.ID, v.Plan)
	if v, err = a.Tx.Review(ctx, id); err != nil {
		return v, nil, err
	}
	if v.ClosedAt != nil {
		return v, nil, domain.Conflict("review.closed", nil)
	}
	sets, err := a.Tx.ChangeSets(ctx, v.Plan)
	v.Sets = len(sets)
	return v, plan.Fold(sets, 0), err
}

// CloseInput closes a review.
type CloseInput struct {
	Review  domain.ID `path:"review" json:"-"`
	Version int       `json:"version"`
}

// CloseReview closes a review for which every owner has reported: review.close. CodeConflict with how many have not.
func (s *Service) CloseReview(ctx context.Context, by domain.Actor, in CloseInput) (plan.Review, error) {
	return service.Do(ctx, s.env, s.store, by, "review.close", func(a *service.Act[Tx]) (plan.Review, error) {
		v, state, err := s.review(ctx, a, "review.close", in.Review)
		if err != nil {
			return v, err
		}
		reports, err := a.Tx.ReportsOf(ctx, v.Plan)
		if err != nil {
			return v, err
		}
		if missing := missing(state, reports, v.ID); len(missing) > 0 {
			return v, domain.Conflict("review.missing", domain.Args{"count": len(missing)})
		}
		v.ClosedAt, v.Version = &a.Now, in.Version
		a.Wake(service.CasePlan, v.Plan)
		return v, a.Tx.ChangeReview(ctx, &v)
	})
}

// missing lists the nodes that have indicators or money and were not reported on in a review.
func missing(state plan.State, reports []plan.Report, review domain.ID) []plan.Node {
	return slices.DeleteFunc(slices.Clone(state), func(n plan.Node) bool {
		return len(n.Indicators)+len(n.Budget) == 0 || slices.ContainsFunc(reports, func(r plan.Report) bool {
			return r.Review == review && r.Node == n.ID
		})
	})
}

// ShowReviewInput names a review.
type ShowReviewInput struct {
	Review domain.ID `path:"review" json:"-"`
}

// ReviewView is a review with what was reported and what is missing, by owner.
type ReviewView struct {
	Review  plan.Review   `json:"review"`
	Plan    plan.Plan     `json:"plan"`
	Nodes   []plan.Node   `json:"nodes"` // that are to be reported on
	Reports []plan.Report `json:"reports"`
	Missing []string      `json:"missing"` // their ids
}

// ShowReview shows a review to the committee and its staff: review.show.
func (s *Service) ShowReview(ctx context.Context, by domain.Actor, in ShowReviewInput) (ReviewView, error) {
	return service.See(ctx, s.store, func(tx Tx) (ReviewView, error) {
		v, err := tx.Review(ctx, in.Review)
		if err != nil {
			return ReviewView{}, err
		}
		p, err := tx.Plan(ctx, v.Plan)
		if err != nil {
			return ReviewView{}, err
		}
		if err := may(by, "review.show", p); err != nil {
			return ReviewView{}, err
		}
		sets, err := tx.ChangeSets(ctx, p.ID)
		if err != nil {
			return ReviewView{}, err
		}
		all, err := tx.ReportsOf(ctx, p.ID)
		if err != nil {
			return ReviewView{}, err
		}
		state := plan.Fold(sets, v.Sets) // as it was when the review was closed
		out := ReviewView{Review: v, Plan: p, Nodes: missing(state, nil, v.ID), Reports: []plan.Report{}, Missing: []string{}}
		for _, r := range all {
			if r.Review == v.ID {
				out.Reports = append(out.Reports, r)
			}
		}
		for _, n := range missing(state, all, v.ID) {
			out.Missing = append(out.Missing, n.ID)
		}
		return out, nil
	})
}

// The stages of a plan.
const (
	StagePreparing service.Stage = "plan_preparing" // 계획 수립
	StageExecuting service.Stage = "plan_executing" // 시행
	StageReviewing service.Stage = "plan_reviewing" // 이행점검
	StageEnded     service.Stage = "plan_ended"
)

// The deadlines of a plan.
const (
	DeadlineReviewOpens service.DeadlineName = "plan_review_opens" // the next review is to be opened
	DeadlineReviewDue   service.DeadlineName = "plan_review_due"   // figures are due
	DeadlineSuccessor   service.DeadlineName = "plan_successor"    // the drafting of the next plan begins
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
	open := slices.IndexFunc(held, func(v plan.Review) bool { return v.ClosedAt == nil })
	if open < 0 {
		return nil
	}
	out.Stage, out.Review = StageReviewing, held[open].ID
	add(DeadlineReviewDue, held[open].Due.End().UTC(), policy.PlanReviewDays.Cite(r))
	sets, err := tx.ChangeSets(ctx, p.ID)
	if err != nil {
		return err
	}
	reports, err := tx.ReportsOf(ctx, p.ID)
	out.Missing = len(missing(plan.Fold(sets, 0), reports, held[open].ID))
	return err
}

// nextOpening is when the next review is to be opened: at nine on the first day after the quarter, in the past when it is
// owed; false when none comes any more.
func nextOpening(p plan.Plan, held []plan.Review, today calendar.Date) (time.Time, bool) {
	year, quarter, _ := p.NextReview(today, held)
	end := plan.QuarterEnd(year, quarter)
	return morning(end), p.State == plan.InForce && end <= p.Until
}

func morning(after calendar.Date) time.Time { return after.AddDays(1).Time().Add(9 * time.Hour).UTC() }

// End ends a plan whose time is over and whose reviews are closed: plan.end. One that has ended stays as it is.
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
		p.State, p.EndedAt = plan.Ended, &a.Now
		a.Wake(service.CasePlan, p.ID)
		return struct{}{}, a.Tx.ChangePlan(ctx, &p)
	})
	return err
}
