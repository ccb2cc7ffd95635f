// Package jsonapi serves the typed endpoints as JSON under /api/v1, with the OpenAPI document that describes them.
package jsonapi

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net"
	"net/http"
	"strings"
	"time"

	"secretariat/domain"
	"secretariat/service"
	"secretariat/transport/catalogue"
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
}

// New makes the API from the endpoints. ready reports whether the database answers.
func New(set endpoint.Set, auth Authenticator, messages *catalogue.Catalogue, ready func(context.Context) error) (*API, error) {
	a := &API{routes: Routes(set), auth: auth, problems: problems{messages}, ready: ready}
	var err error
	a.document, err = Document(a.routes)
	return a, err
}

// requestTimeout is how long an operation may take; uploads and downloads have their own.
const requestTimeout = 30 * time.Second

// Handler is the whole API with health checks and the pages that explain problems.
func (a *API) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, r := range a.routes {
		mux.Handle(r.Method+" "+Base+r.Path, a.around(r))
	}
	mux.HandleFunc("GET "+Base+"/openapi.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		_, _ = w.Write(a.document)
	})
	mux.HandleFunc("GET /problems/{code}", a.explain)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", a.readiness)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		a.fail(w, r, &domain.Error{Code: domain.CodeNotFound, Key: "request.no_route"})
	})
	return a.dress(mux)
}

// dress puts on every request what all need: an id, the reader's language, safe headers, no requests from other sites.
func (a *API) dress(next http.Handler) http.Handler {
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.fail(w, r, &domain.Error{Code: domain.CodeForbidden, Key: "request.cross_site"})
	}))
	guarded := cross.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := rand.Text()
		h := w.Header()
		h.Set("X-Request-Id", id)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Set("Referrer-Policy", "no-referrer")
		remote, _, _ := net.SplitHostPort(r.RemoteAddr)
		ctx := context.WithValue(r.Context(), langKey{}, catalogue.Choose(r.Header.Get("Accept-Language")))
		ctx = endpoint.WithRequest(ctx, endpoint.Request{ID: id, Remote: remote})
		guarded.ServeHTTP(w, r.WithContext(ctx))
	})
}

// around authenticates, and takes the idempotency key of a POST.
func (a *API) around(route Route) http.Handler {
	next := route.handler(a)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := r.Context()
		if !route.Upload && route.Media == "" {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, requestTimeout)
			defer cancel()
		}
		by, err := a.who(ctx, r)
		if err == nil {
			ctx, err = a.once(endpoint.WithActor(ctx, by), route, r)
		}
		if err != nil {
			a.fail(w, r, err)
			return
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

func (a *API) who(ctx context.Context, r *http.Request) (domain.Actor, error) {
	header := r.Header.Get("Authorization")
	if header == "" {
		return domain.Public(), nil
	}
	token, ok := strings.CutPrefix(header, "Bearer ")
	if !ok || token == "" {
		return domain.Actor{}, &domain.Error{Code: domain.CodeUnauthenticated, Key: "unauthenticated"}
	}
	return a.auth.Authenticate(ctx, token)
}

// once puts the idempotency key on the context. The digest ties it to the request; where the body holds a secret or a ballot it is
// left out, because three choices can be guessed from a hash.
func (a *API) once(ctx context.Context, route Route, r *http.Request) (context.Context, error) {
	if r.Method != http.MethodPost || route.Keyless {
		return ctx, nil
	}
	key := r.Header.Get("Idempotency-Key")
	if len(key) < 1 || len(key) > 200 || strings.ContainsFunc(key, func(c rune) bool { return c < '!' || c > '~' }) {
		return nil, &domain.Error{Code: domain.CodeInvalid, Key: "idempotency.required"}
	}
	sum := sha256.New()
	sum.Write([]byte(r.Method + " " + r.URL.Path + "\n"))
	if !route.Sealed && !route.Upload {
		raw, err := readBody(r)
		if err != nil {
			return nil, err
		}
		sum.Write(raw)
	}
	return service.WithOnce(ctx, key, hex.EncodeToString(sum.Sum(nil))), nil
}

func (a *API) fail(w http.ResponseWriter, r *http.Request, err error) {
	a.problems.encode(r.Context(), err, w)
}

func (a *API) readiness(w http.ResponseWriter, r *http.Request) {
	if err := a.ready(r.Context()); err != nil {
		a.fail(w, r, &domain.Error{Code: domain.CodeUnavailable, Key: "unavailable", Err: err})
		return
	}
	_, _ = w.Write([]byte("ready\n"))
}

// Serve runs the handler on the listener until the context ends, then lets requests under way finish.
func Serve(ctx context.Context, l net.Listener, h http.Handler) error {
	srv := &http.Server{
		Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 5 * time.Minute, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 32 << 10, BaseContext: func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
	done := make(chan error, 1)
	go func() {
		<-ctx.Done()
		stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), 15*time.Second)
		defer cancel()
		done <- srv.Shutdown(stop)
	}()
	if err := srv.Serve(l); err != http.ErrServerClosed {
		return err
	}
	return <-done
}
