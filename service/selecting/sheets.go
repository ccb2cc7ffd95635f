package selecting

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/selection"
	"secretariat/service"
)

// SheetsInput asks for the reader's own work in a call.
type SheetsInput struct {
	Call domain.ID `path:"call" json:"-"`
}

// Work is what an evaluator has to score.
type Work struct {
	Call    selection.Call `json:"call"`
	Pledged bool           `json:"pledged"`
	Names   []Applicant    `json:"names"` // before the pledge: who applies, to declare ties
	Items   []Task         `json:"items"` // after it
	Sealed  bool           `json:"sealed"`
	Late    bool           `json:"late"` // a tie may still be declared
}

// Applicant is an organisation that applies.
type Applicant struct {
	Organisation domain.ID `json:"organisation"`
	Name         string    `json:"name"`
}

// Task is one application with the reader's own sheet.
type Task struct {
	Application selection.Application  `json:"application"`
	Files       []selection.Attachment `json:"files"`
	Sheet       *selection.Sheet       `json:"sheet,omitempty"`
	Past        []selection.PastSheet  `json:"past,omitempty"`  // as it stood before corrections
	Asked       string                 `json:"asked,omitempty"` // why the panel is to look at it again
}

// Sheets shows an evaluator their own work, and nobody else's: sheet.list. Titles are seen after the pledge alone.
func (s *Service) Sheets(ctx context.Context, by domain.Actor, in SheetsInput) (Work, error) {
	return service.See(ctx, s.store, func(tx Tx) (Work, error) {
		out := Work{Names: []Applicant{}, Items: []Task{}}
		c, err := tx.Call(ctx, in.Call)
		if err != nil {
			return out, err
		}
		e, err := tx.Evaluator(ctx, c.ID, by.ID)
		if domain.CodeOf(err) == domain.CodeNotFound {
			err = nil
		}
		if err != nil {
			return out, err
		}
		f := facts(c)
		f.Evaluator = e.Sits && e.Removed == ""
		if err := may(by, "sheet.list", f); err != nil {
			return out, err
		}
		out.Call, out.Pledged, out.Sealed = sealed(c), e.PledgedAt != nil, c.State != selection.Evaluating
		out.Late = c.State == selection.Evaluating || c.State == selection.Ranked || c.State == selection.Announced
		return out, s.tasks(ctx, tx, c, e, &out)
	})
}

func (s *Service) tasks(ctx context.Context, tx Tx, c selection.Call, e selection.Evaluator, out *Work) error {
	all, err := eligible(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	mine, err := tx.SheetsBy(ctx, c.ID, e.Account)
	if err != nil {
		return err
	}
	past, err := tx.PastSheets(ctx, c.ID, e.Account)
	if err != nil {
		return err
	}
	reopened, err := tx.Reopenings(ctx, c.ID)
	if err != nil {
		return err
	}
	files, err := tx.AttachmentsIn(ctx, c.ID)
	if err != nil {
		return err
	}
	of := map[domain.ID][]selection.Attachment{}
	for _, file := range files {
		of[file.Application] = append(of[file.Application], file)
	}
	filed, err := tx.FiledIn(ctx, c.ID)
	if err != nil {
		return err
	}
	for _, x := range (load{eligible: all}).assigned(e) {
		out.Names = append(out.Names, Applicant{x.Organisation, x.Applicant})
		if !out.Pledged {
			continue
		}
		t := Task{Application: x, Files: selection.Filed(filed[x.ID], of[x.ID])}
		if i := slices.IndexFunc(mine, func(sheet selection.Sheet) bool { return sheet.Application == x.ID }); i >= 0 {
			t.Sheet = &mine[i]
		}
		t.remember(past, reopened)
		out.Items = append(out.Items, t)
	}
	return nil
}

// remember adds how a sheet came to be as it is, and why it is to be looked at again.
func (t *Task) remember(past []selection.PastSheet, reopened []selection.Reopening) {
	for _, p := range past {
		if p.Application == t.Application.ID {
			t.Past = append(t.Past, p)
		}
	}
	for _, r := range reopened {
		if r.Application == t.Application.ID && r.Ranking == 0 {
			t.Asked = r.Reason
		}
	}
}

// ScoreInput is the sheet of one application.
type ScoreInput struct {
	Application domain.ID `path:"application" json:"-"`
	Scores      []int64   `json:"scores"` // thousandths, one a criterion; selection.NoScore (-1) for one that is not scored yet
	Comment     string    `json:"comment"`
	Version     int       `json:"version"` // 0 for the first
}

// Score keeps the draft of a sheet, which may lack scores: sheet.save. CodeConflict once it was submitted or before the pledge.
func (s *Service) Score(ctx context.Context, by domain.Actor, in ScoreInput) (selection.Sheet, error) {
	return service.Do(ctx, s.env, s.store, by, "sheet.save", func(a *service.Act[Tx]) (selection.Sheet, error) {
		x, err := a.Tx.Application(ctx, in.Application)
		if err != nil {
			return selection.Sheet{}, err
		}
		c, e, err := s.chair(ctx, a, "sheet.save", x.Call)
		if err != nil {
			return selection.Sheet{}, err
		}
		if e.PledgedAt == nil {
			return selection.Sheet{}, domain.Conflict("evaluator.pledge", nil)
		}
		if err := assigned(ctx, a.Tx, c, by, x); err != nil {
			return selection.Sheet{}, err
		}
		var p domain.Problems
		c.Profile.CheckDraft(&p, in.Scores)
		p.Text("comment", in.Comment, false, domain.MaxText)
		if err := p.Err(); err != nil {
			return selection.Sheet{}, err
		}
		sheet, there, err := a.Tx.Sheet(ctx, x.ID, by.ID)
		if err != nil {
			return sheet, err
		}
		if there && sheet.SubmittedAt != nil {
			return sheet, domain.Conflict("sheet.submitted", nil)
		}
		sheet.Again = false
		if sheet.Version != in.Version {
			return sheet, domain.Stale()
		}
		sheet.Call, sheet.Application, sheet.Evaluator = c.ID, x.ID, by.ID
		sheet.Scores, sheet.Comment = in.Scores, strings.TrimSpace(in.Comment)
		return sheet, a.Tx.PutSheet(ctx, &sheet)
	})
}

// assigned refuses an application that the actor does not have to score, as if it were not there.
func assigned(ctx context.Context, tx Tx, c selection.Call, by domain.Actor, x selection.Application) error {
	scores, err := sits(ctx, tx, c, by, x)
	if err == nil && !scores {
		err = domain.NotFound("application")
	}
	return err
}

// SubmitSheetsInput sends the reader's whole work.
type SubmitSheetsInput struct {
	Call domain.ID `path:"call" json:"-"`
}

// SubmitSheets locks all sheets of an evaluator at once: sheet.submit. CodeConflict with how many are missing.
func (s *Service) SubmitSheets(ctx context.Context, by domain.Actor, in SubmitSheetsInput) (Done, error) {
	return service.Do(ctx, s.env, s.store, by, "sheet.submit", func(a *service.Act[Tx]) (Done, error) {
		c, e, err := s.chair(ctx, a, "sheet.submit", in.Call)
		if err != nil {
			return Done{}, err
		}
		all, err := eligible(ctx, a.Tx, c.ID)
		if err != nil {
			return Done{}, err
		}
		mine, err := a.Tx.SheetsBy(ctx, c.ID, by.ID)
		if err != nil {
			return Done{}, err
		}
		wanted := (load{eligible: all}).assigned(e)
		missing := 0
		for _, x := range wanted {
			if !slices.ContainsFunc(mine, func(sheet selection.Sheet) bool { return sheet.Application == x.ID && sheet.Whole() }) {
				missing++
			}
		}
		if missing > 0 {
			return Done{}, domain.Conflict("sheet.missing", domain.Args{"count": missing})
		}
		for _, sheet := range mine {
			if sheet.SubmittedAt != nil || sheet.Void != "" {
				continue
			}
			sheet.SubmittedAt = &a.Now
			if err := a.Tx.PutSheet(ctx, &sheet); err != nil {
				return Done{}, err
			}
		}
		a.Note("sheets", strconv.Itoa(len(mine)))
		a.Wake(service.CaseSelection, c.ID)
		return Done{Done: true}, nil
	})
}

// PanelsInput asks for the calls in which the reader sits on the panel.
type PanelsInput struct{}

// Panels is the calls in which the reader sits on the panel.
type Panels struct {
	Items []Duty           `json:"items"` // to be evaluated
	Done  []selection.Call `json:"done"`  // in which ties may still be declared
}

// Duty is a call that the reader has to evaluate.
type Duty struct {
	Call     selection.Call `json:"call"`
	Pledged  bool           `json:"pledged"`
	Assigned int            `json:"assigned"` // applications to score
	Scored   int            `json:"scored"`   // sheets that are kept, submitted or not
	Over     bool           `json:"over"`     // all of them are submitted
}

// Panels lists the calls that the reader has to evaluate, with how far that has come: panel.mine.
func (s *Service) Panels(ctx context.Context, by domain.Actor, _ PanelsInput) (Panels, error) {
	out := Panels{Items: []Duty{}, Done: []selection.Call{}}
	if err := access.Can(by, "panel.mine", access.Facts{}).Err(); err != nil {
		return out, err
	}
	return service.See(ctx, s.store, func(tx Tx) (Panels, error) {
		seats, err := tx.Panels(ctx, by.ID)
		if err != nil {
			return out, err
		}
		for _, e := range seats {
			c, err := tx.Call(ctx, e.Call)
			if err != nil {
				return out, err
			}
			if c.State == selection.Ranked || c.State == selection.Announced {
				out.Done = append(out.Done, sealed(c))
			}
			if c.State != selection.Evaluating {
				continue
			}
			d, err := duty(ctx, tx, c, e)
			if err != nil {
				return out, err
			}
			out.Items = append(out.Items, d)
		}
		return out, nil
	})
}

// duty is how far an evaluator has come in a call.
func duty(ctx context.Context, tx Tx, c selection.Call, e selection.Evaluator) (Duty, error) {
	out := Duty{Call: sealed(c), Pledged: e.PledgedAt != nil}
	all, err := eligible(ctx, tx, c.ID)
	if err != nil {
		return out, err
	}
	sheets, err := tx.SheetsBy(ctx, c.ID, e.Account)
	submitted := 0
	for _, x := range (load{eligible: all}).assigned(e) {
		out.Assigned++
		i := slices.IndexFunc(sheets, func(s selection.Sheet) bool { return s.Application == x.ID && s.Void == "" && s.Whole() })
		if i >= 0 {
			out.Scored++
		}
		if i >= 0 && sheets[i].SubmittedAt != nil {
			submitted++
		}
	}
	out.Over = submitted == out.Assigned
	return out, err
}
