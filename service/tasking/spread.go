package tasking

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/domain/pipeline"
	"secretariat/service"
)

// HandInput gives a selected task to a diffusion hub.
type HandInput struct {
	Task    domain.ID `path:"task" json:"-"`
	Hub     domain.ID `json:"hub"` // organisation of the alliance
	Version int       `json:"version"`
}

// Hand gives a selected task to an organisation that spreads it (확산 허브): task.hand. Who proposes the task, takes part in it
// or guides its division may not report on it, and companies are no hubs: CodeInvalid.
func (s *Service) Hand(ctx context.Context, by domain.Actor, in HandInput) (pipeline.Task, error) {
	return service.Do(ctx, s.env, s.store, by, "task.hand", func(a *service.Act[Tx]) (pipeline.Task, error) {
		r, err := open(ctx, a, "task.hand", in.Task, in.Version)
		if err != nil {
			return r.task, err
		}
		hubs, err := hubs(ctx, a.Tx, r)
		if err != nil {
			return r.task, err
		}
		var p domain.Problems
		p.Check(slices.ContainsFunc(hubs, func(o alliance.Organisation) bool { return o.ID == in.Hub }), "hub", "field.choice")
		if err := p.Err(); err != nil {
			return r.task, err
		}
		t, err := r.task.Hand(in.Hub, a.Now)
		if err != nil {
			return t, err
		}
		return change(ctx, a, t)
	})
}

// hubs are the organisations that may spread a task: members that are no companies and have nothing else to do with it.
func hubs(ctx context.Context, tx Tx, r reader) ([]alliance.Organisation, error) {
	all, err := tx.MemberOrganisations(ctx, r.task.Alliance)
	return slices.DeleteFunc(all, func(o alliance.Organisation) bool {
		_, conflict := r.interests.Against(pipeline.Party{Organisations: []domain.ID{o.ID}})
		return conflict || o.Kind == alliance.Company
	}), err
}

// ReportInput is a report of a hub.
type ReportInput struct {
	Task         domain.ID `path:"task" json:"-"`
	Adopters     int       `json:"adopters"`
	Events       int       `json:"events"`
	Participants int       `json:"participants"`
	Spent        int64     `json:"spent"` // won
	Text         string    `json:"text"`
}

// Report takes in what a hub reports of the spread of a task: task.report. Reports are never changed; the next one adds to it.
func (s *Service) Report(ctx context.Context, by domain.Actor, in ReportInput) (pipeline.Report, error) {
	return service.Do(ctx, s.env, s.store, by, "task.report", func(a *service.Act[Tx]) (pipeline.Report, error) {
		r, err := open(ctx, a, "task.report", in.Task, 0)
		if err != nil {
			return pipeline.Report{}, err
		}
		out := pipeline.Report{
			ID: a.Env.NewID(), Task: r.task.ID, Organisation: r.task.Hub, Adopters: in.Adopters, Events: in.Events,
			Participants: in.Participants, Spent: in.Spent, Text: strings.TrimSpace(in.Text), At: a.Now,
		}
		var p domain.Problems
		if out.Check(&p); p.Err() != nil {
			return out, p.Err()
		}
		if err := r.task.Must(pipeline.Spreading); err != nil {
			return out, err
		}
		before, err := a.Tx.ReportsOfTask(ctx, r.task.ID)
		if err != nil {
			return out, err
		}
		out.Number = len(before) + 1
		a.Note("number", strconv.Itoa(out.Number))
		a.Wake(service.CaseTask, r.task.ID)
		return out, a.Tx.AddTaskReport(ctx, out)
	})
}

// ActInput names a task at the version it was read in.
type ActInput struct {
	Task    domain.ID `path:"task" json:"-"`
	Version int       `json:"version"`
}

// Finish ends the spread of a task on which its hub has reported: task.finish.
func (s *Service) Finish(ctx context.Context, by domain.Actor, in ActInput) (pipeline.Task, error) {
	return service.Do(ctx, s.env, s.store, by, "task.finish", func(a *service.Act[Tx]) (pipeline.Task, error) {
		r, err := open(ctx, a, "task.finish", in.Task, in.Version)
		if err != nil {
			return r.task, err
		}
		reports, err := a.Tx.ReportsOfTask(ctx, r.task.ID)
		if err != nil {
			return r.task, err
		}
		t, err := r.task.Finish(len(reports), a.Now)
		if err != nil {
			return t, err
		}
		return change(ctx, a, t)
	})
}
