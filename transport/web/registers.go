package web

import (
	"fmt"

	"secretariat/domain"
	"secretariat/domain/committee"
	"secretariat/domain/policy"
	"secretariat/service/seating"
)

// registers adds what is kept of committees: seats and terms, founding, the city's calendar, the audit trail, attendance.
func registers(s *Site) {
	done("founded", "revised_committee", "activated", "dissolved", "seat_added", "appointed", "appointed_warned",
		"ended", "span_added")
	s.page("/committees/new", "committee-edit", s.newCommittee)
	s.page("/committees/{committee}/edit", "committee-edit", s.editCommittee)
	s.page("/committees/{committee}/seats", "seats", s.seatsRegister)
	s.page("/committees/{committee}/seats/{seat}", "seat", s.seatPage)
	s.page("/committees/{committee}/foresight", "foresight", s.foresight)
	s.page("/committees/{committee}/attendance", "attendance", s.attendance)
	s.page("/committees/{committee}/members/{member}/history", "history", s.memberHistory)
	s.page("/desk/history", "history", s.ownHistory)
	s.page("/calendar", "calendar", s.calendar)
	s.page("/audit", "audit", s.audit)
	registerForms(s)
}

func registerForms(s *Site) {
	act(s, "/committees/new", s.set.FoundCommittee,
		func(_ *Visit, _ seating.FoundInput, out committee.Committee) string {
			return committeePath(out.ID, "edit", "founded")
		})
	act(s, "/committees/{committee}/edit", s.set.ReviseCommittee,
		func(_ *Visit, _ seating.ReviseInput, out committee.Committee) string {
			return committeePath(out.ID, "edit", "revised_committee")
		})
	act(s, "/committees/{committee}/activate", s.set.ActivateCommittee,
		func(_ *Visit, in seating.StateInput, _ seating.Activated) string {
			return committeePath(in.Committee, "seats", "activated")
		})
	act(s, "/committees/{committee}/dissolve", s.set.DissolveCommittee,
		func(_ *Visit, in seating.StateInput, _ committee.Committee) string {
			return committeePath(in.Committee, "edit", "dissolved")
		})
	act(s, "/committees/{committee}/seats", s.set.AddSeat,
		func(_ *Visit, in seating.AddSeatInput, _ committee.Seat) string {
			return committeePath(in.Committee, "seats", "seat_added")
		})
	act(s, "/seats/{seat}/members", s.set.Appoint, appointed)
	act(s, "/members/{member}/end", s.set.EndMember,
		func(_ *Visit, _ seating.EndInput, out committee.Member) string {
			return committeePath(out.Committee, "seats/"+string(out.Seat), "ended")
		})
}

// appointed leads back to the seat; warnings that went with the appointment are told.
func appointed(_ *Visit, _ seating.AppointInput, out seating.Appointed) string {
	message := "appointed"
	if len(out.Findings) > 0 {
		message = "appointed_warned"
	}
	return committeePath(out.Member.Committee, "seats/"+string(out.Member.Seat), message)
}

func committeePath(id domain.ID, page, done string) string {
	return "/committees/" + string(id) + "/" + page + "?done=" + done
}

// registerBar is a ratio as a bar with the line of its rule, in thousandths of the bar's width.
type registerBar struct {
	Word, Percent string // Percent is empty of nothing
	Part, Whole   int
	Width         int
	Line          *policy.Fraction // nil where no rule draws one
	LineAt        int
	Basis         string
	State         string // holds, fails, free; empty where it is not judged here
}

const registerWidth = 1000

func newRegisterBar(word string, part, whole int) registerBar {
	b := registerBar{Word: word, Part: part, Whole: whole}
	if whole > 0 {
		b.Width, b.Percent = part*registerWidth/whole, portalPercent(part, whole)
	}
	return b
}

func (b registerBar) with(line policy.Fraction, basis string) registerBar {
	b.Line, b.Basis, b.LineAt = &line, basis, int(line.Num*registerWidth/line.Den)
	return b
}

// measureBars draws the ratios of a composition.
func measureBars(v *Visit, of []committee.Measure) []registerBar {
	var out []registerBar
	for _, m := range of {
		b := newRegisterBar(v.T("web.registers.measure."+m.Key), m.Count, m.Of).with(m.Line, m.Basis)
		switch b.State = "fails"; {
		case m.Free:
			b.State = "free"
		case m.Holds:
			b.State = "holds"
		}
		out = append(out, b)
	}
	return out
}

// Short is the share in a line for who does not see the drawing.
func (b registerBar) Short() string { return fmt.Sprintf("%s %d/%d", b.Word, b.Part, b.Whole) }

// Plain is the bar without the words of its rule, where many bars have the same one.
func (b registerBar) Plain() registerBar {
	b.Basis = ""
	return b
}
