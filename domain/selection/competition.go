package selection

import "fmt"

// Competition is how many applied for how many places (경쟁률). It is the one count of a call: every page, answer and file that
// says how many applied or what the ratio is reads it.
//
// An application is received (접수) when it has been submitted and is not withdrawn: one that is taken back before the close is a
// draft again, one that is withdrawn after it leaves the count, since nobody competed with it; Withdrawn says how many those are.
// One that the review finds ineligible has been received and stays in the count. A place that is given up after the result and
// goes to the reserve changes nothing: the ratio is that of the result.
type Competition struct {
	Received  int `json:"received"`
	Eligible  int `json:"eligible"` // of those received
	Selected  int `json:"selected"`
	Reserved  int `json:"reserved"`
	Withdrawn int `json:"withdrawn"` // after the close; not received
}

// Received counts the applications of a call that were received.
func Received(counts map[ApplicationState]int) int {
	n := 0
	for state, count := range counts {
		if state != Draft && state != Withdrawn {
			n += count
		}
	}
	return n
}

// CompetitionOf counts a call by the states of its applications and the rows of its ranking, of which there are none before it.
func CompetitionOf(counts map[ApplicationState]int, rows []Row) Competition {
	out := Competition{
		Received: Received(counts), Eligible: counts[Eligible] + counts[Agreed] + counts[GivenUp] + counts[Ceased], Withdrawn: counts[Withdrawn],
	}
	for _, r := range rows {
		switch r.Outcome {
		case Selected:
			out.Selected++
		case Reserved:
			out.Reserved++
		}
	}
	return out
}

// Plus adds another call's count, for the sum of a programme. The ratio of a sum is that of its sums, not the mean of the ratios.
func (c Competition) Plus(o Competition) Competition {
	return Competition{
		c.Received + o.Received, c.Eligible + o.Eligible, c.Selected + o.Selected, c.Reserved + o.Reserved, c.Withdrawn + o.Withdrawn,
	}
}

// Ratio is the competition ratio: those received to those selected.
func (c Competition) Ratio() Ratio { return Ratio{c.Received, c.Selected} }

// Ratio is an exact ratio; of nothing selected there is none.
type Ratio struct {
	Received int `json:"received"`
	Selected int `json:"selected"`
}

// Tenths is the ratio in tenths, rounded half up once; 0 when there is none.
func (r Ratio) Tenths() int {
	if r.Selected <= 0 {
		return 0
	}
	return (20*r.Received + r.Selected) / (2 * r.Selected)
}

// String writes it as official documents do, with one decimal: 6.9:1. It is empty when there is none.
func (r Ratio) String() string {
	if r.Selected <= 0 {
		return ""
	}
	return fmt.Sprintf("%d.%d:1", r.Tenths()/10, r.Tenths()%10)
}
