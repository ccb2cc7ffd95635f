package seating

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/committee"
	"secretariat/service"
)

// ForeseeInput supposes that a seat becomes vacant, or is filled by somebody of whom only what the ratios count is
// said: nothing of it tells of a person.
type ForeseeInput struct {
	Committee domain.ID     `path:"committee" json:"-"`
	Seat      domain.ID     `query:"seat" json:"-"`
	Vacant    bool          `query:"vacant" json:"-"`
	Sex       committee.Sex `query:"sex" json:"-"`
	Youth     bool          `query:"youth" json:"-"`
}

// Foresight is the ratios and what is found, as they are and as they would be. Nothing is changed.
type Foresight struct {
	Seat   committee.Seat `json:"seat"`
	Before Outlook        `json:"before"`
	After  Outlook        `json:"after"`
}

// Outlook is one composition with what the rules have against it.
type Outlook struct {
	Serving  int                 `json:"serving"`
	Measures []committee.Measure `json:"measures"`
	Findings []domain.Finding    `json:"findings"`
}

// Foresee shows what the ratios and findings would be if a seat were filled or vacant: committee.foresee. It writes
// nothing. CodeNotFound when the committee has no such seat.
func (s *Service) Foresee(ctx context.Context, by domain.Actor, in ForeseeInput) (Foresight, error) {
	if err := may(by, "committee.foresee", in.Committee); err != nil {
		return Foresight{}, err
	}
	var p domain.Problems
	domain.OneOf(&p, "sex", in.Sex, committee.Female, committee.Male, committee.Undisclosed)
	if err := p.Err(); err != nil {
		return Foresight{}, err
	}
	now := service.Instant(s.env.Now())
	return service.See(ctx, s.store, func(tx Tx) (Foresight, error) {
		chamber, r, err := s.house(ctx, tx, in.Committee, now)
		if err != nil {
			return Foresight{}, err
		}
		past, err := tx.MembersOf(ctx, in.Committee)
		if err != nil {
			return Foresight{}, err
		}
		look := func(c committee.Chamber) Outlook {
			return Outlook{len(c.Serving()), committee.Measures(c, r), committee.CheckSupposed(c, past, r)}
		}
		supposed, found := committee.Suppose(chamber, in.supposition(), r)
		if !found {
			return Foresight{}, domain.NotFound("seat")
		}
		return Foresight{Seat: seatOf(chamber, in.Seat), Before: look(chamber), After: look(supposed)}, nil
	})
}

func (in ForeseeInput) supposition() committee.Supposition {
	return committee.Supposition{Seat: in.Seat, Vacant: in.Vacant, Sex: in.Sex, Youth: in.Youth}
}

func seatOf(c committee.Chamber, id domain.ID) committee.Seat {
	for _, s := range c.Seats() {
		if s.ID == id {
			return s
		}
	}
	return committee.Seat{}
}
