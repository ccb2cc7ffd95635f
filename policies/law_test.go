package policies

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"secretariat/domain/policy"
)

// The numbers of the ordinances, as a lawyer would read them out.
func TestNumbersOfTheLaw(t *testing.T) {
	r := rules(t, "seoul-general", "2026-11-22")
	cases := []struct {
		key  policy.Key[int]
		want int
		cite string
	}{
		{policy.NoticeDays, 15, "위원회조례 10①"},
		{policy.MeetingsPerYear, 4, "위원회규칙 4②"},
		{policy.StandingMeetings, 4, "위원회조례 6③2호"},
		{policy.SunsetYearsMax, 5, "위원회조례 12②"},
		{policy.SunsetYearsUsual, 2, "위원회규칙 5①"},
		{policy.SunsetExtendMonths, 6, "위원회조례 12③"},
		{policy.TermMonthsMax, 36, "위원회조례 8②"},
		{policy.CumulativeYearsMax, 6, "위원회조례 8③"},
		{policy.CoolingMonths, 12, "위원회조례 8③"},
		{policy.ConcurrentMax, 3, "위원회조례 8③"},
		{policy.ConcurrentSameChair, 2, "위원회조례 8③"},
		{policy.AttendanceRemainder, 12, "위원회조례 8의2②2호"},
		{policy.AbsenceMonths, 6, "위원회조례 8의2①2호"},
		{policy.YouthAgeFrom, 19, "위원회조례 2조4호"},
		{policy.YouthAgeUntil, 39, "위원회조례 2조4호"},
		{policy.SignDays, 7, "위원회조례 10의2④"},
		{policy.RotationSigners, 2, "위원회조례 10의2④ 후단"},
		{policy.PublishDays, 10, "위원회조례 10의2⑤"},
		{policy.VerbatimWithholdMax, 10, "기록물령 18③"},
		{policy.NoticeEffectiveDays, 5, "행정업무규정 6③"},
	}
	for _, c := range cases {
		if got := c.key.Entry(r); c.key.Of(r) != c.want || got.Citation != c.cite || got.Kind != policy.Statute {
			t.Errorf("%s is %s, %s, %s; want %d, %s", c.key.Name, got.Value, got.Citation, got.Kind, c.want, c.cite)
		}
	}
}

func TestNumbersToBeConfirmed(t *testing.T) {
	r := rules(t, "seoul-general", "2026-11-22")
	cases := []struct {
		key  policy.Key[int]
		want int
	}{
		{policy.TermMonthsUsual, 24}, {policy.ReappointmentsMax, 1}, {policy.SubcommitteeMax, 10},
		{policy.SubcommitteeTerm, 24}, {policy.DisclosureDays, 10}, {policy.DisclosureExtension, 10},
		{policy.DisclosureObjection, 30}, {policy.ObjectionAnswerDays, 7}, {policy.ObjectionExtension, 7},
	}
	for _, c := range cases {
		if e := c.key.Entry(r); c.key.Of(r) != c.want || e.Kind != policy.Assumption {
			t.Errorf("%s is %s, %s; want %d", c.key.Name, e.Value, e.Kind, c.want)
		}
	}
}

// 재적 15명, 출석 8명 가운데 제척 3명: the quorum is met by 8, three of five voters carry.
func TestQuorumAndMajorityOfFifteen(t *testing.T) {
	for _, pack := range library(t).Names() {
		r := rules(t, pack, "2026-11-22")
		const serving, present, recused = 15, 8, 3
		quorum, majority := policy.MeetingQuorum.Of(r), policy.DecisionMajority.Of(r)
		if !policy.RecusedInQuorum.Of(r) || policy.RecusedInBase.Of(r) {
			t.Fatalf("%s counts the recused otherwise", pack)
		}
		if quorum.Needed(serving) != 8 || !quorum.Holds(present, serving) || quorum.Holds(present-recused, serving) {
			t.Errorf("%s: quorum %v", pack, quorum)
		}
		if majority.Needed(present-recused) != 3 || majority.Holds(4, 8) {
			t.Errorf("%s: majority %v", pack, majority)
		}
		if policy.DemandFraction.Of(r).Needed(serving) != 5 || policy.TieRule.Of(r) != policy.TieReject {
			t.Errorf("%s: demand %v, tie %s", pack, policy.DemandFraction.Of(r), policy.TieRule.Of(r))
		}
	}
}

// The ratios of 위원회조례 8④⑤ by integer cross-multiplication: 10*max <= 6*n, 10*youth >= n.
func TestRatiosOfTheAppointed(t *testing.T) {
	r := rules(t, "seoul-general", "2026-11-22")
	sex, youth, policyYouth := policy.SexMax.Of(r), policy.YouthLeast.Of(r), policy.YouthPolicyLeast.Of(r)
	for n := 1; n <= 30; n++ {
		for k := 0; k <= n; k++ {
			got := []bool{sex.Holds(k, n), youth.Holds(k, n), policyYouth.Holds(k, n)}
			if want := []bool{10*k <= 6*n, 10*k >= n, 10*k >= 3*n}; !slices.Equal(got, want) {
				t.Fatalf("%d of %d: got %v, want %v", k, n, got, want)
			}
		}
	}
	if sex.Allowed(15) != 9 || youth.Needed(15) != 2 || youth.Needed(20) != 2 {
		t.Errorf("of 15: %d of one sex, %d young", sex.Allowed(15), youth.Needed(15))
	}
	if got := policy.SubsidyOfficialsMax.Of(r); !got.Holds(3, 12) || got.Holds(4, 15) {
		t.Errorf("officials %v", got)
	}
	if got := policy.AttendanceLeast.Of(r); !got.Holds(2, 4) || got.Holds(1, 4) {
		t.Errorf("attendance %v", got)
	}
}

func TestChoicesOfTheLaw(t *testing.T) {
	r := rules(t, "seoul-general", "2026-11-22")
	yes := []policy.Key[bool]{
		policy.NoticeClearDays, policy.PledgeRequired, policy.MeetingPublic, policy.DisclosureWarning,
		policy.RemotePresent, policy.VerbatimRequired, policy.WithholdingReason, policy.NamesWithholdable,
		policy.WrittenSameQuorum, policy.AbstentionInBase, policy.ChairVotes, policy.DuplicateBan,
		policy.PriorConsultation, policy.PublishWithoutAll,
	}
	no := []policy.Key[bool]{
		policy.ChangeSecretVote, policy.ChallengedVotes, policy.Holdover, policy.SubcommitteeMayVote,
		policy.WrittenMixing, policy.LeftInBase,
	}
	for _, k := range slices.Concat(yes, no) {
		want := slices.ContainsFunc(yes, func(y policy.Key[bool]) bool { return y.Name == k.Name })
		if k.Of(r) != want {
			t.Errorf("%s is %t", k.Name, k.Of(r))
		}
	}
	words := []struct {
		key  policy.Key[string]
		want string
	}{
		{policy.CouncilClash, policy.GateWarn}, {policy.ProxyAppointed, policy.ProxyNone},
		{policy.ProxyExOfficio, policy.ProxyNone}, {policy.CommitteeForm, policy.FormAdHoc},
		{policy.AnnualReportDue, "03-31"}, {policy.RetentionDecision, "영구"}, {policy.RetentionOther, "10년"},
		{policy.DecisionEffect, policy.EffectAdvisory}, {policy.TranscriptRule, policy.TranscriptNeeded},
		{policy.DesignatedTranscript, policy.TranscriptAlways}, {policy.RetentionDestruction, "never"},
	}
	for _, w := range words {
		if got := w.key.Of(r); got != w.want {
			t.Errorf("%s is %s, want %s", w.key.Name, got, w.want)
		}
	}
}

func TestListsOfTheLaw(t *testing.T) {
	r := rules(t, "seoul-general", "2026-11-22")
	lengths := []struct {
		key  policy.Key[[]string]
		want int
	}{
		{policy.CharterFields, 8}, {policy.MinutesFields, 8}, {policy.DismissalGrounds, 7},
		{policy.RecusalGrounds, 4}, {policy.DisclosureGrounds, 8}, {policy.CapExceptions, 3},
		{policy.AttendanceExceptions, 3}, {policy.YouthExceptions, 4}, {policy.StandingGrounds, 3},
		{policy.NoticeExceptions, 2}, {policy.WrittenGrounds, 2}, {policy.VerbatimKinds, 2},
		{policy.ProactiveDisclosure, 5},
	}
	for _, l := range lengths {
		if got := l.key.Of(r); len(got) != l.want {
			t.Errorf("%s has %d parts, want %d", l.key.Name, len(got), l.want)
		}
	}
	if diff := cmp.Diff([]string{"basic_plan", "selection"}, policy.WrittenExcluded.Of(r)); diff != "" {
		t.Error(diff)
	}
}
