// Package pdf lays out Korean official documents on A4 paper: titles, numbered items, tables that break over pages,
// signature tables, redactions and the closing "끝." of 행정업무규정 시행규칙 4. It is the only importer of
// github.com/go-pdf/fpdf, which draws the pages and embeds the font; line breaking, page breaking, tagging and the
// file's catalogue are done here.
//
// Three promises hold for every document. No character is lost: what the font cannot show becomes □ and is counted. The
// same input gives the same bytes. The file is tagged, so that a screen reader hears headings, lists and tables.
package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/go-pdf/fpdf"
)

// Errors of a document. They name positions and counts, never the text of the record.
var (
	ErrNoDate    = errors.New("pdf: a document needs its date")
	ErrClosed    = errors.New("pdf: the document is already written")
	ErrColumns   = errors.New("pdf: the cells of a row do not match the columns of the table")
	ErrNarrow    = errors.New("pdf: a column is too narrow for its text")
	ErrTallHead  = errors.New("pdf: the head of a table fills the page")
	ErrLevel     = errors.New("pdf: no such level")
	ErrRedaction = errors.New("pdf: a redaction does not fit its text")
)

// Meta is what a document says of itself outside its pages.
type Meta struct {
	Title    string    // shown by viewers as the window's title
	Author   string    // the issuing body
	Subject  string    // one line
	Keywords []string  // for search
	Number   string    // document number (행정업무규정 시행규칙 8), printed in the footer; may be empty
	Created  time.Time // creation and modification date; required, since the clock is not read
}

// Doc is a document being written from top to bottom. Its methods draw at once; the first error is kept and returned by
// Bytes. A Doc is for one goroutine, different ones may be written at the same time.
type Doc struct {
	pdf     *fpdf.Fpdf
	meta    Meta
	y       Length // where the next block begins, from the top of the page
	face    face   // selected in the page's content
	tree    tree
	open    leaf
	tail    tail
	items   items
	outline int // level of the last bookmark, -1 before the first
	missing map[rune]int
	files   []File
	closed  bool
	err     error
}

// New begins a document with an empty first page.
func New(meta Meta) *Doc {
	d := &Doc{pdf: newFpdf(), meta: meta, outline: -1, missing: map[rune]int{}, tree: newTree()}
	if meta.Created.IsZero() {
		d.fail(ErrNoDate)
	}
	d.newPage()
	return d
}

// newFpdf is an empty A4 document in points with both weights of the font and no automatic page break.
func newFpdf() *fpdf.Fpdf {
	p := fpdf.New("P", "pt", "A4", "")
	p.SetCatalogSort(true)
	p.SetMargins(marginX.points(), marginTop.points(), marginX.points())
	p.SetAutoPageBreak(false, 0)
	p.SetCellMargin(0)
	for w, ttf := range fontFiles() {
		p.AddUTF8FontFromBytes(family, weight(w).style(), ttf)
	}
	return p
}

// Bytes closes the document, writes page numbers and tags, and returns the file. It can be called once.
func (d *Doc) Bytes() ([]byte, error) {
	if d.closed {
		return nil, ErrClosed
	}
	d.closed = true
	if d.err != nil {
		return nil, d.err
	}
	if d.footers(); d.err != nil {
		return nil, d.err
	}
	// The dates fpdf writes are replaced with the whole information dictionary; fixing them keeps the clock out.
	d.pdf.SetCreationDate(d.meta.Created)
	d.pdf.SetModificationDate(d.meta.Created)
	var raw bytes.Buffer
	if err := d.pdf.Output(&raw); err != nil {
		return nil, fmt.Errorf("pdf: write pages: %w", err)
	}
	return d.assemble(raw.Bytes())
}

// Pages is the number of pages so far.
func (d *Doc) Pages() int { return d.pdf.PageCount() }

// Replacement is a character the font cannot show and how often □ stands in its place.
type Replacement struct {
	Rune  rune
	Count int
}

// Replacements lists what was printed as □, in the order of the characters.
func (d *Doc) Replacements() []Replacement {
	list := make([]Replacement, 0, len(d.missing))
	for r, n := range d.missing {
		list = append(list, Replacement{Rune: r, Count: n})
	}
	slices.SortFunc(list, func(a, b Replacement) int { return int(a.Rune) - int(b.Rune) })
	return list
}

// clean makes text printable and counts what was replaced.
func (d *Doc) clean(text string) string {
	clean, missing := Clean(text)
	for _, r := range missing {
		d.missing[r]++
	}
	return clean
}

// fail keeps the first error.
func (d *Doc) fail(err error) {
	if d.err == nil {
		d.err = err
	}
}
