package web

import (
	"net/url"
	"slices"
	"strings"

	"secretariat/domain/minutes"
	"secretariat/service/minuting"
)

// elsewhereField is the part of an address that names the passages that still hold what was just withheld.
const elsewhereField = "elsewhere"

// elsewhere tells the page of the other passages that hold the same words. Anchors are identifiers.
func elsewhere(of minuting.Redacted) string {
	if len(of.Elsewhere) == 0 {
		return ""
	}
	return "&" + url.Values{elsewhereField: {strings.Join(of.Elsewhere, " ")}}.Encode()
}

// minutesPassage is a text of the minutes that can be withheld in part, with what is withheld of it.
type minutesPassage struct {
	Number int // as the page counts them
	Anchor string
	Word   string // what it is
	Pieces []minutes.Piece
}

// Passages are the texts of the minutes in their order; those that are empty are left out.
func (p minutesPage) Passages(v *Visit) []minutesPassage {
	c := p.V.Content
	var out []minutesPassage
	add := func(anchor, word string) {
		if pieces := c.Pieces(anchor, p.V.Redactions); len(pieces) > 0 {
			out = append(out, minutesPassage{len(out) + 1, anchor, word, pieces})
		}
	}
	for _, i := range c.Items {
		of := v.T("web.console.anchor.item", "item", i.Number+" "+i.Title)
		add(minutes.ItemAnchor(i.Item), of)
		add(minutes.ItemAnchor(i.Item)+"/proposal", of+" · "+v.T("web.console.anchor.proposal"))
		add(minutes.ItemAnchor(i.Item)+"/reason", of+" · "+v.T("web.desk.reason"))
	}
	for _, e := range c.Proceeding {
		if e.Kind == minutes.EntryStatement {
			add(e.ID, v.Clock(e.At)+" "+e.Speaker)
		}
	}
	add(minutes.AnchorRemarks, v.T("web.console.edit.remarks"))
	return out
}

// Anchors are the texts and names that can be withheld, as choices, with the numbers of the passages.
func (p minutesPage) Anchors(v *Visit) []Option {
	var out []Option
	for _, x := range p.Passages(v) {
		text := ""
		for _, piece := range x.Pieces {
			text += piece.Text
		}
		out = append(out, Option{x.Anchor, v.T("web.console.anchor.passage", "number", x.Number, "word", x.Word) + " " + clip(text)})
	}
	for _, a := range p.V.Content.Present {
		out = append(out, Option{minutes.NameAnchor(a.Member), v.T("web.console.anchor.name", "name", a.Name)})
	}
	return append(out, Option{minutes.AnchorNames, v.T("web.console.anchor.names")})
}

// Elsewhere are the passages that still hold what was just withheld.
func (p minutesPage) Elsewhere(v *Visit) []minutesPassage {
	named := strings.Fields(v.query(elsewhereField))
	return slices.DeleteFunc(p.Passages(v), func(x minutesPassage) bool { return !slices.Contains(named, x.Anchor) })
}

// longest is how much of a text stands in a list of choices, in characters.
const longest = 40

func clip(s string) string {
	if runes := []rune(s); len(runes) > longest {
		return string(runes[:longest]) + "…"
	}
	return s
}
