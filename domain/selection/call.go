package selection

import (
	"cmp"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// CallState is where a call stands.
type CallState string

// The states of a call, in their order.
const (
	Drafting   CallState = "drafting"   // 공고 준비
	Open       CallState = "open"       // 접수
	Reviewing  CallState = "reviewing"  // 요건 검토
	Evaluating CallState = "evaluating" // 평가
	Ranked     CallState = "ranked"     // 심의ㆍ결재
	Announced  CallState = "announced"  // 결과 통지, 이의신청
	Final      CallState = "final"      // 확정, 협약
	Cancelled  CallState = "cancelled"
)

// Call is a call for proposals (공모).
type Call struct {
	ID          domain.ID  `json:"id"`
	Committee   domain.ID  `json:"committee"`
	Alliance    domain.ID  `json:"alliance"` // whose register of organisations applicants come from
	Year        int        `json:"year"`
	Number      int        `json:"number"` // 공고 제2026-3호; 0 before it is published
	Instrument  Instrument `json:"instrument"`
	Title       string     `json:"title"`
	Purpose     string     `json:"purpose"`
	Terms       Terms      `json:"terms"`
	Profile     Profile    `json:"profile"`
	ProfileHash string     `json:"profileHash,omitempty"` // once it is frozen
	Commitment  string     `json:"commitment,omitempty"`  // to the seed of draws, published with the call

	Conditions     Conditions `json:"-"`                        // as published; zero before
	ConditionsHash string     `json:"conditionsHash,omitempty"` // of them

	Seed     string    `json:"seed,omitempty"` // shown once the panel is drawn
	ClosesAt time.Time `json:"closesAt"`
	Short    string    `json:"short,omitempty"` // ground for a shorter call

	EvaluateBy calendar.Date `json:"evaluateBy,omitempty"` // last day to submit sheets; empty where none was set

	State       CallState  `json:"state"`
	OpenedAt    *time.Time `json:"openedAt,omitempty"`
	ClosedAt    *time.Time `json:"closedAt,omitempty"`
	RankedAt    *time.Time `json:"rankedAt,omitempty"`
	AnnouncedAt *time.Time `json:"announcedAt,omitempty"`
	FinalAt     *time.Time `json:"finalAt,omitempty"`
	Agenda      domain.ID  `json:"agenda,omitempty"`      // item on which its ranking stands
	Deliberated string     `json:"deliberated,omitempty"` // of the committee: number of its decision
	Subsidised  string     `json:"subsidised,omitempty"`  // of the 지방보조금관리위원회, where it is required
	Approval    string     `json:"approval,omitempty"`    // number of the document by which the head of the city decided
	Reason      string     `json:"reason,omitempty"`      // why it was cancelled
	Rules       string     `json:"rules,omitempty"`
	Version     int        `json:"version"`
}

// Terms are who may apply and for how much.
type Terms struct {
	Sizes    []string `json:"sizes"`    // size classes of companies that may apply; empty: every organisation
	Sectors  []string `json:"sectors"`  // one of which the applicant must have; empty: any
	Most     int64    `json:"most"`     // won for one application; 0: no ceiling
	OwnShare int      `json:"ownShare"` // least percent of the whole that the applicant pays
	Members  bool     `json:"members"`  // members of the alliance alone

	Classes    []Class  `json:"classes,omitempty"`    // what differs by size class
	Conditions []string `json:"conditions,omitempty"` // what else has to hold, for who reviews to confirm
	PerHead    int64    `json:"perHead,omitempty"`    // won for each head that the form counts; 0: no such ceiling
	Form       Form     `json:"form,omitzero"`        // what applicants fill in

	Programme    string        `json:"programme,omitempty"`    // code of what the call was drafted from
	Entitlements []Entitlement `json:"entitlements,omitempty"` // what outcomes entitle to
	ReserveDays  int           `json:"reserveDays,omitempty"`  // for how long the reserve holds after the result is final; 0: no limit
}

// Check notes what is wrong with a call, whatever its dates.
func (c Call) Check(p *domain.Problems) {
	p.Text("title", c.Title, true, domain.MaxLine)
	p.Text("purpose", c.Purpose, true, domain.MaxText)
	p.Text("short", c.Short, false, domain.MaxLine)
	domain.OneOf(p, "instrument", c.Instrument, Instruments()...)
	p.Check(!c.ClosesAt.IsZero(), "closesAt", "field.required")
	c.Terms.check(p)
	var of domain.Problems
	c.Profile.Check(&of)
	p.Within("profile", of)
}

// callDays is how long a call has to be open.
func (i Instrument) callDays() policy.Key[int] {
	if i == Research || i == Matching {
		return policy.CallDaysResearch
	}
	return policy.CallDays
}

// objectionDays is how long applicants may object to the result.
func (i Instrument) objectionDays() policy.Key[int] {
	switch i {
	case Subsidy:
		return policy.ObjectionDaysSubsidy
	case Research, Matching:
		return policy.ObjectionDaysResearch
	}
	return policy.ObjectionDays
}

// answerDays is how long the city has to answer an objection.
func (i Instrument) answerDays() policy.Key[int] {
	if i == Research || i == Matching {
		return policy.ObjectionAnswerResearch
	}
	return policy.ObjectionAnswer
}

// NeedsSubsidyCommittee reports whether the 지방보조금관리위원회 has to deliberate before the grant (지방보조금법 8②).
func (i Instrument) NeedsSubsidyCommittee() bool { return i == Subsidy }

// FirstClose is the first day on which a call may close that opens on the day, and the rule that says so.
func (c Call) FirstClose(opens calendar.Date, r policy.Rules) (calendar.Date, string) {
	key := c.Instrument.callDays()
	if c.Short != "" {
		return opens.AddDays(1), key.Cite(r)
	}
	return opens.AddDays(key.Of(r)), key.Cite(r)
}

// Publish opens the call at the instant and freezes its profile and the commitment to its seed. CodeRefused when it would
// close too soon (보조금조례 9, 혁신령 9).
func (c Call) Publish(now time.Time, commitment string, r policy.Rules) (Call, error) {
	if c.State != Drafting {
		return c, domain.Conflict("call.not_drafting", nil)
	}
	if first, basis := c.FirstClose(calendar.DateOf(now), r); calendar.DateOf(c.ClosesAt) < first {
		return c, domain.Refused("call.too_short", basis, domain.Args{"first": string(first)})
	}
	c.State, c.OpenedAt, c.Commitment, c.ProfileHash = Open, &now, commitment, c.Profile.Hash()
	return c, nil
}

// Takes reports whether an application that arrived at the instant is in time. One that arrives at the close is late. One
// that arrived before it counts although the call was closed while it waited for its turn.
func (c Call) Takes(arrived time.Time) bool {
	return (c.State == Open || c.State == Reviewing) && arrived.Before(c.ClosesAt)
}

// Close ends the time for applications. CodeConflict before its time.
func (c Call) Close(now time.Time) (Call, error) {
	if c.State != Open || now.Before(c.ClosesAt) {
		return c, domain.Conflict("call.not_due", nil)
	}
	c.State, c.ClosedAt = Reviewing, &now
	return c, nil
}

// Evaluate begins the evaluation once the panel is drawn; undecided is how many applications wait for the review of their
// eligibility, by is the last day to submit sheets, empty for none.
func (c Call) Evaluate(undecided int, by calendar.Date) (Call, error) {
	if c.State != Reviewing {
		return c, domain.Conflict("call.not_reviewing", nil)
	}
	if undecided > 0 {
		return c, domain.Conflict("call.undecided", domain.Args{"count": undecided})
	}
	c.State, c.EvaluateBy = Evaluating, by
	return c, nil
}

// RemindAt is when who has not submitted their sheets is reminded: at nine in the morning so many days before the last day to do
// so. It is zero where there is no such day, and when applications are looked at again after the announcement.
func (c Call) RemindAt(r policy.Rules) (time.Time, string) {
	if c.EvaluateBy == "" || c.AnnouncedAt != nil {
		return time.Time{}, ""
	}
	day := c.EvaluateBy.AddDays(-policy.EvaluationReminder.Of(r))
	return day.Time().Add(9 * time.Hour).UTC(), policy.EvaluationReminder.Cite(r)
}

// Rank ends the evaluation; missing is how many sheets have not been submitted.
func (c Call) Rank(missing int, now time.Time) (Call, error) {
	if c.State != Evaluating {
		return c, domain.Conflict("call.not_evaluating", nil)
	}
	if missing > 0 {
		return c, domain.Conflict("call.scores_missing", domain.Args{"count": missing})
	}
	c.State, c.RankedAt, c.Agenda = Ranked, &now, "" // another ranking goes on an item of its own
	return c, nil
}

// Gates are the decisions that a selection needs before it is announced.
type Gates struct {
	Deliberated string `json:"deliberated"` // number of the committee's decision
	Subsidised  string `json:"subsidised"`  // number of the decision of the 지방보조금관리위원회
	Approval    string `json:"approval"`    // number of the document of the head of the city
}

// Announce makes the selection known once every gate is passed. All that are missing are told at once.
func (c Call) Announce(g Gates, now time.Time) (Call, error) {
	if c.State != Ranked {
		return c, domain.Conflict("call.not_ranked", nil)
	}
	var p domain.Problems
	p.Text("deliberated", g.Deliberated, true, domain.MaxName)
	p.Text("subsidised", g.Subsidised, c.Instrument.NeedsSubsidyCommittee(), domain.MaxName)
	p.Text("approval", g.Approval, true, domain.MaxName)
	if err := p.Err(); err != nil {
		return c, err
	}
	c.State, c.AnnouncedAt = Announced, &now
	c.Deliberated, c.Subsidised, c.Approval = g.Deliberated, g.Subsidised, g.Approval
	return c, nil
}

// Reannounce makes a ranking known that replaces an announced one. The head of the city decides in any case; committee is whether
// the committee, and for a subsidy the 지방보조금관리위원회, has to deliberate again, else their first decision stands. turned is
// whether anybody's outcome changes: then applicants may object anew.
func (c Call) Reannounce(g Gates, committee, turned bool, now time.Time) (Call, error) {
	if c.State != Ranked || c.AnnouncedAt == nil {
		return c, domain.Conflict("call.not_ranked", nil)
	}
	var p domain.Problems
	p.Text("deliberated", g.Deliberated, committee, domain.MaxName)
	p.Text("subsidised", g.Subsidised, committee && c.Instrument.NeedsSubsidyCommittee(), domain.MaxName)
	p.Text("approval", g.Approval, true, domain.MaxName)
	if err := p.Err(); err != nil {
		return c, err
	}
	c.State, c.Approval = Announced, g.Approval
	c.Deliberated, c.Subsidised = cmp.Or(g.Deliberated, c.Deliberated), cmp.Or(g.Subsidised, c.Subsidised)
	if turned {
		c.AnnouncedAt = &now
	}
	return c, nil
}

// Gates are the decisions on which its result was announced.
func (c Call) Gates() Gates { return Gates{c.Deliberated, c.Subsidised, c.Approval} }

// ObjectUntil is the last day on which applicants may object, and the rule that says so; empty before the announcement.
func (c Call) ObjectUntil(r policy.Rules) (calendar.Date, string) {
	key := c.Instrument.objectionDays()
	if c.AnnouncedAt == nil {
		return "", key.Cite(r)
	}
	return c.ObjectAfter(*c.AnnouncedAt, r), key.Cite(r)
}

// ObjectAfter is the last day on which those may object who were told their outcome at the instant.
func (c Call) ObjectAfter(told time.Time, r policy.Rules) calendar.Date {
	return calendar.DateOf(told).AddDays(c.Instrument.objectionDays().Of(r))
}

// ObjectionBasis is the rule that says for how long one may object.
func (c Call) ObjectionBasis(r policy.Rules) string { return c.Instrument.objectionDays().Cite(r) }

// AnswerBy is the last day on which an objection of a day is to be answered, and the rule that says so.
func (c Call) AnswerBy(filed calendar.Date, r policy.Rules) (calendar.Date, string) {
	key := c.Instrument.answerDays()
	return filed.AddDays(key.Of(r)), key.Cite(r)
}

// Finish makes the result final when the time to object is over, every objection has its answer, and what was upheld has been
// taken into a ranking; open and undone are how many have not.
func (c Call) Finish(open, undone int, now time.Time, r policy.Rules) (Call, error) {
	if c.State != Announced {
		return c, domain.Conflict("call.not_announced", nil)
	}
	if until, basis := c.ObjectUntil(r); calendar.DateOf(now) <= until {
		return c, domain.Refused("call.objections_run", basis, domain.Args{"until": string(until)})
	}
	if open > 0 {
		return c, domain.Conflict("call.objections_open", domain.Args{"count": open})
	}
	if undone > 0 {
		return c, domain.Conflict("call.upheld_undone", domain.Args{"count": undone})
	}
	c.State, c.FinalAt = Final, &now
	return c, nil
}

// Cancel gives the call up before its result is announced.
func (c Call) Cancel(reason string) (Call, error) {
	if c.AnnouncedAt != nil || c.State == Cancelled {
		return c, domain.Conflict("call.over", nil)
	}
	c.State, c.Reason = Cancelled, reason
	return c, nil
}
