package pdf

import "fmt"

// write adds the structure tree to the file and returns the number of its root. The elements are packed, since a long
// document has tens of thousands of them.
func (t *tree) write(f *file) int {
	first := f.reserve(t.count + 2)
	root, parents := first, first+1
	next := first + 2
	t.root.each(func(n *node) {
		n.number = next
		next++
	})
	t.root.each(func(n *node) { f.pack(n.number, n.object(root)) })
	f.pack(parents, t.parentTree())
	f.pack(root, fmt.Appendf(nil, "<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>",
		t.root.number, parents, len(t.pages)-1))
	return root
}

// each visits the element and all below it, in reading order.
func (n *node) each(visit func(*node)) {
	visit(n)
	for _, kid := range n.kids {
		kid.each(visit)
	}
}

// object is the element as it is written; root is the number of the root of the tree.
func (n *node) object(root int) []byte {
	parent := root
	if n.parent != nil {
		parent = n.parent.number
	}
	b := fmt.Appendf(nil, "<</S/%s/P %d 0 R%s", n.role, parent, n.attrs)
	if len(n.marks) > 0 {
		b = fmt.Appendf(b, "/Pg %d 0 R", pageObject(n.marks[0].page))
	}
	if len(n.kids)+len(n.marks) > 0 {
		b = append(n.content(append(b, "/K["...)), ']')
	}
	return append(b, ">>"...)
}

// content lists what the element holds: its marked stretches, by number where they are on its first page, and the
// elements below it.
func (n *node) content(b []byte) []byte {
	for _, m := range n.marks {
		if m.page == n.marks[0].page {
			b = fmt.Appendf(b, "%d ", m.id)
			continue
		}
		b = fmt.Appendf(b, "<</Type/MCR/Pg %d 0 R/MCID %d>>", pageObject(m.page), m.id)
	}
	for _, kid := range n.kids {
		b = fmt.Appendf(b, "%d 0 R ", kid.number)
	}
	return b
}

// parentTree tells, for each page, which element each marked stretch belongs to.
func (t *tree) parentTree() []byte {
	b := []byte("<</Nums[")
	for page := 1; page < len(t.pages); page++ {
		b = fmt.Appendf(b, "%d[", page-1)
		for _, n := range t.pages[page] {
			b = fmt.Appendf(b, "%d 0 R ", n.number)
		}
		b = append(b, ']')
	}
	return append(b, "]>>"...)
}
