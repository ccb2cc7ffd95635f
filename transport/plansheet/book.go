package plansheet

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/plan"
)

// The sheets of a plan as a workbook.
const (
	sheetPlan, sheetNodes  = "계획", "항목"
	sheetBudget, sheetGoal = "예산", "성과지표"
	wordParent, wordKind   = "상위 번호", "구분"
)

// columns are those of each sheet, in the order in which they are written. Behind those of the indicators stands one for each year.
var columns = map[string][]string{
	sheetPlan:   {wordTitle, wordVision, wordNational, wordFrom},
	sheetNodes:  {wordID, wordParent, wordKind, wordName, wordText, wordOwner, wordWeight, wordFrom, wordUntil},
	sheetBudget: {wordID, wordYear, wordSource, wordAmount},
	sheetGoal:   {wordID, wordName, wordUnit, wordBaseline},
}

// What a workbook may hold when it is unpacked, in bytes, and how many rows a sheet has at most.
const (
	maxUnpacked = 64 << 20
	maxRows     = 20_000
)

// ReadBook reads a workbook as WriteBook writes it. Its error is one of CodeInvalid with everything that is wrong, each under
// "rows.SHEET.N" with its row. Formulas are refused: what they come to depends on who opens the file.
func ReadBook(raw []byte) (Sheet, error) {
	b := &bookReader{rows: map[string]int{}}
	if len(raw) > MaxBytes {
		b.add(sheetPlan, 1, "plansheet.large", nil)
		return Sheet{}, b.Err()
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked, RawCellValue: true})
	if err != nil {
		b.add(sheetPlan, 1, "plansheet.workbook", nil)
		return Sheet{}, b.Err()
	}
	defer func() { _ = f.Close() }()
	b.file = f
	out := b.plan()
	nodes := b.nodes()
	b.budget(nodes)
	b.goals(nodes)
	for _, n := range nodes {
		out.Nodes = append(out.Nodes, plan.Change{Node: *n}.Tidy().Node)
	}
	slices.SortStableFunc(out.Nodes, plan.InOrder)
	b.check(out.Nodes)
	return out, b.Err()
}

// bookReader gathers what is wrong with a workbook.
type bookReader struct {
	file  *excelize.File
	wrong domain.Problems
	rows  map[string]int // of the nodes, and of the first line of their money and indicators
}

func (b *bookReader) add(sheet string, row int, key string, args domain.Args) {
	b.wrong.Add("rows."+sheet+"."+strconv.Itoa(row), key, args)
}

// Err is nil when nothing is wrong.
func (b *bookReader) Err() error { return b.wrong.Err() }

// row is one row of a sheet, by the words of its columns.
type row struct {
	of     *bookReader
	sheet  string
	number int
	cells  map[string]string
}

// table are the rows of a sheet, empty ones left out, and the words of its columns. A column that is not there is noted once.
func (b *bookReader) table(sheet string) (out []row, head []string) {
	found, err := b.file.GetRows(sheet)
	if err != nil || len(found) == 0 || len(found) > maxRows {
		b.add(sheet, 1, "plansheet.sheet", domain.Args{"sheet": sheet})
		return nil, nil
	}
	for _, word := range found[0] {
		head = append(head, clean(word))
	}
	for _, word := range columns[sheet] {
		if !slices.Contains(head, word) {
			b.add(sheet, 1, "plansheet.missing", domain.Args{"word": word})
		}
	}
	for n, cells := range found[1:] {
		r := row{b, sheet, n + 2, map[string]string{}}
		for i, text := range cells {
			if i < len(head) && clean(text) != "" {
				r.cells[head[i]] = clean(text)
			}
			b.formula(sheet, i+1, n+2)
		}
		if len(r.cells) > 0 {
			out = append(out, r)
		}
	}
	return out, head
}

func (b *bookReader) formula(sheet string, column, number int) {
	at, err := excelize.CoordinatesToCellName(column, number)
	if err != nil {
		return
	}
	if text, err := b.file.GetCellFormula(sheet, at); err == nil && text != "" {
		b.add(sheet, number, "plansheet.formula", domain.Args{"cell": at})
	}
}

func clean(text string) string { return strings.TrimSpace(norm.NFC.String(text)) }

// whole is a whole number of a cell; spreadsheets write large ones with an exponent or a point.
func (r row) whole(word string) int64 {
	v, ok := thousandths(plainNumber(r.cells[word]))
	if !ok || v%plan.Thousand != 0 {
		r.of.add(r.sheet, r.number, "plansheet.whole", domain.Args{"text": word + " " + r.cells[word]})
	}
	return v / plan.Thousand
}

func (r row) amount(word string) int64 {
	v, ok := thousandths(plainNumber(r.cells[word]))
	if !ok {
		r.of.add(r.sheet, r.number, "plansheet.number", domain.Args{"text": word + " " + r.cells[word]})
	}
	return v
}

// plainNumber writes a number without an exponent and without the commas of thousands.
func plainNumber(text string) string {
	text = strings.ReplaceAll(text, ",", "")
	if !strings.ContainsAny(text, "eE") {
		return text
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return text
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// date is a day of a cell; a spreadsheet keeps days as numbers.
func (r row) date(word string) calendar.Date {
	text := r.cells[word]
	if days, err := strconv.ParseFloat(text, 64); err == nil {
		if at, err := excelize.ExcelDateToTime(days, false); err == nil {
			text = at.Format("2006-01-02")
		}
	}
	out := calendar.Date(text)
	if out != "" && !out.Valid() {
		r.of.add(r.sheet, r.number, "field.date", nil)
	}
	return out
}

func (b *bookReader) plan() Sheet {
	all, _ := b.table(sheetPlan)
	if len(all) == 0 {
		return Sheet{}
	}
	r := all[0]
	return Sheet{Title: r.cells[wordTitle], Vision: r.cells[wordVision], National: r.cells[wordNational], From: r.date(wordFrom)}
}

// nodes are the nodes in the order of their rows. One whose code stands twice is noted and left out.
func (b *bookReader) nodes() []*plan.Node {
	all, _ := b.table(sheetNodes)
	var out []*plan.Node
	for _, r := range all {
		n := plan.Node{
			ID: r.cells[wordID], Parent: r.cells[wordParent], Title: r.cells[wordName], Text: r.cells[wordText], Owner: r.cells[wordOwner],
			Weight: 1, From: r.date(wordFrom), Until: r.date(wordUntil),
		}
		if depth := slices.Index(levels, r.cells[wordKind]); depth >= 0 {
			n.Kind = kinds[depth]
		} else {
			b.add(r.sheet, r.number, "plansheet.kind", domain.Args{"kinds": strings.Join(levels, ", ")})
		}
		if r.cells[wordWeight] != "" {
			n.Weight = int(r.whole(wordWeight))
		}
		if first, twice := b.rows[n.ID]; twice {
			b.add(r.sheet, r.number, "plansheet.id_twice", domain.Args{"id": n.ID, "line": first})
			continue
		}
		b.rows[n.ID] = r.number
		out = append(out, &n)
	}
	return out
}

// node is the node that a row of another sheet belongs to, nil where it names none.
func (r row) node(all []*plan.Node, field string) *plan.Node {
	i := slices.IndexFunc(all, func(n *plan.Node) bool { return n.ID == r.cells[wordID] })
	if i < 0 {
		r.of.add(r.sheet, r.number, "plansheet.no_node", domain.Args{"id": r.cells[wordID]})
		return nil
	}
	if at := all[i].ID + "/" + field; r.of.rows[at] == 0 {
		r.of.rows[at] = r.number
	}
	return all[i]
}

func (b *bookReader) budget(nodes []*plan.Node) {
	all, _ := b.table(sheetBudget)
	for _, r := range all {
		if n := r.node(nodes, "budget"); n != nil {
			n.Budget = append(n.Budget, plan.Money{
				Year: int(r.whole(wordYear)), Source: r.cells[wordSource], Amount: r.whole(wordAmount),
			})
		}
	}
}

func (b *bookReader) goals(nodes []*plan.Node) {
	all, head := b.table(sheetGoal)
	years := map[int]string{}
	for _, word := range head {
		if slices.Contains(columns[sheetGoal], word) || word == "" {
			continue
		}
		year, err := strconv.Atoi(strings.TrimSuffix(word, "년"))
		if err != nil {
			b.add(sheetGoal, 1, "plansheet.unknown", domain.Args{"word": word})
			continue
		}
		years[year] = word
	}
	for _, r := range all {
		n := r.node(nodes, "indicators")
		if n == nil {
			continue
		}
		i := plan.Indicator{Name: r.cells[wordName], Unit: r.cells[wordUnit]}
		if r.cells[wordBaseline] != "" {
			i.Baseline = r.amount(wordBaseline)
		}
		for _, year := range slices.Sorted(maps.Keys(years)) {
			if r.cells[years[year]] != "" {
				i.Targets = append(i.Targets, plan.Target{Year: year, Value: r.amount(years[year])})
			}
		}
		n.Indicators = append(n.Indicators, i)
	}
}

// check holds the nodes against the rules of a plan and tells what is wrong at the row where the node stands.
func (b *bookReader) check(nodes plan.State) {
	var p domain.Problems
	nodes.Check(&p)
	var e *domain.Error
	if !errors.As(p.Err(), &e) {
		return
	}
	for _, f := range e.Fields {
		rest := strings.TrimPrefix(f.Field, "nodes.")
		at := max(strings.LastIndex(rest, "."), 0)
		id, field := rest[:at], strings.TrimPrefix(rest[at:], ".")
		sheet, number := sheetNodes, b.rows[id]
		if n := b.rows[id+"/"+field]; n > 0 {
			sheet, number = map[string]string{"budget": sheetBudget, "indicators": sheetGoal}[field], n
		}
		key, args := f.Key, f.Args
		if word, plain := wordOf[field]; plain && key == "field.required" {
			key, args = "plansheet.missing", domain.Args{"word": word}
		}
		b.add(sheet, max(number, 1), key, args)
	}
}
