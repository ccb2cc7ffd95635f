package web

import (
	"fmt"
	"slices"

	"secretariat/domain/ballot"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/domain/policy"
	"secretariat/service/seating"
)

// portalPercent is a share to one decimal, rounded half up; both numbers stand beside it wherever it is shown.
func portalPercent(part, whole int) string {
	tenths := (part*2000 + whole) / (2 * whole)
	return fmt.Sprintf("%d.%d", tenths/10, tenths%10)
}

// PortalSum is the printed arithmetic of a count, as it was stored.
func (v *Visit) PortalSum(r ballot.Result) string {
	out := v.T("web.portal.sum.base", "serving", r.Quorum.Serving, "present", r.Present, "recused", r.Recused,
		"voters", r.Voters, "required", r.Required)
	if len(r.Shares) == 0 {
		out += " · " + v.T("web.portal.sum.votes", "yes", r.Yes, "no", r.No)
	} else {
		out += " · " + v.T("web.portal.sum.most", "votes", r.Shares[0].Votes)
	}
	out += " · " + v.T("web.portal.sum.abstain", "abstain", r.Abstain)
	if r.NotCast > 0 {
		out += " · " + v.T("web.portal.sum.not_cast", "count", r.NotCast)
	}
	return out
}

// PortalShare writes a fraction of a rule in words: 1/2 초과.
func (v *Visit) PortalShare(f policy.Fraction) string {
	key := map[string]string{
		">": "web.portal.share.more", ">=": "web.portal.share.least", "<=": "web.portal.share.most",
	}[f.Sense]
	if key == "" {
		return ""
	}
	return v.T(key, "num", f.Num, "den", f.Den)
}

// PortalCandidate is the name of a candidate of an election, empty for nobody.
func (v *Visit) PortalCandidate(b minutes.BallotPart, id any) string {
	n := slices.IndexFunc(b.Candidates, func(a minutes.Attendee) bool { return fmt.Sprint(a.Member) == fmt.Sprint(id) })
	if n < 0 {
		return ""
	}
	return b.Candidates[n].Name
}

// PortalChoice is the word for what somebody voted: in an election the name of a candidate.
func (v *Visit) PortalChoice(b minutes.BallotPart, c ballot.Choice) string {
	if name := v.PortalCandidate(b, c); name != "" {
		return name
	}
	return v.Label("choice", c)
}

// PortalSeat names a seat: its role, and the office or the profession that it is for.
func (v *Visit) PortalSeat(s committee.Seat) string {
	out := v.Label("role", s.Role)
	for _, more := range []string{v.Label("seat_kind", s.Kind), s.Post, s.Field} {
		if more != "" {
			out += " · " + more
		}
	}
	return out
}

// PortalTerm is the term of office of a member, open at its end for who sits by virtue of a post.
func (v *Visit) PortalTerm(m seating.MemberView) string {
	out := v.Day(m.From) + " ~ " + v.Day(m.Until)
	if m.Until == "" {
		out = v.T("web.portal.term.open", "from", v.Day(m.From))
	}
	if m.Reappointments > 0 {
		out += " " + v.T("web.portal.term.again", "count", m.Reappointments)
	}
	return out
}

// PortalOn writes the day of an instant.
func (v *Visit) PortalOn(at any) string {
	full := v.When(at)
	if n := len(full) - len(" 15:04"); n > 0 {
		return full[:n]
	}
	return ""
}

// PortalLate reports whether a day has passed.
func (v *Visit) PortalLate(d calendar.Date) bool { return d != "" && d < v.Today() }

// PortalTag is the look of an outcome; the word stands in it.
func (v *Visit) PortalTag(o meeting.Outcome) string {
	switch o {
	case meeting.ApprovedAsProposed, meeting.ApprovedAsAmended, meeting.ApprovedConditionally:
		return "tag good"
	case meeting.Rejected:
		return "tag bad"
	}
	return "tag info"
}

// PortalSize writes how large a file is.
func (v *Visit) PortalSize(bytes int64) string {
	if bytes < 1<<20 {
		return fmt.Sprintf("%d KB", (bytes+1023)>>10)
	}
	return fmt.Sprintf("%d.%d MB", bytes>>20, (bytes>>10&1023)*10>>10)
}
