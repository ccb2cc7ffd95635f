package committee

import (
	"slices"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// History is what is known of a person when an appointment is checked.
type History struct {
	Here     []Member // the person's appointments in this committee, past and present
	Before   *Member  // whom the appointee replaces in the seat, if anybody
	Others   int      // committees of the city in which the person serves on the day
	SameSeat int      // of them, those whose chair is the same post
}

// CheckAppointment finds what speaks against an appointment. Caps can be lifted by the exceptions of 위원회조례 8③ 단서: a
// council-nominated councillor or a scarce specialty with its reason.
func CheckAppointment(s Seat, m Member, h History, r policy.Rules) []domain.Finding {
	if s.Kind == ExOfficio {
		return nil
	}
	out := checkLength(s, m, h, r)
	if h.serves(m) {
		out = append(out, domain.Finding{Key: "member.serves_already", Basis: policy.CumulativeYearsMax.Cite(r), Blocking: true})
	}
	if s.Kind != Appointed {
		return out
	}
	out = append(out, checkReappointment(m, h, r)...)
	out = append(out, checkCooling(m, h, r)...)
	if m.CouncilNominated || m.ScarceSpecialty != "" {
		return out
	}
	return append(append(out, checkCumulative(m, h, r)...), checkConcurrent(h, r)...)
}

func (h History) serves(m Member) bool {
	return slices.ContainsFunc(h.Here, func(old Member) bool { return old.Serves(m.From) })
}

// checkLength holds the term to its maximum, and a replacement's to what the predecessor had left where the pack says so.
func checkLength(s Seat, m Member, h History, r policy.Rules) []domain.Finding {
	if s.Kind != Appointed {
		return nil
	}
	longest := m.From.AddMonths(policy.TermMonthsMax.Of(r)).AddDays(-1)
	if m.Until == "" || m.Until > longest || m.Until < m.From {
		return []domain.Finding{{
			Key: "member.term_length", Args: domain.Args{"months": policy.TermMonthsMax.Of(r)},
			Basis: policy.TermMonthsMax.Cite(r), Blocking: true,
		}}
	}
	remainder := policy.ReplacementTerm.Of(r) == policy.TermRemainder
	if h.Before != nil && h.Before.EndedOn != "" && remainder && h.Before.Until >= m.From && m.Until != h.Before.Until {
		return []domain.Finding{{
			Key: "member.term_remainder", Basis: policy.ReplacementTerm.Cite(r), Due: h.Before.Until, Blocking: true,
		}}
	}
	return nil
}

func checkReappointment(m Member, h History, r policy.Rules) []domain.Finding {
	if m.Reappointments <= policy.ReappointmentsMax.Of(r) {
		return nil
	}
	return []domain.Finding{{
		Key: "member.reappointments", Args: domain.Args{"most": policy.ReappointmentsMax.Of(r)},
		Basis: policy.ReappointmentsMax.Cite(r), Blocking: true,
	}}
}

// Reappointments counts how many appointments directly before from follow each other without a gap.
func Reappointments(here []Member, from calendar.Date) int {
	n, edge := 0, from
	for {
		i := slices.IndexFunc(here, func(m Member) bool { return m.EndedOn == "" && m.Until != "" && m.Until.AddDays(1) == edge })
		if i < 0 {
			return n
		}
		n, edge = n+1, here[i].From
	}
}

// checkCumulative counts days in the committee, each once, the new term included, against the cap (위원회조례 8③).
func checkCumulative(m Member, h History, r policy.Rules) []domain.Finding {
	years := policy.CumulativeYearsMax.Of(r)
	total := TermMonths(m)
	for _, old := range h.Here {
		total += TermMonths(old)
	}
	if total <= years*12 {
		return nil
	}
	return []domain.Finding{{
		Key: "member.cumulative", Args: domain.Args{"years": years}, Basis: policy.CumulativeYearsMax.Cite(r), Blocking: true,
	}}
}

// TermMonths is how many months a term lasted or will last, a begun month counted whole.
func TermMonths(m Member) int {
	last := m.Until
	if m.EndedOn != "" && (last == "" || m.EndedOn <= last) {
		last = m.EndedOn.AddDays(-1)
	}
	n := 0
	for m.From.AddMonths(n) <= last {
		n++
	}
	return n
}

// checkCooling wants a year between a dismissal (위촉 해제) and a new appointment (위원회조례 8③).
func checkCooling(m Member, h History, r policy.Rules) []domain.Finding {
	for _, old := range h.Here {
		if old.EndedOn == "" || old.EndGround == "term" {
			continue
		}
		free := old.EndedOn.AddMonths(policy.CoolingMonths.Of(r))
		if m.From < free {
			return []domain.Finding{{Key: "member.cooling", Basis: policy.CoolingMonths.Cite(r), Due: free, Blocking: true}}
		}
	}
	return nil
}

func checkConcurrent(h History, r policy.Rules) []domain.Finding {
	var out []domain.Finding
	if most := policy.ConcurrentMax.Of(r); h.Others+1 > most {
		out = append(out, domain.Finding{
			Key: "member.concurrent", Args: domain.Args{"most": most}, Basis: policy.ConcurrentMax.Cite(r),
		})
	}
	if most := policy.ConcurrentSameChair.Of(r); h.SameSeat+1 > most {
		out = append(out, domain.Finding{
			Key: "member.concurrent_same_chair", Args: domain.Args{"most": most}, Basis: policy.ConcurrentSameChair.Cite(r),
		})
	}
	return out
}

// CheckTerm warns when a term ends within the days given.
func CheckTerm(m Member, r policy.Rules, today calendar.Date, within int) []domain.Finding {
	if m.Until == "" || m.EndedOn != "" || today.DaysUntil(m.Until) > within || m.Until < today {
		return nil
	}
	return []domain.Finding{{Key: "member.term_ends", Basis: policy.TermMonthsMax.Cite(r), Due: m.Until, Subject: m.ID}}
}

// CheckAttendance flags a member who came to less than the share of the year's meetings (위원회조례 8의2①6): counted from the
// appointment, not with one meeting only, not with less than a year left.
func CheckAttendance(m Member, held, attended int, r policy.Rules, today calendar.Date) []domain.Finding {
	remainder := m.Until != "" && m.Until < today.AddMonths(policy.AttendanceRemainder.Of(r))
	if held <= 1 || remainder || policy.AttendanceLeast.Of(r).Holds(attended, held) {
		return nil
	}
	return []domain.Finding{{
		Key: "member.attendance", Args: domain.Args{"held": held, "attended": attended},
		Basis: policy.AttendanceLeast.Cite(r), Subject: m.ID,
	}}
}
