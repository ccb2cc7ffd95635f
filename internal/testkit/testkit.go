// Package testkit gives tests what the product takes from outside: a clock that stands still until it is moved, ids that count,
// and actors.
package testkit

import (
	"fmt"
	"sync"
	"time"

	"secretariat/domain"
	"secretariat/service"
)

// Clock is a clock that a test sets; safe for use by several goroutines.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock starts a clock at "2026-11-22 15:00" in Seoul.
func NewClock() *Clock {
	return &Clock{now: time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC)}
}

// Now is the time the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Set moves the clock to t.
func (c *Clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// Advance moves the clock on by d.
func (c *Clock) Advance(d time.Duration) { c.Set(c.Now().Add(d)) }

// IDs makes ids that count up, so that they sort in order of making as UUIDv7 do.
type IDs struct {
	mu   sync.Mutex
	last int
}

// New is the next id.
func (i *IDs) New() domain.ID {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.last++
	return domain.ID(fmt.Sprintf("id-%08d", i.last))
}

// Random is an id whose order says nothing: a counter scrambled by a fixed odd factor.
func (i *IDs) Random() domain.ID {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.last++
	return domain.ID(fmt.Sprintf("r-%016x", uint64(i.last)*0x9E3779B97F4A7C15))
}

// Env is an environment with the clock and fresh counting ids.
func Env(c *Clock) service.Env {
	ids := &IDs{}
	return service.Env{Now: c.Now, NewID: ids.New, RandomID: ids.Random}
}

// Admin is an actor who may create committees and accounts.
func Admin() domain.Actor { return domain.Actor{ID: "admin", Kind: domain.ActorPerson, Admin: true} }

// Secretary is the 간사 of a committee.
func Secretary(committee domain.ID) domain.Actor {
	return domain.Actor{ID: "secretary", Kind: domain.ActorPerson, Staff: []domain.Staff{{Committee: committee}}}
}

// Clerk is the 서기 of a committee.
func Clerk(committee domain.ID) domain.Actor {
	return domain.Actor{ID: "clerk", Kind: domain.ActorPerson, Staff: []domain.Staff{{Committee: committee, Clerk: true}}}
}

// Member is a person who sits in a committee through the appointment.
func Member(committee, appointment domain.ID, chair bool) domain.Actor {
	return domain.Actor{
		ID: "person-" + appointment, Kind: domain.ActorPerson,
		Seats: []domain.Seat{{Committee: committee, Member: appointment, Chair: chair}},
	}
}
