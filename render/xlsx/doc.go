// Package xlsx writes rankings of selections as workbooks that a spreadsheet opens: every number is a number, and no text of
// anybody can become a formula.
package xlsx

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// safe is a text that no spreadsheet takes for a formula, now or after it was saved in another form. An apostrophe before it
// is what spreadsheets themselves use.
func safe(text string) string {
	text = strings.TrimLeft(text, "\t\r\n")
	if text != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(text)[0]) {
		return "'" + text
	}
	return text
}

// sheet writes rows one after the other.
type sheet struct {
	to   *excelize.StreamWriter
	row  int
	head int // style of headings
	err  error
}

// begin adds a sheet whose columns have the widths, in characters. The rows above frozen stay in view.
func begin(f *excelize.File, name string, head, frozen int, widths ...float64) *sheet {
	out := &sheet{head: head}
	if _, out.err = f.NewSheet(name); out.err != nil {
		return out
	}
	if out.to, out.err = f.NewStreamWriter(name); out.err != nil {
		return out
	}
	for i, w := range widths {
		out.keep(out.to.SetColWidth(i+1, i+1, w))
	}
	if frozen > 0 {
		cell, _ := excelize.CoordinatesToCellName(1, frozen+1)
		out.keep(out.to.SetPanes(&excelize.Panes{Freeze: true, YSplit: frozen, TopLeftCell: cell, ActivePane: "bottomLeft"}))
	}
	return out
}

func (s *sheet) keep(err error) {
	if s.err == nil {
		s.err = err
	}
}

// add writes a row of texts and numbers; whole ones are int and int64, scores are points.
func (s *sheet) add(cells ...any) { s.write(0, cells) }

// title writes a row of headings.
func (s *sheet) title(cells ...any) { s.write(s.head, cells) }

func (s *sheet) write(style int, cells []any) {
	s.row++
	row := make([]any, len(cells))
	for i, c := range cells {
		if text, is := c.(string); is {
			c = safe(text)
		}
		row[i] = excelize.Cell{StyleID: style, Value: c}
	}
	if s.err != nil {
		return
	}
	cell, err := excelize.CoordinatesToCellName(1, s.row)
	s.keep(err)
	s.keep(s.to.SetRow(cell, row))
}

// end finishes the sheet.
func (s *sheet) end() error {
	if s.err != nil {
		return s.err
	}
	return s.to.Flush()
}
