package main

import (
	"context"
	"errors"
	"os"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"secretariat/internal/engine"
	"secretariat/workflows"
)

const defaultNamespace = "default"

// temporal is the connection to Temporal, with the embedded engine when there is no cluster.
type temporal struct {
	engine  *engine.Engine // nil with a cluster
	client  client.Client
	starter *workflows.Starter
	app     *app
	relay   *workflows.Relay
}

// dial starts the embedded engine unless TEMPORAL_ADDRESS names a cluster. With a cluster it does not connect yet.
func (a *app) dial(ctx context.Context) (*temporal, error) {
	t := &temporal{app: a}
	options := workflows.DialOptions{Logger: a.log}
	if os.Getenv("TEMPORAL_ADDRESS") == "" {
		if err := t.embed(ctx); err != nil {
			return nil, err
		}
		options.Address, options.Namespace = t.engine.Address(), defaultNamespace
	}
	var err error
	if t.client, err = workflows.Dial(options); err != nil {
		t.close()
		return nil, err
	}
	t.starter = workflows.NewStarter(t.client)
	t.relay = workflows.NewRelay(view[workflows.OutboxTx](a), t.starter, a.clock.Now, a.log)
	a.db.OnCommit(t.relay.Notify)
	return t, nil
}

func (t *temporal) embed(ctx context.Context) error {
	o := engine.Options{
		File: t.app.config.engine, Namespace: defaultNamespace, SearchAttributes: workflows.SearchAttributes(),
		Logger: t.app.log,
	}
	var err error
	t.engine, err = engine.Start(ctx, o)
	if errors.Is(err, engine.ErrDamaged) {
		// The record is in the database; resume starts every open case again.
		t.app.log.Warn("the engine's file is damaged and is made anew")
		if err = engine.Wipe(o.File); err == nil {
			t.engine, err = engine.Start(ctx, o)
		}
	}
	return err
}

func (t *temporal) close() {
	if t.client != nil {
		t.client.Close()
	}
	if t.engine != nil {
		t.engine.Stop()
	}
}

// resume wakes the workflow of every open case, and starts those that Temporal does not know.
func (t *temporal) resume(ctx context.Context) (int, error) {
	return workflows.Resume(ctx, t.starter, t.app.services.Sweeping)
}

// send sends the outbox to Temporal until the context ends.
func (t *temporal) send(ctx context.Context) error {
	t.relay.Run(ctx)
	return nil
}

// work runs the worker until the context ends. While Temporal does not answer it tries again; people's acts go on
// meanwhile.
func (t *temporal) work(ctx context.Context) error {
	for {
		w, err := t.start(ctx)
		if err == nil {
			<-ctx.Done()
			w.Stop()
			return nil
		}
		t.app.log.Warn("the worker waits for Temporal", "error", err)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(3 * time.Second):
		}
	}
}

func (t *temporal) start(ctx context.Context) (worker.Worker, error) {
	if t.engine == nil {
		if err := workflows.EnsureAttributes(ctx, t.client, namespace()); err != nil {
			return nil, err
		}
	}
	if err := t.starter.EnsureSchedule(ctx, t.app.clock.Day()); err != nil {
		return nil, err
	}
	w := workflows.NewWorker(t.client, t.app.activities())
	if err := w.Start(); err != nil {
		return nil, err
	}
	n, err := t.resume(ctx)
	if err != nil {
		w.Stop()
		return nil, err
	}
	t.app.log.Info("the worker is running", "open cases", n)
	return w, nil
}

func namespace() string {
	if n := os.Getenv("TEMPORAL_NAMESPACE"); n != "" {
		return n
	}
	return defaultNamespace
}

// activities gives the workflows the services.
func (a *app) activities() workflows.Activities {
	return workflows.Services{
		Convening: a.services.Convening, Presiding: a.services.Presiding, Balloting: a.services.Balloting,
		Minuting: a.services.Minuting, Sweeping: a.services.Sweeping, Filing: a.services.Filing,
		Consulting: a.services.Consulting, Selecting: a.services.Selecting, Planning: a.services.Planning, Surveying: a.services.Surveying, Tasking: a.services.Tasking, Pace: a.clock,
	}.Activities()
}
