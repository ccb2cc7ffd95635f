package store

import (
	"context"
	"time"

	"secretariat/domain"
	"secretariat/domain/meeting"
)

var (
	meetings = versioned[meeting.Meeting]{
		table[meeting.Meeting]{"meetings", "meeting"},
		func(m *meeting.Meeting) *int { return &m.Version }, func(m *meeting.Meeting) domain.ID { return m.ID },
	}
	items = versioned[meeting.Item]{
		table[meeting.Item]{"items", "item"},
		func(i *meeting.Item) *int { return &i.Version }, func(i *meeting.Item) domain.ID { return i.ID },
	}
	papers    = table[meeting.Paper]{"papers", "paper"}
	responses = table[meeting.Response]{"responses", "response"}
	proxies   = table[meeting.Proxy]{"proxies", "proxy"}
)

// Meeting reads a meeting.
func (tx *Tx) Meeting(ctx context.Context, id domain.ID) (meeting.Meeting, error) {
	return meetings.get(ctx, tx, "id = ?", id)
}

// LockMeeting reads a meeting and keeps every other act on it waiting until the transaction ends.
func (tx *Tx) LockMeeting(ctx context.Context, id domain.ID) (meeting.Meeting, error) {
	return meetings.lock(ctx, tx, id)
}

// AddMeeting writes a new meeting.
func (tx *Tx) AddMeeting(ctx context.Context, m meeting.Meeting) error {
	tx.touch(m.ID)
	return meetings.insert(ctx, tx, m)
}

// ChangeMeeting writes all of a meeting over the version it was read with and moves m to the next; CodeStale when
// it changed.
func (tx *Tx) ChangeMeeting(ctx context.Context, m *meeting.Meeting) error {
	tx.touch(m.ID)
	return meetings.change(ctx, tx, m)
}

// Meetings lists meetings of a committee, the latest start first. The filter's cursor is exclusive.
func (tx *Tx) Meetings(ctx context.Context, f meeting.Filter) ([]meeting.Meeting, error) {
	where, args := "committee = ?", []any{f.Committee}
	and := func(more string, values ...any) {
		where += " AND " + more
		args = append(args, values...)
	}
	if f.State != "" {
		and("state = ?", f.State)
	}
	if f.Announced {
		and("convened_at IS NOT NULL")
	}
	if !f.From.IsZero() {
		and("starts_at >= ?", f.From)
	}
	if !f.Until.IsZero() {
		and("starts_at < ?", f.Until)
	}
	if !f.Before.IsZero() {
		and("(starts_at < ? OR starts_at = ? AND id < ?)", f.Before, f.Before, f.BeforeID)
	}
	return meetings.page(ctx, tx, f.Limit, "starts_at DESC, id DESC", where, args...)
}

// CountMeetings counts meetings of a committee that are not cancelled and start in [from, until).
func (tx *Tx) CountMeetings(ctx context.Context, committee domain.ID, from, until time.Time) (int, error) {
	return meetings.count(ctx, tx, "committee = ? AND starts_at >= ? AND starts_at < ? AND state <> ?",
		committee, from, until, meeting.Cancelled)
}

// Item reads an agenda item.
func (tx *Tx) Item(ctx context.Context, id domain.ID) (meeting.Item, error) {
	return items.get(ctx, tx, "id = ?", id)
}

// ItemsOf lists the agenda of a meeting in its order, withdrawn items included.
func (tx *Tx) ItemsOf(ctx context.Context, of domain.ID) ([]meeting.Item, error) {
	return items.list(ctx, tx, "position, id", "meeting = ?", of)
}

// AddItem writes a new agenda item.
func (tx *Tx) AddItem(ctx context.Context, i meeting.Item) error {
	tx.touch(i.Meeting)
	return items.insert(ctx, tx, i)
}

// ChangeItem writes all of an item over the version it was read with and moves i to the next; CodeStale when it
// changed.
func (tx *Tx) ChangeItem(ctx context.Context, i *meeting.Item) error {
	tx.touch(i.Meeting)
	return items.change(ctx, tx, i)
}

// ItemInVote reports whether a ballot on the item is under way.
func (tx *Tx) ItemInVote(ctx context.Context, item domain.ID) (bool, error) {
	var n int
	err := tx.db.NewRaw("SELECT count(*) FROM ballots WHERE item = ? AND state IN ('open', 'tied')", item).Scan(ctx, &n)
	return n > 0, translate(err, "ballot")
}

// Paper reads one revision of a paper.
func (tx *Tx) Paper(ctx context.Context, id domain.ID) (meeting.Paper, error) {
	return papers.get(ctx, tx, "id = ?", id)
}

// PapersOf lists every revision of an item's papers by number, the newest revision first.
func (tx *Tx) PapersOf(ctx context.Context, item domain.ID) ([]meeting.Paper, error) {
	return papers.list(ctx, tx, "number, revision DESC", "item = ?", item)
}

// PapersOfMeeting lists the current papers of all items of a meeting, in order of their numbers.
func (tx *Tx) PapersOfMeeting(ctx context.Context, of domain.ID) ([]meeting.Paper, error) {
	return papers.list(ctx, tx, "item, number",
		"item IN (SELECT id FROM items WHERE meeting = ?) AND NOT superseded", of)
}

// AddPaper writes a revision and marks the earlier ones of the same number as superseded.
func (tx *Tx) AddPaper(ctx context.Context, p meeting.Paper) error {
	_, err := tx.db.NewRaw("UPDATE papers SET superseded = ? WHERE item = ? AND number = ?",
		true, p.Item, p.Number).Exec(ctx)
	if err != nil {
		return translate(err, "paper")
	}
	if err := papers.insert(ctx, tx, p); err != nil {
		return err
	}
	return tx.touchItem(ctx, p.Item)
}

// ResponsesOf lists the answers to the notice of a meeting.
func (tx *Tx) ResponsesOf(ctx context.Context, of domain.ID) ([]meeting.Response, error) {
	return responses.list(ctx, tx, "member", "meeting = ?", of)
}

// SetResponse writes a member's answer over an earlier one.
func (tx *Tx) SetResponse(ctx context.Context, r meeting.Response) error {
	return responses.upsert(ctx, tx, r, "meeting, member")
}

// ProxiesOf lists who stands in for whom at a meeting.
func (tx *Tx) ProxiesOf(ctx context.Context, of domain.ID) ([]meeting.Proxy, error) {
	return proxies.list(ctx, tx, "member", "meeting = ?", of)
}

// SetProxy writes the appointment of a proxy over an earlier one.
func (tx *Tx) SetProxy(ctx context.Context, p meeting.Proxy) error {
	return proxies.upsert(ctx, tx, p, "meeting, member")
}
