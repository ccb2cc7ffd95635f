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

func TestWallIsNeverTooShort(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := pace.New(time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), 7)
		until := c.Now().Add(time.Hour + time.Nanosecond)
		time.Sleep(c.Wall(until))
		if c.Now().Before(until) {
			t.Fatalf("woke at %v, before %v", c.Now(), until)
		}
		if c.Wall(c.Now()) != 0 {
			t.Fatal("a time that has come needs no waiting")
		}
	})
}
