package alliance

import (
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// LetterKind says what a letter of a consultation is for.
type LetterKind string

// The kinds of letters.
const (
	LetterAsk    LetterKind = "ask"    // 의견 제출 요청
	LetterMoved  LetterKind = "moved"  // 일정 변경 안내
	LetterRemind LetterKind = "remind" // to organisations that have submitted nothing
	LetterAnswer LetterKind = "answer" // 처리 결과

	LetterSpeaker   LetterKind = "speaker"   // to who signed up to speak: whether, when and where
	LetterWithdrawn LetterKind = "withdrawn" // 취소 안내, to who was asked or had answered
)

// Letter is one letter of a consultation. Consultation, recipient, kind and occasion identify it, so that none is sent for
// a second time once it is known to be sent.
type Letter struct {
	Consultation domain.ID
	To           domain.ID // account; a submission for the answer, and for the withdrawal where it is not of who was asked
	Kind         LetterKind
	Occasion     string // letters, digits and hyphens, as it is part of the letter's identifier; empty for what is sent once
	SentAt       time.Time
	Failure      string // why it never will be delivered
}

// Batch names the mailing that the letter belongs to, whoever it goes to.
func (l Letter) Batch() string { return string(l.Kind) + " " + l.Occasion }

// Same reports whether o is the same letter.
func (l Letter) Same(o Letter) bool { return l.key() == o.key() }

func (l Letter) key() Letter {
	return Letter{Consultation: l.Consultation, To: l.To, Kind: l.Kind, Occasion: l.Occasion}
}

// Addressee is somebody who may submit for an organisation that is asked.
type Addressee struct {
	Account   domain.ID
	Submitted bool // the organisation has
}

// Post is the correspondence of a consultation.
type Post struct {
	Consultation Consultation
	Asked        []Addressee
	Answers      []domain.ID // submissions, once it is answered or withdrawn
	Speakers     []Speaker   // of a hearing that is to come
	Sent         []Letter
	Now          time.Time
}

// Due lists the letters that are due now and were not sent. It depends on the facts alone, so asking twice sends nothing
// twice.
func (p Post) Due(r policy.Rules) []Letter {
	sent := make(map[Letter]bool, len(p.Sent))
	for _, l := range p.Sent {
		sent[l.key()] = true
	}
	// Who acts for two organisations is asked for both, and written to once.
	return slices.DeleteFunc(p.wanted(r), func(l Letter) bool {
		known := sent[l]
		sent[l] = true
		return known
	})
}

// asked is when each account was asked.
func (p Post) asked() map[domain.ID]time.Time {
	out := make(map[domain.ID]time.Time, len(p.Asked))
	for _, l := range p.Sent {
		if l.Kind == LetterAsk {
			out[l.To] = l.SentAt
		}
	}
	return out
}

// told is who is told that it was given up: who was asked and, beside them, the submissions.
func (p Post) told() []domain.ID {
	out := []domain.ID{}
	for _, l := range p.Sent {
		if l.Kind == LetterAsk && l.Failure == "" {
			out = append(out, l.To)
		}
	}
	return append(out, p.Answers...)
}

func (p Post) wanted(r policy.Rules) []Letter {
	c := p.Consultation
	out := []Letter{}
	add := func(to domain.ID, kind LetterKind, occasion string) {
		out = append(out, Letter{Consultation: c.ID, To: to, Kind: kind, Occasion: occasion})
	}
	if c.State == Answered {
		for _, s := range p.Answers {
			add(s, LetterAnswer, "")
		}
	}
	if c.State == Withdrawn && c.WithdrawnAt != nil {
		for _, to := range p.told() {
			add(to, LetterWithdrawn, "")
		}
	}
	if !c.Takes(p.Now) {
		return out
	}
	for _, s := range p.Speakers {
		if s.DecidedAt != nil {
			add(s.ID, LetterSpeaker, s.occasion(c))
		}
	}
	remind, late := p.reminder(r)
	asked := p.asked()
	for _, a := range p.Asked {
		add(a.Account, LetterAsk, "")
		// Whoever is asked only now reads the present dates in that very letter.
		before := func(t time.Time) bool {
			at, ok := asked[a.Account]
			return ok && !at.After(t)
		}
		if c.MovedAt != nil && before(*c.MovedAt) {
			add(a.Account, LetterMoved, c.MovedAt.UTC().Format("20060102T150405Z"))
		}
		if late && !a.Submitted && before(remind) {
			add(a.Account, LetterRemind, string(calendar.DateOf(remind)))
		}
	}
	return out
}

// remindAt is when to remind that many days before the close: at nine in the morning. It is zero where who is asked has
// only just been asked.
func (c Consultation) remindAt(days int) time.Time {
	day := calendar.DateOf(c.ClosesAt).AddDays(-days)
	if c.OpenedAt == nil || day <= calendar.DateOf(*c.OpenedAt) {
		return time.Time{}
	}
	return day.Time().Add(9 * time.Hour).UTC()
}

// reminder is the time of the last reminder that is due, false when none is yet.
func (p Post) reminder(r policy.Rules) (time.Time, bool) {
	var last time.Time
	for _, days := range policy.ConsultationReminders.Of(r) {
		if at := p.Consultation.remindAt(days); !at.After(p.Now) && at.After(last) {
			last = at
		}
	}
	return last, !last.IsZero()
}

// NextReminder is when a reminder will next be due, false when none will be.
func (p Post) NextReminder(r policy.Rules) (time.Time, bool) {
	var next time.Time
	for _, days := range policy.ConsultationReminders.Of(r) {
		if at := p.Consultation.remindAt(days); at.After(p.Now) && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	return next, p.Consultation.Takes(p.Now) && !next.IsZero()
}
