package selection_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"secretariat/domain"
	"secretariat/domain/calendar"
	. "secretariat/domain/selection"
)

func noticeOf(ground TerminationGround, until calendar.Date) Termination {
	return Termination{Ground: ground, Reason: "수행하지 않음", Until: until}
}

func at(day calendar.Date) time.Time { return day.Time().Add(10 * time.Hour) }

// Whatever is done in whatever order: once notice was given nothing is paid; what is returned is what was paid and not rightly used,
// counted won by won; an agreement that was ended stays so.
func TestAnAgreementThatIsEndedOwesWhatWasPaidAndNotRightlyUsed(t *testing.T) {
	t.Parallel()
	r := rulesOf(t)
	rapid.Check(t, func(t *rapid.T) {
		a, day := agreed(), calendar.Date("2026-02-01")
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			before := a
			var err error
			switch rapid.IntRange(0, 4).Draw(t, "step") {
			case 0:
				x := Payment{Instalment: rapid.IntRange(0, 2).Draw(t, "of"), Amount: rapid.Int64Range(1, 60).Draw(t, "amount")}
				if a, err = a.Pay(x); err == nil && before.Terminating() != nil || err == nil && before.Termination() != nil {
					t.Fatal("paid although the agreement is being ended")
				}
			case 1:
				ground := rapid.SampledFrom(TerminationGrounds()).Draw(t, "ground")
				a, _ = a.NotifyTermination(noticeOf(ground, day.AddDays(rapid.IntRange(0, 20).Draw(t, "until"))), day, r)
			case 2:
				a, _ = a.Oppose("의견", at(day), "f")
			case 3:
				d := TerminationDecision{
					Drop: rapid.Bool().Draw(t, "drop"), Answer: "이유", Document: "문서-1", Recognised: rapid.Int64Range(0, 120).Draw(t, "recognised"),
					Interest: rapid.Int64Range(0, 9).Draw(t, "interest"), BarYears: rapid.SampledFrom([]int{0, 1, 2, 3, 5}).Draw(t, "bar"),
				}
				if a, err = a.DecideTermination(d, at(day), "s", r); err == nil && !d.Drop {
					checkEnded(t, a, d, day)
				}
			default:
				day = day.AddDays(rapid.IntRange(1, 15).Draw(t, "days"))
			}
			if before.Termination() != nil && (a.Termination() == nil || len(a.Terminations) != len(before.Terminations)) {
				t.Fatal("an agreement that was ended goes on")
			}
		}
	})
}

func checkEnded(t *rapid.T, a Agreement, d TerminationDecision, day calendar.Date) {
	x := a.Termination()
	var owed int64
	for _, p := range a.Payments {
		for range p.Amount {
			owed++
		}
	}
	for range d.Recognised {
		owed--
	}
	if x.Recovery != owed+d.Interest || owed < 0 || x.Ground == Fraud && d.Recognised > 0 {
		t.Fatalf("returned %d, want %d and %d interest: %+v", x.Recovery, owed, d.Interest, x)
	}
	if x.OpinionAt == nil && x.Ground != Abandoned && day <= x.Until {
		t.Fatal("decided while the firm could still speak")
	}
	if (a.Barred != "") != (d.BarYears > 0) || d.BarYears == 1 || d.BarYears > 0 && !x.Ground.Fault() {
		t.Fatalf("barred until %q for %d years on %s", a.Barred, d.BarYears, x.Ground)
	}
	if a.Costs() != d.Recognised {
		t.Fatalf("it takes %d of the budget", a.Costs())
	}
}

func TestTheEndOfAnAgreementGoesByItsStages(t *testing.T) {
	t.Parallel()
	r, day := rulesOf(t), calendar.Date("2026-03-02")
	a, err := agreed().Pay(Payment{Instalment: 0, Amount: 50})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.NotifyTermination(noticeOf(Violation, day.AddDays(9)), day, r); domain.CodeOf(err) != domain.CodeInvalid {
		t.Errorf("nine days for an opinion: %v", err)
	}
	a, err = a.NotifyTermination(noticeOf(Violation, day.AddDays(10)), day, r)
	if err != nil || a.Stage(day) != Ending || !a.Waits() {
		t.Fatalf("%s: %v", a.Stage(day), err)
	}
	d := TerminationDecision{Answer: "이유", Document: "문서-1", Recognised: 20, Interest: 3, BarYears: 2}
	if _, err := a.DecideTermination(d, at(day), "s", r); domain.KeyOf(err) != "termination.opinion_open" {
		t.Errorf("decided before the opinion: %v", err)
	}
	if on, err := a.DecideTermination(TerminationDecision{Drop: true, Answer: "이행함"}, at(day), "s", r); err != nil || on.Stage(day) != Performing {
		t.Errorf("a notice is not dropped at once: %v", err)
	}
	if _, err := a.Amend(Amendment{Ends: a.Ends.AddDays(1), Budget: a.Budget}, 20); err == nil {
		t.Error("changed while it is being ended")
	}
	a, err = a.Oppose("의견", at(day), "f")
	if err != nil {
		t.Fatal(err)
	}
	if a, err = a.DecideTermination(d, at(day), "s", r); err != nil {
		t.Fatal(err)
	}
	duties := a.Duties(Subsidy, 0, r)
	if a.Stage(day) != Refunding || a.Waits() || len(duties) != 1 || duties[0].Kind != OwesRefund || a.Termination().Recovery != 33 {
		t.Fatalf("%s %+v", a.Stage(day), duties)
	}
	if a.End(Subsidy, r).Ended {
		t.Error("over although money is owed")
	}
	a, err = a.Refund(day, "세입-1")
	if a = a.End(Subsidy, r); err != nil || !a.Ended || a.Stage(day) != Broken || len(a.Duties(Subsidy, 0, r)) != 0 {
		t.Errorf("%s: %v", a.Stage(day), err)
	}
}
