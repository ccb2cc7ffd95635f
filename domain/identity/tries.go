package identity

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// Tries are the wrong passwords given in a row for an address. They are kept for addresses that no account has as
// well, so that the answers do not tell which have one.
type Tries struct {
	Address     string // AddressKey of what was typed
	Failures    int
	LastAt      time.Time
	LockedUntil *time.Time
}

// AddressKey is under what the tries of an address are kept: a hash, since people type all sorts of things into that
// field.
func AddressKey(email string) string {
	sum := sha256.Sum256([]byte(email))
	return hex.EncodeToString(sum[:])
}

// Wait reports whether the next try has to wait at the instant.
func (t Tries) Wait(now time.Time) bool { return t.LockedUntil != nil && now.Before(*t.LockedUntil) }

// Forget is how long after the last wrong password those before it are forgotten.
const Forget = 24 * time.Hour

// Fail counts one more wrong password.
func (t Tries) Fail(now time.Time) Tries {
	if now.Sub(t.LastAt) >= Forget {
		t.Failures = 0
	}
	t.Failures++
	t.LastAt, t.LockedUntil = now, nil
	if d := Delay(t.Failures); d > 0 {
		until := now.Add(d)
		t.LockedUntil = &until
	}
	return t
}

// freeTries is how many wrong passwords cost nothing; longestWait bounds the delay after many.
const (
	freeTries   = 4
	longestWait = time.Minute // more would let a stranger keep somebody out by guessing
)

// Delay is how long to wait after the nth wrong password in a row: nothing at first, then doubling from a second to
// a minute.
func Delay(failures int) time.Duration {
	d := time.Second
	for n := freeTries + 1; n < failures && d < longestWait; n++ {
		d *= 2
	}
	if failures <= freeTries {
		return 0
	}
	return min(d, longestWait)
}
