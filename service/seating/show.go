package seating

import (
	"context"
	"time"

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

// List lists committees by code: committee.list. Drafts are shown to administrators and auditors only.
func (s *Service) List(ctx context.Context, by domain.Actor, in ListInput) (service.Page[committee.Committee], error) {
	size := service.PageSize(in.Limit)
	return service.See(ctx, s.store, func(tx Tx) (service.Page[committee.Committee], error) {
		out := service.Page[committee.Committee]{Items: []committee.Committee{}}
		found, err := tx.Committees(ctx, in.After, size+1)
		if len(found) > size {
			found, out.Next = found[:size], found[size-1].Code
		}
		for _, c := range found {
			if c.State != committee.Draft || by.Admin || by.Auditor || by.Serves(c.ID) {
				out.Items = append(out.Items, c)
			}
		}
		return out, err
	})
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
	Serving     int                    `json:"serving"` // 재적위원
	Composition *committee.Composition `json:"composition,omitempty"`
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

// Show shows a committee and its composition: committee.show. Sex, birth year and account are for staff, chair and auditors.
func (s *Service) Show(ctx context.Context, by domain.Actor, in ShowInput) (View, error) {
	now := service.Instant(s.env.Now())
	return service.See(ctx, s.store, func(tx Tx) (View, error) {
		chamber, err := tx.Chamber(ctx, in.Committee, now)
		if err != nil {
			return View{}, err
		}
		c := chamber.Committee
		if c.State == committee.Draft && !by.Admin && !by.Auditor && !by.Serves(c.ID) {
			return View{}, domain.NotFound("committee")
		}
		r, err := s.rules(c, now)
		if err != nil {
			return View{}, err
		}
		personal := access.Can(by, "committee.person", access.Facts{Committee: c.ID}).Allowed
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
	n := committee.Compose(chamber, r)
	out.Composition = &n
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

// Findings is what does not hold, or soon will not.
type Findings struct {
	Findings []domain.Finding `json:"findings"`
}

// Check examines a committee: charter, seats, ratios, terms, sunset, frequency: committee.check.
func (s *Service) Check(ctx context.Context, by domain.Actor, in ShowInput) (Findings, error) {
	if err := may(by, "committee.check", in.Committee); err != nil {
		return Findings{}, err
	}
	now := service.Instant(s.env.Now())
	return service.See(ctx, s.store, func(tx Tx) (Findings, error) {
		c, err := tx.Committee(ctx, in.Committee)
		if err != nil {
			return Findings{}, err
		}
		found, err := s.findings(ctx, tx, c, now)
		return Findings{Findings: found}, err
	})
}

// termWarning is how many days before its end a term is pointed out.
const termWarning = 60

func (s *Service) findings(ctx context.Context, tx Tx, c committee.Committee, now time.Time) ([]domain.Finding, error) {
	r, err := s.rules(c, now)
	if err != nil {
		return nil, err
	}
	chamber, err := tx.Chamber(ctx, c.ID, now)
	if err != nil {
		return nil, err
	}
	today := calendar.DateOf(now)
	met, err := tx.MeetingDays(ctx, c.ID, today.AddMonths(-3))
	if err != nil {
		return nil, err
	}
	seats := make([]committee.Seat, len(chamber.Seated))
	for i, x := range chamber.Seated {
		seats[i] = x.Seat
	}
	out := append([]domain.Finding{}, committee.CheckCharter(c, r)...)
	out = append(out, committee.CheckSeats(seats, r)...)
	out = append(out, committee.CheckComposition(committee.Compose(chamber, r), r)...)
	out = append(out, committee.CheckSunset(c, r, today)...)
	out = append(out, committee.CheckFrequency(c, met, r, today)...)
	for _, m := range chamber.Serving() {
		out = append(out, committee.CheckTerm(m, r, today, termWarning)...)
	}
	return out, nil
}
