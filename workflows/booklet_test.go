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
	"secretariat/service/filing"
)

// binding is a naive record of one booklet that fulfils its port.
type binding struct {
	sync.Mutex
	now            func() time.Time
	until          time.Time
	bound, dropped bool
	fails          int // how often binding is still to fail
	log            []string
}

func newBinding() *binding { return &binding{until: day(2, 12)} }

func (b *binding) did(what string) {
	b.log = append(b.log, fmt.Sprint(b.now().In(calendar.Seoul).Format("01-02 15:04 "), what))
}

func (b *binding) StandBooklet(context.Context, domain.Actor, filing.BookletInput) (filing.Standing, error) {
	b.Lock()
	defer b.Unlock()
	out := filing.Standing{
		Committee: "c1", Stage: filing.StageKept, At: b.now(),
		Deadlines: []service.Deadline{{Name: filing.DeadlineDrop, At: b.until}},
	}
	switch {
	case b.dropped:
		out.Stage, out.Deadlines = filing.StageOver, nil
	case !b.bound:
		out.Stage = filing.StageBinding
	}
	return out, nil
}

func (b *binding) BindBooklet(context.Context, domain.Actor, filing.BookletInput) error {
	b.Lock()
	defer b.Unlock()
	if b.fails > 0 {
		b.fails--
		return &domain.Error{Code: domain.CodeUnavailable, Key: "unavailable"}
	}
	b.bound = true
	b.did("bind")
	return nil
}

func (b *binding) DropBooklet(context.Context, domain.Actor, filing.BookletInput) error {
	b.Lock()
	defer b.Unlock()
	b.dropped = true
	b.did("drop")
	return nil
}

func bind(t *testing.T, b *binding) []string {
	t.Helper()
	through(t, TypeBooklet, newWorld(), func(port *Activities, now func() time.Time) { port.Booklets, b.now = b, now }, nil)
	return b.log
}

func TestABookletIsBoundAndThrownAwayAfterItsTime(t *testing.T) {
	t.Parallel()
	if got, want := bind(t, newBinding()), []string{"11-01 12:00 bind", "11-02 12:00 drop"}; !slices.Equal(got, want) {
		t.Errorf("did %v, want %v", got, want)
	}
}

func TestABookletThatCannotBeBoundIsTriedAgainUntilItsTimeIsOver(t *testing.T) {
	t.Parallel()
	b := newBinding()
	b.fails = 10
	if got := bind(t, b); len(got) != 2 || got[1] != "11-02 12:00 drop" {
		t.Errorf("did %v", got)
	}
	b = newBinding()
	b.fails = 1 << 20
	if got, want := bind(t, b), []string{"11-02 12:00 drop"}; !slices.Equal(got, want) {
		t.Errorf("did %v, want %v", got, want)
	}
}
