package identity

import (
	"time"

	"secretariat/domain"
)

// Invitation is a link sent by mail by which the owner of an account sets a password, or consents to act for an organisation:
// once, and for some days only.
type Invitation struct {
	ID        domain.ID
	Account   domain.ID
	Hash      string // of the link's secret, which is made when it is sent; empty until then
	CreatedAt time.Time
	ExpiresAt time.Time
	ClaimedAt *time.Time // when somebody last set out to send it
	SentAt    *time.Time
	EndedAt   *time.Time // used, or followed by another
	Failure   string     // why it could not be sent

	// For what else it is: its owner consents to act for an organisation, with these rights.
	Organisation domain.ID
	Submits      bool
	Manages      bool
}

// How long a link is good, and how long one asked for keeps another from being asked for.
const (
	InvitationLife  = 7 * 24 * time.Hour
	InvitationPause = 10 * time.Minute
)

// InvitationClaim is how long who set out to send a link has for it; mail servers are given a minute. Then, as after a
// failure, it is tried again.
const InvitationClaim = 2 * time.Minute

// Good reports whether the link may be used at the instant.
func (i Invitation) Good(now time.Time) bool {
	return i.Hash != "" && i.EndedAt == nil && now.Before(i.ExpiresAt)
}
