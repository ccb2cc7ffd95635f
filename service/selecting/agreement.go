package selecting

import (
	"context"
	"slices"
	"strings"

	"secretariat/domain"
	"secretariat/domain/selection"
	"secretariat/service"
)

// AgreeInput records an agreement, or that there will be none.
type AgreeInput struct {
	Application domain.ID `path:"application" json:"-"`
	Agreed      bool      `json:"agreed"`
	Reason      string    `json:"reason"` // why there is none
	Version     int       `json:"version"`
}

// Agree records that an agreement was signed (협약), or that the place was given up; then the best in reserve that fits the
// budget takes it: agreement.record. CodeConflict for an application that has no place, before the result is final, and for who has
// been kept from calls meanwhile.
func (s *Service) Agree(ctx context.Context, by domain.Actor, in AgreeInput) (selection.Application, error) {
	return service.Do(ctx, s.env, s.store, by, "agreement.record", func(a *service.Act[Tx]) (selection.Application, error) {
		x, err := a.Tx.Application(ctx, in.Application)
		if err != nil {
			return x, err
		}
		c, err := open(ctx, a, "agreement.record", x.Call)
		if err != nil {
			return selection.Application{}, err
		}
		a.On("application", x.ID, c.ID)
		var p domain.Problems
		p.Text("reason", in.Reason, !in.Agreed, domain.MaxText)
		if err := p.Err(); err != nil {
			return x, err
		}
		rank, _, err := a.Tx.RankingOf(ctx, c.ID)
		if err != nil {
			return x, err
		}
		if c.State != selection.Final || !placed(rank, x) || x.State != selection.Eligible {
			return x, domain.Conflict("application.no_place", nil)
		}
		if in.Agreed {
			if err := s.unbarred(ctx, a.Tx, x); err != nil {
				return x, err
			}
		}
		x.State, x.Reason = selection.Agreed, strings.TrimSpace(in.Reason)
		if !in.Agreed {
			x.State = selection.GivenUp
		}
		x.Version = in.Version
		if err := a.Tx.ChangeApplication(ctx, &x); err != nil || in.Agreed {
			return x, err
		}
		return x, s.promote(ctx, a, c, rank)
	})
}

// placed reports whether an application has a place in the result.
func placed(rank selection.Ranking, x selection.Application) bool {
	return x.Promoted || slices.ContainsFunc(rank.Rows, func(r selection.Row) bool {
		return r.Application == x.ID && r.Outcome == selection.Selected
	})
}
