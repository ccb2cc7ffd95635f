// Package oidc signs people in at an identity provider (OpenID Connect): authorisation code flow with PKCE.
package oidc

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"secretariat/domain"
	"secretariat/domain/identity"
)

// Options say which provider it is and who we are to it.
type Options struct {
	Issuer   string
	ClientID string
	Secret   string   // of the client
	Callback string   // address at which browsers come back
	Secured  []string // values of amr or acr that stand for a second factor; none trusts no value
}

// patience is how long one question to the provider may take.
const patience = 5 * time.Second

// Provider is asked for its description at the first sign-in and, while it does not answer, with each that follows: the
// program starts without it.
type Provider struct {
	o     Options
	http  *http.Client
	found atomic.Pointer[oidc.Provider]
}

// New makes the provider without asking it anything.
func New(o Options) *Provider { return &Provider{o: o, http: &http.Client{Timeout: patience}} }

// Issuer is the provider's name.
func (p *Provider) Issuer() string { return p.o.Issuer }

// Address is where a browser is sent to sign in. CodeUnavailable when the provider does not answer.
func (p *Provider) Address(ctx context.Context, state, nonce, verifier string) (string, error) {
	found, err := p.describe(ctx)
	if err != nil {
		return "", err
	}
	return p.client(found).AuthCodeURL(state, oidc.Nonce(nonce), oauth2.S256ChallengeOption(verifier)), nil
}

// Redeem turns a code into what the provider has signed about its owner.
func (p *Provider) Redeem(ctx context.Context, code, verifier, nonce string) (identity.Proof, error) {
	found, err := p.describe(ctx)
	if err != nil {
		return identity.Proof{}, err
	}
	ctx = oidc.ClientContext(ctx, p.http)
	tokens, err := p.client(found).Exchange(ctx, code, oauth2.VerifierOption(verifier))
	if err != nil {
		return identity.Proof{}, exchangeError(err)
	}
	raw, _ := tokens.Extra("id_token").(string)
	signed, err := found.Verifier(&oidc.Config{ClientID: p.o.ClientID}).Verify(ctx, raw)
	if err != nil {
		return identity.Proof{}, refused("the token was not verified")
	}
	if nonce == "" || subtle.ConstantTimeCompare([]byte(signed.Nonce), []byte(nonce)) != 1 {
		return identity.Proof{}, refused("the nonce is another")
	}
	return p.proof(signed)
}

// describe asks the provider once where its parts are. The keys it signs with are asked for later, which is why the end
// of this request must not reach them.
func (p *Provider) describe(ctx context.Context) (*oidc.Provider, error) {
	if found := p.found.Load(); found != nil {
		return found, nil
	}
	found, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), p.http), p.o.Issuer)
	if err != nil {
		return nil, unavailable("its description was not had")
	}
	p.found.Store(found)
	return found, nil
}

func (p *Provider) client(found *oidc.Provider) *oauth2.Config {
	return &oauth2.Config{
		ClientID: p.o.ClientID, ClientSecret: p.o.Secret, Endpoint: found.Endpoint(), RedirectURL: p.o.Callback,
		Scopes: []string{oidc.ScopeOpenID, "email"},
	}
}

// claims are what we read of a token. Some providers write the truth of an address as a text.
type claims struct {
	Email    string   `json:"email"`
	Verified any      `json:"email_verified"`
	Methods  []string `json:"amr"`
	Class    string   `json:"acr"`
}

func (p *Provider) proof(signed *oidc.IDToken) (identity.Proof, error) {
	var c claims
	if err := signed.Claims(&c); err != nil {
		return identity.Proof{}, refused("the claims cannot be read")
	}
	return identity.Proof{
		Issuer: p.o.Issuer, Subject: signed.Subject, Email: c.Email, Verified: c.Verified == true || c.Verified == "true",
		Secured: slices.ContainsFunc(append(c.Methods, c.Class), func(s string) bool {
			return s != "" && slices.Contains(p.o.Secured, s)
		}),
	}, nil
}

// exchangeError tells a code that is refused from a provider that does not work. What the provider wrote is left out:
// it may hold the code, a token or a person.
func exchangeError(err error) error {
	var answered *oauth2.RetrieveError
	if !errors.As(err, &answered) || answered.Response == nil {
		return unavailable("the code was not exchanged")
	}
	status := answered.Response.StatusCode
	if status >= http.StatusInternalServerError || answered.ErrorCode == "invalid_client" {
		return unavailable(fmt.Sprintf("the exchange of the code answered %d", status))
	}
	return refused(fmt.Sprintf("the exchange of the code answered %d", status))
}

func unavailable(why string) error {
	return &domain.Error{Code: domain.CodeUnavailable, Key: "session.no_provider", Err: errors.New(why)}
}

func refused(why string) error {
	return &domain.Error{Code: domain.CodeUnauthenticated, Key: "session.interrupted", Err: errors.New(why)}
}
