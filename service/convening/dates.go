package convening

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"secretariat/domain"
	"secretariat/domain/meeting"
	"secretariat/service"
)

// ProposeDatesInput puts dates before the members of a planned meeting.
type ProposeDatesInput struct {
	Meeting domain.ID          `json:"-" path:"meeting"`
	Dates   []meeting.Proposal `json:"dates"`
}

// ProposedDates are the dates that were added to the list.
type ProposedDates struct {
	Dates []meeting.Candidate `json:"dates"`
}

// ProposeDates adds candidate dates to a planned meeting. The members are asked by mail; who has answered keeps the
// answers given and owes those on the new dates. CodeConflict "meeting.not_planned", "date.written".
func (s *Service) ProposeDates(ctx context.Context, by domain.Actor, in ProposeDatesInput) (ProposedDates, error) {
	return service.Do(ctx, s.env, s.store, by, "date.propose", func(a *service.Act[Tx]) (ProposedDates, error) {
		var none ProposedDates
		m, err := holdPolled(ctx, a, "date.propose", in.Meeting)
		if err != nil {
			return none, err
		}
		rules, err := s.rules(ctx, a.Tx, m)
		if err != nil {
			return none, err
		}
		poll, err := pollOf(ctx, a.Tx, m, a.Now)
		if err != nil {
			return none, err
		}
		var problems domain.Problems
		poll.CheckDates(&problems, in.Dates, rules, a.Now)
		if err := problems.Err(); err != nil {
			return none, err
		}
		out := candidates(a, m, in.Dates)
		a.Note("dates", strconv.Itoa(len(out)))
		a.Wake("meeting", m.ID)
		return ProposedDates{Dates: out}, a.Tx.AddDates(ctx, out)
	})
}

func candidates(a *service.Act[Tx], m meeting.Meeting, in []meeting.Proposal) []meeting.Candidate {
	out := []meeting.Candidate{}
	for _, d := range in {
		out = append(out, meeting.Candidate{
			ID: a.Env.NewID(), Meeting: m.ID, StartsAt: service.Instant(d.StartsAt), ProposedAt: a.Now,
		})
	}
	return out
}

// holdPolled locks a meeting whose dates are asked about for an act on them.
func holdPolled(ctx context.Context, a *service.Act[Tx], op string, id domain.ID) (meeting.Meeting, error) {
	m, err := hold(ctx, a, op, id)
	if err != nil {
		return m, hidden(a.By, m, err)
	}
	return m, m.CheckPolled()
}

// hidden keeps from whom a planned meeting does not concern that there is one.
func hidden(by domain.Actor, m meeting.Meeting, err error) error {
	if domain.CodeOf(err) == domain.CodeForbidden && !(reader{by: by, meeting: m}).sees() {
		return domain.NotFound("meeting")
	}
	return err
}

// pollOf reads the dates of a meeting, the answers, and who is in office on each date that may still be chosen.
func pollOf(ctx context.Context, tx Tx, m meeting.Meeting, now time.Time) (meeting.Poll, error) {
	p := meeting.Poll{Serving: map[domain.ID][]domain.ID{}}
	var err error
	if p.Dates, err = tx.DatesOf(ctx, m.ID); err != nil || len(p.Dates) == 0 {
		return p, err
	}
	if p.Answers, err = tx.DateAnswersOf(ctx, m.ID); err != nil {
		return p, err
	}
	for _, c := range p.Live(now) {
		chamber, err := tx.Chamber(ctx, m.Committee, c.StartsAt)
		if err != nil {
			return p, err
		}
		for _, member := range chamber.Serving() {
			p.Serving[c.ID] = append(p.Serving[c.ID], member.ID)
		}
	}
	return p, nil
}

// closePoll ends the answering on every open date of a meeting; the one that was chosen, if any, is named.
func closePoll(ctx context.Context, a *service.Act[Tx], of, chosen domain.ID) error {
	all, err := a.Tx.DatesOf(ctx, of)
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.ClosedAt != nil {
			continue
		}
		fate := meeting.FatePassed
		if c.ID == chosen {
			fate = meeting.FateChosen
		}
		c.Close(fate, a.Now)
		if err := a.Tx.ChangeDate(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// AnswerDatesInput is everything that a member answers on the dates of a meeting: "yes" or "no" by the date's id.
type AnswerDatesInput struct {
	Meeting domain.ID                   `json:"-" path:"meeting"`
	Answers map[domain.ID]meeting.Reply `json:"answers"`
}

// AnsweredDates says how many dates the member has answered.
type AnsweredDates struct {
	Answered int `json:"answered"`
	Open     int `json:"open"` // dates that may be answered
}

// AnswerDates keeps a member's own answers in place of all the member gave before, until a date is chosen. A date
// that is left out is not answered. CodeConflict "meeting.not_planned", CodeInvalid for a date that is not open.
func (s *Service) AnswerDates(ctx context.Context, by domain.Actor, in AnswerDatesInput) (AnsweredDates, error) {
	return service.Do(ctx, s.env, s.store, by, "date.answer", func(a *service.Act[Tx]) (AnsweredDates, error) {
		m, member, err := onBehalf(ctx, a, "date.answer", in.Meeting, "")
		if err != nil {
			return AnsweredDates{}, hidden(a.By, m, err)
		}
		poll, err := answerablePoll(ctx, a, m)
		if err != nil {
			return AnsweredDates{}, err
		}
		var problems domain.Problems
		poll.CheckAnswers(&problems, member, in.Answers, a.Now)
		if err := problems.Err(); err != nil {
			return AnsweredDates{}, err
		}
		out := AnsweredDates{Answered: len(in.Answers), Open: len(poll.Live(a.Now))}
		a.Note("answered", strconv.Itoa(out.Answered))
		return out, a.Tx.SetDateAnswers(ctx, m.ID, member, given(in.Answers, member, a.Now))
	})
}

// answerablePoll is the poll of a meeting that members know of: without a date before them there is no such meeting
// for them, and once one was chosen there is nothing left to answer.
func answerablePoll(ctx context.Context, a *service.Act[Tx], m meeting.Meeting) (meeting.Poll, error) {
	poll, err := pollOf(ctx, a.Tx, m, a.Now)
	if err != nil {
		return poll, err
	}
	if !concerns(a.By, m, poll) {
		return poll, domain.NotFound("meeting")
	}
	if err := m.CheckPolled(); err != nil {
		return poll, err
	}
	if len(poll.Live(a.Now)) == 0 {
		return poll, domain.Conflict("date.closed", nil)
	}
	return poll, nil
}

// concerns reports whether the actor may know of the meeting by its dates: who prepares it always, a member while dates
// are open, while the chosen one stands, and once the meeting is announced.
func concerns(by domain.Actor, m meeting.Meeting, poll meeting.Poll) bool {
	if (reader{by: by, meeting: m}).sees() {
		return true
	}
	chosen, ok := poll.Chosen()
	_, seated := by.Seat(m.Committee)
	return seated && m.State == meeting.Planned &&
		(len(poll.Open()) > 0 || ok && chosen.StartsAt.Equal(m.StartsAt))
}

func given(answers map[domain.ID]meeting.Reply, member domain.ID, at time.Time) []meeting.DateAnswer {
	out := []meeting.DateAnswer{}
	for id, answer := range answers {
		out = append(out, meeting.DateAnswer{Date: id, Member: member, Can: answer == meeting.CanCome, At: at})
	}
	slices.SortFunc(out, func(a, b meeting.DateAnswer) int { return cmp.Compare(a.Date, b.Date) })
	return out
}

// DateInput names a candidate date.
type DateInput struct {
	Date domain.ID `json:"-" path:"date"`
}

// ChosenDate is the meeting on the date that was chosen, with what still stands against its notice.
type ChosenDate struct {
	Meeting  meeting.Meeting   `json:"meeting"`
	Findings []meeting.Finding `json:"findings"`
}

// ChooseDate moves a planned meeting to one of its candidate dates, with the length it has, and closes the others;
// the members are told. Of two people who choose at once the second gets CodeConflict "date.closed". CodeConflict
// "date.past", "meeting.not_planned".
func (s *Service) ChooseDate(ctx context.Context, by domain.Actor, in DateInput) (ChosenDate, error) {
	return service.Do(ctx, s.env, s.store, by, "date.choose", func(a *service.Act[Tx]) (ChosenDate, error) {
		m, c, err := holdDate(ctx, a, "date.choose", in.Date)
		if err != nil {
			return ChosenDate{}, err
		}
		if !c.StartsAt.After(a.Now) {
			return ChosenDate{}, domain.Conflict("date.past", nil)
		}
		rules, err := s.revise(ctx, a, &m, m.Plan().MovedTo(c.StartsAt))
		if err != nil {
			return ChosenDate{}, err
		}
		if err := closePoll(ctx, a, m.ID, c.ID); err != nil {
			return ChosenDate{}, err
		}
		draft, err := gather(ctx, a.Tx, m, a.Now)
		return ChosenDate{Meeting: m, Findings: draft.Findings(rules)}, err
	})
}

// holdDate locks the meeting of a date for an act on it, reads the date under that lock and checks that it is open.
func holdDate(
	ctx context.Context, a *service.Act[Tx], op string, id domain.ID,
) (meeting.Meeting, meeting.Candidate, error) {
	c, err := a.Tx.Date(ctx, id)
	if err != nil {
		return meeting.Meeting{}, c, err
	}
	m, err := holdPolled(ctx, a, op, c.Meeting)
	if err != nil {
		return m, c, err
	}
	a.On("date", c.ID, m.ID)
	if c, err = a.Tx.Date(ctx, id); err == nil && c.ClosedAt != nil {
		err = domain.Conflict("date.closed", nil)
	}
	return m, c, err
}

// WithdrawDate takes a date off the list. Who was asked about it is told. CodeConflict "date.closed".
func (s *Service) WithdrawDate(ctx context.Context, by domain.Actor, in DateInput) (meeting.Candidate, error) {
	return service.Do(ctx, s.env, s.store, by, "date.withdraw", func(a *service.Act[Tx]) (meeting.Candidate, error) {
		m, c, err := holdDate(ctx, a, "date.withdraw", in.Date)
		if err != nil {
			return c, err
		}
		c.Close(meeting.FateRetracted, a.Now)
		a.Wake("meeting", m.ID)
		return c, a.Tx.ChangeDate(ctx, c)
	})
}
