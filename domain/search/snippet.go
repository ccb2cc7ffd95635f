package search

import (
	"cmp"
	"slices"
	"strings"
)

// Mark is a place in a text where something that was looked for stands: characters from Start to End, which is not
// included.
type Mark struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Sizes of a snippet in characters: how long it is, and how much of it stands before the first match.
const (
	snippetLength = 160
	snippetLead   = 40
)

// found is a place where the n-th word stands.
type found struct {
	Mark
	word int
}

// places are all places where words stand in a text, in order.
func places(text string, words []string) []found {
	f := fold(text)
	var out []found
	for n, w := range words {
		chars := []rune(w)
		for i := 0; i+len(chars) <= len(f.chars); i++ {
			if slices.Equal(f.chars[i:i+len(chars)], chars) {
				out = append(out, found{Mark{f.at[i], f.at[i+len(chars)-1] + 1}, n})
			}
		}
	}
	slices.SortFunc(out, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	return out
}

// Marks are the places where words stand in a text, in order; places that touch are one.
func Marks(text string, words []string) []Mark { return joined(places(text, words)) }

func joined(all []found) []Mark {
	out := []Mark{}
	for _, m := range all {
		if n := len(out); n > 0 && m.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, m.End)
			continue
		}
		out = append(out, m.Mark)
	}
	return out
}

// Snippet is the part of a text in which most of the words stand, on one line, with their places in it. Without a
// match it is the beginning. What is left out at either end is an ellipsis.
func Snippet(text string, words []string) (string, []Mark) {
	chars, all := []rune(oneLine.Replace(text)), places(text, words)
	from := 0
	if len(all) > 0 {
		from = max(0, min(densest(all)-snippetLead, len(chars)-snippetLength))
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
	for _, m := range joined(all) {
		if m.Start >= from && m.Start < to {
			out = append(out, Mark{m.Start + shift, min(m.End, to) + shift})
		}
	}
	return cut, out
}

// densest is where the first stretch begins that fits into a snippet and has the most different words.
func densest(all []found) int {
	best, most, in := all[0].Start, 0, map[int]int{}
	last := 0
	for first := range all {
		for ; last < len(all) && all[last].End <= all[first].Start+snippetLength-snippetLead; last++ {
			in[all[last].word]++
		}
		if len(in) > most {
			best, most = all[first].Start, len(in)
		}
		if in[all[first].word]--; in[all[first].word] <= 0 {
			delete(in, all[first].word)
		}
		last = max(last, first+1)
	}
	return best
}

// oneLine keeps the number of characters, so that marks stay where they are.
var oneLine = strings.NewReplacer("\n", " ", "\r", " ", "\t", " ")
