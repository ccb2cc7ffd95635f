package store

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

type frozenPolicy struct {
	Hash  string
	Pack  string
	Day   calendar.Date
	Rules policy.Rules
}

var policies = table[frozenPolicy]{"policies", "policy"}

// FreezePolicy keeps the rules under their content hash, once, and returns the hash.
func (tx *Tx) FreezePolicy(ctx context.Context, r policy.Rules) (string, error) {
	row := frozenPolicy{Hash: r.Hash(), Pack: r.Pack, Day: r.Day, Rules: r}
	_, err := tx.db.NewInsert().Model(&row).ModelTableExpr(policies.name).On("CONFLICT (hash) DO NOTHING").Exec(ctx)
	return row.Hash, translate(err, policies.kind)
}

// Policy reads frozen rules; an error when they are not what their hash says.
func (tx *Tx) Policy(ctx context.Context, hash string) (policy.Rules, error) {
	row, err := policies.get(ctx, tx, "hash = ?", hash)
	if err != nil {
		return policy.Rules{}, err
	}
	if row.Rules.Hash() != hash {
		return policy.Rules{}, &domain.Error{Code: domain.CodeInternal, Key: "policy.tampered"}
	}
	return row.Rules, nil
}
