package meeting

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// Post is the correspondence of a meeting: who is concerned, what they have done and which letters went out.
type Post struct {
	Meeting  Meeting
	Members  []domain.ID // in office on the day of the meeting
	Answered []domain.ID // of them, who answered the notice
	NotVoted []domain.ID // who may vote in an open written ballot and has not
	Unsigned []domain.ID // who has to sign circulated minutes and has not
	SignBy   time.Time   // their deadline
	Sent     []Letter
	Poll     Poll // of a planned meeting
	Now      time.Time

	Undeclared []domain.ID // in office, who have said nothing on their interest in an item
	Confirmed  bool        // the chair let the minutes be published without the signatures that are missing
	Nudges     []Nudge     // reminders that the staff asked for
}

// chase is one kind of reminder: to whom, before which deadline and how many days before it.
type chase struct {
	kind     LetterKind
	to       []domain.ID
	deadline time.Time
	days     []int
}

// Due lists the letters that are due now and were not sent. It depends on the facts alone, so asking twice sends
// nothing twice.
func (p Post) Due(r policy.Rules) []Letter {
	out := []Letter{}
	switch {
	case p.Meeting.State == Cancelled:
		return p.cancellations()
	case p.Meeting.State == Planned:
		return p.polled()
	case p.Meeting.State == Convened:
		out = p.notices()
	}
	for _, c := range p.chases(r) {
		out = append(out, p.reminders(c)...)
	}
	for _, about := range Abouts() {
		out = append(out, p.nudged(about, out)...)
	}
	return out
}

// NextReminder is when a reminder will next be due, false when none will be.
func (p Post) NextReminder(r policy.Rules) (time.Time, bool) {
	var next time.Time
	for _, c := range p.chases(r) {
		for _, days := range c.days {
			due := Due(c.deadline, days)
			if due.After(p.Now) && due.Before(c.deadline) && (next.IsZero() || due.Before(next)) {
				next = due
			}
		}
	}
	return next, !next.IsZero()
}

// chases lists who is reminded of what in the present state of the meeting. A kind that concerns nobody is left out.
func (p Post) chases(r policy.Rules) []chase {
	m := p.Meeting
	all := []chase{{kind: SignatureReminder, to: p.Unsigned, deadline: p.SignBy, days: policy.SignatureReminders.Of(r)}}
	if m.State == Convened && m.Mode != Written {
		all = append(all, chase{kind: Reminder, to: p.silent(), deadline: m.StartsAt, days: policy.ReminderDays.Of(r)})
	}
	if p.votesInWriting() {
		all = append(all, chase{
			kind: WrittenReminder, to: p.NotVoted, deadline: *m.WrittenUntil, days: policy.WrittenReminders.Of(r),
		})
	}
	return slices.DeleteFunc(all, func(c chase) bool { return len(c.to) == 0 })
}

// notices gives each member who has not heard of the present state an invitation, or an update when invited before.
func (p Post) notices() []Letter {
	out := []Letter{}
	for _, member := range p.Members {
		last, invited := p.heard(member)
		switch {
		case !invited:
			out = append(out, p.letter(member, Invitation, strconv.Itoa(p.Meeting.NoticeSequence), p.Now))
		case last.Sequence < p.Meeting.NoticeSequence:
			out = append(out, p.letter(member, Update, strconv.Itoa(p.Meeting.NoticeSequence), p.Now))
		}
	}
	return out
}

// cancellations tells everyone who was ever invited; of a meeting that was not convened, who was asked for a date.
func (p Post) cancellations() []Letter {
	out, heard := []Letter{}, Invitation
	if !p.Meeting.Announced() {
		heard = DateAsk
	}
	for _, l := range p.Sent {
		told := p.wrote(l.Member, Cancellation, "0")
		if l.Kind == heard && !told && !has(out, l.Member) {
			out = append(out, p.letter(l.Member, Cancellation, "0", p.Now))
		}
	}
	return out
}

// reminders gives the newest reminder whose time has come; one that was missed by more than a step is not made up
// for, and nobody is reminded of what they were told of only after the reminder's time.
func (p Post) reminders(c chase) []Letter {
	due, ok := latest(c, p.Now)
	if !ok {
		return nil
	}
	day := string(calendar.DateOf(due))
	var out []Letter
	for _, member := range c.to {
		if p.wrote(member, c.kind, day) || p.nudgedOn(member, c.kind, calendar.DateOf(due)) || c.kind == Reminder && !p.toldBefore(member, due) {
			continue
		}
		out = append(out, p.letter(member, c.kind, day, due))
	}
	return out
}

func latest(c chase, now time.Time) (time.Time, bool) {
	var due time.Time
	if !now.Before(c.deadline) {
		return due, false
	}
	for _, days := range c.days {
		if at := Due(c.deadline, days); !at.After(now) && at.After(due) {
			due = at
		}
	}
	return due, !due.IsZero()
}

func (p Post) toldBefore(member domain.ID, due time.Time) bool {
	last, invited := p.heard(member)
	return invited && last.SentAt.Before(due)
}

// heard is the newest notice that a member was sent.
func (p Post) heard(member domain.ID) (Letter, bool) {
	var last Letter
	for _, l := range p.Sent {
		notice := l.Kind == Invitation || l.Kind == Update
		if l.Member == member && notice && (last.Kind == "" || cmp.Compare(l.Sequence, last.Sequence) > 0) {
			last = l
		}
	}
	return last, last.Kind != ""
}

func (p Post) wrote(member domain.ID, kind LetterKind, occasion string) bool {
	return slices.ContainsFunc(p.Sent, func(l Letter) bool {
		return l.Member == member && l.Kind == kind && l.Occasion == occasion
	})
}

func has(letters []Letter, member domain.ID) bool {
	return slices.ContainsFunc(letters, func(l Letter) bool { return l.Member == member })
}

func (p Post) letter(member domain.ID, kind LetterKind, occasion string, due time.Time) Letter {
	return Letter{
		Meeting: p.Meeting.ID, Member: member, Kind: kind, Occasion: occasion,
		Sequence: p.Meeting.NoticeSequence, DueAt: due,
	}
}
