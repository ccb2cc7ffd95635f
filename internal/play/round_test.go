package play

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"secretariat/internal/sample"
)

func TestARoundGoesOnWithItsOwnScaleOnly(t *testing.T) {
	dir := t.TempDir()
	for _, x := range []struct {
		scale int
		ok    bool
	}{{0, false}, {7, true}, {7, true}, {1, false}} {
		if err := sameScale(dir, x.scale); (err == nil) != x.ok {
			t.Errorf("scale %d: %v", x.scale, err)
		}
	}
}

func TestEveryJobIsDoneOnceAndTheFirstFailureEndsTheRest(t *testing.T) {
	var done [100]atomic.Int32
	err := queue(t.Context(), len(done), func(_ context.Context, i int) error {
		done[i].Add(1)
		return nil
	})
	for i := range done {
		if n := done[i].Load(); n != 1 || err != nil {
			t.Fatalf("job %d was done %d times: %v", i, n, err)
		}
	}
	var after atomic.Int32
	broken := errors.New("broken")
	err = queue(t.Context(), 1000, func(_ context.Context, i int) error {
		if after.Add(1); i == 3 {
			return broken
		}
		return nil
	})
	if !errors.Is(err, broken) || after.Load() > 900 {
		t.Errorf("%v after %d jobs", err, after.Load())
	}
}

func TestTheBarSaysEachQuarterOnceWhereThereIsNoTerminal(t *testing.T) {
	var out strings.Builder
	p := &Play{stage: Stage{Out: &out}}
	b := p.bar("평가", 200)
	for range 200 {
		b.add(1)
	}
	if lines := strings.Split(strings.TrimSpace(out.String()), "\n"); len(lines) != 4 || !strings.HasSuffix(lines[3], "200/200 (100%)") {
		t.Errorf("%q", lines)
	}
}

// TestEveryPoolHasEnoughWithoutATie counts those of the pools whom the draw may seat, in every size.
func TestEveryPoolHasEnoughWithoutATie(t *testing.T) {
	all, err := sample.LoadRound()
	if err != nil {
		t.Fatal(err)
	}
	for _, scale := range []int{1, 40} {
		r := newRound(&Play{}, all.Scale(scale))
		if len(r.calls) != len(all.Programmes) {
			t.Fatalf("%d calls", len(r.calls))
		}
		for _, c := range r.calls {
			pool := map[string]bool{}
			for n := range r.round.Evaluators.Pool {
				pool[r.evaluatorMail(c, n)] = true
			}
			if len(pool) != r.round.Evaluators.Pool || len(pool)-sent < r.round.Evaluators.Panel {
				t.Errorf("%s: %d in the pool", c.programme.Code, len(pool))
			}
		}
	}
}
