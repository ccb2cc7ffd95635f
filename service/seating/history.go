package seating

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/service"
)

// HistoryInput asks for what a member did in a committee, a page of meetings at a time, the latest first.
type HistoryInput struct {
	Committee domain.ID `path:"committee" json:"-"`
	Member    domain.ID `query:"member" json:"-"` // an appointment; the actor's own when empty
	Before    domain.ID `query:"before" json:"-"` // a meeting
	Limit     int       `query:"limit" json:"-"`
}

// History is what a member did. Attendance is counted over the last three years; Items go back to the first meeting.
type History struct {
	Committee  domain.ID            `json:"committee"`
	Name       string               `json:"committeeName"`
	Member     domain.ID            `json:"member"`
	MemberName string               `json:"memberName"`
	Since      calendar.Date        `json:"since"`
	Attendance committee.Attendance `json:"attendance"`
	service.Page[committee.Deed]
}

// History shows a member's attendance, own votes, recusals and signatures, over all terms in the committee: to the
// member and to staff: member.history. That a secret vote was cast is shown, its choice is kept nowhere. What it reads
// is bounded by the page and by three years of meetings. CodeNotFound for an appointment of another committee.
func (s *Service) History(ctx context.Context, by domain.Actor, in HistoryInput) (History, error) {
	me := by.Member(in.Committee)
	if in.Member == "" {
		in.Member = me
	}
	facts := access.Facts{Committee: in.Committee, Self: me != "" && in.Member == me}
	if err := access.Can(by, "member.history", facts).Err(); err != nil {
		return History{}, err
	}
	return service.See(ctx, s.store, func(tx Tx) (History, error) {
		m, err := tx.Member(ctx, in.Member)
		if err == nil && m.Committee != in.Committee {
			err = domain.NotFound("member")
		}
		if err != nil {
			return History{}, err
		}
		return s.history(ctx, tx, in, m)
	})
}

func (s *Service) history(ctx context.Context, tx Tx, in HistoryInput, m committee.Member) (History, error) {
	today := calendar.DateOf(s.env.Now())
	out := History{Committee: in.Committee, Member: m.ID, MemberName: m.Name, Since: today.AddYears(-attendanceYears)}
	c, err := tx.Committee(ctx, in.Committee)
	if err != nil {
		return out, err
	}
	out.Name = c.Name
	terms, err := termsOf(ctx, tx, m)
	if err != nil {
		return out, err
	}
	held, err := tx.SittingsOf(ctx, in.Committee, out.Since)
	if err != nil {
		return out, err
	}
	out.Attendance = committee.Attend(terms, held)
	size := service.PageSize(in.Limit)
	past := committee.Past{Committee: in.Committee, Terms: terms, Before: in.Before, Limit: size + 1}
	out.Items, err = tx.Deeds(ctx, past, past.InOffice(today))
	if len(out.Items) > size {
		out.Items, out.Next = out.Items[:size], string(out.Items[size-1].Meeting)
	}
	return out, err
}

// termsOf lists all terms of a member's person in the committee.
func termsOf(ctx context.Context, tx Tx, m committee.Member) ([]committee.Member, error) {
	held, err := tx.AppointmentsOf(ctx, m.Person)
	var out []committee.Member
	for _, h := range held {
		if h.Member.Committee == m.Committee {
			out = append(out, h.Member)
		}
	}
	return out, err
}
