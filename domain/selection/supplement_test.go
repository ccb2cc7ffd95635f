package selection_test

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"secretariat/domain"
	. "secretariat/domain/selection"
)

// TestARequestOpensWhatItNamesAndWhatHangsOnIt compares with a search along the conditions, and holds that every other answer
// stays as it was submitted.
func TestARequestOpensWhatItNamesAndWhatHangsOnIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawForm(t)
		var keys []string
		for _, x := range f.Fields() {
			keys = append(keys, x.Key)
		}
		named := rapid.SliceOfNDistinct(rapid.SampledFrom(keys), 1, 2, rapid.ID[string]).Draw(t, "named")
		want := map[string]bool{}
		var visit func(string)
		visit = func(key string) {
			if want[key] {
				return
			}
			want[key] = true
			for _, x := range f.Fields() {
				for _, c := range x.When {
					if c.Field == key {
						visit(x.Key)
					}
				}
			}
		}
		for _, key := range named {
			visit(key)
		}
		opened := f.Opened(named)
		maps.DeleteFunc(opened, func(_ string, open bool) bool { return !open })
		if !maps.Equal(opened, want) {
			t.Fatalf("opened %v, want %v", opened, want)
		}
		was, _ := drawAnswers(t, f)
		given, _ := drawAnswers(t, f)
		given = slices.DeleteFunc(given, func(a Answer) bool { return !want[a.Field] })
		var got []Answer
		if found := wrong(func(p *domain.Problems) { got = f.Amend(p, was, given, named) }); len(found) > 0 {
			t.Fatalf("refused %v", found)
		}
		for _, x := range f.Fields() {
			from := was
			if want[x.Key] {
				from = given
			}
			if a, b := AnswerTo(got, x.Key), AnswerTo(from, x.Key); a.Value != b.Value || !slices.Equal(a.Chosen, b.Chosen) || len(a.Rows) != len(b.Rows) {
				t.Fatalf("%s is %+v, want %+v", x.Key, a, b)
			}
		}
		for _, x := range f.Fields() {
			if x.Kind != ShortText || want[x.Key] {
				continue
			}
			other := append(slices.Clone(given), Answer{Field: x.Key, Value: "다른 답"})
			if found := wrong(func(p *domain.Problems) { f.Amend(p, was, other, named) }); !slices.Equal(found, []string{"answers." + x.Key}) {
				t.Fatalf("%s was changed though it was not asked for: %v", x.Key, found)
			}
		}
	})
}
