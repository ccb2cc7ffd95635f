package plansheet

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"secretariat/domain/plan"
)

// WriteBook writes a plan as a workbook of four sheets. Texts are written as texts, so that none is taken for a formula.
func WriteBook(s Sheet) ([]byte, error) {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	w := &bookWriter{file: f}
	w.sheet(sheetPlan, nil)
	w.line(s.Title, s.Vision, s.National, string(s.From))
	w.sheet(sheetNodes, nil)
	for _, n := range s.Nodes {
		w.line(n.ID, n.Parent, levels[slices.Index(kinds, n.Kind)], n.Title, n.Text, n.Owner, n.Weight, string(n.From), string(n.Until))
	}
	w.sheet(sheetBudget, nil)
	for _, n := range s.Nodes {
		for _, m := range n.Budget {
			w.line(n.ID, m.Year, m.Source, m.Amount)
		}
	}
	w.goals(s.Nodes)
	w.err = errors.Join(w.err, f.DeleteSheet("Sheet1"))
	if w.err != nil {
		return nil, fmt.Errorf("plansheet: %w", w.err)
	}
	f.SetActiveSheet(0)
	raw, err := f.WriteToBuffer()
	if err != nil {
		return nil, fmt.Errorf("plansheet: %w", err)
	}
	return raw.Bytes(), nil
}

// bookWriter writes one row after the other.
type bookWriter struct {
	file *excelize.File
	name string
	at   int
	err  error
}

// sheet begins a sheet with its columns, and those that are added.
func (w *bookWriter) sheet(name string, more []string) {
	w.name, w.at = name, 0
	_, err := w.file.NewSheet(name)
	w.err = errors.Join(w.err, err, w.file.SetColWidth(name, "A", "I", 16), w.codes(name))
	var head []any
	for _, word := range append(slices.Clone(columns[name]), more...) {
		head = append(head, word)
	}
	w.line(head...)
	w.err = errors.Join(w.err, w.file.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
}

// codes has the columns of codes take texts alone: a spreadsheet makes a day of 1-2 that is typed into it.
func (w *bookWriter) codes(name string) error {
	const text = 49 // the number format "@"
	style, err := w.file.NewStyle(&excelize.Style{NumFmt: text})
	if err != nil || name == sheetPlan {
		return err
	}
	return w.file.SetColStyle(name, "A:B", style)
}

// line writes a row: texts as texts, numbers as numbers, nothing where there is nothing.
func (w *bookWriter) line(values ...any) {
	w.at++
	for i, v := range values {
		cell, err := excelize.CoordinatesToCellName(i+1, w.at)
		if text, is := v.(string); is && text != "" {
			err = errors.Join(err, w.file.SetCellStr(w.name, cell, text))
		} else if !is {
			err = errors.Join(err, w.file.SetCellValue(w.name, cell, v))
		}
		w.err = errors.Join(w.err, err)
	}
}

// goals writes the indicators with a column for each year that any of them has a target for. Amounts are texts, which keep all digits.
func (w *bookWriter) goals(nodes plan.State) {
	var years []int
	for _, n := range nodes {
		for _, i := range n.Indicators {
			for _, t := range i.Targets {
				years = append(years, t.Year)
			}
		}
	}
	slices.Sort(years)
	years = slices.Compact(years)
	var more []string
	for _, year := range years {
		more = append(more, strconv.Itoa(year))
	}
	w.sheet(sheetGoal, more)
	for _, n := range nodes {
		for _, i := range n.Indicators {
			values := []any{n.ID, i.Name, i.Unit, number(i.Baseline)}
			for _, year := range years {
				values = append(values, target(i, year))
			}
			w.line(values...)
		}
	}
}

// target is what an indicator is to reach by the end of a year, as text; empty where there is none.
func target(i plan.Indicator, year int) string {
	for _, t := range i.Targets {
		if t.Year == year {
			return strings.TrimSpace(number(t.Value))
		}
	}
	return ""
}
