package pdf

import (
	"crypto/sha256"
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestFontFiles guards the fonts and their licence against a silent change.
func TestFontFiles(t *testing.T) {
	sums, err := os.ReadFile("fonts/SHA256SUMS")
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for line := range strings.Lines(string(sums)) {
		want, name, ok := strings.Cut(strings.TrimSpace(line), "  ")
		if !ok {
			t.Fatalf("not a line of sha256sum: %q", line)
		}
		listed[name] = true
		body, err := os.ReadFile("fonts/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprintf("%x", sha256.Sum256(body)); got != want {
			t.Errorf("%s has the sum %s, want %s", name, got, want)
		}
	}
	files, err := os.ReadDir("fonts")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if name := f.Name(); name != "SHA256SUMS" && !listed[name] {
			t.Errorf("%s is not listed", name)
		}
	}
}

// TestFontsEmbedded checks that what is embedded is what is listed.
func TestFontsEmbedded(t *testing.T) {
	for w, name := range []string{"Regular", "Bold"} {
		body, err := os.ReadFile("fonts/PretendardGOV-" + name + ".ttf")
		if err != nil {
			t.Fatal(err)
		}
		if fontFiles()[w] == nil || sha256.Sum256(fontFiles()[w]) != sha256.Sum256(body) {
			t.Errorf("the embedded %s is another file", name)
		}
	}
}

// TestOwnMarksHaveGlyphs checks every mark this package prints by itself.
func TestOwnMarksHaveGlyphs(t *testing.T) {
	marks := []string{string(substitute), bar, groundLabel([]int{1, 2, 3, 4, 5, 6, 7, 8}), "붙임  끝. 서명함 0123456789 / :"}
	marks = append(marks, bullets[:]...)
	for level := 1; level <= MaxItem; level++ {
		for n := 1; n <= 100; n++ {
			marks = append(marks, ItemMark(level, n))
		}
	}
	for _, m := range marks {
		if _, missing := Clean(m); len(missing) > 0 {
			t.Errorf("no glyph for %q in %q", missing, m)
		}
	}
}

// TestCoverage pins what the font is known to hold and to lack.
func TestCoverage(t *testing.T) {
	m := fontMetrics()
	for r := '가'; r <= '힣'; r++ {
		if !m.has(r) || m.advance[regular][r] == 0 || m.advance[bold][r] == 0 {
			t.Fatalf("no glyph for %c", r)
		}
	}
	count := 0
	for r := rune(0x4e00); r <= 0x9fff; r++ {
		if m.has(r) {
			count++
		}
	}
	if count < 7000 {
		t.Errorf("%d Hanja, want over 7000", count)
	}
	for _, r := range []rune{'😀', 0x1f468, '☎', -1, 0x10ffff} {
		if m.has(r) {
			t.Errorf("U+%04X counts as covered", r)
		}
	}
}
