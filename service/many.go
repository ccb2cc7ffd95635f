package service

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"secretariat/domain"
)

// ManyTx is a transaction in which several acts are done together.
type ManyTx interface {
	Tx
	// Recalls gives for each key the answer that was given before; nil when there is none or another request has it.
	Recalls(context.Context, []Once) ([][]byte, error)
	// Audits writes entries.
	Audits(context.Context, []domain.AuditEntry) error
	// Remembers keeps answers under their keys; ErrKeyRace when one of the keys is used already.
	Remembers(context.Context, []Memory) error
}

// Memory is an answer to be kept under its key.
type Memory struct {
	Once   Once
	Answer []byte
	At     time.Time
}

// Many does acts of one operation that arrive while others are being done in one transaction, since its commit costs the
// same for one as for a hundred. Each act has its own answer, audit entry and memory as with Do. When the transaction as a
// whole fails, each act is done by itself, so that none suffers for another.
type Many[T ManyTx, I, R any] struct {
	Env   Env
	Store Store[T]
	Op    string
	// One does one act.
	One func(context.Context, *Act[T], I) (R, error)
	// All does several; an act that is refused gets its error in errs and must have written nothing.
	All func(ctx context.Context, tx T, acts []*Act[T], in []I) (out []R, errs []error, err error)

	mu      sync.Mutex
	waiting []*call[I, R]
	running int
}

// most bounds what is done in one transaction, lanes how many transactions are under way at once.
const (
	most  = 64
	lanes = 2
)

// call is an act that waits for its turn.
type call[I, R any] struct {
	ctx  context.Context
	by   domain.Actor
	in   I
	out  R
	err  error
	done chan struct{}
}

// Do does the act with whatever else arrives at the same time and returns once it is committed or refused. A caller who
// goes away while the act is under way does not stop it; asking again with the same idempotency key tells what came of it.
func (m *Many[T, I, R]) Do(ctx context.Context, by domain.Actor, in I) (R, error) {
	c := &call[I, R]{ctx: ctx, by: by, in: in, done: make(chan struct{})}
	m.mu.Lock()
	m.waiting = append(m.waiting, c)
	if m.running < lanes {
		m.running++
		go m.drain()
	}
	m.mu.Unlock()
	select {
	case <-c.done:
		return c.out, c.err
	case <-ctx.Done():
		var none R
		return none, ctx.Err()
	}
}

// drain does what waits until nothing waits any more.
func (m *Many[T, I, R]) drain() {
	for {
		m.mu.Lock()
		n := min(len(m.waiting), most)
		now := m.waiting[:n:n]
		m.waiting = m.waiting[n:]
		if n == 0 {
			m.running--
		}
		m.mu.Unlock()
		if n == 0 {
			return
		}
		m.serve(now)
	}
}

func (m *Many[T, I, R]) serve(calls []*call[I, R]) {
	if len(calls) > 1 && m.together(calls) == nil {
		for _, c := range calls {
			close(c.done)
		}
		return
	}
	var all sync.WaitGroup
	for _, c := range calls {
		all.Go(func() {
			c.out, c.err = Do(c.ctx, m.Env, m.Store, c.by, m.Op, func(a *Act[T]) (R, error) { return m.One(c.ctx, a, c.in) })
			close(c.done)
		})
	}
	all.Wait()
}

// together does the calls in one transaction, which belongs to none of the callers.
func (m *Many[T, I, R]) together(calls []*call[I, R]) error {
	ctx := context.WithoutCancel(calls[0].ctx)
	return m.Store.InTx(ctx, func(tx T) error {
		fresh, err := m.unanswered(ctx, tx, calls)
		if err != nil || len(fresh) == 0 {
			return err
		}
		acts, in := make([]*Act[T], len(fresh)), make([]I, len(fresh))
		for i, c := range fresh {
			acts[i], in[i] = begin(m.Env, tx, c.by, m.Op), c.in
		}
		out, errs, err := m.All(ctx, tx, acts, in)
		if err != nil {
			return err
		}
		for i, c := range fresh {
			c.out, c.err = out[i], errs[i]
		}
		return m.finish(ctx, tx, fresh, acts)
	})
}

// unanswered gives the calls whose key is new their turn, and the others their answer.
func (m *Many[T, I, R]) unanswered(ctx context.Context, tx T, calls []*call[I, R]) ([]*call[I, R], error) {
	var keyed []*call[I, R]
	var keys []Once
	fresh := make([]*call[I, R], 0, len(calls))
	for _, c := range calls {
		once, ok := onceOf(c.ctx, c.by, m.Op)
		if !ok {
			fresh = append(fresh, c)
			continue
		}
		keyed, keys = append(keyed, c), append(keys, once)
	}
	if len(keys) == 0 {
		return fresh, nil
	}
	answers, err := tx.Recalls(ctx, keys)
	if err != nil {
		return nil, err
	}
	for i, c := range keyed {
		if answers[i] == nil {
			fresh = append(fresh, c)
			continue
		}
		var out R
		if err := json.Unmarshal(answers[i], &out); err != nil {
			return nil, err
		}
		c.out, c.err = out, nil
	}
	return fresh, nil
}

// finish writes audit entries, signals and memories of the acts that were not refused.
func (m *Many[T, I, R]) finish(ctx context.Context, tx T, calls []*call[I, R], acts []*Act[T]) error {
	var entries []domain.AuditEntry
	var memories []Memory
	for i, c := range calls {
		if c.err != nil {
			continue
		}
		entries = append(entries, acts[i].entry)
		for _, s := range acts[i].wake {
			if err := tx.Enqueue(ctx, s); err != nil {
				return err
			}
		}
		once, ok := onceOf(c.ctx, c.by, m.Op)
		if !ok {
			continue
		}
		answer, err := json.Marshal(c.out)
		if err != nil {
			return err
		}
		memories = append(memories, Memory{Once: once, Answer: answer, At: acts[i].Now})
	}
	if err := tx.Audits(ctx, entries); err != nil {
		return err
	}
	return tx.Remembers(ctx, memories)
}

func begin[T Tx](env Env, tx T, by domain.Actor, op string) *Act[T] {
	a := &Act[T]{Tx: tx, By: by, Now: Instant(env.Now()), Env: env}
	a.entry = domain.AuditEntry{ID: env.NewID(), At: a.Now, Actor: by.ID, ActorKind: by.Kind, Action: op}
	return a
}
