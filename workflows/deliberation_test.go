package workflows

import (
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/meeting"
	"secretariat/service/convening"

	"github.com/google/go-cmp/cmp"
	"go.temporal.io/sdk/converter"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// act is what a person does at a time; the database's signal follows it.
type act struct {
	at time.Time
	do func(*world)
}

// performance is one case played from the beginning to its end, run after run.
type performance struct {
	t      *testing.T
	world  *world
	now    time.Time
	script []act
	cases  []Case // what each run handed to the next
}

func (p *performance) play(c Case) {
	p.t.Helper()
	for range 200 {
		next, over := p.run(c)
		if over {
			return
		}
		c = next
		p.cases = append(p.cases, c)
	}
	p.t.Fatalf("the case does not end:\n%s", strings.Join(p.world.log, "\n"))
}

// run plays one run in an environment of its own, as a server would start it from what the run before handed on.
func (p *performance) run(c Case) (Case, bool) {
	p.t.Helper()
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler)))
	env := suite.NewTestWorkflowEnvironment()
	env.SetWorkerOptions(worker.Options{DeadlockDetectionTimeout: stuck})
	env.SetTestTimeout(time.Minute)
	env.SetStartTime(p.now)
	registerWorkflows(env)
	p.world.activities().register(env)
	p.world.now = env.Now
	done := 0
	for _, a := range p.script {
		env.RegisterDelayedCallback(func() {
			done++
			p.world.change(a.do)
			env.SignalWorkflow(SignalLookAgain, nil)
		}, max(a.at.Sub(p.now), 0))
	}
	env.ExecuteWorkflow(TypeDeliberation, c)
	p.script, p.now = p.script[done:], env.Now()
	return p.handedOn(env.GetWorkflowError())
}

func (p *performance) handedOn(err error) (Case, bool) {
	p.t.Helper()
	if err == nil {
		return Case{}, true
	}
	var onward *workflow.ContinueAsNewError
	if !errors.As(err, &onward) {
		p.t.Fatalf("the workflow died: %v", err)
	}
	var c Case
	if err := converter.GetDefaultDataConverter().FromPayloads(onward.Input, &c); err != nil {
		p.t.Fatal(err)
	}
	return c, false
}

func perform(t *testing.T, w *world, script ...act) *performance {
	t.Helper()
	p := &performance{t: t, world: w, now: day(2, 9), script: script}
	p.play(Case{ID: theMeeting})
	return p
}

func convene(w *world)   { w.state = meeting.Convened }
func circulate(w *world) { w.circulated = true }
func sign(w *world)      { w.signed = true }
func publish(w *world)   { w.published = true }
func adjourn(w *world)   { w.state, w.ended = meeting.Adjourned, w.now() }
func open(w *world)      { w.state = meeting.Open }

func expect(t *testing.T, w *world, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, w.log); diff != "" {
		t.Errorf("what the workflow did (-want +got):\n%s", diff)
	}
}

// TestMembersAreWrittenToAboutDatesBeforeTheNotice asks, reminds and tells while the meeting is planned, also after the
// last lawful day for the notice, when the staff is chased too.
func TestMembersAreWrittenToAboutDatesBeforeTheNotice(t *testing.T) {
	t.Parallel()
	w := newWorld()
	ask := func(w *world) { w.asking = 3 }
	perform(t, w,
		act{day(3, 10), ask}, act{day(4, 10), ask},
		act{day(12, 10), ask}, // the last lawful day was the 10th
		act{day(13, 10), func(w *world) { w.starts = day(40, 15); ask(w) }},
		act{day(14, 10), func(w *world) { w.state = meeting.Cancelled }},
	)
	expect(t, w,
		"11-03 notice.send", "11-04 notice.send", "11-10 duty.examine", "11-12 notice.send", "11-13 notice.send")
}

func TestMeetingFromPlanToFollowUp(t *testing.T) {
	t.Parallel()
	w := newWorld()
	p := perform(t, w,
		act{day(5, 10), convene},
		act{day(25, 15), open},
		act{day(25, 17), func(w *world) { adjourn(w); w.action = day(80, 18) }},
		act{day(27, 10), circulate},
		act{day(29, 10), sign},
		act{day(100, 9), func(w *world) { w.action = time.Time{} }},
	)
	expect(t, w,
		"11-05 document.file.notice", "11-05 notice.send",
		"11-18 notice.send", "11-22 notice.send",
		"11-23 papers.freeze", "11-23 document.file.notice",
		"11-24 notice.send",
		"11-25 decision.issue", "11-25 document.file.decisions", "11-25 minutes.draft",
		"11-29 duty.examine",
		"12-05 minutes.publish", "12-05 document.file.minutes",
		"12-05 document.file.decisions", "12-05 document.file.minutes",
		"01-04 document.file.decisions", "01-04 document.file.minutes", // a nap of 30 days was over, and a new run files and chases again
		"01-19 duty.examine",
		"02-03 document.file.decisions", "02-03 document.file.minutes", "02-03 duty.examine",
		"02-08 document.file.decisions", "02-08 document.file.minutes", "02-08 duty.examine",
	)
	if diff := cmp.Diff([]string{"11-18", "11-22", "11-24"}, w.reminded); diff != "" {
		t.Errorf("reminders (-want +got):\n%s", diff)
	}
	stages := []convening.Stage{}
	for _, c := range p.cases {
		stages = append(stages, c.Stage)
	}
	for _, want := range []convening.Stage{
		convening.StageConvening, convening.StageNotice, convening.StageAnswering, convening.StageSession, convening.StageMinutes,
		convening.StageSigning, convening.StagePublishing, convening.StageFollowUp,
	} {
		if !slices.Contains(stages, want) {
			t.Errorf("no run handed on in stage %s: %v", want, stages)
		}
	}
}

func TestWhoHasAnsweredIsNotReminded(t *testing.T) {
	t.Parallel()
	w := newWorld()
	perform(t, w,
		act{day(5, 10), convene}, act{day(19, 9), func(w *world) { w.answered = true }},
		act{day(25, 15), adjourn}, act{day(26, 10), func(w *world) { circulate(w); sign(w); publish(w) }})
	if diff := cmp.Diff([]string{"11-18"}, w.reminded); diff != "" {
		t.Errorf("reminders (-want +got):\n%s", diff)
	}
}

func TestWrittenMeetingIsClosedAtItsDeadline(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.until = day(30, 18)
	perform(t, w,
		act{day(5, 10), func(w *world) { convene(w); w.answered, w.frozen = true, true }}, act{day(25, 15), open},
		act{day(32, 10), func(w *world) { circulate(w); sign(w); publish(w) }})
	expect(t, w,
		"11-05 document.file.notice", "11-05 notice.send", "11-29 notice.send", "11-30 written.close",
		"11-30 decision.issue", "11-30 document.file.decisions", "11-30 minutes.draft",
		"12-02 document.file.decisions", "12-02 document.file.minutes", "12-02 duty.examine",
	)
}

func TestCancelledMeetingTellsWhoWasInvited(t *testing.T) {
	t.Parallel()
	w := newWorld()
	perform(t, w, act{day(5, 10), convene}, act{day(7, 10), func(w *world) { w.state = meeting.Cancelled }})
	expect(t, w, "11-05 document.file.notice", "11-05 notice.send", "11-07 notice.send")

	unknown := newWorld()
	perform(t, unknown, act{day(3, 10), func(w *world) { w.state = meeting.Cancelled }})
	expect(t, unknown)
}

func TestCorrectedDateMovesTheDeadlines(t *testing.T) {
	t.Parallel()
	w := newWorld()
	perform(t, w,
		act{day(5, 10), convene},
		act{day(17, 10), func(w *world) { w.starts, w.sequence = day(40, 10), 2 }},
		act{day(40, 12), adjourn}, act{day(41, 10), func(w *world) { circulate(w); sign(w); publish(w) }})
	if diff := cmp.Diff([]string{"12-03", "12-07", "12-09"}, w.reminded); diff != "" {
		t.Errorf("reminders of the old date, or none of the new one (-want +got):\n%s", diff)
	}
	if !slices.Contains(w.log, "11-17 notice.send") || !slices.Contains(w.log, "12-08 papers.freeze") {
		t.Errorf("members were not told, or papers were fixed for the old date: %v", w.log)
	}
}

func TestFailureIsRecordedAndTheCaseGoesOn(t *testing.T) {
	t.Parallel()
	w := newWorld()
	refused := domain.Refused("document.number_taken", "기록물령 20", nil)
	refused.Err = errors.New("김철수 kim@example.org")
	w.fail[StepFileNotice] = []error{refused, refused}
	w.fail[StepSendLetters] = []error{domain.Conflict("stale mail", nil)}
	perform(t, w, act{day(5, 10), convene}, act{day(6, 10), func(w *world) { w.state = meeting.Cancelled }})
	expect(t, w,
		"11-05 incident document.file.notice refused document.number_taken",
		"11-05 incident document.file.notice refused document.number_taken",
		"11-05 document.file.notice",
		"11-05 incident notice.send conflict stale mail",
		"11-05 document.file.notice", "11-05 notice.send",
		"11-06 notice.send")
	if len(w.open) != 0 {
		t.Errorf("incidents stay open: %v", w.open)
	}
}

func TestWhatPassesIsTriedAgainBeforeItIsRecorded(t *testing.T) {
	t.Parallel()
	w := newWorld()
	away := errors.New("dial tcp 10.0.0.7: refused")
	w.fail[StepStand] = []error{away, away, away}
	w.fail[StepFileNotice] = slices.Repeat([]error{away}, 9)
	perform(t, w, act{day(5, 10), convene}, act{day(6, 10), func(w *world) { w.state = meeting.Cancelled }})
	expect(t, w,
		"11-05 incident document.file.notice internal internal",
		"11-05 document.file.notice", "11-05 notice.send", "11-06 notice.send")
}

func TestUnsignedMinutesAreEscalatedAndNotPublished(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.state, w.ended, w.issued, w.drafted, w.circulated = meeting.Adjourned, day(2, 8), true, true, true
	perform(t, w, act{day(14, 10), sign})
	expect(t, w,
		"11-07 notice.send", "11-09 duty.examine", "11-12 duty.examine", // to sign, to publish
		"11-14 minutes.publish", "11-14 document.file.minutes",
		"11-14 document.file.decisions", "11-14 document.file.minutes", "11-14 duty.examine")
}

// TestAfreshInEveryStage starts a workflow that knows nothing of the case, as after a loss of the engine's state.
func TestAfreshInEveryStage(t *testing.T) {
	t.Parallel()
	end := act{day(90, 9), func(w *world) {
		w.state, w.ended = meeting.Adjourned, day(89, 9)
		w.circulated, w.signed, w.published, w.action = true, true, true, time.Time{}
	}}
	cancel := act{day(90, 9), func(w *world) { w.state = meeting.Cancelled }}
	stages := map[convening.Stage]struct {
		set func(*world)
		end act
	}{
		convening.StageConvening:     {func(*world) {}, cancel},
		convening.StageNotice:        {convene, cancel},
		convening.StageAnswering:     {func(w *world) { convene(w); w.told = 1 }, cancel},
		convening.StageSession:       {func(w *world) { open(w); w.told, w.starts = 1, day(2, 8) }, end},
		convening.StageWrittenWindow: {func(w *world) { open(w); w.told, w.starts, w.until = 1, day(2, 8), day(9, 18) }, end},
		convening.StageMinutes:       {func(w *world) { w.state, w.ended = meeting.Adjourned, day(1, 9) }, end},
		convening.StageSigning: {func(w *world) {
			w.state, w.ended, w.drafted, w.circulated = meeting.Adjourned, day(1, 9), true, true
		}, end},
		convening.StagePublishing: {func(w *world) {
			w.state, w.ended, w.drafted, w.circulated, w.signed = meeting.Adjourned, day(1, 9), true, true, true
		}, end},
		convening.StageFollowUp: {func(w *world) {
			w.state, w.ended, w.drafted, w.circulated, w.signed = meeting.Adjourned, day(1, 9), true, true, true
			w.published, w.action = true, day(20, 9)
		}, end},
	}
	for stage, s := range stages {
		t.Run(string(stage), func(t *testing.T) {
			t.Parallel()
			w := newWorld()
			w.now = func() time.Time { return day(2, 9) }
			s.set(w)
			if got := w.stage(); got != stage {
				t.Fatalf("the world is in stage %s", got)
			}
			p := perform(t, w, s.end)
			if len(p.cases) == 0 || p.cases[0].Stage != stage {
				t.Errorf("the first run handed on %v", p.cases)
			}
			for _, c := range p.cases {
				if c.ID != theMeeting {
					t.Errorf("a run handed on case %q", c.ID)
				}
			}
			if len(w.open) > 0 {
				t.Errorf("open incidents %v", w.open)
			}
		})
	}
}

// TestStateOfAnyReleaseIsRead holds what a run hands on to identifiers and stage, in names that never change.
func TestStateOfAnyReleaseIsRead(t *testing.T) {
	t.Parallel()
	got, err := json.Marshal(Case{ID: "m1", Stage: convening.StageSigning})
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"id":"m1","stage":"signing"}`; string(got) != want {
		t.Errorf("a case is written as %s, want %s", got, want)
	}
}

// TestOvertakenStepIsNoIncident lets the secretary publish in the moment in which the workflow does.
func TestOvertakenStepIsNoIncident(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.state, w.ended, w.drafted, w.circulated, w.signed = meeting.Adjourned, day(2, 8), true, true, true
	w.fail[StepPublishMinutes] = []error{overtaking{domain.Conflict("minutes.published", nil)}}
	perform(t, w)
	expect(t, w, "11-02 duty.examine", "11-11 document.file.decisions", "11-11 document.file.minutes", "11-11 duty.examine")
}
