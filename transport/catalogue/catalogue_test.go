package catalogue_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"secretariat/domain"
	"secretariat/transport/catalogue"
)

func load(t *testing.T) *catalogue.Catalogue {
	t.Helper()
	c, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var slots = regexp.MustCompile(`\{\w+,?(:\w+)?\}`)

// slotsOf lists the places for arguments in a text, each once.
func slotsOf(text string) []string {
	return slices.Compact(slices.Sorted(slices.Values(slots.FindAllString(text, -1))))
}

func isHangul(r rune) bool { return unicode.Is(unicode.Hangul, r) }

func TestBothLanguagesSayTheSame(t *testing.T) {
	c := load(t)
	for _, key := range c.Keys() {
		m, _ := c.Message(key)
		if !slices.Equal(slotsOf(m.Ko), slotsOf(m.En)) {
			t.Errorf("%s: the arguments differ: %v and %v", key, slotsOf(m.Ko), slotsOf(m.En))
		}
		if !strings.ContainsFunc(m.Ko, isHangul) || strings.ContainsFunc(m.En, isHangul) {
			t.Errorf("%s: a language is not what it should be: %q, %q", key, m.Ko, m.En)
		}
		if strings.TrimSpace(m.Ko) != m.Ko || strings.TrimSpace(m.En) != m.En {
			t.Errorf("%s: blanks at an end", key)
		}
	}
}

func TestEveryListOfASlotIsThere(t *testing.T) {
	c := load(t)
	lists := map[string]bool{}
	for _, key := range c.Keys() {
		if rest, ok := strings.CutPrefix(key, "label."); ok {
			list, _, _ := strings.Cut(rest, ".")
			lists[list] = true
		}
	}
	for _, key := range c.Keys() {
		m, _ := c.Message(key)
		for _, slot := range slotsOf(m.Ko) {
			if _, list, ok := strings.Cut(strings.Trim(slot, "{}"), ":"); ok && !lists[list] {
				t.Errorf("%s: there is no list %s among %v", key, list, slices.Sorted(maps.Keys(lists)))
			}
		}
	}
}

func TestRenderFillsInWhatIsGiven(t *testing.T) {
	c := load(t)
	for _, test := range []struct {
		lang catalogue.Lang
		key  string
		args domain.Args
		want string
	}{
		{catalogue.Korean, "field.too_long", domain.Args{"max": 300}, "300자까지 입력할 수 있습니다."},
		{catalogue.English, "field.too_long", domain.Args{"max": 300}, "At most 300 characters."},
		{catalogue.English, "field.too_long", domain.Args{"max": float64(2_000_000)}, "At most 2000000 characters."},
		{catalogue.English, "field.too_long", nil, "At most {max} characters."},
		{catalogue.English, "field.too_long", domain.Args{"max": "{min}", "min": 7}, "At most {min} characters."},
		{catalogue.Korean, "no.such.key", nil, "no.such.key"},
	} {
		if got := c.Render(test.lang, test.key, test.args); got != test.want {
			t.Errorf("%s %v: %q, want %q", test.key, test.args, got, test.want)
		}
	}
	if got := c.Label(catalogue.Korean, "outcome", "rejected"); got != "부결" {
		t.Errorf("label: %q", got)
	}
	if got := c.Codes("choice"); !slices.Equal(got, []string{"abstain", "no", "yes"}) {
		t.Errorf("codes: %v", got)
	}
	if got := c.Label(catalogue.English, "outcome", "unheard_of"); got != "unheard_of" {
		t.Errorf("an unknown code: %q", got)
	}
}

func TestParticlesFollowTheSound(t *testing.T) {
	c, err := catalogue.Read(map[string]catalogue.Message{
		"t": {Ko: "{x}은(는) {x}이(가) {x}을(를) {x}과(와) {x}으로(로)", En: "{x}"},
		"l": {Ko: "{x:outcome}을(를)", En: "{x:outcome}"}, "label.outcome.rejected": {Ko: "부결", En: "rejected"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]string{
		"위원": "위원은 위원이 위원을 위원과 위원으로", "회의": "회의는 회의가 회의를 회의와 회의로", "부결": "부결은 부결이 부결을 부결과 부결로",
		"3": "3은 3이 3을 3과 3으로", "7": "7은 7이 7을 7과 7로", "12": "12는 12가 12를 12와 12로", "10": "10은 10이 10을 10과 10으로",
		"운영세칙(안)": "운영세칙(안)은 운영세칙(안)이 운영세칙(안)을 운영세칙(안)과 운영세칙(안)으로", "R": "R은 R이 R을 R과 R로",
		"AI": "AI는 AI가 AI를 AI와 AI로", "": "는 가 를 와 로",
	} {
		if got := c.Render(catalogue.Korean, "t", domain.Args{"x": word}); got != want {
			t.Errorf("%q: %q", word, got)
		}
	}
	if got := c.Render(catalogue.Korean, "l", domain.Args{"x": "rejected"}); got != "부결을" {
		t.Errorf("a word for a code: %q", got)
	}
}

func TestReadRefusesHalfAMessage(t *testing.T) {
	for name, m := range map[string]catalogue.Message{
		"no English": {Ko: "가"}, "no Korean": {En: "a"},
	} {
		if _, err := catalogue.Read(map[string]catalogue.Message{"k": m}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestTheReaderChoosesTheLanguage(t *testing.T) {
	for header, want := range map[string]catalogue.Lang{
		"": catalogue.Korean, "ko-KR,ko;q=0.9,en;q=0.8": catalogue.Korean, "en": catalogue.English,
		"en-GB,ko;q=0.5": catalogue.English, "fr": catalogue.Korean, "fr,en;q=0.1": catalogue.English,
		";;;": catalogue.Korean,
	} {
		if got := catalogue.Choose(header); got != want {
			t.Errorf("%q: %s, want %s", header, got, want)
		}
	}
}

func TestAmountsAreWrittenWithCommas(t *testing.T) {
	c := load(t)
	for amount, want := range map[any]string{
		int64(0): "0원", int64(999): "999원", int64(1_000): "1,000원", int64(-1_234_567): "-1,234,567원", float64(70_000_000): "70,000,000원",
	} {
		if got := c.Render(catalogue.Korean, "web.calls.won", domain.Args{"won": amount}); got != want {
			t.Errorf("%v: %s, want %s", amount, got, want)
		}
	}
}
