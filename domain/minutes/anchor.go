package minutes

import (
	"fmt"
	"slices"
	"strings"

	"secretariat/domain"
)

// Anchors of redactions beside the ids of entries.
const (
	AnchorRemarks = "remarks"
	AnchorNames   = "name/*" // the names of all members
	anchorName    = "name/"
)

// ItemAnchor names the text of an item; a redaction of the whole of it covers its proposal, conditions and reason too.
func ItemAnchor(item domain.ID) string { return "item/" + string(item) }

// NameAnchor withholds a member's name wherever it stands (위원회조례 10의2⑤ 단서).
func NameAnchor(member domain.ID) string { return anchorName + string(member) }

// IsName reports whether the anchor withholds names.
func IsName(anchor string) bool { return strings.HasPrefix(anchor, anchorName) }

// anchor is a text that can be redacted. Those within another are covered when the whole of that is.
type anchor struct {
	name, within string
	text         *string
}

// anchors lists the texts of the content that a redaction can name.
func (c *Content) anchors() []anchor {
	out := []anchor{{name: AnchorRemarks, text: &c.Remarks}}
	for i := range c.Proceeding {
		out = append(out, anchor{name: c.Proceeding[i].ID, text: &c.Proceeding[i].Text})
	}
	for i := range c.Items {
		p := &c.Items[i]
		name := ItemAnchor(p.Item)
		out = append(out, anchor{name: name, text: &p.Text},
			anchor{name: name + "/proposal", within: name, text: &p.Proposal},
			anchor{name: name + "/reason", within: name, text: &p.Reason})
		for n := range p.Conditions {
			out = append(out, anchor{name: fmt.Sprintf("%s/conditions/%d", name, n+1), within: name, text: &p.Conditions[n]})
		}
	}
	return out
}

// Anchors lists the names of the texts that can be redacted.
func (c Content) Anchors() []string {
	var out []string
	for _, a := range c.anchors() {
		out = append(out, a.name)
	}
	return out
}

// At is the text an anchor names.
func (c Content) At(name string) (string, bool) {
	for _, a := range c.anchors() {
		if a.name == name {
			return *a.text, true
		}
	}
	return "", false
}

// Covered is what a redaction hides of the content, one text each; nothing for withheld names.
func (c Content) Covered(r Redaction) []string {
	var out []string
	for _, a := range c.anchors() {
		if a.name == r.Anchor || r.End == 0 && a.within == r.Anchor {
			out = append(out, cut(*a.text, r))
		}
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

func cut(text string, r Redaction) string {
	if r.End == 0 {
		return text
	}
	chars := []rune(text)
	return string(chars[min(r.Start, len(chars)):min(r.End, len(chars))])
}

// Elsewhere names the other texts that hold, word for word, what the redaction hides: they are not covered by it and
// the secretary is told of them. Single characters are not looked for.
func (c Content) Elsewhere(r Redaction) []string {
	out := []string{}
	for _, hidden := range c.Covered(r) {
		if len([]rune(hidden)) < 2 {
			continue
		}
		for _, a := range c.anchors() {
			again := a.name != r.Anchor && a.within != r.Anchor && strings.Contains(*a.text, hidden)
			if again && !slices.Contains(out, a.name) {
				out = append(out, a.name)
			}
		}
	}
	return out
}

// Fits notes what is wrong with a redaction of this content: no such text, a span outside it, a reason that repeats
// what is hidden.
func (c Content) Fits(p *domain.Problems, r Redaction) {
	if IsName(r.Anchor) {
		p.Check(r.Start == 0 && r.End == 0, "start", "field.range")
		p.Check(len(c.hiddenNames([]Redaction{r})) > 0, "anchor", "minutes.no_anchor")
		return
	}
	text, ok := c.At(r.Anchor)
	if !ok {
		p.Add("anchor", "minutes.no_anchor", nil)
		return
	}
	whole := r.Start == 0 && r.End == 0
	p.Check(whole || 0 <= r.Start && r.Start < r.End && r.End <= len([]rune(text)), "end", "field.range")
	for _, hidden := range c.Covered(r) {
		leaks := len([]rune(hidden)) > 1 && strings.Contains(r.Reason, hidden)
		p.Check(!leaks, "reason", "minutes.reason_repeats")
	}
}

// Rebase lists the redactions that must change because the text they cover did: they are widened to the whole of it,
// since what they were meant to hide may stand anywhere in it now.
func Rebase(before, after Content, redactions []Redaction) []Redaction {
	var out []Redaction
	for _, r := range redactions {
		if r.End == 0 || IsName(r.Anchor) || r.LiftedAt != nil {
			continue
		}
		was, _ := before.At(r.Anchor)
		is, _ := after.At(r.Anchor)
		if was != is {
			r.Start, r.End = 0, 0
			out = append(out, r)
		}
	}
	return out
}
