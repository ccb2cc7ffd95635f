package ballot

import "secretariat/domain/policy"

// Rule is how votes are counted, taken from the policy frozen for the case, with the citations that are printed
// beside the sum.
type Rule struct {
	Quorum          policy.Fraction `json:"quorum"`   // 의사정족수, of Serving
	Majority        policy.Fraction `json:"majority"` // 의결정족수, of Voters
	Tie             string          `json:"tie"`      // reject, chair_casting
	NoVoters        string          `json:"noVoters"` // defer, reject: everybody present is recused
	RecusedInQuorum bool            `json:"recusedInQuorum"`
	RecusedInBase   bool            `json:"recusedInBase"`
	AbstainOut      bool            `json:"abstainOut"` // 기권 is taken off the base of the majority
	LeftInBase      bool            `json:"leftInBase"` // who left without having voted stays in it
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
		Tie: policy.TieRule.Of(r), TieBasis: policy.TieRule.Cite(r), NoVoters: policy.NoVoters.Of(r),
		RecusedInQuorum: policy.RecusedInQuorum.Of(r), RecusedInBase: policy.RecusedInBase.Of(r),
		AbstainOut: !policy.AbstentionInBase.Of(r), LeftInBase: policy.LeftInBase.Of(r),
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
