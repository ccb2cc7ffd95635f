package searching

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/meeting"
	"secretariat/domain/search"
	"secretariat/service"
)

// Indexing is what making entries anew asks of the store.
type Indexing interface {
	Record
	Index
}

// Refresh makes the entries of a meeting anew from what the public sees of it now. It holds the meeting, so that two
// acts that come at once, one that publishes and one that withholds, do not each index what the other left out.
func Refresh(ctx context.Context, tx Indexing, of domain.ID) error {
	m, err := tx.LockMeeting(ctx, of)
	if err != nil {
		return err
	}
	want, err := entriesOf(ctx, tx, m)
	if err != nil {
		return err
	}
	return tx.ReplaceEntries(ctx, of, want)
}

// RefreshCommittee makes the entry of a committee anew.
func RefreshCommittee(ctx context.Context, tx Indexing, of domain.ID) error {
	c, err := tx.LockCommittee(ctx, of)
	if err != nil {
		return err
	}
	return tx.ReplaceEntries(ctx, of, committeeOf(c))
}

// Rebuilt says how much was indexed anew.
type Rebuilt struct{ Committees, Meetings int }

// Rebuild makes the whole index anew from the record, a meeting a transaction, so that work goes on meanwhile. It is
// for a database that was there before its index, and for an index that is doubted.
func (s *Service) Rebuild(ctx context.Context) (Rebuilt, error) {
	var out Rebuilt
	for after := ""; ; {
		page, err := service.See(ctx, s.store, func(tx Tx) (rows, error) {
			all, err := tx.Committees(ctx, after, service.MaxPage)
			list := rows{}
			for _, c := range all {
				list.ids, list.last = append(list.ids, c.ID), c.Code
			}
			return list, err
		})
		if err != nil || len(page.ids) == 0 {
			return out, err
		}
		for _, id := range page.ids {
			n, err := s.rebuild(ctx, id)
			if err != nil {
				return out, err
			}
			out.Committees, out.Meetings = out.Committees+1, out.Meetings+n
		}
		after = page.last
	}
}

// rows are ids with the cursor of those that follow.
type rows struct {
	ids  []domain.ID
	last string
}

// rebuild indexes a committee with its meetings, and says how many those are.
func (s *Service) rebuild(ctx context.Context, of domain.ID) (int, error) {
	err := s.again(ctx, of, RefreshCommittee)
	n, f := 0, meeting.Filter{Committee: of, Limit: service.MaxPage}
	for err == nil {
		var found []meeting.Meeting
		found, err = service.See(ctx, s.store, func(tx Tx) ([]meeting.Meeting, error) { return tx.Meetings(ctx, f) })
		for _, m := range found {
			if err = s.again(ctx, m.ID, Refresh); err != nil {
				return n, err
			}
			n++
			f.Before, f.BeforeID = m.StartsAt, m.ID
		}
		if len(found) < f.Limit {
			break
		}
	}
	return n, err
}

// again clears the entries of a subject first: also what looks right is written anew.
func (s *Service) again(ctx context.Context, of domain.ID, refresh func(context.Context, Indexing, domain.ID) error) error {
	return s.store.InTx(ctx, func(tx Tx) error {
		if err := tx.ReplaceEntries(ctx, of, []search.Entry{}); err != nil {
			return err
		}
		return refresh(ctx, tx, of)
	})
}
