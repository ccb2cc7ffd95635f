//go:build !external

package engine_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"go.temporal.io/sdk/client"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

const queue = "test"

// committee is the search attribute that options registers.
var committee = temporal.NewSearchAttributeKeyKeyword("Committee")

// process naps, asks an activity, and ends when it has been told so.
func process(ctx workflow.Context, name string) (string, error) {
	if err := workflow.Sleep(ctx, 10*time.Millisecond); err != nil {
		return "", err
	}
	var greeting string
	if err := workflow.ExecuteActivity(timed(ctx), greet, name).Get(ctx, &greeting); err != nil {
		return "", err
	}
	var end string
	workflow.GetSignalChannel(ctx, "end").Receive(ctx, &end)
	return greeting + end, nil
}

// ticket answers each update through an activity until the run is cancelled.
func ticket(ctx workflow.Context) error {
	err := workflow.SetUpdateHandler(ctx, "greet", func(ctx workflow.Context, name string) (string, error) {
		var greeting string
		err := workflow.ExecuteActivity(timed(ctx), greet, name).Get(ctx, &greeting)
		return greeting, err
	})
	if err != nil {
		return err
	}
	return workflow.Await(ctx, func() bool { return false })
}

func timed(ctx workflow.Context) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
}

func greet(_ context.Context, name string) (string, error) { return "안녕하세요, " + name, nil }

// work runs a worker and returns what stops it, which also happens at the end of the test.
func work(tb testing.TB, c client.Client) (stop func()) {
	tb.Helper()
	w := worker.New(c, queue, worker.Options{})
	w.RegisterWorkflow(process)
	w.RegisterWorkflow(ticket)
	w.RegisterActivity(greet)
	if err := w.Start(); err != nil {
		tb.Fatal(err)
	}
	stopped := false
	stop = func() {
		if !stopped {
			stopped = true
			w.Stop()
		}
	}
	tb.Cleanup(stop)
	return stop
}

func begin(t *testing.T, c client.Client, id string) {
	t.Helper()
	_, err := c.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{
		ID: id, TaskQueue: queue, TypedSearchAttributes: temporal.NewSearchAttributes(committee.ValueSet("dx")),
	}, process, "위원")
	if err != nil {
		t.Fatal(err)
	}
}

// end tells a process to end and returns its result.
func end(t *testing.T, c client.Client, id string) string {
	t.Helper()
	if err := c.SignalWorkflow(t.Context(), id, "", "end", "님"); err != nil {
		t.Fatal(err)
	}
	var result string
	if err := c.GetWorkflow(t.Context(), id, "").Get(t.Context(), &result); err != nil {
		t.Fatal(err)
	}
	return result
}

func silent() sdklog.Logger { return slog.New(slog.DiscardHandler) }
