package docs

import (
	"fmt"
	"strings"

	"secretariat/domain/ballot"
	"secretariat/domain/document"
	"secretariat/domain/minutes"
	"secretariat/render/pdf"
)

// Minutes prints the minutes with every mandatory field (위원회조례 10의2①, 기록물령 18②).
func (Renderer) Minutes(r document.MinutesRecord) ([]byte, error) {
	c := r.Content
	d := begin(r.Head, c.Title+" 회의록", "회의록")
	d.Title("회의록")
	if r.Full {
		d.Subtitle("(전문ㆍ내부용)")
	}
	d.KeyValues(
		pdf.KeyValue{Key: "회의의 명칭", Value: c.Title},
		pdf.KeyValue{Key: "개최기관", Value: c.Host},
		pdf.KeyValue{Key: "일시", Value: from(c.Opened, c.Adjourned)},
		pdf.KeyValue{Key: "장소", Value: c.Place},
		pdf.KeyValue{Key: "방식", Value: how(c.Mode)},
		pdf.KeyValue{Key: "출석", Value: fmt.Sprintf("재적 %d명 중 %d명 출석", c.Serving, len(c.Present))},
		pdf.KeyValue{Key: "속기ㆍ녹음", Value: verbatim(r)},
	)
	persons(d, c)
	agendaOf(d, c)
	proceedings(d, c)
	results(d, c)
	closing(d, r)
	return finish(d, r.Head)
}

func verbatim(r document.MinutesRecord) string {
	word := map[string]string{"stenography": "속기록", "recording": "녹음기록"}[r.Kind]
	return orNone(strings.TrimSpace(word + " " + r.Recording))
}

func persons(d *pdf.Doc, c minutes.Content) {
	d.Heading(1, "1. 참석자 및 배석자")
	t := pdf.Table{Columns: []pdf.Column{
		{Title: "구분", Width: 2, Align: pdf.Center}, {Title: "직위(소속)", Width: 8, Align: pdf.Left},
		{Title: "성명", Width: 3, Align: pdf.Center}, {Title: "비고", Width: 5, Align: pdf.Left},
	}, Empty: "해당 사항 없음"}
	for _, g := range []struct {
		word string
		list []minutes.Attendee
	}{{"출석", c.Present}, {"불참", c.Absent}, {"배석", c.Observers}} {
		for _, a := range g.list {
			t.Rows = append(t.Rows, pdf.Row(g.word, orNone(a.Position), a.Name, orNone(a.Note)))
		}
	}
	d.Table(t)
}

func agendaOf(d *pdf.Doc, c minutes.Content) {
	d.Heading(1, "2. 상정 안건 및 결정 사항")
	t := pdf.Table{Columns: []pdf.Column{
		{Title: "의안번호", Width: 5, Align: pdf.Center}, {Title: "구분", Width: 2, Align: pdf.Center},
		{Title: "안건명", Width: 10, Align: pdf.Left}, {Title: "결과", Width: 4, Align: pdf.Center},
	}, Empty: "해당 사항 없음"}
	for _, i := range c.Items {
		t.Rows = append(t.Rows, pdf.Row(i.Number, orNone(kind(i.Kind)), titleOf(i), orNone(i.Outcome.Korean())))
	}
	d.Table(t)
}

func titleOf(i minutes.ItemPart) string {
	switch {
	case i.Title == "" && i.Text == minutes.WithheldFromRecused:
		return minutes.WithheldFromRecused
	case i.Confidential:
		return i.Title + " (비공개)"
	}
	return i.Title
}

// proceedings is the course of the meeting, with the statements in full.
func proceedings(d *pdf.Doc, c minutes.Content) {
	d.Heading(1, "3. 진행 순서 및 발언 내용")
	if len(c.Proceeding) == 0 {
		d.Paragraph("기록된 발언 없음.")
	}
	for _, e := range c.Proceeding {
		at := pdf.Plain("[" + clock(e.At) + "] ")
		if e.Kind == minutes.EntryStatement {
			d.ParagraphSpans(at, pdf.Bold(orNone(e.Speaker)), pdf.Plain("  "+e.Text))
			continue
		}
		d.ParagraphSpans(at, pdf.Plain("○ "+e.Text))
	}
}

// results are the decisions with their sums and, of votes that were not secret, who voted what.
func results(d *pdf.Doc, c minutes.Content) {
	d.Heading(1, "4. 안건별 결정 사항 및 표결 내용")
	for _, i := range c.Items {
		d.Heading(2, strings.TrimSpace(i.Number+" "+titleOf(i)))
		if i.Outcome == "" {
			continue
		}
		d.ParagraphSpans(pdf.Bold("결과: " + i.Outcome.Korean()))
		if i.Confidential && i.Proposal == "" && len(i.Ballots) == 0 {
			continue
		}
		texts(d, i)
		for _, b := range i.Ballots {
			sum(d, b)
			votes(d, b)
		}
	}
	if c.Remarks != "" {
		d.Heading(1, "5. 그 밖의 사항")
		d.Paragraph(c.Remarks)
	}
}

func texts(d *pdf.Doc, i minutes.ItemPart) {
	for _, p := range []struct{ name, text string }{
		{"주문: ", i.Proposal}, {"의결 내용: ", i.Text}, {"사유: ", i.Reason}, {"이석(제척ㆍ기피ㆍ회피): ", people(i.Recused)},
	} {
		if strings.TrimSpace(p.text) != "" {
			d.ParagraphSpans(pdf.Bold(p.name), pdf.Plain(p.text))
		}
	}
	for n, c := range i.Conditions {
		d.ParagraphSpans(pdf.Bold(fmt.Sprintf("조건 %d: ", n+1)), pdf.Plain(c))
	}
}

func people(list []minutes.Attendee) string {
	var out []string
	for _, a := range list {
		out = append(out, strings.TrimSpace(a.Name+"("+a.Note+")"))
	}
	return strings.Join(out, ", ")
}

// votes lists the votes for each candidate, and the names by choice.
func votes(d *pdf.Doc, b minutes.BallotPart) {
	var out []string
	for _, s := range b.Result.Shares {
		out = append(out, fmt.Sprintf("후보자 %s: %d표", candidate(b, ballot.Choice(s.Candidate)), s.Votes))
	}
	var order []ballot.Choice
	by := map[ballot.Choice][]string{}
	for _, v := range b.Votes {
		if _, known := by[v.Choice]; !known {
			order = append(order, v.Choice)
		}
		by[v.Choice] = append(by[v.Choice], v.Name)
	}
	for _, c := range order {
		word := c.Korean()
		if b.Purpose == ballot.Election && c != ballot.Abstain {
			word = "후보자 " + candidate(b, c)
		}
		out = append(out, fmt.Sprintf("%s(%d명): %s", word, len(by[c]), strings.Join(by[c], ", ")))
	}
	if len(out) > 0 {
		d.Paragraph(strings.Join(out, "\n"))
	}
}

// candidate names a candidate.
func candidate(b minutes.BallotPart, c ballot.Choice) string {
	for _, a := range b.Candidates {
		if string(a.Member) == string(c) {
			return a.Name
		}
	}
	return string(c)
}

// closing has what was withheld and why, and the signatures.
func closing(d *pdf.Doc, r document.MinutesRecord) {
	if len(r.Notices) > 0 {
		d.Heading(1, "비공개 사유")
		withheld(d, r)
	}
	d.Paragraph("위와 같이 회의록을 작성하여 참석위원의 확인을 받음(" + r.Basis + ").")
	var list []pdf.Signature
	for _, s := range r.Signatures {
		sig := pdf.Signature{Role: s.Role, Name: s.Name, Note: s.Note}
		if s.Signed != nil {
			sig.Signed = *s.Signed
		} else if r.Confirmed {
			sig.Note = "서명 진행 중"
		}
		list = append(list, sig)
	}
	if len(list) > 0 {
		d.Signatures(list...)
	}
	d.End()
	d.Note(fmt.Sprintf("제%d판 · 원문 확인값(SHA-256) %s", r.Version, r.Hash))
}

func withheld(d *pdf.Doc, r document.MinutesRecord) {
	t := pdf.Table{Columns: []pdf.Column{
		{Title: "대상", Width: 5, Align: pdf.Left}, {Title: "근거", Width: 4, Align: pdf.Center},
		{Title: "사유", Width: 8, Align: pdf.Left}, {Title: "재검토", Width: 3, Align: pdf.Center},
	}}
	for _, n := range r.Notices {
		review := "-"
		if n.ReviewOn != "" {
			review = date(n.ReviewOn)
		}
		t.Rows = append(t.Rows, pdf.Row(place(r.Content, n.Anchor), "정보공개법 9①"+n.Ground+"호", n.Reason, review))
	}
	d.Table(t)
	d.Note(minutes.Bar + " 표시는 「공공기관의 정보공개에 관한 법률」 제9조제1항 각 호에 따라 공개하지 아니한 부분이며, 괄호 안은 그 호의 번호임.")
}

// place says in words which part an anchor names.
func place(c minutes.Content, anchor string) string {
	switch {
	case minutes.IsName(anchor):
		return "위원의 성명"
	case anchor == minutes.AnchorRemarks:
		return "그 밖의 사항"
	}
	for _, i := range c.Items {
		if rest, ok := strings.CutPrefix(anchor, minutes.ItemAnchor(i.Item)); ok && (rest == "" || rest[0] == '/') {
			return i.Number
		}
	}
	for _, e := range c.Proceeding {
		if e.ID == anchor {
			return clock(e.At) + " 발언"
		}
	}
	return "비공개 안건의 발언"
}
