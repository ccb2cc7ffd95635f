package committee

import (
	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// Measure is one ratio of a composition beside the line that a rule draws for it.
type Measure struct {
	Key   string          `json:"key"`   // women, men, youth, officials
	Count int             `json:"count"` // persons or seats that are such
	Of    int             `json:"of"`    // of how many
	Line  policy.Fraction `json:"line"`
	Basis string          `json:"basis"`
	Holds bool            `json:"holds"`
	Free  bool            `json:"free"` // the rule leaves this committee out (위원회조례 8⑥)
}

// Measures are the ratios that CheckComposition and CheckSeats look at, each with its line: each sex (위원회조례 8④), youth
// (8⑤) and, in a 지방보조금관리위원회, officials among the seats (지방보조금법 26④). Of nobody every line holds.
func Measures(c Chamber, r policy.Rules) []Measure {
	n := Compose(c, r)
	most, least := policy.SexMax, youthLine(c.Committee)
	out := []Measure{
		measure("women", n.Women, n.Appointed, most, r), measure("men", n.Men, n.Appointed, most, r),
		measure("youth", n.Youth, n.Appointed, least, r),
	}
	out[2].Free = youthExcepted(c.Committee, r)
	out[2].Holds = out[2].Holds || out[2].Free
	if c.Committee.Remit == Subsidy {
		all := c.Seats()
		out = append(out, measure("officials", count(all, Seat.isOfficial), len(all), policy.SubsidyOfficialsMax, r))
	}
	return out
}

func measure(key string, count, of int, line policy.Key[policy.Fraction], r policy.Rules) Measure {
	share := line.Of(r)
	return Measure{
		Key: key, Count: count, Of: of, Line: share, Basis: line.Cite(r), Holds: of == 0 || share.Holds(count, of),
	}
}

// Supposition says who would sit in a seat: nobody, or somebody of whom no more is said than what the ratios count.
type Supposition struct {
	Seat   domain.ID
	Vacant bool
	Sex    Sex
	Youth  bool
}

// Suppose is the chamber as it would be, and whether it has the seat. The given one stays as it is.
func Suppose(c Chamber, s Supposition, r policy.Rules) (Chamber, bool) {
	seated := make([]Seated, len(c.Seated))
	found := false
	for i, at := range c.Seated {
		if at.Seat.ID == s.Seat {
			found, at.Member = true, s.member(c, at.Seat, r)
		}
		seated[i] = at
	}
	c.Seated = seated
	return c, found
}

// member is somebody who begins on the chamber's day, nil where the seat is to be vacant. Who counts as youth is as old as
// youth begins.
func (s Supposition) member(c Chamber, at Seat, r policy.Rules) *Member {
	if s.Vacant {
		return nil
	}
	today := calendar.DateOf(c.At)
	m := Member{Seat: at.ID, Committee: at.Committee, Sex: s.Sex, From: today}
	if s.Youth {
		m.BirthYear = today.Year() - policy.YouthAgeFrom.Of(r)
	}
	return &m
}

// CheckSupposed finds what the seats and the ratios of a chamber have against them, as CheckSeats, CheckComposition and
// CheckVacancies do; past holds everybody who was ever appointed.
func CheckSupposed(c Chamber, past []Member, r policy.Rules) []domain.Finding {
	out := append([]domain.Finding{}, CheckSeats(c.Committee, c.Seats(), r)...)
	out = append(out, CheckComposition(c.Committee, Compose(c, r), r)...)
	return append(out, CheckVacancies(c, past, r)...)
}
