package web

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"secretariat/domain"
	"secretariat/service/identity"
)

// What somebody is told whose form waits for a second factor: one that is not there yet, or that this session was opened without.
var (
	errHeld      = &domain.Error{Code: domain.CodeForbidden, Key: "session.held"}
	errUnsecured = &domain.Error{Code: domain.CodeForbidden, Key: "session.unsecured"}
)

// reachable reports whether a page is for those too whose rights wait for a second factor: their account, signing out
// and what everybody may read.
func reachable(path string) bool {
	for _, at := range []string{"/account/", "/sign-", "/assets/", "/help/"} {
		if strings.HasPrefix(path+"/", at) {
			return true
		}
	}
	return false
}

// halt leads somebody whose rights wait for a second factor to where it is set up. A form that is on its way is kept for
// then: rights may come, and a second factor may be taken away, while somebody is writing.
func (s *Site) halt(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch v := visitOf(r); {
		case !v.Actor.Held || reachable(r.URL.Path):
			next.ServeHTTP(w, r)
		case r.Method == http.MethodPost:
			s.haltForm(v, w)
		default:
			http.Redirect(w, r, "/account/second-factor", http.StatusSeeOther)
		}
	})
}

func (s *Site) haltForm(v *Visit, w http.ResponseWriter) {
	err := readSent(v, w)
	from := local(v.r.PostForm.Get(fromField))
	if err == nil {
		err = v.sender()
	}
	if err != nil {
		s.fail(v, w, err)
		return
	}
	if !keepable(from) {
		http.Redirect(w, v.r, "/account/second-factor", http.StatusSeeOther)
		return
	}
	sealed, err := s.sealSent(v, from)
	if err != nil {
		s.fail(v, w, err)
		return
	}
	s.askFactor(v, w, from, sealed)
}

// readSent reads the fields of a form without knowing what it is for. A file that comes with it is not kept.
func readSent(v *Visit, w http.ResponseWriter) error {
	if uploads(v.r) {
		_, err := untilFile(v.r)
		drain(v.r)
		if domain.KeyOf(err) == "request.form" {
			return err
		}
		return nil // without a file there is nothing to choose again
	}
	return parseSent(w, v.r)
}

// parseSent reads a form that has no file.
func parseSent(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, limitOf(r))
	err := r.ParseForm()
	if tooLarge := new(http.MaxBytesError); errors.As(err, &tooLarge) {
		return &domain.Error{Code: domain.CodeTooLarge, Key: "request.too_large", Args: domain.Args{"max": limitOf(r)}}
	}
	if err != nil {
		return &domain.Error{Code: domain.CodeInvalid, Key: "request.malformed", Err: err}
	}
	return nil
}

// askFactor shows the page of the second factor to somebody whose form is kept. Who has set it up in another session signs
// in anew, since this one was opened without it.
func (s *Site) askFactor(v *Visit, w http.ResponseWriter, next, sealed string) {
	f, err := s.set.ShowFactor.Call(v.ctx(), identity.ShowFactorInput{})
	if err != nil {
		s.fail(v, w, err)
		return
	}
	if f.Confirmed {
		s.askIn(v, w, next, sealed, errUnsecured)
		return
	}
	v.r = v.r.WithContext(context.WithValue(v.ctx(), fromKey{}, "/account/second-factor"))
	v.Problem = v.problem(errHeld)
	v.status = v.Problem.Status
	s.show(v, w, "second-factor", factorPage{FactorView: f, Kept: sealed, Next: next})
}

// beginFactor begins the second factor, with the form that waits for it in its own answer.
func (s *Site) beginFactor(w http.ResponseWriter, r *http.Request) {
	v := visitOf(r)
	in, err := readForm[identity.BeginFactorInput](w, r)
	if err == nil {
		_, err = s.set.BeginFactor.Call(withKey(v.ctx(), r), in)
	}
	switch sealed := r.PostForm.Get(keptField); {
	case err != nil:
		s.again(v, w, err)
	case sealed != "":
		s.askFactor(v, w, local(r.PostForm.Get("next")), sealed)
	default:
		http.Redirect(w, r, "/account/second-factor?done=begun", http.StatusSeeOther)
	}
}

// confirmFactor shows the recovery codes in its own answer: nothing keeps them.
func (s *Site) confirmFactor(w http.ResponseWriter, r *http.Request) {
	v := visitOf(r)
	in, err := readForm[identity.CodeInput](w, r)
	in.Token = cookieOf(r, sessionCookie)
	var out identity.Recovery
	if err == nil {
		out, err = s.set.ConfirmFactor.Call(v.ctx(), in)
	}
	if err != nil {
		r.PostForm.Del("code")
		s.again(v, w, err)
		return
	}
	s.show(v, w, "second-factor", factorPage{
		FactorView: identity.FactorView{Confirmed: true, Recovery: len(out.Codes)}, Codes: out.Codes,
		Kept: r.PostForm.Get(keptField), Next: local(r.PostForm.Get("next")),
	})
}
