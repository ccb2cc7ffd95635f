package committee

import (
	"slices"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// Body is a committee as the caps on concurrent seats see it; a 분과위원회 counts with the committee it belongs to.
type Body struct {
	ID        domain.ID
	Standing  bool // otherwise dissolved after its item, and not counted (위원회조례 8③3호)
	State     State
	ChairPost string // the post whose holder is in the chair; empty when the chair comes with none
}

// Held is one of a person's appointments.
type Held struct {
	Member Member
	Kind   SeatKind
	Body   Body
}

// Appointment is an appointment to be made, with what the rules about it look at.
type Appointment struct {
	Committee Committee
	Body      Body
	Seat      Seat
	Member    Member
	Seated    []Member // everybody who was ever appointed to the seat
	Held      []Held   // the person's appointments in all committees
}

// Codes of 위원회조례 8③ 단서, as member.cap_exceptions lists them.
const (
	exceptCouncil    = "council_nominated"
	exceptScarce     = "scarce_specialty"
	exceptSingleItem = "single_item"
)

// Taken reports whether somebody sits in the seat on a day of the new term.
func (a Appointment) Taken() bool { return slices.ContainsFunc(a.Seated, a.Member.Overlaps) }

// Replaced lists the appointments that hold over and end when this one begins: the predecessor's in the seat, and the
// person's own in the committee.
func (a Appointment) Replaced() []Member {
	var out []Member
	for _, m := range a.Seated {
		if m.holdsOver(a.Member.From) {
			out = append(out, m)
		}
	}
	for _, h := range a.here() {
		if h.Member.Seat != a.Seat.ID && h.Member.holdsOver(a.Member.From) {
			out = append(out, h.Member)
		}
	}
	return out
}

func (m Member) holdsOver(day calendar.Date) bool { return m.Serves(day) && !m.covers(day) }

// here lists the person's appointments in this committee.
func (a Appointment) here() []Held {
	var out []Held
	for _, h := range a.Held {
		if h.Member.Committee == a.Committee.ID {
			out = append(out, h)
		}
	}
	return out
}

// Complete fills in what the rules give an appointment: the last day where none was chosen, whether it holds over,
// and how often the person was reappointed. Only appointed members (위촉직) have a term; the others serve while in post.
func (a Appointment) Complete(r policy.Rules) Member {
	m := a.Member
	if a.Seat.Kind != Appointed {
		return m
	}
	m.Holdover = policy.Holdover.Of(r)
	m.Reappointments = len(a.chain(r))
	if m.Until != "" {
		return m
	}
	if until, ok := a.remainder(r); ok {
		m.Until = until
		return m
	}
	months := policy.TermMonthsUsual
	if a.Committee.Parent != "" {
		months = policy.SubcommitteeTerm
	}
	m.Until = m.From.AddMonths(months.Of(r)).AddDays(-1)
	return m
}

// remainder is the last day of what a predecessor who left early had of the term, where a replacement serves just that.
func (a Appointment) remainder(r policy.Rules) (calendar.Date, bool) {
	if policy.ReplacementTerm.Of(r) != policy.TermRemainder {
		return "", false
	}
	var before Member
	for _, m := range a.Seated {
		if m.From < a.Member.From && m.From > before.From {
			before = m
		}
	}
	left := before.EndedOn != "" && before.EndedOn <= a.Member.From && before.Until >= a.Member.From
	return before.Until, left
}

// CheckAppointment finds what speaks against an appointment, which Complete has filled in. The caps of 위원회조례 8③ are
// lifted by its exceptions as far as the pack lists them: a councillor nominated by the council, a scarce specialty
// with its reason, a committee that is dissolved after its item.
func CheckAppointment(a Appointment, r policy.Rules) []domain.Finding {
	var out []domain.Finding
	if slices.ContainsFunc(a.here(), func(h Held) bool { return h.Member.Overlaps(a.Member) }) {
		out = append(out, domain.Finding{Key: "member.serves_already", Basis: policy.SizeMax.Cite(r), Blocking: true})
	}
	if a.Seat.Kind != Appointed {
		return out
	}
	out = append(out, checkLength(a, r)...)
	out = append(out, checkReappointment(a, r)...)
	if !a.excepted(r) {
		out = append(out, checkCooling(a, r)...)
		out = append(out, checkCumulative(a, r)...)
		out = append(out, checkConcurrent(a, r)...)
	}
	return append(out, checkConsultation(a, r)...)
}

func (a Appointment) excepted(r policy.Rules) bool {
	holds := map[string]bool{
		exceptCouncil:    a.Member.CouncilNominated,
		exceptScarce:     a.Member.ScarceSpecialty != "",
		exceptSingleItem: !a.Body.Standing,
	}
	return slices.ContainsFunc(policy.CapExceptions.Of(r), func(code string) bool { return holds[code] })
}

// checkLength holds the term to its maximum (위원회조례 8②), and a replacement's to what the predecessor had left where
// the pack says so.
func checkLength(a Appointment, r policy.Rules) []domain.Finding {
	m, most := a.Member, policy.TermMonthsMax
	if a.Committee.Parent != "" {
		most = policy.SubcommitteeTerm
	}
	if m.Until == "" || m.Until < m.From || m.Until >= m.From.AddMonths(most.Of(r)) {
		return []domain.Finding{{
			Key: "member.term_length", Args: domain.Args{"months": most.Of(r)}, Basis: most.Cite(r), Blocking: true,
		}}
	}
	if until, ok := a.remainder(r); ok && m.Until != until {
		return []domain.Finding{{
			Key: "member.term_remainder", Basis: policy.ReplacementTerm.Cite(r), Due: until, Blocking: true,
		}}
	}
	return nil
}

func checkReappointment(a Appointment, r policy.Rules) []domain.Finding {
	most := policy.ReappointmentsMax
	if a.Committee.Parent != "" {
		most = policy.SubcommitteeRenew
	}
	if a.Member.Reappointments <= most.Of(r) {
		return nil
	}
	return []domain.Finding{{
		Key: "member.reappointments", Args: domain.Args{"most": most.Of(r)}, Basis: most.Cite(r), Blocking: true,
	}}
}

// checkCooling wants a year between a dismissal (위촉 해제) and a new appointment (위원회조례 8③).
func checkCooling(a Appointment, r policy.Rules) []domain.Finding {
	var free calendar.Date
	for _, h := range a.here() {
		m := h.Member
		ended := m.EndedOn != "" && m.EndedOn <= a.Member.From
		if h.Kind == Appointed && ended && isDismissal(m.EndGround) {
			free = max(free, m.EndedOn.AddMonths(policy.CoolingMonths.Of(r)))
		}
	}
	if a.Member.From >= free {
		return nil
	}
	return []domain.Finding{{Key: "member.cooling", Basis: policy.CoolingMonths.Cite(r), Due: free, Blocking: true}}
}

// checkConcurrent warns of too many committees at once (위원회조례 8③). It only warns, since the city has committees that
// are not kept here.
func checkConcurrent(a Appointment, r policy.Rules) []domain.Finding {
	all, same := a.concurrent()
	var out []domain.Finding
	if most := policy.ConcurrentMax.Of(r); all > most {
		out = append(out, domain.Finding{
			Key: "member.concurrent", Args: domain.Args{"most": most}, Basis: policy.ConcurrentMax.Cite(r),
		})
	}
	if most := policy.ConcurrentSameChair.Of(r); same > most {
		out = append(out, domain.Finding{
			Key: "member.concurrent_same_chair", Args: domain.Args{"most": most}, Basis: policy.ConcurrentSameChair.Cite(r),
		})
	}
	return out
}

// concurrent is the greatest number of committees in which the person is an appointed member on one day of the new
// term, this one included, and of committees whose chair holds the same post as this one's.
func (a Appointment) concurrent() (all, same int) {
	days := []calendar.Date{a.Member.From}
	for _, h := range a.Held {
		if a.Member.covers(h.Member.From) {
			days = append(days, h.Member.From)
		}
	}
	for _, day := range days {
		n, under := a.bodiesOn(day)
		all, same = max(all, n), max(same, under)
	}
	return all, same
}

func (a Appointment) bodiesOn(day calendar.Date) (all, same int) {
	bodies := map[domain.ID]Body{a.Body.ID: a.Body}
	for _, h := range a.Held {
		if h.Kind == Appointed && h.Body.Standing && h.Body.State != Dissolved && h.Member.Serves(day) {
			bodies[h.Body.ID] = h.Body
		}
	}
	for _, b := range bodies {
		if b.ChairPost != "" && b.ChairPost == a.Body.ChairPost {
			same++
		}
	}
	return len(bodies), same
}

// checkConsultation reminds of the consultation with the 총괄부서 that has to come before the appointment (위원회조례 8③).
func checkConsultation(a Appointment, r policy.Rules) []domain.Finding {
	on := a.Member.ConsultedOn
	if !policy.PriorConsultation.Of(r) || on != "" && on <= a.Member.From {
		return nil
	}
	return []domain.Finding{{Key: "member.consultation", Basis: policy.PriorConsultation.Cite(r), Due: a.Member.From}}
}
