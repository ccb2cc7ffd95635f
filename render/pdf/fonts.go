package pdf

import (
	_ "embed"
	"fmt"
	"sync"

	"github.com/go-pdf/fpdf"
	"golang.org/x/image/font/sfnt"
)

// PretendardGOV 1.3.9 is under the SIL Open Font License 1.1 (fonts/OFL.txt). The files are the published ones,
// unchanged: a subset made beforehand would be a modified version and could not bear the name.
var (
	//go:embed fonts/PretendardGOV-Regular.ttf
	regularTTF []byte
	//go:embed fonts/PretendardGOV-Bold.ttf
	boldTTF []byte
)

// family is the font's name inside fpdf.
const family = "pretendardgov"

// bmp is the number of characters fpdf can address: the Basic Multilingual Plane.
const bmp = 1 << 16

// weight selects one of the two embedded fonts.
type weight uint8

const (
	regular weight = iota
	bold
	weights
)

// style is fpdf's letter for the weight.
func (w weight) style() string {
	if w == bold {
		return "B"
	}
	return ""
}

// fontFiles holds the fonts by weight.
func fontFiles() [weights][]byte { return [weights][]byte{regularTTF, boldTTF} }

// metrics is what layout needs to know of the fonts: which characters both of them have, and how wide each is.
type metrics struct {
	covered [bmp / 64]uint64
	advance [weights][bmp]uint16 // in thousandths of the type size
}

// fontMetrics reads the fonts once, on first use.
var fontMetrics = sync.OnceValue(readMetrics)

func readMetrics() *metrics {
	m := &metrics{}
	for i := range m.covered {
		m.covered[i] = ^uint64(0)
	}
	p := newFpdf()
	for w, ttf := range fontFiles() {
		m.intersect(ttf)
		m.measure(p, weight(w))
	}
	return m
}

// intersect leaves only the characters that the font maps to a glyph.
func (m *metrics) intersect(ttf []byte) {
	font, err := sfnt.Parse(ttf)
	if err != nil {
		panic(fmt.Sprintf("pdf: an embedded font is broken: %v", err))
	}
	var buf sfnt.Buffer
	for r := range rune(bmp) {
		if glyph, err := font.GlyphIndex(&buf, r); err != nil || glyph == 0 {
			m.covered[r/64] &^= 1 << (r % 64)
		}
	}
}

// measure takes the widths from fpdf, so that lines are measured exactly as they will be drawn.
func (m *metrics) measure(p *fpdf.Fpdf, w weight) {
	p.SetFont(family, w.style(), 1)
	for r := range rune(bmp) {
		if m.has(r) {
			m.advance[w][r] = uint16(p.GetStringSymbolWidth(string(r)))
		}
	}
}

// has reports whether both fonts can show r.
func (m *metrics) has(r rune) bool {
	return r >= 0 && r < bmp && m.covered[r/64]&(1<<(r%64)) != 0
}

// width is the width of a cleaned text in thousandths of the type size.
func (m *metrics) width(w weight, text string) int {
	sum := 0
	for _, r := range text {
		sum += int(m.advance[w][r&(bmp-1)])
	}
	return sum
}

// face is a weight at a size.
type face struct {
	weight weight
	size   Length
}

// width is how far a cleaned text reaches, rounded up.
func (f face) width(text string) Length {
	return f.scale(fontMetrics().width(f.weight, text))
}

// scale turns thousandths of the type size into a length, rounded up.
func (f face) scale(units int) Length {
	return (Length(units)*f.size + Point - 1) / Point
}
