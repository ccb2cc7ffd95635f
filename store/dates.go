package store

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/meeting"
)

var (
	dates       = table[meeting.Candidate]{"dates", "date"}
	dateAnswers = table[meeting.DateAnswer]{"date_answers", "date_answer"}
)

// Date reads a candidate date.
func (tx *Tx) Date(ctx context.Context, id domain.ID) (meeting.Candidate, error) {
	return dates.get(ctx, tx, "id = ?", id)
}

// DatesOf lists all dates that were ever proposed for a meeting, soonest first.
func (tx *Tx) DatesOf(ctx context.Context, of domain.ID) ([]meeting.Candidate, error) {
	return dates.list(ctx, tx, "starts_at, id", "meeting = ?", of)
}

// AddDates writes new dates; CodeConflict ("conflict.date") when one stands on the list already.
func (tx *Tx) AddDates(ctx context.Context, all []meeting.Candidate) error {
	return dates.insert(ctx, tx, all...)
}

// ChangeDate writes all of a date.
func (tx *Tx) ChangeDate(ctx context.Context, c meeting.Candidate) error {
	return dates.update(ctx, tx, c, "id = ?", c.ID)
}

// DateAnswersOf lists the answers on the dates of a meeting.
func (tx *Tx) DateAnswersOf(ctx context.Context, of domain.ID) ([]meeting.DateAnswer, error) {
	return dateAnswers.list(ctx, tx, "date, member", "date IN (SELECT id FROM dates WHERE meeting = ?)", of)
}

// SetDateAnswers writes one member's answers in place of all that the member gave on open dates of the meeting.
func (tx *Tx) SetDateAnswers(ctx context.Context, of, member domain.ID, all []meeting.DateAnswer) error {
	err := dateAnswers.delete(ctx, tx,
		"member = ? AND date IN (SELECT id FROM dates WHERE meeting = ? AND closed_at IS NULL)", member, of)
	if err != nil {
		return err
	}
	return dateAnswers.insert(ctx, tx, all...)
}

// Polled lists the planned meetings of a committee that have an open date, the earliest start first.
func (tx *Tx) Polled(ctx context.Context, committee domain.ID) ([]meeting.Meeting, error) {
	return meetings.list(ctx, tx, "starts_at, id",
		"committee = ? AND state = ? AND id IN (SELECT meeting FROM dates WHERE closed_at IS NULL)",
		committee, meeting.Planned)
}

// LastNumber is the number that was given last in a scope, 0 when none was.
func (tx *Tx) LastNumber(ctx context.Context, scope string) (int, error) {
	var n int
	err := tx.db.NewRaw("SELECT coalesce(max(last), 0) FROM counters WHERE scope = ?", scope).Scan(ctx, &n)
	return n, translate(err, "counter")
}
