package store

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/meeting"
)

var (
	spans   = table[meeting.Span]{"spans", "span"}
	letters = table[meeting.Letter]{"letters", "letter"}
	nudges  = table[meeting.Nudge]{"nudges", "nudge"}
)

// AddSpan writes special days; CodeConflict ("conflict.span") when the same are there.
func (tx *Tx) AddSpan(ctx context.Context, s meeting.Span) error { return spans.insert(ctx, tx, s) }

// Span reads special days.
func (tx *Tx) Span(ctx context.Context, id domain.ID) (meeting.Span, error) {
	return spans.get(ctx, tx, "id = ?", id)
}

// RemoveSpan takes special days off the calendar.
func (tx *Tx) RemoveSpan(ctx context.Context, id domain.ID) error {
	return spans.delete(ctx, tx, "id = ?", id)
}

// Spans lists the special days that touch the days from and until, both included, in order of their beginning.
func (tx *Tx) Spans(ctx context.Context, from, until calendar.Date) ([]meeting.Span, error) {
	return spans.list(ctx, tx, `"from", until, id`, `until >= ? AND "from" <= ?`, from, until)
}

// LettersOf lists the letters of a meeting that were sent or given up, oldest first.
func (tx *Tx) LettersOf(ctx context.Context, of domain.ID) ([]meeting.Letter, error) {
	return letters.list(ctx, tx, "sent_at, member, kind, occasion", "meeting = ?", of)
}

// MarkSent keeps that a letter was sent or given up; a second time changes nothing.
func (tx *Tx) MarkSent(ctx context.Context, l meeting.Letter) error {
	_, err := tx.db.NewInsert().Model(&l).ModelTableExpr(letters.name).On("CONFLICT DO NOTHING").Exec(ctx)
	return translate(err, letters.kind)
}

// NudgesOf lists the reminders that the staff asked for in a meeting, oldest first.
func (tx *Tx) NudgesOf(ctx context.Context, of domain.ID) ([]meeting.Nudge, error) {
	return nudges.list(ctx, tx, "at, about", "meeting = ?", of)
}

// AddNudge writes a reminder that the staff asked for.
func (tx *Tx) AddNudge(ctx context.Context, n meeting.Nudge) error { return nudges.insert(ctx, tx, n) }

// NotVoted lists the members on the roll of an open ballot of the meeting who have not taken part in it.
func (tx *Tx) NotVoted(ctx context.Context, of domain.ID) ([]domain.ID, error) {
	out := []domain.ID{}
	err := tx.db.NewRaw(`SELECT DISTINCT r.member FROM ballots b JOIN roll_entries r ON r.ballot = b.id
		WHERE b.meeting = ? AND b.state = 'open' AND NOT EXISTS (
			SELECT 1 FROM participations p WHERE p.ballot = r.ballot AND p.member = r.member) ORDER BY r.member`,
		of).Scan(ctx, &out)
	return out, translate(err, "ballot")
}

// RecusedItems lists the items of a meeting from which the person is kept out, by whatever appointment; a challenge
// that is still pending counts.
func (tx *Tx) RecusedItems(ctx context.Context, of, person domain.ID) ([]domain.ID, error) {
	out := []domain.ID{}
	err := tx.db.NewRaw(`SELECT DISTINCT r.item FROM recusals r JOIN members m ON m.id = r.member
		WHERE r.meeting = ? AND m.person = ? AND r.state IN (?, ?) ORDER BY r.item`,
		of, person, meeting.RecusalInForce, meeting.RecusalPending).Scan(ctx, &out)
	return out, translate(err, "recusal")
}
