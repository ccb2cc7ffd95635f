package figures_test

import (
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"secretariat/domain/figures"
)

func TestParseReadsSourceSpellings(t *testing.T) {
	tests := []struct{ text, value, step, unit string }{
		{"40,411개", "40411", "1", "개"},
		{"774,193", "774193", "1", ""},
		{"14.1%", "141/10", "1/10", "%"},
		{"100.0", "100", "1/10", ""},
		{"6.9:1", "69/10", "1/10", ":1"},
		{"15:1", "15", "1", ":1"},
		{"3.6배", "18/5", "1/10", "배"},
		{"200만 원", "2000000", "10000", "원"},
		{"5만 명", "50000", "10000", "명"},
		{"5천만원", "50000000", "10000000", "원"},
		{"1천억 원", "100000000000", "100000000000", "원"},
		{"1조 4,310억원", "1431000000000", "100000000", "원"},
		{"524억 4천만 달러", "52440000000", "10000000", "달러"},
		{"43,432백만원", "43432000000", "1000000", "원"},
		{"915.5억원", "91550000000", "10000000", "원"},
		{"9천6백개사", "9600", "100", "개사"},
		{"1만2천개사", "12000", "1000", "개사"},
		{"2천9백만", "29000000", "1000000", ""},
		{"17개 과제", "17", "1", "개 과제"},
		{"10,020 ㎡", "10020", "1", "㎡"},
		{"-", "0", "1", ""},
		{"△10", "-10", "1", ""},
	}
	for _, tt := range tests {
		q, err := figures.Parse(tt.text)
		if err != nil {
			t.Errorf("Parse(%q): %v", tt.text, err)
			continue
		}
		if q.Value.RatString() != tt.value || q.Step.RatString() != tt.step || q.Unit != tt.unit {
			t.Errorf("Parse(%q) = %s step %s unit %q, want %s, %s, %q", tt.text,
				q.Value.RatString(), q.Step.RatString(), q.Unit, tt.value, tt.step, tt.unit)
		}
	}
}

func TestParseRefusesWhatIsNoFigure(t *testing.T) {
	for _, text := range []string{"", "미공개", "개사 40", "4,04개", "1,2", "1.2.3", "3억 2조", "34 / 33", "14.1 6.4",
		"5백 3천", "3백5백원", "△", "1.5억 3만", "12:34", "3-4"} {
		if q, err := figures.Parse(text); !errors.Is(err, figures.ErrUnreadable) {
			t.Errorf("Parse(%q) = %v, %v, want ErrUnreadable", text, q.Value, err)
		}
	}
}

func TestSpellKeepsTheManner(t *testing.T) {
	tests := []struct{ like, value, want string }{
		{"40,411개", "40111", "40,111개"},
		{"96.8%", "42081/434.32", "96.9%"},
		{"36억원", "3700000000", "37억원"},
		{"1천억 원", "100000000000", "1,000억 원"},
		{"200만 원", "1000000", "100만 원"},
		{"1조 4,310억원", "1431050000000", "1조 4,310억 5,000만원"},
		{"5천만원", "50001234", "5,000만 1,234원"},
		{"43,432백만원", "1000000", "1백만원"},
		{"△10", "-1234", "△1,234"},
		{"1천억 원", "0", "0 원"},
		{"9천6백개사", "9659", "9,659개사"},
	}
	for _, tt := range tests {
		q, err := figures.Parse(tt.like)
		if err != nil {
			t.Fatal(err)
		}
		if got := q.Spell(rational(t, tt.value)); got != tt.want {
			t.Errorf("%q spells %s as %q, want %q", tt.like, tt.value, got, tt.want)
		}
	}
}

// rational reads "a/b" where both may be decimals.
func rational(t *testing.T, s string) *big.Rat {
	t.Helper()
	num, den, found := strings.Cut(s, "/")
	if !found {
		den = "1"
	}
	a, ok1 := new(big.Rat).SetString(num)
	b, ok2 := new(big.Rat).SetString(den)
	if !ok1 || !ok2 {
		t.Fatalf("%q is no quotient", s)
	}
	return a.Quo(a, b)
}

// TestParseReadsWhatIsWritten writes figures digit by digit with Korean multipliers and works the value out in int64.
func TestParseReadsWhatIsWritten(t *testing.T) {
	myriads := []struct {
		name  string
		worth int64
	}{{"조", 1e12}, {"억", 1e8}, {"만", 1e4}, {"", 1}}
	rapid.Check(t, func(t *rapid.T) {
		var text strings.Builder
		var want int64
		for _, m := range myriads {
			n := rapid.Int64Range(0, 9999).Draw(t, "group")
			if !rapid.Bool().Draw(t, "present") || n == 0 {
				continue
			}
			text.WriteString(inWords(t, n) + m.name + rapid.SampledFrom([]string{"", " "}).Draw(t, "space"))
			want += n * m.worth
		}
		if want == 0 {
			t.Skip("no digits")
		}
		q, err := figures.Parse(text.String() + "원")
		if err != nil {
			t.Fatal(err)
		}
		if got := q.Value.RatString(); got != strconv.FormatInt(want, 10) || q.Unit != "원" {
			t.Fatalf("%q read as %s %s, want %d", text.String(), got, q.Unit, want)
		}
		again, err := figures.Parse(q.Spell(q.Value))
		if err != nil || again.Value.Cmp(q.Value) != 0 && q.Step.Cmp(big.NewRat(1, 1)) <= 0 {
			t.Fatalf("%q spelled %q: %v", text.String(), q.Spell(q.Value), err)
		}
	})
}

// inWords writes n below 10,000 in digits or as "9천6백".
func inWords(t *rapid.T, n int64) string {
	if !rapid.Bool().Draw(t, "words") {
		return withCommas(n)
	}
	out := ""
	for _, unit := range []struct {
		name  string
		worth int64
	}{{"천", 1000}, {"백", 100}, {"십", 10}, {"", 1}} {
		if d := n / unit.worth % 10; d > 0 {
			out += fmt.Sprint(d) + unit.name
		}
	}
	return out
}

func withCommas(n int64) string {
	s := strconv.FormatInt(n, 10)
	var out []string
	for len(s) > 3 {
		out = append([]string{s[len(s)-3:]}, out...)
		s = s[:len(s)-3]
	}
	return strings.Join(append([]string{s}, out...), ",")
}
