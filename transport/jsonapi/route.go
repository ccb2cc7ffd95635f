package jsonapi

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"strings"

	"github.com/go-kit/kit/transport"
	kithttp "github.com/go-kit/kit/transport/http"

	"secretariat/transport/endpoint"
)

// Base is where the API begins.
const Base = "/api/v1"

// Route is one operation of the API: the handler and what the OpenAPI document says of it.
type Route struct {
	Method, Path, Op string   // Path below Base, in the form of http.ServeMux
	Ko, En           string   // one-line summary
	Status           int      // of success
	Sealed           bool     // the idempotency digest leaves the body out: it holds a secret or a ballot
	Keyless          bool     // takes no Idempotency-Key although it is a POST
	Bytes            bool     // answers with a file
	Form             []string // fields of the multipart form that comes with a file; nil unless it takes one

	in, out reflect.Type
	handler func(*API) http.Handler
}

// Noun is the first half of the operation's name.
func (r Route) Noun() string {
	noun, _, _ := strings.Cut(r.Op, ".")
	return noun
}

// Input is the type of the use case's input.
func (r Route) Input() reflect.Type { return r.in }

// Output is the type of the use case's answer.
func (r Route) Output() reflect.Type { return r.out }

func (r Route) upload() bool { return r.Form != nil }

type option func(*Route)

func sealed(r *Route)  { r.Sealed = true }
func keyless(r *Route) { r.Keyless = true }

// serve makes the route of an operation whose request and answer are JSON.
func serve[Req, Resp any](
	method, path string, status int, e endpoint.Endpoint[Req, Resp], ko, en string, opts ...option,
) Route {
	r := describe(method, path, status, e, ko, en)
	r.handler = func(a *API) http.Handler {
		return kithttp.NewServer(e.Kit(), bind[Req], answer(status),
			kithttp.ServerErrorEncoder(a.problems.encode),
			kithttp.ServerErrorHandler(transport.ErrorHandlerFunc(func(context.Context, error) {}))) // logged by the endpoint
	}
	for _, o := range opts {
		o(&r)
	}
	return r
}

func describe[Req, Resp any](
	method, path string, status int, e endpoint.Endpoint[Req, Resp], ko, en string,
) Route {
	return Route{
		Method: method, Path: path, Op: e.Op(), Ko: ko, En: en, Status: status,
		in: reflect.TypeFor[Req](), out: reflect.TypeFor[Resp](),
	}
}

func get[Req, Resp any](path string, e endpoint.Endpoint[Req, Resp], ko, en string) Route {
	return serve(http.MethodGet, path, http.StatusOK, e, ko, en)
}

// create is a POST that makes something new.
func create[Req, Resp any](path string, e endpoint.Endpoint[Req, Resp], ko, en string, opts ...option) Route {
	return serve(http.MethodPost, path, http.StatusCreated, e, ko, en, opts...)
}

// act is a POST that changes something that is there.
func act[Req, Resp any](path string, e endpoint.Endpoint[Req, Resp], ko, en string, opts ...option) Route {
	return serve(http.MethodPost, path, http.StatusOK, e, ko, en, opts...)
}

func patch[Req, Resp any](path string, e endpoint.Endpoint[Req, Resp], ko, en string) Route {
	return serve(http.MethodPatch, path, http.StatusOK, e, ko, en)
}

func answer(status int) kithttp.EncodeResponseFunc {
	return func(_ context.Context, w http.ResponseWriter, out any) error {
		raw, err := json.Marshal(out)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(status)
		_, _ = w.Write(append(raw, '\n')) // a reader who is gone needs no answer
		return nil
	}
}
