package policy

import (
	"encoding/json"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var anyFraction = rapid.Custom(func(t *rapid.T) Fraction {
	den := rapid.Int64Range(1, 40).Draw(t, "den")
	f := Fraction{Den: den, Num: rapid.Int64Range(0, den).Draw(t, "num")}
	f.Sense = rapid.SampledFrom([]string{">", ">=", "<="}).Draw(t, "sense")
	return f
})

// naiveHolds compares the part with the share of the whole as rational numbers.
func naiveHolds(f Fraction, part, whole int) bool {
	bound := new(big.Rat).Mul(big.NewRat(f.Num, f.Den), big.NewRat(int64(whole), 1))
	sign := big.NewRat(int64(part), 1).Cmp(bound)
	return map[string]bool{">": sign > 0, ">=": sign >= 0, "<=": sign <= 0}[f.Sense]
}

func TestFractionHoldsAsRationalsDo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFraction.Draw(t, "fraction")
		whole := rapid.IntRange(0, 100).Draw(t, "whole")
		part := rapid.IntRange(0, whole+2).Draw(t, "part")
		if got, want := f.Holds(part, whole), naiveHolds(f, part, whole); got != want {
			t.Fatalf("%d of %d %s: got %t, want %t", part, whole, f, got, want)
		}
	})
}

func TestFractionHoldsForLargeCounts(t *testing.T) {
	f := Fraction{Sense: ">", Num: maxTerm / 2, Den: maxTerm}
	const whole = 1_000_000_000_000
	if f.Holds(whole/2, whole) || !f.Holds(whole/2+1, whole) {
		t.Error("half of a large number is taken for more than half")
	}
}

func TestFractionNeededIsTheLeastThatHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFraction.Draw(t, "fraction")
		whole := rapid.IntRange(0, 100).Draw(t, "whole")
		want := 0
		for !naiveHolds(f, want, whole) {
			want++
		}
		if got := f.Needed(whole); got != want {
			t.Fatalf("needed of %d %s: got %d, want %d", whole, f, got, want)
		}
	})
}

func TestFractionAllowedIsTheGreatestThatHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFraction.Draw(t, "fraction")
		f.Sense = "<="
		whole := rapid.IntRange(0, 100).Draw(t, "whole")
		want := whole
		for !naiveHolds(f, want, whole) {
			want--
		}
		if got := f.Allowed(whole); got != want {
			t.Fatalf("allowed of %d %s: got %d, want %d", whole, f, got, want)
		}
	})
}

func TestFractionOfOtherSensesAllowsAll(t *testing.T) {
	for _, sense := range []string{">", ">="} {
		if got := (Fraction{Sense: sense, Num: 1, Den: 2}).Allowed(15); got != 15 {
			t.Errorf("%s 1/2 allows %d of 15", sense, got)
		}
	}
}

func TestZeroFractionHoldsForNothing(t *testing.T) {
	for part := range 3 {
		if (Fraction{}).Holds(part, 2) {
			t.Errorf("the zero fraction holds for %d of 2", part)
		}
	}
}

func TestFractionReadsWhatItWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFraction.Draw(t, "fraction")
		got, err := parseFraction(f.String())
		if never := f.Sense == ">" && f.Num == f.Den; never {
			if err == nil {
				t.Fatalf("%s can never hold and is accepted", f)
			}
			return
		}
		if err != nil || got != f {
			t.Fatalf("read %v (%v), want %v", got, err, f)
		}
	})
}

func TestFractionRefuses(t *testing.T) {
	for _, s := range []string{
		"", "1/2", "> 1/0", ">1/2", "> 1 / 2", "> +1/2", "> 01/2", "> 1/2 ", "> 1/2x", "= 1/2", "< 1/2", "> -1/2",
		"> 0.5",
		">= 3/2", "> 1/1", ">= 1/1000001", "> 99999999999999999999/2", "> 1/2, > 1/3", "과반수",
	} {
		if f, err := parseFraction(s); err == nil {
			t.Errorf("%q is read as %v", s, f)
		} else if !strings.Contains(err.Error(), `such as "> 1/2"`) {
			t.Errorf("%q: %v says nothing of the form", s, err)
		}
	}
}

func TestFractionInJSON(t *testing.T) {
	b, err := json.Marshal(Fraction{Sense: ">", Num: 1, Den: 2})
	if want := `{"sense":"\u003e","num":1,"den":2}`; err != nil || string(b) != want {
		t.Errorf("got %s (%v), want %s", b, err, want)
	}
}
