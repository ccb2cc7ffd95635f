package selecting

import (
	"context"
	"strings"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
	"secretariat/domain/selection"
	"secretariat/service"
)

// NotifyInput is a notice that an agreement is to be ended.
type NotifyInput struct {
	Agreement domain.ID                   `path:"agreement" json:"-"`
	Ground    selection.TerminationGround `json:"ground"`
	Reason    string                      `json:"reason"`
	Until     calendar.Date               `json:"until"` // for the firm's opinion; empty: as early as may be
	Version   int                         `json:"version"`
}

// NotifyTermination gives a firm notice that its agreement is to be ended, and until when it may say something (해지 사전통지):
// termination.notify. From then on nothing is paid, changed or settled until it is decided.
func (s *Service) NotifyTermination(ctx context.Context, by domain.Actor, in NotifyInput) (selection.Agreement, error) {
	return s.ledger(ctx, by, "termination.notify", in.Agreement, in.Version,
		func(a *service.Act[Tx], g selection.Agreement, _ selection.Call, r policy.Rules) (selection.Agreement, error) {
			today := calendar.DateOf(a.Now)
			if in.Until == "" {
				in.Until, _ = selection.OpinionUntil(today, r)
			}
			a.Note("ground", string(in.Ground))
			return g.NotifyTermination(selection.Termination{
				Ground: in.Ground, Reason: strings.TrimSpace(in.Reason), Until: in.Until, NotifiedAt: a.Now, NotifiedBy: a.By.ID,
			}, today, r)
		})
}

// OpposeInput is what a firm says to such a notice.
type OpposeInput struct {
	Agreement domain.ID `path:"agreement" json:"-"`
	Opinion   string    `json:"opinion"`
	Version   int       `json:"version"`
}

// OpposeTermination takes in what a firm says to the notice (의견제출): termination.oppose. CodeConflict after its day, or twice.
func (s *Service) OpposeTermination(ctx context.Context, by domain.Actor, in OpposeInput) (selection.Agreement, error) {
	return s.ledger(ctx, by, "termination.oppose", in.Agreement, in.Version,
		func(a *service.Act[Tx], g selection.Agreement, _ selection.Call, _ policy.Rules) (selection.Agreement, error) {
			var p domain.Problems
			p.Text("opinion", in.Opinion, true, domain.MaxText)
			if err := p.Err(); err != nil {
				return g, err
			}
			return g.Oppose(strings.TrimSpace(in.Opinion), a.Now, a.By.ID)
		})
}

// TerminateInput decides on such a notice.
type TerminateInput struct {
	Agreement  domain.ID `path:"agreement" json:"-"`
	Drop       bool      `json:"drop"`       // the agreement goes on
	Answer     string    `json:"answer"`     // reasons, the opinion considered
	Document   string    `json:"document"`   // by which the head of the city decided
	Recognised int64     `json:"recognised"` // won of what was paid that was rightly used
	Interest   int64     `json:"interest"`
	BarYears   int       `json:"barYears"`
	Version    int       `json:"version"`
}

// DecideTermination ends an agreement with what the firm returns (해지ㆍ환수), or lets it go on: termination.decide. The place goes to
// the next in reserve whom the rest of the budget carries. CodeConflict while the firm may still say something.
func (s *Service) DecideTermination(ctx context.Context, by domain.Actor, in TerminateInput) (selection.Agreement, error) {
	return s.ledger(ctx, by, "termination.decide", in.Agreement, in.Version,
		func(a *service.Act[Tx], g selection.Agreement, c selection.Call, r policy.Rules) (selection.Agreement, error) {
			g, err := g.DecideTermination(selection.TerminationDecision{
				Drop: in.Drop, Answer: strings.TrimSpace(in.Answer), Document: strings.TrimSpace(in.Document),
				Recognised: in.Recognised, Interest: in.Interest, BarYears: in.BarYears,
			}, a.Now, a.By.ID, r)
			if err != nil || in.Drop {
				a.Note("outcome", string(selection.Dropped))
				return g, err
			}
			a.Note("outcome", string(selection.Terminated))
			return g, s.vacate(ctx, a, c, g)
		})
}

// vacate marks the application of an agreement that was ended, and gives its place to the reserve.
func (s *Service) vacate(ctx context.Context, a *service.Act[Tx], c selection.Call, g selection.Agreement) error {
	c, err := a.Tx.LockCall(ctx, c.ID)
	if err != nil {
		return err
	}
	x, err := a.Tx.Application(ctx, g.Application)
	if err != nil {
		return err
	}
	x.State, x.Reason = selection.Ceased, g.Termination().Answer
	if err := a.Tx.ChangeApplication(ctx, &x); err != nil {
		return err
	}
	rank, _, err := a.Tx.RankingOf(ctx, c.ID)
	if err != nil {
		return err
	}
	return s.promote(ctx, a, c, rank, g)
}
