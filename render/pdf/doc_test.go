package pdf

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// TestSampleKeepsItsText reads the sample back.
func TestSampleKeepsItsText(t *testing.T) {
	d := sample()
	got := squeeze(bodyText(t, render(t, d)))
	for _, want := range []string{
		"서울특별시 디지털전환위원회", "제3차 디지털전환위원회 회의록", "부분공개(5ㆍ6호)", "2026. 12. 15.(화) 14:00~16:20",
		"한자 " + hanja + "이 이어지는", norm.NFC.String(nfd), "그림문자 □□□□, 긴 주소",
		"https://www.seoul.go.kr/committee/digital/2026/meeting/3/minutes?version=final&lang=ko 를 포함하는 줄",
		"㉮그래도 같으면", "금113,560,000원(금일억일천삼백오십육만원)", "간사 임수현, 서기 ■■■(6호)", "집행률이 ■■■(5호) 수준",
		"산업통상부 공모 연계, 확정 전에는 시행계획에서 빼고 산정함", "(단위: 백만원)", "해당 사항 없음",
		"필요 찬성 = 5÷2의 몫 2 + 1 = 3, 찬성 3 ≥ 필요 3 → 원안가결", "의견 제출 기관 40",
		"서명함 2026. 12. 18. 10:12", "■■■(5ㆍ6호)", "3. 표결 기록지 1부. 끝.", "2026. 12. 18. 서울특별시 디지털전환위원회위원장 청인",
	} {
		if !strings.Contains(got, squeeze(want)) {
			t.Errorf("not in the document: %q", want)
		}
	}
	if want := []Replacement{{'👧', 1}, {'👨', 1}, {'👩', 1}, {'😀', 1}}; fmt.Sprint(d.Replacements()) != fmt.Sprint(want) {
		t.Errorf("replaced %v, want %v", d.Replacements(), want)
	}
}

// TestNothingIsLost reads generated texts back, as paragraphs, items and cells, over many pages.
func TestNothingIsLost(t *testing.T) {
	for seed := range 6 {
		d := New(sampleMeta())
		var want strings.Builder
		add := func(text string) {
			clean, _ := Clean(text)
			want.WriteString(squeeze(clean))
		}
		gen := texts(400, 900)
		for i := range 4 {
			text := gen.Example(seed*100 + i*10)
			d.Paragraph(text)
			add(text)
			d.Item(i+1, text)
			add(ItemMark(i+1, 1) + text)
			// Columns without titles have no head that would be repeated between the lines.
			d.Table(Table{Columns: []Column{{}}, Rows: [][]Cell{Row(text), Row(hanja)}})
			add(text + hanja)
		}
		if got := squeeze(bodyText(t, render(t, d))); got != want.String() {
			t.Errorf("seed %d: read back %d bytes, wrote %d; first difference at %s",
				seed, len(got), want.Len(), difference(got, want.String()))
		}
	}
}

// difference shows where two texts part.
func difference(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	from := max(0, i-30)
	return fmt.Sprintf("%q / %q", a[from:min(len(a), i+30)], b[from:min(len(b), i+30)])
}

// box is the place of a word on its page.
var box = regexp.MustCompile(`<word xMin="([0-9.]+)" yMin="([0-9.]+)" xMax="([0-9.]+)" yMax="([0-9.]+)">`)

func number(t *testing.T, s string) float64 {
	t.Helper()
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestNothingLeavesTheMargins looks at the place of every word.
func TestNothingLeavesTheMargins(t *testing.T) {
	d := sample()
	for seed := range 3 {
		text := texts(300, 600).Example(seed)
		d.Item(1+seed, text)
		d.Table(Table{Columns: []Column{{"가", 1, Left}, {"나", 2, Right}, {"다", 9, Center}, {"라", 1, 0}},
			Rows: [][]Cell{Row(text, hanja, text, text), {{Text: text, Columns: 3}, {Text: "끝"}}}})
	}
	words := box.FindAllStringSubmatch(tool(t, render(t, d), "pdftotext", "-bbox", "DOC", "-"), -1)
	if len(words) < 2000 {
		t.Fatalf("found %d words only", len(words))
	}
	left, right := marginX.points()-0.1, (pageWidth-marginX).points()+0.1
	bottom := pageHeight.points() - 20
	for _, w := range words {
		xMin, xMax, yMax := number(t, w[1]), number(t, w[3]), number(t, w[4])
		if xMin < left || xMax > right || yMax > bottom {
			t.Errorf("a word stands outside the margins: %s", w[0])
		}
	}
}

// TestSameBytes writes the same document several times at once: the result is the same, and no two share anything.
func TestSameBytes(t *testing.T) {
	var wg sync.WaitGroup
	sums := make([][sha256.Size]byte, 4)
	for i := range sums {
		wg.Go(func() { sums[i] = sum(t, sample()) })
	}
	wg.Wait()
	for i, got := range sums {
		if got != sums[0] {
			t.Errorf("document %d differs from the first", i)
		}
	}
}

// TestSameBytesOften tries a short document many times, since the order of a small map of Go seldom changes.
func TestSameBytesOften(t *testing.T) {
	var first [sha256.Size]byte
	for i := range 40 {
		d := New(sampleMeta())
		d.ParagraphSpans(Bold("위원장"), Plain("  개회를 선언합니다."))
		switch got := sum(t, d); {
		case i == 0:
			first = got
		case got != first:
			t.Fatalf("document %d differs from the first", i)
		}
	}
}

func sum(t *testing.T, d *Doc) [sha256.Size]byte {
	out, err := d.Bytes()
	if err != nil {
		t.Error(err)
	}
	return sha256.Sum256(out)
}

// TestRedactedTextIsNotInTheFile searches the unpacked file for the withheld words, in every encoding it uses.
func TestRedactedTextIsNotInTheFile(t *testing.T) {
	const secret = "홍길동"
	spans, err := Redact("위원 "+secret+"의 발언", Redaction{3, 6, 6})
	if err != nil {
		t.Fatal(err)
	}
	holds := func(withheld bool) bool {
		d := New(sampleMeta())
		if withheld {
			d.ParagraphSpans(spans...)
			d.Table(Table{Columns: []Column{{}}, Rows: [][]Cell{{{Spans: spans}}}})
			d.Signatures(Signature{Role: "위원", Spans: spans})
			d.KeyValues(KeyValue{Key: "위원", Spans: spans})
		} else {
			d.Paragraph(secret)
		}
		doc := render(t, d)
		var wide []byte
		for _, u := range utf16.Encode([]rune(secret)) {
			wide = binary.BigEndian.AppendUint16(wide, u)
		}
		for _, s := range append(streams(t, doc), doc) {
			if bytes.Contains(s, wide) || bytes.Contains(s, []byte(secret)) {
				return true
			}
		}
		return false
	}
	if holds(true) {
		t.Error("the withheld text is in the file")
	}
	if !holds(false) {
		t.Error("the search does not find a text that is there")
	}
}

// TestFooters reads the page numbers, and a text that looks like a placeholder.
func TestFooters(t *testing.T) {
	d := New(sampleMeta())
	d.Paragraph("{nb} {n} 1 / {nb}")
	d.PageBreak()
	d.PageBreak()
	d.Paragraph("둘째 쪽")
	d.PageBreak()
	d.Paragraph("셋째 쪽")
	text := squeeze(tool(t, render(t, d), "pdftotext", "-raw", "DOC", "-"))
	number := sampleMeta().Number
	want := squeeze("{nb}{n}1/{nb}" + "1/3" + number + "둘째 쪽" + "2/3" + number + "셋째 쪽" + "3/3" + number)
	if text != want {
		t.Errorf("got %q, want %q", text, want)
	}
}

// tableOf writes a table of one row.
func tableOf(d *Doc, columns []Column, row []Cell) {
	d.Table(Table{Columns: columns, Rows: [][]Cell{row}})
}

// TestErrors checks that a mistake is reported by Bytes, whatever follows it.
func TestErrors(t *testing.T) {
	columns := []Column{{"가", 1, Left}, {"나", 1, Left}}
	wide := make([]Column, 40)
	cases := []struct {
		name string
		want error
		make func(d *Doc)
	}{
		{"too few cells", ErrColumns, func(d *Doc) { tableOf(d, columns, Row("1")) }},
		{"too many cells", ErrColumns, func(d *Doc) { tableOf(d, columns, Row("1", "2", "3")) }},
		{"span too wide", ErrColumns, func(d *Doc) { tableOf(d, columns, []Cell{{Columns: 3}}) }},
		{"no columns", ErrColumns, func(d *Doc) { tableOf(d, nil, nil) }},
		{"too many columns", ErrNarrow, func(d *Doc) { tableOf(d, wide, make([]Cell, len(wide))) }},
		{"head fills the page", ErrTallHead, func(d *Doc) {
			d.Table(Table{Columns: []Column{{Title: strings.Repeat("제목 ", 900)}}})
		}},
		{"heading 0", ErrLevel, func(d *Doc) { d.Heading(0, "제목") }},
		{"heading 4", ErrLevel, func(d *Doc) { d.Heading(MaxHeading+1, "제목") }},
		{"item 9", ErrLevel, func(d *Doc) { d.Item(MaxItem+1, "항목") }},
		{"bullet 5", ErrLevel, func(d *Doc) { d.Bullet(MaxBullet+1, "항목") }},
		{"long seal", ErrNarrow, func(d *Doc) { d.Issuer(Issuer{Name: "위원장", Seal: hanja}) }},
		{"long number", ErrNarrow, func(d *Doc) { d.meta.Number = strings.Repeat("가", 300) }},
		{"long mark", ErrNarrow, func(d *Doc) { d.Marked(1, strings.Repeat("가", 40), Plain("항목")) }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := New(sampleMeta())
			c.make(d)
			d.Paragraph("이어지는 글")
			if out, err := d.Bytes(); !errors.Is(err, c.want) || out != nil {
				t.Errorf("got %d bytes and %v, want %v", len(out), err, c.want)
			}
		})
	}
	if _, err := New(Meta{Title: "날짜 없음"}).Bytes(); !errors.Is(err, ErrNoDate) {
		t.Errorf("without a date: %v", err)
	}
	d := New(sampleMeta())
	render(t, d)
	if _, err := d.Bytes(); !errors.Is(err, ErrClosed) {
		t.Errorf("written twice: %v", err)
	}
}

// TestAnyOrder calls the blocks in any order with any text: there is always a document, and it is well tagged.
func TestAnyOrder(t *testing.T) {
	text := rapid.OneOf(texts(0, 30), texts(100, 400))
	kinds := rapid.SliceOfN(rapid.IntRange(0, 14), 15, 30)
	for seed := range 15 {
		d := New(sampleMeta())
		for i, kind := range kinds.Example(seed) {
			anyBlock(d, kind, text.Example(seed*100+i))
			if d.y > bodyBottom+20*Point { // white space below a block may reach into the margin
				t.Fatalf("seed %d: block %d of kind %d reaches down to %d", seed, i, kind, d.y)
			}
		}
		wellMarked(t, d, render(t, d))
	}
}

func anyBlock(d *Doc, kind int, text string) {
	switch kind {
	case 0:
		d.Head(Head{Organisation: text, Number: text, Date: text, Disclosure: text})
	case 1:
		d.Title(text)
	case 2:
		d.Subtitle(text)
	case 3:
		d.KeyValues(KeyValue{Key: text, Value: text}, KeyValue{Key: "일시", Value: text})
	case 4:
		d.Heading(1+len(text)%MaxHeading, text)
	case 5:
		d.ParagraphSpans(Bold(text), Redacted(1), Plain(text))
	case 6:
		d.Item(1+len(text)%MaxItem, text)
	case 7:
		d.Bullet(1+len(text)%MaxBullet, text)
	case 8:
		d.Table(Table{Caption: text, Unit: text, Columns: []Column{{"가", 1, Left}, {"나", 3, Right}},
			Rows: [][]Cell{Row(text, text)}})
	case 9:
		d.Signatures(Signature{Role: text, Name: text, Note: text})
	case 10:
		d.Box(text, text, text)
	case 11:
		d.Enclosures(text, text)
	case 12:
		d.End()
	case 13:
		d.Issuer(Issuer{Date: text, Name: text, Seal: "청인"})
	case 14:
		d.Note(text)
	}
}
