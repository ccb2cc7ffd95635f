package plan

import (
	"cmp"
	"slices"
)

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
	slices.SortFunc(out, func(a, b Difference) int { return cmp.Or(byCode(a.ID, b.ID), cmp.Compare(a.ID, b.ID)) })
	return out
}

func same(a, b Node) bool {
	plain := a.Parent == b.Parent && a.Kind == b.Kind && a.Title == b.Title && a.Text == b.Text && a.Owner == b.Owner &&
		a.Weight == b.Weight && a.From == b.From && a.Until == b.Until
	return plain && slices.Equal(a.Budget, b.Budget) && slices.EqualFunc(a.Indicators, b.Indicators, sameIndicator)
}

func sameIndicator(a, b Indicator) bool {
	return a.Name == b.Name && a.Unit == b.Unit && a.Baseline == b.Baseline && slices.Equal(a.Targets, b.Targets)
}

// Important reports whether the way from one state to another is a major change (중요변경, 촉진령 3②): it touches the direction,
// which the strategies give, or a goal, which an indicator sets. Whether institutions change no ledger tells.
func Important(before, after State) bool {
	return slices.ContainsFunc(Compare(before, after), func(d Difference) bool {
		var old, now Node
		if d.Before != nil {
			old = *d.Before
		}
		if d.After != nil {
			now = *d.After
		}
		direction := old.Kind == Strategy || now.Kind == Strategy
		if direction && (old.Kind != now.Kind || old.Title != now.Title || old.Text != now.Text) {
			return true
		}
		return !slices.EqualFunc(old.Indicators, now.Indicators, sameIndicator)
	})
}

// Lead are the changes that lead from a state to the nodes given: what they do not name is taken out first, and with it what
// lies below, then what differs is put. A node that is named twice stays so, and is refused as one that is changed twice.
func Lead(from State, to []Change) []Change {
	var out []Change
	named := map[string]int{}
	for _, c := range to {
		named[c.Node.ID]++
	}
	for _, n := range from {
		if named[n.ID] == 0 {
			out = append(out, Change{Node: Node{ID: n.ID}, Drop: true})
		}
	}
	left := Fold([]ChangeSet{{Number: 1, Changes: asPut(from)}, {Number: 2, Changes: out}}, 0)
	for _, c := range to {
		if n, there := left.Find(c.Node.ID); !there || !same(n, c.Node) || named[n.ID] > 1 {
			out = append(out, c)
		}
	}
	return out
}

func asPut(s State) []Change {
	out := make([]Change, len(s))
	for i, n := range s {
		out[i].Node = n
	}
	return out
}
