package web

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/url"
	"time"

	"secretariat/domain"
	"secretariat/service/identity"
	"secretariat/transport/catalogue"
	"secretariat/transport/endpoint"
)

// Visit is one request for a page: who asks, in which language, and what a form that was refused had in it.
type Visit struct {
	Actor   domain.Actor
	Me      identity.Me // empty for who is not signed in
	Lang    catalogue.Lang
	Problem *Problem // why the form that was sent was refused
	site    *Site
	r       *http.Request
	sent    url.Values // of the refused form
	form    string     // its id
	resumed bool       // it was kept while its sender signed in
	status  int
	refresh int // seconds after which the page is to be asked for again, 0 for never
}

type visitKey struct{}

func visitOf(r *http.Request) *Visit {
	v, _ := r.Context().Value(visitKey{}).(*Visit)
	copied := *v
	copied.r = r
	return &copied
}

// Handler is the site with what every request needs: safe headers, who asks and in which language.
func (s *Site) Handler() http.Handler {
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.fail(visitOf(r), w, &domain.Error{Code: domain.CodeForbidden, Key: "request.cross_site"})
	}))
	guarded := cross.Handler(s.halt(s.mux))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := rand.Text()
		safe(w.Header(), id)
		ctx, cancel := context.WithTimeout(r.Context(), patience)
		defer cancel()
		ctx = endpoint.WithRequest(ctx, endpoint.Request{ID: id, Remote: s.proxies.Peer(r)})
		v := &Visit{site: s, Actor: domain.Public(), Lang: s.language(w, r), status: http.StatusOK}
		err := s.recognise(ctx, w, r, v)
		ctx = context.WithValue(endpoint.WithActor(ctx, v.Actor), visitKey{}, v)
		r = r.WithContext(ctx)
		if err != nil {
			s.fail(visitOf(r), w, err)
			return
		}
		guarded.ServeHTTP(w, r)
	})
}

// patience is how long a page may take; a paper that arrives has the deadlines of its connection.
const patience = 10 * time.Minute

func safe(h http.Header, id string) {
	h.Set("X-Request-Id", id)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data:; "+
		"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
	h.Set("Cache-Control", "no-store")
}

const (
	sessionCookie = "session"
	langCookie    = "lang"
)

// recognise finds out who asks. A session that is over is forgotten, and the visitor is one who is not signed in.
func (s *Site) recognise(ctx context.Context, w http.ResponseWriter, r *http.Request, v *Visit) error {
	c, err := r.Cookie(sessionCookie)
	if err != nil || c.Value == "" {
		return nil
	}
	by, err := s.auth.Authenticate(ctx, c.Value)
	if domain.CodeOf(err) == domain.CodeUnauthenticated {
		http.SetCookie(w, s.cookie(sessionCookie, "", -1))
		return nil
	}
	if err != nil {
		return err
	}
	v.Actor = by
	v.Me, err = s.meOf(ctx, by, c.Value)
	return err
}

func (s *Site) meOf(ctx context.Context, by domain.Actor, token string) (identity.Me, error) {
	return s.set.ShowSession.Call(endpoint.WithActor(ctx, by), identity.ShowSessionInput{Token: token})
}

func (s *Site) cookie(name, value string, seconds int) *http.Cookie {
	return &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: seconds, HttpOnly: true, Secure: s.secure,
		SameSite: http.SameSiteLaxMode,
	}
}

// language is the one chosen on a page, remembered from then on, or the browser's.
func (s *Site) language(w http.ResponseWriter, r *http.Request) catalogue.Lang {
	chosen := catalogue.Lang(r.URL.Query().Get("lang"))
	if chosen == catalogue.Korean || chosen == catalogue.English {
		http.SetCookie(w, s.cookie(langCookie, string(chosen), int((365*24*time.Hour).Seconds())))
		return chosen
	}
	if c, err := r.Cookie(langCookie); err == nil && catalogue.Lang(c.Value) == catalogue.English {
		return catalogue.English
	}
	return catalogue.Korean
}

// ctx carries who asks to the endpoints.
func (v *Visit) ctx() context.Context { return v.r.Context() }

// id is a value of the page's path.
func (v *Visit) id(name string) domain.ID { return domain.ID(v.r.PathValue(name)) }

// query is a value of the page's address.
func (v *Visit) query(name string) string { return v.r.URL.Query().Get(name) }
