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
	Plan   domain.ID  `json:"plan"`
	Number int        `json:"number"` // from 1 without gaps
	Kind   ChangeKind `json:"kind"`
	// Basis is the number of the decision or document that it rests on, Decision the record of the decision where it is one.
	Basis    string    `json:"basis"`
	Decision domain.ID `json:"decision,omitempty"`
	Reason   string    `json:"reason"`
	Changes  []Change  `json:"changes"`
	Naming   *Naming   `json:"naming,omitempty"` // of the plan itself
	At       time.Time `json:"at"`
	By       domain.ID `json:"by"`  // account
	Sum      string    `json:"sum"` // binds it to all before it and to the plan after it
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
	nodes := map[string]Node{}
	for _, set := range sets {
		if upTo > 0 && set.Number > upTo {
			break
		}
		for _, c := range set.Changes {
			if c.Drop {
				drop(nodes, c.Node.ID)
				continue
			}
			nodes[c.Node.ID] = c.Node
		}
	}
	out := make(State, 0, len(nodes))
	for _, n := range nodes {
		out = append(out, n)
	}
	slices.SortFunc(out, InOrder)
	return out
}

// drop takes a node out and everything below it.
func drop(nodes map[string]Node, id string) {
	gone := []string{id}
	for len(gone) > 0 {
		top := gone[0]
		gone = gone[1:]
		delete(nodes, top)
		for _, n := range nodes {
			if n.Parent == top {
				gone = append(gone, n.ID)
			}
		}
	}
}

// InOrder puts nodes into the order of their codes.
func InOrder(a, b Node) int { return cmp.Or(byCode(a.ID, b.ID), cmp.Compare(a.ID, b.ID)) }

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
