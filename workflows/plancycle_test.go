package workflows

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/service"
	"secretariat/service/planning"
)

// cycling is a naive record of a plan of three years whose staff closes each review a week after it was opened.
type cycling struct {
	sync.Mutex
	now     func() time.Time
	inForce bool
	opened  []time.Time
	annual  int       // years whose 시행계획 was made
	judged  time.Time // when the whole was evaluated
	ended   bool
	letters []time.Time // when owners were written to
}

func newCycling() *cycling { return &cycling{} }

// planFrom and planYears are when the plan of the test is in force.
var planFrom = time.Date(2027, 1, 1, 0, 0, 0, 0, calendar.Seoul)

const planYears = 3

func (c *cycling) Stand(_ context.Context, _ domain.Actor, in planning.CaseInput) (planning.Standing, error) {
	c.Lock()
	defer c.Unlock()
	out := planning.Standing{Plan: in.Plan, Committee: "c1", Stage: planning.StagePreparing, At: c.now()}
	add := func(name service.DeadlineName, at time.Time) {
		out.Deadlines = append(out.Deadlines, service.Deadline{Name: name, At: at})
	}
	switch {
	case c.ended:
		out.Stage = planning.StageEnded
	case c.inForce:
		out.Stage = planning.StageExecuting
		if n := len(c.opened); n > 0 && c.now().Before(c.opened[n-1].AddDate(0, 0, 7)) {
			out.Stage = planning.StageReviewing
			c.writes(&out, c.opened[n-1])
		}
		if n := len(c.opened); n < 4*planYears {
			add(planning.DeadlineReviewOpens, planFrom.AddDate(0, 3*(n+1), 0))
		}
		if c.annual < planYears {
			add(planning.DeadlineAnnual, planFrom.AddDate(c.annual, 1, 0))
		}
		if over := planFrom.AddDate(planYears, 0, 0); c.judged.IsZero() {
			add(planning.DeadlineClosing, over.AddDate(0, 6, 0))
			if out.Stage == planning.StageExecuting && !c.now().Before(over) && len(c.opened) == 4*planYears {
				out.Stage = planning.StageEvaluating
			}
		}
		add(planning.DeadlineSuccessor, planFrom.AddDate(planYears-1, 0, 0))
		add(planning.DeadlineEnd, planFrom.AddDate(planYears, 0, 0))
	}
	return out, nil
}

// writes says whether letters are due in a review that was opened at a time: at once, and four days later.
func (c *cycling) writes(out *planning.Standing, opened time.Time) {
	for _, at := range []time.Time{opened, opened.AddDate(0, 0, 4)} {
		switch {
		case c.now().Before(at):
			out.Deadlines = append(out.Deadlines, service.Deadline{Name: planning.DeadlineReviewAsk, At: at})
			return
		case len(c.letters) == 0 || c.letters[len(c.letters)-1].Before(at):
			out.Letters = 1
		}
	}
}

func (c *cycling) SendDue(context.Context, domain.Actor, planning.CaseInput) error {
	c.Lock()
	defer c.Unlock()
	c.letters = append(c.letters, c.now())
	return nil
}

func (c *cycling) OpenReview(context.Context, domain.Actor, planning.CaseInput) error {
	c.Lock()
	defer c.Unlock()
	c.opened = append(c.opened, c.now())
	return nil
}

func (c *cycling) End(context.Context, domain.Actor, planning.CaseInput) error {
	c.Lock()
	defer c.Unlock()
	if len(c.opened) < 4*planYears || c.judged.IsZero() {
		return domain.Conflict("plan.not_over", nil)
	}
	c.ended = true
	return nil
}

func TestAPlanIsFollowedThroughThreeYears(t *testing.T) {
	t.Parallel()
	c, w := newCycling(), newWorld()
	acts := map[time.Duration]func(){50 * oneDay: func() { c.inForce = true }}
	for n := range 4 * planYears { // the staff's act that closes a review
		acts[planFrom.AddDate(0, 3*(n+1), 7).Sub(day(1, 12))+time.Hour] = func() {}
	}
	late := planFrom.AddDate(planYears, 7, 0).Sub(day(1, 12)) // a month after it was due
	acts[late] = func() {
		c.Lock()
		defer c.Unlock()
		if c.ended {
			t.Error("the plan ended before it was evaluated")
		}
		c.judged = c.now()
	}
	for n := range planYears { // the staff makes the plan of each year two weeks late, after it was reminded
		acts[planFrom.AddDate(n, 1, 14).Sub(day(1, 12))] = func() {
			c.Lock()
			defer c.Unlock()
			if n == 0 && !w.owner["c1"] {
				t.Error("that the plan of the year is owed was not put before the staff")
			}
			c.annual = n + 1
		}
	}
	through(t, TypePlanCycle, w, func(port *Activities, now func() time.Time) { port.Plans, c.now = c, now }, acts)
	var got []string
	for _, at := range c.opened {
		got = append(got, at.In(calendar.Seoul).Format("06-01-02"))
	}
	want := fmt.Sprint([]string{"27-04-01", "27-07-01", "27-10-01", "28-01-01", "28-04-01", "28-07-01", "28-10-01", "29-01-01", "29-04-01", "29-07-01", "29-10-01", "30-01-01"})
	if fmt.Sprint(got) != want || !c.ended {
		t.Errorf("reviews opened %v, ended %v", got, c.ended)
	}
	for n, at := range c.letters {
		if want := c.opened[n/2].AddDate(0, 0, 4*(n%2)); at.Sub(want) < 0 || at.Sub(want) > time.Hour {
			t.Errorf("letter %d at %v, want %v", n, at, want)
		}
	}
	if len(c.letters) != 2*4*planYears {
		t.Errorf("owners were written to %d times", len(c.letters))
	}
	if !w.owner["c1"] {
		t.Error("that the next plan has to be drafted was not put before the staff")
	}
}
