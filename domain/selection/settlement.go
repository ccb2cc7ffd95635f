package selection

import (
	"math/bits"
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// SettledItem is the use of one item of the budget, of the city's and the firm's money together, in won.
type SettledItem struct {
	Name       string `json:"name"`
	Budgeted   int64  `json:"budgeted"`
	Spent      int64  `json:"spent"`      // by the firm's account
	Recognised int64  `json:"recognised"` // of that; the rest is refused
	Reason     string `json:"reason"`     // of what is refused
}

// Settlement is the account of an agreement (정산) and what was decided on it.
type Settlement struct {
	Items     []SettledItem `json:"items"`
	Interest  int64         `json:"interest"` // that the city's money bore, all of it returned
	Verifier  string        `json:"verifier"` // who verified the account, where that is required
	FiledAt   time.Time     `json:"filedAt"`
	FiledBy   domain.ID     `json:"filedBy"`
	Judgement Judgement     `json:"judgement,omitempty"` // accepted: decided, with what is recognised; returned: to be filed anew
	Opinion   string        `json:"opinion,omitempty"`
	Late      int           `json:"late"` // percent that is cut since it came late
	Paid      int64         `json:"paid"` // until it was decided
	Sum       Sum           `json:"sum"`
	JudgedAt  *time.Time    `json:"judgedAt,omitempty"`
	JudgedBy  domain.ID     `json:"judgedBy,omitempty"`
	RefundOn  calendar.Date `json:"refundOn"` // when the firm returned what it owes; empty before
	RefundRef string        `json:"refundRef"`
}

// Sum is what a settlement comes to, in won.
type Sum struct {
	Spent      int64 `json:"spent"`
	Recognised int64 `json:"recognised"`
	Earned     int64 `json:"earned"`   // the city's share of what is recognised, after the cut
	Cut        int64 `json:"cut"`      // of its share, since the account came late
	Unspent    int64 `json:"unspent"`  // of what was paid: never used (집행잔액)
	Refused    int64 `json:"refused"`  // of what was paid: used, and not recognised (불인정액)
	Penalty    int64 `json:"penalty"`  // of what was paid: the cut
	Interest   int64 `json:"interest"` // 이자
	Return     int64 `json:"return"`   // unspent, refused, penalty and interest (반납액)
	Payable    int64 `json:"payable"`  // what the city still owes of the agreement
}

// Settle computes a settlement. The city bears its share of what is recognised, in the proportion of the agreement and rounded down,
// and never more than it agreed to; of that a late account loses so many percent, rounded down. What was paid above it is returned
// with the interest: in this order what was not used, what is refused, and what is cut.
func Settle(grant, own, paid, interest int64, items []SettledItem, late int) Sum {
	var out Sum
	for _, i := range items {
		out.Spent, out.Recognised = out.Spent+i.Spent, out.Recognised+i.Recognised
	}
	used, right := share(out.Spent, grant, own), share(out.Recognised, grant, own)
	out.Cut = right * int64(late) / FullScore
	out.Earned = right - out.Cut
	out.Unspent = paid - min(paid, used)
	out.Refused = min(paid, used) - min(paid, right)
	out.Penalty = min(paid, right) - min(paid, out.Earned)
	out.Interest = interest
	out.Return = out.Unspent + out.Refused + out.Penalty + interest
	out.Payable = max(out.Earned-paid, 0)
	return out
}

// share is the city's part of a cost, rounded down.
func share(cost, grant, own int64) int64 {
	if cost >= grant+own {
		return grant
	}
	hi, lo := bits.Mul64(uint64(cost), uint64(grant))
	part, _ := bits.Div64(hi, lo, uint64(grant+own)) // cost < grant+own keeps the quotient below grant
	return int64(part)
}

// LateCut is how many percent of its share a firm loses whose account of a day was due on another (지방보조금법 17, 령 9).
func LateCut(due, filed calendar.Date, r policy.Rules) int {
	days, cuts := policy.SettlementLateDays.Of(r), policy.SettlementLateCuts.Of(r)
	for i, from := range days { // the longest first
		if i < len(cuts) && due.DaysUntil(filed) >= from {
			return cuts[i]
		}
	}
	return 0
}

// CheckSettlement notes what is wrong with the account of a firm: each item of the budget once, nothing below zero; a verifier where
// the grant is large (지방보조금법 17②).
func (a Agreement) CheckSettlement(p *domain.Problems, s Settlement, r policy.Rules) {
	p.Check(len(s.Items) == len(a.Budget), "items", "settlement.items")
	for i, x := range s.Items {
		if i < len(a.Budget) {
			p.Check(x.Name == a.Budget[i].Name, "items", "settlement.items")
		}
		p.Check(x.Spent >= 0 && x.Spent <= maxWon, "items", "field.range")
	}
	p.Check(s.Interest >= 0 && s.Interest <= maxWon, "interest", "field.range")
	p.Text("verifier", s.Verifier, a.Grant >= int64(policy.SettlementVerifyWon.Of(r)), domain.MaxLine)
}

// FileSettlement adds the account of the firm. CodeConflict before the completion is accepted, while one waits, and once one was
// decided.
func (a Agreement) FileSettlement(s Settlement) (Agreement, error) {
	n := len(a.Settlements)
	if !a.Accepted(CompletionReport, 0) || a.Ended || a.stopped() || n > 0 && a.Settlements[n-1].Judgement != Returned {
		return a, domain.Conflict("agreement.not_now", nil)
	}
	for i, b := range a.Budget {
		s.Items[i].Budgeted, s.Items[i].Recognised, s.Items[i].Reason = b.Grant+b.Own, 0, ""
	}
	a.Settlements = append(slices.Clone(a.Settlements), s)
	return a, nil
}

// DecideSettlement decides on the account that waits: what is recognised of each item, never more than was spent or budgeted, with a
// reason for what is refused. CodeInvalid with what is wrong.
func (a Agreement) DecideSettlement(recognised []SettledItem, late int, opinion string, at time.Time, by domain.ID) (Agreement, error) {
	s, err := a.waiting()
	if err != nil {
		return a, err
	}
	var p domain.Problems
	p.Check(len(recognised) == len(s.Items), "items", "settlement.items")
	for i := range min(len(recognised), len(s.Items)) {
		x, to := recognised[i], &s.Items[i]
		p.Check(x.Recognised >= 0 && x.Recognised <= min(to.Spent, to.Budgeted), "items", "settlement.recognised")
		p.Text("items", x.Reason, x.Recognised < to.Spent, domain.MaxLine)
		to.Recognised, to.Reason = x.Recognised, x.Reason
	}
	if err := p.Err(); err != nil {
		return a, err
	}
	s.Judgement, s.Opinion, s.Late, s.JudgedAt, s.JudgedBy = Accepted, opinion, late, &at, by
	s.Paid = a.Paid()
	s.Sum = Settle(a.Grant, a.Own, s.Paid, s.Interest, s.Items, late)
	return a.settled(s), nil
}

// ReturnSettlement sends the account that waits back, to be filed anew. When it came first still counts for whether it is late.
func (a Agreement) ReturnSettlement(opinion string, at time.Time, by domain.ID) (Agreement, error) {
	s, err := a.waiting()
	if err != nil {
		return a, err
	}
	s.Judgement, s.Opinion, s.JudgedAt, s.JudgedBy = Returned, opinion, &at, by
	return a.settled(s), nil
}

// Refund records that the firm returned what it owes. CodeConflict when nothing is owed or it was returned.
func (a Agreement) Refund(on calendar.Date, ref string) (Agreement, error) {
	if a.owesRecovery() {
		return a.recovered(on, ref), nil
	}
	s := a.Settled()
	if s == nil || s.Sum.Return == 0 || s.RefundOn != "" {
		return a, domain.Conflict("agreement.nothing_waits", nil)
	}
	now := *s
	now.RefundOn, now.RefundRef = on, ref
	return a.settled(now), nil
}

func (a Agreement) waiting() (Settlement, error) {
	n := len(a.Settlements)
	if n == 0 || a.stopped() || a.Settlements[n-1].Judgement != "" {
		return Settlement{}, domain.Conflict("agreement.nothing_waits", nil)
	}
	s := a.Settlements[n-1]
	s.Items = slices.Clone(s.Items)
	return s, nil
}

func (a Agreement) settled(s Settlement) Agreement {
	a.Settlements = slices.Clone(a.Settlements)
	a.Settlements[len(a.Settlements)-1] = s
	return a
}

// Settled is the settlement that was decided, nil before.
func (a Agreement) Settled() *Settlement {
	if n := len(a.Settlements); n > 0 && a.Settlements[n-1].Judgement == Accepted {
		return &a.Settlements[n-1]
	}
	return nil
}
