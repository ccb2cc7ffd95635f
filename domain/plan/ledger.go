// Package plan holds the three-year basic plan (기본계획) as a ledger: a tree of strategies, programmes and tasks that only
// change-sets change, each tied to the act or decision that made it, with the progress of its execution.
package plan

import (
	"cmp"
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
)

// NodeKind is the level of a node in the tree.
type NodeKind string

// The levels: a strategy holds programmes, a programme tasks.
const (
	Strategy  NodeKind = "strategy"  // 전략
	Programme NodeKind = "programme" // 사업
	Task      NodeKind = "task"      // 세부과제
)

// parentOf is the level above.
var parentOf = map[NodeKind]NodeKind{Strategy: "", Programme: Strategy, Task: Programme}

// Thousand is the unit of an indicator's values: thousandths.
const Thousand int64 = 1000

// Node is one entry of the plan.
type Node struct {
	ID         string        `json:"id"` // short code, unique in the plan: "1-2"
	Parent     string        `json:"parent,omitempty"`
	Kind       NodeKind      `json:"kind"`
	Title      string        `json:"title"`
	Text       string        `json:"text,omitempty"`
	Owner      string        `json:"owner"`  // department
	Weight     int           `json:"weight"` // among those of the same parent
	From       calendar.Date `json:"from,omitempty"`
	Until      calendar.Date `json:"until,omitempty"`
	Budget     []Money       `json:"budget,omitempty"`
	Indicators []Indicator   `json:"indicators,omitempty"`
}

// Money is what is planned for a year from a source (예산현액), in won.
type Money struct {
	Year   int    `json:"year"`
	Source string `json:"source"`
	Amount int64  `json:"amount"`
}

// Indicator measures a node. Values are thousandths of the unit.
type Indicator struct {
	Name     string   `json:"name"` // unique in the node
	Unit     string   `json:"unit"`
	Baseline int64    `json:"baseline"`
	Targets  []Target `json:"targets"`
}

// Target is what an indicator is to reach by the end of a year.
type Target struct {
	Year  int   `json:"year"`
	Value int64 `json:"value"`
}

// Change puts a node into the plan, in place of the one with its id, or takes it out.
type Change struct {
	Node Node `json:"node"`
	Drop bool `json:"drop,omitempty"` // the node and everything below it
}

// ChangeKind says on what authority a change-set is made.
type ChangeKind string

// The kinds of change-sets. A major one changes direction, goals or institutions and needs the committee again (촉진령 3②).
const (
	Drafted ChangeKind = "drafted" // before the plan was approved
	Major   ChangeKind = "major"   // 중요변경
	Minor   ChangeKind = "minor"   // 경미변경
)

// ChangeSet is one entry of the ledger.
type ChangeSet struct {
	Plan    domain.ID  `json:"plan"`
	Number  int        `json:"number"` // from 1 without gaps
	Kind    ChangeKind `json:"kind"`
	Basis   string     `json:"basis"` // number of the decision or document that it rests on
	Reason  string     `json:"reason"`
	Changes []Change   `json:"changes"`
	At      time.Time  `json:"at"`
	By      domain.ID  `json:"by"` // account
}

// State is the plan at some point: its nodes in their order.
type State []Node

// Find gives the node with an id, false when there is none.
func (s State) Find(id string) (Node, bool) {
	i := slices.IndexFunc(s, func(n Node) bool { return n.ID == id })
	if i < 0 {
		return Node{}, false
	}
	return s[i], true
}

// Children lists what lies directly below a node; below "" are the strategies.
func (s State) Children(id string) []Node {
	var out []Node
	for _, n := range s {
		if n.Parent == id {
			out = append(out, n)
		}
	}
	return out
}

// Fold is the plan after the change-sets up to a number, all of them with 0. Nodes stand in the order of their codes.
func Fold(sets []ChangeSet, upTo int) State {
	out := State{}
	for _, set := range sets {
		if upTo > 0 && set.Number > upTo {
			break
		}
		for _, c := range set.Changes {
			out = out.apply(c)
		}
	}
	slices.SortStableFunc(out, func(a, b Node) int { return byCode(a.ID, b.ID) })
	return out
}

// byCode orders codes as people do: shorter parts first, so that 1-10 follows 1-9.
func byCode(a, b string) int {
	for a != "" || b != "" {
		var x, y string
		x, a = part(a)
		y, b = part(b)
		if c := cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(x, y)); c != 0 {
			return c
		}
	}
	return 0
}

func part(code string) (head, rest string) {
	for i, r := range code {
		if r == '-' || r == '.' {
			return code[:i], code[i+1:]
		}
	}
	return code, ""
}

func (s State) apply(c Change) State {
	out := slices.DeleteFunc(slices.Clone(s), func(n Node) bool {
		return n.ID == c.Node.ID || c.Drop && s.below(n, c.Node.ID)
	})
	if c.Drop {
		return out
	}
	return append(out, c.Node)
}

// below reports whether a node lies anywhere under another. A chain longer than the tree has nodes is a circle.
func (s State) below(n Node, id string) bool {
	for range s {
		if n.Parent == id {
			return true
		}
		parent, there := s.Find(n.Parent)
		if !there {
			return false
		}
		n = parent
	}
	return false
}

// MaxNodes bounds a plan.
const MaxNodes = 2000

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

func (n Node) check(p *domain.Problems, s State) {
	p.Text("id", n.ID, true, 20)
	p.Text("title", n.Title, true, domain.MaxLine)
	p.Text("text", n.Text, false, domain.MaxText)
	p.Text("owner", n.Owner, true, domain.MaxName)
	domain.OneOf(p, "kind", n.Kind, Strategy, Programme, Task)
	p.Check(n.Weight > 0 && n.Weight <= 1000, "weight", "field.range")
	parent, there := s.Find(n.Parent)
	switch {
	case s.below(n, n.ID):
		p.Add("parent", "plan.circle", nil)
	case n.Kind == Strategy:
		p.Check(n.Parent == "", "parent", "plan.parent")
	default:
		p.Check(there && parent.Kind == parentOf[n.Kind], "parent", "plan.parent")
	}
	p.Check(n.From == "" || n.From.Valid(), "from", "field.date")
	p.Check(n.Until == "" || n.Until.Valid() && n.Until >= n.From, "until", "field.range")
	for _, m := range n.Budget {
		p.Check(m.Year >= 2000 && m.Year <= 2200 && m.Amount >= 0, "budget", "field.range")
		p.Text("budget", m.Source, true, domain.MaxName)
	}
	n.checkIndicators(p)
}

func (n Node) checkIndicators(p *domain.Problems) {
	seen := map[string]bool{}
	for _, i := range n.Indicators {
		p.Text("indicators", i.Name, true, domain.MaxLine)
		if i.Unit == "" {
			p.Add("indicators", "plan.unit", domain.Args{"indicator": i.Name})
		}
		p.Text("indicators", i.Unit, false, domain.MaxName)
		p.Check(!seen[i.Name], "indicators", "plan.indicator_twice")
		p.Check(len(i.Targets) > 0, "indicators", "plan.no_target")
		p.Check(i.inOrder(), "indicators", "plan.target_years")
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

// Difference is one row of the 신구대비표: a node before and after, nil where it was not there.
type Difference struct {
	ID     string `json:"id"`
	Before *Node  `json:"before,omitempty"`
	After  *Node  `json:"after,omitempty"`
}

// Compare lists the nodes in which two states differ, by code.
func Compare(before, after State) []Difference {
	out := []Difference{}
	for i := range before {
		now, there := after.Find(before[i].ID)
		switch {
		case !there:
			out = append(out, Difference{ID: before[i].ID, Before: &before[i]})
		case !same(before[i], now):
			out = append(out, Difference{ID: now.ID, Before: &before[i], After: &now})
		}
	}
	for i := range after {
		if _, there := before.Find(after[i].ID); !there {
			out = append(out, Difference{ID: after[i].ID, After: &after[i]})
		}
	}
	slices.SortStableFunc(out, func(a, b Difference) int { return byCode(a.ID, b.ID) })
	return out
}

func same(a, b Node) bool {
	plain := a.Parent == b.Parent && a.Kind == b.Kind && a.Title == b.Title && a.Text == b.Text && a.Owner == b.Owner &&
		a.Weight == b.Weight && a.From == b.From && a.Until == b.Until
	return plain && slices.Equal(a.Budget, b.Budget) && slices.EqualFunc(a.Indicators, b.Indicators, func(x, y Indicator) bool {
		return x.Name == y.Name && x.Unit == y.Unit && x.Baseline == y.Baseline && slices.Equal(x.Targets, y.Targets)
	})
}
