package selection

import (
	"slices"
	"time"

	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// DutyKind is what a firm owes under its agreement.
type DutyKind string

// The duties.
const (
	OwesProgress   DutyKind = "progress"
	OwesCompletion DutyKind = "completion"
	OwesSettlement DutyKind = "settlement"
	OwesAudit      DutyKind = "audit"
	OwesRefund     DutyKind = "refund"
	OwesOutcome    DutyKind = "outcome"
)

// Duty is one thing that is owed, by when, and by which rule.
type Duty struct {
	Kind  DutyKind      `json:"kind"`
	Year  int           `json:"year"` // of an outcome report, from 1
	Due   calendar.Date `json:"due"`
	Basis string        `json:"basis"`
}

// AgreementStage is where an agreement stands.
type AgreementStage string

// The stages of an agreement, in their order.
const (
	Performing AgreementStage = "performing" // 수행
	Reporting  AgreementStage = "reporting"  // 완료보고
	Settling   AgreementStage = "settling"   // 정산
	Refunding  AgreementStage = "refunding"  // 반납
	Following  AgreementStage = "following"  // 성과보고
	Over       AgreementStage = "over"       // 종료
	Ending     AgreementStage = "ending"     // 해지 절차
	Broken     AgreementStage = "terminated" // 해지
)

// Stage says where an agreement stands on a day.
func (a Agreement) Stage(today calendar.Date) AgreementStage {
	s := a.Settled()
	switch {
	case a.owesRecovery():
		return Refunding
	case a.Termination() != nil:
		return Broken
	case a.Ended:
		return Over
	case a.Terminating() != nil:
		return Ending
	case s != nil && s.Sum.Return > 0 && s.RefundOn == "":
		return Refunding
	case s != nil:
		return Following
	case a.Accepted(CompletionReport, 0):
		return Settling
	case today > a.Ends || a.Pending(CompletionReport, 0):
		return Reporting
	}
	return Performing
}

// SettlementDue is the last day for the account of an agreement, and the rule.
func (a Agreement) SettlementDue(i Instrument, r policy.Rules) (calendar.Date, string) {
	if i == Research || i == Matching {
		return a.Ends.AddMonths(policy.SettlementMonthsResearch.Of(r)), policy.SettlementMonthsResearch.Cite(r)
	}
	return a.Ends.AddMonths(policy.SettlementMonths.Of(r)), policy.SettlementMonths.Cite(r)
}

func (a Agreement) completionDue(i Instrument, r policy.Rules) (calendar.Date, string) {
	if i == Research || i == Matching {
		return a.Ends.AddDays(policy.CompletionDaysResearch.Of(r)), policy.CompletionDaysResearch.Cite(r)
	}
	return a.Ends.AddMonths(policy.SettlementMonths.Of(r)), policy.SettlementMonths.Cite(r)
}

// OutcomeYears is for how many years after the end outcomes are reported.
func OutcomeYears(i Instrument, r policy.Rules) (int, string) {
	if i == Research || i == Matching {
		return policy.OutcomeYearsResearch.Of(r), policy.OutcomeYearsResearch.Cite(r)
	}
	return policy.OutcomeYears.Of(r), policy.OutcomeYears.Cite(r)
}

// Duties lists what a firm owes that it has not done, the soonest first. yearly is what the firm gets in the year from all its
// agreements, by which the audit is due (지방보조금법 18). What waits for the city is not owed.
func (a Agreement) Duties(i Instrument, yearly int64, r policy.Rules) []Duty {
	out := []Duty{}
	add := func(kind DutyKind, year int, due calendar.Date, basis string) {
		out = append(out, Duty{kind, year, due, basis})
	}
	done := func(k ReportKind, year int) bool { return a.Accepted(k, year) || a.Pending(k, year) }
	if x := a.Termination(); a.Ended || x != nil {
		if a.owesRecovery() {
			add(OwesRefund, 0, calendar.DateOf(*x.DecidedAt).AddDays(policy.RefundDays.Of(r)), policy.RefundDays.Cite(r))
		}
		return out
	}
	if a.ProgressDue != "" && !done(ProgressReport, 0) && !done(CompletionReport, 0) {
		add(OwesProgress, 0, a.ProgressDue, policy.ProgressCheck.Cite(r))
	}
	if due, basis := a.completionDue(i, r); !done(CompletionReport, 0) {
		add(OwesCompletion, 0, due, basis)
	}
	if n := len(a.Settlements); n == 0 || a.Settlements[n-1].Judgement == Returned {
		due, basis := a.SettlementDue(i, r)
		add(OwesSettlement, 0, due, basis)
	}
	if yearly >= int64(policy.AuditWon.Of(r)) && !done(AuditReport, 0) {
		end := calendar.Date(a.Ends[:4] + "-12-31")
		add(OwesAudit, 0, end.AddMonths(policy.AuditMonths.Of(r)), policy.AuditMonths.Cite(r))
	}
	a.after(i, r, done, add)
	slices.SortStableFunc(out, func(x, y Duty) int { return x.Due.DaysUntil(y.Due) * -1 })
	return out
}

// after adds what is owed once it is settled.
func (a Agreement) after(
	i Instrument, r policy.Rules, done func(ReportKind, int) bool, add func(DutyKind, int, calendar.Date, string),
) {
	s := a.Settled()
	if s == nil {
		return
	}
	if s.Sum.Return > 0 && s.RefundOn == "" {
		due := calendar.DateOf(*s.JudgedAt).AddDays(policy.RefundDays.Of(r))
		add(OwesRefund, 0, due, policy.RefundDays.Cite(r))
	}
	years, basis := OutcomeYears(i, r)
	for y := 1; y <= years; y++ {
		if !done(OutcomeReport, y) {
			add(OwesOutcome, y, a.Ends.AddYears(y), basis)
		}
	}
}

// End ends an agreement of which nothing is open: it was terminated and nothing is to be returned any more; or it is settled, what was to be returned is, and every outcome was accepted.
func (a Agreement) End(i Instrument, r policy.Rules) Agreement {
	s := a.Settled()
	years, _ := OutcomeYears(i, r)
	if a.Termination() != nil {
		a.Ended = !a.owesRecovery()
		return a
	}
	if s == nil || s.Sum.Return > 0 && s.RefundOn == "" {
		return a
	}
	for y := 1; y <= years; y++ {
		if !a.Accepted(OutcomeReport, y) {
			return a
		}
	}
	a.Ended = true
	return a
}

// remindAt is the hour of a day at which letters go out, so that nobody is written to at night.
const remindAt = 9 * time.Hour

// Reminder is when a firm is reminded of a duty: so many days before it is due, and -1 on the day after.
type Reminder struct {
	Duty Duty
	Days int
	At   time.Time
}

// Reminders are those of a duty, the first first.
func (d Duty) Reminders(r policy.Rules) []Reminder {
	days := slices.Clone(policy.ReportReminders.Of(r))
	slices.SortFunc(days, func(a, b int) int { return b - a })
	out := []Reminder{}
	for _, n := range append(days, -1) {
		out = append(out, Reminder{d, n, d.Due.AddDays(-n).Time().Add(remindAt)})
	}
	return out
}

// Now is the reminder of a duty that holds at an instant, the last whose time has come; false before the first.
func (d Duty) Now(at time.Time, r policy.Rules) (Reminder, bool) {
	var out Reminder
	any := false
	for _, x := range d.Reminders(r) {
		if !at.Before(x.At) {
			out, any = x, true
		}
	}
	return out, any
}

// Waits reports whether something that the firm filed waits for the city.
func (a Agreement) Waits() bool {
	if x := a.Terminating(); x != nil || a.Termination() != nil { // what else waits is settled with the termination
		return x != nil
	}
	pending := slices.ContainsFunc(a.Reports, func(r Report) bool { return r.Judgement == "" })
	pending = pending || slices.ContainsFunc(a.Amendments, func(x Amendment) bool { return x.Judgement == "" })
	return pending || slices.ContainsFunc(a.Settlements, func(s Settlement) bool { return s.Judgement == "" })
}
