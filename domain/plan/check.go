package plan

import (
	"regexp"
	"strings"

	"secretariat/domain"
)

// What a plan may hold at most. Sums over a whole plan stay far within 64 bits.
const (
	MaxNodes      = 2000
	MaxIndicators = 20 // of a node
	MaxBudget     = 40 // lines of a node
	// MaxMoney is the most in one line, in won.
	MaxMoney int64 = 100_000_000_000_000
	// MaxValue is the largest value of an indicator, in thousandths.
	MaxValue int64 = 1_000_000_000_000_000
)

// codes are short: numbers or letters with dashes or dots between.
var codes = regexp.MustCompile(`^[\p{L}\p{Nd}]+([-.][\p{L}\p{Nd}]+)*$`)

// Check notes everything that is wrong with a plan as it would be: nodes without their parent or under themselves, one
// without a title or an owner, an indicator without a unit or with targets that do not go from year to year.
func (s State) Check(p *domain.Problems) {
	p.Check(len(s) <= MaxNodes, "changes", "field.range")
	for _, n := range s {
		var of domain.Problems
		n.check(&of, s)
		p.Within("nodes."+n.ID, of)
	}
}

// CheckYears notes money and targets of years in which the plan is not in force.
func (p Plan) CheckYears(s State, problems *domain.Problems) {
	first, last := p.From.Time().Year(), p.Until.Time().Year()
	outside := func(year int) bool { return year < first || year > last }
	for _, n := range s {
		var of domain.Problems
		args := domain.Args{"from": first, "until": last}
		for _, m := range n.Budget {
			if outside(m.Year) {
				of.Add("budget", "plan.year_outside", args)
			}
		}
		for _, i := range n.Indicators {
			for _, t := range i.Targets {
				if outside(t.Year) {
					of.Add("indicators", "plan.year_outside", args)
				}
			}
		}
		problems.Within("nodes."+n.ID, of)
	}
}

func (n Node) check(p *domain.Problems, s State) {
	p.Text("id", n.ID, true, 20)
	p.Check(n.ID == "" || codes.MatchString(n.ID), "id", "plan.code")
	p.Text("title", n.Title, true, domain.MaxLine)
	p.Text("text", n.Text, false, domain.MaxText)
	p.Text("owner", n.Owner, true, domain.MaxName)
	domain.OneOf(p, "kind", n.Kind, Strategy, Programme, Task)
	p.Check(n.Weight > 0 && n.Weight <= 1000, "weight", "field.range")
	n.checkParent(p, s)
	p.Check(n.From == "" || n.From.Valid(), "from", "field.date")
	p.Check(n.Until == "" || n.Until.Valid() && n.Until >= n.From, "until", "field.range")
	n.checkBudget(p)
	n.checkIndicators(p)
}

func (n Node) checkParent(p *domain.Problems, s State) {
	parent, there := s.Find(n.Parent)
	switch {
	case s.below(n, n.ID):
		p.Add("parent", "plan.circle", nil)
	case n.Kind == Strategy:
		p.Check(n.Parent == "", "parent", "plan.parent")
	default:
		p.Check(there && parent.Kind == parentOf[n.Kind], "parent", "plan.parent")
	}
}

func (n Node) checkBudget(p *domain.Problems) {
	type line struct {
		year   int
		source string
	}
	seen := map[line]bool{}
	p.Check(len(n.Budget) <= MaxBudget, "budget", "field.range")
	for _, m := range n.Budget {
		p.Check(m.Year >= 2000 && m.Year <= 2200 && m.Amount >= 0 && m.Amount <= MaxMoney, "budget", "field.range")
		p.Text("budget", m.Source, true, domain.MaxName)
		p.Check(!seen[line{m.Year, m.Source}], "budget", "plan.budget_twice")
		seen[line{m.Year, m.Source}] = true
	}
}

func (n Node) checkIndicators(p *domain.Problems) {
	seen := map[string]bool{}
	p.Check(len(n.Indicators) <= MaxIndicators, "indicators", "field.range")
	for _, i := range n.Indicators {
		p.Text("indicators", i.Name, true, domain.MaxLine)
		if strings.TrimSpace(i.Unit) == "" {
			p.Add("indicators", "plan.unit", domain.Args{"indicator": i.Name})
		}
		p.Text("indicators", i.Unit, false, domain.MaxName)
		p.Check(!seen[i.Name], "indicators", "plan.indicator_twice")
		p.Check(len(i.Targets) > 0, "indicators", "plan.no_target")
		p.Check(i.inOrder(), "indicators", "plan.target_years")
		p.Check(i.inRange(), "indicators", "field.range")
		seen[i.Name] = true
	}
}

// inOrder reports whether every year has one target and a later one comes after an earlier: the last target is the final one.
func (i Indicator) inOrder() bool {
	for n, t := range i.Targets {
		if t.Year < 2000 || t.Year > 2200 || n > 0 && t.Year <= i.Targets[n-1].Year {
			return false
		}
	}
	return true
}

func (i Indicator) inRange() bool {
	ok := small(i.Baseline)
	for _, t := range i.Targets {
		ok = ok && small(t.Value)
	}
	return ok
}

func small(v int64) bool { return v >= -MaxValue && v <= MaxValue }

// CheckChanges notes what is wrong with a change-set as such: a node that is changed twice, or one taken out that is not there.
func CheckChanges(before State, changes []Change, p *domain.Problems) {
	seen := map[string]bool{}
	for _, c := range changes {
		at := "nodes." + c.Node.ID
		p.Check(!seen[c.Node.ID], at, "plan.changed_twice")
		seen[c.Node.ID] = true
		if _, there := before.Find(c.Node.ID); c.Drop && !there {
			p.Add(at, "not_found.node", nil)
		}
	}
}

// Tidy is a change without the white space that people leave around words.
func (c Change) Tidy() Change {
	n := &c.Node
	for _, text := range []*string{&n.ID, &n.Parent, &n.Title, &n.Text, &n.Owner} {
		*text = strings.TrimSpace(*text)
	}
	n.Budget, n.Indicators = append([]Money(nil), n.Budget...), append([]Indicator(nil), n.Indicators...)
	for i := range n.Budget {
		n.Budget[i].Source = strings.TrimSpace(n.Budget[i].Source)
	}
	for i := range n.Indicators {
		n.Indicators[i].Name = strings.TrimSpace(n.Indicators[i].Name)
		n.Indicators[i].Unit = strings.TrimSpace(n.Indicators[i].Unit)
	}
	return c
}
