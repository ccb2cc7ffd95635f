package selection

import (
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
)

// Trigger is what an instalment waits for.
type Trigger string

// The conditions of an instalment.
const (
	OnSigning  Trigger = "signing"    // 협약 체결
	OnProgress Trigger = "progress"   // 중간점검 적정
	OnClosing  Trigger = "completion" // 정산 확정
)

// BudgetItem is one item of the budget (비목) with what the city and the firm pay of it, in won.
type BudgetItem struct {
	Name  string `json:"name"`
	Grant int64  `json:"grant"`
	Own   int64  `json:"own"`
}

// Instalment is one part of the money and what it waits for.
type Instalment struct {
	Amount int64   `json:"amount"`
	When   Trigger `json:"when"`
}

// Payment is what was paid of an instalment. The city's own system pays; here it is recorded.
type Payment struct {
	Instalment int           `json:"instalment"` // from 0
	Amount     int64         `json:"amount"`
	On         calendar.Date `json:"on"`
	Document   string        `json:"document"` // 지출결의
	At         time.Time     `json:"at"`
	By         domain.ID     `json:"by"`
}

// ReportKind says what a report of the firm is on.
type ReportKind string

// The kinds of reports.
const (
	ProgressReport   ReportKind = "progress"   // 중간점검
	CompletionReport ReportKind = "completion" // 완료보고
	OutcomeReport    ReportKind = "outcome"    // 성과보고
	AuditReport      ReportKind = "audit"      // 감사보고서
)

// Judgement is what came of a report or a request.
type Judgement string

// The judgements.
const (
	Accepted Judgement = "accepted" // 적정, 승인
	Returned Judgement = "returned" // 보완
	Refused  Judgement = "refused"  // 부적정, 불승인
)

// Achievement is one figure that was promised and what it has come to.
type Achievement struct {
	Name   string `json:"name"`
	Target int64  `json:"target"`
	Actual int64  `json:"actual"`
}

// Report is what a firm reported, and what was made of it.
type Report struct {
	Kind      ReportKind    `json:"kind"`
	Year      int           `json:"year"` // of an outcome report, from 1
	Text      string        `json:"text"`
	Figures   []Achievement `json:"figures"`
	FiledAt   time.Time     `json:"filedAt"`
	FiledBy   domain.ID     `json:"filedBy"`
	Judgement Judgement     `json:"judgement,omitempty"`
	Opinion   string        `json:"opinion,omitempty"`
	JudgedAt  *time.Time    `json:"judgedAt,omitempty"`
	JudgedBy  domain.ID     `json:"judgedBy,omitempty"`
}

// Amendment is a request to change an agreement (협약변경), and what was made of it.
type Amendment struct {
	Ends      calendar.Date `json:"ends"`
	Budget    []BudgetItem  `json:"budget"`
	Reason    string        `json:"reason"`
	Major     bool          `json:"major"` // it needs the decision of the head of the city
	FiledAt   time.Time     `json:"filedAt"`
	FiledBy   domain.ID     `json:"filedBy"`
	Judgement Judgement     `json:"judgement,omitempty"`
	Document  string        `json:"document,omitempty"` // of the approval of a major one
	Opinion   string        `json:"opinion,omitempty"`
	JudgedAt  *time.Time    `json:"judgedAt,omitempty"`
	JudgedBy  domain.ID     `json:"judgedBy,omitempty"`
}

// Agreement is the ledger of one agreement. What stands in its lists is never changed, only judged once; what comes later is added.
type Agreement struct {
	ID           domain.ID     `json:"id"`
	Call         domain.ID     `json:"call"`
	Committee    domain.ID     `json:"committee"`
	Application  domain.ID     `json:"application"`
	Organisation domain.ID     `json:"organisation"`
	Applicant    string        `json:"applicant"`
	Title        string        `json:"title"`
	Number       string        `json:"number"`  // 협약번호, 교부결정번호
	Decided      calendar.Date `json:"decided"` // 교부결정일
	Starts       calendar.Date `json:"starts"`
	Ends         calendar.Date `json:"ends"`
	ProgressDue  calendar.Date `json:"progressDue"` // empty: no progress check
	Grant        int64         `json:"grant"`       // won of the city
	Own          int64         `json:"own"`         // won of the firm
	Budget       []BudgetItem  `json:"budget"`
	Instalments  []Instalment  `json:"instalments"`
	Payments     []Payment     `json:"payments"`
	Reports      []Report      `json:"reports"`
	Amendments   []Amendment   `json:"amendments"`
	Settlements  []Settlement  `json:"settlements"`
	Terminations []Termination `json:"terminations"`
	Barred       calendar.Date `json:"barred,omitempty"` // until when the firm is kept from calls; empty: it is not
	Ended        bool          `json:"ended"`
	Version      int           `json:"version"`
}

const maxRows = 30

// Check notes what is wrong with the terms of an agreement. most is what the application asks for. No money is given for work
// before the decision (보조금조례 12②), so the work does not start before it.
func (a Agreement) Check(p *domain.Problems, most int64) {
	p.Text("number", a.Number, true, domain.MaxName)
	p.Check(a.Decided.Valid(), "decided", "field.required")
	p.Check(a.Starts.Valid() && a.Starts >= a.Decided, "starts", "agreement.starts")
	p.Check(a.Ends.Valid() && a.Ends > a.Starts, "ends", "agreement.ends")
	p.Check(a.ProgressDue == "" || a.ProgressDue.Valid() && a.ProgressDue > a.Starts && a.ProgressDue <= a.Ends, "progressDue", "agreement.progress_due")
	p.Check(a.Grant > 0 && a.Grant <= most, "grant", "agreement.grant")
	p.Check(a.Own >= 0, "own", "field.range")
	grant, own := checkBudget(p, a.Budget)
	p.Check(grant == a.Grant && own == a.Own, "budget", "agreement.budget_sum")
	var sum int64
	for _, i := range a.Instalments {
		p.Check(i.Amount > 0, "instalments", "field.range")
		domain.OneOf(p, "instalments", i.When, OnSigning, OnProgress, OnClosing)
		p.Check(i.When != OnProgress || a.ProgressDue != "", "instalments", "agreement.no_progress")
		sum += i.Amount
	}
	p.Check(len(a.Instalments) > 0 && len(a.Instalments) <= maxRows && sum == a.Grant, "instalments", "agreement.instalment_sum")
}

func checkBudget(p *domain.Problems, items []BudgetItem) (grant, own int64) {
	seen := map[string]bool{}
	for _, b := range items {
		p.Text("budget", b.Name, true, domain.MaxName)
		p.Check(b.Grant >= 0 && b.Own >= 0 && b.Grant <= maxWon && b.Own <= maxWon && !seen[b.Name], "budget", "field.range")
		seen[b.Name] = true
		grant, own = grant+b.Grant, own+b.Own
	}
	p.Check(len(items) > 0 && len(items) <= maxRows, "budget", "field.required")
	return grant, own
}

// Paid is the sum of what was paid, in won.
func (a Agreement) Paid() int64 {
	var sum int64
	for _, p := range a.Payments {
		sum += p.Amount
	}
	return sum
}

// Accepted reports whether a report of a kind and year was accepted.
func (a Agreement) Accepted(kind ReportKind, year int) bool {
	return slices.ContainsFunc(a.Reports, func(r Report) bool { return r.Kind == kind && r.Year == year && r.Judgement == Accepted })
}

// Pending reports whether a report of a kind and year waits to be judged.
func (a Agreement) Pending(kind ReportKind, year int) bool {
	return slices.ContainsFunc(a.Reports, func(r Report) bool { return r.Kind == kind && r.Year == year && r.Judgement == "" })
}

// Met reports whether what an instalment waits for is there.
func (a Agreement) Met(c Trigger) bool {
	switch c {
	case OnSigning:
		return true
	case OnProgress:
		return a.Accepted(ProgressReport, 0)
	}
	return a.Settled() != nil
}

// Pay records a payment. CodeConflict for an instalment that was paid, whose condition is not met, or that the sum of all would go
// above the agreement; of the last instalment no more is paid than the settlement owes.
func (a Agreement) Pay(x Payment) (Agreement, error) {
	if x.Instalment < 0 || x.Instalment >= len(a.Instalments) || a.Ended || a.stopped() {
		return a, domain.Conflict("payment.no_instalment", nil)
	}
	at := a.Instalments[x.Instalment]
	paid := slices.ContainsFunc(a.Payments, func(p Payment) bool { return p.Instalment == x.Instalment })
	if paid || !a.Met(at.When) {
		return a, domain.Conflict("payment.not_due", nil)
	}
	most := min(at.Amount, a.Grant-a.Paid())
	if s := a.Settled(); s != nil {
		most = min(most, s.Sum.Payable-a.paidSince(s))
	}
	if x.Amount <= 0 || x.Amount > most {
		return a, domain.Conflict("payment.too_much", domain.Args{"most": max(most, 0)})
	}
	a.Payments = append(slices.Clone(a.Payments), x)
	return a, nil
}

// paidSince is what was paid after a settlement was decided.
func (a Agreement) paidSince(s *Settlement) int64 {
	return a.Paid() - s.Paid
}

// File adds a report of the firm. CodeConflict when one of its kind waits or was accepted, or before its time.
func (a Agreement) File(x Report, today calendar.Date, years int) (Agreement, error) {
	early := x.Kind == OutcomeReport && (x.Year < 1 || x.Year > years || today < a.Ends || !a.Accepted(CompletionReport, 0)) ||
		x.Kind != OutcomeReport && x.Year != 0 || x.Kind == ProgressReport && a.ProgressDue == ""
	if early || a.Ended || a.Termination() != nil {
		return a, domain.Conflict("agreement.not_now", nil)
	}
	if a.Pending(x.Kind, x.Year) || a.Accepted(x.Kind, x.Year) {
		return a, domain.Conflict("agreement.filed", nil)
	}
	a.Reports = append(slices.Clone(a.Reports), x)
	return a, nil
}

// Judge says what comes of the report that waits.
func (a Agreement) Judge(kind ReportKind, year int, j Judgement, opinion string, at time.Time, by domain.ID) (Agreement, error) {
	a.Reports = slices.Clone(a.Reports)
	i := slices.IndexFunc(a.Reports, func(r Report) bool { return r.Kind == kind && r.Year == year && r.Judgement == "" })
	if i < 0 {
		return a, domain.Conflict("agreement.nothing_waits", nil)
	}
	r := &a.Reports[i]
	r.Judgement, r.Opinion, r.JudgedAt, r.JudgedBy = j, opinion, &at, by
	return a, nil
}

// Amend adds a request to change the agreement. A change is major when the period becomes another one, or when more than so many
// percent of the whole moves between items. CodeConflict while one waits, and once it is being settled.
func (a Agreement) Amend(x Amendment, percent int) (Agreement, error) {
	if n := len(a.Amendments); a.Ended || a.stopped() || len(a.Settlements) > 0 || n > 0 && a.Amendments[n-1].Judgement == "" {
		return a, domain.Conflict("agreement.not_now", nil)
	}
	moved := Moved(a.Budget, x.Budget)
	if moved == 0 && x.Ends == a.Ends && slices.Equal(a.Budget, x.Budget) {
		return a, domain.Conflict("agreement.unchanged", nil)
	}
	x.Major = x.Ends != a.Ends || moved*FullScore > int64(percent)*(a.Grant+a.Own)
	a.Amendments = append(slices.Clone(a.Amendments), x)
	return a, nil
}

// Moved is how many won of a budget go to another item: what the items that lose lose.
func Moved(was, is []BudgetItem) int64 {
	now := map[string]int64{}
	for _, b := range is {
		now[b.Name] = b.Grant + b.Own
	}
	var lost int64
	for _, b := range was {
		lost += max(b.Grant+b.Own-now[b.Name], 0)
	}
	return lost
}

// DecideAmendment decides on the request that waits; one that is accepted changes the agreement.
func (a Agreement) DecideAmendment(j Judgement, document, opinion string, at time.Time, by domain.ID) (Agreement, error) {
	n := len(a.Amendments)
	if n == 0 || a.stopped() || a.Amendments[n-1].Judgement != "" {
		return a, domain.Conflict("agreement.nothing_waits", nil)
	}
	a.Amendments = slices.Clone(a.Amendments)
	x := &a.Amendments[n-1]
	if x.Major && j == Accepted && document == "" {
		var p domain.Problems
		p.Add("document", "field.required", nil)
		return a, p.Err()
	}
	x.Judgement, x.Document, x.Opinion, x.JudgedAt, x.JudgedBy = j, document, opinion, &at, by
	if j == Accepted {
		a.Ends, a.Budget = x.Ends, x.Budget
	}
	return a, nil
}

// CheckAmendment notes what is wrong with a request: the sums stay, the end comes after the start.
func (a Agreement) CheckAmendment(p *domain.Problems, x Amendment) {
	p.Text("reason", x.Reason, true, domain.MaxText)
	p.Check(x.Ends.Valid() && x.Ends > a.Starts, "ends", "agreement.ends")
	grant, own := checkBudget(p, x.Budget)
	p.Check(grant == a.Grant && own == a.Own, "budget", "agreement.budget_sum")
}
