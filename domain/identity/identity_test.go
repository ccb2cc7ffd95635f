package identity_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"secretariat/domain"
	. "secretariat/domain/identity"
)

// fields are the keys of the fields that are wrong.
func fields(p domain.Problems) map[string]string {
	out := map[string]string{}
	if e := new(domain.Error); errors.As(p.Err(), &e) {
		for _, f := range e.Fields {
			out[f.Field] = f.Key
		}
	}
	return out
}

func TestAddresses(t *testing.T) {
	for address, good := range map[string]bool{
		"hong@example.kr": true, "hong.gil-dong+dx@mail.seoul.go.kr": true, "a@b": true,
		"": false, "hong": false, "hong@": false, "@example.kr": false, "hong@@example.kr": false,
		"hong gildong@example.kr": false, "<hong@example.kr>": false, "Hong <hong@example.kr>": false,
		"홍길동@example.kr": false, "hong@예시.kr": false, "hong@example.kr\n": false, "hong\x00@example.kr": false,
		"hong@example.kr, kim@example.kr": false, `"hong"@example.kr`: false,
		strings.Repeat("a", 243) + "@example.kr": true, strings.Repeat("a", 244) + "@example.kr": false,
	} {
		var p domain.Problems
		CheckEmail(&p, "email", address)
		if (p.Err() == nil) != good {
			t.Errorf("%q is good: %v", address, !good)
		}
	}
}

func TestAddressIsUniqueWhateverItsCase(t *testing.T) {
	if got := Email("  Hong@Example.KR\t"); got != "hong@example.kr" {
		t.Errorf("got %q", got)
	}
}

func TestPasswords(t *testing.T) {
	const email = "hong.gildong@example.kr"
	for password, want := range map[string]string{
		"열두글자짜리비밀번호임다":             "", // twelve characters, thirty-six bytes
		"eleven-char":              "account.password_length",
		"twelve-chars":             "",
		strings.Repeat("가", 200):   "",
		strings.Repeat("가", 201):   "account.password_length",
		"":                         "account.password_length",
		email:                      "account.password_email",
		"Hong.Gildong@Example.kr":  "account.password_email",
		"HONG.GILDONG":             "account.password_email",
		"hong.gildong1":            "",
		"correct horse battery 말뚝": "",
	} {
		var p domain.Problems
		CheckPassword(&p, "new", password, email)
		if got := fields(p)["new"]; got != want {
			t.Errorf("%q: %q, want %q", password, got, want)
		}
	}
}

func TestTokenIsGoodUntilItExpiresOrIsRevoked(t *testing.T) {
	now := time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC)
	token := Token{ExpiresAt: now}
	if !token.Good(now.Add(-time.Microsecond)) || token.Good(now) {
		t.Error("a token is not good until just before it expires")
	}
	token.RevokedAt = &now
	if token.Good(now.Add(-time.Hour)) {
		t.Error("a revoked token is good")
	}
}
