// Package identity holds the use cases of accounts: signing in and out, who an actor is, passwords and staff
// assignments.
package identity

import (
	"context"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/alliance"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/identity"
	"secretariat/service"
)

// Tx is what the service asks of the store.
type Tx interface {
	service.Tx
	AddAccount(context.Context, identity.Account) error
	ChangeAccount(context.Context, *identity.Account) error
	Account(context.Context, domain.ID) (identity.Account, error)
	LockAccount(context.Context, domain.ID) (identity.Account, error)
	AccountByEmail(context.Context, string) (identity.Account, error)
	Accounts(ctx context.Context, after domain.ID, limit int) ([]identity.Account, error)
	AddToken(context.Context, identity.Token) error
	Bearer(ctx context.Context, hash string, day calendar.Date) (identity.Bearer, error)
	RevokeToken(ctx context.Context, account domain.ID, hash string, at time.Time) error
	RevokeTokens(ctx context.Context, account domain.ID, at time.Time) error
	DropTokens(ctx context.Context, account domain.ID, before time.Time) error
	TriesOf(ctx context.Context, address string) (identity.Tries, error)
	LockTries(ctx context.Context, address string) (identity.Tries, error)
	SetTries(context.Context, identity.Tries) error
	DropTries(ctx context.Context, address string) error
	PruneTries(ctx context.Context, before time.Time) error
	AddInvitation(context.Context, identity.Invitation) error
	ChangeInvitation(context.Context, identity.Invitation) error
	Invitation(context.Context, domain.ID) (identity.Invitation, error)
	InvitationByHash(ctx context.Context, hash string) (identity.Invitation, error)
	WaitingInvitations(ctx context.Context, since time.Time, limit int) ([]identity.Invitation, error)
	LastInvitation(ctx context.Context, account domain.ID) (identity.Invitation, bool, error)
	// EndInvitations ends the open links of an account to set a password.
	EndInvitations(ctx context.Context, account domain.ID, at time.Time) error
	Organisation(context.Context, domain.ID) (alliance.Organisation, error)
	PeopleOf(ctx context.Context, organisation domain.ID) ([]alliance.Person, error)
	SetPerson(context.Context, alliance.Person) error
	FactorOf(ctx context.Context, account domain.ID) (identity.Factor, error)
	SetFactor(context.Context, identity.Factor) error
	DropFactor(ctx context.Context, account domain.ID) error
	TokenByHash(ctx context.Context, hash string) (identity.Token, error)
	TokensOf(ctx context.Context, account domain.ID, now time.Time) ([]identity.Token, error)
	ExtendToken(ctx context.Context, account domain.ID, hash string, until time.Time) error
	SecureToken(ctx context.Context, account domain.ID, hash string) error
	AddLink(context.Context, identity.Link) error
	LinkOf(ctx context.Context, issuer, subject string) (identity.Link, error)
	LinksOf(ctx context.Context, issuer string, accounts []domain.ID) ([]identity.Link, error)
	DropLinks(ctx context.Context, account domain.ID, at time.Time) error
	ForgetLinks(ctx context.Context, account domain.ID) error
	SetAssignment(context.Context, identity.Assignment) error
	DropAssignment(ctx context.Context, committee, account domain.ID) error
	Committee(context.Context, domain.ID) (committee.Committee, error)
}

// Store is the service's store.
type Store interface {
	service.Store[Tx]
	// Glance runs a closure that asks one question and needs no transaction for it.
	Glance(context.Context, func(Tx) error) error
}

// Hasher makes and checks password hashes; slow on purpose. It gives up when the context ends while others are being
// hashed.
type Hasher interface {
	Hash(ctx context.Context, password string) (string, error)
	Matches(ctx context.Context, hash, password string) (bool, error)
}

// Secrets makes the text of a new bearer token and the hash that is kept of one.
type Secrets interface {
	NewToken() string
	HashToken(token string) string
}

// Service holds the use cases.
type Service struct {
	env     service.Env
	store   Store
	hasher  Hasher
	secrets Secrets
	life    time.Duration // of a token
	strict  bool          // rights that need a second factor are kept back without it
	codes   Codes
	mailer  Mailer
	address string // people reach the pages at

	provider Provider // nil when there is none
}

// Ports are what links and second factors need beside the store.
type Ports struct {
	Codes   Codes
	Mailer  Mailer
	Address string // people reach the pages at, without a slash at its end
	Strict  bool   // staff, chairs, administrators and auditors have their rights only with a second factor
}

// With gives the service its ports.
func (s *Service) With(p Ports) *Service {
	s.codes, s.mailer, s.address, s.strict = p.Codes, p.Mailer, p.Address, p.Strict
	return s
}

// New makes the service; life is how long a token is good.
func New(env service.Env, store Store, hasher Hasher, secrets Secrets, life time.Duration) *Service {
	return &Service{env: env, store: store, hasher: hasher, secrets: secrets, life: life}
}

var (
	errSignIn  = &domain.Error{Code: domain.CodeUnauthenticated, Key: "session.wrong"}
	errLocked  = &domain.Error{Code: domain.CodeLimited, Key: "session.locked"}
	errExpired = &domain.Error{Code: domain.CodeUnauthenticated, Key: "unauthenticated"}
)

// Authenticate assembles the actor a bearer token belongs to, with the seats and assignments of this moment.
// CodeUnauthenticated when the token is unknown, expired or revoked, or its account disabled.
func (s *Service) Authenticate(ctx context.Context, token string) (domain.Actor, error) {
	now := service.Instant(s.env.Now())
	var bearer identity.Bearer
	err := s.store.Glance(ctx, func(tx Tx) (err error) {
		bearer, err = tx.Bearer(ctx, s.secrets.HashToken(token), calendar.DateOf(now))
		return err
	})
	actor, good := bearer.Actor(now)
	if domain.CodeOf(err) == domain.CodeNotFound || err == nil && !good {
		return domain.Actor{}, errExpired
	}
	if err != nil {
		return domain.Actor{}, err
	}
	if s.strict && !bearer.Token.Secured && identity.Guarded(actor) {
		actor = identity.Held(actor)
	}
	return actor, nil
}

func may(by domain.Actor, op string, f access.Facts) error { return access.Can(by, op, f).Err() }
