package meeting

import (
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// Finding is a rule that a planned meeting does not keep, or that somebody should look at.
type Finding struct {
	Key      string        `json:"key"` // message key
	Args     domain.Args   `json:"args,omitempty"`
	Basis    string        `json:"basis,omitempty"` // citation from the policy
	Blocking bool          `json:"blocking"`        // false: a warning
	Due      calendar.Date `json:"due,omitempty"`
	Subject  domain.ID     `json:"subject,omitempty"` // the item concerned
}

// Draft is a meeting before it opens with what the rules look at.
type Draft struct {
	Meeting       Meeting
	Items         []Item
	Papers        []Paper // current ones of all items
	Spans         []Span  // holidays and council sessions that touch the day
	Active        bool    // the committee is active
	QuarterMissed bool    // the committee existed all through the quarter before and did not meet in it
	Now           time.Time
}

// Findings lists everything that stands against giving the notice now, blocking first.
func (d Draft) Findings(r policy.Rules) []Finding {
	out := []Finding{}
	out = append(out, d.times(r)...)
	out = append(out, d.council(r)...)
	out = append(out, d.daysOff()...)
	out = append(out, d.agenda()...)
	if d.Meeting.Mode == Written {
		out = append(out, d.written(r)...)
	}
	if !d.Active {
		out = append(out, Finding{Key: "meeting.committee_inactive", Blocking: true})
	}
	if d.QuarterMissed && policy.QuarterWarning.Of(r) {
		out = append(out, Finding{Key: "meeting.quarter_missed", Basis: policy.QuarterWarning.Cite(r)})
	}
	slices.SortStableFunc(out, func(a, b Finding) int { return rank(a) - rank(b) })
	return out
}

func rank(f Finding) int {
	if f.Blocking {
		return 0
	}
	return 1
}

// times looks at the start and, for a meeting that is held, at the period of notice. For a written one its window
// takes the place of the notice, since members deliberate from the day on which they are sent the papers.
func (d Draft) times(r policy.Rules) []Finding {
	if !d.Meeting.StartsAt.After(d.Now) {
		return []Finding{{Key: "meeting.in_past", Blocking: true}}
	}
	if d.Meeting.Mode == Written {
		return nil
	}
	return d.notice(r)
}

func (d Draft) notice(r policy.Rules) []Finding {
	rule, day := NoticeRuleOf(r), d.Meeting.Day()
	args := domain.Args{
		"days": rule.Days, "day": day.Korean(), "last": rule.LastLawful(day).Korean(), "safe": rule.LastSafe(day).Korean(),
	}
	f := Finding{Args: args, Basis: policy.NoticeDays.Cite(r), Due: rule.LastLawful(day)}
	switch rule.Judge(calendar.DateOf(d.Now), day) {
	case InTime:
		return nil
	case Tight:
		f.Key = "meeting.notice_tight"
		return []Finding{f}
	}
	if d.excused(r) {
		return []Finding{{Key: "meeting.notice_shortened", Basis: policy.NoticeExceptions.Cite(r), Args: domain.Args{
			"ground": d.Meeting.NoticeGround, "last": args["last"],
		}}}
	}
	f.Key, f.Blocking = "meeting.notice_too_late", policy.NoticeLate.Of(r) == policy.GateBlock
	return []Finding{f}
}

// excused reports whether a ground for a shorter notice is recorded with its reason.
func (d Draft) excused(r policy.Rules) bool {
	m := d.Meeting
	return m.NoticeReason != "" && slices.Contains(policy.NoticeExceptions.Of(r), m.NoticeGround)
}

// council looks for a session of the city council on the day (위원회조례 10③).
func (d Draft) council(r policy.Rules) []Finding {
	m := d.Meeting
	session, clash := d.span(Council)
	if !clash || m.Mode == Written {
		return nil
	}
	args := domain.Args{"name": session.Name, "from": session.From.Korean(), "until": session.Until.Korean()}
	if m.CouncilReason != "" && slices.Contains(policy.CouncilExceptions.Of(r), m.CouncilGround) {
		return []Finding{{Key: "meeting.council_excused", Basis: policy.CouncilExceptions.Cite(r), Args: args}}
	}
	return []Finding{{
		Key: "meeting.council_session", Basis: policy.CouncilClash.Cite(r), Args: args,
		Blocking: policy.CouncilClash.Of(r) == policy.GateBlock,
	}}
}

func (d Draft) span(kind SpanKind) (Span, bool) {
	for _, s := range d.Spans {
		if s.Kind == kind && s.Holds(d.Meeting.Day()) {
			return s, true
		}
	}
	return Span{}, false
}

func (d Draft) daysOff() []Finding {
	if d.Meeting.Mode == Written {
		return nil
	}
	if s, ok := d.span(Holiday); ok {
		return []Finding{{Key: "meeting.on_holiday", Args: domain.Args{"name": s.Name}}}
	}
	if w := d.Meeting.StartsAt.In(calendar.Seoul).Weekday(); w == time.Saturday || w == time.Sunday {
		return []Finding{{Key: "meeting.on_weekend", Args: domain.Args{"day": d.Meeting.Day().Korean()}}}
	}
	return nil
}
