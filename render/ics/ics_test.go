package ics_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secretariat/domain"
	"secretariat/render/ics"
)

func meeting() ics.Event {
	return ics.Event{
		UID:         "meeting-2026-04@city.example",
		Method:      ics.Request,
		Start:       time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC),
		End:         time.Date(2026, 11, 22, 8, 30, 0, 0, time.UTC),
		Summary:     "제4차 디지털전환위원회; 기본계획(안), 심의",
		Location:    "서울시청 본관 6층 영상회의실",
		Description: "1. 개회\n2. 의안 심의\\의결",
		URL:         "https://city.example/meetings/2026-04?lang=ko",
		Organizer:   ics.Party{Name: "디지털전환위원회 간사", Mail: "office@city.example"},
		Attendees:   []ics.Party{{Name: "홍길동", Mail: "gil-dong@example.org"}},
		Stamp:       time.Date(2026, 11, 5, 1, 2, 3, 0, time.UTC),
	}
}

const invitation = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Secretariat//Committee Meetings//KO
CALSCALE:GREGORIAN
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Asia/Seoul
BEGIN:STANDARD
DTSTART:19881009T030000
TZOFFSETFROM:+1000
TZOFFSETTO:+0900
TZNAME:KST
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:meeting-2026-04@city.example
DTSTAMP:20261105T010203Z
LAST-MODIFIED:20261105T010203Z
SEQUENCE:0
STATUS:CONFIRMED
DTSTART;TZID=Asia/Seoul:20261122T150000
DTEND;TZID=Asia/Seoul:20261122T173000
SUMMARY:제4차 디지털전환위원회\; 기본계획(안)\, 심의
LOCATION:서울시청 본관 6층 영상회의실
DESCRIPTION:1. 개회\n2. 의안 심의\\의결
URL:https://city.example/meetings/2026-04?lang=ko
ORGANIZER;CN="디지털전환위원회 간사":mailto:office@city.example
ATTENDEE;CN="홍길동";PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=FALSE:mailto:gil-dong@example.org
END:VEVENT
END:VCALENDAR`

func render(t *testing.T, e ics.Event) []byte {
	t.Helper()
	data, err := ics.Render(e)
	if err != nil {
		t.Fatalf("Render: %v", err)
	}
	return data
}

func TestInvitationAsWhole(t *testing.T) {
	lines, err := unfold(string(render(t, meeting())))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(invitation, "\n"), lines); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestChangeAndCancellationKeepTheUID(t *testing.T) {
	moved, off := meeting(), meeting()
	moved.Sequence, moved.Start = 1, moved.Start.Add(-time.Hour)
	off.Sequence, off.Method, off.Attendees = 2, ics.Cancel, nil
	for _, c := range []struct {
		event                    ics.Event
		method, sequence, status string
		start                    string
		attendees                int
	}{
		{moved, "REQUEST", "1", "CONFIRMED", "20261122T140000", 1},
		{off, "CANCEL", "2", "CANCELLED", "20261122T150000", 0},
	} {
		cal := read(t, render(t, c.event))
		event := cal.part(t, "VEVENT")
		got := []string{cal.one(t, "METHOD").value, event.one(t, "UID").value, event.one(t, "SEQUENCE").value,
			event.one(t, "STATUS").value, event.one(t, "DTSTART").value, strconv.Itoa(len(event.all("ATTENDEE")))}
		want := []string{c.method, meeting().UID, c.sequence, c.status, c.start, strconv.Itoa(c.attendees)}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", c.method, diff)
		}
	}
}

func TestEmptyFieldsAreLeftOut(t *testing.T) {
	e := meeting()
	e.Location, e.Description, e.URL, e.Organizer.Name = "", "", "", ""
	event := read(t, render(t, e)).part(t, "VEVENT")
	for _, name := range []string{"LOCATION", "DESCRIPTION", "URL"} {
		if len(event.all(name)) != 0 {
			t.Errorf("%s is written though empty", name)
		}
	}
	if p := event.one(t, "ORGANIZER"); len(p.params) != 0 || p.value != "mailto:office@city.example" {
		t.Errorf("organizer %+v", p)
	}
}

func TestMailboxWithCharactersAURIMayNotHold(t *testing.T) {
	e := meeting()
	e.Organizer.Mail = "a%b?c#d/e@city.example"
	event := read(t, render(t, e)).part(t, "VEVENT")
	if got := event.one(t, "ORGANIZER").value; got != "mailto:a%25b%3Fc%23d%2Fe@city.example" {
		t.Errorf("organizer %s", got)
	}
}

func TestPublishedCalendar(t *testing.T) {
	off := meeting()
	off.UID, off.Method, off.Sequence = "meeting-2026-05@city.example", ics.Cancel, 3
	data, err := ics.Calendar("디지털전환위원회, 회의", []ics.Event{meeting(), off})
	if err != nil {
		t.Fatal(err)
	}
	cal := read(t, data)
	if cal.one(t, "METHOD").value != "PUBLISH" || cal.textOf(t, "X-WR-CALNAME") != "디지털전환위원회, 회의" {
		t.Errorf("header %+v", cal.properties)
	}
	if len(cal.parts) != 3 || cal.parts[1].one(t, "STATUS").value != "CONFIRMED" ||
		cal.parts[2].one(t, "STATUS").value != "CANCELLED" {
		t.Errorf("want the zone, a meeting and a cancelled meeting:\n%s", data)
	}
	if strings.Contains(string(data), "ATTENDEE") || strings.Contains(string(data), "gil-dong") {
		t.Errorf("attendees are published:\n%s", data)
	}
}

func TestPublishedCalendarMayBeEmpty(t *testing.T) {
	data, err := ics.Calendar("", nil)
	if err != nil {
		t.Fatal(err)
	}
	if cal := read(t, data); len(cal.parts) != 1 || cal.parts[0].kind != "VTIMEZONE" {
		t.Errorf("want the zone alone:\n%s", data)
	}
}

func TestPublishedCalendarRefusesAUIDTwice(t *testing.T) {
	_, err := ics.Calendar("", []ics.Event{meeting(), meeting()})
	if got := fields(err); !cmp.Equal(got, []string{"events.1.uid=field.duplicate"}) {
		t.Errorf("got %v", got)
	}
}

func TestRefusals(t *testing.T) {
	long := strings.Repeat("가", domain.MaxText+1)
	for _, c := range []struct {
		want   string
		change func(*ics.Event)
	}{
		{"uid=field.required", func(e *ics.Event) { e.UID = "" }},
		{"uid=field.control", func(e *ics.Event) { e.UID = "a\r\nATTENDEE:b" }},
		{"sequence=field.range", func(e *ics.Event) { e.Sequence = -1 }},
		{"method=field.choice", func(e *ics.Event) { e.Method = "PUBLISH" }},
		{"start=field.range", func(e *ics.Event) { e.Start = time.Time{} }},
		{"start=field.range", func(e *ics.Event) { e.Start = time.Date(1988, 10, 8, 16, 59, 59, 0, time.UTC) }},
		{"end=field.range", func(e *ics.Event) { e.End = e.Start }},
		{"end=field.range", func(e *ics.Event) { e.End = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) }},
		{"stamp=field.range", func(e *ics.Event) { e.Stamp = time.Time{} }},
		{"summary=field.required", func(e *ics.Event) { e.Summary = " " }},
		{"summary=field.control", func(e *ics.Event) { e.Summary = "a\nb" }},
		{"location=field.control", func(e *ics.Event) { e.Location = "a\rb" }},
		{"description=field.encoding", func(e *ics.Event) { e.Description = "\xff" }},
		{"description=field.too_long", func(e *ics.Event) { e.Description = long }},
		{"url=field.format", func(e *ics.Event) { e.URL = "javascript:alert(1)" }},
		{"url=field.format", func(e *ics.Event) { e.URL = "https://city.example/\r\nX:y" }},
		{"url=field.format", func(e *ics.Event) { e.URL = "https://city.example/?q=가 나" }},
		{"organizer.mail=field.format", func(e *ics.Event) { e.Organizer.Mail = "" }},
		{"organizer.name=field.control", func(e *ics.Event) { e.Organizer.Name = "a\nb" }},
		{"attendees.0.mail=field.format", func(e *ics.Event) { e.Attendees[0].Mail = "x <x@y.z>" }},
		{"attendees.0.mail=field.format", func(e *ics.Event) { e.Attendees[0].Mail = `"a;b"@y.z` }},
		{"attendees.0.mail=field.format", func(e *ics.Event) { e.Attendees[0].Mail = "<x@y.z>" }},
		{"attendees=field.required", func(e *ics.Event) { e.Attendees = nil }},
	} {
		e := meeting()
		c.change(&e)
		data, err := ics.Render(e)
		if got := fields(err); !cmp.Equal(got, []string{c.want}) || data != nil {
			t.Errorf("want %s, got %v", c.want, got)
		}
	}
}

// fields are the field errors of a CodeInvalid error as "field=key".
func fields(err error) []string {
	var e *domain.Error
	if !errors.As(err, &e) || e.Code != domain.CodeInvalid {
		return nil
	}
	var out []string
	for _, f := range e.Fields {
		out = append(out, f.Field+"="+f.Key)
	}
	return out
}
