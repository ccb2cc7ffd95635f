package policy

import (
	"fmt"
	"slices"
)

// Fraction is a share of a whole with the sense of its comparison: "> 1/2" is more than half, ">= 1/3" at least a
// third, "<= 6/10" at most six tenths. It is kept as the law writes it, not reduced. The zero value holds for nothing.
type Fraction struct {
	Sense string `json:"sense"` // ">", ">=" or "<="
	Num   int64  `json:"num"`
	Den   int64  `json:"den"`
}

// maxTerm bounds numerator and denominator, so that a product with any count of people stays an exact int64.
const maxTerm = 1_000_000

// Holds reports whether part of whole satisfies the fraction, exactly. Of nothing, 0 satisfies ">=" and "<=".
func (f Fraction) Holds(part, whole int) bool {
	left, right := int64(part)*f.Den, int64(whole)*f.Num
	switch f.Sense {
	case ">":
		return left > right
	case ">=":
		return left >= right
	case "<=":
		return left <= right
	}
	return false
}

// Needed is the least part of whole that satisfies the fraction: 8 of 15 for "> 1/2", 0 for any "<=".
func (f Fraction) Needed(whole int) int {
	n := int64(whole) * f.Num
	switch f.Sense {
	case ">":
		return int(n/f.Den) + 1
	case ">=":
		return int((n + f.Den - 1) / f.Den)
	}
	return 0
}

// Allowed is the greatest part of whole that satisfies the fraction: 9 of 15 for "<= 6/10", the whole for ">" and ">=".
func (f Fraction) Allowed(whole int) int {
	if f.Sense != "<=" {
		return whole
	}
	return min(int(int64(whole)*f.Num/f.Den), whole)
}

// String writes the fraction as packs do, e.g. "> 1/2".
func (f Fraction) String() string { return fmt.Sprintf("%s %d/%d", f.Sense, f.Num, f.Den) }

func parseFraction(s string) (Fraction, error) {
	var f Fraction
	_, err := fmt.Sscanf(s, "%s %d/%d", &f.Sense, &f.Num, &f.Den)
	sense := slices.Contains([]string{">", ">=", "<="}, f.Sense)
	share := f.Num >= 0 && f.Den > 0 && f.Den <= maxTerm && f.Num <= f.Den
	never := f.Sense == ">" && f.Num == f.Den
	// Writing it back refuses what Sscanf overlooks: text after the number, signs, leading zeros.
	if err != nil || !sense || !share || never || f.String() != s {
		return Fraction{}, fmt.Errorf("%q is not a fraction such as \"> 1/2\"", s)
	}
	return f, nil
}
