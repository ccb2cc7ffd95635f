package bench

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
	"time"
)

// figure is one line of the table.
type figure struct {
	what  string
	value float64
	unit  string
	goal  goal
}

// goal is a bound of a figure; the zero goal is none.
type goal struct {
	sign  string // ">=" or "<"
	bound float64
}

func atLeast(bound float64) goal { return goal{">=", bound} }
func below(bound float64) goal   { return goal{"<", bound} }

func (g goal) met(value float64) bool {
	return g.sign == ">=" && value >= g.bound || g.sign == "<" && value < g.bound
}

// table collects the figures of the process.
var table struct {
	sync.Mutex
	lines []figure
}

// note puts a figure into the table.
func note(b *testing.B, f figure) {
	b.Helper()
	table.Lock()
	defer table.Unlock()
	table.lines = append(table.lines, f)
}

// TestMain prints the table when benchmarks have run.
func TestMain(m *testing.M) {
	code := m.Run()
	if len(table.lines) > 0 {
		if err := print(os.Stdout, table.lines); err != nil {
			code = 1
		}
	}
	os.Exit(code)
}

func print(to io.Writer, lines []figure) error {
	var b strings.Builder
	b.WriteString("\nfigure\tvalue\tgoal\tmet\n")
	for _, f := range lines {
		value := fmt.Sprintf("%s %s", round(f.value), f.unit)
		if f.goal == (goal{}) {
			fmt.Fprintf(&b, "%s\t%s\t\t\n", f.what, value)
			continue
		}
		met := map[bool]string{true: "yes", false: "NO"}[f.goal.met(f.value)]
		fmt.Fprintf(&b, "%s\t%s\t%s %v %s\t%s\n", f.what, value, f.goal.sign, f.goal.bound, f.unit, met)
	}
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	if _, err := io.WriteString(w, b.String()); err != nil {
		return err
	}
	return w.Flush()
}

// round prints three significant places at least, and whole numbers from a hundred on.
func round(v float64) string {
	switch {
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.2f", v)
}

// percentile is the smallest of the times that at least p of a hundred do not exceed.
func percentile(times []time.Duration, p int) time.Duration {
	sorted := slices.Sorted(slices.Values(times))
	return sorted[(len(sorted)*p+99)/100-1]
}

func milliseconds(d time.Duration) float64 { return d.Seconds() * 1000 }

func TestPercentileCoversItsShare(t *testing.T) {
	var times []time.Duration
	for n := 200; n >= 1; n-- {
		times = append(times, time.Duration(n))
	}
	for p, want := range map[int]time.Duration{1: 2, 50: 100, 99: 198, 100: 200} {
		if got := percentile(times, p); got != want {
			t.Errorf("percentile %d is %d, want %d", p, got, want)
		}
	}
	if got := percentile(times[:1], 99); got != 200 {
		t.Errorf("percentile of one is %d", got)
	}
}

func TestGoals(t *testing.T) {
	for _, c := range []struct {
		goal  goal
		value float64
		met   bool
	}{
		{atLeast(0.5), 0.5, true}, {atLeast(0.5), 0.49, false}, {below(1.5), 1.4, true}, {below(1.5), 1.5, false},
	} {
		if got := c.goal.met(c.value); got != c.met {
			t.Errorf("%v %s %v: %t", c.value, c.goal.sign, c.goal.bound, got)
		}
	}
}
