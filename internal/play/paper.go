package play

import (
	"os"
	"path/filepath"
	"time"

	"secretariat/internal/sample"
	"secretariat/render/pdf"
)

// Papers is where the papers of the items lie, below the folder of a play.
const Papers = "자료"

// paper gives a paper of the sample, which is set once and kept, since a play that is begun again hands in the same.
func (p *Play) paper(x sample.Paper, proposer string) ([]byte, error) {
	file := filepath.Join(p.stage.Dir, Papers, x.ID+".pdf")
	if raw, err := os.ReadFile(file); err == nil {
		return raw, nil
	}
	raw, err := paper(x, proposer, Start)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return nil, err
	}
	return raw, write(file, raw, 0o644)
}

// paper sets a paper of the sample as a PDF.
func paper(x sample.Paper, proposer string, at time.Time) ([]byte, error) {
	d := pdf.New(pdf.Meta{Title: x.Title, Author: "서울특별시 " + proposer, Subject: "안건 자료", Created: at})
	d.Title(x.Title)
	d.Subtitle("서울특별시 " + proposer)
	for _, b := range x.Blocks {
		set(d, b)
	}
	d.End()
	return d.Bytes()
}

func set(d *pdf.Doc, b sample.Block) {
	switch b.Kind {
	case sample.Heading:
		d.Heading(max(b.Level, 1), b.Text)
	case sample.ListItem:
		d.Bullet(max(b.Level, 1), b.Text)
	case sample.TableKind:
		d.Table(grid(b))
	default:
		d.Paragraph(b.Text)
	}
}

// grid sets a table with columns as wide as their longest text, within bounds: the more columns, the more alike they
// are.
func grid(b sample.Block) pdf.Table {
	t := pdf.Table{Caption: b.Text, Unit: b.Unit, RowHeads: true}
	widest := max(96/max(len(b.Columns), 1), 8)
	for i, title := range b.Columns {
		width := len([]rune(title))
		for _, row := range b.Rows {
			if i < len(row) {
				width = max(width, len([]rune(row[i])))
			}
		}
		t.Columns = append(t.Columns, pdf.Column{Title: title, Width: min(max(width, 6), widest)})
	}
	for _, row := range b.Rows {
		cells := make([]pdf.Cell, len(b.Columns))
		for i := range cells {
			if i < len(row) {
				cells[i].Text = row[i]
			}
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}
