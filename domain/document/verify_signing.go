package document

import (
	"fmt"
	"slices"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/minutes"
	"secretariat/domain/policy"
)

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
	sent := f.CirculatedAt
	order := sent != nil && !sent.Before(a.Meeting.AdjournedAt) && !f.PublishedAt.Before(*sent)
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
		if !ok || seat.Name != s.Name || !present || s.Role != minutes.RoleKorean(seat.Role) {
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
