package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"

	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/spf13/cobra"

	"secretariat/transport/endpoint"
	"secretariat/transport/jsonapi"
)

// serveCommand runs the HTTP API and sends the outbox. With the embedded engine it runs the worker too, since the
// engine belongs to one process.
func serveCommand() *cobra.Command {
	return &cobra.Command{
		Use: "serve", Short: "HTTP API 서버 (the HTTP API)", Args: cobra.NoArgs,
		RunE: with(func(ctx context.Context, a *app) error {
			t, err := a.dial(ctx)
			if err != nil {
				return err
			}
			defer t.close()
			parts := []func(context.Context) error{a.serve, t.send, a.invite}
			if t.engine != nil {
				parts = append(parts, t.work)
			}
			return together(ctx, parts...)
		}),
	}
}

// workerCommand runs the workflows against a Temporal cluster, and answers health checks.
func workerCommand() *cobra.Command {
	return &cobra.Command{
		Use: "worker", Short: "워크플로 작업자 (the workflows, beside a Temporal cluster)", Args: cobra.NoArgs,
		RunE: with(func(ctx context.Context, a *app) error {
			t, err := a.dial(ctx)
			if err != nil {
				return err
			}
			defer t.close()
			return together(ctx, t.work, t.send, a.answerHealth)
		}),
	}
}

func resumeCommand() *cobra.Command {
	return &cobra.Command{
		Use: "resume", Short: "열린 안건의 워크플로를 다시 시작 (start a workflow for every open case)", Args: cobra.NoArgs,
		RunE: with(func(ctx context.Context, a *app) error {
			t, err := a.dial(ctx)
			if err != nil {
				return err
			}
			defer t.close()
			n, err := t.resume(ctx)
			if err == nil {
				_, err = fmt.Println(n, "open cases are followed")
			}
			return err
		}),
	}
}

// together runs parts until the context ends or one of them fails; then the others are told to end.
func together(ctx context.Context, parts ...func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	errs := make([]error, len(parts))
	var group sync.WaitGroup
	for i, part := range parts {
		group.Go(func() {
			defer cancel()
			errs[i] = part(ctx)
		})
	}
	group.Wait()
	return errors.Join(errs...)
}

// serve serves the API, and the figures for Prometheus where an address is set.
func (a *app) serve(ctx context.Context) error {
	h, err := a.handler(endpoint.NewLimits(generalRate, signInRate))
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", a.config.listen)
	if err != nil {
		return err
	}
	a.log.Info("listening", "address", l.Addr().String())
	if a.config.metrics == "" {
		return jsonapi.Serve(ctx, l, h)
	}
	figures, err := net.Listen("tcp", a.config.metrics)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(a.metrics.Gatherer(), promhttp.HandlerOpts{}))
	return together(ctx,
		func(ctx context.Context) error { return jsonapi.Serve(ctx, l, h) },
		func(ctx context.Context) error { return jsonapi.Serve(ctx, figures, mux) })
}

// answerHealth serves nothing but the health checks, for a worker that has no API.
func (a *app) answerHealth(ctx context.Context) error {
	l, err := net.Listen("tcp", a.config.listen)
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if err := a.db.Ping(r.Context()); err != nil {
			http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
		}
	})
	return jsonapi.Serve(ctx, l, mux)
}
