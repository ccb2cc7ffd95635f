package document

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/domain/policy"
)

// minutesText checks the disclosed minutes against the record: who was there, when what happened, how items ended,
// and that whatever is withheld has its ground and reason.
func (a *audit) minutesText() {
	if a.Minutes == nil {
		return
	}
	a.judge(a.Minutes.Schema == SchemaMinutes && !a.Minutes.Full, "회의록 형식", "", a.Minutes.Schema, "공개용 "+SchemaMinutes, "")
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
	a.judge(c.Mode == a.Meeting.Mode, "회의록의 회의 방식", "", modes[c.Mode], modes[a.Meeting.Mode], "")
	a.compare("회의록의 재적위원", "", people(c.Serving), people(len(a.Roster)), policy.MeetingQuorum.Cite(a.Rules))
}

var modes = map[meeting.Mode]string{
	meeting.InPerson: "대면회의", meeting.Remote: "화상회의", meeting.Mixed: "대면ㆍ화상 병행", meeting.Written: "서면심의",
}

// attendance checks the lists of who was there and who was not, and the notes on who came late or left.
func (a *audit) attendance() {
	c := a.Minutes.Content
	var faults []string
	for _, p := range slices.Concat(c.Present, c.Absent) {
		if seat, ok := a.seat(p.Member); !ok || seat.Name != p.Name {
			faults = append(faults, "명부와 다른 이름")
		}
	}
	a.wrongs(faults, "위원의 이름", "", fmt.Sprintf("%d명", len(c.Present)+len(c.Absent)), "위원회조례 10의2①")
	if a.written() && slices.ContainsFunc(a.Items, func(i RecordItem) bool { return i.Confidential }) {
		a.withheld("참석자 명단", "", "비공개 안건의 서면 회신")
		return
	}
	drawn := minutes.Draft(a.facts())
	a.compare("참석자 명단", "", a.attendees(c.Present), a.attendees(drawn.Present), "위원회조례 10의2①")
	a.compare("불참자 명단", "", a.attendees(c.Absent), a.attendees(drawn.Absent), "위원회조례 10의2①")
	a.notes(c.Present, drawn.Present)
}

// notes compares when members came late or left early. For whom somebody stood in, the record does not name the person.
func (a *audit) notes(stated, drawn []minutes.Attendee) {
	var faults []string
	for _, d := range drawn {
		n := slices.IndexFunc(stated, func(s minutes.Attendee) bool { return s.Member == d.Member })
		proxied := slices.ContainsFunc(a.Presences, func(s RecordStay) bool {
			return s.Member == d.Member && s.Via == meeting.ViaProxy
		})
		if n >= 0 && !proxied && stated[n].Note != d.Note {
			faults = append(faults, fmt.Sprintf("%s %s(출석 기록: %s)", d.Name, stated[n].Note, d.Note))
		}
	}
	a.wrongs(faults, "입장과 퇴장", "", fmt.Sprintf("%d명", len(drawn)), "위원회조례 10의2①")
}

// facts are the facts that say who was there.
func (a *audit) facts() minutes.Facts {
	m := a.Meeting
	f := minutes.Facts{Rules: a.Rules, Presences: a.log(), Meeting: meeting.Meeting{
		Mode: m.Mode, OpenedAt: &m.OpenedAt, AdjournedAt: &m.AdjournedAt,
	}}
	for _, s := range a.Roster {
		f.Roster = append(f.Roster, committee.Seated{Member: &committee.Member{ID: s.Member, Name: s.Name}})
	}
	for _, b := range a.Ballots {
		c := minutes.Count{}
		for _, v := range b.Voted {
			c.Voted = append(c.Voted, ballot.Participation{Member: v.Member})
		}
		f.Ballots = append(f.Ballots, c)
	}
	return f
}

func (a *audit) log() []meeting.Presence {
	var out []meeting.Presence
	for _, s := range a.Presences {
		out = append(out, meeting.Presence{Member: s.Member, Via: s.Via, InAt: s.InAt, OutAt: s.OutAt})
	}
	return out
}

// attendees writes a list of the minutes as list does the roster's.
func (a *audit) attendees(list []minutes.Attendee) string {
	var ids []domain.ID
	for _, p := range list {
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
	for _, r := range a.Recusals {
		said(meeting.EventRecusal, r.Item, r.At)
	}
	for _, b := range a.Ballots {
		said(meeting.EventVote, b.Item, b.OpenedAt)
		said(meeting.EventResult, b.Item, b.ClosedAt)
	}
	a.wrongs(faults, "회의록의 진행 순서", "", fmt.Sprintf("%d건", len(entries)), "위원회조례 10의2①")
}

var acts = map[string]string{
	meeting.EventOpen: "개의", meeting.EventAdjourn: "산회", meeting.EventWarn: "회의록 공개 고지", meeting.EventTable: "상정",
	meeting.EventVote: "표결 선언", meeting.EventResult: "결과 선포", meeting.EventRecusal: "제척·기피·회피",
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
