package meeting_test

import (
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"secretariat/domain"
	"secretariat/domain/meeting"
)

func TestReorderKeepsTheOthersInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "items")
		var agenda []meeting.Item
		for i := range n {
			agenda = append(agenda, meeting.Item{ID: domain.ID(strconv.Itoa(i)), Position: i + 1})
		}
		at := rapid.IntRange(0, n-1).Draw(t, "item")
		to := rapid.IntRange(1, n+3).Draw(t, "to")
		id := agenda[at].ID
		after := map[domain.ID]int{}
		for _, i := range agenda {
			after[i.ID] = i.Position
		}
		for _, i := range meeting.Reorder(agenda, id, to) {
			if after[i.ID] == i.Position {
				t.Fatalf("item %s is said to have moved and has not", i.ID)
			}
			after[i.ID] = i.Position
		}
		slices.SortFunc(agenda, func(a, b meeting.Item) int { return after[a.ID] - after[b.ID] })
		others := slices.DeleteFunc(slices.Clone(agenda), func(i meeting.Item) bool { return i.ID == id })
		if !slices.IsSortedFunc(others, func(a, b meeting.Item) int { return a.Position - b.Position }) {
			t.Fatal("the others changed their order")
		}
		for i, item := range agenda {
			if after[item.ID] != i+1 {
				t.Fatalf("positions are not 1 to %d", n)
			}
		}
		if after[id] != min(to, n) {
			t.Fatalf("item is at %d, want %d", after[id], min(to, n))
		}
	})
}

func TestRevisionsOfPapers(t *testing.T) {
	there := []meeting.Paper{{Number: 1, Revision: 1}, {Number: 1, Revision: 2}, {Number: 2, Revision: 1}}
	for _, c := range []struct{ ask, number, revision int }{{0, 3, 1}, {1, 1, 3}, {2, 2, 2}} {
		n, rev, err := meeting.NextRevision(there, c.ask)
		if err != nil || n != c.number || rev != c.revision {
			t.Errorf("NextRevision(%d) = %d, %d, %v", c.ask, n, rev, err)
		}
	}
	if _, _, err := meeting.NextRevision(there, 3); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("a revision of a paper that is not there: %v", err)
	}
	if n, rev, err := meeting.NextRevision(nil, 0); n != 1 || rev != 1 || err != nil {
		t.Errorf("the first paper is %d, %d, %v", n, rev, err)
	}
}

func TestFileNamesThatAreNotNames(t *testing.T) {
	for name, ok := range map[string]bool{
		"검토보고서.pdf": true, "a b (1).hwpx": true, "../x": false, `a\b`: false, "..": false, "": false, "a\nb": false,
	} {
		var p domain.Problems
		meeting.CheckFileName(&p, "fileName", name)
		if (p.Err() == nil) != ok {
			t.Errorf("%q: %v", name, p.Err())
		}
	}
}

func TestForecastAgreesWithCountingMembersOneByOne(t *testing.T) {
	r := rules(t)
	answers := []string{"", meeting.AnswerAttend, meeting.AnswerRemote, meeting.AnswerAbsent}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 25).Draw(t, "serving")
		var serving []domain.ID
		var given []meeting.Response
		var recused []meeting.Recusal
		coming, voters := 0, 0
		for i := range n {
			id := domain.ID(strconv.Itoa(i))
			serving = append(serving, id)
			answer := rapid.SampledFrom(answers).Draw(t, "answer")
			if answer != "" {
				given = append(given, meeting.Response{Member: id, Answer: answer})
			}
			out := rapid.Bool().Draw(t, "recused")
			if out {
				recused = append(recused, meeting.Recusal{Item: "i", Member: id, State: meeting.RecusalPending})
				recused = append(recused, meeting.Recusal{Item: "i", Member: id, State: meeting.RecusalInForce})
			}
			if answer == meeting.AnswerAttend || answer == meeting.AnswerRemote {
				coming++
				if !out {
					voters++
				}
			}
		}
		given = append(given, meeting.Response{Member: "left", Answer: meeting.AnswerAttend})
		f := meeting.ForecastOf(r, serving, given, []meeting.Item{{ID: "i"}}, recused)
		if f.Attending != coming || f.Attending+f.Absent+f.Unanswered != n || f.Required != n/2+1 {
			t.Fatalf("forecast %+v", f)
		}
		item := f.Items[0]
		met := 2*coming > n && voters > 0
		if item.Present != coming || item.Voters != voters || item.Met != met {
			t.Fatalf("item %+v, want present %d, voters %d, met %v", item, coming, voters, met)
		}
	})
}
