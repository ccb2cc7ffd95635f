package workflows

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/service"
	"secretariat/service/surveying"
)

// assessing is a naive record of one round of self-assessment that fulfils its port.
type assessing struct {
	sync.Mutex
	now       func() time.Time
	opened    bool
	closes    time.Time
	letters   int
	closed    time.Time
	published bool
	gone      bool
	reminded  bool
	log       []string
}

func newAssessing() *assessing { return &assessing{closes: day(20, 18)} }

func (a *assessing) did(what string) {
	a.log = append(a.log, fmt.Sprint(a.now().In(calendar.Seoul).Format("01-02 15:04 "), what))
}

func (a *assessing) remind() time.Time { return time.Date(2026, 11, 17, 9, 0, 0, 0, calendar.Seoul) }

func (a *assessing) Stand(_ context.Context, _ domain.Actor, in surveying.CaseInput) (surveying.Standing, error) {
	a.Lock()
	defer a.Unlock()
	out := surveying.Standing{Survey: in.Survey, Committee: "c1", At: a.now(), Letters: a.letters}
	add := func(name service.DeadlineName, at time.Time) {
		out.Deadlines = append(out.Deadlines, service.Deadline{Name: name, At: at})
	}
	switch {
	case a.gone && a.letters > 0:
		out.Stage = surveying.StageTelling
	case a.gone, a.published:
		out.Stage = surveying.StageOver
	case !a.closed.IsZero():
		out.Stage = surveying.StagePublishing
	case a.opened:
		out.Stage = surveying.StageOpen
		if a.now().Before(a.remind()) {
			add(surveying.DeadlineRemind, a.remind())
		} else if !a.reminded {
			out.Letters++
		}
		add(surveying.DeadlineClose, a.closes)
	default:
		out.Stage = surveying.StageDrafting
	}
	return out, nil
}

func (a *assessing) Close(context.Context, domain.Actor, surveying.CaseInput) error {
	a.Lock()
	defer a.Unlock()
	a.closed = a.now()
	a.did("close")
	return nil
}

func (a *assessing) SendDue(context.Context, domain.Actor, surveying.CaseInput) error {
	a.Lock()
	defer a.Unlock()
	a.letters, a.reminded = 0, !a.now().Before(a.remind())
	a.did("letters")
	return nil
}

// assess plays a round: what people do at which time, until the workflow ends.
func assess(t *testing.T, a *assessing, acts map[time.Duration]func()) []string {
	t.Helper()
	through(t, TypeSurvey, newWorld(), func(port *Activities, now func() time.Time) { port.Surveys, a.now = a, now }, acts)
	return a.log
}

func TestARoundFromItsDraftToItsFigures(t *testing.T) {
	t.Parallel()
	a := newAssessing()
	got := assess(t, a, map[time.Duration]func(){
		5 * oneDay:  func() { a.opened, a.letters = true, 3 },
		45 * oneDay: func() { a.published = true },
	})
	if want := []string{"11-06 12:00 letters", "11-17 09:00 letters", "11-20 18:00 close"}; !slices.Equal(got, want) {
		t.Errorf("did %v, want %v", got, want)
	}
}

func TestWhoWasAskedIsToldThatARoundIsGivenUp(t *testing.T) {
	t.Parallel()
	a := newAssessing()
	got := assess(t, a, map[time.Duration]func(){
		5 * oneDay: func() { a.opened, a.letters = true, 1 },
		8 * oneDay: func() { a.gone, a.letters = true, 1 },
	})
	if want := []string{"11-06 12:00 letters", "11-09 12:00 letters"}; !slices.Equal(got, want) {
		t.Errorf("did %v, want %v", got, want)
	}
}

func TestARoundWithoutLettersEndsWhenItIsGivenUp(t *testing.T) {
	t.Parallel()
	a := newAssessing()
	if got := assess(t, a, map[time.Duration]func(){5 * oneDay: func() { a.gone = true }}); len(got) != 0 {
		t.Errorf("did %v", got)
	}
}
