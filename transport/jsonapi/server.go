package jsonapi

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"secretariat/transport/edge"
)

// Limits of a connection.
const (
	maxHeader    = 32 << 10 // bytes
	headerWait   = 10 * time.Second
	idleWait     = 2 * time.Minute
	shutdownWait = 15 * time.Second // for requests under way
)

// Serve runs the handler on the listener until the context ends, then lets requests under way finish.
func Serve(ctx context.Context, l net.Listener, h http.Handler) error {
	srv := &http.Server{
		Handler: h, ReadHeaderTimeout: headerWait, ReadTimeout: withFile.arrive, WriteTimeout: withFile.leave,
		IdleTimeout: idleWait, MaxHeaderBytes: maxHeader,
		BaseContext: func(net.Listener) context.Context {
			return edge.WithClosing(context.WithoutCancel(ctx), ctx.Done())
		},
	}
	done := make(chan error, 1)
	go func() {
		<-ctx.Done()
		stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownWait)
		defer cancel()
		done <- srv.Shutdown(stop)
	}()
	if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-done
}
