package plan_test

import (
	"testing"

	"pgregory.net/rapid"

	. "secretariat/domain/plan"
)

// TestAPlanWasCalledWhatItsLedgerSays names a plan again and again and keeps by hand what it was called after every entry.
func TestAPlanWasCalledWhatItsLedgerSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"", "가", "나", "다"})
		p := Plan{ID: "p", Title: "처음", Vision: "비전"}
		called := []Name{p.Name()} // after each entry
		var sets []ChangeSet
		for n := range rapid.IntRange(1, 8).Draw(t, "entries") {
			s := ChangeSet{Plan: "p", Number: n + 1, Kind: Major, Basis: "제1호"}
			to := Name{word.Draw(t, "title"), word.Draw(t, "vision")}
			if s.Naming = p.Rename(to); s.Naming != nil {
				p.Title, p.Vision = s.Naming.After.Title, s.Naming.After.Vision
			}
			if to.Title != "" && p.Title != to.Title || to.Vision != "" && p.Vision != to.Vision {
				t.Fatalf("%+v was not named %+v", p, to)
			}
			sets, called = append(sets, s), append(called, p.Name())
		}
		for n := 1; n < len(called); n++ {
			if got := p.Named(sets, n).Name(); got != called[n] {
				t.Fatalf("after %d: %+v, want %+v", n, got, called[n])
			}
			for m := n; m < len(called); m++ {
				got := p.Renamed(sets, n, m)
				if (got == nil) != (called[n] == called[m]) || got != nil && (got.Before != called[n] || got.After != called[m]) {
					t.Fatalf("from %d to %d: %+v", n, m, got)
				}
			}
		}
		r := Record{Plan: p, Sets: sets}
		if !r.Recount().Names {
			t.Fatalf("the names do not follow: %+v", sets)
		}
		named := 0
		for _, s := range sets {
			if s.Naming != nil {
				named++
			}
		}
		if named == 0 {
			return
		}
		r.Plan.Title += "!"
		if r.Recount().Names {
			t.Fatal("a name that no entry gave stands")
		}
	})
}
