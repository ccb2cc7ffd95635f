package plan_test

import (
	"strconv"
	"testing"

	. "secretariat/domain/plan"
)

// large is a plan of strategies with ten programmes each and tasks below, with an indicator or more on every task, and what was
// reported of each.
func large(tasks, indicators int) (State, []Report) {
	var s State
	var reports []Report
	for t := range tasks {
		top := strconv.Itoa(t/100 + 1)
		middle := top + "-" + strconv.Itoa(t/10%10+1)
		if t%100 == 0 {
			s = append(s, node(top, "", Strategy))
		}
		if t%10 == 0 {
			s = append(s, node(middle, top, Programme))
		}
		n := node(middle+"-"+strconv.Itoa(t%10+1), middle, Task)
		r := Report{Node: n.ID, Year: 2027, Values: map[string]int64{}}
		n.Budget = []Money{{2027, "시비", 100}}
		for i := range indicators {
			name := strconv.Itoa(i)
			n.Indicators = append(n.Indicators, Indicator{Name: name, Unit: "건", Targets: []Target{{2029, 1000}}})
			r.Values[name] = int64(t % 1000)
		}
		s, reports = append(s, n), append(reports, r)
	}
	return s, reports
}

// BenchmarkStand computes how far every node of a plan has come, as its page does: with eight times as many tasks it should take
// about eight times as long.
func BenchmarkStand(b *testing.B) {
	for _, tasks := range []int{62, 500, 1500} {
		b.Run(strconv.Itoa(tasks), func(b *testing.B) {
			s, reports := large(tasks, 4)
			for b.Loop() {
				if got := s.Stand(Gather(reports), 2027); len(got) != len(s) {
					b.Fatal(len(got))
				}
			}
		})
	}
}

// BenchmarkFold puts a plan together from one change-set that gives it and one for each task.
func BenchmarkFold(b *testing.B) {
	s, _ := large(500, 4)
	sets := []ChangeSet{{Number: 1, Changes: asChanges(s)}}
	for _, n := range s {
		sets = append(sets, ChangeSet{Number: len(sets) + 1, Changes: []Change{{Node: n}}})
	}
	for b.Loop() {
		if got := Fold(sets, 0); len(got) != len(s) {
			b.Fatal(len(got))
		}
	}
}
