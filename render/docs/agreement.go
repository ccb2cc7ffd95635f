package docs

import (
	"fmt"
	"strconv"
	"time"

	"secretariat/domain/calendar"
	"secretariat/domain/selection"
	"secretariat/render/pdf"
)

// paper opens a document about a selection.
func paper(organisation, number, title, subtitle string, at time.Time) *pdf.Doc {
	d := pdf.New(pdf.Meta{
		Title: subtitle + " " + title, Author: organisation, Subject: title, Number: number, Created: at.In(calendar.Seoul),
		Keywords: []string{organisation},
	})
	d.Head(pdf.Head{Organisation: organisation, Number: number, Date: day(at)})
	d.Title(title)
	d.Subtitle(subtitle)
	return d
}

var (
	stages = map[selection.AgreementStage]string{
		selection.Performing: "수행", selection.Reporting: "완료보고", selection.Settling: "정산", selection.Refunding: "반납",
		selection.Following: "성과보고", selection.Over: "종료", selection.Ending: "해지 절차", selection.Broken: "해지",
	}
	triggers = map[selection.Trigger]string{
		selection.OnSigning: "협약 체결", selection.OnProgress: "중간점검 적정", selection.OnClosing: "정산 확정",
	}
	reports = map[selection.ReportKind]string{
		selection.ProgressReport: "중간보고서", selection.CompletionReport: "완료보고서", selection.OutcomeReport: "성과보고서",
		selection.AuditReport: "감사보고서",
	}
	judgements = map[selection.Judgement]string{
		"": "검토 중", selection.Accepted: "적정(승인)", selection.Returned: "보완 요청", selection.Refused: "부적정(불승인)",
	}
	duties = map[selection.DutyKind]string{
		selection.OwesProgress: "중간보고서 제출", selection.OwesCompletion: "완료보고서 제출", selection.OwesSettlement: "정산보고서 제출",
		selection.OwesAudit: "감사보고서 제출", selection.OwesRefund: "반납", selection.OwesOutcome: "성과보고서 제출",
	}
	terminationGrounds = map[selection.TerminationGround]string{
		selection.OtherUse: "다른 용도에 사용", selection.Violation: "법령ㆍ교부 결정ㆍ협약 위반", selection.Fraud: "거짓이나 부정한 방법",
		selection.Undoable: "수행 곤란", selection.Changed: "사정 변경", selection.Abandoned: "수행기관의 중단ㆍ폐지 요청",
	}
)

// Ledger prints an agreement with everything that was paid, reported, changed and decided under it (협약 대장).
func (Renderer) Ledger(p selection.LedgerPaper) ([]byte, error) {
	a := p.Agreement
	d := agreementHead(p, "협약 대장")
	agreed(d, p)
	budget(d, a)
	paid(d, a)
	owed(d, p)
	history(d, a)
	if s := a.Settled(); s != nil {
		d.Heading(1, "정산")
		settledSum(d, a, *s)
	}
	ending(d, a)
	return attached(d, p, "협약대장")
}

// Settlement prints what a settlement came to (정산서): item by item, and what is paid or returned.
func (Renderer) Settlement(p selection.LedgerPaper) ([]byte, error) {
	a := p.Agreement
	d := agreementHead(p, "정산서")
	agreed(d, p)
	s := a.Settled()
	d.Heading(1, "비목별 집행과 인정")
	t := pdf.Table{
		Unit: "(단위: 원)", RowHeads: true, Total: true,
		Columns: []pdf.Column{
			{Title: "비목", Width: 5, Align: pdf.Left}, {Title: "예산", Width: 5, Align: pdf.Right}, {Title: "집행액", Width: 5, Align: pdf.Right},
			{Title: "인정액", Width: 5, Align: pdf.Right}, {Title: "불인정 사유", Width: 7, Align: pdf.Left},
		},
	}
	var budgeted int64
	for _, i := range s.Items {
		budgeted += i.Budgeted
		t.Rows = append(t.Rows, pdf.Row(i.Name, won(i.Budgeted), won(i.Spent), won(i.Recognised), orNone(i.Reason)))
	}
	t.Rows = append(t.Rows, pdf.Row("계", won(budgeted), won(s.Sum.Spent), won(s.Sum.Recognised), ""))
	d.Table(t)
	d.Heading(1, "정산 결과")
	settledSum(d, a, *s)
	d.Issuer(pdf.Issuer{Date: day(*s.JudgedAt), Name: p.Committee + " 담당부서"})
	return attached(d, p, "정산서")
}

func agreementHead(p selection.LedgerPaper, title string) *pdf.Doc {
	return paper(p.Committee, p.Agreement.Number, title, p.Agreement.Title, p.At)
}

func agreed(d *pdf.Doc, p selection.LedgerPaper) {
	a := p.Agreement
	d.Heading(1, "협약 개요")
	d.KeyValues(
		pdf.KeyValue{Key: "공모", Value: p.CallTitle}, pdf.KeyValue{Key: "수행기관", Value: a.Applicant},
		pdf.KeyValue{Key: "협약번호", Value: a.Number}, pdf.KeyValue{Key: "교부결정일", Value: date(a.Decided)},
		pdf.KeyValue{Key: "수행 기간", Value: date(a.Starts) + " ~ " + date(a.Ends)},
		pdf.KeyValue{Key: "지원금", Value: selection.FormalWon(a.Grant)}, pdf.KeyValue{Key: "자부담", Value: selection.FormalWon(a.Own)},
		pdf.KeyValue{Key: "단계", Value: stages[p.Stage]},
	)
}

func won(n int64) string { return selection.GroupedWon(n) }

func budget(d *pdf.Doc, a selection.Agreement) {
	d.Heading(1, "예산")
	t := pdf.Table{
		Unit: "(단위: 원)", RowHeads: true, Total: true,
		Columns: []pdf.Column{
			{Title: "비목", Width: 6, Align: pdf.Left}, {Title: "지원금", Width: 5, Align: pdf.Right}, {Title: "자부담", Width: 5, Align: pdf.Right},
			{Title: "계", Width: 5, Align: pdf.Right},
		},
	}
	for _, b := range a.Budget {
		t.Rows = append(t.Rows, pdf.Row(b.Name, won(b.Grant), won(b.Own), won(b.Grant+b.Own)))
	}
	t.Rows = append(t.Rows, pdf.Row("계", won(a.Grant), won(a.Own), won(a.Grant+a.Own)))
	d.Table(t)
}

func paid(d *pdf.Doc, a selection.Agreement) {
	d.Heading(1, "지급")
	t := pdf.Table{
		Unit: "(단위: 원)", RowHeads: true, Total: true,
		Columns: []pdf.Column{
			{Title: "차수", Width: 2, Align: pdf.Center}, {Title: "조건", Width: 5, Align: pdf.Left}, {Title: "지급 예정액", Width: 5, Align: pdf.Right},
			{Title: "지급액", Width: 5, Align: pdf.Right}, {Title: "지급일과 문서", Width: 7, Align: pdf.Left},
		},
	}
	for i, k := range a.Instalments {
		amount, when := "-", "-"
		for _, x := range a.Payments {
			if x.Instalment == i {
				amount, when = won(x.Amount), date(x.On)+" "+x.Document
			}
		}
		t.Rows = append(t.Rows, pdf.Row(strconv.Itoa(i+1), triggers[k.When], won(k.Amount), amount, when))
	}
	t.Rows = append(t.Rows, pdf.Row("계", "", won(a.Grant), won(a.Paid()), ""))
	d.Table(t)
}

func owed(d *pdf.Doc, p selection.LedgerPaper) {
	d.Heading(1, "남은 이행 사항")
	t := pdf.Table{
		Columns: []pdf.Column{
			{Title: "할 일", Width: 6, Align: pdf.Left}, {Title: "기한", Width: 4, Align: pdf.Center}, {Title: "근거", Width: 8, Align: pdf.Left},
		},
		RowHeads: true, Empty: "남은 사항 없음",
	}
	for _, x := range p.Duties {
		t.Rows = append(t.Rows, pdf.Row(duties[x.Kind]+ofYear(x.Year), date(x.Due), x.Basis))
	}
	d.Table(t)
}

func ofYear(year int) string {
	if year == 0 {
		return ""
	}
	return fmt.Sprintf("(%d차년도)", year)
}

// history prints reports and changes in the order in which they came.
func history(d *pdf.Doc, a selection.Agreement) {
	d.Heading(1, "보고와 협약변경")
	t := pdf.Table{
		Columns: []pdf.Column{
			{Title: "제출일", Width: 4, Align: pdf.Center}, {Title: "구분", Width: 5, Align: pdf.Left}, {Title: "처리", Width: 4, Align: pdf.Center},
			{Title: "처리일", Width: 4, Align: pdf.Center}, {Title: "의견", Width: 8, Align: pdf.Left},
		},
		Empty: "제출한 것 없음",
	}
	for _, x := range a.Reports {
		t.Rows = append(t.Rows, pdf.Row(day(x.FiledAt), reports[x.Kind]+ofYear(x.Year), judgements[x.Judgement], dayOf(x.JudgedAt), orNone(x.Opinion)))
	}
	for _, x := range a.Amendments {
		kind := "협약변경(경미)"
		if x.Major {
			kind = "협약변경(중요)"
		}
		t.Rows = append(t.Rows, pdf.Row(day(x.FiledAt), kind, judgements[x.Judgement], dayOf(x.JudgedAt), orNone(x.Document+" "+x.Opinion)))
	}
	d.Table(t)
}

func dayOf(t *time.Time) string {
	if t == nil {
		return "-"
	}
	return day(*t)
}

func settledSum(d *pdf.Doc, a selection.Agreement, s selection.Settlement) {
	x := s.Sum
	refund := "-"
	if s.RefundOn != "" {
		refund = date(s.RefundOn) + " " + s.RefundRef
	}
	d.KeyValues(
		pdf.KeyValue{Key: "지급액", Value: selection.FormalWon(s.Paid)},
		pdf.KeyValue{Key: "확정액(지원금)", Value: selection.FormalWon(x.Earned)},
		pdf.KeyValue{Key: "집행잔액", Value: selection.FormalWon(x.Unspent)}, pdf.KeyValue{Key: "불인정액", Value: selection.FormalWon(x.Refused)},
		pdf.KeyValue{Key: fmt.Sprintf("지연 삭감(%d%%)", s.Late), Value: selection.FormalWon(x.Penalty)},
		pdf.KeyValue{Key: "이자", Value: selection.FormalWon(x.Interest)}, pdf.KeyValue{Key: "반납액", Value: selection.FormalWon(x.Return)},
		pdf.KeyValue{Key: "추가 지급액", Value: selection.FormalWon(x.Payable)}, pdf.KeyValue{Key: "반납", Value: refund},
		pdf.KeyValue{Key: "검증", Value: orNone(s.Verifier)}, pdf.KeyValue{Key: "결정일", Value: dayOf(s.JudgedAt)},
		pdf.KeyValue{Key: "의견", Value: orNone(s.Opinion)},
	)
}

// ending prints each notice that the agreement is to be ended, with what came of it.
func ending(d *pdf.Doc, a selection.Agreement) {
	for i, x := range a.Terminations {
		d.Heading(1, fmt.Sprintf("해지 절차 %d", i+1))
		rows := []pdf.KeyValue{
			{Key: "사유", Value: terminationGrounds[x.Ground] + "(" + x.Ground.Basis() + ")"}, {Key: "내용", Value: x.Reason},
			{Key: "사전통지일", Value: day(x.NotifiedAt)}, {Key: "의견제출 기한", Value: date(x.Until)}, {Key: "수행기관 의견", Value: orNone(x.Opinion)},
			{Key: "결정", Value: orNone(map[selection.TerminationOutcome]string{selection.Terminated: "해지", selection.Dropped: "해지하지 않음"}[x.Outcome])},
			{Key: "결정 이유", Value: orNone(x.Answer)},
		}
		if x.Outcome == selection.Terminated {
			rows = append(rows, pdf.KeyValue{Key: "지급액", Value: selection.FormalWon(x.Paid)},
				pdf.KeyValue{Key: "인정액", Value: selection.FormalWon(x.Recognised)}, pdf.KeyValue{Key: "이자", Value: selection.FormalWon(x.Interest)},
				pdf.KeyValue{Key: "환수액", Value: selection.FormalWon(x.Recovery)})
		}
		if x.RefundOn != "" {
			rows = append(rows, pdf.KeyValue{Key: "반납", Value: date(x.RefundOn) + " " + x.RefundRef})
		}
		if x.BarYears > 0 {
			rows = append(rows, pdf.KeyValue{Key: "수행 배제", Value: date(a.Barred) + "까지"})
		}
		d.KeyValues(rows...)
	}
}
