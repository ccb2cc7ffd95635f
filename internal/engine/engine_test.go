//go:build !external

package engine_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/operatorservice/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"

	"secretariat/internal/engine"
)

const result = "안녕하세요, 위원님"

func TestProcessOutlivesItsEngine(t *testing.T) {
	t.Parallel()
	file := filepath.Join(folder(t), "engine.db")
	first := start(t, options(file))
	if !first.Fresh() {
		t.Error("a file that was not there is not fresh")
	}
	c := dial(t, first.Address())
	stopWork := work(t, c)
	begin(t, c, "ended")
	if got := end(t, c, "ended"); got != result {
		t.Errorf("result %q, want %q", got, result)
	}
	before := events(t, c, "ended")
	begin(t, c, "open")
	stopWork()
	c.Close()
	first.Stop()

	second := start(t, options(file))
	if second.Fresh() {
		t.Error("a file with a history is fresh")
	}
	c = dial(t, second.Address())
	if diff := cmp.Diff(before, events(t, c, "ended")); diff != "" {
		t.Errorf("the history changed (-before +after):\n%s", diff)
	}
	for _, kind := range []enums.EventType{enums.EVENT_TYPE_TIMER_FIRED, enums.EVENT_TYPE_ACTIVITY_TASK_COMPLETED} {
		if !slices.Contains(before, kind) {
			t.Errorf("%v is not in the history %v", kind, before)
		}
	}
	work(t, c)
	if got := end(t, c, "open"); got != result {
		t.Errorf("result after the restart %q, want %q", got, result)
	}
}

func events(t *testing.T, c client.Client, id string) (kinds []enums.EventType) {
	t.Helper()
	history := c.GetWorkflowHistory(t.Context(), id, "", false, enums.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for history.HasNext() {
		event, err := history.Next()
		if err != nil {
			t.Fatal(err)
		}
		kinds = append(kinds, event.GetEventType())
	}
	return kinds
}

func TestKilledEngineStartsAgain(t *testing.T) {
	t.Parallel()
	file := filepath.Join(folder(t), "engine.db")
	process := spawn(t, file)
	c := dial(t, process.address)
	begin(t, c, "open")
	const signals = 20
	for n := range signals {
		if err := c.SignalWorkflow(t.Context(), "open", "", "noise", n); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := engine.Start(t.Context(), options(file)); !errors.Is(err, engine.ErrInUse) {
		t.Errorf("a second engine on the file of another process: %v, want %v", err, engine.ErrInUse)
	}
	process.kill()
	c.Close()

	again := start(t, options(file))
	if again.Fresh() {
		t.Error("the state was made anew")
	}
	c = dial(t, again.Address())
	var kept int
	for _, kind := range events(t, c, "open") {
		if kind == enums.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED {
			kept++
		}
	}
	if kept != signals {
		t.Errorf("%d of %d signals were kept", kept, signals)
	}
	work(t, c)
	if got := end(t, c, "open"); got != result {
		t.Errorf("result %q, want %q", got, result)
	}
}

func TestEngineKilledWhileStartingStartsAgain(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "engine.db")
	for pause := range 10 {
		process := launch(t, file)
		time.Sleep(time.Duration(pause) * 40 * time.Millisecond)
		process.kill()
	}
	c := dial(t, start(t, options(file)).Address())
	work(t, c)
	begin(t, c, "first")
	if got := end(t, c, "first"); got != result {
		t.Errorf("result %q, want %q", got, result)
	}
}

func TestEnginesInOneProcessAreApart(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"a", "b", "memory a", "memory b"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var file string
			if !strings.HasPrefix(name, "memory") {
				file = filepath.Join(t.TempDir(), "engine.db")
			}
			c := dial(t, start(t, options(file)).Address())
			work(t, c)
			begin(t, c, name)
			if got := end(t, c, name); got != result {
				t.Errorf("result %q, want %q", got, result)
			}
			if diff := cmp.Diff([]string{name}, listed(t, c)); diff != "" {
				t.Errorf("workflows in this engine (-want +got):\n%s", diff)
			}
		})
	}
}

// listed returns the workflows of the committee. Visibility follows the histories by a moment, so it waits for the
// first.
func listed(t *testing.T, c client.Client) (ids []string) {
	t.Helper()
	for range 200 {
		page, err := c.ListWorkflow(t.Context(), &workflowservice.ListWorkflowExecutionsRequest{Query: "Committee = 'dx'"})
		if err != nil {
			t.Fatal(err)
		}
		ids = ids[:0]
		for _, execution := range page.GetExecutions() {
			ids = append(ids, execution.GetExecution().GetWorkflowId())
		}
		if len(ids) > 0 {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	return ids
}

func TestScheduleRuns(t *testing.T) {
	t.Parallel()
	c := dial(t, start(t, options("")).Address())
	work(t, c)
	_, err := c.ScheduleClient().Create(t.Context(), client.ScheduleOptions{
		ID:     "duty",
		Spec:   client.ScheduleSpec{Intervals: []client.ScheduleIntervalSpec{{Every: time.Second}}},
		Action: &client.ScheduleWorkflowAction{ID: "duty", Workflow: process, Args: []any{"위원"}, TaskQueue: queue},
	})
	if err != nil {
		t.Fatal(err)
	}
	for range 400 {
		described, err := c.ScheduleClient().GetHandle(t.Context(), "duty").Describe(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if described.Info.NumActions > 0 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Error("a schedule of one second has not run in twenty")
}

func TestSearchAttributesAreAdded(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "engine.db")
	o := options(file)
	start(t, o).Stop()
	o.SearchAttributes = map[string]enums.IndexedValueType{
		"Deadline": enums.INDEXED_VALUE_TYPE_DATETIME, "Kind": enums.INDEXED_VALUE_TYPE_KEYWORD,
	}
	c := dial(t, start(t, o).Address())
	got, err := c.OperatorService().ListSearchAttributes(
		t.Context(), &operatorservice.ListSearchAttributesRequest{Namespace: space})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]enums.IndexedValueType{
		"Committee": enums.INDEXED_VALUE_TYPE_KEYWORD,
		"Deadline":  enums.INDEXED_VALUE_TYPE_DATETIME,
		"Kind":      enums.INDEXED_VALUE_TYPE_KEYWORD,
	}
	if diff := cmp.Diff(want, got.GetCustomAttributes()); diff != "" {
		t.Errorf("custom attributes (-want +got):\n%s", diff)
	}
	begin(t, c, "at once")
}

func TestSearchAttributesWithoutRoomAreRefused(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "engine.db")
	start(t, options(file)).Stop()
	o := options(file)
	o.SearchAttributes = map[string]enums.IndexedValueType{"Committee": enums.INDEXED_VALUE_TYPE_TEXT}
	if _, err := engine.Start(t.Context(), o); err == nil || !strings.Contains(err.Error(), "Committee") {
		t.Errorf("an attribute of another type: %v, want an error that names it", err)
	}
	o.SearchAttributes = map[string]enums.IndexedValueType{}
	for n := range 4 {
		o.SearchAttributes[fmt.Sprintf("Extra%02d", n)] = enums.INDEXED_VALUE_TYPE_BOOL
	}
	if _, err := engine.Start(t.Context(), o); err == nil || !strings.Contains(err.Error(), "Extra03") {
		t.Errorf("a fourth attribute of a type with room for three: %v, want an error that names it", err)
	}
}

func TestNamespaceKeepsHistories(t *testing.T) {
	t.Parallel()
	c := dial(t, start(t, options("")).Address())
	described, err := c.WorkflowService().DescribeNamespace(
		t.Context(), &workflowservice.DescribeNamespaceRequest{Namespace: space})
	if err != nil {
		t.Fatal(err)
	}
	if kept := described.GetConfig().GetWorkflowExecutionRetentionTtl().AsDuration(); kept != engine.Retention {
		t.Errorf("histories are kept for %v, want %v", kept, engine.Retention)
	}
}

func TestStoppedEngineAnswersNoMore(t *testing.T) {
	t.Parallel()
	running := start(t, options(""))
	c := dial(t, running.Address())
	running.Stop()
	running.Stop()
	_, err := c.WorkflowService().GetSystemInfo(t.Context(), &workflowservice.GetSystemInfoRequest{})
	var gone *serviceerror.Unavailable
	if !errors.As(err, &gone) {
		t.Errorf("a stopped engine answers with %v, want it to be unavailable", err)
	}
}

func TestLogHoldsWarningsAndErrorsOnly(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	o := options("")
	o.Logger = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	running := start(t, o)
	c := dial(t, running.Address())
	work(t, c)
	begin(t, c, "heard")
	end(t, c, "heard")
	running.Stop()
	for line := range strings.Lines(log.String()) {
		if !strings.Contains(line, "level=WARN") && !strings.Contains(line, "level=ERROR") {
			t.Errorf("logged: %s", line)
		}
		if strings.Contains(line, "Failed to poll") {
			t.Errorf("logged while stopping: %s", line)
		}
	}
}

func TestNamespaceIsNeeded(t *testing.T) {
	t.Parallel()
	if _, err := engine.Start(t.Context(), engine.Options{}); err == nil {
		t.Error("an engine started without a namespace")
	}
}
