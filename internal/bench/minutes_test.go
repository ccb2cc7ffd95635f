package bench

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"secretariat/domain/calendar"
	"secretariat/domain/document"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/render/docs"
)

// pages is how long the minutes are at least.
const pages = 200

// BenchmarkMinutes draws up minutes of 200 pages, tags included.
func BenchmarkMinutes(b *testing.B) {
	record := longMinutes(b)
	var took []time.Duration
	for range 5 {
		began := time.Now()
		drawn(b, record)
		took = append(took, time.Since(began))
	}
	median := percentile(took, 50)
	note(b, figure{fmt.Sprintf("minutes of %d pages as PDF: median of five", pages), median.Seconds(), "s", below(1)})
	b.ReportMetric(milliseconds(median), "ms-median")
}

// longMinutes makes statements until they fill the pages.
func longMinutes(b *testing.B) document.MinutesRecord {
	b.Helper()
	for n := 400; ; n += n / 4 {
		record := minutesOf(n)
		if got := bytes.Count(drawn(b, record), []byte("<</Type /Page\n")); got >= pages {
			b.Logf("%d statements on %d pages", n, got)
			return record
		}
	}
}

func drawn(b *testing.B, record document.MinutesRecord) []byte {
	b.Helper()
	raw, err := docs.Renderer{}.Minutes(record)
	must(b, err)
	return raw
}

// minutesOf are minutes with so many statements.
func minutesOf(statements int) document.MinutesRecord {
	day := time.Date(2026, 12, 15, 14, 0, 0, 0, calendar.Seoul)
	c := minutes.Content{
		Title: "제3차 디지털전환위원회 회의", Host: "디지털전환위원회(담당부서: 디지털전환과)", Opened: day, Adjourned: day.Add(8 * time.Hour),
		Place: "본관 3층 대회의실", Mode: meeting.InPerson, Serving: seats,
	}
	for n := 1; n <= seats; n++ {
		c.Present = append(c.Present, minutes.Attendee{Name: fmt.Sprintf("위원 %02d", n), Position: "위원(한국데이터협회 이사)"})
	}
	for n := 1; n <= items; n++ {
		c.Items = append(c.Items, minutes.ItemPart{
			Number: fmt.Sprintf("의안 제2026-%d호", n), Title: "산업 디지털 전환 시행계획(안)", Kind: meeting.Resolution,
			Proposal: text(3), Outcome: meeting.ApprovedAsProposed, Text: text(3),
		})
	}
	for n := range statements {
		c.Proceeding = append(c.Proceeding, minutes.Entry{
			ID: fmt.Sprintf("statement/%d", n), At: day.Add(time.Duration(n) * 10 * time.Second), Kind: minutes.EntryStatement,
			Speaker: fmt.Sprintf("위원 %02d", n%seats+1), Text: text(4 + n%5),
		})
	}
	return document.MinutesRecord{
		Head: document.Head{
			Schema: document.SchemaMinutes, Number: "디지털전환과-12", IssuedAt: day.Add(24 * time.Hour), Committee: "디지털전환위원회",
			Department: "디지털전환과", Disclosure: "공개", Session: 3,
		},
		Version: 1, Hash: strings.Repeat("0123456789abcdef", 4), Kind: "stenography", Basis: "위원회조례 10의2①", Confirmed: true,
		Content: c,
	}
}
