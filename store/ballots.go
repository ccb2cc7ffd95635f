package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"secretariat/domain"
	"secretariat/domain/ballot"
)

var (
	ballots = versioned[ballot.Ballot]{
		table[ballot.Ballot]{"ballots", "ballot"},
		func(b *ballot.Ballot) *int { return &b.Version }, func(b *ballot.Ballot) domain.ID { return b.ID },
	}
	rolls          = table[ballot.RollEntry]{"roll_entries", "roll_entry"}
	participations = table[ballot.Participation]{"participations", "participation"}
	votes          = table[ballot.Vote]{"votes", "vote"}
)

// AddBallot writes a new ballot with its electorate; CodeConflict when one on the item is under way.
func (tx *Tx) AddBallot(ctx context.Context, b ballot.Ballot, roll []ballot.RollEntry) error {
	if err := ballots.insert(ctx, tx, b); err != nil {
		return err
	}
	return rolls.insert(ctx, tx, roll...)
}

// Ballot reads a ballot.
func (tx *Tx) Ballot(ctx context.Context, id domain.ID) (ballot.Ballot, error) {
	return ballots.get(ctx, tx, "id = ?", id)
}

// LockBallot reads a ballot once every cast under way has ended, and lets no other begin until the transaction ends.
func (tx *Tx) LockBallot(ctx context.Context, id domain.ID) (ballot.Ballot, error) {
	return ballots.lock(ctx, tx, id)
}

// ChangeBallot writes a ballot over the version it was read with. One that is closed or void cannot be written any
// more.
func (tx *Tx) ChangeBallot(ctx context.Context, b *ballot.Ballot) error {
	return ballots.change(ctx, tx, b)
}

// BallotsOf lists the ballots of a meeting in the order of opening.
func (tx *Tx) BallotsOf(ctx context.Context, of domain.ID) ([]ballot.Ballot, error) {
	return ballots.list(ctx, tx, "opened_at, id", "meeting = ?", of)
}

// BallotsUnderWay lists the ballots of a meeting that are open, or tied and waiting for the casting vote.
func (tx *Tx) BallotsUnderWay(ctx context.Context, of domain.ID) ([]ballot.Ballot, error) {
	return ballots.list(ctx, tx, "opened_at, id", "meeting = ? AND state IN (?, ?)", of, ballot.Open, ballot.Tied)
}

// RollOf lists who may vote, by member.
func (tx *Tx) RollOf(ctx context.Context, of domain.ID) ([]ballot.RollEntry, error) {
	return rolls.list(ctx, tx, "member", "ballot = ?", of)
}

// Strike takes a member who has not voted off the roll.
func (tx *Tx) Strike(ctx context.Context, of, member domain.ID) error {
	return rolls.delete(ctx, tx, "ballot = ? AND member = ?", of, member)
}

// ParticipationsOf lists who has voted, by member.
func (tx *Tx) ParticipationsOf(ctx context.Context, of domain.ID) ([]ballot.Participation, error) {
	return participations.list(ctx, tx, "member", "ballot = ?", of)
}

// CountParticipations is how many have voted.
func (tx *Tx) CountParticipations(ctx context.Context, of domain.ID) (int, error) {
	return participations.count(ctx, tx, "ballot = ?", of)
}

// VotesOf lists the votes of a ballot: by member where they have one, else by their random keys.
func (tx *Tx) VotesOf(ctx context.Context, of domain.ID) ([]ballot.Vote, error) {
	return votes.list(ctx, tx, "member, id", "ballot = ?", of)
}

// votersQuery gathers in one round trip what casts depend on, one row for each ballot and member that is asked for.
const votersQuery = `WITH asked (ballot, member) AS (VALUES %s)
SELECT a.member AS asked, b.id AS ballot, b.meeting, m.committee, b.item, b.purpose, b.method, b.state, b.candidates,
	b.excluded, b.closes_at, b.terms,
	COALESCE((SELECT r.member FROM roll_entries r WHERE r.ballot = a.ballot AND r.member = a.member), '') AS member,
	COALESCE((SELECT p.via FROM presences p
		WHERE p.meeting = b.meeting AND p.member = a.member AND p.out_at IS NULL), '') AS via,
	COALESCE((SELECT 1 FROM pledges g WHERE g.meeting = b.meeting AND g.member = a.member), 0) = 1 AS pledged,
	COALESCE((SELECT c.receipt FROM participations c WHERE c.ballot = a.ballot AND c.member = a.member), '') AS receipt
FROM asked a JOIN ballots b ON b.id = a.ballot JOIN meetings m ON m.id = b.meeting`

// Voters reads what votes depend on, in no order; a ballot that is not there gives nothing. Until the transaction
// ends the ballots can be neither closed nor voided, nor their rolls changed, while others may vote at the same time.
func (tx *Tx) Voters(ctx context.Context, asked []ballot.Asked) ([]ballot.Voter, error) {
	if len(asked) == 0 {
		return nil, nil
	}
	args := make([]any, 0, 2*len(asked))
	for _, a := range asked {
		args = append(args, a.Ballot, a.Member)
	}
	query := fmt.Sprintf(votersQuery, strings.TrimSuffix(strings.Repeat("(?, ?), ", len(asked)), ", "))
	if tx.dialect.share != "" {
		query += " FOR " + tx.dialect.share + " OF b"
	}
	var out []ballot.Voter
	err := tx.db.NewRaw(query, args...).Scan(ctx, &out)
	return out, translate(err, "ballot")
}

// AddVotes writes that members have voted, and their votes. They are two statements, so that no message of the database
// about one can hold both, and the votes are in the order of their random keys. CodeConflict ("conflict.participation")
// when a member has voted already.
func (tx *Tx) AddVotes(ctx context.Context, took []ballot.Participation, given []ballot.Vote) error {
	if err := participations.insert(ctx, tx, took...); err != nil {
		return err
	}
	slices.SortFunc(given, func(a, b ballot.Vote) int { return cmp.Compare(a.ID, b.ID) })
	return votes.insert(ctx, tx, given...)
}

// ReplaceVote changes a vote that bears its member's id.
func (tx *Tx) ReplaceVote(ctx context.Context, v ballot.Vote) error {
	res, err := tx.db.NewRaw("UPDATE votes SET choice = ? WHERE ballot = ? AND member = ? AND member <> ''",
		v.Choice, v.Ballot, v.Member).Exec(ctx)
	return votes.touched(res, err)
}

// RecordVotes writes votes given by a show of hands in place of those of the same members, or of all when fresh.
func (tx *Tx) RecordVotes(
	ctx context.Context, of domain.ID, fresh bool, took []ballot.Participation, given []ballot.Vote,
) error {
	members := make([]domain.ID, len(took))
	for i, p := range took {
		members[i] = p.Member
	}
	where, args := "ballot = ? AND member IN (?)", []any{of, bun.List(members)}
	if fresh {
		where, args = "ballot = ?", []any{of}
	}
	if err := votes.delete(ctx, tx, where, args...); err != nil {
		return err
	}
	if err := participations.delete(ctx, tx, where, args...); err != nil {
		return err
	}
	if err := participations.insert(ctx, tx, took...); err != nil {
		return err
	}
	return votes.insert(ctx, tx, given...)
}

// Seal writes the votes of a ballot anew: what they were stored as before is gone.
func (tx *Tx) Seal(ctx context.Context, of domain.ID, sealed []ballot.Vote) error {
	if err := tx.DestroyVotes(ctx, of); err != nil {
		return err
	}
	return votes.insert(ctx, tx, sealed...)
}

// DestroyVotes removes the votes of a ballot that is broken off, and what the database keeps of them beside.
func (tx *Tx) DestroyVotes(ctx context.Context, of domain.ID) error {
	if tx.erased != nil {
		*tx.erased = true
	}
	return votes.delete(ctx, tx, "ballot = ?", of)
}
