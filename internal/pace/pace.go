// Package pace is the one clock of the services in plays and demonstrations: it starts where it is told and runs faster than the
// wall by a factor that can be changed while it runs. Production uses the factor one and the present time.
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
	return c.at.Add(time.Since(c.wall) * time.Duration(c.factor))
}

// Set changes the pace from this moment on. Whoever waits for a time must be told to look again.
func (c *Clock) Set(factor int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at, c.wall, c.factor = c.now(), time.Now(), max(factor, 1)
}

// Jump sets the clock to a time; its pace stays.
func (c *Clock) Jump(to time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at, c.wall = to, time.Now()
}

// Wall is how long to wait by the wall until the clock shows a time; zero when it has passed.
func (c *Clock) Wall(until time.Time) time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	left := until.Sub(c.now())
	if left <= 0 {
		return 0
	}
	// Round up: to wake a moment late costs nothing, to wake early means to look and wait again.
	return (left + time.Duration(c.factor) - 1) / time.Duration(c.factor)
}

// Day is how long a day of the clock takes by the wall, a second at least, so that a play is not busy with its daily duties alone.
func (c *Clock) Day() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return max(24*time.Hour/time.Duration(c.factor), time.Second)
}
