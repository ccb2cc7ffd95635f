package presiding

import (
	"context"
	"slices"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/meeting"
	"secretariat/service"
)

// Recusals lists the recusals of a meeting's items, challenges included, in the order they were made, to the staff and
// auditors. Of an item from which the reader is recused there is nothing but the reader's own.
func (s *Service) Recusals(
	ctx context.Context, by domain.Actor, in MeetingInput,
) (service.Page[meeting.Recusal], error) {
	return service.See(ctx, s.store, func(tx Tx) (service.Page[meeting.Recusal], error) {
		out := service.Page[meeting.Recusal]{Items: []meeting.Recusal{}}
		m, err := tx.Meeting(ctx, in.Meeting)
		if err != nil {
			return out, err
		}
		if err := access.Can(by, "recusal.list", access.Facts{Committee: m.Committee}).Err(); err != nil {
			return out, err
		}
		all, err := tx.RecusalsOf(ctx, m.ID)
		me := by.Member(m.Committee)
		out.Items = slices.DeleteFunc(slices.Clone(all), func(r meeting.Recusal) bool {
			return r.Member != me && meeting.Barred(all, r.Item, me)
		})
		return out, err
	})
}
