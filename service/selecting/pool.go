package selecting

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/identity"
	"secretariat/domain/selection"
	"secretariat/service"
)

// AddEvaluatorInput puts somebody into the pool of a call.
type AddEvaluatorInput struct {
	Call          domain.ID   `path:"call" json:"-"`
	Email         string      `json:"email"` // of an account
	Expertise     string      `json:"expertise"`
	Organisations []domain.ID `json:"organisations"` // to which the person belongs
	Recommends    []domain.ID `json:"recommends"`    // that the person or its employer recommended
}

// AddEvaluator puts somebody with an account into the pool: evaluator.add. CodeConflict once the panel is drawn: the seed is
// known then.
func (s *Service) AddEvaluator(ctx context.Context, by domain.Actor, in AddEvaluatorInput) (Done, error) {
	return service.Do(ctx, s.env, s.store, by, "evaluator.add", func(a *service.Act[Tx]) (Done, error) {
		c, err := open(ctx, a, "evaluator.add", in.Call)
		if err != nil {
			return Done{}, err
		}
		var p domain.Problems
		p.Text("expertise", in.Expertise, false, domain.MaxLine)
		account, err := a.Tx.AccountByEmail(ctx, identity.Email(in.Email))
		p.Check(err == nil, "email", "evaluator.no_account")
		if domain.CodeOf(err) != domain.CodeNotFound && err != nil {
			return Done{}, err
		}
		if err := p.Err(); err != nil {
			return Done{}, err
		}
		if c.State != selection.Drafting && c.State != selection.Open && c.State != selection.Reviewing {
			return Done{}, domain.Conflict("call.drawn", nil)
		}
		a.Note("evaluator", string(account.ID))
		return Done{Done: true}, a.Tx.AddEvaluator(ctx, selection.Evaluator{
			Call: c.ID, Account: account.ID, Expertise: strings.TrimSpace(in.Expertise), Version: 1,
			Candidate: selection.Candidate{
				ID: account.ID, Organisations: append([]domain.ID{}, in.Organisations...),
				Recommends: append([]domain.ID{}, in.Recommends...), Declared: []domain.ID{},
			},
		})
	})
}

// DrawInput draws the panel of a call.
type DrawInput struct {
	Call       domain.ID     `path:"call" json:"-"`
	EvaluateBy calendar.Date `json:"evaluateBy,omitempty"` // last day to submit sheets; who is late is reminded before it
	Version    int           `json:"version"`
}

// Draw draws the panel by the seed that was committed to, without whoever has a tie to an eligible applicant, and begins
// the evaluation: evaluator.draw. CodeConflict while applications wait for their review or the pool is too small.
func (s *Service) Draw(ctx context.Context, by domain.Actor, in DrawInput) (selection.Call, error) {
	return service.Do(ctx, s.env, s.store, by, "evaluator.draw", func(a *service.Act[Tx]) (selection.Call, error) {
		c, err := open(ctx, a, "evaluator.draw", in.Call)
		if err != nil {
			return c, err
		}
		var p domain.Problems
		p.Check(in.EvaluateBy == "" || in.EvaluateBy > calendar.DateOf(a.Now), "evaluateBy", "call.evaluate_by")
		if err := p.Err(); err != nil {
			return sealed(c), err
		}
		counts, err := a.Tx.CountByState(ctx, c.ID)
		if err != nil {
			return sealed(c), err
		}
		if c, err = c.Evaluate(counts[selection.Submitted], in.EvaluateBy); err != nil {
			return sealed(c), err
		}
		if counts[selection.Eligible] == 0 {
			return sealed(c), domain.Conflict("call.nobody_eligible", nil)
		}
		if err := seat(ctx, a, c); err != nil {
			return sealed(c), err
		}
		c.Version = in.Version
		a.Note("panel", strconv.Itoa(c.Profile.Panel))
		a.Wake(service.CaseSelection, c.ID)
		return c, a.Tx.ChangeCall(ctx, &c)
	})
}

// seat writes the places of the draw.
func seat(ctx context.Context, a *service.Act[Tx], c selection.Call) error {
	pool, err := a.Tx.EvaluatorsOf(ctx, c.ID)
	if err != nil {
		return err
	}
	eligible, err := eligible(ctx, a.Tx, c.ID)
	if err != nil {
		return err
	}
	applicants := make([]domain.ID, len(eligible))
	for i, x := range eligible {
		applicants[i] = x.Organisation
	}
	candidates := make([]selection.Candidate, len(pool))
	for i := range pool {
		if err := belong(ctx, a.Tx, &pool[i].Candidate); err != nil {
			return err
		}
		candidates[i] = pool[i].Candidate
	}
	drawn := selection.Draw(candidates, applicants, c.Seed)
	if len(drawn) < c.Profile.Panel {
		return domain.Conflict("evaluator.too_few", domain.Args{"panel": c.Profile.Panel, "free": len(drawn)})
	}
	for _, e := range pool {
		e.Place = slices.Index(drawn, e.Account) + 1
		e.Sits = e.Place > 0 && e.Place <= c.Profile.Panel
		if err := a.Tx.ChangeEvaluator(ctx, &e); err != nil {
			return err
		}
	}
	return nil
}

// belong adds the organisations that a candidate acts for, whether or not anybody entered them.
func belong(ctx context.Context, tx Tx, c *selection.Candidate) error {
	acts, err := tx.OrganisationsOf(ctx, c.ID)
	for _, o := range acts {
		if !slices.Contains(c.Organisations, o.ID) {
			c.Organisations = append(c.Organisations, o.ID)
		}
	}
	return err
}

// eligible lists the applications that are evaluated, by number.
func eligible(ctx context.Context, tx Tx, call domain.ID) ([]selection.Application, error) {
	return tx.FindApplications(ctx, ApplicationFilter{Call: call, State: selection.Eligible, Limit: 0})
}

// PanelInput names a call.
type PanelInput struct {
	Call domain.ID `path:"call" json:"-"`
}

// Panel is the pool of a call with how far each has come.
type Panel struct {
	Items []Seat `json:"items"`
}

// Seat is one evaluator of the pool.
type Seat struct {
	Evaluator selection.Evaluator `json:"evaluator"`
	Name      string              `json:"name"`
	Submitted int                 `json:"submitted"`
	Assigned  int                 `json:"assigned"`
}

// Panel lists the pool with how many sheets each has submitted, never what is on them: evaluator.list.
func (s *Service) Panel(ctx context.Context, by domain.Actor, in PanelInput) (Panel, error) {
	return service.See(ctx, s.store, func(tx Tx) (Panel, error) {
		out := Panel{Items: []Seat{}}
		c, err := tx.Call(ctx, in.Call)
		if err != nil {
			return out, err
		}
		if err := may(by, "evaluator.list", facts(c)); err != nil {
			return out, err
		}
		pool, err := tx.EvaluatorsOf(ctx, c.ID)
		if err != nil {
			return out, err
		}
		work, err := workload(ctx, tx, c)
		if err != nil {
			return out, err
		}
		for _, e := range pool {
			account, err := tx.Account(ctx, e.Account)
			if err != nil {
				return out, err
			}
			out.Items = append(out.Items, Seat{e, account.Name, work.submitted[e.Account], len(work.assigned(e))})
		}
		return out, nil
	})
}

// load is who has to score what, and what is there.
type load struct {
	eligible  []selection.Application
	sheets    []selection.Sheet
	submitted map[domain.ID]int // by evaluator
}

func workload(ctx context.Context, tx Tx, c selection.Call) (load, error) {
	out := load{submitted: map[domain.ID]int{}}
	var err error
	if out.eligible, err = eligible(ctx, tx, c.ID); err != nil {
		return out, err
	}
	out.sheets, err = tx.SheetsOf(ctx, c.ID)
	for _, sheet := range out.sheets {
		if sheet.SubmittedAt != nil && sheet.Void == "" && !sheet.Again {
			out.submitted[sheet.Evaluator]++
		}
	}
	return out, err
}

// assigned are the applications that an evaluator has to score: all of them, without those to which there is a tie.
func (l load) assigned(e selection.Evaluator) []selection.Application {
	if !e.Sits || e.Removed != "" {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(l.eligible), func(x selection.Application) bool {
		return e.Candidate.Conflicted(x.Organisation) != ""
	})
}
