package search_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"secretariat/domain"
	"secretariat/domain/calendar"
	. "secretariat/domain/search"
)

func TestTextsAreFolded(t *testing.T) {
	for text, want := range map[string]string{
		"심의ㆍ의결":             "심의의결",
		"심의·의결":             "심의의결",
		"심의・의결 ･ •":         "심의의결 ",
		"ＡＩ　행정（안）":          "ai 행정(안)",
		"AI 디지털\n\t전환":      "ai 디지털 전환",
		"소\u200b프트\u00ad웨어": "소프트웨어",
		"  앞 뒤":             "앞 뒤",
		"100% _안_":          "100% _안_",
		"":                  "",
	} {
		if got := Fold(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestWordsStandOnceAndOneMustHaveTwoCharacters(t *testing.T) {
	for q, want := range map[string]struct {
		words []string
		ok    bool
	}{
		" 기본계획 ＡＩ ai ": {[]string{"기본계획", "ai"}, true},
		"법 안":          {[]string{"법", "안"}, false},
		"· ㆍ":          {nil, false},
		"법 제정":         {[]string{"법", "제정"}, true},
	} {
		words := Words(q)
		if !slices.Equal(words, want.words) || Searchable(words) != want.ok {
			t.Errorf("%q: %q, searchable %v", q, words, Searchable(words))
		}
	}
}

// text draws texts in which words repeat, with the characters that folding treats in a way of its own.
func text() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOfN(rapid.SampledFrom([]string{
			"가", "나", "다", "ㆍ", "·", " ", "\n", "A", "ａ", "%", "_", "■",
		}), 0, 400).Draw(t, "parts")
		return strings.Join(parts, "")
	})
}

func TestMarksSayWhereTheWordsStand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, words := text().Draw(t, "text"), Words(text().Draw(t, "words"))
		words = words[:min(len(words), 3)]
		snippet, marks := Snippet(s, words)
		chars, last := []rune(snippet), -1
		for _, m := range marks {
			if m.Start <= last || m.End <= m.Start || m.End > len(chars) {
				t.Fatalf("%v in %d characters after %d", m, len(chars), last)
			}
			last = m.End
		}
		for _, m := range Marks(s, words) {
			marked := Fold(string([]rune(s)[m.Start:m.End]))
			if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(marked, w) }) {
				t.Fatalf("%q is marked for %q", marked, words)
			}
		}
		stands := func(w string) bool { return strings.Contains(Fold(s), w) }
		if (len(Marks(s, words)) > 0) != slices.ContainsFunc(words, stands) {
			t.Fatalf("marks %v in %q for %q", Marks(s, words), s, words)
		}
	})
}

func TestASnippetBeginsShortlyBeforeTheFirstMatch(t *testing.T) {
	long := strings.Repeat("앞", 300) + "심의ㆍ의결\n" + strings.Repeat("뒤", 300)
	snippet, marks := Snippet(long, Words("심의의결"))
	chars := []rune(snippet)
	if len(marks) != 1 || string(chars[marks[0].Start:marks[0].End]) != "심의ㆍ의결" || chars[0] != '…' ||
		len(chars) != 162 {
		t.Errorf("%d characters %q, marks %v", len(chars), snippet, marks)
	}
	if snippet, marks = Snippet("짧은\n글", Words("없다")); snippet != "짧은 글" || len(marks) != 0 {
		t.Errorf("%q %v", snippet, marks)
	}
}

func TestATextHasTheGramsOfEveryWordInIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, words := Fold(text().Draw(t, "text")), Words(text().Draw(t, "words"))
		if !Matches(s, words) {
			return
		}
		for _, g := range GramsOf(words) {
			if _, found := slices.BinarySearch(Grams(s), g); !found {
				t.Fatalf("gram %d of %q is not in %q", g, words, s)
			}
		}
	})
}

func TestTheNewestComesFirstAndDecisionsFirstOfADay(t *testing.T) {
	made := func(day calendar.Date, k Kind, id domain.ID) int64 {
		return Entry{Day: day, Kind: k, ID: id}.Made().Place
	}
	order := []int64{
		made("2999-12-31", Committee, "z"), made("2026-11-23", Committee, "a"), made("2026-11-22", Decision, "b"),
		made("2026-11-22", Minutes, "a"), made("2026-11-22", Meeting, "a"), made("2026-11-22", Committee, "a"),
		made("1999-01-01", Decision, "a"), made("", Committee, "a"),
	}
	if !slices.IsSortedFunc(order, func(a, b int64) int { return int(min(1, max(-1, b-a))) }) || order[len(order)-1] <= 0 {
		t.Errorf("%v", order)
	}
}
