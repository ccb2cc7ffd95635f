package document

import (
	"fmt"
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
)

// items checks how each item ended, and the amendments.
func (a *audit) items() {
	var faults []string
	for n, i := range a.Items {
		if i.Position != n+1 {
			faults = append(faults, i.label()+" 순서")
		}
		for _, o := range a.Items[:n] {
			if o.Item == i.Item || o.Number == i.Number && i.Number != "" {
				faults = append(faults, i.label()+" 중복")
			}
		}
	}
	a.wrongs(faults, "안건 목록", "", fmt.Sprintf("%d건", len(a.Items)), "위원회조례 10의2①")
	for _, i := range a.Items {
		a.times(i)
		if i.Confidential {
			a.withheld("의결 결과", i.label(), "비공개 안건의 표결과 심의 내용")
			continue
		}
		a.outcome(i)
	}
	last := map[domain.ID]int{}
	for _, m := range a.Amendments {
		last[m.Item]++
		a.amendment(m, last[m.Item])
	}
}

// outcome derives how the item must have ended from the vote that decided it.
func (a *audit) outcome(i RecordItem) {
	basis := policy.DecisionMajority.Cite(a.Rules)
	for _, b := range a.Ballots {
		if b.Item == i.Item && b.Purpose == ballot.MainMotion && b.ID != i.DecidedBallot {
			a.judge(false, "의결 결과", i.label(), "다른 표결로 의결", "원안 표결로 의결", basis)
			return
		}
	}
	if i.DecidedBallot == "" {
		a.judge(unvoted(i), "의결 결과", i.label(), i.Outcome.Korean(), ends(i, "표결 없이 끝날 수 있는 결과"), basis)
		return
	}
	n := slices.IndexFunc(a.Ballots, func(b RecordBallot) bool { return b.ID == i.DecidedBallot && b.Item == i.Item })
	if n < 0 {
		a.judge(false, "의결 결과", i.label(), "의결한 표결이 기록에 없음", "표결 필요", basis)
		return
	}
	computed := a.derived(i, a.Ballots[n])
	a.compare("의결 결과", i.label(), i.Outcome.Korean(), computed.Korean(), basis)
	a.wording(i, a.Ballots[n])
}

func ends(i RecordItem, otherwise string) string {
	if unvoted(i) {
		return i.Outcome.Korean()
	}
	return otherwise
}

// unvoted reports whether an item can have ended so without a vote that decided it.
func unvoted(i RecordItem) bool {
	switch i.Outcome {
	case meeting.ReportReceived:
		return i.Kind == meeting.Report && i.TabledAt != nil
	case meeting.AdviceGiven:
		return i.Kind == meeting.Advice && i.TabledAt != nil
	case meeting.Deferred, meeting.Reconsideration:
		return i.TabledAt != nil
	case meeting.NotTabled:
		return i.TabledAt == nil
	case meeting.WithdrawnOutcome:
		return true
	}
	return false
}

// derived is the outcome that the deciding vote makes.
func (a *audit) derived(i RecordItem, b RecordBallot) meeting.Outcome {
	switch {
	case b.Result.Verdict == ballot.Undecidable:
		return meeting.Deferred
	case b.Purpose == ballot.Election && b.Result.Verdict == ballot.Carried:
		return meeting.ApprovedAsProposed
	case b.Purpose != ballot.MainMotion:
		return ""
	case b.Result.Verdict == ballot.Carried:
		amended := slices.ContainsFunc(a.Amendments, func(m RecordAmendment) bool {
			return m.Item == i.Item && m.State == meeting.AmendmentCarried
		})
		return meeting.CarriedOutcome(amended, len(i.Conditions) > 0)
	}
	return meeting.Rejected
}

// wording checks that what was carried unchanged is what was proposed; said once, it is not repeated.
func (a *audit) wording(i RecordItem, b RecordBallot) {
	if i.Outcome != meeting.ApprovedAsProposed || b.Purpose != ballot.MainMotion {
		return
	}
	if hides(i.Text, i.Proposal) {
		a.withheld("의결 주문", i.label(), "비공개 부분이 있는 주문")
		return
	}
	a.judge(i.Text == "" || i.Text == i.Proposal, "의결 주문", i.label(), excerpt(i.Text), excerpt(i.Proposal), "")
}

// excerpt shortens a text for a line.
func excerpt(s string) string {
	const most = 40
	chars := []rune(s)
	if len(chars) <= most {
		return s
	}
	return string(chars[:most]) + "…"
}

// times checks that an item was tabled and decided while the meeting lasted, the decision when its vote ended.
func (a *audit) times(i RecordItem) {
	var faults []string
	m := a.Meeting
	if i.TabledAt != nil && (i.TabledAt.Before(m.OpenedAt) || i.TabledAt.After(m.AdjournedAt)) {
		faults = append(faults, "상정 시각이 회의 시간 밖")
	}
	if i.DecidedAt != nil && (i.TabledAt != nil && i.DecidedAt.Before(*i.TabledAt) || i.DecidedAt.After(m.AdjournedAt)) {
		faults = append(faults, "의결 시각이 상정 전이거나 산회 뒤")
	}
	n := slices.IndexFunc(a.Ballots, func(b RecordBallot) bool { return b.ID == i.DecidedBallot })
	if n >= 0 && !decidedWith(i, a.Ballots[n]) {
		faults = append(faults, "의결 시각과 표결 종료 시각이 다름")
	}
	sound := "상정 " + instant(i.TabledAt) + ", 의결 " + instant(i.DecidedAt)
	a.wrongs(faults, "상정과 의결", i.label(), sound, "")
}

// instant writes a time, or a dash when there is none or it is not public.
func instant(t *time.Time) string {
	if t == nil {
		return "-"
	}
	return moment(*t)
}

// decidedWith reports whether the item was decided when the vote ended; a casting vote may come after that.
func decidedWith(i RecordItem, b RecordBallot) bool {
	if i.DecidedAt == nil {
		return false
	}
	return i.DecidedAt.Equal(b.ClosedAt) || b.Result.Casting != "" && i.DecidedAt.After(b.ClosedAt)
}

// amendment checks the n-th amendment of an item against the vote on it.
func (a *audit) amendment(m RecordAmendment, n int) {
	i, known := a.item(m.Item)
	a.judge(known && m.Position == n, "수정안의 순서", i.label(), fmt.Sprintf("제%d안", m.Position), fmt.Sprintf("제%d안", n), "")
	subject := fmt.Sprintf("%s 수정안(제%d안)", i.label(), m.Position)
	at := slices.IndexFunc(a.Ballots, func(b RecordBallot) bool { return b.ID == m.Ballot && b.Subject == m.ID })
	open := m.State == meeting.AmendmentProposed || m.State == meeting.AmendmentWithdrawn
	switch {
	case at < 0:
		a.judge(m.Ballot == "" && open, "수정안", subject, m.State, "표결 없음", "")
	case a.Ballots[at].Result.Verdict == ballot.Undecidable:
		a.judge(open, "수정안", subject, m.State, "의결할 수 없었음", "")
	default:
		want := meeting.AmendmentLost
		if a.Ballots[at].Result.Verdict == ballot.Carried {
			want = meeting.AmendmentCarried
		}
		a.compare("수정안", subject, m.State, want, policy.DecisionMajority.Cite(a.Rules))
	}
}

// recusals checks each 제척, 기피 and 회피: of an item, on a ground the rules know, in a state its vote explains.
func (a *audit) recusals() {
	var faults []string
	for _, r := range a.Recusals {
		i, ok := a.item(r.Item)
		if !ok || i.Confidential {
			faults = append(faults, "안건 목록에 없는 안건")
			continue
		}
		grounds := policy.RecusalGrounds.Of(a.Rules)
		if r.Kind != meeting.MandatoryRecusal {
			grounds = append(policy.ChallengeGrounds.Of(a.Rules), "other")
		}
		if !slices.Contains(grounds, r.Ground) {
			faults = append(faults, i.label()+" 사유 "+r.Ground)
		}
		if i.DecidedAt != nil && r.At.After(*i.DecidedAt) {
			faults = append(faults, i.label()+" 의결 뒤의 "+recusalWords[r.Kind])
		}
		if !a.explained(r) {
			faults = append(faults, i.label()+" "+recusalWords[r.Kind]+" 처리")
		}
	}
	a.wrongs(faults, "제척·기피·회피", "", fmt.Sprintf("%d건", len(a.Recusals)), policy.RecusalGrounds.Cite(a.Rules))
}

var recusalWords = map[meeting.RecusalKind]string{
	meeting.MandatoryRecusal: "제척", meeting.Challenge: "기피", meeting.VoluntaryRecusal: "회피",
}

// explained reports whether the state of a recusal follows from its kind, or for a challenge from the vote on it.
func (a *audit) explained(r RecordRecusal) bool {
	if r.Kind != meeting.Challenge {
		return recusalWords[r.Kind] != "" && r.State == meeting.RecusalInForce && r.Ballot == ""
	}
	n := slices.IndexFunc(a.Ballots, func(b RecordBallot) bool { return b.ID == r.Ballot && b.Subject == r.ID })
	if n < 0 {
		return r.State == meeting.RecusalPending && r.Ballot == ""
	}
	switch a.Ballots[n].Result.Verdict {
	case ballot.Carried:
		return r.State == meeting.RecusalInForce
	case ballot.Lost:
		return r.State == meeting.RecusalDismissed
	}
	return r.State == meeting.RecusalPending
}
