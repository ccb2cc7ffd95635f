package booklet_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secretariat/domain/document"
	"secretariat/domain/meeting"
	"secretariat/render/booklet"
	"secretariat/render/pdf"
)

// paper is a PDF of so many pages.
func paper(t *testing.T, title string, pages int) []byte {
	t.Helper()
	d := pdf.New(pdf.Meta{Title: title, Author: "디지털전환담당관", Created: time.Unix(0, 0)})
	d.Title(title)
	for n := 1; n < pages; n++ {
		d.Item(1, strings.Repeat(title+" 본문입니다. ", 150))
	}
	out, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func drawing(t *testing.T) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 80, 60))
	for x := range 80 {
		m.Set(x, x/2, color.RGBA{R: 200, A: 255})
	}
	var to bytes.Buffer
	if err := png.Encode(&to, m); err != nil {
		t.Fatal(err)
	}
	return to.Bytes()
}

// text is what poppler reads on a page.
func text(t *testing.T, file []byte, arguments ...string) string {
	t.Helper()
	cmd := exec.Command("pdftotext", append(arguments, "-layout", "-", "-")...)
	cmd.Stdin = bytes.NewReader(file)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	return string(out)
}

func cover() document.Cover {
	return document.Cover{
		Head:  document.Head{Committee: "디지털전환위원회", Session: 3, IssuedAt: time.Date(2026, 11, 20, 1, 0, 0, 0, time.UTC)},
		Title: "제3차 회의", StartsAt: time.Date(2026, 11, 25, 6, 0, 0, 0, time.UTC), Place: "본관 3층", Mode: meeting.InPerson,
		Items: []document.CoverItem{
			{Position: 1, Number: "의안 제2026-11호", Title: "3개년 기본계획(안)", Papers: []document.CoverPaper{
				{Label: "1-1", Title: "기본계획", Media: "application/pdf", FileName: "plan.pdf", SHA256: "a", Size: 10, Revision: 2},
				{Label: "1-2", Title: "추진 체계도", Media: "image/png", FileName: "chart.png", SHA256: "b", Size: 10},
			}},
			{Position: 2, Number: "의안 제2026-12호", Withheld: true},
			{Position: 3, Number: "의안 제2026-13호", Title: "협약 상대자", Papers: []document.CoverPaper{
				{Label: "3-1", Title: "한글 문서", Media: "application/x-hwp", FileName: "협약.hwp", SHA256: "c", Size: 10},
				{Label: "3-2", Title: "깨진 파일", Media: "application/pdf", FileName: "broken.pdf", SHA256: "d", Size: 10},
				{Label: "3-3", Title: "너무 큰 파일", Media: "application/pdf", FileName: "huge.pdf", SHA256: "e", Size: 900},
				{Label: "3-4", Title: "평가 결과", Media: "application/pdf", FileName: "result.pdf", SHA256: "f", Size: 10},
			}},
		},
	}
}

// shelf opens papers by their hash.
func shelf(t *testing.T) func(document.CoverPaper) ([]byte, error) {
	t.Helper()
	kept := map[string][]byte{
		"a": paper(t, "기본계획", 4), "b": drawing(t), "d": []byte("%PDF-1.7\n1 0 obj <<"), "f": paper(t, "평가결과", 1),
	}
	return func(p document.CoverPaper) ([]byte, error) { return kept[p.SHA256], nil }
}

func TestPapersAreBoundBehindTheirCover(t *testing.T) {
	c, told := cover(), []int{}
	file, pages, err := booklet.Binder{Limit: 100}.Bind(t.Context(), c, shelf(t), func(n int) error { told = append(told, n); return nil })
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{1, 2, 3, 4, 5, 6}, told); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
	plan, chart, result := c.Items[0].Papers[0], c.Items[0].Papers[1], c.Items[2].Papers[3]
	if plan.Page < 2 || chart.Page != plan.Page+plan.Pages || result.Page != chart.Page+1 || pages != result.Page {
		t.Errorf("begin at %d, %d, %d of %d pages", plan.Page, chart.Page, result.Page, pages)
	}
	var apart []document.Apart
	for _, p := range c.Items[2].Papers {
		apart = append(apart, p.Apart)
	}
	if diff := cmp.Diff([]document.Apart{document.ApartKind, document.ApartUnread, document.ApartTooLarge, ""}, apart); diff != "" {
		t.Errorf("bound apart (-want +got):\n%s", diff)
	}
	all := text(t, file)
	for _, want := range []string{"제척으로 열람할 수 없음", "협약.hwp", "(1/3)", "(3/3)", "-2-", "-6-", "1-2", "3-4", "기본계획 본문입니다"} {
		if !strings.Contains(all, want) {
			t.Errorf("the booklet does not say %q", want)
		}
	}
	if last := text(t, file, "-f", "1", "-l", "1"); !strings.Contains(last, "별도") {
		t.Errorf("the cover does not name what is separate:\n%s", last)
	}
	sound(t, file)
}

// sound has qpdf look at the structure of a file.
func sound(t *testing.T, file []byte) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "booklet.pdf")
	if err := os.WriteFile(name, file, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("qpdf", "--check", name).CombinedOutput(); err != nil {
		t.Errorf("qpdf: %v\n%s", err, out)
	}
}

func TestNothingThatCanBeBoundIsStillABooklet(t *testing.T) {
	c := cover()
	file, pages, err := booklet.Binder{Limit: 1}.Bind(t.Context(), c, shelf(t), func(int) error { return nil })
	if err != nil || pages != 1 {
		t.Fatalf("%d pages, %v", pages, err)
	}
	sound(t, file)
}

// TestAPaperOfThreeHundredPages is what a basic plan with its annexes comes to.
func TestAPaperOfThreeHundredPages(t *testing.T) {
	c, long := cover(), paper(t, "기본계획", 400)
	open := func(document.CoverPaper) ([]byte, error) { return long, nil }
	c.Items = c.Items[:1]
	c.Items[0].Papers = c.Items[0].Papers[:1]
	file, pages, err := booklet.Binder{Limit: 100}.Bind(t.Context(), c, open, func(int) error { return nil })
	if err != nil || pages < 301 {
		t.Fatalf("%d pages, %v", pages, err)
	}
	sound(t, file)
}

func TestBindingEndsWhenAFileCannotBeOpened(t *testing.T) {
	away := errors.New("the store is away")
	_, _, err := booklet.Binder{Limit: 100}.Bind(t.Context(), cover(),
		func(document.CoverPaper) ([]byte, error) { return nil, away }, func(int) error { return nil })
	if !errors.Is(err, away) {
		t.Errorf("got %v", err)
	}
}

func TestBindingEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	_, _, err := booklet.Binder{Limit: 100}.Bind(ctx, cover(), shelf(t), func(int) error { cancel(); return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
