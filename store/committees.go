package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
)

var (
	committees = versioned[committee.Committee]{
		table[committee.Committee]{"committees", "committee"},
		func(c *committee.Committee) *int { return &c.Version }, func(c *committee.Committee) domain.ID { return c.ID },
	}
	seats   = table[committee.Seat]{"seats", "seat"}
	members = versioned[committee.Member]{
		table[committee.Member]{"members", "member"},
		func(m *committee.Member) *int { return &m.Version }, func(m *committee.Member) domain.ID { return m.ID },
	}
)

// inOffice is committee.Member.Serves as a condition on members; it takes the day three times.
const inOffice = `"from" <= ? AND (until = '' OR until >= ? OR holdover) AND (ended_on = '' OR ended_on > ?)`

// Committee reads a committee.
func (tx *Tx) Committee(ctx context.Context, id domain.ID) (committee.Committee, error) {
	return committees.get(ctx, tx, "id = ?", id)
}

// Committees lists committees of every state by code, after the given one.
func (tx *Tx) Committees(ctx context.Context, after string, limit int) ([]committee.Committee, error) {
	return committees.page(ctx, tx, limit, "code", "code > ?", after)
}

// FindCommittees lists committees by code as the filter says.
func (tx *Tx) FindCommittees(ctx context.Context, f committee.Filter) ([]committee.Committee, error) {
	if f.Drafts {
		return tx.Committees(ctx, f.After, f.Limit)
	}
	return committees.page(ctx, tx, f.Limit, "code", "code > ? AND (state <> ? OR id IN (?))",
		f.After, committee.Draft, bun.List(append([]domain.ID{""}, f.Own...)))
}

// Subcommittees lists the 분과위원회 of a committee by code, whatever their state.
func (tx *Tx) Subcommittees(ctx context.Context, of domain.ID) ([]committee.Committee, error) {
	return committees.list(ctx, tx, "code", "parent = ?", of)
}

// Chamber reads a committee with its seats and who serves in them at the instant.
func (tx *Tx) Chamber(ctx context.Context, id domain.ID, at time.Time) (committee.Chamber, error) {
	c, err := tx.Committee(ctx, id)
	if err != nil {
		return committee.Chamber{}, err
	}
	all, err := seats.list(ctx, tx, "number", "committee = ?", id)
	if err != nil {
		return committee.Chamber{}, err
	}
	day := calendar.DateOf(at)
	serving, err := members.list(ctx, tx, `"from" DESC`, "committee = ? AND "+inOffice, id, day, day, day)
	if err != nil {
		return committee.Chamber{}, err
	}
	return committee.Chamber{Committee: c, Seated: seat(all, serving), At: at}, nil
}

func seat(all []committee.Seat, serving []committee.Member) []committee.Seated {
	out := make([]committee.Seated, len(all))
	for i, s := range all {
		out[i].Seat = s
		for _, m := range serving {
			if m.Seat == s.ID {
				out[i].Member = &m
				break
			}
		}
	}
	return out
}

// heldRow is one appointment with its seat's kind and the committee that counts: its own, or the one it is a part of.
type heldRow struct {
	committee.Member
	Kind      committee.SeatKind
	Body      domain.ID
	Standing  bool
	State     committee.State
	ChairPost string
}

// heldQuery takes the post of the chair from the first seat in the chair.
const heldQuery = `SELECT m.*, s.kind, b.id AS body, b.standing, b.state,
	COALESCE((SELECT c.post FROM seats c WHERE c.committee = b.id AND c.role = 'chair' ORDER BY c.number LIMIT 1), '')
		AS chair_post
FROM members m JOIN seats s ON s.id = m.seat JOIN committees o ON o.id = m.committee
JOIN committees b ON b.id = CASE WHEN o.parent = '' THEN o.id ELSE o.parent END
WHERE m.person = ? ORDER BY m."from" DESC, m.id`

// AppointmentsOf lists a person's appointments in all committees, newest first.
func (tx *Tx) AppointmentsOf(ctx context.Context, person domain.ID) ([]committee.Held, error) {
	var rows []heldRow
	if err := tx.db.NewRaw(heldQuery, person).Scan(ctx, &rows); err != nil {
		return nil, translate(err, members.kind)
	}
	out := make([]committee.Held, len(rows))
	for i, r := range rows {
		out[i] = committee.Held{Member: r.Member, Kind: r.Kind, Body: committee.Body{
			ID: r.Body, Standing: r.Standing, State: r.State, ChairPost: r.ChairPost,
		}}
	}
	return out, nil
}

// SittingsOf lists the meetings of a committee that were held from a day on, written ones left out, with who came.
func (tx *Tx) SittingsOf(ctx context.Context, id domain.ID, from calendar.Date) ([]committee.Sitting, error) {
	held, err := meetings.list(ctx, tx, "starts_at, id",
		"committee = ? AND starts_at >= ? AND state = 'adjourned' AND mode <> 'written'", id, from.Time())
	if err != nil {
		return nil, err
	}
	out, at := make([]committee.Sitting, len(held)), map[domain.ID]int{}
	for i, m := range held {
		out[i].Day, at[m.ID] = m.Day(), i
	}
	var came []struct{ Meeting, Member domain.ID }
	err = tx.db.NewRaw(`SELECT DISTINCT p.meeting, p.member FROM presences p JOIN meetings m ON m.id = p.meeting
		WHERE m.committee = ? AND m.starts_at >= ? AND p.voided_at IS NULL ORDER BY p.meeting, p.member`, id, from.Time()).Scan(ctx, &came)
	for _, c := range came {
		if i, ok := at[c.Meeting]; ok {
			out[i].Present = append(out[i].Present, c.Member)
		}
	}
	return out, translate(err, presences.kind)
}
