//go:build !external

package workflows

import (
	"bytes"
	"compress/gzip"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"secretariat/domain"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/encoding/protojson"
)

var record = flag.String("record", "", "release whose histories TestRecordHistory writes into "+histories)

// TestRecordHistory plays a case of every kind on the real engine and keeps what it recorded, once for each release.
func TestRecordHistory(t *testing.T) {
	if *record == "" {
		t.Skip("no release is given with -record")
	}
	h := newHouse(t)
	h.clock.Set(pacing / 2) // slow enough for every reminder
	h.run()
	defer func() { h.stop() }()
	h.recordMeeting()
	h.sweepOnce()
	h.keep(TypeDeliberation, WorkflowID(KindMeeting, theMeeting))
	h.keep(TypeDutySweep, WorkflowID(KindDuties, "once"))
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

func (h *house) stage() string {
	h.Helper()
	answer, err := h.dial.QueryWorkflow(h.Context(), WorkflowID(KindMeeting, theMeeting), "", QueryStage)
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

// keep writes the histories of all runs of a workflow.
func (h *house) keep(name, id string) {
	h.Helper()
	var file bytes.Buffer
	zipped := gzip.NewWriter(&file)
	d, err := h.dial.DescribeWorkflowExecution(h.Context(), id, "")
	h.must(err)
	for run := d.GetWorkflowExecutionInfo().GetFirstRunId(); run != ""; {
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
