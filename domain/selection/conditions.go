package selection

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// Conditions are everything that decides a call (공고 조건), as they stood when it was published: nobody can change who may apply, what
// is asked, how it is scored or what follows from a result without the hash becoming another one.
type Conditions struct {
	Call        domain.ID  `json:"call"`
	Year        int        `json:"year"`
	Number      int        `json:"number"`
	Programme   string     `json:"programme"` // code; empty where the call was drafted from none
	Instrument  Instrument `json:"instrument"`
	Title       string     `json:"title"`
	Purpose     string     `json:"purpose"`
	Opens       time.Time  `json:"opens"`
	Closes      time.Time  `json:"closes"`
	Short       string     `json:"short"` // ground for a shorter call
	Terms       Terms      `json:"terms"` // with the application form in full
	Profile     Profile    `json:"profile"`
	Ties        []Tie      `json:"ties"` // in the order in which they are looked at
	Periods     Periods    `json:"periods"`
	NeedsSecond bool       `json:"needsSubsidyCommittee"` // 지방보조금관리위원회
	Commitment  string     `json:"commitment"`            // to the seed of draws
	Rules       string     `json:"rules"`                 // hash of the rules of law it was published under
}

// Periods are the days of a call that follow from its instrument and the rules it was published under.
type Periods struct {
	Objection int `json:"objection"` // to object, from the announcement
	Answer    int `json:"answer"`    // to answer an objection
	Agreement int `json:"agreement"` // to sign the agreement, from the day it is due to a place
}

// Ties lists what breaks a tie, in its order.
func Ties() []Tie { return []Tie{TieCriterion, TieBonus, TieAmount, TieLottery} }

// Hash is the SHA-256 of the conditions' JSON, whose fields have one order.
func (c Conditions) Hash() string {
	raw, err := json.Marshal(c)
	if err != nil { // conditions have nothing that JSON cannot write
		return ""
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// Freeze keeps the conditions of a call that was just published, and their hash.
func (c Call) Freeze(r policy.Rules) Call {
	c.Conditions = c.conditions()
	c.Conditions.Periods = Periods{
		Objection: c.Instrument.objectionDays().Of(r), Answer: c.Instrument.answerDays().Of(r), Agreement: policy.AgreementDays.Of(r),
	}
	c.ConditionsHash = c.Conditions.Hash()
	return c
}

// conditions are those of the call as it stands, without the periods.
func (c Call) conditions() Conditions {
	out := Conditions{
		Call: c.ID, Year: c.Year, Number: c.Number, Programme: c.Terms.Programme, Instrument: c.Instrument, Title: c.Title,
		Purpose: c.Purpose, Closes: c.ClosesAt.UTC(), Short: c.Short, Terms: c.Terms, Profile: c.Profile, Ties: Ties(),
		NeedsSecond: c.Instrument.NeedsSubsidyCommittee(), Commitment: c.Commitment, Rules: c.Rules,
	}
	out.Terms.Form = c.Terms.ApplicationForm()
	if c.OpenedAt != nil {
		out.Opens = c.OpenedAt.UTC()
	}
	return out
}

// Intact reports whether a published call is still decided by the conditions it was published with.
func (c Call) Intact() bool {
	now := c.conditions()
	now.Periods = c.Conditions.Periods
	return c.Conditions.Hash() == c.ConditionsHash && now.Hash() == c.ConditionsHash
}

// bind reports whether they are the conditions of a record: those of its call, with its scoring and the commitment to its seed.
func (c Conditions) bind(r Record) bool {
	return c.Hash() == r.ConditionsHash && c.Call == r.Call && c.Profile.Hash() == r.ProfileHash && c.Commitment == r.Commitment
}

// Entitlement is what an outcome entitles to (선정자와 예비 순위자의 지원 내용).
type Entitlement struct {
	Outcome Outcome `json:"outcome"` // selected or reserved
	Text    string  `json:"text"`
}

// Entitled is what an outcome entitles to; empty when the call does not say.
func (t Terms) Entitled(o Outcome) string {
	for _, e := range t.Entitlements {
		if e.Outcome == o {
			return e.Text
		}
	}
	return ""
}

func (t Terms) checkEntitlements(p *domain.Problems) {
	seen := map[Outcome]bool{}
	for _, e := range t.Entitlements {
		domain.OneOf(p, "entitlements", e.Outcome, Selected, Reserved)
		p.Text("entitlements", e.Text, true, domain.MaxLine)
		p.Check(!seen[e.Outcome], "entitlements", "field.range")
		seen[e.Outcome] = true
	}
	within(p, "reserveDays", t.ReserveDays, 0, maxReserveDays)
}

// ReserveHolds reports whether who is in reserve may still move up on a day.
func (c Call) ReserveHolds(today calendar.Date) bool {
	return c.FinalAt != nil && (c.Terms.ReserveDays == 0 || today <= calendar.DateOf(*c.FinalAt).AddDays(c.Terms.ReserveDays))
}

// AgreeBy is the last day to sign the agreement on a place: from the final result, and for who moved up from the reserve from then.
func (c Call) AgreeBy(x Application, r policy.Rules) calendar.Date {
	from := *c.FinalAt
	if x.PromotedAt != nil {
		from = *x.PromotedAt
	}
	return calendar.DateOf(from).AddDays(policy.AgreementDays.Of(r))
}

// maxReserveDays is how long a place in reserve holds at most, in days.
const maxReserveDays = 1000
