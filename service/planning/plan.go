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

// DraftInput begins a plan.
type DraftInput struct {
	Committee   domain.ID     `path:"committee" json:"-"`
	Title       string        `json:"title"`
	Vision      string        `json:"vision"`
	National    string        `json:"national"` // national plan that it follows
	From        calendar.Date `json:"from"`
	Predecessor domain.ID     `json:"predecessor"` // plan that it succeeds
}

// Draft begins a plan, whose length is that of the policy: plan.draft.
func (s *Service) Draft(ctx context.Context, by domain.Actor, in DraftInput) (plan.Plan, error) {
	return service.Do(ctx, s.env, s.store, by, "plan.draft", func(a *service.Act[Tx]) (plan.Plan, error) {
		of, err := a.Tx.Committee(ctx, in.Committee)
		if err != nil {
			return plan.Plan{}, err
		}
		if err := access.Can(by, "plan.draft", access.Facts{Committee: of.ID}).Err(); err != nil {
			return plan.Plan{}, err
		}
		p := plan.Plan{
			ID: a.Env.NewID(), Committee: of.ID, Title: strings.TrimSpace(in.Title), Vision: strings.TrimSpace(in.Vision),
			National: strings.TrimSpace(in.National), From: in.From, State: plan.Preparing, Steps: []plan.Step{},
			Predecessor: in.Predecessor, Version: 1,
		}
		var problems domain.Problems
		p.Check(&problems)
		if err := problems.Err(); err != nil {
			return p, err
		}
		r, err := s.policies.Resolve(of.Pack, calendar.DateOf(a.Now))
		if err != nil {
			return p, err
		}
		if p.Rules, err = a.Tx.FreezePolicy(ctx, r); err != nil {
			return p, err
		}
		p.Until = p.From.AddMonths(policy.PlanMonths.Of(r)).AddDays(-1)
		a.On("plan", p.ID, p.ID)
		a.Wake(service.CasePlan, p.ID)
		return p, a.Tx.AddPlan(ctx, p)
	})
}

// ReviseInput is one change-set.
type ReviseInput struct {
	Plan    domain.ID       `path:"plan" json:"-"`
	Kind    plan.ChangeKind `json:"kind"`
	Basis   string          `json:"basis"`
	Reason  string          `json:"reason"`
	Changes []plan.Change   `json:"changes"`
	After   int             `json:"after"` // number of the change-set that it was made upon
}

// Revise adds a change-set to the ledger: plan.revise. Everything that would be wrong with the plan is told at once, and
// then nothing is changed. CodeStale when another was added meanwhile; CodeConflict for a kind that the plan does not
// take now.
func (s *Service) Revise(ctx context.Context, by domain.Actor, in ReviseInput) (plan.ChangeSet, error) {
	return service.Do(ctx, s.env, s.store, by, "plan.revise", func(a *service.Act[Tx]) (plan.ChangeSet, error) {
		p, err := open(ctx, a, "plan.revise", in.Plan)
		if err != nil {
			return plan.ChangeSet{}, err
		}
		if err := in.check(); err != nil {
			return plan.ChangeSet{}, err
		}
		if err := p.Revisable(in.Kind); err != nil {
			return plan.ChangeSet{}, err
		}
		sets, err := a.Tx.ChangeSets(ctx, p.ID)
		if err != nil {
			return plan.ChangeSet{}, err
		}
		if in.After != len(sets) {
			return plan.ChangeSet{}, domain.Stale()
		}
		set := plan.ChangeSet{
			Plan: p.ID, Number: len(sets) + 1, Kind: in.Kind, Basis: strings.TrimSpace(in.Basis),
			Reason: strings.TrimSpace(in.Reason), Changes: in.Changes, At: a.Now, By: by.ID,
		}
		var problems domain.Problems
		plan.Fold(append(sets, set), 0).Check(&problems)
		if err := problems.Err(); err != nil {
			return set, err
		}
		a.Note("number", strconv.Itoa(set.Number))
		a.Note("kind", string(set.Kind))
		return set, a.Tx.AddChangeSet(ctx, set)
	})
}

func (in ReviseInput) check() error {
	var p domain.Problems
	domain.OneOf(&p, "kind", in.Kind, plan.Drafted, plan.Major, plan.Minor)
	p.Text("basis", in.Basis, in.Kind == plan.Major, domain.MaxName)
	p.Text("reason", in.Reason, in.Kind != plan.Drafted, domain.MaxLine)
	p.Check(len(in.Changes) > 0, "changes", "field.required")
	p.Check(len(in.Changes) <= plan.MaxNodes, "changes", "field.range")
	return p.Err()
}

// StepInput records a step of making the plan.
type StepInput struct {
	Plan    domain.ID     `path:"plan" json:"-"`
	Step    plan.StepName `json:"step"`
	Waived  bool          `json:"waived"`
	Ref     string        `json:"ref"`
	Reason  string        `json:"reason"`
	On      calendar.Date `json:"on"`
	Version int           `json:"version"`
}

// Step records that the next step was taken, or waived for a reason: plan.step. The last one, the publication, puts the
// plan into force. CodeRefused for a step that may not be waived.
func (s *Service) Step(ctx context.Context, by domain.Actor, in StepInput) (plan.Plan, error) {
	return service.Do(ctx, s.env, s.store, by, "plan.step", func(a *service.Act[Tx]) (plan.Plan, error) {
		p, err := open(ctx, a, "plan.step", in.Plan)
		if err != nil {
			return p, err
		}
		var problems domain.Problems
		domain.OneOf(&problems, "step", in.Step, plan.Steps()...)
		problems.Text("ref", in.Ref, !in.Waived, domain.MaxName)
		problems.Text("reason", in.Reason, in.Waived, domain.MaxLine)
		problems.Check(in.On.Valid() && in.On <= calendar.DateOf(a.Now), "on", "plan.not_in_future")
		if err := problems.Err(); err != nil {
			return p, err
		}
		r, err := s.rules(ctx, a.Tx, p)
		if err != nil {
			return p, err
		}
		step := plan.Step{
			Name: in.Step, Waived: in.Waived, Ref: strings.TrimSpace(in.Ref), Reason: strings.TrimSpace(in.Reason), On: in.On,
		}
		if p, err = p.Take(step, a.Now, r); err != nil {
			return p, err
		}
		p.Version = in.Version
		a.Note("step", string(in.Step))
		a.Wake(service.CasePlan, p.ID)
		return p, a.Tx.ChangePlan(ctx, &p)
	})
}

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
	Next     plan.StepName    `json:"next,omitempty"` // step that is to be taken
	Waivable bool             `json:"waivable"`
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
		reports, err := tx.ReportsOf(ctx, p.ID)
		if err != nil {
			return View{}, err
		}
		out := View{Plan: p, At: in.At, Sets: titles(sets)}
		if out.At <= 0 || out.At > len(sets) {
			out.At = len(sets)
		}
		state := plan.Fold(sets, out.At)
		out.Nodes = nodes(state, plan.Gather(reports), s.now().In(calendar.Seoul).Year())
		if out.Reviews, err = tx.ReviewsOf(ctx, p.ID); err != nil {
			return out, err
		}
		return out, s.next(ctx, tx, &out)
	})
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

// titles are the change-sets without what they change.
func titles(sets []plan.ChangeSet) []plan.ChangeSet {
	out := make([]plan.ChangeSet, len(sets))
	for i, set := range sets {
		set.Changes = []plan.Change{}
		out[i] = set
	}
	return out
}

func nodes(state plan.State, latest plan.Latest, year int) []NodeView {
	out := []NodeView{}
	for _, n := range state {
		v := NodeView{
			Node: n, Depth: depth(n.Kind), Progress: state.ProgressOf(n, latest), Execution: state.Execute(n, latest, year),
			Figures: []Figure{},
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
			Plan: p, From: from, To: to, Differences: plan.Compare(before, plan.Fold(sets, to)), Sets: titles(sets[from:to]),
		}, nil
	})
}
