package store

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/minutes"
)

var (
	minutesRows = versioned[minutes.Minutes]{
		table[minutes.Minutes]{"minutes", "minutes"},
		func(m *minutes.Minutes) *int { return &m.Version }, func(m *minutes.Minutes) domain.ID { return m.ID },
	}
	revisions   = table[minutes.Revision]{"revisions", "revision"}
	signatures  = table[minutes.Signature]{"signatures", "signature"}
	corrections = table[minutes.Correction]{"corrections", "correction"}
	redactions  = table[minutes.Redaction]{"redactions", "redaction"}
)

// AddMinutes writes the minutes of a meeting; CodeConflict ("conflict.minutes") when it has some.
func (tx *Tx) AddMinutes(ctx context.Context, m minutes.Minutes) error {
	tx.touch(m.Meeting)
	if err := minutesRows.insert(ctx, tx, m); err != nil {
		return err
	}
	return tx.recorded(ctx, m)
}

// recorded keeps with a meeting that its minutes are published, so that the open cases are found without a look at those of the past.
func (tx *Tx) recorded(ctx context.Context, m minutes.Minutes) error {
	if m.State != minutes.Published {
		return nil
	}
	_, err := tx.db.NewRaw("UPDATE meetings SET recorded = ? WHERE id = ?", true, m.Meeting).Exec(ctx)
	return translate(err, meetings.kind)
}

// Minutes reads minutes by their id.
func (tx *Tx) Minutes(ctx context.Context, id domain.ID) (minutes.Minutes, error) {
	return minutesRows.get(ctx, tx, "id = ?", id)
}

// LockMinutes reads minutes and keeps every other act on them waiting until the transaction ends.
func (tx *Tx) LockMinutes(ctx context.Context, id domain.ID) (minutes.Minutes, error) {
	return minutesRows.lock(ctx, tx, id)
}

// ChangeMinutes writes minutes over the version they were read with; CodeStale when they changed.
func (tx *Tx) ChangeMinutes(ctx context.Context, m *minutes.Minutes) error {
	tx.touch(m.Meeting)
	if err := minutesRows.change(ctx, tx, m); err != nil {
		return err
	}
	return tx.recorded(ctx, *m)
}

// MinutesOf reads the minutes of a meeting, false when none are drawn up.
func (tx *Tx) MinutesOf(ctx context.Context, of domain.ID) (minutes.Minutes, bool, error) {
	m, err := minutesRows.get(ctx, tx, "meeting = ?", of)
	if domain.CodeOf(err) == domain.CodeNotFound {
		return minutes.Minutes{}, false, nil
	}
	return m, err == nil, err
}

// AddRevision writes a version of the text; versions are never changed.
func (tx *Tx) AddRevision(ctx context.Context, r minutes.Revision) error {
	return revisions.insert(ctx, tx, r)
}

// Revision reads one version of the text.
func (tx *Tx) Revision(ctx context.Context, of domain.ID, number int) (minutes.Revision, error) {
	return revisions.get(ctx, tx, "minutes = ? AND number = ?", of, number)
}

// RevisionsOf lists all versions of the text, oldest first.
func (tx *Tx) RevisionsOf(ctx context.Context, of domain.ID) ([]minutes.Revision, error) {
	return revisions.list(ctx, tx, "number", "minutes = ?", of)
}

// AddSignature writes a signature; CodeConflict ("conflict.signature") when the member has signed that version.
func (tx *Tx) AddSignature(ctx context.Context, s minutes.Signature) error {
	return signatures.insert(ctx, tx, s)
}

// SignaturesOf lists the signatures under all versions, by version and time.
func (tx *Tx) SignaturesOf(ctx context.Context, of domain.ID) ([]minutes.Signature, error) {
	return signatures.list(ctx, tx, "number, at, member", "minutes = ?", of)
}

// Unsigned lists the members who have to sign the circulated minutes and have not.
func (tx *Tx) Unsigned(ctx context.Context, of domain.ID) ([]domain.ID, error) {
	m, err := tx.Minutes(ctx, of)
	if err != nil || m.State != minutes.Circulated {
		return []domain.ID{}, err
	}
	signed, err := signatures.list(ctx, tx, "member", "minutes = ? AND number = ?", of, m.Locked)
	return m.Unsigned(signed), err
}

// AddCorrection writes a member's request.
func (tx *Tx) AddCorrection(ctx context.Context, c minutes.Correction) error {
	return corrections.insert(ctx, tx, c)
}

// Correction reads a request.
func (tx *Tx) Correction(ctx context.Context, id domain.ID) (minutes.Correction, error) {
	return corrections.get(ctx, tx, "id = ?", id)
}

// ChangeCorrection writes the answer to a request.
func (tx *Tx) ChangeCorrection(ctx context.Context, c minutes.Correction) error {
	return corrections.update(ctx, tx, c, "id = ?", c.ID)
}

// CorrectionsOf lists the requests, oldest first.
func (tx *Tx) CorrectionsOf(ctx context.Context, of domain.ID) ([]minutes.Correction, error) {
	return corrections.list(ctx, tx, "at, id", "minutes = ?", of)
}

// AddRedaction writes a redaction.
func (tx *Tx) AddRedaction(ctx context.Context, r minutes.Redaction) error {
	if err := redactions.insert(ctx, tx, r); err != nil {
		return err
	}
	return tx.touchMinutes(ctx, r.Minutes)
}

// Redaction reads a redaction.
func (tx *Tx) Redaction(ctx context.Context, id domain.ID) (minutes.Redaction, error) {
	return redactions.get(ctx, tx, "id = ?", id)
}

// ChangeRedaction writes that a redaction was lifted or widened.
func (tx *Tx) ChangeRedaction(ctx context.Context, r minutes.Redaction) error {
	if err := redactions.update(ctx, tx, r, "id = ?", r.ID); err != nil {
		return err
	}
	return tx.touchMinutes(ctx, r.Minutes)
}

// RedactionsOf lists the redactions, those that were lifted included, oldest first.
func (tx *Tx) RedactionsOf(ctx context.Context, of domain.ID) ([]minutes.Redaction, error) {
	return redactions.list(ctx, tx, "at, id", "minutes = ?", of)
}
