package policy

import (
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestFormsTakeOneSpelling(t *testing.T) {
	cases := []struct {
		key   string
		takes []string
		not   []string
	}{
		{"meeting.notice.days", []string{"0", "15"}, []string{"", "-1", "+15", "015", "15.0", "1_5", "열다섯", " 15"}},
		{"meeting.public", []string{"true", "false"}, []string{"", "True", "yes", "1", "t"}},
		{"meeting.quorum", []string{"> 1/2", ">= 2/3"}, []string{"", "1/2", "> 1/2 "}},
		{"meeting.reminder.days", []string{"", "1", "7, 1"},
			[]string{"1, 7", "7, 7", "7,1", "a", "7, ", "-1", "07, 1"}},
		{"recusal.grounds", []string{"", "party", "party, kin"},
			[]string{"party,kin", "party, ", "Party", "party, party", "당사자"}},
		{"minutes.required_fields", []string{"title, agenda"}, []string{"titel", "title, titel"}},
		{"minutes.disclosure_grounds", []string{"1, 8"}, []string{"9", "0", "5호"}},
		{"decision.tie", []string{"reject", "chair_casting"}, []string{"", "부결", "Reject"}},
		{"retention.minutes", []string{"영구", "10년"}, []string{"", "20년", "permanent"}},
		{"report.annual_due", []string{"03-31", "12-01"}, []string{"", "3-31", "02-30", "13-01", "2025-03-31"}},
		{"document.number.agenda", []string{"의안 제{year}-{serial}호"},
			[]string{"", "의안", "제{year}호", "{department}-{serial}", "{serial}{x}"}},
	}
	for _, c := range cases {
		for _, v := range c.takes {
			if err := CheckValue(c.key, v); err != nil {
				t.Errorf("%s refuses %q: %v", c.key, v, err)
			}
		}
		for _, v := range c.not {
			if CheckValue(c.key, v) == nil {
				t.Errorf("%s takes %q", c.key, v)
			}
		}
	}
}

func TestCheckValueKnowsNoOtherKeys(t *testing.T) {
	for _, key := range []string{"", "meeting", "meeting.notice.day", "Meeting.Notice.Days"} {
		if err := CheckValue(key, "15"); err == nil {
			t.Errorf("%q is known", key)
		}
	}
}

func TestListsGiveTheirParts(t *testing.T) {
	got, err := parseList("minor, urgent")
	if diff := cmp.Diff([]string{"minor", "urgent"}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if got, err := parseList(""); len(got) != 0 || err != nil {
		t.Errorf("no text gives %v, %v", got, err)
	}
}

func TestCountsReadWhatTheyAreWrittenFrom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.SliceOfNDistinct(rapid.IntRange(0, 365), 1, 6, rapid.ID).Draw(t, "days")
		falls := slices.IsSortedFunc(days, func(a, b int) int { return b - a })
		text := strconv.Itoa(days[0])
		for _, d := range days[1:] {
			text += ", " + strconv.Itoa(d)
		}
		got, err := parseCounts(text)
		if falls != (err == nil) || falls && !slices.Equal(got, days) {
			t.Fatalf("%q: got %v, %v", text, got, err)
		}
	})
}

func TestKeysAreNamedOnce(t *testing.T) {
	keys := Keys()
	if !slices.IsSorted(keys) {
		t.Error("not sorted")
	}
	for i := 1; i < len(keys); i++ {
		if keys[i] == keys[i-1] {
			t.Errorf("%s is declared twice", keys[i])
		}
	}
}
