// Package identity holds the use cases of accounts: signing in and out, who an actor is, passwords and staff
// assignments.
package identity

import (
	"context"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
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
	Token(ctx context.Context, hash string) (identity.Token, error)
	RevokeToken(ctx context.Context, account domain.ID, hash string, at time.Time) error
	RevokeTokens(ctx context.Context, account domain.ID, at time.Time) error
	DropTokens(ctx context.Context, account domain.ID, before time.Time) error
	TriesOf(ctx context.Context, address string) (identity.Tries, error)
	LockTries(ctx context.Context, address string) (identity.Tries, error)
	SetTries(context.Context, identity.Tries) error
	DropTries(ctx context.Context, address string) error
	PruneTries(ctx context.Context, before time.Time) error
	SetAssignment(context.Context, identity.Assignment) error
	DropAssignment(ctx context.Context, committee, account domain.ID) error
	Assignments(context.Context, domain.ID) ([]identity.Assignment, error)
	SeatsOf(context.Context, domain.ID, calendar.Date) ([]domain.Seat, error)
	Committee(context.Context, domain.ID) (committee.Committee, error)
}

// Store is the service's store.
type Store = service.Store[Tx]

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
	return service.See(ctx, s.store, func(tx Tx) (domain.Actor, error) {
		t, err := tx.Token(ctx, s.secrets.HashToken(token))
		if domain.CodeOf(err) == domain.CodeNotFound || err == nil && !t.Good(now) {
			return domain.Actor{}, errExpired
		}
		if err != nil {
			return domain.Actor{}, err
		}
		a, err := tx.Account(ctx, t.Account)
		if err != nil {
			return domain.Actor{}, err
		}
		if a.Disabled {
			return domain.Actor{}, errExpired
		}
		return assemble(ctx, tx, a, now)
	})
}

func assemble(ctx context.Context, tx Tx, a identity.Account, now time.Time) (domain.Actor, error) {
	actor := domain.Actor{ID: a.ID, Kind: domain.ActorPerson, Admin: a.Admin, Auditor: a.Auditor}
	var err error
	if actor.Seats, err = tx.SeatsOf(ctx, a.ID, calendar.DateOf(now)); err != nil {
		return domain.Actor{}, err
	}
	staff, err := tx.Assignments(ctx, a.ID)
	for _, x := range staff {
		actor.Staff = append(actor.Staff, domain.Staff{Committee: x.Committee, Clerk: x.Clerk})
	}
	return actor, err
}

func may(by domain.Actor, op string, f access.Facts) error { return access.Can(by, op, f).Err() }
