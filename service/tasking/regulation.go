package tasking

import (
	"context"
	"strconv"
	"strings"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/pipeline"
	"secretariat/domain/policy"
	"secretariat/service"
)

// moves does an act on a request and writes what the rule makes of it.
func (s *Service) moves(
	ctx context.Context, by domain.Actor, op string, in ActInput, check func(*domain.Problems),
	do func(*service.Act[Tx], pipeline.Task, policy.Rules) (pipeline.Task, error),
) (pipeline.Task, error) {
	return service.Do(ctx, s.env, s.store, by, op, func(a *service.Act[Tx]) (pipeline.Task, error) {
		r, err := open(ctx, a, op, in.Task, in.Version)
		if err != nil {
			return r.task, err
		}
		var p domain.Problems
		if check(&p); p.Err() != nil {
			return r.task, p.Err()
		}
		rules, err := s.rules(ctx, a.Tx, r.task)
		if err != nil {
			return r.task, err
		}
		t, err := do(a, r.task, rules)
		if err != nil {
			return t, err
		}
		return change(ctx, a, t)
	})
}

// AnswerInput is the reply to a request to improve a regulation.
type AnswerInput struct {
	Task    domain.ID `path:"task" json:"-"`
	Version int       `json:"version"`
	pipeline.Answer
}

// Answer replies to a request to improve a regulation and sends it where the reply says: task.reply (촉진법 17). CodeConflict
// when no reply is owed, or the request is being mended and is not to be ended.
func (s *Service) Answer(ctx context.Context, by domain.Actor, in AnswerInput) (pipeline.Task, error) {
	in.Text, in.Office = strings.TrimSpace(in.Text), strings.TrimSpace(in.Office)
	return s.moves(ctx, by, "task.reply", ActInput{Task: in.Task, Version: in.Version}, in.Check,
		func(a *service.Act[Tx], t pipeline.Task, r policy.Rules) (pipeline.Task, error) {
			a.Note("route", string(in.Route))
			return t.Answer(in.Answer, a.Now, r)
		})
}

// ExtendInput puts a reply off.
type ExtendInput struct {
	Task    domain.ID `path:"task" json:"-"`
	Days    int       `json:"days"`
	Reason  string    `json:"reason"`
	Version int       `json:"version"`
}

// Extend puts the reply to a request off, once: task.extend (촉진법 17). CodeRefused, citing the law, for a second time, after
// its day, or by more days than the law allows.
func (s *Service) Extend(ctx context.Context, by domain.Actor, in ExtendInput) (pipeline.Task, error) {
	check := func(p *domain.Problems) { p.Text("reason", in.Reason, true, domain.MaxLine) }
	return s.moves(ctx, by, "task.extend", ActInput{Task: in.Task, Version: in.Version}, check,
		func(a *service.Act[Tx], t pipeline.Task, r policy.Rules) (pipeline.Task, error) {
			a.Note("days", strconv.Itoa(in.Days))
			return t.Extend(in.Days, strings.TrimSpace(in.Reason), a.Now, r)
		})
}

// SupplementInput asks who made a request to add to it.
type SupplementInput struct {
	Task    domain.ID `path:"task" json:"-"`
	Reason  string    `json:"reason"` // what is to be added
	Version int       `json:"version"`
}

// Supplement gives a request back to who made it, with what is to be added; the days to reply become longer: task.supplement.
// CodeConflict when no reply is owed, or the request is not before its division or the council.
func (s *Service) Supplement(ctx context.Context, by domain.Actor, in SupplementInput) (pipeline.Task, error) {
	check := func(p *domain.Problems) { p.Text("reason", in.Reason, true, domain.MaxText) }
	return s.moves(ctx, by, "task.supplement", ActInput{Task: in.Task, Version: in.Version}, check,
		func(a *service.Act[Tx], t pipeline.Task, _ policy.Rules) (pipeline.Task, error) {
			return t.AskSupplement(strings.TrimSpace(in.Reason), a.Now)
		})
}

// RulingInput is what the office in charge of the sandbox says.
type RulingInput struct {
	Task       domain.ID       `path:"task" json:"-"`
	Ruling     pipeline.Ruling `json:"ruling"`
	FiledUnder string          `json:"filedUnder"` // number that the office gave the request
	Reason     string          `json:"reason"`     // of a refusal
	Version    int             `json:"version"`
}

// Ruling takes over what the office in charge of the sandbox says of a request: task.sandbox. CodeConflict when it is not there.
func (s *Service) Ruling(ctx context.Context, by domain.Actor, in RulingInput) (pipeline.Task, error) {
	check := func(p *domain.Problems) {
		domain.OneOf(p, "ruling", in.Ruling, pipeline.Rulings()...)
		p.Text("filedUnder", in.FiledUnder, in.Ruling == pipeline.Filed, domain.MaxName)
		p.Text("reason", in.Reason, in.Ruling == pipeline.Refused, domain.MaxText)
	}
	return s.moves(ctx, by, "task.sandbox", ActInput{Task: in.Task, Version: in.Version}, check,
		func(a *service.Act[Tx], t pipeline.Task, _ policy.Rules) (pipeline.Task, error) {
			a.Note("ruling", string(in.Ruling))
			return t.Rule(in.Ruling, strings.TrimSpace(in.FiledUnder), strings.TrimSpace(in.Reason), a.Now)
		})
}

// Requests counts the requests to improve a regulation, in numbers that name nobody: regulation.count.
func (s *Service) Requests(ctx context.Context, by domain.Actor, in CountInput) (pipeline.Requests, error) {
	return service.See(ctx, s.store, func(tx Tx) (pipeline.Requests, error) {
		of, err := tx.Alliance(ctx, in.Alliance)
		if err != nil {
			return pipeline.Requests{}, err
		}
		if err := access.Can(by, "regulation.count", access.Facts{Committee: of.Committee}).Err(); err != nil {
			return pipeline.Requests{}, err
		}
		all, err := tx.RequestsOf(ctx, of.ID)
		return pipeline.CountRequests(all), err
	})
}
