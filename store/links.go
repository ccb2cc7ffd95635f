package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"secretariat/domain"
	"secretariat/domain/identity"
)

var links = table[identity.Link]{"identity_links", "link"}

// AddLink writes a new link; conflict.link when the subject or, at this issuer, the account has one.
func (tx *Tx) AddLink(ctx context.Context, l identity.Link) error { return links.insert(ctx, tx, l) }

// LinkOf reads the link of a subject; not_found.link when it has none.
func (tx *Tx) LinkOf(ctx context.Context, issuer, subject string) (identity.Link, error) {
	return links.get(ctx, tx, "issuer = ? AND subject = ?", issuer, subject)
}

// LinksOf lists the links of some accounts to an issuer.
func (tx *Tx) LinksOf(ctx context.Context, issuer string, accounts []domain.ID) ([]identity.Link, error) {
	if len(accounts) == 0 {
		return []identity.Link{}, nil
	}
	return links.list(ctx, tx, "account", "issuer = ? AND account IN (?)", issuer, bun.List(accounts))
}

// DropLinks marks the links of an account as taken away; nothing happens when there are none.
func (tx *Tx) DropLinks(ctx context.Context, account domain.ID, at time.Time) error {
	_, err := tx.db.NewUpdate().Model((*identity.Link)(nil)).ModelTableExpr(links.expr()).Set("dropped_at = ?", at).
		Where("account = ? AND dropped_at IS NULL", account).Exec(ctx)
	return translate(err, links.kind)
}

// ForgetLinks deletes the links of an account that were taken away; not_found.link when there are none.
func (tx *Tx) ForgetLinks(ctx context.Context, account domain.ID) error {
	n, err := links.count(ctx, tx, "account = ? AND dropped_at IS NOT NULL", account)
	if err == nil && n == 0 {
		err = domain.NotFound(links.kind)
	}
	if err != nil {
		return err
	}
	return links.delete(ctx, tx, "account = ? AND dropped_at IS NOT NULL", account)
}
