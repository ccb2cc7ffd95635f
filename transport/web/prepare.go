package web

import (
	"strconv"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/meeting"
	"secretariat/service/convening"
	"secretariat/service/seating"
)

func seatingShow(id domain.ID) seating.ShowInput { return seating.ShowInput{Committee: id} }

// planPage is the form for a new meeting, with the days on which the city has no meetings.
type planPage struct {
	C     seating.View
	Spans []meeting.Span
}

// planAhead is how many days of the city's calendar the page shows.
const planAhead = 90

func (s *Site) plan(v *Visit) (any, error) {
	c, err := s.set.ShowCommittee.Call(v.ctx(), seatingShow(v.id("committee")))
	if err != nil {
		return nil, err
	}
	if !v.May("meeting.plan", c.Committee.ID) {
		return nil, domain.Forbidden("meeting.plan", "위원회조례 10①")
	}
	spans, err := s.spans(v, v.Today())
	return planPage{c, spans}, err
}

func (s *Site) spans(v *Visit, from calendar.Date) ([]meeting.Span, error) {
	found, err := s.set.ListSpans.Call(v.ctx(), convening.ListSpansInput{From: from, Until: from.AddDays(planAhead)})
	return found.Items, err
}

// preparePage is everything that is done before a meeting.
type preparePage struct {
	M       convening.View
	Checked convening.Checked
	At      convening.Standing
	Spans   []meeting.Span
	Poll    *convening.DatePoll // of a planned meeting
	Preview *convening.Preview  // of a planned meeting

	recusals []meeting.Recusal
	owing    []convening.Owed
}

func (s *Site) prepare(v *Visit) (any, error) {
	p := preparePage{}
	var err error
	if p.M, err = s.set.ShowMeeting.Call(v.ctx(), convening.ShowInput{Meeting: v.id("meeting")}); err != nil {
		return nil, err
	}
	if p.Checked, err = s.set.CheckMeeting.Call(v.ctx(), convening.CheckInput{Meeting: p.M.ID}); err != nil {
		return nil, err
	}
	if v.May("case.stand", p.M.Committee) {
		if p.At, err = s.set.StandCase.Call(v.ctx(), convening.StandInput{Meeting: p.M.ID}); err != nil {
			return nil, err
		}
	}
	for _, add := range []func(*Visit, *preparePage) error{s.addDates, s.addPreview, s.addRecusals, s.addOwing} {
		if err := add(v, &p); err != nil {
			return nil, err
		}
	}
	p.Spans, err = s.spans(v, v.Today())
	return p, err
}

// Blocked reports whether something stands against the notice.
func (p preparePage) Blocked() bool {
	for _, f := range p.Checked.Findings {
		if f.Blocking {
			return true
		}
	}
	return false
}

// Before reports whether the meeting has not begun.
func (p preparePage) Before() bool {
	return p.M.State == meeting.Planned || p.M.State == meeting.Convened
}

// Up and Down are the positions above and below a card.
func (p preparePage) Up(c convening.Card) string { return strconv.Itoa(c.Position - 1) }

// Down is the position below a card.
func (p preparePage) Down(c convening.Card) string { return strconv.Itoa(c.Position + 1) }

// Last reports whether a card is the last of the agenda.
func (p preparePage) Last(c convening.Card) bool { return c.Position >= len(p.M.Agenda) }

// Title is the title of the item that a finding is about.
func (p preparePage) Title(of domain.ID) string {
	for _, c := range p.M.Agenda {
		if c.ID == of {
			return c.Title
		}
	}
	return ""
}

func (s *Site) editItem(v *Visit) (any, error) {
	i, err := s.set.ShowItem.Call(v.ctx(), convening.ShowItemInput{Item: v.id("item")})
	if err != nil {
		return nil, err
	}
	if i.Item == nil || !v.May("item.revise", i.Committee) {
		return nil, domain.Forbidden("item.revise", "")
	}
	return i, nil
}
