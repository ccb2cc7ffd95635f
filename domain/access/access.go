// Package access is the one policy of who may do and see what. Everything is denied that no rule allows; each rule
// has a name and its legal basis.
package access

import "secretariat/domain"

// Facts are what the decision depends on beside the actor.
type Facts struct {
	Committee    domain.ID
	Organisation domain.ID // of the alliance, whose own affair it is
	Presiding    domain.ID // member in the chair of this meeting, when it is not the chair
	Self         bool      // the act is on the actor's own behalf (own vote, own signature ...)
	Recused      bool      // the actor is recused for the item, or challenged and pending
	Confidential bool      // the item or paper is confidential
	Published    bool      // it has been published
	Evaluator    bool      // the actor sits on the panel of the call
	Owner        bool      // the actor acts for the department whose affair it is
	Council      bool      // the actor sits in the policy council of the alliance
	Announced    bool      // the meeting has been convened, so its agenda is known
}

// Decision is the answer of the policy.
type Decision struct {
	Allowed bool
	Rule    string // name of the rule that decided
	Basis   string // its legal source
}

// Err is nil when allowed, else a CodeForbidden error naming rule and basis.
func (d Decision) Err() error {
	if d.Allowed {
		return nil
	}
	return domain.Forbidden(d.Rule, d.Basis)
}

// Can decides whether the actor may do the action (operation name, noun.verb).
func Can(by domain.Actor, action string, f Facts) Decision {
	r, known := rules[action]
	if !known {
		return Decision{Rule: "no-rule"}
	}
	if r.notRecused && f.Recused {
		return Decision{Rule: "recused", Basis: "위원회조례 9"}
	}
	for _, w := range r.who {
		if w.holds(by, f) {
			return Decision{Allowed: true, Rule: string(w), Basis: r.basis}
		}
	}
	return Decision{Rule: action, Basis: r.basis}
}

// Actions lists every action that has a rule.
func Actions() []string {
	out := make([]string, 0, len(rules))
	for a := range rules {
		out = append(out, a)
	}
	return out
}

// who is a class of actors.
type who string

const (
	anyone    who = "anyone"
	signedIn  who = "signed-in"
	admin     who = "admin"
	auditor   who = "auditor"
	system    who = "system"
	secretary who = "secretary" // 간사 of the committee
	staff     who = "staff"     // 간사 or 서기 of the committee
	chair     who = "chair"     // chair of the committee, or who presides at the meeting
	member    who = "member"    // any member in office
	self      who = "self"      // the member, on the member's own behalf
	informed  who = "informed"  // a member, once it is announced
	reader    who = "reader"    // anybody, once it is published
	evaluator who = "evaluator" // who sits on the panel of the call
	owner     who = "owner"     // who acts for the department that owns it
	council   who = "council"   // who sits in the policy council of the alliance
	partner   who = "partner"   // anybody of the organisation
	submitter who = "submitter" // who may submit in the organisation's name
	manager   who = "manager"   // who looks after the organisation's entry and its people
)

func (w who) holds(by domain.Actor, f Facts) bool {
	seat, seated := by.Seat(f.Committee)
	place, works := by.Works(f.Organisation)
	switch w {
	case anyone:
		return true
	case signedIn:
		return by.Kind == domain.ActorPerson
	case admin:
		return by.Admin
	case auditor:
		return by.Auditor
	case system:
		return by.Kind == domain.ActorSystem
	case secretary:
		return serves(by, f.Committee, false)
	case staff:
		return serves(by, f.Committee, true)
	case chair:
		return seated && (seat.Chair || f.Presiding != "" && f.Presiding == seat.Member)
	case member:
		return seated
	case self:
		return seated && f.Self
	case informed:
		return seated && f.Announced
	case reader:
		return f.Published
	case evaluator:
		return by.Kind == domain.ActorPerson && f.Evaluator
	case owner:
		return by.Kind == domain.ActorPerson && f.Owner
	case council:
		return by.Kind == domain.ActorPerson && f.Council
	case partner:
		return works
	case submitter:
		return works && place.Submits
	case manager:
		return works && place.Manages
	}
	return false
}

func serves(by domain.Actor, committee domain.ID, orClerk bool) bool {
	for _, s := range by.Staff {
		if s.Committee == committee && (orClerk || !s.Clerk) {
			return true
		}
	}
	return false
}

type rule struct {
	who        []who
	basis      string
	notRecused bool
}
