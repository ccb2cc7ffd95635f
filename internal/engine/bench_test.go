//go:build !external

package engine_test

import (
	"testing"

	"go.temporal.io/sdk/client"

	"secretariat/internal/engine"
)

// BenchmarkUpdate measures one update answered through an activity: two workflow tasks and an activity task, each
// committed to the file.
func BenchmarkUpdate(b *testing.B) {
	running, err := engine.Start(b.Context(), options(b.TempDir()+"/engine.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer running.Stop()
	c, err := client.DialContext(b.Context(), client.Options{
		HostPort: running.Address(), Namespace: space, Logger: silent(),
	})
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	stop := work(b, c)
	defer stop()
	if _, err := c.ExecuteWorkflow(
		b.Context(), client.StartWorkflowOptions{ID: "ticket", TaskQueue: queue}, ticket); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		update(b, c)
	}
}

func update(b *testing.B, c client.Client) {
	b.Helper()
	handle, err := c.UpdateWorkflow(b.Context(), client.UpdateWorkflowOptions{
		WorkflowID: "ticket", UpdateName: "greet", Args: []any{"위원"},
		WaitForStage: client.WorkflowUpdateStageCompleted,
	})
	if err != nil {
		b.Fatal(err)
	}
	var greeting string
	if err := handle.Get(b.Context(), &greeting); err != nil {
		b.Fatal(err)
	}
}
