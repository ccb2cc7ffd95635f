package play

import (
	"context"
	"strings"

	"secretariat/domain/calendar"
	"secretariat/domain/plan"
	"secretariat/internal/sample"
	"secretariat/service/planning"
)

// basicPlan begins the sample's plan and takes its first steps. A demo that is begun again is left as it is.
func (p *Play) basicPlan(ctx context.Context) error {
	s := p.sample.Plan
	var out plan.Plan
	err := p.secretary.post(ctx, "/committees/"+string(p.committee)+"/plans", planning.DraftInput{
		Title: s.Title, Vision: s.Vision, National: s.National, From: calendar.Date(s.From),
	}, &out)
	if err != nil {
		return err
	}
	path := "/plans/" + string(out.ID)
	in := planning.ReviseInput{Kind: plan.Drafted}
	for _, n := range s.Nodes {
		in.Changes = append(in.Changes, plan.Change{Node: planNode(n)})
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

func planNode(n sample.PlanNode) plan.Node {
	out := plan.Node{ID: n.ID, Kind: plan.Strategy, Title: n.Title, Text: n.Text, Owner: n.Owner, Weight: n.Weight}
	if parent, _, below := strings.Cut(n.ID, "-"); below {
		out.Parent, out.Kind = parent, plan.Programme
	}
	for _, b := range n.Budget {
		out.Budget = append(out.Budget, plan.Money(b))
	}
	for _, i := range n.Indicators {
		to := plan.Indicator{Name: i.Name, Unit: i.Unit, Baseline: i.Baseline}
		for _, t := range i.Targets {
			to.Targets = append(to.Targets, plan.Target{Year: int(t[0]), Value: t[1]})
		}
		out.Indicators = append(out.Indicators, to)
	}
	return out
}
