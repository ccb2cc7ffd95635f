package pdf

import (
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// Lines cleans text and breaks it into lines no wider than width at a type size. It breaks at spaces, as Korean is
// set; a word wider than the line is broken where Unicode allows (UAX #14: a closing bracket or a comma stays with
// what precedes it), and where that is not enough, between characters. Spaces at a break are dropped, nothing else
// ever is. Only a single character wider than the line goes over it.
func Lines(text string, width, size Length, strong bool) []string {
	clean, _ := Clean(text)
	var r rich
	r.add(clean, weightOf(strong), false)
	lines := r.lines(width, size)
	out := make([]string, len(lines))
	for i, e := range lines {
		out[i] = clean[e.from:e.to]
	}
	return out
}

// extent is a part of a text, in bytes.
type extent struct{ from, to int }

// breaker breaks a text; fits reports whether a part of it goes on one line. The line being filled is text[start:end].
type breaker struct {
	text       string
	fits       func(from, to int) bool
	start, end int
	lines      []extent
}

// breakLines breaks at "\n" always and elsewhere where it must. The lines follow each other, with nothing but spaces
// and line ends between them.
func breakLines(text string, fits func(from, to int) bool) []extent {
	b := breaker{text: text, fits: fits}
	for from := 0; ; {
		to := from + lengthUntil(text[from:], '\n')
		b.paragraph(from, to)
		if to == len(text) {
			return b.lines
		}
		from = to + 1
	}
}

// lengthUntil is the number of bytes of s before the first sep, or of all of s.
func lengthUntil(s string, sep byte) int {
	if i := strings.IndexByte(s, sep); i >= 0 {
		return i
	}
	return len(s)
}

func (b *breaker) paragraph(from, to int) {
	b.start, b.end = from, from
	for from < to {
		next := min(to, from+lengthUntil(b.text[from:to], ' ')+1)
		b.word(from, next)
		from = next
	}
	b.flush()
}

// word adds a word with the space behind it.
func (b *breaker) word(from, to int) {
	if b.extend(to) {
		return
	}
	if b.start < b.end && b.fits(from, b.trim(from, to)) {
		b.flush()
		b.end = to
		return
	}
	b.segments(from, to)
}

// segments adds a word that is wider than a line.
func (b *breaker) segments(from, to int) {
	state := -1
	for rest := b.text[from:to]; rest != ""; {
		var segment string
		segment, rest, _, state = uniseg.FirstLineSegmentInString(rest, state)
		next := from + len(segment)
		if !b.extend(next) && !b.extendNew(next) {
			b.runes(from, next)
		}
		from = next
	}
}

// runes adds a segment that is wider than a line.
func (b *breaker) runes(from, to int) {
	for from < to {
		_, n := utf8.DecodeRuneInString(b.text[from:])
		from += n
		if b.extend(from) || b.extendNew(from) {
			continue
		}
		b.end = from
	}
}

// extend takes text up to to into the line, if there is room.
func (b *breaker) extend(to int) bool {
	if end := b.trim(b.start, to); end > b.end && !b.fits(b.start, end) {
		return false
	}
	b.end = to
	return true
}

// extendNew ends the line, if it has begun, and takes text up to to into the next.
func (b *breaker) extendNew(to int) bool {
	if b.start == b.end {
		return false
	}
	b.flush()
	return b.extend(to)
}

// flush ends the line.
func (b *breaker) flush() {
	b.lines = append(b.lines, extent{b.start, b.trim(b.start, b.end)})
	b.start = b.end
}

// trim is the end of text[from:to] without the spaces at its end.
func (b *breaker) trim(from, to int) int {
	for to > from && b.text[to-1] == ' ' {
		to--
	}
	return to
}
