package figures

import "math/big"

// Check recomputes the claims and returns what does not hold, in the order of the claims. A claim yields at most one
// finding, except that a product may both differ from its stated figure and reach its ceiling. The claims are not
// changed.
func Check(claims []Claim) []Finding {
	var found []Finding
	for _, c := range claims {
		found = append(found, check(c)...)
	}
	return found
}

func check(c Claim) []Finding {
	if !complete(c) {
		return []Finding{c.finding(KeyIncomplete, Error)}
	}
	r, unreadable := read(c)
	if len(unreadable) > 0 {
		f := c.finding(KeyUnreadable, Error)
		f.Args["text"] = unreadable[0]
		return []Finding{f}
	}
	if !r.unitsAgree() {
		return []Finding{c.finding(KeyUnits, Error)}
	}
	return recomputing[c.Kind](r)
}

// recomputing holds how each kind is recomputed.
var recomputing = map[Kind]func(reading) []Finding{
	Sum: sum, Ratio: ratio, Competition: ratio, Same: same, Product: product, Growth: growth, DoubleCount: doubleCount,
}

func sum(r reading) []Finding {
	total := add(r.operands)
	return r.judge(r.exactly(total, join(r.claim.Operands, " + ")))
}

func ratio(r reading) []Finding {
	part, base := r.operands[0].Value, r.operands[1].Value
	if base.Sign() == 0 {
		return []Finding{r.claim.finding(KeyUndefined, Error)}
	}
	v := new(big.Rat).Quo(part, base)
	if r.claim.Kind == Ratio && r.stated.Unit != "배" {
		v.Mul(v, whole(100))
	}
	return r.judge(r.exactly(v, join(r.claim.Operands, " ÷ ")))
}

// same compares at the precision of the coarser of two figures: "9천6백개사" and "9,659" are compared in hundreds.
func same(r reading) []Finding {
	for i, other := range r.operands {
		fine, coarse := r.stated, other
		if other.Step.Cmp(r.stated.Step) < 0 {
			fine, coarse = other, r.stated
		}
		key, severity, holds := compare(fine.Value, coarse, MismatchKey(Same))
		if holds {
			continue
		}
		return []Finding{r.claim.contradiction(key, severity, r.claim.Operands[i])}
	}
	return nil
}

func product(r reading) []Finding {
	v := whole(1)
	for _, q := range r.operands {
		v.Mul(v, q.Value)
	}
	working := join(r.claim.Operands, " × ")
	var found []Finding
	if r.claim.Stated.Text != "" {
		found = r.judge(r.exactly(v, working))
	}
	if r.claim.Ceiling.Text == "" || v.Cmp(r.ceiling.Value) < 0 {
		return found
	}
	return append(found, r.overCeiling(v, working))
}

func (r reading) overCeiling(v *big.Rat, working string) Finding {
	key := KeyCeilingReached
	if v.Cmp(r.ceiling.Value) > 0 {
		key = KeyCeilingExceeded
	}
	spelled := r.ceiling.Spell(v)
	f := r.claim.result(key, Warning, spelled, working+" = "+spelled)
	f.Args["ceiling"] = r.claim.Ceiling.Text
	if r.ceiling.Value.Sign() > 0 {
		f.Args["times"] = quotient(v, r.ceiling.Value)
	}
	return f
}

func growth(r reading) []Finding {
	from, to := r.operands[0].Value, r.operands[1].Value
	if from.Sign() <= 0 || to.Sign() < 0 {
		return []Finding{r.claim.finding(KeyUndefined, Error)}
	}
	return r.judge(r.yearly(new(big.Rat).Quo(to, from)))
}

func doubleCount(r reading) []Finding {
	v := add(r.operands)
	v.Sub(v, add(r.shared))
	spelled := r.operands[0].Spell(v)
	working := join(r.claim.Operands, " + ") + " − " + join(r.claim.Shared, " − ") + " = " + spelled
	return []Finding{r.claim.result(KeyDoubleCount, Warning, spelled, working)}
}
