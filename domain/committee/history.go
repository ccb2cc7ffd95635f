package committee

import (
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
)

// Deed is one meeting with what one member did in it.
type Deed struct {
	Meeting  domain.ID    `json:"meeting"`
	Number   int          `json:"number"`
	Title    string       `json:"title"`
	Written  bool         `json:"written"` // deliberated in writing: nobody comes, and it does not count as held
	StartsAt time.Time    `json:"startsAt"`
	Via      string       `json:"via,omitempty"` // how the member came; empty when not there
	Votes    []OwnVote    `json:"votes"`
	Recusals []OwnRecusal `json:"recusals"`
	SignedAt *time.Time   `json:"signedAt,omitempty"` // the minutes, last
}

// OwnVote is that the member voted. Of a secret vote nothing else is told, not even when.
type OwnVote struct {
	Ballot  domain.ID `json:"ballot"`
	Item    string    `json:"item"`   // its number
	Method  string    `json:"method"` // named, hands, secret, written
	Purpose string    `json:"purpose"`
	Choice  string    `json:"choice,omitempty"` // of a named vote
	Void    bool      `json:"void"`             // the vote was broken off
}

// OwnRecusal is a recusal of the member: the number of the item alone, since its contents are withheld.
type OwnRecusal struct {
	Item  string    `json:"item"`
	Kind  string    `json:"kind"`
	State string    `json:"state"`
	At    time.Time `json:"at"`
}

// Past asks for the meetings of a committee that ended while somebody was in office, the latest first.
type Past struct {
	Committee domain.ID
	Terms     []Member  // of the person in the committee
	Before    domain.ID // meeting, exclusive; empty for the latest
	Limit     int
}

// InOffice are the days of the terms, from the first to the last; without a last day to the day given.
func (p Past) InOffice(today calendar.Date) []calendar.Span {
	var out []calendar.Span
	for _, m := range p.Terms {
		last := m.LastDay()
		if last == "" || m.Holdover && m.EndedOn == "" {
			last = today
		}
		if m.From <= last {
			out = append(out, calendar.Span{From: m.From, Until: last})
		}
	}
	return out
}
