package alliance

import (
	"math/bits"
	"slices"
)

// The protection of answers. A figure over several organisations may be published only if nobody can compute from it, and
// from all other published figures together, something that rests on fewer than a least number of organisations. Sums
// are all that figures are made of, so what can be computed is exactly what is a sum of published cells with factors.

// crowd is who answered something: of each organisation, which cells it is in. The first cell is everybody.
type crowd [][]bool

// veil decides which cells may be shown, given who answered each indicator: a cell is hidden that is small itself, and
// further ones, the smallest first, until nothing small can be computed. What need not have been hidden is shown again, the
// largest first. The first cell is the last to go.
func veil(cells int, indicators []crowd, least int) []bool {
	show := make([]bool, cells)
	for c := range show {
		show[c] = len(indicators) > 0
		for _, in := range indicators {
			show[c] = show[c] && in.count(c) >= least
		}
	}
	if cells == 0 || !show[0] {
		return make([]bool, cells)
	}
	whole := slices.Clone(show)
	for n := 0; n < len(indicators); {
		small := indicators[n].leak(show, least)
		if small == nil {
			n++
			continue
		}
		show[indicators[n].victim(show, small)] = false
		n = 0
	}
	restore(show, whole, indicators, least)
	return show
}

// restore shows hidden cells again that are not small themselves, where nothing small can be computed with them.
func restore(show, whole []bool, indicators []crowd, least int) {
	order := []int{}
	for c := range show {
		if whole[c] && !show[c] {
			order = append(order, c)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return indicators[0].count(b) - indicators[0].count(a) })
	for _, c := range order {
		show[c] = true
		show[c] = !slices.ContainsFunc(indicators, func(in crowd) bool { return in.leak(show, least) != nil })
	}
}

func (w crowd) count(cell int) int {
	n := 0
	for _, in := range w {
		if in[cell] {
			n++
		}
	}
	return n
}

// atoms groups the organisations that no shown cell tells apart: a column for each, of the shown cells as rows, and how
// many organisations it stands for.
func (w crowd) atoms(show []bool) (columns [][]bool, weights []int) {
	at := map[string]int{}
	for _, in := range w {
		column, key := []bool(nil), []byte(nil)
		for c, shown := range show {
			if shown {
				column, key = append(column, in[c]), append(key, b2i(in[c]))
			}
		}
		if !slices.Contains(column, true) {
			continue
		}
		n, known := at[string(key)]
		if !known {
			n = len(columns)
			at[string(key)], columns, weights = n, append(columns, column), append(weights, 0)
		}
		weights[n]++
	}
	return columns, weights
}

func b2i(b bool) byte {
	if b {
		return 1
	}
	return 0
}

// leak finds columns that stand for fewer than the least number of organisations, and of which something can be computed
// from the shown cells; nil when there are none.
func (w crowd) leak(show []bool, least int) []int {
	columns, sizes := w.atoms(show)
	dual := dualOf(columns)
	// What is no pivot depends on pivots alone, so a set that leaks has a pivot in it: those come first.
	order := make([]int, 0, len(columns))
	for _, pivots := range []bool{true, false} {
		for n := range columns {
			if dual.pivot[n] == pivots && sizes[n] < least {
				order = append(order, n)
			}
		}
	}
	var try func(from, weight int, chosen []int) []int
	try = func(from, weight int, chosen []int) []int {
		for k := from; k < len(order); k++ {
			n := order[k]
			if weight+sizes[n] >= least || len(chosen) == 0 && !dual.pivot[n] {
				continue
			}
			with := append(slices.Clone(chosen), n)
			if dual.dependent(with) {
				return with
			}
			if found := try(k+1, weight+sizes[n], with); found != nil {
				return found
			}
		}
		return nil
	}
	return try(0, 0, nil)
}

// victim is the smallest cell, but not the first, without which the columns leak nothing; if one is not enough, the
// smallest at all.
func (w crowd) victim(show []bool, small []int) int {
	columns, _ := w.atoms(show)
	rows, order := map[int]int{}, []int{}
	for c := range show {
		if show[c] {
			rows[c] = len(rows)
			order = append(order, c)
		}
	}
	order = order[1:]
	slices.SortStableFunc(order, func(a, b int) int { return w.count(a) - w.count(b) })
	for _, c := range order {
		if !leaks(without(columns, rows[c]), small) {
			return c
		}
	}
	return order[0]
}

func without(columns [][]bool, row int) [][]bool {
	out := make([][]bool, len(columns))
	for n, c := range columns {
		out[n] = slices.Delete(slices.Clone(c), row, row+1)
	}
	return out
}

// leaks reports whether of some of the columns something can be computed: without them, the rows have a smaller rank.
func leaks(columns [][]bool, small []int) bool {
	rest := [][]bool{}
	for n, c := range columns {
		if !slices.Contains(small, n) {
			rest = append(rest, c)
		}
	}
	return rank(rest) < rank(columns)
}

func rank(columns [][]bool) int { return len(reduce(numbers(columns))) }

func numbers(columns [][]bool) [][]uint64 {
	out := make([][]uint64, len(columns))
	for n, c := range columns {
		out[n] = make([]uint64, len(c))
		for k, in := range c {
			out[n][k] = uint64(b2i(in))
		}
	}
	return out
}

// dual holds of every column how it depends on the others: columns leak together when their vectors are dependent.
type dual struct {
	pivot   []bool
	vectors [][]uint64
}

func dualOf(columns [][]bool) dual {
	rows := transpose(numbers(columns))
	at := reduce(rows)
	d := dual{make([]bool, len(columns)), make([][]uint64, len(columns))}
	for _, n := range at {
		d.pivot[n] = true
	}
	free := []int{}
	for n := range columns {
		if !d.pivot[n] {
			free = append(free, n)
		}
	}
	for k, n := range free {
		d.vectors[n] = make([]uint64, len(free))
		d.vectors[n][k] = 1
	}
	for row, n := range at {
		d.vectors[n] = make([]uint64, len(free))
		for k, f := range free {
			d.vectors[n][k] = minus(0, rows[row][f])
		}
	}
	return d
}

func (d dual) dependent(chosen []int) bool {
	rows := make([][]uint64, len(chosen))
	for k, n := range chosen {
		rows[k] = slices.Clone(d.vectors[n])
	}
	return len(reduce(rows)) < len(chosen)
}

func transpose(columns [][]uint64) [][]uint64 {
	if len(columns) == 0 {
		return nil
	}
	out := make([][]uint64, len(columns[0]))
	for r := range out {
		out[r] = make([]uint64, len(columns))
		for n := range columns {
			out[r][n] = columns[n][r]
		}
	}
	return out
}

// prime is the field in which ranks are computed. A minor of a matrix of zeros and ones with 36 rows is smaller (Hadamard), so
// that up to MaxCells cells ranks are those of the rationals.
const prime = 1<<61 - 1

// MaxCells is how many cells a table has at most.
const MaxCells = 36

// reduce brings rows into reduced echelon form and tells in which column each row, in order, has its pivot.
func reduce(rows [][]uint64) (pivots []int) {
	for col := 0; len(rows) > 0 && col < len(rows[0]) && len(pivots) < len(rows); col++ {
		at := len(pivots)
		found := slices.IndexFunc(rows[at:], func(r []uint64) bool { return r[col] != 0 })
		if found < 0 {
			continue
		}
		rows[at], rows[at+found] = rows[at+found], rows[at]
		scale(rows[at], inverse(rows[at][col]))
		for n := range rows {
			if n != at && rows[n][col] != 0 {
				subtract(rows[n], rows[at], rows[n][col])
			}
		}
		pivots = append(pivots, col)
	}
	return pivots
}

func scale(row []uint64, by uint64) {
	for k := range row {
		row[k] = times(row[k], by)
	}
}

func subtract(row, other []uint64, factor uint64) {
	for k := range row {
		row[k] = minus(row[k], times(other[k], factor))
	}
}

func times(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	return bits.Rem64(high, low, prime)
}

func minus(a, b uint64) uint64 {
	if a < b {
		a += prime
	}
	return a - b
}

// inverse is a^(prime-2).
func inverse(a uint64) uint64 {
	out := uint64(1)
	for power := uint64(prime - 2); power > 0; power >>= 1 {
		if power&1 == 1 {
			out = times(out, a)
		}
		a = times(a, a)
	}
	return out
}
