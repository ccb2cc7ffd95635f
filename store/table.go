package store

import (
	"context"
	"fmt"
	"reflect"

	"github.com/uptrace/bun"

	"secretariat/domain"
)

// table maps a domain struct to a table. kind names a row in errors ("not_found.meeting").
type table[T any] struct{ name, kind string }

func (t table[T]) expr() string { return t.name + " AS ?TableAlias" }

// get reads the one row that the condition names, CodeNotFound when there is none.
func (t table[T]) get(ctx context.Context, tx *Tx, where string, args ...any) (T, error) {
	var v T
	err := tx.db.NewSelect().Model(&v).ModelTableExpr(t.expr()).Where(where, args...).Limit(1).Scan(ctx)
	return v, translate(err, t.kind)
}

// lock reads a row by id and keeps others from changing it until the transaction ends.
func (t table[T]) lock(ctx context.Context, tx *Tx, id domain.ID) (T, error) {
	return t.held(ctx, tx, id, tx.dialect.lock)
}

// share reads a row by id and keeps others from changing it, while other readers may share it.
func (t table[T]) share(ctx context.Context, tx *Tx, id domain.ID) (T, error) {
	return t.held(ctx, tx, id, tx.dialect.share)
}

func (t table[T]) held(ctx context.Context, tx *Tx, id domain.ID, clause string) (T, error) {
	var v T
	q := tx.db.NewSelect().Model(&v).ModelTableExpr(t.expr()).Where("id = ?", id)
	if clause != "" {
		q = q.For(clause)
	}
	return v, translate(q.Scan(ctx), t.kind)
}

// list reads the rows of a condition in an order, never nil.
func (t table[T]) list(ctx context.Context, tx *Tx, order, where string, args ...any) ([]T, error) {
	return t.page(ctx, tx, 0, order, where, args...)
}

// page is list with a limit; 0 means all.
func (t table[T]) page(ctx context.Context, tx *Tx, limit int, order, where string, args ...any) ([]T, error) {
	out := []T{}
	q := tx.db.NewSelect().Model(&out).ModelTableExpr(t.expr()).Where(where, args...).OrderExpr(order)
	if limit > 0 {
		q = q.Limit(int64(limit))
	}
	return out, translate(q.Scan(ctx), t.kind)
}

// count counts the rows of a condition.
func (t table[T]) count(ctx context.Context, tx *Tx, where string, args ...any) (int, error) {
	n, err := tx.db.NewSelect().Model((*T)(nil)).ModelTableExpr(t.expr()).Where(where, args...).Count(ctx)
	return int(n), translate(err, t.kind)
}

// insert writes new rows; CodeConflict ("conflict.<kind>") when one is there already.
func (t table[T]) insert(ctx context.Context, tx *Tx, rows ...T) error {
	if len(rows) == 0 {
		return nil
	}
	_, err := tx.db.NewInsert().Model(&rows).ModelTableExpr(t.name).Exec(ctx)
	return translate(err, t.kind)
}

// update writes all columns of rows that have no version, by condition; CodeNotFound when there is none.
func (t table[T]) update(ctx context.Context, tx *Tx, v T, where string, args ...any) error {
	res, err := tx.db.NewUpdate().Model(&v).ModelTableExpr(t.expr()).Where(where, args...).Exec(ctx)
	return t.touched(res, err)
}

// upsert writes the row, replacing all columns of one with the same key (columns named by key, comma separated).
func (t table[T]) upsert(ctx context.Context, tx *Tx, v T, key string) error {
	q := tx.db.NewInsert().Model(&v).ModelTableExpr(t.name).On("CONFLICT (" + key + ") DO UPDATE")
	for _, f := range tx.db.Dialect().Tables().Get(reflect.TypeFor[T]()).Fields {
		q = q.Set("? = EXCLUDED.?", bun.Ident(f.Name), bun.Ident(f.Name))
	}
	_, err := q.Exec(ctx)
	return translate(err, t.kind)
}

// delete removes the rows of a condition.
func (t table[T]) delete(ctx context.Context, tx *Tx, where string, args ...any) error {
	_, err := tx.db.NewDelete().Model((*T)(nil)).ModelTableExpr(t.expr()).Where(where, args...).Exec(ctx)
	return translate(err, t.kind)
}

type affected interface{ RowsAffected() (int64, error) }

func (t table[T]) touched(res affected, err error) error {
	if err != nil {
		return translate(err, t.kind)
	}
	n, err := res.RowsAffected()
	if err != nil {
		return fmt.Errorf("rows affected: %w", err)
	}
	if n == 0 {
		return domain.NotFound(t.kind)
	}
	return nil
}

// versioned is a table whose rows carry an optimistic version.
type versioned[T any] struct {
	table[T]
	version func(*T) *int
	id      func(*T) domain.ID
}

// change writes v over the row of the version it was read with and moves v to the next; CodeStale when somebody was faster.
func (t versioned[T]) change(ctx context.Context, tx *Tx, v *T) error {
	at := t.version(v)
	read := *at
	*at = read + 1
	err := t.update(ctx, tx, *v, "id = ? AND version = ?", t.id(v), read)
	if domain.CodeOf(err) == domain.CodeNotFound {
		*at = read
		return domain.Stale()
	}
	return err
}
