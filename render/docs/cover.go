package docs

import (
	"fmt"

	"secretariat/domain/calendar"
	"secretariat/domain/document"
	"secretariat/render/pdf"
)

// Cover prints the first pages of a booklet (회의자료집): the agenda with the page on which each paper begins.
func (Renderer) Cover(c document.Cover) ([]byte, error) {
	name := session(c.Head)
	if c.Session == 0 { // it gets its number when it is convened
		name = c.Title
	}
	d := begin(c.Head, name+" 회의자료집", "회의자료집")
	d.Title("회의자료집")
	d.Subtitle(name)
	d.KeyValues(
		pdf.KeyValue{Key: "일시", Value: calendar.Korean(c.StartsAt)}, pdf.KeyValue{Key: "장소", Value: orNone(c.Place)},
		pdf.KeyValue{Key: "방식", Value: how(c.Mode)}, pdf.KeyValue{Key: "담당부서", Value: orNone(c.Department)},
		pdf.KeyValue{Key: "묶은 때", Value: calendar.Korean(c.IssuedAt)},
	)
	d.Heading(1, "안건과 자료")
	t := pdf.Table{
		Columns: []pdf.Column{
			{Title: "자료", Width: 3, Align: pdf.Center}, {Title: "안건ㆍ자료명", Width: 15, Align: pdf.Left},
			{Title: "분량", Width: 3, Align: pdf.Center}, {Title: "쪽", Width: 4, Align: pdf.Center},
		},
		Empty: "상정할 안건 없음",
	}
	for _, i := range c.Items {
		t.Rows = append(t.Rows, coverItem(i)...)
	}
	d.Table(t)
	d.Note("요청한 사람이 열람할 수 있는 자료만 묶은 것이며, 사람에 따라 묶인 자료와 쪽 번호가 다를 수 있음. 각 쪽 위의 번호(안건-자료)는 같음.")
	return d.Bytes()
}

// coverItem is an item with a row for each of its papers.
func coverItem(i document.CoverItem) [][]pdf.Cell {
	number := fmt.Sprintf("제%d호", i.Position)
	if i.Number != "" {
		number = i.Number
	}
	if i.Withheld {
		return [][]pdf.Cell{pdf.Row("", number+" 제척으로 열람할 수 없음", "", "-")}
	}
	rows := [][]pdf.Cell{pdf.Row("", number+" "+i.Title, "", "")}
	for _, p := range i.Papers {
		rows = append(rows, coverPaper(p))
	}
	return rows
}

func coverPaper(p document.CoverPaper) []pdf.Cell {
	title := p.Title
	if p.Revision > 1 {
		title += fmt.Sprintf(" (제%d판)", p.Revision)
	}
	if p.Apart != "" {
		return pdf.Row(p.Label, title+"\n"+p.FileName+": "+apart[p.Apart], "-", "별도")
	}
	return pdf.Row(p.Label, title, fmt.Sprintf("%d쪽", p.Pages), fmt.Sprint(p.Page))
}

// apart says why a paper is not bound.
var apart = map[document.Apart]string{
	document.ApartKind:     "PDF나 그림이 아니어서 묶지 못함",
	document.ApartUnread:   "파일을 열 수 없거나 암호가 걸려 있어 묶지 못함",
	document.ApartTooLarge: "자료집이 너무 커져서 묶지 못함",
}
