package selection_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"secretariat/domain"
	. "secretariat/domain/selection"
)

// ranked draws a call with its ranking.
func ranked(t *rapid.T) (Call, Ranking, []Application) {
	c := Call{ID: "call", Title: "공모", Profile: profile(), Seed: "seed"}
	c.Profile.Select = rapid.IntRange(1, 3).Draw(t, "select")
	c.Profile.Budget = rapid.SampledFrom([]int64{0, 150, 300}).Draw(t, "budget")
	c.ProfileHash, c.Commitment = c.Profile.Hash(), Commitment(c.Seed)
	var rank Ranking
	var all []Application
	judges := rapid.IntRange(1, 7).Draw(t, "judges")
	for i := range rapid.IntRange(1, 6).Draw(t, "applications") {
		x := Application{ID: domain.ID(fmt.Sprint("x", i)), Number: i + 1, Applicant: fmt.Sprint("기관", i), Title: "과제"}
		e := Entry{Application: x.ID, Amount: rapid.Int64Range(1, 200).Draw(t, "amount")}
		for range judges {
			e.Sheets = append(e.Sheets, []int64{
				rapid.Int64Range(30, 50).Draw(t, "a") * Point, rapid.Int64Range(15, 30).Draw(t, "b") * Point, 15 * Point,
			})
		}
		all, rank.Entries = append(all, x), append(rank.Entries, e)
	}
	var err error
	if rank.Rows, err = Rank(c.Profile, rank.Entries, c.Seed); err != nil {
		t.Fatal(err)
	}
	return c, rank, all
}

func TestABookAddsUpToItsRanking(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, rank, all := ranked(t)
		book := BookOf(c, rank, all, nil)
		spent, selected := int64(0), 0
		for i, line := range book.Lines {
			var sum, criteria, out int64
			counted := 0
			for _, s := range line.Sheets {
				if s.Counts {
					sum, counted = sum+s.Total, counted+1
				} else {
					out += s.Total
				}
			}
			for _, x := range line.Criteria {
				criteria += x
			}
			if sum != line.Row.Sum || criteria != sum || counted != line.Row.Counted || out != line.TrimmedSum {
				t.Fatalf("line %d does not add up: %+v", i, line)
			}
			if c.Profile.Budget > 0 && line.Left != c.Profile.Budget-spent {
				t.Fatalf("line %d: %d left, want %d", i, line.Left, c.Profile.Budget-spent)
			}
			switch in := line.Row.Outcome == Selected; {
			case in != (line.Cut == ""):
				t.Fatalf("line %d: %s with the cut %q", i, line.Row.Outcome, line.Cut)
			case line.Cut == CutNumber && selected != c.Profile.Select:
				t.Fatalf("line %d is cut for the number after %d", i, selected)
			case line.Cut == CutBudget && c.Profile.Budget == 0:
				t.Fatalf("line %d is cut for a budget that there is not", i)
			case in:
				spent, selected = spent+line.Entry.Amount, selected+1
			}
		}
	})
}

func TestABookNamesWhomItMayAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, rank, all := ranked(t)
		named := map[domain.ID]bool{rank.Rows[0].Application: true}
		for i, line := range BookOf(c, rank, all, named).Lines {
			if (line.Applicant != "") != (i == 0) || (line.Title != "") != (i == 0) {
				t.Fatalf("line %d: %q, %q", i, line.Applicant, line.Title)
			}
		}
	})
}
