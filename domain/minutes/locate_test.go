package minutes_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"secretariat/domain"
	"secretariat/domain/minutes"
)

// counted finds a passage byte by byte with the standard library, and tells where it begins in characters.
func counted(text, passage string) []int {
	var out []int
	for from := 0; from <= len(text); from++ {
		if strings.HasPrefix(text[from:], passage) && utf8.RuneStart((text + "x")[from]) {
			out = append(out, utf8.RuneCountInString(text[:from]))
		}
	}
	return out
}

// TestAPassageIsLocatedWhereItStands holds the place to a second way of finding it, for passages that stand once, often
// and nowhere, in letters of one and of three bytes.
func TestAPassageIsLocatedWhereItStands(t *testing.T) {
	word := rapid.StringOfN(rapid.SampledFrom([]rune("가나a")), 1, 12, -1)
	rapid.Check(t, func(t *rapid.T) {
		text := word.Draw(t, "text")
		passage := rapid.StringOfN(rapid.SampledFrom([]rune("가나a")), 1, 3, -1).Draw(t, "passage")
		c := minutes.Content{Proceeding: []minutes.Entry{{ID: "said", Text: text}}}
		want := counted(text, passage)
		var at *int
		if rapid.Bool().Draw(t, "known") {
			at = new(rapid.IntRange(0, len([]rune(text))).Draw(t, "at"))
		}
		var p domain.Problems
		start, end := c.Locate(&p, "said", passage, at)
		meant := len(want) == 1 && start == want[0]
		for _, place := range want {
			meant = meant || at != nil && place == *at && start == place
		}
		if ok := p.Err() == nil; ok != meant || ok && end-start != len([]rune(passage)) {
			t.Fatalf("%q in %q at %v: %d to %d, %v; it stands at %v", passage, text, at, start, end, p.Err(), want)
		}
	})
}

// TestPiecesAreTheWholeText and are withheld where, and only where, a redaction in force covers them.
func TestPiecesAreTheWholeText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("가나다라")), 1, 12, -1).Draw(t, "text")
		c := minutes.Content{Proceeding: []minutes.Entry{{ID: "said", Text: text}}}
		var all []minutes.Redaction
		for range rapid.IntRange(0, 3).Draw(t, "redactions") {
			start := rapid.IntRange(0, len([]rune(text))-1).Draw(t, "start")
			r := minutes.Redaction{Anchor: "said", Ground: "6", Start: start}
			r.End = rapid.IntRange(start+1, len([]rune(text))).Draw(t, "end")
			if rapid.Bool().Draw(t, "lifted") {
				r.LiftedAt = &noon
			}
			all = append(all, r)
		}
		var whole string
		var hidden []bool
		for _, piece := range c.Pieces("said", all) {
			whole += piece.Text
			for range []rune(piece.Text) {
				hidden = append(hidden, piece.Ground != "")
			}
		}
		if whole != text {
			t.Fatalf("the pieces are %q of %q", whole, text)
		}
		for i := range hidden {
			covered := false
			for _, r := range all {
				covered = covered || r.LiftedAt == nil && r.Start <= i && i < r.End
			}
			if covered != hidden[i] {
				t.Fatalf("character %d of %q: %v, want %v", i, text, hidden[i], covered)
			}
		}
	})
}

// TestAWholeItemIsWithheldWithItsParts, as the disclosed record does it.
func TestAWholeItemIsWithheldWithItsParts(t *testing.T) {
	c := minutes.Content{Items: []minutes.ItemPart{{Item: "one", Text: "가결", Proposal: "제안"}}}
	whole := []minutes.Redaction{{Anchor: minutes.ItemAnchor("one"), Ground: "5"}}
	for _, anchor := range []string{minutes.ItemAnchor("one"), minutes.ItemAnchor("one") + "/proposal"} {
		if got := c.Pieces(anchor, whole); len(got) != 1 || got[0].Ground != "5" {
			t.Errorf("%s: %+v", anchor, got)
		}
	}
}
