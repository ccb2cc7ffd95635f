package workflows

import (
	"testing"
	"time"

	"secretariat/service"
	"secretariat/service/convening"
)

// late is a clock by which everything has come.
type late struct{}

func (late) Wall(time.Time) time.Duration { return 0 }

// TestADeadlineThatComesDuringTheLookIsStillAhead holds a look to what it saw: a reminder that became due after the letters were
// counted must not count as past, or nobody would wait for it.
func TestADeadlineThatComesDuringTheLookIsStillAhead(t *testing.T) {
	t.Parallel()
	at := day(12, 9)
	for _, x := range []struct {
		asOf  time.Time
		ahead bool
	}{{at.Add(-time.Nanosecond), true}, {at, false}, {at.Add(time.Hour), false}} {
		s := standing(convening.Standing{At: x.asOf, Deadlines: []service.Deadline{{Name: convening.DeadlineReminder, At: at}}}, late{})
		if got := s.Waits[0].Left > 0; got != x.ahead {
			t.Errorf("looked at %s: ahead %v", x.asOf, got)
		}
	}
}

func TestADeadlineThatComesAfterTheLookIsLookedAt(t *testing.T) {
	t.Parallel()
	for _, x := range []struct{ left, since, want time.Duration }{
		{time.Minute, time.Second, 59 * time.Second}, {time.Second, time.Minute, soon}, {0, 0, 0}, {0, time.Minute, 0}, {-time.Second, 0, 0},
	} {
		if got := (Wait{Left: x.left}).ahead(x.since); got != x.want {
			t.Errorf("%v left, %v later: %v, want %v", x.left, x.since, got, x.want)
		}
	}
}
