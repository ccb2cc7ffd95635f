package meeting

import (
	"slices"
	"time"

	"secretariat/domain"
)

// stamp names an occasion by its instant; in order of time as text, and fit for the name of a mail.
func stamp(at time.Time) string { return at.UTC().Format("20060102T150405.000000Z") }

// polled are the letters of a planned meeting: each member who is asked hears of the newest dates once, who owes an
// answer is reminded when the staff asks for it, and everybody hears of the date that was chosen.
func (p Post) polled() []Letter {
	live := p.Poll.Live(p.Now)
	if len(live) == 0 {
		return p.fixed()
	}
	out := []Letter{}
	proposed, reminded := newest(live)
	for _, m := range p.Poll.Asked(p.Now) {
		if p.occasion(m, DateAsk) < stamp(proposed) {
			out = append(out, p.letter(m, DateAsk, stamp(proposed), proposed))
		}
	}
	if reminded.IsZero() {
		return out
	}
	for _, m := range p.Poll.Silent(p.Now) {
		if !has(out, m) && p.askedBefore(m, reminded) && p.occasion(m, DateReminder) < stamp(reminded) {
			out = append(out, p.letter(m, DateReminder, stamp(reminded), reminded))
		}
	}
	return out
}

// fixed tells of the chosen date, as long as the meeting still is to be held then.
func (p Post) fixed() []Letter {
	out := []Letter{}
	c, ok := p.Poll.Chosen()
	if !ok || !c.StartsAt.Equal(p.Meeting.StartsAt) || !c.StartsAt.After(p.Now) {
		return out
	}
	for _, m := range p.Members {
		if p.occasion(m, DateChosen) < stamp(*c.ClosedAt) {
			out = append(out, p.letter(m, DateChosen, stamp(*c.ClosedAt), *c.ClosedAt))
		}
	}
	return out
}

// newest says when dates were last proposed and last reminded of; the latter is zero when they never were.
func newest(dates []Candidate) (proposed, reminded time.Time) {
	for _, c := range dates {
		if c.ProposedAt.After(proposed) {
			proposed = c.ProposedAt
		}
		if c.RemindedAt != nil && c.RemindedAt.After(reminded) {
			reminded = *c.RemindedAt
		}
	}
	return proposed, reminded
}

// occasion is the newest occasion on which a member was sent a letter of a kind, empty when never.
func (p Post) occasion(member domain.ID, kind LetterKind) string {
	last := ""
	for _, l := range p.Sent {
		if l.Member == member && l.Kind == kind {
			last = max(last, l.Occasion)
		}
	}
	return last
}

// askedBefore reports whether a member was asked about every date before a reminder; it comes too early for others.
func (p Post) askedBefore(member domain.ID, reminded time.Time) bool {
	asked := p.occasion(member, DateAsk)
	return slices.ContainsFunc(p.Sent, func(l Letter) bool {
		return l.Member == member && l.Kind == DateAsk && l.Occasion == asked && l.SentAt.Before(reminded)
	})
}
