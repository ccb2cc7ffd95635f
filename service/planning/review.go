package planning

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"secretariat/domain"
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
