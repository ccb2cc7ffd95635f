package web

import (
	"cmp"
	"net/url"

	"secretariat/domain"
	"secretariat/domain/committee"
	"secretariat/service"
	"secretariat/service/convening"
	"secretariat/service/minuting"
	"secretariat/service/seating"
)

// portalList is a page of meetings or decisions: of the committee that was chosen, or the newest of each.
type portalList struct {
	Committees []Option
	Chosen     string
	Groups     []portalGroup
	Next       string // address of the following page
	Later      bool   // this is not the first page
}

// portalGroup is a committee with its rows.
type portalGroup struct {
	Committee committee.Committee
	Meetings  []convening.Summary
	Decisions []minuting.DecisionView
	More      bool // there are others that are not shown here
}

func (s *Site) portalMeetings(v *Visit) (any, error) {
	return s.portalList(v, "/meetings", func(g *portalGroup, cursor string, rows int) (string, error) {
		page, err := s.set.ListMeetings.Call(v.ctx(), convening.ListInput{
			Committee: g.Committee.ID, Cursor: cursor, Limit: rows,
		})
		g.Meetings = page.Items
		return page.Next, err
	})
}

func (s *Site) portalDecisions(v *Visit) (any, error) {
	return s.portalList(v, "/decisions", func(g *portalGroup, cursor string, rows int) (string, error) {
		page, err := s.set.ListDecisions.Call(v.ctx(), minuting.DecisionsInput{
			Committee: g.Committee.ID, Before: cursor, Limit: rows,
		})
		g.Decisions = page.Items
		return page.Next, err
	})
}

// portalList makes the page at path; fill reads the rows of one committee and gives the cursor of those that follow.
func (s *Site) portalList(
	v *Visit, path string, fill func(g *portalGroup, cursor string, rows int) (string, error),
) (any, error) {
	all, err := s.portalCommittees(v)
	if err != nil {
		return nil, err
	}
	out := portalList{Chosen: v.query("committee"), Later: v.query("cursor") != ""}
	if len(all) == 1 {
		out.Chosen = cmp.Or(out.Chosen, string(all[0].ID))
	}
	for _, c := range all {
		out.Committees = append(out.Committees, Option{string(c.ID), c.Name})
	}
	if out.Chosen == "" {
		return s.portalNewestOfEach(out, all, fill)
	}
	view, err := s.set.ShowCommittee.Call(v.ctx(), seating.ShowInput{Committee: domain.ID(out.Chosen)})
	if err != nil {
		return nil, err
	}
	g := portalGroup{Committee: view.Committee}
	next, err := fill(&g, v.query("cursor"), portalRows)
	if next != "" {
		out.Next = path + "?" + url.Values{"committee": {out.Chosen}, "cursor": {next}}.Encode()
	}
	out.Groups = []portalGroup{g}
	return out, err
}

func (s *Site) portalNewestOfEach(
	out portalList, all []committee.Committee, fill func(g *portalGroup, cursor string, rows int) (string, error),
) (any, error) {
	for _, c := range all[:min(len(all), portalCards)] {
		g := portalGroup{Committee: c}
		next, err := fill(&g, "", portalShort)
		if err != nil {
			return nil, err
		}
		g.More = next != ""
		out.Groups = append(out.Groups, g)
	}
	return out, nil
}

// portalCommittees are the committees that the visitor may choose from.
func (s *Site) portalCommittees(v *Visit) ([]committee.Committee, error) {
	page, err := s.set.ListCommittees.Call(v.ctx(), seating.ListInput{Limit: service.MaxPage})
	return page.Items, err
}
