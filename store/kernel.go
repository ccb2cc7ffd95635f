package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/gowebpki/jcs"

	"secretariat/domain"
	"secretariat/service"
)

var (
	auditEntries = table[domain.AuditEntry]{"audit_entries", "audit"}
	signals      = table[domain.Signal]{"signals", "signal"}
	memories     = table[memory]{"memories", "memory"}
)

var _ service.Tx = (*Tx)(nil)

// Audit writes an entry with the hash of its canonical JSON (RFC 8785).
func (tx *Tx) Audit(ctx context.Context, e domain.AuditEntry) error {
	hash, err := AuditHash(e)
	if err != nil {
		return err
	}
	e.Hash = hash
	return auditEntries.insert(ctx, tx, e)
}

// AuditHash is the SHA-256 of the entry's canonical JSON with Hash left empty, in hexadecimal.
func AuditHash(e domain.AuditEntry) (string, error) {
	e.Hash = ""
	raw, err := json.Marshal(e)
	if err != nil {
		return "", err
	}
	canonical, err := jcs.Transform(raw)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(canonical)
	return hex.EncodeToString(sum[:]), nil
}

// AuditAfter lists entries in order of their ids, after the given one.
func (tx *Tx) AuditAfter(ctx context.Context, after domain.ID, limit int) ([]domain.AuditEntry, error) {
	return auditEntries.page(ctx, tx, limit, "id", "id > ?", after)
}

// CountActs counts the entries of a case. They are never taken back, so it grows whenever an act of the case commits,
// in whichever order acts at the same time do.
func (tx *Tx) CountActs(ctx context.Context, of domain.ID) (int, error) {
	var n int
	err := tx.db.NewRaw(`SELECT count(*) FROM audit_entries WHERE "case" = ?`, of).Scan(ctx, &n)
	return n, translate(err, auditEntries.kind)
}

// LastAct is the time of the newest audit entry, the zero time when there is none.
func (tx *Tx) LastAct(ctx context.Context) (time.Time, error) {
	last, err := auditEntries.page(ctx, tx, 1, "at DESC", "1 = 1")
	if err != nil || len(last) == 0 {
		return time.Time{}, err
	}
	return last[0].At, nil
}

// Enqueue writes a signal into the outbox.
func (tx *Tx) Enqueue(ctx context.Context, s domain.Signal) error { return signals.insert(ctx, tx, s) }

// PendingSignals lists signals that were not sent yet, oldest first.
func (tx *Tx) PendingSignals(ctx context.Context, limit int) ([]domain.Signal, error) {
	return signals.page(ctx, tx, limit, "id", "sent_at IS NULL")
}

// SignalSent marks a signal as sent.
func (tx *Tx) SignalSent(ctx context.Context, id domain.ID, at time.Time) error {
	_, err := tx.db.NewRaw("UPDATE signals SET sent_at = ? WHERE id = ?", at, id).Exec(ctx)
	return translate(err, signals.kind)
}

// SignalTried counts a try that failed.
func (tx *Tx) SignalTried(ctx context.Context, id domain.ID) error {
	_, err := tx.db.NewRaw("UPDATE signals SET tries = tries + 1 WHERE id = ?", id).Exec(ctx)
	return translate(err, signals.kind)
}

// memory is what is kept of an idempotency key. Answer is empty from Recall to Remember, which only the act itself
// ever sees.
type memory struct {
	Actor  domain.ID
	Key    string
	Op     string
	Digest string
	Answer string
	At     time.Time
}

// Recall returns the answer that was given to the key before. A key of another operation or request is
// service.ErrKeyUsed. A key that was not used is taken until the transaction ends: another act with it waits here,
// before it does anything, and then gets the first one's answer; or acts itself, if the first one failed.
func (tx *Tx) Recall(ctx context.Context, o service.Once) ([]byte, bool, error) {
	taken, err := tx.take(ctx, o)
	if taken || err != nil {
		return nil, false, err
	}
	m, err := memories.get(ctx, tx, "actor = ? AND key = ?", o.Actor, o.Key)
	switch {
	case err != nil:
		return nil, false, err
	case m.Op != o.Op || m.Digest != o.Digest:
		return nil, false, service.ErrKeyUsed
	}
	return []byte(m.Answer), true, nil
}

// take reports whether the key was free and is now this transaction's.
func (tx *Tx) take(ctx context.Context, o service.Once) (bool, error) {
	m := memory{Actor: o.Actor, Key: o.Key, Op: o.Op, Digest: o.Digest}
	res, err := tx.db.NewInsert().Model(&m).ModelTableExpr(memories.name).On("CONFLICT (actor, key) DO NOTHING").Exec(ctx)
	if err != nil {
		return false, translate(err, memories.kind)
	}
	n, err := res.RowsAffected()
	return n == 1, translate(err, memories.kind)
}

// Remember keeps the answer under the key that Recall took; service.ErrKeyRace when it did not.
func (tx *Tx) Remember(ctx context.Context, o service.Once, answer []byte, at time.Time) error {
	res, err := tx.db.NewRaw("UPDATE memories SET answer = ?, at = ? WHERE actor = ? AND key = ? AND answer = ''",
		string(answer), at, o.Actor, o.Key).Exec(ctx)
	err = memories.touched(res, err)
	if domain.CodeOf(err) == domain.CodeNotFound {
		return service.ErrKeyRace
	}
	return err
}
