package identity

import (
	"slices"
	"time"

	"secretariat/domain"
)

// Factor is the second factor of an account: one-time codes of a device (RFC 6238), and recovery codes for when it is
// lost.
type Factor struct {
	Account     domain.ID
	Secret      string // sealed
	BegunAt     time.Time
	ConfirmedAt *time.Time // nil while it is being set up, when signing in does not ask for it
	LastStep    int64      // of the code accepted last: none is accepted twice
	Recovery    []string   // hashes of the codes not used yet
}

// Asked reports whether signing in asks for the factor.
func (f Factor) Asked() bool { return f.ConfirmedAt != nil }

// Accept takes the code of a step, false for one not later than the last.
func (f *Factor) Accept(step int64) bool {
	if step <= f.LastStep {
		return false
	}
	f.LastStep = step
	return true
}

// Spend takes a recovery code by its hash, false for one that is not there or was used.
func (f *Factor) Spend(hash string) bool {
	n := slices.Index(f.Recovery, hash)
	if n < 0 {
		return false
	}
	f.Recovery = slices.Delete(slices.Clone(f.Recovery), n, n+1)
	return true
}

// RecoveryCodes is how many are given.
const RecoveryCodes = 10

// HalfLife is how long one may take to give the second factor after the password.
const HalfLife = 5 * time.Minute

// Guarded reports whether the actor holds rights that need a second factor: those of staff, chairs, administrators and
// auditors.
func Guarded(a domain.Actor) bool {
	return a.Admin || a.Auditor || len(a.Staff) > 0 ||
		slices.ContainsFunc(a.Seats, func(s domain.Seat) bool { return s.Chair || s.ViceChair })
}

// Held is the actor without the rights that need a second factor.
func Held(a domain.Actor) domain.Actor {
	a.Admin, a.Auditor, a.Staff, a.Held = false, false, nil, true
	a.Seats = slices.Clone(a.Seats)
	for i := range a.Seats {
		a.Seats[i].Chair, a.Seats[i].ViceChair = false, false
	}
	return a
}
