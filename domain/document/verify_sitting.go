package document

import (
	"fmt"
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
)

// convening checks the period of notice, or the ground and the window of a written deliberation.
func (a *audit) convening() {
	m, r := a.Meeting, a.Rules
	if m.NoticedAt == nil {
		a.judge(false, "소집 통지", "", "통지 일시 없음", "통지 일시 필요", policy.NoticeDays.Cite(r))
		return
	}
	given := calendar.DateOf(*m.NoticedAt)
	if a.written() {
		a.window(given)
		return
	}
	rule, day := meeting.NoticeRuleOf(r), calendar.DateOf(m.StartsAt)
	stated := fmt.Sprintf("통지 %s, 회의 %s(%d일 전)", given.Korean(), day.Korean(), given.DaysUntil(day))
	if m.NoticedAt.After(m.StartsAt) {
		a.judge(false, "소집 통지", "", stated, "통지는 회의보다 앞섬", policy.NoticeDays.Cite(r))
		return
	}
	computed := fmt.Sprintf("%d일 전까지: %s", rule.Days, rule.LastLawful(day).Korean())
	if rule.Judge(given, day) == meeting.Late && slices.Contains(policy.NoticeExceptions.Of(r), m.NoticeGround) {
		a.duty(m.NoticeReason != "", "소집 통지", "", stated, "기간 단축 사유: "+m.NoticeReason, policy.NoticeExceptions.Cite(r))
		return
	}
	a.duty(rule.Judge(given, day) != meeting.Late, "소집 통지", "", stated, computed, policy.NoticeDays.Cite(r))
}

func (a *audit) window(given calendar.Date) {
	m, r := a.Meeting, a.Rules
	known := slices.Contains(policy.WrittenGrounds.Of(r), m.WrittenGround)
	a.judge(known && m.WrittenReason != "", "서면심의 사유", "", m.WrittenGround, m.WrittenGround+": "+m.WrittenReason,
		policy.WrittenGrounds.Cite(r))
	if m.WrittenUntil == nil {
		a.judge(false, "서면심의 기간", "", "끝나는 때 없음", "끝나는 때 필요", policy.WrittenWindowDays.Cite(r))
		return
	}
	days, least := given.DaysUntil(calendar.DateOf(*m.WrittenUntil)), policy.WrittenWindowDays.Of(r)
	a.duty(days >= least, "서면심의 기간", "", fmt.Sprintf("%d일", days), fmt.Sprintf("%d일 이상", least),
		policy.WrittenWindowDays.Cite(r))
}

// sitting checks the course of the meeting: its times, who was in the chair, and the quorum when it opened and went on.
func (a *audit) sitting() {
	m, r := a.Meeting, a.Rules
	order := !m.OpenedAt.Before(m.StartsAt) && !m.AdjournedAt.Before(m.OpenedAt)
	stated := fmt.Sprintf("예정 %s, 개의 %s, 산회 %s", moment(m.StartsAt), moment(m.OpenedAt), moment(m.AdjournedAt))
	computed := stated
	if !order {
		computed = "예정 ≤ 개의 ≤ 산회"
	}
	a.judge(order, "회의 시각", "", stated, computed, "")
	a.chair()
	if a.written() {
		return
	}
	a.warning()
	checked := slices.Contains(policy.QuorumChecks.Of(r), "opening")
	a.quorum("의사정족수(개의)", m.OpenedAt, checked)
	for _, at := range a.resumed() {
		a.quorum("의사정족수(속개)", at, checked)
	}
}

func (a *audit) warning() {
	m, r := a.Meeting, a.Rules
	if !policy.DisclosureWarning.Of(r) {
		return
	}
	basis := policy.DisclosureWarning.Cite(r)
	if m.WarnedAt == nil {
		tabled := slices.ContainsFunc(a.Items, func(i RecordItem) bool { return i.TabledAt != nil })
		a.duty(!tabled, "회의록 공개 고지", "", "고지 없음", "심의에 앞서 고지", basis)
		return
	}
	first := m.AdjournedAt
	for _, i := range a.Items {
		if i.TabledAt != nil && i.TabledAt.Before(first) {
			first = *i.TabledAt
		}
	}
	a.judge(!m.WarnedAt.Before(m.OpenedAt) && !m.WarnedAt.After(first), "회의록 공개 고지", "", moment(*m.WarnedAt),
		"개의 뒤, 첫 안건의 상정 전", basis)
}

// chair checks that who presided is a member who was there, and whose turn it was. Whose turn it was is not asked
// where an election in this meeting changed the roles, or names are withheld.
func (a *audit) chair() {
	m, basis := a.Meeting, policy.ActingChairOrder.Cite(a.Rules)
	seat, ok := a.seat(m.PresidedBy)
	o := meeting.Officers{Present: a.serving(m.OpenedAt)}
	if !a.written() {
		o.Present = a.there(m.OpenedAt, nil, true)
	}
	if !ok || !slices.Contains(o.Present, m.PresidedBy) {
		a.judge(false, "의장", "", "명부에 없거나 출석하지 않은 사람", "출석한 재적위원", basis)
		return
	}
	masked := false
	for _, s := range a.Roster {
		masked = masked || s.Role == ""
		switch s.Role {
		case committee.RoleChair:
			o.Chairs = append(o.Chairs, s.Member)
		case committee.RoleViceChair:
			o.ViceChairs = append(o.ViceChairs, s.Member)
		}
	}
	if masked {
		a.withheld("의장", "", "비공개 위원의 직위")
		return
	}
	_, err := o.Presiding(policy.ActingChairOrder.Of(a.Rules), m.PresidedBy, basis)
	a.judge(err == nil || a.elects(), "의장", "", seat.Name, "출석한 위원장, 없으면 정해진 순서의 직무대행자", basis)
}

// elects reports whether an election was held, after which the roles are no longer those of the opening.
func (a *audit) elects() bool {
	return slices.ContainsFunc(a.Ballots, func(b RecordBallot) bool { return b.Purpose == ballot.Election })
}

// quorum counts who was there against who serves.
func (a *audit) quorum(name string, at time.Time, checked bool) {
	rule := ballot.RuleOf(a.Rules, ballot.Procedural)
	serving := a.serving(at)
	q := rule.QuorumOf(ballot.Attendance{Serving: len(serving), Present: len(both(a.there(at, nil, true), serving))})
	a.judge(q.Met || !checked, name, moment(at), quorumWords(q), people(q.Required)+" 이상 출석", rule.QuorumBasis)
}

// resumed are the instants at which the meeting went on after an interruption, as the minutes have them.
func (a *audit) resumed() []time.Time {
	var out []time.Time
	if a.Minutes == nil {
		return out
	}
	for _, e := range a.Minutes.Content.Proceeding {
		if e.Kind == meeting.EventResume {
			out = append(out, e.At)
		}
	}
	return out
}

// there lists the members present at an instant, sorted. Who came or went at that very instant is counted when the
// record names them among those concerned, or in any case when all is set: the log does not say which act was first.
func (a *audit) there(at time.Time, named []domain.ID, all bool) []domain.ID {
	rule := meeting.PresenceRuleOf(a.Rules)
	out := []domain.ID{}
	for _, s := range a.Presences {
		if !rule.Counts(meeting.Presence{Via: s.Via}) || s.InAt.After(at) || s.OutAt != nil && s.OutAt.Before(at) {
			continue
		}
		edge := s.InAt.Equal(at) || s.OutAt != nil && s.OutAt.Equal(at)
		if !edge || all || slices.Contains(named, s.Member) {
			out = append(out, s.Member)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// both lists what is in both of two lists, in the order of the first.
func both(x, y []domain.ID) []domain.ID {
	return slices.DeleteFunc(slices.Clone(x), func(id domain.ID) bool { return !slices.Contains(y, id) })
}

// less lists what is in the first list only.
func less(x, y []domain.ID) []domain.ID {
	return slices.DeleteFunc(slices.Clone(x), func(id domain.ID) bool { return slices.Contains(y, id) })
}

// presences checks the log: each stay of a serving member, in a way the meeting knows, closed, none within another.
func (a *audit) presences() {
	if a.written() {
		a.judge(len(a.Presences) == 0, "출석 기록", "", fmt.Sprintf("%d건", len(a.Presences)), "서면심의에는 없음", "")
		return
	}
	var faults []string
	held := meeting.Meeting{Mode: a.Meeting.Mode, State: meeting.Open}
	for i, s := range a.Presences {
		who := a.nameOf(s.Member)
		if _, ok := a.seat(s.Member); !ok {
			faults = append(faults, "명부에 없는 위원의 출석")
		}
		if held.MayEnter(s.Via) != nil {
			faults = append(faults, who+" 출석 방법 "+s.Via)
		}
		if s.OutAt == nil || s.OutAt.Before(s.InAt) || s.OutAt.After(a.Meeting.AdjournedAt) {
			faults = append(faults, who+" 퇴장 시각")
		}
		for _, o := range a.Presences[:i] {
			if o.Member == s.Member && overlap(o, s) {
				faults = append(faults, who+" 출석 시각 겹침")
			}
		}
	}
	a.wrongs(faults, "출석 기록", "", fmt.Sprintf("%d건", len(a.Presences)), policy.MeetingQuorum.Cite(a.Rules))
}

func overlap(x, y RecordStay) bool {
	return (x.OutAt == nil || x.OutAt.After(y.InAt)) && (y.OutAt == nil || y.OutAt.After(x.InAt))
}

// nameOf is a member's name for people.
func (a *audit) nameOf(member domain.ID) string {
	if s, ok := a.seat(member); ok {
		return s.Name
	}
	return "명부에 없는 위원"
}
