package seating

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/policy"
	"secretariat/service"
)

// ListInput asks for a page of committees.
type ListInput struct {
	After string `query:"after" json:"-"`
	Limit int    `query:"limit" json:"-"`
}

// List lists committees by code: committee.list. Drafts are shown to those alone who may know of them.
func (s *Service) List(ctx context.Context, by domain.Actor, in ListInput) (service.Page[committee.Committee], error) {
	out := service.Page[committee.Committee]{Items: []committee.Committee{}}
	if err := may(by, "committee.list", ""); err != nil {
		return out, err
	}
	size := service.PageSize(in.Limit)
	filter := committee.Filter{
		After: in.After, Limit: size + 1, Own: own(by), Drafts: seesDrafts(by),
	}
	return service.See(ctx, s.store, func(tx Tx) (service.Page[committee.Committee], error) {
		found, err := tx.FindCommittees(ctx, filter)
		out.Items = found
		if len(found) > size {
			out.Items, out.Next = found[:size], found[size-1].Code
		}
		return out, err
	})
}

// own lists the committees whose drafts the actor may see; see sees.
func own(by domain.Actor) []domain.ID {
	var out []domain.ID
	for _, s := range by.Staff {
		out = append(out, s.Committee)
	}
	for _, s := range by.Seats {
		out = append(out, s.Committee)
	}
	return out
}

// ShowInput names a committee.
type ShowInput struct {
	Committee domain.ID `path:"committee" json:"-"`
}

// View is a committee with who sits in it.
type View struct {
	Committee   committee.Committee    `json:"committee"`
	Provisional bool                   `json:"provisional"` // 가칭: its pack rests on a draft ordinance
	Seats       []SeatView             `json:"seats"`
	Serving     int                    `json:"serving"`               // 재적위원
	Composition *committee.Composition `json:"composition,omitempty"` // for those who may see whom it counts
}

// SeatView is a seat with who sits in it; the personal part only for those who need it.
type SeatView struct {
	Seat   committee.Seat `json:"seat"`
	Member *MemberView    `json:"member,omitempty"`
}

// MemberView is what is shown of a member in office.
type MemberView struct {
	ID             domain.ID     `json:"id"`
	Name           string        `json:"name"`
	Organisation   string        `json:"organisation"`
	Position       string        `json:"position,omitempty"`
	From           calendar.Date `json:"from"`
	Until          calendar.Date `json:"until,omitempty"`
	Reappointments int           `json:"reappointments"`
	Person         domain.ID     `json:"person,omitempty"`
	Sex            committee.Sex `json:"sex,omitempty"`
	BirthYear      int           `json:"birthYear,omitempty"`
	Version        int           `json:"version,omitempty"`
}

// Show shows a committee and its composition: committee.show. Sex, birth year and account, and counts of them, are
// for staff, chair, administrators and auditors.
func (s *Service) Show(ctx context.Context, by domain.Actor, in ShowInput) (View, error) {
	if err := may(by, "committee.show", in.Committee); err != nil {
		return View{}, err
	}
	now := service.Instant(s.env.Now())
	return service.See(ctx, s.store, func(tx Tx) (View, error) {
		chamber, err := tx.Chamber(ctx, in.Committee, now)
		if err != nil {
			return View{}, err
		}
		if !sees(by, chamber.Committee) {
			return View{}, domain.NotFound("committee")
		}
		r, err := s.rules(chamber.Committee, now)
		if err != nil {
			return View{}, err
		}
		personal := access.Can(by, "committee.person", access.Facts{Committee: in.Committee}).Allowed
		return view(chamber, r, personal), nil
	})
}

func view(chamber committee.Chamber, r policy.Rules, personal bool) View {
	out := View{
		Committee: chamber.Committee, Provisional: r.Provisional, Seats: []SeatView{}, Serving: len(chamber.Serving()),
	}
	for _, x := range chamber.Seated {
		row := SeatView{Seat: x.Seat}
		if x.Member != nil {
			row.Member = show(*x.Member, personal)
		}
		out.Seats = append(out.Seats, row)
	}
	if personal {
		n := committee.Compose(chamber, r)
		out.Composition = &n
	}
	return out
}

func show(m committee.Member, personal bool) *MemberView {
	out := &MemberView{
		ID: m.ID, Name: m.Name, Organisation: m.Organisation, Position: m.Position, From: m.From, Until: m.Until,
		Reappointments: m.Reappointments,
	}
	if personal {
		out.Person, out.Sex, out.BirthYear, out.Version = m.Person, m.Sex, m.BirthYear, m.Version
	}
	return out
}
