package selecting_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/selection"
	"secretariat/service/selecting"
)

// signed plays a call to its agreement with firm 2 and records the terms.
func (w *world) signed() selection.Agreement {
	w.t.Helper()
	w.ranked(80, 90)
	must(w.t, w.tell("제1호", "제2호"))
	w.h.Clock.Set(w.h.Clock.Now().AddDate(0, 0, 21))
	_, err := w.s.Finish(w.t.Context(), w.staff, selecting.ActInput{Call: w.call.ID, Version: w.version()})
	must(w.t, err)
	x := w.mine(2).Application
	_, err = w.s.Enter(w.t.Context(), w.staff, w.terms(x))
	expect(w.t, "terms without an agreement", err, "agreement.not_signed")
	x, err = w.s.Agree(w.t.Context(), w.staff, selecting.AgreeInput{Application: x.ID, Agreed: true, Version: x.Version})
	must(w.t, err)
	out, err := w.s.Enter(w.t.Context(), w.staff, w.terms(x))
	must(w.t, err)
	return out
}

func (w *world) terms(x selection.Application) selecting.EnterInput {
	today := calendar.DateOf(w.h.Clock.Now())
	return selecting.EnterInput{
		Application: x.ID, Number: "협약-2026-1", Decided: today, Starts: today, Ends: today.AddDays(100), ProgressDue: today.AddDays(50),
		Grant: 70, Own: 30, Budget: []selection.BudgetItem{{Name: "인건비", Grant: 70, Own: 30}},
		Instalments: []selection.Instalment{{Amount: 40, When: selection.OnSigning}, {Amount: 30, When: selection.OnProgress}},
	}
}

func (w *world) ledger(by domain.Actor, id domain.ID) selecting.AgreementView {
	w.t.Helper()
	out, err := w.s.ShowAgreement(w.t.Context(), by, selecting.AgreementInput{Agreement: id})
	must(w.t, err)
	return out
}

func (w *world) stage() selecting.Standing {
	w.t.Helper()
	at, err := w.s.Stand(w.t.Context(), worker, selecting.CaseInput{Call: w.call.ID})
	must(w.t, err)
	return at
}

func TestAnAgreementIsCarriedOutToItsLastReport(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		g := w.signed()
		w.send()
		for name, by := range map[string]domain.Actor{"rival": firm(1), "public": domain.Public(), "judge": judge(2)} {
			_, err := w.s.ShowAgreement(t.Context(), by, selecting.AgreementInput{Agreement: g.ID})
			expect(t, name, err, "not_found.agreement")
		}
		if at := w.stage(); at.Stage != selecting.StageCarrying || len(at.Deadlines) != 3 || len(at.Reminds) != 3 {
			t.Errorf("stands %+v", at)
		}
		pay := func(i int, amount int64) error {
			_, err := w.s.Pay(t.Context(), w.staff, selecting.PayInput{
				Agreement: g.ID, Instalment: i, Amount: amount, On: calendar.DateOf(w.h.Clock.Now()), Document: "지출-1", Version: w.ledger(w.staff, g.ID).Agreement.Version,
			})
			return err
		}
		expect(t, "more than the instalment", pay(0, 41), "payment.too_much")
		must(t, pay(0, 40))
		expect(t, "before the progress check", pay(1, 30), "payment.not_due")
		w.report(g.ID, selection.ProgressReport, 0)
		must(t, pay(1, 30))
		w.reminded(g)
		w.report(g.ID, selection.CompletionReport, 0)
		w.settles(g.ID)
		for y := 1; y <= 3; y++ {
			w.h.Clock.Set(g.Ends.AddYears(y).Time())
			w.report(g.ID, selection.OutcomeReport, y)
		}
		if at := w.stage(); at.Stage != selecting.StageOver || !w.ledger(firm(2), g.ID).Agreement.Ended {
			t.Errorf("it does not end: %+v", at)
		}
	})
}

// report files a report and has it accepted.
func (w *world) report(id domain.ID, kind selection.ReportKind, year int) {
	w.t.Helper()
	in := selecting.ReportInput{Agreement: id, Kind: kind, Year: year, Text: "보고", Version: w.ledger(firm(2), id).Agreement.Version}
	if _, err := w.s.Report(w.t.Context(), w.staff, in); domain.CodeOf(err) != domain.CodeForbidden {
		w.t.Errorf("the staff reports for the firm: %v", err)
	}
	g, err := w.s.Report(w.t.Context(), firm(2), in)
	must(w.t, err)
	_, err = w.s.Judge(w.t.Context(), w.staff, selecting.JudgeInput{
		Agreement: id, Kind: kind, Year: year, Judgement: selection.Accepted, Version: g.Version,
	})
	must(w.t, err)
}

// reminded looks at the letters of the completion report and the account: fourteen days before, three days before, the day after.
func (w *world) reminded(g selection.Agreement) {
	w.t.Helper()
	due := g.Ends.AddMonths(2)
	for _, days := range []int{20, 14, 10, 3, -1, -5} {
		w.h.Clock.Set(due.AddDays(-days).Time().Add(10 * time.Hour))
		got := w.send()
		sends := slices.Contains([]int{14, 3, -1}, days)
		if (len(got) == 2) != sends || sends && !strings.HasPrefix(got[0], "chief-2@example.kr owed") {
			w.t.Errorf("%d days before: %v", days, got)
		}
		if days == -1 && !strings.Contains(w.post.letters[0].Subject, "기한 경과") {
			w.t.Errorf("the letter after: %+v", w.post.letters[0])
		}
	}
}

// settles files the account five days late, which costs a tenth, and returns what is owed.
func (w *world) settles(id domain.ID) {
	w.t.Helper()
	at := w.ledger(firm(2), id)
	if at.Cut != 10 || at.Stage != selection.Settling {
		w.t.Errorf("late: %+v", at)
	}
	g, err := w.s.Settle(w.t.Context(), firm(2), selecting.SettleInput{
		Agreement: id, Items: []selection.SettledItem{{Name: "인건비", Spent: 90, Recognised: 90}}, Interest: 1, Version: at.Agreement.Version,
	})
	must(w.t, err)
	if g.Settlements[0].Items[0].Recognised != 0 {
		w.t.Error("the firm recognises its own costs")
	}
	in := selecting.SettledInput{Agreement: id, Items: []selection.SettledItem{{Recognised: 80}}, Version: g.Version}
	if _, err := w.s.DecideSettlement(w.t.Context(), w.staff, in); domain.CodeOf(err) != domain.CodeInvalid {
		w.t.Errorf("refused without a reason: %v", err)
	}
	in.Items[0].Reason = "증빙 없음"
	g, err = w.s.DecideSettlement(w.t.Context(), w.staff, in)
	must(w.t, err)
	// 80 of 100 recognised bear 56 of 70, less a tenth (5) 51; 70 paid: 7 unspent (90 bear 63), 7 refused, 5 cut, 1 interest.
	want := selection.Sum{Spent: 90, Recognised: 80, Earned: 51, Cut: 5, Unspent: 7, Refused: 7, Penalty: 5, Interest: 1, Return: 20}
	if got := g.Settled().Sum; got != want {
		w.t.Errorf("settled %+v, want %+v", got, want)
	}
	_, err = w.s.Refund(w.t.Context(), w.staff, selecting.RefundInput{
		Agreement: id, On: calendar.DateOf(w.h.Clock.Now()), Document: "세입-1", Version: g.Version,
	})
	must(w.t, err)
}

func TestAChangeOfAnAgreementIsAskedForAndDecided(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		g := w.signed()
		in := selecting.AmendInput{Agreement: g.ID, Ends: g.Ends.AddDays(30), Budget: g.Budget, Reason: "납품 지연", Version: g.Version}
		_, err := w.s.Amend(t.Context(), firm(1), in)
		expect(t, "another firm", err, "not_found.agreement")
		g, err = w.s.Amend(t.Context(), firm(2), in)
		must(t, err)
		in.Version = g.Version
		_, err = w.s.Amend(t.Context(), firm(2), in)
		expect(t, "while one waits", err, "agreement.not_now")
		decide := selecting.DecideInput{Agreement: g.ID, Judgement: selection.Accepted, Version: g.Version}
		if _, err := w.s.Decide(t.Context(), w.staff, decide); domain.CodeOf(err) != domain.CodeInvalid {
			t.Errorf("a major change without approval: %v", err)
		}
		decide.Document = "경제정책과-77"
		now, err := w.s.Decide(t.Context(), w.staff, decide)
		must(t, err)
		if now.Ends != in.Ends || !now.Amendments[0].Major {
			t.Errorf("changed: %+v", now)
		}
		list, err := w.s.Agreements(t.Context(), w.staff, selecting.AgreementsInput{Call: w.call.ID})
		must(t, err)
		own, err := w.s.MyAgreements(t.Context(), firm(2), selecting.MyAgreementsInput{})
		must(t, err)
		if len(list.Items) != 1 || len(own.Items) != 1 || own.Items[0].Duties[0].Kind != selection.OwesProgress {
			t.Errorf("listed %+v and %+v", list.Items, own.Items)
		}
		if rival, err := w.s.MyAgreements(t.Context(), firm(1), selecting.MyAgreementsInput{}); err != nil || len(rival.Items) != 0 {
			t.Errorf("a rival sees %+v, %v", rival.Items, err)
		}
		_, err = w.s.Agreements(t.Context(), firm(1), selecting.AgreementsInput{})
		if domain.CodeOf(err) != domain.CodeForbidden {
			t.Errorf("a firm lists all: %v", err)
		}
	})
}
