package store

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/selection"
)

// PutRanking writes a version of the result of a call.
func (tx *Tx) PutRanking(ctx context.Context, r selection.Ranking) error {
	return rankings.upsert(ctx, tx, r, "call, version")
}

// RankingOf reads the newest version of the result of a call, false when there is none yet.
func (tx *Tx) RankingOf(ctx context.Context, call domain.ID) (selection.Ranking, bool, error) {
	return tx.newestRanking(ctx, "call = ?", call)
}

// AnnouncedRanking reads the newest version that was announced, false when none was.
func (tx *Tx) AnnouncedRanking(ctx context.Context, call domain.ID) (selection.Ranking, bool, error) {
	return tx.newestRanking(ctx, "call = ? AND announced_at IS NOT NULL", call)
}

func (tx *Tx) newestRanking(ctx context.Context, where string, args ...any) (selection.Ranking, bool, error) {
	found, err := rankings.page(ctx, tx, 1, "version DESC", where, args...)
	if err != nil || len(found) == 0 {
		return selection.Ranking{}, false, err
	}
	return found[0], true, nil
}

// RankingAt reads one version.
func (tx *Tx) RankingAt(ctx context.Context, call domain.ID, version int) (selection.Ranking, error) {
	return rankings.get(ctx, tx, "call = ? AND version = ?", call, version)
}

// Announcements lists the versions of a result, oldest first, without what they were computed from.
func (tx *Tx) Announcements(ctx context.Context, call domain.ID) ([]selection.Announcement, error) {
	return announcements.list(ctx, tx, "version", "call = ?", call)
}

// AddPastSheet keeps a sheet as it stood before it was corrected.
func (tx *Tx) AddPastSheet(ctx context.Context, s selection.PastSheet) error {
	return pastSheets.insert(ctx, tx, s)
}

// PastSheets lists what an evaluator corrected in a call, oldest first.
func (tx *Tx) PastSheets(ctx context.Context, call, evaluator domain.ID) ([]selection.PastSheet, error) {
	return pastSheets.list(ctx, tx, "replaced_at, application", "call = ? AND evaluator = ?", call, evaluator)
}

// AddReopening writes why a call is evaluated again.
func (tx *Tx) AddReopening(ctx context.Context, r selection.Reopening) error {
	return reopenings.insert(ctx, tx, r)
}

// Reopenings lists why a call was evaluated again, oldest first.
func (tx *Tx) Reopenings(ctx context.Context, call domain.ID) ([]selection.Reopening, error) {
	return reopenings.list(ctx, tx, "id", "call = ?", call)
}

// SettleReopenings marks those that wait as taken into a version of the ranking.
func (tx *Tx) SettleReopenings(ctx context.Context, call domain.ID, version int) error {
	_, err := tx.db.NewRaw("UPDATE reopenings SET ranking = ? WHERE call = ? AND ranking = 0", version, call).Exec(ctx)
	return translate(err, reopenings.kind)
}
