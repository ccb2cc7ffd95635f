package sample_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/domain/selection"
	"secretariat/internal/sample"
)

func loadRound(t *testing.T) *sample.Round {
	t.Helper()
	r, err := sample.LoadRound()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestTheRoundReportsWhatItsSourceDoes holds the counts against the ratios that the source prints, which are computed nowhere here.
func TestTheRoundReportsWhatItsSourceDoes(t *testing.T) {
	r := loadRound(t)
	var sum selection.Competition
	printed := 0
	for _, p := range r.Programmes {
		c := selection.Competition{Received: p.Received, Selected: p.Selected}
		if p.Instrument == string(selection.Research) {
			sum = sum.Plus(c)
		}
		if p.Ratio == "" {
			continue
		}
		printed++
		if got := c.Ratio().String(); got != p.Ratio {
			t.Errorf("%s: %s, the source has %s", p.Title, got, p.Ratio)
		}
	}
	if sum.Received != r.Total.Received || sum.Selected != r.Total.Selected || sum.Ratio().String() != r.Total.Ratio || printed != 7 {
		t.Errorf("%d programmes with %+v (%s) in all, the source has %+v", printed, sum, sum.Ratio(), r.Total)
	}
	if r.Count() != 1601 || r.Places() != 400 {
		t.Errorf("%d applications for %d places", r.Count(), r.Places())
	}
}

// profile is how a programme ranks.
func profile(r *sample.Round, p *sample.Programme) selection.Profile {
	out := selection.Profile{
		Floor: r.Evaluators.Floor, TrimFrom: r.Evaluators.TrimFrom, BonusMax: 5, PenaltyMax: 5, Decimals: 2,
		Panel: r.Evaluators.Panel, Select: p.Selected, Reserve: p.Reserve, Budget: p.Budget,
	}
	for _, c := range p.Criteria {
		out.Criteria = append(out.Criteria, selection.Criterion{Name: c.Name, Weight: c.Weight})
	}
	return out
}

// TestAsManyAreSelectedAsTheSourceReports ranks what is generated, whichever evaluators are drawn, at full size and divided.
func TestAsManyAreSelectedAsTheSourceReports(t *testing.T) {
	for _, scale := range []int{1, 7, 20, 40, 1000} {
		r := loadRound(t).Scale(scale)
		for first := range r.Evaluators.Pool - r.Evaluators.Panel + 1 {
			entries := map[string][]selection.Entry{}
			for _, a := range r.Applicants() {
				if a.Ineligible != "" {
					continue
				}
				e := selection.Entry{Application: domain.ID(a.Business), Amount: a.Amount, Bonus: a.Bonus}
				for n := range r.Evaluators.Panel {
					e.Sheets = append(e.Sheets, a.Scores(first+n))
				}
				entries[a.Programme.Code] = append(entries[a.Programme.Code], e)
			}
			for _, p := range r.Programmes {
				rows, err := selection.Rank(profile(r, p), entries[p.Code], "seed")
				if err != nil {
					t.Fatal(err)
				}
				c := selection.CompetitionOf(nil, rows)
				if c.Selected != p.Selected || c.Reserved != p.Reserve {
					t.Errorf("scale %d, %s: %d selected and %d reserved, want %d and %d", scale, p.Code, c.Selected, c.Reserved, p.Selected, p.Reserve)
				}
			}
		}
	}
}

func TestApplicantsAreSoundAndTheSameInEveryRun(t *testing.T) {
	r := loadRound(t)
	all := r.Applicants()
	if diff := cmp.Diff(all, loadRound(t).Applicants()); diff != "" {
		t.Errorf("another run has others:\n%s", diff)
	}
	numbers, names, turned := map[string]bool{}, map[string]bool{}, 0
	for _, a := range all {
		var p domain.Problems
		alliance.Organisation{
			Name: a.Name, Kind: alliance.Company, Size: alliance.Size(a.Size), BusinessNumber: a.Business, District: a.District,
			Sectors: []string{a.Sector},
		}.Check(&p, alliance.Alliance{Sectors: r.Alliance.Sectors})
		selection.StandardForm().Fill(&p, selection.StandardAnswers(selection.Application{
			Title: a.Title, Summary: a.Summary, Plan: a.Plan, Amount: a.Amount, OwnMoney: a.Own,
		}), nil)
		profile(r, a.Programme).CheckScores(&p, a.Scores(3))
		if err := p.Err(); err != nil {
			t.Fatalf("%s: %v", a.Name, err)
		}
		terms := selection.Terms{Sizes: a.Programme.Sizes, Sectors: a.Programme.Sectors, Most: a.Programme.Ceiling()}
		by := selection.Applicant{Company: true, Size: a.Size, Sectors: []string{a.Sector}}
		if blocking, _ := terms.Examine(selection.Application{Amount: a.Amount, OwnMoney: a.Own}, by); len(blocking) > 0 {
			t.Fatalf("%s may not apply: %v", a.Name, blocking)
		}
		if a.Ineligible != "" {
			turned++
		}
		numbers[a.Business], names[a.Name] = true, true
	}
	if len(numbers) != len(all) || len(names) != len(all) || turned < 20 || turned > 100 {
		t.Errorf("%d applicants, %d numbers, %d names, %d turned down", len(all), len(numbers), len(names), turned)
	}
}

func TestEveryInvestorRecommendsSomebody(t *testing.T) {
	seen := []string{}
	for _, a := range loadRound(t).Applicants() {
		if a.Programme.Code == "startup" {
			seen = append(seen, fmt.Sprint(a.Recommender))
		}
	}
	slices.Sort(seen)
	if n := len(slices.Compact(seen)); n != 49 {
		t.Errorf("%d investors recommended, want 49", n)
	}
}
