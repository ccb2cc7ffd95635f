package pace_test

import (
	"testing"
	"testing/synctest"
	"time"

	"secretariat/internal/pace"
)

func TestRunsAtItsFactorFromItsStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
		c := pace.New(start, 60)
		time.Sleep(2 * time.Second)
		if got := c.Now().Sub(start); got != 2*time.Minute {
			t.Fatalf("after 2 s at 60 times: %v, want 2m", got)
		}
		c.Set(3600)
		time.Sleep(time.Second)
		if got := c.Now().Sub(start); got != time.Hour+2*time.Minute {
			t.Fatalf("after the change of pace: %v, want 1h2m", got)
		}
	})
}

func TestRushEndsByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
		c := pace.New(start, 60)
		c.Rush(86_400, start.AddDate(0, 0, 2))
		time.Sleep(time.Second)
		if got := c.Now().Sub(start); got != 24*time.Hour {
			t.Fatalf("after 1 s of the rush: %v, want 24h", got)
		}
		late := start.AddDate(0, 0, 2).Add(time.Hour)
		if got := c.Wall(late); got != 61*time.Second {
			t.Fatalf("an hour past the end of the rush comes in %v, want 1m1s", got)
		}
		time.Sleep(11 * time.Second)
		if got := c.Now().Sub(start); got != 48*time.Hour+10*time.Minute {
			t.Fatalf("10 s after the rush: %v, want 48h10m", got)
		}
		if got := c.Wall(late); got != 50*time.Second {
			t.Fatalf("50 minutes at 60 times come in %v, want 50s", got)
		}
	})
}

func TestRushEndsWhenTheClockIsSet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
		for name, end := range map[string]func(*pace.Clock){
			"pace": func(c *pace.Clock) { c.Set(1) },
			"jump": func(c *pace.Clock) { c.Jump(start) },
		} {
			c := pace.New(start, 1)
			c.Rush(86_400, start.AddDate(1, 0, 0))
			end(c)
			time.Sleep(time.Second)
			if got := c.Now().Sub(start); got != time.Second {
				t.Errorf("%s: a second after the rush was ended: %v", name, got)
			}
		}
	})
}

func TestWallIsNeverTooShort(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := pace.New(time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), 7)
		c.Rush(1001, c.Now().Add(time.Minute+time.Nanosecond))
		for _, left := range []time.Duration{time.Nanosecond, time.Minute, time.Minute + time.Nanosecond, time.Hour} {
			until := c.Now().Add(left)
			time.Sleep(c.Wall(until))
			if c.Now().Before(until) {
				t.Fatalf("woke at %v, before %v", c.Now(), until)
			}
		}
		if c.Wall(c.Now()) != 0 {
			t.Fatal("a time that has come needs no waiting")
		}
	})
}

func TestDay(t *testing.T) {
	for factor, want := range map[int64]time.Duration{1: 0, 60: 24 * time.Minute, 1_000_000: time.Second} {
		if got := pace.New(time.Now(), factor).Day(); got != want {
			t.Errorf("a day at %d times takes %v, want %v", factor, got, want)
		}
	}
}
