package store

import (
	"context"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
)

// Deeds lists the meetings of a committee that ended on days in office, the latest first, with what the person of the
// terms did in them. It asks a fixed number of questions, each bounded by the meetings of the page.
func (tx *Tx) Deeds(ctx context.Context, p committee.Past, inOffice []calendar.Span) ([]committee.Deed, error) {
	if len(inOffice) == 0 {
		return []committee.Deed{}, nil
	}
	where, args := ended(p, inOffice)
	found, err := meetings.page(ctx, tx, p.Limit, "starts_at DESC, id DESC", where, args...)
	if err != nil || len(found) == 0 {
		return []committee.Deed{}, err
	}
	d := deeds{all: make([]committee.Deed, len(found)), at: map[domain.ID]*committee.Deed{}}
	for i, m := range found {
		d.all[i] = committee.Deed{
			Meeting: m.ID, Number: m.Number, Title: m.Title, Written: m.Mode == meeting.Written, StartsAt: m.StartsAt,
			Votes: []committee.OwnVote{}, Recusals: []committee.OwnRecusal{},
		}
		d.at[m.ID], d.meetings = &d.all[i], append(d.meetings, m.ID)
	}
	for _, m := range p.Terms {
		d.members = append(d.members, m.ID)
	}
	for _, read := range []func(context.Context, *Tx) error{d.came, d.voted, d.recused, d.signed} {
		if err := read(ctx, tx); err != nil {
			return nil, translate(err, meetings.kind)
		}
	}
	return d.all, nil
}

// ended is the condition on meetings.
func ended(p committee.Past, inOffice []calendar.Span) (string, []any) {
	var spans []string
	args := []any{p.Committee}
	for _, s := range inOffice {
		spans = append(spans, "starts_at >= ? AND starts_at < ?")
		args = append(args, s.From.Time(), s.Until.AddDays(1).Time())
	}
	where := "committee = ? AND state = 'adjourned' AND (" + strings.Join(spans, " OR ") + ")"
	if p.Before == "" {
		return where, args
	}
	return where + ` AND (starts_at < (SELECT b.starts_at FROM meetings b WHERE b.id = ?)
		OR starts_at = (SELECT b.starts_at FROM meetings b WHERE b.id = ?) AND id < ?)`,
		append(args, p.Before, p.Before, p.Before)
}

// deeds puts together what somebody did in some meetings.
type deeds struct {
	all      []committee.Deed
	at       map[domain.ID]*committee.Deed
	meetings []domain.ID
	members  []domain.ID
}

func (d deeds) ask(ctx context.Context, tx *Tx, rows any, query string) error {
	return tx.db.NewRaw(query, bun.List(d.meetings), bun.List(d.members)).Scan(ctx, rows)
}

func (d deeds) came(ctx context.Context, tx *Tx) error {
	var rows []struct {
		Meeting domain.ID
		Via     string
	}
	err := d.ask(ctx, tx, &rows, `SELECT meeting, via FROM presences WHERE meeting IN (?) AND member IN (?)
		AND voided_at IS NULL ORDER BY in_at, id`)
	for _, r := range rows {
		d.at[r.Meeting].Via = r.Via
	}
	return err
}

// voted reads who voted from the participations. The choice is that of the vote which carries the member's name; a
// secret one carries none, and is not looked for.
func (d deeds) voted(ctx context.Context, tx *Tx) error {
	var rows []struct {
		Meeting domain.ID
		committee.OwnVote
	}
	err := d.ask(ctx, tx, &rows, `SELECT b.meeting, b.id AS ballot, i.number AS item, b.method, b.purpose,
		COALESCE(v.choice, '') AS choice, b.state = 'void' AS void
		FROM ballots b JOIN items i ON i.id = b.item JOIN participations p ON p.ballot = b.id
		LEFT JOIN votes v ON v.ballot = b.id AND v.member = p.member AND b.method <> 'secret'
		WHERE b.meeting IN (?) AND p.member IN (?) ORDER BY b.opened_at, b.id`)
	for _, r := range rows {
		d.at[r.Meeting].Votes = append(d.at[r.Meeting].Votes, r.OwnVote)
	}
	return err
}

func (d deeds) recused(ctx context.Context, tx *Tx) error {
	var rows []struct {
		Meeting domain.ID
		committee.OwnRecusal
	}
	err := d.ask(ctx, tx, &rows, `SELECT r.meeting, i.number AS item, r.kind, r.state, r.at
		FROM recusals r JOIN items i ON i.id = r.item WHERE r.meeting IN (?) AND r.member IN (?) ORDER BY r.at, r.id`)
	for _, r := range rows {
		d.at[r.Meeting].Recusals = append(d.at[r.Meeting].Recusals, r.OwnRecusal)
	}
	return err
}

func (d deeds) signed(ctx context.Context, tx *Tx) error {
	var rows []struct {
		Meeting domain.ID
		At      time.Time
	}
	err := d.ask(ctx, tx, &rows, `SELECT m.meeting, s.at FROM minutes m JOIN signatures s ON s.minutes = m.id
		WHERE m.meeting IN (?) AND s.member IN (?) ORDER BY s.number`)
	for _, r := range rows {
		d.at[r.Meeting].SignedAt = &r.At
	}
	return err
}
