package pdf

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Span is a piece of running text in one style. Make it with Plain, Bold, Redacted or Redact.
type Span struct {
	text    string
	bold    bool
	grounds []int
}

// Plain is text as it stands.
func Plain(text string) Span { return Span{text: text} }

// Bold is emphasised text, for example a speaker's name.
func Bold(text string) Span { return Span{text: text, bold: true} }

// Redacted is a black bar with the numbers of the grounds of non-disclosure (정보공개법 9①, 1 to 8) behind it, for
// example "■■■(5ㆍ6호)". The bar has one length whatever it covers. What it covers is never given to this package.
func Redacted(grounds ...int) Span {
	if len(grounds) == 0 {
		grounds = []int{0} // reported as ErrRedaction when it is drawn
	}
	return Span{grounds: grounds}
}

// Redaction says that the characters From to To (To not included; counted in Unicode characters from 0) of a text are
// withheld on the ground of 정보공개법 9① with this number (1 to 8).
type Redaction struct{ From, To, Ground int }

// Redact cuts the withheld parts out of text and puts bars in their place. Overlapping parts become one bar with all
// their grounds. A part outside the text, empty or without a ground is ErrRedaction, and then nothing of the text is
// returned.
func Redact(text string, parts ...Redaction) ([]Span, error) {
	runes := []rune(text)
	parts = slices.Clone(parts)
	slices.SortFunc(parts, func(a, b Redaction) int { return cmp.Compare(a.From, b.From) })
	var spans []Span
	at := 0
	for len(parts) > 0 {
		hole, rest := mergeFirst(parts)
		if hole.From < at || hole.To > len(runes) || !validParts(parts[:len(parts)-len(rest)]) {
			return nil, ErrRedaction
		}
		spans = appendPlain(spans, string(runes[at:hole.From]))
		spans = append(spans, Redacted(grounds(parts[:len(parts)-len(rest)])...))
		at, parts = hole.To, rest
	}
	return appendPlain(spans, string(runes[at:])), nil
}

// mergeFirst is the first part grown over those that overlap it, and the parts after them. Parts are sorted by From.
func mergeFirst(parts []Redaction) (Redaction, []Redaction) {
	first := parts[0]
	for i, p := range parts[1:] {
		if p.From >= first.To {
			return first, parts[i+1:]
		}
		first.To = max(first.To, p.To)
	}
	return first, nil
}

func validParts(parts []Redaction) bool {
	return !slices.ContainsFunc(parts, func(p Redaction) bool {
		return p.From < 0 || p.From >= p.To || !validGround(p.Ground)
	})
}

// validGround reports whether 정보공개법 9① has an item of this number.
func validGround(n int) bool { return n >= 1 && n <= 8 }

// grounds lists the grounds of parts in rising order, each once.
func grounds(parts []Redaction) []int {
	var list []int
	for _, p := range parts {
		list = append(list, p.Ground)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func appendPlain(spans []Span, text string) []Span {
	if text == "" {
		return spans
	}
	return append(spans, Plain(text))
}

// bar is what a redaction prints; the black box is painted over it.
const bar = "■■■"

// groundLabel names the grounds of a redaction: "(5ㆍ6호)". It holds no space, so that it stays with its bar.
func groundLabel(grounds []int) string {
	list := make([]string, len(grounds))
	for i, g := range grounds {
		list[i] = fmt.Sprint(g)
	}
	return "(" + strings.Join(list, "ㆍ") + "호)"
}

// weightOf turns emphasis into a weight.
func weightOf(strong bool) weight {
	if strong {
		return bold
	}
	return regular
}

// rich is a cleaned text with its styles and the sum of its widths up to each byte, in thousandths of the type size.
type rich struct {
	text string
	runs []run
	sums []int
}

// run is a stretch of one style, up to the byte to.
type run struct {
	to     int
	weight weight
	bar    bool
}

// rich joins spans; strong sets all of them in bold.
func (d *Doc) rich(strong bool, spans ...Span) rich {
	var r rich
	for _, s := range spans {
		if s.grounds != nil {
			d.addBar(&r, weightOf(strong), s.grounds)
			continue
		}
		r.add(d.clean(s.text), weightOf(strong || s.bold), false)
	}
	return r
}

func (d *Doc) addBar(r *rich, w weight, grounds []int) {
	if slices.ContainsFunc(grounds, func(g int) bool { return !validGround(g) }) {
		d.fail(ErrRedaction)
	}
	r.add(bar, w, true)
	r.add(groundLabel(grounds), w, false)
}

// add appends clean text in a style.
func (r *rich) add(clean string, w weight, bar bool) {
	if clean == "" {
		return
	}
	if r.sums == nil {
		r.sums = append(make([]int, 0, len(clean)+1), 0)
	}
	m, sum := fontMetrics(), r.sums[len(r.sums)-1]
	for _, c := range clean {
		sum += int(m.advance[w][c&(bmp-1)])
		for range utf8.RuneLen(c) {
			r.sums = append(r.sums, sum)
		}
	}
	r.text += clean
	r.runs = append(r.runs, run{to: len(r.text), weight: w, bar: bar})
}

// width is the width of a part at a type size, rounded up.
func (r rich) width(e extent, size Length) Length {
	if e.from == e.to {
		return 0
	}
	return face{size: size}.scale(r.sums[e.to] - r.sums[e.from])
}

// lines breaks the text for a width at a type size. There is at least one line, which may be empty.
func (r rich) lines(width, size Length) []extent {
	return breakLines(r.text, func(from, to int) bool {
		return r.width(extent{from, to}, size) <= width
	})
}

// pieces calls draw for each stretch of one style in a part.
func (r rich) pieces(e extent, draw func(text string, style run)) {
	for _, style := range r.runs {
		if e.from >= e.to {
			return
		}
		if style.to <= e.from {
			continue
		}
		end := min(style.to, e.to)
		draw(r.text[e.from:end], style)
		e.from = end
	}
}
