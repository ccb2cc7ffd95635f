package pdf

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// wellMarked checks the pages themselves: every piece of text lies in exactly one marked stretch or artifact, and the
// stretches of a page are numbered as the structure says.
func wellMarked(t *testing.T, d *Doc, doc []byte) {
	t.Helper()
	page := 0
	for _, content := range streams(t, doc) {
		if !bytes.Contains(content, []byte("BT /F")) {
			continue
		}
		page++
		if n := markedStretches(t, page, content); page < len(d.tree.pages) && n != len(d.tree.pages[page]) {
			t.Errorf("page %d has %d stretches, the structure %d", page, n, len(d.tree.pages[page]))
		}
	}
	if page != d.Pages() {
		t.Errorf("looked at %d pages of %d", page, d.Pages())
	}
}

// markedStretches counts the tagged stretches of a page's content and checks their nesting.
func markedStretches(t *testing.T, page int, content []byte) int {
	t.Helper()
	// Strings may hold any byte, so they go before the operators are looked for.
	operators := regexp.MustCompile(`(?s)\((?:\\.|[^\\()])*\)`).ReplaceAll(content, nil)
	depth, count := 0, 0
	for _, line := range strings.Split(string(operators), "\n") {
		switch {
		case strings.HasSuffix(line, "BDC") || strings.HasSuffix(line, "BMC"):
			depth++
			if !strings.HasPrefix(line, "/Artifact ") && !strings.Contains(line, "/MCID ") {
				t.Errorf("page %d: neither text nor artifact: %s", page, line)
			}
			if id := "/MCID "; strings.Contains(line, id) {
				if !strings.Contains(line, fmt.Sprintf("%s%d>>", id, count)) {
					t.Errorf("page %d: stretch %d is %s", page, count, line)
				}
				count++
			}
		case line == "EMC":
			depth--
		case strings.Contains(line, "Tj") && depth != 1:
			t.Errorf("page %d: text at depth %d", page, depth)
		}
		if depth < 0 || depth > 1 {
			t.Fatalf("page %d: stretches are nested: %s", page, line)
		}
	}
	if depth != 0 {
		t.Errorf("page %d: a stretch is left open", page)
	}
	return count
}

// TestSampleIsSound has the file checked by another program.
func TestSampleIsSound(t *testing.T) {
	out := tool(t, render(t, sample()), "qpdf", "--check", "DOC")
	if !strings.Contains(out, "No syntax or stream encoding errors") {
		t.Error(out)
	}
}

// TestReadAloud hears the sample as a screen reader does: the text of each element, in order, heads of tables once.
func TestReadAloud(t *testing.T) {
	d := sample()
	doc := render(t, d)
	wellMarked(t, d, doc)
	heard := tool(t, doc, "pdfinfo", "-struct-text", "DOC")
	at := 0
	for _, want := range []string{
		"H1 (block)", "제3차 디지털전환위원회 회의록", "TH:", `/Scope /Row`, "일시", "2026. 12. 15.(화)", "H2 (block)", "1. 개의",
		"Div", "의사정족수 확인", "H3 (block)", "L (block)", "LI (block)", "Lbl (block)", "LBody (block)", "㉮",
		"Caption", "표 2. 얼라이언스", "연번", "의견 제출 기관 40", "H2 (block)", "2. 산회", "서명함 2026. 12. 18. 10:12",
		"붙임  1.", "표결 기록지 1부.", "끝.",
	} {
		i := strings.Index(heard[at:], want)
		if i < 0 {
			t.Fatalf("not heard after %q: %q", heard[max(0, at-100):at], want)
		}
		at += i + len(want)
	}
	if n := strings.Count(heard, "연번"); n != 1 {
		t.Errorf("the head of table 2 is heard %d times", n)
	}
	if strings.Contains(heard, "1 / ") {
		t.Error("the footer is heard")
	}
	long := strings.Repeat("한 쪽을 넘는 긴 의견은 나누어 싣되 한 글자도 빠뜨리지 않습니다. ", 120)
	spoken := regexp.MustCompile(`["\s]`).ReplaceAllString(heard, "")
	if !strings.Contains(spoken, squeeze(long)) {
		t.Error("the cell that runs over a page is not heard in one piece")
	}
}

// TestParentTree follows the way back from the pages to the structure: the entry of each page lists, for each stretch,
// the element it belongs to.
func TestParentTree(t *testing.T) {
	d := sample()
	doc := render(t, d)
	var nums []byte
	for _, s := range streams(t, doc) {
		if _, after, ok := bytes.Cut(s, []byte("<</Nums[")); ok {
			nums, _, _ = bytes.Cut(after, []byte("]>>"))
		}
	}
	entries := regexp.MustCompile(`(\d+)\[((?:\d+ 0 R )*)\]`).FindAllSubmatch(nums, -1)
	if len(entries) != d.Pages() {
		t.Fatalf("%d entries for %d pages", len(entries), d.Pages())
	}
	for page := 1; page <= d.Pages(); page++ {
		key, refs := string(entries[page-1][1]), string(entries[page-1][2])
		object := fmt.Sprintf("\n%d 0 obj\n<</Type /Page\n/StructParents %s/", pageObject(page), key)
		if !bytes.Contains(doc, []byte(object)) {
			t.Errorf("page %d does not point to the entry %s", page, key)
		}
		want := ""
		for _, n := range d.tree.pages[page] {
			want += fmt.Sprintf("%d 0 R ", n.number)
		}
		if refs != want {
			t.Errorf("page %d: %s, want %s", page, refs, want)
		}
	}
}

// TestBookmarks checks that each bookmark leads to the page of its heading, though a file is embedded.
func TestBookmarks(t *testing.T) {
	d := New(sampleMeta())
	var want []string
	for i := range 8 {
		d.Heading(1+i%MaxHeading, fmt.Sprintf("제%d장", i+1))
		want = append(want, fmt.Sprintf("/Dest [%d 0 R", pageObject(d.Pages())))
		for range 3 + i*4 {
			d.Paragraph(hanja + hanja)
		}
	}
	d.Attach(File{Name: "회의록.json", MIME: "application/json", Data: []byte("{}")})
	doc := render(t, d)
	var got []string
	for _, m := range regexp.MustCompile(`/Dest \[\d+ 0 R`).FindAll(doc, -1) {
		got = append(got, string(m))
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("bookmarks lead to %v, want %v", got, want)
	}
	for page := 1; page <= d.Pages(); page++ {
		object := fmt.Sprintf("\n%d 0 obj\n<</Type /Page\n", pageObject(page))
		if !bytes.Contains(doc, []byte(object)) {
			t.Errorf("page %d is not object %d", page, pageObject(page))
		}
	}
	if n := bytes.Count(doc, []byte("/Title <FEFF")) + bytes.Count(doc, []byte("/Title (\xfe\xff")); n < len(want) {
		t.Errorf("%d bookmarks have a title", n)
	}
}

// TestEmbeddedFile takes the file out again.
func TestEmbeddedFile(t *testing.T) {
	const record = `{"minutes":"제3차"}`
	d := New(sampleMeta())
	d.Attach(File{Name: "회의록.json", Description: "정본", MIME: "application/json", Data: []byte(record)})
	doc := render(t, d)
	if list := tool(t, doc, "pdfdetach", "-list", "DOC"); !strings.Contains(list, "1: 회의록.json") {
		t.Error(list)
	}
	out := t.TempDir() + "/record.json"
	tool(t, doc, "pdfdetach", "-save", "1", "-o", out, "DOC")
	if got := readString(t, out); got != record {
		t.Errorf("took out %q", got)
	}
}

// TestMetadata reads what the document says of itself.
func TestMetadata(t *testing.T) {
	meta := sampleMeta()
	meta.Subject = `3 < 5 & "따옴표" 😀`
	d := New(meta)
	d.Heading(1, "1. 개의")
	doc := render(t, d)
	info := tool(t, doc, "pdfinfo", "-isodates", "DOC")
	for _, want := range []string{meta.Title, meta.Author, meta.Subject, "회의록, 디지털전환위원회, 기본계획",
		"2026-12-18T10:12:00+09", "Tagged:          yes", "Metadata Stream: yes", "PDF version:     1.7"} {
		if !strings.Contains(info, want) {
			t.Errorf("no %q in\n%s", want, info)
		}
	}
	if packet := tool(t, doc, "pdfinfo", "-meta", "DOC"); !strings.Contains(packet, "3 &lt; 5 &amp; &#34;따옴표&#34; 😀") {
		t.Errorf("metadata: %s", packet)
	}
	if !bytes.Contains(doc, []byte("/Lang(ko-KR)")) {
		t.Error("the language is not given")
	}
}
