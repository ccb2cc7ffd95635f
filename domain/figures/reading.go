package figures

import (
	"math/big"
	"strings"
)

// reading is a claim with its figures read.
type reading struct {
	claim    Claim
	stated   Quantity
	operands []Quantity
	shared   []Quantity
	ceiling  Quantity
}

// read parses the figures of a claim; unreadable are the texts that are no figures.
func read(c Claim) (r reading, unreadable []string) {
	r.claim = c
	one := func(f Figure) Quantity {
		q, err := Parse(f.Text)
		if err != nil {
			unreadable = append(unreadable, f.Text)
		}
		return q
	}
	if c.Stated.Text != "" {
		r.stated = one(c.Stated)
	}
	for _, f := range c.Operands {
		r.operands = append(r.operands, one(f))
	}
	for _, f := range c.Shared {
		r.shared = append(r.shared, one(f))
	}
	if c.Ceiling.Text != "" {
		r.ceiling = one(c.Ceiling)
	}
	return r, unreadable
}

// complete reports whether a claim has the figures its kind needs.
func complete(c Claim) bool {
	n, known := arity[c.Kind]
	if !known || len(c.Operands) < n.least || len(c.Operands) > n.most {
		return false
	}
	if !equal(c.Relation) && c.Relation != Over && c.Relation != AtLeast {
		return false
	}
	switch c.Kind {
	case DoubleCount:
		return len(c.Shared) > 0 && equal(c.Relation)
	case Product:
		return c.Stated.Text != "" || c.Ceiling.Text != ""
	case Growth:
		return c.Stated.Text != "" && c.Periods >= 1 && c.Periods <= MaxPeriods
	case Same:
		return c.Stated.Text != "" && equal(c.Relation)
	}
	return c.Stated.Text != ""
}

func equal(r Relation) bool { return r == "" || r == Equal }

// arity is how many operands each kind takes.
var arity = map[Kind]struct{ least, most int }{
	Sum: {1, 1000}, Ratio: {2, 2}, Competition: {2, 2}, Same: {1, 1000}, Product: {2, 1000}, Growth: {2, 2},
	DoubleCount: {2, 1000},
}

// unitsAgree reports whether the figures that are added or compared have one unit. A figure without unit, such as a
// table cell, goes with any.
func (r reading) unitsAgree() bool {
	switch r.claim.Kind {
	case Product:
		return oneUnit([]Quantity{r.stated, r.ceiling})
	case Ratio, Competition, Growth:
		return oneUnit(r.operands)
	}
	all := append([]Quantity{r.stated}, r.operands...)
	return oneUnit(append(all, r.shared...))
}

func oneUnit(quantities []Quantity) bool {
	unit := ""
	for _, q := range quantities {
		if q.Unit == "" || q.Unit == unit {
			continue
		}
		if unit != "" {
			return false
		}
		unit = q.Unit
	}
	return true
}

func add(quantities []Quantity) *big.Rat {
	total := new(big.Rat)
	for _, q := range quantities {
		total.Add(total, q.Value)
	}
	return total
}

// join writes figures as typed with an operator between them.
func join(figures []Figure, operator string) string {
	texts := make([]string, len(figures))
	for i, f := range figures {
		texts[i] = f.Text
	}
	return strings.Join(texts, operator)
}

// quotient writes how many times b goes into a, to one decimal where it has one.
func quotient(a, b *big.Rat) string {
	return strings.TrimSuffix(digits(new(big.Rat).Quo(a, b), 1), ".0")
}
