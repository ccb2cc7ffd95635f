package seating

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/committee"
	"secretariat/service"
)

// AddSeatInput is a new seat.
type AddSeatInput struct {
	Committee domain.ID          `path:"committee" json:"-"`
	Number    int                `json:"number"`
	Kind      committee.SeatKind `json:"kind"` // ex_officio, appointed, official
	Role      committee.Role     `json:"role"` // chair, vice_chair, member
	Post      string             `json:"post"`
	Field     string             `json:"field"`
}

// mostSeats bounds the numbers of seats; the pack's own limit is lower.
const mostSeats = 200

func (in AddSeatInput) check() error {
	var p domain.Problems
	p.Check(in.Number >= 1 && in.Number <= mostSeats, "number", "field.range")
	domain.OneOf(&p, "kind", in.Kind, committee.ExOfficio, committee.Appointed, committee.Official)
	domain.OneOf(&p, "role", in.Role, committee.RoleChair, committee.RoleViceChair, committee.RoleMember)
	p.Text("post", in.Post, in.Kind == committee.ExOfficio, domain.MaxName)
	p.Text("field", in.Field, false, domain.MaxName)
	return p.Err()
}

// AddSeat adds a seat to a committee: seat.add. CodeConflict when its number is taken; CodeRefused when the seats of
// a committee in operation would not be in order with it.
func (s *Service) AddSeat(ctx context.Context, by domain.Actor, in AddSeatInput) (committee.Seat, error) {
	if err := may(by, "seat.add", in.Committee); err != nil {
		return committee.Seat{}, err
	}
	if err := in.check(); err != nil {
		return committee.Seat{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "seat.add", func(a *service.Act[Tx]) (committee.Seat, error) {
		seat := committee.Seat{
			ID: a.Env.NewID(), Committee: in.Committee, Number: in.Number, Kind: in.Kind, Role: in.Role,
			Post: in.Post, Field: in.Field,
		}
		a.On("seat", seat.ID, in.Committee)
		c, err := a.Tx.LockCommittee(ctx, in.Committee)
		if err != nil {
			return seat, err
		}
		if err := s.fits(ctx, a, c, seat); err != nil {
			return seat, err
		}
		return seat, a.Tx.AddSeat(ctx, seat)
	})
}

// fits refuses a seat that a committee in operation has no place for; a draft may be out of order until it is
// activated.
func (s *Service) fits(ctx context.Context, a *service.Act[Tx], c committee.Committee, seat committee.Seat) error {
	switch c.State {
	case committee.Draft:
		return nil
	case committee.Dissolved:
		return domain.Conflict("committee.dissolved", nil)
	}
	r, err := s.rules(c, a.Now)
	if err != nil {
		return err
	}
	seats, err := a.Tx.SeatsIn(ctx, c.ID)
	if err != nil {
		return err
	}
	return domain.Refuse(committee.CheckSeats(c, append(seats, seat), r))
}
