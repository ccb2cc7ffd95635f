package pdf

import "fmt"

// grid is a block of cells in rows: a table, a list of keys and values, a box.
type grid struct {
	head   *gridRow // drawn again after each page break
	frame  bool     // lines at both sides too
	middle bool     // cells stand in the middle of their row, not at its top
	top    Length   // where the part on this page begins
}

// gridRow is a row with its cells measured.
type gridRow struct {
	cells []gridCell
	lines int    // of the tallest cell
	least Length // least height, for rows to be filled in by hand
}

// gridCell is a cell with its text broken into lines.
type gridCell struct {
	node  *node
	x     Length
	width Length
	text  rich
	lines []extent
	align Align
	grey  bool
}

// The white space in a cell and the least width a column may have inside it: one Hangul syllable.
const (
	padX      = 5 * Point
	padY      = 3_500
	leastText = sizeCell
)

// cell measures a cell.
func (d *Doc) cell(c gridCell) gridCell {
	if c.width-2*padX < leastText {
		d.fail(fmt.Errorf("%w: %d points", ErrNarrow, c.width/Point))
		c.width = 2*padX + leastText
	}
	c.lines = c.text.lines(c.width-2*padX, sizeCell)
	return c
}

// newRow is a row of measured cells.
func newRow(cells []gridCell) gridRow {
	row := gridRow{cells: cells}
	for _, c := range cells {
		row.lines = max(row.lines, len(c.lines))
	}
	return row
}

// height is the height of n lines of the row.
func (r gridRow) height(n int) Length { return max(Length(n)*leadCell+2*padY, r.least) }

// headHeight is what the head takes from each page.
func (g grid) headHeight() Length {
	if g.head == nil {
		return 0
	}
	return g.head.height(g.head.lines)
}

// fitsPage reports whether a row fits on a page of its own.
func (g grid) fitsPage(row gridRow) bool { return row.height(row.lines) <= bodyHeight-g.headHeight() }

// start is the least height with which the grid may begin: the head and the first row, or some lines of that.
func (g grid) start(rows []gridRow) Length {
	if len(rows) == 0 {
		return g.headHeight()
	}
	lines := rows[0].lines
	if !g.fitsPage(rows[0]) {
		lines = 3
	}
	return g.headHeight() + rows[0].height(lines)
}

// grid draws rows, with the head above them on every page.
func (d *Doc) grid(g grid, rows []gridRow) {
	if g.headHeight() > bodyHeight/2 {
		d.fail(ErrTallHead)
		return
	}
	d.need(g.start(rows))
	d.tail = tail{}
	g.top = d.y
	if g.head != nil {
		d.gridLines(&g, *g.head, 0, g.head.lines)
	}
	for _, row := range rows {
		d.gridRow(&g, row)
	}
	d.gridEdge()
}

// gridEdge draws the line that closes a grid, or the part of it on this page.
func (d *Doc) gridEdge() {
	d.artifact(func() { d.rule(marginX, d.y, pageWidth-marginX, d.y, ruleThick, greyText) })
}

// gridBreak goes on on a new page. The repeated head is no new text, so it carries no tags.
func (d *Doc) gridBreak(g *grid) {
	d.gridEdge()
	d.newPage()
	g.top = d.y
	if g.head == nil {
		return
	}
	head := newRow(append([]gridCell(nil), g.head.cells...))
	for i := range head.cells {
		head.cells[i].node = nil
	}
	d.gridLines(g, head, 0, head.lines)
}

// gridRow draws a row on this page if it fits, else on the next if it fits there; a row taller than a page is split
// between lines.
func (d *Doc) gridRow(g *grid, row gridRow) {
	if row.height(row.lines) > d.room() && g.fitsPage(row) {
		d.gridBreak(g)
	}
	for from := 0; from < row.lines; {
		fits := int((d.room() - 2*padY) / leadCell)
		n := min(row.lines-from, fits)
		if n < 2 && n < row.lines-from {
			d.gridBreak(g)
			continue
		}
		d.gridLines(g, row, from, from+n)
		from += n
	}
}

// gridLines draws the lines from to to of each cell of a row.
func (d *Doc) gridLines(g *grid, row gridRow, from, to int) {
	height := row.height(to - from)
	d.artifact(func() { d.gridFills(row, height) })
	for _, c := range row.cells {
		d.gridCell(g, row, c, from, to)
	}
	d.artifact(func() { d.gridRules(g, row, height) })
	d.y += height
}

// gridFills paints the grey cells of a row.
func (d *Doc) gridFills(row gridRow, height Length) {
	for _, c := range row.cells {
		if c.grey {
			d.fill(c.x, d.y, c.width, height, greyFill)
		}
	}
}

// gridRules draws the line above a row and those between its cells. The line comes after the fills, lest they hide it.
func (d *Doc) gridRules(g *grid, row gridRow, height Length) {
	for _, c := range row.cells {
		if c.x > marginX || g.frame {
			d.rule(c.x, d.y, c.x, d.y+height, ruleThin, greyRule)
		}
	}
	if g.frame {
		d.rule(pageWidth-marginX, d.y, pageWidth-marginX, d.y+height, ruleThin, greyRule)
	}
	if d.y == g.top {
		d.rule(marginX, d.y, pageWidth-marginX, d.y, ruleThick, greyText)
		return
	}
	d.rule(marginX, d.y, pageWidth-marginX, d.y, ruleThin, greyRule)
}

// gridCell draws the lines from to to of a cell, as far as it has them.
func (d *Doc) gridCell(g *grid, row gridRow, c gridCell, from, to int) {
	lines := c.lines[min(from, len(c.lines)):min(to, len(c.lines))]
	if len(lines) == 0 || c.text.text == "" {
		return
	}
	y := d.y + padY
	if whole := to-from == row.lines; whole && g.middle {
		y = d.y + (row.height(row.lines)-Length(len(lines))*leadCell)/2
	}
	draw := func() {
		for i, e := range lines {
			x := c.x + padX + c.align.offset(c.width-2*padX, c.text.width(e, sizeCell))
			d.line(x, y+Length(i)*leadCell, leadCell, sizeCell, c.text, e)
		}
	}
	if c.node == nil {
		d.artifact(draw)
		return
	}
	d.tagged(c.node, draw)
}
