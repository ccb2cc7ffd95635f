package ics

import (
	"bytes"
	"net/url"
	"strconv"
	"strings"
	"time"

	ical "github.com/arran4/golang-ical"

	"secretariat/domain"
	"secretariat/domain/calendar"
)

const (
	productID = "-//Secretariat//Committee Meetings//KO"
	zoneName  = "Asia/Seoul"
	localTime = "20060102T150405"
	refresh   = "PT1H" // how often a subscriber should ask again
)

// Render writes the invitation, change or cancellation of one meeting, to be mailed with the same method. A request
// needs at least one attendee (RFC 5546 3.2.2). It answers CodeInvalid with the fields that are wrong.
func Render(e Event) ([]byte, error) {
	var p domain.Problems
	e.problems(&p, "")
	p.Check(e.Method != Request || len(e.Attendees) > 0, "attendees", "field.required")
	if err := p.Err(); err != nil {
		return nil, err
	}
	cal := newCalendar(ical.Method(e.Method))
	event := addEvent(cal, e)
	for _, a := range e.Attendees {
		addParty(event, ical.ComponentPropertyAttendee, a, ";PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=FALSE")
	}
	return serialize(cal)
}

// Calendar writes a calendar for subscription with every event given, the cancelled ones marked as such. Attendees
// are left out, as RFC 5546 3.2.1 demands of what is published. It answers CodeInvalid with the fields that are
// wrong, among them a UID that occurs twice.
func Calendar(name string, events []Event) ([]byte, error) {
	if err := checkAll(name, events); err != nil {
		return nil, err
	}
	cal := newCalendar(ical.MethodPublish)
	if name != "" {
		cal.SetXWRCalName(name)
	}
	cal.SetRefreshInterval(refresh, ical.WithValue(string(ical.ValueDataTypeDuration)))
	cal.SetXPublishedTTL(refresh)
	for _, e := range events {
		addEvent(cal, e)
	}
	return serialize(cal)
}

func checkAll(name string, events []Event) error {
	var p domain.Problems
	checkLine(&p, "name", name, false, domain.MaxLine)
	seen := map[string]bool{}
	for i, e := range events {
		prefix := "events." + strconv.Itoa(i) + "."
		e.problems(&p, prefix)
		p.Check(!seen[e.UID], prefix+"uid", "field.duplicate")
		seen[e.UID] = true
	}
	return p.Err()
}

func newCalendar(method ical.Method) *ical.Calendar {
	cal := ical.NewCalendar()
	cal.SetProductId(productID)
	cal.SetCalscale("GREGORIAN")
	cal.SetMethod(method)
	addSeoul(cal)
	return cal
}

// addSeoul defines the zone by its one rule since the last summer time ended on 9 October 1988 at 03:00.
func addSeoul(cal *ical.Calendar) {
	rule := cal.AddTimezone(zoneName).AddStandard()
	rule.SetProperty(ical.ComponentPropertyDtStart, "19881009T030000")
	rule.SetProperty(ical.ComponentProperty(ical.PropertyTzoffsetfrom), "+1000")
	rule.SetProperty(ical.ComponentProperty(ical.PropertyTzoffsetto), "+0900")
	rule.SetProperty(ical.ComponentProperty(ical.PropertyTzname), "KST")
}

// addEvent writes everything but the attendees.
func addEvent(cal *ical.Calendar, e Event) *ical.VEvent {
	event := cal.AddEvent(e.UID)
	event.SetDtStampTime(e.Stamp)
	event.SetModifiedAt(e.Stamp)
	event.SetSequence(e.Sequence)
	event.SetStatus(status(e.Method))
	event.SetProperty(ical.ComponentPropertyDtStart, local(e.Start), ical.WithTZID(zoneName))
	event.SetProperty(ical.ComponentPropertyDtEnd, local(e.End), ical.WithTZID(zoneName))
	addText(event, ical.ComponentPropertySummary, e.Summary)
	addText(event, ical.ComponentPropertyLocation, e.Location)
	addText(event, ical.ComponentPropertyDescription, e.Description)
	if e.URL != "" {
		page, _ := url.Parse(e.URL) // validated before
		event.SetURL(page.String())
	}
	addParty(event, ical.ComponentPropertyOrganizer, e.Organizer, "")
	return event
}

func status(m Method) ical.ObjectStatus {
	if m == Cancel {
		return ical.ObjectStatusCancelled
	}
	return ical.ObjectStatusConfirmed
}

func local(t time.Time) string { return t.In(calendar.Seoul).Format(localTime) }

// addText leaves out what is empty; the library escapes the rest.
func addText(event *ical.VEvent, property ical.ComponentProperty, text string) {
	if text != "" {
		event.SetProperty(property, lf(text))
	}
}

// addParty writes a person with a quoted name. The library would put backslashes before the special characters of a
// parameter, which RFC 5545 3.2 does not know ("O'Neil" would be shown as "O\'Neil", a colon would end the
// parameters), so the parameters are handed to it as part of the property's name, which it writes as it is.
func addParty(event *ical.VEvent, property ical.ComponentProperty, who Party, params string) {
	if who.Name != "" {
		params = `;CN="` + strings.ReplaceAll(who.Name, `"`, `'`) + `"` + params
	}
	event.AddProperty(property+ical.ComponentProperty(params), mailto(who.Mail))
}

// mailto escapes what a mailbox may hold and a URI may not (RFC 6068).
func mailto(mail string) string {
	at := strings.LastIndexByte(mail, '@')
	return "mailto:" + url.PathEscape(mail[:at]) + mail[at:]
}

func serialize(cal *ical.Calendar) ([]byte, error) {
	var b bytes.Buffer
	if err := cal.SerializeTo(&b, ical.WithNewLineWindows); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
