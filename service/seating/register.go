package seating

import (
	"context"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/policy"
	"secretariat/service"
)

// Register is the seats of a committee with everybody who ever sat in them, and the ratios with their lines.
type Register struct {
	Committee  committee.Committee `json:"committee"`
	Seats      []SeatRecord        `json:"seats"` // terms that are over first, then those that end soon
	TermsMost  int                 `json:"termsMost"`
	TermsBasis string              `json:"termsBasis"`
	Measures   []committee.Measure `json:"measures"`
	Findings   []domain.Finding    `json:"findings"`
}

// SeatRecord is a seat with who sits in it and who sat in it before, the latest first.
type SeatRecord struct {
	Seat      committee.Seat      `json:"seat"`
	State     committee.TermState `json:"state"`
	Member    *committee.Member   `json:"member,omitempty"`
	Terms     int                 `json:"terms,omitempty"` // in a row, this one included; of appointed seats
	Past      []committee.Member  `json:"past"`
	EndsOn    []string            `json:"endsOn"` // codes of the grounds on which an appointment to it can be ended
	LastDay   calendar.Date       `json:"lastDay,omitempty"`
	DaysUntil int                 `json:"daysUntil"` // until the last day, negative when it has passed
}

// Seats lists the seats of a committee with their history: seat.list. CodeForbidden for others than staff, chair,
// administrators and auditors, since it tells of persons (개인정보보호법 15).
func (s *Service) Seats(ctx context.Context, by domain.Actor, in ShowInput) (Register, error) {
	if err := may(by, "seat.list", in.Committee); err != nil {
		return Register{}, err
	}
	now := service.Instant(s.env.Now())
	return service.See(ctx, s.store, func(tx Tx) (Register, error) {
		chamber, r, err := s.house(ctx, tx, in.Committee, now)
		if err != nil {
			return Register{}, err
		}
		all, err := tx.MembersOf(ctx, in.Committee)
		if err != nil {
			return Register{}, err
		}
		out := register(chamber, all, r)
		if chamber.Committee.State != committee.Dissolved {
			out.Findings, err = s.findings(ctx, tx, chamber.Committee, now)
		}
		return out, err
	})
}

// house reads a committee with its seats and its rules.
func (s *Service) house(
	ctx context.Context, tx Tx, id domain.ID, now time.Time,
) (committee.Chamber, policy.Rules, error) {
	chamber, err := tx.Chamber(ctx, id, now)
	if err != nil {
		return chamber, policy.Rules{}, err
	}
	r, err := s.rules(chamber.Committee, now)
	return chamber, r, err
}

func register(chamber committee.Chamber, all []committee.Member, r policy.Rules) Register {
	out := Register{
		Committee: chamber.Committee, Seats: []SeatRecord{}, Measures: committee.Measures(chamber, r),
		Findings: []domain.Finding{},
	}
	out.TermsMost, out.TermsBasis = committee.TermLimit(chamber.Committee, r)
	today := calendar.DateOf(chamber.At)
	for _, at := range committee.ByUrgency(chamber.Seated, today, termWarning) {
		out.Seats = append(out.Seats, record(at, all, r, today))
	}
	return out
}

func record(at committee.Seated, all []committee.Member, r policy.Rules, today calendar.Date) SeatRecord {
	out := SeatRecord{
		Seat: at.Seat, Member: at.Member, State: committee.StateOf(at.Member, today, termWarning),
		Past: []committee.Member{}, EndsOn: committee.EndGrounds(at.Seat.Kind, r),
	}
	if at.Member != nil {
		if at.Seat.Kind == committee.Appointed {
			out.Terms = at.Member.Reappointments + 1
		}
		if out.LastDay = at.Member.LastDay(); out.LastDay != "" {
			out.DaysUntil = today.DaysUntil(out.LastDay)
		}
	}
	for _, m := range all {
		if m.Seat == at.Seat.ID && (at.Member == nil || m.ID != at.Member.ID) {
			out.Past = append(out.Past, m)
		}
	}
	return out
}
