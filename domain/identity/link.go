package identity

import (
	"strings"
	"time"

	"secretariat/domain"
)

// Link says that a subject of an identity provider is the owner of an account. An account has one link to a provider at
// the most: somebody else who is given the same address later does not come into it.
type Link struct {
	Issuer    string    `json:"issuer"`
	Subject   string    `json:"-"`
	Account   domain.ID `json:"account"`
	CreatedAt time.Time `json:"createdAt"`
	// DroppedAt is when an administrator took the link away. It leads nowhere from then on, and stands in the way of
	// another one until that is allowed again.
	DroppedAt *time.Time `json:"droppedAt,omitempty"`
}

// Proof is what an identity provider has signed about somebody who has just signed in there.
type Proof struct {
	Issuer   string
	Subject  string // never given to somebody else by this issuer
	Email    string
	Verified bool // the provider has made sure that the address is the subject's
	Secured  bool // a second factor was given there
}

// Names reports whether the proof is of the owner of the account's address, so that its subject may be linked to the
// account: the address is verified, in ASCII, where it has one spelling, and the account's.
func (p Proof) Names(a Account) bool {
	ascii := !strings.ContainsFunc(p.Email, func(c rune) bool { return c <= ' ' || c > '~' })
	return p.Verified && ascii && p.Email != "" && p.Subject != "" && Email(p.Email) == a.Email
}
