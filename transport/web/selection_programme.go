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
