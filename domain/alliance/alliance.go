// Package alliance holds the industry alliance (산업 디지털전환 얼라이언스): its divisions, its organisations and the people
// who act for them.
package alliance

import (
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
)

// Alliance is a network of organisations that a committee's secretariat looks after. Its lists of sectors and of
// technologies are two separate sets of tags.
type Alliance struct {
	ID           domain.ID `json:"id"`
	Code         string    `json:"code"`
	Name         string    `json:"name"`
	Committee    domain.ID `json:"committee"` // whose secretariat looks after it
	Sectors      []string  `json:"sectors"`
	Technologies []string  `json:"technologies"`
	CreatedAt    time.Time `json:"createdAt"`
	Version      int       `json:"version"`
}

// Division is a part of the alliance for one sector (분과).
type Division struct {
	ID       domain.ID `json:"id"`
	Alliance domain.ID `json:"alliance"`
	Code     string    `json:"code"`
	Name     string    `json:"name"`
	Sector   string    `json:"sector,omitempty"`
}

// Place is an organisation's place in a division.
type Place struct {
	Division     domain.ID     `json:"division"`
	Organisation domain.ID     `json:"organisation"`
	Sherpa       bool          `json:"sherpa"` // guides the division (셰르파)
	Since        calendar.Date `json:"since"`
}

// Kind is the sort of an organisation.
type Kind string

// The kinds of organisations.
const (
	Company     Kind = "company"
	Association Kind = "association"
	Institute   Kind = "institute"
	University  Kind = "university"
	PublicBody  Kind = "public_body"
)

// Kinds lists them.
func Kinds() []Kind { return []Kind{Company, Association, Institute, University, PublicBody} }

// Size is the size class of a company (중소기업기본법 2); others have none.
type Size string

// The size classes.
const (
	Micro  Size = "micro"  // 소상공인
	Small  Size = "small"  // 중소기업
	Medium Size = "medium" // 중견기업
	Large  Size = "large"  // 대기업
)

// Sizes lists them.
func Sizes() []Size { return []Size{Micro, Small, Medium, Large} }

// State is where an organisation stands with the alliance.
type State string

// The states of an organisation.
const (
	Applied    State = "applied"    // asks to be let in
	Registered State = "registered" // may answer calls and public consultations, is no member
	Member     State = "member"     // 회원사
	Refused    State = "refused"
	Left       State = "left"
)

// Organisation is one that deals with the city: a member of the alliance or an outsider.
type Organisation struct {
	ID             domain.ID     `json:"id"`
	Alliance       domain.ID     `json:"alliance"`
	Name           string        `json:"name"`
	Kind           Kind          `json:"kind"`
	Size           Size          `json:"size,omitempty"`
	BusinessNumber string        `json:"businessNumber"` // 사업자등록번호, ten digits
	District       string        `json:"district,omitempty"`
	Sectors        []string      `json:"sectors"`
	Technologies   []string      `json:"technologies"`
	State          State         `json:"state"`
	WantsToJoin    bool          `json:"wantsToJoin"` // asked to become a member, not only to be registered
	ContactName    string        `json:"contactName,omitempty"`
	ContactEmail   string        `json:"contactEmail,omitempty"` // until it has been decided
	Reason         string        `json:"reason,omitempty"`       // why it was refused or left
	AppliedAt      time.Time     `json:"appliedAt"`
	JoinedOn       calendar.Date `json:"joinedOn,omitempty"`
	LeftOn         calendar.Date `json:"leftOn,omitempty"`
	Version        int           `json:"version"`
}

// Acts reports whether people may act for it.
func (o Organisation) Acts() bool { return o.State == Registered || o.State == Member }

// Person is somebody who acts for an organisation. Several draft, those who may submit send.
type Person struct {
	Organisation domain.ID `json:"organisation"`
	Account      domain.ID `json:"account"`
	Submits      bool      `json:"submits"`
	Manages      bool      `json:"manages"`
	Since        time.Time `json:"since"`
}

// Decide lets an applicant in, as a member or to be registered alone, or refuses it. CodeConflict when it does not wait for
// a decision.
func (o Organisation) Decide(accept, member bool, reason string, on calendar.Date) (Organisation, error) {
	if o.State != Applied {
		return o, domain.Conflict("organisation.decided", nil)
	}
	o.ContactName, o.ContactEmail = "", ""
	if !accept {
		o.State, o.Reason = Refused, reason
		return o, nil
	}
	o.State = Registered
	if member {
		o.State, o.JoinedOn = Member, on
	}
	return o, nil
}

// Leave ends a membership or a registration. CodeConflict when there is none.
func (o Organisation) Leave(reason string, on calendar.Date) (Organisation, error) {
	if !o.Acts() {
		return o, domain.Conflict("organisation.not_in", nil)
	}
	o.State, o.Reason, o.LeftOn = Left, reason, on
	return o, nil
}

// Check notes what is wrong with what is said of an organisation, given the tags of its alliance.
func (o Organisation) Check(p *domain.Problems, a Alliance) {
	p.Text("name", o.Name, true, domain.MaxName)
	domain.OneOf(p, "kind", o.Kind, Kinds()...)
	if o.Kind == Company {
		domain.OneOf(p, "size", o.Size, Sizes()...)
	} else {
		p.Check(o.Size == "", "size", "organisation.size_of_company")
	}
	p.Check(ValidBusinessNumber(o.BusinessNumber), "businessNumber", "organisation.business_number")
	p.Text("district", o.District, false, domain.MaxName)
	tags(p, "sectors", o.Sectors, a.Sectors)
	tags(p, "technologies", o.Technologies, a.Technologies)
}

func tags(p *domain.Problems, field string, given, known []string) {
	for _, tag := range given {
		if !slices.Contains(known, tag) {
			p.Add(field, "field.choice", nil)
			return
		}
	}
}

// LastManager reports whether without the account nobody would look after the organisation any more.
func LastManager(people []Person, without domain.ID) bool {
	return !slices.ContainsFunc(people, func(p Person) bool { return p.Manages && p.Account != without })
}
