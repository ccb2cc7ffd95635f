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

// Charter is what the founding rule must contain (위원회조례 7①), one text a heading, by field code: purpose, composition,
// duration, disqualification, convening, quorum, chair_powers, subcommittees ... The policy pack says which are required.
type Charter map[string]string

// Committee is one deliberative body.
type Committee struct {
	ID               domain.ID     `json:"id"`
	Code             string        `json:"code"`             // short, stable, e.g. "dx-committee"
	Name             string        `json:"name"`             // display name, data
	Parent           domain.ID     `json:"parent,omitempty"` // the committee this is a 분과위원회 of
	OwningDepartment string        `json:"owningDepartment"`
	LegalBasis       string        `json:"legalBasis"`
	Pack             string        `json:"pack"` // policy pack that governs it
	Standing         bool          `json:"standing"`
	PlannedMeetings  int           `json:"plannedMeetings"` // a year
	SunsetOn         calendar.Date `json:"sunsetOn,omitempty"`
	FoundedOn        calendar.Date `json:"foundedOn"`
	Charter          Charter       `json:"charter"`
	State            State         `json:"state"`
	Version          int           `json:"version"`
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
	From             calendar.Date `json:"from"`
	Until            calendar.Date `json:"until,omitempty"` // last day; empty while in post for ex officio
	Reappointments   int           `json:"reappointments"`
	EndedOn          calendar.Date `json:"endedOn,omitempty"`
	EndGround        string        `json:"endGround,omitempty"` // code of a ground of 위원회조례 8의2, "term", "resigned" ...
	EndReason        string        `json:"endReason,omitempty"`
	Version          int           `json:"version"`
}

// Serves reports whether the member is in office on the day (재적).
func (m Member) Serves(day calendar.Date) bool {
	return m.From <= day && (m.Until == "" || day <= m.Until) && (m.EndedOn == "" || day < m.EndedOn)
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

// Member finds a member in office.
func (c Chamber) Member(id domain.ID) (Seated, bool) {
	for _, s := range c.Seated {
		if s.Member != nil && s.Member.ID == id {
			return s, true
		}
	}
	return Seated{}, false
}
