package search

import (
	"cmp"
	"slices"
	"strings"
)

// Mark is a place in a text where something that was looked for stands: characters from Start to End, which is not included.
type Mark struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Sizes of a snippet in characters: how long it is, and how much of it stands before the first match.
const (
	snippetLength = 160
	snippetLead   = 40
)

// Marks are the places where words stand in a text, in order; places that touch are one.
func Marks(text string, words []string) []Mark {
	f := fold(text)
	var found []Mark
	for _, w := range words {
		chars := []rune(w)
		for i := 0; i+len(chars) <= len(f.chars); i++ {
			if slices.Equal(f.chars[i:i+len(chars)], chars) {
				found = append(found, Mark{f.at[i], f.at[i+len(chars)-1] + 1})
			}
		}
	}
	slices.SortFunc(found, func(a, b Mark) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	out := []Mark{}
	for _, m := range found {
		if n := len(out); n > 0 && m.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, m.End)
			continue
		}
		out = append(out, m)
	}
	return out
}

// Snippet is the part of a text round the first match, on one line, with the places of all matches in it. Without a match it
// is the beginning. What is left out at either end is an ellipsis.
func Snippet(text string, words []string) (string, []Mark) {
	chars, marks := []rune(oneLine.Replace(text)), Marks(text, words)
	from := 0
	if len(marks) > 0 {
		from = max(0, min(marks[0].Start-snippetLead, len(chars)-snippetLength))
	}
	to := min(len(chars), from+snippetLength)
	shift, out := -from, []Mark{}
	cut := string(chars[from:to])
	if from > 0 {
		cut, shift = "…"+cut, shift+1
	}
	if to < len(chars) {
		cut += "…"
	}
	for _, m := range marks {
		if m.Start >= from && m.Start < to {
			out = append(out, Mark{m.Start + shift, min(m.End, to) + shift})
		}
	}
	return cut, out
}

// oneLine keeps the number of characters, so that marks stay where they are.
var oneLine = strings.NewReplacer("\n", " ", "\r", " ", "\t", " ")
