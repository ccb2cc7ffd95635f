package pipeline

import (
	"slices"
	"strconv"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// Due is the day on which a task is due at its gate, with its source; false where nobody is waited for.
func (t Task) Due(last *time.Time, r policy.Rules) (calendar.Date, string, bool) {
	if t.GateAt == nil {
		return "", "", false
	}
	key, from := policy.TaskSherpaDays, *t.GateAt
	switch t.State {
	case Discussing:
	case Refining:
		key = policy.TaskCouncilDays
	case Tabling:
		key = policy.TaskTableDays
	case Returned:
		key = policy.TaskReviseDays
	case Spreading:
		key, from = t.spread(last)
	default:
		return "", "", false
	}
	return calendar.DateOf(from).AddDays(key.Of(r)), key.Cite(r), true
}

// Pending is a task that waits at a gate, with the last report on it.
type Pending struct {
	Task Task
	Last *time.Time
}

// spread is what is due of a selected task: its hub, then report after report.
func (t Task) spread(last *time.Time) (policy.Key[int], time.Time) {
	switch {
	case t.HandedAt == nil:
		return policy.TaskHubDays, *t.GateAt
	case last != nil:
		return policy.TaskReportDays, *last
	}
	return policy.TaskReportDays, *t.HandedAt
}

// LetterKind says what a letter is about.
type LetterKind string

// The letters.
const (
	LetterAsk    LetterKind = "ask"    // to who is to act at the gate
	LetterRemind LetterKind = "remind" // to those of them who have not
	LetterTell   LetterKind = "tell"   // to the proposer: what became of it
)

// Letter is one that went out, or is to.
type Letter struct {
	Task     domain.ID
	To       domain.ID // account
	Kind     LetterKind
	Occasion string // letters, digits and hyphens, as it is part of the letter's identifier
	SentAt   time.Time
	Failure  string // why it never will be delivered
}

func (l Letter) key() Letter {
	return Letter{Task: l.Task, To: l.To, Kind: l.Kind, Occasion: l.Occasion}
}

// Post is everything that the letters of a task depend on.
type Post struct {
	Task     Task
	Waits    []domain.ID // accounts that are waited for at its gate and have not acted
	Proposer []domain.ID // accounts that submit for the organisation that proposes it
	Last     *time.Time  // last report of the hub
	Sent     []Letter
	Now      time.Time
}

// occasion names the stay of the task in its state.
func (p Post) occasion() string {
	return string(p.Task.State) + "-" + strconv.FormatInt(p.since().Unix(), 10)
}

// since is when what is waited for now began to be.
func (p Post) since() time.Time {
	t := p.Task
	switch {
	case t.State != Spreading || t.HandedAt == nil:
		return *t.GateAt
	case p.Last != nil:
		return *p.Last
	}
	return *t.HandedAt
}

// Letters lists those that are due and not sent, in order. Who is asked only now reads the day in that letter and is not
// reminded of days that were before it.
func (p Post) Letters(r policy.Rules) []Letter {
	if p.Task.GateAt == nil {
		return nil
	}
	sent := make(map[Letter]bool, len(p.Sent))
	for _, l := range p.Sent {
		sent[l.key()] = true
	}
	return slices.DeleteFunc(p.wanted(r), func(l Letter) bool {
		known := sent[l]
		sent[l] = true
		return known
	})
}

func (p Post) wanted(r policy.Rules) []Letter {
	var out []Letter
	add := func(to domain.ID, kind LetterKind, occasion string) {
		out = append(out, Letter{Task: p.Task.ID, To: to, Kind: kind, Occasion: occasion})
	}
	if p.Task.tells() {
		for _, to := range p.Proposer {
			add(to, LetterTell, string(p.Task.State)+"-"+strconv.FormatInt(p.Task.GateAt.Unix(), 10))
		}
	}
	day, late := p.reminder(r)
	for _, to := range p.Waits {
		add(to, LetterAsk, p.occasion())
		if late && p.asked(to, day) {
			add(to, LetterRemind, p.occasion()+"-"+string(day))
		}
	}
	return out
}

// tells reports whether the proposer is to be told of the state the task has come into. One that was returned is asked for.
func (t Task) tells() bool {
	return slices.Contains([]State{Refining, Tabling, Spreading, Declined, Finished}, t.State)
}

// asked reports whether somebody was asked before a day.
func (p Post) asked(to domain.ID, day calendar.Date) bool {
	return slices.ContainsFunc(p.Sent, func(l Letter) bool {
		return l.To == to && l.Kind == LetterAsk && l.Occasion == p.occasion() && calendar.DateOf(l.SentAt) < day
	})
}

// reminder is the last day of a reminder that has come, false before the first.
func (p Post) reminder(r policy.Rules) (calendar.Date, bool) {
	var out calendar.Date
	for _, day := range p.reminders(r) {
		if !morning(day).After(p.Now) && day > out {
			out = day
		}
	}
	return out, out != ""
}

// Next is when the next reminder is due, false when there is none.
func (p Post) Next(r policy.Rules) (time.Time, bool) {
	var out time.Time
	for _, day := range p.reminders(r) {
		if at := morning(day); at.After(p.Now) && (out.IsZero() || at.Before(out)) {
			out = at
		}
	}
	return out, !out.IsZero() && len(p.Waits) > 0
}

func (p Post) reminders(r policy.Rules) []calendar.Date {
	due, _, ok := p.Task.Due(p.Last, r)
	if !ok {
		return nil
	}
	var out []calendar.Date
	for _, days := range policy.TaskReminders.Of(r) {
		if day := due.AddDays(-days); day > calendar.DateOf(p.since()) {
			out = append(out, day)
		}
	}
	return out
}

// morning is when people are written to on a day.
func morning(day calendar.Date) time.Time { return day.Time().Add(9 * time.Hour).UTC() }
