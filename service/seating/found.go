package seating

import (
	"context"
	"errors"
	"regexp"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/service"
)

// FoundInput is a new committee. Charter texts are by heading: purpose, composition, duration, disqualification, convening, quorum,
// chair_powers, subcommittees (위원회조례 7①).
type FoundInput struct {
	Code             string            `json:"code"`
	Name             string            `json:"name"`
	Parent           domain.ID         `json:"parent"`
	OwningDepartment string            `json:"owningDepartment"`
	LegalBasis       string            `json:"legalBasis"`
	Pack             string            `json:"pack"`
	Standing         bool              `json:"standing"`
	PlannedMeetings  int               `json:"plannedMeetings"`
	FoundedOn        calendar.Date     `json:"foundedOn"`
	SunsetOn         calendar.Date     `json:"sunsetOn"`
	Charter          map[string]string `json:"charter"`
}

var codeForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,49}$`)

func (in FoundInput) check() error {
	var p domain.Problems
	p.Check(codeForm.MatchString(in.Code), "code", "committee.code")
	p.Text("name", in.Name, true, domain.MaxName)
	p.Text("owningDepartment", in.OwningDepartment, true, domain.MaxName)
	p.Text("legalBasis", in.LegalBasis, true, domain.MaxLine)
	p.Text("pack", in.Pack, true, domain.MaxName)
	p.Check(in.PlannedMeetings >= 0 && in.PlannedMeetings <= 366, "plannedMeetings", "field.range")
	p.Check(in.FoundedOn != "", "foundedOn", "field.required")
	for heading, text := range in.Charter {
		p.Text("charter."+heading, text, false, domain.MaxText)
	}
	return p.Err()
}

func (in FoundInput) apply(c *committee.Committee) {
	c.Name, c.OwningDepartment, c.LegalBasis, c.Pack = in.Name, in.OwningDepartment, in.LegalBasis, in.Pack
	c.Standing, c.PlannedMeetings = in.Standing, in.PlannedMeetings
	c.FoundedOn, c.SunsetOn, c.Charter = in.FoundedOn, in.SunsetOn, in.Charter
}

// Found drafts a committee: committee.found. CodeConflict when the code is taken; a pack nobody knows is CodeInvalid.
func (s *Service) Found(ctx context.Context, by domain.Actor, in FoundInput) (committee.Committee, error) {
	if err := errors.Join(may(by, "committee.found", ""), in.check()); err != nil {
		return committee.Committee{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "committee.found", func(a *service.Act[Tx]) (committee.Committee, error) {
		c := committee.Committee{ID: a.Env.NewID(), Code: in.Code, Parent: in.Parent, State: committee.Draft, Version: 1}
		in.apply(&c)
		a.On("committee", c.ID, c.ID)
		if _, err := s.rules(c, a.Now); err != nil {
			return c, err
		}
		if in.Parent != "" {
			if _, err := a.Tx.Committee(ctx, in.Parent); err != nil {
				return c, err
			}
		}
		return c, a.Tx.AddCommittee(ctx, c)
	})
}

// ReviseInput changes a committee; its code and parent stay.
type ReviseInput struct {
	Committee        domain.ID         `path:"committee" json:"-"`
	Version          int               `json:"version"`
	Name             string            `json:"name"`
	OwningDepartment string            `json:"owningDepartment"`
	LegalBasis       string            `json:"legalBasis"`
	Pack             string            `json:"pack"`
	Standing         bool              `json:"standing"`
	PlannedMeetings  int               `json:"plannedMeetings"`
	FoundedOn        calendar.Date     `json:"foundedOn"`
	SunsetOn         calendar.Date     `json:"sunsetOn"`
	Charter          map[string]string `json:"charter"`
}

func (in ReviseInput) asFound(code string) FoundInput {
	return FoundInput{
		Code: code, Name: in.Name, OwningDepartment: in.OwningDepartment, LegalBasis: in.LegalBasis, Pack: in.Pack,
		Standing: in.Standing, PlannedMeetings: in.PlannedMeetings, FoundedOn: in.FoundedOn, SunsetOn: in.SunsetOn,
		Charter: in.Charter,
	}
}

// Revise changes a committee: committee.revise. An active one keeps a complete charter. CodeStale when it changed meanwhile.
func (s *Service) Revise(ctx context.Context, by domain.Actor, in ReviseInput) (committee.Committee, error) {
	if err := errors.Join(may(by, "committee.revise", in.Committee), in.asFound("unchanged").check()); err != nil {
		return committee.Committee{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "committee.revise", func(a *service.Act[Tx]) (committee.Committee, error) {
		a.On("committee", in.Committee, in.Committee)
		c, err := a.Tx.LockCommittee(ctx, in.Committee)
		if err != nil {
			return c, err
		}
		in.asFound(c.Code).apply(&c)
		c.Version = in.Version
		r, err := s.rules(c, a.Now)
		if err != nil {
			return c, err
		}
		if c.State == committee.Active {
			if err := domain.Refuse(committee.CheckCharter(c, r)); err != nil {
				return c, err
			}
		}
		return c, a.Tx.ChangeCommittee(ctx, &c)
	})
}

// StateInput names a committee whose state is to change.
type StateInput struct {
	Committee domain.ID `path:"committee" json:"-"`
	Version   int       `json:"version"`
	Reason    string    `json:"reason"`
}

// Activated is an active committee with the warnings that remain.
type Activated struct {
	Committee committee.Committee `json:"committee"`
	Findings  []domain.Finding    `json:"findings"`
}

// Activate puts a committee into operation: committee.activate. CodeRefused, citing the rule, while its charter lacks a heading of
// 위원회조례 7① or its seats are not in order.
func (s *Service) Activate(ctx context.Context, by domain.Actor, in StateInput) (Activated, error) {
	if err := may(by, "committee.activate", in.Committee); err != nil {
		return Activated{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "committee.activate", func(a *service.Act[Tx]) (Activated, error) {
		a.On("committee", in.Committee, in.Committee)
		c, err := a.Tx.LockCommittee(ctx, in.Committee)
		if err != nil {
			return Activated{}, err
		}
		if c.State != committee.Draft {
			return Activated{}, domain.Conflict("committee.not_draft", nil)
		}
		found, err := s.findings(ctx, a.Tx, c, a.Now)
		if err == nil {
			err = domain.Refuse(found)
		}
		if err != nil {
			return Activated{}, err
		}
		c.State, c.Version = committee.Active, in.Version
		return Activated{Committee: c, Findings: found}, a.Tx.ChangeCommittee(ctx, &c)
	})
}

// Dissolve ends a committee: committee.dissolve (위원회조례 12).
func (s *Service) Dissolve(ctx context.Context, by domain.Actor, in StateInput) (committee.Committee, error) {
	var p domain.Problems
	p.Text("reason", in.Reason, true, domain.MaxLine)
	if err := errors.Join(may(by, "committee.dissolve", in.Committee), p.Err()); err != nil {
		return committee.Committee{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "committee.dissolve", func(a *service.Act[Tx]) (committee.Committee, error) {
		a.On("committee", in.Committee, in.Committee)
		c, err := a.Tx.LockCommittee(ctx, in.Committee)
		if err != nil {
			return c, err
		}
		if c.State != committee.Active {
			return c, domain.Conflict("committee.not_active", nil)
		}
		c.State, c.Version = committee.Dissolved, in.Version
		return c, a.Tx.ChangeCommittee(ctx, &c)
	})
}
