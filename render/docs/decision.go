package docs

import (
	"strings"

	"secretariat/domain/ballot"
	"secretariat/domain/calendar"
	"secretariat/domain/document"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/render/pdf"
)

// name is what the record of a kind of item is called.
func name(k meeting.ItemKind) string {
	return map[meeting.ItemKind]string{
		meeting.Deliberation: "심의결정서", meeting.Resolution: "의결서", meeting.Advice: "자문결과서", meeting.Report: "보고접수서",
	}[k]
}

// Decision prints the record of one decision.
func (Renderer) Decision(r document.DecisionRecord) ([]byte, error) {
	x := r.Decision
	d := begin(r.Head, x.Number+" "+name(x.Kind), x.Title)
	d.Title(name(x.Kind))
	d.Subtitle(x.Number)
	d.KeyValues(
		pdf.KeyValue{Key: "회의", Value: session(r.Head) + " · " + r.MeetingDay.Korean() + " · " + how(r.Mode)},
		pdf.KeyValue{Key: "의안번호", Value: orNone(x.ItemNumber)},
		pdf.KeyValue{Key: "안건명", Spans: spans(x.Title)},
		pdf.KeyValue{Key: "제출", Value: orNone(r.Proposer)},
		pdf.KeyValue{Key: "결과", Spans: []pdf.Span{pdf.Bold(x.Outcome.Korean())}},
		pdf.KeyValue{Key: "결정일시", Value: calendar.Korean(x.DecidedAt)},
	)
	if r.Replaces != "" {
		d.ParagraphSpans(after(pdf.Bold("정정: "), "이 결정서는 "+r.Replaces+"를 대체한다. 사유: "+x.Cause)...)
	}
	d.Heading(1, "주문")
	d.ParagraphSpans(spans(x.Text)...)
	conditions(d, x.Conditions)
	reasons(d, r)
	d.Heading(1, "표결 결과")
	if x.Ballot == nil {
		d.Paragraph(unvoted(x))
	} else {
		sum(d, *x.Ballot)
		votes(d, *x.Ballot)
	}
	applied(d, r)
	followUps(d, r.Actions)
	d.End()
	issuer(d, r.Head)
	short := ""
	if x.Ballot != nil {
		short = legend(document.Reasoning(x.Ballot.Result)...)
	}
	return finish(d, r, document.KindDecision.Korean(), short, checksum("기록 확인값", x.Hash))
}

func conditions(d *pdf.Doc, list []string) {
	if len(list) == 0 {
		return
	}
	d.Heading(1, "조건")
	for _, c := range list {
		d.ItemSpans(1, spans(c)...)
	}
}

func reasons(d *pdf.Doc, r document.DecisionRecord) {
	var parts []string
	for _, s := range []string{r.Reasons, r.Decision.Reason} {
		if strings.TrimSpace(s) != "" {
			parts = append(parts, s)
		}
	}
	if len(parts) == 0 {
		return
	}
	d.Heading(1, "이유")
	for _, s := range parts {
		d.ParagraphSpans(spans(s)...)
	}
}

// unvoted says why there is no sum.
func unvoted(x minutes.Decision) string {
	switch {
	case x.Confidential:
		return "비공개 안건으로 표결 내용을 싣지 아니한다."
	case x.Kind.Votes():
		return "표결을 거치지 아니하였다."
	}
	return "표결을 하지 아니하는 안건이다(" + kind(x.Kind) + ")."
}

// sum is the box with the numbers of a vote, what follows from them and the rules.
func sum(d *pdf.Doc, b minutes.BallotPart) {
	lines := append([]string{document.Sum(b.Result)}, document.Reasoning(b.Result)...)
	if b.Result.Recused > 0 {
		lines = append(lines, "제척ㆍ기피ㆍ회피: 출석하되 이 안건의 의결 대상에서 제외 ("+b.Result.Rule.RecusalBasis+")")
	}
	lines = append(lines, "표결 방법: "+b.Method.Korean())
	d.Box(purpose(b.Purpose)+": "+b.Question, lines...)
}

// purpose names what is voted on.
func purpose(p ballot.Purpose) string {
	return map[ballot.Purpose]string{
		ballot.MainMotion: "안건 표결", ballot.AmendmentOf: "수정안 표결", ballot.ChallengeOf: "기피 신청 의결",
		ballot.Election: "선출", ballot.Procedural: "의사진행 표결",
	}[p]
}

func followUps(d *pdf.Doc, list []document.ActionLine) {
	if len(list) == 0 {
		return
	}
	t := pdf.Table{Columns: []pdf.Column{
		{Title: "조치할 사항", Width: 8, Align: pdf.Left}, {Title: "담당", Width: 3, Align: pdf.Center},
		{Title: "기한", Width: 3, Align: pdf.Center},
	}}
	for _, a := range list {
		t.Rows = append(t.Rows, []pdf.Cell{cell(a.Text), {Text: a.Owner}, {Text: date(a.Due)}})
	}
	d.Heading(1, "후속조치")
	d.Table(t)
}

// applied says by which rules it was decided and what the decision does by itself.
func applied(d *pdf.Doc, r document.DecisionRecord) {
	var law citer
	d.Heading(1, "적용 규정")
	d.Item(1, "적용 기준: "+r.Pack)
	if b := r.Decision.Ballot; b != nil {
		rule := b.Result.Rule
		d.Item(1, "의사정족수: 재적위원 "+document.Share(rule.Quorum)+"의 출석 — "+law.cite(rule.QuorumBasis))
		d.Item(1, "의결정족수: 의결 대상 위원 "+document.Share(rule.Majority)+"의 찬성 — "+law.cite(rule.MajorityBasis))
		d.Item(1, "제척ㆍ기피ㆍ회피 위원: "+recusedCount(rule)+" — "+law.cite(rule.RecusalBasis))
	}
	if r.Advisory {
		d.Item(1, "효력: 위원회의 심의ㆍ자문 결과이며 시장의 결재로 확정됨 — "+law.cite(r.EffectBasis))
	}
}

// recusedCount says where who is kept out counts.
func recusedCount(r ballot.Rule) string {
	return "의사정족수에 " + includes(r.RecusedInQuorum) + ", 의결정족수에 " + includes(r.RecusedInBase)
}

func includes(yes bool) string {
	if yes {
		return "산입"
	}
	return "불산입"
}
