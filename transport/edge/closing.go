package edge

import "context"

type closingKey struct{}

// WithClosing tells requests that last long when the server is about to stop: it waits for them.
func WithClosing(ctx context.Context, closing <-chan struct{}) context.Context {
	return context.WithValue(ctx, closingKey{}, closing)
}

// Closing is closed when the server is about to stop; nil, which never is, outside a server.
func Closing(ctx context.Context) <-chan struct{} {
	closing, _ := ctx.Value(closingKey{}).(<-chan struct{})
	return closing
}
