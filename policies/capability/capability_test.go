package capability

import (
	"bytes"
	"math/big"
	"testing"

	"secretariat/domain/alliance"
)

func questionnaire(t *testing.T) alliance.Questionnaire {
	t.Helper()
	all, err := Load()
	if err != nil || len(all) != 1 {
		t.Fatal(len(all), err)
	}
	return all[0]
}

func TestTheQuestionnaireHasTheTenIndicatorsOnFivePoints(t *testing.T) {
	q := questionnaire(t)
	want := map[string]int{"sensing": 3, "seizing": 4, "reconfiguring": 3}
	for _, a := range q.Areas {
		if len(a.Indicators) != want[a.Code] {
			t.Errorf("%s: %d indicators", a.Code, len(a.Indicators))
		}
		delete(want, a.Code)
	}
	if len(want) != 0 || len(q.Items()) != 10 || len(q.Scale) != 5 || len(q.Groups) != 2 {
		t.Errorf("areas without indicators: %v", want)
	}
	for _, i := range q.Items() {
		if i.Name == "" || i.Text == "" {
			t.Errorf("%s says nothing", i.Code)
		}
	}
}

// TestTheBaselineAgreesWithItself recomputes the whole from its groups: (100 x 3.29 + 250 x 2.55) / 350 = 2.76.
func TestTheBaselineAgreesWithItself(t *testing.T) {
	q := questionnaire(t)
	sum, organisations := new(big.Rat), int64(0)
	for _, g := range q.Groups {
		f, there := q.Figure(alliance.MeasureOverall, g.Code)
		if !there {
			t.Fatalf("no figure of group %s", g.Code)
		}
		sum.Add(sum, big.NewRat(f.Value*int64(f.Organisations), 1000))
		organisations += int64(f.Organisations)
	}
	whole, _ := q.Figure(alliance.MeasureOverall, "")
	if organisations != int64(q.Baseline.Asked) || int64(whole.Organisations) != organisations {
		t.Errorf("%d organisations of %d", organisations, q.Baseline.Asked)
	}
	if got := sum.Quo(sum, big.NewRat(organisations, 1)).FloatString(2); got != "2.76" || whole.Value != 2760 {
		t.Errorf("the groups make %s, the whole is %d", got, whole.Value)
	}
	if _, there := q.Figure("seizing", ""); there {
		t.Error("a figure that the source does not give")
	}
}

func TestABrokenQuestionnaireIsRefused(t *testing.T) {
	for name, change := range map[string][2]string{
		"an unknown field":          {"scale:", "scales:"},
		"an indicator twice":        {"code: sensing-2", "code: sensing-1"},
		"a figure above the scale":  {"value: 2890", "value: 5001"},
		"a figure of no group":      {"group: A, value", "group: C, value"},
		"a figure of no measure":    {"measure: sensing", "measure: sense"},
		"a baseline without source": {"    source: 서울연구원 정책리포트", "    source: \"\" # "},
	} {
		file := bytes.Replace(embedded, []byte(change[0]), []byte(change[1]), 1)
		if bytes.Equal(file, embedded) {
			t.Fatalf("%s: nothing was changed", name)
		}
		if _, err := read(file); err == nil {
			t.Errorf("%s passes", name)
		}
	}
}
