package web

import (
	"testing"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/service/balloting"
	"secretariat/service/convening"
)

// TestTheWallShowsNothingOfConfidentialItems: not while they are before the meeting, and not when they were decided and
// nothing is before it.
func TestTheWallShowsNothingOfConfidentialItems(t *testing.T) {
	agenda := []convening.Card{{ID: "open", Number: "1", Title: "공개 안건"}, {ID: "closed", Number: "2", Title: "비공개 안건", Confidential: true}}
	vote := func(of domain.ID) *balloting.View {
		return &balloting.View{Item: of, Question: "물음", Result: &ballot.Result{Elected: "m"}}
	}
	for name, c := range map[string]struct {
		item                            *convening.Card
		ballot, last                    *balloting.View
		wantTitle, wantBallot, wantLast bool
	}{
		"an open item":              {&agenda[0], vote("open"), vote("open"), true, true, true},
		"a confidential item":       {&agenda[1], vote("closed"), vote("closed"), false, false, false},
		"after an open item":        {nil, nil, vote("open"), false, false, true},
		"after a confidential item": {nil, nil, vote("closed"), false, false, false},
		"an item withheld here":     {nil, vote("unknown"), vote("unknown"), false, false, false},
	} {
		p := consolePage{Item: c.item, Ballot: c.ballot, Last: c.last, names: map[domain.ID]string{"m": "위원"}}
		p.M.Agenda = agenda
		got := onTheWall(p)
		if (got.Item != nil && got.Item.Title != "") != c.wantTitle || (got.Ballot != nil) != c.wantBallot ||
			(got.Last != nil) != c.wantLast || (got.Winner != "") != c.wantLast {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
