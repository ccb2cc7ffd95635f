package meeting

import (
	"slices"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// DateForecast is what the answers say about the quorum on one candidate date, and what the calendar says about it.
type DateForecast struct {
	Serving    int           `json:"serving"`    // 재적 on that date
	Required   int           `json:"required"`   // for the quorum
	Can        int           `json:"can"`        // 가능
	Cannot     int           `json:"cannot"`     // 불가
	Unanswered int           `json:"unanswered"` // 미응답
	Recused    int           `json:"recused"`    // of those who can come, kept out of an item that is counted
	Present    int           `json:"present"`    // expected to count for the quorum, at the item with the fewest
	Met        bool          `json:"met"`        // at the opening and at each item that is counted
	Basis      string        `json:"basis"`      // citation of the quorum
	LastLawful calendar.Date `json:"lastLawful"` // last day for the notice
	LastSafe   calendar.Date `json:"lastSafe"`   // by the strict reading
	Timeliness Timeliness    `json:"timeliness"` // of a notice given now
	Notice     string        `json:"notice"`     // citation of the period
	Findings   []Finding     `json:"findings"`   // notice, council session, holiday; blocking first
}

// ForecastDate counts the answers on one date. The agenda is what the reader may see in full: recusals of other items
// do not show in any number. The draft is the meeting with the calendar; its own start does not count.
func (p Poll) ForecastDate(r policy.Rules, c Candidate, d Draft, agenda []Item, recused []Recusal) DateForecast {
	d.Meeting.StartsAt = c.StartsAt
	quorum := ForecastOf(r, p.Serving[c.ID], p.responses(c.ID), agenda, recused)
	rule, day := NoticeRuleOf(r), d.Meeting.Day()
	out := DateForecast{
		Serving: quorum.Serving, Required: quorum.Required, Can: quorum.Attending, Cannot: quorum.Absent,
		Unanswered: quorum.Unanswered, Present: quorum.Attending, Met: quorum.Met, Basis: quorum.Basis,
		LastLawful: rule.LastLawful(day), LastSafe: rule.LastSafe(day),
		Timeliness: rule.Judge(calendar.DateOf(d.Now), day), Notice: policy.NoticeDays.Cite(r), Findings: d.OnTheDay(r),
	}
	out.Recused = len(p.recusedOn(c.ID, agenda, recused))
	for _, i := range quorum.Items {
		out.Present = min(out.Present, i.Present)
		out.Met = out.Met && i.Met
	}
	return out
}

// responses are the answers on a date as answers to a notice, so that one function counts both.
func (p Poll) responses(date domain.ID) []Response {
	var out []Response
	answers := map[bool]string{true: AnswerAttend, false: AnswerAbsent}
	for _, a := range p.Answers {
		if a.Date == date {
			out = append(out, Response{Member: a.Member, Answer: answers[a.Can]})
		}
	}
	return out
}

// recusedOn lists who could come on a date and is kept out of an item of the agenda, sorted.
func (p Poll) recusedOn(date domain.ID, agenda []Item, recused []Recusal) []domain.ID {
	out := []domain.ID{}
	for _, m := range p.Serving[date] {
		a := p.Answer(date, m)
		if a != nil && a.Can && slices.ContainsFunc(agenda, func(i Item) bool { return Barred(recused, i.ID, m) }) {
			out = append(out, m)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// OnTheDay lists what the start and the calendar say, blocking first: the part of Findings that depends on the day.
func (d Draft) OnTheDay(r policy.Rules) []Finding {
	out := slices.Concat([]Finding{}, d.times(r), d.council(r), d.daysOff())
	slices.SortStableFunc(out, func(a, b Finding) int { return rank(a) - rank(b) })
	return out
}
