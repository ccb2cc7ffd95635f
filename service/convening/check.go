package convening

import (
	"context"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
	"secretariat/service"
)

// CheckInput names the meeting to look at.
type CheckInput struct {
	Meeting domain.ID `json:"-" path:"meeting"`
}

// Checked is what stands against giving the notice of a meeting now, and the days that matter for it.
type Checked struct {
	Findings []meeting.Finding `json:"findings"`
	Notice   Notice            `json:"notice"`
}

// Notice are the days that matter for the notice of a meeting that is held. For a written one they are empty.
type Notice struct {
	LastLawful calendar.Date      `json:"lastLawful,omitempty"` // D-15
	LastSafe   calendar.Date      `json:"lastSafe,omitempty"`   // D-16, by the strict reading
	Timeliness meeting.Timeliness `json:"timeliness,omitempty"` // of a notice given now, or of the one given
	Basis      string             `json:"basis,omitempty"`
}

// Check lists the findings on a meeting that has not opened; none once it has.
func (s *Service) Check(ctx context.Context, by domain.Actor, in CheckInput) (Checked, error) {
	return service.See(ctx, s.store, func(tx Tx) (Checked, error) {
		m, err := tx.Meeting(ctx, in.Meeting)
		if err != nil {
			return Checked{}, err
		}
		if err := access.Can(by, "meeting.check", facts(m)).Err(); err != nil {
			return Checked{}, err
		}
		rules, err := s.rules(ctx, tx, m)
		if err != nil {
			return Checked{}, err
		}
		out := Checked{Findings: []meeting.Finding{}, Notice: noticeOf(m, rules, s.now())}
		if !m.Before() {
			return out, nil
		}
		draft, err := gather(ctx, tx, m, s.now())
		if err != nil {
			return Checked{}, err
		}
		if m.NoticedAt != nil {
			draft.Now = *m.NoticedAt
		}
		out.Findings = draft.Findings(rules)
		return out, nil
	})
}

func noticeOf(m meeting.Meeting, rules policy.Rules, now time.Time) Notice {
	if m.Mode == meeting.Written {
		return Notice{}
	}
	given := now
	if m.NoticedAt != nil {
		given = *m.NoticedAt
	}
	rule := meeting.NoticeRuleOf(rules)
	return Notice{
		LastLawful: rule.LastLawful(m.Day()), LastSafe: rule.LastSafe(m.Day()),
		Timeliness: rule.Judge(calendar.DateOf(given), m.Day()), Basis: policy.NoticeDays.Cite(rules),
	}
}

// gather collects what the findings look at. It reads the agenda of this meeting and the calendar of its day.
func gather(ctx context.Context, tx Tx, m meeting.Meeting, now time.Time) (meeting.Draft, error) {
	d := meeting.Draft{Meeting: m, Now: now}
	c, err := tx.Committee(ctx, m.Committee)
	if err != nil {
		return d, err
	}
	d.Active = c.State == committee.Active
	if d.Items, err = tx.ItemsOf(ctx, m.ID); err != nil {
		return d, err
	}
	if d.Papers, err = tx.PapersOfMeeting(ctx, m.ID); err != nil {
		return d, err
	}
	if d.Spans, err = tx.Spans(ctx, m.Day(), m.Day()); err != nil {
		return d, err
	}
	from, until := quarterBefore(m.Day())
	if c.FoundedOn > from {
		return d, nil
	}
	n, err := tx.CountMeetings(ctx, m.Committee, from.Time(), until.Time())
	d.QuarterMissed = n == 0
	return d, err
}

// quarterBefore is the quarter before that of the day: its first day and the first day after it.
func quarterBefore(day calendar.Date) (from, until calendar.Date) {
	t := day.Time()
	first := time.Date(t.Year(), (t.Month()-1)/3*3+1, 1, 0, 0, 0, 0, calendar.Seoul)
	until = calendar.DateOf(first)
	return until.AddMonths(-3), until
}
