package selecting_test

import (
	"testing"

	"secretariat/domain"
	"secretariat/domain/selection"
	"secretariat/service/selecting"
)

// printed keeps what was printed.
type printed struct {
	result selection.ResultPaper
	ledger selection.LedgerPaper
}

func (p *printed) Result(r selection.ResultPaper) ([]byte, error) {
	p.result = r
	return []byte("r"), nil
}
func (p *printed) Ledger(l selection.LedgerPaper) ([]byte, error) {
	p.ledger = l
	return []byte("l"), nil
}
func (p *printed) Settlement(l selection.LedgerPaper) ([]byte, error) {
	p.ledger = l
	return []byte("s"), nil
}

func TestDocumentsArePrintedForWhomTheyAre(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		var out printed
		w.s.Papers(&out)
		g := w.signed()
		p, err := w.s.PrintResult(t.Context(), domain.Public(), selecting.RankingInput{Call: w.call.ID})
		must(t, err)
		if p.FileName == "" || len(out.result.Lines) != 2 || out.result.Lines[0].Applicant == "" || out.result.ObjectUntil == "" ||
			out.result.Gates.Subsidised != "제2호" || out.result.At.IsZero() || out.result.Conditions != w.call.ConditionsHash {
			t.Errorf("the result: %+v", out.result)
		}
		in := selecting.AgreementInput{Agreement: g.ID}
		for _, by := range []domain.Actor{firm(1), judge(2), domain.Public()} {
			_, err := w.s.PrintLedger(t.Context(), by, in)
			expect(t, "somebody else's ledger", err, "not_found.agreement")
		}
		for _, by := range []domain.Actor{firm(2), w.staff} {
			_, err := w.s.PrintLedger(t.Context(), by, in)
			must(t, err)
		}
		_, err = w.s.PrintSettlement(t.Context(), w.staff, in)
		expect(t, "a settlement before it is decided", err, "not_found.settlement")
		if out.ledger.Agreement.ID != g.ID || out.ledger.Committee == "" || len(out.ledger.Duties) == 0 {
			t.Errorf("the ledger: %+v", out.ledger)
		}
	})
}
