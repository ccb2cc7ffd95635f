package convening

import (
	"context"
	"slices"
	"strconv"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
	"secretariat/service"
)

// RemindInput says who is to be reminded of what.
type RemindInput struct {
	Meeting domain.ID     `json:"-" path:"meeting"`
	About   meeting.About `json:"about"`
}

// Reminded says how many members are written to.
type Reminded struct {
	Members int `json:"members"`
}

// Remind has a reminder sent to those members alone who owe something now (독촉): the letters go the way of all letters of
// the meeting. CodeConflict "reminder.nobody", "reminder.closed", and "reminder.too_soon" within the days that policy puts
// between two reminders.
func (s *Service) Remind(ctx context.Context, by domain.Actor, in RemindInput) (Reminded, error) {
	var problems domain.Problems
	domain.OneOf(&problems, "about", in.About, meeting.Abouts()...)
	if err := problems.Err(); err != nil {
		return Reminded{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "reminder.send", func(a *service.Act[Tx]) (Reminded, error) {
		m, err := hold(ctx, a, "reminder.send", in.Meeting)
		if err != nil {
			return Reminded{}, hidden(a.By, m, err)
		}
		c, err := s.owedCase(ctx, a.Tx, m.ID)
		if err != nil {
			return Reminded{}, err
		}
		c.post.Now = a.Now
		n, err := c.post.Nudge(in.About, c.rules)
		if err != nil {
			return Reminded{}, err
		}
		a.Note("about", string(n.About))
		a.Note("members", strconv.Itoa(len(n.Members)))
		a.Wake("meeting", m.ID)
		return Reminded{Members: len(n.Members)}, c.nudge(ctx, a, n)
	})
}

// nudge writes a reminder down. That it was asked for stands with the dates too, on which the letters about them rest.
func (c file) nudge(ctx context.Context, a *service.Act[Tx], n meeting.Nudge) error {
	if n.About == meeting.AboutDates {
		for _, d := range c.post.Poll.Live(a.Now) {
			d.RemindedAt = &n.At
			if err := a.Tx.ChangeDate(ctx, d); err != nil {
				return err
			}
		}
	}
	return a.Tx.AddNudge(ctx, n)
}

// owedCase reads a case with everything that members may owe in it.
func (s *Service) owedCase(ctx context.Context, tx Tx, id domain.ID) (file, error) {
	c, err := s.caseOf(ctx, tx, id)
	if err != nil || c.meeting.State != meeting.Convened || c.nudgedOnInterests() {
		return c, err
	}
	return c, c.readUndeclared(ctx, tx)
}

// readNudges reads the reminders that the staff asked for, and what their letters depend on.
func (c *file) readNudges(ctx context.Context, tx Tx) error {
	var err error
	c.post.Confirmed = c.minutes.Confirmed != ""
	if c.post.Nudges, err = tx.NudgesOf(ctx, c.meeting.ID); err != nil {
		return err
	}
	if c.meeting.State == meeting.Convened && c.nudgedOnInterests() {
		return c.readUndeclared(ctx, tx)
	}
	return nil
}

func (c file) nudgedOnInterests() bool {
	return slices.ContainsFunc(c.post.Nudges, func(n meeting.Nudge) bool { return n.About == meeting.AboutInterest })
}

func (c *file) readUndeclared(ctx context.Context, tx Tx) error {
	agenda, err := tx.ItemsOf(ctx, c.meeting.ID)
	if err != nil {
		return err
	}
	declared, err := tx.InterestsOf(ctx, c.meeting.ID)
	if err != nil {
		return err
	}
	recused, err := tx.RecusalsOf(ctx, c.meeting.ID)
	c.post.Undeclared = meeting.Undeclared(c.post.Members, agenda, declared, recused)
	return err
}

// OwingInput names the meeting.
type OwingInput struct {
	Meeting domain.ID `json:"-" path:"meeting"`
}

// Owing is what members owe as the meeting stands.
type Owing struct {
	Items []Owed `json:"items"`
	Rest  int    `json:"rest"`  // days from one reminder to the next
	Basis string `json:"basis"` // of that
}

// Owed is one thing that members owe: who does, when they were last reminded, and from which day they may be again.
type Owed struct {
	About   meeting.About  `json:"about"`
	Members []OwedBy       `json:"members"`
	Last    *meeting.Chase `json:"last,omitempty"`
	From    calendar.Date  `json:"from,omitempty"` // empty: they may be reminded now
}

// OwedBy is a member who owes something.
type OwedBy struct {
	Member domain.ID `json:"member"`
	Name   string    `json:"name"`
}

// Owing lists what members owe in a meeting and how they were reminded of it, to who prepares it: reminder.list. What
// nobody is waited for in the present state is left out.
func (s *Service) Owing(ctx context.Context, by domain.Actor, in OwingInput) (Owing, error) {
	return service.See(ctx, s.store, func(tx Tx) (Owing, error) {
		c, err := s.owedCase(ctx, tx, in.Meeting)
		if err != nil {
			return Owing{}, err
		}
		if err := access.Can(by, "reminder.list", facts(c.meeting)).Err(); err != nil {
			return Owing{}, hidden(by, c.meeting, err)
		}
		chamber, err := tx.Chamber(ctx, c.meeting.Committee, c.meeting.StartsAt)
		return c.owing(chamber), err
	})
}

func (c file) owing(chamber committee.Chamber) Owing {
	out := Owing{Items: []Owed{}, Rest: policy.ReminderRest.Of(c.rules), Basis: policy.ReminderRest.Cite(c.rules)}
	for _, about := range meeting.Abouts() {
		if who, open := c.post.Owes(about); open {
			out.Items = append(out.Items, c.owed(about, who, chamber))
		}
	}
	return out
}

func (c file) owed(about meeting.About, who []domain.ID, chamber committee.Chamber) Owed {
	out := Owed{About: about, Members: []OwedBy{}}
	for _, id := range who {
		by := OwedBy{Member: id}
		if seated, ok := chamber.Member(id); ok {
			by.Name = seated.Member.Name
		}
		out.Members = append(out.Members, by)
	}
	if last, ok := c.post.Chased(about); ok {
		out.Last = &last
		if from := last.NextNudge(c.rules); calendar.DateOf(c.post.Now) < from {
			out.From = from
		}
	}
	return out
}
