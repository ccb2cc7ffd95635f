package web

import (
	"net/http"
	"net/url"
	"time"

	"secretariat/domain"
	"secretariat/service/identity"
	"secretariat/transport/endpoint"
)

// notThere answers for what is not there.
var notThere = &domain.Error{Code: domain.CodeNotFound, Key: "request.no_route"}

// doneKeys are the messages that a form which went through may leave, as web.done.<key>.
var doneKeys = map[string]bool{}

// done names the messages that pages may show after a form.
func done(keys ...string) {
	for _, key := range keys {
		doneKeys[key] = true
	}
}

// entrance adds the pages of signing in and out and of one's own account.
func entrance(s *Site) {
	s.page("/sign-in", "sign-in", s.signInPage)
	s.mux.HandleFunc("POST /sign-in", s.signIn)
	s.mux.HandleFunc("POST /sign-out", s.signOut)
	s.mux.HandleFunc("POST /sign-in/resume", s.takeUp)
	s.routes = append(s.routes, Route{http.MethodPost, "/sign-in", s.set.OpenSession.Op()},
		Route{http.MethodPost, "/sign-out", s.set.CloseSession.Op()})
	providerPages(s)
	accountPages(s)
	secondFactor(s)
	invitationPages(s)
	accountsPage(s)
}

func (s *Site) signIn(w http.ResponseWriter, r *http.Request) {
	v := visitOf(r)
	in, err := readForm[identity.OpenSessionInput](w, r)
	if err != nil {
		s.again(v, w, err)
		return
	}
	out, err := s.set.OpenSession.Call(v.ctx(), in)
	if err != nil {
		r.PostForm.Del("password")
		s.again(v, w, err)
		return
	}
	s.admit(w, r, out, local(r.PostForm.Get("next")), r.PostForm.Get(keptField))
}

// admit goes on with somebody whose first step of signing in went through: to the second, or in. A form that was kept
// goes along in the pages.
func (s *Site) admit(w http.ResponseWriter, r *http.Request, out identity.Session, next, sealed string) {
	if out.Pending {
		s.remember(w, halfCookie, out.Token, out.ExpiresAt)
		if sealed != "" {
			s.askSecond(visitOf(r), w, next, sealed)
			return
		}
		http.Redirect(w, r, "/sign-in/second?next="+url.QueryEscape(next), http.StatusSeeOther)
		return
	}
	s.enter(w, r, out, next, sealed)
}

// enter begins the visit of somebody who has signed in.
func (s *Site) enter(w http.ResponseWriter, r *http.Request, out identity.Session, next, sealed string) {
	s.remember(w, sessionCookie, out.Token, out.ExpiresAt)
	if sealed != "" {
		s.enterWith(w, r, out.Token, sealed, next)
		return
	}
	if next == "/" {
		next = "/desk"
	}
	http.Redirect(w, r, next, http.StatusSeeOther)
}

// remember puts a secret into a cookie until it is over.
func (s *Site) remember(w http.ResponseWriter, name, secret string, until time.Time) {
	http.SetCookie(w, s.cookie(name, secret, int(until.Sub(s.now()).Seconds())))
}

func (s *Site) signOut(w http.ResponseWriter, r *http.Request) {
	v := visitOf(r)
	if c, err := r.Cookie(sessionCookie); err == nil && v.SignedIn() {
		ctx := endpoint.WithActor(r.Context(), v.Actor)
		if _, err := s.set.CloseSession.Call(ctx, identity.CloseSessionInput{Token: c.Value}); err != nil {
			s.fail(v, w, err)
			return
		}
	}
	http.SetCookie(w, s.cookie(sessionCookie, "", -1))
	http.Redirect(w, r, "/", http.StatusSeeOther)
}
