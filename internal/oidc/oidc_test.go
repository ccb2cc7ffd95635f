package oidc

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"secretariat/domain"
)

// provider is one whose description is good and whose exchange of codes answers as it is told.
func provider(t *testing.T, exchange http.HandlerFunc) *Provider {
	t.Helper()
	mux := http.NewServeMux()
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(map[string]any{
			"issuer": s.URL, "authorization_endpoint": s.URL + "/a", "token_endpoint": s.URL + "/token", "jwks_uri": s.URL + "/k",
		})
	})
	mux.HandleFunc("/token", exchange)
	return New(Options{Issuer: s.URL, ClientID: "us", Secret: "hunter2"})
}

// TestRefusalsSayNothingOfAPerson: what the provider writes into an answer reaches neither the reader nor the log.
func TestRefusalsSayNothingOfAPerson(t *testing.T) {
	for _, x := range []struct {
		status int
		body   string
		want   domain.Code
	}{
		{400, `{"error":"invalid_grant","error_description":"hong@example.kr"}`, domain.CodeUnauthenticated},
		{401, `{"error":"invalid_client","error_description":"hong@example.kr"}`, domain.CodeUnavailable},
		{503, "hong@example.kr is unknown", domain.CodeUnavailable},
		{200, `{"access_token":"hong@example.kr","token_type":"bearer"}`, domain.CodeUnauthenticated},
		{200, `{"access_token":"a","token_type":"bearer","id_token":"hong@example.kr"}`, domain.CodeUnauthenticated},
	} {
		p := provider(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(x.status)
			_, _ = w.Write([]byte(x.body))
		})
		_, err := p.Redeem(t.Context(), "the-code", "the-verifier", "the-nonce")
		if domain.CodeOf(err) != x.want {
			t.Errorf("%d %s: %v, want %s", x.status, x.body, err, x.want)
		}
		for _, private := range []string{"hong", "the-code", "the-verifier", "the-nonce", "hunter2"} {
			if err != nil && strings.Contains(err.Error(), private) {
				t.Errorf("the error says %s: %v", private, err)
			}
		}
	}
}

// TestASlowProviderIsGivenUp, and asked again by the next who comes.
func TestASlowProviderIsGivenUp(t *testing.T) {
	var slow atomic.Bool
	slow.Store(true)
	ready := provider(t, http.NotFound)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if slow.Load() {
			<-r.Context().Done()
			return
		}
		_ = json.NewEncoder(w).Encode(map[string]any{
			"issuer": "http://" + r.Host, "authorization_endpoint": ready.Issuer() + "/a", "token_endpoint": ready.Issuer() + "/token",
			"jwks_uri": ready.Issuer() + "/k",
		})
	}))
	t.Cleanup(s.Close)
	p := New(Options{Issuer: s.URL, ClientID: "us"})
	p.http.Timeout = 50 * time.Millisecond
	if _, err := p.Address(t.Context(), "s", "n", "v"); domain.CodeOf(err) != domain.CodeUnavailable {
		t.Errorf("slow: %v", err)
	}
	slow.Store(false)
	p.http.Timeout = patience
	at, err := p.Address(t.Context(), "s", "n", "v")
	if err != nil || !strings.Contains(at, "code_challenge_method=S256") || strings.Contains(at, "code_verifier") {
		t.Errorf("%q, %v", at, err)
	}
}
