package document

import (
	"fmt"
	"strings"

	"secretariat/domain/ballot"
	"secretariat/domain/policy"
)

// Sum writes the numbers behind a result in one line, as every document prints them:
// "재적 15 · 출석 12 · 제척 3 · 의결 대상 9 · 필요 5 · 찬성 7 · 반대 1 · 기권 1".
func Sum(r ballot.Result) string {
	parts := []string{
		number("재적", r.Quorum.Serving), number("출석", r.Present), number("제척", r.Recused), number("의결 대상", r.Voters),
	}
	if r.Base != r.Voters {
		parts = append(parts, number("기권 제외 기준", r.Base))
	}
	parts = append(parts, number("필요", r.Required))
	if len(r.Shares) > 0 {
		parts = append(parts, number("최다득표", r.Shares[0].Votes))
	} else {
		parts = append(parts, number("찬성", r.Yes), number("반대", r.No))
	}
	parts = append(parts, number("기권", r.Abstain))
	if r.NotCast > 0 {
		parts = append(parts, number("미투표", r.NotCast))
	}
	if r.Casting != "" {
		parts = append(parts, "위원장 결정 "+r.Casting.Korean())
	}
	return strings.Join(parts, " · ")
}

func number(name string, n int) string { return fmt.Sprintf("%s %d", name, n) }

// Reasoning says step by step what follows from the numbers and on which rule: quorum, majority, tie. Each line ends
// with its legal source.
func Reasoning(r ballot.Result) []string {
	out := []string{quorumLine(r)}
	if !r.Quorum.Met {
		return out
	}
	out = append(out, majorityLine(r))
	if r.Tie {
		out = append(out, tieLine(r))
	}
	return out
}

func quorumLine(r ballot.Result) string {
	q := r.Quorum
	mark, end := "≥", "성원"
	if !q.Met {
		mark, end = "<", "의사정족수 미달"
	}
	return fmt.Sprintf("의사정족수: 재적 %d명의 %s → 필요 %d명, 출석 %d명 %s %d명, %s (%s)",
		q.Serving, Share(r.Rule.Quorum), q.Required, q.Present, mark, q.Required, end, r.Rule.QuorumBasis)
}

func majorityLine(r ballot.Result) string {
	from := fmt.Sprintf("의결 대상 %d명", r.Voters)
	if r.Recused > 0 && !r.Rule.RecusedInBase {
		from += fmt.Sprintf("(출석 %d명 − 제척 %d명)", r.Present, r.Recused)
	}
	if r.Base != r.Voters {
		from += fmt.Sprintf(" 중 기권을 뺀 %d명", r.Base)
	}
	got, what, end := r.Yes, "찬성", VerdictKorean(r.Verdict)
	if len(r.Shares) > 0 {
		got, what, end = r.Shares[0].Votes, "최다득표", "당선자 없음"
		if r.Elected != "" {
			end = "당선"
		}
	}
	mark := "≥"
	if got < r.Required {
		mark = "<"
	}
	return fmt.Sprintf("의결정족수: %s의 %s → 필요 %d명, %s %d명 %s %d명, %s (%s)",
		from, Share(r.Rule.Majority), r.Required, what, got, mark, r.Required, end, r.Rule.MajorityBasis)
}

func tieLine(r ballot.Result) string {
	end := "부결로 봄"
	if r.Rule.Tie == policy.TieChairCasting {
		end = "위원장이 결정"
		if r.Casting != "" {
			end += "(" + r.Casting.Korean() + ")"
		}
	}
	return fmt.Sprintf("가부동수: 찬성 %d명, 반대 %d명 → %s (%s)", r.Yes, r.No, end, r.Rule.TieBasis)
}

// Share writes a fraction in official words: 과반수, 3분의 1 이상, 3분의 2 초과.
func Share(f policy.Fraction) string {
	if f.Sense == ">" && f.Num*2 == f.Den {
		return "과반수"
	}
	word := map[string]string{">": "초과", ">=": "이상", "<=": "이하"}[f.Sense]
	return fmt.Sprintf("%d분의 %d %s", f.Den, f.Num, word)
}

// VerdictKorean is a verdict in the words of official documents.
func VerdictKorean(v ballot.Verdict) string {
	return map[ballot.Verdict]string{ballot.Carried: "가결", ballot.Lost: "부결", ballot.Undecidable: "의결할 수 없음"}[v]
}
