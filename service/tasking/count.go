package tasking

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/pipeline"
	"secretariat/service"
)

// CountInput names an alliance.
type CountInput struct {
	Alliance domain.ID `path:"alliance" json:"-"`
}

// Count counts how far an alliance has come beside its targets, in numbers that name nobody: task.count.
func (s *Service) Count(ctx context.Context, by domain.Actor, in CountInput) (pipeline.Counters, error) {
	return service.See(ctx, s.store, func(tx Tx) (pipeline.Counters, error) {
		of, err := tx.Alliance(ctx, in.Alliance)
		if err != nil {
			return pipeline.Counters{}, err
		}
		if err := access.Can(by, "task.count", access.Facts{Committee: of.Committee}).Err(); err != nil {
			return pipeline.Counters{}, err
		}
		rules, err := s.today(ctx, tx, of.Committee)
		if err != nil {
			return pipeline.Counters{}, err
		}
		divisions, err := tx.Divisions(ctx, of.ID)
		if err != nil {
			return pipeline.Counters{}, err
		}
		all, err := tx.DatesOfTasks(ctx, of.ID)
		return pipeline.CountTasks(all, len(divisions), calendar.DateOf(of.CreatedAt), rules), err
	})
}
