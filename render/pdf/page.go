package pdf

import "fmt"

// newPage ends the page. It is never called while an element is open: a block that runs over a page break opens its
// element on each page.
func (d *Doc) newPage() {
	d.pdf.AddPage()
	d.y = marginTop
	d.tail = tail{}
}

// atTop reports whether nothing has been drawn on this page yet.
func (d *Doc) atTop() bool { return d.y == marginTop }

// room is the height left on this page.
func (d *Doc) room() Length { return bodyBottom - d.y }

// need begins a new page unless there is room for a block of this height, or the page is still empty.
func (d *Doc) need(height Length) {
	if height > d.room() && !d.atTop() {
		d.newPage()
	}
}

// skip leaves white space, but not at the top of a page.
func (d *Doc) skip(height Length) {
	if !d.atTop() {
		d.y += height
	}
}

// PageBreak begins a new page, unless the present one is empty.
func (d *Doc) PageBreak() {
	d.endItems()
	if !d.atTop() {
		d.newPage()
	}
}

// setFace selects the font, unless it is selected.
func (d *Doc) setFace(f face) {
	if d.face != f {
		d.face = f
		d.pdf.SetFont(family, f.weight.style(), f.size.points())
	}
}

// put draws a piece of clean text in a line box of the given height.
func (d *Doc) put(x, y, height Length, f face, text string) {
	if text == "" {
		return
	}
	d.beginMark()
	d.setFace(f)
	d.pdf.SetXY(x.points(), y.points())
	d.pdf.CellFormat(0, height.points(), text, "", 0, "L", false, 0, "")
}

// line draws one line of rich text and returns where it ends.
func (d *Doc) line(x, y, height, size Length, r rich, e extent) Length {
	r.pieces(e, func(text string, style run) {
		f := face{style.weight, size}
		d.put(x, y, height, f, text)
		width := f.width(text)
		if style.bar {
			d.fill(x, y+(height-size)/2, width, size, greyText)
		}
		x += width
	})
	return x
}

// fill paints a rectangle.
func (d *Doc) fill(x, y, width, height Length, grey int) {
	d.pdf.SetFillColor(grey, grey, grey)
	d.pdf.Rect(x.points(), y.points(), width.points(), height.points(), "F")
	d.pdf.SetFillColor(greyText, greyText, greyText)
}

// rule draws a straight line.
func (d *Doc) rule(x1, y1, x2, y2, thickness Length, grey int) {
	d.pdf.SetDrawColor(grey, grey, grey)
	d.pdf.SetLineWidth(thickness.points())
	d.pdf.Line(x1.points(), y1.points(), x2.points(), y2.points())
}

// footers writes the document number and "1 / 3" on every page. It is done at the end, when the number of pages is
// known, so that no placeholder can ever be confused with the text of a record.
func (d *Doc) footers() {
	number := d.clean(d.meta.Number)
	pages := d.pdf.PageCount()
	small := face{regular, sizeSmall}
	for page := 1; page <= pages; page++ {
		d.pdf.SetPage(page)
		d.pdf.SetFillColor(greySoft, greySoft, greySoft)
		d.pdf.SetTextColor(greySoft, greySoft, greySoft)
		d.face = face{}
		d.pdf.RawWriteStr("/Artifact <</Type/Pagination/Subtype/Footer>> BDC")
		d.footer(number, fmt.Sprintf("%d / %d", page, pages), small)
		d.pdf.RawWriteStr("EMC")
	}
}

// maxFooter is the number of lines that fit below the text.
const maxFooter = 3

// footer draws the line of small print at the foot of the page; a number too long for it is printed in several lines.
func (d *Doc) footer(number, page string, small face) {
	const lead = sizeSmall + 2*Point
	d.rule(marginX, footerTop, pageWidth-marginX, footerTop, ruleThin, greyRule)
	width := small.width(page)
	d.put(pageWidth-marginX-width, footerTop+4*Point, lead, small, page)
	var r rich
	r.add(number, regular, false)
	lines := r.lines(bodyWidth-width-20*Point, sizeSmall)
	if len(lines) > maxFooter {
		d.fail(fmt.Errorf("%w: footer", ErrNarrow))
		return
	}
	for i, e := range lines {
		d.line(marginX, footerTop+4*Point+Length(i)*lead, lead, sizeSmall, r, e)
	}
}
