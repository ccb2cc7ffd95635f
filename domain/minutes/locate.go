package minutes

import (
	"slices"
	"strings"

	"secretariat/domain"
)

// Locate gives the characters start to end (not included) at which a passage stands in the text of an anchor, and notes
// why there is no such place. A passage that stands there more than once needs at, the character where the one that is
// meant begins. Nothing is located for an empty passage, which stands for the whole text.
func (c Content) Locate(p *domain.Problems, anchor, passage string, at *int) (start, end int) {
	passage = strings.TrimSpace(passage)
	text, ok := c.At(anchor)
	switch {
	case passage == "":
		return 0, 0
	case !ok: // a name has no passages
		p.Add("passage", "minutes.passage_missing", nil)
		return 0, 0
	}
	found := places([]rune(text), []rune(passage))
	if at != nil && slices.Contains(found, *at) {
		found = []int{*at}
	}
	switch len(found) {
	case 0:
		p.Add("passage", "minutes.passage_missing", nil)
		return 0, 0
	case 1:
		return found[0], found[0] + len([]rune(passage))
	}
	p.Add("passage", "minutes.passage_twice", domain.Args{"count": len(found)})
	return 0, 0
}

// places are the characters of a text at which a passage begins.
func places(text, passage []rune) []int {
	var out []int
	for i := 0; i+len(passage) <= len(text); i++ {
		if slices.Equal(text[i:i+len(passage)], passage) {
			out = append(out, i)
		}
	}
	return out
}

// Piece is a stretch of a text with the ground on which it is withheld, empty where it is not.
type Piece struct {
	Text, Ground string
}

// Pieces cuts the text of an anchor where what is withheld of it begins and ends. Where two redactions cover a character
// the earlier one of the list counts.
func (c Content) Pieces(anchor string, redactions []Redaction) []Piece {
	text, _ := c.At(anchor)
	var out []Piece
	for i, char := range []rune(text) {
		ground := groundAt(i, anchor, redactions)
		if len(out) == 0 || out[len(out)-1].Ground != ground {
			out = append(out, Piece{Ground: ground})
		}
		out[len(out)-1].Text += string(char)
	}
	return out
}

func groundAt(char int, anchor string, redactions []Redaction) string {
	for _, r := range redactions {
		whole := r.End == 0 && (r.Anchor == anchor || strings.HasPrefix(anchor, r.Anchor+"/"))
		if r.LiftedAt == nil && (whole || r.Anchor == anchor && r.Start <= char && char < r.End) {
			return r.Ground
		}
	}
	return ""
}
