package store

import (
	"context"
	"time"

	"secretariat/domain"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
)

var (
	presences  = table[meeting.Presence]{"presences", "presence"}
	pledges    = table[meeting.Pledge]{"pledges", "pledge"}
	interests  = table[meeting.Interest]{"interests", "interest"}
	recusals   = table[meeting.Recusal]{"recusals", "recusal"}
	amendments = table[meeting.Amendment]{"amendments", "amendment"}
	statements = versioned[meeting.Statement]{
		table[meeting.Statement]{"statements", "statement"},
		func(s *meeting.Statement) *int { return &s.Version }, func(s *meeting.Statement) domain.ID { return s.ID },
	}
	wordings = table[meeting.StatementVersion]{"statement_versions", "statement_version"}
	events   = table[meeting.Event]{"events", "event"}
)

// Presences reads the presence log of a meeting in the order of coming, without stays that were taken back.
func (tx *Tx) Presences(ctx context.Context, of domain.ID) ([]meeting.Presence, error) {
	return presences.list(ctx, tx, "in_at, id", "meeting = ? AND voided_at IS NULL", of)
}

// Presence reads one stay; CodeNotFound when it was taken back.
func (tx *Tx) Presence(ctx context.Context, id domain.ID) (meeting.Presence, error) {
	return presences.get(ctx, tx, "id = ? AND voided_at IS NULL", id)
}

// VoidPresence takes back an open stay that never was; its row stays.
func (tx *Tx) VoidPresence(ctx context.Context, id domain.ID, at time.Time) error {
	res, err := tx.db.NewRaw("UPDATE presences SET voided_at = ?, out_at = ? WHERE id = ? AND out_at IS NULL", at, at, id).Exec(ctx)
	return presences.touched(res, err)
}

// ReopenPresence takes back the end of a stay; CodeConflict ("conflict.presence") when the member has come again since.
func (tx *Tx) ReopenPresence(ctx context.Context, id domain.ID) error {
	res, err := tx.db.NewRaw("UPDATE presences SET out_at = NULL, reason = '' WHERE id = ? AND voided_at IS NULL", id).Exec(ctx)
	return presences.touched(res, err)
}

// AddPresence begins a stay; CodeConflict ("conflict.presence") when the member has one that is open.
func (tx *Tx) AddPresence(ctx context.Context, p meeting.Presence) error {
	return presences.insert(ctx, tx, p)
}

// EndPresence closes the member's open stay; CodeNotFound when there is none.
func (tx *Tx) EndPresence(ctx context.Context, of, member domain.ID, at time.Time, reason string) error {
	res, err := tx.db.NewRaw(
		"UPDATE presences SET out_at = ?, reason = ? WHERE meeting = ? AND member = ? AND out_at IS NULL",
		at, reason, of, member).Exec(ctx)
	return presences.touched(res, err)
}

// EndPresences closes every open stay of a meeting.
func (tx *Tx) EndPresences(ctx context.Context, of domain.ID, at time.Time, reason string) error {
	_, err := tx.db.NewRaw("UPDATE presences SET out_at = ?, reason = ? WHERE meeting = ? AND out_at IS NULL",
		at, reason, of).Exec(ctx)
	return translate(err, presences.kind)
}

// PledgesOf lists who has signed the 청렴서약 for a meeting.
func (tx *Tx) PledgesOf(ctx context.Context, of domain.ID) ([]meeting.Pledge, error) {
	return pledges.list(ctx, tx, "member", "meeting = ?", of)
}

// AddPledge writes a pledge; CodeConflict when the member has signed before.
func (tx *Tx) AddPledge(ctx context.Context, p meeting.Pledge) error {
	return pledges.insert(ctx, tx, p)
}

// InterestsOf lists the declarations for all items of a meeting.
func (tx *Tx) InterestsOf(ctx context.Context, of domain.ID) ([]meeting.Interest, error) {
	return interests.list(ctx, tx, "item, member", "item IN (SELECT id FROM items WHERE meeting = ?)", of)
}

// SetInterest writes a member's declaration over an earlier one.
func (tx *Tx) SetInterest(ctx context.Context, i meeting.Interest) error {
	return interests.upsert(ctx, tx, i, "item, member")
}

// RecusalsOf lists the recusals of all items of a meeting, dismissed challenges included.
func (tx *Tx) RecusalsOf(ctx context.Context, of domain.ID) ([]meeting.Recusal, error) {
	return recusals.list(ctx, tx, "at, id", "meeting = ?", of)
}

// AddRecusal writes a new recusal.
func (tx *Tx) AddRecusal(ctx context.Context, r meeting.Recusal) error {
	return recusals.insert(ctx, tx, r)
}

// ChangeRecusal writes what became of a challenge.
func (tx *Tx) ChangeRecusal(ctx context.Context, r meeting.Recusal) error {
	return recusals.update(ctx, tx, r, "id = ?", r.ID)
}

// Amendment reads an amendment.
func (tx *Tx) Amendment(ctx context.Context, id domain.ID) (meeting.Amendment, error) {
	return amendments.get(ctx, tx, "id = ?", id)
}

// AmendmentsOf lists the amendments of an item in the order of voting.
func (tx *Tx) AmendmentsOf(ctx context.Context, item domain.ID) ([]meeting.Amendment, error) {
	return amendments.list(ctx, tx, "position", "item = ?", item)
}

// AddAmendment writes a new amendment.
func (tx *Tx) AddAmendment(ctx context.Context, a meeting.Amendment) error {
	return amendments.insert(ctx, tx, a)
}

// ChangeAmendment writes what became of an amendment.
func (tx *Tx) ChangeAmendment(ctx context.Context, a meeting.Amendment) error {
	return amendments.update(ctx, tx, a, "id = ?", a.ID)
}

// Statement reads a statement.
func (tx *Tx) Statement(ctx context.Context, id domain.ID) (meeting.Statement, error) {
	return statements.get(ctx, tx, "id = ?", id)
}

// StatementsOf lists what was said in a meeting, in order.
func (tx *Tx) StatementsOf(ctx context.Context, of domain.ID) ([]meeting.Statement, error) {
	return statements.list(ctx, tx, "sequence", "meeting = ?", of)
}

// AddStatement writes a new statement.
func (tx *Tx) AddStatement(ctx context.Context, s meeting.Statement) error {
	return statements.insert(ctx, tx, s)
}

// ChangeStatement writes a corrected statement and keeps the wording it had; CodeStale when somebody was faster.
func (tx *Tx) ChangeStatement(ctx context.Context, s *meeting.Statement, old meeting.StatementVersion) error {
	if err := statements.change(ctx, tx, s); err != nil {
		return err
	}
	return wordings.insert(ctx, tx, old)
}

// StatementVersions lists the wordings a statement had before, oldest first.
func (tx *Tx) StatementVersions(ctx context.Context, of domain.ID) ([]meeting.StatementVersion, error) {
	return wordings.list(ctx, tx, "version", "statement = ?", of)
}

// EventsOf lists the formal acts of a meeting in order.
func (tx *Tx) EventsOf(ctx context.Context, of domain.ID) ([]meeting.Event, error) {
	return events.list(ctx, tx, "at, id", "meeting = ?", of)
}

// AddEvent writes a formal act.
func (tx *Tx) AddEvent(ctx context.Context, e meeting.Event) error { return events.insert(ctx, tx, e) }

// SetSeatRole gives a seat another role, as an election does.
func (tx *Tx) SetSeatRole(ctx context.Context, seat domain.ID, role committee.Role) error {
	res, err := tx.db.NewRaw("UPDATE seats SET role = ? WHERE id = ?", role, seat).Exec(ctx)
	return seats.touched(res, err)
}
