package identity

import (
	"testing"

	"pgregory.net/rapid"
)

// sameAddress compares two addresses letter by letter, without the tables of Unicode.
func sameAddress(a, b string) bool {
	if len(a) != len(b) || a == "" {
		return false
	}
	for i := range len(a) {
		x, y := a[i], b[i]
		if 'A' <= x && x <= 'Z' {
			x += 'a' - 'A'
		}
		if x != y || x <= ' ' || x > '~' {
			return false
		}
	}
	return true
}

// TestAProofNamesTheOwnerOfItsVerifiedAddress compares with a second way to compare addresses. The letters have cases in
// which Unicode knows other spellings of the same word: K is also the sign of Kelvin.
func TestAProofNamesTheOwnerOfItsVerifiedAddress(t *testing.T) {
	whole := Proof{Subject: "s", Email: "K@x", Verified: true}
	if !whole.Names(Account{Email: Email("k@x")}) {
		t.Error("a whole proof names nobody")
	}
	rapid.Check(t, func(t *rapid.T) {
		address := rapid.StringOfN(rapid.SampledFrom([]rune("kkkKKK\u212a ")), 0, 2, -1)
		account := Account{Email: Email(address.Draw(t, "account"))}
		p := Proof{
			Subject: rapid.SampledFrom([]string{"", "s"}).Draw(t, "subject"),
			Email:   address.Draw(t, "proof"), Verified: rapid.Bool().Draw(t, "verified"),
		}
		want := p.Verified && p.Subject != "" && sameAddress(p.Email, account.Email)
		if got := p.Names(account); got != want {
			t.Fatalf("%+v for %q: %v", p, account.Email, got)
		}
	})
}
