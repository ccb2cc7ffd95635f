package play

import (
	"context"
	"fmt"

	"secretariat/domain/pipeline"
	"secretariat/internal/sample"
	"secretariat/service/tasking"
)

// tasks seats the policy council and brings the sample's tasks as far as the sample says.
func (p *Play) tasks(ctx context.Context) error {
	s := p.sample.Alliance
	for _, seat := range s.Council {
		in := tasking.SeatInput{Email: memberMail(seat), Employer: p.employer(seat)}
		if err := p.secretary.post(ctx, "/alliances/"+string(p.register)+"/council", in, nil); err != nil {
			return err
		}
	}
	for _, t := range s.Tasks {
		if err := p.propose(ctx, t); err != nil {
			return err
		}
	}
	p.say("정책협의회 위원 %d명, 과제 %d건", len(s.Council), len(s.Tasks))
	return nil
}

// employer is where somebody who sits in the committee works.
func (p *Play) employer(seat int) string {
	for _, s := range p.sample.Committee.Seats {
		if s.Number == seat {
			return s.Member.Organisation
		}
	}
	return ""
}

// propose drafts a task, and goes on with it as far as it has come.
func (p *Play) propose(ctx context.Context, t sample.Task) error {
	who, err := p.partner(ctx, t.By)
	if err != nil {
		return err
	}
	entry := tasking.Entry{Division: p.divisions[t.Division], Proposal: pipeline.Proposal{
		Title: t.Title, Problem: t.Problem, Approach: t.Approach, Sector: t.Sector, Effects: t.Effects, Budget: t.Budget,
	}}
	for _, x := range t.Technologies {
		entry.Technologies = append(entry.Technologies, pipeline.Technology(x))
	}
	var out pipeline.Task
	path := "/alliances/" + string(p.register) + "/tasks"
	if err := who.post(ctx, path, tasking.DraftInput{Organisation: p.firms[t.By-1], Entry: entry}, &out); err != nil || !t.Submitted {
		return err
	}
	in := tasking.ReviseInput{Entry: entry, Version: out.Version}
	if err := who.post(ctx, "/tasks/"+string(out.ID)+"/submit", in, &out); err != nil || t.Sherpa == 0 {
		return err
	}
	return p.recommend(ctx, t, out)
}

// recommend has the sherpa say something of a task and recommend it.
func (p *Play) recommend(ctx context.Context, t sample.Task, of pipeline.Task) error {
	guide, err := p.partner(ctx, t.Sherpa)
	if err != nil {
		return err
	}
	path := "/tasks/" + string(of.ID)
	if err := guide.post(ctx, path+"/comments", tasking.CommentInput{Text: t.Comment}, nil); err != nil {
		return err
	}
	return guide.post(ctx, path+"/review", tasking.ReviewInput{Recommend: true, Reason: t.Advice, Version: of.Version}, nil)
}

// partner is who acts for an organisation, counted from 1, signed in.
func (p *Play) partner(ctx context.Context, n int) (*person, error) {
	name := fmt.Sprint("task-partner-", n)
	if known := p.partners[name]; known != nil {
		return known, nil
	}
	who := p.person(name)
	if p.partners == nil {
		p.partners = map[string]*person{}
	}
	p.partners[name] = who
	return who, who.signIn(ctx, partnerMail(n), p.accounts[partnerMail(n)])
}
