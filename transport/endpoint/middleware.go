package endpoint

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	kit "github.com/go-kit/kit/endpoint"

	"secretariat/domain"
)

// Standard is the chain round every operation: measure and log, recover, limit. The request is never logged, nor is the
// text of an error that is not our fault.
func Standard(log *slog.Logger, m *Metrics, limits *Limits) Middlewares {
	return func(op string) kit.Middleware {
		return kit.Chain(observe(op, log, m), recovered(op), interrupted, limits.middleware(op))
	}
}

func recovered(op string) kit.Middleware {
	return func(next kit.Endpoint) kit.Endpoint {
		return func(ctx context.Context, in any) (out any, err error) {
			defer func() {
				if p := recover(); p != nil {
					err = fmt.Errorf("%s: panic: %v\n%s", op, p, debug.Stack())
				}
			}()
			return next(ctx, in)
		}
	}
}

// interrupted tells the caller to try again when time ran out or the caller went away: neither is a fault of the
// operation.
func interrupted(next kit.Endpoint) kit.Endpoint {
	return func(ctx context.Context, in any) (any, error) {
		out, err := next(ctx, in)
		ended := errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)
		if ended && ctx.Err() != nil && domain.CodeOf(err) == domain.CodeInternal {
			err = &domain.Error{Code: domain.CodeUnavailable, Key: "unavailable", Err: err}
		}
		return out, err
	}
}

func observe(op string, log *slog.Logger, m *Metrics) kit.Middleware {
	return func(next kit.Endpoint) kit.Endpoint {
		return func(ctx context.Context, in any) (any, error) {
			start := time.Now()
			out, err := next(ctx, in)
			took, code := time.Since(start), codeName(err)
			m.Observe(op, code, took)
			record(ctx, log, op, code, took, err)
			return out, err
		}
	}
}

func codeName(err error) string {
	if err == nil {
		return "ok"
	}
	return string(domain.CodeOf(err))
}

func record(ctx context.Context, log *slog.Logger, op, code string, took time.Duration, err error) {
	attrs := []slog.Attr{
		slog.String("op", op), slog.String("code", code), slog.Duration("took", took),
		slog.String("request", RequestFrom(ctx).ID), slog.String("actor", string(ActorFrom(ctx).ID)),
	}
	switch {
	case err == nil:
		log.LogAttrs(ctx, slog.LevelDebug, "operation", attrs...)
	case domain.CodeOf(err) == domain.CodeInternal:
		log.LogAttrs(ctx, slog.LevelError, "operation failed", append(attrs, slog.String("cause", err.Error()))...)
	default:
		log.LogAttrs(ctx, slog.LevelInfo, "operation refused", append(attrs, slog.String("key", domain.KeyOf(err)))...)
	}
}
