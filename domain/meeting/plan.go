package meeting

import (
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/policy"
)

// Plan is what people decide about a meeting before it opens.
type Plan struct {
	Title         string     `json:"title"`
	Mode          Mode       `json:"mode"`
	StartsAt      time.Time  `json:"startsAt"`               // of a written meeting: when its window opens
	ExpectedEnd   time.Time  `json:"expectedEnd"`            // not used by a written meeting
	Place         string     `json:"place"`                  // empty for a written meeting
	WrittenGround string     `json:"writtenGround"`          // code of written.grounds; written meetings only
	WrittenReason string     `json:"writtenReason"`          // why, in words; written meetings only
	WrittenUntil  *time.Time `json:"writtenUntil,omitempty"` // close of the window; written meetings only
	NoticeGround  string     `json:"noticeGround"`           // code of meeting.notice.exceptions, for a shorter notice
	NoticeReason  string     `json:"noticeReason"`
	CouncilGround string     `json:"councilGround"` // code of meeting.council_clash.exceptions
	CouncilReason string     `json:"councilReason"`
	ClosedGround  string     `json:"closedGround"` // code of meeting.closed.grounds; empty for a public meeting
	ClosedReason  string     `json:"closedReason"` // the provision that closes it
}

// Limits of a meeting's times.
const (
	longestMeeting = 48 * time.Hour
	longestWindow  = 60 * 24 * time.Hour
)

// Check notes everything that is wrong with the plan as a request, each field under prefix. Rules of law that
// depend on the calendar or the agenda are findings, not request errors.
func (p Plan) Check(to *domain.Problems, prefix string, r policy.Rules) {
	to.Text(prefix+"title", p.Title, true, domain.MaxLine)
	to.Text(prefix+"place", p.Place, p.Mode != Written, domain.MaxLine)
	domain.OneOf(to, prefix+"mode", p.Mode, InPerson, Remote, Mixed, Written)
	to.Check(!p.StartsAt.IsZero(), prefix+"startsAt", "field.required")
	ground(to, prefix+"notice", p.NoticeGround, p.NoticeReason, policy.NoticeExceptions.Of(r))
	ground(to, prefix+"council", p.CouncilGround, p.CouncilReason, policy.CouncilExceptions.Of(r))
	ground(to, prefix+"closed", p.ClosedGround, p.ClosedReason, policy.ClosedGrounds.Of(r))
	to.Check(policy.MeetingPublic.Of(r) || p.ClosedGround == "", prefix+"closedGround", "meeting.closed_anyway")
	if p.Mode == Written {
		p.checkWritten(to, prefix, r)
		return
	}
	length := p.ExpectedEnd.Sub(p.StartsAt)
	to.Check(length > 0 && length <= longestMeeting, prefix+"expectedEnd", "meeting.end_not_after_start")
	to.Check(p.WrittenGround == "", prefix+"writtenGround", "meeting.not_written")
	to.Check(p.WrittenReason == "", prefix+"writtenReason", "meeting.not_written")
	to.Check(p.WrittenUntil == nil, prefix+"writtenUntil", "meeting.not_written")
}

func (p Plan) checkWritten(to *domain.Problems, prefix string, r policy.Rules) {
	to.Check(p.Place == "", prefix+"place", "meeting.written_no_place")
	to.Check(p.WrittenGround != "", prefix+"writtenGround", "field.required")
	ground(to, prefix+"written", p.WrittenGround, p.WrittenReason, policy.WrittenGrounds.Of(r))
	if p.WrittenUntil == nil {
		to.Add(prefix+"writtenUntil", "field.required", nil)
		return
	}
	length := p.WrittenUntil.Sub(p.StartsAt)
	to.Check(length > 0 && length <= longestWindow, prefix+"writtenUntil", "meeting.end_not_after_start")
}

// ground notes the problems of a ground and its reason: both or none, the ground one that the rules know.
func ground(to *domain.Problems, name, code, reason string, known []string) {
	to.Text(name+"Reason", reason, code != "", domain.MaxLine)
	to.Check(code == "" || slices.Contains(known, code), name+"Ground", "field.choice")
	to.Check(code != "" || reason == "", name+"Ground", "field.required")
}

// Apply gives the meeting the plan. Times are kept in UTC to the microsecond; a written meeting ends with its window.
func (m *Meeting) Apply(p Plan) {
	m.Title, m.Mode, m.Place = p.Title, p.Mode, p.Place
	m.StartsAt, m.ExpectedEnd = instant(p.StartsAt), instant(p.ExpectedEnd)
	m.WrittenGround, m.WrittenReason, m.WrittenUntil = p.WrittenGround, p.WrittenReason, nil
	m.NoticeGround, m.NoticeReason = p.NoticeGround, p.NoticeReason
	m.CouncilGround, m.CouncilReason = p.CouncilGround, p.CouncilReason
	m.ClosedGround, m.ClosedReason = p.ClosedGround, p.ClosedReason
	m.Public = p.ClosedGround == ""
	if p.Mode == Written && p.WrittenUntil != nil {
		until := instant(*p.WrittenUntil)
		m.WrittenUntil, m.ExpectedEnd = &until, until
	}
}

func instant(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// Change says what a changed plan asks for once the meeting has been convened.
type Change int

// Unseen: members need not hear of it. Told: they are told. Renotified: time, place or mode changed, so the notice
// period runs again unless there is a ground for a shorter one (위원회조례 10①).
const (
	Unseen Change = iota
	Told
	Renotified
)

// Since says what the change from the meeting as it was before asks for.
func (m Meeting) Since(before Meeting) Change {
	if !m.StartsAt.Equal(before.StartsAt) || m.Place != before.Place || m.Mode != before.Mode ||
		!same(m.WrittenUntil, before.WrittenUntil) {
		return Renotified
	}
	if m.Title != before.Title || !m.ExpectedEnd.Equal(before.ExpectedEnd) || m.Public != before.Public {
		return Told
	}
	return Unseen
}

func same(a, b *time.Time) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Equal(*b)
}

// Before reports whether the meeting has not opened yet and is still to be.
func (m Meeting) Before() bool { return m.State == Planned || m.State == Convened }

// Announced reports whether the meeting has been convened, so that its agenda is known.
func (m Meeting) Announced() bool { return m.ConvenedAt != nil }

// End is when the meeting is expected to be over: the close of the window of a written one.
func (m Meeting) End() time.Time {
	if m.WrittenUntil != nil {
		return *m.WrittenUntil
	}
	return m.ExpectedEnd
}

// CheckPlannable is nil while the plan may still be changed: before the meeting opens.
func (m Meeting) CheckPlannable() error {
	if !m.Before() {
		return domain.Conflict("meeting.not_plannable", domain.Args{"state": string(m.State)})
	}
	return nil
}
