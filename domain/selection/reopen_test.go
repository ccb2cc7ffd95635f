package selection_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"secretariat/domain"
	. "secretariat/domain/selection"
)

func TestChangesAreWhatDiffersAndNothingElse(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		grade := func(id int) Row {
			return Row{
				Application: domain.ID(fmt.Sprint(id)), Rank: rapid.IntRange(0, 2).Draw(t, "rank"), Final: rapid.Int64Range(0, 2).Draw(t, "final"),
				Outcome: rapid.SampledFrom([]Outcome{Selected, Reserved, OutOfReach, BelowFloor}).Draw(t, "outcome"),
			}
		}
		var was, is []Row
		for id := range 6 {
			if rapid.Bool().Draw(t, "was") {
				was = append(was, grade(id))
			}
			if rapid.Bool().Draw(t, "is") {
				is = append(is, grade(id))
			}
		}
		told := map[domain.ID]Change{}
		for _, c := range Changes(was, is) {
			told[c.Application] = c
		}
		for _, now := range is {
			var before Row
			for _, r := range was {
				if r.Application == now.Application {
					before = r
				}
			}
			same := before.Rank == now.Rank && before.Final == now.Final && before.Outcome == now.Outcome
			c, there := told[now.Application]
			if same == there || there && (c.Was.Outcome != before.Outcome || c.Is.Final != now.Final) {
				t.Fatalf("%+v became %+v, told %+v", before, now, c)
			}
			delete(told, now.Application)
		}
		if len(told) > 0 {
			t.Fatalf("told of %v, which are in no ranking", told)
		}
	})
}

func TestADispositionIsThatOfTheLastRankingThatTurnedIt(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	turned := Change{Application: "x", Was: Grade{Outcome: Selected}, Is: Grade{Outcome: Reserved}}
	moved := Change{Application: "x", Was: Grade{Rank: 1, Outcome: Reserved}, Is: Grade{Rank: 2, Outcome: Reserved}}
	all := []Announcement{
		{Version: 1, AnnouncedAt: &at}, {Version: 2, Changes: []Change{turned}}, {Version: 3, AnnouncedAt: &at, Changes: []Change{turned}},
		{Version: 4, AnnouncedAt: &at, Changes: []Change{moved}},
	}
	for x, want := range map[domain.ID]int{"x": 3, "y": 1} {
		if got, there := Disposed(all, x); !there || got.Version != want {
			t.Errorf("%s: version %d, want %d", x, got.Version, want)
		}
	}
	if _, there := Disposed(all[1:2], "x"); there {
		t.Error("disposed of by what nobody was told")
	}
}

func TestASuccessionNamesTheRecordBefore(t *testing.T) {
	t.Parallel()
	first := Record{Kind: RecordKind, Call: "c", Rows: []Row{{Application: "a", Rank: 1, Outcome: Selected}}}
	next := Record{Kind: RecordKind, Call: "c", Version: 2, Supersedes: "h", Rows: []Row{{Application: "a", Rank: 1, Final: 5, Outcome: Selected}}}
	if next.Changes = Changes(first.Rows, next.Rows); !next.Follows(first, "h") {
		t.Error("a true succession is not taken for one")
	}
	for name, lie := range map[string]func(*Record){
		"hash": func(r *Record) { r.Supersedes = "g" }, "gap": func(r *Record) { r.Version = 3 }, "changes": func(r *Record) { r.Changes = nil },
	} {
		r := next
		if lie(&r); r.Follows(first, "h") {
			t.Errorf("a false %s passes", name)
		}
	}
}
