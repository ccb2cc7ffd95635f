package pdf

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// substitute stands for a character that cannot be shown.
const substitute = '□'

// Clean makes text printable. It composes it (NFC, so that Hangul pasted from a Mac is whole), turns every kind of
// space and the tab into one space and every kind of line end into "\n", and drops what has no shape of its own:
// control characters, joiners, variation selectors, direction marks and fillers. What remains and is not in the font,
// emoji among it, becomes □; missing lists those characters, one entry for each □. Clean of a clean text changes
// nothing.
func Clean(text string) (clean string, missing []rune) {
	text = norm.NFC.String(plain(text))
	m := fontMetrics()
	covered := func(r rune) rune {
		if r == '\n' || r != utf8.RuneError && m.has(r) {
			return r
		}
		missing = append(missing, r)
		return substitute
	}
	return strings.Map(covered, text), missing
}

// plain drops shapeless characters and unifies spaces and line ends.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r > ' ' && r < 0x7f:
			return r
		case isLineEnd(r):
			return '\n'
		case r == '\t' || unicode.Is(unicode.Zs, r):
			return ' '
		case isShapeless(r):
			return -1
		}
		return r
	}, strings.ReplaceAll(text, "\r\n", "\n"))
}

// isLineEnd recognises the line ends of other systems and of Unicode.
func isLineEnd(r rune) bool {
	switch r {
	case '\r', '\v', '\f', 0x85, 0x2028, 0x2029:
		return true
	}
	return false
}

// isShapeless reports whether r shows nothing by itself. The Arabic number signs are format characters too, but
// visible.
func isShapeless(r rune) bool {
	if unicode.In(r, unicode.Cc, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) {
		return true
	}
	return unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}
