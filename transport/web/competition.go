package web

import (
	"strconv"

	"secretariat/service/selecting"
)

// competitionPage is the published calls of a year with a bar for each competition ratio.
type competitionPage struct {
	selecting.Competitions
	Bars []competitionBar
}

// competitionBar is one bar, as wide as its ratio is beside the highest of the year.
type competitionBar struct {
	Title, Ratio string
	Width        int // thousandths
}

func (s *Site) competitions(v *Visit) (any, error) {
	year, _ := strconv.Atoi(v.query("year")) // what is no year asks for the newest
	out, err := s.set.ListSelections.Call(v.ctx(), selecting.CompetitionsInput{Year: year})
	return competitionPage{out, competitionBars(out.Items)}, err
}

func competitionBars(items []selecting.CompetitionItem) []competitionBar {
	most := 0
	for _, x := range items {
		if x.Competition != nil {
			most = max(most, x.Competition.Ratio().Tenths())
		}
	}
	out := []competitionBar{}
	for _, x := range items {
		if x.Ratio != "" {
			out = append(out, competitionBar{x.Title, x.Ratio, x.Competition.Ratio().Tenths() * 1000 / max(most, 1)})
		}
	}
	return out
}

// Shown are the sums of several calls; that of one would say its line again.
func (p competitionPage) Shown() []selecting.CompetitionSum {
	out := []selecting.CompetitionSum{}
	for _, x := range p.Sums {
		if x.Calls > 1 {
			out = append(out, x)
		}
	}
	return out
}
