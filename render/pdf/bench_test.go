package pdf

import (
	"fmt"
	"strings"
	"testing"
)

// longMinutes is a record of at least this many pages: speeches, items, and a table every few pages.
func longMinutes(pages int) *Doc {
	d := New(sampleMeta())
	d.Title("제3차 디지털전환위원회 회의록")
	speech := strings.Repeat("위원회는 산업 디지털 전환 3개년 기본계획(안)의 예산현액과 집행률을 살피고 관계 부서의 답변을 들었습니다. ", 6)
	for n := 1; d.Pages() < pages; n++ {
		d.Heading(1, fmt.Sprintf("%d. 의안 제2026-%d호", n, n))
		for i := range 12 {
			d.BulletSpans(2, Bold(fmt.Sprintf("위원 %02d", i+1)), Plain("  "+speech))
			d.Item(1+i%3, speech[:len(speech)/2])
		}
		rows := make([][]Cell, 15)
		for i := range rows {
			rows[i] = Row(fmt.Sprintf("위원 %02d", i+1), "찬성", "조건 없이 찬성하며 이행점검을 분기마다 보고받기를 바랍니다.")
		}
		d.Table(Table{Caption: "표결", Rows: rows,
			Columns: []Column{{"위원", 2, Center}, {"찬반", 1, Center}, {"의견", 6, Left}}})
	}
	return d
}

// BenchmarkMinutes200Pages renders a long record, tags included.
func BenchmarkMinutes200Pages(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		d := longMinutes(200)
		out, err := d.Bytes()
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(d.Pages()), "pages")
		b.ReportMetric(float64(d.tree.count), "elements")
		b.ReportMetric(float64(len(out)), "bytes")
	}
}

// BenchmarkTable1282Rows renders the list of a whole call for proposals, the densest table there is.
func BenchmarkTable1282Rows(b *testing.B) {
	b.ReportAllocs()
	rows := make([][]Cell, 1282)
	for i := range rows {
		rows[i] = Row(fmt.Sprint(i+1), fmt.Sprintf("주식회사 신청기업 %d", i+1), "비대면 서비스 실증 사업", "87.125", "3.000", "선정")
	}
	for b.Loop() {
		d := New(sampleMeta())
		d.Table(Table{Rows: rows, Columns: []Column{{"순위", 1, Center}, {"기관", 4, Left}, {"과제", 5, Left},
			{"점수", 2, Right}, {"가점", 2, Right}, {"결과", 2, Center}}})
		out, err := d.Bytes()
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(d.Pages()), "pages")
		b.ReportMetric(float64(d.tree.count), "elements")
		b.ReportMetric(float64(len(out)), "bytes")
	}
}

// BenchmarkOnePage shows what a document costs before anything is written: reading and cutting the fonts.
func BenchmarkOnePage(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		d := New(sampleMeta())
		d.Title("회의 소집 통보")
		if _, err := d.Bytes(); err != nil {
			b.Fatal(err)
		}
	}
}
