package plan

import (
	"math/big"

	"secretariat/domain"
	"secretariat/domain/calendar"
)

// Report is what the owner of a node reports in a review.
type Report struct {
	Review    domain.ID        `json:"review"`
	Plan      domain.ID        `json:"plan"`
	Node      string           `json:"node"`
	Year      int              `json:"year"`
	Quarter   int              `json:"quarter"`
	Values    map[string]int64 `json:"values"`    // by indicator, in thousandths
	Allotted  int64            `json:"allotted"`  // 예산현액 of the year, won
	Committed int64            `json:"committed"` // 원인행위액 of the year so far, won
	Spent     int64            `json:"spent"`     // 지출액 of the year so far, won
	Text      string           `json:"text"`
	Evidence  string           `json:"evidence"`
	Version   int              `json:"version"`
}

// Check notes what is wrong with a report on a node.
func (r Report) Check(p *domain.Problems, n Node) {
	known := map[string]bool{}
	silent := false
	for _, i := range n.Indicators {
		known[i.Name] = true
		_, told := r.Values[i.Name]
		silent = silent || !told
	}
	for name, v := range r.Values {
		p.Check(known[name], "values", "plan.indicator_unknown")
		p.Check(small(v), "values", "field.range")
	}
	p.Check(r.Committed >= 0 && r.Spent >= 0, "spent", "field.range")
	p.Check(r.Allotted >= 0 && r.Allotted <= MaxMoney*MaxBudget, "allotted", "field.range")
	p.Check(r.Spent <= r.Committed, "spent", "plan.spent_uncommitted")
	p.Check(r.Committed <= r.Allotted, "committed", "plan.committed_unallotted")
	p.Check(!silent || r.Text != "", "text", "plan.value_missing")
	p.Text("text", r.Text, false, domain.MaxText)
	p.Text("evidence", r.Evidence, len(r.Values) > 0, domain.MaxLine)
}

// Share is a part of a whole, in basis points (hundredths of a percent), rounded half up; Known is false where there is
// nothing to measure.
type Share struct {
	Points int  `json:"points"`
	Known  bool `json:"known"`
}

// whole is a share of everything, in basis points.
const whole = 10_000

// ShareOf is a rational between 0 and 1 as it is shown.
func ShareOf(r *big.Rat) Share { return share(r) }

// share rounds a rational between 0 and 1 once, at the end.
func share(r *big.Rat) Share {
	scaled := new(big.Rat).Mul(r, big.NewRat(whole, 1))
	scaled.Add(scaled, big.NewRat(1, 2))
	return Share{Points: int(new(big.Int).Quo(scaled.Num(), scaled.Denom()).Int64()), Known: true}
}

// Latest is what was last reported of each node, with what it spent in each year.
type Latest struct {
	Values map[string]map[string]int64 // node, indicator
	Spent  map[string]map[int]int64    // node, year
	// Allotted is the 예산현액 that was reported, by node and year.
	Allotted map[string]map[int]int64
}

// Gather finds what was last reported, in whatever order the reports are given.
func Gather(reports []Report) Latest { return NewTally().Add(reports...).Latest() }

// Reached is how far an indicator has come on its way from the baseline to its last target: never below nothing, never
// above the whole. Nothing reported is nothing reached.
func (i Indicator) Reached(actual int64, reported bool) *big.Rat {
	last := i.Targets[len(i.Targets)-1].Value
	way := last - i.Baseline
	if !reported {
		return new(big.Rat)
	}
	if way == 0 {
		if actual == last || actual > last {
			return big.NewRat(1, 1)
		}
		return new(big.Rat)
	}
	r := big.NewRat(actual-i.Baseline, way)
	if r.Sign() < 0 {
		return new(big.Rat)
	}
	if one := big.NewRat(1, 1); r.Cmp(one) > 0 {
		return one
	}
	return r
}

// Planned is the money of a node for a year, in won.
func (n Node) Planned(year int) int64 {
	var sum int64
	for _, m := range n.Budget {
		if m.Year == year {
			sum += m.Amount
		}
	}
	return sum
}

// allotted is the 예산현액 of a node by year: what was reported, or else what is planned.
func (n Node) allotted(latest Latest) map[int]int64 {
	out := map[int]int64{}
	for _, m := range n.Budget {
		out[m.Year] += m.Amount
	}
	for year, amount := range latest.Allotted[n.ID] {
		out[year] = amount
	}
	return out
}

// Quarter is the quarter that a day lies in.
func Quarter(d calendar.Date) (year, quarter int) {
	t := d.Time()
	return t.Year(), (int(t.Month())-1)/3 + 1
}

// QuarterEnd is the last day of a quarter.
func QuarterEnd(year, quarter int) calendar.Date {
	first := calendar.Date(calendar.DateOf(dateOf(year, 3*quarter-2)))
	return first.AddMonths(3).AddDays(-1)
}
