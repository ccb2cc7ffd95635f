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
	Reason        string      `json:"reason"` // of a tie that is declared after the ranking; published with the next
}

// Declare signs the pledge of an evaluator before an application is opened, and names ties (회피): evaluator.declare. Sheets
// of an applicant that is named later are void; after the ranking the call then has to be ranked anew.
func (s *Service) Declare(ctx context.Context, by domain.Actor, in DeclareInput) (Done, error) {
	return service.Do(ctx, s.env, s.store, by, "evaluator.declare", func(a *service.Act[Tx]) (Done, error) {
		c, e, err := s.seated(ctx, a, "evaluator.declare", in.Call)
		if err != nil {
			return Done{}, err
		}
		late := c.State == selection.Ranked || c.State == selection.Announced
		if c.State != selection.Evaluating && !late {
			return Done{}, domain.Conflict("call.not_evaluating", nil)
		}
		var p domain.Problems
		p.Check(in.Pledge, "pledge", "evaluator.pledge")
		p.Text("reason", in.Reason, c.RankedAt != nil && e.PledgedAt != nil && len(in.Organisations) > 0, domain.MaxText)
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
		voided, err := void(ctx, a, e, string(selection.ConflictDeclared), named)
		if err == nil && voided > 0 && c.RankedAt != nil {
			_, err = reopen(ctx, a, c, selection.Reopening{Remedy: selection.Void, Reason: strings.TrimSpace(in.Reason)})
		}
		return Done{Done: true}, err
	})
}

// chair opens a call for what somebody on its panel does while it is evaluated.
func (s *Service) chair(
	ctx context.Context, a *service.Act[Tx], op string, call domain.ID,
) (selection.Call, selection.Evaluator, error) {
	c, e, err := s.seated(ctx, a, op, call)
	if err == nil && c.State != selection.Evaluating {
		err = domain.Conflict("call.not_evaluating", nil)
	}
	return c, e, err
}

// seated opens a call for what somebody on its panel does.
func (s *Service) seated(
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
	return c, e, may(a.By, op, f)
}

// void takes the sheets of an evaluator for those applicants out of the count and says how many.
func void(
	ctx context.Context, a *service.Act[Tx], e selection.Evaluator, why string, of func(organisation domain.ID) bool,
) (int, error) {
	mine, err := a.Tx.SheetsBy(ctx, e.Call, e.Account)
	if err != nil {
		return 0, err
	}
	voided := 0
	for _, sheet := range mine {
		x, err := a.Tx.Application(ctx, sheet.Application)
		if err != nil {
			return 0, err
		}
		if sheet.Void != "" || !of(x.Organisation) {
			continue
		}
		sheet.Void, sheet.Again = why, false
		voided++
		if err := a.Tx.PutSheet(ctx, &sheet); err != nil {
			return 0, err
		}
	}
	a.Note("voided", strconv.Itoa(voided))
	return voided, nil
}

// RemoveInput takes an evaluator off the panel.
type RemoveInput struct {
	Call      domain.ID `path:"call" json:"-"`
	Evaluator domain.ID `path:"evaluator" json:"-"`
	Reason    string    `json:"reason"`
}

// Remove takes somebody off the panel, whose scores no longer count, and seats the next substitute of the draw:
// evaluator.remove. After the ranking the call is evaluated again and has to be ranked anew; then more than half of the panel is
// enough where no substitute is left. CodeConflict when there are too few, and once the result is final.
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
		if c.RankedAt != nil {
			why := selection.Reopening{Remedy: selection.Void, Reason: strings.TrimSpace(in.Reason)}
			if c, err = reopen(ctx, a, c, why); err != nil {
				return Done{}, err
			}
		}
		if c.State != selection.Evaluating {
			return Done{}, domain.Conflict("call.not_evaluating", nil)
		}
		return Done{Done: true}, remove(ctx, a, c, in)
	})
}

func remove(ctx context.Context, a *service.Act[Tx], c selection.Call, in RemoveInput) error {
	e, err := a.Tx.Evaluator(ctx, c.ID, in.Evaluator)
	if err != nil {
		return err
	}
	if !e.Sits || e.Removed != "" {
		return domain.Conflict("evaluator.not_sitting", nil)
	}
	a.On("evaluator", e.Account, c.ID)
	a.Wake(service.CaseSelection, c.ID)
	e.Removed = strings.TrimSpace(in.Reason)
	if err := a.Tx.ChangeEvaluator(ctx, &e); err != nil {
		return err
	}
	if _, err := void(ctx, a, e, "removed", func(domain.ID) bool { return true }); err != nil {
		return err
	}
	return substitute(ctx, a, c)
}

// substitute seats the next of the draw who does not sit.
func substitute(ctx context.Context, a *service.Act[Tx], c selection.Call) error {
	pool, err := a.Tx.EvaluatorsOf(ctx, c.ID)
	if err != nil {
		return err
	}
	slices.SortFunc(pool, func(x, y selection.Evaluator) int { return x.Place - y.Place })
	left := 0
	for _, e := range pool {
		if e.Place > 0 && !e.Sits && e.Removed == "" {
			e.Sits = true
			a.Note("substitute", string(e.Account))
			return a.Tx.ChangeEvaluator(ctx, &e)
		}
		if e.Sits && e.Removed == "" {
			left++
		}
	}
	if c.RankedAt != nil && c.Profile.Enough(left) {
		return nil
	}
	return domain.Conflict("evaluator.no_substitute", nil)
}
