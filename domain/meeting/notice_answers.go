package meeting

import (
	"secretariat/domain"
	"secretariat/domain/policy"
)

// The answers to a notice.
const (
	AnswerAttend = "attend"
	AnswerRemote = "remote"
	AnswerAbsent = "absent"
)

// Takes reports whether a member may answer so to a meeting of the mode.
func (m Mode) Takes(answer string) bool {
	switch answer {
	case AnswerAbsent:
		return m != Written
	case AnswerAttend:
		return m == InPerson || m == Mixed
	case AnswerRemote:
		return m == Remote || m == Mixed
	}
	return false
}

// Forecast is what the answers say about the quorum. It is a forecast: presence alone counts at the meeting.
type Forecast struct {
	Serving    int            `json:"serving"`   // 재적
	Required   int            `json:"required"`  // for the quorum
	Attending  int            `json:"attending"` // who said they would come, in the room or remotely
	Absent     int            `json:"absent"`
	Unanswered int            `json:"unanswered"`
	Met        bool           `json:"met"`
	Basis      string         `json:"basis"`
	Items      []ItemForecast `json:"items"`
}

// ItemForecast is the forecast of one item: the same less those known to be recused.
type ItemForecast struct {
	Item    domain.ID `json:"item"`
	Recused int       `json:"recused"` // of those who would come
	Present int       `json:"present"` // who would count for the quorum
	Voters  int       `json:"voters"`  // who would decide
	Met     bool      `json:"met"`
}

// ForecastOf counts answers of the serving members; recused names, for each item in order, the members kept out of
// it.
func ForecastOf(r policy.Rules, serving []domain.ID, answers []Response, agenda []Item, recused []Recusal) Forecast {
	rule := policy.MeetingQuorum.Of(r)
	f := Forecast{Serving: len(serving), Basis: policy.MeetingQuorum.Cite(r), Items: []ItemForecast{}}
	f.Required = rule.Needed(f.Serving)
	coming := map[domain.ID]bool{}
	answer := map[domain.ID]string{}
	for _, a := range answers {
		answer[a.Member] = a.Answer
	}
	for _, member := range serving {
		switch answer[member] {
		case AnswerAttend, AnswerRemote:
			f.Attending++
			coming[member] = true
		case AnswerAbsent:
			f.Absent++
		default:
			f.Unanswered++
		}
	}
	f.Met = f.Attending >= f.Required
	for _, i := range agenda {
		f.Items = append(f.Items, forecastItem(r, f, i, coming, recused))
	}
	return f
}

func forecastItem(r policy.Rules, f Forecast, i Item, coming map[domain.ID]bool, recused []Recusal) ItemForecast {
	out := map[domain.ID]bool{}
	for _, rec := range recused {
		if rec.Item == i.ID && coming[rec.Member] && rec.State != RecusalDismissed {
			out[rec.Member] = true
		}
	}
	item := ItemForecast{Item: i.ID, Recused: len(out), Present: f.Attending, Voters: f.Attending}
	if !policy.RecusedInQuorum.Of(r) {
		item.Present -= item.Recused
	}
	if !policy.RecusedInBase.Of(r) {
		item.Voters -= item.Recused
	}
	item.Met = item.Present >= f.Required && item.Voters > 0
	return item
}
