//go:build !external

package workflows

import (
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/internal/engine"
	"secretariat/internal/pace"
	"secretariat/service/sweeping"

	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
)

const space = "secretariat-test"

// pacing is the pace of the cases on the real engine: two days a second.
const pacing = 2 * 24 * 60 * 60

// house is the system around one case on a real engine: its record, outbox, relay, worker.
type house struct {
	*outbox
	world *world
	ports Activities
	clock *pace.Clock
	file  string // of the engine
	stop  func()
	dial  client.Client
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{
		outbox: newOutbox(t, "sqlite:"+filepath.Join(t.TempDir(), "db")), world: newWorld(),
		clock: pace.New(day(2, 9), 1), file: filepath.Join(t.TempDir(), "engine.db"),
	}
	h.world.now, h.world.pace = h.clock.Now, h.clock
	h.ports = h.world.activities()
	return h
}

// run starts engine, worker and relay, and reports whether the engine knew nothing of before.
func (h *house) run() bool {
	h.Helper()
	quiet := slog.New(slog.DiscardHandler)
	server, err := engine.Start(h.Context(), engine.Options{
		File: h.file, Namespace: space, SearchAttributes: SearchAttributes(), Logger: quiet,
	})
	h.must(err)
	h.dial, err = Dial(DialOptions{Address: server.Address(), Namespace: space, Identity: "test", Logger: quiet})
	h.must(err)
	h.must(EnsureAttributes(h.Context(), h.dial, space))
	w := NewWorker(h.dial, h.ports)
	h.must(w.Start())
	ctx, cancel := context.WithCancel(context.Background())
	relay := h.relay(NewStarter(h.dial))
	ended := make(chan struct{})
	go func() { relay.Run(ctx); close(ended) }()
	h.stop = func() {
		cancel()
		<-ended
		w.Stop()
		h.dial.Close()
		server.Stop()
	}
	return server.Fresh()
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// act does a person's act with its signal.
func (h *house) act(do func(*world)) {
	h.Helper()
	h.world.change(do)
	h.put(KindMeeting, theMeeting)
}

// until waits until the workflow did the step for the nth time.
func (h *house) until(s Step, n int) {
	h.Helper()
	h.eventually(string(s), func() bool { return h.world.times(s) >= n })
}

func (w *world) times(s Step) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := 0
	for _, line := range w.log {
		if strings.HasSuffix(line, " "+string(s)) {
			n++
		}
	}
	return n
}

// oneCase is the record of which cases are open: the one.
type oneCase struct{}

func (oneCase) Open(context.Context, domain.Actor, sweeping.OpenInput) (sweeping.OpenPage, error) {
	return sweeping.OpenPage{Items: []sweeping.Case{{Kind: KindMeeting, ID: theMeeting}}}, nil
}

// TestCaseOutlivesTheLossOfTheEngine wipes the engine's state in the middle of a case and brings it back from the record.
func TestCaseOutlivesTheLossOfTheEngine(t *testing.T) {
	h := newHouse(t)
	if !h.run() {
		t.Error("the engine is not fresh at first")
	}
	h.act(convene)
	h.until(StepSendLetters, 1)
	h.stop()
	h.must(engine.Wipe(h.file))
	if !h.run() {
		t.Error("the engine knows of before although it was wiped")
	}
	defer func() { h.stop() }()
	h.clock.Rush(pacing, day(24, 9)) // and no further: the meeting must not begin while a busy machine fixes the papers
	n, err := Resume(t.Context(), NewStarter(h.dial), oneCase{})
	if n != 1 || err != nil {
		t.Fatalf("resumed %d cases, %v", n, err)
	}
	h.until(StepFreezePapers, 1)
	h.clock.Set(pacing)
	h.act(adjourn)
	h.until(StepDraftMinutes, 1)
	h.act(func(w *world) { circulate(w); sign(w) })
	h.until(StepPublishMinutes, 1)
	h.eventually("the workflow ends", func() bool { return h.status() == "COMPLETED" })
	if got := h.world.times(StepPublishMinutes); got != 1 {
		t.Errorf("published %d times", got)
	}
	if len(h.world.open) > 0 {
		t.Errorf("open incidents %v: %v", h.world.open, h.world.log)
	}
	h.boarded()
}

func (h *house) status() string { return h.statusOf(KindMeeting, theMeeting) }

func (h *house) statusOf(kind string, id domain.ID) string {
	h.Helper()
	d, err := h.dial.DescribeWorkflowExecution(h.Context(), WorkflowID(kind, id), "")
	h.must(err)
	return strings.ToUpper(d.GetWorkflowExecutionInfo().GetStatus().String())
}

// boarded checks that the search attributes make the case findable by committee and stage.
func (h *house) boarded() {
	h.Helper()
	query := AttributeKind + "='meeting' AND " + AttributeCommittee + "='c1' AND " + AttributeStage + "='done'"
	h.eventually("the case is found by its attributes", func() bool {
		found, err := h.dial.ListWorkflow(h.Context(), &workflowservice.ListWorkflowExecutionsRequest{Namespace: space, Query: query})
		h.must(err)
		return len(found.GetExecutions()) > 0
	})
}

func TestScheduleSweepsDuties(t *testing.T) {
	h := newHouse(t)
	h.run()
	defer func() { h.stop() }()
	s := NewStarter(h.dial)
	h.must(s.EnsureSchedule(t.Context(), 0))
	described, err := h.dial.ScheduleClient().GetHandle(t.Context(), ScheduleDuties).Describe(t.Context())
	h.must(err)
	next := described.Info.NextActionTimes
	if len(next) == 0 || next[0].UTC().Hour() != (24+sweepHour-9)%24 {
		t.Errorf("next sweeps at %v, not at %d o'clock in Seoul", next, sweepHour)
	}
	h.must(s.EnsureSchedule(t.Context(), time.Second))
	h.until(StepSweepDuties, 2)
}
