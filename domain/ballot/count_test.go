package ballot_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/policy"
)

var half = policy.Fraction{Sense: ">", Num: 1, Den: 2}

// seoul is the rule of 위원회조례: more than half of those serving, more than half of those voting, a tie is lost.
var seoul = ballot.Rule{
	Quorum: half, Majority: half, Tie: policy.TieReject, NoVoters: policy.NoVotersDefer, RecusedInQuorum: true,
}

func times(n int, c ballot.Choice) []ballot.Choice { return slices.Repeat([]ballot.Choice{c}, n) }

func votes(yes, no, abstain int) []ballot.Choice {
	return slices.Concat(times(yes, ballot.Yes), times(no, ballot.No), times(abstain, ballot.Abstain))
}

// TestWorkedExample is the example of 법제처 09-0129: 15 serve, 8 are present, 3 of them recused.
func TestWorkedExample(t *testing.T) {
	got := ballot.Count(seoul, ballot.Attendance{Serving: 15, Present: 8, Recused: 3}, votes(3, 2, 0), "")
	want := ballot.Result{
		Rule: seoul, Quorum: ballot.Quorum{Serving: 15, Present: 8, Required: 8, Met: true},
		Present: 8, Recused: 3, Voters: 5, Base: 5, Required: 3, Yes: 3, No: 2, Verdict: ballot.Carried,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got, want := got.SaidResult("원안가결"), "출석위원 5명(제척 3명 제외) 중 찬성 3명, 반대 2명으로 원안가결되었음을 선포합니다."; got != want {
		t.Errorf("sentence\n%s, want\n%s", got, want)
	}
	away := ballot.Count(seoul, ballot.Attendance{Serving: 15, Present: 5}, votes(3, 2, 0), "")
	if away.Quorum.Met || away.Verdict != ballot.Undecidable {
		t.Errorf("without the recused: quorum %v, verdict %s; want no quorum", away.Quorum, away.Verdict)
	}
}

func TestVerdicts(t *testing.T) {
	casting := seoul
	casting.Tie = policy.TieChairCasting
	noBase := seoul
	noBase.AbstainOut = true
	rejects := seoul
	rejects.NoVoters = policy.NoVotersReject
	recusedVote := seoul
	recusedVote.RecusedInBase = true
	twoThirds := seoul
	twoThirds.Majority = policy.Fraction{Sense: ">=", Num: 2, Den: 3}
	for name, c := range map[string]struct {
		rule    ballot.Rule
		a       ballot.Attendance
		choices []ballot.Choice
		casting ballot.Choice
		want    ballot.Verdict
	}{
		"a tie is lost":                {seoul, at(10, 8, 0), votes(4, 4, 0), ballot.Yes, ballot.Lost},
		"the casting vote carries":     {casting, at(10, 8, 0), votes(4, 4, 0), ballot.Yes, ballot.Carried},
		"the casting vote loses":       {casting, at(10, 8, 0), votes(4, 4, 0), ballot.No, ballot.Lost},
		"a tie nobody breaks":          {casting, at(10, 8, 0), votes(4, 4, 0), "", ballot.Lost},
		"abstentions out of its reach": {casting, at(10, 8, 0), votes(3, 3, 2), ballot.Yes, ballot.Lost},
		"no tie, no casting":           {casting, at(10, 8, 0), votes(4, 3, 1), ballot.Yes, ballot.Lost},
		"abstention works as no":       {seoul, at(10, 8, 0), votes(4, 0, 4), "", ballot.Lost},
		"missing votes too":            {seoul, at(10, 8, 0), votes(4, 0, 0), "", ballot.Lost},
		"abstentions off the base":     {noBase, at(10, 8, 0), votes(3, 2, 3), "", ballot.Carried},
		"all abstain":                  {noBase, at(10, 8, 0), votes(0, 0, 8), "", ballot.Lost},
		"all recused":                  {seoul, at(10, 8, 8), nil, "", ballot.Undecidable},
		"all recused, rule rejects":    {rejects, at(10, 8, 8), nil, "", ballot.Lost},
		"all recused, in the base":     {recusedVote, at(10, 8, 8), nil, "", ballot.Undecidable},
		"recused in the base":          {recusedVote, at(10, 8, 2), votes(4, 2, 0), "", ballot.Lost},
		"exactly two thirds":           {twoThirds, at(10, 6, 0), votes(4, 2, 0), "", ballot.Carried},
		"no quorum though unanimous":   {seoul, at(15, 7, 0), votes(7, 0, 0), "", ballot.Undecidable},
		"no quorum, casting given": {casting, at(15, 6, 0),
			votes(3, 3, 0), ballot.Yes, ballot.Undecidable},
		"exactly half is not more": {seoul, at(14, 7, 0), votes(7, 0, 0), "", ballot.Undecidable},
		"nobody serves":            {seoul, at(0, 0, 0), nil, "", ballot.Undecidable},
	} {
		if got := ballot.Count(c.rule, c.a, c.choices, c.casting); got.Verdict != c.want {
			t.Errorf("%s: %s, want %s (%+v)", name, got.Verdict, c.want, got)
		}
	}
}

// person is a member of a committee as the naive count sees one.
type person struct {
	present, recused, voted bool
	choice                  ballot.Choice
}

func people(options []ballot.Choice) *rapid.Generator[[]person] {
	one := rapid.Custom(func(t *rapid.T) person {
		p := person{present: rapid.Bool().Draw(t, "present"), recused: rapid.IntRange(0, 3).Draw(t, "recused") == 0}
		p.voted = p.present && !p.recused && rapid.IntRange(0, 4).Draw(t, "voted") > 0
		p.choice = rapid.SampledFrom(options).Draw(t, "choice")
		return p
	})
	return rapid.SliceOfN(one, 0, 30)
}

var rules = rapid.Custom(func(t *rapid.T) ballot.Rule {
	fraction := rapid.SampledFrom([]policy.Fraction{half, {Sense: ">=", Num: 2, Den: 3},
		{Sense: ">=", Num: 1, Den: 2}, {Sense: ">", Num: 3, Den: 5}})
	return ballot.Rule{
		Quorum: fraction.Draw(t, "quorum"), Majority: fraction.Draw(t, "majority"),
		Tie:             rapid.SampledFrom([]string{policy.TieReject, policy.TieChairCasting}).Draw(t, "tie"),
		NoVoters:        rapid.SampledFrom([]string{policy.NoVotersDefer, policy.NoVotersReject}).Draw(t, "noVoters"),
		RecusedInQuorum: rapid.Bool().Draw(t, "inQuorum"), RecusedInBase: rapid.Bool().Draw(t, "inBase"),
		AbstainOut: rapid.Bool().Draw(t, "abstainOut"),
	}
})

// naive lists the members one by one.
type naive struct {
	serving, quorumPresent, present, recused, voters, base, entitled int
	choices                                                          []ballot.Choice
	tally                                                            map[ballot.Choice]int
}

func list(rule ballot.Rule, all []person) naive {
	n := naive{tally: map[ballot.Choice]int{}}
	for _, p := range all {
		n.serving++
		if !p.present {
			continue
		}
		n.present++
		if p.recused {
			n.recused++
		} else {
			n.entitled++
		}
		if !p.recused || rule.RecusedInQuorum {
			n.quorumPresent++
		}
		if p.recused && !rule.RecusedInBase {
			continue
		}
		n.voters++
		if p.voted {
			n.choices = append(n.choices, p.choice)
			n.tally[p.choice]++
		}
		if !(rule.AbstainOut && p.voted && p.choice == ballot.Abstain) {
			n.base++
		}
	}
	return n
}

func (n naive) undecided(rule ballot.Rule) (ballot.Verdict, bool) {
	if !rule.Quorum.Holds(n.quorumPresent, n.serving) {
		return ballot.Undecidable, true
	}
	if n.entitled == 0 && rule.NoVoters == policy.NoVotersReject {
		return ballot.Lost, true
	}
	return ballot.Undecidable, n.entitled == 0
}

func (n naive) attendance() ballot.Attendance {
	return ballot.Attendance{Serving: n.serving, Present: n.present, Recused: n.recused}
}

func TestCountAgainstListing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rule := rules.Draw(t, "rule")
		n := list(rule, people([]ballot.Choice{ballot.Yes, ballot.No, ballot.Abstain}).Draw(t, "people"))
		casting := rapid.SampledFrom([]ballot.Choice{"", ballot.Yes, ballot.No}).Draw(t, "casting")
		yes, no := n.tally[ballot.Yes], n.tally[ballot.No]
		want, settled := n.undecided(rule)
		if !settled {
			want = ballot.Lost
			chair := rule.Tie == policy.TieChairCasting && yes == no && yes > 0 && casting == ballot.Yes
			if yes > 0 && (rule.Majority.Holds(yes, n.base) || chair && rule.Majority.Holds(yes+1, n.base)) {
				want = ballot.Carried
			}
		}
		got := ballot.Count(rule, n.attendance(), n.choices, casting)
		sum := []int{got.Yes, got.No, got.Abstain, got.NotCast, got.Voters, got.Base, got.Quorum.Present}
		listed := []int{yes, no, n.tally[ballot.Abstain], n.voters - len(n.choices), n.voters, n.base, n.quorumPresent}
		if got.Verdict != want || !slices.Equal(sum, listed) {
			t.Fatalf("%s %v, listing gives %s %v", got.Verdict, sum, want, listed)
		}
		if got.Yes+got.No+got.Abstain+got.NotCast != got.Voters {
			t.Fatalf("the sum does not add up: %+v", got)
		}
	})
}

func TestElectionAgainstListing(t *testing.T) {
	candidates := []domain.ID{"m1", "m2", "m3"}
	options := []ballot.Choice{"m1", "m2", "m3", ballot.Abstain}
	rapid.Check(t, func(t *rapid.T) {
		rule := rules.Draw(t, "rule")
		n := list(rule, people(options).Draw(t, "people"))
		got := ballot.CountElection(rule, n.attendance(), candidates, n.choices)
		want, settled := n.undecided(rule)
		var elected []domain.ID
		most := 0
		for _, c := range candidates {
			most = max(most, n.tally[ballot.Choice(c)])
		}
		for _, c := range candidates {
			if v := n.tally[ballot.Choice(c)]; !settled && v > 0 && v == most && rule.Majority.Holds(v, n.base) {
				elected = append(elected, c)
			}
		}
		if !settled {
			want = ballot.Lost
		}
		if len(elected) == 1 {
			want = ballot.Carried
		}
		if got.Verdict != want || len(elected) == 1 && got.Elected != elected[0] || len(elected) != 1 && got.Elected != "" {
			t.Fatalf("%s %q, listing gives %s %v", got.Verdict, got.Elected, want, elected)
		}
		for _, s := range got.Shares {
			if s.Votes != n.tally[ballot.Choice(s.Candidate)] {
				t.Fatalf("%s has %d votes, listing gives %d", s.Candidate, s.Votes, n.tally[ballot.Choice(s.Candidate)])
			}
		}
	})
}

// TestAttended compares the head count at the close with a listing of who voted, stayed or left.
func TestAttended(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rule := ballot.Rule{LeftInBase: rapid.Bool().Draw(t, "leftInBase")}
		b := ballot.Ballot{
			Serving: 30,
			Method:  rapid.SampledFrom([]ballot.Method{ballot.Named, ballot.Secret, ballot.WrittenVote}).Draw(t, "method"),
		}
		var roll, voted, there []domain.ID
		want := ballot.Attendance{Serving: 30}
		for i := range rapid.IntRange(0, 20).Draw(t, "members") {
			id := domain.ID(fmt.Sprint("m", i))
			recused, votes, stays := rapid.Bool().Draw(t, "recused"), rapid.Bool().Draw(t,
				"votes"), rapid.Bool().Draw(t, "stays")
			if stays {
				there = append(there, id)
			}
			if recused {
				b.Excluded = append(b.Excluded, id)
			} else {
				roll = append(roll, id)
			}
			votes = votes && !recused
			if votes {
				voted = append(voted, id)
			}
			switch {
			case b.Method == ballot.WrittenVote && votes, b.Method != ballot.WrittenVote && !recused && (votes ||
				stays || rule.LeftInBase):
				want.Present++
			case b.Method != ballot.WrittenVote && recused && stays:
				want.Present++
				want.Recused++
			}
		}
		if got := ballot.Attended(rule, b, roll, voted, there); got != want {
			t.Fatalf("%+v, listing gives %+v", got, want)
		}
	})
}

func at(serving, present, recused int) ballot.Attendance {
	return ballot.Attendance{Serving: serving, Present: present, Recused: recused}
}
