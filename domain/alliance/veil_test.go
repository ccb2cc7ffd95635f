package alliance

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// naiveRank is the rank of rows of zeros and ones by fractions.
func naiveRank(rows [][]*big.Rat) int {
	rank := 0
	for col := 0; len(rows) > 0 && col < len(rows[0]); col++ {
		at := -1
		for n := rank; n < len(rows); n++ {
			if rows[n][col].Sign() != 0 {
				at = n
			}
		}
		if at < 0 {
			continue
		}
		rows[rank], rows[at] = rows[at], rows[rank]
		for n := rank + 1; n < len(rows); n++ {
			factor := new(big.Rat).Quo(rows[n][col], rows[rank][col])
			for k := range rows[n] {
				rows[n][k] = new(big.Rat).Sub(rows[n][k], new(big.Rat).Mul(factor, rows[rank][k]))
			}
		}
		rank++
	}
	return rank
}

// naiveSafe tries every set of fewer than so many organisations: whether the shown sums, with any factors, leave something of
// them alone.
func naiveSafe(w crowd, show []bool, least int) bool {
	rows := func(leave func(int) bool) [][]*big.Rat {
		var out [][]*big.Rat
		for c := range show {
			if !show[c] {
				continue
			}
			var row []*big.Rat
			for o := range w {
				if leave(o) {
					row = append(row, big.NewRat(int64(b2i(w[o][c])), 1))
				}
			}
			out = append(out, row)
		}
		return out
	}
	all := naiveRank(rows(func(int) bool { return true }))
	for set := 1; set < 1<<len(w); set++ {
		size := 0
		for o := range w {
			size += set >> o & 1
		}
		if size < least && naiveRank(rows(func(o int) bool { return set>>o&1 == 0 })) < all {
			return false
		}
	}
	return true
}

// crowds draws who answered two indicators: everybody is in the first cell, in one of the next two, and in any of the rest.
func crowds(t *rapid.T, cells int) []crowd {
	all := crowd{}
	for range rapid.IntRange(0, 9).Draw(t, "organisations") {
		in := make([]bool, cells)
		in[0] = true
		in[rapid.IntRange(1, 2).Draw(t, "group")] = true
		for c := 3; c < cells; c++ {
			in[c] = rapid.Bool().Draw(t, "in")
		}
		all = append(all, in)
	}
	out := []crowd{all}
	if rapid.Bool().Draw(t, "two") {
		out = append(out, slices.DeleteFunc(slices.Clone(all), func([]bool) bool { return rapid.IntRange(0, 4).Draw(t, "missing") == 0 }))
	}
	return out
}

func TestNothingOfAFewOrganisationsCanBeComputed(t *testing.T) {
	const cells = 6
	hid := false
	rapid.Check(t, func(t *rapid.T) {
		least := rapid.IntRange(2, 4).Draw(t, "least")
		in := crowds(t, cells)
		show := veil(cells, in, least)
		safe := func(show []bool) bool {
			return !slices.ContainsFunc(in, func(w crowd) bool {
				return !naiveSafe(w, show, least) || slices.ContainsFunc(show, func(s bool) bool { return s && len(w) < least })
			})
		}
		if !safe(show) {
			t.Fatalf("%v reveals something of fewer than %d of %v", show, least, in)
		}
		for c := range show {
			if show[c] {
				continue
			}
			more := slices.Clone(show)
			more[c] = true
			small := slices.ContainsFunc(in, func(w crowd) bool { return w.count(c) < least })
			if !small && show[0] && safe(more) {
				t.Fatalf("%v hides cell %d of %v without need", show, c, in)
			}
			hid = hid || !small && show[0]
		}
	})
	if !hid {
		t.Error("no cell was ever hidden for the sake of another")
	}
}

func TestASmallCellTakesAnotherWithIt(t *testing.T) {
	organisation := func(cells ...int) []bool {
		in := make([]bool, 5)
		in[0] = true
		for _, c := range cells {
			in[c] = true
		}
		return in
	}
	for _, x := range []struct {
		name string
		who  crowd
		want string
	}{
		{"two groups, one small", crowd{organisation(1), organisation(1), organisation(1), organisation(1), organisation(2)}, "[true false false false false]"},
		{"both large", crowd{organisation(1), organisation(1), organisation(2), organisation(2)}, "[true true true false false]"},
		// The group and the division differ in one organisation, so one of them is hidden, the smaller one.
		{"cells that differ in one", crowd{
			organisation(1, 3), organisation(1, 3), organisation(1), organisation(2), organisation(2), organisation(2),
		}, "[true true true false false]"},
		{"fewer than the least", crowd{organisation(1)}, "[false false false false false]"},
		{"nobody", nil, "[false false false false false]"},
	} {
		if got := fmt.Sprint(veil(5, []crowd{x.who}, 2)); got != x.want {
			t.Errorf("%s: %s, want %s", x.name, got, x.want)
		}
	}
}

func BenchmarkVeil(b *testing.B) {
	const cells, organisations = 18, 2000
	var w crowd
	for n := range organisations {
		in := make([]bool, cells)
		in[0], in[1+n%7%2], in[3+n*n%5], in[8+n*31%17%10] = true, true, true, true
		if n%3 == 0 {
			in[8+n*7%10] = true
		}
		w = append(w, in)
	}
	for b.Loop() {
		veil(cells, []crowd{w}, 3)
	}
}
