package selecting_test

import (
	"slices"
	"strings"
	"testing"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/selection"
	"secretariat/service"
	"secretariat/service/selecting"
)

type deadline = service.Deadline

// An agreement is ended for a breach: the firm is told, speaks, is told the decision; its place goes to the reserve, which has a day of
// its own; and it may not apply any more.
func TestAnAgreementIsEndedAndItsPlaceGoesToTheReserve(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		g := w.signed()
		today := calendar.DateOf(w.h.Clock.Now())
		g, err := w.s.Pay(t.Context(), w.staff, selecting.PayInput{
			Agreement: g.ID, Amount: 40, On: today, Document: "지출-1", Version: g.Version,
		})
		must(t, err)
		w.send()
		g = w.notified(g)
		if got := w.send(); !slices.Equal(got, []string{"chief-2@example.kr ending"}) || !strings.Contains(w.post.letters[0].Text, "행정절차법 21③") {
			t.Errorf("told of the notice: %v %+v", got, w.post.letters)
		}
		if at := w.stage(); !slices.ContainsFunc(at.Deadlines, func(d deadline) bool { return d.Name == selecting.DeadlineOpinion }) {
			t.Errorf("stands %+v", at)
		}
		decide := selecting.TerminateInput{
			Agreement: g.ID, Answer: "의견을 받아들일 수 없음", Document: "경제정책과-9", Recognised: 10, Interest: 2, BarYears: 3, Version: g.Version,
		}
		_, err = w.s.DecideTermination(t.Context(), w.staff, decide)
		expect(t, "before the opinion", err, "termination.opinion_open")
		_, err = w.s.OpposeTermination(t.Context(), firm(1), selecting.OpposeInput{Agreement: g.ID, Opinion: "남", Version: g.Version})
		expect(t, "another firm", err, "not_found.agreement")
		g, err = w.s.OpposeTermination(t.Context(), firm(2), selecting.OpposeInput{Agreement: g.ID, Opinion: "수행하고 있음", Version: g.Version})
		must(t, err)
		decide.Version = g.Version
		g, err = w.s.DecideTermination(t.Context(), w.staff, decide)
		must(t, err)
		if x := g.Termination(); x == nil || x.Recovery != 32 || g.Barred != today.AddYears(3) {
			t.Fatalf("ended %+v", g)
		}
		w.endedLetters()
		w.movedUp(g, today)
		w.keptOut()
	})
}

func (w *world) notified(g selection.Agreement) selection.Agreement {
	w.t.Helper()
	in := selecting.NotifyInput{Agreement: g.ID, Ground: selection.Violation, Reason: "중간보고를 하지 않음", Version: g.Version}
	_, err := w.s.NotifyTermination(w.t.Context(), firm(2), in)
	expect(w.t, "by the firm", err, "forbidden")
	g, err = w.s.NotifyTermination(w.t.Context(), w.staff, in)
	must(w.t, err)
	_, err = w.s.Amend(w.t.Context(), firm(2), selecting.AmendInput{
		Agreement: g.ID, Ends: g.Ends.AddDays(9), Budget: g.Budget, Reason: "연장", Version: g.Version,
	})
	expect(w.t, "changed while it is being ended", err, "agreement.not_now")
	return g
}

func (w *world) endedLetters() {
	w.t.Helper()
	got := w.send()
	if !slices.Equal(got, []string{"chief-1@example.kr promot", "chief-2@example.kr ended.", "chief-2@example.kr owed.c"}[:2]) {
		w.t.Errorf("told of the decision: %v", got)
	}
	for _, l := range w.post.letters {
		if strings.HasPrefix(l.ID, "ended") && !strings.Contains(l.Text, "금32원(금삼십이원)") {
			w.t.Errorf("the letter does not say what is returned: %s", l.Text)
		}
	}
}

// movedUp looks at the reserve: it has a place, and thirty days from the day it moved up.
func (w *world) movedUp(g selection.Agreement, today calendar.Date) {
	w.t.Helper()
	next, was := w.mine(1).Application, w.mine(2).Application
	if !next.Promoted || was.State != selection.Ceased {
		w.t.Errorf("next %+v, was %s", next, was.State)
	}
	at := w.stage()
	i := slices.IndexFunc(at.Deadlines, func(d deadline) bool { return d.Name == selecting.DeadlineAgree && d.Subject == next.ID })
	if at.Stage != selecting.StageAgreeing || i < 0 || !at.Deadlines[i].At.Equal(today.AddDays(30).End()) {
		w.t.Errorf("stands %+v", at)
	}
	_, err := w.s.Refund(w.t.Context(), w.staff, selecting.RefundInput{Agreement: g.ID, On: today, Document: "세입-1", Version: g.Version})
	must(w.t, err)
	if v := w.ledger(w.staff, g.ID); v.Stage != selection.Broken || !v.Agreement.Ended || len(v.Duties) != 0 {
		w.t.Errorf("after the return: %+v", v)
	}
}

// keptOut looks at the next call: the firm cannot apply, a partner's ban is told, another firm can.
func (w *world) keptOut() {
	w.t.Helper()
	w.publish(w.plan())
	_, err := w.s.Submit(w.t.Context(), firm(2), w.request(2))
	if domain.CodeOf(err) != domain.CodeInvalid || !strings.Contains(err.Error(), "terms.barred") {
		w.t.Errorf("a firm that is kept from calls: %v", err)
	}
	_, err = w.s.Submit(w.t.Context(), firm(1), w.request(1))
	must(w.t, err)
	w.h.Clock.Set(w.h.Clock.Now().AddDate(3, 0, 1))
	w.publish(w.plan())
	_, err = w.s.Submit(w.t.Context(), firm(2), w.request(2))
	must(w.t, err)
}

// The reserve holds for as long as the call said, and who has been kept from calls since is passed over.
func TestTheReserveMovesUpAsTheCallSaid(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p := w.plan()
		p.Terms.ReserveDays = 10
		w.publish(p)
		w.apply(3)
		w.review()
		w.draw()
		for _, n := range w.panel() {
			w.score(n, 80, 90, 75)
		}
		w.rank()
		must(t, w.tell("제1호", "제2호"))
		w.h.Clock.Set(w.h.Clock.Now().AddDate(0, 0, 21))
		_, err := w.s.Finish(t.Context(), w.staff, selecting.ActInput{Call: w.call.ID, Version: w.version()})
		must(t, err)
		w.h.Clock.Set(w.h.Clock.Now().AddDate(0, 0, 11))
		x := w.mine(2).Application
		_, err = w.s.Agree(t.Context(), w.staff, selecting.AgreeInput{Application: x.ID, Reason: "포기", Version: x.Version})
		must(t, err)
		if w.mine(1).Application.Promoted {
			t.Error("the reserve moved up after its time")
		}
	})
}
