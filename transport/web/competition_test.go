package web

import (
	"testing"

	"secretariat/domain/selection"
	"secretariat/service/selecting"
)

func TestBarsAreAsWideAsTheirRatioBesideTheHighest(t *testing.T) {
	item := func(received, selected int) selecting.CompetitionItem {
		c := selection.Competition{Received: received, Selected: selected}
		return selecting.CompetitionItem{Title: "공모", Competition: &c, Ratio: c.Ratio().String()}
	}
	bars := competitionBars([]selecting.CompetitionItem{item(183, 16), item(822, 134), item(5, 0), {Title: "접수 중"}})
	if len(bars) != 2 || bars[0].Width != 1000 || bars[1].Width != 61*1000/114 || bars[1].Ratio != "6.1:1" {
		t.Errorf("%+v", bars)
	}
	page := competitionPage{Competitions: selecting.Competitions{Sums: []selecting.CompetitionSum{{Calls: 1}, {Calls: 7}}}}
	if shown := page.Shown(); len(shown) != 1 || shown[0].Calls != 7 {
		t.Errorf("sums of one call are shown: %+v", shown)
	}
}
