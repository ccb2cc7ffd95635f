package store

import (
	"context"

	"github.com/uptrace/bun"

	"secretariat/domain"
	"secretariat/domain/identity"
)

// AuditTrail lists entries of a case, or of all with an empty one, newest first, older than the entry before (empty
// for the newest).
func (tx *Tx) AuditTrail(ctx context.Context, of, before domain.ID, limit int) ([]domain.AuditEntry, error) {
	return tx.FindAudit(ctx, domain.AuditFilter{Case: of, Before: before, Limit: limit})
}

// FindAudit lists entries as the filter says, newest first.
func (tx *Tx) FindAudit(ctx context.Context, f domain.AuditFilter) ([]domain.AuditEntry, error) {
	where, args := "1 = 1", []any(nil)
	and := func(ask bool, more string, values ...any) {
		if ask {
			where, args = where+" AND "+more, append(args, values...)
		}
	}
	and(f.Case != "", `"case" = ?`, f.Case)
	and(f.Committee != "", `"case" IN (SELECT ? UNION ALL SELECT m.id FROM meetings m WHERE m.committee = ?)`,
		f.Committee, f.Committee)
	and(f.Action != "", "action = ?", f.Action)
	and(f.Kind != "", "kind = ?", f.Kind)
	and(f.Subject != "", "subject = ?", f.Subject)
	and(!f.From.IsZero(), "at >= ?", f.From)
	and(!f.Until.IsZero(), "at < ?", f.Until)
	and(f.Before != "", "id < ?", f.Before)
	return auditEntries.page(ctx, tx, f.Limit, "id DESC", where, args...)
}

// AccountNames gives the names of accounts by id; those that are not there are left out.
func (tx *Tx) AccountNames(ctx context.Context, ids []domain.ID) (map[domain.ID]string, error) {
	out := map[domain.ID]string{}
	if len(ids) == 0 {
		return out, nil
	}
	var rows []identity.Account
	err := tx.db.NewRaw("SELECT id, name FROM accounts WHERE id IN (?)", bun.List(ids)).Scan(ctx, &rows)
	for _, r := range rows {
		out[r.ID] = r.Name
	}
	return out, translate(err, accounts.kind)
}
