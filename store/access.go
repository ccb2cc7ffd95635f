package store

import (
	"context"
	"time"

	"secretariat/domain"
	"secretariat/domain/identity"
)

var (
	invitations = table[identity.Invitation]{"invitations", "invitation"}
	factors     = table[identity.Factor]{"factors", "factor"}
)

// AddInvitation writes a new invitation.
func (tx *Tx) AddInvitation(ctx context.Context, i identity.Invitation) error {
	return invitations.insert(ctx, tx, i)
}

// ChangeInvitation writes a changed one.
func (tx *Tx) ChangeInvitation(ctx context.Context, i identity.Invitation) error {
	return invitations.update(ctx, tx, i, "id = ?", i.ID)
}

// InvitationByHash finds the invitation of a link.
func (tx *Tx) InvitationByHash(ctx context.Context, hash string) (identity.Invitation, error) {
	return invitations.get(ctx, tx, "hash = ? AND hash <> ''", hash)
}

// Invitation reads an invitation.
func (tx *Tx) Invitation(ctx context.Context, id domain.ID) (identity.Invitation, error) {
	return invitations.get(ctx, tx, "id = ?", id)
}

// WaitingInvitations lists those that have to be sent and that nobody set out to send since the instant, oldest first.
func (tx *Tx) WaitingInvitations(ctx context.Context, since time.Time, limit int) ([]identity.Invitation, error) {
	return invitations.page(ctx, tx, limit, "id",
		"sent_at IS NULL AND ended_at IS NULL AND failure = '' AND (claimed_at IS NULL OR claimed_at < ?)", since)
}

// LastInvitation is the newest link of an account to set a password, false when there is none.
func (tx *Tx) LastInvitation(ctx context.Context, account domain.ID) (identity.Invitation, bool, error) {
	found, err := invitations.page(ctx, tx, 1, "id DESC", "account = ? AND organisation = ''", account)
	if err != nil || len(found) == 0 {
		return identity.Invitation{}, false, err
	}
	return found[0], true, nil
}

// EndInvitations ends the open links of an account to set a password.
func (tx *Tx) EndInvitations(ctx context.Context, account domain.ID, at time.Time) error {
	_, err := tx.db.NewRaw("UPDATE invitations SET ended_at = ? WHERE account = ? AND organisation = '' AND ended_at IS NULL", at, account).Exec(ctx)
	return translate(err, invitations.kind)
}

// InvitedTo lists the links that are good at the instant, by which people are asked to act for an organisation.
func (tx *Tx) InvitedTo(ctx context.Context, organisation domain.ID, now time.Time) ([]identity.Invitation, error) {
	return invitations.list(ctx, tx, "id", "organisation = ? AND ended_at IS NULL AND expires_at > ?", organisation, now)
}

// EndInvitationsTo ends the open links by which an account is asked to act for an organisation.
func (tx *Tx) EndInvitationsTo(ctx context.Context, organisation, account domain.ID, at time.Time) error {
	_, err := tx.db.NewRaw("UPDATE invitations SET ended_at = ? WHERE organisation = ? AND account = ? AND ended_at IS NULL",
		at, organisation, account).Exec(ctx)
	return translate(err, invitations.kind)
}

// FactorOf reads the second factor of an account, empty when it has none.
func (tx *Tx) FactorOf(ctx context.Context, account domain.ID) (identity.Factor, error) {
	found, err := factors.page(ctx, tx, 1, "account", "account = ?", account)
	if err != nil || len(found) == 0 {
		return identity.Factor{}, err
	}
	return found[0], nil
}

// SetFactor writes the second factor of an account.
func (tx *Tx) SetFactor(ctx context.Context, f identity.Factor) error {
	if f.Recovery == nil {
		f.Recovery = []string{}
	}
	return factors.upsert(ctx, tx, f, "account")
}

// DropFactor deletes the second factor of an account; nothing happens when there is none.
func (tx *Tx) DropFactor(ctx context.Context, account domain.ID) error {
	return factors.delete(ctx, tx, "account = ?", account)
}

// TokenByHash reads a token.
func (tx *Tx) TokenByHash(ctx context.Context, hash string) (identity.Token, error) {
	return tokens.get(ctx, tx, "hash = ?", hash)
}

// TokensOf lists the tokens of an account that are live at the instant, newest first.
func (tx *Tx) TokensOf(ctx context.Context, account domain.ID, now time.Time) ([]identity.Token, error) {
	return tokens.page(ctx, tx, 100, "created_at DESC, hash",
		"account = ? AND revoked_at IS NULL AND expires_at > ? AND NOT pending", account, now)
}

// ExtendToken lets a token of an account be good until later.
func (tx *Tx) ExtendToken(ctx context.Context, account domain.ID, hash string, until time.Time) error {
	_, err := tx.db.NewRaw("UPDATE tokens SET expires_at = ? WHERE account = ? AND hash = ? AND revoked_at IS NULL",
		until, account, hash).Exec(ctx)
	return translate(err, tokens.kind)
}

// SecureToken notes that the second factor was given for a token.
func (tx *Tx) SecureToken(ctx context.Context, account domain.ID, hash string) error {
	_, err := tx.db.NewRaw("UPDATE tokens SET secured = TRUE WHERE account = ? AND hash = ? AND revoked_at IS NULL",
		account, hash).Exec(ctx)
	return translate(err, tokens.kind)
}
