package pipeline

import (
	"time"

	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// Dates are those of a task's way that are counted, without what it is about.
type Dates struct {
	SubmittedAt, FoundAt, RefinedAt, SelectedAt, FinishedAt *time.Time
	Handed                                                  bool
}

// Counter is a count beside what is to be reached by a day.
type Counter struct {
	Count  int           `json:"count"`
	Target int           `json:"target"`
	Until  calendar.Date `json:"until,omitempty"` // last day on which it counts
	Basis  string        `json:"basis"`
}

// Percent is how much of the target is reached, at most 100, rounded down so that 100 means reached.
func (c Counter) Percent() int {
	if c.Target <= 0 || c.Count >= c.Target {
		return 100
	}
	return c.Count * 100 / c.Target
}

// Counters are how far an alliance has come, in numbers that name nobody.
type Counters struct {
	Divisions Counter `json:"divisions"`
	Tasks     Counter `json:"tasks"`     // found (발굴) in all the years of the target
	FirstYear Counter `json:"firstYear"` // found in the first year
	Proposed  int     `json:"proposed"`
	Found     int     `json:"found"`    // recommended by a sherpa
	Refined   int     `json:"refined"`  // passed by the policy council
	Selected  int     `json:"selected"` // by the committee
	Spreading int     `json:"spreading"`
	Finished  int     `json:"finished"`
}

// CountTasks counts the tasks of an alliance that was founded on a day with so many divisions.
func CountTasks(all []Dates, divisions int, founded calendar.Date, r policy.Rules) Counters {
	last := func(years int) calendar.Date { return founded.AddMonths(12 * years).AddDays(-1) }
	out := Counters{
		Divisions: Counter{Count: divisions, Target: policy.TargetDivisions.Of(r), Basis: policy.TargetDivisions.Cite(r)},
		Tasks:     Counter{Target: policy.TargetTasks.Of(r), Until: last(policy.TargetYears.Of(r)), Basis: policy.TargetTasks.Cite(r)},
		FirstYear: Counter{Target: policy.TargetFirstYear.Of(r), Until: last(1), Basis: policy.TargetFirstYear.Cite(r)},
	}
	for _, d := range all {
		out.add(d)
	}
	return out
}

func (c *Counters) add(d Dates) {
	step := func(n *int, at *time.Time) {
		if at != nil {
			*n++
		}
	}
	step(&c.Proposed, d.SubmittedAt)
	step(&c.Found, d.FoundAt)
	step(&c.Refined, d.RefinedAt)
	step(&c.Selected, d.SelectedAt)
	step(&c.Finished, d.FinishedAt)
	if d.Handed {
		c.Spreading++
	}
	if d.FoundAt == nil {
		return
	}
	for _, counter := range []*Counter{&c.Tasks, &c.FirstYear} {
		if calendar.DateOf(*d.FoundAt) <= counter.Until {
			counter.Count++
		}
	}
}
