package selection_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	. "secretariat/domain/selection"
)

func TestMoneyIsWrittenAsDocumentsDo(t *testing.T) {
	t.Parallel()
	for won, want := range map[int64]string{
		113_560: "금113,560원(금일십일만삼천오백육십원)", 0: "금0원(금영원)", 10_000: "금10,000원(금일만원)",
		200_000_001: "금200,000,001원(금이억일원)", 1_000_000_000_000: "금1,000,000,000,000원(금일조원)",
	} {
		if got := FormalWon(won); got != want {
			t.Errorf("%d: %s, want %s", won, got, want)
		}
	}
}

// read is what somebody reads out of the words, digit by digit.
func read(words string) int64 {
	var sum, group, digit int64
	for _, r := range words {
		switch i := strings.IndexRune("영일이삼사오육칠팔구", r); {
		case i >= 0:
			digit = int64(i / 3)
		case strings.ContainsRune("십백천", r):
			group += digit * map[rune]int64{'십': 10, '백': 100, '천': 1000}[r]
			digit = 0
		default:
			sum += (group + digit) * map[rune]int64{'만': 10_000, '억': 100_000_000, '조': 1_000_000_000_000, '경': 10_000_000_000_000_000}[r]
			group, digit = 0, 0
		}
	}
	return sum + group + digit
}

func TestMoneyInWordsReadsAsItsDigits(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, 9_000_000_000_000_000_000).Draw(t, "won")
		text := FormalWon(n)
		digits, words, _ := strings.Cut(strings.TrimSuffix(text, "원)"), "원(금")
		if read(words) != n || strings.ReplaceAll(strings.TrimPrefix(digits, "금"), ",", "") != rapidDigits(n) {
			t.Fatalf("%d: %s", n, text)
		}
	})
}

func rapidDigits(n int64) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return rapidDigits(n/10) + string(rune('0'+n%10))
}
