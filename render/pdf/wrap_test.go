package pdf

import (
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// ruler measures text as fpdf draws it, independent of the widths this package keeps.
func ruler(size Length, strong bool) func(string) Length {
	p := newFpdf()
	p.SetFont(family, weightOf(strong).style(), size.points())
	return func(s string) Length { return Length(math.Ceil(p.GetStringWidth(s) * float64(Point))) }
}

// TestLinesLoseNothing breaks long mixed texts at all widths.
func TestLinesLoseNothing(t *testing.T) {
	sizes := map[Length][2]func(string) Length{}
	for _, size := range []Length{9 * Point, 10_500, 20 * Point} {
		sizes[size] = [2]func(string) Length{ruler(size, false), ruler(size, true)}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := texts(200, 600).Draw(t, "text")
		width := Length(rapid.IntRange(21_000, 480_000).Draw(t, "width"))
		size := rapid.SampledFrom([]Length{9 * Point, 10_500, 20 * Point}).Draw(t, "size")
		strong := rapid.Bool().Draw(t, "bold")
		measure := sizes[size][0]
		if strong {
			measure = sizes[size][1]
		}
		lines := Lines(text, width, size, strong)
		clean, _ := Clean(text)
		if got, want := squeeze(strings.Join(lines, "")), squeeze(clean); got != want {
			t.Fatalf("lost or added: %s", cmp.Diff(want, got))
		}
		for _, line := range lines {
			if w := measure(line); w > width && utf8.RuneCountInString(line) > 1 {
				t.Fatalf("%q is %d wide, more than %d", line, w, width)
			}
		}
		keepsWords(t, clean, lines, func(s string) bool { return measure(s) <= width })
	})
}

// keepsWords checks that a line ends within a word only if that word is wider than a line, and that no line ends early.
func keepsWords(t *rapid.T, clean string, lines []string, fits func(string) bool) {
	rest := clean
	for i, line := range lines {
		before, after, ok := strings.Cut(rest, line)
		if !ok || strings.Trim(before, " ") != "" && before != "\n" {
			t.Fatalf("line %d is out of order: %q", i, line)
		}
		rest = after
		next := strings.TrimLeft(rest, " ")
		if rest == "" || next == "" || strings.HasPrefix(next, "\n") {
			rest = strings.TrimPrefix(next, "\n")
			continue
		}
		word, _, _ := strings.Cut(next, " ")
		word, _, _ = strings.Cut(word, "\n")
		gap := rest[:len(rest)-len(next)]
		if gap != "" && fits(line+gap+word) {
			t.Fatalf("line %q ends early before %q", line, word)
		}
		tail := line[strings.LastIndex(line, " ")+1:]
		if gap == "" && fits(tail+word) {
			t.Fatalf("the word %q is broken though it fits on a line", tail+word)
		}
	}
}

func TestLines(t *testing.T) {
	wide := func(s string) Length { return face{regular, 10 * Point}.width(s) }
	cases := []struct {
		name, text string
		width      Length
		want       []string
	}{
		{"empty", "", 100 * Point, []string{""}},
		{"line ends", "가\n\n나\n", 100 * Point, []string{"가", "", "나", ""}},
		{"keep-all", "심의하고 의결함", wide("심의하고 의결"), []string{"심의하고", "의결함"}},
		{"inner spaces stay", "가  나", 100 * Point, []string{"가  나"}},
		{"leading spaces stay", "  가", 100 * Point, []string{"  가"}},
		{"a bracket stays with its word", "가나다라마바(사아)자차카", wide("가나다라마바("), []string{"가나다라마바", "(사아)자차카"}},
		{"a comma does not begin a line", "가나다라마바,사아자", wide("가나다라마바"), []string{"가나다라마", "바,사아자"}},
		{"one too wide", "가나", 1 * Point, []string{"가", "나"}},
		{"letters of one word", "ABCDEFGH", wide("ABCDE"), []string{"ABCDE", "FGH"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, Lines(c.text, c.width, 10*Point, false)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
