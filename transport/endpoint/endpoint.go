// Package endpoint turns use cases into typed go-kit endpoints that the JSON API and the pages share, with everything
// that surrounds an operation written once: recovery, measuring, logging, limits.
package endpoint

import (
	"context"
	"fmt"

	kit "github.com/go-kit/kit/endpoint"

	"secretariat/domain"
)

// Func is the one shape of a use case.
type Func[Req, Resp any] func(ctx context.Context, by domain.Actor, in Req) (Resp, error)

// Endpoint is a go-kit endpoint that remembers its types and its operation.
type Endpoint[Req, Resp any] struct {
	op  string
	kit kit.Endpoint
}

// Middlewares gives the chain round an operation.
type Middlewares func(op string) kit.Middleware

// New makes the endpoint of operation op ("noun.verb") from a use case.
func New[Req, Resp any](op string, f Func[Req, Resp], mw Middlewares) Endpoint[Req, Resp] {
	var e kit.Endpoint = func(ctx context.Context, request any) (any, error) {
		in, ok := request.(Req)
		if !ok {
			return nil, fmt.Errorf("endpoint %s: request is %T", op, request)
		}
		return f(ctx, ActorFrom(ctx), in)
	}
	return Endpoint[Req, Resp]{op: op, kit: mw(op)(e)}
}

// Op is the name of the operation.
func (e Endpoint[Req, Resp]) Op() string { return e.op }

// Kit is the untyped endpoint that go-kit transports take.
func (e Endpoint[Req, Resp]) Kit() kit.Endpoint { return e.kit }

// Call runs the endpoint with everything round it; pages and downloads use it.
func (e Endpoint[Req, Resp]) Call(ctx context.Context, in Req) (Resp, error) {
	out, err := e.kit(ctx, in)
	if err != nil {
		var zero Resp
		return zero, err
	}
	resp, ok := out.(Resp)
	if !ok {
		return resp, fmt.Errorf("endpoint %s: response is %T", e.op, out)
	}
	return resp, nil
}

type (
	actorKey   struct{}
	requestKey struct{}
)

// Request is what the middleware may know of a request: nothing of its content.
type Request struct {
	ID     string
	Remote string // address of the peer, for limits
}

// WithActor says who acts; only authentication calls it.
func WithActor(ctx context.Context, by domain.Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, by)
}

// ActorFrom is who acts, the public when nobody signed in.
func ActorFrom(ctx context.Context) domain.Actor {
	if by, ok := ctx.Value(actorKey{}).(domain.Actor); ok {
		return by
	}
	return domain.Public()
}

// WithRequest notes the request's id and peer.
func WithRequest(ctx context.Context, r Request) context.Context {
	return context.WithValue(ctx, requestKey{}, r)
}

// RequestFrom is the request's id and peer, empty outside a request.
func RequestFrom(ctx context.Context) Request {
	r, _ := ctx.Value(requestKey{}).(Request)
	return r
}
