package workflows

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/meeting"
	"secretariat/service/convening"
	"secretariat/service/sweeping"
)

const theMeeting domain.ID = "m1"

// day is an hour of November 2026 in Seoul; days beyond 30 run into the months after.
func day(d, hour int) time.Time { return time.Date(2026, 11, d, hour, 0, 0, 0, calendar.Seoul) }

// world is a naive record of one meeting that fulfils every port. Persons' acts change its fields, the workflow its rest.
type world struct {
	mu  sync.Mutex
	now func() time.Time

	pace Pace // of a real clock; nil where time is skipped

	state                                          meeting.State
	starts, until                                  time.Time // until: of a written deliberation
	sequence, told                                 int       // notices that are due and that were given
	asking                                         int       // letters on candidate dates that are due
	answered, frozen                               bool
	voted                                          bool
	ended                                          time.Time
	issued, drafted, circulated, signed, published bool
	action                                         time.Time // when the follow-up is due, zero when there is none or it is done
	reminded                                       []string
	called                                         bool // cancelled, and everybody knows

	log   []string           // what the workflow did, with the day
	fail  map[Step][]error   // failures to come, by step
	open  map[string]int     // open incidents by step, with their count
	owner map[domain.ID]bool // committees that were examined
}

func newWorld() *world {
	return &world{
		state: meeting.Planned, starts: day(25, 15), sequence: 1, fail: map[Step][]error{}, open: map[string]int{},
		owner: map[domain.ID]bool{},
	}
}

func (w *world) activities() Activities {
	return Activities{
		Cases: w, Letters: w, Consultations: newAsking(), Calls: newCalling(), Plans: newCycling(), Tasks: newPassage(), Surveys: newAssessing(), Booklets: newBinding(), Papers: papersOf{w}, Window: w, Minutes: w, Documents: w, Duties: w, Incidents: w, Pace: w,
	}
}

// overtaking is a failure because a person published the minutes in the same moment.
type overtaking struct{ error }

func (o overtaking) Unwrap() error { return o.error }

// change does a person's act.
func (w *world) change(act func(*world)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	act(w)
}

// did notes that the workflow did something, unless it is to fail.
func (w *world) did(ctx context.Context, s Step, act func()) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if coming := w.fail[s]; len(coming) > 0 {
		w.fail[s] = coming[1:]
		if _, published := coming[0].(overtaking); published {
			w.published = true
		}
		if coming[0] != nil {
			return coming[0]
		}
	}
	if act != nil {
		act()
	}
	if s != StepStand {
		at := w.now().In(calendar.Seoul)
		w.log = append(w.log, fmt.Sprintf("%s %s", at.Format("01-02"), s))
	}
	return ctx.Err()
}

func (w *world) Wall(until time.Time) time.Duration {
	if w.pace != nil {
		return w.pace.Wall(until)
	}
	return max(until.Sub(w.now()), 0)
}

func (w *world) Stand(ctx context.Context, _ domain.Actor, in convening.StandInput) (s convening.Standing, err error) {
	err = w.did(ctx, StepStand, func() { s = w.standing(in.Meeting) })
	return s, err
}

func (w *world) standing(id domain.ID) convening.Standing {
	s := convening.Standing{Meeting: id, Committee: "c1", State: w.state, Stage: w.stage(), At: w.now()}
	add := func(name convening.DeadlineName, at time.Time) {
		s.Deadlines = append(s.Deadlines, convening.Deadline{Name: name, At: at})
	}
	switch s.Stage {
	case convening.StageConvening:
		add(convening.DeadlineNotice, w.starts.AddDate(0, 0, -15))
	case convening.StageNotice, convening.StageAnswering:
		add(convening.DeadlineStart, w.starts)
		if !w.frozen {
			add(convening.DeadlinePapersFreeze, w.starts.AddDate(0, 0, -2))
		}
	case convening.StageWrittenWindow:
		add(convening.DeadlineWrittenClose, w.until)
	case convening.StageMinutes, convening.StageSigning, convening.StagePublishing:
		add(convening.DeadlinePublish, w.ended.AddDate(0, 0, 10))
		if !w.signed {
			add(convening.DeadlineSign, w.ended.AddDate(0, 0, 7))
		}
	case convening.StageFollowUp:
		add(convening.DeadlineAction, w.action)
	}
	if w.drafted {
		s.Minutes = "min1"
	}
	w.letters(&s, add)
	slices.SortStableFunc(s.Deadlines, func(a, b convening.Deadline) int { return a.At.Compare(b.At) })
	return s
}

// letters counts what is due and gives the next reminder: three before the meeting, one a day before the other deadlines.
func (w *world) letters(s *convening.Standing, add func(convening.DeadlineName, time.Time)) {
	if s.Stage == convening.StageNotice || s.Stage == convening.StageCancelled && w.told > 0 && !w.called {
		s.Letters++
	}
	if s.Stage == convening.StageConvening {
		s.Letters += w.asking
	}
	for _, at := range w.reminders(s.Stage) {
		name := at.In(calendar.Seoul).Format("01-02")
		switch {
		case at.After(w.now()):
			add(convening.DeadlineReminder, at)
		case !slices.Contains(w.reminded, name):
			s.Letters++
		}
	}
}

func (w *world) reminders(stage convening.Stage) []time.Time {
	before := func(at time.Time, days ...int) (out []time.Time) {
		for _, d := range days {
			out = append(out, at.AddDate(0, 0, -d))
		}
		return out
	}
	switch {
	case stage == convening.StageAnswering && !w.answered:
		return before(w.starts, 7, 3, 1)
	case stage == convening.StageWrittenWindow && !w.voted:
		return before(w.until, 1)
	case stage == convening.StageSigning:
		return before(w.ended.AddDate(0, 0, 7), 2)
	}
	return nil
}

func (w *world) stage() convening.Stage {
	begun := !w.now().Before(w.starts)
	switch {
	case w.state == meeting.Planned:
		return convening.StageConvening
	case w.state == meeting.Cancelled:
		return convening.StageCancelled
	case w.state == meeting.Adjourned:
		return w.afterwards()
	case begun && !w.until.IsZero():
		return convening.StageWrittenWindow
	case begun:
		return convening.StageSession
	case w.told < w.sequence:
		return convening.StageNotice
	}
	return convening.StageAnswering
}

func (w *world) afterwards() convening.Stage {
	switch {
	case !w.circulated:
		return convening.StageMinutes
	case !w.published && w.signed:
		return convening.StagePublishing
	case !w.published:
		return convening.StageSigning
	case !w.action.IsZero():
		return convening.StageFollowUp
	}
	return convening.StageDone
}

func (w *world) SendDue(ctx context.Context, _ domain.Actor, id domain.ID) error {
	return w.did(ctx, StepSendLetters, func() {
		stage := w.stage()
		if stage == convening.StageConvening {
			w.asking = 0
			return
		}
		for _, at := range w.reminders(stage) {
			if name := at.In(calendar.Seoul).Format("01-02"); !at.After(w.now()) && !slices.Contains(w.reminded, name) {
				w.reminded = append(w.reminded, name)
			}
		}
		w.called = stage == convening.StageCancelled
		w.told = w.sequence
	})
}

type papersOf struct{ *world }

func (p papersOf) Freeze(ctx context.Context, _ domain.Actor, _ domain.ID) error {
	return p.did(ctx, StepFreezePapers, func() { p.frozen = true })
}

func (w *world) Close(ctx context.Context, _ domain.Actor, _ domain.ID) error {
	return w.did(ctx, StepCloseWindow, func() { w.state, w.ended = meeting.Adjourned, w.now() })
}

func (w *world) IssueDecisions(ctx context.Context, _ domain.Actor, _ domain.ID) error {
	return w.did(ctx, StepIssueDecisions, func() { w.issued = true })
}

func (w *world) Draft(ctx context.Context, _ domain.Actor, _ domain.ID) error {
	return w.did(ctx, StepDraftMinutes, func() { w.drafted = true })
}

func (w *world) Publish(ctx context.Context, _ domain.Actor, id domain.ID) error {
	if id != "min1" {
		return domain.NotFound("minutes")
	}
	return w.did(ctx, StepPublishMinutes, func() { w.published = true })
}

func (w *world) FileNotice(ctx context.Context, _ domain.Actor, _ domain.ID) error {
	return w.did(ctx, StepFileNotice, nil)
}

func (w *world) FileDecisions(ctx context.Context, _ domain.Actor, _ domain.ID) error {
	return w.did(ctx, StepFileDecisions, nil)
}

func (w *world) FileMinutes(ctx context.Context, _ domain.Actor, _ domain.ID) error {
	return w.did(ctx, StepFileMinutes, nil)
}

func (w *world) Examine(ctx context.Context, _ domain.Actor, in sweeping.ExamineInput) (sweeping.Examined, error) {
	return sweeping.Examined{}, w.did(ctx, StepExamineDuties, func() { w.owner[in.Committee] = true })
}

func (w *world) Sweep(ctx context.Context, _ domain.Actor) (sweeping.Examined, error) {
	return sweeping.Examined{}, w.did(ctx, StepSweepDuties, nil)
}

func (w *world) Record(ctx context.Context, _ domain.Actor, in sweeping.IncidentInput) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.open[in.Step]++
	w.log = append(w.log, strings.Join([]string{w.now().In(calendar.Seoul).Format("01-02"), "incident", in.Step, in.Code, in.Key}, " "))
	return nil
}

func (w *world) Settle(_ context.Context, _ domain.Actor, in sweeping.IncidentInput) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.open, in.Step)
	return nil
}
