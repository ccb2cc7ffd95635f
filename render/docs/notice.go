package docs

import (
	"fmt"
	"strconv"
	"strings"

	"secretariat/domain/calendar"
	"secretariat/domain/document"
	"secretariat/domain/meeting"
	"secretariat/render/pdf"
)

// Notice prints the letter that calls the members to a meeting.
func (Renderer) Notice(n document.Notice) ([]byte, error) {
	title := session(n.Head) + " 소집 통지"
	if n.Sequence > 0 {
		title += fmt.Sprintf("(변경 %d차)", n.Sequence)
	}
	d := begin(n.Head, title, "소집통지서")
	d.Title("소집통지서")
	d.KeyValues(
		pdf.KeyValue{Key: "수신", Value: fmt.Sprintf("%s 위원 각위(재적 %d명)", organisation(n.Head), n.Members)},
		pdf.KeyValue{Key: "(경유)"},
		pdf.KeyValue{Key: "제목", Value: title},
	)
	var law citer
	d.Item(1, "관련: "+law.cite(n.Basis))
	particulars(d, n)
	d.Item(2, "안건")
	agendaTable(d, n.Items)
	requests(d, n, &law)
	d.Enclosures(enclosures(n.Items)...)
	d.End()
	issuer(d, n.Head)
	return finish(d, n, document.KindNotice.Korean())
}

// particulars say when, where and how the committee meets.
func particulars(d *pdf.Doc, n document.Notice) {
	if n.Mode == meeting.Written {
		writtenParticulars(d, n)
		return
	}
	d.Item(1, "위 호와 관련하여 "+session(n.Head)+"를 다음과 같이 소집하오니 참석하여 주시기 바랍니다.")
	d.Item(2, "일시: "+from(n.StartsAt, n.ExpectedEnd))
	d.Item(2, "장소: "+orNone(n.Place))
	d.Item(2, "방식: "+how(n.Mode))
}

func writtenParticulars(d *pdf.Doc, n document.Notice) {
	d.Item(1, "위 호와 관련하여 "+session(n.Head)+"를 다음과 같이 서면으로 심의하오니 기간 안에 의결하여 주시기 바랍니다.")
	d.Item(2, "방식: 서면심의")
	until := "-"
	if n.WrittenUntil != nil {
		until = calendar.Korean(*n.WrittenUntil)
	}
	d.Item(2, "의결 기간: "+calendar.Korean(n.StartsAt)+" ~ "+until)
	if n.WrittenReason != "" {
		d.Item(2, "서면심의 사유: "+n.WrittenReason)
	}
}

// requests are what a member has to do before the meeting.
func requests(d *pdf.Doc, n document.Notice, law *citer) {
	d.Item(2, "협조 사항")
	if n.ReplyBy != "" {
		d.Item(3, "참석 여부를 "+n.ReplyBy.Korean()+"까지 회신하여 주시기 바랍니다.")
	}
	d.Item(3, "안건과 이해관계가 있는 위원은 미리 회피를 신청하여 주시기 바랍니다("+law.cite(n.RecusalBasis)+").")
	if n.Pledge {
		d.Item(3, "심의ㆍ의결에 앞서 청렴서약서를 작성하여 주시기 바랍니다("+law.cite(n.PledgeBasis)+").")
	}
	if n.Urgent != "" {
		d.Item(3, "통지 기간을 단축한 사유: "+n.Urgent)
	}
}

// agendaTable lists the items with their papers.
func agendaTable(d *pdf.Doc, items []document.AgendaLine) {
	t := pdf.Table{
		Columns: []pdf.Column{
			{Title: "순서", Width: 2, Align: pdf.Center}, {Title: "의안번호", Width: 5, Align: pdf.Center},
			{Title: "구분", Width: 2, Align: pdf.Center}, {Title: "안건명", Width: 11, Align: pdf.Left},
			{Title: "제출", Width: 5, Align: pdf.Center},
		},
		Empty: "상정할 안건 없음",
	}
	for _, i := range items {
		name := i.Title
		if i.Confidential {
			name += " (비공개)"
		}
		t.Rows = append(t.Rows, pdf.Row(strconv.Itoa(i.Position), i.Number, orNone(kind(i.Kind)), name, orNone(i.Proposer)))
	}
	d.Table(t)
}

// enclosures lists the papers of all items.
func enclosures(items []document.AgendaLine) []string {
	var out []string
	for _, i := range items {
		for _, p := range i.Papers {
			out = append(out, strings.TrimSpace(i.Number+" "+p.Title)+" 1부.")
		}
	}
	if len(out) == 0 {
		return []string{"안건목록 1부."}
	}
	return out
}

// Agenda prints the order of business with its papers.
func (Renderer) Agenda(a document.Agenda) ([]byte, error) {
	title := session(a.Head) + " 안건목록"
	d := begin(a.Head, title, "의사일정과 안건목록")
	d.Title("안건목록")
	d.Subtitle(session(a.Head))
	d.KeyValues(
		pdf.KeyValue{Key: "일시", Value: calendar.Korean(a.StartsAt)},
		pdf.KeyValue{Key: "장소", Value: orNone(a.Place)},
		pdf.KeyValue{Key: "방식", Value: how(a.Mode)},
		pdf.KeyValue{Key: "담당부서", Value: orNone(a.Department)},
	)
	d.Heading(1, "의사일정")
	for _, step := range order(a) {
		d.Item(1, step)
	}
	d.Heading(1, "안건")
	agendaTable(d, a.Items)
	papersTable(d, a.Items)
	d.End()
	return finish(d, a, document.KindAgenda.Korean())
}

// order is the order of business.
func order(a document.Agenda) []string {
	if a.Mode == meeting.Written {
		return []string{"안건 송부", fmt.Sprintf("서면 의결(안건 %d건)", len(a.Items)), "결과 확인 및 통지"}
	}
	return []string{
		"성원 보고 및 개회", cite("회의록 공개 고지(위원회조례 10의2③)"), fmt.Sprintf("안건 상정 및 심의(%d건)", len(a.Items)), "그 밖의 사항", "산회",
	}
}

func papersTable(d *pdf.Doc, items []document.AgendaLine) {
	t := pdf.Table{
		Caption: "심의자료",
		Columns: []pdf.Column{
			{Title: "의안번호", Width: 5, Align: pdf.Center}, {Title: "붙임", Width: 2, Align: pdf.Center},
			{Title: "자료명", Width: 11, Align: pdf.Left}, {Title: "판", Width: 2, Align: pdf.Center},
			{Title: "SHA-256(앞 12자)", Width: 6, Align: pdf.Center},
		},
		Empty: "해당 사항 없음",
	}
	for _, i := range items {
		for _, p := range i.Papers {
			row := pdf.Row(i.Number, strconv.Itoa(p.Number), p.Title, strconv.Itoa(p.Revision), short(p.SHA256))
			t.Rows = append(t.Rows, row)
		}
	}
	d.Table(t)
}

// short is the beginning of a hash, enough to compare by eye.
func short(sum string) string { return sum[:min(12, len(sum))] }
