package selection_test

import (
	"fmt"
	"math/big"
	"testing"
	"time"

	"pgregory.net/rapid"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
	. "secretariat/domain/selection"
	"secretariat/policies"
)

// naiveSettle spends the money won by won in thought: with rationals, one quantity after the other, and no shared code.
func naiveSettle(grant, own, paid int64, items []SettledItem, late int) (back, payable, unspent int64) {
	floor := func(x *big.Rat) int64 { return new(big.Int).Quo(x.Num(), x.Denom()).Int64() }
	bears := func(cost int64) int64 {
		x := new(big.Rat).Mul(new(big.Rat).SetInt64(cost), big.NewRat(grant, grant+own))
		if n := floor(x); n < grant {
			return n
		}
		return grant
	}
	var spent, recognised int64
	for _, i := range items {
		spent += i.Spent
		recognised += i.Recognised
	}
	right := bears(recognised)
	earned := right - floor(new(big.Rat).Mul(new(big.Rat).SetInt64(right), big.NewRat(int64(late), 100)))
	if paid > earned {
		back = paid - earned
	} else {
		payable = earned - paid
	}
	if used := bears(spent); paid > used {
		unspent = paid - used
	}
	return back, payable, unspent
}

func TestASettlementIsTheNaiveSum(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		won := rapid.OneOf(rapid.Int64Range(0, 50), rapid.Int64Range(0, 5_000_000_000), rapid.Just(int64(1_000_000_000_000_000)))
		grant, own := max(won.Draw(t, "grant"), 1), won.Draw(t, "own")
		paid := rapid.Int64Range(0, grant).Draw(t, "paid")
		interest := won.Draw(t, "interest")
		var items []SettledItem
		for range rapid.IntRange(1, 5).Draw(t, "items") {
			spent := won.Draw(t, "spent")
			items = append(items, SettledItem{Spent: spent, Recognised: rapid.Int64Range(0, spent).Draw(t, "recognised")})
		}
		late := rapid.SampledFrom([]int{0, 10, 20, 50}).Draw(t, "late")
		got := Settle(grant, own, paid, interest, items, late)
		back, payable, unspent := naiveSettle(grant, own, paid, items, late)
		if got.Return != back+interest || got.Payable != payable || got.Unspent != unspent {
			t.Fatalf("%+v, want back %d payable %d unspent %d", got, back, payable, unspent)
		}
		if got.Unspent+got.Refused+got.Penalty+interest != got.Return || min(got.Unspent, got.Refused, got.Penalty, got.Earned) < 0 || got.Earned > grant {
			t.Fatalf("the parts do not make the whole: %+v", got)
		}
	})
}

func rulesOf(t testing.TB) policy.Rules {
	t.Helper()
	lib, err := policies.Load("")
	if err != nil {
		t.Fatal(err)
	}
	r, err := lib.Resolve("seoul-general", "2026-11-02")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func agreed() Agreement {
	return Agreement{
		Number: "협약-1", Decided: "2026-01-02", Starts: "2026-01-02", Ends: "2026-10-31", ProgressDue: "2026-06-30", Grant: 100, Own: 50,
		Budget:      []BudgetItem{{"인건비", 60, 30}, {"재료비", 40, 20}},
		Instalments: []Instalment{{50, OnSigning}, {30, OnProgress}, {20, OnClosing}},
	}
}

func TestATermOfAnAgreementThatIsWrongIsTold(t *testing.T) {
	t.Parallel()
	for field, spoil := range map[string]func(*Agreement){
		"": func(*Agreement) {}, "starts": func(a *Agreement) { a.Starts = "2026-01-01" }, "grant": func(a *Agreement) { a.Grant = 101 },
		"budget": func(a *Agreement) { a.Budget = a.Budget[:1] }, "instalments": func(a *Agreement) { a.Instalments = a.Instalments[:2] },
		"ends": func(a *Agreement) { a.Ends, a.ProgressDue = "2026-01-02", "" },
	} {
		a := agreed()
		spoil(&a)
		var p domain.Problems
		a.Check(&p, 100)
		if (p.Err() == nil) != (field == "") {
			t.Errorf("%s: %v", field, p.Err())
		}
	}
}

func TestNoPaymentGoesAboveTheAgreement(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := agreed()
		for range rapid.IntRange(0, 8).Draw(t, "steps") {
			switch rapid.IntRange(0, 3).Draw(t, "step") {
			case 0:
				if b, err := a.File(Report{Kind: ProgressReport}, "2026-06-01", 3); err == nil {
					a, _ = b.Judge(ProgressReport, 0, Accepted, "", time.Now(), "s")
				}
			default:
				x := Payment{Instalment: rapid.IntRange(-1, 3).Draw(t, "of"), Amount: rapid.Int64Range(-1, 120).Draw(t, "amount")}
				met := x.Instalment >= 0 && x.Instalment < 3 && a.Met(a.Instalments[max(min(x.Instalment, 2), 0)].When)
				b, err := a.Pay(x)
				if err == nil && !met {
					t.Fatalf("paid what does not rest on anything: %+v", x)
				}
				a = b
			}
		}
		seen := map[int]bool{}
		for _, p := range a.Payments {
			if seen[p.Instalment] || p.Amount > a.Instalments[p.Instalment].Amount || p.Amount <= 0 {
				t.Fatalf("paid %+v", a.Payments)
			}
			seen[p.Instalment] = true
		}
		if a.Paid() > a.Grant {
			t.Fatalf("paid %d of %d", a.Paid(), a.Grant)
		}
	})
}

// carried takes an agreement to the decision on its account: 90 of 150 recognised, 80 paid.
func carried(t *testing.T) Agreement {
	t.Helper()
	a, at := agreed(), calendar.Date("2026-11-10").Time()
	steps := []func(Agreement) (Agreement, error){
		func(a Agreement) (Agreement, error) { return a.Pay(Payment{Instalment: 0, Amount: 50}) },
		func(a Agreement) (Agreement, error) { return a.File(Report{Kind: ProgressReport}, "2026-06-01", 3) },
		func(a Agreement) (Agreement, error) { return a.Judge(ProgressReport, 0, Accepted, "적정", at, "s") },
		func(a Agreement) (Agreement, error) { return a.Pay(Payment{Instalment: 1, Amount: 30}) },
		func(a Agreement) (Agreement, error) { return a.File(Report{Kind: CompletionReport}, "2026-11-01", 3) },
		func(a Agreement) (Agreement, error) { return a.Judge(CompletionReport, 0, Accepted, "", at, "s") },
		func(a Agreement) (Agreement, error) {
			return a.FileSettlement(Settlement{Items: []SettledItem{{Name: "인건비", Spent: 80}, {Name: "재료비", Spent: 40}}, Interest: 3})
		},
		func(a Agreement) (Agreement, error) {
			return a.DecideSettlement([]SettledItem{{Recognised: 60, Reason: "증빙 없음"}, {Recognised: 30, Reason: "목적 외"}}, 10, "", at, "s")
		},
	}
	for i, step := range steps {
		var err error
		if a, err = step(a); err != nil {
			t.Fatalf("step %d: %v", i, err)
		}
	}
	return a
}

func TestAnAgreementFromItsFirstPaymentToItsEnd(t *testing.T) {
	t.Parallel()
	a, r := carried(t), rulesOf(t)
	// 90/150 of 100 is 60, less 10% is 54; of the 80 paid 0 is unspent (120 spent bear 80), 20 refused, 6 cut, and 3 interest.
	want := Sum{Spent: 120, Recognised: 90, Earned: 54, Cut: 6, Refused: 20, Penalty: 6, Interest: 3, Return: 29}
	if got := a.Settled().Sum; got != want {
		t.Errorf("settled %+v, want %+v", got, want)
	}
	if a.Stage("2026-11-11") != Refunding || a.Duties(Subsidy, 100, r)[0].Kind != OwesRefund {
		t.Errorf("stands at %s, owes %+v", a.Stage("2026-11-11"), a.Duties(Subsidy, 100, r))
	}
	if _, err := a.Pay(Payment{Instalment: 2, Amount: 1}); domain.KeyOf(err) != "payment.too_much" {
		t.Errorf("more than is owed is paid: %v", err)
	}
	a, err := a.Refund("2026-11-20", "세입-1")
	if err != nil {
		t.Fatal(err)
	}
	for y := 1; y <= 3; y++ {
		if a.End(Subsidy, r).Ended {
			t.Errorf("over before outcome %d", y)
		}
		due := a.Duties(Subsidy, 100, r)[0]
		if due.Kind != OwesOutcome || due.Year != y || due.Due != calendar.Date(fmt.Sprintf("%d-10-31", 2026+y)) {
			t.Errorf("owes %+v", due)
		}
		if a, err = a.File(Report{Kind: OutcomeReport, Year: y}, due.Due, 3); err != nil {
			t.Fatal(err)
		}
		if a, err = a.Judge(OutcomeReport, y, Accepted, "", time.Now(), "s"); err != nil {
			t.Fatal(err)
		}
	}
	if a = a.End(Subsidy, r); !a.Ended || len(a.Duties(Subsidy, 100, r)) != 0 {
		t.Error("it has no end")
	}
}

func TestWhatIsOwedAndByWhen(t *testing.T) {
	t.Parallel()
	r, a := rulesOf(t), agreed()
	dues := func(i Instrument, yearly int64) (out []string) {
		for _, d := range a.Duties(i, yearly, r) {
			out = append(out, string(d.Kind)+" "+string(d.Due))
			if d.Basis == "" {
				t.Errorf("%s has no basis", d.Kind)
			}
		}
		return out
	}
	for _, x := range []struct {
		i      Instrument
		yearly int64
		want   string
	}{
		{Subsidy, 999_999_999, "[progress 2026-06-30 completion 2026-12-31 settlement 2026-12-31]"},
		{Subsidy, 1_000_000_000, "[progress 2026-06-30 completion 2026-12-31 settlement 2026-12-31 audit 2027-04-30]"},
		{Research, 1, "[progress 2026-06-30 completion 2026-12-30 settlement 2027-01-31]"},
	} {
		if got := fmt.Sprint(dues(x.i, x.yearly)); got != x.want {
			t.Errorf("%s with %d: %s, want %s", x.i, x.yearly, got, x.want)
		}
	}
	for filed, want := range map[calendar.Date]int{"2026-12-31": 0, "2027-01-01": 10, "2027-01-30": 10, "2027-01-31": 20, "2027-03-02": 50} {
		if got := LateCut("2026-12-31", filed, r); got != want {
			t.Errorf("filed on %s: cut %d, want %d", filed, got, want)
		}
	}
}

func TestAChangeIsMajorByThePeriodOrTheMoneyThatMoves(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		ends  calendar.Date
		items []BudgetItem
		major bool
	}{
		"a fifth moves":    {"2026-10-31", []BudgetItem{{"인건비", 40, 20}, {"재료비", 60, 30}}, false},
		"a little more":    {"2026-10-31", []BudgetItem{{"인건비", 39, 20}, {"재료비", 61, 30}}, true},
		"it takes longer":  {"2026-12-31", []BudgetItem{{"인건비", 60, 30}, {"재료비", 40, 20}}, true},
		"an item is added": {"2026-10-31", []BudgetItem{{"인건비", 55, 30}, {"재료비", 40, 20}, {"여비", 5, 0}}, false},
	} {
		a, err := agreed().Amend(Amendment{Ends: x.ends, Budget: x.items}, 20)
		if err != nil || a.Amendments[0].Major != x.major {
			t.Errorf("%s: %+v, %v", name, a.Amendments, err)
		}
		_, err = a.DecideAmendment(Accepted, "", "", time.Now(), "s")
		if (err != nil) != x.major {
			t.Errorf("%s without an approval: %v", name, err)
		}
		a, err = a.DecideAmendment(Accepted, "경제정책과-7", "", time.Now(), "s")
		if err != nil || a.Ends != x.ends || len(a.Budget) != len(x.items) {
			t.Errorf("%s: it does not take effect: %+v, %v", name, a, err)
		}
	}
	if _, err := agreed().Amend(Amendment{Ends: "2026-10-31", Budget: agreed().Budget}, 20); domain.KeyOf(err) != "agreement.unchanged" {
		t.Errorf("a change that changes nothing: %v", err)
	}
}
