package tasking

import (
	"context"
	"strconv"
	"strings"

	"secretariat/domain"
	"secretariat/domain/pipeline"
	"secretariat/service"
)

// CommentInput is what somebody says of a task in its division.
type CommentInput struct {
	Task domain.ID `path:"task" json:"-"`
	Text string    `json:"text"`
}

// Comment takes in what a member of the division, the proposer or the secretariat says: task.comment. CodeConflict when the
// division does not discuss the task.
func (s *Service) Comment(ctx context.Context, by domain.Actor, in CommentInput) (pipeline.Comment, error) {
	return service.Do(ctx, s.env, s.store, by, "task.comment", func(a *service.Act[Tx]) (pipeline.Comment, error) {
		r, err := open(ctx, a, "task.comment", in.Task, 0)
		if err != nil {
			return pipeline.Comment{}, err
		}
		var p domain.Problems
		p.Text("text", in.Text, true, domain.MaxText)
		if err := p.Err(); err != nil {
			return pipeline.Comment{}, err
		}
		if err := r.task.Must(pipeline.Discussing); err != nil {
			return pipeline.Comment{}, err
		}
		out := pipeline.Comment{
			ID: a.Env.NewID(), Task: r.task.ID, Round: r.task.Round, Organisation: r.known(), Text: strings.TrimSpace(in.Text), At: a.Now,
		}
		if out.Author, err = author(ctx, a.Tx, r); err != nil {
			return out, err
		}
		return out, a.Tx.AddComment(ctx, out)
	})
}

// author is in whose name the reader speaks: the organisation, or the department that looks after the committee.
func author(ctx context.Context, tx Tx, r reader) (string, error) {
	if id := r.known(); id != "" {
		o, err := tx.Organisation(ctx, id)
		return o.Name, err
	}
	c, err := tx.Committee(ctx, r.task.Committee)
	return c.OwningDepartment, err
}

// ReviewInput is what a sherpa says of a task.
type ReviewInput struct {
	Task      domain.ID `path:"task" json:"-"`
	Recommend bool      `json:"recommend"` // otherwise it is returned to be mended
	Reason    string    `json:"reason"`    // why it is recommended, or what is to be mended
	Version   int       `json:"version"`
}

// Review recommends a task to the policy council, or returns it: task.review. Who proposes it or takes part in it is recused
// (위원회조례 9); where no sherpa is left the secretary does it. CodeConflict when the task is not before its division.
func (s *Service) Review(ctx context.Context, by domain.Actor, in ReviewInput) (pipeline.Task, error) {
	return service.Do(ctx, s.env, s.store, by, "task.review", func(a *service.Act[Tx]) (pipeline.Task, error) {
		r, err := open(ctx, a, "task.review", in.Task, in.Version)
		if err != nil {
			return r.task, err
		}
		var p domain.Problems
		p.Text("reason", in.Reason, true, domain.MaxText)
		if err := p.Err(); err != nil {
			return r.task, err
		}
		sherpa := r.sherpa()
		if sherpa == "" && len(r.free()) > 0 {
			return r.task, domain.Conflict("task.sherpa_there", nil)
		}
		a.Note("recommend", strconv.FormatBool(in.Recommend))
		t, reason := r.task, strings.TrimSpace(in.Reason)
		if in.Recommend {
			t, err = t.Recommend(sherpa, reason, a.Now)
		} else {
			t, err = t.Return(pipeline.GateDivision, reason, a.Now)
		}
		if err != nil {
			return t, err
		}
		return change(ctx, a, t)
	})
}
