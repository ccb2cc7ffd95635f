package docs

import (
	"fmt"
	"strconv"

	"secretariat/domain/selection"
	"secretariat/render/pdf"
)

var outcomes = map[selection.Outcome]string{selection.Selected: "선정", selection.Reserved: "예비"}

// Result prints the result of a selection as it is published (선정 결과 공고).
func (Renderer) Result(p selection.ResultPaper) ([]byte, error) {
	number := fmt.Sprintf("공고 제%d-%d호", p.Year, p.Number)
	d := paper(p.Committee, number, "선정 결과 공고", p.Title, p.At)
	d.Paragraph("「" + p.Title + "」의 선정 결과를 다음과 같이 공고합니다.")
	d.Heading(1, "선정 개요")
	c := p.Competition
	d.Item(1, fmt.Sprintf("접수 %d건, 요건 충족 %d건, 선정 %d건, 예비 %d건", c.Received, c.Eligible, c.Selected, c.Reserved))
	if p.Ratio != "" {
		d.Item(1, "경쟁률: "+p.Ratio)
	}
	d.Item(1, "심의: "+orNone(p.Gates.Deliberated))
	if p.Gates.Subsidised != "" {
		d.Item(1, "지방보조금관리위원회 심의: "+p.Gates.Subsidised)
	}
	d.Item(1, "결재: "+orNone(p.Gates.Approval))
	if p.Version > 1 {
		d.Heading(1, fmt.Sprintf("다시 산정한 사유(%d차)", p.Version))
		for _, g := range p.Grounds {
			d.Item(1, g.Reason)
		}
	}
	chosen(d, p)
	d.Heading(1, "안내")
	for _, e := range p.Entitled {
		d.Item(1, outcomes[e.Outcome]+": "+e.Text)
	}
	if p.ReserveDays > 0 {
		d.Item(1, fmt.Sprintf("예비 순위는 결과 확정일부터 %d일 동안 유효합니다.", p.ReserveDays))
	}
	d.Item(1, "이의신청: "+date(p.ObjectUntil)+"까지("+p.Basis+")")
	d.Item(1, "평가 점수와 사유는 신청 기관에 개별 통지하며, 순위 산정 근거는 공개 기록에서 누구나 다시 계산할 수 있습니다.")
	d.Issuer(pdf.Issuer{Date: day(p.At), Name: p.Committee + " 담당부서 " + p.Department})
	d.Note(checksum("공고 조건", p.Conditions) + "\n" + checksum("선정 기록", p.Hash))
	return attached(d, p, "선정결과공고")
}

func chosen(d *pdf.Doc, p selection.ResultPaper) {
	d.Heading(1, "선정자와 예비 순위")
	t := pdf.Table{
		Columns: []pdf.Column{
			{Title: "순위", Width: 2, Align: pdf.Center}, {Title: "구분", Width: 2, Align: pdf.Center},
			{Title: "기관", Width: 7, Align: pdf.Left}, {Title: "과제", Width: 10, Align: pdf.Left}, {Title: "점수", Width: 3, Align: pdf.Right},
		},
		Empty: "선정된 신청 없음",
	}
	for _, l := range p.Lines {
		t.Rows = append(t.Rows, pdf.Row(strconv.Itoa(l.Rank), outcomes[l.Outcome], l.Applicant, l.Title, points(l.Final)))
	}
	d.Table(t)
}

// points writes thousandths of a point with two decimals, or three where the third says something.
func points(n int64) string {
	if n%10 != 0 {
		return fmt.Sprintf("%d.%03d", n/selection.Point, n%selection.Point)
	}
	return fmt.Sprintf("%d.%02d", n/selection.Point, n%selection.Point/10)
}
