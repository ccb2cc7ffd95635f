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

// Findings is what does not hold, or soon will not.
type Findings struct {
	Findings []domain.Finding `json:"findings"`
}

// Check examines a committee: charter, seats, ratios, terms, attendance, sunset, frequency: committee.check. A
// dissolved one has nothing left to be put right.
func (s *Service) Check(ctx context.Context, by domain.Actor, in ShowInput) (Findings, error) {
	if err := may(by, "committee.check", in.Committee); err != nil {
		return Findings{}, err
	}
	now := service.Instant(s.env.Now())
	return service.See(ctx, s.store, func(tx Tx) (Findings, error) {
		c, err := tx.Committee(ctx, in.Committee)
		if err != nil || c.State == committee.Dissolved {
			return Findings{Findings: []domain.Finding{}}, err
		}
		found, err := s.findings(ctx, tx, c, now)
		return Findings{Findings: found}, err
	})
}

// termWarning is how many days before its end a term is pointed out.
const termWarning = 60

func (s *Service) findings(ctx context.Context, tx Tx, c committee.Committee, now time.Time) ([]domain.Finding, error) {
	r, err := s.rules(c, now)
	if err != nil {
		return nil, err
	}
	parent, err := parentOf(ctx, tx, c)
	if err != nil {
		return nil, err
	}
	chamber, err := tx.Chamber(ctx, c.ID, now)
	if err != nil {
		return nil, err
	}
	out := append([]domain.Finding{}, committee.CheckCharter(c, parent, r)...)
	out = append(out, committee.CheckSeats(c, chamber.Seats(), r)...)
	out = append(out, committee.CheckComposition(c, committee.Compose(chamber, r), r)...)
	out = append(out, committee.CheckSunset(c, r, calendar.DateOf(now))...)
	running, err := inOperation(ctx, tx, chamber, r)
	return append(out, running...), err
}

// inOperation finds what the course of time brings: quarters without a meeting, ends of terms, vacancies, absence.
func inOperation(ctx context.Context, tx Tx, chamber committee.Chamber, r policy.Rules) ([]domain.Finding, error) {
	c, today := chamber.Committee, calendar.DateOf(chamber.At)
	met, err := tx.MeetingDays(ctx, c.ID, today.AddMonths(-3))
	if err != nil {
		return nil, err
	}
	past, err := tx.MembersOf(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	held, err := tx.SittingsOf(ctx, c.ID, today.AddYears(-2))
	if err != nil {
		return nil, err
	}
	out := committee.CheckFrequency(c, met, r, today)
	out = append(out, committee.CheckVacancies(chamber, past, r)...)
	for _, s := range chamber.Seated {
		if s.Member != nil {
			out = append(out, committee.CheckTerm(*s.Member, r, today, termWarning)...)
			out = append(out, committee.CheckAttendance(s, held, r, today)...)
		}
	}
	return out, nil
}
