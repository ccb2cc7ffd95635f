// Package identity holds the use cases of accounts: signing in and out, who an actor is, passwords and staff assignments.
package identity

import (
	"context"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
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
	Accounts(ctx context.Context, after string, limit int) ([]identity.Account, error)
	AddToken(context.Context, identity.Token) error
	Token(ctx context.Context, hash string) (identity.Token, error)
	RevokeToken(ctx context.Context, hash string, at time.Time) error
	RevokeTokens(ctx context.Context, account domain.ID, at time.Time) error
	SetAssignment(context.Context, identity.Assignment) error
	Assignments(context.Context, domain.ID) ([]identity.Assignment, error)
	SeatsOf(context.Context, domain.ID, calendar.Date) ([]domain.Seat, error)
}

// Store is the service's store.
type Store = service.Store[Tx]

// Hasher makes and checks password hashes; slow on purpose.
type Hasher interface {
	Hash(password string) (string, error)
	Matches(hash, password string) bool
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
	errExpired = &domain.Error{Code: domain.CodeUnauthenticated, Key: "unauthenticated"}
)

// Authenticate assembles the actor a bearer token belongs to, with the seats and assignments of this moment.
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
		if err != nil || a.Disabled {
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
