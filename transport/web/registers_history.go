package web

import (
	"net/url"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/committee"
	"secretariat/service/seating"
)

// historyPage is what a member did in a committee.
type historyPage struct {
	H     seating.History
	Bar   registerBar
	Own   bool
	Other []Option // of the visitor's committees, with their addresses
	Next  string
	Later bool
}

const historyRows = 20

// ownHistory is the visitor's own, in the committee that was chosen or the first one.
func (s *Site) ownHistory(v *Visit) (any, error) {
	if !v.SignedIn() {
		return nil, &domain.Error{Code: domain.CodeUnauthenticated, Key: "unauthenticated"}
	}
	if !v.Sits() {
		return historyPage{Own: true}, nil
	}
	chosen := domain.ID(v.query("committee"))
	if chosen == "" {
		chosen = v.Actor.Seats[0].Committee
	}
	p, err := s.history(v, seating.HistoryInput{Committee: chosen}, "/desk/history")
	if err != nil {
		return nil, err
	}
	p.Own = true
	for _, at := range v.Actor.Seats {
		if at.Committee == chosen {
			continue
		}
		c, err := s.set.ShowCommittee.Call(v.ctx(), seating.ShowInput{Committee: at.Committee})
		if err != nil {
			return nil, err
		}
		p.Other = append(p.Other, Option{historyAddress("/desk/history", at.Committee, ""), c.Committee.Name})
	}
	return p, nil
}

func (s *Site) memberHistory(v *Visit) (any, error) {
	in := seating.HistoryInput{Committee: v.id("committee"), Member: v.id("member")}
	return s.history(v, in, "/committees/"+string(in.Committee)+"/members/"+string(in.Member)+"/history")
}

func (s *Site) history(v *Visit, in seating.HistoryInput, at string) (historyPage, error) {
	in.Before, in.Limit = domain.ID(v.query("before")), historyRows
	h, err := s.set.ShowHistory.Call(v.ctx(), in)
	if err != nil {
		return historyPage{}, err
	}
	p := historyPage{H: h, Later: in.Before != ""}
	p.Bar = newRegisterBar(v.T("web.registers.attended"), h.Attendance.Attended, h.Attendance.Held)
	if h.Next != "" {
		p.Next = historyAddress(at, in.Committee, h.Next)
	}
	return p, nil
}

func historyAddress(at string, of domain.ID, before string) string {
	q := url.Values{"committee": {string(of)}}
	if before != "" {
		q.Set("before", before)
	}
	return at + "?" + q.Encode()
}

// First is the address of the latest meetings.
func (p historyPage) First() string {
	if p.Own {
		return historyAddress("/desk/history", p.H.Committee, "")
	}
	return "/committees/" + string(p.H.Committee) + "/members/" + string(p.H.Member) + "/history"
}

// attendancePage is the attendance of everybody in office.
type attendancePage struct {
	A    seating.AttendanceList
	Rows []attendanceRow
	All  registerBar
}

// attendanceRow is one member's.
type attendanceRow struct {
	seating.AttendanceRow
	Bar     registerBar
	Flagged bool // below the least share in the last full year of membership
}

func (s *Site) attendance(v *Visit) (any, error) {
	a, err := s.set.ListAttendance.Call(v.ctx(), seating.ShowInput{Committee: v.id("committee")})
	if err != nil {
		return nil, err
	}
	p := attendancePage{A: a}
	held, came := 0, 0
	for _, r := range a.Rows {
		row := attendanceRow{AttendanceRow: r, Bar: newRegisterBar(r.Name, r.Attended, r.Held).with(a.Line, a.Basis)}
		for _, f := range a.Findings {
			row.Flagged = row.Flagged || f.Subject == r.Member
		}
		p.Rows, held, came = append(p.Rows, row), held+r.Held, came+r.Attended
	}
	p.All = newRegisterBar(v.T("web.registers.attendance.all"), came, held)
	return p, nil
}

// deskStanding is what the desk tells of the visitor under its rule: what to read and how often they came.
type deskStanding struct {
	Papers int // of the meetings to come
	Rates  []registerBar
}

func (s *Site) deskStanding(v *Visit, p *deskHomePage) error {
	for _, m := range p.Next {
		for _, c := range m.Agenda {
			p.Standing.Papers += len(c.Papers)
		}
	}
	for _, at := range v.Actor.Seats {
		h, err := s.set.ShowHistory.Call(v.ctx(), seating.HistoryInput{Committee: at.Committee, Limit: 1})
		if err != nil {
			return err
		}
		p.Standing.Rates = append(p.Standing.Rates, newRegisterBar(h.Name, h.Attendance.Attended, h.Attendance.Held))
	}
	return nil
}

// OwnChoice is the word for what the member voted; the name of a candidate is not told here.
func (v *Visit) OwnChoice(of committee.OwnVote) string {
	if of.Purpose == string(ballot.Election) && of.Choice != string(ballot.Abstain) {
		return v.T("web.registers.elected")
	}
	return v.Label("choice", of.Choice)
}
