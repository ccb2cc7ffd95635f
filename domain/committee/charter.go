package committee

import (
	"slices"
	"strings"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// Grounds of 위원회조례 6③ 단서 whose meaning the rules know; a pack may name others.
const (
	StandingByLaw        = "law"       // 1호
	StandingByExpectancy = "frequency" // 2호: as many meetings a year as committee.standing.meetings_least
)

// CheckCharter finds what keeps the committee from being activated: headings that 위원회조례 7① requires and the charter
// lacks, and too long a duration; and, as warnings, a standing form without its ground and an unusual duration. Each
// heading that is missing is a finding of its own. What a 분과위원회 does not say itself is as its parent's charter says;
// parent is nil for others.
func CheckCharter(c Committee, parent *Committee, r policy.Rules) []domain.Finding {
	var out []domain.Finding
	for _, heading := range policy.CharterFields.Of(r) {
		if !c.says(heading) && (parent == nil || !parent.says(heading)) {
			out = append(out, domain.Finding{
				Key: "committee.charter_missing", Args: domain.Args{"heading": heading},
				Basis: policy.CharterFields.Cite(r), Blocking: true,
			})
		}
	}
	out = append(out, checkForm(c, r)...)
	if parent == nil {
		return append(out, checkDuration(c, r)...)
	}
	return append(out, checkParent(c, *parent, r)...)
}

func (c Committee) says(heading string) bool { return strings.TrimSpace(c.Charter[heading]) != "" }

// checkForm wants one of the grounds of 위원회조례 6③ for a standing committee; enough planned meetings are one by
// themselves.
func checkForm(c Committee, r policy.Rules) []domain.Finding {
	least := policy.StandingMeetings.Of(r)
	other := c.StandingGround != StandingByExpectancy && slices.Contains(policy.StandingGrounds.Of(r), c.StandingGround)
	if !c.Standing || other || c.PlannedMeetings >= least {
		return nil
	}
	return []domain.Finding{{
		Key: "committee.standing_meetings", Args: domain.Args{"least": least, "planned": c.PlannedMeetings},
		Basis: policy.StandingMeetings.Cite(r),
	}}
}

// checkDuration holds the 존속기한 to its maximum, counted from the founding or the last extension with that day
// included. None at all is lawful where there is an evident reason to keep the committee (위원회조례 12①), which a person
// judges.
func checkDuration(c Committee, r policy.Rules) []domain.Finding {
	start := max(c.FoundedOn, c.ExtendedOn)
	longest := start.AddYears(policy.SunsetYearsMax.Of(r)).AddDays(-1)
	usual := start.AddYears(policy.SunsetYearsUsual.Of(r)).AddDays(-1)
	switch {
	case c.SunsetOn == "":
		return []domain.Finding{{Key: "committee.sunset_missing", Basis: policy.SunsetYearsMax.Cite(r)}}
	case c.SunsetOn > longest:
		return []domain.Finding{{
			Key: "committee.sunset_too_late", Args: domain.Args{"years": policy.SunsetYearsMax.Of(r)},
			Basis: policy.SunsetYearsMax.Cite(r), Blocking: true,
		}}
	case c.SunsetOn > usual && c.StandingGround != StandingByLaw:
		return []domain.Finding{{
			Key: "committee.sunset_longer_than_usual", Args: domain.Args{"years": policy.SunsetYearsUsual.Of(r)},
			Basis: policy.SunsetYearsUsual.Cite(r),
		}}
	}
	return nil
}

// checkParent holds a 분과위원회 to the committee it belongs to: one in operation, which provides for subcommittees unless
// the pack lets a resolution do, and which lasts as long.
func checkParent(c, parent Committee, r policy.Rules) []domain.Finding {
	var out []domain.Finding
	add := func(wrong bool, f domain.Finding) {
		if wrong {
			f.Basis, f.Subject = policy.SubcommitteeBasis.Cite(r), parent.ID
			out = append(out, f)
		}
	}
	provided := slices.Contains(policy.SubcommitteeBasis.Of(r), "resolution") || parent.says("subcommittees")
	longer := parent.SunsetOn != "" && c.SunsetOn > parent.SunsetOn
	add(parent.State != Active, domain.Finding{Key: "committee.parent_not_active", Blocking: true})
	add(!provided, domain.Finding{Key: "committee.subcommittee_basis", Blocking: true})
	add(longer, domain.Finding{Key: "committee.sunset_after_parent", Due: parent.SunsetOn})
	return out
}

// sunsetNotice is how many days before an extension must be asked for it is pointed out.
const sunsetNotice = 30

// CheckSunset warns once an extension must be asked for (위원회조례 12③), and blocks nothing: dissolving is a person's act.
func CheckSunset(c Committee, r policy.Rules, today calendar.Date) []domain.Finding {
	if c.SunsetOn == "" || c.State == Dissolved {
		return nil
	}
	ask := c.SunsetOn.AddMonths(-policy.SunsetExtendMonths.Of(r))
	switch {
	case today > c.SunsetOn:
		return []domain.Finding{{Key: "committee.sunset_passed", Basis: policy.SunsetYearsMax.Cite(r), Due: c.SunsetOn}}
	case today >= ask.AddDays(-sunsetNotice):
		return []domain.Finding{{Key: "committee.sunset_extension", Basis: policy.SunsetExtendMonths.Cite(r), Due: ask}}
	}
	return nil
}

// CheckFrequency warns when a committee in operation has no meeting in the quarter of the day; 위원회규칙 4② makes no
// exception for 비상설. met holds the days of its meetings, planned ones included. The quarter in which it was founded
// is left out.
func CheckFrequency(c Committee, met []calendar.Date, r policy.Rules, today calendar.Date) []domain.Finding {
	now := quarter(today)
	if !policy.QuarterWarning.Of(r) || c.State != Active || quarter(c.FoundedOn) == now {
		return nil
	}
	if slices.ContainsFunc(met, func(d calendar.Date) bool { return quarter(d) == now }) {
		return nil
	}
	return []domain.Finding{{Key: "committee.quarter_without_meeting", Basis: policy.MeetingsPerYear.Cite(r)}}
}

// quarter numbers the quarters of the calendar through the years.
func quarter(d calendar.Date) int { return d.Year()*4 + (int(d.Time().Month())-1)/3 }
