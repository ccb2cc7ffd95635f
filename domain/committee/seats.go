package committee

import (
	"slices"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// CheckSeats finds what is wrong with the seats themselves: their number, the chairs, an ex-officio seat without its
// post, too many officials in a 지방보조금관리위원회.
func CheckSeats(c Committee, seats []Seat, r policy.Rules) []domain.Finding {
	out := checkSize(c, seats, r)
	for _, s := range seats {
		if s.Kind == ExOfficio && s.Post == "" {
			out = append(out, domain.Finding{
				Key: "seat.post_missing", Args: domain.Args{"number": s.Number}, Blocking: true, Subject: s.ID,
				Basis: policy.CharterFields.Cite(r),
			})
		}
	}
	out = append(out, checkChairs(c, seats, r)...)
	out = append(out, checkViceChairs(c, seats, r)...)
	if c.Remit == Subsidy {
		out = append(out, checkOfficials(seats, r)...)
	}
	return out
}

func checkSize(c Committee, seats []Seat, r policy.Rules) []domain.Finding {
	most := policy.SizeMax
	if c.Parent != "" {
		most = policy.SubcommitteeMax
	}
	if len(seats) <= most.Of(r) {
		return nil
	}
	return []domain.Finding{{
		Key: "committee.size", Args: domain.Args{"most": most.Of(r), "seats": len(seats)},
		Basis: most.Cite(r), Blocking: true,
	}}
}

// chairs is how many chairs there are and how they are found. A 분과위원회 has one.
func chairs(c Committee, r policy.Rules) (want int, how policy.Key[string]) {
	if c.Parent != "" {
		return 1, policy.SubcommitteeChair
	}
	return policy.Chairs.Of(r), policy.ChairSelection
}

// checkChairs wants as many chairs as the pack says. Where the members elect them, fewer are in order until they have
// met.
func checkChairs(c Committee, seats []Seat, r policy.Rules) []domain.Finding {
	want, how := chairs(c, r)
	have := count(seats, func(s Seat) bool { return s.Role == RoleChair })
	out := domain.Finding{Args: domain.Args{"want": want, "chairs": have}, Basis: policy.Chairs.Cite(r)}
	switch {
	case have < want && how.Of(r) == policy.SelectionElected:
		out.Key, out.Basis = "committee.chair_not_elected", how.Cite(r)
	case have != want:
		out.Key, out.Blocking = "committee.chairs", true
	case how.Of(r) == policy.SelectionExOfficio && !slices.ContainsFunc(seats, isChairByOffice):
		out.Key, out.Basis = "committee.chair_kind", how.Cite(r)
	default:
		return nil
	}
	return []domain.Finding{out}
}

func isChairByOffice(s Seat) bool { return s.Role == RoleChair && s.Kind == ExOfficio }

// checkViceChairs allows as many as the pack says, and points out a missing one; a 분과위원회 need not have any.
func checkViceChairs(c Committee, seats []Seat, r policy.Rules) []domain.Finding {
	most := policy.ViceChairs.Of(r)
	have := count(seats, func(s Seat) bool { return s.Role == RoleViceChair })
	out := domain.Finding{Args: domain.Args{"most": most, "vices": have}, Basis: policy.ViceChairs.Cite(r)}
	switch {
	case have > most:
		out.Key, out.Blocking = "committee.vice_chairs", true
	case have < most && c.Parent == "":
		out.Key = "committee.vice_chair_missing"
	default:
		return nil
	}
	return []domain.Finding{out}
}

// checkOfficials holds a 지방보조금관리위원회 to its share of officials (지방보조금법 26④) and to a civilian in the chair (26⑤).
func checkOfficials(seats []Seat, r policy.Rules) []domain.Finding {
	var out []domain.Finding
	officials := count(seats, Seat.isOfficial)
	if !policy.SubsidyOfficialsMax.Of(r).Holds(officials, len(seats)) {
		out = append(out, domain.Finding{
			Key: "committee.officials", Basis: policy.SubsidyOfficialsMax.Cite(r), Blocking: true,
			Args: domain.Args{
				"officials": officials, "seats": len(seats), "rule": policy.SubsidyOfficialsMax.Of(r).String(),
			},
		})
	}
	if slices.ContainsFunc(seats, func(s Seat) bool { return s.Role == RoleChair && s.isOfficial() }) {
		out = append(out, domain.Finding{Key: "committee.chair_official", Basis: "지방보조금법 26⑤", Blocking: true})
	}
	return out
}

func (s Seat) isOfficial() bool { return s.Kind != Appointed }

func count(seats []Seat, is func(Seat) bool) int {
	n := 0
	for _, s := range seats {
		if is(s) {
			n++
		}
	}
	return n
}

// CheckVacancies points out seats in which nobody sits. One whose last member left with little of the term remaining
// may stay vacant where the pack allows it (member.replacement_vacancy_months). past holds everybody who was ever
// appointed.
func CheckVacancies(c Chamber, past []Member, r policy.Rules) []domain.Finding {
	vacant := 0
	for _, s := range c.Seated {
		if s.Member == nil && !mayStayVacant(c, s.Seat, past, r) {
			vacant++
		}
	}
	if vacant == 0 {
		return nil
	}
	return []domain.Finding{{
		Key: "committee.vacancies", Args: domain.Args{"vacant": vacant, "seats": len(c.Seated)},
		Basis: policy.ReplacementVacancy.Cite(r),
	}}
}

func mayStayVacant(c Chamber, s Seat, past []Member, r policy.Rules) bool {
	if s.Kind != Appointed {
		return false
	}
	var last Member
	for _, m := range past {
		if m.Seat == s.ID && m.From > last.From {
			last = m
		}
	}
	little := last.EndedOn.AddMonths(policy.ReplacementVacancy.Of(r)).AddDays(-1)
	return last.EndedOn != "" && calendar.DateOf(c.At) <= last.Until && last.Until < little
}
