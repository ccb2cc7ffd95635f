package meeting

import (
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// About says what somebody owes.
type About string

// What members owe: word on the candidate dates, an answer to the notice, word on their interests in the items, a written
// opinion, their signature under the minutes.
const (
	AboutDates     About = "dates"
	AboutAnswer    About = "answer"
	AboutInterest  About = "interest"
	AboutVote      About = "vote"
	AboutSignature About = "signature"
)

// Abouts are all that members may owe, in the order of the process.
func Abouts() []About {
	return []About{AboutDates, AboutAnswer, AboutInterest, AboutVote, AboutSignature}
}

// reminderOf is the kind of the letters that remind of it, whether the clock or the staff has them sent.
var reminderOf = map[About]LetterKind{
	AboutDates: DateReminder, AboutAnswer: Reminder, AboutInterest: InterestReminder, AboutVote: WrittenReminder,
	AboutSignature: SignatureReminder,
}

// Nudge is a reminder that the staff asks for (독촉), beside those that go out by themselves. It goes to who owed something
// when it was asked for and still does when the letters are written.
type Nudge struct {
	Meeting domain.ID   `json:"meeting"`
	About   About       `json:"about"`
	At      time.Time   `json:"at"`
	Members []domain.ID `json:"members"`
}

// Chase is a reminder that went out: when, and to how many.
type Chase struct {
	At      time.Time `json:"at"`
	Members int       `json:"members"`
}

// Undeclared lists the members who have said nothing on their interest in an item that is still to be dealt with, sorted.
// Who is kept out of an item owes no word on it (위원회조례 9).
func Undeclared(members []domain.ID, agenda []Item, declared []Interest, recused []Recusal) []domain.ID {
	out := []domain.ID{}
	for _, i := range agenda {
		if i.State != Listed && i.State != Tabled {
			continue
		}
		for _, member := range members {
			said := slices.ContainsFunc(declared, func(d Interest) bool { return d.Item == i.ID && d.Member == member })
			if !said && !Barred(recused, i.ID, member) {
				out = append(out, member)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Owes lists who owes something now, false when nothing of the kind can be owed as the meeting stands. Who was not told of
// the meeting yet owes no answer.
func (p Post) Owes(about About) ([]domain.ID, bool) {
	m := p.Meeting
	switch about {
	case AboutDates:
		return p.Poll.Silent(p.Now), m.State == Planned && len(p.Poll.Live(p.Now)) > 0
	case AboutAnswer:
		return p.told(p.silent()), m.State == Convened && m.Mode != Written && p.Now.Before(m.StartsAt)
	case AboutInterest:
		return p.told(p.Undeclared), m.State == Convened && p.Now.Before(m.StartsAt)
	case AboutVote:
		return p.NotVoted, p.votesInWriting() && p.Now.Before(*m.WrittenUntil)
	case AboutSignature:
		return p.Unsigned, !p.SignBy.IsZero() && !p.Confirmed
	}
	return nil, false
}

// silent are the members who have not answered the notice.
func (p Post) silent() []domain.ID {
	return slices.DeleteFunc(slices.Clone(p.Members), func(id domain.ID) bool { return slices.Contains(p.Answered, id) })
}

func (p Post) told(members []domain.ID) []domain.ID {
	return slices.DeleteFunc(slices.Clone(members), func(id domain.ID) bool {
		_, invited := p.heard(id)
		return !invited
	})
}

func (p Post) votesInWriting() bool {
	m := p.Meeting
	return m.Mode == Written && m.WrittenUntil != nil && (m.State == Convened || m.State == Open)
}

// Chased is the last reminder of something, by the clock or for the staff; false when there was none.
func (p Post) Chased(about About) (Chase, bool) {
	var last Chase
	if n, ok := p.nudge(about); ok {
		last = Chase{n.At, len(n.Members)}
	}
	to := map[string]Chase{}
	for _, l := range p.Sent {
		if l.Kind == reminderOf[about] && l.Failure == "" && !p.nudges(about, l.Occasion) {
			c := to[l.Occasion]
			to[l.Occasion] = Chase{later(c.At, l.SentAt), c.Members + 1}
		}
	}
	for _, c := range to {
		if c.At.After(last.At) {
			last = c
		}
	}
	return last, !last.At.IsZero()
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// nudge is the last reminder of something that the staff asked for.
func (p Post) nudge(about About) (Nudge, bool) {
	var last Nudge
	for _, n := range p.Nudges {
		if n.About == about && n.At.After(last.At) {
			last = n
		}
	}
	return last, last.About != ""
}

// nudges reports whether the staff asked for the reminder of an occasion.
func (p Post) nudges(about About, occasion string) bool {
	return slices.ContainsFunc(p.Nudges, func(n Nudge) bool { return n.About == about && stamp(n.At) == occasion })
}

// NextNudge is the first day on which the staff may have members reminded of something again.
func (c Chase) NextNudge(r policy.Rules) calendar.Date {
	return calendar.DateOf(c.At).AddDays(policy.ReminderRest.Of(r))
}

// Nudge makes the reminder that the staff asks for. CodeConflict "reminder.closed" when nothing of the kind is waited for,
// "reminder.nobody" when everybody has done it, "reminder.too_soon" when they were reminded too short a while ago.
func (p Post) Nudge(about About, r policy.Rules) (Nudge, error) {
	who, open := p.Owes(about)
	switch last, before := p.Chased(about); {
	case !open:
		return Nudge{}, domain.Conflict("reminder.closed", nil)
	case len(who) == 0:
		return Nudge{}, domain.Conflict("reminder.nobody", nil)
	case before && calendar.DateOf(p.Now) < last.NextNudge(r):
		return Nudge{}, domain.Conflict("reminder.too_soon", domain.Args{
			"at": calendar.Korean(last.At), "members": last.Members, "from": last.NextNudge(r).Korean(),
		})
	}
	return Nudge{Meeting: p.Meeting.ID, About: about, At: p.Now, Members: who}, nil
}

// nudged are the letters of the last reminder that the staff asked for. Who has heard of the meeting since is not reminded
// on top of it. Those on dates are with the other letters on dates.
func (p Post) nudged(about About, others []Letter) []Letter {
	n, asked := p.nudge(about)
	owe, open := p.Owes(about)
	if !asked || !open || about == AboutDates {
		return nil
	}
	kind, occasion := reminderOf[about], stamp(n.At)
	var out []Letter
	for _, member := range n.Members {
		heard, _ := p.heard(member)
		since := about != AboutSignature && about != AboutVote && (heard.SentAt.After(n.At) || writes(others, member, Update))
		if slices.Contains(owe, member) && !since && !writes(others, member, kind) && !p.wrote(member, kind, occasion) {
			out = append(out, p.letter(member, kind, occasion, n.At))
		}
	}
	return out
}

// nudgedOn reports whether a member was reminded on that day because the staff asked for it; the clock does not do so again.
func (p Post) nudgedOn(member domain.ID, kind LetterKind, day calendar.Date) bool {
	return slices.ContainsFunc(p.Sent, func(l Letter) bool {
		return l.Member == member && l.Kind == kind && calendar.DateOf(l.SentAt) == day && len(l.Occasion) > len("2006-01-02")
	})
}
