package pdf

import "fmt"

// Head is what stands above the title: who issues the document and under which number. Empty fields are left out.
type Head struct {
	Organisation string // "서울특별시 디지털전환위원회"
	Number       string // "디지털전환담당관-1345" (행정업무규정 시행규칙 8)
	Date         string // "2026. 12. 18."
	Disclosure   string // "공개", "부분공개(5ㆍ6호)", "비공개(6호)"
}

// Head writes the document's head, closed by a rule.
func (d *Doc) Head(h Head) {
	d.endItems()
	if h.Organisation != "" {
		d.centred(roleText, h.Organisation, sizeHead, true)
		d.skip(8 * Point)
	}
	d.sides(h.Number, joinNonEmpty("    ", h.Date, h.Disclosure))
	d.artifact(func() { d.rule(marginX, d.y, pageWidth-marginX, d.y, ruleThick, greyText) })
	d.y += 16 * Point
}

// joinNonEmpty joins what is not empty.
func joinNonEmpty(sep string, parts ...string) string {
	out := ""
	for _, p := range parts {
		if p != "" && out != "" {
			out += sep
		}
		out += p
	}
	return out
}

// sides writes small print on both sides of one line, or of as many as it takes.
func (d *Doc) sides(left, right string) {
	if left == "" && right == "" {
		return
	}
	const width = (bodyWidth - 12*Point) / 2
	const lead = sizeCell + 4*Point
	d.pair(
		flow{node: d.tree.child(nil, roleText), text: d.rich(false, Plain(left)), x: marginX, width: width,
			size: sizeCell, lead: lead},
		flow{node: d.tree.child(nil, roleText), text: d.rich(false, Plain(right)), x: pageWidth - marginX - width,
			width: width, size: sizeCell, lead: lead, align: Right})
	d.y += 3 * Point
	d.tail = tail{}
}

// centred writes a block in the middle of the page.
func (d *Doc) centred(role, text string, size Length, strong bool) {
	d.flow(flow{node: d.tree.child(nil, role), text: d.rich(strong, Plain(text)), x: marginX, width: bodyWidth,
		size: size, lead: size * 14 / 10, align: Center})
	d.tail = tail{}
}

// Title writes the document's title.
func (d *Doc) Title(text string) {
	d.endItems()
	d.skip(8 * Point)
	d.centred(roleTitle, text, sizeTitle, true)
	d.y += 10 * Point
}

// Subtitle writes a line below the title, for example the day and the place.
func (d *Doc) Subtitle(text string) {
	d.endItems()
	d.centred(roleText, text, sizeBody, false)
	d.y += 10 * Point
}

// MaxHeading is the deepest level of headings.
const MaxHeading = 3

// headings are the type sizes and the white space above, by level.
var headings = [MaxHeading]struct{ size, above Length }{
	{13_500, 20 * Point}, {12 * Point, 14 * Point}, {sizeBody, 10 * Point},
}

// Heading writes a heading of level 1 to MaxHeading and puts a bookmark on it. It stays with the text below and starts
// the numbering of items anew.
func (d *Doc) Heading(level int, text string) {
	if level < 1 || level > MaxHeading {
		d.fail(fmt.Errorf("%w: heading %d", ErrLevel, level))
		return
	}
	d.endItems()
	d.items = items{}
	h := headings[level-1]
	r := d.rich(true, Plain(text))
	lead := h.size * 14 / 10
	d.need(h.above + Length(len(r.lines(bodyWidth, h.size)))*lead + 3*leadBody)
	d.skip(h.above)
	d.bookmark(level-1, r.text)
	d.flow(flow{node: d.tree.child(nil, fmt.Sprintf("H%d", level+1)), text: r, x: marginX, width: bodyWidth,
		size: h.size, lead: lead})
	d.y += 4 * Point
	d.tail = tail{}
}

// bookmark adds an entry to the outline. A level that was skipped over is closed up, since an entry needs a parent.
func (d *Doc) bookmark(level int, text string) {
	d.outline = min(level, d.outline+1)
	d.setFace(face{bold, sizeBody}) // fpdf encodes the text of a bookmark by the font selected
	d.pdf.Bookmark(singleLine(text), d.outline, d.y.points())
}

// Paragraph writes running text. Line ends in it begin a new line.
func (d *Doc) Paragraph(text string) { d.ParagraphSpans(Plain(text)) }

// ParagraphSpans writes running text in several styles.
func (d *Doc) ParagraphSpans(spans ...Span) {
	d.endItems()
	d.skip(4 * Point)
	d.flow(flow{node: d.tree.child(nil, roleText), text: d.rich(false, spans...), x: marginX, width: bodyWidth,
		size: sizeBody, lead: leadBody})
}

// Note writes a remark in small print, for example the key to the redactions.
func (d *Doc) Note(text string) {
	d.endItems()
	d.skip(6 * Point)
	d.flow(flow{node: d.tree.child(nil, roleText), text: d.rich(false, Plain(text)), x: marginX, width: bodyWidth,
		size: sizeSmall, lead: sizeSmall * 15 / 10})
	d.tail = tail{}
}

// Issuer writes who issues the document, below its text (행정업무규정 13): the date, the name in large letters, and a frame
// that shows where the seal goes. An empty Date or Seal is left out.
type Issuer struct {
	Date string // "2026. 12. 18."
	Name string // "서울특별시 디지털전환위원회위원장"
	Seal string // "청인", "직인", "청인생략"; only the place of the seal is printed, never a seal
}

// Issuer writes the issuer's block in one piece.
func (d *Doc) Issuer(i Issuer) {
	d.endItems()
	var beside Length // kept free on both sides of the name, so that it stands in the middle and off the seal
	if i.Seal != "" {
		beside = sealSize + 8*Point
	}
	name := flow{text: d.rich(true, Plain(i.Name)), x: marginX + beside,
		width: bodyWidth - 2*beside, size: sizeTitle, lead: sizeTitle * 14 / 10, align: Center}
	d.need(80*Point + Length(len(name.text.lines(name.width, name.size)))*name.lead)
	d.skip(30 * Point)
	if i.Date != "" {
		d.centred(roleText, i.Date, sizeBody, false)
		d.y += 14 * Point
	}
	top := d.y
	name.node = d.tree.child(nil, roleText)
	d.flow(name)
	d.tail = tail{}
	if i.Seal != "" {
		d.seal(i.Seal, (top+d.y)/2)
	}
	d.y += 14 * Point
}

// sealSize is the side of the frame for a seal.
const sealSize = 44 * Point

// seal draws the place of a seal at the right margin, around the given height.
func (d *Doc) seal(text string, middle Length) {
	x, y := pageWidth-marginX-sealSize, middle-sealSize/2
	d.artifact(func() { d.square(x, y, sealSize) })
	r := d.rich(false, Plain(text))
	lines := r.lines(sealSize-4*Point, sizeSmall)
	const lead = sizeSmall * 13 / 10
	if Length(len(lines))*lead > sealSize {
		d.fail(fmt.Errorf("%w: seal", ErrNarrow))
		return
	}
	at := middle - Length(len(lines))*lead/2
	d.tagged(d.tree.child(nil, roleText), func() {
		for i, e := range lines {
			left := x + Center.offset(sealSize, r.width(e, sizeSmall))
			d.line(left, at+Length(i)*lead, lead, sizeSmall, r, e)
		}
	})
}

// square draws a thin frame.
func (d *Doc) square(x, y, side Length) {
	for _, l := range [][4]Length{
		{x, y, x + side, y}, {x, y + side, x + side, y + side}, {x, y, x, y + side}, {x + side, y, x + side, y + side},
	} {
		d.rule(l[0], l[1], l[2], l[3], ruleThin, greyRule)
	}
}
