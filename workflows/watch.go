package workflows

import (
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/service"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

// blindRest is how long a workflow rests that could not learn where its case stands.
const blindRest = 10 * time.Minute

// watch is one run of the workflow of a case: it looks where the case stands, does what is due, waits for a signal or a deadline,
// and looks again, until the stage is over or the run has lasted long enough. Then it continues as new.
type watch struct {
	kase    Case
	kind    string // of the case
	stand   Step   // asks where it stands
	signals workflow.ReceiveChannel
	began   time.Time

	stage    service.Stage // of this run, empty before the first look
	at       Standing      // as last looked
	seen     time.Time     // when, by the workflow's clock
	blind    bool          // the last look failed
	acted    bool          // something was done since the last look
	prepared bool          // what a stage does first has been done in this run
	told     []Wait        // deadlines that had come when last chased in this run
	over     bool          // the case has ended

	signalled bool // the last sleep ended with a signal
}

func (w *watch) begin(ctx workflow.Context) error {
	w.signals = workflow.GetSignalChannel(ctx, SignalLookAgain)
	w.began = workflow.Now(ctx)
	return workflow.SetQueryHandler(ctx, QueryStage, func() (Case, error) { return w.kase, nil })
}

// follow runs the stage's method until the case leaves the stage. It returns an error only when the workflow is cancelled.
func (w *watch) follow(ctx workflow.Context, stage func(workflow.Context) error) error {
	for !w.over && !w.tired(ctx) {
		before := w.at
		if err := w.look(ctx); err != nil {
			return err
		}
		switch {
		case w.blind:
			continue
		case w.stage != "" && w.at.Stage != w.stage:
			return w.onward(ctx)
		case w.acted && w.at.same(before):
			// What was done moved nothing. To do it at once again would only be a loop.
			w.acted = false
			if err := w.rest(ctx); err != nil {
				return err
			}
			continue
		}
		w.stage, w.acted = w.at.Stage, false
		if err := w.show(ctx); err != nil {
			return err
		}
		if err := stage(ctx); err != nil {
			return err
		}
	}
	return w.onward(ctx)
}

// tired reports whether the run has lasted long enough.
func (w *watch) tired(ctx workflow.Context) bool {
	info := workflow.GetInfo(ctx)
	return workflow.Now(ctx).Sub(w.began) >= longestRun ||
		info.GetContinueAsNewSuggested() || info.GetCurrentHistoryLength() >= longestHistory
}

// look asks where the case stands. What was signalled before is covered by it; what is signalled meanwhile is not.
func (w *watch) look(ctx workflow.Context) error {
	w.drain()
	var at Standing
	if err := w.execute(ctx, w.stand, &at); err != nil {
		w.blind = true
		return w.failed(ctx, w.stand, err)
	}
	w.at, w.seen, w.blind = at, workflow.Now(ctx), false
	return nil
}

// show puts the stage where people look for it.
func (w *watch) show(ctx workflow.Context) error {
	if w.kase.Stage == w.at.Stage {
		return nil
	}
	w.kase.Stage = w.at.Stage
	return workflow.UpsertTypedSearchAttributes(ctx,
		keyStage.ValueSet(string(w.at.Stage)), keyCommittee.ValueSet(string(w.at.Committee)))
}

// do does steps in their order. When one fails it is recorded, and the workflow rests before it looks again.
func (w *watch) do(ctx workflow.Context, steps ...Step) error {
	ok, err := w.all(ctx, steps)
	w.acted = ok
	return err
}

// prepare does what a stage does first, once in a run; it need not change where the case stands.
func (w *watch) prepare(ctx workflow.Context, steps ...Step) error {
	ok, err := w.all(ctx, steps)
	w.prepared = ok
	return err
}

// chase has what is owed put before the staff, once in a run for each deadline that has come.
func (w *watch) chase(ctx workflow.Context) error {
	ok, err := w.all(ctx, []Step{StepExamineDuties})
	if ok {
		w.told = w.at.passed()
	}
	return err
}

// first reports whether what the stage does first is still to be done in this run.
func (w *watch) first() bool { return !w.prepared }

func (w *watch) all(ctx workflow.Context, steps []Step) (bool, error) {
	for _, s := range steps {
		if err := w.execute(ctx, s, nil); err != nil {
			return false, w.failed(ctx, s, err)
		}
	}
	return true, nil
}

func (w *watch) execute(ctx workflow.Context, s Step, answer any) error {
	task := Task{Case: w.kase.ID, Committee: w.at.Committee, Minutes: w.at.Minutes, Occasion: w.at.occasion(s)}
	return workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, optionsOf(s)), string(s), task).Get(ctx, answer)
}

// failed records that a step failed and rests, unless the workflow itself is cancelled. That the record could not be written
// must not end the case either: the step fails again and is then recorded.
func (w *watch) failed(ctx workflow.Context, s Step, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if s != w.stand {
		if overtaken, err := w.overtaken(ctx, err); overtaken || err != nil {
			return err
		}
	}
	if recorded := recordIncident(ctx, w.kind, w.kase.ID, s, err); recorded != nil && ctx.Err() == nil {
		workflow.GetLogger(ctx).Error("an incident could not be recorded", "step", string(s))
	}
	return w.rest(ctx)
}

// overtaken reports whether a step was in conflict with what somebody else did meanwhile, such as the same by hand.
func (w *watch) overtaken(ctx workflow.Context, err error) (bool, error) {
	if code, _ := reasonOf(err); code != string(domain.CodeConflict) {
		return false, nil
	}
	before := w.at
	looked := w.look(ctx)
	return looked == nil && !w.blind && !w.at.same(before), looked
}

// rest waits before a try is repeated: for a signal, the next deadline, or an hour of the case at most.
func (w *watch) rest(ctx workflow.Context) error {
	pause := w.at.Hour
	if w.blind || pause <= 0 {
		pause = blindRest
	}
	if left, any := w.next(ctx, nil); any {
		pause = min(pause, left)
	}
	return w.sleep(ctx, pause)
}

// due reports whether a deadline is there and has come.
func (w *watch) due(name service.DeadlineName) bool {
	return slices.ContainsFunc(w.at.Waits, func(d Wait) bool { return d.Name == name && d.Left <= 0 })
}

// passed reports whether one of the deadlines has come and was not chased in this run.
func (w *watch) passed(names ...service.DeadlineName) bool {
	return slices.ContainsFunc(w.at.Waits, func(d Wait) bool {
		return d.Left <= 0 && slices.Contains(names, d.Name) &&
			!slices.ContainsFunc(w.told, func(t Wait) bool { return t.is(d) })
	})
}

// await waits for a signal or the next of the deadlines, and for no longer than the run may last.
func (w *watch) await(ctx workflow.Context, names ...service.DeadlineName) error {
	if left, any := w.next(ctx, names); any && len(names) > 0 {
		return w.sleep(ctx, left)
	}
	return w.sleep(ctx, longestRun)
}

// next is how long it is to the earliest deadline to come, of those named or, with none named, of all.
func (w *watch) next(ctx workflow.Context, names []service.DeadlineName) (time.Duration, bool) {
	since := workflow.Now(ctx).Sub(w.seen)
	var least time.Duration
	for _, d := range w.at.Waits {
		left := d.ahead(since)
		wanted := len(names) == 0 || slices.Contains(names, d.Name)
		if wanted && left > 0 && (least == 0 || left < least) {
			least = left
		}
	}
	return least, least > 0
}

// sleep waits for a signal, but no longer than d nor than the run may last.
func (w *watch) sleep(ctx workflow.Context, d time.Duration) error {
	d = max(min(d, longestRun-workflow.Now(ctx).Sub(w.began)), 0)
	waiting, cancel := workflow.WithCancel(ctx)
	defer cancel()
	w.signalled = false
	workflow.NewSelector(ctx).
		AddFuture(workflow.NewTimer(waiting, d), func(workflow.Future) {}).
		AddReceive(w.signals, func(c workflow.ReceiveChannel, _ bool) {
			c.Receive(ctx, nil)
			w.signalled = true
		}).
		Select(ctx)
	return ctx.Err()
}

// onward ends the run: the case goes on in the next one, unless it is over and nothing was signalled meanwhile.
func (w *watch) onward(ctx workflow.Context) error {
	err := workflow.Await(ctx, func() bool { return workflow.AllHandlersFinished(ctx) })
	if err != nil {
		return err
	}
	// Nothing may yield from here to the return, or a signal might be lost.
	if signalled := w.drain(); w.over && !signalled {
		return nil
	}
	return workflow.NewContinueAsNewError(ctx, workflow.GetInfo(ctx).WorkflowType.Name, w.kase)
}

// drain empties the channel, since the next look covers whatever was signalled, and reports whether there was anything.
func (w *watch) drain() bool {
	signalled := false
	for w.signals.ReceiveAsync(nil) {
		signalled = true
	}
	return signalled
}

// optionsOf gives a step time to be done, and tries again what may pass: for some minutes, then the failure is shown to staff.
func optionsOf(s Step) workflow.ActivityOptions {
	limit := time.Minute
	long := []Step{StepSendLetters, StepSendConsultation, StepSendSurvey, StepSendSelection, StepSendReview, StepSendTask, StepSweepDuties, StepBindBooklet}
	if slices.Contains(long, s) {
		limit = 10 * time.Minute // one letter after the other, one committee, one paper
	}
	return workflow.ActivityOptions{
		StartToCloseTimeout: limit, HeartbeatTimeout: silence,
		RetryPolicy: &temporal.RetryPolicy{
			InitialInterval: time.Second, BackoffCoefficient: 2, MaximumInterval: time.Minute, MaximumAttempts: 8,
		},
	}
}
