package ballot

import (
	"cmp"
	"slices"

	"secretariat/domain"
	"secretariat/domain/policy"
)

// Rule is how votes are counted, taken from the policy frozen for the case, with the citations that are printed beside the sum.
type Rule struct {
	Quorum          policy.Fraction `json:"quorum"`   // 의사정족수, of Serving
	Majority        policy.Fraction `json:"majority"` // 의결정족수, of Voters
	Tie             string          `json:"tie"`      // reject, chair_casting
	RecusedInQuorum bool            `json:"recusedInQuorum"`
	RecusedInBase   bool            `json:"recusedInBase"`
	QuorumBasis     string          `json:"quorumBasis"`
	MajorityBasis   string          `json:"majorityBasis"`
	RecusalBasis    string          `json:"recusalBasis"`
	TieBasis        string          `json:"tieBasis"`
	Pack            string          `json:"pack"`
}

// RuleOf takes the counting rule of a purpose from the frozen policy: elections have their own majority.
func RuleOf(r policy.Rules, purpose Purpose) Rule {
	majority := policy.DecisionMajority
	if purpose == Election {
		majority = policy.ElectionMajority
	}
	return Rule{
		Quorum: policy.MeetingQuorum.Of(r), QuorumBasis: policy.MeetingQuorum.Cite(r),
		Majority: majority.Of(r), MajorityBasis: majority.Cite(r),
		Tie: policy.TieRule.Of(r), TieBasis: policy.TieRule.Cite(r),
		RecusedInQuorum: policy.RecusedInQuorum.Of(r), RecusedInBase: policy.RecusedInBase.Of(r),
		RecusalBasis: policy.RecusedInQuorum.Cite(r), Pack: r.Pack,
	}
}

// Attendance is the head count a decision rests on.
type Attendance struct {
	Serving int `json:"serving"` // 재적위원, recused included
	Present int `json:"present"` // in the meeting, recused but attending included
	Recused int `json:"recused"` // of Present, kept out of this item
}

// Quorum is the sum behind "성원".
type Quorum struct {
	Serving  int  `json:"serving"`
	Present  int  `json:"present"` // those who count for the quorum
	Required int  `json:"required"`
	Met      bool `json:"met"`
}

// Quorum counts the 의사정족수: whether enough of the serving members are present.
func (r Rule) QuorumOf(a Attendance) Quorum {
	present := a.Present
	if !r.RecusedInQuorum {
		present -= a.Recused
	}
	need := r.Quorum.Needed(a.Serving)
	return Quorum{Serving: a.Serving, Present: present, Required: need, Met: present >= need}
}

// Voters is the base of the 의결정족수: those present who are not recused, unless the rule counts the recused.
func (r Rule) Voters(a Attendance) int {
	if r.RecusedInBase {
		return a.Present
	}
	return a.Present - a.Recused
}

// Verdict is what a count means.
type Verdict string

// The verdicts. Undecidable: no quorum or nobody entitled to vote, so the item is deferred (보류).
const (
	Carried     Verdict = "carried"
	Lost        Verdict = "lost"
	Undecidable Verdict = "undecidable"
)

// Share is the number of votes for one candidate.
type Share struct {
	Candidate domain.ID `json:"candidate"`
	Votes     int       `json:"votes"`
}

// Result is the stored outcome of a count with every number of the printed arithmetic.
type Result struct {
	Rule     Rule      `json:"rule"`
	Quorum   Quorum    `json:"quorum"`
	Present  int       `json:"present"`  // 출석, recused included
	Recused  int       `json:"recused"`  // 제척
	Voters   int       `json:"voters"`   // 의결 대상
	Required int       `json:"required"` // 필요
	Yes      int       `json:"yes"`
	No       int       `json:"no"`
	Abstain  int       `json:"abstain"`
	NotCast  int       `json:"notCast"`          // entitled, did not vote; in the base like an abstention
	Tie      bool      `json:"tie"`              // 가부동수
	Shares   []Share   `json:"shares,omitempty"` // of an election, most votes first
	Elected  domain.ID `json:"elected,omitempty"`
	Verdict  Verdict   `json:"verdict"`
}

// Count is the one function that counts: choices are the votes cast, casting the chair's casting vote where the rule knows one
// (empty otherwise). Abstentions and missing votes stay in the base (law.md 1.4).
func Count(rule Rule, a Attendance, choices []Choice, casting Choice) Result {
	r := Result{Rule: rule, Quorum: rule.QuorumOf(a), Present: a.Present, Recused: a.Recused, Voters: rule.Voters(a)}
	r.Required = rule.Majority.Needed(r.Voters)
	for _, c := range choices {
		switch c {
		case Yes:
			r.Yes++
		case No:
			r.No++
		default:
			r.Abstain++
		}
	}
	r.NotCast = max(r.Voters-len(choices), 0)
	r.Tie = r.Yes == r.No && r.Yes > 0
	r.Verdict = verdict(r, casting)
	return r
}

func verdict(r Result, casting Choice) Verdict {
	switch {
	case !r.Quorum.Met || r.Voters <= 0:
		return Undecidable
	case r.Yes >= r.Required:
		return Carried
	case r.Tie && r.Rule.Tie == "chair_casting" && casting == Yes:
		return Carried
	}
	return Lost
}

// CountElection counts votes for candidates: elected is who has the majority of the voters; nobody otherwise.
func CountElection(rule Rule, a Attendance, candidates []domain.ID, choices []Choice) Result {
	r := Result{Rule: rule, Quorum: rule.QuorumOf(a), Present: a.Present, Recused: a.Recused, Voters: rule.Voters(a)}
	r.Required = rule.Majority.Needed(r.Voters)
	votes := map[domain.ID]int{}
	for _, c := range choices {
		if slices.Contains(candidates, domain.ID(c)) {
			votes[domain.ID(c)]++
			continue
		}
		r.Abstain++
	}
	r.Shares = shares(candidates, votes)
	r.NotCast = max(r.Voters-len(choices), 0)
	r.Verdict = Lost
	if !r.Quorum.Met || r.Voters <= 0 {
		r.Verdict = Undecidable
	} else if len(r.Shares) > 0 && r.Shares[0].Votes >= r.Required {
		r.Elected, r.Verdict = r.Shares[0].Candidate, Carried
	}
	return r
}

func shares(candidates []domain.ID, votes map[domain.ID]int) []Share {
	out := make([]Share, len(candidates))
	for i, c := range candidates {
		out[i] = Share{Candidate: c, Votes: votes[c]}
	}
	slices.SortStableFunc(out, func(a, b Share) int { return cmp.Compare(b.Votes, a.Votes) })
	return out
}
