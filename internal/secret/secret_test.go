package secret_test

import (
	"strings"
	"testing"

	"secretariat/internal/secret"
)

func TestPasswordMatchesItsOwnHashOnly(t *testing.T) {
	p := secret.NewPasswords()
	hash, err := p.Hash(t.Context(), "correct horse battery")
	if err != nil {
		t.Fatal(err)
	}
	for password, want := range map[string]bool{
		"correct horse battery": true, "correct horse batterz": false, "": false, "correct horse battery ": false,
	} {
		if got, err := p.Matches(t.Context(), hash, password); err != nil || got != want {
			t.Errorf("%q matches: %v, %v", password, got, err)
		}
	}
}

func TestHashesAreSaltedAndSayTheirCost(t *testing.T) {
	p := secret.NewPasswords()
	one, err := p.Hash(t.Context(), "correct horse battery")
	if err != nil {
		t.Fatal(err)
	}
	two, err := p.Hash(t.Context(), "correct horse battery")
	if err != nil {
		t.Fatal(err)
	}
	if one == two || !strings.HasPrefix(one, "argon2id$19456$2$1$") || strings.Contains(one, "correct") {
		t.Errorf("hashes %s and %s", one, two)
	}
}

func TestDamagedHashesMatchNothing(t *testing.T) {
	const key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	for _, hash := range []string{
		"", "argon2id", "argon2i$19456$2$1$AAAA$" + key, "argon2id$19456$2$1$AAAA$AAAA", "argon2id$x$2$1$AAAA$" + key,
		"argon2id$19456$0$1$AAAA$" + key, "argon2id$19456$2$0$AAAA$" + key, "argon2id$4294967295$2$1$AAAA$" + key,
		"argon2id$19456$4294967295$1$AAAA$" + key, "argon2id$19456$2$1$!$" + key, "argon2id$19456$2$1$AAAA$" + key + "$",
	} {
		if got, err := secret.NewPasswords().Matches(t.Context(), hash, ""); got || err != nil {
			t.Errorf("%q matches: %v, %v", hash, got, err)
		}
	}
}

func TestTokensAreLongAndOnlyTheirHashIsKept(t *testing.T) {
	var s secret.Tokens
	seen := map[string]bool{}
	for range 100 {
		token := s.NewToken()
		if len(token) != 43 || seen[token] || strings.Contains(s.HashToken(token), token) {
			t.Fatalf("token %q", token)
		}
		seen[token] = true
	}
	// SHA-256 of "a".
	const a = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
	if s.HashToken("a") != a || s.HashToken("b") == a {
		t.Errorf("hashed to %s and %s", s.HashToken("a"), s.HashToken("b"))
	}
}
