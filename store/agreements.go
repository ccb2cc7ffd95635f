package store

import (
	"context"
	"strconv"
	"strings"

	"github.com/uptrace/bun"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/selection"
	"secretariat/service/selecting"
)

var agreements = versioned[selection.Agreement]{
	table[selection.Agreement]{"agreements", "agreement"},
	func(a *selection.Agreement) *int { return &a.Version },
	func(a *selection.Agreement) domain.ID { return a.ID },
}

// AddAgreement writes a new one; conflict.agreement when the application has one.
func (tx *Tx) AddAgreement(ctx context.Context, a selection.Agreement) error {
	return agreements.insert(ctx, tx, a)
}

// ChangeAgreement writes a changed one; CodeStale when it changed meanwhile.
func (tx *Tx) ChangeAgreement(ctx context.Context, a *selection.Agreement) error {
	return agreements.change(ctx, tx, a)
}

// Agreement reads an agreement.
func (tx *Tx) Agreement(ctx context.Context, id domain.ID) (selection.Agreement, error) {
	return agreements.get(ctx, tx, "id = ?", id)
}

// AgreementOf is that of an application, false when there is none.
func (tx *Tx) AgreementOf(ctx context.Context, application domain.ID) (selection.Agreement, bool, error) {
	found, err := agreements.page(ctx, tx, 1, "id", "application = ?", application)
	if err != nil || len(found) == 0 {
		return selection.Agreement{}, false, err
	}
	return found[0], true, nil
}

// FindAgreements lists agreements by id.
func (tx *Tx) FindAgreements(ctx context.Context, f selecting.AgreementFilter) ([]selection.Agreement, error) {
	where, args := []string{"id > ?"}, []any{f.After}
	if !f.All {
		where, args = append(where, "committee IN ?"), append(args, bun.Tuple(f.Committees))
	}
	if len(f.Organisations) > 0 {
		where, args = append(where, "organisation IN ?"), append(args, bun.Tuple(f.Organisations))
	}
	if f.Call != "" {
		where, args = append(where, "call = ?"), append(args, f.Call)
	}
	if f.Open {
		where = append(where, "NOT ended")
	}
	return agreements.page(ctx, tx, f.Limit, "id", strings.Join(where, " AND "), args...)
}

// BarredUntil is the last day on which a business number is kept from calls, empty for never.
func (tx *Tx) BarredUntil(ctx context.Context, number string) (calendar.Date, error) {
	var until calendar.Date
	err := tx.db.NewRaw(`SELECT coalesce(max(a.barred), '') FROM agreements a JOIN organisations o ON o.id = a.organisation
WHERE o.business_number = ? AND o.business_number <> '' AND a.barred <> ''`, number).Scan(ctx, &until)
	return until, translate(err, agreements.kind)
}

// GrantsOf sums what an organisation gets by its agreements that were decided in a year.
func (tx *Tx) GrantsOf(ctx context.Context, organisation domain.ID, year int) (int64, error) {
	var sum int64
	err := tx.db.NewRaw(`SELECT CAST(coalesce(sum("grant"), 0) AS BIGINT) FROM agreements WHERE organisation = ? AND decided LIKE ?`,
		organisation, strconv.Itoa(year)+"-%").Scan(ctx, &sum)
	return sum, translate(err, agreements.kind)
}
