package web

import (
	"slices"
	"strconv"

	"secretariat/domain"
	"secretariat/domain/minutes"
	"secretariat/service"
	"secretariat/service/convening"
	"secretariat/service/minuting"
)

// minutesPages adds the work on minutes: drafting, editing, circulating, redacting, publishing, and what follows.
func minutesPages(s *Site) {
	done("drafted", "revised", "circulated", "redacted", "lifted", "answered_correction", "confirmed", "published",
		"issued", "action", "reported")
	s.page("/meetings/{meeting}/minutes", "minutes", s.minutes)
	act(s, "/meetings/{meeting}/minutes", s.set.DraftMinutes,
		func(v *Visit, _ minuting.DraftInput, _ minuting.Drafted) string { return minutesPath(v, "drafted") })
	act(s, "/minutes/{minutes}/versions", s.set.ReviseMinutes,
		func(v *Visit, _ minuting.ReviseInput, _ minuting.Drafted) string { return minutesPath(v, "revised") })
	act(s, "/minutes/{minutes}/circulate", s.set.CirculateMinutes,
		func(v *Visit, _ minuting.CirculateInput, _ minutes.Minutes) string {
			return minutesPath(v, "circulated")
		})
	actWith(s, "/corrections/{correction}/answer", s.set.AnswerCorrection, s.sameHead,
		func(v *Visit, _ minuting.AnswerInput, _ minuting.Answered) string {
			return minutesPath(v, "answered_correction")
		})
	act(s, "/minutes/{minutes}/redactions", s.set.RedactMinutes,
		func(v *Visit, _ minuting.RedactInput, out minuting.Redacted) string {
			return minutesPath(v, "redacted") + elsewhere(out) + "#redactions"
		})
	act(s, "/redactions/{redaction}/lift", s.set.UnredactMinutes,
		func(v *Visit, _ minuting.LiftInput, _ minutes.Redaction) string { return minutesPath(v, "lifted") })
	act(s, "/minutes/{minutes}/confirm", s.set.ConfirmPublish,
		func(v *Visit, _ minuting.ConfirmInput, _ minutes.Minutes) string { return minutesPath(v, "confirmed") })
	act(s, "/minutes/{minutes}/publish", s.set.PublishMinutes,
		func(v *Visit, _ minuting.PublishInput, _ minutes.Minutes) string { return minutesPath(v, "published") })
	act(s, "/meetings/{meeting}/decisions", s.set.IssueDecisions,
		func(v *Visit, _ minuting.IssueInput, _ minuting.Issued) string { return minutesPath(v, "issued") })
	act(s, "/decisions/{decision}/actions", s.set.AddAction,
		func(v *Visit, _ minuting.ActionInput, _ minutes.Action) string { return minutesPath(v, "action") })
	act(s, "/actions/{action}/report", s.set.ReportAction,
		func(v *Visit, _ minuting.ReportInput, _ minutes.Action) string { return minutesPath(v, "reported") })
}

func minutesPath(v *Visit, done string) string { return back(v, "") + "?done=" + done }

// sameHead gives the edit of a correction the head of the minutes as it stands: what is corrected is a passage.
func (s *Site) sameHead(v *Visit, in *minuting.AnswerInput) error {
	if !in.Accept {
		return nil
	}
	of := domain.ID(v.r.PostForm.Get("meeting"))
	now, err := s.set.ShowMinutes.Call(v.ctx(), minuting.ShowInput{Meeting: of, Number: in.Base})
	if err != nil {
		return err
	}
	c := now.Content
	in.Edit.Title, in.Edit.Host, in.Edit.Place, in.Edit.Observers, in.Edit.Remarks = c.Title, c.Host, c.Place,
		c.Observers, c.Remarks
	return nil
}

// minutesPage is the work on the minutes of a meeting.
type minutesPage struct {
	M         convening.View
	Drafted   bool
	V         minuting.View
	Other     *minuting.View // another version beside it
	Decisions []minuting.DecisionView

	owing []convening.Owed
}

func (s *Site) minutes(v *Visit) (any, error) {
	p := minutesPage{}
	var err error
	if p.M, err = s.set.ShowMeeting.Call(v.ctx(), convening.ShowInput{Meeting: v.id("meeting")}); err != nil {
		return nil, err
	}
	if !v.May("minutes.revise", p.M.Committee) && !v.May("minutes.confirm_publish", p.M.Committee) &&
		!v.Actor.Auditor {
		return nil, domain.Forbidden("minutes.revise", "위원회조례 10의2①")
	}
	p.V, err = s.set.ShowMinutes.Call(v.ctx(), minuting.ShowInput{Meeting: p.M.ID})
	if domain.CodeOf(err) == domain.CodeNotFound {
		return p, nil
	}
	if err != nil {
		return nil, err
	}
	p.Drafted = true
	if n, err := strconv.Atoi(v.query("beside")); err == nil && n > 0 {
		other, err := s.set.ShowMinutes.Call(v.ctx(), minuting.ShowInput{Meeting: p.M.ID, Number: n})
		if err != nil {
			return nil, err
		}
		p.Other = &other
	}
	if p.owing, err = s.owingOf(v, p.M.ID, p.M.Committee); err != nil {
		return nil, err
	}
	return p, s.minutesDecisions(v, &p)
}

// minutesDecisions adds the decision records of the meeting, which are among the newest of its committee.
func (s *Site) minutesDecisions(v *Visit, p *minutesPage) error {
	found, err := s.set.ListDecisions.Call(v.ctx(), minuting.DecisionsInput{
		Committee: p.M.Committee, Limit: service.MaxPage,
	})
	for _, d := range found.Items {
		if d.Meeting == p.M.ID {
			p.Decisions = append(p.Decisions, d)
		}
	}
	return err
}

// Word is what an anchor stands for.
func (p minutesPage) Word(v *Visit, anchor string) string {
	for _, o := range p.Anchors(v) {
		if o.Value == anchor {
			return o.Word
		}
	}
	return anchor
}

// Name is the name of a member who was there.
func (p minutesPage) Name(id domain.ID) string {
	for _, a := range slices.Concat(p.V.Content.Present, p.V.Content.Absent) {
		if a.Member == id {
			return a.Name
		}
	}
	return ""
}

// Said are the statements, which are what can be edited.
func (p minutesPage) Said() []minutes.Entry {
	return slices.DeleteFunc(slices.Clone(p.V.Content.Proceeding), func(e minutes.Entry) bool {
		return e.Kind != minutes.EntryStatement
	})
}

// Pair is a passage in two versions.
type Pair struct {
	ID        string
	Old, New  string
	Different bool
}

// Pairs sets the statements of the other version beside those of this one.
func (p minutesPage) Pairs() []Pair {
	var out []Pair
	seen := map[string]int{}
	add := func(e minutes.Entry, set func(*Pair, string)) {
		n, ok := seen[e.ID]
		if !ok {
			n = len(out)
			seen[e.ID], out = n, append(out, Pair{ID: e.ID})
		}
		set(&out[n], e.Speaker+" "+e.Text)
	}
	for _, e := range p.Other.Content.Proceeding {
		add(e, func(x *Pair, text string) { x.Old = text })
	}
	for _, e := range p.V.Content.Proceeding {
		add(e, func(x *Pair, text string) { x.New = text })
	}
	for i := range out {
		out[i].Different = out[i].Old != out[i].New
	}
	return out
}
