package ballot

import "fmt"

// Korean is the method in the words of official documents.
func (m Method) Korean() string {
	return map[Method]string{Named: "기명투표", Hands: "거수", Secret: "무기명투표", WrittenVote: "서면"}[m]
}

// Korean is the choice in the words of official documents; a candidate's id is not translated.
func (c Choice) Korean() string {
	word, ok := map[Choice]string{Yes: "찬성", No: "반대", Abstain: "기권"}[c]
	if !ok {
		return string(c)
	}
	return word
}

// SaidVote declares that a vote begins.
func (b Ballot) SaidVote(voters int) string {
	return fmt.Sprintf("%s에 대하여 %s 방법으로 표결하겠습니다. 의결 대상 위원은 %d명입니다.", b.Question, b.Method.Korean(), voters)
}

// SaidResult declares a result with its sum, outcome being what it means in official words:
// "출석위원 5명(제척 3명 제외) 중 찬성 3명, 반대 2명으로 원안가결되었음을 선포합니다."
func (r Result) SaidResult(outcome string) string {
	if r.Verdict == Undecidable {
		return r.undecidable(outcome)
	}
	base := fmt.Sprintf("출석위원 %d명", r.Voters)
	if r.Recused > 0 && !r.Rule.RecusedInBase {
		base += fmt.Sprintf("(제척 %d명 제외)", r.Recused)
	}
	return fmt.Sprintf("%s 중 %s%s되었음을 선포합니다.", base, r.votes(), outcome)
}

func (r Result) undecidable(outcome string) string {
	why := "출석위원 전원이 제척되어 의결할 수 없습니다."
	if !r.Quorum.Met {
		why = fmt.Sprintf("재적위원 %d명 중 출석 %d명으로 의사정족수 %d명에 미치지 못하여 의결할 수 없습니다.",
			r.Quorum.Serving, r.Quorum.Present, r.Quorum.Required)
	}
	if outcome == "" {
		return why
	}
	return why + fmt.Sprintf(" 이에 %s되었음을 선포합니다.", outcome)
}

func (r Result) votes() string {
	if len(r.Shares) > 0 {
		return fmt.Sprintf("최다득표 %d표, 기권 %d명으로 ", r.Shares[0].Votes, r.Abstain)
	}
	s := fmt.Sprintf("찬성 %d명, 반대 %d명", r.Yes, r.No)
	if r.Abstain > 0 {
		s += fmt.Sprintf(", 기권 %d명", r.Abstain)
	}
	if r.NotCast > 0 {
		s += fmt.Sprintf(", 미투표 %d명", r.NotCast)
	}
	if r.Casting != "" {
		s += fmt.Sprintf(", 가부동수에 따른 위원장 결정 %s", r.Casting.Korean())
	}
	return s + "으로 "
}
