package pdf

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// scripts are the characters of the generated texts: Hangul, Hanja, Latin, digits and punctuation, spaces and line
// ends, emoji and other characters without a glyph, invisible ones.
var scripts = []*rapid.Generator[string]{
	rapid.Map(rapid.RuneFrom(nil, syllables), toString),
	rapid.SampledFrom(strings.Split(hanja, "")),
	rapid.StringMatching(`[A-Za-z0-9]{1,12}`),
	rapid.StringMatching(`[A-Za-z0-9/?&=%_.:-]{20,120}`),
	rapid.SampledFrom([]string{"(", ")", "「", "」", ",", ".", "·", "ㆍ", "!", "?", "%", "-", "~", "→", "□", "■", `\`}),
	rapid.SampledFrom([]string{" ", " ", " ", " ", "  ", "\n", "\t", "\u00a0", "\u3000", "\r\n"}),
	rapid.SampledFrom([]string{"😀", "👨\u200d👩\u200d👧", "🇰🇷", "☎\ufe0f", "\U00020000", "\ue900x"}),
	rapid.SampledFrom([]string{norm.NFD.String("각"), norm.NFD.String("회의록"), "é", "e\u0301"}),
	rapid.SampledFrom([]string{"\u200b", "\u00ad", "\u202e", "\ufeff", "{nb}"}),
}

// syllables are all of modern Hangul.
var syllables = &unicode.RangeTable{R16: []unicode.Range16{{Lo: 0xac00, Hi: 0xd7a3, Stride: 1}}}

func toString(r rune) string { return string(r) }

// texts generates mixtures of all scripts, of at least least pieces.
func texts(least, most int) *rapid.Generator[string] {
	piece := rapid.OneOf(scripts...)
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(piece, least, most).Draw(t, "pieces"), "")
	})
}

func TestClean(t *testing.T) {
	cases := []struct {
		in, want string
		missing  []rune
	}{
		{"", "", nil},
		{"의안 제2026-12호", "의안 제2026-12호", nil},
		{norm.NFD.String("위원회"), "위원회", nil},
		{"a\tb\u00a0c\u3000d", "a b c d", nil},
		{"a\r\nb\rc\u2028d\ve", "a\nb\nc\nd\ne", nil},
		{"\ufeff가\u200b나\u00ad다\x00\x1b\u202e", "가나다", nil},
		{"좋음😀", "좋음□", []rune{'😀'}},
		{"👨\u200d👩\u200d👧", "□□□", []rune{'👨', '👩', '👧'}},
		{"전화 ☎\ufe0f", "전화 □", []rune{'☎'}},
		{"\xff가", "□가", []rune{utf8.RuneError}},
		{"\u1100\u200b\u1161", "가", nil},
		{"□", "□", nil},
	}
	for _, c := range cases {
		got, missing := Clean(c.in)
		if got != c.want || !cmp.Equal(missing, c.missing) {
			t.Errorf("Clean(%q) = %q, %q, want %q, %q", c.in, got, missing, c.want, c.missing)
		}
	}
}

// TestCleanProperties checks, rune by rune against the composed input, that only spaces, shapeless characters and
// characters without a glyph are touched.
func TestCleanProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts(50, 300).Draw(t, "text")
		got, missing := Clean(text)
		if again, more := Clean(got); again != got || more != nil {
			t.Fatalf("a clean text changed: %q to %q", got, again)
		}
		var want []rune
		replaced := 0
		for _, r := range norm.NFC.String(text) {
			switch {
			case unicode.IsSpace(r) || unicode.In(r, unicode.Cf, unicode.Variation_Selector):
			case !fontMetrics().has(r):
				replaced++
				want = append(want, substitute)
			default:
				want = append(want, r)
			}
		}
		if squeeze(got) != string(want) {
			t.Fatalf("Clean(%q) = %q", text, got)
		}
		if len(missing) != replaced {
			t.Fatalf("%d counted, %d replaced", len(missing), replaced)
		}
	})
}

// squeeze removes white space.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
