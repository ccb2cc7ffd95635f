package selection

import (
	"strconv"
	"strings"
	"time"

	"secretariat/domain"
)

// LetterKind says what a letter of a selection is for.
type LetterKind string

// The kinds of letters.
const (
	LetterEvaluate         LetterKind = "evaluate"          // to who was drawn
	LetterRemind           LetterKind = "remind"            // to who was drawn and has not submitted
	LetterResult           LetterKind = "result"            // to every applicant, with its own result
	LetterAnswer           LetterKind = "answer"            // to who objected
	LetterAgain            LetterKind = "again"             // to the panel: look at an application again
	LetterRemoved          LetterKind = "removed"           // to who was taken off the panel
	LetterChanged          LetterKind = "changed"           // to an applicant whose result a later ranking changes
	LetterOwed             LetterKind = "owed"              // to a firm: what it owes under its agreement
	LetterPromoted         LetterKind = "promoted"          // to who moves up from the reserve
	LetterEnding           LetterKind = "ending"            // to a firm: its agreement is to be ended, what does it say
	LetterEnded            LetterKind = "ended"             // ... what was decided on that
	LetterSupplement       LetterKind = "supplement"        // to an applicant who is asked for a supplement
	LetterSupplementRemind LetterKind = "supplement_remind" // ... who has not answered
)

// Letter is one letter of a selection. Call, recipient and kind identify it, so that none is sent for a second time once it is
// known to be sent.
type Letter struct {
	Call    domain.ID
	To      domain.ID // account of an evaluator, application, or objection; may be two of them, see About
	Kind    LetterKind
	SentAt  time.Time
	Failure string // why it never will be delivered
}

// About names somebody in a matter that may come again: the application of the second announcement, an evaluator asked for the
// third time.
func About(who, matter domain.ID) domain.ID { return who + "." + matter }

// Who is somebody whom About named.
func (l Letter) Who() domain.ID {
	who, _, _ := strings.Cut(string(l.To), ".")
	return domain.ID(who)
}

// Matter is in what About named them.
func (l Letter) Matter() domain.ID {
	_, matter, _ := strings.Cut(string(l.To), ".")
	return domain.ID(matter)
}

// On reports whether a reminder is of a duty.
func (l Letter) On(d Duty) bool {
	return strings.HasPrefix(string(l.Matter()), string(d.Kind)+"-"+strconv.Itoa(d.Year)+"-"+string(d.Due)+"-")
}

// Correspondence is what the letters of a call follow from.
type Correspondence struct {
	Call         Call
	Panel        []Evaluator
	Applications []Application
	Objections   []Objection
	Reopenings   []Reopening
	Announced    Ranking            // the last that was made known
	Late         map[domain.ID]bool // accounts of the panel that have to be reminded now of their sheets
	Owed         []Letter           // reminders of agreements whose time has come
	Agreements   []Agreement        // of which notices of their end were given
	Supplements  []Supplement
	Now          time.Time
	Sent         []Letter
}

// Due lists the letters that are due and were not sent: to the panel while it evaluates, to those of it who are late, and when it has to look at something
// again; to whoever was taken off it; to every applicant once the result is announced, and to those concerned when a later ranking
// changes it; to whose objection was answered.
func (c Correspondence) Due() []Letter {
	gone := map[Letter]bool{}
	for _, l := range c.Sent {
		gone[Letter{Call: l.Call, To: l.To, Kind: l.Kind}] = true
	}
	out := []Letter{}
	add := func(to domain.ID, kind LetterKind) {
		if l := (Letter{Call: c.Call.ID, To: to, Kind: kind}); !gone[l] {
			out = append(out, l)
		}
	}
	c.toPanel(add)
	for _, s := range c.Supplements {
		if !s.Open(c.Now) {
			continue
		}
		add(s.ID, LetterSupplement)
		if s.RemindAt.After(s.AskedAt) && !c.Now.Before(s.RemindAt) {
			add(s.ID, LetterSupplementRemind)
		}
	}
	for _, x := range c.Applications {
		if c.Call.AnnouncedAt != nil && x.State != Draft && x.State != Withdrawn {
			add(x.ID, LetterResult)
		}
	}
	for _, id := range c.Announced.Notified() {
		add(About(id, domain.ID(strconv.Itoa(c.Announced.Version))), LetterChanged)
	}
	for _, o := range c.Objections {
		if o.AnsweredAt != nil {
			add(o.ID, LetterAnswer)
		}
	}
	for _, x := range c.Applications {
		if x.Promoted && x.PromotedAt != nil {
			add(x.ID, LetterPromoted)
		}
	}
	for _, a := range c.Agreements {
		for i, x := range a.Terminations {
			notice := About(a.ID, domain.ID(strconv.Itoa(i+1)))
			if add(notice, LetterEnding); x.Outcome != "" {
				add(notice, LetterEnded)
			}
		}
	}
	for _, l := range c.Owed {
		add(l.To, l.Kind)
	}
	return out
}

func (c Correspondence) toPanel(add func(domain.ID, LetterKind)) {
	if c.Call.State != Evaluating {
		return
	}
	applicants := map[domain.ID]domain.ID{}
	for _, x := range c.Applications {
		applicants[x.ID] = x.Organisation
	}
	for _, e := range c.Panel {
		if e.Sits && e.Removed != "" {
			add(e.Account, LetterRemoved)
		}
		if !e.Sits || e.Removed != "" {
			continue
		}
		add(e.Account, LetterEvaluate)
		if c.Late[e.Account] {
			add(e.Account, LetterRemind)
		}
		for _, r := range c.Reopenings {
			asks := r.Ranking == 0 && (r.Remedy == Rescore || r.Remedy == Admit)
			if asks && e.Candidate.Conflicted(applicants[r.Application]) == "" {
				add(About(e.Account, r.ID), LetterAgain)
			}
		}
	}
}
