package web

import (
	"context"
	"encoding/base64"
	"html/template"
	"net/http"
	"time"

	"secretariat/domain"
	"secretariat/service/identity"
)

// halfCookie holds the token of a sign-in between the password and the second factor, invitationCookie the secret of a
// link while its owner chooses a password.
const (
	halfCookie       = "second"
	invitationCookie = "invitation"
)

var errVisitor = &domain.Error{Code: domain.CodeUnauthenticated, Key: "unauthenticated"}

// accountPages adds the page of one's own account.
func accountPages(s *Site) {
	done("extended", "everywhere", "dropped")
	s.page("/account", "account", func(v *Visit) (any, error) {
		if !v.SignedIn() {
			return nil, errVisitor
		}
		return s.set.ShowFactor.Call(v.ctx(), identity.ShowFactorInput{})
	})
	act(s, "/account/password", s.set.ChangePassword, func(*Visit, identity.PasswordInput, identity.Done) string {
		return "/sign-in"
	})
	actWith(s, "/account/sign-out-everywhere", s.set.CloseSession, func(_ *Visit, in *identity.CloseSessionInput) error {
		in.Everywhere = true
		return nil
	}, func(*Visit, identity.CloseSessionInput, identity.Done) string { return "/sign-in?done=everywhere" })
	s.routes = append(s.routes, Route{http.MethodPost, "/account/extend", s.set.ExtendSession.Op()})
	s.mux.HandleFunc("POST /account/extend", s.extend)
}

// extend lets the session and its cookie be good for longer.
func (s *Site) extend(w http.ResponseWriter, r *http.Request) {
	v := visitOf(r)
	token := cookieOf(r, sessionCookie)
	in, err := readForm[identity.ExtendSessionInput](w, r)
	in.Token = token
	var out identity.Extended
	if err == nil {
		out, err = s.set.ExtendSession.Call(v.ctx(), in)
	}
	if err != nil {
		s.fail(v, w, err)
		return
	}
	s.remember(w, sessionCookie, token, out.ExpiresAt)
	http.Redirect(w, r, local(r.PostForm.Get(fromField)), http.StatusSeeOther)
}

func cookieOf(r *http.Request, name string) string {
	c, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}

// warnBefore is how long before the end of a session its owner is told.
const warnBefore = 5 * time.Minute

// SecondsLeft is how many seconds the session is still good for, 0 when that is not known.
func (v *Visit) SecondsLeft() int {
	if v.Me.ExpiresAt == nil {
		return 0
	}
	return max(0, int(v.Me.ExpiresAt.Sub(v.Now()).Seconds()))
}

// WarnBefore is how many seconds before the end of a session its owner is told.
func (*Visit) WarnBefore() int { return int(warnBefore.Seconds()) }

// secondFactor adds the second step of signing in, and the page that sets it up.
func secondFactor(s *Site) {
	done("begun")
	s.page("/sign-in/second", "second", func(v *Visit) (any, error) { return secondPage{local(v.query("next")), ""}, nil })
	s.routes = append(s.routes, Route{http.MethodPost, "/sign-in/second", s.set.ConfirmSession.Op()},
		Route{http.MethodPost, "/account/second-factor/begin", s.set.BeginFactor.Op()},
		Route{http.MethodPost, "/account/second-factor/confirm", s.set.ConfirmFactor.Op()})
	s.mux.HandleFunc("POST /sign-in/second", s.signInSecond)
	s.page("/account/second-factor", "second-factor", func(v *Visit) (any, error) {
		if !v.SignedIn() {
			return nil, errVisitor
		}
		f, err := s.set.ShowFactor.Call(v.ctx(), identity.ShowFactorInput{})
		return factorPage{FactorView: f}, err
	})
	s.mux.HandleFunc("POST /account/second-factor/begin", s.beginFactor)
	act(s, "/account/second-factor/drop", s.set.DropFactor, func(*Visit, identity.CodeInput, identity.Done) string {
		return "/account?done=dropped"
	})
	s.mux.HandleFunc("POST /account/second-factor/confirm", s.confirmFactor)
}

// factorPage is the page that sets the second factor up.
type factorPage struct {
	identity.FactorView
	Codes []string // recovery codes, shown once
	Kept  string   // a form that its sender takes up again, sealed
	Next  string   // page that it stands on
}

// Picture is the address for the device as an image.
func (p factorPage) Picture() template.URL {
	//nolint:gosec // base64 of a PNG that this program has drawn
	return template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(p.Device.Picture))
}

// secondPage is the page of the second step of signing in.
type secondPage struct{ Next, Kept string }

// askSecond shows it to somebody whose form is kept.
func (s *Site) askSecond(v *Visit, w http.ResponseWriter, next, sealed string) {
	v.r = v.r.WithContext(context.WithValue(v.ctx(), fromKey{}, "/sign-in/second"))
	s.show(v, w, "second", secondPage{next, sealed})
}

func (s *Site) signInSecond(w http.ResponseWriter, r *http.Request) {
	v := visitOf(r)
	in, err := readForm[identity.ConfirmSessionInput](w, r)
	in.Token = cookieOf(r, halfCookie)
	var out identity.Session
	if err == nil {
		out, err = s.set.ConfirmSession.Call(v.ctx(), in)
	}
	if err != nil {
		r.PostForm.Del("code")
		s.again(v, w, err)
		return
	}
	http.SetCookie(w, s.cookie(halfCookie, "", -1))
	s.enter(w, r, out, local(r.PostForm.Get("next")), r.PostForm.Get(keptField))
}

// invitationPages add the links by which people set a password. The secret leaves the address at once.
func invitationPages(s *Site) {
	done("lost", "accepted", "joined")
	s.mux.HandleFunc("GET /invitation", func(w http.ResponseWriter, r *http.Request) {
		v := visitOf(r)
		if token := v.query("token"); token != "" {
			s.remember(w, invitationCookie, token, s.now().Add(time.Hour))
			http.Redirect(w, r, "/invitation", http.StatusSeeOther)
			return
		}
		s.show(v, w, "invitation", s.invited(v))
	})
	s.routes = append(s.routes, Route{http.MethodGet, "/invitation", ""}, Route{http.MethodPost, "/invitation", s.set.Accept.Op()})
	s.mux.HandleFunc("POST /invitation", func(w http.ResponseWriter, r *http.Request) {
		v := visitOf(r)
		before := s.invited(v)
		in, err := readForm[identity.AcceptInput](w, r)
		in.Token = cookieOf(r, invitationCookie)
		if err == nil && in.Password != r.PostForm.Get("again") {
			err = different()
		}
		if err == nil {
			_, err = s.set.Accept.Call(v.ctx(), in)
		}
		if err != nil {
			s.again(v, w, err)
			return
		}
		http.SetCookie(w, s.cookie(invitationCookie, "", -1))
		message := "accepted"
		if !before.Password {
			message = "joined"
		}
		http.Redirect(w, r, "/sign-in?done="+message, http.StatusSeeOther)
	})
	s.page("/lost-password", "lost", func(*Visit) (any, error) { return nil, nil })
	act(s, "/lost-password", s.set.LostPassword, func(*Visit, identity.LostInput, identity.Done) string {
		return "/sign-in?done=lost"
	})
}

// invitationPage is what a link is for.
type invitationPage struct {
	identity.Opened
}

// invited says what the link is for that was opened last. Without one, or with one that is over, the form is that of a password,
// as whoever holds no good link learns nothing.
func (s *Site) invited(v *Visit) invitationPage {
	out, err := s.set.ShowInvitation.Call(v.ctx(), identity.ShowInvitationInput{Token: cookieOf(v.r, invitationCookie)})
	if err != nil {
		return invitationPage{Opened: identity.Opened{Password: true}}
	}
	return invitationPage{Opened: out}
}

func different() error {
	var p domain.Problems
	p.Add("again", "web.account.different", nil)
	return p.Err()
}
