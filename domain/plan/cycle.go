package plan

import (
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

func dateOf(year, month int) time.Time {
	return time.Date(year, time.Month(month), 1, 0, 0, 0, 0, calendar.Seoul)
}

// PlanState is where a plan stands.
type PlanState string

// The states of a plan.
const (
	Preparing PlanState = "preparing" // 수립 중
	InForce   PlanState = "in_force"  // 시행 중
	Ended     PlanState = "ended"
)

// StepName is one step of making a plan.
type StepName string

// The steps, in their order (수립계획 방침부터 고시ㆍ공고까지).
const (
	StepPolicy      StepName = "policy"      // 수립계획 방침
	StepSurvey      StepName = "survey"      // 실태조사 (촉진법 6)
	StepDraft       StepName = "draft"       // 초안
	StepDepartments StepName = "departments" // 부서ㆍ자치구 협의
	StepAlliance    StepName = "alliance"    // 얼라이언스 의견수렴
	StepHearing     StepName = "hearing"     // 공청회 (행정절차법 38)
	StepPreNotice   StepName = "prenotice"   // 행정예고 (행정절차법 46)
	StepCommittee   StepName = "committee"   // 위원회 심의
	StepCouncil     StepName = "council"     // 시의회 상임위 보고 (4IR조례 4)
	StepApproval    StepName = "approval"    // 시장 결재
	StepPublication StepName = "publication" // 고시ㆍ공고 (열린시정조례 5①1호)
)

// Steps lists them in their order.
func Steps() []StepName {
	return []StepName{
		StepPolicy, StepSurvey, StepDraft, StepDepartments, StepAlliance, StepHearing, StepPreNotice, StepCommittee, StepCouncil,
		StepApproval, StepPublication,
	}
}

// Step is what became of a step: it was done, or waived for a reason.
type Step struct {
	Name   StepName `json:"name"`
	Waived bool     `json:"waived"`
	Ref    string   `json:"ref"` // number of the document or decision
	// Decision is the record of the decision, where the step is one.
	Decision domain.ID     `json:"decision,omitempty"`
	Reason   string        `json:"reason"` // why it was waived
	On       calendar.Date `json:"on"`
}

// Plan is a basic plan (기본계획) of some years.
type Plan struct {
	ID          domain.ID     `json:"id"`
	Committee   domain.ID     `json:"committee"`
	Title       string        `json:"title"`
	Vision      string        `json:"vision"`
	National    string        `json:"national,omitempty"` // national plan that it follows
	From        calendar.Date `json:"from"`
	Until       calendar.Date `json:"until"`
	State       PlanState     `json:"state"`
	Steps       []Step        `json:"steps"` // those that are done or waived, in their order
	Predecessor domain.ID     `json:"predecessor,omitempty"`
	PublishedAt *time.Time    `json:"publishedAt,omitempty"`
	EndedAt     *time.Time    `json:"endedAt,omitempty"`
	Rules       string        `json:"rules"`
	Version     int           `json:"version"`
}

// Check notes what is wrong with a plan.
func (p Plan) Check(problems *domain.Problems) {
	problems.Text("title", p.Title, true, domain.MaxLine)
	problems.Text("vision", p.Vision, true, domain.MaxText)
	problems.Text("national", p.National, false, domain.MaxLine)
	problems.Check(p.From.Valid() && p.From >= "2000-01-01" && p.From <= "2200-12-31", "from", "field.date")
}

// Next is the step that is to be taken now, false when all are.
func (p Plan) Next() (StepName, bool) {
	if n := len(p.Steps); n < len(Steps()) {
		return Steps()[n], true
	}
	return "", false
}

// Take records the next step. One that may not be waived, or is not the next, is refused; the last one puts the plan into
// force.
func (p Plan) Take(s Step, now time.Time, r policy.Rules) (Plan, error) {
	next, open := p.Next()
	if !open || p.State != Preparing {
		return p, domain.Conflict("plan.steps_done", nil)
	}
	if s.Name != next {
		return p, domain.Conflict("plan.step_order", domain.Args{"step": string(next)})
	}
	if n := len(p.Steps); n > 0 && s.On < p.Steps[n-1].On {
		return p, domain.Conflict("plan.step_earlier", domain.Args{"step": string(p.Steps[n-1].Name)})
	}
	if s.Waived && !slices.Contains(policy.PlanWaivable.Of(r), string(s.Name)) {
		return p, domain.Refused("plan.step_required", policy.PlanWaivable.Cite(r), nil)
	}
	p.Steps = append(slices.Clone(p.Steps), s)
	if s.Name == StepPublication {
		p.State, p.PublishedAt = InForce, &now
	}
	return p, nil
}

// Revisable says what kind of change-set may be made, and what it needs. A plan in force is changed by a decision of the
// committee, or where the change is minor for a reason that is reported.
func (p Plan) Revisable(kind ChangeKind) error {
	switch {
	case p.State == Ended:
		return domain.Conflict("plan.ended", nil)
	case p.State == Preparing && kind != Drafted, p.State == InForce && kind == Drafted:
		return domain.Conflict("plan.change_kind", nil)
	case p.State == Preparing && len(p.Steps) > slices.Index(Steps(), StepCommittee):
		return domain.Conflict("plan.deliberated", nil)
	}
	return nil
}

// Follows says whether the plan may be the successor of another: of the same committee, and from after its end.
func (p Plan) Follows(before Plan) error {
	switch {
	case p.Committee != before.Committee:
		return domain.NotFound("plan")
	case p.From <= before.Until:
		return domain.Conflict("plan.overlaps", nil)
	}
	return nil
}

// SuccessorBy is the day by which the drafting of the next plan begins.
func (p Plan) SuccessorBy(r policy.Rules) calendar.Date {
	return p.Until.AddMonths(-policy.PlanDraftAhead.Of(r))
}

// Review is one round in which owners report figures (이행점검).
type Review struct {
	ID       domain.ID     `json:"id"`
	Plan     domain.ID     `json:"plan"`
	Year     int           `json:"year"`
	Quarter  int           `json:"quarter"`
	OpenedAt time.Time     `json:"openedAt"`
	Due      calendar.Date `json:"due"`
	ClosedAt *time.Time    `json:"closedAt,omitempty"`
	Sets     int           `json:"sets"` // change-sets that the plan had when it was closed, 0 before
	Version  int           `json:"version"`
}

// NextReview is the next quarter whose review is to be opened, and whether it is on that day: that of the first quarter of the
// plan that ends after the plan was published and has no review. One that nobody could open in its time is not lost. After the
// last one it is a quarter beyond the plan.
func (p Plan) NextReview(today calendar.Date, held []Review) (year, quarter int, due bool) {
	if p.State != InForce {
		return 0, 0, false
	}
	year, quarter = Quarter(p.since())
	for slices.ContainsFunc(held, func(r Review) bool { return r.Year == year && r.Quarter == quarter }) {
		if quarter++; quarter > 4 {
			year, quarter = year+1, 1
		}
	}
	end := QuarterEnd(year, quarter)
	return year, quarter, end < today && end <= p.Until
}
