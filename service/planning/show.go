package planning

import (
	"context"
	"slices"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/plan"
	"secretariat/domain/policy"
	"secretariat/service"
)

// ListInput asks for a page of plans, newest first.
type ListInput struct {
	Before domain.ID `query:"before" json:"-"`
	Limit  int       `query:"limit" json:"-"`
}

// List lists the plans that the reader may see: plan.list.
func (s *Service) List(ctx context.Context, by domain.Actor, in ListInput) (service.Page[plan.Plan], error) {
	out := service.Page[plan.Plan]{Items: []plan.Plan{}}
	if err := access.Can(by, "plan.list", access.Facts{}).Err(); err != nil {
		return out, err
	}
	size := service.PageSize(in.Limit)
	return service.See(ctx, s.store, func(tx Tx) (service.Page[plan.Plan], error) {
		found, err := tx.Plans(ctx, in.Before, size+1)
		if len(found) > size {
			found, out.Next = found[:size], string(found[size-1].ID)
		}
		out.Items = slices.DeleteFunc(found, func(p plan.Plan) bool { return may(by, "plan.show", p) != nil })
		return out, err
	})
}

// ShowInput names a plan, and a change-set up to which it is shown.
type ShowInput struct {
	Plan domain.ID `path:"plan" json:"-"`
	At   int       `query:"at" json:"-"` // 0: as it is now
}

// View is a plan as it stands, or stood.
type View struct {
	Plan     plan.Plan        `json:"plan"`
	Nodes    []NodeView       `json:"nodes"` // in the order of their codes
	Sets     []plan.ChangeSet `json:"sets"`  // without their changes
	At       int              `json:"at"`    // change-set up to which it is shown
	Reviews  []plan.Review    `json:"reviews"`
	Marks    []plan.Mark      `json:"marks"`          // steps that were taken while it was in force
	Owed     []plan.Owed      `json:"owed"`           // those still to be taken, soonest first
	Next     plan.StepName    `json:"next,omitempty"` // step that is to be taken
	Waivable bool             `json:"waivable"`
	Orphans  []plan.Orphans   `json:"orphans"` // what abolished departments own, for who stands inside
}

// NodeView is a node with how far it has come.
type NodeView struct {
	Node      plan.Node      `json:"node"`
	Depth     int            `json:"depth"`
	Progress  plan.Share     `json:"progress"`
	Execution plan.Execution `json:"execution"`
	Figures   []Figure       `json:"figures"`
}

// Figure is an indicator with what was last reported.
type Figure struct {
	Indicator plan.Indicator `json:"indicator"`
	Actual    *int64         `json:"actual,omitempty"`
	Reached   plan.Share     `json:"reached"`
}

// Show shows a plan: plan.show. One that is being made is seen by its committee and its staff alone.
func (s *Service) Show(ctx context.Context, by domain.Actor, in ShowInput) (View, error) {
	return service.See(ctx, s.store, func(tx Tx) (View, error) {
		p, err := tx.Plan(ctx, in.Plan)
		if err != nil {
			return View{}, err
		}
		if err := may(by, "plan.show", p); err != nil {
			return View{}, err
		}
		sets, err := tx.ChangeSets(ctx, p.ID)
		if err != nil {
			return View{}, err
		}
		held, err := tx.ReviewsOf(ctx, p.ID)
		if err != nil {
			return View{}, err
		}
		inside := access.Can(by, "review.show", facts(p)).Allowed
		figures, err := latest(ctx, tx, p, held, inside)
		if err != nil {
			return View{}, err
		}
		out := View{Plan: p, At: in.At, Sets: titles(sets, inside), Reviews: held}
		if out.At <= 0 || out.At > len(sets) {
			out.At = len(sets)
		}
		out.Plan = p.Named(sets, out.At)
		state := plan.Fold(sets, out.At)
		out.Nodes = nodes(state, figures, s.now().In(calendar.Seoul).Year())
		if err := s.marks(ctx, tx, &out, inside); err != nil {
			return out, err
		}
		if out.Orphans = []plan.Orphans{}; inside {
			known, err := tx.Departments(ctx)
			if err != nil {
				return out, err
			}
			out.Orphans = plan.Register(known).Orphans(plan.Fold(sets, 0), calendar.DateOf(s.now()))
			return out, s.next(ctx, tx, &out)
		}
		out.Reviews = closed(held)
		return out, s.next(ctx, tx, &out)
	})
}

// marks adds the steps of a plan in force, and for who stands inside those it owes.
func (s *Service) marks(ctx context.Context, tx Tx, out *View, inside bool) (err error) {
	out.Owed = []plan.Owed{}
	if out.Marks, err = tx.MarksOf(ctx, out.Plan.ID); err != nil {
		return err
	}
	if inside {
		r, err := s.rules(ctx, tx, out.Plan)
		out.Owed = append(out.Owed, out.Plan.Owes(calendar.DateOf(s.now()), out.Sets, out.Reviews, out.Marks, r)...)
		return err
	}
	for i := range out.Marks {
		out.Marks[i].By = ""
	}
	return nil
}

// next adds the step that is to be taken now.
func (s *Service) next(ctx context.Context, tx Tx, out *View) error {
	next, open := out.Plan.Next()
	if !open {
		return nil
	}
	r, err := s.rules(ctx, tx, out.Plan)
	if err != nil {
		return err
	}
	out.Next, out.Waivable = next, slices.Contains(policy.PlanWaivable.Of(r), string(next))
	return nil
}

// confirmed are the reviews that are closed, with what was reported in them: figures that somebody may still correct are not for
// everybody to read.
func confirmed(held []plan.Review, reports []plan.Report) ([]plan.Review, []plan.Report) {
	held = closed(held)
	is := map[domain.ID]bool{}
	for _, v := range held {
		is[v.ID] = true
	}
	return held, slices.DeleteFunc(reports, func(r plan.Report) bool { return !is[r.Review] })
}

func closed(held []plan.Review) []plan.Review {
	return slices.DeleteFunc(held, func(v plan.Review) bool { return v.ClosedAt == nil })
}

// titles are the change-sets without what they change, and for who stands outside without whose account made them.
func titles(sets []plan.ChangeSet, inside bool) []plan.ChangeSet {
	out := make([]plan.ChangeSet, len(sets))
	for i, set := range sets {
		set.Changes = []plan.Change{}
		if !inside {
			set.By = ""
		}
		out[i] = set
	}
	return out
}

func nodes(state plan.State, latest plan.Latest, year int) []NodeView {
	out := []NodeView{}
	stand := state.Stand(latest, year)
	for i, n := range state {
		v := NodeView{
			Node: n, Depth: depth(n.Kind), Progress: stand[i].Progress, Execution: stand[i].Execution, Figures: []Figure{},
		}
		for _, i := range n.Indicators {
			f := Figure{Indicator: i}
			actual, reported := latest.Values[n.ID][i.Name]
			if reported {
				f.Actual = &actual
			}
			f.Reached = plan.ShareOf(i.Reached(actual, reported))
			v.Figures = append(v.Figures, f)
		}
		out = append(out, v)
	}
	return out
}

func depth(k plan.NodeKind) int {
	return slices.Index([]plan.NodeKind{plan.Strategy, plan.Programme, plan.Task}, k)
}

// CompareInput names two states of a plan by the number of their last change-set.
type CompareInput struct {
	Plan domain.ID `path:"plan" json:"-"`
	From int       `query:"from" json:"-"`
	To   int       `query:"to" json:"-"` // 0: as it is now
}

// Comparison is what differs between two states (신구대비표), with the acts between them.
type Comparison struct {
	Plan        plan.Plan         `json:"plan"`
	From        int               `json:"from"`
	To          int               `json:"to"`
	Naming      *plan.Naming      `json:"naming,omitempty"` // of the plan itself
	Differences []plan.Difference `json:"differences"`
	Sets        []plan.ChangeSet  `json:"sets"` // between them, without their changes
}

// Compare shows what differs between two states of a plan: plan.compare.
func (s *Service) Compare(ctx context.Context, by domain.Actor, in CompareInput) (Comparison, error) {
	return service.See(ctx, s.store, func(tx Tx) (Comparison, error) {
		p, err := tx.Plan(ctx, in.Plan)
		if err != nil {
			return Comparison{}, err
		}
		if err := may(by, "plan.compare", p); err != nil {
			return Comparison{}, err
		}
		sets, err := tx.ChangeSets(ctx, p.ID)
		if err != nil {
			return Comparison{}, err
		}
		to := in.To
		if to <= 0 || to > len(sets) {
			to = len(sets)
		}
		from := min(max(in.From, 0), to)
		before := plan.State{}
		if from > 0 {
			before = plan.Fold(sets, from)
		}
		return Comparison{
			Plan: p.Named(sets, to), From: from, To: to, Naming: p.Renamed(sets, from, to), Differences: plan.Compare(before, plan.Fold(sets, to)),
			Sets: titles(sets[from:to], access.Can(by, "review.show", facts(p)).Allowed),
		}, nil
	})
}
