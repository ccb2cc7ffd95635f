package search

import (
	"slices"
	"unicode/utf8"
)

// Grams are the pairs of neighbouring characters of a folded text, each once, as numbers in ascending order. Two
// characters are most Korean words, and the shortest that can be looked for. Pairs with a blank are left out: no word
// has one.
func Grams(text string) []int64 {
	var out []int64
	before := ' '
	for _, c := range text {
		if before != ' ' && c != ' ' {
			out = append(out, int64(before)<<runeBits|int64(c))
		}
		before = c
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// runeBits are enough for every character.
const runeBits = 21

var _ = uint(1<<runeBits - utf8.MaxRune) // does not compile should they be too few

// GramsOf are the grams of words, each once.
func GramsOf(words []string) []int64 {
	var out []int64
	for _, w := range words {
		out = append(out, Grams(w)...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
