// Package committee holds the committee, its charter, its seats and the people appointed to them, with the rules of
// 위원회조례 6 to 12 on composition, terms, concurrent seats and dissolution.
package committee

import (
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
)

// State of a committee.
type State string

// A committee is drafted, then activated once its charter is complete, then dissolved at its sunset or by decision.
const (
	Draft     State = "draft"
	Active    State = "active"
	Dissolved State = "dissolved"
)

// Remit says which special rules of composition a committee is under.
type Remit string

// The remits; most committees have none of the two special ones.
const (
	GeneralRemit Remit = ""
	YouthPolicy  Remit = "youth_policy" // deals mainly with youth policy (위원회조례 8⑤ 후단)
	Subsidy      Remit = "subsidy"      // 지방보조금관리위원회 (지방보조금법 26)
)

// Charter is what the founding rule must contain (위원회조례 7①), one text a heading, by field code: purpose, composition,
// duration, disqualification, convening, quorum, chair_powers, subcommittees ... The policy pack says which are
// required.
type Charter map[string]string

// Committee is one deliberative body.
type Committee struct {
	ID               domain.ID     `json:"id"`
	Code             string        `json:"code"`             // short, stable, e.g. "dx-committee"
	Name             string        `json:"name"`             // display name, data
	Parent           domain.ID     `json:"parent,omitempty"` // the committee this is a 분과위원회 of
	OwningDepartment string        `json:"owningDepartment"`
	LegalBasis       string        `json:"legalBasis"`
	Pack             string        `json:"pack"`                     // policy pack that governs it
	Remit            Remit         `json:"remit,omitempty"`          // special rules of composition
	YouthException   string        `json:"youthException,omitempty"` // code of 위원회조례 8⑥ that lifts the youth share
	Standing         bool          `json:"standing"`                 // 상설; otherwise dissolved after its item (6③)
	StandingGround   string        `json:"standingGround,omitempty"` // code of 위원회조례 6③ 단서
	PlannedMeetings  int           `json:"plannedMeetings"`          // a year
	FoundedOn        calendar.Date `json:"foundedOn"`
	ExtendedOn       calendar.Date `json:"extendedOn,omitempty"` // first day of the 존속기한 as last extended
	SunsetOn         calendar.Date `json:"sunsetOn,omitempty"`   // its last day; empty when it has none (12①)
	Charter          Charter       `json:"charter"`
	State            State         `json:"state"`
	DissolvedOn      calendar.Date `json:"dissolvedOn,omitempty"`
	DissolvedReason  string        `json:"dissolvedReason,omitempty"`
	Version          int           `json:"version"`
}

// Filter asks for a page of committees by code.
type Filter struct {
	After  string      // code, exclusive
	Limit  int         // rows, 0 for all
	Drafts bool        // drafts too
	Own    []domain.ID // drafts among these, in any case
}

// SeatKind says how a seat is filled.
type SeatKind string

// 당연직, 위촉직, 임명직.
const (
	ExOfficio SeatKind = "ex_officio"
	Appointed SeatKind = "appointed"
	Official  SeatKind = "official"
)

// Role of a seat in the committee.
type Role string

// The roles.
const (
	RoleChair     Role = "chair"
	RoleViceChair Role = "vice_chair"
	RoleMember    Role = "member"
)

// Seat is a place in a committee, filled or vacant.
type Seat struct {
	ID        domain.ID `json:"id"`
	Committee domain.ID `json:"committee"`
	Number    int       `json:"number"` // order in lists, from 1
	Kind      SeatKind  `json:"kind"`
	Role      Role      `json:"role"`
	Post      string    `json:"post,omitempty"`  // the office of an ex-officio seat
	Field     string    `json:"field,omitempty"` // the profession an appointed seat is for
}

// Sex as the ratio of 위원회조례 8④ needs it.
type Sex string

// The values of Sex; Undisclosed counts as neither.
const (
	Female      Sex = "female"
	Male        Sex = "male"
	Undisclosed Sex = ""
)

// Member is one person's appointment to one seat (위촉·임명·당연직 보임). A person who is reappointed gets a new Member.
type Member struct {
	ID               domain.ID     `json:"id"`
	Seat             domain.ID     `json:"seat"`
	Committee        domain.ID     `json:"committee"`
	Person           domain.ID     `json:"person"` // account id
	Name             string        `json:"name"`
	Organisation     string        `json:"organisation"`
	Position         string        `json:"position,omitempty"`
	Sex              Sex           `json:"sex,omitempty"`
	BirthYear        int           `json:"birthYear,omitempty"`
	CouncilNominated bool          `json:"councilNominated,omitempty"`
	ScarceSpecialty  string        `json:"scarceSpecialty,omitempty"` // reason for the exception of 위원회조례 8③
	ConsultedOn      calendar.Date `json:"consultedOn,omitempty"`     // with the 총괄부서 before appointing (8③)
	From             calendar.Date `json:"from"`
	Until            calendar.Date `json:"until,omitempty"`    // last day; empty while in post for ex officio
	Holdover         bool          `json:"holdover,omitempty"` // stays after Until until a successor comes
	Reappointments   int           `json:"reappointments"`
	EndedOn          calendar.Date `json:"endedOn,omitempty"`   // first day out of office
	EndGround        string        `json:"endGround,omitempty"` // one of EndGrounds, or GroundTerm
	EndReason        string        `json:"endReason,omitempty"`
	Version          int           `json:"version"`
}

// LastDay is the last day in office as far as it is known, empty while it is open. Time held over counts once it has
// ended.
func (m Member) LastDay() calendar.Date {
	switch {
	case m.EndedOn == "":
		return m.Until
	case m.Until == "" || m.Holdover || m.EndedOn <= m.Until:
		return m.EndedOn.AddDays(-1)
	}
	return m.Until
}

// Serves reports whether the member is in office on the day (재적).
func (m Member) Serves(day calendar.Date) bool {
	last := m.LastDay()
	if m.Holdover && m.EndedOn == "" {
		last = ""
	}
	return m.From <= day && (last == "" || day <= last)
}

// Overlaps reports whether there is a day that both terms cover. Holding over does not stand in a successor's way.
func (m Member) Overlaps(o Member) bool {
	first := max(m.From, o.From)
	return m.covers(first) && o.covers(first)
}

// covers is Serves without holding over.
func (m Member) covers(day calendar.Date) bool {
	last := m.LastDay()
	return m.From <= day && (last == "" || day <= last)
}

// Seated is a seat with who sits in it on some day; Member is nil for a vacancy.
type Seated struct {
	Seat   Seat    `json:"seat"`
	Member *Member `json:"member,omitempty"`
}

// Chamber is a committee with its seats and its members in office, as at one instant.
type Chamber struct {
	Committee Committee `json:"committee"`
	Seated    []Seated  `json:"seated"`
	At        time.Time `json:"at"`
}

// Serving lists the members in office, in order of their seats (재적위원).
func (c Chamber) Serving() []Member {
	var out []Member
	for _, s := range c.Seated {
		if s.Member != nil && s.Member.Serves(calendar.DateOf(c.At)) {
			out = append(out, *s.Member)
		}
	}
	return out
}

// Seats lists the seats.
func (c Chamber) Seats() []Seat {
	out := make([]Seat, len(c.Seated))
	for i, s := range c.Seated {
		out[i] = s.Seat
	}
	return out
}

// Member finds a member in office.
func (c Chamber) Member(id domain.ID) (Seated, bool) {
	for _, s := range c.Seated {
		if s.Member != nil && s.Member.ID == id {
			return s, true
		}
	}
	return Seated{}, false
}
