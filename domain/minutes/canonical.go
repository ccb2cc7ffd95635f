package minutes

import (
	"crypto/sha256"
	"encoding/hex"
)

// Canonical writes a value as canonical JSON (RFC 8785). It is given from outside, so that rules of law need no
// library.
type Canonical func(any) ([]byte, error)

// Hash is the SHA-256 of the value's canonical JSON, in hexadecimal.
func (c Canonical) Hash(v any) (string, error) {
	raw, err := c(v)
	if err != nil {
		return "", err
	}
	return Sum(raw), nil
}

// Sum is the SHA-256 of bytes, in hexadecimal.
func Sum(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}
