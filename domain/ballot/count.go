package ballot

import (
	"cmp"
	"slices"

	"secretariat/domain"
	"secretariat/domain/policy"
)

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
	Base     int       `json:"base"`     // what the majority is taken of: the voters, unless the rule takes 기권 off
	Required int       `json:"required"` // 필요
	Yes      int       `json:"yes"`
	No       int       `json:"no"`
	Abstain  int       `json:"abstain"`
	NotCast  int       `json:"notCast"`           // entitled, did not vote; in the base like an abstention
	Tie      bool      `json:"tie"`               // 가부동수
	Casting  Choice    `json:"casting,omitempty"` // casting vote of who presides, where the rule knows one
	Shares   []Share   `json:"shares,omitempty"`  // of an election, most votes first
	Elected  domain.ID `json:"elected,omitempty"`
	Verdict  Verdict   `json:"verdict"`
}

// Count is the one function that counts: choices are the votes cast, casting the casting vote of who presides where
// the rule knows one and it was given (empty otherwise). Abstentions and missing votes stay in the base unless the
// rule says otherwise (law.md 1.4).
func Count(rule Rule, a Attendance, choices []Choice, casting Choice) Result {
	r := begin(rule, a, len(choices))
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
	r.majority()
	r.Tie = r.Yes == r.No && r.Yes > 0
	r.Verdict = r.verdict(a, casting)
	return r
}

// CountElection counts votes for candidates: elected is who has the majority of the voters; nobody otherwise. No
// casting vote breaks a tie of candidates; the committee votes again.
func CountElection(rule Rule, a Attendance, candidates []domain.ID, choices []Choice) Result {
	r := begin(rule, a, len(choices))
	votes := map[domain.ID]int{}
	for _, c := range choices {
		if slices.Contains(candidates, domain.ID(c)) {
			votes[domain.ID(c)]++
			continue
		}
		r.Abstain++
	}
	r.majority()
	r.Shares = shares(candidates, votes)
	if r.Verdict = r.decidable(a); r.Verdict != "" {
		return r
	}
	r.Verdict = Lost
	if best := first(r.Shares); best.Votes > 0 && best.Votes >= r.Required && best.Votes > second(r.Shares) {
		r.Elected, r.Verdict = best.Candidate, Carried
	}
	return r
}

func begin(rule Rule, a Attendance, cast int) Result {
	r := Result{Rule: rule, Quorum: rule.QuorumOf(a), Present: a.Present, Recused: a.Recused, Voters: rule.Voters(a)}
	r.NotCast = max(r.Voters-cast, 0)
	return r
}

// majority sets the base of the 의결정족수 and what is needed of it, once the abstentions are known.
func (r *Result) majority() {
	r.Base = r.Voters
	if r.Rule.AbstainOut {
		r.Base = max(r.Voters-r.Abstain, 0)
	}
	r.Required = max(r.Rule.Majority.Needed(r.Base), 1)
}

// decidable is the verdict of a vote on which nothing can be decided, empty when it can.
func (r *Result) decidable(a Attendance) Verdict {
	switch {
	case !r.Quorum.Met:
		return Undecidable
	case a.Present-a.Recused > 0:
		return ""
	case r.Rule.NoVoters == policy.NoVotersReject:
		return Lost
	}
	return Undecidable
}

func (r *Result) verdict(a Attendance, casting Choice) Verdict {
	if v := r.decidable(a); v != "" {
		return v
	}
	if r.Yes >= r.Required {
		return Carried
	}
	if r.CastingDecides() {
		r.Casting = casting
	}
	if r.Casting == Yes {
		return Carried
	}
	return Lost
}

// CastingDecides reports whether a casting vote can turn the result: the rule grants one, as many are for as against,
// and one more vote makes the majority. Where abstentions keep the majority out of reach the motion is lost, whatever
// the chair wants.
func (r Result) CastingDecides() bool {
	return r.Rule.Tie == policy.TieChairCasting && r.Tie && r.Verdict != Undecidable && r.Yes+1 >= r.Required &&
		r.Yes < r.Required
}

func shares(candidates []domain.ID, votes map[domain.ID]int) []Share {
	out := make([]Share, len(candidates))
	for i, c := range candidates {
		out[i] = Share{Candidate: c, Votes: votes[c]}
	}
	slices.SortStableFunc(out, func(a, b Share) int { return cmp.Compare(b.Votes, a.Votes) })
	return out
}

func first(s []Share) Share {
	if len(s) == 0 {
		return Share{}
	}
	return s[0]
}

// second is how many votes the runner-up has: with a majority below one half two candidates could reach it.
func second(s []Share) int {
	if len(s) < 2 {
		return -1
	}
	return s[1].Votes
}
