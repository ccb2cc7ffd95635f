package web

import (
	"strings"
	"time"
	"unicode/utf8"

	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/service"
	"secretariat/service/convening"
)

// portalCalendar writes the meetings of a committee that are announced, called off ones among them, as RFC 5545 wants.
func (s *Site) portalCalendar(v *Visit, c committee.Committee) ([]byte, error) {
	page, err := s.set.ListMeetings.Call(v.ctx(), convening.ListInput{Committee: c.ID, Limit: service.MaxPage})
	if err != nil {
		return nil, err
	}
	var out calendarText
	out.line("BEGIN:VCALENDAR")
	out.line("VERSION:2.0")
	out.line("PRODID:-//secretariat//committee meetings//KO")
	out.line("METHOD:PUBLISH")
	out.text("X-WR-CALNAME", c.Name)
	for _, m := range page.Items {
		if m.State != meeting.Planned {
			s.portalEvent(&out, m)
		}
	}
	out.line("END:VCALENDAR")
	return []byte(out.b.String()), nil
}

// portalEvent writes one meeting under the id that its invitations have too.
func (s *Site) portalEvent(out *calendarText, m convening.Summary) {
	out.line("BEGIN:VEVENT")
	out.line("UID:meeting/" + string(m.ID))
	out.line("DTSTAMP:" + calendarTime(s.now()))
	out.line("DTSTART:" + calendarTime(m.StartsAt))
	if m.EndsAt.After(m.StartsAt) {
		out.line("DTEND:" + calendarTime(m.EndsAt))
	}
	out.text("SUMMARY", m.Title)
	out.text("LOCATION", m.Place)
	status := "CONFIRMED"
	if m.State == meeting.Cancelled {
		status = "CANCELLED"
	}
	out.line("STATUS:" + status)
	out.line("URL:" + s.public + "/meetings/" + string(m.ID))
	out.line("END:VEVENT")
}

func calendarTime(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

// calendarText writes lines of a calendar: they end in CR LF, and one that is too long goes on after a blank on the
// next, cut between characters.
type calendarText struct{ b strings.Builder }

// calendarWidth is the longest line in octets (RFC 5545 3.1).
const calendarWidth = 75

func (c *calendarText) line(s string) {
	room := calendarWidth
	for len(s) > room {
		n := room
		for !utf8.RuneStart(s[n]) {
			n--
		}
		c.b.WriteString(s[:n] + "\r\n ")
		s, room = s[n:], calendarWidth-1
	}
	c.b.WriteString(s + "\r\n")
}

// calendarEscapes are the characters of a text that mean something else (RFC 5545 3.3.11).
var calendarEscapes = strings.NewReplacer("\\", "\\\\", ";", "\\;", ",", "\\,", "\r\n", "\\n", "\n", "\\n", "\r", "")

func (c *calendarText) text(name, value string) {
	if value != "" {
		c.line(name + ":" + calendarEscapes.Replace(value))
	}
}
