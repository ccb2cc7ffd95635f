package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"secretariat/internal/oidc"
)

// newProvider makes the identity provider of the settings, nil when they name none.
func newProvider(c config) (*oidc.Provider, error) {
	if c.oidc.issuer == "" {
		return nil, nil //nolint:nilnil // none is an answer
	}
	if c.oidc.client == "" || c.oidc.secretFile == "" {
		return nil, errors.New("SECRETARIAT_OIDC_ISSUER needs SECRETARIAT_OIDC_CLIENT_ID and " +
			"SECRETARIAT_OIDC_CLIENT_SECRET_FILE")
	}
	secret, err := os.ReadFile(c.oidc.secretFile)
	if err != nil {
		return nil, fmt.Errorf("SECRETARIAT_OIDC_CLIENT_SECRET_FILE: %w", err)
	}
	return oidc.New(oidc.Options{
		Issuer: c.oidc.issuer, ClientID: c.oidc.client, Secret: strings.TrimSpace(string(secret)),
		Callback: strings.TrimSuffix(c.publicURL, "/") + "/sign-in/provider/back", Secured: c.oidc.secured,
	}), nil
}
