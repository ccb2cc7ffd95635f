package endpoint

import (
	"context"
	"fmt"
	"testing"
	"time"

	"secretariat/domain"
)

// turnstile counts what the limits let through, at a time that the test sets.
type turnstile struct {
	*Limits
	at time.Time
}

func newTurnstile(general, signIn float64) *turnstile {
	s := &turnstile{Limits: NewLimits(general, signIn), at: time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC)}
	s.now = func() time.Time { return s.at }
	return s
}

func (s *turnstile) through(ctx context.Context, op string, tries int) int {
	n := 0
	for range tries {
		if s.allow(ctx, op) {
			n++
		}
	}
	return n
}

func from(t *testing.T, remote string, by domain.Actor) context.Context {
	t.Helper()
	return WithActor(WithRequest(t.Context(), Request{Remote: remote}), by)
}

func TestAnActorHasABurstAndThenTheRate(t *testing.T) {
	s := newTurnstile(2, 1)
	a, b := domain.Actor{ID: "a", Kind: domain.ActorPerson}, domain.Actor{ID: "b", Kind: domain.ActorPerson}
	if n := s.through(from(t, "192.0.2.1", a), "meeting.show", 100); n != 20 {
		t.Errorf("burst: %d", n)
	}
	if n := s.through(from(t, "192.0.2.9", a), "ballot.cast", 100); n != 0 {
		t.Errorf("the same person from elsewhere: %d", n)
	}
	if n := s.through(from(t, "192.0.2.1", b), "meeting.show", 100); n != 20 {
		t.Errorf("somebody else at the same place: %d", n)
	}
	s.at = s.at.Add(3 * time.Second)
	if n := s.through(from(t, "192.0.2.1", a), "meeting.show", 100); n != 6 {
		t.Errorf("after three seconds: %d", n)
	}
}

func TestReadersAndSignInsAreCountedByAddress(t *testing.T) {
	s := newTurnstile(2, 0.5)
	if n := s.through(from(t, "192.0.2.1", domain.Public()), "meeting.list", 100); n != 20 {
		t.Errorf("readers: %d", n)
	}
	if n := s.through(from(t, "192.0.2.1", domain.Public()), "session.open", 100); n != 5 {
		t.Errorf("sign-ins: %d", n)
	}
	signedIn := domain.Actor{ID: "a", Kind: domain.ActorPerson}
	if n := s.through(from(t, "192.0.2.1", signedIn), "session.open", 100); n != 0 {
		t.Errorf("sign-ins of who is signed in: %d", n)
	}
	if n := s.through(from(t, "192.0.2.2", domain.Public()), "session.open", 100); n != 5 {
		t.Errorf("sign-ins from elsewhere: %d", n)
	}
}

func TestBucketsThatAreNotUsedAreDropped(t *testing.T) {
	s := newTurnstile(2, 1)
	for i := range 1000 {
		s.through(from(t, fmt.Sprint(i), domain.Public()), "meeting.list", 1)
	}
	s.at = s.at.Add(idle / 2)
	s.through(from(t, "here", domain.Public()), "meeting.list", 1)
	s.at = s.at.Add(idle / 2)
	s.through(from(t, "there", domain.Public()), "meeting.list", 1)
	if len(s.buckets) != 2 {
		t.Errorf("%d buckets", len(s.buckets))
	}
}

func TestWhoIsLimitedIsToldSo(t *testing.T) {
	s := newTurnstile(0.1, 1)
	e := New("thing.do", func(context.Context, domain.Actor, int) (int, error) { return 1, nil }, s.middleware)
	if _, err := e.Call(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	_, err := e.Call(t.Context(), 1)
	if domain.CodeOf(err) != domain.CodeLimited || domain.KeyOf(err) != "rate_limited" {
		t.Errorf("%v", err)
	}
}
