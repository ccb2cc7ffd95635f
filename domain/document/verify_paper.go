package document

import (
	"fmt"
	"slices"
	"strings"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/minutes"
	"secretariat/domain/policy"
)

// papers checks notice and agenda against the record.
func (a *audit) papers() {
	if a.Notice != nil {
		a.heading(KindNotice.Korean(), a.Notice.Head)
		a.notice(*a.Notice)
	}
	if a.Agenda != nil {
		a.heading(KindAgenda.Korean(), a.Agenda.Head)
		a.agenda(*a.Agenda)
	}
}

func (a *audit) notice(n Notice) {
	m := a.Meeting
	faults := a.lines(n.Items)
	if n.Schema != SchemaNotice || n.Meeting != m.ID || n.Session != m.Number {
		faults = append(faults, "다른 회의의 문서")
	}
	if !n.StartsAt.Equal(m.StartsAt) || n.Mode != m.Mode || n.Place != m.Place {
		faults = append(faults, "일시, 방식 또는 장소")
	}
	sound := fmt.Sprintf("%s, 안건 %d건", moment(m.StartsAt), len(n.Items))
	a.wrongs(faults, "소집통지서", "", sound, policy.NoticeDays.Cite(a.Rules))
}

func (a *audit) agenda(g Agenda) {
	m := a.Meeting
	faults := a.lines(g.Items)
	if g.Schema != SchemaAgenda || g.Meeting != m.ID || g.Session != m.Number {
		faults = append(faults, "다른 회의의 문서")
	}
	if !g.StartsAt.Equal(m.StartsAt) || g.Mode != m.Mode || g.Place != m.Place {
		faults = append(faults, "일시, 방식 또는 장소")
	}
	a.wrongs(faults, "안건목록", "", fmt.Sprintf("안건 %d건", len(g.Items)), policy.NoticeDays.Cite(a.Rules))
}

// lines compares listed items with the record's. An item that was added after the paper went out is not missed in it.
func (a *audit) lines(lines []AgendaLine) []string {
	var faults []string
	for n, l := range lines {
		i, ok := a.item(l.Item)
		if !ok || l.Number != i.Number || l.Title != i.Title || l.Kind != i.Kind || l.Confidential != i.Confidential {
			faults = append(faults, fmt.Sprintf("%d번째 안건이 기록과 다름", n+1))
		}
		if l.Position != n+1 {
			faults = append(faults, fmt.Sprintf("%d번째 안건의 순서", n+1))
		}
		if l.Confidential && (l.Summary != "" || len(l.Papers) > 0) {
			faults = append(faults, fmt.Sprintf("%d번째 안건은 비공개", n+1))
		}
		faults = append(faults, a.enclosed(l)...)
	}
	return faults
}

// enclosed compares the papers of a line with those of the record's agenda, as far as the revision is the same.
func (a *audit) enclosed(l AgendaLine) []string {
	if a.Agenda == nil {
		return nil
	}
	var faults []string
	for _, own := range a.Agenda.Items {
		for _, p := range own.Papers {
			changed := func(q PaperLine) bool {
				return own.Item == l.Item && q.Number == p.Number && q.Revision == p.Revision && q != p
			}
			if slices.ContainsFunc(l.Papers, changed) {
				faults = append(faults, fmt.Sprintf("%s 붙임 %d", l.Number, p.Number))
			}
		}
	}
	return faults
}

// decisions checks the decision records: one for each item that was concluded, each saying what the record says.
func (a *audit) decisions() {
	a.issued()
	for _, d := range a.Decisions {
		if i, ok := a.item(d.Decision.Item); ok {
			a.decision(i, d)
		}
	}
}

// issued checks that each item that was concluded has one record, apart from those that supersede it.
func (a *audit) issued() {
	var faults []string
	first := map[domain.ID]int{}
	numbers := map[string]int{}
	for _, d := range a.Decisions {
		numbers[d.Decision.Number]++
		if _, ok := a.item(d.Decision.Item); !ok {
			faults = append(faults, d.Decision.Number+"의 안건이 기록에 없음")
		}
		if d.Decision.Supersedes == "" {
			first[d.Decision.Item]++
		}
	}
	for _, i := range a.Items {
		want := 0
		if minutes.Recorded(i.Outcome) && i.DecidedAt != nil {
			want = 1
		}
		if first[i.Item] != want {
			faults = append(faults, fmt.Sprintf("%s 결정서 %d건", i.label(), first[i.Item]))
		}
	}
	for number, n := range numbers {
		if n > 1 {
			faults = append(faults, number+" 번호 중복")
		}
	}
	slices.Sort(faults)
	a.wrongs(faults, "결정서 발급", "", fmt.Sprintf("%d건", len(a.Decisions)), "기록물령 18")
}

func (a *audit) decision(i RecordItem, d DecisionRecord) {
	x := d.Decision
	a.heading(x.Number, d.Head)
	same := []struct {
		name string
		ok   bool
	}{
		{"형식", d.Schema == SchemaDecision}, {"번호", a.numbered(x)},
		{"안건", x.ItemNumber == i.Number && x.Title == i.Title && x.Kind == i.Kind && x.Confidential == i.Confidential},
		{"결과", x.Outcome == i.Outcome}, {"의결 일시", i.DecidedAt != nil && x.DecidedAt.Equal(*i.DecidedAt)},
		{"회의", x.Meeting == a.Meeting.ID && x.Committee == a.Record.Committee.ID},
		{"회의일", d.MeetingDay == calendar.DateOf(a.Meeting.StartsAt) && d.Mode == a.Meeting.Mode},
		{"발급 시각", !x.IssuedAt.Before(a.Meeting.AdjournedAt)}, {"대체", a.supersedes(d)},
		{"효력", d.Advisory == (policy.DecisionEffect.Of(a.Rules) == policy.EffectAdvisory)},
		{"내용", i.Confidential || a.says(i, d)},
	}
	var faults []string
	for _, s := range same {
		if !s.ok {
			faults = append(faults, s.name+"이(가) 기록과 다름")
		}
	}
	a.wrongs(faults, "결정서", x.Number, i.Outcome.Korean(), policy.DecisionMajority.Cite(a.Rules))
	a.decisionHash(x)
}

// numbered checks the form of a number, "… 의결 제2026-3호": its kind and year.
func (a *audit) numbered(d minutes.Decision) bool {
	var serial int
	at := strings.LastIndex(d.Number, "-")
	if at < 0 {
		return false
	}
	if _, err := fmt.Sscanf(d.Number[at:], "-%d호", &serial); err != nil || serial < 1 {
		return false
	}
	return strings.HasSuffix(d.Number, minutes.DecisionNumber("", d.Kind, d.DecidedAt, serial))
}

// supersedes checks that a record that takes another's place names it and says why.
func (a *audit) supersedes(d DecisionRecord) bool {
	x := d.Decision
	if x.Supersedes == "" {
		return d.Replaces == "" && x.Cause == ""
	}
	n := slices.IndexFunc(a.Decisions, func(o DecisionRecord) bool {
		return o.Decision.ID == x.Supersedes && o.Decision.Item == x.Item
	})
	return n >= 0 && a.Decisions[n].Decision.Number == d.Replaces && (x.Cause != "" || x.Confidential)
}

// says compares the wording with what the minutes say, and the vote with the one that decided.
func (a *audit) says(i RecordItem, d DecisionRecord) bool {
	x := d.Decision
	if d.Proposer != i.Proposer && !hides(d.Proposer, i.Proposer) || !a.sameVote(i, x) {
		return false
	}
	if x.Supersedes != "" || a.Minutes == nil {
		return true
	}
	n := slices.IndexFunc(a.Minutes.Content.Items, func(p minutes.ItemPart) bool { return p.Item == i.Item })
	if n < 0 {
		return false
	}
	want := minutes.Wording(a.Minutes.Content.Items[n])
	return x.Text == want && slices.Equal(x.Conditions, i.Conditions) && x.Reason == i.Reason
}

func (a *audit) sameVote(i RecordItem, d minutes.Decision) bool {
	if d.Ballot == nil {
		return i.DecidedBallot == ""
	}
	n := slices.IndexFunc(a.Ballots, func(b RecordBallot) bool { return b.ID == i.DecidedBallot })
	return n >= 0 && a.sameBallot(a.Ballots[n], *d.Ballot)
}

// decisionHash compares a record with its hash, where nothing of it is withheld.
func (a *audit) decisionHash(d minutes.Decision) {
	stated := d.Hash
	d.Hash = ""
	sum, err := a.hash(d)
	if err != nil {
		sum = "계산할 수 없음"
	}
	if sum != stated && veiled(d) {
		a.withheld("결정서의 해시(SHA-256)", d.Number, "비공개 부분이 있는 결정서의 전문")
		return
	}
	a.compare("결정서의 해시(SHA-256)", d.Number, stated, sum, "기록물령 20②")
}

// veiled reports whether something of a decision is withheld.
func veiled(d minutes.Decision) bool {
	texts := append([]string{d.Title, d.Text, d.Reason, d.Cause}, d.Conditions...)
	if d.Ballot == nil {
		return hides(texts...) || d.Confidential
	}
	texts = append(texts, d.Ballot.Question)
	for _, v := range d.Ballot.Votes {
		texts = append(texts, v.Name)
	}
	for _, s := range d.Ballot.Result.Shares {
		texts = append(texts, withheldID(s.Candidate))
	}
	return hides(texts...) || d.Confidential
}

// withheldID is a bar where an id stands for a withheld name.
func withheldID(id domain.ID) string {
	if strings.HasPrefix(string(id), "withheld-") {
		return minutes.Bar
	}
	return ""
}
