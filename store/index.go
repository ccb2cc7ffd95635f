package store

import (
	"context"
	"slices"

	"secretariat/domain"
	"secretariat/service/searching"
)

// touched are the meetings and committees of which a transaction changed something that the public may see. Noting
// them where rows are written, and not in each use case, is what keeps an act from being forgotten.
type touched struct{ meetings, committees []domain.ID }

// touch notes a meeting.
func (tx *Tx) touch(of domain.ID) {
	if !slices.Contains(tx.touched.meetings, of) {
		tx.touched.meetings = append(tx.touched.meetings, of)
	}
}

// touchItem notes the meeting of an item.
func (tx *Tx) touchItem(ctx context.Context, of domain.ID) error {
	i, err := tx.Item(ctx, of)
	if err == nil {
		tx.touch(i.Meeting)
	}
	return err
}

// touchMinutes notes the meeting of minutes.
func (tx *Tx) touchMinutes(ctx context.Context, of domain.ID) error {
	m, err := tx.Minutes(ctx, of)
	if err == nil {
		tx.touch(m.Meeting)
	}
	return err
}

func (tx *Tx) touchCommittee(of domain.ID) {
	if !slices.Contains(tx.touched.committees, of) {
		tx.touched.committees = append(tx.touched.committees, of)
	}
}

// index brings the entries of search up to what the transaction has changed, so that they commit together.
func (tx *Tx) index(ctx context.Context) error {
	for _, id := range tx.touched.meetings {
		if err := searching.Refresh(ctx, tx, id); err != nil {
			return err
		}
	}
	for _, id := range tx.touched.committees {
		if err := searching.RefreshCommittee(ctx, tx, id); err != nil {
			return err
		}
	}
	return nil
}
