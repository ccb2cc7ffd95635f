package plan

import (
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// MarkKind is a kind of step that is taken while a plan is in force.
type MarkKind string

// The steps of a plan in force, beside its quarterly reviews.
const (
	AnnualPlan   MarkKind = "annual_plan"   // 시행계획 (4IR조례 5)
	Evaluation   MarkKind = "evaluation"    // 연차평가
	ChangeReport MarkKind = "change_report" // 경미변경 보고 (촉진령 3②)
	Closing      MarkKind = "closing"       // 종합평가
)

// Mark says that such a step was taken.
type Mark struct {
	Plan   domain.ID `json:"plan"`
	Kind   MarkKind  `json:"kind"`
	Number int       `json:"number"` // the year; of a report the number of the change-set; the last year of a closing
	Ref    string    `json:"ref"`    // number of the document or decision
	// Decision is the record of what the committee said, where it was put before it.
	Decision domain.ID     `json:"decision,omitempty"`
	Text     string        `json:"text"` // findings of an evaluation
	On       calendar.Date `json:"on"`
	At       time.Time     `json:"at"`
	By       domain.ID     `json:"by,omitempty"` // account
}

// BeforeCommittee reports whether steps of the kind are put before the committee as a report.
func (k MarkKind) BeforeCommittee() bool { return k != AnnualPlan }

// Judges reports whether steps of the kind have findings.
func (k MarkKind) Judges() bool { return k == Evaluation || k == Closing }

// Owed is a step that has not been taken.
type Owed struct {
	Kind   MarkKind      `json:"kind"`
	Number int           `json:"number"`
	By     calendar.Date `json:"by"`    // last day
	Ready  bool          `json:"ready"` // it can be taken now
}

// Basis is the rule by which the step is owed by its day.
func (o Owed) Basis(r policy.Rules) string {
	switch o.Kind {
	case AnnualPlan:
		return policy.PlanAnnualDays.Cite(r)
	case Evaluation:
		return policy.PlanEvaluationDays.Cite(r)
	case ChangeReport:
		return policy.PlanReportDays.Cite(r)
	}
	return policy.PlanClosingDays.Cite(r)
}

// since is the day from which the plan is carried out: its first, or that of a later publication.
func (p Plan) since() calendar.Date {
	if p.PublishedAt == nil {
		return p.From
	}
	return max(p.From, calendar.DateOf(*p.PublishedAt))
}

// Owes lists the steps that a plan in force still owes, soonest first: for each year its annual plan, and once the year is over
// and its reviews are closed its evaluation; for each minor change a report; and when everything else is done the evaluation of
// the whole.
func (p Plan) Owes(today calendar.Date, sets []ChangeSet, held []Review, marks []Mark, r policy.Rules) []Owed {
	if p.State != InForce {
		return nil
	}
	var out []Owed
	add := func(kind MarkKind, number int, by calendar.Date, ready bool) {
		taken := func(m Mark) bool { return m.Kind == kind && m.Number == number }
		if !slices.ContainsFunc(marks, taken) {
			out = append(out, Owed{kind, number, by, ready})
		}
	}
	since, last := p.since(), p.Until.Time().Year()
	for year := since.Time().Year(); year <= last; year++ {
		first, end := max(since, yearStart(year)), min(p.Until, yearStart(year+1).AddDays(-1))
		add(AnnualPlan, year, first.AddDays(policy.PlanAnnualDays.Of(r)-1), today >= yearStart(year-1))
		add(Evaluation, year, end.AddDays(policy.PlanEvaluationDays.Of(r)), today > end && p.reviewed(year, held))
	}
	for _, s := range sets {
		if s.Kind == Minor {
			add(ChangeReport, s.Number, calendar.DateOf(s.At).AddDays(policy.PlanReportDays.Of(r)), true)
		}
	}
	add(Closing, last, p.Until.AddDays(policy.PlanClosingDays.Of(r)), today > p.Until && len(out) == 0)
	slices.SortStableFunc(out, func(a, b Owed) int { return a.By.Time().Compare(b.By.Time()) })
	return out
}

// reviewed reports whether every quarter of a year in which the plan is carried out has a closed review.
func (p Plan) reviewed(year int, held []Review) bool {
	firstYear, firstQuarter := Quarter(p.since())
	for q := 1; q <= 4; q++ {
		if year == firstYear && q < firstQuarter || QuarterEnd(year, q) > p.Until {
			continue
		}
		closed := func(v Review) bool { return v.Year == year && v.Quarter == q && v.ClosedAt != nil }
		if !slices.ContainsFunc(held, closed) {
			return false
		}
	}
	return true
}

func yearStart(year int) calendar.Date { return calendar.DateOf(dateOf(year, 1)) }
