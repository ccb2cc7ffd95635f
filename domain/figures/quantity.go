package figures

import (
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"strings"
)

// ErrUnreadable is returned for a text that is no figure.
var ErrUnreadable = errors.New("figure is unreadable")

// Quantity is a figure read exactly.
type Quantity struct {
	// Value has the Korean multipliers worked in: 백만, 억 and the like.
	Value *big.Rat
	// Step is what the last digit typed is worth: 1/10 for "6.9:1", 1,000,000 for "43,432백만원".
	Step *big.Rat
	// Unit is what follows the number without spaces around it: "원", "개사", "%", ":1", or nothing.
	Unit string

	scale  *big.Rat // worth of one of the last number typed
	name   string   // its spelling: "백만", "억" or nothing
	places int      // decimals typed
	terms  int      // "1조 4,310억원" has two
	suffix string   // the unit with the space before it as typed
}

var (
	numeral    = regexp.MustCompile(`^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?`)
	multiplier = regexp.MustCompile(`^([천백십]?)([조억만]?)`)
	unitOK     = regexp.MustCompile(`^(?:[^\d,.△-][^\d]*)?$|^:1$`)
)

// worth is the value of each word that multiplies the number before it.
var worth = map[string]int64{"": 1, "십": 10, "백": 100, "천": 1000,
	"만": 10_000, "억": 100_000_000, "조": 1_000_000_000_000}

// Parse reads a figure as Korean papers type it: "40,411개", "14.1%", "6.9:1", "200만 원", "1조 4,310억원",
// "43,432백만원", "9천6백개사". A lone "-" is the zero of a table cell, a leading "△" or "-" makes the figure
// negative. It fails with ErrUnreadable.
func Parse(text string) (Quantity, error) {
	s := strings.TrimSpace(text)
	if s == "-" {
		return Quantity{Value: new(big.Rat), Step: whole(1), scale: whole(1), terms: 1}, nil
	}
	body := strings.TrimPrefix(strings.TrimPrefix(s, "△"), "-")
	r := reader{rest: body, q: Quantity{Value: new(big.Rat)}, group: new(big.Rat)}
	for r.next() {
	}
	if r.q.terms == 0 || !unitOK.MatchString(strings.TrimSpace(r.rest)) {
		return Quantity{}, fmt.Errorf("%w: %q", ErrUnreadable, text)
	}
	r.q.suffix, r.q.Unit = strings.TrimRight(r.rest, " "), strings.TrimSpace(r.rest)
	r.q.Value.Add(r.q.Value, r.group)
	if body != s {
		r.q.Value.Neg(r.q.Value)
	}
	return r.q, nil
}

// reader takes a figure apart term by term; terms below 만 gather in group until a 만, 억 or 조 multiplies them.
type reader struct {
	rest   string
	q      Quantity
	group  *big.Rat
	small  int64 // the last 천, 백 or 십 of the group
	myriad int64 // the last 만, 억 or 조
	done   bool  // a number without multiplier ends the figure
}

// next reads one term such as "4,310억" and reports whether there was one.
func (r *reader) next() bool {
	trimmed := strings.TrimLeft(r.rest, " ")
	m := numeral.FindStringSubmatch(trimmed)
	if m == nil || r.done {
		return false
	}
	words := multiplier.FindStringSubmatch(trimmed[len(m[0]):])
	if !r.descends(words[1], words[2]) {
		r.done = true
		return false
	}
	r.take(m, words)
	r.rest = trimmed[len(m[0])+len(words[0]):]
	return true
}

// descends reports whether a term may follow those before it: 조 before 억 before 만, 천 before 백 before 십.
func (r *reader) descends(small, myriad string) bool {
	if r.small != 0 && worth[small] >= r.small {
		return false
	}
	return r.myriad == 0 || worth[myriad] < r.myriad
}

func (r *reader) take(number, words []string) {
	v, _ := new(big.Rat).SetString(strings.ReplaceAll(number[0], ",", ""))
	small, myriad := worth[words[1]], worth[words[2]]
	r.q.scale = whole(small * myriad)
	r.q.name = words[0]
	r.q.places = len(number[2])
	r.q.Step = new(big.Rat).Quo(r.q.scale, power10(r.q.places))
	r.q.terms++
	r.group.Add(r.group, v.Mul(v, whole(small)))
	r.small = small
	if words[2] != "" {
		r.q.Value.Add(r.q.Value, r.group.Mul(r.group, whole(myriad)))
		r.group, r.small, r.myriad = new(big.Rat), 0, myriad
	}
	r.done = words[0] == "" || number[2] != ""
}

func whole(n int64) *big.Rat { return new(big.Rat).SetInt64(n) }

func power10(n int) *big.Rat {
	return new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil))
}
