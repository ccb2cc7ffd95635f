package figures

import (
	"math/big"
	"strings"
)

// Spell writes v the way q was typed: with its multiplier, decimals and unit. It rounds half up to the decimals of q,
// except that amounts typed in more than one term or as "1천억" are spelled out exactly in 조, 억 and 만.
func (q Quantity) Spell(v *big.Rat) string {
	sign := ""
	if v.Sign() < 0 {
		sign, v = "△", new(big.Rat).Neg(v)
	}
	if q.terms == 1 && plainNames[q.name] {
		n := new(big.Rat).Quo(v, q.scale)
		return sign + digits(n, q.places) + q.name + q.suffix
	}
	return sign + inMyriads(v, q.places) + q.suffix
}

// plainNames are the multipliers that may stand behind any number; "1천억" instead becomes "1,000억".
var plainNames = map[string]bool{"": true, "백만": true, "만": true, "억": true, "조": true}

// inMyriads spells a figure as "1조 4,310억 5".
func inMyriads(v *big.Rat, places int) string {
	var parts []string
	rest := new(big.Rat).Set(v)
	for _, name := range []string{"조", "억", "만"} {
		unit := whole(worth[name])
		n := Floor(new(big.Rat).Quo(rest, unit), whole(1))
		if n.Sign() == 0 {
			continue
		}
		parts = append(parts, digits(n, 0)+name)
		rest.Sub(rest, n.Mul(n, unit))
	}
	if rest.Sign() != 0 || len(parts) == 0 {
		parts = append(parts, digits(rest, places))
	}
	return strings.Join(parts, " ")
}

// digits writes v with thousands separators and the given number of decimals, rounded half up.
func digits(v *big.Rat, places int) string {
	step := new(big.Rat).Inv(power10(places))
	s := HalfUp(v, step).FloatString(places)
	head, tail, found := strings.Cut(s, ".")
	if found {
		tail = "." + tail
	}
	for i := len(head) - 3; i > 0; i -= 3 {
		head = head[:i] + "," + head[i:]
	}
	return head + tail
}
