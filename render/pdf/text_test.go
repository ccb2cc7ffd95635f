package pdf

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// show writes spans out, each bar as its grounds in braces.
func show(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		if s.grounds != nil {
			b.WriteString("{" + groundLabel(s.grounds) + "}")
			continue
		}
		b.WriteString(s.text)
	}
	return b.String()
}

func TestRedact(t *testing.T) {
	const text = "위원 홍길동의 발언 12억원"
	cases := []struct {
		name  string
		parts []Redaction
		want  string
	}{
		{"nothing", nil, text},
		{"a name", []Redaction{{3, 6, 6}}, "위원 {(6호)}의 발언 12억원"},
		{"out of order", []Redaction{{11, 15, 7}, {3, 6, 6}}, "위원 {(6호)}의 발언 {(7호)}"},
		{"overlapping", []Redaction{{3, 8, 6}, {5, 10, 5}, {4, 5, 6}}, "위원 {(5ㆍ6호)} 12억원"},
		{"side by side", []Redaction{{0, 3, 5}, {3, 6, 6}}, "{(5호)}{(6호)}의 발언 12억원"},
		{"all", []Redaction{{0, 15, 6}}, "{(6호)}"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			spans, err := Redact(text, c.parts...)
			if err != nil {
				t.Fatal(err)
			}
			if got := show(spans); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestRedactRefuses(t *testing.T) {
	for _, part := range []Redaction{{-1, 2, 6}, {0, 4, 6}, {2, 2, 6}, {2, 1, 6}, {0, 1, 0}, {0, 1, 9}, {3, 4, 6}} {
		for _, parts := range [][]Redaction{{part}, {{0, 3, 6}, part}} {
			spans, err := Redact("홍길동", parts...)
			if !errors.Is(err, ErrRedaction) || spans != nil {
				t.Errorf("Redact with %v = %v, %v", parts, spans, err)
			}
		}
	}
}

// TestRedactHides compares with marking each character by itself.
func TestRedactHides(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		runes := []rune(rapid.StringN(20, 200, -1).Draw(t, "text"))
		hidden := make([]bool, len(runes))
		var parts []Redaction
		for range rapid.IntRange(0, 8).Draw(t, "parts") {
			from := rapid.IntRange(0, len(runes)-1).Draw(t, "from")
			to := rapid.IntRange(from+1, len(runes)).Draw(t, "to")
			parts = append(parts, Redaction{from, to, rapid.IntRange(1, 8).Draw(t, "ground")})
			for i := from; i < to; i++ {
				hidden[i] = true
			}
		}
		spans, err := Redact(string(runes), parts...)
		if err != nil {
			t.Fatal(err)
		}
		var want, got []string
		for i, r := range runes {
			switch {
			case !hidden[i]:
				want = append(want, string(r))
			case i == 0 || !hidden[i-1]:
				want = append(want, bar)
			}
		}
		for _, s := range spans {
			if s.grounds == nil {
				got = append(got, strings.Split(s.text, "")...)
				continue
			}
			if len(got) == 0 || got[len(got)-1] != bar {
				got = append(got, bar)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestRedactedNeedsGround(t *testing.T) {
	for _, s := range []Span{Redacted(), Redacted(0), Redacted(6, 9)} {
		d := New(sampleMeta())
		d.ParagraphSpans(s)
		if _, err := d.Bytes(); !errors.Is(err, ErrRedaction) {
			t.Errorf("%v: error %v", s.grounds, err)
		}
	}
}

func TestItemMark(t *testing.T) {
	want := map[int]map[int]string{
		1: {1: "1.", 20: "20."},
		2: {1: "가.", 2: "나.", 14: "하.", 15: "거.", 16: "너.", 28: "허.", 29: "고.", 84: "히.", 85: "85."},
		3: {3: "3)"}, 4: {14: "하)", 15: "거)"}, 5: {1: "(1)"}, 6: {14: "(하)", 15: "(거)"},
		7: {1: "①", 20: "⑳", 21: "㉑", 35: "㉟", 36: "㊱", 50: "㊿", 51: "(51)"}, 8: {1: "㉮", 14: "㉻", 15: "(거)"},
		0: {1: ""}, 9: {1: ""},
	}
	for level, marks := range want {
		for n, mark := range marks {
			if got := ItemMark(level, n); got != mark {
				t.Errorf("ItemMark(%d, %d) = %q, want %q", level, n, got, mark)
			}
		}
	}
	if got := ItemMark(1, 0); got != "" {
		t.Errorf("ItemMark(1, 0) = %q", got)
	}
	for level := 1; level <= MaxItem; level++ {
		seen := map[string]int{}
		for n := 1; n <= 84; n++ {
			mark := ItemMark(level, n)
			if first, ok := seen[mark]; ok {
				t.Errorf("items %d and %d of level %d have the same mark %q", first, n, level, mark)
			}
			seen[mark] = n
		}
	}
}
