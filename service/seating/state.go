package seating

import (
	"context"
	"slices"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/service"
)

// StateInput names a committee whose state is to change.
type StateInput struct {
	Committee domain.ID `path:"committee" json:"-"`
	Version   int       `json:"version"`
	Reason    string    `json:"reason"` // of a dissolution
}

// Activated is an active committee with the warnings that remain.
type Activated struct {
	Committee committee.Committee `json:"committee"`
	Findings  []domain.Finding    `json:"findings"`
}

// Activate puts a committee into operation: committee.activate. CodeRefused, citing the rule, while its charter lacks
// a heading of 위원회조례 7① or its seats are not in order.
func (s *Service) Activate(ctx context.Context, by domain.Actor, in StateInput) (Activated, error) {
	if err := may(by, "committee.activate", in.Committee); err != nil {
		return Activated{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "committee.activate", func(a *service.Act[Tx]) (Activated, error) {
		a.On("committee", in.Committee, in.Committee)
		c, err := a.Tx.LockCommittee(ctx, in.Committee)
		if err != nil {
			return Activated{}, err
		}
		if c.State != committee.Draft {
			return Activated{}, domain.Conflict("committee.not_draft", nil)
		}
		found, err := s.findings(ctx, a.Tx, c, a.Now)
		if err != nil {
			return Activated{}, err
		}
		if err := domain.Refuse(found); err != nil {
			return Activated{}, err
		}
		c.State, c.Version = committee.Active, in.Version
		if err := a.Tx.ChangeCommittee(ctx, &c); err != nil {
			return Activated{}, err
		}
		return Activated{Committee: c, Findings: found}, nil
	})
}

// Dissolve ends a committee: committee.dissolve (위원회조례 15). CodeConflict while a meeting has not ended or a 분과위원회 is in
// operation.
func (s *Service) Dissolve(ctx context.Context, by domain.Actor, in StateInput) (committee.Committee, error) {
	if err := may(by, "committee.dissolve", in.Committee); err != nil {
		return committee.Committee{}, err
	}
	var p domain.Problems
	p.Text("reason", in.Reason, true, domain.MaxLine)
	if err := p.Err(); err != nil {
		return committee.Committee{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "committee.dissolve",
		func(a *service.Act[Tx]) (committee.Committee, error) {
			a.On("committee", in.Committee, in.Committee)
			c, err := a.Tx.LockCommittee(ctx, in.Committee)
			if err != nil {
				return c, err
			}
			if err := dissolvable(ctx, a.Tx, c); err != nil {
				return c, err
			}
			c.State, c.DissolvedOn, c.DissolvedReason = committee.Dissolved, calendar.DateOf(a.Now), in.Reason
			c.Version = in.Version
			return c, a.Tx.ChangeCommittee(ctx, &c)
		})
}

func dissolvable(ctx context.Context, tx Tx, c committee.Committee) error {
	if c.State != committee.Active {
		return domain.Conflict("committee.not_active", nil)
	}
	parts, err := tx.Subcommittees(ctx, c.ID)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(parts, func(p committee.Committee) bool { return p.State == committee.Active }) {
		return domain.Conflict("committee.has_subcommittees", nil)
	}
	ahead, err := tx.MeetingsAhead(ctx, c.ID)
	if err == nil && ahead > 0 {
		return domain.Conflict("committee.has_meetings", domain.Args{"meetings": ahead})
	}
	return err
}
