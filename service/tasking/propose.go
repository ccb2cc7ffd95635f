package tasking

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/alliance"
	"secretariat/domain/calendar"
	"secretariat/domain/pipeline"
	"secretariat/service"
)

// Entry is what an organisation writes about a task, with the division it is proposed to.
type Entry struct {
	Division domain.ID `json:"division"`
	pipeline.Proposal
}

// on puts the entry on a task.
func (e Entry) on(t pipeline.Task) pipeline.Task {
	if t.Kind != "" { // a draft stays what it was begun as
		e.Kind = t.Kind
	}
	if e.Kind == "" {
		e.Kind = pipeline.Project
	}
	if e.Kind == pipeline.Project {
		e.Demand = pipeline.Demand{Kind: e.Kind}
	}
	t.Division, t.Proposal = e.Division, e.Proposal
	for _, text := range []*string{&t.Title, &t.Problem, &t.Approach, &t.Effects, &t.Sector, &t.Provision} {
		*text = strings.TrimSpace(*text)
	}
	t.Technologies = slices.Compact(slices.Sorted(slices.Values(append([]pipeline.Technology{}, e.Technologies...))))
	t.Partners = slices.Compact(slices.Sorted(slices.Values(append([]domain.ID{}, e.Partners...))))
	if t.Technologies == nil {
		t.Technologies = []pipeline.Technology{}
	}
	if t.Partners == nil {
		t.Partners = []domain.ID{}
	}
	return t
}

// DraftInput is a new task of an organisation.
type DraftInput struct {
	Alliance     domain.ID `path:"alliance" json:"-"`
	Organisation domain.ID `json:"organisation"`
	Entry
}

// Draft begins a task that nobody but its own organisation sees: task.draft. CodeConflict when the organisation is no
// member of the alliance.
func (s *Service) Draft(ctx context.Context, by domain.Actor, in DraftInput) (pipeline.Task, error) {
	return service.Do(ctx, s.env, s.store, by, "task.draft", func(a *service.Act[Tx]) (pipeline.Task, error) {
		of, err := a.Tx.Alliance(ctx, in.Alliance)
		if err != nil {
			return pipeline.Task{}, err
		}
		f := access.Facts{Committee: of.Committee, Organisation: in.Organisation}
		if err := access.Can(by, "task.draft", f).Err(); err != nil {
			return pipeline.Task{}, err
		}
		t := in.Entry.on(pipeline.Task{
			ID: a.Env.NewID(), Alliance: of.ID, Committee: of.Committee, Organisation: in.Organisation,
			State: pipeline.Draft, Version: 1,
		})
		a.On("task", t.ID, t.ID)
		if err := checkEntry(ctx, a.Tx, of, t); err != nil {
			return t, err
		}
		return t, a.Tx.AddTask(ctx, t)
	})
}

// checkEntry tells everything that keeps a task from being saved.
func checkEntry(ctx context.Context, tx Tx, of alliance.Alliance, t pipeline.Task) error {
	var p domain.Problems
	t.Check(&p, of.Sectors)
	d, err := tx.Division(ctx, t.Division)
	p.Check(err == nil && d.Alliance == of.ID, "division", "field.choice")
	if domain.CodeOf(err) != domain.CodeNotFound && err != nil {
		return err
	}
	members, err := tx.MemberOrganisations(ctx, of.ID)
	if err != nil {
		return err
	}
	known := func(id domain.ID) bool {
		return slices.ContainsFunc(members, func(o alliance.Organisation) bool { return o.ID == id })
	}
	if !known(t.Organisation) {
		return domain.Conflict("organisation.not_member", nil)
	}
	for _, id := range t.Partners {
		if !known(id) || id == t.Organisation {
			p.Add("partners", "field.choice", nil)
			break
		}
	}
	return p.Err()
}

// PartnersInput names an alliance.
type PartnersInput struct {
	Alliance domain.ID `path:"alliance" json:"-"`
}

// Partners are the organisations that may take part in a task.
type Partners struct {
	Items []Named `json:"items"`
}

// Partners names the member organisations of an alliance to who may propose a task with them: task.partners.
func (s *Service) Partners(ctx context.Context, by domain.Actor, in PartnersInput) (Partners, error) {
	return service.See(ctx, s.store, func(tx Tx) (Partners, error) {
		out := Partners{Items: []Named{}}
		of, err := tx.Alliance(ctx, in.Alliance)
		if err != nil {
			return out, err
		}
		members, err := tx.MemberOrganisations(ctx, of.ID)
		if err != nil {
			return out, err
		}
		f := access.Facts{Committee: of.Committee}
		for _, o := range members {
			if _, works := by.Works(o.ID); works {
				f.Organisation = o.ID
			}
			out.Items = append(out.Items, Named{o.ID, o.Name})
		}
		if err := access.Can(by, "task.partners", f).Err(); err != nil {
			return Partners{Items: []Named{}}, err
		}
		return out, nil
	})
}

// ReviseInput changes a task.
type ReviseInput struct {
	Task domain.ID `path:"task" json:"-"`
	Entry
	Version int `json:"version"`
}

// Revise changes a task that is a draft or was returned: task.revise. CodeConflict while it is before others; CodeStale
// when a colleague saved meanwhile.
func (s *Service) Revise(ctx context.Context, by domain.Actor, in ReviseInput) (pipeline.Task, error) {
	return service.Do(ctx, s.env, s.store, by, "task.revise", func(a *service.Act[Tx]) (pipeline.Task, error) {
		t, err := revised(ctx, a, "task.revise", in)
		if err != nil {
			return t, err
		}
		return t, a.Tx.ChangeTask(ctx, &t)
	})
}

func revised(ctx context.Context, a *service.Act[Tx], op string, in ReviseInput) (pipeline.Task, error) {
	r, err := open(ctx, a, op, in.Task, in.Version)
	if err != nil {
		return r.task, err
	}
	if !r.task.Editable() {
		return r.task, domain.Conflict("task.submitted", nil)
	}
	of, err := a.Tx.Alliance(ctx, r.task.Alliance)
	if err != nil {
		return r.task, err
	}
	// Who has recommended a task has done so for its division.
	if r.task.FoundAt != nil {
		in.Division = r.task.Division
	}
	t := in.Entry.on(r.task)
	return t, checkEntry(ctx, a.Tx, of, t)
}

// Submit sends a task, as it is given, to its division, or once it was recommended to the council again: task.submit.
// CodeForbidden for who may only draft; CodeInvalid with everything that is missing.
func (s *Service) Submit(ctx context.Context, by domain.Actor, in ReviseInput) (pipeline.Task, error) {
	return service.Do(ctx, s.env, s.store, by, "task.submit", func(a *service.Act[Tx]) (pipeline.Task, error) {
		t, err := revised(ctx, a, "task.submit", in)
		if err != nil {
			return t, err
		}
		var p domain.Problems
		if t.Complete(&p); p.Err() != nil {
			return t, p.Err()
		}
		if t, err = t.Submit(by.ID, a.Now); err != nil {
			return t, err
		}
		if t, err = s.number(ctx, a, t); err != nil {
			return t, err
		}
		a.Note("round", strconv.Itoa(t.Round))
		return change(ctx, a, t)
	})
}

// number gives a task that is submitted for the first time its number and the rules it goes by.
func (s *Service) number(ctx context.Context, a *service.Act[Tx], t pipeline.Task) (pipeline.Task, error) {
	if t.Number > 0 {
		return t, nil
	}
	r, err := s.today(ctx, a.Tx, t.Committee)
	if err != nil {
		return t, err
	}
	if t.Rules, err = a.Tx.FreezePolicy(ctx, r); err != nil {
		return t, err
	}
	t.Year = a.Now.In(calendar.Seoul).Year()
	t.Number, err = a.Tx.NextNumber(ctx, string(t.Kind)+"/"+string(t.Committee)+"/"+strconv.Itoa(t.Year))
	return t, err
}

// WithdrawInput gives a task up.
type WithdrawInput struct {
	Task    domain.ID `path:"task" json:"-"`
	Reason  string    `json:"reason"`
	Version int       `json:"version"`
}

// Withdraw gives a task up before the committee has decided on it: task.withdraw. What was said of it stays on record.
func (s *Service) Withdraw(ctx context.Context, by domain.Actor, in WithdrawInput) (pipeline.Task, error) {
	return service.Do(ctx, s.env, s.store, by, "task.withdraw", func(a *service.Act[Tx]) (pipeline.Task, error) {
		r, err := open(ctx, a, "task.withdraw", in.Task, in.Version)
		if err != nil {
			return r.task, err
		}
		var p domain.Problems
		p.Text("reason", in.Reason, true, domain.MaxLine)
		if err := p.Err(); err != nil {
			return r.task, err
		}
		t, err := r.task.Withdraw(strings.TrimSpace(in.Reason), a.Now)
		if err != nil {
			return t, err
		}
		return change(ctx, a, t)
	})
}
