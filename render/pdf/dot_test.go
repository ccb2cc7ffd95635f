package pdf

import (
	"strings"
	"testing"
)

// TestTheMarksOfOfficialKoreanAreInTheFont: the middle dot that keyboards type (U+318D), numerals, brackets and syllables
// that only names have.
func TestTheMarksOfOfficialKoreanAreInTheFont(t *testing.T) {
	const text = "심의ㆍ의결 Ⅲ ① 「법」 ※ → 펲뷁쀼"
	if clean, missing := Clean(text); clean != text || len(missing) > 0 {
		t.Errorf("%q lacks %q", clean, string(missing))
	}
	d := New(sampleMeta())
	d.Paragraph(text)
	if got := bodyText(t, render(t, d)); !strings.Contains(got, text) {
		t.Errorf("the document reads %q", got)
	}
}
