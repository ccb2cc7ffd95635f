// Package web serves the pages: public portal, members' desk and secretariat, on the same typed endpoints as the JSON API.
// Plain forms do everything; scripts only save a reload.
package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"secretariat/domain"
	"secretariat/transport/catalogue"
	"secretariat/transport/edge"
	"secretariat/transport/endpoint"
)

// Authenticator knows who a session belongs to; CodeUnauthenticated when it is not good.
type Authenticator interface {
	Authenticate(ctx context.Context, token string) (domain.Actor, error)
}

// Site is all pages.
type Site struct {
	log      *slog.Logger
	set      endpoint.Set
	auth     Authenticator
	messages *catalogue.Catalogue
	now      func() time.Time
	secure   bool   // cookies travel over TLS only
	public   string // address people reach the service at, without a slash at its end
	views    views
	mux      *http.ServeMux
	routes   []Route
	proxies  edge.Proxies
	seal     seal

	provider     Provider // nil when there is none
	providerName string
}

// Route is one address of the site: a page to read, or a form to send.
type Route struct {
	Method, Pattern string
	Op              string // operation that a form calls; empty for pages
}

// Options of the site.
type Options struct {
	Log    *slog.Logger
	Now    func() time.Time // clock of the services, for the days that are left
	Public string           // address people reach the service at

	Provider     Provider // identity provider people may sign in at, nil for none
	ProviderName string   // as people know it

	Key []byte // of the deployment, seals forms that are kept while somebody signs in; empty for one of this process
}

// New makes the site from the endpoints.
func New(set endpoint.Set, auth Authenticator, messages *catalogue.Catalogue, o Options) (*Site, error) {
	address, err := url.Parse(o.Public)
	if err != nil {
		return nil, err
	}
	s := &Site{
		log: o.Log,
		set: set, auth: auth, messages: messages, now: o.Now, secure: address.Scheme == "https",
		public: strings.TrimSuffix(o.Public, "/"), mux: http.NewServeMux(),
		provider: o.Provider, providerName: o.ProviderName,
	}
	if s.seal, err = newSeal(o.Key); err != nil {
		return nil, err
	}
	if s.views, err = parse(); err != nil {
		return nil, err
	}
	s.static()
	for _, add := range []func(*Site){entrance, portal, desk, secretariat, session, live, registers, allianceShell, consultations, surveys, selections, agreements, plans, taskPages} {
		add(s)
	}
	s.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.fail(visitOf(r), w, &domain.Error{Code: domain.CodeNotFound, Key: "request.no_route"})
	})
	return s, nil
}

// Behind names the reverse proxies in front of the site. Call it before Handler.
func (s *Site) Behind(proxies edge.Proxies) { s.proxies = proxies }

// Routes lists the addresses of the site.
func (s *Site) Routes() []Route { return s.routes }

// page adds a page: build makes its view-model from the endpoints, the template shows it.
func (s *Site) page(pattern, template string, build func(*Visit) (any, error)) {
	s.routes = append(s.routes, Route{Method: http.MethodGet, Pattern: pattern})
	s.mux.HandleFunc("GET "+pattern, func(w http.ResponseWriter, r *http.Request) {
		v := visitOf(r)
		model, err := build(v)
		if err != nil {
			s.fail(v, w, err)
			return
		}
		s.show(v, w, template, model)
	})
}

// fail answers with the page of an error. Who is not signed in and may not see something is asked to sign in.
func (s *Site) fail(v *Visit, w http.ResponseWriter, err error) {
	var e *domain.Error
	if !errors.As(err, &e) {
		e = &domain.Error{Code: domain.CodeInternal, Key: "internal", Err: err}
	}
	if v.Actor.Kind == domain.ActorPublic && v.r.Method == http.MethodGet &&
		(e.Code == domain.CodeForbidden || e.Code == domain.CodeUnauthenticated) {
		http.Redirect(w, v.r, "/sign-in?next="+url.QueryEscape(v.r.URL.RequestURI()), http.StatusSeeOther)
		return
	}
	v.status = edge.StatusOf(e)
	p := v.problem(e)
	if v.Problem != nil && v.Problem.Message == p.Message {
		v.Problem = nil // said once
	}
	s.show(v, w, "error", p)
}

// local is a path of this site that a form or an address named, or the home page: nobody is sent elsewhere.
func local(path string) string {
	u, err := url.Parse(path)
	if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(path, "/") ||
		strings.HasPrefix(path, "//") || strings.Contains(path, "\\") {
		return "/"
	}
	return path
}
