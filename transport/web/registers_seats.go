package web

import (
	"slices"

	"secretariat/domain"
	"secretariat/domain/committee"
	"secretariat/service"
	"secretariat/service/seating"
)

// seatsPage is the register of a committee's seats.
type seatsPage struct {
	R    seating.Register
	Bars []registerBar
	Past []seatsPast
	Next int // number of the next seat
}

// seatsPast is somebody who sat in a seat before.
type seatsPast struct {
	Seat   committee.Seat
	Member committee.Member
}

func (s *Site) register(v *Visit) (seating.Register, error) {
	return s.set.ListSeats.Call(v.ctx(), seating.ShowInput{Committee: v.id("committee")})
}

func (s *Site) seatsRegister(v *Visit) (any, error) {
	r, err := s.register(v)
	if err != nil {
		return nil, err
	}
	p := seatsPage{R: r, Bars: measureBars(v, r.Measures), Next: 1}
	for _, at := range r.Seats {
		p.Next = max(p.Next, at.Seat.Number+1)
		for _, m := range at.Past {
			p.Past = append(p.Past, seatsPast{at.Seat, m})
		}
	}
	slices.SortStableFunc(p.Past, func(a, b seatsPast) int { return a.Seat.Number - b.Seat.Number })
	return p, nil
}

// Vacant counts the seats in which nobody sits.
func (p seatsPage) Vacant() int { return p.count(committee.TermNone) }

// Over counts the terms that have run out, Soon those that end soon.
func (p seatsPage) Over() int { return p.count(committee.TermOver) }

// Soon counts the terms that end soon.
func (p seatsPage) Soon() int { return p.count(committee.TermEnding) }

func (p seatsPage) count(state committee.TermState) int {
	n := 0
	for _, at := range p.R.Seats {
		if at.State == state {
			n++
		}
	}
	return n
}

// seatPage is one seat with who sat in it, and the forms that fill it and make it vacant.
type seatPage struct {
	C          committee.Committee
	R          seating.Register
	At         seating.SeatRecord
	Candidates []Option
	More       string // address of the page with the accounts that follow
	Later      bool   // these are not the first accounts
}

func (s *Site) seatPage(v *Visit) (any, error) {
	r, err := s.register(v)
	if err != nil {
		return nil, err
	}
	n := slices.IndexFunc(r.Seats, func(at seating.SeatRecord) bool { return at.Seat.ID == v.id("seat") })
	if n < 0 {
		return nil, domain.NotFound("seat")
	}
	p := seatPage{C: r.Committee, R: r, At: r.Seats[n], Later: v.query("after") != ""}
	if !v.May("member.appoint", r.Committee.ID) || r.Committee.State == committee.Dissolved {
		return p, nil
	}
	found, err := s.set.ListCandidates.Call(v.ctx(), seating.CandidatesInput{
		Committee: r.Committee.ID, After: domain.ID(v.query("after")), Limit: service.MaxPage,
	})
	for _, c := range found.Items {
		p.Candidates = append(p.Candidates, Option{string(c.ID), c.Name + " (" + c.Email + ")"})
	}
	if found.Next != "" {
		p.More = "/committees/" + string(r.Committee.ID) + "/seats/" + string(p.At.Seat.ID) + "?after=" + found.Next
	}
	return p, err
}

// foresightPage is the composition as it is and as it would be.
type foresightPage struct {
	R             seating.Register
	F             *seating.Foresight // nil until a seat was chosen
	Before, After []registerBar
	Seats         []Option
	Seat, Holder  string
	Youth         bool
}

// foresight supposes a holder of whom the address says only what the ratios count: no name, no account, no year of birth.
func (s *Site) foresight(v *Visit) (any, error) {
	r, err := s.register(v)
	if err != nil {
		return nil, err
	}
	p := foresightPage{R: r, Seat: v.query("seat"), Holder: v.query("holder"), Youth: v.query("youth") == "true"}
	slices.SortFunc(r.Seats, func(a, b seating.SeatRecord) int { return a.Seat.Number - b.Seat.Number })
	for _, at := range r.Seats {
		p.Seats = append(p.Seats, Option{string(at.Seat.ID), v.SeatName(at)})
	}
	if p.Seat == "" {
		return p, nil
	}
	found, err := s.set.Foresee.Call(v.ctx(), p.input(r.Committee.ID))
	p.F = &found
	p.Before, p.After = measureBars(v, found.Before.Measures), measureBars(v, found.After.Measures)
	return p, err
}

// holders are the choices of who would sit in a seat.
var holders = []string{"vacant", "female", "male", "undisclosed"}

func (p foresightPage) input(of domain.ID) seating.ForeseeInput {
	in := seating.ForeseeInput{Committee: of, Seat: domain.ID(p.Seat), Youth: p.Youth}
	switch p.Holder {
	case "vacant", "":
		in.Vacant, in.Youth = true, false
	case "undisclosed":
	default:
		in.Sex = committee.Sex(p.Holder)
	}
	return in
}

// Holders are the choices of who would sit in a seat.
func (v *Visit) Holders() []Option {
	out := make([]Option, len(holders))
	for i, code := range holders {
		out[i] = Option{code, v.T("web.registers.holder." + code)}
	}
	return out
}

// SeatName names a seat with its number and who sits in it.
func (v *Visit) SeatName(at seating.SeatRecord) string {
	who := v.Label("term_state", committee.TermNone)
	if at.Member != nil {
		who = at.Member.Name
	}
	return v.T("web.registers.seat.name", "number", at.Seat.Number, "seat", v.PortalSeat(at.Seat), "who", who)
}

// TermOf writes a term, open at its end where it has none.
func (v *Visit) TermOf(m committee.Member) string {
	if m.LastDay() == "" {
		return v.T("web.portal.term.open", "from", v.Day(m.From))
	}
	return v.Day(m.From) + " ~ " + v.Day(m.LastDay())
}

// Grounds are the grounds on which the appointment to a seat can be ended.
func (v *Visit) Grounds(at seating.SeatRecord) []Option {
	return v.Options("dismissal_ground", at.EndsOn...)
}
