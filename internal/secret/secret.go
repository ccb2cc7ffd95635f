// Package secret makes what must not be guessed: password hashes (argon2id) and bearer tokens.
package secret

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"

	"secretariat/domain"
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
func (p *Passwords) Hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltLen)
	_, _ = rand.Read(salt) // crypto/rand.Read never fails
	key, err := p.derive(ctx, password, salt, params{memoryKiB, passes, lanes})
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("argon2id$%d$%d$%d$%s$%s", memoryKiB, passes, lanes, encode(salt), encode(key)), nil
}

// Matches reports whether the password is the one of the hash.
func (p *Passwords) Matches(ctx context.Context, hash, password string) (bool, error) {
	cost, salt, key, ok := parse(hash)
	if !ok {
		return false, nil
	}
	got, err := p.derive(ctx, password, salt, cost)
	return subtle.ConstantTimeCompare(got, key) == 1, err
}

type params struct {
	memory, passes uint32
	lanes          uint8
}

// valid keeps a damaged hash from taking the memory of the machine, or from a panic of argon2.
func (c params) valid() bool {
	return c.memory <= 16*memoryKiB && c.passes >= 1 && c.passes <= 16 && c.lanes >= 1
}

// derive waits for its turn; CodeUnavailable when the context ends before it comes.
func (p *Passwords) derive(ctx context.Context, password string, salt []byte, cost params) ([]byte, error) {
	select {
	case p.turns <- struct{}{}:
	case <-ctx.Done():
		return nil, &domain.Error{Code: domain.CodeUnavailable, Key: "unavailable", Err: ctx.Err()}
	}
	defer func() { <-p.turns }()
	return argon2.IDKey([]byte(password), salt, cost.passes, cost.memory, cost.lanes, keyLen), nil
}

func parse(hash string) (cost params, salt, key []byte, ok bool) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[0] != "argon2id" {
		return params{}, nil, nil, false
	}
	n, err := fmt.Sscanf(strings.Join(parts[1:4], " "), "%d %d %d", &cost.memory, &cost.passes, &cost.lanes)
	salt, saltErr := base64.RawStdEncoding.DecodeString(parts[4])
	key, keyErr := base64.RawStdEncoding.DecodeString(parts[5])
	whole := n == 3 && err == nil && saltErr == nil && keyErr == nil && len(key) == keyLen
	return cost, salt, key, whole && cost.valid()
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
