package committee

import (
	"slices"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// Sitting is a meeting that was held and who came, at whatever time.
type Sitting struct {
	Day     calendar.Date
	Present []domain.ID
}

// Codes of 위원회조례 8의2②, as member.attendance_exceptions lists them. Its third, force majeure, is for people to weigh.
const (
	exceptSingleMeeting  = "single_meeting"
	exceptShortRemainder = "short_remainder"
)

// CheckAttendance flags an appointed member who came to less than the least share of the meetings in the last full
// year counted from the appointment (위원회조례 8의2①6호). It flags only: whether the member is dismissed is a person's
// decision.
func CheckAttendance(s Seated, held []Sitting, r policy.Rules, today calendar.Date) []domain.Finding {
	if s.Member == nil || s.Seat.Kind != Appointed {
		return nil
	}
	year, ok := lastYear(*s.Member, r, today)
	if !ok {
		return nil
	}
	n, came := 0, 0
	for _, x := range held {
		if !year.Holds(x.Day) {
			continue
		}
		n++
		if slices.Contains(x.Present, s.Member.ID) {
			came++
		}
	}
	single := n == 1 && slices.Contains(policy.AttendanceExceptions.Of(r), exceptSingleMeeting)
	if n == 0 || single || policy.AttendanceLeast.Of(r).Holds(came, n) {
		return nil
	}
	return []domain.Finding{{
		Key: "member.attendance", Args: domain.Args{"held": n, "attended": came},
		Basis: policy.AttendanceLeast.Cite(r), Subject: s.Member.ID,
	}}
}

// lastYear is the last full year of membership before the day, counted from the appointment; none when the term had
// less left at its beginning than a rate can be taken of.
func lastYear(m Member, r policy.Rules, today calendar.Date) (calendar.Span, bool) {
	n := 0
	for m.From.AddYears(n+1) <= today {
		n++
	}
	if n == 0 {
		return calendar.Span{}, false
	}
	first := m.From.AddYears(n - 1)
	least := first.AddMonths(policy.AttendanceRemainder.Of(r)).AddDays(-1)
	short := m.Until != "" && m.Until < least && slices.Contains(policy.AttendanceExceptions.Of(r), exceptShortRemainder)
	return calendar.Span{From: first, Until: m.From.AddYears(n).AddDays(-1)}, !short
}
