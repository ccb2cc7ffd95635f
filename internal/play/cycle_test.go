package play

import (
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"secretariat/domain/plan"
	"secretariat/internal/sample"
	"secretariat/service"
	"secretariat/service/planning"
)

// TestWhatIsReportedLiesOnTheWayToTheTarget computes the figures another way, in rationals.
func TestWhatIsReportedLiesOnTheWayToTheTarget(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := func(name string) int64 { return rapid.Int64Range(0, 1_000_000).Draw(t, name) * plan.Thousand }
		i := plan.Indicator{Baseline: value("base"), Targets: targets(map[int]int64{2027: value("a") / plan.Thousand, 2028: value("b") / plan.Thousand, 2029: value("c") / plan.Thousand})}
		year, part := rapid.IntRange(2027, 2029).Draw(t, "year"), rapid.Int64Range(0, 400).Draw(t, "part")
		way := []int64{i.Baseline, i.Targets[0].Value, i.Targets[1].Value, i.Targets[2].Value}[year-2027 : year-2025]
		want := new(big.Rat).Mul(big.NewRat(part, 400), big.NewRat(way[1]-way[0], 1))
		want.Add(want, big.NewRat(way[0], 1))
		got := reached(i, year, part)
		if off := want.Sub(want, big.NewRat(got, 1)); got%plan.Thousand != 0 || off.Abs(off).Cmp(big.NewRat(plan.Thousand, 1)) >= 0 {
			t.Fatalf("%v of %v in %d: %d", part, i, year, got)
		}
	})
}

// TestTheScenesOfAPlanAreInOrder holds the script to what the play cannot tell: nobody works on a Sunday, and what a scene needs has
// been before it.
func TestTheScenesOfAPlanAreInOrder(t *testing.T) {
	script, err := sample.LoadCycle()
	if err != nil {
		t.Fatal(err)
	}
	c := newCycle(&Play{}, script)
	all := c.scenes()
	if !slices.IsSortedFunc(all, func(a, b scene) int { return a.at.Compare(b.at) }) {
		t.Error("the scenes are not in the order of their times")
	}
	for _, s := range all {
		if s.at.Before(script.Begins) || s.at.After(script.Ends) || s.at.Weekday() == time.Sunday {
			t.Errorf("a scene on %v", s.at)
		}
	}
	if years := script.Ends.Sub(script.Begins).Hours() / 24 / 365; years < 3.5 {
		t.Errorf("%v years", years)
	}
}

func TestTheBarMakesRoomForALine(t *testing.T) {
	var out strings.Builder
	b := &bar{out: &out, what: "진행", total: 2, terminal: true}
	b.add(1)
	b.aside(func() { out.WriteString("한 줄\n") })
	if got := out.String(); !strings.HasSuffix(got, "\r\x1b[K한 줄\n"+b.drawn) || b.drawn == "" {
		t.Errorf("%q", got)
	}
	b.add(1)
	if b.drawn != "" {
		t.Errorf("a full bar is drawn again: %q", b.drawn)
	}
}

// TestThePlayWaitsForWhatTheSystemDoesAlone goes through what may stand in a case: what people owe is not waited for.
func TestThePlayWaitsForWhatTheSystemDoesAlone(t *testing.T) {
	now := time.Date(2030, 3, 13, 9, 30, 0, 0, time.UTC)
	at := func(stage service.Stage, letters int, name service.DeadlineName, due time.Time) stands {
		return stands{Stage: stage, Letters: letters, At: now, Deadlines: []service.Deadline{{Name: name, At: due}}}
	}
	for _, x := range []struct {
		name string
		at   stands
		want bool
	}{
		{"a letter", at(planning.StageReviewing, 1, planning.DeadlineReviewDue, now.Add(time.Hour)), true},
		{"a review to be opened", at(planning.StageExecuting, 0, planning.DeadlineReviewOpens, now), true},
		{"a review later", at(planning.StageExecuting, 0, planning.DeadlineReviewOpens, now.Add(time.Hour)), false},
		{"an evaluation that people owe", at(planning.StageExecuting, 0, planning.DeadlineEvaluation, now), false},
		{"the end of a plan that owes nothing", at(planning.StageExecuting, 0, planning.DeadlineEnd, now), true},
		{"the end of a plan that owes its evaluation", at(planning.StageEvaluating, 0, planning.DeadlineEnd, now), false},
		{"the end of a plan whose last review is to come", stands{Stage: planning.StageExecuting, At: now, Deadlines: []service.Deadline{
			{Name: planning.DeadlineEnd, At: now}, {Name: planning.DeadlineReviewOpens, At: now.Add(time.Hour)},
		}}, false},
	} {
		if got := x.at.owing(); got != x.want {
			t.Errorf("%s: waited for %v", x.name, got)
		}
	}
}
