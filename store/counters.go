package store

import "context"

// NextNumber gives the next number of a scope (e.g. "item/<committee>/2026"), from 1, without gaps: a transaction
// that fails gives its number back, and two at once wait for each other.
func (tx *Tx) NextNumber(ctx context.Context, scope string) (int, error) {
	var n int
	err := tx.db.NewRaw(`INSERT INTO counters (scope, last) VALUES (?, 1)
		ON CONFLICT (scope) DO UPDATE SET last = counters.last + 1 RETURNING last`, scope).Scan(ctx, &n)
	return n, translate(err, "counter")
}
