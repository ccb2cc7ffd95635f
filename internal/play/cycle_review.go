package play

import (
	"context"
	"fmt"

	"secretariat/domain/plan"
	"secretariat/service/planning"
)

// review are the scenes of a quarter's review, which the system has opened: most owners report in time, in the first quarter of a year
// one does when it has been chased, and then the review is closed.
func (c *cycle) review(year, quarter int) []scene {
	end, s := plan.QuarterEnd(year, quarter), c.script.Reviews
	late := ""
	if quarter == 1 {
		late = s.Late
	}
	return []scene{
		{day(weekday(end.AddDays(s.ReportedAfter)), 10, 0), func(ctx context.Context) error {
			return c.report(ctx, year, quarter, func(n plan.Node) bool { return n.Owner != late })
		}},
		{day(weekday(end.AddDays(s.LateAfter)), 10, 0), func(ctx context.Context) error {
			return c.report(ctx, year, quarter, func(n plan.Node) bool { return n.Owner == late })
		}},
		{day(weekday(end.AddDays(s.ClosedAfter)), 16, 0), func(ctx context.Context) error { return c.closeReview(ctx, year, quarter) }},
	}
}

// reviewOf is the review of a quarter.
func (c *cycle) reviewOf(ctx context.Context, year, quarter int) (planning.ReviewView, error) {
	var view planning.View
	var out planning.ReviewView
	if err := c.secretary.get(ctx, c.at(""), &view); err != nil {
		return out, err
	}
	for _, v := range view.Reviews {
		if v.Year == year && v.Quarter == quarter {
			return out, c.secretary.get(ctx, "/reviews/"+string(v.ID), &out)
		}
	}
	return out, fmt.Errorf("the review of %d/%d was not opened", year, quarter)
}

// report has owners report what they have reached and spent.
func (c *cycle) report(ctx context.Context, year, quarter int, of func(plan.Node) bool) error {
	view, err := c.reviewOf(ctx, year, quarter)
	if err != nil {
		return err
	}
	for _, n := range view.Nodes {
		if !of(n) {
			continue
		}
		if err := c.officers[n.Owner].post(ctx, "/reviews/"+string(view.Review.ID)+"/reports", c.figures(n, year, quarter), nil); err != nil {
			return fmt.Errorf("%s: %w", n.ID, err)
		}
	}
	return nil
}

// figures are what an owner reports of a node: on the way from the target of the year before to that of the year, as far as the script
// says.
func (c *cycle) figures(n plan.Node, year, quarter int) planning.ReportInput {
	in := planning.ReportInput{
		Node: n.ID, Values: map[string]int64{}, Allotted: n.Planned(year),
		Text: fmt.Sprintf("%d년 %d분기까지 계획에 따라 추진함.", year, quarter),
	}
	for _, i := range n.Indicators {
		in.Values[i.Name] = reached(i, year, int64(quarter)*c.script.Reviews.Reached[year])
	}
	if len(in.Values) > 0 {
		in.Evidence = fmt.Sprintf("%s 실적자료 %d-%d", n.Owner, year, quarter)
	}
	in.Spent = in.Allotted / 400 * int64(quarter) * c.script.Reviews.Spent[year]
	in.Committed = min(in.Allotted, in.Spent/20*21)
	in.Committed = max(in.Committed, in.Spent)
	return in
}

// reached is so many four-hundredths of the way from the target of the year before, rounded to whole units where the targets are whole.
func reached(i plan.Indicator, year int, part int64) int64 {
	before, goal := i.Baseline, i.Baseline
	whole := i.Baseline%plan.Thousand == 0
	for _, t := range i.Targets {
		whole = whole && t.Value%plan.Thousand == 0
		if t.Year < year {
			before = t.Value
		}
		if t.Year <= year {
			goal = t.Value
		}
	}
	v := before + (goal-before)*part/400
	if whole {
		return (v + plan.Thousand/2) / plan.Thousand * plan.Thousand
	}
	return v / 10 * 10
}

// closeReview closes a review; one that is closed stays as it is.
func (c *cycle) closeReview(ctx context.Context, year, quarter int) error {
	view, err := c.reviewOf(ctx, year, quarter)
	if err != nil {
		return err
	}
	c.told("%d년 %d분기 이행점검 마감: 항목 %d개", year, quarter, len(view.Reports))
	if view.Review.ClosedAt != nil {
		return nil
	}
	path := "/reviews/" + string(view.Review.ID) + "/close"
	return c.secretary.post(ctx, path, planning.CloseInput{Version: view.Review.Version}, nil)
}
