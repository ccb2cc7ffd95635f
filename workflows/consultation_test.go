package workflows

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/service"
	"secretariat/service/consulting"

	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// asking is a naive record of one consultation that fulfils its port.
type asking struct {
	sync.Mutex
	now      func() time.Time
	opened   bool
	closes   time.Time
	letters  int
	closed   time.Time
	finished bool
	gone     bool
	reminded bool
	log      []string
}

func newAsking() *asking { return &asking{closes: day(20, 18)} }

func (a *asking) did(what string) {
	a.log = append(a.log, fmt.Sprint(a.now().In(calendar.Seoul).Format("01-02 15:04 "), what))
}

func (a *asking) remind() time.Time { return time.Date(2026, 11, 17, 9, 0, 0, 0, calendar.Seoul) }

func (a *asking) Stand(_ context.Context, _ domain.Actor, in consulting.CaseInput) (consulting.Standing, error) {
	a.Lock()
	defer a.Unlock()
	out := consulting.Standing{Consultation: in.Consultation, Committee: "c1", At: a.now(), Letters: a.letters}
	add := func(name service.DeadlineName, at time.Time) {
		out.Deadlines = append(out.Deadlines, service.Deadline{Name: name, At: at})
	}
	switch {
	case a.gone && a.letters > 0:
		out.Stage = consulting.StageTelling
	case a.gone, a.finished && a.letters == 0:
		out.Stage = consulting.StageOver
	case a.finished:
		out.Stage = consulting.StageAnswering
	case !a.closed.IsZero():
		out.Stage = consulting.StageDisposing
		add(consulting.DeadlineAnswer, a.closed.AddDate(0, 0, 14))
	case a.opened:
		out.Stage = consulting.StageCollecting
		if a.now().Before(a.remind()) {
			add(consulting.DeadlineRemind, a.remind())
		} else if !a.reminded {
			out.Letters++
		}
		add(consulting.DeadlineClose, a.closes)
	default:
		out.Stage = consulting.StageDrafting
	}
	return out, nil
}

func (a *asking) Close(context.Context, domain.Actor, consulting.CaseInput) error {
	a.Lock()
	defer a.Unlock()
	a.closed = a.now()
	a.did("close")
	return nil
}

func (a *asking) SendDue(context.Context, domain.Actor, consulting.CaseInput) error {
	a.Lock()
	defer a.Unlock()
	a.letters, a.reminded = 0, !a.now().Before(a.remind())
	a.did("letters")
	return nil
}

// consult plays a consultation: what people do at which time, until the workflow ends.
func consult(t *testing.T, a *asking, w *world, acts map[time.Duration]func()) []string {
	t.Helper()
	through(t, TypeConsultation, w, func(port *Activities, now func() time.Time) { port.Consultations, a.now = a, now }, acts)
	return a.log
}

// through plays a case of a process from its first run to its last; use gives the ports what the process asks of them.
func through(
	t *testing.T, process string, w *world, use func(*Activities, func() time.Time), acts map[time.Duration]func(),
) {
	t.Helper()
	start := day(1, 12)
	c, now := Case{ID: "k1"}, start
	for range 200 {
		var suite testsuite.WorkflowTestSuite
		suite.SetLogger(sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler)))
		env := suite.NewTestWorkflowEnvironment()
		env.SetWorkerOptions(worker.Options{DeadlockDetectionTimeout: stuck})
		env.SetTestTimeout(time.Minute)
		env.SetStartTime(now)
		registerWorkflows(env)
		port := w.activities()
		w.now = env.Now
		use(&port, env.Now)
		port.register(env)
		for after, do := range acts {
			if at := start.Add(after); at.After(now) {
				env.RegisterDelayedCallback(func() { do(); env.SignalWorkflow(SignalLookAgain, nil) }, at.Sub(now))
			}
		}
		env.ExecuteWorkflow(process, c)
		err := env.GetWorkflowError()
		if err == nil {
			return
		}
		if !workflow.IsContinueAsNewError(err) {
			t.Fatal(err)
		}
		now = env.Now()
	}
	t.Fatal("it does not end")
}

const oneDay = 24 * time.Hour

func TestAConsultationFromItsDraftToTheAnswers(t *testing.T) {
	t.Parallel()
	a, w := newAsking(), newWorld()
	got := consult(t, a, w, map[time.Duration]func(){
		5 * oneDay:  func() { a.opened, a.letters = true, 3 },
		45 * oneDay: func() { a.finished, a.letters = true, 2 },
	})
	want := []string{"11-06 12:00 letters", "11-17 09:00 letters", "11-20 18:00 close", "12-16 12:00 letters"}
	if !slices.Equal(got, want) {
		t.Errorf("did %v, want %v", got, want)
	}
	if !w.owner["c1"] {
		t.Error("opinions that were not answered in time were not put before the staff")
	}
}

func TestAConsultationThatIsGivenUpEnds(t *testing.T) {
	t.Parallel()
	a, w := newAsking(), newWorld()
	got := consult(t, a, w, map[time.Duration]func(){
		5 * oneDay: func() { a.opened, a.letters = true, 1 },
		8 * oneDay: func() { a.gone = true },
	})
	if want := []string{"11-06 12:00 letters"}; !slices.Equal(got, want) {
		t.Errorf("did %v, want %v", got, want)
	}
}

func TestWhoWasAskedIsToldThatAConsultationIsGivenUp(t *testing.T) {
	t.Parallel()
	a, w := newAsking(), newWorld()
	got := consult(t, a, w, map[time.Duration]func(){
		5 * oneDay: func() { a.opened, a.letters = true, 1 },
		8 * oneDay: func() { a.gone, a.letters = true, 2 },
	})
	if want := []string{"11-06 12:00 letters", "11-09 12:00 letters"}; !slices.Equal(got, want) {
		t.Errorf("did %v, want %v", got, want)
	}
}
