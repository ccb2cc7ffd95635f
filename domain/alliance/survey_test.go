package alliance_test

import (
	"fmt"
	"math/big"
	"testing"
	"time"

	"pgregory.net/rapid"

	"secretariat/domain"
	. "secretariat/domain/alliance"
)

func questions() Questionnaire {
	return Questionnaire{
		Code: "q", Edition: "1", Title: "자가진단", Source: "출처", Scale: []string{"1", "2", "3", "4", "5"},
		Areas: []Area{
			{Code: "sensing", Name: "감지", Indicators: []Item{{Code: "s1"}, {Code: "s2"}}},
			{Code: "seizing", Name: "포착", Indicators: []Item{{Code: "z1"}}},
		},
		Groups:   []Group{{Code: "A"}, {Code: "B"}},
		Baseline: Baseline{Source: "근거", Figures: []Figure{{Measure: MeasureOverall, Value: 2760}}},
	}
}

func TestARoundPassesThroughItsStates(t *testing.T) {
	s := Survey{State: SurveyDrafting, ClosesAt: noon(11), Questions: questions()}
	if _, err := s.Open(noon(2), rules(t)); domain.KeyOf(err) != "survey.too_short" {
		t.Errorf("nine days: %v", err)
	}
	open, err := s.Open(noon(1), rules(t))
	if err != nil || open.State != SurveyOpen || open.Rules == "" {
		t.Fatalf("%+v %v", open, err)
	}
	if open.Takes(noon(11)) || !open.Takes(noon(11).Add(-time.Microsecond)) {
		t.Error("the close is the first moment that is too late")
	}
	if _, err := open.Move(noon(10), "x", noon(2)); domain.KeyOf(err) != "survey.only_later" {
		t.Errorf("an earlier close: %v", err)
	}
	if _, err := open.Close(noon(10)); domain.KeyOf(err) != "survey.not_due" {
		t.Errorf("closed early: %v", err)
	}
	closed, err := open.Close(noon(11))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := open.Publish(noon(12)); domain.KeyOf(err) != "survey.not_closed" {
		t.Errorf("published while open: %v", err)
	}
	done, err := closed.Publish(noon(12))
	if err != nil || done.State != SurveyPublished {
		t.Errorf("%+v %v", done, err)
	}
	if _, err := done.Withdraw("x"); domain.KeyOf(err) != "survey.over" {
		t.Errorf("withdrawn after publication: %v", err)
	}
}

func same(code string) string { return code }

func TestWhatIsWrongWithASheetIsTold(t *testing.T) {
	s := Survey{Questions: questions(), Groups: []string{"A"}}
	var p domain.Problems
	h := Sheet{Group: "B", Answers: map[string]int{"s1": 0, "s2": 6, "none": 3, "z1": 5}}
	h.Check(&p, s, same)
	if e, _ := p.Err().(*domain.Error); e == nil || len(e.Fields) != 4 {
		t.Errorf("%v", p.Err())
	}
	var q domain.Problems
	Sheet{Answers: map[string]int{"s2": 1}}.Complete(&q, s.Questions, same)
	if e, _ := q.Err().(*domain.Error); e == nil || len(e.Fields) != 2 {
		t.Errorf("without a group and an area: %v", q.Err())
	}
	var none domain.Problems
	good := Sheet{Group: "A", Answers: map[string]int{"s2": 1, "z1": 5}}
	good.Check(&none, s, same)
	good.Complete(&none, s.Questions, same)
	if missing := good.Missing(s.Questions); none.Err() != nil || len(missing) != 1 || missing[0].Code != "s1" {
		t.Errorf("%v, missing %v", none.Err(), missing)
	}
}

// naiveMean adds fractions answer by answer.
func naiveMean(sheets []Sheet, in func(Sheet) bool, items ...string) *big.Rat {
	var all []int
	for _, h := range sheets {
		for _, i := range items {
			if points, there := h.Answers[i]; there && in(h) && h.State == Submitted {
				all = append(all, points)
			}
		}
	}
	sum := new(big.Rat)
	for _, points := range all {
		sum.Add(sum, big.NewRat(int64(points), int64(len(all))))
	}
	return sum
}

func TestResultsAreTheMeansOfWhatWasAnswered(t *testing.T) {
	shown := 0
	rapid.Check(t, func(t *rapid.T) {
		s := Survey{Questions: questions()}
		divisions := []Division{{ID: "d", Name: "로봇"}}
		var sheets []Sheet
		for n := range rapid.IntRange(0, 12).Draw(t, "sheets") {
			h := Sheet{
				ID: domain.ID(fmt.Sprint(n)), Group: rapid.SampledFrom([]string{"A", "B"}).Draw(t, "group"), Answers: map[string]int{},
				State: rapid.SampledFrom([]SubmissionState{Submitted, Submitted, Submitted, Draft}).Draw(t, "state"),
				Size:  rapid.SampledFrom([]Size{"", Small}).Draw(t, "size"),
			}
			if rapid.Bool().Draw(t, "in") {
				h.Divisions = []domain.ID{"d"}
			}
			for _, i := range []string{"s1", "s2", "z1"} {
				if points := rapid.IntRange(-1, 5).Draw(t, i); points > 0 {
					h.Answers[i] = points
				}
			}
			sheets = append(sheets, h)
		}
		got := s.Tally(sheets, divisions, 20, 2)
		for _, c := range got.Cells {
			if c.Hidden {
				if c.Organisations != 0 || len(c.Scores) != 0 {
					t.Fatalf("a hidden cell holds something: %+v", c)
				}
				continue
			}
			in := func(h Sheet) bool {
				return c.By == ByTotal || c.By == ByGroup && h.Group == c.Code || c.By == ByDivision && len(h.Divisions) == 1 ||
					c.By == BySize && (string(h.Size) == c.Code || h.Size == "" && c.Code == NoSize)
			}
			for _, m := range got.Measures {
				score, _ := c.Score(m.Code)
				want := naiveMean(sheets, in, m.Items...)
				if score.Mean().Cmp(want) != 0 {
					t.Fatalf("%s %s %s: %v, want %v of %+v", c.By, c.Code, m.Code, score, want, sheets)
				}
				twice := new(big.Rat).Sub(want, big.NewRat(score.Hundredths(), 100))
				if half := big.NewRat(1, 200); twice.Cmp(half) >= 0 || twice.Cmp(new(big.Rat).Neg(half)) < 0 {
					t.Fatalf("%v is shown as %d", want, score.Hundredths())
				}
				shown++
			}
		}
	})
	if shown == 0 {
		t.Error("no figure was ever shown")
	}
}
