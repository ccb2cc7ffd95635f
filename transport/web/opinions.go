package web

import (
	"slices"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/service"
	"secretariat/service/consulting"
)

// opinionsPage is the list in which opinions are disposed of.
type opinionsPage struct {
	service.Page[consulting.Given]
	At       consulting.View
	Open     bool
	Unmasked bool
	Leading  []consulting.Given // of the articles on the page, wherever in the list they stand
}

func (s *Site) opinions(v *Visit) (any, error) {
	p := opinionsPage{Open: v.query("open") == "true", Unmasked: v.query("unmasked") == "true"}
	var err error
	if p.At, err = s.view(v); err != nil {
		return nil, err
	}
	p.Page, err = s.set.ListOpinions.Call(v.ctx(), consulting.OpinionsInput{
		Consultation: v.id("consultation"), Article: -1, Open: p.Open, Unmasked: p.Unmasked, After: domain.ID(v.query("after")),
	})
	if err == nil && p.At.Consultation.State == alliance.Disposing {
		err = s.leading(v, &p)
	}
	return p, err
}

// leading adds what opinions of the page may be answered with that stands on another page.
func (s *Site) leading(v *Visit, p *opinionsPage) error {
	article := -1
	for _, g := range p.Items {
		if g.Article == article {
			continue // they come in the order of the articles
		}
		article = g.Article
		found, err := s.set.ListOpinions.Call(v.ctx(), consulting.OpinionsInput{
			Consultation: g.Consultation, Article: article, Leading: true, Limit: service.MaxPage,
		})
		if err != nil {
			return err
		}
		p.Leading = append(p.Leading, found.Items...)
	}
	return nil
}

// Hidden are the pieces of an opinion that its form offers to hide: those that were confirmed, and what is found beside them.
func (p opinionsPage) Hidden(of consulting.Given) []consulting.Piece {
	var out []consulting.Piece
	for _, m := range of.Masks {
		out = append(out, consulting.Piece{Mask: m, Hide: true})
	}
	for _, m := range of.Found() {
		if !slices.ContainsFunc(of.Masks, func(o alliance.Mask) bool { return o.Field == m.Field && o.From == m.From && o.To == m.To }) {
			out = append(out, consulting.Piece{Mask: m, Hide: of.MaskedAt == nil})
		}
	}
	return out
}

// Leads are the opinions with which one may be answered, on the same article and answered with no other: those that lead or
// are disposed of already, and those of the page.
func (p opinionsPage) Leads(v *Visit, of consulting.Given) []Option {
	var out []Option
	seen := map[domain.ID]bool{of.ID: true}
	for _, g := range slices.Concat(p.Leading, p.Items) {
		if !seen[g.ID] && g.Article == of.Article && g.Lead == "" {
			seen[g.ID] = true
			out = append(out, Option{string(g.ID), g.Giver + ": " + short(g.Text+g.Wording)})
		}
	}
	return out
}

// Follows is the opinion that one is answered with, nil when it is not at hand.
func (p opinionsPage) Follows(of consulting.Given) *consulting.Given {
	for _, g := range slices.Concat(p.Items, p.Leading) {
		if g.ID == of.Lead {
			return &g
		}
	}
	return nil
}

// short is the beginning of a text.
func short(text string) string {
	const most = 40
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
