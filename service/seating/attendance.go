package seating

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/policy"
	"secretariat/service"
)

// attendanceYears is how many years before today attendance is counted for, so that the count costs the same in a
// committee's tenth year as in its third.
const attendanceYears = 3

// AttendanceList is the attendance of everybody in office.
type AttendanceList struct {
	Committee committee.Committee `json:"committee"`
	Since     calendar.Date       `json:"since"` // first day that is counted
	Line      policy.Fraction     `json:"line"`  // the least share, of a year counted from the appointment
	Basis     string              `json:"basis"`
	Rows      []AttendanceRow     `json:"rows"`
	Findings  []domain.Finding    `json:"findings"`
}

// AttendanceRow is the attendance of one member in the order of the seats.
type AttendanceRow struct {
	Member domain.ID          `json:"member"`
	Number int                `json:"number"` // of the seat
	Kind   committee.SeatKind `json:"kind"`
	Name   string             `json:"name"`
	committee.Attendance
}

// Attendance counts for everybody in office to how many of the meetings held while they were in office they came, over
// three years and over all their terms in the committee: attendance.list. The findings are those of 위원회조례 8의2①6호, which
// looks at years from the appointment.
func (s *Service) Attendance(ctx context.Context, by domain.Actor, in ShowInput) (AttendanceList, error) {
	if err := may(by, "attendance.list", in.Committee); err != nil {
		return AttendanceList{}, err
	}
	now := service.Instant(s.env.Now())
	return service.See(ctx, s.store, func(tx Tx) (AttendanceList, error) {
		chamber, r, err := s.house(ctx, tx, in.Committee, now)
		if err != nil {
			return AttendanceList{}, err
		}
		since := calendar.DateOf(now).AddYears(-attendanceYears)
		held, err := tx.SittingsOf(ctx, in.Committee, since)
		if err != nil {
			return AttendanceList{}, err
		}
		all, err := tx.MembersOf(ctx, in.Committee)
		out := attendance(chamber, all, held, r)
		out.Since = since
		return out, err
	})
}

func attendance(
	c committee.Chamber, all []committee.Member, held []committee.Sitting, r policy.Rules,
) AttendanceList {
	out := AttendanceList{
		Committee: c.Committee, Line: policy.AttendanceLeast.Of(r), Basis: policy.AttendanceLeast.Cite(r),
		Rows: []AttendanceRow{}, Findings: []domain.Finding{},
	}
	for _, s := range c.Seated {
		if s.Member == nil {
			continue
		}
		terms := committee.OfPerson(all, s.Member.Person)
		out.Rows = append(out.Rows, AttendanceRow{
			Member: s.Member.ID, Number: s.Seat.Number, Kind: s.Seat.Kind, Name: s.Member.Name,
			Attendance: committee.Attend(terms, held),
		})
		found := committee.CheckAttendance(s, held, r, calendar.DateOf(c.At))
		out.Findings = append(out.Findings, found...)
	}
	return out
}
