package docs

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"secretariat/domain/calendar"
	"secretariat/domain/selection"
)

func resultPaper() selection.ResultPaper {
	return selection.ResultPaper{
		Committee: "디지털전환위원회", Department: "경제정책과", Year: 2026, Number: 3, Title: "로봇 실증 지원", Version: 2,
		At: time.Date(2026, 9, 10, 3, 0, 0, 0, time.UTC), Gates: selection.Gates{Deliberated: "제2026-3호", Subsidised: "제2호", Approval: "경제정책과-9"},
		Lines: []selection.ResultLine{
			{Rank: 1, Outcome: selection.Selected, Applicant: "한강로보틱스", Title: "물류 로봇 실증", Final: 91_250},
			{Rank: 2, Outcome: selection.Reserved, Applicant: "북악기술", Title: "안내 로봇", Final: 88_125},
		},
		Competition: selection.Competition{Received: 7, Eligible: 5, Selected: 1, Reserved: 1}, Ratio: "7.0:1",
		Entitled: []selection.Entitlement{{Outcome: selection.Reserved, Text: "순위에 따라 승계"}}, ReserveDays: 90,
		ObjectUntil: "2026-09-30", Basis: "보조금조례 27", Grounds: []selection.Ground{{Reason: "이의신청 인용"}},
		Conditions: strings.Repeat("a", 64), Hash: strings.Repeat("b", 64),
	}
}

func holds(t *testing.T, name string, raw []byte, err error, all ...string) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(read(t, name, raw)), " ")
	for _, want := range all {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not in %s", want, text)
		}
	}
}

func TestAResultIsPrintedWithWhoWasSelectedAndHowToObject(t *testing.T) {
	raw, err := Renderer{}.Result(resultPaper())
	holds(t, "result.pdf", raw, err, "선정 결과 공고", "공고 제2026-3호", "한강로보틱스", "91.25", "88.125", "경쟁률: 7.0:1", "2026. 9. 30.까지",
		"예비: 순위에 따라 승계", "이의신청 인용", "지방보조금관리위원회 심의: 제2호", "90일 동안 유효")
	again, err := Renderer{}.Result(resultPaper())
	if err != nil || !bytes.Equal(raw, again) {
		t.Errorf("the same result gives other bytes: %v", err)
	}
}

func ledgerPaper() selection.LedgerPaper {
	at := time.Date(2026, 12, 20, 3, 0, 0, 0, time.UTC)
	a := selection.Agreement{
		Number: "협약-2026-1", Applicant: "한강로보틱스", Title: "물류 로봇 실증", Decided: "2026-01-02", Starts: "2026-01-02", Ends: "2026-10-31",
		Grant: 70_000_000, Own: 30_000_000, Budget: []selection.BudgetItem{{Name: "인건비", Grant: 70_000_000, Own: 30_000_000}},
		Instalments: []selection.Instalment{{Amount: 40_000_000, When: selection.OnSigning}, {Amount: 30_000_000, When: selection.OnClosing}},
		Payments:    []selection.Payment{{Amount: 40_000_000, On: "2026-01-05", Document: "지출-1"}},
		Reports:     []selection.Report{{Kind: selection.CompletionReport, FiledAt: at, Judgement: selection.Accepted, JudgedAt: &at}},
		Amendments:  []selection.Amendment{{Major: true, FiledAt: at, Judgement: selection.Accepted, Document: "경제정책과-77", JudgedAt: &at}},
	}
	return selection.LedgerPaper{
		Committee: "디지털전환위원회", CallTitle: "로봇 실증 지원", Instrument: selection.Subsidy, Agreement: a, Stage: selection.Following, At: at,
		Duties: []selection.Duty{{Kind: selection.OwesOutcome, Year: 1, Due: calendar.Date("2027-10-31"), Basis: "지방보조금법 27"}},
	}
}

func TestALedgerAndASettlementArePrinted(t *testing.T) {
	p := ledgerPaper()
	s := selection.Settlement{
		Items: []selection.SettledItem{{Name: "인건비", Budgeted: 100_000_000, Spent: 90_000_000, Recognised: 50_000_000, Reason: "증빙 없음"}},
		Paid:  40_000_000, Interest: 1000, Late: 10, Judgement: selection.Accepted, JudgedAt: &p.At, Verifier: "회계법인",
	}
	s.Sum = selection.Settle(70_000_000, 30_000_000, s.Paid, s.Interest, s.Items, s.Late)
	p.Agreement.Settlements = []selection.Settlement{s}
	raw, err := Renderer{}.Settlement(p)
	holds(t, "settlement.pdf", raw, err, "정산서", "증빙 없음", "금31,500,000원(금삼천일백오십만원)", "지연 삭감(10%)", "회계법인", "계 100,000,000")
	raw, err = Renderer{}.Ledger(p)
	holds(t, "ledger.pdf", raw, err, "협약 대장", "한강로보틱스", "2026. 1. 5. 지출-1", "협약변경(중요)", "성과보고서 제출(1차년도)", "2027. 10. 31.",
		"금70,000,000원(금칠천만원)", "지급")
}

func TestTheLedgerOfAnAgreementThatWasEndedSaysWhatIsReturned(t *testing.T) {
	p := ledgerPaper()
	p.Stage, p.Agreement.Barred = selection.Refunding, "2029-12-20"
	p.Agreement.Terminations = []selection.Termination{{
		Ground: selection.Violation, Reason: "보고하지 않음", Until: "2026-12-10", NotifiedAt: p.At, Outcome: selection.Terminated, Answer: "이유",
		Document: "경제정책과-80", Paid: 40_000_000, Recognised: 10_000_000, Recovery: 30_000_000, BarYears: 3, DecidedAt: &p.At,
	}}
	raw, err := Renderer{}.Ledger(p)
	holds(t, "ended.pdf", raw, err, "해지 절차 1", "지방보조금법 12①2", "금30,000,000원(금삼천만원)", "2029. 12. 20.까지")
}
