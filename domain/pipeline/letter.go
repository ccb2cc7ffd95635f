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
	case Sandbox:
		key = policy.RegulationSandboxDays
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

	LetterReply    LetterKind = "reply"    // to who made a request: the reply of the law
	LetterExtended LetterKind = "extended" // to who made a request: the reply is put off
	LetterOwe      LetterKind = "owe"      // to the staff: a request came in, and later that its reply is due
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
	Staff    []domain.ID // accounts that reply to requests
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
	p.replies(r, add)
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
	if t.RepliedAt != nil && t.GateAt.Equal(*t.RepliedAt) {
		return false // the reply says it
	}
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
	if len(p.Waits) == 0 {
		out = time.Time{}
	}
	if at, owed := p.nextOwed(r); owed && (out.IsZero() || at.Before(out)) {
		out = at
	}
	return out, !out.IsZero()
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

// replies are the letters about the reply to a request.
func (p Post) replies(r policy.Rules, add func(domain.ID, LetterKind, string)) {
	for _, to := range p.Proposer {
		switch {
		case p.Task.RepliedAt != nil:
			add(to, LetterReply, "reply")
		case p.Task.ExtendedAt != nil && p.Task.OwesReply():
			add(to, LetterExtended, "extended")
		}
	}
	due, _, owed := p.Task.ReplyBy(r)
	if !owed {
		return
	}
	last := "received"
	for _, day := range owedDays(due, r) {
		if !morning(day).After(p.Now) {
			last = string(due) + "-" + string(day)
		}
	}
	for _, to := range p.Staff {
		add(to, LetterOwe, last)
	}
}

// owedDays are the days on which the staff is reminded of a reply, in order.
func owedDays(due calendar.Date, r policy.Rules) []calendar.Date {
	var out []calendar.Date
	for _, days := range policy.TaskReminders.Of(r) {
		out = append(out, due.AddDays(-days))
	}
	slices.Sort(out)
	return out
}

// nextOwed is when the staff is next reminded of a reply, false when it is not.
func (p Post) nextOwed(r policy.Rules) (time.Time, bool) {
	due, _, owed := p.Task.ReplyBy(r)
	if !owed || len(p.Staff) == 0 {
		return time.Time{}, false
	}
	for _, day := range owedDays(due, r) {
		if at := morning(day); at.After(p.Now) {
			return at, true
		}
	}
	return time.Time{}, false
}
