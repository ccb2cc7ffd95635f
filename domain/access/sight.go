package access

import "secretariat/domain"

// Sight is how much of an agenda item, and of everything that belongs to it, an actor may see.
type Sight string

// Hidden: not even that it exists. NumberOnly: its number and that it is withheld ("제척으로 열람할 수 없음"). Outline: number,
// title, kind and outcome, as published on the agenda. Full: everything, papers and statements included.
const (
	Hidden     Sight = "hidden"
	NumberOnly Sight = "number_only"
	Outline    Sight = "outline"
	Full       Sight = "full"
)

// See is the one visibility function: every page, list, search, count, export, document, mail and calendar asks it
// before it shows anything of an item. A recused member sees the number, where others see something, and nothing else
// until the record is published.
func See(by domain.Actor, f Facts) (Sight, Decision) {
	sight, d := seeUnrecused(by, f)
	_, seated := by.Seat(f.Committee)
	if !f.Recused || !seated || by.Kind == domain.ActorSystem || f.Published && !f.Confidential || sight == Hidden {
		return sight, d
	}
	return NumberOnly, Decision{Rule: "recused", Basis: "위원회조례 9"}
}

// seeUnrecused leaves recusal aside. Members see what has been announced; the chair, who convenes, what is to be.
func seeUnrecused(by domain.Actor, f Facts) (Sight, Decision) {
	seat, seated := by.Seat(f.Committee)
	switch {
	case by.Kind == domain.ActorSystem:
		return Full, Decision{Allowed: true, Rule: "system"}
	case by.Serves(f.Committee), by.Auditor:
		return Full, Decision{Allowed: true, Rule: "staff-or-auditor"}
	case seated && (f.Announced || seat.Chair):
		return Full, Decision{Allowed: true, Rule: "member"}
	case f.Confidential:
		return outlineIf(f.Published || f.Announced, "confidential", "정보공개법 9①")
	case f.Published:
		return Full, Decision{Allowed: true, Rule: "published", Basis: "열린시정조례 5①"}
	}
	return outlineIf(f.Announced, "announced", "위원회조례 10⑤")
}

func outlineIf(ok bool, rule, basis string) (Sight, Decision) {
	if ok {
		return Outline, Decision{Allowed: true, Rule: rule, Basis: basis}
	}
	return Hidden, Decision{Rule: rule, Basis: basis}
}
