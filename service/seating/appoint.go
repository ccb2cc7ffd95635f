package seating

import (
	"context"
	"slices"
	"strings"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/policy"
	"secretariat/service"
)

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
	ConsultedOn      calendar.Date `json:"consultedOn"` // with the 총괄부서 (위원회조례 8③)
	From             calendar.Date `json:"from"`
	Until            calendar.Date `json:"until"` // empty: as the pack says for appointed seats, open for the others
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
	day(&p, "consultedOn", in.ConsultedOn)
	p.Check(in.From != "", "from", "field.required")
	day(&p, "from", in.From)
	day(&p, "until", in.Until)
	p.Check(in.Until == "" || in.Until >= in.From, "until", "field.range")
	return p.Err()
}

func (in AppointInput) member(id domain.ID, seat committee.Seat, account string) committee.Member {
	m := committee.Member{
		ID: id, Seat: seat.ID, Committee: seat.Committee, Person: in.Person, Name: strings.TrimSpace(in.Name),
		Organisation: strings.TrimSpace(in.Organisation), Position: strings.TrimSpace(in.Position),
		Sex: in.Sex, BirthYear: in.BirthYear, CouncilNominated: in.CouncilNominated,
		ScarceSpecialty: strings.TrimSpace(in.ScarceSpecialty), ConsultedOn: in.ConsultedOn,
		From: in.From, Until: in.Until, Version: 1,
	}
	if m.Name == "" {
		m.Name = account
	}
	return m
}

// Appointed is a new appointment with the warnings that go with it.
type Appointed struct {
	Member   committee.Member `json:"member"`
	Findings []domain.Finding `json:"findings"`
}

// Appoint seats a person: member.appoint. CodeConflict when somebody sits there in that time or the committee is
// dissolved; CodeRefused, citing the article, when a term, the years in the committee or the year after a dismissal
// forbid it (위원회조례 8②③). Whoever held over in the seat leaves it.
func (s *Service) Appoint(ctx context.Context, by domain.Actor, in AppointInput) (Appointed, error) {
	return service.Do(ctx, s.env, s.store, by, "member.appoint", func(a *service.Act[Tx]) (Appointed, error) {
		seat, err := a.Tx.Seat(ctx, in.Seat)
		if err != nil {
			return Appointed{}, err
		}
		if err := may(by, "member.appoint", seat.Committee); err != nil {
			return Appointed{}, err
		}
		if err := in.check(); err != nil {
			return Appointed{}, err
		}
		c, err := a.Tx.LockCommittee(ctx, seat.Committee)
		if err != nil {
			return Appointed{}, err
		}
		if c.State == committee.Dissolved {
			return Appointed{}, domain.Conflict("committee.dissolved", nil)
		}
		r, err := s.rules(c, a.Now)
		if err != nil {
			return Appointed{}, err
		}
		return seatPerson(ctx, a, in, c, seat, r)
	})
}

func seatPerson(
	ctx context.Context, a *service.Act[Tx], in AppointInput, c committee.Committee, seat committee.Seat, r policy.Rules,
) (Appointed, error) {
	account, err := a.Tx.Account(ctx, in.Person)
	if err != nil {
		return Appointed{}, err
	}
	made, err := gather(ctx, a.Tx, c, seat, in.member(a.Env.NewID(), seat, account.Name))
	if err != nil {
		return Appointed{}, err
	}
	made.Member = made.Complete(r)
	a.On("member", made.Member.ID, c.ID)
	if made.Taken() {
		return Appointed{}, domain.Conflict("seat.taken", nil)
	}
	found := append([]domain.Finding{}, committee.CheckAppointment(made, r)...)
	if err := domain.Refuse(found); err != nil {
		return Appointed{}, err
	}
	if err := replace(ctx, a.Tx, made); err != nil {
		return Appointed{}, err
	}
	return Appointed{Member: made.Member, Findings: found}, a.Tx.AddMember(ctx, made.Member)
}

// gather reads what the rules on an appointment look at.
func gather(
	ctx context.Context, tx Tx, c committee.Committee, seat committee.Seat, m committee.Member,
) (committee.Appointment, error) {
	out := committee.Appointment{Committee: c, Seat: seat, Member: m}
	var err error
	if out.Body, err = body(ctx, tx, c); err != nil {
		return out, err
	}
	if out.Seated, err = tx.MembersOfSeat(ctx, seat.ID); err != nil {
		return out, err
	}
	out.Held, err = tx.AppointmentsOf(ctx, m.Person)
	return out, err
}

// body is the committee that counts for the caps: itself, or the one it is a 분과위원회 of.
func body(ctx context.Context, tx Tx, c committee.Committee) (committee.Body, error) {
	parent, err := parentOf(ctx, tx, c)
	if err != nil {
		return committee.Body{}, err
	}
	if parent != nil {
		c = *parent
	}
	seats, err := tx.SeatsIn(ctx, c.ID)
	out := committee.Body{ID: c.ID, Standing: c.Standing, State: c.State}
	if i := slices.IndexFunc(seats, func(s committee.Seat) bool { return s.Role == committee.RoleChair }); i >= 0 {
		out.ChairPost = seats[i].Post
	}
	return out, err
}

// replace ends what holds over until this appointment.
func replace(ctx context.Context, tx Tx, made committee.Appointment) error {
	for _, m := range made.Replaced() {
		m.EndedOn, m.EndGround = made.Member.From, committee.GroundTerm
		if err := tx.ChangeMember(ctx, &m); err != nil {
			return err
		}
	}
	return nil
}
