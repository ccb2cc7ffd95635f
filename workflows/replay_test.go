package workflows

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/client"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// histories are kept per workflow type and release: one compressed file with a line of JSON for each run.
const histories = "testdata/history"

// TestRecordedHistoriesReplay proves that workflows which a release has begun can be gone on with by this code. When it fails,
// running cases would stop: guard the change with workflow.GetVersion (see versions.go).
func TestRecordedHistoriesReplay(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(histories, "*", "*.json.gz"))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, file := range files {
		seen[filepath.Base(filepath.Dir(file))] = true
		for n, run := range recorded(t, file) {
			r := worker.NewWorkflowReplayer()
			registerWorkflows(r)
			if err := r.ReplayWorkflowHistory(silent(), run); err != nil {
				t.Errorf("%s, run %d: %v", file, n+1, err)
			}
		}
	}
	for _, name := range []string{TypeDeliberation, TypeDutySweep, TypeConsultation, TypeSelection, TypePlanCycle, TypeSurvey, TypeTaskPipeline, TypeBooklet} {
		if !seen[name] {
			t.Errorf("no history of %s is kept", name)
		}
	}
}

// TestReplayFindsChangedCode makes sure that the test above can fail.
func TestReplayFindsChangedCode(t *testing.T) {
	t.Parallel()
	files, _ := filepath.Glob(filepath.Join(histories, TypeDeliberation, "*.json.gz"))
	for _, file := range files {
		r := worker.NewWorkflowReplayer()
		changed := func(ctx workflow.Context, c Case) error {
			d := &deliberation{watch: watch{kase: c, kind: KindMeeting, stand: StepStand}}
			if err := d.begin(ctx); err != nil {
				return err
			}
			return d.do(ctx, StepSendLetters)
		}
		r.RegisterWorkflowWithOptions(changed, workflow.RegisterOptions{Name: TypeDeliberation})
		if err := r.ReplayWorkflowHistory(silent(), recorded(t, file)[0]); err == nil {
			t.Errorf("%s replays on code that does something else", file)
		}
	}
}

func silent() sdklog.Logger { return sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler)) }

func recorded(t *testing.T, file string) []*history.History {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // only read
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(unzipped)
	if err != nil {
		t.Fatal(err)
	}
	var out []*history.History
	lines := bufio.NewScanner(bytes.NewReader(raw))
	lines.Buffer(nil, len(raw)+1)
	for lines.Scan() {
		run, err := client.HistoryFromJSON(bytes.NewReader(lines.Bytes()), client.HistoryJSONOptions{})
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, run)
	}
	return out
}
