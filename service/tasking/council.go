package tasking

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/identity"
	"secretariat/domain/pipeline"
	"secretariat/service"
)

// SeatInput gives somebody a seat in the policy council of an alliance.
type SeatInput struct {
	Alliance domain.ID `path:"alliance" json:"-"`
	Email    string    `json:"email"` // of an account
	Employer string    `json:"employer"`
}

// Seat gives somebody with an account a seat in the policy council (정책협의회): council.seat.
func (s *Service) Seat(ctx context.Context, by domain.Actor, in SeatInput) (Done, error) {
	return service.Do(ctx, s.env, s.store, by, "council.seat", func(a *service.Act[Tx]) (Done, error) {
		if err := council(ctx, a, "council.seat", in.Alliance); err != nil {
			return Done{}, err
		}
		var p domain.Problems
		p.Text("employer", in.Employer, true, domain.MaxName)
		account, err := a.Tx.AccountByEmail(ctx, identity.Email(in.Email))
		p.Check(err == nil, "email", "evaluator.no_account")
		if domain.CodeOf(err) != domain.CodeNotFound && err != nil {
			return Done{}, err
		}
		if err := p.Err(); err != nil {
			return Done{}, err
		}
		a.Note("account", string(account.ID))
		return Done{Done: true}, a.Tx.SeatCouncil(ctx, pipeline.Seat{
			Alliance: in.Alliance, Account: account.ID, Employer: strings.TrimSpace(in.Employer), Since: a.Now,
		})
	})
}

// UnseatInput names a member of a policy council.
type UnseatInput struct {
	Alliance domain.ID `path:"alliance" json:"-"`
	Account  domain.ID `path:"account" json:"-"`
}

// Unseat ends a seat in the policy council: council.unseat. Marks that were given to tasks still before the council no
// longer count.
func (s *Service) Unseat(ctx context.Context, by domain.Actor, in UnseatInput) (Done, error) {
	return service.Do(ctx, s.env, s.store, by, "council.unseat", func(a *service.Act[Tx]) (Done, error) {
		if err := council(ctx, a, "council.unseat", in.Alliance); err != nil {
			return Done{}, err
		}
		a.Note("account", string(in.Account))
		return Done{Done: true}, a.Tx.UnseatCouncil(ctx, in.Alliance, in.Account)
	})
}

func council(ctx context.Context, a *service.Act[Tx], op string, id domain.ID) error {
	of, err := a.Tx.Alliance(ctx, id)
	if err != nil {
		return err
	}
	a.On("council", of.ID, of.ID)
	return access.Can(a.By, op, access.Facts{Committee: of.Committee}).Err()
}

// CouncilInput names an alliance.
type CouncilInput struct {
	Alliance domain.ID `path:"alliance" json:"-"`
}

// Council is the policy council of an alliance.
type Council struct {
	Items []Councillor `json:"items"`
}

// Councillor is one member of it.
type Councillor struct {
	pipeline.Seat
	Name string `json:"name"`
}

// Council lists the members of the policy council: council.show.
func (s *Service) Council(ctx context.Context, by domain.Actor, in CouncilInput) (Council, error) {
	return service.See(ctx, s.store, func(tx Tx) (Council, error) {
		out := Council{Items: []Councillor{}}
		of, err := tx.Alliance(ctx, in.Alliance)
		if err != nil {
			return out, err
		}
		_, sits, err := tx.SitsInCouncil(ctx, of.ID, by.ID)
		if err != nil {
			return out, err
		}
		if err := access.Can(by, "council.show", access.Facts{Committee: of.Committee, Council: sits}).Err(); err != nil {
			return out, err
		}
		all, err := tx.CouncilOf(ctx, of.ID)
		for _, seat := range all {
			account, err := tx.Account(ctx, seat.Account)
			if err != nil {
				return out, err
			}
			out.Items = append(out.Items, Councillor{seat, account.Name})
		}
		return out, err
	})
}

// MarkInput is the mark of a member of the council.
type MarkInput struct {
	Task        domain.ID `path:"task" json:"-"`
	Innovation  int       `json:"innovation"`
	Feasibility int       `json:"feasibility"`
	Impact      int       `json:"impact"`
	Remark      string    `json:"remark"`
	Aside       string    `json:"aside"` // ground on which the member steps aside; then there are no points
}

// Mark takes in the mark of a member of the policy council, once in a round, or that the member steps aside: task.mark. Who
// belongs to an organisation that proposes the task, takes part in it or guides its division is recused (위원회조례 9).
// CodeConflict when the council has the task no more, or the member has given a mark.
func (s *Service) Mark(ctx context.Context, by domain.Actor, in MarkInput) (Done, error) {
	return service.Do(ctx, s.env, s.store, by, "task.mark", func(a *service.Act[Tx]) (Done, error) {
		r, err := open(ctx, a, "task.mark", in.Task, 0)
		if err != nil {
			return Done{}, err
		}
		if err := r.task.Must(pipeline.Refining); err != nil {
			return Done{}, err
		}
		m := pipeline.Mark{
			Task: r.task.ID, Round: r.task.Round, Account: by.ID, Remark: strings.TrimSpace(in.Remark),
			Aside: strings.TrimSpace(in.Aside), At: a.Now,
		}
		if m.Aside == "" {
			m.Innovation, m.Feasibility, m.Impact = in.Innovation, in.Feasibility, in.Impact
		}
		rules, err := s.rules(ctx, a.Tx, r.task)
		if err != nil {
			return Done{}, err
		}
		var p domain.Problems
		if m.Check(&p, rules); p.Err() != nil {
			return Done{}, p.Err()
		}
		a.Note("round", strconv.Itoa(m.Round))
		a.Wake(service.CaseTask, m.Task)
		return Done{Done: true}, a.Tx.AddTaskMark(ctx, m)
	})
}

// judges are the members of the council that have no conflict with a task.
func judges(ctx context.Context, tx Tx, r reader) ([]domain.ID, error) {
	all, err := tx.CouncilOf(ctx, r.task.Alliance)
	if err != nil {
		return nil, err
	}
	var out []domain.ID
	for _, seat := range all {
		acts, err := tx.OrganisationsOf(ctx, seat.Account)
		if err != nil {
			return nil, err
		}
		party := pipeline.Party{Employer: seat.Employer}
		for _, o := range acts {
			party.Organisations = append(party.Organisations, o.ID)
		}
		if _, conflict := r.interests.At(pipeline.GateCouncil).Against(party); !conflict {
			out = append(out, seat.Account)
		}
	}
	return out, nil
}

// score counts the marks of the present round.
func (s *Service) score(ctx context.Context, tx Tx, r reader) (pipeline.Score, []pipeline.Mark, error) {
	members, err := judges(ctx, tx, r)
	if err != nil {
		return pipeline.Score{}, nil, err
	}
	marks, err := tx.MarksOfTask(ctx, r.task.ID, r.task.Round)
	if err != nil {
		return pipeline.Score{}, nil, err
	}
	rules, err := s.rules(ctx, tx, r.task)
	if err != nil {
		return pipeline.Score{}, nil, err
	}
	marks = slices.DeleteFunc(marks, func(m pipeline.Mark) bool { return !slices.Contains(members, m.Account) })
	return pipeline.ScoreOf(marks, members, rules), marks, nil
}

// ConcludeInput ends the work of the council on a task.
type ConcludeInput struct {
	Task    domain.ID `path:"task" json:"-"`
	Reason  string    `json:"reason"` // what is to be mended, where the points are too few
	Version int       `json:"version"`
}

// Conclude passes a task on to the committee when its mean reaches the least, or returns it: task.conclude. The marks
// decide, not who concludes. CodeConflict while too few members have given theirs.
func (s *Service) Conclude(ctx context.Context, by domain.Actor, in ConcludeInput) (pipeline.Task, error) {
	return service.Do(ctx, s.env, s.store, by, "task.conclude", func(a *service.Act[Tx]) (pipeline.Task, error) {
		r, err := open(ctx, a, "task.conclude", in.Task, in.Version)
		if err != nil {
			return r.task, err
		}
		score, _, err := s.score(ctx, a.Tx, r)
		if err != nil {
			return r.task, err
		}
		var p domain.Problems
		p.Text("reason", in.Reason, score.Enough && !score.Passed, domain.MaxText)
		if err := p.Err(); err != nil {
			return r.task, err
		}
		a.Note("passed", strconv.FormatBool(score.Passed))
		t, err := r.task.Conclude(score, strings.TrimSpace(in.Reason), a.Now)
		if err != nil {
			return t, err
		}
		return change(ctx, a, t)
	})
}
