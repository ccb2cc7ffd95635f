package seating

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/policy"
	"secretariat/service"
)

// FoundInput is a new committee. Charter texts are by heading: purpose, composition, duration, disqualification,
// convening, quorum, chair_powers, subcommittees (위원회조례 7①), and others as one likes.
type FoundInput struct {
	Code             string            `json:"code"`
	Name             string            `json:"name"`
	Parent           domain.ID         `json:"parent"` // of a 분과위원회
	OwningDepartment string            `json:"owningDepartment"`
	LegalBasis       string            `json:"legalBasis"`
	Pack             string            `json:"pack"`
	Remit            committee.Remit   `json:"remit"`          // empty, youth_policy, subsidy
	YouthException   string            `json:"youthException"` // code of composition.youth_exceptions
	Standing         bool              `json:"standing"`
	StandingGround   string            `json:"standingGround"` // code of committee.standing.grounds
	PlannedMeetings  int               `json:"plannedMeetings"`
	FoundedOn        calendar.Date     `json:"foundedOn"`
	SunsetOn         calendar.Date     `json:"sunsetOn"`
	Charter          map[string]string `json:"charter"`
}

// ReviseInput changes a committee; its code and parent stay.
type ReviseInput struct {
	Committee        domain.ID         `path:"committee" json:"-"`
	Version          int               `json:"version"`
	Name             string            `json:"name"`
	OwningDepartment string            `json:"owningDepartment"`
	LegalBasis       string            `json:"legalBasis"`
	Pack             string            `json:"pack"`
	Remit            committee.Remit   `json:"remit"`
	YouthException   string            `json:"youthException"`
	Standing         bool              `json:"standing"`
	StandingGround   string            `json:"standingGround"`
	PlannedMeetings  int               `json:"plannedMeetings"`
	FoundedOn        calendar.Date     `json:"foundedOn"`
	ExtendedOn       calendar.Date     `json:"extendedOn"` // first day of the 존속기한 when it is extended
	SunsetOn         calendar.Date     `json:"sunsetOn"`
	Charter          map[string]string `json:"charter"`
}

func (in FoundInput) committee() committee.Committee {
	return committee.Committee{
		Code: in.Code, Name: in.Name, Parent: in.Parent, OwningDepartment: in.OwningDepartment, LegalBasis: in.LegalBasis,
		Pack: in.Pack, Remit: in.Remit, YouthException: in.YouthException, Standing: in.Standing,
		StandingGround: in.StandingGround, PlannedMeetings: in.PlannedMeetings, FoundedOn: in.FoundedOn,
		SunsetOn: in.SunsetOn, Charter: in.Charter, State: committee.Draft, Version: 1,
	}
}

func (in ReviseInput) over(c committee.Committee) committee.Committee {
	c.Version = in.Version
	c.Name, c.OwningDepartment, c.LegalBasis, c.Pack = in.Name, in.OwningDepartment, in.LegalBasis, in.Pack
	c.Remit, c.YouthException, c.Standing, c.StandingGround = in.Remit, in.YouthException, in.Standing, in.StandingGround
	c.PlannedMeetings, c.FoundedOn, c.ExtendedOn, c.SunsetOn = in.PlannedMeetings, in.FoundedOn, in.ExtendedOn, in.SunsetOn
	c.Charter = in.Charter
	return c
}

var (
	codeForm    = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,49}$`)
	headingForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
)

// mostHeadings is how many headings a charter may have.
const mostHeadings = 40

// check notes what is wrong with a committee whatever its rules say.
func check(c committee.Committee) error {
	var p domain.Problems
	p.Check(codeForm.MatchString(c.Code), "code", "committee.code")
	p.Text("name", c.Name, true, domain.MaxName)
	p.Text("owningDepartment", c.OwningDepartment, true, domain.MaxName)
	p.Text("legalBasis", c.LegalBasis, true, domain.MaxLine)
	p.Text("pack", c.Pack, true, domain.MaxName)
	domain.OneOf(&p, "remit", c.Remit, committee.GeneralRemit, committee.YouthPolicy, committee.Subsidy)
	p.Check(c.PlannedMeetings >= 0 && c.PlannedMeetings <= 366, "plannedMeetings", "field.range")
	checkDays(&p, c)
	p.Check(len(c.Charter) <= mostHeadings, "charter", "committee.charter_headings")
	for _, heading := range slices.Sorted(maps.Keys(c.Charter)) {
		if !headingForm.MatchString(heading) {
			p.Add("charter", "committee.charter_headings", nil)
			break
		}
		p.Text("charter."+heading, c.Charter[heading], false, domain.MaxText)
	}
	return p.Err()
}

func checkDays(p *domain.Problems, c committee.Committee) {
	p.Check(c.FoundedOn != "", "foundedOn", "field.required")
	day(p, "foundedOn", c.FoundedOn)
	day(p, "extendedOn", c.ExtendedOn)
	day(p, "sunsetOn", c.SunsetOn)
	p.Check(c.ExtendedOn == "" || c.ExtendedOn > c.FoundedOn, "extendedOn", "field.range")
	p.Check(c.SunsetOn == "" || c.SunsetOn >= max(c.FoundedOn, c.ExtendedOn), "sunsetOn", "field.range")
}

// day notes a date that is given but does not exist.
func day(p *domain.Problems, field string, d calendar.Date) {
	p.Check(d == "" || d.Valid(), field, "field.date")
}

// checkCodes notes grounds that the committee's rules do not know.
func checkCodes(c committee.Committee, r policy.Rules) error {
	var p domain.Problems
	domain.OneOf(&p, "standingGround", c.StandingGround, append(policy.StandingGrounds.Of(r), "")...)
	domain.OneOf(&p, "youthException", c.YouthException, append(policy.YouthExceptions.Of(r), "")...)
	return p.Err()
}

// known resolves the rules of a pack that the caller names.
func (s *Service) known(c committee.Committee, a *service.Act[Tx]) (policy.Rules, error) {
	r, err := s.rules(c, a.Now)
	if err != nil {
		var p domain.Problems
		p.Add("pack", "committee.pack_unknown", nil)
		return r, p.Err()
	}
	return r, checkCodes(c, r)
}

// Found drafts a committee: committee.found. CodeConflict when the code is taken, or when the parent is dissolved or
// itself a 분과위원회; a pack nobody knows is CodeInvalid.
func (s *Service) Found(ctx context.Context, by domain.Actor, in FoundInput) (committee.Committee, error) {
	if err := may(by, "committee.found", ""); err != nil {
		return committee.Committee{}, err
	}
	drafted := trimmed(in.committee())
	if err := check(drafted); err != nil {
		return committee.Committee{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "committee.found", func(a *service.Act[Tx]) (committee.Committee, error) {
		c := drafted
		c.ID = a.Env.NewID()
		a.On("committee", c.ID, c.ID)
		if _, err := s.known(c, a); err != nil {
			return c, err
		}
		parent, err := parentOf(ctx, a.Tx, c)
		switch {
		case err != nil:
			return c, err
		case parent != nil && parent.State == committee.Dissolved:
			return c, domain.Conflict("committee.not_active", nil)
		case parent != nil && parent.Parent != "":
			return c, domain.Conflict("committee.parent_nested", nil)
		}
		return c, a.Tx.AddCommittee(ctx, c)
	})
}

// Revise changes a committee: committee.revise. An active one keeps a complete charter, a dissolved one stays as it
// was. CodeStale when it changed meanwhile.
func (s *Service) Revise(ctx context.Context, by domain.Actor, in ReviseInput) (committee.Committee, error) {
	if err := may(by, "committee.revise", in.Committee); err != nil {
		return committee.Committee{}, err
	}
	if err := check(trimmed(in.over(committee.Committee{Code: "unchanged"}))); err != nil {
		return committee.Committee{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "committee.revise", func(a *service.Act[Tx]) (committee.Committee, error) {
		a.On("committee", in.Committee, in.Committee)
		c, err := a.Tx.LockCommittee(ctx, in.Committee)
		if err != nil {
			return c, err
		}
		if c.State == committee.Dissolved {
			return c, domain.Conflict("committee.dissolved", nil)
		}
		c = trimmed(in.over(c))
		r, err := s.known(c, a)
		if err != nil {
			return c, err
		}
		if err := keepsCharter(ctx, a.Tx, c, r); err != nil {
			return c, err
		}
		return c, a.Tx.ChangeCommittee(ctx, &c)
	})
}

func keepsCharter(ctx context.Context, tx Tx, c committee.Committee, r policy.Rules) error {
	if c.State != committee.Active {
		return nil
	}
	parent, err := parentOf(ctx, tx, c)
	if err != nil {
		return err
	}
	return domain.Refuse(committee.CheckCharter(c, parent, r))
}

// trimmed is c without blanks round its lines, and with a charter even if empty.
func trimmed(c committee.Committee) committee.Committee {
	for _, s := range []*string{&c.Name, &c.OwningDepartment, &c.LegalBasis} {
		*s = strings.TrimSpace(*s)
	}
	charter := committee.Charter{}
	for heading, text := range c.Charter {
		charter[heading] = strings.TrimSpace(text)
	}
	c.Charter = charter
	return c
}
