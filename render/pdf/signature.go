package pdf

import (
	"time"

	"secretariat/domain/calendar"
)

// Signature is a line of the table of signatures (위원회조례 10의2④).
type Signature struct {
	Role   string // "위원장", "위원"
	Name   string
	Spans  []Span    // in place of Name, where it is withheld
	Signed time.Time // zero leaves the field blank for a signature by hand
	Note   string    // behind the time, or in place of one: "제척 안건 1건 제외", "서명 거부(사유: …)", "부재"
}

// mark is what stands in the field of the signature.
func (s Signature) mark() string {
	if s.Signed.IsZero() {
		return s.Note
	}
	at := "서명함 " + s.Signed.In(calendar.Seoul).Format("2006. 1. 2. 15:04")
	if s.Note == "" {
		return at
	}
	return at + "\n(" + s.Note + ")"
}

// handHeight is the least height of a row that may have to be signed by hand.
const handHeight = 28 * Point

// Signatures writes the table of signatures, times in Seoul.
func (d *Doc) Signatures(list ...Signature) {
	t := Table{
		Columns: []Column{{"구분", 3, Center}, {"성명", 3, Center}, {"서명", 5, Center}},
		Empty:   "서명 대상자 없음",
	}
	for _, s := range list {
		t.Rows = append(t.Rows, []Cell{{Text: s.Role}, {Text: s.Name, Spans: s.Spans}, {Text: s.mark()}})
	}
	d.endItems()
	d.skip(8 * Point)
	table := d.tree.child(nil, roleTable)
	g := grid{head: d.tableHead(table, t), middle: true}
	rows := d.tableRows(table, t)
	for i := range rows {
		rows[i].least = handHeight
	}
	d.grid(g, rows)
	d.y += 6 * Point
}
