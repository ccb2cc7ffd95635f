package committee

import (
	"strings"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// CheckCharter finds what keeps the committee from being activated: headings that 위원회조례 7① requires and the charter lacks, too
// long a duration, a standing form without its ground. Each heading that is missing is a finding of its own.
func CheckCharter(c Committee, r policy.Rules) []domain.Finding {
	var out []domain.Finding
	for _, heading := range policy.CharterFields.Of(r) {
		if strings.TrimSpace(c.Charter[heading]) == "" {
			out = append(out, domain.Finding{
				Key: "committee.charter_missing", Args: domain.Args{"heading": heading},
				Basis: policy.CharterFields.Cite(r), Blocking: true,
			})
		}
	}
	return append(append(out, checkForm(c, r)...), checkDuration(c, r)...)
}

func checkForm(c Committee, r policy.Rules) []domain.Finding {
	least := policy.StandingMeetings.Of(r)
	if !c.Standing || c.PlannedMeetings >= least {
		return nil
	}
	return []domain.Finding{{
		Key: "committee.standing_meetings", Args: domain.Args{"least": least, "planned": c.PlannedMeetings},
		Basis: policy.StandingMeetings.Cite(r),
	}}
}

func checkDuration(c Committee, r policy.Rules) []domain.Finding {
	longest := c.FoundedOn.AddYears(policy.SunsetYearsMax.Of(r))
	usual := c.FoundedOn.AddYears(policy.SunsetYearsUsual.Of(r))
	switch {
	case c.SunsetOn == "":
		return []domain.Finding{{Key: "committee.sunset_missing", Basis: policy.SunsetYearsMax.Cite(r), Blocking: true}}
	case c.SunsetOn > longest:
		return []domain.Finding{{
			Key: "committee.sunset_too_late", Args: domain.Args{"years": policy.SunsetYearsMax.Of(r)},
			Basis: policy.SunsetYearsMax.Cite(r), Blocking: true,
		}}
	case c.SunsetOn > usual:
		return []domain.Finding{{
			Key: "committee.sunset_longer_than_usual", Args: domain.Args{"years": policy.SunsetYearsUsual.Of(r)},
			Basis: policy.SunsetYearsUsual.Cite(r),
		}}
	}
	return nil
}

// CheckSunset warns once an extension must be asked for (위원회조례 12③), and blocks nothing: dissolving is a person's act.
func CheckSunset(c Committee, r policy.Rules, today calendar.Date) []domain.Finding {
	if c.SunsetOn == "" {
		return nil
	}
	ask := c.SunsetOn.AddMonths(-policy.SunsetExtendMonths.Of(r))
	switch {
	case today > c.SunsetOn:
		return []domain.Finding{{Key: "committee.sunset_passed", Basis: policy.SunsetYearsMax.Cite(r), Due: c.SunsetOn}}
	case today >= ask.AddDays(-30):
		return []domain.Finding{{Key: "committee.sunset_extension", Basis: policy.SunsetExtendMonths.Cite(r), Due: ask}}
	}
	return nil
}
