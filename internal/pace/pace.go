// Package pace is the one clock of the services in plays and demonstrations: it starts where it is told and runs
// faster than the wall by a factor that can be changed while it runs. Production uses the factor one and the present
// time.
package pace

import (
	"sync"
	"time"
)

// Clock runs at a pace. The zero value is not usable; call New or Real.
type Clock struct {
	mu     sync.Mutex
	wall   time.Time // when the pace was last set, by the machine
	at     time.Time // what the clock showed then
	factor int64
	rush   int64     // the pace until it shows until, where that is after at
	until  time.Time // the end of the rush
}

// New starts a clock at a time, running factor times as fast as the wall (at least 1).
func New(at time.Time, factor int64) *Clock {
	return &Clock{wall: time.Now(), at: at, factor: max(factor, 1)}
}

// Real is the machine's own clock.
func Real() *Clock { return New(time.Now(), 1) }

// Now is what the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now()
}

func (c *Clock) now() time.Time {
	passed := time.Since(c.wall)
	if !c.until.After(c.at) {
		return c.at.Add(passed * time.Duration(c.factor))
	}
	rushed := wall(c.until.Sub(c.at), c.rush)
	if passed < rushed {
		return c.at.Add(passed * time.Duration(c.rush))
	}
	return c.until.Add((passed - rushed) * time.Duration(c.factor))
}

// Set changes the pace from this moment on. Whoever waits for a time must be told to look again.
func (c *Clock) Set(factor int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at, c.wall, c.until = c.now(), time.Now(), time.Time{}
	c.factor = max(factor, 1)
}

// Rush changes the pace until the clock shows a time; from there on it runs at its own pace again, so that it does not
// run past that time on a machine that is busy. Whoever waits for a time must be told to look again once, at the
// beginning.
func (c *Clock) Rush(factor int64, until time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at, c.wall = c.now(), time.Now()
	c.rush, c.until = max(factor, 1), until
}

// Jump sets the clock to a time and ends a rush; its own pace stays.
func (c *Clock) Jump(to time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at, c.wall, c.until = to, time.Now(), time.Time{}
}

// Wall is how long to wait by the wall until the clock shows a time; zero when it has passed.
func (c *Clock) Wall(until time.Time) time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.now()
	if !c.until.After(now) {
		return wall(until.Sub(now), c.factor)
	}
	if !until.After(c.until) {
		return wall(until.Sub(now), c.rush)
	}
	return wall(c.until.Sub(now), c.rush) + wall(until.Sub(c.until), c.factor)
}

// wall is how long a stretch of the clock lasts by the wall at a pace, rounded up: to wake a moment late costs
// nothing, to wake early means to look and wait again.
func wall(left time.Duration, factor int64) time.Duration {
	if left <= 0 {
		return 0
	}
	return (left + time.Duration(factor) - 1) / time.Duration(factor)
}

// Day is how long a day of the clock takes by the wall at its own pace, a second at least, so that a play is not busy
// with its daily duties alone; zero for a clock that runs as the wall does.
func (c *Clock) Day() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.factor == 1 {
		return 0
	}
	return max(24*time.Hour/time.Duration(c.factor), time.Second)
}
