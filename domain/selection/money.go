package selection

import (
	"strconv"
	"strings"
)

// FormalWon writes money as documents do so that it cannot be changed: 금113,560원(금일십일만삼천오백육십원) (행정업무규정 시행규칙 2②).
func FormalWon(won int64) string {
	return "금" + GroupedWon(won) + "원(금" + spelled(won) + "원)"
}

// GroupedWon writes a number with a comma before every three digits.
func GroupedWon(won int64) string {
	text := strconv.FormatInt(won, 10)
	sign := ""
	if won < 0 {
		sign, text = "-", text[1:]
	}
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return sign + text
}

// The places of a number: within a group of four digits, and of the groups.
var (
	hangulDigits = []string{"", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"}
	placeNames   = []string{"", "십", "백", "천"}
	groupNames   = []string{"", "만", "억", "조", "경"}
)

// spelled writes a number in words, every digit by its name; below zero it is zero, of which no money is written.
func spelled(n int64) string {
	if n <= 0 {
		return "영"
	}
	var groups []string
	for g := 0; n > 0; g, n = g+1, n/10_000 {
		if part := n % 10_000; part > 0 {
			groups = append([]string{spelledGroup(part) + groupNames[g]}, groups...)
		}
	}
	return strings.Join(groups, "")
}

func spelledGroup(n int64) string {
	out := ""
	for place := 0; n > 0; place, n = place+1, n/10 {
		if digit := n % 10; digit > 0 {
			out = hangulDigits[digit] + placeNames[place] + out
		}
	}
	return out
}
