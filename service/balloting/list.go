package balloting

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/ballot"
	"secretariat/domain/meeting"
	"secretariat/service"
)

// ListInput names a meeting.
type ListInput struct {
	Meeting domain.ID `json:"-" path:"meeting"`
}

// List shows the ballots of a meeting in the order of opening to members, staff and auditors, each as Show does. Those
// on items the reader may not see are left out.
func (s *Service) List(ctx context.Context, by domain.Actor, in ListInput) (service.Page[View], error) {
	return service.See(ctx, s.store, func(tx Tx) (service.Page[View], error) {
		out := service.Page[View]{Items: []View{}}
		m, err := tx.Meeting(ctx, in.Meeting)
		if err != nil {
			return out, err
		}
		if err := access.Can(by, "ballot.list", access.Facts{Committee: m.Committee}).Err(); err != nil {
			return out, err
		}
		all, err := tx.BallotsOf(ctx, m.ID)
		if err != nil {
			return out, err
		}
		for _, b := range all {
			v, ok, err := seen(ctx, tx, by, m, b)
			if err != nil {
				return out, err
			}
			if ok {
				out.Items = append(out.Items, v)
			}
		}
		return out, nil
	})
}

// seen is a ballot as the reader may see it, false when the reader may not.
func seen(ctx context.Context, tx Tx, by domain.Actor, m meeting.Meeting, b ballot.Ballot) (View, bool, error) {
	sc, err := look(ctx, tx, m, b.Item)
	if err != nil {
		return View{}, false, err
	}
	facts := sc.facts(by, b.Purpose, b.Subject)
	if sight, _ := access.See(by, facts); sight != access.Full || !access.Can(by, "ballot.show", facts).Allowed {
		return View{}, false, nil
	}
	v, err := view(ctx, tx, b, by.Member(m.Committee))
	return v, err == nil, err
}
