package xlsx

import (
	"errors"
	"fmt"

	"github.com/xuri/excelize/v2"

	"secretariat/domain/calendar"
	"secretariat/domain/selection"
)

// Names of the sheets.
const (
	SheetBasis   = "산정 기준"
	SheetRanking = "순위"
	SheetScores  = "평가표"
)

var outcomes = map[selection.Outcome]string{
	selection.Selected: "선정", selection.Reserved: "예비선정", selection.OutOfReach: "탈락(순위)", selection.BelowFloor: "탈락(과락)",
}

var ties = map[selection.Tie]string{
	selection.TieCriterion: "배점이 큰 항목의 점수", selection.TieBonus: "가점 건수", selection.TieAmount: "신청액이 적은 순",
	selection.TieLottery: "추첨",
}

var cuts = map[selection.Cut]string{
	selection.CutFloor: "과락", selection.CutNumber: "선정 수 도달", selection.CutBudget: "예산 한도 초과",
}

// points writes thousandths of a point as a number. They have three decimals, which a number of a spreadsheet holds exactly
// enough to be read back the same.
func points(thousandths int64) float64 { return float64(thousandths) / float64(selection.Point) }

func yes(b bool) string {
	if b {
		return "예"
	}
	return "아니요"
}

// Book writes the workbook of a ranking, in Korean.
func Book(b selection.Book) ([]byte, error) {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	head, err := f.NewStyle(&excelize.Style{
		Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"#E8EDF5"}},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"},
	})
	if err != nil {
		return nil, err
	}
	err = errors.Join(basis(f, head, b), ranking(f, head, b), scores(f, head, b), f.DeleteSheet("Sheet1"))
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

// basis writes what was frozen when the call was published, and what the draws hang on.
func basis(f *excelize.File, head int, b selection.Book) error {
	s, r := begin(f, SheetBasis, head, 0, 28, 60, 14), b.Record.Profile
	s.title("구분", "내용")
	s.add("공모명", b.Record.Title)
	s.add("공고번호", fmt.Sprintf("제%d-%d호", b.Call.Year, b.Call.Number))
	s.add("순위 산정 일시", calendar.Korean(b.At))
	s.add("선정 수", r.Select)
	s.add("예산(원, 0은 한도 없음)", r.Budget)
	s.add("예비 수", r.Reserve)
	s.add("과락 기준(평균, 점)", r.Floor)
	s.add("최고ㆍ최저 제외 기준(평가표 수, 0은 제외하지 않음)", r.TrimFrom)
	s.add("가점 상한(점)", r.BonusMax)
	s.add("감점 상한(점)", r.PenaltyMax)
	s.add("소수 자릿수(마지막에 한 번 반올림)", r.Decimals)
	s.add("평가위원 수", r.Panel)
	s.add("동점 처리 순서", "배점이 큰 항목의 점수, 가점 건수, 적은 신청액, 추첨값")
	s.add("공고 조건의 해시(SHA-256)", b.Record.ConditionsHash)
	s.add("기준의 해시(SHA-256)", b.Record.ProfileHash)
	s.add("추첨 씨앗의 확약값(SHA-256)", b.Record.Commitment)
	s.add("추첨 씨앗", b.Record.Seed)
	s.add("산정 기록의 해시(SHA-256)", b.Hash)
	s.row++
	s.title("평가항목", "배점", "항목 과락(점)")
	for _, c := range r.Criteria {
		s.add(c.Name, c.Weight, c.Floor)
	}
	s.row++
	s.add("비고", "평가표 번호는 과제마다 총점이 낮은 것부터 붙인 번호로, 평가위원을 가리키지 않습니다.")
	s.add("", "평균은 반영한 총점의 합을 반영한 평가표 수로 나눈 값이며, 가점은 과락 여부에 영향을 주지 않습니다.")
	return s.end()
}

// ranking writes a line for each application, in order.
func ranking(f *excelize.File, head int, b selection.Book) error {
	s := begin(f, SheetRanking, head, 1, 7, 9, 24, 36, 16, 12, 9, 9, 9, 9, 9, 9, 11, 12, 20, 18, 16)
	titles := []any{
		"순위", "접수번호", "신청기관", "과제명", "신청액(원)", "결과", "최종 점수", "평균", "반영 총점의 합", "반영 평가표 수", "최고ㆍ최저 제외",
		"제외 총점의 합", "인정 가점", "가점 건수", "인정 감점", "최고와 최저의 차", "다음 순위와의 동점 처리", "차례의 남은 예산(원)", "끝난 까닭",
	}
	for _, c := range b.Record.Profile.Criteria {
		titles = append(titles, "합: "+c.Name)
	}
	s.title(append(titles, "추첨값", "과제 식별자")...)
	for _, x := range b.Lines {
		row := []any{
			rank(x.Row), x.Number, x.Applicant, x.Title, x.Entry.Amount, outcomes[x.Row.Outcome], points(x.Row.Final), mean(x.Row),
			points(x.Row.Sum), x.Row.Counted, yes(x.Row.Trimmed), points(x.TrimmedSum), points(x.Row.Bonus), x.Entry.BonusCount,
			points(x.Row.Penalty), points(x.Row.Spread), ties[x.Row.Tie], left(b, x), cuts[x.Cut],
		}
		for _, c := range x.Criteria {
			row = append(row, points(c))
		}
		s.add(append(row, x.Lot, string(x.Row.Application))...)
	}
	return s.end()
}

// rank is the place of a row, and empty below the floor.
func rank(r selection.Row) any {
	if r.Rank == 0 {
		return nil
	}
	return r.Rank
}

// mean is shown and decides nothing: the sum and the count beside it are exact.
func mean(r selection.Row) float64 {
	n := max(int64(r.Counted), 1)
	return points((2*r.Sum + n) / (2 * n))
}

func left(b selection.Book, x selection.BookLine) any {
	if b.Record.Profile.Budget == 0 {
		return nil
	}
	return x.Left
}

// scores writes a line for each sheet.
func scores(f *excelize.File, head int, b selection.Book) error {
	s := begin(f, SheetScores, head, 1, 7, 9, 11)
	titles := []any{"순위", "접수번호", "평가표 번호"}
	for _, c := range b.Record.Profile.Criteria {
		titles = append(titles, c.Name)
	}
	s.title(append(titles, "총점", "반영", "과제 식별자")...)
	for _, x := range b.Lines {
		for i, sheet := range x.Sheets {
			row := []any{rank(x.Row), x.Number, i + 1}
			for _, n := range sheet.Scores {
				row = append(row, points(n))
			}
			s.add(append(row, points(sheet.Total), yes(sheet.Counts), string(x.Row.Application))...)
		}
	}
	return s.end()
}
