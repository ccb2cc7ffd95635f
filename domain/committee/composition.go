package committee

import (
	"slices"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// Composition counts who sits in the appointed seats (위촉직) on a day; the ratios of 위원회조례 8④⑤ are of these alone.
type Composition struct {
	Appointed int `json:"appointed"` // filled appointed seats
	Women     int `json:"women"`
	Men       int `json:"men"`
	Youth     int `json:"youth"`
}

// Compose counts the members in office.
func Compose(c Chamber, r policy.Rules) Composition {
	var out Composition
	today := calendar.DateOf(c.At)
	for _, s := range c.Seated {
		if s.Member == nil || s.Seat.Kind != Appointed || !s.Member.Serves(today) {
			continue
		}
		out.Appointed++
		switch s.Member.Sex {
		case Female:
			out.Women++
		case Male:
			out.Men++
		}
		if IsYouth(s.Member.BirthYear, today, r) {
			out.Youth++
		}
	}
	return out
}

// IsYouth reports whether somebody born in the year counts as youth (청년) on the day; by year, as only the year is kept.
func IsYouth(birthYear int, day calendar.Date, r policy.Rules) bool {
	age := day.Year() - birthYear
	return birthYear > 0 && policy.YouthAgeFrom.Of(r) <= age && age <= policy.YouthAgeUntil.Of(r)
}

// CheckComposition warns of ratios that do not hold, exactly: no sex above its share (위원회조례 8④), youth at least
// theirs (8⑤) unless the committee is excepted (8⑥).
func CheckComposition(c Committee, n Composition, r policy.Rules) []domain.Finding {
	if n.Appointed == 0 {
		return nil
	}
	var out []domain.Finding
	if most := max(n.Women, n.Men); !policy.SexMax.Of(r).Holds(most, n.Appointed) {
		out = append(out, domain.Finding{
			Key: "committee.sex_ratio", Basis: policy.SexMax.Cite(r),
			Args: domain.Args{"most": most, "appointed": n.Appointed, "rule": policy.SexMax.Of(r).String()},
		})
	}
	return append(out, checkYouth(c, n, r)...)
}

func checkYouth(c Committee, n Composition, r policy.Rules) []domain.Finding {
	least := youthLine(c)
	if youthExcepted(c, r) || least.Of(r).Holds(n.Youth, n.Appointed) {
		return nil
	}
	return []domain.Finding{{
		Key: "committee.youth_ratio", Basis: least.Cite(r),
		Args: domain.Args{"youth": n.Youth, "appointed": n.Appointed, "rule": least.Of(r).String()},
	}}
}

// youthLine is the least share of youth, a greater one where the committee deals mainly with youth policy (위원회조례 8⑤ 후단).
func youthLine(c Committee) policy.Key[policy.Fraction] {
	if c.Remit == YouthPolicy {
		return policy.YouthPolicyLeast
	}
	return policy.YouthLeast
}

func youthExcepted(c Committee, r policy.Rules) bool {
	return slices.Contains(policy.YouthExceptions.Of(r), c.YouthException)
}
