package web

import (
	"encoding/csv"
	"slices"
	"strconv"
	"strings"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/service/partnering"
)

// importColumns are the columns of a pasted list, by the names of the input's fields.
var importColumns = []string{
	"name", "businessNumber", "kind", "size", "district", "sectors", "technologies", "contactName", "contactEmail", "join",
}

// importTable reads the pasted list into the input. A first line that does not name the columns is a problem of the table.
func importTable(v *Visit, in *partnering.ImportInput) error {
	lines, err := pastedLines(v.r.PostForm.Get("table"))
	if err == nil && len(lines) > 0 {
		at := v.columns(lines[0])
		if _, named := at["name"]; named {
			for _, line := range lines[1:] {
				in.Rows = append(in.Rows, v.importRow(at, line))
			}
			return nil
		}
	}
	var p domain.Problems
	p.Add("table", "organisation.import_header", domain.Args{"columns": v.ImportColumns()})
	return p.Err()
}

// pastedLines splits what spreadsheets put on the clipboard (tabs) or write into files (commas).
func pastedLines(text string) ([][]string, error) {
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	r.FieldsPerRecord, r.LazyQuotes, r.TrimLeadingSpace = -1, true, true
	if first, _, _ := strings.Cut(text, "\n"); strings.Contains(first, "\t") {
		r.Comma = '\t'
	}
	return r.ReadAll()
}

// columns finds the place of each column by its name in either language.
func (v *Visit) columns(header []string) map[string]int {
	out := map[string]int{}
	for i, given := range header {
		for _, c := range importColumns {
			if v.site.messages.Says("web.organisations.col."+c, strings.TrimSpace(given)) {
				out[c] = i
			}
		}
	}
	return out
}

func (v *Visit) importRow(at map[string]int, line []string) partnering.ImportRow {
	cell := func(column string) string {
		i, there := at[column]
		if !there || i >= len(line) {
			return ""
		}
		return strings.TrimSpace(line[i])
	}
	return partnering.ImportRow{
		Entry: partnering.Entry{
			Name: cell("name"), BusinessNumber: cell("businessNumber"), District: cell("district"),
			Kind:    alliance.Kind(v.codeOf("organisation_kind", cell("kind"))),
			Size:    alliance.Size(v.codeOf("organisation_size", cell("size"))),
			Sectors: several(cell("sectors")), Technologies: several(cell("technologies")),
		},
		Join:        v.site.messages.Says("web.organisations.yes", cell("join")),
		ContactName: cell("contactName"), ContactEmail: cell("contactEmail"),
	}
}

// codeOf is the code that a word stands for in either language; what is no word of the list stays, and is refused.
func (v *Visit) codeOf(list, word string) string {
	for _, code := range v.Codes(list) {
		if v.site.messages.Says("label."+list+"."+code, word) {
			return code
		}
	}
	return word
}

func several(cell string) []string {
	return slices.DeleteFunc(strings.FieldsFunc(cell, func(r rune) bool { return r == ';' || r == 'ㆍ' || r == '·' }),
		func(s string) bool { return strings.TrimSpace(s) == "" })
}

// ImportColumns names the columns of a list.
func (v *Visit) ImportColumns() string {
	names := make([]string, len(importColumns))
	for i, c := range importColumns {
		names[i] = v.T("web.organisations.col." + c)
	}
	return strings.Join(names, ", ")
}

// importProblems says what is wrong with which line of the list, as its writer counts lines: the names of the columns
// are the first.
func (v *Visit) importProblems() {
	v.remember()
	if v.Problem == nil || v.form != "import" {
		return
	}
	for i, f := range v.Problem.Fields {
		index, column, _ := strings.Cut(strings.TrimPrefix(f.Field, "rows."), ".")
		if n, err := strconv.Atoi(index); err == nil {
			v.Problem.Fields[i] = FieldProblem{"table", v.T("organisation.import_line", "line", n+2,
				"column", v.T("web.organisations.col."+column), "problem", f.Message)}
		}
	}
}
