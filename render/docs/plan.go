package docs

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"secretariat/domain/calendar"
	"secretariat/domain/plan"
	"secretariat/render/pdf"
)

// Amendment prints what differs between two states of a plan (신구대비표).
func (Renderer) Amendment(a plan.Amendment) ([]byte, error) {
	d := planDoc(a.Committee, a.Plan, "신구대비표", a.At)
	d.Heading(1, "변경 근거")
	reasons := pdf.Table{
		Columns: []pdf.Column{
			{Title: "번호", Width: 2, Align: pdf.Center}, {Title: "구분", Width: 3, Align: pdf.Center},
			{Title: "근거", Width: 8, Align: pdf.Left}, {Title: "변경 사유", Width: 10, Align: pdf.Left},
			{Title: "일자", Width: 4, Align: pdf.Center},
		},
		Empty: "해당 사항 없음",
	}
	for _, s := range a.Sets {
		reasons.Rows = append(reasons.Rows, pdf.Row(strconv.Itoa(s.Number), changeKind(s.Kind), orNone(s.Basis), orNone(s.Reason), day(s.At)))
	}
	d.Table(reasons)
	d.Heading(1, "신구대비표")
	t := pdf.Table{
		Columns: []pdf.Column{
			{Title: "항목", Width: 2, Align: pdf.Center}, {Title: "변경 전", Width: 10, Align: pdf.Left},
			{Title: "변경 후", Width: 10, Align: pdf.Left},
		},
		RowHeads: true, Empty: "변경 사항 없음",
	}
	if a.Naming != nil {
		t.Rows = append(t.Rows, pdf.Row("계획", nameText(a.Naming.Before), nameText(a.Naming.After)))
	}
	for _, x := range a.Differences {
		t.Rows = append(t.Rows, pdf.Row(x.ID, nodeText(x.Before, "<신설>"), nodeText(x.After, "<삭제>")))
	}
	d.Table(t)
	return attached(d, a, "신구대비표")
}

// Review prints the result of a quarter's review (이행점검 결과).
func (Renderer) Review(r plan.ReviewPaper) ([]byte, error) {
	title := fmt.Sprintf("%d년 %d분기 이행점검 결과", r.Review.Year, r.Review.Quarter)
	var at time.Time
	if r.Review.ClosedAt != nil {
		at = *r.Review.ClosedAt
	}
	d := planDoc(r.Committee, r.Plan, title, at)
	d.Heading(1, "총괄")
	t := pdf.Table{
		Unit: "(단위: 원)",
		Columns: []pdf.Column{
			{Title: "항목", Width: 9, Align: pdf.Left}, {Title: "담당부서", Width: 4, Align: pdf.Center}, {Title: "진척률", Width: 3, Align: pdf.Right},
			{Title: "예산현액", Width: 6, Align: pdf.Right}, {Title: "지출액", Width: 6, Align: pdf.Right}, {Title: "집행률", Width: 3, Align: pdf.Right},
		},
		RowHeads: true, Empty: "해당 사항 없음",
	}
	for i, n := range r.Nodes {
		s := r.Standing[i]
		t.Rows = append(t.Rows, pdf.Row(n.ID+". "+n.Title, n.Owner, percent(s.Progress), grouped(strconv.FormatInt(s.Execution.Budget, 10)),
			grouped(strconv.FormatInt(s.Execution.Spent, 10)), percent(s.Execution.Rate)))
	}
	d.Table(t)
	d.Heading(1, "항목별 실적")
	for _, rep := range r.Reports {
		reported(d, r.Nodes, rep)
	}
	return attached(d, r, "이행점검결과")
}

// reported prints what an owner reported of a node.
func reported(d *pdf.Doc, nodes plan.State, rep plan.Report) {
	n, _ := nodes.Find(rep.Node)
	d.Heading(2, n.ID+". "+n.Title)
	t := pdf.Table{Columns: []pdf.Column{
		{Title: "성과지표", Width: 10, Align: pdf.Left}, {Title: "기준값", Width: 4, Align: pdf.Right},
		{Title: fmt.Sprintf("%d년 목표", rep.Year), Width: 4, Align: pdf.Right}, {Title: "실적", Width: 4, Align: pdf.Right},
		{Title: "단위", Width: 3, Align: pdf.Center},
	}}
	for _, i := range n.Indicators {
		target, actual := "-", "-"
		for _, x := range i.Targets {
			if x.Year == rep.Year {
				target = amount(x.Value)
			}
		}
		if v, there := rep.Values[i.Name]; there {
			actual = amount(v)
		}
		t.Rows = append(t.Rows, pdf.Row(i.Name, amount(i.Baseline), target, actual, i.Unit))
	}
	if len(t.Rows) > 0 {
		d.Table(t)
	}
	d.Item(1, fmt.Sprintf("집행: 예산현액 %s원, 원인행위액 %s원, 지출액 %s원", grouped(strconv.FormatInt(rep.Allotted, 10)),
		grouped(strconv.FormatInt(rep.Committed, 10)), grouped(strconv.FormatInt(rep.Spent, 10))))
	d.Item(1, "추진 상황: "+orNone(rep.Text))
	d.Item(1, "증빙: "+orNone(rep.Evidence))
}

// planDoc opens a document about a plan.
func planDoc(committee string, p plan.Plan, title string, at time.Time) *pdf.Doc {
	created := at
	if at.IsZero() {
		created = time.Unix(0, 0)
	}
	d := pdf.New(pdf.Meta{
		Title: p.Title + " " + title, Author: committee, Subject: title, Created: created.In(calendar.Seoul), Keywords: []string{committee},
	})
	d.Head(pdf.Head{Organisation: committee, Date: day(at)})
	d.Title(title)
	d.Subtitle(p.Title)
	return d
}

// attached closes a document about a plan with its own JSON inside.
func attached(d *pdf.Doc, of any, name string) ([]byte, error) {
	raw, err := json.Marshal(of)
	if err != nil {
		return nil, fmt.Errorf("docs: %w", err)
	}
	d.Attach(pdf.File{Name: name + ".json", Description: name, MIME: "application/json", Data: raw})
	return d.Bytes()
}

func changeKind(k plan.ChangeKind) string {
	return map[plan.ChangeKind]string{plan.Drafted: "초안", plan.Major: "중요변경", plan.Minor: "경미변경"}[k]
}

// nameText writes what a plan is called and what it is for.
func nameText(n plan.Name) string { return n.Title + "\n(비전과 목표) " + n.Vision }

// nodeText writes a node of the comparison, or what stands where there is none.
func nodeText(n *plan.Node, none string) string {
	if n == nil {
		return none
	}
	lines := []string{n.Title}
	if n.Text != "" {
		lines = append(lines, n.Text)
	}
	lines = append(lines, fmt.Sprintf("(담당부서) %s (가중치) %d", n.Owner, n.Weight))
	for _, b := range n.Budget {
		lines = append(lines, fmt.Sprintf("(예산) %d년 %s %s원", b.Year, b.Source, grouped(strconv.FormatInt(b.Amount, 10))))
	}
	for _, i := range n.Indicators {
		text := fmt.Sprintf("(성과지표) %s: 기준 %s%s", i.Name, amount(i.Baseline), i.Unit)
		for _, t := range i.Targets {
			text += fmt.Sprintf(", %d년 %s%s", t.Year, amount(t.Value), i.Unit)
		}
		lines = append(lines, text)
	}
	return strings.Join(lines, "\n")
}

// percent writes a share with one decimal.
func percent(s plan.Share) string {
	if !s.Known {
		return "-"
	}
	tenths := (s.Points + 5) / 10
	return fmt.Sprintf("%d.%d%%", tenths/10, tenths%10)
}

// amount writes thousandths as a number: 2.76, 50,000.
func amount(v int64) string {
	sign := ""
	if v < 0 {
		sign, v = "-", -v
	}
	out := sign + grouped(strconv.FormatInt(v/plan.Thousand, 10))
	if rest := v % plan.Thousand; rest != 0 {
		out += "." + strings.TrimRight(strconv.FormatInt(plan.Thousand+rest, 10)[1:], "0")
	}
	return out
}

// grouped sets commas between thousands.
func grouped(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
