package planning

import (
	"context"
	"slices"
	"strconv"
	"strings"

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
// plan, or by hand. CodeConflict while an owner has been abolished whose tasks nobody was given.
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
		if err := owned(ctx, a.Tx, p, today); err != nil {
			return plan.Review{}, err
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

// owned refuses to ask for figures while a node that is to be reported on belongs to a department that was abolished.
func owned(ctx context.Context, tx Tx, p plan.Plan, today calendar.Date) error {
	known, err := tx.Departments(ctx)
	if err != nil {
		return err
	}
	sets, err := tx.ChangeSets(ctx, p.ID)
	if err != nil {
		return err
	}
	return plan.Register(known).Orphan(missing(plan.Fold(sets, 0), nil, ""), today)
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
		own, err := ownNames(ctx, a.Tx, by)
		if err != nil {
			return plan.Report{}, err
		}
		v, state, err := s.review(ctx, a, "review.report", in.Review, func(state plan.State) bool {
			n, there := state.Find(in.Node)
			return there && own[n.Owner]
		})
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

// review opens a review that is under way with the plan as it stands, in which something is the actor's own or is not.
func (s *Service) review(
	ctx context.Context, a *service.Act[Tx], op string, id domain.ID, own func(plan.State) bool,
) (plan.Review, plan.State, error) {
	v, err := a.Tx.Review(ctx, id)
	if err != nil {
		return v, nil, err
	}
	sets, err := a.Tx.ChangeSets(ctx, v.Plan)
	if err != nil {
		return v, nil, err
	}
	if _, err := openAs(ctx, a, op, v.Plan, own(plan.Fold(sets, 0))); err != nil {
		return plan.Review{}, nil, err
	}
	a.On("review", v.ID, v.Plan)
	if v, err = a.Tx.Review(ctx, id); err != nil {
		return v, nil, err
	}
	if v.ClosedAt != nil {
		return v, nil, domain.Conflict("review.closed", nil)
	}
	sets, err = a.Tx.ChangeSets(ctx, v.Plan) // again, under the lock
	v.Sets = len(sets)
	return v, plan.Fold(sets, 0), err
}

func nobodys(plan.State) bool { return false }

// ownNames are the names of the departments that the actor acts for.
func ownNames(ctx context.Context, tx Tx, by domain.Actor) (map[string]bool, error) {
	out := map[string]bool{}
	if by.Kind != domain.ActorPerson {
		return out, nil
	}
	own, err := tx.BelongsOf(ctx, by.ID)
	if err != nil || len(own) == 0 {
		return out, err
	}
	known, err := tx.Departments(ctx)
	for _, b := range own {
		if d, there := plan.Register(known).Of(b.Department); there {
			out[d.Name] = true
		}
	}
	return out, err
}

// CloseInput closes a review.
type CloseInput struct {
	Review  domain.ID `path:"review" json:"-"`
	Version int       `json:"version"`
}

// CloseReview closes a review for which every owner has reported: review.close. CodeConflict with how many have not.
func (s *Service) CloseReview(ctx context.Context, by domain.Actor, in CloseInput) (plan.Review, error) {
	return service.Do(ctx, s.env, s.store, by, "review.close", func(a *service.Act[Tx]) (plan.Review, error) {
		v, state, err := s.review(ctx, a, "review.close", in.Review, nobodys)
		if err != nil {
			return v, err
		}
		reports, err := a.Tx.ReportsIn(ctx, v.ID)
		if err != nil {
			return v, err
		}
		if missing := missing(state, reports, v.ID); len(missing) > 0 {
			return v, domain.Conflict("review.missing", domain.Args{"count": len(missing)})
		}
		if err := keep(ctx, a.Tx, v, reports); err != nil {
			return v, err
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
	// Reportable says that the reader may report on them while the review is open; Asked are the departments that can be asked by letter.
	Reportable bool     `json:"reportable"`
	Asked      []string `json:"asked"`
}

// ShowReview shows a review to the committee and its staff, and to who acts for a department what it owns: review.show.
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
		sets, err := tx.ChangeSets(ctx, p.ID)
		if err != nil {
			return ReviewView{}, err
		}
		state := plan.Fold(sets, v.Sets) // as it was when the review was closed
		if state, err = sight(ctx, tx, by, p, state); err != nil {
			return ReviewView{}, err
		}
		all, err := tx.ReportsIn(ctx, v.ID)
		if err != nil {
			return ReviewView{}, err
		}
		out := ReviewView{Review: v, Plan: p, Nodes: missing(state, nil, v.ID), Reports: []plan.Report{}, Missing: []string{}}
		for _, r := range all {
			if _, seen := state.Find(r.Node); seen {
				out.Reports = append(out.Reports, r)
			}
		}
		for _, n := range missing(state, all, v.ID) {
			out.Missing = append(out.Missing, n.ID)
		}
		out.Reportable = mayAs(by, "review.report", p, len(state) > 0 && may(by, "review.show", p) != nil) == nil
		out.Asked, err = asked(ctx, tx, state)
		return out, err
	})
}

// sight is what of a plan the reader sees in a review: all of it, or what the reader's own departments own.
func sight(ctx context.Context, tx Tx, by domain.Actor, p plan.Plan, state plan.State) (plan.State, error) {
	if may(by, "review.show", p) == nil {
		return state, nil
	}
	own, err := ownNames(ctx, tx, by)
	if err != nil {
		return nil, err
	}
	state = slices.DeleteFunc(slices.Clone(state), func(n plan.Node) bool { return !own[n.Owner] })
	return state, mayAs(by, "review.show", p, len(state) > 0)
}

// asked are the owners that somebody acts for, who is asked by letter.
func asked(ctx context.Context, tx Tx, state plan.State) ([]string, error) {
	out := []string{}
	known, err := tx.Departments(ctx)
	if err != nil {
		return out, err
	}
	people, err := tx.DepartmentPeople(ctx)
	for _, b := range people {
		d, _ := plan.Register(known).Of(b.Department)
		owns := slices.ContainsFunc(state, func(n plan.Node) bool { return n.Owner == d.Name })
		if owns && !slices.Contains(out, d.Name) {
			out = append(out, d.Name)
		}
	}
	return out, err
}

// MyReviewsInput asks for the actor's own reviews.
type MyReviewsInput struct{}

// MyReview is a review in which departments of the actor's owe figures.
type MyReview struct {
	Review  plan.Review `json:"review"`
	Title   string      `json:"title"` // of the plan
	Missing int         `json:"missing"`
}

// MyReviews are those, soonest due first.
type MyReviews struct {
	Items []MyReview `json:"items"`
}

// MyReviews lists the open reviews in which departments that the actor acts for owe figures: review.mine.
func (s *Service) MyReviews(ctx context.Context, by domain.Actor, _ MyReviewsInput) (MyReviews, error) {
	out := MyReviews{Items: []MyReview{}}
	if err := access.Can(by, "review.mine", access.Facts{}).Err(); err != nil {
		return out, err
	}
	return service.See(ctx, s.store, func(tx Tx) (MyReviews, error) {
		own, err := ownNames(ctx, tx, by)
		if err != nil || len(own) == 0 {
			return out, err
		}
		held, err := tx.OpenReviews(ctx)
		if err != nil {
			return out, err
		}
		for _, v := range held {
			p, err := tx.Plan(ctx, v.Plan)
			if err != nil {
				return out, err
			}
			post, _, err := s.post(ctx, tx, p)
			if err != nil {
				return out, err
			}
			mine := slices.DeleteFunc(post.Missing, func(n plan.Node) bool { return !own[n.Owner] })
			if len(mine) > 0 {
				out.Items = append(out.Items, MyReview{v, p.Title, len(mine)})
			}
		}
		return out, nil
	})
}
