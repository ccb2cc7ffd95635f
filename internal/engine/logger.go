//go:build !external

package engine

import (
	"context"
	"log/slog"
	"strings"
	"sync/atomic"

	"go.temporal.io/server/common/log"
	"go.temporal.io/server/common/log/tag"
)

// nexusNotice begins the one warning of every start, about a port that nothing here needs.
const nexusNotice = "HTTP API port has not been set"

// logger hands the server's warnings and errors to a slog.Logger and drops the rest, which tells of every service that
// starts and every connection it makes. Once it is muted it drops everything: the services of a server that stops
// report as errors that the others are gone.
type logger struct {
	to    *slog.Logger
	muted *atomic.Bool
}

var (
	_ log.Logger      = logger{}
	_ log.WithLogger  = logger{}
	_ log.SLogWrapper = logger{}
)

func newLogger(to *slog.Logger) logger {
	return logger{to: slog.New(quiet{to.Handler()}).With("component", "engine"), muted: new(atomic.Bool)}
}

// With returns a logger that adds the tags to each entry.
func (l logger) With(tags ...tag.Tag) log.Logger {
	return logger{to: slog.New(l.to.Handler().WithAttrs(attributes(tags))), muted: l.muted}
}

// SLog returns the slog.Logger behind, for the parts of the server that log through one.
func (l logger) SLog() *slog.Logger { return l.to }

// Debug drops the entry.
func (l logger) Debug(string, ...tag.Tag) {}

// Info drops the entry.
func (l logger) Info(string, ...tag.Tag) {}

// Warn passes the entry on.
func (l logger) Warn(msg string, tags ...tag.Tag) { l.log(slog.LevelWarn, msg, tags) }

// Error passes the entry on.
func (l logger) Error(msg string, tags ...tag.Tag) { l.log(slog.LevelError, msg, tags) }

// DPanic passes the entry on as an error: it would stop the server only while that is being developed.
func (l logger) DPanic(msg string, tags ...tag.Tag) { l.log(slog.LevelError, msg, tags) }

// Panic passes the entry on and panics.
func (l logger) Panic(msg string, tags ...tag.Tag) {
	l.muted.Store(false)
	l.log(slog.LevelError, msg, tags)
	panic("engine: " + msg)
}

// Fatal passes the entry on and panics: the server relies on Fatal not to return, and a panic leaves a trace where
// os.Exit would leave none.
func (l logger) Fatal(msg string, tags ...tag.Tag) { l.Panic(msg, tags...) }

func (l logger) log(level slog.Level, msg string, tags []tag.Tag) {
	if l.muted.Load() || strings.HasPrefix(msg, nexusNotice) {
		return
	}
	l.to.LogAttrs(context.Background(), level, msg, attributes(tags)...)
}

func attributes(tags []tag.Tag) []slog.Attr {
	list := make([]slog.Attr, 0, len(tags))
	for _, t := range tags {
		list = append(list, slog.Any(t.Key(), t.Value()))
	}
	return list
}

// quiet keeps what is below a warning from a handler.
type quiet struct{ slog.Handler }

// Enabled reports whether the level is a warning or more and the handler wants it.
func (q quiet) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && q.Handler.Enabled(ctx, level)
}

// WithAttrs keeps the limit on the handler with the attributes.
func (q quiet) WithAttrs(attrs []slog.Attr) slog.Handler { return quiet{q.Handler.WithAttrs(attrs)} }

// WithGroup keeps the limit on the handler with the group.
func (q quiet) WithGroup(name string) slog.Handler { return quiet{q.Handler.WithGroup(name)} }
