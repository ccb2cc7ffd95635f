package figures

import (
	"fmt"
	"math/big"
)

// outcome is a computed figure in the forms it is compared in.
type outcome struct {
	rounded *big.Rat // half up to the precision of the stated figure
	floored *big.Rat // cut off to that precision
	order   int      // the exact figure against the stated one: -1, 0 or +1
	working string   // the calculation without its result
}

// exactly is the outcome of a calculation with a rational result.
func (r reading) exactly(v *big.Rat, working string) outcome {
	step := r.precise().Step
	return outcome{HalfUp(v, step), Floor(v, step), v.Cmp(r.stated.Value), working}
}

// yearly is the outcome of a growth claim, whose result is a root and never computed as such.
func (r reading) yearly(quotient *big.Rat) outcome {
	n, step := r.claim.Periods, r.precise().Step
	inSteps := func(shift *big.Rat) *big.Rat {
		k := new(big.Rat).SetInt(growthSteps(quotient, step, n, shift))
		return k.Mul(k, step)
	}
	order := 1
	base := new(big.Rat).Quo(r.stated.Value, whole(100))
	if base.Add(base, whole(1)); base.Sign() > 0 {
		order = quotient.Cmp(power(base, n))
	}
	from, to := r.claim.Operands[0].Text, r.claim.Operands[1].Text
	working := fmt.Sprintf("(%s ÷ %s)^(1/%d) − 1", to, from, n)
	return outcome{inSteps(new(big.Rat).Neg(half)), inSteps(new(big.Rat)), order, working}
}

// precise is the stated figure with one more decimal when it is a bound, since a result just short of a bound would
// otherwise be printed as the bound itself.
func (r reading) precise() Quantity {
	q := r.stated
	if equal(r.claim.Relation) {
		return q
	}
	q.places++
	q.Step = new(big.Rat).Quo(q.Step, whole(10))
	return q
}

// judge compares an outcome with the stated figure.
func (r reading) judge(o outcome) []Finding {
	key, severity, holds := r.verdict(o)
	if holds {
		return nil
	}
	spelled := r.precise().Spell(o.rounded)
	return []Finding{r.claim.result(key, severity, spelled, o.working+" = "+spelled)}
}

func (r reading) verdict(o outcome) (key string, severity Severity, holds bool) {
	switch r.claim.Relation {
	case Over:
		return KeyNotOver, Error, o.order > 0
	case AtLeast:
		return KeyBelow, Error, o.order >= 0
	}
	return match(o.rounded, o.floored, r.stated.Value, MismatchKey(r.claim.Kind))
}

// compare judges an exact value against a figure typed with less precision.
func compare(v *big.Rat, stated Quantity, mismatch string) (key string, severity Severity, holds bool) {
	return match(HalfUp(v, stated.Step), Floor(v, stated.Step), stated.Value, mismatch)
}

func match(rounded, floored, stated *big.Rat, mismatch string) (key string, severity Severity, holds bool) {
	if rounded.Cmp(stated) == 0 {
		return "", "", true
	}
	if floored.Cmp(stated) == 0 {
		return KeyTruncated, Warning, false
	}
	return mismatch, Error, false
}

// finding is a finding on the claim without a computed figure.
func (c Claim) finding(key string, severity Severity) Finding {
	return Finding{
		ClaimID: c.ID, Kind: c.Kind, Severity: severity, Stated: c.Stated.Text, Where: c.place(c.Stated), Key: key,
		Args: map[string]string{"title": c.Title, "stated": c.Stated.Text, "computed": ""},
	}
}

// result is a finding with the computed figure and how it came about.
func (c Claim) result(key string, severity Severity, computed, working string) Finding {
	f := c.finding(key, severity)
	f.Computed, f.Args["computed"] = computed, computed
	f.Args["working"] = working
	return f
}

// contradiction is a finding on two places of a quantity; both figures stand as typed.
func (c Claim) contradiction(key string, severity Severity, other Figure) Finding {
	f := c.finding(key, severity)
	f.Computed, f.Args["computed"] = other.Text, other.Text
	f.Other = c.place(other)
	f.Args["document"], f.Args["section"] = f.Other.Document, f.Other.Section
	return f
}

// place is where a figure of the claim stands.
func (c Claim) place(f Figure) Place {
	if f.Where == (Place{}) {
		return c.Where
	}
	return f.Where
}
