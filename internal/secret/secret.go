// Package secret makes what must not be guessed: password hashes (argon2id) and bearer tokens.
package secret

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// Cost of one hash: 19 MiB, two passes, one lane; at most two at once, so that many tries cannot take the memory.
const (
	memoryKiB, passes, lanes = 19 * 1024, 2, 1
	saltLen, keyLen          = 16, 32
	atOnce                   = 2
)

// Passwords hashes passwords with argon2id.
type Passwords struct{ turns chan struct{} }

// NewPasswords makes a hasher.
func NewPasswords() *Passwords { return &Passwords{turns: make(chan struct{}, atOnce)} }

// Hash makes a hash that carries its own parameters and salt.
func (p *Passwords) Hash(password string) (string, error) {
	salt := make([]byte, saltLen)
	if _, err := rand.Read(salt); err != nil {
		return "", err
	}
	key := p.derive(password, salt, params{memoryKiB, passes, lanes})
	return fmt.Sprintf("argon2id$%d$%d$%d$%s$%s", memoryKiB, passes, lanes, encode(salt), encode(key)), nil
}

// Matches reports whether the password is the one of the hash.
func (p *Passwords) Matches(hash, password string) bool {
	cost, salt, key, ok := parse(hash)
	return ok && subtle.ConstantTimeCompare(p.derive(password, salt, cost), key) == 1
}

type params struct {
	memory, passes uint32
	lanes          uint8
}

func (p *Passwords) derive(password string, salt []byte, cost params) []byte {
	p.turns <- struct{}{}
	defer func() { <-p.turns }()
	return argon2.IDKey([]byte(password), salt, cost.passes, cost.memory, cost.lanes, keyLen)
}

func parse(hash string) (cost params, salt, key []byte, ok bool) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[0] != "argon2id" {
		return params{}, nil, nil, false
	}
	n, err := fmt.Sscanf(strings.Join(parts[1:4], " "), "%d %d %d", &cost.memory, &cost.passes, &cost.lanes)
	salt, saltErr := base64.RawStdEncoding.DecodeString(parts[4])
	key, keyErr := base64.RawStdEncoding.DecodeString(parts[5])
	return cost, salt, key, n == 3 && err == nil && saltErr == nil && keyErr == nil && len(key) == keyLen
}

func encode(b []byte) string { return base64.RawStdEncoding.EncodeToString(b) }

// Tokens makes bearer tokens of 256 random bits.
type Tokens struct{}

// NewToken is the text of a new token.
func (Tokens) NewToken() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // crypto/rand.Read never fails
	return base64.RawURLEncoding.EncodeToString(b)
}

// HashToken is what is kept of a token.
func (Tokens) HashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
