package committee

import (
	"cmp"
	"slices"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// Attendance is how many meetings were held while somebody was in office, and to how many of them they came.
type Attendance struct {
	Held     int `json:"held"`
	Attended int `json:"attended"`
}

// Attend counts one person's attendance over the person's terms in a committee. A meeting counts when a term covers its
// day; coming to it counts at whatever time, for however long, as in CheckAttendance.
func Attend(terms []Member, held []Sitting) Attendance {
	var out Attendance
	for _, x := range held {
		n := slices.IndexFunc(terms, func(m Member) bool { return m.Serves(x.Day) })
		if n < 0 {
			continue
		}
		out.Held++
		came := func(m Member) bool { return slices.Contains(x.Present, m.ID) }
		if slices.ContainsFunc(terms, came) {
			out.Attended++
		}
	}
	return out
}

// TermState is how a term stands, the most urgent first.
type TermState string

// A term is over when it has run out and its member stays in office until the successor comes.
const (
	TermOver    TermState = "over"
	TermEnding  TermState = "ending"
	TermRunning TermState = "running"
	TermOpen    TermState = "open" // without an end, as by virtue of an office
	TermNone    TermState = "none" // nobody is in office
)

// StateOf says how a term stands; within is how many days before its end it counts as ending. m is nil for a vacancy.
func StateOf(m *Member, today calendar.Date, within int) TermState {
	switch {
	case m == nil:
		return TermNone
	case m.LastDay() == "":
		return TermOpen
	case m.LastDay() < today:
		return TermOver
	case today.DaysUntil(m.LastDay()) <= within:
		return TermEnding
	}
	return TermRunning
}

// ByUrgency sorts seats as a register shows them: terms that are over, terms that end soon, the earliest first, then the
// others in the order of their numbers.
func ByUrgency(seated []Seated, today calendar.Date, within int) []Seated {
	out := slices.Clone(seated)
	rank := func(s Seated) (int, calendar.Date) {
		switch StateOf(s.Member, today, within) {
		case TermOver:
			return 0, s.Member.LastDay()
		case TermEnding:
			return 1, s.Member.LastDay()
		}
		return 2, ""
	}
	slices.SortStableFunc(out, func(a, b Seated) int {
		first, ends := rank(a)
		second, later := rank(b)
		return cmp.Or(cmp.Compare(first, second), cmp.Compare(ends, later), cmp.Compare(a.Seat.Number, b.Seat.Number))
	})
	return out
}

// TermLimit is how many terms in a row an appointed member may serve in a committee, and the rule that says so.
func TermLimit(c Committee, r policy.Rules) (terms int, basis string) {
	most := policy.ReappointmentsMax
	if c.Parent != "" {
		most = policy.SubcommitteeRenew
	}
	return most.Of(r) + 1, most.Cite(r)
}

// OfPerson lists the appointments of one person.
func OfPerson(all []Member, person domain.ID) []Member {
	var out []Member
	for _, m := range all {
		if m.Person == person {
			out = append(out, m)
		}
	}
	return out
}
