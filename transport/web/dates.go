package web

import (
	"slices"

	"secretariat/domain"
	"secretariat/domain/meeting"
	"secretariat/service/convening"
	"secretariat/service/presiding"
)

// datePages adds what is asked and answered about the date of a planned meeting.
func datePages(s *Site) {
	done("dates_proposed", "dates_answered", "date_chosen", "date_withdrawn")
	s.page("/meetings/{meeting}/dates", "dates", s.dates)
	act(s, "/meetings/{meeting}/dates", s.set.ProposeDates,
		after[convening.ProposeDatesInput, convening.ProposedDates]("dates_proposed"))
	act(s, "/meetings/{meeting}/dates/answers", s.set.AnswerDates,
		after[convening.AnswerDatesInput, convening.AnsweredDates]("dates_answered"))
	act(s, "/dates/{date}/choose", s.set.ChooseDate, after[convening.DateInput, convening.ChosenDate]("date_chosen"))
}

func (s *Site) dates(v *Visit) (any, error) {
	p, err := s.set.ListDates.Call(v.ctx(), convening.ListDatesInput{Meeting: v.id("meeting")})
	return datesPage{p}, err
}

// datesPage is the page on which a member answers.
type datesPage struct{ convening.DatePoll }

// Answered is what the member who looks has answered on a date.
func (p datesPage) Answered(of domain.ID) string {
	if p.Mine == nil {
		return ""
	}
	for _, c := range p.Mine.Cells {
		if c.Date == of {
			return string(c.Answer)
		}
	}
	return ""
}

// Asked reports whether the member who looks may answer on a date.
func (p datesPage) Asked(d convening.DateOption) bool {
	answered := meeting.Reply(p.Answered(d.ID))
	return d.Live && p.Mine != nil && answered != meeting.NotInOffice
}

// Replies are the answers that a date takes.
func (p datesPage) Replies(v *Visit) []Option {
	return v.Options("date_answer", string(meeting.CanCome), string(meeting.CannotCome))
}

// addDates adds to the page of the preparation what is asked about the date.
func (s *Site) addDates(v *Visit, p *preparePage) error {
	if p.M.State != meeting.Planned || p.M.Mode == meeting.Written || !v.May("date.list", p.M.Committee) {
		return nil
	}
	poll, err := s.set.ListDates.Call(v.ctx(), convening.ListDatesInput{Meeting: p.M.ID})
	p.Poll = &poll
	return err
}

// addPreview adds the notice as it will be mailed.
func (s *Site) addPreview(v *Visit, p *preparePage) error {
	if p.M.State != meeting.Planned || !v.May("notice.preview", p.M.Committee) {
		return nil
	}
	shown, err := s.set.PreviewNotice.Call(v.ctx(), convening.PreviewInput{
		Meeting: p.M.ID, Member: domain.ID(v.query("member")),
	})
	p.Preview = &shown
	return err
}

// addRecusals adds who is kept out of which item, for who may know.
func (s *Site) addRecusals(v *Visit, p *preparePage) error {
	if !p.Before() || !v.May("recusal.list", p.M.Committee) {
		return nil
	}
	all, err := s.set.ListRecusals.Call(v.ctx(), presiding.MeetingInput{Meeting: p.M.ID})
	p.recusals = all.Items
	return err
}

// Kept are the names of the members who are kept out of an item.
func (p preparePage) Kept(item domain.ID) []string {
	out := meeting.BarredFrom(p.recusals, item)
	names := []string{}
	for _, a := range p.M.Answers {
		if slices.Contains(out, a.Member) {
			names = append(names, a.Name)
		}
	}
	return names
}

// Unreached reports whether the last mail to a member could not be delivered, so that the member must be asked otherwise.
func (p preparePage) Unreached(member domain.ID) bool {
	return slices.ContainsFunc(p.M.Answers, func(a convening.Answered) bool { return a.Member == member && a.Unreached })
}

// Struck reports whether a date is one on which the city does not meet: a holiday, a weekend or a council session.
func (p preparePage) Struck(d convening.DateOption) bool {
	return d.Forecast == nil || slices.ContainsFunc(d.Forecast.Findings, func(f meeting.Finding) bool {
		return f.Key == "meeting.on_holiday" || f.Key == "meeting.on_weekend" || f.Key == "meeting.council_session"
	})
}

// Quorum is the citation of the quorum that the forecasts need, empty when no date has one.
func (p preparePage) Quorum() string {
	for _, d := range p.Poll.Dates {
		if d.Forecast != nil {
			return d.Forecast.Basis
		}
	}
	return ""
}

// mostFields is how many dates can be written down at once.
const mostFields = 3

// NewDates are the names of the fields for further dates, as many as there may be.
func (p preparePage) NewDates() []int {
	out := []int{}
	for n := range min(mostFields, p.Poll.Most-len(p.Poll.Dates)) {
		out = append(out, n)
	}
	return out
}

// Shapes that stand beside the words of answers.
var replyShapes = map[meeting.Reply]string{
	meeting.CanCome: "○", meeting.CannotCome: "✕", meeting.NoReply: "?", meeting.NotInOffice: "-",
}

// Shape stands beside the word of an answer.
func (p preparePage) Shape(r meeting.Reply) string { return replyShapes[r] }
