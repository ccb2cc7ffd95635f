package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAProviderNeedsItsSettings: half of a configuration is refused at the start, and none is none.
func TestAProviderNeedsItsSettings(t *testing.T) {
	if p, err := newProvider(config{}); p != nil || err != nil {
		t.Errorf("without settings: %v, %v", p, err)
	}
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte("hunter2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]oidcConfig{
		"CLIENT_ID":          {issuer: "https://idp.example.kr", secretFile: file},
		"CLIENT_SECRET_FILE": {issuer: "https://idp.example.kr", client: "us", secretFile: file + ".none"},
	} {
		if _, err := newProvider(config{oidc: c}); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("without %s: %v", name, err)
		}
	}
	p, err := newProvider(config{oidc: oidcConfig{issuer: "https://idp.example.kr", client: "us", secretFile: file}})
	if err != nil || p.Issuer() != "https://idp.example.kr" {
		t.Errorf("%v, %v", p, err)
	}
}
