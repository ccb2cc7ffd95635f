package programmes

import (
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/selection"
)

func TestACallFromEachProgrammeIsWhole(t *testing.T) {
	all, err := Load()
	if err != nil || len(all) != 9 {
		t.Fatal(len(all), err)
	}
	seen := map[string]bool{}
	for _, p := range all {
		if p.Name == "" || p.Basis == "" || seen[p.Code] {
			t.Errorf("%q has no name or basis, or is there twice", p.Code)
		}
		seen[p.Code] = true
		c := p.Call()
		c.ClosesAt, c.Profile.Select = time.Unix(1, 0), 1
		var problems domain.Problems
		if c.Check(&problems); problems.Err() != nil {
			t.Errorf("%s: %v", p.Code, problems.Err())
		}
	}
}

func TestWhatProgrammesMeanIsCheckedInApplications(t *testing.T) {
	all, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	terms := map[string]selection.Terms{}
	for _, p := range all {
		terms[p.Code] = p.Terms
	}
	for _, x := range []struct {
		programme, size string
		amount, own     int64
		want            string // what it is refused for
	}{
		{"loan", "small", 70, 30, ""}, {"loan", "small", 71, 29, "terms.own_share"},
		{"loan", "medium", 1_000_000_000, 1_000_000_000, ""}, {"loan", "medium", 1_000_000_001, 2_000_000_000, "terms.most"},
		{"loan", "medium", 51, 49, "terms.own_share"}, {"loan", "small", 2_000_000_000, 2_000_000_000, ""},
		{"loan", "large", 1, 1, "terms.size"},
		{"merchant", "micro", 5_000_000, 0, ""}, {"merchant", "micro", 5_000_001, 0, "terms.most"}, {"merchant", "small", 1, 0, "terms.size"},
		{"research", "small", 75, 25, ""}, {"research", "large", 75, 25, "terms.own_share"},
		{"startup", "small", 50, 50, ""}, {"startup", "small", 51, 49, "terms.own_share"},
		{"fund", "large", 30, 70, ""}, {"fund", "large", 31, 69, "terms.own_share"},
		{"contactless", "small", 200_000_000, 0, ""}, {"contactless", "small", 200_000_001, 0, "terms.most"},
	} {
		blocking, _ := terms[x.programme].Examine(selection.Application{Amount: x.amount, OwnMoney: x.own},
			selection.Applicant{Company: true, Size: x.size, Member: true})
		got := ""
		if len(blocking) > 0 {
			got = blocking[0].Key
		}
		if got != x.want || len(blocking) > 1 {
			t.Errorf("%+v: %v", x, blocking)
		}
	}
}
