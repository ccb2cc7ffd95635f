package web

import (
	"secretariat/domain/meeting"
	"secretariat/service/convening"
)

// calendarPage is the special days of the city.
type calendarPage struct{ Spans []meeting.Span }

// Days of the city's calendar that its page shows, before today and after it.
const (
	calendarBefore = 31
	calendarAfter  = 366
)

func (s *Site) calendar(v *Visit) (any, error) {
	today := v.Today()
	found, err := s.set.ListSpans.Call(v.ctx(), convening.ListSpansInput{
		From: today.AddDays(-calendarBefore), Until: today.AddDays(calendarAfter),
	})
	return calendarPage{found.Items}, err
}

// MayAnywhere reports whether the policy lets the visitor do an operation in a committee that the visitor serves, or
// without one.
func (v *Visit) MayAnywhere(op string) bool {
	for _, at := range v.Actor.Staff {
		if v.May(op, at.Committee) {
			return true
		}
	}
	return v.May(op, "")
}
