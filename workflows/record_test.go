//go:build !external

package workflows

import (
	"bytes"
	"compress/gzip"
	"flag"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/service"
	"secretariat/service/consulting"
	"secretariat/service/planning"
	"secretariat/service/selecting"
	"secretariat/service/surveying"
	"secretariat/service/tasking"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/encoding/protojson"
)

var (
	record   = flag.String("record", "", "release whose histories TestRecordHistory writes into "+histories)
	rounds   = flag.Bool("rounds", false, "write those of rounds of self-assessment alone")
	booklets = flag.Bool("booklets", false, "write those of booklets alone")
)

// TestRecordHistory plays a case of every kind on the real engine and keeps what it recorded, once for each release.
func TestRecordHistory(t *testing.T) {
	if *record == "" {
		t.Skip("no release is given with -record")
	}
	recordBooklet(t)
	if *booklets {
		return
	}
	recordRound(t)
	if *rounds {
		return
	}
	h := newHouse(t)
	h.clock.Set(pacing / 2) // slow enough for every reminder
	h.run()
	h.recordMeeting()
	h.sweepOnce()
	for name, id := range map[string]string{TypeDeliberation: WorkflowID(KindMeeting, theMeeting), TypeDutySweep: WorkflowID(KindDuties, "once")} {
		h.keep(name, id, h.firstRun(id))
	}
	h.stop()
	recordProcesses(t)
}

// recordProcesses plays the processes other than meetings in a house of their own, whose clock begins anew.
func recordProcesses(t *testing.T) {
	t.Helper()
	h := newHouse(t)
	a, c, p, g := newAsking(), newCalling(), newCycling(), newPassage()
	a.now, c.now, p.now, g.now = h.clock.Now, h.clock.Now, h.clock.Now, h.clock.Now
	h.ports.Consultations, h.ports.Calls, h.ports.Plans, h.ports.Tasks = a, c, p, g
	g.since = h.clock.Now()
	h.clock.Set(pacing / 2)
	h.run()
	defer func() { h.stop() }()
	kinds := map[string]string{TypeConsultation: KindConsultation, TypeSelection: KindSelection, TypePlanCycle: KindPlan, TypeTaskPipeline: KindTask}
	first := map[string]string{}
	for name, kind := range kinds {
		h.put(kind, recordedCase)
		h.eventually(kind+" begins", func() bool { return h.stageOf(kind, recordedCase) != "" })
		first[name] = h.firstRun(WorkflowID(kind, recordedCase))
	}
	h.recordTask(g)
	h.recordAsking(a, c)
	h.recordPlan(p)
	for name, kind := range kinds {
		h.keep(name, WorkflowID(kind, recordedCase), first[name])
	}
}

// recordedCase is the case of each process other than a meeting.
const recordedCase domain.ID = "k1"

// recordRound plays a round of self-assessment in a house of its own, from its draft to its figures.
func recordRound(t *testing.T) {
	t.Helper()
	h := newHouse(t)
	s := newAssessing()
	s.now, h.ports.Surveys = h.clock.Now, s
	h.clock.Set(pacing / 2)
	h.run()
	defer func() { h.stop() }()
	h.put(KindSurvey, recordedCase)
	h.eventually("the round begins", func() bool { return h.stageOf(KindSurvey, recordedCase) != "" })
	first := h.firstRun(WorkflowID(KindSurvey, recordedCase))
	h.changed(s, KindSurvey, func() { s.opened, s.letters = true, 3 })
	h.staged(KindSurvey, surveying.StagePublishing)
	h.changed(s, KindSurvey, func() { s.published = true })
	h.completed(KindSurvey)
	h.keep(TypeSurvey, WorkflowID(KindSurvey, recordedCase), first)
}

// recordBooklet plays a booklet, from its order until it is thrown away.
func recordBooklet(t *testing.T) {
	t.Helper()
	h := newHouse(t)
	b := newBinding()
	b.now, h.ports.Booklets, b.until = h.clock.Now, b, h.clock.Now().Add(oneDay)
	h.clock.Set(pacing / 50)
	h.run()
	defer func() { h.stop() }()
	h.put(KindBooklet, recordedCase)
	h.eventually("the booklet begins", func() bool { return h.stageOf(KindBooklet, recordedCase) != "" })
	first := h.firstRun(WorkflowID(KindBooklet, recordedCase))
	h.completed(KindBooklet)
	h.keep(TypeBooklet, WorkflowID(KindBooklet, recordedCase), first)
}

// recordAsking plays a consultation and a call side by side, each from its draft to its end.
func (h *house) recordAsking(a *asking, c *calling) {
	h.Helper()
	c.agree = day(28, 0)
	asked := func(do func()) { h.changed(a, KindConsultation, do) }
	called := func(s service.Stage, letters int) {
		h.changed(c, KindSelection, func() { c.stage, c.letters = s, letters })
	}
	asked(func() { a.opened, a.letters = true, 3 })
	called(selecting.StageOpen, 0)
	h.staged(KindConsultation, consulting.StageDisposing)
	h.staged(KindSelection, selecting.StageReviewing)
	for _, s := range []service.Stage{selecting.StageEvaluating, selecting.StageObjecting, selecting.StageAgreeing} {
		called(s, 2)
		h.staged(KindSelection, s)
	}
	h.eventually("agreements are late", func() bool { return h.clock.Now().After(c.agree.AddDate(0, 0, 1)) })
	called(selecting.StageOver, 0)
	asked(func() { a.finished, a.letters = true, 2 })
	h.completed(KindConsultation)
	h.completed(KindSelection)
}

// recordTask plays a task through its gates, the last of which is late.
func (h *house) recordTask(g *passage) {
	h.Helper()
	for _, s := range []service.Stage{
		tasking.StageRefining, tasking.StageReturned, tasking.StageRefining, tasking.StageTabling, tasking.StageSpreading,
	} {
		g.moves(s, 2)
		h.put(KindTask, recordedCase)
		h.staged(KindTask, s)
	}
	h.eventually("the report is late", func() bool { return h.clock.Now().After(g.since.AddDate(0, 0, gateDays[g.stage]+2)) })
	g.moves(tasking.StageTelling, 1)
	h.put(KindTask, recordedCase)
	h.completed(KindTask)
}

// recordPlan plays a plan through its three years. The staff signals while a review is open and never after the end, which
// would begin the case anew.
func (h *house) recordPlan(p *cycling) {
	h.Helper()
	h.clock.Set(20 * pacing)
	h.changed(p, KindPlan, func() { p.inForce = true })
	h.eventually("the plan ends", func() bool {
		if h.stageOf(KindPlan, recordedCase) == string(planning.StageReviewing) {
			h.changed(p, KindPlan, func() {})
			time.Sleep(100 * time.Millisecond)
		}
		return h.statusOf(KindPlan, recordedCase) == "COMPLETED"
	})
}

// changed does a person's act on the record of a process, with its signal.
func (h *house) changed(of sync.Locker, kind string, do func()) {
	h.Helper()
	of.Lock()
	do()
	of.Unlock()
	h.put(kind, recordedCase)
}

// staged waits until the workflow has come to a stage.
func (h *house) staged(kind string, stage service.Stage) {
	h.Helper()
	h.eventually(kind+" "+string(stage), func() bool { return h.stageOf(kind, recordedCase) == string(stage) })
}

func (h *house) completed(kind string) {
	h.Helper()
	h.eventually(kind+" ends", func() bool { return h.statusOf(kind, recordedCase) == "COMPLETED" })
}

// recordMeeting plays a meeting through all its stages, with a failure on the way.
func (h *house) recordMeeting() {
	h.Helper()
	h.world.fail[StepFileNotice] = []error{domain.Conflict("document.recorded_failure", nil)}
	h.put(KindMeeting, theMeeting)
	h.eventually("it looks", func() bool { return h.stage() == "convening" })
	h.act(convene)
	h.until(StepSendLetters, 4)
	h.act(open)
	h.eventually("the meeting is held", func() bool { return h.stage() == "session" })
	h.act(adjourn)
	h.until(StepDraftMinutes, 1)
	h.act(circulate)
	h.until(StepSendLetters, 5)
	h.act(sign)
	h.until(StepPublishMinutes, 1)
	h.eventually("the workflow ends", func() bool { return h.status() == "COMPLETED" })
}

func (h *house) stage() string { return h.stageOf(KindMeeting, theMeeting) }

func (h *house) stageOf(kind string, id domain.ID) string {
	h.Helper()
	answer, err := h.dial.QueryWorkflow(h.Context(), WorkflowID(kind, id), "", QueryStage)
	if err != nil {
		return "" // it has not begun yet
	}
	var c Case
	h.must(answer.Get(&c))
	return string(c.Stage)
}

// sweepOnce starts the duty sweep as the schedule does and waits for its end.
func (h *house) sweepOnce() {
	h.Helper()
	options := client.StartWorkflowOptions{ID: WorkflowID(KindDuties, "once"), TaskQueue: TaskQueue}
	run, err := h.dial.ExecuteWorkflow(h.Context(), options, TypeDutySweep)
	h.must(err)
	h.must(run.Get(h.Context(), nil))
}

// firstRun is the first run of the workflow of a case that is open.
func (h *house) firstRun(id string) string {
	h.Helper()
	d, err := h.dial.DescribeWorkflowExecution(h.Context(), id, "")
	h.must(err)
	return d.GetWorkflowExecutionInfo().GetFirstRunId()
}

// keep writes the histories of a run of a workflow and of all that continue it. A signal that came after the end began the case
// anew; that is not part of it.
func (h *house) keep(name, id, run string) {
	h.Helper()
	var file bytes.Buffer
	zipped := gzip.NewWriter(&file)
	for run != "" {
		events := h.events(id, run)
		line, err := protojson.Marshal(events)
		h.must(err)
		_, err = zipped.Write(append(bytes.ReplaceAll(line, []byte("\n"), nil), '\n'))
		h.must(err)
		last := events.GetEvents()[len(events.GetEvents())-1]
		run = last.GetWorkflowExecutionContinuedAsNewEventAttributes().GetNewExecutionRunId()
	}
	h.must(zipped.Close())
	folder := filepath.Join(histories, name)
	h.must(os.MkdirAll(folder, 0o755))
	h.must(os.WriteFile(filepath.Join(folder, *record+".json.gz"), file.Bytes(), 0o600))
}

// events reads the history of a run, without the name of the machine, which is part of the worker's own queue.
func (h *house) events(id, run string) *history.History {
	h.Helper()
	var out history.History
	all := h.dial.GetWorkflowHistory(h.Context(), id, run, false, enums.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for all.HasNext() {
		e, err := all.Next()
		h.must(err)
		if queue := e.GetWorkflowTaskScheduledEventAttributes().GetTaskQueue(); queue.GetKind() == enums.TASK_QUEUE_KIND_STICKY {
			queue.Name = "sticky"
		}
		out.Events = append(out.Events, e)
	}
	return &out
}
