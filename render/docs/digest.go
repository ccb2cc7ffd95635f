package docs

import (
	"fmt"
	"strconv"

	"secretariat/domain/alliance"
	"secretariat/domain/calendar"
	"secretariat/render/pdf"
)

var consultationKinds = map[alliance.ConsultationKind]string{
	alliance.Consulting: "의견수렴", alliance.PreNotice: "행정예고", alliance.Hearing: "공청회",
}

var stances = map[alliance.Stance]string{
	alliance.Agrees: "찬성", alliance.Amends: "수정", alliance.Opposes: "반대", alliance.Remarks: "기타",
}

var dispositions = map[alliance.Outcome]string{
	alliance.Accepted: "반영", alliance.Partly: "일부반영", alliance.Declined: "미반영",
}

// Digest prints what was said to a consultation and what became of it, after its 신구조문대비표.
func (Renderer) Digest(p alliance.DigestPaper) ([]byte, error) {
	c := p.Consultation
	title, at := consultationKinds[c.Kind]+" 결과", c.ClosesAt
	if c.AnsweredAt != nil {
		at = *c.AnsweredAt
	}
	d := pdf.New(pdf.Meta{
		Title: c.Title + " " + title, Author: p.Committee, Subject: title, Created: at.In(calendar.Seoul), Keywords: []string{p.Committee},
	})
	d.Head(pdf.Head{Organisation: p.Committee, Date: day(at)})
	d.Title(title)
	d.Subtitle(c.Title)
	d.Heading(1, "개요")
	d.Item(1, fmt.Sprintf("번호: 제%d-%d호", c.Year, c.Number))
	if c.OpenedAt != nil {
		d.Item(1, "기간: "+calendar.Korean(*c.OpenedAt)+" ~ "+calendar.Korean(c.ClosesAt))
	}
	if c.HearingAt != nil {
		d.Item(1, "공청회: "+calendar.Korean(*c.HearingAt)+", "+c.Place)
	}
	d.Item(1, fmt.Sprintf("의견 %d건: 반영 %d건, 일부반영 %d건, 미반영 %d건", p.Count.Opinions, p.Count.Accepted, p.Count.Partly, p.Count.Declined))
	d.Paragraph(c.Purpose)
	oldAndNew(d, c)
	disposed(d, p)
	if c.Record != "" {
		d.Heading(1, "공청회 결과")
		d.Paragraph(c.Record)
	}
	return attached(d, p, "의견처리결과")
}

func oldAndNew(d *pdf.Doc, c alliance.Consultation) {
	d.Heading(1, "신구조문대비표")
	t := pdf.Table{
		Columns: []pdf.Column{
			{Title: "조문", Width: 4, Align: pdf.Left}, {Title: "현행", Width: 9, Align: pdf.Left}, {Title: "개정안", Width: 9, Align: pdf.Left},
		},
		RowHeads: true, Empty: "해당 사항 없음",
	}
	for _, a := range c.Articles {
		before, after := a.Before, a.After
		if before == "" {
			before = "<신설>"
		}
		if after == "" {
			after = "<삭제>"
		}
		t.Rows = append(t.Rows, pdf.Row(a.Label, before, after))
	}
	d.Table(t)
}

// disposed prints the opinions by article, the whole first.
func disposed(d *pdf.Doc, p alliance.DigestPaper) {
	d.Heading(1, "의견 처리 결과")
	t := pdf.Table{
		Columns: []pdf.Column{
			{Title: "번호", Width: 2, Align: pdf.Center}, {Title: "조문", Width: 4, Align: pdf.Left}, {Title: "의견", Width: 10, Align: pdf.Left},
			{Title: "처리", Width: 3, Align: pdf.Center}, {Title: "처리 내용과 사유", Width: 8, Align: pdf.Left},
		},
		Empty: "제출된 의견 없음",
	}
	for n, l := range p.Lines {
		said := "(" + stances[l.Stance] + ") " + l.Text
		if l.Wording != "" {
			said += "\n고칠 문안: " + l.Wording
		}
		if l.Giver != "" {
			said += "\n- " + l.Giver
		}
		why := l.Reason
		if l.Merged {
			why += " (같은 의견과 함께 처리)"
		}
		t.Rows = append(t.Rows, pdf.Row(strconv.Itoa(n+1), articleOf(p.Consultation, l.Article), said, dispositions[l.Outcome], why))
	}
	d.Table(t)
}

func articleOf(c alliance.Consultation, n int) string {
	if n < 1 || n > len(c.Articles) {
		return "전체 의견"
	}
	return c.Articles[n-1].Label
}
