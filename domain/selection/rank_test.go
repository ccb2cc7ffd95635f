package selection_test

import (
	"math/big"
	"slices"
	"sort"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"secretariat/domain"
	. "secretariat/domain/selection"
)

func profile() Profile {
	return Profile{
		Criteria: []Criterion{{Name: "성장 가능성", Weight: 50}, {Name: "지원 타당성", Weight: 30}, {Name: "효과성", Weight: 20}},
		Floor:    70, TrimFrom: 5, BonusMax: 5, PenaltyMax: 5, Decimals: 2, Panel: 7, Select: 2, Reserve: 1,
	}
}

// even gives so many sheets on which every criterion has the same share of its weight.
func even(share ...int64) [][]int64 {
	out := make([][]int64, len(share))
	for i, s := range share {
		out[i] = []int64{50 * s * 10, 30 * s * 10, 20 * s * 10}
	}
	return out
}

// naive ranks with big rationals, insertion and no shared code.
func naive(r Profile, all []Entry, seed string) map[domain.ID]Outcome {
	type scored struct {
		e        Entry
		final    *big.Rat
		criteria []*big.Rat
		fell     bool
	}
	var list []scored
	for _, e := range all {
		totals := make([]int64, len(e.Sheets))
		idx := make([]int, len(e.Sheets))
		for i, s := range e.Sheets {
			idx[i] = i
			for _, x := range s {
				totals[i] += x
			}
		}
		sort.Slice(idx, func(a, b int) bool {
			x, y := e.Sheets[idx[a]], e.Sheets[idx[b]]
			for i := range x {
				if totals[idx[a]] == totals[idx[b]] && x[i] != y[i] {
					return x[i] < y[i]
				}
			}
			return totals[idx[a]] < totals[idx[b]]
		})
		if r.TrimFrom > 0 && len(idx) >= r.TrimFrom {
			idx = idx[1 : len(idx)-1]
		}
		mean, criteria := new(big.Rat), []*big.Rat{}
		for c := range r.Criteria {
			sum := new(big.Rat)
			for _, i := range idx {
				sum.Add(sum, big.NewRat(e.Sheets[i][c], int64(len(idx))))
			}
			criteria = append(criteria, sum)
			mean.Add(mean, sum)
		}
		final := new(big.Rat).Add(mean, big.NewRat(min(e.Bonus, int64(r.BonusMax)*1000), 1))
		final.Sub(final, big.NewRat(min(e.Penalty, int64(r.PenaltyMax)*1000), 1))
		floor := big.NewRat(int64(r.Floor)*1000, 1)
		fell := mean.Cmp(floor) < 0 || final.Cmp(floor) < 0
		for i, c := range r.Criteria {
			fell = fell || criteria[i].Cmp(big.NewRat(int64(c.Floor)*1000, 1)) < 0
		}
		text, _ := new(big.Rat).SetString(new(big.Rat).Quo(final, big.NewRat(1000, 1)).FloatString(r.Decimals))
		if text.Sign() < 0 {
			text = new(big.Rat)
		}
		list = append(list, scored{e, text, criteria, fell})
	}
	better := func(a, b scored) bool {
		if a.fell != b.fell {
			return b.fell
		}
		if c := a.final.Cmp(b.final); c != 0 {
			return c > 0
		}
		weights := map[int]bool{}
		for range r.Criteria {
			best := -1
			for i, c := range r.Criteria {
				if !weights[i] && (best < 0 || c.Weight > r.Criteria[best].Weight) {
					best = i
				}
			}
			weights[best] = true
			if c := a.criteria[best].Cmp(b.criteria[best]); c != 0 {
				return c > 0
			}
		}
		if a.e.BonusCount != b.e.BonusCount {
			return a.e.BonusCount > b.e.BonusCount
		}
		if a.e.Amount != b.e.Amount {
			return a.e.Amount < b.e.Amount
		}
		return Lot(seed, a.e.Application) < Lot(seed, b.e.Application)
	}
	for i := range list {
		for j := i; j > 0 && better(list[j], list[j-1]); j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
	out, spent, chosen, kept, stopped := map[domain.ID]Outcome{}, int64(0), 0, 0, false
	for _, s := range list {
		stopped = stopped || chosen == r.Select || r.Budget > 0 && spent+s.e.Amount > r.Budget
		switch {
		case s.fell:
			out[s.e.Application] = BelowFloor
		case !stopped:
			out[s.e.Application] = Selected
			chosen, spent = chosen+1, spent+s.e.Amount
		case kept < r.Reserve:
			out[s.e.Application] = Reserved
			kept++
		default:
			out[s.e.Application] = OutOfReach
		}
	}
	return out
}

func entries() *rapid.Generator[[]Entry] {
	return rapid.Custom(func(t *rapid.T) []Entry {
		out := make([]Entry, rapid.IntRange(0, 8).Draw(t, "applications"))
		for i := range out {
			e := Entry{
				Application: domain.ID(strconv.Itoa(i)), Amount: rapid.Int64Range(1, 3).Draw(t, "amount"),
				Bonus: rapid.Int64Range(0, 6000).Draw(t, "bonus"), BonusCount: rapid.IntRange(0, 1).Draw(t, "bonuses"),
				Penalty: rapid.SampledFrom([]int64{0, 0, 2000}).Draw(t, "penalty"),
			}
			for range rapid.IntRange(1, 7).Draw(t, "sheets") {
				share := rapid.SampledFrom([]int64{60, 69, 70, 71, 80, 90}).Draw(t, "share")
				sheet := even(share)[0]
				moved := rapid.Int64Range(0, 3).Draw(t, "moved")
				sheet[1], sheet[2] = sheet[1]-moved, sheet[2]+moved*rapid.Int64Range(0, 1).Draw(t, "to the last")
				e.Sheets = append(e.Sheets, sheet)
			}
			out[i] = e
		}
		return out
	})
}

func TestTheRankingIsThatOfExactArithmetic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := profile()
		r.TrimFrom = rapid.SampledFrom([]int{0, 3, 5}).Draw(t, "trim")
		r.Decimals = rapid.IntRange(0, 3).Draw(t, "decimals")
		r.Budget = rapid.SampledFrom([]int64{0, 1, 4}).Draw(t, "budget")
		r.Select, r.Reserve = rapid.IntRange(1, 4).Draw(t, "select"), rapid.IntRange(0, 2).Draw(t, "reserve")
		r.Criteria[2].Floor = rapid.SampledFrom([]int{0, 14}).Draw(t, "criterion floor")
		all := entries().Draw(t, "entries")
		rows, err := Rank(r, all, "seed")
		if err != nil {
			t.Fatal(err)
		}
		want := naive(r, all, "seed")
		for i, row := range rows {
			if row.Outcome != want[row.Application] {
				t.Fatalf("%s: %s, want %s\n%+v", row.Application, row.Outcome, want[row.Application], rows)
			}
			if (row.Rank == 0) != (row.Outcome == BelowFloor) || row.Rank > 0 && row.Rank != i+1 {
				t.Fatalf("ranks: %+v", rows)
			}
		}
		slices.Reverse(all)
		again, _ := Rank(r, all, "seed")
		for i := range rows {
			if again[i].Application != rows[i].Application {
				t.Fatal("the order of arrival decides")
			}
		}
	})
}

func TestAWorkedExample(t *testing.T) {
	r := profile()
	rows, err := Rank(r, []Entry{
		{Application: "a", Sheets: even(100, 80, 80, 80, 60)},               // trimmed mean 80
		{Application: "b", Sheets: even(79, 79, 79, 79, 79), Bonus: 9000},   // 79 + 5
		{Application: "c", Sheets: even(69, 69, 69, 69, 69), Bonus: 5000},   // below the floor in spite of its bonus
		{Application: "d", Sheets: even(72, 72, 72, 72, 72), Penalty: 3000}, // 69 with its penalty
		{Application: "e", Sheets: even(80, 80, 80, 80, 80), BonusCount: 1}, // as a, but with a bonus ground
		{Application: "f", Sheets: even(75, 76, 75, 76, 75)},                // 75.333...
	}, "s")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range rows {
		got = append(got, string(row.Application)+" "+string(row.Outcome)+" "+strconv.FormatInt(row.Final, 10)+" "+string(row.Tie))
	}
	want := []string{
		"b selected 84000 ", "e selected 80000 bonus", "a reserved 80000 ", "f ranked 75330 ",
		"c below_floor 74000 ", "d below_floor 69000 ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("ranked\n%v, want\n%v", got, want)
	}
}

func TestNobodyWithoutAScoreIsRanked(t *testing.T) {
	if _, err := Rank(profile(), []Entry{{Application: "a"}}, ""); domain.KeyOf(err) != "ranking.no_scores" {
		t.Errorf("%v", err)
	}
}

func TestABudgetThatFitsNobodySelectsNobody(t *testing.T) {
	r := profile()
	r.Budget = 10
	rows, _ := Rank(r, []Entry{{Application: "a", Amount: 11, Sheets: even(90)}, {Application: "b", Amount: 5, Sheets: even(80)}}, "")
	if rows[0].Outcome != Reserved || rows[1].Outcome != OutOfReach {
		t.Errorf("%+v", rows)
	}
}

func TestAReserveIsPromotedInOrderIfItFits(t *testing.T) {
	r := profile()
	r.Select, r.Reserve, r.Budget = 2, 3, 100
	rows, _ := Rank(r, []Entry{
		{Application: "a", Amount: 50, Sheets: even(95)}, {Application: "b", Amount: 50, Sheets: even(90)},
		{Application: "c", Amount: 60, Sheets: even(85)}, {Application: "d", Amount: 40, Sheets: even(80)},
	}, "")
	amounts := map[domain.ID]int64{"a": 50, "b": 50, "c": 60, "d": 40}
	gone, promoted := map[domain.ID]bool{}, map[domain.ID]bool{}
	if got := Promote(rows, r, gone, promoted, amounts, nil); got != "" {
		t.Errorf("promoted %s over nobody", got)
	}
	gone["a"] = true
	if got := Promote(rows, r, gone, promoted, amounts, nil); got != "d" {
		t.Errorf("promoted %q, want the first that fits", got)
	}
	promoted["d"] = true
	if got := Promote(rows, r, gone, promoted, amounts, nil); got != "" {
		t.Errorf("promoted %q although the number is full", got)
	}
	gone["d"], gone["b"] = true, true
	if got := Promote(rows, r, gone, promoted, amounts, nil); got != "c" {
		t.Errorf("promoted %q", got)
	}
	if got := Promote(rows, r, gone, promoted, amounts, map[domain.ID]int64{"a": 30, "b": 15}); got != "" {
		t.Errorf("promoted %q although what stays with the firms leaves 55", got)
	}
}

func TestTheDrawCanBeRepeatedByAnybody(t *testing.T) {
	pool := []Candidate{
		{ID: "a", Organisations: []domain.ID{"firm"}}, {ID: "b", Recommends: []domain.ID{"other"}},
		{ID: "c", Declared: []domain.ID{"firm"}}, {ID: "d"}, {ID: "e"},
	}
	if pool[0].Conflicted("firm") != ConflictOwn || pool[1].Conflicted("x", "other") != ConflictRecommend ||
		pool[2].Conflicted("firm") != ConflictDeclared || pool[3].Conflicted("firm", "") != "" {
		t.Error("conflicts are not found")
	}
	one := Draw(pool, []domain.ID{"firm"}, "seed")
	slices.Reverse(pool)
	two := Draw(pool, []domain.ID{"firm"}, "seed")
	if !slices.Equal(one, two) || len(one) != 3 || slices.Contains(one, "a") || slices.Contains(one, "c") {
		t.Errorf("drawn %v, %v", one, two)
	}
	if Commitment("seed") == Commitment("other") || len(Commitment("seed")) != 64 {
		t.Error("the commitment does not bind")
	}
}

func TestSensitivityCountsWhoWouldFallOut(t *testing.T) {
	r := profile()
	r.TrimFrom, r.Select = 0, 1
	all := []Entry{{Application: "a", Sheets: even(100, 70)}, {Application: "b", Sheets: even(80, 85)}}
	got, err := Analyse(r, all, "", 20*Point)
	if err != nil || !slices.Equal(got.LeaveOneOut, []int{0, 1}) || got.Untrimmed != 0 || !slices.Equal(got.Spread, []int{1}) {
		t.Errorf("%+v %v", got, err)
	}
}

func TestAProfileIsWholeOrRefused(t *testing.T) {
	var none domain.Problems
	profile().Check(&none)
	if none.Err() != nil {
		t.Error(none.Err())
	}
	var p domain.Problems
	bad := profile()
	bad.Criteria[0].Weight, bad.TrimFrom, bad.Panel, bad.Budget = 49, 2, 0, -1
	bad.Check(&p)
	e, _ := p.Err().(*domain.Error)
	if e == nil || len(e.Fields) != 4 {
		t.Errorf("%v", p.Err())
	}
	if profile().Hash() == bad.Hash() || profile().Hash() != profile().Hash() {
		t.Error("the hash does not bind")
	}
	for _, scores := range [][]int64{{1, 2}, {51_000, 0, 0}, {-1, 0, 0}} {
		var p domain.Problems
		profile().CheckScores(&p, scores)
		if p.Err() == nil {
			t.Errorf("%v is taken", scores)
		}
	}
}

func TestARecordIsRecountedFromItselfAlone(t *testing.T) {
	r := profile()
	rank := Ranking{Entries: []Entry{{Application: "a", Sheets: even(90, 80, 85)}, {Application: "b", Sheets: even(70, 95, 75)}}}
	rank.Rows, _ = Rank(r, rank.Entries, "seed")
	c := Call{Profile: r, ProfileHash: r.Hash(), Commitment: Commitment("seed"), Seed: "seed"}
	c.Conditions = Conditions{Profile: r, Commitment: c.Commitment}
	c.ConditionsHash = c.Conditions.Hash()
	record := RecordOf(c, rank)
	if !record.Recount().OK() {
		t.Fatalf("%+v", record.Recount())
	}
	for name, forge := range map[string]func(*Record){
		"a score":     func(r *Record) { r.Entries = slices.Clone(r.Entries); r.Entries[1].Sheets = even(99, 99, 99) },
		"a rank":      func(r *Record) { r.Rows = slices.Clone(r.Rows); r.Rows[0].Rank = 2 },
		"a criterion": func(r *Record) { r.Profile.Floor = 10 },
		"a condition": func(r *Record) { r.Conditions.Periods.Objection = 1 },
		"the seed":    func(r *Record) { r.Seed = "other" },
		"a row less":  func(r *Record) { r.Rows = r.Rows[:1] },
	} {
		forged := record
		forge(&forged)
		if forged.Recount().OK() {
			t.Errorf("%s was forged", name)
		}
	}
}
