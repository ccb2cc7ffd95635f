package seating

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/service"
)

// EndInput ends an appointment.
type EndInput struct {
	Member  domain.ID     `path:"member" json:"-"`
	Version int           `json:"version"`
	On      calendar.Date `json:"on"` // first day out of office
	Ground  string        `json:"ground"`
	Reason  string        `json:"reason"`
}

func (in EndInput) check() error {
	var p domain.Problems
	p.Check(in.On != "", "on", "field.required")
	day(&p, "on", in.On)
	p.Text("reason", in.Reason, true, domain.MaxLine)
	return p.Err()
}

// End ends an appointment: member.end. The ground of a 위촉 해제 is one of the pack's (위원회조례 8의2①); who sits by virtue of
// an office leaves with it ("post"); "death" fits any. CodeConflict when it has ended before, CodeStale when it
// changed meanwhile.
func (s *Service) End(ctx context.Context, by domain.Actor, in EndInput) (committee.Member, error) {
	return service.Do(ctx, s.env, s.store, by, "member.end", func(a *service.Act[Tx]) (committee.Member, error) {
		m, err := a.Tx.Member(ctx, in.Member)
		if err != nil {
			return committee.Member{}, err
		}
		a.On("member", m.ID, m.Committee)
		if err := may(by, "member.end", m.Committee); err != nil {
			return committee.Member{}, err
		}
		if err := in.check(); err != nil {
			return committee.Member{}, err
		}
		if err := s.endable(ctx, a, m, in); err != nil {
			return committee.Member{}, err
		}
		a.Note("ground", in.Ground)
		m.EndedOn, m.EndGround, m.EndReason, m.Version = in.On, in.Ground, in.Reason, in.Version
		return m, a.Tx.ChangeMember(ctx, &m)
	})
}

func (s *Service) endable(ctx context.Context, a *service.Act[Tx], m committee.Member, in EndInput) error {
	c, err := a.Tx.LockCommittee(ctx, m.Committee)
	if err != nil {
		return err
	}
	if m.EndedOn != "" {
		return domain.Conflict("member.ended", nil)
	}
	seat, err := a.Tx.Seat(ctx, m.Seat)
	if err != nil {
		return err
	}
	r, err := s.rules(c, a.Now)
	if err != nil {
		return err
	}
	var p domain.Problems
	p.Check(in.On >= m.From && (m.Until == "" || m.Holdover || in.On <= m.Until), "on", "field.range")
	domain.OneOf(&p, "ground", in.Ground, committee.EndGrounds(seat.Kind, r)...)
	return p.Err()
}
