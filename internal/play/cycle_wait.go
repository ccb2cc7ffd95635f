package play

import (
	"context"
	"fmt"
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/service"
	"secretariat/service/consulting"
	"secretariat/service/convening"
	"secretariat/service/planning"
)

// stands is what a play looks at of where any case stands.
type stands struct {
	Stage     service.Stage      `json:"stage"`
	Deadlines []service.Deadline `json:"deadlines"`
	Letters   int                `json:"letters"`
	Minutes   domain.ID          `json:"minutes"`
	At        time.Time          `json:"at"`
}

// bySystem are the deadlines at which the system does something itself.
var bySystem = []service.DeadlineName{
	convening.DeadlinePapersFreeze, consulting.DeadlineClose, planning.DeadlineReviewOpens,
}

// owing reports whether the system has still to do what is due.
func (s stands) owing() bool {
	if s.Letters > 0 || s.Stage == convening.StageMinutes && s.Minutes == "" {
		return true
	}
	opens := slices.ContainsFunc(s.Deadlines, func(d service.Deadline) bool { return d.Name == planning.DeadlineReviewOpens })
	return slices.ContainsFunc(s.Deadlines, func(d service.Deadline) bool {
		// A plan that is being carried out after its end, with no review to come, owes nothing more and is ended.
		ends := d.Name == planning.DeadlineEnd && s.Stage == planning.StageExecuting && !opens
		return (ends || slices.Contains(bySystem, d.Name)) && !d.At.After(s.At)
	})
}

// watch looks at a case from now on, whatever time passes.
func (c *cycle) watch(path string) { c.watched = append(c.watched, path) }

// through lets the clock run until a time. It stops at every deadline of a case on the way until the system has done what is due
// by then, so that on a machine however slow nothing comes at another time than it should.
func (c *cycle) through(ctx context.Context, until time.Time) error {
	for {
		next, err := c.settle(ctx, until)
		if err != nil || !c.stage.Clock.Now().Before(until) {
			return err
		}
		c.stage.Clock.Rush(rushing, next)
		if err := c.stage.Look(ctx); err != nil {
			return err
		}
		if err := c.sleep(ctx, c.stage.Clock.Wall(next)); err != nil {
			return err
		}
	}
}

// settle waits until the system has done what is due in every case, and gives the first deadline to come, or the time given.
func (c *cycle) settle(ctx context.Context, until time.Time) (time.Time, error) {
	next := until
	for _, path := range slices.Clone(c.watched) {
		at, err := c.caughtUpWith(ctx, path)
		if err != nil {
			return next, err
		}
		for _, d := range at.Deadlines {
			if d.At.After(at.At) && d.At.Before(next) {
				next = d.At
			}
		}
	}
	return next, nil
}

func (c *cycle) caughtUpWith(ctx context.Context, path string) (stands, error) {
	var at stands
	err := c.until(ctx, "what the system has to do", func() (bool, error) {
		at = stands{}
		err := c.secretary.get(ctx, path, &at)
		return err == nil && !at.owing(), err
	})
	if err != nil {
		err = fmt.Errorf("%w: %s: %s, %d letters, %v at %s", err, path, at.Stage, at.Letters, at.Deadlines, at.At)
	}
	if over(at) {
		c.watched = slices.DeleteFunc(c.watched, func(p string) bool { return p == path })
	}
	return at, err
}

// over reports whether nothing more happens in a case.
func over(at stands) bool {
	return slices.Contains([]service.Stage{
		convening.StageDone, consulting.StageOver, planning.StageEnded,
	}, at.Stage)
}
