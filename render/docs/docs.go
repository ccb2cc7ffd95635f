// Package docs prints the documents of a meeting as PDF: the notice (소집통지서), the agenda (안건목록), the minutes (회의록) and
// the decision record (결정서), in the form an official signs (행정업무규정 7, 13; 같은 규칙 2, 4).
package docs

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"secretariat/domain/calendar"
	"secretariat/domain/document"
	"secretariat/domain/meeting"
	"secretariat/render/pdf"
)

// Renderer prints documents. It has no state; the same document gives the same bytes.
type Renderer struct{}

// organisation is the issuing body, marked 가칭 while its rules rest on a draft ordinance.
func organisation(h document.Head) string {
	if h.Provisional {
		return h.Committee + "(가칭)"
	}
	return h.Committee
}

// issuer is in whose name a document goes out (발신 명의, 행정업무규정 13①): that of the body, for it alone decides. Where the
// rules want its seal, the place for it is printed (행정업무규정 33②).
func issuer(d *pdf.Doc, h document.Head) {
	i := pdf.Issuer{Date: day(h.IssuedAt), Name: organisation(h) + " 위원장"}
	if h.Seal {
		i.Seal = "청인"
	}
	d.Issuer(i)
}

// begin opens a document with its head.
func begin(h document.Head, title, subject string) *pdf.Doc {
	issued := h.IssuedAt
	if issued.IsZero() {
		issued = time.Unix(0, 0) // a preview that has not been filed
	}
	d := pdf.New(pdf.Meta{
		Title: title, Author: organisation(h), Subject: subject, Number: h.Number, Created: issued.In(calendar.Seoul),
		Keywords: []string{h.Committee},
	})
	d.Head(pdf.Head{Organisation: organisation(h), Number: h.Number, Date: day(h.IssuedAt), Disclosure: h.Disclosure})
	return d
}

// finish closes a document, with notes in small print below its text and its own JSON inside, and gives its bytes.
func finish(d *pdf.Doc, p document.Paper, name string, notes ...string) ([]byte, error) {
	h := p.Heading()
	if h.Provisional {
		notes = append(notes, "(가칭) 설치 조례가 제정되기 전이므로 조례안과 「서울특별시 각종 위원회의 설치ㆍ운영에 관한 조례」의 기준을 적용함.")
	}
	notes = slices.DeleteFunc(notes, func(s string) bool { return s == "" })
	if len(notes) > 0 {
		d.Note(strings.Join(notes, "\n"))
	}
	raw, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("docs: %w", err)
	}
	d.Attach(pdf.File{Name: name + ".json", Description: h.Schema, MIME: "application/json", Data: raw})
	return d.Bytes()
}

// checksum is a note with the hash by which a record can be told to be the same.
func checksum(what, hash string) string {
	if hash == "" {
		return ""
	}
	return what + "(SHA-256) " + hash
}

// day writes the date of an instant as documents do, "2026. 12. 18."; nothing for the zero time.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return date(calendar.DateOf(t))
}

// date writes a date without the day of the week.
func date(d calendar.Date) string {
	t := d.Time()
	return fmt.Sprintf("%d. %d. %d.", t.Year(), t.Month(), t.Day())
}

// clock writes the time of day in Seoul.
func clock(t time.Time) string { return t.In(calendar.Seoul).Format("15:04") }

// moment writes when something happened: the time of day, with the date in front when it is not the day given.
func moment(t, on time.Time) string {
	if calendar.DateOf(t) == calendar.DateOf(on) {
		return clock(t)
	}
	return t.In(calendar.Seoul).Format("1. 2. 15:04")
}

// from writes a span of time: the end without its date when it is on the same day.
func from(start, end time.Time) string {
	out := calendar.Korean(start)
	switch {
	case end.IsZero():
		return out
	case calendar.DateOf(start) == calendar.DateOf(end):
		return out + " ~ " + clock(end)
	}
	return out + " ~ " + calendar.Korean(end)
}

// how names the mode of a meeting.
func how(m meeting.Mode) string {
	return map[meeting.Mode]string{
		meeting.InPerson: "대면회의", meeting.Remote: "화상회의", meeting.Mixed: "대면ㆍ화상 병행", meeting.Written: "서면심의",
	}[m]
}

// kind names the kind of an item.
func kind(k meeting.ItemKind) string {
	return map[meeting.ItemKind]string{
		meeting.Deliberation: "심의", meeting.Resolution: "의결", meeting.Advice: "자문", meeting.Report: "보고",
	}[k]
}

// session names the meeting, "제3차 디지털전환위원회 회의".
func session(h document.Head) string {
	return fmt.Sprintf("제%d차 %s 회의", h.Session, organisation(h))
}

// orNone writes a dash where there is nothing.
func orNone(s string) string {
	if strings.TrimSpace(s) == "" {
		return "-"
	}
	return s
}
