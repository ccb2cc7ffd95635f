package selecting

import (
	"context"
	"strings"

	"secretariat/domain"
	"secretariat/domain/selection"
	"secretariat/service"
)

// ReviewInput decides on the eligibility of an application, and on its bonus and penalty.
type ReviewInput struct {
	Application domain.ID `path:"application" json:"-"`
	Eligible    bool      `json:"eligible"`
	Reason      string    `json:"reason"`
	Bonus       int64     `json:"bonus"` // thousandths
	BonusCount  int       `json:"bonusCount"`
	Penalty     int64     `json:"penalty"`
	Grounds     string    `json:"grounds"`
	Version     int       `json:"version"`
}

// Review decides on the eligibility of an application with a reason: application.review. CodeConflict before the close and
// once the evaluation has begun.
func (s *Service) Review(ctx context.Context, by domain.Actor, in ReviewInput) (selection.Application, error) {
	return service.Do(ctx, s.env, s.store, by, "application.review", func(a *service.Act[Tx]) (selection.Application, error) {
		x, err := a.Tx.Application(ctx, in.Application)
		if err != nil {
			return x, err
		}
		c, err := open(ctx, a, "application.review", x.Call)
		if err != nil {
			return selection.Application{}, err
		}
		a.On("application", x.ID, c.ID)
		var p domain.Problems
		p.Text("reason", in.Reason, !in.Eligible, domain.MaxText)
		p.Text("grounds", in.Grounds, in.Bonus > 0 || in.Penalty > 0, domain.MaxText)
		p.Check(in.Bonus >= 0 && in.Bonus <= int64(c.Profile.BonusMax)*selection.Point, "bonus", "field.range")
		p.Check(in.Penalty >= 0 && in.Penalty <= int64(c.Profile.PenaltyMax)*selection.Point, "penalty", "field.range")
		p.Check(in.BonusCount >= 0 && (in.BonusCount > 0) == (in.Bonus > 0), "bonusCount", "field.range")
		if err := p.Err(); err != nil {
			return x, err
		}
		if c.State != selection.Reviewing {
			return x, domain.Conflict("call.not_reviewing", nil)
		}
		asked, err := a.Tx.SupplementsOf(ctx, x.ID)
		if err != nil {
			return x, err
		}
		if _, waits := selection.OpenOf(asked, a.Now); waits {
			return x, domain.Conflict("supplement.open", nil)
		}
		if x, err = x.Review(in.Eligible, strings.TrimSpace(in.Reason)); err != nil {
			return x, err
		}
		x.Bonus, x.BonusCount, x.Penalty, x.Grounds = in.Bonus, in.BonusCount, in.Penalty, strings.TrimSpace(in.Grounds)
		x.Version = in.Version
		a.Note("state", string(x.State))
		return x, a.Tx.ChangeApplication(ctx, &x)
	})
}
