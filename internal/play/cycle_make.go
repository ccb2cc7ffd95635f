package play

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"secretariat/domain/plan"
	"secretariat/internal/sample"
	"secretariat/service/planning"
	"secretariat/service/seating"
)

// begin begins the plan.
func (c *cycle) begin(ctx context.Context) error {
	s := c.sample.Plan
	err := c.secretary.post(ctx, "/committees/"+string(c.committee)+"/plans", planning.DraftInput{
		Title: s.Title, Vision: s.Vision, National: s.National, From: s.From,
	}, &c.plan)
	if err != nil {
		return err
	}
	c.watch(c.at("/stand"))
	c.say("%s 수립 시작", s.Title)
	return nil
}

// at is a path below that of the plan.
func (c *cycle) at(path string) string { return "/plans/" + string(c.plan.ID) + path }

// making are the steps of making the plan, with its draft.
func (c *cycle) making() []scene {
	out := []scene{}
	for _, s := range c.script.Steps {
		if s.Step == string(plan.StepDraft) {
			out = append(out, scene{day(s.On, 9, 30), c.draft})
		}
		out = append(out, scene{day(s.On, 10, 0), func(ctx context.Context) error { return c.step(ctx, s) }})
	}
	return out
}

// draft writes the sample's plan into the ledger.
func (c *cycle) draft(ctx context.Context) error {
	var changes []plan.Change
	for _, n := range c.sample.Plan.Nodes {
		changes = append(changes, plan.Change{Node: n})
	}
	c.told("기본계획 초안: 항목 %d개", len(changes))
	return c.revise(ctx, planning.ReviseInput{Kind: plan.Drafted, Reason: "초안", Changes: changes})
}

// revise adds a change-set and keeps how the plan stands after it.
func (c *cycle) revise(ctx context.Context, in planning.ReviseInput) error {
	in.After = c.sets
	var out plan.ChangeSet
	if err := c.secretary.post(ctx, c.at("/changes"), in, &out); err != nil {
		return err
	}
	c.sets = out.Number
	for _, change := range in.Changes {
		c.state[change.Node.ID] = change.Node
	}
	return nil
}

// amend gives nodes of the plan that is being made other texts, for what was said of them.
func (c *cycle) amend(ctx context.Context, all []sample.Amend, basis, reason string) error {
	if len(all) == 0 {
		return nil
	}
	in := planning.ReviseInput{Kind: plan.Drafted, Basis: basis, Reason: reason}
	for _, a := range all {
		n := c.state[a.Node]
		n.Text = a.Text
		in.Changes = append(in.Changes, plan.Change{Node: n})
	}
	return c.revise(ctx, in)
}

// step records a step of making the plan.
func (c *cycle) step(ctx context.Context, s sample.Taken) error {
	ref, err := c.ref(ctx, s)
	if err != nil {
		return err
	}
	in := planning.StepInput{Step: plan.StepName(s.Step), Ref: ref, On: s.On, Version: c.plan.Version}
	var next plan.Plan
	if err := c.secretary.post(ctx, c.at("/steps"), in, &next); err != nil {
		return err
	}
	c.plan = next
	c.told("수립 단계 %d/%d: %s (%s)", len(next.Steps), len(plan.Steps()), stepWords[in.Step], ref)
	return nil
}

// ref is what a step rests on.
func (c *cycle) ref(ctx context.Context, s sample.Taken) (string, error) {
	switch {
	case s.Meeting > 0:
		return c.sittings[s.Meeting-1].decision(ctx, 0)
	case s.Consultation > 0:
		return c.asked[s.Consultation-1].number(), nil
	}
	return s.Ref, nil
}

var stepWords = map[plan.StepName]string{
	plan.StepPolicy: "수립 방침", plan.StepSurvey: "실태조사", plan.StepDraft: "초안", plan.StepDepartments: "부서 협의",
	plan.StepAlliance: "얼라이언스 의견수렴", plan.StepHearing: "공청회", plan.StepPreNotice: "행정예고", plan.StepCommittee: "위원회 심의",
	plan.StepCouncil: "시의회 상임위 보고", plan.StepApproval: "시장 결재", plan.StepPublication: "고시ㆍ공고",
}

// years are the scenes of the years in which the plan is in force.
func (c *cycle) years() []scene {
	out := []scene{
		{day(c.script.Minor.On, 10, 0), c.minor}, {day(c.script.Major.On, 10, 0), c.major},
		{day(c.script.Renewal.On, 10, 0), c.renew}, {day(c.script.Successor.On, 10, 0), c.succeed},
	}
	for _, a := range c.script.Annual {
		out = append(out, scene{day(a.On, 10, 0), func(ctx context.Context) error {
			c.told("%d년도 시행계획 (%s)", a.Year, a.Ref)
			return c.mark(ctx, planning.MarkInput{Kind: plan.AnnualPlan, Number: a.Year, Ref: a.Ref, On: a.On})
		}})
		for q := range 4 {
			out = append(out, c.review(a.Year, q+1)...)
		}
	}
	return out
}

func (c *cycle) mark(ctx context.Context, in planning.MarkInput) error {
	return c.secretary.post(ctx, c.at("/marks"), in, nil)
}

// minor makes the change that is only reported.
func (c *cycle) minor(ctx context.Context) error {
	s := c.script.Minor
	n := c.state[s.Node]
	n.Text = s.Text
	n.Budget = append(slices.Clone(n.Budget), plan.Money{Year: s.Budget.Year, Source: s.Budget.Source, Amount: s.Budget.Amount})
	in := planning.ReviseInput{Kind: plan.Minor, Basis: s.Basis, Reason: s.Reason, Changes: []plan.Change{{Node: n}}}
	if err := c.revise(ctx, in); err != nil {
		return err
	}
	c.reported = c.sets
	c.told("경미한 변경: %s (%s)", s.Reason, s.Basis)
	return nil
}

// major changes goals on the decision of the committee.
func (c *cycle) major(ctx context.Context) error {
	s := c.script.Major
	number, err := c.sittings[s.Meeting-1].decision(ctx, 0)
	if err != nil {
		return err
	}
	in := planning.ReviseInput{Kind: plan.Major, Basis: number, Reason: s.Reason}
	for _, t := range s.Targets {
		n := c.state[t.Node]
		n.Indicators = slices.Clone(n.Indicators)
		for i := range n.Indicators {
			if n.Indicators[i].Name == t.Indicator {
				n.Indicators[i].Targets = targets(t.Values)
			}
		}
		in.Changes = append(in.Changes, plan.Change{Node: n})
	}
	c.told("중요한 변경: %s (%s)", s.Reason, number)
	return c.revise(ctx, in)
}

func targets(values map[int]int64) []plan.Target {
	var out []plan.Target
	for _, year := range slices.Sorted(maps.Keys(values)) {
		out = append(out, plan.Target{Year: year, Value: values[year] * plan.Thousand})
	}
	return out
}

// succeed begins the plan that follows, with its first step.
func (c *cycle) succeed(ctx context.Context) error {
	s := c.script.Successor
	var next plan.Plan
	err := c.secretary.post(ctx, "/committees/"+string(c.committee)+"/plans", planning.DraftInput{
		Title: s.Title, Vision: s.Vision, National: c.sample.Plan.National, From: s.From, Predecessor: c.plan.ID,
	}, &next)
	if err != nil {
		return err
	}
	months := 0
	for s.On.AddMonths(months+1) <= c.plan.Until {
		months++
	}
	c.told("차기 기본계획 수립 시작: 현 계획이 끝나기 %d개월 전", months)
	in := planning.StepInput{Step: plan.StepPolicy, Ref: s.Ref, On: s.On, Version: next.Version}
	return c.secretary.post(ctx, "/plans/"+string(next.ID)+"/steps", in, nil)
}

// ended waits until the system has ended the plan.
func (c *cycle) ended(ctx context.Context) error {
	err := c.until(ctx, "the end of the plan", func() (bool, error) {
		var at planning.Standing
		err := c.secretary.get(ctx, c.at("/stand"), &at)
		return err == nil && at.Stage == planning.StageEnded, err
	})
	if err == nil {
		c.told("%s 종료", c.plan.Title)
		c.progress.add(1)
	}
	return err
}

// renew appoints the members of the appointed seats for a second term and extends the committee.
func (c *cycle) renew(ctx context.Context) error {
	r, n := c.script.Renewal, 0
	for _, s := range c.sample.Committee.Seats {
		if s.Kind != "appointed" {
			continue
		}
		again := s
		again.Member.TermFrom, again.Member.TermTo = string(r.From), string(r.Until)
		if err := c.appointTo(ctx, again); err != nil {
			return fmt.Errorf("위원 %02d: %w", s.Number, err)
		}
		n++
	}
	c.told("위촉직 위원 %d명 연임, 위원회 존속기한을 %s까지 연장", n, r.Until.Korean())
	return c.extend(ctx)
}

// extend extends the committee (존속기한). A play that is begun again finds it extended.
func (c *cycle) extend(ctx context.Context) error {
	r := c.script.Renewal
	path := "/committees/" + string(c.committee)
	var view seating.View
	if err := c.admin.get(ctx, path, &view); err != nil || view.Committee.SunsetOn == r.Until {
		return err
	}
	of := view.Committee
	return c.admin.patch(ctx, path, seating.ReviseInput{
		Version: of.Version, Name: of.Name, OwningDepartment: of.OwningDepartment, LegalBasis: of.LegalBasis, Pack: of.Pack,
		Remit: of.Remit, YouthException: of.YouthException, Standing: of.Standing, StandingGround: of.StandingGround,
		PlannedMeetings: of.PlannedMeetings, FoundedOn: of.FoundedOn, ExtendedOn: r.From, SunsetOn: r.Until, Charter: of.Charter,
	}, nil)
}
