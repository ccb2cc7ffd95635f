package document

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
)

// ballot recounts one vote: who was entitled, who took part, what was voted, and what that makes.
func (a *audit) ballot(b RecordBallot) {
	i, ok := a.item(b.Item)
	if !ok || i.Confidential {
		a.judge(false, "표결", b.Question, "안건 목록에 없는 안건의 표결", "안건 목록의 안건", "")
		return
	}
	a.labels[i.label()]++
	subject := fmt.Sprintf("%s 제%d표결(%s)", i.label(), a.labels[i.label()], purposes[b.Purpose])
	a.circumstances(b, i, subject)
	a.electorate(b, subject)
	a.turnout(b, subject)
	a.recount(b, subject)
}

var purposes = map[ballot.Purpose]string{
	ballot.MainMotion: "원안", ballot.AmendmentOf: "수정안", ballot.ChallengeOf: "기피", ballot.Election: "선거",
	ballot.Procedural: "의사진행",
}

// circumstances checks the times of the vote, its method and what it was about.
func (a *audit) circumstances(b RecordBallot, i RecordItem, subject string) {
	var faults []string
	if b.OpenedAt.Before(a.Meeting.OpenedAt) || b.ClosedAt.Before(b.OpenedAt) || b.ClosedAt.After(a.Meeting.AdjournedAt) {
		faults = append(faults, "표결 시각이 회의 시간 밖")
	}
	if b.Purpose != ballot.ChallengeOf && (i.TabledAt == nil || b.OpenedAt.Before(*i.TabledAt)) {
		faults = append(faults, "상정 전의 표결")
	}
	if i.DecidedAt != nil && b.ClosedAt.After(*i.DecidedAt) {
		faults = append(faults, "의결 뒤의 표결")
	}
	if (b.Method == ballot.WrittenVote) != a.written() || b.Method.Korean() == "" {
		faults = append(faults, "회의 방식에 맞지 않는 표결 방법")
	}
	if !same(b.ClosesAt, a.Meeting.WrittenUntil) {
		faults = append(faults, "표결 마감 시각")
	}
	decides := b.Purpose == ballot.MainMotion || b.Purpose == ballot.Election
	if i.SecretBallot && decides && b.Method != ballot.Secret {
		faults = append(faults, "무기명투표 안건")
	}
	if purposes[b.Purpose] == "" || !a.concerns(b) {
		faults = append(faults, "표결 대상이 기록에 없음")
	}
	sound := fmt.Sprintf("%s, %s ~ %s", b.Method.Korean(), moment(b.OpenedAt), moment(b.ClosedAt))
	a.wrongs(faults, "표결 경위", subject, sound, "")
}

// concerns reports whether what is decided is in the record: the amendment, the challenge, the candidates.
func (a *audit) concerns(b RecordBallot) bool {
	switch b.Purpose {
	case ballot.AmendmentOf:
		return slices.ContainsFunc(a.Amendments, func(m RecordAmendment) bool {
			return m.ID == b.Subject && m.Item == b.Item
		})
	case ballot.ChallengeOf:
		return slices.ContainsFunc(a.Recusals, func(r RecordRecusal) bool {
			return r.ID == b.Subject && r.Item == b.Item && r.Kind == meeting.Challenge
		})
	case ballot.Election:
		post := committee.Role(b.Subject)
		known := post == committee.RoleChair || post == committee.RoleViceChair
		return known && len(b.Candidates) > 0 && len(less(b.Candidates, a.serving(b.OpenedAt))) == 0
	}
	return b.Subject == ""
}

// same reports whether two times, or the absence of one, are the same.
func same(x, y *time.Time) bool {
	if x == nil || y == nil {
		return x == y
	}
	return x.Equal(*y)
}

// electorate computes who could vote: present at the opening and not recused, or in a written deliberation all
// serving members who are not.
func (a *audit) electorate(b RecordBallot, subject string) {
	serving := a.serving(b.OpenedAt)
	there := serving
	if b.Method != ballot.WrittenVote {
		named := append(slices.Clone(b.Roll), b.Excluded...)
		there = both(a.there(b.OpenedAt, named, false), serving)
	}
	barred := a.barred(b, b.ClosedAt)
	roll, excluded := less(there, barred), both(there, barred)
	r := a.Rules
	a.compare("재적위원 수", subject, people(b.Serving), people(len(serving)), policy.MeetingQuorum.Cite(r))
	a.compare("제척·기피·회피 위원", subject, a.list(b.Excluded), a.list(excluded), policy.RecusedInQuorum.Cite(r))
	a.compare("의결 대상 위원", subject, a.list(b.Roll), a.list(roll), policy.RecusedInBase.Cite(r))
	a.compare("제척 인원", subject, people(b.Recused), people(len(excluded)), policy.RecusedInQuorum.Cite(r))
	present := len(there)
	if b.Method == ballot.WrittenVote {
		present = len(b.Voted)
	}
	a.compare("출석 인원", subject, people(b.Present), people(present), policy.MeetingQuorum.Cite(r))
	if b.Method != ballot.WrittenVote && slices.Contains(policy.QuorumChecks.Of(r), "vote") {
		a.quorate(b, there, subject)
	}
}

// quorate checks the quorum when the vote began; who was struck off the roll later counted then.
func (a *audit) quorate(b RecordBallot, there []domain.ID, subject string) {
	rule := ballot.RuleOf(a.Rules, b.Purpose)
	recused := len(both(there, a.barred(b, b.OpenedAt)))
	q := rule.QuorumOf(ballot.Attendance{Serving: len(a.serving(b.OpenedAt)), Present: len(there), Recused: recused})
	a.judge(q.Met, "의사정족수(표결)", subject, quorumWords(q), people(q.Required)+" 이상 출석", rule.QuorumBasis)
}

// quorumWords writes the numbers of a quorum.
func quorumWords(q ballot.Quorum) string {
	return fmt.Sprintf("재적 %d · 출석 %d · 필요 %d", q.Serving, q.Present, q.Required)
}

// barred lists who was kept out of a vote, sorted: those recused for good by an instant, and in the vote on a
// challenge the challenged member, unless the rule lets that one vote (위원회조례 9② 후단).
func (a *audit) barred(b RecordBallot, by time.Time) []domain.ID {
	out := []domain.ID{}
	for _, r := range a.Recusals {
		if r.Item != b.Item {
			continue
		}
		from, ok := a.inForce(r)
		at := ok && (from.Before(by) || from.Equal(by) && slices.Contains(b.Excluded, r.Member))
		challenged := b.Purpose == ballot.ChallengeOf && r.ID == b.Subject && !policy.ChallengedVotes.Of(a.Rules)
		if at || challenged {
			out = append(out, r.Member)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// inForce says since when a recusal keeps its member out for good: a challenge since the vote that upheld it.
func (a *audit) inForce(r RecordRecusal) (time.Time, bool) {
	if r.State != meeting.RecusalInForce {
		return time.Time{}, false
	}
	if r.Kind != meeting.Challenge {
		return r.At, true
	}
	i := slices.IndexFunc(a.Ballots, func(b RecordBallot) bool { return b.ID == r.Ballot })
	if i < 0 {
		return r.At, true
	}
	return a.Ballots[i].ClosedAt, true
}

// list writes members by name, in the order of their seats.
func (a *audit) list(members []domain.ID) string {
	if len(members) == 0 {
		return "없음"
	}
	var names []string
	for _, s := range a.Roster {
		if slices.Contains(members, s.Member) {
			names = append(names, s.label())
		}
	}
	for range len(members) - len(names) {
		names = append(names, "명부에 없거나 거듭 적힌 위원")
	}
	return fmt.Sprintf("%d명: %s", len(members), strings.Join(names, ", "))
}

// label is a member's name, with the number of the seat or what stands in place of the withheld name.
func (s RecordSeat) label() string {
	if s.Number == 0 {
		return fmt.Sprintf("%s(%s)", s.Name, s.Member)
	}
	return fmt.Sprintf("%s(%d)", s.Name, s.Number)
}

// turnout checks who took part: each once, entitled, there, in time, and as many votes as voters.
func (a *audit) turnout(b RecordBallot, subject string) {
	var faults []string
	voted := b.voters()
	if len(less(voted, b.Roll)) > 0 || len(slices.Compact(slices.Clone(voted))) != len(voted) {
		faults = append(faults, "의결 대상이 아니거나 거듭 적힌 투표자")
	}
	for _, v := range b.Voted {
		if !a.inTime(b, v) {
			faults = append(faults, a.nameOf(v.Member)+" 투표 시각")
		}
	}
	for _, v := range b.Votes {
		if !ballot.Offers(b.Purpose, b.Candidates, v.Choice) {
			faults = append(faults, "선택지에 없는 표")
		}
		if b.Method == ballot.Secret && v.Member != "" {
			faults = append(faults, "무기명투표에 적힌 이름")
		}
	}
	if b.Method != ballot.Secret && !slices.Equal(b.signed(), voted) {
		faults = append(faults, "표를 던진 위원과 투표 참여 위원이 다름")
	}
	a.wrongs(faults, "투표 참여", subject, fmt.Sprintf("투표 %d명 / 의결 대상 %d명", len(voted), len(b.Roll)), "위원회조례 9")
	a.compare("표 수", subject, fmt.Sprintf("%d표", len(b.Votes)), fmt.Sprintf("%d표", len(voted)), "")
}

// inTime reports whether a vote was given while the vote was open, by who was there.
func (a *audit) inTime(b RecordBallot, v RecordVoted) bool {
	switch {
	case b.Method == ballot.Secret:
		return v.At == nil
	case v.At == nil || v.At.Before(b.OpenedAt) || v.At.After(b.ClosedAt):
		return false
	}
	return b.Method == ballot.WrittenVote || slices.Contains(a.there(*v.At, nil, true), v.Member)
}

// voters lists who took part, sorted.
func (b RecordBallot) voters() []domain.ID {
	out := []domain.ID{}
	for _, v := range b.Voted {
		out = append(out, v.Member)
	}
	slices.Sort(out)
	return out
}

// signed lists the members of the votes, sorted.
func (b RecordBallot) signed() []domain.ID {
	out := []domain.ID{}
	for _, v := range b.Votes {
		out = append(out, v.Member)
	}
	slices.Sort(out)
	return out
}

// recount counts the votes again by the frozen rule and compares every number with the stored result.
func (a *audit) recount(b RecordBallot, subject string) {
	rule := ballot.RuleOf(a.Rules, b.Purpose)
	a.judge(b.Result.Rule == rule, "적용 규정", subject, ruled(b.Result.Rule), ruled(rule), rule.MajorityBasis)
	there := a.there(b.ClosedAt, nil, true)
	held := ballot.Ballot{Method: b.Method, Serving: len(a.serving(b.OpenedAt)), Excluded: b.Excluded}
	head := ballot.Attended(rule, held, b.Roll, b.voters(), there)
	choices := make([]ballot.Choice, len(b.Votes))
	for i, v := range b.Votes {
		choices[i] = v.Choice
	}
	var counted ballot.Result
	if b.Purpose == ballot.Election {
		counted = ballot.CountElection(rule, head, b.Candidates, choices)
	} else {
		counted = ballot.Count(rule, head, choices, b.Result.Casting)
	}
	a.compare("표결 결과", subject, full(b.Result), full(counted), rule.MajorityBasis)
	if counted.CastingDecides() {
		stated := "위원장 결정 " + string(b.Result.Casting)
		a.judge(counted.Casting == ballot.Yes || counted.Casting == ballot.No, "가부동수의 결정", subject, stated,
			"위원장의 결정 필요", rule.TieBasis)
	}
}

// full writes every number of a result.
func full(r ballot.Result) string {
	s := Sum(r) + " → " + VerdictKorean(r.Verdict)
	if VerdictKorean(r.Verdict) == "" {
		s += string(r.Verdict)
	}
	s += fmt.Sprintf(" [정족수 출석 %d, 필요 %d, %s; 기준 %d, 미투표 %d]", r.Quorum.Present, r.Quorum.Required,
		map[bool]string{true: "성원", false: "미달"}[r.Quorum.Met], r.Base, r.NotCast)
	if r.Tie {
		s += " [가부동수]"
	}
	if r.Casting != "" {
		s += " [결정 " + string(r.Casting) + "]"
	}
	for _, share := range r.Shares {
		s += fmt.Sprintf(" [%s %d표]", share.Candidate, share.Votes)
	}
	if r.Elected != "" {
		s += " [당선 " + string(r.Elected) + "]"
	}
	if len(r.Shares) > 0 {
		s += fmt.Sprintf(" [찬성 %d, 반대 %d]", r.Yes, r.No)
	}
	return s
}

func ruled(r ballot.Rule) string {
	return fmt.Sprintf("의사정족수 %s, 의결정족수 %s, 가부동수 %s, %s", Share(r.Quorum), Share(r.Majority), ties[r.Tie], r.Pack)
}

var ties = map[string]string{policy.TieReject: "부결", policy.TieChairCasting: "위원장 결정"}
