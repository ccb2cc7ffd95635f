package minuting

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/minutes"
	"secretariat/service"
)

// ActionInput adds a follow-up to a decision.
type ActionInput struct {
	Decision domain.ID     `json:"-" path:"decision"`
	Text     string        `json:"text"`
	Owner    string        `json:"owner"` // department
	Due      calendar.Date `json:"due"`
}

// AddAction adds what has to follow from a decision, by whom and until when.
func (s *Service) AddAction(ctx context.Context, by domain.Actor, in ActionInput) (minutes.Action, error) {
	var p domain.Problems
	p.Text("text", in.Text, true, domain.MaxText)
	p.Text("owner", in.Owner, true, domain.MaxName)
	p.Check(in.Due.Valid(), "due", "field.date")
	if err := p.Err(); err != nil {
		return minutes.Action{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "action.add", func(a *service.Act[Tx]) (minutes.Action, error) {
		d, err := a.Tx.Decision(ctx, in.Decision)
		if err != nil {
			return minutes.Action{}, err
		}
		a.On("decision", d.ID, d.Meeting)
		if err := access.Can(by, "action.add", access.Facts{Committee: d.Committee}).Err(); err != nil {
			return minutes.Action{}, err
		}
		act := minutes.Action{ID: a.Env.NewID(), Decision: d.ID, Text: in.Text, Owner: in.Owner, Due: in.Due, Version: 1}
		a.Note("action", string(act.ID))
		a.Wake("meeting", d.Meeting)
		return act, a.Tx.AddAction(ctx, act)
	})
}

// ReportInput reports on a follow-up; Done closes it.
type ReportInput struct {
	Action  domain.ID `json:"-" path:"action"`
	Version int       `json:"version"`
	Report  string    `json:"report"`
	Done    bool      `json:"done"`
}

// ReportAction writes how a follow-up stands. CodeStale for another version, CodeConflict "action.done" when it is
// done.
func (s *Service) ReportAction(ctx context.Context, by domain.Actor, in ReportInput) (minutes.Action, error) {
	var p domain.Problems
	p.Text("report", in.Report, true, domain.MaxText)
	if err := p.Err(); err != nil {
		return minutes.Action{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "action.report", func(a *service.Act[Tx]) (minutes.Action, error) {
		act, err := a.Tx.Action(ctx, in.Action)
		if err != nil {
			return act, err
		}
		d, err := a.Tx.Decision(ctx, act.Decision)
		if err != nil {
			return minutes.Action{}, err
		}
		a.On("decision", d.ID, d.Meeting)
		if err := access.Can(by, "action.report", access.Facts{Committee: d.Committee}).Err(); err != nil {
			return minutes.Action{}, err
		}
		if act.DoneAt != nil {
			return minutes.Action{}, domain.Conflict("action.done", nil)
		}
		if act.Version != in.Version {
			return minutes.Action{}, domain.Stale()
		}
		act.Report = in.Report
		if in.Done {
			at := a.Now
			act.DoneAt = &at
		}
		a.Note("action", string(act.ID))
		a.Wake("meeting", d.Meeting)
		return act, a.Tx.ChangeAction(ctx, &act)
	})
}

// ActionsInput asks for the follow-ups of a committee's decisions.
type ActionsInput struct {
	Committee domain.ID `json:"-" path:"committee"`
	Open      bool      `json:"-" query:"open"` // only those not done
	After     string    `json:"-" query:"cursor"`
	Limit     int       `json:"-" query:"limit"`
}

// ActionView is a follow-up with the decision it comes from.
type ActionView struct {
	Action  minutes.Action `json:"action"`
	Number  string         `json:"number"`
	Title   string         `json:"title"`
	Meeting domain.ID      `json:"meeting"`
	Overdue bool           `json:"overdue"`
}

// Actions lists follow-ups in the order of making, those of items the reader may not read left out.
func (s *Service) Actions(ctx context.Context, by domain.Actor, in ActionsInput) (service.Page[ActionView], error) {
	today := calendar.DateOf(s.now())
	return service.See(ctx, s.store, func(tx Tx) (service.Page[ActionView], error) {
		out := service.Page[ActionView]{Items: []ActionView{}}
		if err := access.Can(by, "action.list", access.Facts{Committee: in.Committee}).Err(); err != nil {
			return out, err
		}
		limit := service.PageSize(in.Limit)
		rows, err := tx.Actions(ctx, in.Committee, domain.ID(in.After), in.Open, limit)
		if err != nil {
			return out, err
		}
		r := reader{by: by, known: map[domain.ID]*session{}}
		for _, a := range rows {
			v, err := r.action(ctx, tx, a, today)
			if err != nil {
				return out, err
			}
			if v != nil {
				out.Items = append(out.Items, *v)
			}
		}
		if len(rows) == limit {
			out.Next = string(rows[limit-1].ID)
		}
		return out, nil
	})
}

func (r reader) action(ctx context.Context, tx Tx, a minutes.Action, today calendar.Date) (*ActionView, error) {
	d, err := tx.Decision(ctx, a.Decision)
	if err != nil {
		return nil, err
	}
	s, err := r.session(ctx, tx, d.Meeting)
	if err != nil || sight(r.by, d, s.recused, false) != access.Full {
		return nil, err
	}
	return &ActionView{
		Action: a, Number: d.Number, Title: d.Title, Meeting: d.Meeting, Overdue: a.DoneAt == nil && a.Due < today,
	}, nil
}
