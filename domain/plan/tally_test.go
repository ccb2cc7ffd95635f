package plan_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"testing"

	"pgregory.net/rapid"

	. "secretariat/domain/plan"
)

// naive goes through the quarters one after the other and lets each overwrite what was there.
func naive(reports []Report, node string) (values map[string]int64, spent, allotted map[int]int64) {
	values, spent, allotted = map[string]int64{}, map[int]int64{}, map[int]int64{}
	for year := 2027; year <= 2029; year++ {
		for quarter := 1; quarter <= 4; quarter++ {
			for _, r := range reports {
				if r.Node != node || r.Year != year || r.Quarter != quarter {
					continue
				}
				maps.Copy(values, r.Values)
				if spent[year] = r.Spent; r.Allotted != 0 {
					allotted[year] = r.Allotted
				}
			}
		}
	}
	return values, spent, allotted
}

// TestATallyKeepsWhatWasLastReportedInWhateverOrderReviewsClose has the reviews of some quarters closed in any order, keeps the
// tally as JSON in between, and adds those still open at the end.
func TestATallyKeepsWhatWasLastReportedInWhateverOrderReviewsClose(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var reports []Report
		for q := range rapid.IntRange(0, 12).Draw(t, "quarters") {
			for _, node := range []string{"1", "1-1"} {
				r := Report{Node: node, Year: 2027 + q/4, Quarter: q%4 + 1, Values: map[string]int64{}}
				for _, name := range []string{"가", "나"} {
					if rapid.Bool().Draw(t, "silent") {
						r.Values[name] = rapid.Int64Range(-9, 9).Draw(t, name)
					}
				}
				r.Spent, r.Allotted = rapid.Int64Range(0, 9).Draw(t, "spent"), rapid.Int64Range(0, 2).Draw(t, "allotted")
				reports = append(reports, r)
			}
		}
		shuffled := rapid.Permutation(reports).Draw(t, "order")
		closed := rapid.IntRange(0, len(shuffled)).Draw(t, "closed")
		raw, err := json.Marshal(NewTally().Add(shuffled[:closed]...))
		if err != nil {
			t.Fatal(err)
		}
		kept := NewTally()
		if err := json.Unmarshal(raw, &kept); err != nil {
			t.Fatal(err)
		}
		got := kept.Add(shuffled[closed:]...).Latest()
		for _, node := range []string{"1", "1-1"} {
			values, spent, allotted := naive(reports, node)
			for what, pair := range map[string][2]string{
				"values":   {fmt.Sprint(got.Values[node]), fmt.Sprint(values)},
				"spent":    {fmt.Sprint(got.Spent[node]), fmt.Sprint(spent)},
				"allotted": {fmt.Sprint(got.Allotted[node]), fmt.Sprint(allotted)},
			} {
				if pair[0] != pair[1] {
					t.Fatalf("%s of %s: %s, want %s", what, node, pair[0], pair[1])
				}
			}
		}
	})
}
