package store

import (
	"context"
	"strings"
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
	tries       = table[identity.Tries]{"tries", "tries"}
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

// Accounts lists accounts by address, after the account with the id (empty for the first).
func (tx *Tx) Accounts(ctx context.Context, after domain.ID, limit int) ([]identity.Account, error) {
	if after == "" {
		return accounts.page(ctx, tx, limit, "email", "1 = 1")
	}
	return accounts.page(ctx, tx, limit, "email", "email > (SELECT a.email FROM accounts a WHERE a.id = ?)", after)
}

// AddToken writes a new token.
func (tx *Tx) AddToken(ctx context.Context, t identity.Token) error {
	return tokens.insert(ctx, tx, t)
}

// bearerQuery gives a row for each seat the account of a token ($1) holds on a day ($2), one for each assignment and one for
// each organisation it acts for, at least one where there is the token.
var bearerQuery = `SELECT t.account, t.created_at, t.expires_at, t.revoked_at, t.secured, t.pending, a.admin, a.auditor, a.disabled,
	COALESCE(m.committee, '') AS committee, COALESCE(m.id, '') AS member, COALESCE(s.role, '') AS role,
	'' AS organisation, FALSE AS submits, FALSE AS manages
FROM tokens t JOIN accounts a ON a.id = t.account
LEFT JOIN members m ON m.person = a.id AND ` + strings.ReplaceAll(inOffice, "?", "$2") + `
LEFT JOIN seats s ON s.id = m.seat WHERE t.hash = $1
UNION ALL SELECT t.account, t.created_at, t.expires_at, t.revoked_at, t.secured, t.pending, a.admin, a.auditor, a.disabled,
	x.committee, '', CASE WHEN x.clerk THEN 'clerk' ELSE 'secretary' END, '', FALSE, FALSE
FROM tokens t JOIN accounts a ON a.id = t.account JOIN assignments x ON x.account = a.id WHERE t.hash = $1
UNION ALL SELECT t.account, t.created_at, t.expires_at, t.revoked_at, t.secured, t.pending, a.admin, a.auditor, a.disabled,
	'', '', '', p.organisation, p.submits, p.manages
FROM tokens t JOIN accounts a ON a.id = t.account JOIN people p ON p.account = a.id
JOIN organisations o ON o.id = p.organisation AND o.state IN ('registered', 'member') WHERE t.hash = $1
ORDER BY committee, member, organisation`

// bearerRow is one thing the bearer of a token holds: a seat, an assignment, which has no member, or a place in an
// organisation, which has no committee.
type bearerRow struct {
	Account   domain.ID
	CreatedAt time.Time
	ExpiresAt time.Time
	RevokedAt *time.Time
	Secured   bool
	Pending   bool
	Admin     bool
	Auditor   bool
	Disabled  bool
	Committee domain.ID
	Member    domain.ID
	Role      string

	Organisation domain.ID
	Submits      bool
	Manages      bool
}

// Bearer reads in one question whose token it is by its hash, and what they hold on the day: seats by committee and
// appointment, assignments by committee, organisations by id.
func (tx *Tx) Bearer(ctx context.Context, hash string, day calendar.Date) (identity.Bearer, error) {
	var rows []bearerRow
	if err := tx.ask(ctx, &rows, bearerQuery, hash, string(day)); err != nil {
		return identity.Bearer{}, translate(err, tokens.kind)
	}
	if len(rows) == 0 {
		return identity.Bearer{}, domain.NotFound(tokens.kind)
	}
	r := rows[0]
	out := identity.Bearer{
		Token: identity.Token{
			Hash: hash, Account: r.Account, CreatedAt: r.CreatedAt, ExpiresAt: r.ExpiresAt, RevokedAt: r.RevokedAt,
			Secured: r.Secured, Pending: r.Pending,
		},
		Admin: r.Admin, Auditor: r.Auditor, Disabled: r.Disabled, Seats: []domain.Seat{},
	}
	for _, r := range rows {
		switch {
		case r.Member != "":
			out.Seats = append(out.Seats, domain.Seat{
				Committee: r.Committee, Member: r.Member,
				Chair: r.Role == string(committee.RoleChair), ViceChair: r.Role == string(committee.RoleViceChair),
			})
		case r.Committee != "":
			out.Staff = append(out.Staff, domain.Staff{Committee: r.Committee, Clerk: r.Role == "clerk"})
		case r.Organisation != "":
			out.Partners = append(out.Partners, domain.Partner{
				Organisation: r.Organisation, Submits: r.Submits, Manages: r.Manages,
			})
		}
	}
	return out, nil
}

// RevokeToken ends one token of an account; one that has ended stays as it is.
func (tx *Tx) RevokeToken(ctx context.Context, account domain.ID, hash string, at time.Time) error {
	_, err := tx.db.NewRaw("UPDATE tokens SET revoked_at = ? WHERE account = ? AND hash = ? AND revoked_at IS NULL",
		at, account, hash).Exec(ctx)
	return translate(err, tokens.kind)
}

// RevokeTokens ends all tokens of an account.
func (tx *Tx) RevokeTokens(ctx context.Context, account domain.ID, at time.Time) error {
	_, err := tx.db.NewRaw("UPDATE tokens SET revoked_at = ? WHERE account = ? AND revoked_at IS NULL",
		at, account).Exec(ctx)
	return translate(err, tokens.kind)
}

// DropTokens deletes the tokens of an account that expired before the instant.
func (tx *Tx) DropTokens(ctx context.Context, account domain.ID, before time.Time) error {
	return tokens.delete(ctx, tx, "account = ? AND expires_at < ?", account, before)
}

// TriesOf reads the wrong passwords given for an address, none when there are none.
func (tx *Tx) TriesOf(ctx context.Context, address string) (identity.Tries, error) {
	found, err := tries.page(ctx, tx, 1, "address", "address = ?", address)
	if err != nil || len(found) == 0 {
		return identity.Tries{Address: address}, err
	}
	return found[0], nil
}

// LockTries reads them, and lets nobody else count until the transaction ends. The update that changes nothing takes
// the row's lock even where another transaction is about to delete it.
func (tx *Tx) LockTries(ctx context.Context, address string) (identity.Tries, error) {
	out := identity.Tries{Address: address}
	_, err := tx.db.NewInsert().Model(&out).ModelTableExpr(tries.name).
		On("CONFLICT (address) DO UPDATE").Set("address = EXCLUDED.address").Returning("*").Exec(ctx)
	return out, translate(err, tries.kind)
}

// SetTries writes them.
func (tx *Tx) SetTries(ctx context.Context, t identity.Tries) error {
	return tries.update(ctx, tx, t, "address = ?", t.Address)
}

// DropTries forgets the wrong passwords given for an address.
func (tx *Tx) DropTries(ctx context.Context, address string) error {
	return tries.delete(ctx, tx, "address = ?", address)
}

// PruneTries forgets those whose last was before the instant.
func (tx *Tx) PruneTries(ctx context.Context, before time.Time) error {
	return tries.delete(ctx, tx, "last_at < ?", before)
}

// SetAssignment writes a staff assignment, replacing one of the same account and committee.
func (tx *Tx) SetAssignment(ctx context.Context, a identity.Assignment) error {
	return assignments.upsert(ctx, tx, a, "committee, account")
}

// SecretariesOf lists the accounts that serve a committee as its secretaries.
func (tx *Tx) SecretariesOf(ctx context.Context, committee domain.ID) ([]domain.ID, error) {
	found, err := assignments.list(ctx, tx, "account", "committee = ? AND NOT clerk", committee)
	out := make([]domain.ID, len(found))
	for i, a := range found {
		out[i] = a.Account
	}
	return out, err
}

// DropAssignment ends a staff assignment; nothing happens when there is none.
func (tx *Tx) DropAssignment(ctx context.Context, committee, account domain.ID) error {
	return assignments.delete(ctx, tx, "committee = ? AND account = ?", committee, account)
}
