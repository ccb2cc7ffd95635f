package sample

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"secretariat/domain/figures"
)

// finding is what the tests look at; where the sources contradict themselves is part of the demo and must not change
// unnoticed.
type finding struct {
	Paper, Claim, Key string
	Severity          figures.Severity
	Stated, Computed  string
}

func TestFindingsAreExactlyThose(t *testing.T) {
	var got []finding
	for _, item := range loaded(t).Items {
		for _, p := range item.Papers {
			for _, f := range figures.Check(p.Claims) {
				got = append(got, finding{p.ID, f.ClaimID, f.Key, f.Severity, f.Stated, f.Computed})
			}
		}
	}
	e, w := figures.Error, figures.Warning
	want := []finding{
		{"1-1", "voucher-fund", figures.KeyCeilingReached, w, "", "1,000억 원"},
		{"1-1", "voucher-research", figures.KeyCeilingExceeded, w, "", "1,000억 원"},
		{"1-2", "firms-count", "figures.same", e, "40,411개", "40,111"},
		{"1-2", "firms-industry-share", "figures.same", e, "3.4%", "0.7"},
		{"1-2", "finance-growth", figures.KeyNotOver, e, "20%", "15.3%"},
		{"2-1", "double-applications", figures.KeyDoubleCount, w, "", "1,295"},
		{"2-1", "double-selected", figures.KeyDoubleCount, w, "", "190"},
		{"2-1", "double-amount", figures.KeyDoubleCount, w, "", "20,503"},
		{"3-1", "jobs-places.1", "figures.sum", e, "3,414", "3,413"},
		{"3-1", "jobs-rate", figures.KeyTruncated, w, "96.8%", "96.9%"},
		{"3-1", "market-sales-phases", figures.KeyTruncated, w, "2,961억원", "296,150백만원"},
		{"3-1", "market-firms-phases", figures.KeyTruncated, w, "9천6백개사", "9,659개사"},
		{"3-1", "yangjae-planned-tasks", "figures.sum", e, "13개 과제", "17개 과제"},
		{"3-1", "yangjae-planned-amount", "figures.sum", e, "36억원", "37억원"},
		{"3-1", "training-goal", "figures.sum", e, "830명", "900명"},
		{"3-1", "anchor-rate", "figures.ratio", e, "14.1%", "19.6%"},
		{"3-1", "export-rate", figures.KeyTruncated, w, "88.5%", "88.6%"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestWhatHoldsIsChecked guards the claims that hold against silently disappearing.
func TestWhatHoldsIsChecked(t *testing.T) {
	count, held := map[string]int{}, map[string]bool{}
	s := loaded(t)
	for _, item := range s.Items {
		for _, p := range item.Papers {
			count[p.ID] += len(p.Claims)
		}
	}
	for _, c := range s.Claims() {
		if held[c.ID] {
			t.Errorf("claim %s twice", c.ID)
		}
		held[c.ID] = true
		if c.Where.Document == "" || c.Where.Section == "" || c.Title == "" {
			t.Errorf("claim %s has no place or title", c.ID)
		}
	}
	for _, f := range figures.Check(s.Claims()) {
		delete(held, f.ClaimID)
	}
	for _, id := range []string{"research-sum.1", "research-competition.1", "contactless-competition.3", "budget-sum.1",
		"budget-sources", "budget-spending-rate.13", "firms-nation-share", "technologies", "yangjae-selected-amount"} {
		if !held[id] {
			t.Errorf("claim %s does not hold or is missing", id)
		}
	}
	want := map[string]int{"1-1": 3, "1-2": 54, "2-1": 17, "2-2": 0, "3-1": 115, "3-2": 30,
		"4-1": 0, "5-1": 0, "5-2": 0}
	if diff := cmp.Diff(want, count); diff != "" {
		t.Error(diff)
	}
}
