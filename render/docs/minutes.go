package docs

import (
	"fmt"
	"strings"

	"secretariat/domain/ballot"
	"secretariat/domain/document"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/render/pdf"
)

// Minutes prints the minutes with every mandatory field (위원회조례 10의2①, 기록물령 18②).
func (Renderer) Minutes(r document.MinutesRecord) ([]byte, error) {
	c := r.Content
	d := begin(r.Head, c.Title+" 회의록", "회의록")
	d.Title("회의록")
	kind := document.KindMinutes
	if r.Full {
		d.Subtitle("(전문ㆍ내부용)")
		kind = document.KindMinutesFull
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
	return finish(d, r, kind.Korean(), legend(reasonings(c)...),
		checksum(fmt.Sprintf("제%d판 원문 확인값", r.Version), r.Hash))
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

// proceedings is the course of the meeting, with the statements in full, under headings for the items.
func proceedings(d *pdf.Doc, c minutes.Content) {
	d.Heading(1, "3. 진행 순서 및 발언 내용")
	if len(c.Proceeding) == 0 {
		d.Paragraph("기록된 발언 없음.")
	}
	last, n := "", 0
	for _, e := range c.Proceeding {
		if h := section(c, e); h != "" && h != last {
			last, n = h, n+1
			d.Heading(2, pdf.ItemMark(2, n)+" "+h)
		}
		at := "[" + moment(e.At, c.Opened) + "] "
		if e.Kind == minutes.EntryStatement {
			d.ParagraphSpans(append([]pdf.Span{pdf.Plain(at)}, after(pdf.Bold(orNone(e.Speaker)), "  "+e.Text)...)...)
			continue
		}
		d.ParagraphSpans(after(pdf.Plain(at+"○ "), e.Text)...)
	}
}

// section is the heading under which an entry stands; none when it goes on under the one before.
func section(c minutes.Content, e minutes.Entry) string {
	if e.At.Before(c.Opened) {
		return "개의 전"
	}
	for _, i := range c.Items {
		if i.Item == e.Item && e.Item != "" {
			return strings.TrimSpace(i.Number + " " + titleOf(i))
		}
	}
	return map[string]string{
		meeting.EventActing: "개의", meeting.EventOpen: "개의", meeting.EventWarn: "개의", meeting.EventSuspend: "정회와 속개",
		meeting.EventResume: "정회와 속개", meeting.EventAdjourn: "산회",
	}[e.Kind]
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
		d.ParagraphSpans(spans(c.Remarks)...)
	}
}

func texts(d *pdf.Doc, i minutes.ItemPart) {
	for _, p := range []struct{ name, text string }{
		{"주문: ", i.Proposal}, {"의결 내용: ", i.Text}, {"사유: ", i.Reason}, {"이석(제척ㆍ기피ㆍ회피): ", people(i.Recused)},
	} {
		if strings.TrimSpace(p.text) != "" {
			d.ParagraphSpans(after(pdf.Bold(p.name), p.text)...)
		}
	}
	for n, c := range i.Conditions {
		d.ParagraphSpans(after(pdf.Bold(fmt.Sprintf("조건 %d: ", n+1)), c)...)
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
	by := map[ballot.Choice][]string{}
	for _, v := range b.Votes {
		by[v.Choice] = append(by[v.Choice], v.Name)
	}
	for _, c := range choices(b) {
		if len(by[c]) > 0 {
			out = append(out, fmt.Sprintf("%s(%d명): %s", choice(b, c), len(by[c]), strings.Join(by[c], ", ")))
		}
	}
	if len(out) > 0 {
		d.Paragraph(strings.Join(out, "\n"))
	}
}

// choices lists what could be voted, in the order in which it is printed.
func choices(b minutes.BallotPart) []ballot.Choice {
	out := []ballot.Choice{ballot.Yes, ballot.No, ballot.Abstain}
	if b.Purpose != ballot.Election {
		return out
	}
	out = nil
	for _, s := range b.Result.Shares {
		out = append(out, ballot.Choice(s.Candidate))
	}
	return append(out, ballot.Abstain)
}

// choice names a choice: a candidate, or 찬성, 반대, 기권.
func choice(b minutes.BallotPart, c ballot.Choice) string {
	if b.Purpose == ballot.Election && c != ballot.Abstain {
		return "후보자 " + candidate(b, c)
	}
	return c.Korean()
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

// closing has what was withheld and why, and the signatures (위원회조례 10의2④⑥⑦).
func closing(d *pdf.Doc, r document.MinutesRecord) {
	if len(r.Notices) > 0 {
		d.Heading(1, "비공개 사유")
		withheld(d, r)
	}
	d.Heading(1, "확인 및 서명")
	d.Paragraph("위와 같이 회의록을 작성하여 참석위원의 확인을 받음(" + cite(r.Basis) + ").")
	d.End()
	var list []pdf.Signature
	for _, s := range r.Signatures {
		list = append(list, signature(s, r.Confirmed))
	}
	if len(list) > 0 {
		d.Signatures(list...)
	}
}

// signature is a line of the table. Who was recused from items signs the rest, and the line says so.
func signature(s document.SignatureLine, released bool) pdf.Signature {
	out := pdf.Signature{Role: s.Role, Name: s.Name, Note: s.Note}
	switch {
	case s.Signed == nil && s.Note == "" && released:
		out.Note = "서명 진행 중"
	case s.Signed != nil && s.Note != "":
		out.Note = "서명함 " + day(*s.Signed) + " " + clock(*s.Signed) + "\n(" + s.Note + ")"
	case s.Signed != nil:
		out.Signed = *s.Signed
	}
	return out
}

// reasonings are the sums of all votes in the text.
func reasonings(c minutes.Content) []string {
	var out []string
	for _, i := range c.Items {
		for _, b := range i.Ballots {
			out = append(out, document.Reasoning(b.Result)...)
		}
	}
	return out
}

func withheld(d *pdf.Doc, r document.MinutesRecord) {
	t := pdf.Table{Columns: []pdf.Column{
		{Title: "대상", Width: 4, Align: pdf.Left}, {Title: "근거", Width: 6, Align: pdf.Left},
		{Title: "사유", Width: 7, Align: pdf.Left}, {Title: "재검토", Width: 4, Align: pdf.Center},
	}}
	for _, n := range r.Notices {
		review := "-"
		if n.ReviewOn != "" {
			review = date(n.ReviewOn)
		}
		t.Rows = append(t.Rows, pdf.Row(place(r.Content, n.Anchor), ground(n.Ground), n.Reason, review))
	}
	d.Table(t)
	d.Note(minutes.Bar + " 표시는 「공공기관의 정보공개에 관한 법률」 제9조제1항 각 호에 따라 공개하지 아니한 부분이며, 괄호 안은 그 호의 번호임.")
}

// ground names a ground of non-disclosure in full.
func ground(number string) string { return "정보공개법 제9조제1항제" + number + "호" }

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
			return moment(e.At, c.Opened) + " 발언"
		}
	}
	return "비공개 안건의 발언"
}
