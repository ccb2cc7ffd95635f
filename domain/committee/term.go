package committee

import (
	"cmp"
	"slices"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// chain lists the person's terms as an appointed member of this committee that the new one continues (연임), latest
// first. A pause shorter than the one wanted after a dismissal (비위촉기간, 위원회조례 8③) does not break it.
func (a Appointment) chain(r policy.Rules) []Member {
	terms, first := a.terms(), a.Member.From
	for _, run := range slices.Backward(runs(terms)) {
		free := run.Until.AddDays(1)
		if free < first && free.AddMonths(policy.CoolingMonths.Of(r)) <= first {
			break
		}
		first = run.From
	}
	return slices.DeleteFunc(terms, func(m Member) bool { return m.From < first })
}

// terms lists the person's earlier terms as an appointed member of this committee, latest first, those that ended
// before they began left out. One that still holds over ends with this appointment.
func (a Appointment) terms() []Member {
	var out []Member
	for _, h := range a.here() {
		m := h.Member
		if m.holdsOver(a.Member.From) {
			m.EndedOn = a.Member.From
		}
		if h.Kind == Appointed && m.From < a.Member.From && m.LastDay() >= m.From {
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(a, b Member) int { return cmp.Compare(b.From, a.From) })
	return out
}

// checkCumulative holds the years without a real pause, the new term included, to the cap (위원회조례 8③: "6년을 초과하여 연임").
// Years that lie behind such a pause do not forbid the appointment, but are pointed out (위원회규칙 3 1호).
func checkCumulative(a Appointment, r policy.Rules) []domain.Finding {
	years := policy.CumulativeYearsMax.Of(r)
	out := domain.Finding{Args: domain.Args{"years": years}, Basis: policy.CumulativeYearsMax.Cite(r)}
	switch {
	case exceeds(append(a.chain(r), a.Member), years):
		out.Key, out.Blocking = "member.cumulative", true
	case exceeds(append(a.terms(), a.Member), years):
		out.Key = "member.cumulative_total"
	default:
		return nil
	}
	return []domain.Finding{out}
}

// exceeds reports whether terms add up to more than so many years. Days that two terms cover count once. Each
// unbroken run is measured by the calendar (역), so that terms in whole years add up to whole years; the odd days of
// several runs are added up at thirty to a month, as periods of service are.
func exceeds(terms []Member, years int) bool {
	total := 0
	for _, s := range runs(terms) {
		months, days := length(s)
		total += 30*months + days
	}
	return total > 30*12*years
}

// runs joins terms that touch or overlap.
func runs(terms []Member) []calendar.Span {
	terms = slices.SortedFunc(slices.Values(terms), func(a, b Member) int { return cmp.Compare(a.From, b.From) })
	var out []calendar.Span
	for _, m := range terms {
		if n := len(out) - 1; n >= 0 && m.From <= out[n].Until.AddDays(1) {
			out[n].Until = max(out[n].Until, m.LastDay())
			continue
		}
		out = append(out, calendar.Span{From: m.From, Until: m.LastDay()})
	}
	return out
}

// length is how many whole months a span has from its first day (민법 160), and the days left over.
func length(s calendar.Span) (months, days int) {
	after := s.Until.AddDays(1)
	for s.From.AddMonths(months+1) <= after {
		months++
	}
	return months, s.From.AddMonths(months).DaysUntil(after)
}

// CheckTerm warns when a term ends within the days given, and of a member who holds over after it.
func CheckTerm(m Member, r policy.Rules, today calendar.Date, within int) []domain.Finding {
	switch {
	case m.Until == "" || m.EndedOn != "":
		return nil
	case m.holdsOver(today):
		return []domain.Finding{{Key: "member.holdover", Basis: policy.Holdover.Cite(r), Due: m.Until, Subject: m.ID}}
	case m.Until < today || today.DaysUntil(m.Until) > within:
		return nil
	}
	return []domain.Finding{{Key: "member.term_ends", Basis: policy.TermMonthsMax.Cite(r), Due: m.Until, Subject: m.ID}}
}

// Grounds on which an appointment ends beside those of 위원회조례 8의2, which the pack lists.
const (
	GroundTerm  = "term"  // the successor of a member who held over has come
	GroundPost  = "post"  // the member has left the office with which the seat comes
	GroundDeath = "death" // 사망
)

// EndGrounds lists the codes on which an appointment to a seat of the kind can be ended by hand.
func EndGrounds(k SeatKind, r policy.Rules) []string {
	if k != Appointed {
		return []string{GroundPost, GroundDeath}
	}
	return append(slices.Clone(policy.DismissalGrounds.Of(r)), GroundDeath)
}

// isDismissal reports whether the ground is one of 위촉 해제, after which one has to wait for a new appointment.
func isDismissal(ground string) bool {
	return ground != GroundTerm && ground != GroundPost && ground != GroundDeath
}
