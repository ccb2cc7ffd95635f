package pdf

// Align is where text stands in its column.
type Align uint8

// Left, Center and Right; the zero value leaves the choice to the column, and a column's choice is Left.
const (
	Left Align = iota + 1
	Center
	Right
)

// offset is how far a text of the given width is moved in to stand where it should.
func (a Align) offset(column, width Length) Length {
	switch a {
	case Center:
		return (column - width) / 2
	case Right:
		return column - width
	}
	return 0
}

// flow is a block of text that may run over page breaks.
type flow struct {
	node  *node
	text  rich
	x     Length // left edge
	width Length
	size  Length
	lead  Length
	align Align
	mark  *marker // drawn left of the first line
}

// marker is the mark of an item, "가." or "□".
type marker struct {
	node *node
	text string
	x    Length
}

// tail is where the last line of running text ended, so that "끝." can follow it.
type tail struct {
	node  *node
	x, y  Length
	lead  Length
	valid bool
}

// flow draws a block from the present position on. It does not leave a single line of a longer block alone at the foot
// or at the head of a page.
func (d *Doc) flow(f flow) {
	lines := f.text.lines(f.width, f.size)
	for len(lines) > 0 {
		n := d.fitting(len(lines), f.lead)
		if n == 0 {
			d.newPage()
			continue
		}
		d.flowMark(&f)
		d.tagged(f.node, func() { d.flowLines(f, lines[:n]) })
		lines = lines[n:]
	}
}

// fitting is how many of n lines to draw on this page.
func (d *Doc) fitting(n int, lead Length) int {
	fits := min(n, int(d.room()/lead))
	if d.atTop() {
		fits = max(fits, 1)
	}
	switch left := n - fits; {
	case left == 0 || fits == 0:
		return fits
	case fits == 1 && !d.atTop():
		return 0
	case left == 1 && fits > 2:
		return fits - 1
	case left == 1 && !d.atTop():
		return 0
	}
	return fits
}

func (d *Doc) flowMark(f *flow) {
	if f.mark == nil {
		return
	}
	d.tagged(f.mark.node, func() { d.put(f.mark.x, d.y, f.lead, face{regular, f.size}, f.mark.text) })
	f.mark = nil
}

func (d *Doc) flowLines(f flow, lines []extent) {
	for _, e := range lines {
		x := f.x + f.align.offset(f.width, f.text.width(e, f.size))
		end := d.line(x, d.y, f.lead, f.size, f.text, e)
		d.tail = tail{node: f.node, x: end, y: d.y, lead: f.lead, valid: true}
		d.y += f.lead
	}
}

// pair draws two blocks side by side, or one below the other if they are too long for that.
func (d *Doc) pair(left, right flow) {
	lines := max(len(left.text.lines(left.width, left.size)), len(right.text.lines(right.width, right.size)))
	height := Length(lines) * max(left.lead, right.lead)
	if height > bodyHeight/2 {
		d.flow(left)
		d.flow(right)
		return
	}
	d.need(height)
	y := d.y
	d.flow(left)
	d.y = y
	d.flow(right)
	d.y = y + height
}
