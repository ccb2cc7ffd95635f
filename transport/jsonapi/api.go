// Package jsonapi serves the typed endpoints as JSON under /api/v1, with the OpenAPI document that describes them.
package jsonapi

import (
	"context"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"secretariat/domain"
	"secretariat/transport/catalogue"
	"secretariat/transport/edge"
	"secretariat/transport/endpoint"
)

// Authenticator knows who a bearer token belongs to; CodeUnauthenticated when it is not good.
type Authenticator interface {
	Authenticate(ctx context.Context, token string) (domain.Actor, error)
}

// API is the JSON API.
type API struct {
	routes   []Route
	auth     Authenticator
	problems problems
	ready    func(context.Context) error
	document []byte
	ordinary timing
	proxies  edge.Proxies
}

// New makes the API from the endpoints. ready reports whether the database answers.
func New(
	set endpoint.Set, auth Authenticator, messages *catalogue.Catalogue, ready func(context.Context) error,
) (*API, error) {
	a := &API{routes: Routes(set), auth: auth, problems: problems{messages}, ready: ready, ordinary: ordinary}
	var err error
	a.document, err = Document(a.routes, messages)
	return a, err
}

// Handler is the whole API with health checks and the pages that explain problems.
func (a *API) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, r := range a.routes {
		mux.Handle(r.Method+" "+Base+r.Path, a.around(r))
	}
	mux.HandleFunc("GET "+Base+"/openapi.json", a.openAPI)
	mux.HandleFunc("GET /problems/{code}", a.explain)
	mux.HandleFunc("GET /healthz", a.live)
	mux.HandleFunc("GET /readyz", a.readiness)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { a.nothingHere(w, r, mux) })
	return a.dress(mux)
}

// Behind names the reverse proxies in front of the API. Call it before Handler.
func (a *API) Behind(proxies ...netip.Prefix) { a.proxies = proxies }

func (a *API) openAPI(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = w.Write(a.document)
}

func (a *API) live(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write([]byte("ok\n"))
}

func (a *API) readiness(w http.ResponseWriter, r *http.Request) {
	if err := a.ready(r.Context()); err != nil {
		a.fail(w, r, &domain.Error{Code: domain.CodeUnavailable, Key: "unavailable", Err: err})
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write([]byte("ready\n"))
}

// nothingHere answers for what has no route. Where the address has one for another method, it names the methods.
func (a *API) nothingHere(w http.ResponseWriter, r *http.Request, mux *http.ServeMux) {
	allowed := methodsOf(mux, r)
	switch {
	case len(allowed) == 0:
		a.fail(w, r, &domain.Error{Code: domain.CodeNotFound, Key: "request.no_route"})
	case r.Method == http.MethodOptions:
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		w.WriteHeader(http.StatusNoContent)
	default:
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		a.fail(w, r, &domain.Error{Code: domain.CodeInvalid, Key: "request.method"})
	}
}

// methodsOf lists the methods that the address of a request takes, none when there is no such address.
func methodsOf(mux *http.ServeMux, r *http.Request) []string {
	var out []string
	probe := r.Clone(r.Context())
	for _, method := range []string{
		http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete,
	} {
		probe.Method = method
		if _, pattern := mux.Handler(probe); pattern != "/" && pattern != "" {
			out = append(out, method)
		}
	}
	if len(out) > 0 {
		out = append(out, http.MethodOptions)
	}
	return slices.Clip(out)
}

func (a *API) fail(w http.ResponseWriter, r *http.Request, err error) {
	a.problems.encode(r.Context(), err, w)
}
