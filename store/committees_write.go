package store

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
)

// AddCommittee writes a new committee; conflict.committee when its code is taken.
func (tx *Tx) AddCommittee(ctx context.Context, c committee.Committee) error {
	tx.touchCommittee(c.ID)
	return committees.insert(ctx, tx, c)
}

// LockCommittee reads a committee and keeps others from changing it or its seats.
func (tx *Tx) LockCommittee(ctx context.Context, id domain.ID) (committee.Committee, error) {
	return committees.lock(ctx, tx, id)
}

// ChangeCommittee writes a changed committee; CodeStale when it changed meanwhile.
func (tx *Tx) ChangeCommittee(ctx context.Context, c *committee.Committee) error {
	tx.touchCommittee(c.ID)
	return committees.change(ctx, tx, c)
}

// AddSeat writes a new seat; conflict.seat when the number is taken.
func (tx *Tx) AddSeat(ctx context.Context, s committee.Seat) error { return seats.insert(ctx, tx, s) }

// Seat reads a seat.
func (tx *Tx) Seat(ctx context.Context, id domain.ID) (committee.Seat, error) {
	return seats.get(ctx, tx, "id = ?", id)
}

// SeatsIn lists the seats of a committee by number.
func (tx *Tx) SeatsIn(ctx context.Context, id domain.ID) ([]committee.Seat, error) {
	return seats.list(ctx, tx, "number", "committee = ?", id)
}

// AddMember writes a new appointment.
func (tx *Tx) AddMember(ctx context.Context, m committee.Member) error {
	return members.insert(ctx, tx, m)
}

// ChangeMember writes a changed appointment; CodeStale when it changed meanwhile.
func (tx *Tx) ChangeMember(ctx context.Context, m *committee.Member) error {
	return members.change(ctx, tx, m)
}

// Member reads an appointment.
func (tx *Tx) Member(ctx context.Context, id domain.ID) (committee.Member, error) {
	return members.get(ctx, tx, "id = ?", id)
}

// MembersOfSeat lists who sat in a seat, newest first.
func (tx *Tx) MembersOfSeat(ctx context.Context, seat domain.ID) ([]committee.Member, error) {
	return members.list(ctx, tx, `"from" DESC, id`, "seat = ?", seat)
}

// MembersOf lists everybody who was ever appointed to a committee, newest first.
func (tx *Tx) MembersOf(ctx context.Context, id domain.ID) ([]committee.Member, error) {
	return members.list(ctx, tx, `"from" DESC, id`, "committee = ?", id)
}

// MeetingDays lists the days of a committee's meetings from a day on, planned ones included, cancelled ones not.
func (tx *Tx) MeetingDays(ctx context.Context, id domain.ID, from calendar.Date) ([]calendar.Date, error) {
	found, err := meetings.list(ctx, tx, "starts_at",
		"committee = ? AND starts_at >= ? AND state <> 'cancelled'", id, from.Time())
	if err != nil {
		return nil, err
	}
	out := make([]calendar.Date, len(found))
	for i, m := range found {
		out[i] = m.Day()
	}
	return out, nil
}

// MeetingsAhead counts the meetings of a committee that have neither ended nor been cancelled.
func (tx *Tx) MeetingsAhead(ctx context.Context, id domain.ID) (int, error) {
	return meetings.count(ctx, tx, "committee = ? AND state NOT IN ('adjourned', 'cancelled')", id)
}
