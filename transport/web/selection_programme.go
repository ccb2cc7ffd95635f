package web

import (
	"slices"
	"strings"

	"secretariat/domain/selection"
)

// Classes are what differs for each size class, as the form shows it.
func (p callEdit) Classes() []selection.Class {
	out := []selection.Class{{Size: "micro"}, {Size: "small"}, {Size: "medium"}, {Size: "large"}}
	for i := range out {
		if n := slices.IndexFunc(p.C.Terms.Classes, func(c selection.Class) bool { return c.Size == out[i].Size }); n >= 0 {
			out[i] = p.C.Terms.Classes[n]
		}
	}
	return out
}

// Conditions are what who reviews confirms, one a line.
func (p callEdit) Conditions() string { return strings.Join(p.C.Terms.Conditions, "\n") }

// ItemOptions are the agenda items on which the ranking may be put.
func (p rankingPage) ItemOptions() []Option {
	var out []Option
	for _, i := range p.Agenda {
		out = append(out, Option{string(i.ID), i.Number + " " + i.Title + " (" + i.Detail + ")"})
	}
	return out
}

// DecisionOptions are what the committee decided on the item of the ranking.
func (p rankingPage) DecisionOptions(v *Visit) []Option {
	var out []Option
	for _, d := range p.Decisions {
		out = append(out, Option{d.Number, d.Number + " (" + v.Label("outcome", d.Detail) + ")"})
	}
	return out
}
