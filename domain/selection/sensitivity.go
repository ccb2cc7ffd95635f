package selection

import (
	"slices"

	"secretariat/domain"
)

// Sensitivity says how much the selection hangs on single choices: how many of those selected would not be, if the ranking
// were made otherwise. It names no evaluator.
type Sensitivity struct {
	LeaveOneOut []int `json:"leaveOneOut"` // without one evaluator, for each in ascending order of the change
	Untrimmed   int   `json:"untrimmed"`   // with every score
	Centred     int   `json:"centred"`     // with each evaluator's severity taken out
	Spread      []int `json:"spread"`      // ranks whose evaluators differ by more than the given points
}

// Analyse ranks again in other ways. Each application's sheets stand in the same order of evaluators; where they do not, as
// when some scored a part only, leaving one out is not computed.
func Analyse(r Profile, all []Entry, seed string, spread int64) (Sensitivity, error) {
	base, err := Rank(r, all, seed)
	if err != nil {
		return Sensitivity{}, err
	}
	out := Sensitivity{LeaveOneOut: []int{}, Spread: []int{}}
	for _, row := range base {
		if row.Spread > spread && row.Rank > 0 {
			out.Spread = append(out.Spread, row.Rank)
		}
	}
	plain := r
	plain.TrimFrom = 0
	if out.Untrimmed, err = changed(base, plain, all, seed); err != nil {
		return out, err
	}
	n, even := sheets(all)
	if !even {
		return out, nil
	}
	if out.Centred, err = changed(base, r, centred(all, n), seed); err != nil || n < 2 {
		return out, err
	}
	for i := range n {
		c, err := changed(base, r, without(all, i), seed)
		if err != nil {
			return out, err
		}
		out.LeaveOneOut = append(out.LeaveOneOut, c)
	}
	slices.Sort(out.LeaveOneOut)
	return out, nil
}

// sheets is how many sheets each application has, false when they have not the same number.
func sheets(all []Entry) (int, bool) {
	if len(all) == 0 {
		return 0, false
	}
	n := len(all[0].Sheets)
	return n, !slices.ContainsFunc(all, func(e Entry) bool { return len(e.Sheets) != n })
}

// changed counts who is selected in base and is not when ranked otherwise.
func changed(base []Row, r Profile, all []Entry, seed string) (int, error) {
	other, err := Rank(r, all, seed)
	if err != nil {
		return 0, err
	}
	in := map[domain.ID]bool{}
	for _, row := range other {
		in[row.Application] = row.Outcome == Selected
	}
	n := 0
	for _, row := range base {
		if row.Outcome == Selected && !in[row.Application] {
			n++
		}
	}
	return n, nil
}

func without(all []Entry, i int) []Entry {
	out := slices.Clone(all)
	for n := range out {
		out[n].Sheets = slices.Delete(slices.Clone(out[n].Sheets), i, i+1)
	}
	return out
}

// centred moves each evaluator's scores so that all evaluators give the same on average; the shift is cut to whole
// thousandths and put on the first criterion, since it is the total that counts.
func centred(all []Entry, n int) []Entry {
	sums, whole := make([]int64, n), int64(0)
	for _, e := range all {
		for i, s := range e.Sheets {
			for _, x := range s {
				sums[i] += x
				whole += x
			}
		}
	}
	out := slices.Clone(all)
	for k := range out {
		out[k].Sheets = slices.Clone(out[k].Sheets)
		for i := range out[k].Sheets {
			sheet := slices.Clone(out[k].Sheets[i])
			sheet[0] += (whole/int64(n) - sums[i]) / int64(len(all))
			out[k].Sheets[i] = sheet
		}
	}
	return out
}
