package selecting

import (
	"context"
	"slices"
	"strings"

	"secretariat/domain"
	"secretariat/domain/selection"
	"secretariat/service"
)

// ReopenInput says why the result of a call cannot stand.
type ReopenInput struct {
	Call        domain.ID        `path:"call" json:"-"`
	Application domain.ID        `json:"application"`
	Objection   domain.ID        `json:"objection"` // upheld, on which it rests; empty: ex officio
	Remedy      selection.Remedy `json:"remedy"`    // not void: that is evaluator.remove
	Reason      string           `json:"reason"`    // published with the next ranking
	Bonus       int64            `json:"bonus"`     // thousandths; of adjust
	BonusCount  int              `json:"bonusCount"`
	Penalty     int64            `json:"penalty"`
	Version     int              `json:"version"`
}

// Reopen takes a call back to its evaluation, for an objection that was upheld or ex officio: call.reopen. With rescore the whole
// panel is asked to look at its sheets again, with admit an application is evaluated after all, with adjust its bonus and penalty
// are corrected. The next ranking is a version of its own. CodeConflict once the result is final, when the remedy does not fit the
// application, or the objection was not upheld.
func (s *Service) Reopen(ctx context.Context, by domain.Actor, in ReopenInput) (selection.Call, error) {
	return service.Do(ctx, s.env, s.store, by, "call.reopen", func(a *service.Act[Tx]) (selection.Call, error) {
		c, err := open(ctx, a, "call.reopen", in.Call)
		if err != nil {
			return c, err
		}
		if err := in.check(c.Profile); err != nil {
			return c, err
		}
		x, err := remedied(ctx, a.Tx, c, in)
		if err != nil {
			return c, err
		}
		if err := a.Tx.ChangeApplication(ctx, &x); err != nil {
			return c, err
		}
		if in.Remedy == selection.Rescore {
			if err := again(ctx, a.Tx, c.ID, x.ID); err != nil {
				return c, err
			}
		}
		c.Version = in.Version
		return reopen(ctx, a, c, selection.Reopening{
			Application: x.ID, Objection: in.Objection, Remedy: in.Remedy, Reason: strings.TrimSpace(in.Reason),
		})
	})
}

func (in ReopenInput) check(r selection.Profile) error {
	var p domain.Problems
	domain.OneOf(&p, "remedy", in.Remedy, selection.Rescore, selection.Admit, selection.Adjust)
	p.Text("reason", in.Reason, true, domain.MaxText)
	p.Check(in.Bonus >= 0 && in.Bonus <= int64(r.BonusMax)*selection.Point, "bonus", "field.range")
	p.Check(in.Penalty >= 0 && in.Penalty <= int64(r.PenaltyMax)*selection.Point, "penalty", "field.range")
	p.Check(in.BonusCount >= 0 && (in.BonusCount > 0) == (in.Bonus > 0), "bonusCount", "field.range")
	return p.Err()
}

// remedied is the application with the remedy, once the objection it rests on was found to bear it.
func remedied(ctx context.Context, tx Tx, c selection.Call, in ReopenInput) (selection.Application, error) {
	x, err := tx.Application(ctx, in.Application)
	if err != nil {
		return x, err
	}
	if x.Call != c.ID {
		return x, domain.NotFound("application")
	}
	if in.Objection != "" {
		o, err := tx.Objection(ctx, in.Objection)
		if err != nil {
			return x, err
		}
		if o.Application != x.ID || !o.Upheld {
			return x, domain.Conflict("objection.not_upheld", nil)
		}
	}
	if x, err = x.Remedied(in.Remedy, strings.TrimSpace(in.Reason)); err != nil || in.Remedy != selection.Adjust {
		return x, err
	}
	if x.Bonus == in.Bonus && x.BonusCount == in.BonusCount && x.Penalty == in.Penalty {
		return x, domain.Conflict("application.no_remedy", nil)
	}
	x.Bonus, x.BonusCount, x.Penalty, x.Grounds = in.Bonus, in.BonusCount, in.Penalty, strings.TrimSpace(in.Reason)
	return x, nil
}

// again asks for every locked sheet of an application that counts.
func again(ctx context.Context, tx Tx, call, application domain.ID) error {
	all, err := tx.SheetsOf(ctx, call)
	if err != nil {
		return err
	}
	for _, sheet := range all {
		if sheet.Application != application || sheet.SubmittedAt == nil || sheet.Void != "" {
			continue
		}
		sheet.Again = true
		if err := tx.PutSheet(ctx, &sheet); err != nil {
			return err
		}
	}
	return nil
}

// reopen takes a call back to its evaluation and keeps why.
func reopen(ctx context.Context, a *service.Act[Tx], c selection.Call, why selection.Reopening) (selection.Call, error) {
	c, err := c.Reopen()
	if err != nil {
		return c, err
	}
	why.ID, why.Call, why.At, why.By = a.Env.NewID(), c.ID, a.Now, a.By.ID
	a.Note("remedy", string(why.Remedy))
	a.Note("reopening", string(why.ID))
	a.Wake(service.CaseSelection, c.ID)
	if err := a.Tx.AddReopening(ctx, why); err != nil {
		return c, err
	}
	return c, a.Tx.ChangeCall(ctx, &c)
}

// CorrectInput is a locked sheet with other scores, or as it is.
type CorrectInput struct {
	Application domain.ID `path:"application" json:"-"`
	Keep        bool      `json:"keep"`   // the evaluator looked again and leaves it
	Scores      []int64   `json:"scores"` // thousandths, one a criterion
	Comment     string    `json:"comment"`
	Reason      string    `json:"reason"` // of the correction
	Version     int       `json:"version"`
}

// Correct replaces a sheet that its evaluator has submitted, with a reason, before the result is decided: sheet.correct. Nobody
// else can: staff may only ask the whole panel to look again. The sheet as it stood is kept. CodeConflict for a sheet that is not
// locked, and after the ranking for one that was not asked for.
func (s *Service) Correct(ctx context.Context, by domain.Actor, in CorrectInput) (selection.Sheet, error) {
	return service.Do(ctx, s.env, s.store, by, "sheet.correct", func(a *service.Act[Tx]) (selection.Sheet, error) {
		x, err := a.Tx.Application(ctx, in.Application)
		if err != nil {
			return selection.Sheet{}, err
		}
		c, _, err := s.chair(ctx, a, "sheet.correct", x.Call)
		if err != nil {
			return selection.Sheet{}, err
		}
		a.On("application", x.ID, c.ID)
		if err := assigned(ctx, a.Tx, c, by, x); err != nil {
			return selection.Sheet{}, err
		}
		sheet, _, err := a.Tx.Sheet(ctx, x.ID, by.ID)
		if err != nil {
			return sheet, err
		}
		if sheet.Version != in.Version {
			return sheet, domain.Stale()
		}
		a.Wake(service.CaseSelection, c.ID)
		if in.Keep {
			a.Note("sheet", "kept")
			if sheet, err = sheet.Keep(); err != nil {
				return sheet, err
			}
			return sheet, a.Tx.PutSheet(ctx, &sheet)
		}
		return correct(ctx, a, c, sheet, in)
	})
}

func correct(
	ctx context.Context, a *service.Act[Tx], c selection.Call, sheet selection.Sheet, in CorrectInput,
) (selection.Sheet, error) {
	comment := strings.TrimSpace(in.Comment)
	var p domain.Problems
	c.Profile.CheckScores(&p, in.Scores)
	p.Text("comment", in.Comment, false, domain.MaxText)
	p.Text("reason", in.Reason, true, domain.MaxText)
	p.Check(!slices.Equal(in.Scores, sheet.Scores) || comment != sheet.Comment, "scores", "sheet.unchanged")
	if err := p.Err(); err != nil {
		return sheet, err
	}
	now, was, err := sheet.Correct(in.Scores, comment, strings.TrimSpace(in.Reason), c.RankedAt != nil, a.Now)
	if err != nil {
		return sheet, err
	}
	a.Note("sheet", "corrected")
	if err := a.Tx.AddPastSheet(ctx, was); err != nil {
		return sheet, err
	}
	return now, a.Tx.PutSheet(ctx, &now)
}
