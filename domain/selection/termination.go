package selection

import (
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// TerminationGround is why an agreement is ended before its time (해지 사유).
type TerminationGround string

// The grounds. Those of a fault are the first three.
const (
	OtherUse  TerminationGround = "other_use" // 다른 용도에 사용 (지방보조금법 12①1)
	Violation TerminationGround = "violation" // 법령ㆍ교부 결정ㆍ협약 위반 (12①2)
	Fraud     TerminationGround = "fraud"     // 거짓ㆍ부정한 방법 (12①3)
	Undoable  TerminationGround = "undoable"  // 수행 곤란 (12①4)
	Changed   TerminationGround = "changed"   // 사정 변경 (11)
	Abandoned TerminationGround = "abandoned" // 수행기관의 중단ㆍ폐지 요청 (15)
)

// TerminationGrounds lists them.
func TerminationGrounds() []TerminationGround {
	return []TerminationGround{OtherUse, Violation, Fraud, Undoable, Changed, Abandoned}
}

// Fault reports whether the firm is to blame, so that it may be kept from further calls (지방보조금법 32①).
func (g TerminationGround) Fault() bool { return g == OtherUse || g == Violation || g == Fraud }

// Basis is the article a ground rests on.
func (g TerminationGround) Basis() string {
	switch g {
	case OtherUse:
		return "지방보조금법 12①1"
	case Violation:
		return "지방보조금법 12①2"
	case Fraud:
		return "지방보조금법 12①3"
	case Undoable:
		return "지방보조금법 12①4"
	case Changed:
		return "지방보조금법 11"
	}
	return "지방보조금법 15"
}

// TerminationOutcome is what came of a notice that an agreement is to be ended.
type TerminationOutcome string

// The outcomes.
const (
	Terminated TerminationOutcome = "terminated" // 해지
	Dropped    TerminationOutcome = "dropped"    // 해지하지 않음
)

// Termination is a notice that an agreement is to be ended (해지 사전통지), what the firm says to it, and the decision.
type Termination struct {
	Ground     TerminationGround  `json:"ground"`
	Reason     string             `json:"reason"`
	Until      calendar.Date      `json:"until"` // last day for the opinion of the firm
	NotifiedAt time.Time          `json:"notifiedAt"`
	NotifiedBy domain.ID          `json:"notifiedBy"`
	Opinion    string             `json:"opinion,omitempty"`
	OpinionAt  *time.Time         `json:"opinionAt,omitempty"`
	OpinionBy  domain.ID          `json:"opinionBy,omitempty"`
	Outcome    TerminationOutcome `json:"outcome,omitempty"`
	Answer     string             `json:"answer,omitempty"`   // reasons of the decision, the opinion considered
	Document   string             `json:"document,omitempty"` // by which the head of the city decided
	Paid       int64              `json:"paid"`               // won, until the decision
	Recognised int64              `json:"recognised"`         // of that: rightly used
	Interest   int64              `json:"interest"`           // that the city's money bore
	Recovery   int64              `json:"recovery"`           // 환수액
	BarYears   int                `json:"barYears"`           // kept from calls; 0: not
	DecidedAt  *time.Time         `json:"decidedAt,omitempty"`
	DecidedBy  domain.ID          `json:"decidedBy,omitempty"`
	RefundOn   calendar.Date      `json:"refundOn,omitempty"`
	RefundRef  string             `json:"refundRef,omitempty"`
}

// Recovery is what a firm returns of an agreement that was ended: what it was paid less what was rightly used, and the interest.
func Recovery(paid, recognised, interest int64) int64 { return paid - recognised + interest }

// pendingTermination is the notice that waits for its decision, -1 for none.
func (a Agreement) pendingTermination() int {
	n := len(a.Terminations) - 1
	if n >= 0 && a.Terminations[n].Outcome == "" {
		return n
	}
	return -1
}

// Terminating is the notice that waits for its decision, nil for none. While it does, nothing is paid, changed or settled.
func (a Agreement) Terminating() *Termination {
	if n := a.pendingTermination(); n >= 0 {
		return &a.Terminations[n]
	}
	return nil
}

// Termination is the decision by which the agreement was ended, nil when it was not.
func (a Agreement) Termination() *Termination {
	if n := len(a.Terminations) - 1; n >= 0 && a.Terminations[n].Outcome == Terminated {
		return &a.Terminations[n]
	}
	return nil
}

// stopped reports whether the money of the agreement stands still: it is being ended or was.
func (a Agreement) stopped() bool { return a.Terminating() != nil || a.Termination() != nil }

// OpinionUntil is the first day that may be set for the firm's opinion (행정절차법 21③), and the rule.
func OpinionUntil(today calendar.Date, r policy.Rules) (calendar.Date, string) {
	return today.AddDays(policy.OpinionDays.Of(r)), policy.OpinionDays.Cite(r)
}

// NotifyTermination adds a notice. CodeConflict for an agreement that is over, settled, or being ended already; CodeInvalid when the
// firm would have too little time, which it needs unless it asked for the end itself.
func (a Agreement) NotifyTermination(x Termination, today calendar.Date, r policy.Rules) (Agreement, error) {
	if a.Ended || a.Settled() != nil || a.stopped() {
		return a, domain.Conflict("agreement.not_now", nil)
	}
	var p domain.Problems
	domain.OneOf(&p, "ground", x.Ground, TerminationGrounds()...)
	p.Text("reason", x.Reason, true, domain.MaxText)
	first, _ := OpinionUntil(today, r)
	if x.Ground == Abandoned {
		first = today
	}
	if !x.Until.Valid() || x.Until < first {
		p.Add("until", "termination.until", domain.Args{"first": string(first)})
	}
	if err := p.Err(); err != nil {
		return a, err
	}
	a.Terminations = append(slices.Clone(a.Terminations), x)
	return a, nil
}

// Oppose keeps what the firm says to the notice, once and until the day it was given.
func (a Agreement) Oppose(opinion string, at time.Time, by domain.ID) (Agreement, error) {
	n := a.pendingTermination()
	if n < 0 || a.Terminations[n].OpinionAt != nil || calendar.DateOf(at) > a.Terminations[n].Until {
		return a, domain.Conflict("termination.no_opinion", nil)
	}
	a.Terminations = slices.Clone(a.Terminations)
	x := &a.Terminations[n]
	x.Opinion, x.OpinionAt, x.OpinionBy = opinion, &at, by
	return a, nil
}

// TerminationDecision is what is decided on a notice.
type TerminationDecision struct {
	Drop       bool   // the agreement goes on
	Answer     string // reasons
	Document   string
	Recognised int64
	Interest   int64
	BarYears   int
}

// Decidable reports whether the agreement may be ended on a day: the firm has spoken, its time is over, or it asked for the end itself.
func (x Termination) Decidable(today calendar.Date) bool {
	return x.OpinionAt != nil || x.Ground == Abandoned || today > x.Until
}

// DecideTermination ends the agreement, or drops the notice, which may be done at any time. CodeConflict while the firm may still
// speak, CodeInvalid with everything that is wrong: nothing is recognised of money that was got by deceit, and only who is to blame is
// kept from calls.
func (a Agreement) DecideTermination(d TerminationDecision, at time.Time, by domain.ID, r policy.Rules) (Agreement, error) {
	n := a.pendingTermination()
	if n < 0 {
		return a, domain.Conflict("agreement.nothing_waits", nil)
	}
	x := a.Terminations[n]
	if !d.Drop && !x.Decidable(calendar.DateOf(at)) {
		return a, domain.Conflict("termination.opinion_open", domain.Args{"until": string(x.Until)})
	}
	x.Paid = a.Paid()
	if err := d.check(x, r); err != nil {
		return a, err
	}
	x.Outcome, x.Answer, x.DecidedAt, x.DecidedBy = Dropped, d.Answer, &at, by
	if !d.Drop {
		x.Outcome, x.Document, x.Recognised, x.Interest, x.BarYears = Terminated, d.Document, d.Recognised, d.Interest, d.BarYears
		x.Recovery = Recovery(x.Paid, x.Recognised, x.Interest)
	}
	if x.BarYears > 0 {
		a.Barred = calendar.DateOf(at).AddYears(x.BarYears)
	}
	a.Terminations = slices.Clone(a.Terminations)
	a.Terminations[n] = x
	return a, nil
}

func (d TerminationDecision) check(x Termination, r policy.Rules) error {
	var p domain.Problems
	p.Text("answer", d.Answer, true, domain.MaxText)
	if d.Drop {
		return p.Err()
	}
	p.Text("document", d.Document, true, domain.MaxName)
	most := x.Paid
	if x.Ground == Fraud {
		most = 0
	}
	if d.Recognised < 0 || d.Recognised > most {
		p.Add("recognised", "termination.recognised", domain.Args{"most": most})
	}
	p.Check(d.Interest >= 0 && d.Interest <= maxWon, "interest", "field.range")
	bar := d.BarYears == 0 || x.Ground.Fault() && slices.Contains(policy.BarYears.Of(r), d.BarYears)
	p.Check(bar, "barYears", "termination.bar")
	return p.Err()
}

// owesRecovery reports whether the firm has not returned yet what an ended agreement owes.
func (a Agreement) owesRecovery() bool {
	x := a.Termination()
	return x != nil && x.Recovery > 0 && x.RefundOn == ""
}

// recovered records that the firm returned it.
func (a Agreement) recovered(on calendar.Date, ref string) Agreement {
	a.Terminations = slices.Clone(a.Terminations)
	x := &a.Terminations[len(a.Terminations)-1]
	x.RefundOn, x.RefundRef = on, ref
	return a
}

// Costs is what the place of an agreement takes of the budget of its call: the grant, or what stays with the firm when it was ended.
func (a Agreement) Costs() int64 {
	if x := a.Termination(); x != nil {
		return x.Recognised
	}
	return a.Grant
}
