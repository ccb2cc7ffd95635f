package play

import (
	"context"
	"fmt"
	"slices"
	"time"

	"secretariat/domain/calendar"
	"secretariat/domain/plan"
	"secretariat/internal/sample"
)

// cycle is the performance of a basic plan from the decision to draft it through its three years to the closing evaluation.
type cycle struct {
	*Play
	script   *sample.Cycle
	partners []*person
	plan     plan.Plan
	sets     int                  // change-sets of the plan
	state    map[string]plan.Node // the plan as it stands, by code
	officers map[string]*person   // who acts for a department, by its name
	asked    []*asking
	sittings []*sitting
	reported int // number of the minor change, which is reported to the committee
	watched  []string
	progress *bar
}

// scene is what happens at a time of the script.
type scene struct {
	at time.Time
	do func(context.Context) error
}

// CycleBegins is when the play of a plan begins.
func CycleBegins() (time.Time, error) {
	c, err := sample.LoadCycle()
	return c.Begins, err
}

// RunPlan plays the cycle of the sample's plan, three years and a half, and leaves its documents in the folder. Nothing of the time
// is left out: the clock passes through all of it, faster between the scenes, and stops wherever something is due. Acts have the same
// keys in every run, so that a play that was broken off goes on where it was.
func RunPlan(ctx context.Context, s Stage) error {
	script, err := sample.LoadCycle()
	if err != nil {
		return err
	}
	p, err := newPlay(s)
	if err != nil {
		return err
	}
	c := newCycle(p, script)
	owners, err := ownersOf()
	if err != nil {
		return err
	}
	if err := c.prepare(mailsOf(owners)...); err != nil {
		return err
	}
	defer c.log.Close()
	s.Clock.Set(Acting)
	for _, act := range []func(context.Context) error{c.found, c.appoint, c.enrol, c.staffed(owners), c.begin} {
		if err := act(ctx); err != nil {
			return err
		}
	}
	if err := c.live(ctx, c.scenes()); err != nil {
		return err
	}
	return c.collect(ctx)
}

func newCycle(p *Play, script *sample.Cycle) *cycle {
	c := &cycle{
		Play: p, script: script, state: map[string]plan.Node{}, officers: map[string]*person{},
	}
	for i := range script.Consultations {
		c.asked = append(c.asked, &asking{cycle: c, script: &script.Consultations[i]})
	}
	for i := range script.Meetings {
		c.sittings = append(c.sittings, &sitting{cycle: c, script: &script.Meetings[i]})
	}
	return c
}

// enrol sets up the alliance; who acts for its organisations signs in.
func (c *cycle) enrol(ctx context.Context) error {
	if err := c.enlist(ctx); err != nil {
		return err
	}
	for n := range c.firms {
		who := c.person(fmt.Sprint("partner-", n+1))
		if err := who.signIn(ctx, partnerMail(n+1), c.accounts[partnerMail(n+1)]); err != nil {
			return err
		}
		c.partners = append(c.partners, who)
	}
	return nil
}

// scenes are all scenes of the play in the order of their times.
func (c *cycle) scenes() []scene {
	out := c.making()
	for _, a := range c.asked {
		out = append(out, a.scenes()...)
	}
	for _, m := range c.sittings {
		out = append(out, m.scenes()...)
	}
	out = append(out, c.years()...)
	slices.SortStableFunc(out, func(a, b scene) int { return a.at.Compare(b.at) })
	return out
}

// live plays the scenes, each at its time.
func (c *cycle) live(ctx context.Context, all []scene) error {
	c.progress = c.bar("기본계획 주기", len(all)+1)
	for _, s := range all {
		if err := c.through(ctx, s.at); err != nil {
			return err
		}
		if err := s.do(ctx); err != nil {
			return fmt.Errorf("%s: %w", calendar.Korean(s.at), err)
		}
		c.progress.add(1)
	}
	if err := c.through(ctx, c.script.Ends); err != nil {
		return err
	}
	return c.ended(ctx)
}

// day is an hour of a day of the script.
func day(d calendar.Date, hour, minute int) time.Time {
	return d.Time().Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
}

// weekday is the day itself, or the Monday after it where it is none on which people work.
func weekday(d calendar.Date) calendar.Date {
	switch d.Time().Weekday() {
	case time.Saturday:
		return d.AddDays(2)
	case time.Sunday:
		return d.AddDays(1)
	}
	return d
}

// told prints a line beside the bar.
func (c *cycle) told(format string, args ...any) {
	c.progress.aside(func() { c.say(format, args...) })
}
