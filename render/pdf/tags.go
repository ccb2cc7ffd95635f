package pdf

import "fmt"

// Roles of structure elements (ISO 32000-1, 14.8.4).
const (
	roleDocument = "Document"
	roleTitle    = "H1"
	roleText     = "P"
	roleDivision = "Div"
	roleList     = "L"
	roleItem     = "LI"
	roleLabel    = "Lbl"
	roleBody     = "LBody"
	roleTable    = "Table"
	roleCaption  = "Caption"
	roleRow      = "TR"
	roleHead     = "TH"
	roleCell     = "TD"
)

// Attributes of table cells.
const (
	scopeColumn = "/A<</O/Table/Scope/Column>>"
	scopeRow    = "/A<</O/Table/Scope/Row>>"
)

// node is a structure element: what a stretch of the document is, for a reader who hears it.
type node struct {
	role   string
	attrs  string // dictionary entries, ready to write
	parent *node
	kids   []*node
	marks  []mark // its content on the pages; a leaf that runs over a page break has one on each
	number int    // object number, given when the file is assembled
}

// mark is a stretch of marked content.
type mark struct{ page, id int }

// tree is the structure of the document. Pages count from 1.
type tree struct {
	root  *node
	pages [][]*node // by page, the element of each marked stretch
	count int       // of elements
}

func newTree() tree {
	return tree{root: &node{role: roleDocument}, pages: [][]*node{nil}, count: 1}
}

// child adds an element at the end of parent; a nil parent is the document.
func (t *tree) child(parent *node, role string) *node {
	if parent == nil {
		parent = t.root
	}
	n := &node{role: role, parent: parent}
	parent.kids = append(parent.kids, n)
	t.count++
	return n
}

// mark gives n its next stretch on a page.
func (t *tree) mark(n *node, page int) mark {
	for len(t.pages) <= page {
		t.pages = append(t.pages, nil)
	}
	m := mark{page: page, id: len(t.pages[page])}
	t.pages[page] = append(t.pages[page], n)
	n.marks = append(n.marks, m)
	return m
}

// leaf is the element content is drawn for, if any. Its stretch begins with the first thing drawn, so that an empty
// text leaves nothing behind.
type leaf struct {
	node  *node
	begun bool
}

// tagged draws content of an element on the present page.
func (d *Doc) tagged(n *node, draw func()) {
	d.open = leaf{node: n}
	draw()
	if d.open.begun {
		d.pdf.RawWriteStr("EMC")
	}
	d.open = leaf{}
}

// artifact draws what is not part of the text: rules, fills, repeated table heads.
func (d *Doc) artifact(draw func()) {
	d.pdf.RawWriteStr("/Artifact BMC")
	draw()
	d.pdf.RawWriteStr("EMC")
}

// beginMark begins the stretch of the open element on this page, unless it has begun.
func (d *Doc) beginMark() {
	if d.open.node == nil || d.open.begun {
		return
	}
	m := d.tree.mark(d.open.node, d.pdf.PageNo())
	d.pdf.RawWriteStr(fmt.Sprintf("/%s <</MCID %d>> BDC", d.open.node.role, m.id))
	d.open.begun = true
}
