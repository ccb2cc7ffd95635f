package xlsx

import (
	"errors"
	"fmt"

	"github.com/xuri/excelize/v2"

	"secretariat/domain/alliance"
	"secretariat/domain/calendar"
)

// Names of the sheets of a round of self-assessment.
const (
	SheetRound    = "자가진단 개요"
	SheetFigures  = "결과"
	SheetBaseline = "기준선"
)

var breakdowns = map[alliance.Breakdown]string{
	alliance.ByTotal: "전체", alliance.ByGroup: "기업군", alliance.ByDivision: "분과", alliance.BySize: "규모",
}

var sizes = map[string]string{
	string(alliance.Micro): "소상공인", string(alliance.Small): "중소기업", string(alliance.Medium): "중견기업", string(alliance.Large): "대기업",
	alliance.NoSize: "기업 아님",
}

// Survey writes the figures of a round of self-assessment, in Korean: what is hidden on its page is not in it.
func Survey(v alliance.Survey, r alliance.Results) ([]byte, error) {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	head, err := f.NewStyle(&excelize.Style{
		Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"#E8EDF5"}},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"},
	})
	if err != nil {
		return nil, err
	}
	err = errors.Join(round(f, head, v, r), roundFigures(f, head, v, r), baseline(f, head, v.Questions), f.DeleteSheet("Sheet1"))
	if err != nil {
		return nil, err
	}
	f.SetActiveSheet(0)
	raw, err := f.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return raw.Bytes(), nil
}

func round(f *excelize.File, head int, v alliance.Survey, r alliance.Results) error {
	s := begin(f, SheetRound, head, 0, 22, 80)
	s.title("구분", "내용")
	s.add("제목", v.Title)
	s.add("번호", fmt.Sprintf("제%d-%d호", v.Year, v.Number))
	s.add("진단표", v.Questions.Title+" ("+v.Questions.Edition+")")
	s.add("지표의 출처", v.Questions.Source)
	s.add("응답 기한", calendar.Korean(v.ClosesAt))
	s.add("대상 기관 수", r.Asked)
	s.add("응답 기관 수", r.Answered)
	s.add("평균", "응답의 점수를 더하여 응답 수로 나눈 값이다. 응답하지 않은 지표는 0점으로 보지 않고 합과 수에서 모두 뺀다.")
	s.add("반올림", "소수점 셋째 자리에서 한 번 반올림한다. 합과 응답 수는 정확한 값이다.")
	s.add("비공개", fmt.Sprintf("기관이 %d곳 미만인 칸과, 다른 칸에서 계산할 수 있게 되는 칸은 싣지 않는다.", r.Least))
	return s.end()
}

func roundFigures(f *excelize.File, head int, v alliance.Survey, r alliance.Results) error {
	s := begin(f, SheetFigures, head, 1, 10, 26, 10, 30, 10, 12, 12)
	s.title("구분", "이름", "기관 수", "항목", "평균(점)", "점수의 합", "응답 수")
	names := measureNames(v.Questions)
	for _, c := range r.Cells {
		if c.Hidden {
			s.add(breakdowns[c.By], lineName(c), "비공개")
			continue
		}
		for _, x := range c.Scores {
			var mean any
			if x.Answers > 0 {
				mean = float64(x.Hundredths()) / 100
			}
			s.add(breakdowns[c.By], lineName(c), c.Organisations, names[x.Measure], mean, x.Points, x.Answers)
		}
	}
	return s.end()
}

func lineName(c alliance.Cell) string {
	switch c.By {
	case alliance.BySize:
		return sizes[c.Code]
	case alliance.ByTotal:
		return "전체"
	case alliance.ByGroup, alliance.ByDivision:
	}
	return c.Name
}

func measureNames(q alliance.Questionnaire) map[string]string {
	out := map[string]string{alliance.MeasureOverall: "종합"}
	for _, m := range q.Measures()[1:] {
		out[m.Code] = m.Name
	}
	return out
}

func baseline(f *excelize.File, head int, q alliance.Questionnaire) error {
	s, names := begin(f, SheetBaseline, head, 1, 30, 26, 10, 12), measureNames(q)
	groups := map[string]string{"": "전체"}
	for _, g := range q.Groups {
		groups[g.Code] = g.Name
	}
	s.title("항목", "기업군", "점수", "조사 기업 수")
	for _, x := range q.Baseline.Figures {
		s.add(names[x.Measure], groups[x.Group], float64(x.Value)/1000, x.Organisations)
	}
	s.row++
	s.add("출처", q.Baseline.Source)
	return s.end()
}
