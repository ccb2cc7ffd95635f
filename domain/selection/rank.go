package selection

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"secretariat/domain"
)

// Entry is an application with everything that its rank depends on.
type Entry struct {
	Application domain.ID `json:"application"`
	Amount      int64     `json:"amount"`     // won asked for
	Sheets      [][]int64 `json:"sheets"`     // scores that count, one sheet an evaluator, in thousandths by criterion
	Bonus       int64     `json:"bonus"`      // thousandths
	BonusCount  int       `json:"bonusCount"` // how many grounds of bonus hold
	Penalty     int64     `json:"penalty"`    // thousandths
}

// Outcome is what the ranking makes of an application.
type Outcome string

// The outcomes.
const (
	Selected   Outcome = "selected"    // 선정
	Reserved   Outcome = "reserved"    // 예비
	OutOfReach Outcome = "ranked"      // 탈락(순위)
	BelowFloor Outcome = "below_floor" // 탈락(과락)
)

// Tie says what put an application before the next one with the same score.
type Tie string

// What breaks a tie, in this order.
const (
	TieCriterion Tie = "criterion" // the heaviest criterion in which they differ
	TieBonus     Tie = "bonus"     // more grounds of bonus
	TieAmount    Tie = "amount"    // less money asked for
	TieLottery   Tie = "lottery"   // drawn with the recorded seed
)

// Row is the result of one application.
type Row struct {
	Application domain.ID `json:"application"`
	Rank        int       `json:"rank"`    // 0 below the floor
	Sum         int64     `json:"sum"`     // thousandths, of the totals that count
	Counted     int       `json:"counted"` // how many totals that is; Sum / Counted is the mean
	Trimmed     bool      `json:"trimmed"` // the highest and the lowest were left out
	Bonus       int64     `json:"bonus"`   // as far as it counts
	Penalty     int64     `json:"penalty"`
	Final       int64     `json:"final"`         // thousandths, rounded
	Tie         Tie       `json:"tie,omitempty"` // before the next with the same score because of this
	Spread      int64     `json:"spread"`        // highest total less the lowest, thousandths
	Outcome     Outcome   `json:"outcome"`
	criteria    []int64   // sums of the sheets that count, by criterion
	entry       Entry
}

// Rank orders the applications and selects among them: the mean of the evaluators' totals, from TrimFrom of them on without
// the highest and the lowest, with bonus and penalty, rounded half up once. A bonus never lifts a mean over the floor; a
// penalty may push below it. Ties fall to the heaviest criterion, the number of bonuses, the smaller amount, and the lot.
// Selected are those in order until the number or the budget is used up; one that does not fit ends the selection, since
// nobody is passed over. CodeConflict when an application has no score.
func Rank(r Profile, all []Entry, seed string) ([]Row, error) {
	rows := make([]Row, len(all))
	for i, e := range all {
		if len(e.Sheets) == 0 {
			return nil, domain.Conflict("ranking.no_scores", nil)
		}
		rows[i] = r.score(e)
	}
	order := r.byWeight()
	slices.SortFunc(rows, func(a, b Row) int {
		c, _ := compare(a, b, order, seed)
		return c
	})
	for i := range rows[:max(len(rows)-1, 0)] {
		if a, b := rows[i], rows[i+1]; a.Final == b.Final && (a.Outcome == BelowFloor) == (b.Outcome == BelowFloor) {
			_, rows[i].Tie = compare(a, b, order, seed)
		}
	}
	r.choose(rows)
	return rows, nil
}

// score makes the result of one application, without its rank.
func (r Profile) score(e Entry) Row {
	kept, totals := r.kept(e.Sheets)
	out := Row{
		Application: e.Application, Counted: len(kept), Trimmed: len(kept) < len(e.Sheets),
		Bonus: min(e.Bonus, int64(r.BonusMax)*Point), Penalty: min(e.Penalty, int64(r.PenaltyMax)*Point),
		Spread: slices.Max(totals) - slices.Min(totals), criteria: make([]int64, len(r.Criteria)), entry: e,
	}
	for _, sheet := range kept {
		for i, s := range sheet {
			out.criteria[i] += s
			out.Sum += s
		}
	}
	n := int64(out.Counted)
	exact := out.Sum + (out.Bonus-out.Penalty)*n // numerator of the final score, over n
	out.Final = r.round(exact, n)
	if out.Outcome = OutOfReach; r.falls(out, exact, n) {
		out.Outcome = BelowFloor
	}
	return out
}

// falls reports whether an application falls out: its mean, or that with its penalty, lies below the floor, or the mean of
// a criterion below the floor of that. The bonus does not help.
func (r Profile) falls(row Row, exact, n int64) bool {
	floor := int64(r.Floor) * Point * n
	if min(row.Sum, exact) < floor {
		return true
	}
	for i, c := range r.Criteria {
		if row.criteria[i] < int64(c.Floor)*Point*n {
			return true
		}
	}
	return false
}

// kept are the sheets that count, with the totals of all. Among equal totals the sheet with less in the first criterion in
// which they differ counts as the lower, so that it does not matter in which order they came.
func (r Profile) kept(sheets [][]int64) (kept [][]int64, totals []int64) {
	kept = Ordered(sheets)
	for _, s := range kept {
		totals = append(totals, total(s))
	}
	if r.TrimFrom > 0 && len(kept) >= r.TrimFrom {
		kept = kept[1 : len(kept)-1]
	}
	return kept, totals
}

// Ordered gives the sheets by their totals, so that nothing tells whose they are.
func Ordered(sheets [][]int64) [][]int64 {
	out := slices.Clone(sheets)
	slices.SortFunc(out, func(a, b []int64) int { return cmp.Or(cmp.Compare(total(a), total(b)), slices.Compare(a, b)) })
	return out
}

func total(sheet []int64) int64 {
	var sum int64
	for _, x := range sheet {
		sum += x
	}
	return sum
}

// round rounds a fraction of thousandths half up to the decimals of the profile; below zero is zero.
func (r Profile) round(num, den int64) int64 {
	step := int64(1)
	for range maxDecimals - r.Decimals {
		step *= 10
	}
	return max((2*num+den*step)/(2*den*step), 0) * step
}

// byWeight lists the criteria from the heaviest on, of equal weight in their order.
func (r Profile) byWeight() []int {
	out := make([]int, len(r.Criteria))
	for i := range out {
		out[i] = i
	}
	slices.SortStableFunc(out, func(a, b int) int { return r.Criteria[b].Weight - r.Criteria[a].Weight })
	return out
}

// compare orders two applications, the better first, and says what decided where the scores are the same.
func compare(a, b Row, order []int, seed string) (int, Tie) {
	if (a.Outcome == BelowFloor) != (b.Outcome == BelowFloor) {
		if a.Outcome == BelowFloor {
			return 1, ""
		}
		return -1, ""
	}
	if c := cmp.Compare(b.Final, a.Final); c != 0 {
		return c, ""
	}
	for _, i := range order {
		if c := cmp.Compare(b.criteria[i]*int64(a.Counted), a.criteria[i]*int64(b.Counted)); c != 0 {
			return c, TieCriterion
		}
	}
	if c := cmp.Compare(b.entry.BonusCount, a.entry.BonusCount); c != 0 {
		return c, TieBonus
	}
	if c := cmp.Compare(a.entry.Amount, b.entry.Amount); c != 0 {
		return c, TieAmount
	}
	return cmp.Compare(Lot(seed, a.Application), Lot(seed, b.Application)), TieLottery
}

// choose gives the ranks and says who is selected, who is in reserve and who is not.
func (r Profile) choose(rows []Row) {
	left, selected, reserved, full := r.Budget, 0, 0, false
	for i := range rows {
		if rows[i].Outcome == BelowFloor {
			continue
		}
		rows[i].Rank = i + 1
		amount := rows[i].entry.Amount
		full = full || selected == r.Select || r.Budget > 0 && amount > left
		switch {
		case !full:
			rows[i].Outcome = Selected
			left, selected = left-amount, selected+1
		case reserved < r.Reserve:
			rows[i].Outcome = Reserved
			reserved++
		}
	}
}

// Lot is the place that a seed gives an id in a draw: whoever has the lower one comes first. Anybody can compute it from the
// seed, and nobody can before it is known.
func Lot(seed string, id domain.ID) string {
	sum := sha256.Sum256([]byte(seed + "\n" + string(id)))
	return hex.EncodeToString(sum[:])
}

// Commitment is what is published of a seed before it is used.
func Commitment(seed string) string {
	sum := sha256.Sum256([]byte(seed))
	return hex.EncodeToString(sum[:])
}

// Promote gives the application that takes the place of one that withdrew, was not agreed on or whose agreement was ended: the best
// in reserve that is still there and fits what is left of the budget. Of a place that is gone, kept is what it takes of the budget
// all the same. It is empty when there is none.
func Promote(rows []Row, r Profile, gone, promoted map[domain.ID]bool, amounts, kept map[domain.ID]int64) domain.ID {
	left, held := r.Budget, 0
	for _, row := range rows {
		in := row.Outcome == Selected || promoted[row.Application]
		if in && gone[row.Application] {
			left -= kept[row.Application]
		}
		if in && !gone[row.Application] {
			left, held = left-amounts[row.Application], held+1
		}
	}
	if held >= r.Select {
		return ""
	}
	for _, row := range rows {
		if row.Outcome != Reserved || gone[row.Application] || promoted[row.Application] {
			continue
		}
		if r.Budget == 0 || amounts[row.Application] <= left {
			return row.Application
		}
	}
	return ""
}
