// Package identity holds accounts, their tokens and staff assignments, with the rules of passwords and of waiting
// after failures.
package identity

import (
	"net/mail"
	"strings"
	"time"
	"unicode/utf8"

	"secretariat/domain"
)

// Account is a person who can sign in. Seats and staff assignments refer to it.
type Account struct {
	ID        domain.ID `json:"id"`
	Email     string    `json:"email"` // as Email puts it
	Name      string    `json:"name"`
	Password  string    `json:"-"` // hash with its parameters
	Admin     bool      `json:"admin"`
	Auditor   bool      `json:"auditor"`
	Disabled  bool      `json:"disabled"`
	CreatedAt time.Time `json:"createdAt"`
	Version   int       `json:"version"`
}

// Token is a bearer token; only its hash is kept.
type Token struct {
	Hash      string
	Account   domain.ID
	CreatedAt time.Time
	ExpiresAt time.Time
	RevokedAt *time.Time
	Secured   bool // the second factor was given
	Pending   bool // the second factor has still to be given; until then the token is good for nothing else
}

// Good reports whether the token may be used at the instant.
func (t Token) Good(now time.Time) bool { return t.Live(now) && !t.Pending }

// Live reports whether the token has neither expired nor been revoked.
func (t Token) Live(now time.Time) bool { return t.RevokedAt == nil && now.Before(t.ExpiresAt) }

// Bearer is who presents a token: its account with what that holds on some day.
type Bearer struct {
	Token    Token
	Admin    bool
	Auditor  bool
	Disabled bool
	Seats    []domain.Seat
	Staff    []domain.Staff
	Partners []domain.Partner
}

// Actor is the bearer as an actor, false when the token may not be used at the instant or the account is disabled.
func (b Bearer) Actor(now time.Time) (domain.Actor, bool) {
	return domain.Actor{
		ID: b.Token.Account, Kind: domain.ActorPerson, Admin: b.Admin, Auditor: b.Auditor, Seats: b.Seats, Staff: b.Staff,
		Partners: b.Partners,
	}, b.Token.Good(now) && !b.Disabled
}

// Assignment makes an account 간사 or 서기 of a committee (위원회조례 8⑧).
type Assignment struct {
	Committee domain.ID `json:"committee"`
	Account   domain.ID `json:"account"`
	Clerk     bool      `json:"clerk"` // 서기; otherwise 간사
	At        time.Time `json:"at"`
}

// Email puts an address into the form in which it is unique.
func Email(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// maxEmail is the longest address in bytes (RFC 5321).
const maxEmail = 254

// CheckEmail notes the problems of an address. It has to be in ASCII: in Unicode one address has several spellings,
// and few mail servers take them.
func CheckEmail(p *domain.Problems, field, email string) {
	a, err := mail.ParseAddress(email)
	ascii := !strings.ContainsFunc(email, func(c rune) bool { return c <= ' ' || c > '~' })
	p.Check(err == nil && a.Address == email && ascii && len(email) <= maxEmail, field, "account.email")
}

// Length of a password in characters. Longer ones are refused since hashing them costs.
const (
	PasswordLeast = 12
	PasswordMost  = 200
)

// CheckPassword notes the problems of a new password: too short, too long, or the address itself.
func CheckPassword(p *domain.Problems, field, password, email string) {
	n := utf8.RuneCountInString(password)
	if n < PasswordLeast || n > PasswordMost {
		p.Add(field, "account.password_length", domain.Args{"least": PasswordLeast, "most": PasswordMost})
		return
	}
	local, _, _ := strings.Cut(email, "@")
	p.Check(!strings.EqualFold(password, email) && !strings.EqualFold(password, local), field, "account.password_email")
}
