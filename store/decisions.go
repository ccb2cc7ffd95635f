package store

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/minutes"
)

var (
	decisions = table[minutes.Decision]{"decisions", "decision"}
	actions   = versioned[minutes.Action]{
		table[minutes.Action]{"actions", "action"},
		func(a *minutes.Action) *int { return &a.Version }, func(a *minutes.Action) domain.ID { return a.ID },
	}
)

// AddDecision writes a decision record; CodeConflict ("conflict.decision") when the item has one, or the one it
// supersedes was superseded already. Records are never changed.
func (tx *Tx) AddDecision(ctx context.Context, d minutes.Decision) error {
	tx.touch(d.Meeting)
	return decisions.insert(ctx, tx, d)
}

// Decision reads a decision record.
func (tx *Tx) Decision(ctx context.Context, id domain.ID) (minutes.Decision, error) {
	return decisions.get(ctx, tx, "id = ?", id)
}

// SupersededBy is the id of the record that took the place of one, empty when none did.
func (tx *Tx) SupersededBy(ctx context.Context, id domain.ID) (domain.ID, error) {
	d, err := decisions.get(ctx, tx, "supersedes = ?", id)
	if domain.CodeOf(err) == domain.CodeNotFound {
		return "", nil
	}
	return d.ID, err
}

// DecisionsOf lists the decision records of a meeting, superseded ones included, in the order of issue.
func (tx *Tx) DecisionsOf(ctx context.Context, of domain.ID) ([]minutes.Decision, error) {
	return decisions.list(ctx, tx, "id", "meeting = ?", of)
}

// Decisions lists the decision records of a committee, newest first, older than the record before (empty for the
// newest).
func (tx *Tx) Decisions(ctx context.Context, committee, before domain.ID, limit int) ([]minutes.Decision, error) {
	if before == "" {
		return decisions.page(ctx, tx, limit, "id DESC", "committee = ?", committee)
	}
	return decisions.page(ctx, tx, limit, "id DESC", "committee = ? AND id < ?", committee, before)
}

// AddAction writes a follow-up of a decision.
func (tx *Tx) AddAction(ctx context.Context, a minutes.Action) error {
	return actions.insert(ctx, tx, a)
}

// Action reads a follow-up.
func (tx *Tx) Action(ctx context.Context, id domain.ID) (minutes.Action, error) {
	return actions.get(ctx, tx, "id = ?", id)
}

// ChangeAction writes a follow-up over the version it was read with; CodeStale when it changed.
func (tx *Tx) ChangeAction(ctx context.Context, a *minutes.Action) error {
	return actions.change(ctx, tx, a)
}

// ActionsOf lists the follow-ups of a decision by due date.
func (tx *Tx) ActionsOf(ctx context.Context, decision domain.ID) ([]minutes.Action, error) {
	return actions.list(ctx, tx, "due, id", "decision = ?", decision)
}

// Actions lists the follow-ups of a committee's decisions by id, after one (empty for the first), open ones only if so
// asked.
func (tx *Tx) Actions(
	ctx context.Context, committee, after domain.ID, open bool, limit int,
) ([]minutes.Action, error) {
	where := "id > ? AND decision IN (SELECT id FROM decisions WHERE committee = ?)"
	if open {
		where += " AND done_at IS NULL"
	}
	return actions.page(ctx, tx, limit, "id", where, after, committee)
}

// OpenActions lists the follow-ups of a meeting's decisions that are not done, by due date.
func (tx *Tx) OpenActions(ctx context.Context, of domain.ID) ([]minutes.Action, error) {
	return actions.list(ctx, tx, "due, id",
		"done_at IS NULL AND decision IN (SELECT id FROM decisions WHERE meeting = ?)", of)
}

// Facts reads all that happened in a meeting, with the votes of every ballot that ended with a result.
func (tx *Tx) Facts(ctx context.Context, of domain.ID) (minutes.Facts, error) {
	m, err := tx.Meeting(ctx, of)
	if err != nil {
		return minutes.Facts{}, err
	}
	at := m.StartsAt
	if m.OpenedAt != nil {
		at = *m.OpenedAt
	}
	chamber, err := tx.Chamber(ctx, m.Committee, at)
	if err != nil {
		return minutes.Facts{}, err
	}
	f := minutes.Facts{Committee: chamber.Committee, Meeting: m, Roster: chamber.Seated}
	for _, load := range []func() error{
		func() (err error) { f.Rules, err = tx.Policy(ctx, m.Rules); return err },
		func() (err error) { f.Items, err = tx.ItemsOf(ctx, of); return err },
		func() (err error) { f.Recusals, err = tx.RecusalsOf(ctx, of); return err },
		func() (err error) { f.Presences, err = tx.Presences(ctx, of); return err },
		func() (err error) { f.Statements, err = tx.StatementsOf(ctx, of); return err },
		func() (err error) { f.Events, err = tx.EventsOf(ctx, of); return err },
		func() (err error) {
			f.Amendments, err = amendments.list(ctx, tx, "item, position",
				"item IN (SELECT id FROM items WHERE meeting = ?)", of)
			return err
		},
		func() (err error) { f.Ballots, err = tx.counts(ctx, of); return err },
	} {
		if err := load(); err != nil {
			return minutes.Facts{}, err
		}
	}
	return f, nil
}

// counts reads the closed ballots of a meeting with roll, participations and votes.
func (tx *Tx) counts(ctx context.Context, of domain.ID) ([]minutes.Count, error) {
	all, err := ballots.list(ctx, tx, "opened_at, id", "meeting = ? AND state = ?", of, ballot.Closed)
	if err != nil {
		return nil, err
	}
	out := make([]minutes.Count, len(all))
	for i, b := range all {
		out[i].Ballot = b
		if out[i].Roll, err = tx.RollOf(ctx, b.ID); err != nil {
			return nil, err
		}
		if out[i].Voted, err = tx.ParticipationsOf(ctx, b.ID); err != nil {
			return nil, err
		}
		if out[i].Votes, err = tx.VotesOf(ctx, b.ID); err != nil {
			return nil, err
		}
	}
	return out, nil
}
