package figures

import (
	"errors"
	"fmt"
	"slices"
)

// ErrNoCell is returned for a rule that names a row or column its table does not have.
var ErrNoCell = errors.New("table has no such row or column")

// Table is a table of figures as printed. The first cell of a row is its label; cells are typed as in the source.
type Table struct {
	ID      string     `json:"id" yaml:"id"`
	Title   string     `json:"title" yaml:"title"`
	Unit    string     `json:"unit,omitempty" yaml:"unit,omitempty"`
	Columns []string   `json:"columns" yaml:"columns"`
	Rows    [][]string `json:"rows" yaml:"rows"`
	Where   Place      `json:"where" yaml:"where"`
}

// Rule states what holds throughout a table, so that every figure is typed once. With Total it goes down: in each of
// Columns the rows Parts (all other rows when empty) add up to the row Total. Otherwise it goes across: in each of Rows
// (all when empty) the cell in Stated follows from the cells in Operands; with Base the last operand is taken from
// that row, which makes Stated a share of it. Rows whose stated cell is empty or "-" claim nothing.
type Rule struct {
	ID       string   `json:"id" yaml:"id"`
	Kind     Kind     `json:"kind" yaml:"kind"`
	Table    string   `json:"table" yaml:"table"`
	Total    string   `json:"total,omitempty" yaml:"total,omitempty"`
	Parts    []string `json:"parts,omitempty" yaml:"parts,omitempty"`
	Columns  []string `json:"columns,omitempty" yaml:"columns,omitempty"`
	Stated   string   `json:"stated,omitempty" yaml:"stated,omitempty"`
	Operands []string `json:"operands,omitempty" yaml:"operands,omitempty"`
	Base     string   `json:"base,omitempty" yaml:"base,omitempty"`
	Rows     []string `json:"rows,omitempty" yaml:"rows,omitempty"`
	Periods  int      `json:"periods,omitempty" yaml:"periods,omitempty"`
}

// Claims spells out a rule as one claim for each row or column, numbered "<rule>.1" onwards. It fails with ErrNoCell.
func (t Table) Claims(r Rule) ([]Claim, error) {
	if r.Total != "" {
		return t.down(r)
	}
	return t.across(r)
}

func (t Table) down(r Rule) ([]Claim, error) {
	parts := r.Parts
	if len(parts) == 0 {
		parts = t.labels(r.Total)
	}
	var claims []Claim
	for _, column := range r.Columns {
		stated, err := t.cell(r.Total, column)
		if err != nil {
			return nil, err
		}
		operands, err := t.cells(parts, column)
		if err != nil {
			return nil, err
		}
		claims = append(claims, t.claim(r, len(claims), column, stated, operands))
	}
	return claims, nil
}

func (t Table) across(r Rule) ([]Claim, error) {
	rows := r.Rows
	if len(rows) == 0 {
		rows = t.labels("")
	}
	var claims []Claim
	for _, row := range rows {
		stated, err := t.cell(row, r.Stated)
		if err != nil {
			return nil, err
		}
		if stated.Text == "" || stated.Text == "-" {
			continue
		}
		operands, err := t.operands(r, row)
		if err != nil {
			return nil, err
		}
		claims = append(claims, t.claim(r, len(claims), row+" "+r.Stated, stated, operands))
	}
	return claims, nil
}

// operands are the cells of a row a rule computes with, and the cell of the base row behind them.
func (t Table) operands(r Rule, row string) ([]Figure, error) {
	var figures []Figure
	for _, column := range r.Operands {
		f, err := t.cell(row, column)
		if err != nil {
			return nil, err
		}
		figures = append(figures, f)
	}
	if r.Base == "" || len(r.Operands) == 0 {
		return figures, nil
	}
	base, err := t.cell(r.Base, r.Operands[len(r.Operands)-1])
	return append(figures, base), err
}

func (t Table) claim(r Rule, n int, what string, stated Figure, operands []Figure) Claim {
	return Claim{
		ID: fmt.Sprintf("%s.%d", r.ID, n+1), Kind: r.Kind, Title: t.Title + ": " + what,
		Stated: stated, Operands: operands, Periods: r.Periods, Where: t.Where,
	}
}

// labels are the labels of all rows but one.
func (t Table) labels(except string) []string {
	var labels []string
	for _, row := range t.Rows {
		if len(row) > 0 && row[0] != except {
			labels = append(labels, row[0])
		}
	}
	return labels
}

func (t Table) cells(rows []string, column string) ([]Figure, error) {
	figures := make([]Figure, 0, len(rows))
	for _, row := range rows {
		f, err := t.cell(row, column)
		if err != nil {
			return nil, err
		}
		figures = append(figures, f)
	}
	return figures, nil
}

// cell finds a cell by its labels; of rows with one label it takes the first.
func (t Table) cell(row, column string) (Figure, error) {
	c := slices.Index(t.Columns, column)
	for _, cells := range t.Rows {
		if c >= 0 && c < len(cells) && cells[0] == row {
			return Figure{Label: row + " " + column, Text: cells[c]}, nil
		}
	}
	return Figure{}, fmt.Errorf("%w: %s: %q, %q", ErrNoCell, t.ID, row, column)
}
