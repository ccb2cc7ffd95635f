package planning

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
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
		if of.State == committee.Dissolved {
			return plan.Plan{}, domain.Conflict("committee.dissolved", nil)
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
		if err := succeed(ctx, a, p); err != nil {
			return p, err
		}
		a.On("plan", p.ID, p.ID)
		a.Wake(service.CasePlan, p.ID)
		return p, a.Tx.AddPlan(ctx, p)
	})
}

// succeed checks that a plan may follow the one that it names as its predecessor, which has one successor at most.
func succeed(ctx context.Context, a *service.Act[Tx], p plan.Plan) error {
	if p.Predecessor == "" {
		return nil
	}
	before, err := a.Tx.LockPlan(ctx, p.Predecessor)
	if err != nil {
		return err
	}
	if err := may(a.By, "plan.show", before); err != nil {
		return err
	}
	if err := p.Follows(before); err != nil {
		return err
	}
	next, err := a.Tx.Successor(ctx, before.ID)
	if err == nil && next != "" {
		err = domain.Conflict("plan.succeeded", nil)
	}
	a.Wake(service.CasePlan, before.ID)
	return err
}

// ReviseInput is one change-set.
type ReviseInput struct {
	Plan    domain.ID       `path:"plan" json:"-"`
	Kind    plan.ChangeKind `json:"kind"`
	Basis   string          `json:"basis"`
	Reason  string          `json:"reason"`
	Changes []plan.Change   `json:"changes"`
	Naming  plan.Name       `json:"naming"`  // of the plan itself; what is empty stays as it is
	Replace bool            `json:"replace"` // the changes are the whole plan: what they do not name is taken out
	After   int             `json:"after"`   // number of the change-set that it was made upon
}

// Revise adds a change-set to the ledger: plan.revise. The title and the vision of the plan change in the same way. Everything that would be wrong with the plan is told at once, and
// then nothing is changed. CodeStale when another was added meanwhile; CodeConflict for a kind that the plan does not
// take now.
func (s *Service) Revise(ctx context.Context, by domain.Actor, in ReviseInput) (plan.ChangeSet, error) {
	return service.Do(ctx, s.env, s.store, by, "plan.revise", func(a *service.Act[Tx]) (plan.ChangeSet, error) {
		p, err := open(ctx, a, "plan.revise", in.Plan)
		if err != nil {
			return plan.ChangeSet{}, err
		}
		return s.revise(ctx, a, p, in)
	})
}

// revise adds a change-set to the ledger of a plan that is held.
func (s *Service) revise(ctx context.Context, a *service.Act[Tx], p plan.Plan, in ReviseInput) (plan.ChangeSet, error) {
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
	set := entry{plan.ChangeSet{
		Plan: p.ID, Number: len(sets) + 1, Kind: in.Kind, Basis: strings.TrimSpace(in.Basis),
		Reason: strings.TrimSpace(in.Reason), At: a.Now, By: a.By.ID,
	}}
	set.Changes = in.changes(sets)
	set.Naming = p.Rename(plan.Name{Title: strings.TrimSpace(in.Naming.Title), Vision: strings.TrimSpace(in.Naming.Vision)})
	if err := s.fits(ctx, a, p, in, set, sets); err != nil {
		return plan.ChangeSet{}, err
	}
	if set.Decision, err = basis(ctx, a.Tx, p, set.Basis, needOf(set.Kind == plan.Major)); err != nil {
		return plan.ChangeSet{}, err
	}
	if err := set.chain(sets); err != nil {
		return plan.ChangeSet{}, err
	}
	a.Note("number", strconv.Itoa(set.Number))
	a.Note("kind", string(set.Kind))
	a.Note("sum", set.Sum)
	a.Wake(service.CasePlan, p.ID) // a minor change is to be reported, and owners may have changed
	if set.Naming != nil {
		p.Title, p.Vision = set.Naming.After.Title, set.Naming.After.Vision
		if err := a.Tx.ChangePlan(ctx, &p); err != nil {
			return plan.ChangeSet{}, err
		}
	}
	return set.ChangeSet, a.Tx.AddChangeSet(ctx, set.ChangeSet)
}

// fits refuses a change-set with everything that is wrong: owners that were abolished too, of the whole plan where the whole is given,
// else of what is changed.
func (s *Service) fits(
	ctx context.Context, a *service.Act[Tx], p plan.Plan, in ReviseInput, set entry, sets []plan.ChangeSet,
) error {
	known, err := a.Tx.Departments(ctx)
	if err != nil {
		return err
	}
	given := set.Changes
	if in.Replace {
		given = in.Changes
	}
	var nodes []plan.Node
	for _, c := range given {
		if !c.Drop {
			nodes = append(nodes, c.Tidy().Node)
		}
	}
	var problems domain.Problems
	plan.Register(known).CheckOwners(nodes, calendar.DateOf(a.Now), &problems)
	return set.check(p, sets, problems)
}

// changes are those that were asked for, or with the whole plan given those that lead to it.
func (in ReviseInput) changes(sets []plan.ChangeSet) []plan.Change {
	out := make([]plan.Change, len(in.Changes))
	for i, c := range in.Changes {
		out[i] = c.Tidy()
	}
	if !in.Replace {
		return out
	}
	return plan.Lead(plan.Fold(sets, 0), out)
}

// entry is a change-set that is to be added to a ledger.
type entry struct{ plan.ChangeSet }

// check refuses a change-set that changes nothing, one that leaves something wrong in the plan, and one that is called minor
// though it changes the direction or a goal.
func (e entry) check(p plan.Plan, sets []plan.ChangeSet, problems domain.Problems) error {
	before := plan.Fold(sets, 0)
	after := plan.Fold(append(slices.Clip(sets), e.ChangeSet), 0)
	plan.CheckChanges(before, e.Changes, &problems)
	e.CheckNaming(&problems)
	after.Check(&problems)
	p.CheckYears(after, &problems)
	if err := problems.Err(); err != nil {
		return err
	}
	if e.Naming == nil && len(plan.Compare(before, after)) == 0 {
		return domain.Conflict("plan.no_change", nil)
	}
	if e.Kind == plan.Minor && e.Naming != nil {
		return domain.Refused("plan.naming_minor", "촉진령 3②", nil)
	}
	if e.Kind == plan.Minor && plan.Important(before, after) {
		return domain.Refused("plan.important", "촉진령 3②", nil)
	}
	return nil
}

// chain binds the change-set to the ledger.
func (e *entry) chain(sets []plan.ChangeSet) (err error) {
	before := ""
	if n := len(sets); n > 0 {
		before = sets[n-1].Sum
	}
	e.Sum, err = plan.SumOf(before, e.ChangeSet, plan.Fold(append(slices.Clip(sets), e.ChangeSet), 0))
	return err
}

func (in ReviseInput) check() error {
	var p domain.Problems
	domain.OneOf(&p, "kind", in.Kind, plan.Drafted, plan.Major, plan.Minor)
	p.Text("basis", in.Basis, in.Kind == plan.Major, domain.MaxName)
	p.Text("reason", in.Reason, in.Kind != plan.Drafted, domain.MaxLine)
	p.Check(len(in.Changes) > 0 || in.Naming != plan.Name{}, "changes", "field.required")
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
		if !step.Waived {
			if step.Decision, err = basis(ctx, a.Tx, p, step.Ref, needOf(step.Name == plan.StepCommittee)); err != nil {
				return p, err
			}
		}
		if p, err = p.Take(step, a.Now, r); err != nil {
			return p, err
		}
		if err := drafted(ctx, a.Tx, p, step); err != nil {
			return p, err
		}
		p.Version = in.Version
		a.Note("step", string(in.Step))
		a.Wake(service.CasePlan, p.ID)
		return p, a.Tx.ChangePlan(ctx, &p)
	})
}

// drafted refuses to go on with a plan in which nothing stands: from its draft on.
func drafted(ctx context.Context, tx Tx, p plan.Plan, s plan.Step) error {
	if s.Waived || slices.Index(plan.Steps(), s.Name) < slices.Index(plan.Steps(), plan.StepDraft) {
		return nil
	}
	sets, err := tx.ChangeSets(ctx, p.ID)
	if err == nil && len(plan.Fold(sets, 0)) == 0 {
		err = domain.Conflict("plan.empty", nil)
	}
	return err
}
