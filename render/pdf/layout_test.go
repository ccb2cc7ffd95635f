package pdf

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func readString(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestEnd checks where "끝." stands (행정업무규정 시행규칙 4④).
func TestEnd(t *testing.T) {
	measure := ruler(sizeBody, false)
	full := ""
	for measure(full+"가") <= bodyWidth {
		full += "가"
	}
	cases := []struct {
		name string
		make func(d *Doc)
		want string // the last lines
	}{
		{"after text", func(d *Doc) { d.Paragraph("통보합니다.") }, "통보합니다. 끝."},
		{"after an item", func(d *Doc) { d.Item(1, "통보합니다.") }, "1. 통보합니다. 끝."},
		{"after enclosures", func(d *Doc) { d.Enclosures("자료 1부.", "명단 1부.") }, "붙임 1. 자료 1부.\n2. 명단 1부. 끝."},
		{"after one enclosure", func(d *Doc) { d.Enclosures("자료 1부.") }, "붙임 자료 1부. 끝."},
		{"after a full line", func(d *Doc) { d.Paragraph(full) }, full + "\n끝."},
		{"after a table", func(d *Doc) { d.Table(Table{Columns: []Column{{}}, Rows: [][]Cell{Row("표")}}) }, "표\n끝."},
		{"after a note", func(d *Doc) { d.Note("비고") }, "비고\n끝."},
		{"on an empty page", func(d *Doc) {}, "끝."},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := New(sampleMeta())
			c.make(d)
			d.End()
			var lines []string
			for line := range strings.Lines(bodyText(t, render(t, d))) {
				if line = strings.Join(strings.Fields(line), " "); line != "" {
					lines = append(lines, line)
				}
			}
			if got := strings.Join(lines, "\n"); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestItemsCount checks the numbering over levels, text, tables and headings.
func TestItemsCount(t *testing.T) {
	d := New(sampleMeta())
	d.Item(1, "A")
	d.Item(2, "B")
	d.Item(2, "C")
	d.Paragraph("-")
	d.Item(2, "D")
	d.Item(1, "E")
	d.Item(2, "F")
	d.Item(4, "G")
	d.Heading(1, "H")
	d.Item(1, "I")
	d.Bullet(1, "J")
	d.Bullet(2, "K")
	d.Bullet(3, "L")
	d.Bullet(4, "M")
	want := "1.A 가.B 나.C - 다.D 2.E 가.F 가)G H 1.I □J ○K -L ㆍM"
	if got := squeeze(bodyText(t, render(t, d))); got != squeeze(want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestTableBreaks checks the head on every page and that no row loses anything when it is split.
func TestTableBreaks(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("긴 의견입니다. ", 900))
	d := New(sampleMeta())
	d.Table(Table{Columns: []Column{{"연번머리", 1, Center}, {"의견머리", 3, Left}}, Rows: [][]Cell{
		Row("1", "짧은 의견"), Row("2", long), Row("3", "마지막 의견")}})
	if d.Pages() > 5 {
		t.Errorf("%d pages: a row taller than a page begins where it stands", d.Pages())
	}
	pages := strings.Split(strings.TrimRight(bodyText(t, render(t, d)), "\f"), "\f")
	if len(pages) < 3 {
		t.Fatalf("%d pages", len(pages))
	}
	var body strings.Builder
	for i, page := range pages {
		text, found := strings.CutPrefix(squeeze(page), "연번머리의견머리")
		if !found {
			t.Errorf("page %d does not begin with the head of the table: %.40s", i+1, text)
		}
		body.WriteString(text)
	}
	if want := squeeze("1짧은 의견2" + long + "3마지막 의견"); body.String() != want {
		t.Errorf("the rows read otherwise: %s", difference(body.String(), want))
	}
}

// TestTallFirstRow checks that a table which cannot stay whole begins where it stands, not on a page of its own.
func TestTallFirstRow(t *testing.T) {
	d := New(sampleMeta())
	d.Paragraph("앞 글")
	d.Table(Table{Caption: "표제목", Columns: []Column{{"머리", 1, Left}},
		Rows: [][]Cell{Row("처음" + strings.Repeat("\n줄", 99))}})
	first, _, _ := strings.Cut(bodyText(t, render(t, d)), "\f")
	for _, want := range []string{"앞 글", "표제목", "머리", "처음"} {
		if !strings.Contains(first, want) {
			t.Errorf("%q is not on the first page", want)
		}
	}
}

// TestRowsStayWhole puts a table at every height of a page: caption, head and a row that fits on a page stay together.
func TestRowsStayWhole(t *testing.T) {
	const tables = 40
	d := New(sampleMeta())
	for lead := range tables {
		d.PageBreak()
		for range lead {
			d.Paragraph("앞 글")
		}
		d.Table(Table{Caption: "표제목", Columns: []Column{{"머리", 1, Left}},
			Rows: [][]Cell{Row("처음" + strings.Repeat("\n줄", 12) + "마침"), Row("갑\n을\n병\n정")}})
	}
	whole := 0
	for i, page := range strings.Split(bodyText(t, render(t, d)), "\f") {
		if strings.Contains(page, "갑") != strings.Contains(page, "정") {
			t.Errorf("page %d holds a part of the second row", i+1)
		}
		parts := [4]bool{}
		for i, word := range []string{"표제목", "머리", "처음", "마침"} {
			parts[i] = strings.Contains(page, word)
		}
		switch parts {
		case [4]bool{}, [4]bool{false, true, false, false}: // no table, or the second row of one
		case [4]bool{true, true, true, true}:
			whole++
		default:
			t.Errorf("page %d holds a part of a table: %v", i+1, parts)
		}
	}
	if whole != tables {
		t.Errorf("%d whole tables of %d", whole, tables)
	}
}

// TestHeadingsKeepTheirText puts a heading at every height of a page: it is never the last thing on it, and no line of
// the paragraph below stands alone.
func TestHeadingsKeepTheirText(t *testing.T) {
	const headings = 90
	d := New(sampleMeta())
	for n := range headings {
		lead := n / 2
		d.PageBreak()
		for range lead {
			d.Paragraph("앞 글")
		}
		if n%2 == 0 {
			d.Heading(2, "소제목")
		}
		d.Paragraph("첫줄\n둘째줄\n셋째줄\n넷째줄")
	}
	split := 0
	for i, page := range strings.Split(bodyText(t, render(t, d)), "\f") {
		heads, lines := strings.Count(page, "소제목"), strings.Count(page, "줄\n")
		if heads == 1 && lines == 0 || lines == 1 || lines == 3 {
			t.Errorf("page %d has %d headings and %d lines", i+1, heads, lines)
		}
		if lines == 2 {
			split++
		}
	}
	if split == 0 {
		t.Error("no paragraph was split, so nothing was tried")
	}
}

// TestSpanningCells checks that a cell over several columns uses their width.
func TestSpanningCells(t *testing.T) {
	d := New(sampleMeta())
	text := strings.Repeat("가", 30)
	d.Table(Table{Columns: []Column{{"갑", 1, Left}, {"을", 1, Left}, {"병", 1, Left}},
		Rows: [][]Cell{{{Text: text, Columns: 2}, {Text: "끝"}}}})
	if got := bodyText(t, render(t, d)); !strings.Contains(got, text[:3*20]) {
		t.Errorf("the cell does not use both columns: %q", got)
	}
}

// TestSealStandsFree checks that a long name does not run under the place of the seal.
func TestSealStandsFree(t *testing.T) {
	d := New(sampleMeta())
	d.Issuer(Issuer{Date: "2026. 12. 18.", Name: strings.Repeat("디지털전환위원회 ", 8) + "위원장", Seal: "청인"})
	words := box.FindAllStringSubmatch(tool(t, render(t, d), "pdftotext", "-bbox", "DOC", "-"), -1)
	under := 0
	for _, w := range words {
		xMax, yMax := number(t, w[3]), number(t, w[4])
		if xMax > (pageWidth-marginX-sealSize).points() && yMax < footerTop.points() {
			under++
		}
	}
	if under != 1 { // the word in the frame
		t.Errorf("%d words stand where the seal goes", under)
	}
}

// ExampleDoc writes a short notice.
func ExampleDoc() {
	d := New(Meta{Title: "회의 소집 통보", Author: "서울특별시 디지털전환위원회", Number: "디지털전환담당관-1201", Created: released})
	d.Title("제3차 디지털전환위원회 회의 소집 통보")
	d.KeyValues(KeyValue{Key: "일시", Value: "2026. 12. 15.(화) 14:00"}, KeyValue{Key: "장소", Value: "3층 대회의실"})
	d.Item(1, "위원회조례 제10조제1항에 따라 다음과 같이 회의를 소집합니다.")
	d.Item(2, "의안 제2026-12호 산업 디지털 전환 3개년 기본계획(안)")
	d.Enclosures("의안 1부.")
	d.End()
	d.Issuer(Issuer{Date: "2026. 11. 27.", Name: "디지털전환위원회위원장", Seal: "청인"})
	out, err := d.Bytes()
	fmt.Println(d.Pages(), string(out[:8]), err)
	// Output: 1 %PDF-1.7 <nil>
}
