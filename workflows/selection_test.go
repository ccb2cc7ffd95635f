package workflows

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/service"
	"secretariat/service/selecting"
)

// calling is a naive record of one call that fulfils its port.
type calling struct {
	sync.Mutex
	now     func() time.Time
	stage   service.Stage
	letters int
	closes  time.Time
	agree   time.Time
	remind  time.Time
	owed    time.Time
	told    bool
	log     []string

	answer time.Time // an objection is to be answered while the call is evaluated again

	supplement time.Time // a request is due
	reminded   bool
}

func newCalling() *calling {
	return &calling{stage: selecting.StageDrafting, closes: day(20, 18), agree: day(60, 0), remind: day(76, 9), owed: day(90, 0)}
}

func (c *calling) Stand(_ context.Context, _ domain.Actor, in selecting.CaseInput) (selecting.Standing, error) {
	c.Lock()
	defer c.Unlock()
	out := selecting.Standing{Call: in.Call, Committee: "c1", Stage: c.stage, Letters: c.letters, At: c.now()}
	add := func(name service.DeadlineName, at time.Time) {
		out.Deadlines = append(out.Deadlines, service.Deadline{Name: name, At: at})
	}
	switch c.stage {
	case selecting.StageOpen:
		add(selecting.DeadlineClose, c.closes)
	case selecting.StageAgreeing:
		add(selecting.DeadlineAgree, c.agree)
	case selecting.StageCarrying:
		add(selecting.DeadlineOwed, c.owed)
		if now := c.now(); now.Before(c.remind) {
			out.Reminds = append(out.Reminds, service.Deadline{Name: selecting.DeadlineNudge, At: c.remind})
		} else if !c.told {
			out.Letters = 1
		}
	case selecting.StageEvaluating:
		if !c.answer.IsZero() {
			add(selecting.DeadlineAnswer, c.answer)
		}
	case selecting.StageReviewing:
		if !c.supplement.IsZero() && c.now().Before(c.supplement) {
			add(selecting.DeadlineSupplement, c.supplement)
			if remind := c.supplement.Add(-2 * oneDay); c.now().Before(remind) {
				add(selecting.DeadlineSupplementRemind, remind)
			} else if !c.reminded {
				out.Letters, c.reminded = 1, true
			}
		}
	}
	return out, nil
}

func (c *calling) Close(context.Context, domain.Actor, selecting.CaseInput) error {
	c.Lock()
	defer c.Unlock()
	c.stage = selecting.StageReviewing
	c.log = append(c.log, c.now().In(calendar.Seoul).Format("01-02 15:04 close"))
	return nil
}

func (c *calling) SendDue(context.Context, domain.Actor, selecting.CaseInput) error {
	c.Lock()
	defer c.Unlock()
	c.letters, c.told = 0, c.stage == selecting.StageCarrying
	c.log = append(c.log, c.now().In(calendar.Seoul).Format("01-02 15:04 letters"))
	return nil
}

func TestACallFromItsDraftToTheAgreements(t *testing.T) {
	t.Parallel()
	c, w := newCalling(), newWorld()
	to := func(s service.Stage) func() { return func() { c.stage = s } }
	through(t, TypeSelection, w, func(port *Activities, now func() time.Time) { port.Calls, c.now = c, now }, map[time.Duration]func(){
		2 * oneDay: to(selecting.StageOpen), 30 * oneDay: func() { c.stage, c.letters = selecting.StageEvaluating, 3 }, 35 * oneDay: to(selecting.StageDeciding),
		40 * oneDay: func() { c.stage, c.letters = selecting.StageObjecting, 9 }, 50 * oneDay: to(selecting.StageAgreeing), 70 * oneDay: to(selecting.StageOver),
	})
	if want := []string{"11-20 18:00 close", "12-01 12:00 letters", "12-11 12:00 letters"}; !slices.Equal(c.log, want) {
		t.Errorf("did %v, want %v", c.log, want)
	}
	if !w.owner["c1"] {
		t.Error("agreements that were late were not put before the staff")
	}
}

// While a call is evaluated again, an objection that is not answered in time is put before the staff, and not before its day.
func TestALateAnswerIsChasedWhileACallIsEvaluatedAgain(t *testing.T) {
	t.Parallel()
	for name, late := range map[string]bool{"late": true, "in time": false} {
		c, w := newCalling(), newWorld()
		c.stage = selecting.StageEvaluating
		through(t, TypeSelection, w, func(port *Activities, now func() time.Time) {
			port.Calls, c.now, c.answer = c, now, now().Add(14*oneDay)
		}, map[time.Duration]func(){
			10 * oneDay: func() {
				if !late {
					c.answer = time.Time{}
				}
			},
			20 * oneDay: func() { c.stage = selecting.StageOver },
		})
		if w.owner["c1"] != late {
			t.Errorf("%s: put before the staff: %v", name, w.owner["c1"])
		}
	}
}

// The firms of a call are reminded by the clock while they carry out what was agreed, and what is late is put before the staff.
func TestACallUnderAgreementRemindsAndEnds(t *testing.T) {
	t.Parallel()
	c, w := newCalling(), newWorld()
	c.stage = selecting.StageCarrying
	through(t, TypeSelection, w, func(port *Activities, now func() time.Time) { port.Calls, c.now = c, now }, map[time.Duration]func(){
		120 * oneDay: func() { c.stage = selecting.StageOver },
	})
	if want := []string{c.remind.In(calendar.Seoul).Format("01-02 15:04") + " letters"}; !slices.Equal(c.log, want) {
		t.Errorf("did %v, want %v", c.log, want)
	}
	if !w.owner["c1"] {
		t.Error("what is late was not put before the staff")
	}
}

// TestWhoIsAskedForASupplementIsToldAndReminded: once when asked, once two days before it is due; then the call waits for people.
func TestWhoIsAskedForASupplementIsToldAndReminded(t *testing.T) {
	t.Parallel()
	c, w := newCalling(), newWorld()
	to := func(s service.Stage) func() { return func() { c.stage = s } }
	through(t, TypeSelection, w, func(port *Activities, now func() time.Time) { port.Calls, c.now = c, now }, map[time.Duration]func(){
		2 * oneDay: to(selecting.StageOpen), 22 * oneDay: func() { c.letters, c.supplement = 1, c.now().Add(6*oneDay) },
		40 * oneDay: to(selecting.StageOver),
	})
	if want := []string{"11-20 18:00 close", "11-23 12:00 letters", "11-27 12:00 letters"}; !slices.Equal(c.log, want) {
		t.Errorf("did %v, want %v", c.log, want)
	}
}
