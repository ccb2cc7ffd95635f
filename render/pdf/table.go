package pdf

import (
	"fmt"
	"strings"
)

// Table is a table across the page. Nothing in it is ever cut off: cells wrap, rows grow, a row moves to the next page
// or, taller than a page, runs over it, and the head is repeated on every page.
type Table struct {
	Caption  string   // above the table, left
	Unit     string   // above the table, right: "(단위: 백만원)"
	Columns  []Column // at least one
	Rows     [][]Cell
	RowHeads bool   // the first column names its row
	Total    bool   // the last row is a sum, set in bold
	Empty    string // what to print when there are no rows, "해당 사항 없음"; nothing if empty
}

// Column is a column of a table.
type Column struct {
	Title string // heads the column; a table whose titles are all empty has no head
	Width int    // share of the page's width in relation to the other columns, 1 if less
	Align Align  // of the cells; titles are centred
}

// Cell is a cell of a table. Spans, if any, stand in place of Text. Columns is how many columns it covers, 1 if less.
type Cell struct {
	Text    string
	Spans   []Span
	Columns int
	Align   Align // the column's if zero
}

// Row is a row of plain cells.
func Row(texts ...string) []Cell {
	cells := make([]Cell, len(texts))
	for i, t := range texts {
		cells[i].Text = t
	}
	return cells
}

// spans is the content of the cell.
func (c Cell) spans() []Span {
	if len(c.Spans) > 0 {
		return c.Spans
	}
	return []Span{Plain(c.Text)}
}

// Table writes a table. Every row's cells must cover the columns exactly.
func (d *Doc) Table(t Table) {
	if len(t.Columns) == 0 {
		d.fail(ErrColumns)
		return
	}
	d.endItems()
	table := d.tree.child(nil, roleTable)
	top := d.tableTop(table, t)
	g := grid{head: d.tableHead(table, t), middle: true}
	rows := d.tableRows(table, t)
	d.skip(8 * Point)
	d.need(top.height() + g.start(rows))
	d.drawTop(top)
	d.grid(g, rows)
	d.y += 6 * Point
}

// tableTop is what stands above a table.
type tableTop struct {
	node          *node
	caption, unit flow
	lines         int
}

// tableTop measures caption and unit.
func (d *Doc) tableTop(table *node, t Table) tableTop {
	if t.Caption == "" && t.Unit == "" {
		return tableTop{}
	}
	n := d.tree.child(table, roleCaption)
	caption, unit := d.rich(true, Plain(t.Caption)), d.rich(false, Plain(t.Unit))
	right := min(unit.width(extent{0, len(unit.text)}, sizeSmall), bodyWidth/2)
	left := bodyWidth - right - padX
	return tableTop{
		node:    n,
		caption: flow{node: n, text: caption, x: marginX, width: left, size: sizeCell, lead: leadCell},
		unit: flow{node: n, text: unit, x: pageWidth - marginX - right, width: right, size: sizeSmall, lead: leadCell,
			align: Right},
		lines: max(len(caption.lines(left, sizeCell)), len(unit.lines(right, sizeSmall))),
	}
}

// height is what it takes above the table.
func (t tableTop) height() Length {
	if t.node == nil {
		return 0
	}
	return Length(t.lines)*leadCell + 3*Point
}

// drawTop writes caption and unit side by side.
func (d *Doc) drawTop(t tableTop) {
	if t.node == nil {
		return
	}
	d.pair(t.caption, t.unit)
	d.y += 3 * Point
}

// edge is the left edge of column i; that of the column after the last is the right margin.
func (t Table) edge(i int) Length {
	before, sum := 0, 0
	for n, c := range t.Columns {
		if n < i {
			before += max(c.Width, 1)
		}
		sum += max(c.Width, 1)
	}
	return marginX + bodyWidth*Length(before)/Length(sum)
}

// hasHead reports whether any column has a title.
func (t Table) hasHead() bool {
	for _, c := range t.Columns {
		if c.Title != "" {
			return true
		}
	}
	return false
}

// tableHead measures the row of titles.
func (d *Doc) tableHead(table *node, t Table) *gridRow {
	if !t.hasHead() {
		return nil
	}
	tr := d.tree.child(table, roleRow)
	cells := make([]gridCell, len(t.Columns))
	for i, c := range t.Columns {
		n := d.tree.child(tr, roleHead)
		n.attrs = scopeColumn
		cells[i] = d.cell(gridCell{node: n, x: t.edge(i), width: t.edge(i+1) - t.edge(i),
			text: d.rich(true, Plain(c.Title)), align: Center, grey: true})
	}
	row := newRow(cells)
	return &row
}

// tableRows measures the rows, or the remark in place of them.
func (d *Doc) tableRows(table *node, t Table) []gridRow {
	if len(t.Rows) == 0 && t.Empty != "" {
		t.Rows = [][]Cell{{{Text: t.Empty, Columns: len(t.Columns), Align: Center}}}
		t.RowHeads, t.Total = false, false
	}
	rows := make([]gridRow, len(t.Rows))
	for i, cells := range t.Rows {
		last := t.Total && i == len(t.Rows)-1
		rows[i] = d.tableRow(d.tree.child(table, roleRow), t, cells, last)
	}
	return rows
}

// tableRow measures a row.
func (d *Doc) tableRow(tr *node, t Table, cells []Cell, strong bool) gridRow {
	measured := make([]gridCell, 0, len(cells))
	at := 0
	for _, c := range cells {
		end := at + max(c.Columns, 1)
		if end > len(t.Columns) {
			break
		}
		measured = append(measured, d.tableCell(tr, t, c, at, strong))
		at = end
	}
	if at != len(t.Columns) || len(measured) != len(cells) {
		d.fail(fmt.Errorf("%w: %d cells", ErrColumns, len(cells)))
	}
	return newRow(measured)
}

// tableCell measures a cell that begins in column at.
func (d *Doc) tableCell(tr *node, t Table, c Cell, at int, strong bool) gridCell {
	heads := t.RowHeads && at == 0
	n := d.tree.child(tr, roleCell)
	if heads {
		n.role, n.attrs = roleHead, scopeRow
	}
	if c.Columns > 1 {
		n.attrs = fmt.Sprintf("/A<</O/Table/ColSpan %d>>", c.Columns)
	}
	align := c.Align
	if align == 0 {
		align = t.Columns[at].Align
	}
	return d.cell(gridCell{node: n, x: t.edge(at), width: t.edge(at+max(c.Columns, 1)) - t.edge(at),
		text: d.rich(strong, c.spans()...), align: align, grey: heads || strong})
}

// KeyValue is a line of a document's particulars: "일시", "2026. 12. 15.(화) 14:00". Spans, if any, stand in place of
// Value.
type KeyValue struct {
	Key   string
	Value string
	Spans []Span
}

// KeyValues writes particulars as a table of two columns. The left one is as wide as its longest key, within limits.
func (d *Doc) KeyValues(list ...KeyValue) {
	if len(list) == 0 {
		return
	}
	d.endItems()
	d.skip(6 * Point)
	table := d.tree.child(nil, roleTable)
	width := Millimetres(22)
	for _, kv := range list {
		r := d.rich(true, Plain(kv.Key))
		width = max(width, r.width(extent{0, len(r.text)}, sizeCell)+2*padX+2*Point)
	}
	width = min(width, Millimetres(48))
	rows := make([]gridRow, len(list))
	for i, kv := range list {
		rows[i] = d.keyValue(d.tree.child(table, roleRow), kv, width)
	}
	d.grid(grid{middle: true}, rows)
	d.y += 6 * Point
}

// keyValue measures a line of particulars.
func (d *Doc) keyValue(tr *node, kv KeyValue, width Length) gridRow {
	head, body := d.tree.child(tr, roleHead), d.tree.child(tr, roleCell)
	head.attrs = scopeRow
	value := Cell{Text: kv.Value, Spans: kv.Spans}
	return newRow([]gridCell{
		d.cell(gridCell{node: head, x: marginX, width: width,
			text: d.rich(true, Plain(kv.Key)), align: Center, grey: true}),
		d.cell(gridCell{node: body, x: marginX + width, width: bodyWidth - width,
			text: d.rich(false, value.spans()...)}),
	})
}

// Box writes lines in a frame, for the sum by which a result was reached and the rule it rests on. Each line begins
// anew; an empty title is left out.
func (d *Doc) Box(title string, lines ...string) {
	d.endItems()
	d.skip(8 * Point)
	box := d.tree.child(nil, roleDivision)
	var rows []gridRow
	add := func(r rich, grey bool) {
		c := gridCell{node: d.tree.child(box, roleText), x: marginX, width: bodyWidth, text: r, grey: grey}
		rows = append(rows, newRow([]gridCell{d.cell(c)}))
	}
	if title != "" {
		add(d.rich(true, Plain(title)), true)
	}
	add(d.rich(false, Plain(strings.Join(lines, "\n"))), false)
	var height Length
	for _, r := range rows {
		height += r.height(r.lines)
	}
	if height <= bodyHeight { // a title alone at the foot of a page would leave its sum behind
		d.need(height)
	}
	d.grid(grid{frame: true}, rows)
	d.y += 6 * Point
}
