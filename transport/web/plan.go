package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/plan"
	"secretariat/service"
	"secretariat/service/planning"
)

// plans adds basic plans: for everybody to read, for the staff to make and review.
func plans(s *Site) {
	done("plan_begun", "plan_changed", "step_taken", "review_opened", "figures_reported", "review_closed", "plan_marked")
	s.page("/plans", "plans", s.planList)
	s.page("/plans/{plan}", "basic-plan", s.basicPlan)
	s.page("/plans/{plan}/comparison", "comparison", s.comparison)
	s.page("/plans/{plan}/edit", "plan-edit", s.basicPlan)
	s.page("/reviews/{review}", "review", s.review)
	planSheets(s)
	departments(s)
	act(s, "/committees/{committee}/plans", s.set.DraftPlan,
		func(_ *Visit, _ planning.DraftInput, out plan.Plan) string {
			return planPath(out.ID, "/edit", "plan_begun")
		})
	act(s, "/plans/{plan}/naming", s.set.RevisePlan,
		func(_ *Visit, _ planning.ReviseInput, out plan.ChangeSet) string {
			return planPath(out.Plan, "", "plan_changed")
		})
	actWith(s, "/plans/{plan}/changes", s.set.RevisePlan, nodeForm,
		func(_ *Visit, _ planning.ReviseInput, out plan.ChangeSet) string {
			return planPath(out.Plan, "/edit", "plan_changed")
		})
	act(s, "/plans/{plan}/steps", s.set.StepPlan,
		func(_ *Visit, _ planning.StepInput, out plan.Plan) string { return planPath(out.ID, "", "step_taken") })
	act(s, "/plans/{plan}/marks", s.set.MarkPlan,
		func(_ *Visit, _ planning.MarkInput, out plan.Mark) string {
			return planPath(out.Plan, "", "plan_marked")
		})
	act(s, "/plans/{plan}/reviews", s.set.OpenReview,
		func(_ *Visit, _ planning.CaseInput, out plan.Review) string {
			return "/reviews/" + string(out.ID) + "?done=review_opened"
		})
	actWith(s, "/reviews/{review}/reports", s.set.ReportReview, reportForm,
		func(_ *Visit, in planning.ReportInput, _ plan.Report) string {
			return "/reviews/" + string(in.Review) + "?done=figures_reported"
		})
	act(s, "/reviews/{review}/close", s.set.CloseReview,
		func(_ *Visit, in planning.CloseInput, _ plan.Review) string {
			return "/reviews/" + string(in.Review) + "?done=review_closed"
		})
}

func planPath(id domain.ID, page, key string) string {
	return "/plans/" + string(id) + page + "?done=" + key
}

// plansPage is a list of plans, and for which committees the visitor may begin one.
type plansPage struct {
	service.Page[plan.Plan]
	Committees []boardCommittee
}

func (s *Site) planList(v *Visit) (any, error) {
	found, err := s.set.ListPlans.Call(v.ctx(), planning.ListInput{Before: domain.ID(v.query("before"))})
	p := plansPage{Page: found}
	if err != nil {
		return nil, err
	}
	for _, at := range v.Actor.Staff {
		c, err := s.set.ShowCommittee.Call(v.ctx(), seatingShow(at.Committee))
		if err != nil {
			return nil, err
		}
		p.Committees = append(p.Committees, boardCommittee{at.Committee, c.Committee.Name})
	}
	return p, nil
}

// basicPlanPage is a plan with its time line and one node that is edited.
type basicPlanPage struct {
	planning.View
	Edit plan.Node // of the form; empty for a new one
}

func (s *Site) basicPlan(v *Visit) (any, error) {
	v.sheetProblems()
	at, _ := strconv.Atoi(v.query("at"))
	out, err := s.set.ShowPlan.Call(v.ctx(), planning.ShowInput{Plan: v.id("plan"), At: at})
	p := basicPlanPage{View: out}
	for _, n := range out.Nodes {
		if n.Node.ID == v.query("node") {
			p.Edit = n.Node
		}
	}
	if p.Edit.Weight == 0 {
		p.Edit.Weight = 1
	}
	return p, err
}

// Latest is the number of the last change-set.
func (p basicPlanPage) Latest() int { return len(p.Sets) }

// Kinds are the kinds of change-sets that the plan takes now.
func (p basicPlanPage) Kinds(v *Visit) []Option {
	if p.Plan.State == plan.Preparing {
		return v.Options("plan_change", string(plan.Drafted))
	}
	return v.Options("plan_change", string(plan.Minor), string(plan.Major))
}

// Step is what became of a step, nil while it is to come.
func (p basicPlanPage) Step(name plan.StepName) *plan.Step {
	for i := range p.Plan.Steps {
		if p.Plan.Steps[i].Name == name {
			return &p.Plan.Steps[i]
		}
	}
	return nil
}

// Steps are all steps in their order.
func (basicPlanPage) Steps() []plan.StepName { return plan.Steps() }

// Top are the strategies.
func (p basicPlanPage) Top() []planning.NodeView {
	return slices.DeleteFunc(slices.Clone(p.Nodes), func(n planning.NodeView) bool { return n.Depth > 0 })
}

// Worst are the two indicators below a node, or its own, that have come the least far.
func (p basicPlanPage) Worst(id string) []planning.Figure {
	var all []planning.Figure
	for _, n := range p.Nodes {
		if n.Node.ID == id || strings.HasPrefix(n.Node.ID, id+"-") {
			all = append(all, n.Figures...)
		}
	}
	slices.SortStableFunc(all, func(a, b planning.Figure) int { return a.Reached.Points - b.Reached.Points })
	return all[:min(len(all), worst)]
}

// worst is how many indicators are shown of a strategy.
const worst = 2

// planLineWidth is the width of the time line's drawing.
const planLineWidth = 600

// PlanToday is where today lies on the time line of a plan.
func (v *Visit) PlanToday(p plan.Plan) int { return planAt(p, v.Today()) }

// planAt is where a day lies on the time line, cut at its ends.
func planAt(p plan.Plan, d calendar.Date) int {
	all := max(p.From.DaysUntil(p.Until), 1)
	return min(max(p.From.DaysUntil(d)*planLineWidth/all, 0), planLineWidth)
}

// PlanReview is where the end of a reviewed quarter lies on the time line.
func (*Visit) PlanReview(p plan.Plan, r plan.Review) int {
	return planAt(p, plan.QuarterEnd(r.Year, r.Quarter))
}

// Share writes a share in percent with one decimal.
func (v *Visit) Share(s plan.Share) string {
	if !s.Known {
		return "-"
	}
	tenths := (s.Points + 5) / 10
	return fmt.Sprintf("%d.%d%%", tenths/10, tenths%10)
}

// Amount writes thousandths as a number: 2.76, 50,000.
func (*Visit) Amount(thousandths int64) string {
	sign := ""
	if thousandths < 0 {
		sign, thousandths = "-", -thousandths
	}
	whole := strconv.FormatInt(thousandths/plan.Thousand, 10)
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if rest := strings.TrimRight(fmt.Sprintf("%03d", thousandths%plan.Thousand), "0"); rest != "" {
		whole += "." + rest
	}
	return sign + whole
}

func (s *Site) comparison(v *Visit) (any, error) {
	from, _ := strconv.Atoi(v.query("from"))
	to, _ := strconv.Atoi(v.query("to"))
	return s.set.ComparePlan.Call(v.ctx(), planning.CompareInput{Plan: v.id("plan"), From: from, To: to})
}

// reviewPage is a review with its forms.
type reviewPage struct{ planning.ReviewView }

func (s *Site) review(v *Visit) (any, error) {
	out, err := s.set.ShowReview.Call(v.ctx(), planning.ShowReviewInput{Review: v.id("review")})
	return reviewPage{out}, err
}

// Report is what was reported of a node, empty where nothing was.
func (p reviewPage) Report(node string) plan.Report {
	for _, r := range p.Reports {
		if r.Node == node {
			return r
		}
	}
	return plan.Report{}
}

// Value is a reported value as it was typed, empty where there is none.
func (p reviewPage) Value(v *Visit, node, indicator string) string {
	value, there := p.Report(node).Values[indicator]
	if !there {
		return ""
	}
	return strings.ReplaceAll(v.Amount(value), ",", "")
}

// Typed is what was typed for the n-th indicator of a form that was refused, or else what is stored.
func (reviewPage) Typed(v *Visit, form string, n int, stored string) string {
	if v.form != form || n >= len(v.sent["value"]) {
		return stored
	}
	return v.sent["value"][n]
}

// Allotted is the money that a node has this year: as reported, or else as planned.
func (p reviewPage) Allotted(n plan.Node) int64 {
	if r := p.Report(n.ID); r.Allotted > 0 {
		return r.Allotted
	}
	return n.Planned(p.Review.Year)
}

// Writes reports whether somebody of an owner is asked by letter.
func (p reviewPage) Writes(owner string) bool { return slices.Contains(p.Asked, owner) }

// Waits reports whether a node has not been reported on.
func (p reviewPage) Waits(node string) bool { return slices.Contains(p.Missing, node) }

// nodeForm reads one node of the plan from its form: money and indicators one a line, their parts separated by a bar.
func nodeForm(v *Visit, in *planning.ReviseInput) error {
	var p domain.Problems
	f := v.r.PostForm
	weight, err := strconv.Atoi(strings.TrimSpace(f.Get("weight")))
	p.Check(err == nil, "weight", "field.type")
	n := plan.Node{
		ID: strings.TrimSpace(f.Get("id")), Parent: strings.TrimSpace(f.Get("parent")), Kind: plan.NodeKind(f.Get("nodeKind")),
		Title: strings.TrimSpace(f.Get("title")), Text: strings.TrimSpace(unbroken(f.Get("text"))), Owner: strings.TrimSpace(f.Get("owner")), Weight: weight,
		From: calendar.Date(f.Get("from")), Until: calendar.Date(f.Get("until")),
	}
	if f.Get("drop") == "true" {
		in.Changes = []plan.Change{{Node: plan.Node{ID: n.ID}, Drop: true}}
		return nil
	}
	n.Budget, n.Indicators = budgetLines(&p, f.Get("budget")), indicatorLines(&p, f.Get("indicators"))
	in.Changes = []plan.Change{{Node: n}}
	return p.Err()
}

// budgetLines reads "2027 | 시비 | 1000000".
func budgetLines(p *domain.Problems, text string) []plan.Money {
	var out []plan.Money
	for _, parts := range barLines(text) {
		if len(parts) != 3 {
			p.Add("budget", "plan.budget_line", nil)
			continue
		}
		year, errYear := strconv.Atoi(parts[0])
		amount, errAmount := strconv.ParseInt(strings.ReplaceAll(parts[2], ",", ""), 10, 64)
		p.Check(errYear == nil && errAmount == nil, "budget", "plan.budget_line")
		out = append(out, plan.Money{Year: year, Source: parts[1], Amount: amount})
	}
	return out
}

// indicatorLines reads "지원 기업 | 개사 | 0 | 2027:50 | 2028:100".
func indicatorLines(p *domain.Problems, text string) []plan.Indicator {
	var out []plan.Indicator
	for _, parts := range barLines(text) {
		if len(parts) < 4 {
			p.Add("indicators", "plan.indicator_line", nil)
			continue
		}
		base, ok := signedThousandths(parts[2])
		i := plan.Indicator{Name: parts[0], Unit: parts[1], Baseline: base}
		for _, target := range parts[3:] {
			year, value, _ := strings.Cut(target, ":")
			y, err := strconv.Atoi(strings.TrimSpace(year))
			n, good := signedThousandths(value)
			ok = ok && err == nil && good
			i.Targets = append(i.Targets, plan.Target{Year: y, Value: n})
		}
		p.Check(ok, "indicators", "plan.indicator_line")
		out = append(out, i)
	}
	return out
}

func barLines(text string) [][]string {
	var out [][]string
	for line := range strings.Lines(unbroken(text)) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		parts := strings.Split(line, "|")
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		out = append(out, parts)
	}
	return out
}

func signedThousandths(text string) (int64, bool) {
	text = strings.ReplaceAll(strings.TrimSpace(text), ",", "")
	if rest, minus := strings.CutPrefix(text, "-"); minus {
		n, ok := thousandths(rest)
		return -n, ok
	}
	return thousandths(text)
}

// Namings are the kinds of change-sets that may give the plan another title or vision.
func (p basicPlanPage) Namings(v *Visit) []Option {
	if p.Plan.State == plan.Preparing {
		return v.Options("plan_change", string(plan.Drafted))
	}
	return v.Options("plan_change", string(plan.Major))
}

// BudgetText and IndicatorText write a node's lines as its form reads them.
func (*Visit) BudgetText(n plan.Node) string {
	var b strings.Builder
	for _, m := range n.Budget {
		fmt.Fprintf(&b, "%d | %s | %d\n", m.Year, m.Source, m.Amount)
	}
	return b.String()
}

// IndicatorText writes the indicators of a node as its form reads them.
func (v *Visit) IndicatorText(n plan.Node) string {
	var b strings.Builder
	for _, i := range n.Indicators {
		fmt.Fprintf(&b, "%s | %s | %s", i.Name, i.Unit, v.Amount(i.Baseline))
		for _, t := range i.Targets {
			fmt.Fprintf(&b, " | %d: %s", t.Year, v.Amount(t.Value))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// reportForm reads the values of a report, one field an indicator; an empty one is not reported.
func reportForm(v *Visit, in *planning.ReportInput) error {
	var p domain.Problems
	names, values := v.r.PostForm["indicator"], v.r.PostForm["value"]
	in.Values = map[string]int64{}
	for i, name := range names {
		if i >= len(values) || strings.TrimSpace(values[i]) == "" {
			continue
		}
		n, ok := signedThousandths(values[i])
		p.Check(ok, "values", "plan.value")
		in.Values[name] = n
	}
	return p.Err()
}

// Before is the number before one.
func (*Visit) Before(n int) int { return n - 1 }

// Tenth is a share in basis points as thousandths of a bar's width.
func (*Visit) Tenth(points int) int { return points / 10 }
