package play

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/identity"
	"secretariat/internal/sample"
	identityservice "secretariat/service/identity"
	"secretariat/service/seating"
)

// found sets up the committee of the sample with its charter and seats.
func (p *Play) found(ctx context.Context) error {
	p.admin = p.person("admin")
	if err := p.admin.signIn(ctx, adminMail, p.accounts[adminMail]); err != nil {
		return err
	}
	c := p.sample.Committee
	var out committee.Committee
	if err := p.admin.post(ctx, "/committees", p.founding(), &out); err != nil {
		return err
	}
	p.committee = out.ID
	p.say("%s (가칭) 설치: %s", c.Name, c.Charter.Basis)
	return nil
}

func (p *Play) founding() seating.FoundInput {
	c := p.sample.Committee
	ch := c.Charter
	lines := func(s ...string) string { return strings.Join(s, "\n") }
	return seating.FoundInput{
		Code: c.Code, Name: c.Name, OwningDepartment: c.Department, LegalBasis: ch.Basis, Pack: "seoul-dx-draft",
		Standing: ch.Standing, PlannedMeetings: ch.MeetingsPerYear, FoundedOn: calendar.Date(c.Established),
		SunsetOn: calendar.Date(ch.Sunset),
		Charter: map[string]string{
			"purpose":     lines(append([]string{ch.Purpose, ch.Nature}, ch.Functions...)...),
			"composition": lines(ch.Composition, ch.Term), "duration": ch.Duration,
			"disqualification": lines(ch.Disqualification, ch.Recusal), "convening": ch.Convening,
			"quorum":       lines(ch.MeetingQuorum, ch.DecisionMajority, ch.Tie),
			"chair_powers": lines(ch.ChairPowers, ch.Substitution), "subcommittees": ch.Subcommittees,
		},
	}
}

// appoint makes the accounts, the seats and the appointments, assigns the secretariat and activates the committee.
func (p *Play) appoint(ctx context.Context) error {
	for _, s := range p.sample.Committee.Seats {
		if err := p.seat(ctx, s); err != nil {
			return err
		}
	}
	if err := p.staff(ctx); err != nil {
		return err
	}
	var out seating.Activated
	err := p.admin.post(ctx, "/committees/"+string(p.committee)+"/activate", seating.StateInput{Version: 1}, &out)
	if err != nil {
		return err
	}
	p.say("위원 %d명 위촉·임명, 위원회 구성 완료(경고 %d건)", len(p.sample.Committee.Seats), len(out.Findings))
	return nil
}

func (p *Play) account(ctx context.Context, email, name string) (domain.ID, error) {
	var out identity.Account
	err := p.admin.post(ctx, "/accounts", identityservice.CreateAccountInput{
		Email: email, Name: name, Password: p.accounts[email],
	}, &out)
	return out.ID, err
}

func (p *Play) seat(ctx context.Context, s sample.Seat) error {
	account, err := p.account(ctx, memberMail(s.Number), s.Member.Name)
	if err != nil {
		return err
	}
	in := seating.AddSeatInput{
		Number: s.Number, Kind: committee.SeatKind(s.Kind), Role: committee.Role(s.Role), Post: s.Post,
	}
	if in.Kind == committee.Appointed {
		in.Post, in.Field = "", s.Post
	}
	var seat committee.Seat
	if err := p.admin.post(ctx, "/committees/"+string(p.committee)+"/seats", in, &seat); err != nil {
		return err
	}
	p.place[s.Number] = place{seat.ID, account}
	if err := p.appointTo(ctx, s); err != nil {
		return err
	}
	p.member[s.Number] = p.person("member-" + strconv.Itoa(s.Number))
	return p.member[s.Number].signIn(ctx, memberMail(s.Number), p.accounts[memberMail(s.Number)])
}

// place is a seat with the account of who sits in it.
type place struct{ seat, account domain.ID }

// appointTo appoints the member of the sample to a seat.
func (p *Play) appointTo(ctx context.Context, s sample.Seat) error {
	at := p.place[s.Number]
	var out seating.Appointed
	path := "/seats/" + string(at.seat) + "/members"
	if err := p.admin.post(ctx, path, appointment(s, at.account, p.sample.Committee), &out); err != nil {
		return err
	}
	p.appointment[s.Number] = out.Member.ID
	return nil
}

func appointment(s sample.Seat, account domain.ID, c sample.Committee) seating.AppointInput {
	in := seating.AppointInput{
		Person: account, Name: s.Member.Name, Organisation: s.Member.Organisation, Position: s.Member.Position,
		Sex: committee.Female, BirthYear: s.Member.BirthYear, From: calendar.Date(s.Member.TermFrom),
		Until: calendar.Date(s.Member.TermTo),
	}
	if s.Member.Sex == "M" {
		in.Sex = committee.Male
	}
	if in.From == "" {
		in.From = calendar.Date(c.Established)
	}
	return in
}

func (p *Play) staff(ctx context.Context) error {
	for _, x := range []struct {
		who         **person
		name, email string
		clerk       bool
	}{{&p.secretary, "간사", secretaryMail, false}, {&p.clerk, "서기", clerkMail, true}} {
		account, err := p.account(ctx, x.email, x.name)
		if err != nil {
			return err
		}
		in := identityservice.AssignStaffInput{Account: account, Clerk: x.clerk}
		if err := p.admin.post(ctx, fmt.Sprintf("/committees/%s/staff", p.committee), in, nil); err != nil {
			return err
		}
		*x.who = p.person(x.name)
		if err := (*x.who).signIn(ctx, x.email, p.accounts[x.email]); err != nil {
			return err
		}
	}
	return nil
}
