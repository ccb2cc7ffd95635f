package document

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/calendar"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/domain/policy"
)

// minutesText checks the disclosed minutes against the record: who was there, when what happened, how items ended, and that
// whatever is withheld has its ground and reason.
func (a *audit) minutesText() {
	if a.Minutes == nil {
		return
	}
	a.compare("회의록 형식", "", a.Minutes.Schema, SchemaMinutes, "")
	a.heading("회의록", a.Minutes.Head)
	a.fields()
	a.particulars()
	a.attendance()
	a.course()
	a.itemParts()
	a.textHash()
	a.withholding()
}

// heading checks what stands above a paper.
func (a *audit) heading(name string, h Head) {
	stated := fmt.Sprintf("제%d차 %s", h.Session, h.Committee)
	computed := fmt.Sprintf("제%d차 %s", a.Meeting.Number, a.Record.Committee.Name)
	same := h.Meeting == a.Meeting.ID && h.Provisional == a.Rules.Provisional && stated == computed
	a.judge(same, "문서 머리", name, stated, computed, "")
}

// fields checks that nothing mandatory is missing (위원회조례 10의2①, 기록물령 18②).
func (a *audit) fields() {
	r := a.Rules
	missing := a.Minutes.Content.Missing(policy.MinutesFields.Of(r))
	closed := slices.ContainsFunc(a.Items, func(i RecordItem) bool { return i.Confidential })
	if closed && slices.Equal(missing, []string{minutes.FieldStatements}) {
		a.withheld("회의록 기재사항", "", "비공개 안건의 발언 내용")
		return
	}
	a.wrongs(missing, "회의록 기재사항", "", fmt.Sprintf("필수 기재사항 %d개", len(policy.MinutesFields.Of(r))),
		policy.MinutesFields.Cite(r))
}

// particulars checks the times and the number of serving members.
func (a *audit) particulars() {
	c := a.Minutes.Content
	a.compare("회의록의 일시", "", moment(c.Opened)+" ~ "+moment(c.Adjourned),
		moment(a.Meeting.OpenedAt)+" ~ "+moment(a.Meeting.AdjournedAt), "위원회조례 10의2①")
	a.compare("회의록의 회의 방식", "", string(c.Mode), string(a.Meeting.Mode), "")
	a.compare("회의록의 재적위원", "", people(c.Serving), people(len(a.Roster)), policy.MeetingQuorum.Cite(a.Rules))
}

// attendance checks the lists of who was there and who was not.
func (a *audit) attendance() {
	c := a.Minutes.Content
	there := meeting.PresenceRuleOf(a.Rules).During(a.log(), a.Meeting.OpenedAt, a.Meeting.AdjournedAt)
	if a.written() {
		there = a.returned()
		if slices.ContainsFunc(a.Items, func(i RecordItem) bool { return i.Confidential }) {
			a.withheld("참석자 명단", "", "비공개 안건의 서면 회신")
			return
		}
	}
	var all []domain.ID
	for _, s := range a.Roster {
		all = append(all, s.Member)
	}
	a.compare("참석자 명단", "", a.attendees(c.Present), a.list(both(all, there)), "위원회조례 10의2①")
	a.compare("불참자 명단", "", a.attendees(c.Absent), a.list(less(all, there)), "위원회조례 10의2①")
}

func (a *audit) log() []meeting.Presence {
	var out []meeting.Presence
	for _, s := range a.Presences {
		out = append(out, meeting.Presence{Member: s.Member, Via: s.Via, InAt: s.InAt, OutAt: s.OutAt})
	}
	return out
}

// returned lists who returned a written vote.
func (a *audit) returned() []domain.ID {
	var out []domain.ID
	for _, b := range a.Ballots {
		out = append(out, b.voters()...)
	}
	return out
}

// attendees writes a list of the minutes as list does the roster's, so that a wrong name shows.
func (a *audit) attendees(list []minutes.Attendee) string {
	var ids []domain.ID
	for _, p := range list {
		if seat, ok := a.seat(p.Member); ok && seat.Name != p.Name {
			return "명부와 다른 이름이 있음"
		}
		ids = append(ids, p.Member)
	}
	return a.list(ids)
}

// course checks that the minutes have the formal acts at the times the record gives them.
func (a *audit) course() {
	var faults []string
	entries := a.Minutes.Content.Proceeding
	for i, e := range entries {
		if i > 0 && e.At.Before(entries[i-1].At) {
			faults = append(faults, "시각의 순서")
		}
		_, known := a.item(e.Item)
		_, seated := a.seat(e.Member)
		if e.Item != "" && !known || e.Member != "" && !seated {
			faults = append(faults, "기록에 없는 안건이나 위원의 발언")
		}
	}
	said := func(kind string, item domain.ID, at time.Time) {
		if !slices.ContainsFunc(entries, func(e minutes.Entry) bool {
			return e.Kind == kind && e.Item == item && e.At.Equal(at)
		}) {
			faults = append(faults, "진행 순서에 없는 "+acts[kind]+" "+moment(at))
		}
	}
	said(meeting.EventOpen, "", a.Meeting.OpenedAt)
	said(meeting.EventAdjourn, "", a.Meeting.AdjournedAt)
	if a.Meeting.WarnedAt != nil {
		said(meeting.EventWarn, "", *a.Meeting.WarnedAt)
	}
	for _, i := range a.Items {
		if i.TabledAt != nil {
			said(meeting.EventTable, i.Item, *i.TabledAt)
		}
	}
	for _, b := range a.Ballots {
		said(meeting.EventVote, b.Item, b.OpenedAt)
		said(meeting.EventResult, b.Item, b.ClosedAt)
	}
	a.wrongs(faults, "회의록의 진행 순서", "", fmt.Sprintf("%d건", len(entries)), "위원회조례 10의2①")
}

var acts = map[string]string{
	meeting.EventOpen: "개의", meeting.EventAdjourn: "산회", meeting.EventWarn: "회의록 공개 고지", meeting.EventTable: "상정",
	meeting.EventVote: "표결 선언", meeting.EventResult: "결과 선포",
}

// itemParts checks what the minutes say of each item.
func (a *audit) itemParts() {
	parts := a.Minutes.Content.Items
	a.compare("회의록의 안건 수", "", fmt.Sprintf("%d건", len(parts)), fmt.Sprintf("%d건", len(a.Items)), "위원회조례 10의2①")
	for n, i := range a.Items {
		if n >= len(parts) {
			return
		}
		a.itemPart(i, parts[n])
	}
}

func (a *audit) itemPart(i RecordItem, p minutes.ItemPart) {
	same := map[string]bool{
		"안건":  p.Item == i.Item && p.Number == i.Number && p.Title == i.Title && p.Kind == i.Kind,
		"제안자": p.Proposer == i.Proposer, "주문": p.Proposal == i.Proposal && p.Text == i.Text,
		"결과": p.Outcome == i.Outcome, "조건": slices.Equal(p.Conditions, i.Conditions), "사유": p.Reason == i.Reason,
		"비공개 여부": p.Confidential == i.Confidential, "제척 위원": a.sameRecused(i, p), "표결": a.sameBallots(i, p),
	}
	var faults []string
	for name, ok := range same {
		if !ok {
			faults = append(faults, name+"이(가) 기록과 다름")
		}
	}
	slices.Sort(faults)
	a.wrongs(faults, "회의록의 안건별 결과", i.label(), i.Outcome.Korean(), "위원회조례 10의2①")
}

// sameRecused compares who was kept out for good.
func (a *audit) sameRecused(i RecordItem, p minutes.ItemPart) bool {
	var kept, listed []domain.ID
	for _, r := range a.Recusals {
		_, seated := a.seat(r.Member)
		if r.Item == i.Item && r.State == meeting.RecusalInForce && seated {
			kept = append(kept, r.Member)
		}
	}
	for _, x := range p.Recused {
		if seat, _ := a.seat(x.Member); seat.Name != x.Name {
			return false
		}
		listed = append(listed, x.Member)
	}
	slices.Sort(kept)
	slices.Sort(listed)
	return slices.Equal(slices.Compact(kept), listed)
}

// sameBallots compares the votes of an item, with the names where they were not secret.
func (a *audit) sameBallots(i RecordItem, p minutes.ItemPart) bool {
	var own []RecordBallot
	for _, b := range a.Ballots {
		if b.Item == i.Item {
			own = append(own, b)
		}
	}
	if len(own) != len(p.Ballots) {
		return false
	}
	for n, b := range own {
		if !a.sameBallot(b, p.Ballots[n]) {
			return false
		}
	}
	return true
}

func (a *audit) sameBallot(b RecordBallot, p minutes.BallotPart) bool {
	if b.ID != p.Ballot || b.Purpose != p.Purpose || b.Method != p.Method || b.Question != p.Question ||
		!reflect.DeepEqual(b.Result, p.Result) {
		return false
	}
	if b.Method == ballot.Secret {
		return len(p.Votes) == 0
	}
	given := map[domain.ID]ballot.Choice{}
	for _, v := range b.Votes {
		given[v.Member] = v.Choice
	}
	for _, v := range p.Votes {
		seat, _ := a.seat(v.Member)
		if given[v.Member] != v.Choice || seat.Name != v.Name {
			return false
		}
	}
	return len(p.Votes) == len(b.Votes)
}

// textHash compares the text with the hash that was signed, where nothing of it is withheld.
func (a *audit) textHash() {
	sum, err := a.hash(a.Minutes.Content)
	if err != nil {
		sum = "계산할 수 없음"
	}
	if sum != a.Minutes.Hash && len(a.Minutes.Notices) > 0 {
		a.withheld("회의록의 해시(SHA-256)", "", "비공개 부분이 있는 회의록의 전문")
		return
	}
	a.compare("회의록의 해시(SHA-256)", "", a.Minutes.Hash, sum, "위원회조례 10의2④")
}

// withholding checks that each withheld part has a ground the rules know and a reason (위원회조례 10의2⑥⑦).
func (a *audit) withholding() {
	var faults []string
	grounds := map[string]bool{}
	anchors := map[string]bool{}
	for _, n := range a.Minutes.Notices {
		grounds[n.Ground], anchors[n.Anchor] = true, true
		if !slices.Contains(policy.DisclosureGrounds.Of(a.Rules), n.Ground) || strings.TrimSpace(n.Reason) == "" {
			faults = append(faults, "사유 없는 비공개")
		}
	}
	for _, g := range barGrounds(a.Minutes.Content) {
		if !grounds[g] {
			faults = append(faults, "공표하지 않은 비공개 사유 "+g+"호")
		}
	}
	for _, i := range a.Items {
		if i.Confidential && !anchors[minutes.ItemAnchor(i.Item)] && policy.WithholdingReason.Of(a.Rules) {
			faults = append(faults, i.label()+" 비공개 사유 없음")
		}
	}
	a.wrongs(faults, "비공개 사유", "", fmt.Sprintf("%d건", len(a.Minutes.Notices)), policy.WithholdingReason.Cite(a.Rules))
}

// barGrounds lists the grounds that stand behind bars, "■■■(5ㆍ6호)".
func barGrounds(c minutes.Content) []string {
	raw, err := json.Marshal(c)
	if err != nil {
		return nil
	}
	var out []string
	for _, part := range strings.Split(string(raw), minutes.Bar+"(")[1:] {
		if list, _, ok := strings.Cut(part, "호)"); ok {
			out = append(out, strings.Split(list, "ㆍ")...)
		}
	}
	return slices.DeleteFunc(out, func(g string) bool { return len(g) != 1 })
}

// signing checks the signatures and the days of 위원회조례 10의2④⑤.
func (a *audit) signing() {
	if a.Minutes == nil || a.Filing == nil {
		return
	}
	f, r := a.Filing, a.Rules
	sign, publish := minutes.Deadlines(a.Meeting.AdjournedAt, r)
	a.compare("서명 기한", "", f.SignBy.Korean(), sign.Korean(), policy.SignDays.Cite(r))
	a.compare("공개 기한", "", f.PublishBy.Korean(), publish.Korean(), policy.PublishDays.Cite(r))
	a.signatures()
	if f.PublishedAt == nil {
		return
	}
	a.duty(calendar.DateOf(*f.PublishedAt) <= publish, "회의록 공개", "", moment(*f.PublishedAt), publish.Korean()+"까지",
		policy.PublishDays.Cite(r))
	order := f.CirculatedAt != nil && !f.CirculatedAt.Before(a.Meeting.AdjournedAt) && !f.PublishedAt.Before(*f.CirculatedAt)
	a.judge(order, "회의록의 회람과 공개", "", moment(*f.PublishedAt), "산회, 회람, 공개의 순서", policy.PublishDays.Cite(r))
}

func (a *audit) signatures() {
	f, m, r := a.Filing, a.Minutes, a.Rules
	var faults []string
	var members []domain.ID
	open, late := 0, 0
	for _, s := range m.Signatures {
		members = append(members, s.Member)
		seat, ok := a.seat(s.Member)
		present := slices.ContainsFunc(m.Content.Present, func(p minutes.Attendee) bool { return p.Member == s.Member })
		if !ok || seat.Name != s.Name || !present {
			faults = append(faults, "명부나 참석자에 없는 서명자")
		}
		if s.Signed == nil {
			open++
			continue
		}
		if s.Hash != m.Hash || f.CirculatedAt == nil || s.Signed.Before(*f.CirculatedAt) {
			faults = append(faults, s.Name+" 위원의 서명이 이 회의록의 것이 아님")
		}
		if calendar.DateOf(*s.Signed) > f.SignBy {
			late++
		}
	}
	slices.Sort(members)
	if !slices.Equal(members, slices.Sorted(slices.Values(f.Signers))) {
		faults = append(faults, "서명 대상 위원이 다름")
	}
	sound := fmt.Sprintf("서명 대상 %d명 중 %d명 서명", len(members), len(members)-open)
	a.wrongs(faults, "회의록 서명", "", sound, policy.SignDays.Cite(r))
	due := f.PublishedAt != nil && calendar.DateOf(*f.PublishedAt) > f.SignBy
	a.duty(late == 0 && (open == 0 || !due), "서명 기한 준수", "", fmt.Sprintf("기한 뒤 %d명, 미서명 %d명", late, open),
		f.SignBy.Korean()+"까지", policy.SignDays.Cite(r))
	released := open == 0 || m.Confirmed && policy.PublishWithoutAll.Of(r) || f.PublishedAt == nil
	a.judge(released, "공개 요건", "", sound, "전원 서명 또는 위원장 확인", policy.PublishWithoutAll.Cite(r))
	a.duty(m.Recording != "" || !policy.VerbatimRequired.Of(r), "속기록·녹음기록", "", m.Recording, "속기록 또는 녹음기록의 관리번호",
		policy.VerbatimRequired.Cite(r))
}
