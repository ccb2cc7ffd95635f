package selecting

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"secretariat/domain"
	"secretariat/domain/selection"
	"secretariat/service"
)

// DeclareInput is the pledge of an evaluator with the organisations to which there is a tie.
type DeclareInput struct {
	Call          domain.ID   `path:"call" json:"-"`
	Organisations []domain.ID `json:"organisations"`
	Pledge        bool        `json:"pledge"`
}

// Declare signs the pledge of an evaluator before an application is opened, and names ties (회피): evaluator.declare. Sheets
// of an applicant that is named later are void.
func (s *Service) Declare(ctx context.Context, by domain.Actor, in DeclareInput) (Done, error) {
	return service.Do(ctx, s.env, s.store, by, "evaluator.declare", func(a *service.Act[Tx]) (Done, error) {
		_, e, err := s.chair(ctx, a, "evaluator.declare", in.Call)
		if err != nil {
			return Done{}, err
		}
		var p domain.Problems
		p.Check(in.Pledge, "pledge", "evaluator.pledge")
		if err := p.Err(); err != nil {
			return Done{}, err
		}
		if e.PledgedAt == nil {
			e.PledgedAt = &a.Now
		}
		for _, id := range in.Organisations {
			if !slices.Contains(e.Candidate.Declared, id) {
				e.Candidate.Declared = append(e.Candidate.Declared, id)
			}
		}
		if err := a.Tx.ChangeEvaluator(ctx, &e); err != nil {
			return Done{}, err
		}
		named := func(o domain.ID) bool { return slices.Contains(in.Organisations, o) }
		return Done{Done: true}, void(ctx, a, e, string(selection.ConflictDeclared), named)
	})
}

// chair opens a call for what somebody on its panel does while it is evaluated.
func (s *Service) chair(
	ctx context.Context, a *service.Act[Tx], op string, call domain.ID,
) (selection.Call, selection.Evaluator, error) {
	c, err := a.Tx.LockCall(ctx, call)
	if err != nil {
		return c, selection.Evaluator{}, err
	}
	e, err := a.Tx.Evaluator(ctx, c.ID, a.By.ID)
	if domain.CodeOf(err) == domain.CodeNotFound {
		err = nil
	}
	if err != nil {
		return c, e, err
	}
	a.On("evaluator", e.Account, c.ID)
	f := facts(c)
	f.Evaluator = e.Sits && e.Removed == ""
	if err := may(a.By, op, f); err != nil {
		return c, e, err
	}
	if c.State != selection.Evaluating {
		return c, e, domain.Conflict("call.not_evaluating", nil)
	}
	return c, e, nil
}

// void takes the sheets of an evaluator for those applicants out of the count.
func void(
	ctx context.Context, a *service.Act[Tx], e selection.Evaluator, why string, of func(organisation domain.ID) bool,
) error {
	mine, err := a.Tx.SheetsBy(ctx, e.Call, e.Account)
	if err != nil {
		return err
	}
	voided := 0
	for _, sheet := range mine {
		x, err := a.Tx.Application(ctx, sheet.Application)
		if err != nil {
			return err
		}
		if sheet.Void != "" || !of(x.Organisation) {
			continue
		}
		sheet.Void = why
		voided++
		if err := a.Tx.PutSheet(ctx, &sheet); err != nil {
			return err
		}
	}
	a.Note("voided", strconv.Itoa(voided))
	return nil
}

// RemoveInput takes an evaluator off the panel.
type RemoveInput struct {
	Call      domain.ID `path:"call" json:"-"`
	Evaluator domain.ID `path:"evaluator" json:"-"`
	Reason    string    `json:"reason"`
}

// Remove takes somebody off the panel, whose scores no longer count, and seats the next substitute of the draw:
// evaluator.remove. CodeConflict when there is none left.
func (s *Service) Remove(ctx context.Context, by domain.Actor, in RemoveInput) (Done, error) {
	return service.Do(ctx, s.env, s.store, by, "evaluator.remove", func(a *service.Act[Tx]) (Done, error) {
		c, err := open(ctx, a, "evaluator.remove", in.Call)
		if err != nil {
			return Done{}, err
		}
		var p domain.Problems
		p.Text("reason", in.Reason, true, domain.MaxLine)
		if err := p.Err(); err != nil {
			return Done{}, err
		}
		if c.State != selection.Evaluating {
			return Done{}, domain.Conflict("call.not_evaluating", nil)
		}
		e, err := a.Tx.Evaluator(ctx, c.ID, in.Evaluator)
		if err != nil {
			return Done{}, err
		}
		if !e.Sits || e.Removed != "" {
			return Done{}, domain.Conflict("evaluator.not_sitting", nil)
		}
		a.On("evaluator", e.Account, c.ID)
		e.Removed = strings.TrimSpace(in.Reason)
		if err := a.Tx.ChangeEvaluator(ctx, &e); err != nil {
			return Done{}, err
		}
		if err := void(ctx, a, e, "removed", func(domain.ID) bool { return true }); err != nil {
			return Done{}, err
		}
		return Done{Done: true}, substitute(ctx, a, c)
	})
}

// substitute seats the next of the draw who does not sit.
func substitute(ctx context.Context, a *service.Act[Tx], c selection.Call) error {
	pool, err := a.Tx.EvaluatorsOf(ctx, c.ID)
	if err != nil {
		return err
	}
	slices.SortFunc(pool, func(x, y selection.Evaluator) int { return x.Place - y.Place })
	for _, e := range pool {
		if e.Place > 0 && !e.Sits && e.Removed == "" {
			e.Sits = true
			a.Note("substitute", string(e.Account))
			return a.Tx.ChangeEvaluator(ctx, &e)
		}
	}
	return domain.Conflict("evaluator.no_substitute", nil)
}
