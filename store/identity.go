package store

import (
	"context"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/identity"
)

var (
	accounts = versioned[identity.Account]{
		table[identity.Account]{"accounts", "account"},
		func(a *identity.Account) *int { return &a.Version }, func(a *identity.Account) domain.ID { return a.ID },
	}
	tokens      = table[identity.Token]{"tokens", "token"}
	assignments = table[identity.Assignment]{"assignments", "assignment"}
)

// AddAccount writes a new account; conflict.account when the address is taken.
func (tx *Tx) AddAccount(ctx context.Context, a identity.Account) error {
	return accounts.insert(ctx, tx, a)
}

// ChangeAccount writes a changed account.
func (tx *Tx) ChangeAccount(ctx context.Context, a *identity.Account) error {
	return accounts.change(ctx, tx, a)
}

// Account reads an account.
func (tx *Tx) Account(ctx context.Context, id domain.ID) (identity.Account, error) {
	return accounts.get(ctx, tx, "id = ?", id)
}

// LockAccount reads an account and keeps others from changing it.
func (tx *Tx) LockAccount(ctx context.Context, id domain.ID) (identity.Account, error) {
	return accounts.lock(ctx, tx, id)
}

// AccountByEmail finds an account by its lower-case address.
func (tx *Tx) AccountByEmail(ctx context.Context, email string) (identity.Account, error) {
	return accounts.get(ctx, tx, "email = ?", email)
}

// Accounts lists accounts by address, after the given one.
func (tx *Tx) Accounts(ctx context.Context, after string, limit int) ([]identity.Account, error) {
	return accounts.page(ctx, tx, limit, "email", "email > ?", after)
}

// AddToken writes a new token.
func (tx *Tx) AddToken(ctx context.Context, t identity.Token) error {
	return tokens.insert(ctx, tx, t)
}

// Token reads a token by its hash.
func (tx *Tx) Token(ctx context.Context, hash string) (identity.Token, error) {
	return tokens.get(ctx, tx, "hash = ?", hash)
}

// RevokeToken ends one token.
func (tx *Tx) RevokeToken(ctx context.Context, hash string, at time.Time) error {
	_, err := tx.db.NewRaw("UPDATE tokens SET revoked_at = ? WHERE hash = ? AND revoked_at IS NULL", at, hash).Exec(ctx)
	return translate(err, tokens.kind)
}

// RevokeTokens ends all tokens of an account.
func (tx *Tx) RevokeTokens(ctx context.Context, account domain.ID, at time.Time) error {
	_, err := tx.db.NewRaw("UPDATE tokens SET revoked_at = ? WHERE account = ? AND revoked_at IS NULL", at, account).Exec(ctx)
	return translate(err, tokens.kind)
}

// SetAssignment writes a staff assignment, replacing one of the same account and committee.
func (tx *Tx) SetAssignment(ctx context.Context, a identity.Assignment) error {
	return assignments.upsert(ctx, tx, a, "committee, account")
}

// Assignments lists the staff assignments of an account.
func (tx *Tx) Assignments(ctx context.Context, account domain.ID) ([]identity.Assignment, error) {
	return assignments.list(ctx, tx, "committee", "account = ?", account)
}

// SeatsOf lists the seats a person holds on the day, with their role.
func (tx *Tx) SeatsOf(ctx context.Context, person domain.ID, day calendar.Date) ([]domain.Seat, error) {
	held, err := members.list(ctx, tx, "committee",
		`person = ? AND "from" <= ? AND (until = '' OR until >= ?) AND (ended_on = '' OR ended_on > ?)`, person, day, day, day)
	if err != nil {
		return nil, err
	}
	out := make([]domain.Seat, 0, len(held))
	for _, m := range held {
		s, err := seats.get(ctx, tx, "id = ?", m.Seat)
		if err != nil {
			return nil, err
		}
		out = append(out, domain.Seat{
			Committee: m.Committee, Member: m.ID,
			Chair: s.Role == committee.RoleChair, ViceChair: s.Role == committee.RoleViceChair,
		})
	}
	return out, nil
}
