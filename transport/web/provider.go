package web

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"net/http"
	"net/url"
	"time"

	"secretariat/domain"
	"secretariat/service/identity"
)

// Provider is the identity provider people may sign in at.
type Provider interface {
	// Address is where the browser is sent; verifier stays here, its hash goes along (RFC 7636).
	Address(ctx context.Context, state, nonce, verifier string) (string, error)
}

// providerCookie binds what comes back to the browser that was sent.
const providerCookie = "provider"

// away is how long somebody may stay at the provider.
const away = 10 * time.Minute

// Refusals of a sign-in at the provider that the sign-in page says, by the word in its address.
var providerRefusals = map[string]*domain.Error{
	"unlinked":    {Code: domain.CodeUnauthenticated, Key: "session.unlinked"},
	"provider":    {Code: domain.CodeUnavailable, Key: "session.no_provider"},
	"interrupted": {Code: domain.CodeUnauthenticated, Key: "session.interrupted"},
	"limited":     {Code: domain.CodeLimited, Key: "rate_limited"},
}

// signInPage is the page of signing in.
type signInPage struct {
	Next     string
	Provider string // as the deployment calls it, empty when there is none
	Kept     string // a form that its sender takes up again, sealed
}

func (s *Site) signInPage(v *Visit) (any, error) {
	_, again := v.ctx().Value(refusedKey{}).(refused) // a password that was wrong meanwhile is what there is to say
	if e := providerRefusals[v.query("refused")]; e != nil && !again {
		v.Problem = v.problem(e)
		v.status = v.Problem.Status
	}
	return signInPage{local(v.query("next")), s.providerName, ""}, nil
}

// providerPages add the way to the provider and back. It is a link rather than a form, because the browser would not
// let a form end at another host (form-action 'self').
func providerPages(s *Site) {
	if s.provider == nil {
		return
	}
	s.routes = append(s.routes, Route{http.MethodGet, "/sign-in/provider", ""},
		Route{http.MethodGet, "/sign-in/provider/back", s.set.Federate.Op()})
	s.mux.HandleFunc("GET /sign-in/provider", s.leave)
	s.mux.HandleFunc("GET /sign-in/provider/back", s.comeBack)
}

func (s *Site) leave(w http.ResponseWriter, r *http.Request) {
	v := visitOf(r)
	state, nonce := rand.Text(), rand.Text()
	verifier := rand.Text() + rand.Text() // 52 characters; 43 to 128 are asked for
	next := local(v.query("next"))
	to, err := s.provider.Address(v.ctx(), state, nonce, verifier)
	if err != nil {
		s.notIn(v, w, err, next)
		return
	}
	trip := url.Values{"state": {state}, "nonce": {nonce}, "verifier": {verifier}, "next": {next}}
	s.remember(w, providerCookie, trip.Encode(), s.now().Add(away))
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// comeBack takes in what the provider sent the browser back with. The address, which holds the code, is left at once.
func (s *Site) comeBack(w http.ResponseWriter, r *http.Request) {
	v := visitOf(r)
	trip, _ := url.ParseQuery(cookieOf(r, providerCookie)) // an empty one has no state
	http.SetCookie(w, s.cookie(providerCookie, "", -1))
	next, state := local(trip.Get("next")), trip.Get("state")
	if state == "" || subtle.ConstantTimeCompare([]byte(state), []byte(v.query("state"))) != 1 || v.query("code") == "" {
		s.notIn(v, w, providerRefusals["interrupted"], next)
		return
	}
	out, err := s.set.Federate.Call(v.ctx(), identity.FederateInput{
		Code: v.query("code"), Verifier: trip.Get("verifier"), Nonce: trip.Get("nonce"),
	})
	if err != nil {
		s.notIn(v, w, err, next)
		return
	}
	s.admit(w, r, out, next, "")
}

// notIn leads to the sign-in page, which says why the provider's way did not lead in; passwords still do.
func (s *Site) notIn(v *Visit, w http.ResponseWriter, err error, next string) {
	for word, e := range providerRefusals {
		if domain.KeyOf(err) == e.Key {
			to := "/sign-in?" + url.Values{"refused": {word}, "next": {next}}.Encode()
			http.Redirect(w, v.r, to, http.StatusSeeOther)
			return
		}
	}
	s.fail(v, w, err)
}

// At is the address of the way to the provider.
func (p signInPage) At() string { return "/sign-in/provider?" + url.Values{"next": {p.Next}}.Encode() }
