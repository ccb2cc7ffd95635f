package web

import (
	"slices"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/document"
	"secretariat/domain/meeting"
	"secretariat/service/convening"
	"secretariat/service/filing"
	"secretariat/service/minuting"
)

// portalDecisionPage is the page of a decision.
type portalDecisionPage struct {
	minuting.DecisionView
	Of        convening.View // its meeting
	Papers    []meeting.Paper
	Documents []document.Document
	Published bool // the record is there to be recounted
}

// Withheld reports whether the visitor is recused and sees the number alone.
func (p portalDecisionPage) Withheld() bool { return p.Sight == access.NumberOnly }

func (s *Site) portalDecision(v *Visit) (any, error) {
	d, err := s.set.ShowDecision.Call(v.ctx(), minuting.DecisionInput{Decision: v.id("decision")})
	if err != nil {
		return nil, err
	}
	out := portalDecisionPage{DecisionView: d}
	if out.Of, err = s.set.ShowMeeting.Call(v.ctx(), convening.ShowInput{Meeting: d.Meeting}); err != nil {
		return nil, err
	}
	if d.Record == nil {
		return out, nil
	}
	for _, card := range out.Of.Agenda {
		if card.ID == d.Record.Item {
			out.Papers = card.Papers
		}
	}
	if out.Documents, err = s.portalDocuments(v, d.Meeting); err != nil {
		return nil, err
	}
	out.Documents = slices.DeleteFunc(out.Documents, func(x document.Document) bool { return x.Subject != d.ID })
	_, out.Published, err = s.portalMinutes(v, d.Meeting)
	return out, err
}

// portalDocuments are the documents of a meeting that can be downloaded, without those that newer ones replace.
func (s *Site) portalDocuments(v *Visit, of domain.ID) ([]document.Document, error) {
	page, err := s.set.ListDocuments.Call(v.ctx(), filing.ListInput{Meeting: of})
	return slices.DeleteFunc(page.Items, func(d document.Document) bool { return d.Superseded || !d.Printed() }), err
}

// portalMinutes are the published minutes of a meeting, false when there are none.
func (s *Site) portalMinutes(v *Visit, of domain.ID) (minuting.PublicMinutes, bool, error) {
	out, err := s.set.PublishedMinutes.Call(v.ctx(), minuting.PublishedInput{Meeting: of})
	if domain.CodeOf(err) == domain.CodeNotFound {
		return out, false, nil
	}
	return out, err == nil, err
}
