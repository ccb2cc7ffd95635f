package seating

import (
	"context"
	"errors"
	"slices"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/policy"
	"secretariat/service"
)

// AddSeatInput is a new seat.
type AddSeatInput struct {
	Committee domain.ID          `path:"committee" json:"-"`
	Number    int                `json:"number"`
	Kind      committee.SeatKind `json:"kind"` // ex_officio, appointed, official
	Role      committee.Role     `json:"role"` // chair, vice_chair, member
	Post      string             `json:"post"`
	Field     string             `json:"field"`
}

// AddSeat adds a seat to a committee: seat.add. CodeConflict when its number is taken.
func (s *Service) AddSeat(ctx context.Context, by domain.Actor, in AddSeatInput) (committee.Seat, error) {
	var p domain.Problems
	p.Check(in.Number >= 1 && in.Number <= 200, "number", "field.range")
	domain.OneOf(&p, "kind", in.Kind, committee.ExOfficio, committee.Appointed, committee.Official)
	domain.OneOf(&p, "role", in.Role, committee.RoleChair, committee.RoleViceChair, committee.RoleMember)
	p.Text("post", in.Post, in.Kind == committee.ExOfficio, domain.MaxName)
	p.Text("field", in.Field, false, domain.MaxName)
	if err := errors.Join(may(by, "seat.add", in.Committee), p.Err()); err != nil {
		return committee.Seat{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "seat.add", func(a *service.Act[Tx]) (committee.Seat, error) {
		seat := committee.Seat{
			ID: a.Env.NewID(), Committee: in.Committee, Number: in.Number, Kind: in.Kind, Role: in.Role,
			Post: in.Post, Field: in.Field,
		}
		a.On("seat", seat.ID, in.Committee)
		c, err := a.Tx.LockCommittee(ctx, in.Committee)
		if err != nil {
			return seat, err
		}
		if c.State == committee.Dissolved {
			return seat, domain.Conflict("committee.not_active", nil)
		}
		return seat, a.Tx.AddSeat(ctx, seat)
	})
}

// AppointInput appoints an account to a seat (위촉·임명·보임).
type AppointInput struct {
	Seat             domain.ID     `path:"seat" json:"-"`
	Person           domain.ID     `json:"person"` // account
	Name             string        `json:"name"`   // as it stands in minutes; the account's when empty
	Organisation     string        `json:"organisation"`
	Position         string        `json:"position"`
	Sex              committee.Sex `json:"sex"`
	BirthYear        int           `json:"birthYear"`
	CouncilNominated bool          `json:"councilNominated"`
	ScarceSpecialty  string        `json:"scarceSpecialty"`
	From             calendar.Date `json:"from"`
	Until            calendar.Date `json:"until"` // empty: the pack's usual term for appointed seats, open for the others
}

func (in AppointInput) check() error {
	var p domain.Problems
	p.Check(in.Person != "", "person", "field.required")
	p.Text("name", in.Name, false, domain.MaxName)
	p.Text("organisation", in.Organisation, true, domain.MaxName)
	p.Text("position", in.Position, false, domain.MaxName)
	p.Text("scarceSpecialty", in.ScarceSpecialty, false, domain.MaxLine)
	domain.OneOf(&p, "sex", in.Sex, committee.Female, committee.Male, committee.Undisclosed)
	p.Check(in.BirthYear == 0 || in.BirthYear >= 1900 && in.BirthYear <= 2100, "birthYear", "field.range")
	p.Check(in.From != "", "from", "field.required")
	return p.Err()
}

// Appointed is a new appointment with the warnings that go with it.
type Appointed struct {
	Member   committee.Member `json:"member"`
	Findings []domain.Finding `json:"findings"`
}

// Appoint seats a person: member.appoint. CodeConflict when the seat is taken on that day; CodeRefused, citing the article, when a
// term, the cumulative years or the year after a dismissal forbid it (위원회조례 8②③).
func (s *Service) Appoint(ctx context.Context, by domain.Actor, in AppointInput) (Appointed, error) {
	if err := in.check(); err != nil {
		return Appointed{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "member.appoint", func(a *service.Act[Tx]) (Appointed, error) {
		seat, err := a.Tx.Seat(ctx, in.Seat)
		if err != nil {
			return Appointed{}, err
		}
		if err := may(by, "member.appoint", seat.Committee); err != nil {
			return Appointed{}, err
		}
		c, err := a.Tx.LockCommittee(ctx, seat.Committee)
		if err != nil {
			return Appointed{}, err
		}
		r, err := s.rules(c, a.Now)
		if err != nil {
			return Appointed{}, err
		}
		return s.seat(ctx, a, in, seat, r)
	})
}

func (s *Service) seat(
	ctx context.Context, a *service.Act[Tx], in AppointInput, seat committee.Seat, r policy.Rules,
) (Appointed, error) {
	account, err := a.Tx.Account(ctx, in.Person)
	if err != nil {
		return Appointed{}, err
	}
	h, err := history(ctx, a.Tx, seat, in)
	if err != nil {
		return Appointed{}, err
	}
	m := in.member(a.Env.NewID(), seat, account.Name, h, r)
	a.On("member", m.ID, seat.Committee)
	found := append([]domain.Finding{}, committee.CheckAppointment(seat, m, h, r)...)
	if err := domain.Refuse(found); err != nil {
		return Appointed{}, err
	}
	return Appointed{Member: m, Findings: found}, a.Tx.AddMember(ctx, m)
}

func (in AppointInput) member(
	id domain.ID, seat committee.Seat, name string, h committee.History, r policy.Rules,
) committee.Member {
	m := committee.Member{
		ID: id, Seat: seat.ID, Committee: seat.Committee, Person: in.Person, Name: in.Name,
		Organisation: in.Organisation, Position: in.Position, Sex: in.Sex, BirthYear: in.BirthYear,
		CouncilNominated: in.CouncilNominated, ScarceSpecialty: in.ScarceSpecialty,
		From: in.From, Until: in.Until, Version: 1,
		Reappointments: committee.Reappointments(h.Here, in.From),
	}
	if m.Name == "" {
		m.Name = name
	}
	if m.Until == "" && seat.Kind == committee.Appointed {
		m.Until = m.From.AddMonths(policy.TermMonthsUsual.Of(r)).AddDays(-1)
	}
	return m
}

// history gathers what the checks need; CodeConflict when somebody else sits in the seat on the first day.
func history(ctx context.Context, tx Tx, seat committee.Seat, in AppointInput) (committee.History, error) {
	var h committee.History
	before, err := tx.MembersOfSeat(ctx, seat.ID)
	if err != nil {
		return h, err
	}
	for i, m := range before {
		if m.Serves(in.From) || m.From >= in.From && (in.Until == "" || m.From <= in.Until) && m.EndedOn == "" {
			return h, domain.Conflict("seat.taken", nil)
		}
		if i == 0 {
			h.Before = &before[0]
		}
	}
	all, err := tx.AppointmentsOf(ctx, in.Person)
	if err != nil {
		return h, err
	}
	h.Here = slices.DeleteFunc(slices.Clone(all), func(m committee.Member) bool { return m.Committee != seat.Committee })
	return countOthers(ctx, tx, h, all, seat, in.From)
}

// countOthers counts the person's other committees, and those whose chair holds the same post as this one's.
func countOthers(
	ctx context.Context, tx Tx, h committee.History, all []committee.Member, seat committee.Seat, day calendar.Date,
) (committee.History, error) {
	post, err := chairPost(ctx, tx, seat.Committee)
	if err != nil {
		return h, err
	}
	for _, m := range all {
		if m.Committee == seat.Committee || !m.Serves(day) {
			continue
		}
		h.Others++
		other, err := chairPost(ctx, tx, m.Committee)
		if err != nil {
			return h, err
		}
		if post != "" && other == post {
			h.SameSeat++
		}
	}
	return h, nil
}

func chairPost(ctx context.Context, tx Tx, of domain.ID) (string, error) {
	seats, err := tx.SeatsIn(ctx, of)
	for _, s := range seats {
		if s.Role == committee.RoleChair {
			return s.Post, err
		}
	}
	return "", err
}

// EndInput ends an appointment.
type EndInput struct {
	Member  domain.ID     `path:"member" json:"-"`
	Version int           `json:"version"`
	On      calendar.Date `json:"on"` // first day out of office
	Ground  string        `json:"ground"`
	Reason  string        `json:"reason"`
}

// End ends an appointment (위촉 해제, 위원회조례 8의2): member.end. The ground is one of the pack's dismissal grounds, or "post" for an
// ex-officio member who left the office.
func (s *Service) End(ctx context.Context, by domain.Actor, in EndInput) (committee.Member, error) {
	var p domain.Problems
	p.Check(in.On != "", "on", "field.required")
	p.Text("reason", in.Reason, true, domain.MaxLine)
	if err := p.Err(); err != nil {
		return committee.Member{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "member.end", func(a *service.Act[Tx]) (committee.Member, error) {
		m, err := a.Tx.Member(ctx, in.Member)
		if err != nil {
			return m, err
		}
		a.On("member", m.ID, m.Committee)
		a.Note("ground", in.Ground)
		if err := may(by, "member.end", m.Committee); err != nil {
			return m, err
		}
		if err := s.checkEnd(ctx, a, m, in); err != nil {
			return m, err
		}
		m.EndedOn, m.EndGround, m.EndReason, m.Version = in.On, in.Ground, in.Reason, in.Version
		return m, a.Tx.ChangeMember(ctx, &m)
	})
}

func (s *Service) checkEnd(ctx context.Context, a *service.Act[Tx], m committee.Member, in EndInput) error {
	c, err := a.Tx.LockCommittee(ctx, m.Committee)
	if err != nil {
		return err
	}
	r, err := s.rules(c, a.Now)
	if err != nil {
		return err
	}
	var p domain.Problems
	p.Check(in.On >= m.From, "on", "field.range")
	domain.OneOf(&p, "ground", in.Ground, append(policy.DismissalGrounds.Of(r), "post")...)
	if m.EndedOn != "" {
		return domain.Conflict("member.ended", nil)
	}
	return p.Err()
}
