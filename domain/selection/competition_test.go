package selection_test

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	. "secretariat/domain/selection"
)

var states = []ApplicationState{Draft, Submitted, Withdrawn, Eligible, Ineligible, Agreed, GivenUp}

// naiveCompetition counts the applications one by one, each with whether it was ever in the running.
func naiveCompetition(all []ApplicationState, rows []Row) (out Competition) {
	for _, s := range all {
		switch s {
		case Submitted, Ineligible:
			out.Received++
		case Eligible, Agreed, GivenUp:
			out.Received++
			out.Eligible++
		case Withdrawn:
			out.Withdrawn++
		}
	}
	for _, r := range rows {
		if r.Outcome == Selected {
			out.Selected++
		}
		if r.Outcome == Reserved {
			out.Reserved++
		}
	}
	return out
}

// naiveRatio rounds with big rationals: half up is half away from zero here, as FloatString does.
func naiveRatio(received, selected int) string {
	if selected == 0 {
		return ""
	}
	return big.NewRat(int64(received), int64(selected)).FloatString(1) + ":1"
}

func TestCompetitionCountsEveryApplicationOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(rapid.SampledFrom(states), 0, 60).Draw(t, "states")
		outcomes := rapid.SliceOfN(rapid.SampledFrom([]Outcome{Selected, Reserved, OutOfReach, BelowFloor}), 0, 40).Draw(t, "outcomes")
		counts, rows := map[ApplicationState]int{}, []Row{}
		for _, s := range all {
			counts[s]++
		}
		for _, o := range outcomes {
			rows = append(rows, Row{Outcome: o})
		}
		got, want := CompetitionOf(counts, rows), naiveCompetition(all, rows)
		if got != want {
			t.Fatalf("%+v, want %+v", got, want)
		}
		if n := Received(counts); n != want.Received {
			t.Fatalf("received %d, want %d", n, want.Received)
		}
		if text := got.Ratio().String(); text != naiveRatio(want.Received, want.Selected) {
			t.Fatalf("%d to %d is written %s", want.Received, want.Selected, text)
		}
	})
}

func TestAWithdrawnApplicationIsNotReceivedAndOneGivenUpStays(t *testing.T) {
	counts := map[ApplicationState]int{Draft: 5, Withdrawn: 2, Ineligible: 1, Agreed: 3, GivenUp: 1}
	rows := []Row{{Outcome: Selected}, {Outcome: Selected}, {Outcome: Selected}, {Outcome: Selected}}
	got := CompetitionOf(counts, rows)
	if want := (Competition{Received: 5, Eligible: 4, Selected: 4, Withdrawn: 2}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if text := got.Ratio().String(); text != "1.3:1" { // 1.25 is rounded up
		t.Errorf("5 to 4 is written %s", text)
	}
}

func TestTheRatioOfASumIsNotTheMeanOfTheRatios(t *testing.T) {
	sum := Competition{Received: 100, Selected: 10}.Plus(Competition{Received: 10, Selected: 10})
	if text := sum.Ratio().String(); text != "5.5:1" {
		t.Errorf("written %s", text)
	}
	if text := (Ratio{Received: 7}).String(); text != "" {
		t.Errorf("a ratio to nothing is written %s", text)
	}
}
