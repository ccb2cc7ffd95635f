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
