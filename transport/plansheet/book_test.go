package plansheet_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"secretariat/domain"
	. "secretariat/transport/plansheet"
)

func TestAWorkbookThatIsWrittenIsReadAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := sheets().Draw(t, "sheet")
		raw, err := WriteBook(want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := ReadBook(raw)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("(-want +got) %s", diff)
		}
	})
}

// book is the workbook of the good file with cells changed, the way people change them.
func book(t *testing.T, change func(f *excelize.File) error) []byte {
	t.Helper()
	sheet, err := Read([]byte(good))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := WriteBook(sheet)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := change(f); err != nil {
		t.Fatal(err)
	}
	out, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestEveryBrokenRowIsToldWithItsSheet(t *testing.T) {
	set := func(sheet, cell string, v any) func(*excelize.File) error {
		return func(f *excelize.File) error { return f.SetCellValue(sheet, cell, v) }
	}
	formula := func(f *excelize.File) error { return f.SetCellFormula("예산", "D2", "=1+1") }
	all := []struct {
		name   string
		change func(*excelize.File) error
		want   []string
	}{
		{"nothing", func(*excelize.File) error { return nil }, nil},
		{"a formula", formula, []string{"rows.예산.2 plansheet.formula"}},
		{"no unit", set("성과지표", "C2", ""), []string{"rows.성과지표.2 plan.unit"}},
		{"no owner", set("항목", "F3", " "), []string{"rows.항목.3 plansheet.missing"}},
		{"under itself", set("항목", "B3", "1-1"), []string{"rows.항목.3 plan.circle"}},
		{"no such kind", set("항목", "C3", "꿈"), []string{"rows.항목.3 plansheet.kind", "rows.항목.3 field.choice", "rows.항목.3 plan.parent"}},
		{"a code twice", set("항목", "A3", "1"), []string{"rows.항목.3 plansheet.id_twice", "rows.예산.2 plansheet.no_node", "rows.성과지표.2 plansheet.no_node"}},
		{"words for money", set("예산", "D2", "천원"), []string{"rows.예산.2 plansheet.whole"}},
		{"a column that nobody knows", set("성과지표", "G1", "비고"), []string{"rows.성과지표.1 plansheet.unknown"}},
		{"a sheet that is gone", func(f *excelize.File) error { return f.DeleteSheet("예산") }, []string{"rows.예산.1 plansheet.sheet"}},
		{"a day that is none", set("계획", "D2", "봄"), []string{"rows.계획.2 field.date"}},
	}
	for _, x := range all {
		_, err := ReadBook(book(t, x.change))
		var e *domain.Error
		var got []string
		if errors.As(err, &e) {
			for _, f := range e.Fields {
				got = append(got, f.Field+" "+f.Key)
			}
		}
		slices.Sort(got)
		slices.Sort(x.want)
		if diff := cmp.Diff(x.want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", x.name, diff)
		}
	}
	if _, err := ReadBook([]byte("no workbook")); domain.CodeOf(err) != domain.CodeInvalid {
		t.Errorf("what is no workbook: %v", err)
	}
}

// TestATextIsNoFormula holds what spreadsheets would run against how it is kept.
func TestATextIsNoFormula(t *testing.T) {
	sheet, err := Read([]byte(good))
	if err != nil {
		t.Fatal(err)
	}
	sheet.Nodes[0].Title = `=HYPERLINK("http://x","y")`
	raw, err := WriteBook(sheet)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	kind, err := f.GetCellType("항목", "D2")
	if formula, _ := f.GetCellFormula("항목", "D2"); err != nil || formula != "" || kind != excelize.CellTypeSharedString {
		t.Errorf("%v, formula %q: %v", kind, formula, err)
	}
	got, err := ReadBook(raw)
	if err != nil || got.Nodes[0].Title != sheet.Nodes[0].Title {
		t.Errorf("read again %v: %v", got.Nodes, err)
	}
}

func TestDaysAndNumbersAsSpreadsheetsKeepThem(t *testing.T) {
	raw := book(t, func(f *excelize.File) error {
		return errors.Join(f.SetCellValue("항목", "H2", 46388), f.SetCellValue("예산", "D2", 1.5e11), f.SetCellValue("성과지표", "D2", 2.76))
	})
	got, err := ReadBook(raw)
	if err != nil {
		t.Fatal(err)
	}
	if n := got.Nodes[1]; got.Nodes[0].From != "2027-01-01" || n.Budget[0].Amount != 150_000_000_000 || n.Indicators[0].Baseline != 2760 {
		t.Errorf("read %+v", got.Nodes)
	}
}
