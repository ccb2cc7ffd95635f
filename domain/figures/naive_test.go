package figures_test

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"secretariat/domain/figures"
)

// The tests here decide each kind of claim a second time in plain integers and compare.

// verdict is what a naive recomputation expects: holds, cut off, or different.
type verdict string

func verdictOf(found []figures.Finding) verdict {
	switch {
	case len(found) == 0:
		return "holds"
	case found[0].Key == figures.KeyTruncated:
		return "cut off"
	}
	return verdict(found[0].Severity)
}

func expected(stated, rounded, floored int64) verdict {
	switch stated {
	case rounded:
		return "holds"
	case floored:
		return "cut off"
	}
	return "error"
}

// decimal writes n units of the given decimal place: decimal(69, 1) is "6.9".
func decimal(n int64, places int) string {
	s := fmt.Sprintf("%0*d", places+1, n)
	if places == 0 {
		return s
	}
	return s[:len(s)-places] + "." + s[len(s)-places:]
}

func pow10(n int) int64 {
	out := int64(1)
	for range n {
		out *= 10
	}
	return out
}

func TestRatioAgainstIntegers(t *testing.T) {
	kinds := []struct {
		kind figures.Kind
		unit string
		per  int64
	}{{figures.Ratio, "%", 100}, {figures.Ratio, "배", 1}, {figures.Competition, ":1", 1}}
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.SampledFrom(kinds).Draw(t, "kind")
		num := rapid.Int64Range(0, 1e9).Draw(t, "num")
		den := rapid.Int64Range(1, 1e6).Draw(t, "den")
		places := rapid.IntRange(0, 3).Draw(t, "places")
		scaled := num * k.per * pow10(places)
		floored := scaled / den
		rounded := (2*scaled + den) / (2 * den)
		stated := max(0, floored+rapid.Int64Range(-1, 2).Draw(t, "off"))
		c := claim(k.kind, decimal(stated, places)+k.unit, withCommas(num), withCommas(den))
		got := verdictOf(figures.Check([]figures.Claim{c}))
		if want := expected(stated, rounded, floored); got != want {
			t.Fatalf("%d/%d stated %s: %s, want %s", num, den, c.Stated.Text, got, want)
		}
	})
}

func TestSumAgainstIntegers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var want int64
		var parts []string
		for _, n := range rapid.SliceOfN(rapid.Int64Range(0, 1e12), 1, 20).Draw(t, "parts") {
			want += n
			parts = append(parts, withCommas(n))
		}
		stated := max(0, want+rapid.Int64Range(-1, 1).Draw(t, "off"))
		found := figures.Check([]figures.Claim{claim(figures.Sum, withCommas(stated), parts...)})
		if (len(found) == 0) != (stated == want) {
			t.Fatalf("%v stated %d, sum %d: %v", parts, stated, want, found)
		}
		if len(found) == 1 && found[0].Computed != withCommas(want) {
			t.Fatalf("computed %s, want %d", found[0].Computed, want)
		}
	})
}

func TestSameAgainstIntegers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		won := rapid.Int64Range(1, 1e9).Draw(t, "millions")
		floored, rounded := won/100, (won+50)/100
		stated := max(0, floored+rapid.Int64Range(-1, 2).Draw(t, "off"))
		coarse, fine := withCommas(stated)+"억원", withCommas(won)+"백만원"
		want := expected(stated, rounded, floored)
		for _, c := range []figures.Claim{claim(figures.Same, coarse, fine), claim(figures.Same, fine, coarse)} {
			if got := verdictOf(figures.Check([]figures.Claim{c})); got != want {
				t.Fatalf("%s and %s: %s, want %s", coarse, fine, got, want)
			}
		}
	})
}

func TestProductAgainstIntegers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		each := rapid.Int64Range(1, 1e6).Draw(t, "each")
		heads := rapid.Int64Range(1, 1e6).Draw(t, "heads")
		total := each * heads
		ceiling := max(1, total+rapid.Int64Range(-2, 2).Draw(t, "off"))
		c := claim(figures.Product, withCommas(total)+"원", withCommas(each)+"원", withCommas(heads)+"명")
		c.Ceiling.Text = withCommas(ceiling) + "원"
		want := ""
		switch {
		case total > ceiling:
			want = figures.KeyCeilingExceeded
		case total == ceiling:
			want = figures.KeyCeilingReached
		}
		found := figures.Check([]figures.Claim{c})
		if want == "" && len(found) == 0 {
			return
		}
		if len(found) != 1 || found[0].Key != want || found[0].Severity != figures.Warning {
			t.Fatalf("%d against %d: %v, want %q", total, ceiling, found, want)
		}
	})
}

// TestGrowthAgainstCounting finds the growth rate by counting up in steps and multiplying integers.
func TestGrowthAgainstCounting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.Int64Range(1, 1e6).Draw(t, "from")
		to := rapid.Int64Range(from, from*20).Draw(t, "to")
		years := rapid.IntRange(1, 12).Draw(t, "years")
		floored, rounded := countedGrowth(from, to, years)
		stated := max(0, floored+rapid.Int64Range(-1, 2).Draw(t, "off"))
		c := claim(figures.Growth, decimal(stated, 1)+"%", withCommas(from), withCommas(to))
		c.Periods = years
		got := verdictOf(figures.Check([]figures.Claim{c}))
		if want := expected(stated, rounded, floored); got != want {
			t.Fatalf("%d to %d in %d years stated %s: %s, want %s", from, to, years, c.Stated.Text, got, want)
		}
	})
}

// countedGrowth is the yearly growth in tenths of a percent, cut off and rounded. One tenth of a percent is two of the
// two-thousandths it counts in, so that half steps are whole numbers.
func countedGrowth(from, to int64, years int) (floored, rounded int64) {
	reaches := func(n int64) bool {
		left, right := big.NewInt(from), big.NewInt(to)
		for range years {
			left.Mul(left, big.NewInt(2000+n))
			right.Mul(right, big.NewInt(2000))
		}
		return left.Cmp(right) <= 0
	}
	n := int64(0)
	for reaches(n + 1) {
		n++
	}
	return n / 2, (n + 1) / 2
}
