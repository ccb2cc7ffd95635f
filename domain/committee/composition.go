package committee

import (
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

// CheckComposition warns of ratios that do not hold, exactly: no sex above its share, youth at least theirs.
func CheckComposition(n Composition, r policy.Rules) []domain.Finding {
	var out []domain.Finding
	if n.Appointed == 0 {
		return nil
	}
	if most := max(n.Women, n.Men); !policy.SexMax.Of(r).Holds(most, n.Appointed) {
		out = append(out, domain.Finding{
			Key: "committee.sex_ratio", Basis: policy.SexMax.Cite(r),
			Args: domain.Args{"most": most, "appointed": n.Appointed, "rule": policy.SexMax.Of(r).String()},
		})
	}
	if !policy.YouthLeast.Of(r).Holds(n.Youth, n.Appointed) {
		out = append(out, domain.Finding{
			Key: "committee.youth_ratio", Basis: policy.YouthLeast.Cite(r),
			Args: domain.Args{"youth": n.Youth, "appointed": n.Appointed, "rule": policy.YouthLeast.Of(r).String()},
		})
	}
	return out
}

// CheckSeats finds what is wrong with the seats themselves: size, chairs, an ex-officio seat without its post.
func CheckSeats(seats []Seat, r policy.Rules) []domain.Finding {
	var out []domain.Finding
	if most := policy.SizeMax.Of(r); len(seats) > most {
		out = append(out, domain.Finding{
			Key: "committee.size", Args: domain.Args{"most": most, "seats": len(seats)},
			Basis: policy.SizeMax.Cite(r), Blocking: true,
		})
	}
	chairs, vices := 0, 0
	for _, s := range seats {
		switch s.Role {
		case RoleChair:
			chairs++
		case RoleViceChair:
			vices++
		}
		if s.Kind == ExOfficio && s.Post == "" {
			out = append(out, domain.Finding{
				Key: "seat.post_missing", Args: domain.Args{"number": s.Number}, Blocking: true, Subject: s.ID,
				Basis: policy.CharterFields.Cite(r),
			})
		}
	}
	if want := policy.Chairs.Of(r); chairs != want {
		out = append(out, domain.Finding{
			Key: "committee.chairs", Args: domain.Args{"want": want, "chairs": chairs},
			Basis: policy.Chairs.Cite(r), Blocking: true,
		})
	}
	if most := policy.ViceChairs.Of(r); vices > most {
		out = append(out, domain.Finding{
			Key: "committee.vice_chairs", Args: domain.Args{"most": most, "vices": vices},
			Basis: policy.ViceChairs.Cite(r), Blocking: true,
		})
	}
	return out
}

// CheckFrequency warns when the committee has no meeting in the quarter of the day (위원회규칙 4②). met holds the days of its
// meetings, planned ones included.
func CheckFrequency(c Committee, met []calendar.Date, r policy.Rules, today calendar.Date) []domain.Finding {
	quarter := func(d calendar.Date) int { return d.Year()*4 + (int(d.Time().Month())-1)/3 }
	if c.State != Active || quarter(c.FoundedOn) == quarter(today) {
		return nil
	}
	for _, d := range met {
		if quarter(d) == quarter(today) {
			return nil
		}
	}
	return []domain.Finding{{Key: "committee.quarter_without_meeting", Basis: policy.MeetingsPerYear.Cite(r)}}
}
