package presiding

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/service"
)

// Mark says that something happened in a meeting since another mark: it grows with every act that commits.
type Mark struct {
	Mark int `json:"mark"`
}

// Watch is the mark of a meeting, for members, staff and auditors: what shows the meeting asks for it and reads the
// rest again only when it has changed.
func (s *Service) Watch(ctx context.Context, by domain.Actor, in MeetingInput) (Mark, error) {
	return service.See(ctx, s.store, func(tx Tx) (Mark, error) {
		m, err := tx.Meeting(ctx, in.Meeting)
		if err != nil {
			return Mark{}, err
		}
		if err := access.Can(by, "meeting.watch", access.Facts{Committee: m.Committee}).Err(); err != nil {
			return Mark{}, err
		}
		acts, err := tx.CountActs(ctx, m.ID)
		return Mark{acts}, err
	})
}
