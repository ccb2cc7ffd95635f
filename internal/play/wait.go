package play

import (
	"context"
	"fmt"
	"time"

	"secretariat/service/convening"
)

// Paces of the clock: while people act a second is a minute, while they wait a second is a week.
const (
	Acting  = 60
	Waiting = 600_000
)

// wait lets the clock run fast until it shows a time. It stops at every deadline of the case on the way, until the
// system has done what is due by then, so that on a machine however slow nothing comes at another time than it should.
func (p *Play) wait(ctx context.Context, until time.Time) error {
	for {
		at, err := p.catchUp(ctx)
		if err != nil || !p.stage.Clock.Now().Before(until) {
			return err
		}
		if err := p.rush(ctx, next(at, until)); err != nil {
			return err
		}
	}
}

// next is the first deadline to come, or the end of the waiting.
func next(at convening.Standing, until time.Time) time.Time {
	for _, d := range at.Deadlines {
		if d.At.After(at.At) && d.At.Before(until) {
			until = d.At
		}
	}
	return until
}

// rush changes the pace until a time and tells the workflows, whose timers were set for the usual one. At its end they
// wake by themselves.
func (p *Play) rush(ctx context.Context, until time.Time) error {
	p.stage.Clock.Rush(Waiting, until)
	if err := p.stage.Look(ctx); err != nil {
		return err
	}
	return p.sleep(ctx, p.stage.Clock.Wall(until))
}

// catchUp waits until the system has done what is due: no letter is left to be sent, the papers are fixed, the minutes
// drawn up.
func (p *Play) catchUp(ctx context.Context) (convening.Standing, error) {
	var at convening.Standing
	err := p.until(ctx, "what the system has to do", func() (bool, error) {
		at = convening.Standing{}
		err := p.secretary.get(ctx, fmt.Sprintf("/meetings/%s/case", p.meeting), &at)
		return caughtUp(at), err
	})
	if err != nil {
		err = fmt.Errorf("%w: %s", err, owing(at))
	}
	return at, err
}

// owing says what a meeting waits for, for who looks into it.
func owing(at convening.Standing) string {
	out := fmt.Sprintf("%s, %d letters to be sent, minutes %q, at %s", at.Stage, at.Letters, at.Minutes, at.At.Format(time.RFC3339))
	for _, d := range at.Deadlines {
		out += fmt.Sprintf(", %s %s", d.Name, d.At.Format(time.RFC3339))
	}
	return out
}

func caughtUp(at convening.Standing) bool {
	for _, d := range at.Deadlines {
		if d.Name == convening.DeadlinePapersFreeze && !d.At.After(at.At) {
			return false
		}
	}
	return at.Letters == 0 && (at.Stage != convening.StageMinutes || at.Minutes != "")
}

// until asks again and again until something that a workflow does has happened.
func (p *Play) until(ctx context.Context, what string, done func() (bool, error)) error {
	deadline := time.Now().Add(patience)
	for {
		ok, err := done()
		if err != nil || ok {
			return err
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("%s has not happened within %v", what, patience)
		}
		if err := p.sleep(ctx, 50*time.Millisecond); err != nil {
			return err
		}
	}
}

// patience is how long a workflow may take by the wall for what it has to do.
const patience = 2 * time.Minute

func (p *Play) sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
