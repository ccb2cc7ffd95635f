package play

import (
	"context"

	"secretariat/domain/calendar"
	"secretariat/domain/plan"
	"secretariat/service/planning"
)

// basicPlan begins the sample's plan and takes its first steps. A demo that is begun again is left as it is.
func (p *Play) basicPlan(ctx context.Context) error {
	s := p.sample.Plan
	var out plan.Plan
	err := p.secretary.post(ctx, "/committees/"+string(p.committee)+"/plans", planning.DraftInput{
		Title: s.Title, Vision: s.Vision, National: s.National, From: s.From,
	}, &out)
	if err != nil {
		return err
	}
	path := "/plans/" + string(out.ID)
	in := planning.ReviseInput{Kind: plan.Drafted, Replace: true}
	for _, n := range s.Nodes {
		in.Changes = append(in.Changes, plan.Change{Node: n})
	}
	if err := p.secretary.post(ctx, path+"/changes", in, nil); err != nil {
		return err
	}
	for _, step := range s.Steps {
		var next plan.Plan
		taken := planning.StepInput{Step: plan.StepName(step.Step), Ref: step.Ref, On: calendar.DateOf(Start), Version: out.Version}
		if err := p.secretary.post(ctx, path+"/steps", taken, &next); err != nil {
			return err
		}
		out = next
	}
	p.say("%s 수립 시작: 항목 %d개", s.Title, len(s.Nodes))
	return nil
}
