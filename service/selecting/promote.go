package selecting

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/selection"
	"secretariat/service"
)

// promote gives a place that became free to the next in reserve that fits, while the reserve holds. An agreement that is ended by
// this act is given, since it is not stored yet.
func (s *Service) promote(
	ctx context.Context, a *service.Act[Tx], c selection.Call, rank selection.Ranking, ended ...selection.Agreement,
) error {
	if !c.ReserveHolds(calendar.DateOf(a.Now)) {
		a.Note("reserve", "over")
		return nil
	}
	next, err := s.next(ctx, a.Tx, c, rank, ended)
	if err != nil || next == "" {
		return err
	}
	x, err := a.Tx.Application(ctx, next)
	if err != nil {
		return err
	}
	x.Promoted, x.PromotedAt = true, &a.Now
	a.Note("promoted", string(x.ID))
	return a.Tx.ChangeApplication(ctx, &x)
}

// next is who takes the next place: who has been kept from calls since is passed over.
func (s *Service) next(
	ctx context.Context, tx Tx, c selection.Call, rank selection.Ranking, ended []selection.Agreement,
) (domain.ID, error) {
	all, err := tx.FindApplications(ctx, ApplicationFilter{Call: c.ID, Limit: 0})
	if err != nil {
		return "", err
	}
	costs, err := costsOf(ctx, tx, c.ID, ended)
	if err != nil {
		return "", err
	}
	gone, promoted, amounts := map[domain.ID]bool{}, map[domain.ID]bool{}, map[domain.ID]int64{}
	reserve := reserved(rank)
	for _, x := range all {
		gone[x.ID] = x.State != selection.Eligible && x.State != selection.Agreed
		promoted[x.ID], amounts[x.ID] = x.Promoted, x.Amount
		if cost, there := costs[x.ID]; there {
			amounts[x.ID] = cost
		}
		if reserve[x.ID] && !x.Promoted && !gone[x.ID] {
			err := s.unbarred(ctx, tx, x)
			if gone[x.ID] = domain.CodeOf(err) == domain.CodeConflict; err != nil && !gone[x.ID] {
				return "", err
			}
		}
	}
	return selection.Promote(rank.Rows, c.Profile, gone, promoted, amounts, costs), nil
}

// costsOf is what the agreements of a call take of its budget, by application.
func costsOf(ctx context.Context, tx Tx, call domain.ID, ended []selection.Agreement) (map[domain.ID]int64, error) {
	all, err := tx.FindAgreements(ctx, AgreementFilter{Call: call, All: true})
	out := map[domain.ID]int64{}
	for _, g := range append(all, ended...) {
		out[g.Application] = g.Costs()
	}
	return out, err
}

func reserved(rank selection.Ranking) map[domain.ID]bool {
	out := map[domain.ID]bool{}
	for _, r := range rank.Rows {
		out[r.Application] = r.Outcome == selection.Reserved
	}
	return out
}

// unbarred refuses when the organisation of an application is kept from calls today (지방보조금법 32①).
func (s *Service) unbarred(ctx context.Context, tx Tx, x selection.Application) error {
	o, err := tx.Organisation(ctx, x.Organisation)
	if err != nil {
		return err
	}
	until, err := s.barred(ctx, tx, o.BusinessNumber)
	if err == nil && until != "" {
		err = domain.Conflict("application.barred", domain.Args{"until": string(until)})
	}
	return err
}

// barred is until when a business number is kept from calls, empty when it is not today.
func (s *Service) barred(ctx context.Context, tx Tx, number string) (calendar.Date, error) {
	until, err := tx.BarredUntil(ctx, number)
	if until < calendar.DateOf(s.now()) {
		until = ""
	}
	return until, err
}
