// Package service holds what every use case is made of: a transaction that commits the change together with its audit entry, its
// signals and the memory of its idempotency key.
package service

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"secretariat/domain"
)

// Env is what a use case may not take from the machine itself: the time and new ids. Tests and plays give their own.
type Env struct {
	Now      func() time.Time // any precision; use cases see it cut to microseconds, in UTC
	NewID    func() domain.ID // UUIDv7, in order of making
	RandomID func() domain.ID // without time or order, for secret votes
}

// Tx is what a transaction offers to every use case, whatever else a service needs from it.
type Tx interface {
	Audit(context.Context, domain.AuditEntry) error
	Enqueue(context.Context, domain.Signal) error
	Recall(context.Context, Once) (answer []byte, known bool, err error)
	Remember(ctx context.Context, o Once, answer []byte, at time.Time) error
}

// Store runs closures in transactions. The closure does database work only: no mail, no network, no Temporal. It may be run
// again when the database asks for it.
type Store[T Tx] interface {
	InTx(context.Context, func(T) error) error
	Read(context.Context, func(T) error) error
}

// Once is the idempotency key of an act: the same key from the same actor gives the same answer and no second effect.
type Once struct {
	Actor  domain.ID
	Op     string
	Key    string // 1 to 200 characters, chosen by the caller
	Digest string // hash of the request, so that a key cannot be used for another request
}

// ErrKeyUsed says that an idempotency key was used for another request.
var ErrKeyUsed = domain.Conflict("idempotency.key_used", nil)

// ErrKeyRace says that the same key is being used at this moment; Do tries again.
var ErrKeyRace = domain.Conflict("idempotency.race", nil)

type onceKey struct{}

// WithOnce puts an idempotency key on the context; transport and activities call it.
func WithOnce(ctx context.Context, key, digest string) context.Context {
	return context.WithValue(ctx, onceKey{}, Once{Key: key, Digest: digest})
}

func onceOf(ctx context.Context, by domain.Actor, op string) (Once, bool) {
	o, ok := ctx.Value(onceKey{}).(Once)
	o.Actor, o.Op = by.ID, op
	return o, ok && o.Key != ""
}

// Act is one use case under way, inside its transaction.
type Act[T Tx] struct {
	Tx    T
	By    domain.Actor
	Now   time.Time // of the act, UTC, to the microsecond
	Env   Env
	entry domain.AuditEntry
	wake  []domain.Signal
}

// On names the subject of the act for the audit trail, and the case it belongs to.
func (a *Act[T]) On(kind string, subject, of domain.ID) {
	a.entry.Kind, a.entry.Subject, a.entry.Case = kind, subject, of
}

// Note adds a fact to the audit entry: a code, a count or an id, never personal data, a ballot or a score.
func (a *Act[T]) Note(name, value string) {
	if a.entry.Facts == nil {
		a.entry.Facts = map[string]string{}
	}
	a.entry.Facts[name] = value
}

// Wake tells the workflow of a case to look again once the act is committed.
func (a *Act[T]) Wake(kind string, of domain.ID) {
	a.wake = append(a.wake, domain.Signal{ID: a.Env.NewID(), Kind: kind, Case: of, At: a.Now})
}

// Do runs one act. What f changes, its audit entry, its signals and its answer under the idempotency key commit together or
// not at all. op is the operation name, noun.verb.
func Do[T Tx, R any](
	ctx context.Context, env Env, st Store[T], by domain.Actor, op string, f func(*Act[T]) (R, error),
) (R, error) {
	out, err := try(ctx, env, st, by, op, f)
	if errors.Is(err, ErrKeyRace) {
		out, err = try(ctx, env, st, by, op, f)
	}
	return out, err
}

func try[T Tx, R any](
	ctx context.Context, env Env, st Store[T], by domain.Actor, op string, f func(*Act[T]) (R, error),
) (R, error) {
	var out R
	once, keyed := onceOf(ctx, by, op)
	err := st.InTx(ctx, func(tx T) error {
		var zero R
		out = zero
		if keyed {
			known, err := recall(ctx, tx, once, &out)
			if known || err != nil {
				return err
			}
		}
		a := &Act[T]{Tx: tx, By: by, Now: Instant(env.Now()), Env: env}
		a.entry = domain.AuditEntry{ID: env.NewID(), At: a.Now, Actor: by.ID, ActorKind: by.Kind, Action: op}
		var err error
		if out, err = f(a); err != nil {
			return err
		}
		return a.finish(ctx, once, keyed, out)
	})
	return out, err
}

func recall[T Tx, R any](ctx context.Context, tx T, once Once, out *R) (bool, error) {
	answer, known, err := tx.Recall(ctx, once)
	if err != nil || !known {
		return false, err
	}
	return true, json.Unmarshal(answer, out)
}

func (a *Act[T]) finish(ctx context.Context, once Once, keyed bool, out any) error {
	if err := a.Tx.Audit(ctx, a.entry); err != nil {
		return err
	}
	for _, s := range a.wake {
		if err := a.Tx.Enqueue(ctx, s); err != nil {
			return err
		}
	}
	if !keyed {
		return nil
	}
	answer, err := json.Marshal(out)
	if err != nil {
		return err
	}
	return a.Tx.Remember(ctx, once, answer, a.Now)
}

// See runs a read-only use case.
func See[T Tx, R any](ctx context.Context, st Store[T], f func(T) (R, error)) (R, error) {
	var out R
	err := st.Read(ctx, func(tx T) error {
		var err error
		out, err = f(tx)
		return err
	})
	return out, err
}

// Instant is t as it is stored: UTC, to the microsecond.
func Instant(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
