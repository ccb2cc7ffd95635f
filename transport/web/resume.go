package web

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"net/url"

	"secretariat/domain"
	"secretariat/transport/endpoint"
)

var (
	errExpired = &domain.Error{Code: domain.CodeUnauthenticated, Key: "session.kept"}
	errAnother = &domain.Error{Code: domain.CodeForbidden, Key: "session.another"}
)

// resumedKey is on the context of a page that is shown with a form that was kept.
type resumedKey struct{}

// refuse answers a form that was not accepted: where only signing in is wanting, its sender signs in and finds the form
// as it was; else its page is shown again with what is wrong.
func (s *Site) refuse(v *Visit, w http.ResponseWriter, err error) {
	if errors.Is(err, errAnother) {
		s.fail(v, w, err) // what somebody else typed is not shown
		return
	}
	drain(v.r)
	code := domain.CodeOf(err)
	from := local(v.r.PostForm.Get(fromField))
	if v.SignedIn() || !keepable(from) || code != domain.CodeUnauthenticated && code != domain.CodeForbidden {
		s.again(v, w, err)
		return
	}
	sealed, err := s.sealSent(v, from)
	if err != nil {
		s.fail(v, w, err)
		return
	}
	s.askIn(v, w, from, sealed, errExpired)
}

// sealSent seals the form that was sent. It is sent again under another key, since nothing was done.
func (s *Site) sealSent(v *Visit, from string) (string, error) {
	sent := maps.Clone(v.r.PostForm)
	sent.Del(keyField)
	return s.seal.close(keptForm{from, sent.Get(whoField), sent, s.now().Add(keepFor)})
}

// sender says what is wrong with who sends the form: its page was made for somebody, whose session has ended, or in whose
// place somebody else has signed in since. Nothing is done then, not even what everybody may do: it would be in another name.
func (v *Visit) sender() error {
	who := v.r.PostForm.Get(whoField)
	switch {
	case who == "" || who == v.Who():
		return nil
	case v.SignedIn():
		return errAnother
	}
	return errVisitor
}

// askIn shows the page of signing in to somebody whose form is kept, and why.
func (s *Site) askIn(v *Visit, w http.ResponseWriter, next, sealed string, why *domain.Error) {
	v.r = v.r.WithContext(context.WithValue(v.ctx(), fromKey{}, "/sign-in?"+url.Values{"next": {next}}.Encode()))
	v.Problem = v.problem(why)
	v.status = v.Problem.Status
	s.show(v, w, "sign-in", signInPage{next, s.providerName, sealed})
}

// takeUp is asked by somebody who has signed in elsewhere, at the provider or in another window.
func (s *Site) takeUp(w http.ResponseWriter, r *http.Request) {
	v := visitOf(r)
	r.Body = http.MaxBytesReader(w, r.Body, maxKept)
	if err := r.ParseForm(); err != nil {
		s.fail(v, w, &domain.Error{Code: domain.CodeInvalid, Key: "request.malformed", Err: err})
		return
	}
	sealed, next := r.PostForm.Get(keptField), local(r.PostForm.Get("next"))
	if !v.SignedIn() {
		s.askIn(v, w, next, sealed, errExpired)
		return
	}
	s.resume(v, w, sealed, next)
}

// resume shows the page of a form that was kept as it was sent, to the person it belongs to, once that person has the
// rights for it. Nothing is done yet.
func (s *Site) resume(v *Visit, w http.ResponseWriter, sealed, next string) {
	f, err := s.seal.open(sealed, s.now())
	from, perr := url.Parse(local(f.From))
	if err != nil || perr != nil {
		http.Redirect(w, v.r, next, http.StatusSeeOther)
		return
	}
	if f.Who != "" && f.Who != v.Who() {
		s.fail(v, w, errAnother)
		return
	}
	if v.Actor.Held && !reachable(from.Path) {
		s.askFactor(v, w, next, sealed)
		return
	}
	ctx := context.WithValue(v.ctx(), resumedKey{}, f.Sent)
	s.mux.ServeHTTP(w, readAgain(v.r, ctx, from))
}

// enterWith begins the visit of somebody who has signed in with a form that was kept.
func (s *Site) enterWith(w http.ResponseWriter, r *http.Request, token, sealed, next string) {
	v := visitOf(r)
	by, err := s.auth.Authenticate(v.ctx(), token)
	if err == nil {
		v.Actor = by
		v.Me, err = s.meOf(v.ctx(), by, token)
	}
	if err != nil {
		s.fail(v, w, err)
		return
	}
	v.r = r.WithContext(context.WithValue(endpoint.WithActor(v.ctx(), by), visitKey{}, v))
	s.resume(v, w, sealed, next)
}

// FileAgain is the name of the file that came with the form which is shown again, and is to be chosen again.
func (v *Visit) FileAgain() string { return v.sent.Get(fileField) }

// Resumed reports whether the page shows a form that was kept while its sender signed in again.
func (v *Visit) Resumed() bool { return v.resumed }
