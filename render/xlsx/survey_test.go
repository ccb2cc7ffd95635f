package xlsx_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"secretariat/domain/alliance"
	"secretariat/render/xlsx"
)

func TestAHiddenCellIsInNoWorkbook(t *testing.T) {
	v := alliance.Survey{Title: "=HYPERLINK(\"http://x\")", Questions: alliance.Questionnaire{
		Title: "진단", Areas: []alliance.Area{{Code: "sensing", Name: "@감지", Indicators: []alliance.Item{{Code: "s1", Name: "+관심"}}}},
		Groups:   []alliance.Group{{Code: "A", Name: "-A형"}},
		Baseline: alliance.Baseline{Figures: []alliance.Figure{{Measure: alliance.MeasureOverall, Value: 2760, Organisations: 350}}},
	}}
	r := alliance.Results{Least: 3, Asked: 9, Answered: 7, Cells: []alliance.Cell{
		{By: alliance.ByTotal, Organisations: 7, Scores: []alliance.Score{{Measure: alliance.MeasureOverall, Points: 20, Answers: 7}}},
		{By: alliance.ByGroup, Code: "A", Name: "-A형", Hidden: true},
	}}
	raw, err := xlsx.Survey(v, r)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if title, _ := f.GetCellValue(xlsx.SheetRound, "B2"); title != "'=HYPERLINK(\"http://x\")" {
		t.Errorf("the title is %q", title)
	}
	rows, err := f.GetRows(xlsx.SheetFigures)
	if err != nil || len(rows) != 3 {
		t.Fatal(rows, err)
	}
	if want := []string{"전체", "전체", "7", "종합", "2.86", "20", "7"}; !slices.Equal(rows[1], want) {
		t.Errorf("%v, want %v", rows[1], want)
	}
	if want := []string{"기업군", "'-A형", "비공개"}; !slices.Equal(rows[2], want) {
		t.Errorf("%v, want %v", rows[2], want)
	}
	based, _ := f.GetRows(xlsx.SheetBaseline)
	if want := []string{"종합", "전체", "2.76", "350"}; !slices.Equal(based[1], want) {
		t.Errorf("%v, want %v", based[1], want)
	}
}
