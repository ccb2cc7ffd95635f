package store

import (
	"context"

	"github.com/uptrace/bun"

	"secretariat/domain"
	"secretariat/service"
)

// Audits writes entries as Audit does, in one statement.
func (tx *Tx) Audits(ctx context.Context, entries []domain.AuditEntry) error {
	for i := range entries {
		hash, err := AuditHash(entries[i])
		if err != nil {
			return err
		}
		entries[i].Hash = hash
	}
	return auditEntries.insert(ctx, tx, entries...)
}

// Recalls gives for each key the answer that was given before; nil when there is none or another request has it.
func (tx *Tx) Recalls(ctx context.Context, keys []service.Once) ([][]byte, error) {
	pairs := make([][]string, len(keys))
	for i, k := range keys {
		pairs[i] = []string{string(k.Actor), k.Key}
	}
	known, err := memories.list(ctx, tx, "actor, key", "(actor, key) IN ?", bun.Tuple(pairs))
	if err != nil {
		return nil, err
	}
	out := make([][]byte, len(keys))
	for i, k := range keys {
		for _, m := range known {
			if m.Actor == k.Actor && m.Key == k.Key && m.Op == k.Op && m.Digest == k.Digest {
				out[i] = []byte(m.Answer)
			}
		}
	}
	return out, nil
}

// Remembers keeps answers under their keys in one statement; service.ErrKeyRace when one of the keys is used already.
func (tx *Tx) Remembers(ctx context.Context, kept []service.Memory) error {
	rows := make([]memory, len(kept))
	for i, k := range kept {
		rows[i] = memory{
			Actor: k.Once.Actor, Key: k.Once.Key, Op: k.Once.Op, Digest: k.Once.Digest, Answer: string(k.Answer), At: k.At,
		}
	}
	err := memories.insert(ctx, tx, rows...)
	if domain.CodeOf(err) == domain.CodeConflict {
		return service.ErrKeyRace
	}
	return err
}
