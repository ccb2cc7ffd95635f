package ics_test

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the reader looks the zone up by its name

	ical "github.com/arran4/golang-ical"
	"pgregory.net/rapid"

	"secretariat/render/ics"
)

// awkward draws text rich in what iCalendar treats specially: separators, escapes, blanks to fold at, wide and
// astral letters.
func awkward(extra string, maximum int) *rapid.Generator[string] {
	runes := []rune(`\;,:"'=<> nN` + "가힣㉠漢é\u0085\u2028👨‍👩‍👧" + extra)
	piece := rapid.OneOf(
		rapid.StringOfN(rapid.SampledFrom(runes), 1, 90, -1),
		rapid.SampledFrom([]string{"BEGIN:VEVENT", "\\n", "\\\\", "END:VCALENDAR", "  ", "디지털전환위원회"}),
		rapid.StringMatching(`[ -~가-힣]{0,120}`),
	)
	return rapid.Custom(func(t *rapid.T) string {
		s := []rune(strings.Join(rapid.SliceOfN(piece, 1, 6).Draw(t, "pieces"), ""))
		return string(s[:min(len(s), maximum)])
	})
}

func TestAnyTextIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := meeting()
		e.Summary = "회의 " + strings.ReplaceAll(awkward("", 290).Draw(t, "summary"), "\u0085", "")
		e.Location = awkward("\n\t", 300).Draw(t, "location")
		e.Description = awkward("\n\t", 5000).Draw(t, "description")
		data, err := ics.Render(e)
		if err != nil {
			t.Fatalf("Render: %v", err)
		}
		event := read(t, data).part(t, "VEVENT")
		written := map[string]string{"SUMMARY": e.Summary, "LOCATION": e.Location, "DESCRIPTION": e.Description}
		for name, want := range written {
			if got := event.textOf(t, name); got != want {
				t.Fatalf("%s\n got %q\nwant %q", name, got, want)
			}
		}
	})
}

func TestLineEndsOfAnyKindAreOneKind(t *testing.T) {
	e := meeting()
	e.Description = "하나\r\n둘\n셋"
	event := read(t, render(t, e)).part(t, "VEVENT")
	if got := event.one(t, "DESCRIPTION").value; got != `하나\n둘\n셋` {
		t.Errorf("got %q", got)
	}
}

func TestAnyNameIsReadBackWithSingleQuotes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := strings.ReplaceAll(awkward("", 100).Draw(t, "name"), "\u0085", "")
		e := meeting()
		e.Attendees[0].Name = name
		e.Organizer.Name = name
		data, err := ics.Render(e)
		if err != nil {
			t.Fatalf("Render: %v", err)
		}
		event := read(t, data).part(t, "VEVENT")
		want := strings.ReplaceAll(name, `"`, `'`)
		for _, p := range []property{event.one(t, "ATTENDEE"), event.one(t, "ORGANIZER")} {
			if got := p.params["CN"]; got != want || !strings.HasPrefix(p.value, "mailto:") {
				t.Fatalf("%s\n got %q %s\nwant %q", p.name, got, p.value, want)
			}
		}
	})
}

// TestInstantsAreReadBack lets the writing library's own reader apply real zone data to the local times.
func TestInstantsAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := meeting()
		e.Start = time.Unix(rapid.Int64Range(592333200, 4102444800).Draw(t, "start"), 0).UTC()
		e.End = e.Start.Add(time.Duration(rapid.Int64Range(1, 400_000).Draw(t, "seconds")) * time.Second)
		data, err := ics.Render(e)
		if err != nil {
			t.Fatalf("Render: %v", err)
		}
		cal, err := ical.ParseCalendar(strings.NewReader(string(data)))
		if err != nil {
			t.Fatalf("ParseCalendar: %v", err)
		}
		start, err := cal.Events()[0].GetStartAt()
		if err != nil || !start.Equal(e.Start) {
			t.Fatalf("start %v, want %v (%v)", start, e.Start, err)
		}
		if end, err := cal.Events()[0].GetEndAt(); err != nil || !end.Equal(e.End) {
			t.Fatalf("end %v, want %v (%v)", end, e.End, err)
		}
	})
}

// FuzzRender feeds any octets whatever: either they are refused, or they are read back.
func FuzzRender(f *testing.F) {
	f.Add("회의", "장소", "설명", "이름", "https://city.example/")
	f.Add("a\r\nATTENDEE:b", "\x00", "\xff\xfe", "\"", "https://a/\r\nX:y")
	f.Add(strings.Repeat("가", 80), strings.Repeat(" ", 200), "\\;,\n", "a:b;c,d", "")
	f.Fuzz(func(t *testing.T, summary, location, description, name, page string) {
		e := meeting()
		e.Summary, e.Location, e.Description, e.URL = summary, location, description, page
		e.Attendees[0].Name = name
		data, err := ics.Render(e)
		if err != nil {
			if len(fields(err)) == 0 {
				t.Fatalf("refused without a field: %v", err)
			}
			return
		}
		event := read(t, data).part(t, "VEVENT")
		if len(event.all("ATTENDEE")) != 1 || event.textOf(t, "SUMMARY") != summary {
			t.Fatalf("read back differently:\n%s", data)
		}
		if event.textOf(t, "DESCRIPTION") != strings.ReplaceAll(description, "\r\n", "\n") {
			t.Fatalf("description read back differently:\n%s", data)
		}
	})
}
