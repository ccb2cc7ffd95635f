package search

import (
	"slices"
	"strings"
	"unicode"
)

// Widths: what stands in the full-width block is its ASCII counterpart that much further down.
const (
	fullFirst, fullLast = '！', '～'
	fullShift           = '！' - '!'
)

// passedOver are characters that make no difference: the points between words, which people type in half a dozen ways
// or leave out (심의ㆍ의결, 심의·의결, 심의의결), and what takes no room.
var passedOver = []rune{
	'\u318d', '\u00b7', '\u30fb', '\uff65', '\u2022', '\u2027', '\u2219', '\u22c5', '\u119e',
	'\u00ad', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff',
}

// folded is a text as it is compared, each character with its place in the original.
type folded struct {
	chars []rune
	at    []int // in characters of the original
}

// fold folds case and width, passes points between words over, and makes any white space one blank. It expects NFC,
// which is what arrives is put into.
func fold(s string) folded {
	var out folded
	n := -1
	for _, c := range s {
		n++
		switch {
		case slices.Contains(passedOver, c):
			continue
		case unicode.IsSpace(c):
			if k := len(out.chars); k == 0 || out.chars[k-1] == ' ' {
				continue
			}
			c = ' '
		case c >= fullFirst && c <= fullLast:
			c -= fullShift
		}
		out.chars, out.at = append(out.chars, unicode.ToLower(c)), append(out.at, n)
	}
	return out
}

// Fold is a text as it is compared.
func Fold(s string) string { return string(fold(s).chars) }

// Words are the words of what somebody looks for, folded, each once, in their order.
func Words(q string) []string {
	var out []string
	for _, w := range strings.Fields(Fold(q)) {
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// Searchable reports whether one of the words is long enough to be looked up: two characters.
func Searchable(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return len([]rune(w)) > 1 })
}

// Matches reports whether every word stands in a folded text.
func Matches(text string, words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
}
