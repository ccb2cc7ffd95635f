package jsonapi

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"net/http"
	"strings"
	"time"

	"secretariat/domain"
	"secretariat/service"
	"secretariat/transport/catalogue"
	"secretariat/transport/endpoint"
)

// timing is how long a request may take: to arrive and be dealt with, and to be read by who asked.
type timing struct{ arrive, leave time.Duration }

// ordinary is for JSON, withFile for what carries a file.
var (
	ordinary = timing{arrive: 30 * time.Second, leave: time.Minute}
	withFile = timing{arrive: 10 * time.Minute, leave: 10 * time.Minute}
)

// dress puts on every request what all need: an id, the reader's language, safe headers, deadlines, no requests from
// other sites.
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
		a.ordinary.set(w)
		ctx := context.WithValue(r.Context(), langKey{}, catalogue.Choose(r.Header.Get("Accept-Language")))
		ctx = endpoint.WithRequest(ctx, endpoint.Request{ID: id, Remote: a.proxies.Peer(r)})
		guarded.ServeHTTP(w, r.WithContext(ctx))
	})
}

// set bounds how long the connection may take to bring the request and to take the answer. A writer that knows no
// deadlines, as in some tests, goes without.
func (t timing) set(w http.ResponseWriter) {
	now, conn := time.Now(), http.NewResponseController(w)
	_ = conn.SetReadDeadline(now.Add(t.arrive))
	_ = conn.SetWriteDeadline(now.Add(t.leave))
}

// around authenticates, and takes the idempotency key of a POST.
func (a *API) around(route Route) http.Handler {
	next := route.handler(a)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := r.Context()
		if route.upload() || route.Bytes {
			withFile.set(w)
		} else {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, a.ordinary.arrive)
			defer cancel()
		}
		by, err := a.who(ctx, r)
		if err == nil {
			ctx, err = once(endpoint.WithActor(ctx, by), route, r)
		}
		if err != nil {
			a.fail(w, r, err)
			return
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

func (a *API) who(ctx context.Context, r *http.Request) (domain.Actor, error) {
	if r.Header.Get("Authorization") == "" {
		return domain.Public(), nil
	}
	token := bearer(r)
	if token == "" {
		return domain.Actor{}, &domain.Error{Code: domain.CodeUnauthenticated, Key: "unauthenticated"}
	}
	return a.auth.Authenticate(ctx, token)
}

// bearer is the token that a request presents, empty when there is none. The scheme's name may be written in any case
// (RFC 9110).
func bearer(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

const keyHeader = "Idempotency-Key"

// once puts the idempotency key on the context. The digest ties it to the request; where the body holds a secret or a
// ballot it is left out, because three choices can be guessed from a hash. A form with a file brings its own digest,
// see withKey.
func once(ctx context.Context, route Route, r *http.Request) (context.Context, error) {
	if r.Method != http.MethodPost || route.Keyless {
		return ctx, nil
	}
	key := r.Header.Get(keyHeader)
	if len(key) < 1 || len(key) > 200 || strings.ContainsFunc(key, func(c rune) bool { return c < '!' || c > '~' }) {
		return nil, &domain.Error{Code: domain.CodeInvalid, Key: "idempotency.required"}
	}
	if route.upload() {
		return ctx, nil
	}
	sum := sha256.New()
	_, _ = io.WriteString(sum, r.Method+" "+r.URL.Path+"\n")
	if !route.Sealed {
		raw, err := readBody(r)
		if err != nil {
			return nil, err
		}
		_, _ = sum.Write(raw)
	}
	return service.WithOnce(ctx, key, hex.EncodeToString(sum.Sum(nil))), nil
}

// withKey puts the idempotency key, which once has checked, on the context with a digest that is ready.
func withKey(r *http.Request, digest hash.Hash) context.Context {
	return service.WithOnce(r.Context(), r.Header.Get(keyHeader), hex.EncodeToString(digest.Sum(nil)))
}
