package web

import (
	"cmp"
	"maps"
	"slices"

	"secretariat/domain"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/service"
	"secretariat/service/convening"
	"secretariat/service/minuting"
	"secretariat/service/seating"
)

// portal adds the pages that everybody may read.
func portal(s *Site) {
	s.page("/help", "help", func(*Visit) (any, error) { return helpTopics, nil })
	s.page("/{$}", "home", s.portalHome)
	s.page("/committees/{committee}", "committee", s.portalCommittee)
	s.page("/search", "search", s.portalSearch)
	s.page("/meetings", "meetings", s.portalMeetings)
	s.page("/decisions", "decisions", s.portalDecisions)
	s.page("/decisions/{decision}", "decision", s.portalDecision)
	s.page("/meetings/{meeting}/record", "record", s.portalRecord)
	portalFiles(s)
	booklets(s)
	portalFeeds(s)
}

// helpTopics are the rules that the help page explains, as web.help.<topic>.
var helpTopics = []string{"quorum", "notice", "recusal", "vote", "minutes"}

// Sizes of lists.
const (
	portalCards  = 10 // committees on the home page
	portalNewest = 3  // decisions of each of them
	portalShort  = 10 // rows of a list that has a page of its own
	portalRows   = 30 // rows of such a page
)

// portalCard is a committee with what is new in it.
type portalCard struct {
	Committee committee.Committee
	Meetings  []convening.Summary
	Next      *convening.Summary
	Decisions []minuting.DecisionView
	More      string // cursor of the decisions that follow
}

// portalHomePage is the home page.
type portalHomePage struct {
	Cards []portalCard
	Next  string
}

func (s *Site) portalHome(v *Visit) (any, error) {
	page, err := s.set.ListCommittees.Call(v.ctx(), seating.ListInput{After: v.query("after"), Limit: portalCards})
	if err != nil {
		return nil, err
	}
	out := portalHomePage{Next: page.Next}
	for _, c := range page.Items {
		card, err := s.portalCard(v, c, portalNewest)
		if err != nil {
			return nil, err
		}
		out.Cards = append(out.Cards, card)
	}
	return out, nil
}

// portalCard reads what is new in a committee.
func (s *Site) portalCard(v *Visit, c committee.Committee, rows int) (portalCard, error) {
	out := portalCard{Committee: c}
	since := v.Today().AddMonths(-portalMonths).Time()
	meetings, err := s.set.ListMeetings.Call(v.ctx(), convening.ListInput{
		Committee: c.ID, From: since, Limit: service.MaxPage,
	})
	if err != nil {
		return out, err
	}
	out.Meetings = meetings.Items[:min(len(meetings.Items), portalShort)]
	out.Next = portalNext(v, meetings.Items)
	decisions, err := s.set.ListDecisions.Call(v.ctx(), minuting.DecisionsInput{Committee: c.ID, Limit: rows})
	out.Decisions, out.More = decisions.Items, decisions.Next
	return out, err
}

// portalMonths is how long ago a meeting may have begun that is shown with its committee.
const portalMonths = 12

// portalNext is the meeting under way or else the next one; found lists the latest start first.
func portalNext(v *Visit, found []convening.Summary) *convening.Summary {
	var next *convening.Summary
	for n := range found {
		switch m := &found[n]; {
		case m.State == meeting.Open || m.State == meeting.Suspended:
			return m
		case m.State == meeting.Convened && !m.EndsAt.Before(v.Today().Time()):
			next = m
		}
	}
	return next
}

// portalCommitteePage is the page of a committee.
type portalCommitteePage struct {
	portalCard
	View    seating.View
	Charter []string // headings that it has a text for
	Chart   *portalChart
}

func (s *Site) portalCommittee(v *Visit) (any, error) {
	view, err := s.set.ShowCommittee.Call(v.ctx(), seating.ShowInput{Committee: v.id("committee")})
	if err != nil {
		return nil, err
	}
	out := portalCommitteePage{View: view, Charter: portalHeadings(v, view.Committee.Charter)}
	if out.portalCard, err = s.portalCard(v, view.Committee, portalShort); err != nil {
		return nil, err
	}
	out.Chart, err = s.portalChart(v, view)
	return out, err
}

// portalHeadings lists the headings of a charter, those of the law first and in the order of the catalogue.
func portalHeadings(v *Visit, charter committee.Charter) []string {
	known := v.Codes("charter")
	place := func(code string) int {
		if n := slices.Index(known, code); n >= 0 {
			return n
		}
		return len(known)
	}
	return slices.SortedFunc(maps.Keys(charter), func(a, b string) int {
		return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a, b))
	})
}

// portalChart is the composition as bars, and what the rules say of it.
type portalChart struct {
	Appointed, Height int
	Bars              []portalBar
	Findings          []domain.Finding
}

// portalBar is one bar of a chart, in units of its drawing.
type portalBar struct {
	Word                string
	Count               int
	Percent             string
	Y, Text, Width, End int
}

// Measures of the chart: the bars stand to the right of the words, and 100 % is as wide as portalFull.
const (
	portalStep  = 44
	portalFull  = 400
	portalStart = 90
)

func (s *Site) portalChart(v *Visit, view seating.View) (*portalChart, error) {
	n := view.Composition
	if n == nil || n.Appointed == 0 {
		return nil, nil
	}
	out := &portalChart{Appointed: n.Appointed}
	out.add(v.T("web.portal.women"), n.Women)
	out.add(v.T("web.portal.men"), n.Men)
	out.add(v.T("web.portal.youth"), n.Youth)
	checked, err := s.set.CheckCommittee.Call(v.ctx(), seating.ShowInput{Committee: view.Committee.ID})
	if domain.CodeOf(err) == domain.CodeForbidden {
		return out, nil
	}
	for _, f := range checked.Findings {
		if f.Key == "committee.sex_ratio" || f.Key == "committee.youth_ratio" {
			out.Findings = append(out.Findings, f)
		}
	}
	return out, err
}

func (c *portalChart) add(word string, count int) {
	width := count * portalFull / c.Appointed
	c.Bars = append(c.Bars, portalBar{
		Word: word, Count: count, Percent: portalPercent(count, c.Appointed), Y: c.Height + 8, Text: c.Height + 27,
		Width: width, End: portalStart + width + 8,
	})
	c.Height += portalStep
}
