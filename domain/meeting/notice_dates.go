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
		out := p.fixed()
		return append(out, p.retracted(out)...)
	}
	out := []Letter{}
	proposed, reminded := newest(live)
	for _, m := range p.Poll.Asked(p.Now) {
		if p.occasion(m, DateAsk) < stamp(proposed) {
			out = append(out, p.letter(m, DateAsk, stamp(proposed), proposed))
		}
	}
	out = append(out, p.retracted(out)...)
	if reminded.IsZero() {
		return out
	}
	for _, m := range p.Poll.Silent(p.Now) {
		if !writes(out, m, DateAsk) && p.askedBefore(m, reminded) && p.occasion(m, DateReminder) < stamp(reminded) {
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

// Retracted lists the dates that were taken off the list and still lie ahead, unless they are on it again; soonest first.
func (p Poll) Retracted(now time.Time) []Candidate {
	return p.where(func(c Candidate) bool {
		again := slices.ContainsFunc(p.Live(now), func(l Candidate) bool { return l.StartsAt.Equal(c.StartsAt) })
		return c.Fate == FateRetracted && c.StartsAt.After(now) && !again
	})
}

// retracted tells who was asked about a date that it was taken off the list, once for all that were taken off together.
// Who is written to about the dates that are left, or about the one that was chosen, hears of it by that.
func (p Post) retracted(others []Letter) []Letter {
	var out []Letter
	for _, m := range p.askedEver() {
		at := p.retractedFor(m)
		if at.IsZero() || writes(others, m, DateAsk) || writes(others, m, DateChosen) || p.occasion(m, DateWithdrawn) >= stamp(at) {
			continue
		}
		out = append(out, p.letter(m, DateWithdrawn, stamp(at), at))
	}
	return out
}

// askedEver lists who was ever asked for a date, sorted; some may come into office only on one that was taken off.
func (p Post) askedEver() []domain.ID {
	var out []domain.ID
	for _, l := range p.Sent {
		if l.Kind == DateAsk {
			out = append(out, l.Member)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// retractedFor is when a date that a member had been asked about was last taken off, zero when the member has heard of
// the dates since.
func (p Post) retractedFor(member domain.ID) time.Time {
	var last time.Time
	for _, c := range p.Poll.Retracted(p.Now) {
		if c.ClosedAt.After(last) && p.dated(member, func(l Letter) bool {
			return l.Kind == DateAsk && l.Occasion >= stamp(c.ProposedAt) && !l.SentAt.After(*c.ClosedAt)
		}) {
			last = *c.ClosedAt
		}
	}
	if p.dated(member, func(l Letter) bool { return l.Kind != DateWithdrawn && l.SentAt.After(last) }) {
		return time.Time{}
	}
	return last
}

// dated reports whether a member was sent such a letter on dates, other than a reminder.
func (p Post) dated(member domain.ID, such func(Letter) bool) bool {
	return slices.ContainsFunc(p.Sent, func(l Letter) bool {
		kind := l.Kind == DateAsk || l.Kind == DateChosen || l.Kind == DateWithdrawn
		return l.Member == member && kind && such(l)
	})
}

func writes(letters []Letter, member domain.ID, kind LetterKind) bool {
	return slices.ContainsFunc(letters, func(l Letter) bool { return l.Member == member && l.Kind == kind })
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
