package store

import (
	"context"
	"time"

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

// Committee reads a committee.
func (tx *Tx) Committee(ctx context.Context, id domain.ID) (committee.Committee, error) {
	return committees.get(ctx, tx, "id = ?", id)
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
	serving, err := members.list(ctx, tx, `"from" DESC`,
		`committee = ? AND "from" <= ? AND (until = '' OR until >= ?) AND (ended_on = '' OR ended_on > ?)`, id, day, day, day)
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
