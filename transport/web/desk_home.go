package web

import (
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/meeting"
	"secretariat/service/convening"
	"secretariat/service/selecting"
)

// deskRow is one thing that waits for the visitor.
type deskRow struct {
	Due   time.Time // zero: now
	Over  bool
	Key   string // of the sentence, with its arguments
	Args  domain.Args
	Act   string // key of the button
	Path  string
	Title string // of the meeting
}

// deskHomePage is what waits for the visitor, and what comes next.
type deskHomePage struct {
	Rows     []deskRow
	Next     []convening.View // meetings to come
	Standing deskStanding
	Polls    []convening.MyPoll // dates that the visitor has answered and may answer otherwise
}

// Bounds of the desk: meetings to come and meetings past that are looked at for one committee.
const (
	deskComing = 5
	deskPast   = 3
)

func (s *Site) deskHome(v *Visit) (any, error) {
	if !v.SignedIn() {
		return nil, &domain.Error{Code: domain.CodeUnauthenticated, Key: "unauthenticated"}
	}
	var p deskHomePage
	for _, seat := range v.Actor.Seats {
		if err := s.deskOf(v, seat.Committee, &p); err != nil {
			return nil, err
		}
	}
	if err := s.deskPolls(v, &p); err != nil {
		return nil, err
	}
	if err := s.deskPanels(v, &p); err != nil {
		return nil, err
	}
	if err := s.deskFigures(v, &p); err != nil {
		return nil, err
	}
	if err := s.deskTasks(v, &p); err != nil {
		return nil, err
	}
	slices.SortStableFunc(p.Rows, func(a, b deskRow) int { return a.Due.Compare(b.Due) })
	return p, s.deskStanding(v, &p)
}

// deskOf looks at the meetings of one committee.
func (s *Site) deskOf(v *Visit, committee domain.ID, p *deskHomePage) error {
	for _, state := range []meeting.State{meeting.Open, meeting.Suspended, meeting.Convened} {
		found, err := s.set.ListMeetings.Call(v.ctx(), convening.ListInput{
			Committee: committee, State: state, Limit: deskComing,
		})
		if err != nil {
			return err
		}
		for _, m := range found.Items {
			if err := s.deskComing(v, m.ID, p); err != nil {
				return err
			}
		}
	}
	past, err := s.set.ListMeetings.Call(v.ctx(), convening.ListInput{
		Committee: committee, State: meeting.Adjourned, Limit: deskPast,
	})
	if err != nil {
		return err
	}
	for _, m := range past.Items {
		waits, err := s.deskMaySign(v, m, committee)
		if err != nil {
			return err
		}
		if waits {
			p.Rows = append(p.Rows, row(m, m.EndsAt, "sign", nil, "/sign"))
		}
	}
	return nil
}

// deskPolls adds the meetings whose dates wait for an answer, and those whose dates were answered but not chosen yet.
func (s *Site) deskPolls(v *Visit, p *deskHomePage) error {
	if !v.Sits() {
		return nil
	}
	all, err := s.set.MyPolls.Call(v.ctx(), convening.MyPollsInput{})
	for _, poll := range all.Items {
		if poll.Owed == 0 {
			p.Polls = append(p.Polls, poll)
			continue
		}
		m := convening.Summary{ID: poll.Meeting, Title: poll.Title}
		p.Rows = append(p.Rows, row(m, poll.First, "dates", domain.Args{"count": poll.Owed}, "/dates"))
	}
	return err
}

// deskPanels adds the calls that the visitor has to evaluate.
func (s *Site) deskPanels(v *Visit, p *deskHomePage) error {
	all, err := s.set.MyPanels.Call(v.ctx(), selecting.PanelsInput{})
	for _, d := range all.Items {
		if d.Over {
			continue
		}
		r := deskRow{
			Key: "web.desk.row.evaluate", Args: domain.Args{"assigned": d.Assigned, "scored": d.Scored}, Act: "web.desk.act.evaluate",
			Path: "/calls/" + string(d.Call.ID) + "/sheets", Title: d.Call.Title,
		}
		if d.Call.EvaluateBy != "" {
			r.Due = d.Call.EvaluateBy.End().UTC()
		}
		p.Rows = append(p.Rows, r)
	}
	return err
}

func (s *Site) deskComing(v *Visit, id domain.ID, p *deskHomePage) error {
	m, err := s.set.ShowMeeting.Call(v.ctx(), convening.ShowInput{Meeting: id})
	if err != nil {
		return err
	}
	p.Next = append(p.Next, m)
	open, err := s.openBallots(v, id)
	if err != nil {
		return err
	}
	for _, b := range open {
		if b.OnRoll && b.Mine == nil {
			r := row(m.Summary, time.Time{}, "vote", domain.Args{"question": b.Question, "voted": b.Voted, "entitled": b.Entitled}, "")
			r.Path = "/ballots/" + string(b.ID)
			p.Rows = append(p.Rows, r)
		}
	}
	p.Rows = append(p.Rows, deskDuties(m)...)
	return nil
}

// deskDuties are what a member has to do for a meeting before it.
func deskDuties(m convening.View) []deskRow {
	var out []deskRow
	if m.Mine == nil {
		return nil
	}
	if m.Mine.Response == nil && m.State == meeting.Convened && m.Mode != meeting.Written {
		out = append(out, row(m.Summary, m.StartsAt, "answer", nil, "#answer"))
	}
	undeclared := 0
	for _, c := range m.Agenda {
		if c.Item != nil && c.Declared == "" && c.State == meeting.Listed {
			undeclared++
		}
	}
	if undeclared > 0 {
		out = append(out, row(m.Summary, m.StartsAt, "declare", domain.Args{"count": undeclared}, "#agenda"))
	}
	if !m.Mine.Pledged {
		out = append(out, row(m.Summary, m.StartsAt, "pledge", nil, "#pledge"))
	}
	return out
}

func row(m convening.Summary, due time.Time, what string, args domain.Args, at string) deskRow {
	return deskRow{
		Due: due, Key: "web.desk.row." + what, Args: args, Act: "web.desk.act." + what,
		Path: "/meetings/" + string(m.ID) + at, Title: m.Title,
	}
}
