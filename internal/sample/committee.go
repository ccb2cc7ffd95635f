package sample

import (
	"slices"
	"time"
)

// SeatKind says how a seat is filled.
type SeatKind string

// The kinds of seats (위원회조례 8, 4IR조례 7④).
const (
	ExOfficio SeatKind = "ex_officio" // 당연직
	Appointed SeatKind = "appointed"  // 위촉직
)

// Committee is the demo's committee with its charter, seats and one subcommittee.
type Committee struct {
	Code string `json:"code" yaml:"code"`
	Name string `json:"name" yaml:"name"`
	// Provisional committees are shown as 가칭, since no ordinance that founds them is in force.
	Provisional bool `json:"provisional" yaml:"provisional"`
	// Department is 담당부서, Bureau the 실·국 above it, Oversight 총괄부서.
	Department string `json:"department" yaml:"department"`
	Bureau     string `json:"bureau" yaml:"bureau"`
	Oversight  string `json:"oversight" yaml:"oversight"`
	// Secretary and Clerk are the posts of 간사 and 서기 (위원회조례 8⑧).
	Secretary   string  `json:"secretary" yaml:"secretary"`
	Clerk       string  `json:"clerk" yaml:"clerk"`
	Established string  `json:"established" yaml:"established"` // ISO 8601
	Charter     Charter `json:"charter" yaml:"charter"`
	// ViceChair is vacant (seat 0) until the members elect one of them.
	ViceChair    ElectedRole  `json:"viceChair" yaml:"viceChair"`
	Seats        []Seat       `json:"seats" yaml:"seats"`
	Subcommittee Subcommittee `json:"subcommittee" yaml:"subcommittee"`
	Meeting      Meeting      `json:"meeting" yaml:"meeting"`
}

// Seat returns the seat of a number, or false.
func (c Committee) Seat(number int) (Seat, bool) {
	for _, s := range c.Seats {
		if s.Number == number {
			return s, true
		}
	}
	return Seat{}, false
}

// Charter holds what a founding rule must contain (위원회조례 7①), each in the words of the rule, and beside them the
// values an engine needs.
type Charter struct {
	Basis            string   `json:"basis" yaml:"basis"`
	Purpose          string   `json:"purpose" yaml:"purpose"`
	Functions        []string `json:"functions" yaml:"functions"`
	Nature           string   `json:"nature" yaml:"nature"`
	Standing         bool     `json:"standing" yaml:"standing"`
	MeetingsPerYear  int      `json:"meetingsPerYear" yaml:"meetingsPerYear"`
	Composition      string   `json:"composition" yaml:"composition"`
	Term             string   `json:"term" yaml:"term"`
	TermYears        int      `json:"termYears" yaml:"termYears"`
	Reappointments   int      `json:"reappointments" yaml:"reappointments"`
	Duration         string   `json:"duration" yaml:"duration"`
	Sunset           string   `json:"sunset" yaml:"sunset"` // ISO 8601, last day
	Disqualification string   `json:"disqualification" yaml:"disqualification"`
	Recusal          string   `json:"recusal" yaml:"recusal"`
	Convening        string   `json:"convening" yaml:"convening"`
	MeetingQuorum    string   `json:"meetingQuorum" yaml:"meetingQuorum"`
	DecisionMajority string   `json:"decisionMajority" yaml:"decisionMajority"`
	Tie              string   `json:"tie" yaml:"tie"`
	ChairPowers      string   `json:"chairPowers" yaml:"chairPowers"`
	Substitution     string   `json:"substitution" yaml:"substitution"`
	// ExOfficioProxy is "none", "speak" or "vote".
	ExOfficioProxy string `json:"exOfficioProxy" yaml:"exOfficioProxy"`
	Subcommittees  string `json:"subcommittees" yaml:"subcommittees"`
}

// ElectedRole is a role the members fill by election among themselves (호선).
type ElectedRole struct {
	Seat   int    `json:"seat" yaml:"seat"` // 0 while vacant
	Method string `json:"method" yaml:"method"`
}

// Seat is one of the places on the committee and who holds it.
type Seat struct {
	Number int      `json:"number" yaml:"number"`
	Kind   SeatKind `json:"kind" yaml:"kind"`
	Role   string   `json:"role" yaml:"role"` // "chair" or "member"
	// Post is the office of an ex officio seat and the field of expertise of an appointed one.
	Post   string `json:"post" yaml:"post"`
	Member Member `json:"member" yaml:"member"`
}

// Member is an invented person. Ex officio members have no term dates: they serve while in post.
type Member struct {
	Name         string `json:"name" yaml:"name"`
	Organisation string `json:"organisation" yaml:"organisation"`
	Position     string `json:"position" yaml:"position"`
	Sex          string `json:"sex" yaml:"sex"` // "F" or "M"
	BirthYear    int    `json:"birthYear" yaml:"birthYear"`
	Email        string `json:"email" yaml:"email"`
	TermFrom     string `json:"termFrom,omitempty" yaml:"termFrom"` // ISO 8601, first day
	TermTo       string `json:"termTo,omitempty" yaml:"termTo"`     // ISO 8601, last day
}

// Subcommittee is a 분과위원회; it reviews items before they are tabled (위원회조례 8⑦).
type Subcommittee struct {
	Code    string `json:"code" yaml:"code"`
	Name    string `json:"name" yaml:"name"`
	Purpose string `json:"purpose" yaml:"purpose"`
	Chair   int    `json:"chair" yaml:"chair"` // a seat
	Seats   []int  `json:"seats" yaml:"seats"`
}

// Meeting is the held meeting without its date, which the demo's clock gives.
type Meeting struct {
	Title      string       `json:"title" yaml:"title"`
	Mode       string       `json:"mode" yaml:"mode"` // "in_person", which includes video (위원회규칙 4①)
	Place      string       `json:"place" yaml:"place"`
	Attendance []Attendance `json:"attendance" yaml:"attendance"`
	Dates      []Date       `json:"dates" yaml:"dates"`
}

// Date is a candidate date that the members are asked about while the meeting is only planned, with the seats that
// have answered.
type Date struct {
	Day    int   `json:"day" yaml:"day"`   // days after the beginning of the demo
	Hour   int   `json:"hour" yaml:"hour"` // of that day
	Can    []int `json:"can" yaml:"can"`
	Cannot []int `json:"cannot" yaml:"cannot"`
}

// opening is the hour at which the demo begins.
const opening = 9

// After is how long after the hour of the demo's beginning the meeting would begin, the days aside.
func (d Date) After() time.Duration { return time.Duration(d.Hour-opening) * time.Hour }

// Reply is what a seat answers: "yes", "no", or nothing.
func (d Date) Reply(seat int) string {
	switch {
	case slices.Contains(d.Can, seat):
		return "yes"
	case slices.Contains(d.Cannot, seat):
		return "no"
	}
	return ""
}

// Replying are the seats that answer on one of the dates, sorted.
func Replying(dates []Date) []int {
	var seats []int
	for _, d := range dates {
		seats = slices.Concat(seats, d.Can, d.Cannot)
	}
	slices.Sort(seats)
	return slices.Compact(seats)
}

// Attendance is how a seat attends the meeting: "present", "remote" or "absent".
type Attendance struct {
	Seat int    `json:"seat" yaml:"seat"`
	How  string `json:"how" yaml:"how"`
}

// Attending are the seats that attend, in the room or by video.
func (m Meeting) Attending() []int {
	var seats []int
	for _, a := range m.Attendance {
		if a.How != "absent" {
			seats = append(seats, a.Seat)
		}
	}
	return seats
}
