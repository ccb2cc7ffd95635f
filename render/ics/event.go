package ics

import (
	netmail "net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"secretariat/domain"
)

// Method is what the recipient's calendar is asked to do (RFC 5546 3.2).
type Method string

// The methods.
const (
	Request Method = "REQUEST" // enter the meeting, or change the entry when Sequence is higher than before
	Cancel  Method = "CANCEL"  // the meeting is called off
)

// Party is the organizer of a meeting or one who is asked to come.
type Party struct {
	Name string // at most 100 characters, may be empty; double quotes are written as single ones
	Mail string // ASCII only, "gil-dong@example.org"
}

// Event is one meeting.
type Event struct {
	UID      string // the same for a meeting from invitation to cancellation, and for no other; no personal data
	Sequence int    // 0 in the first invitation, one more with each change and with the cancellation
	Method   Method

	Start, End time.Time // to the second, from 9 October 1988, when Korea gave up summer time, to the year 9999

	Summary     string // title, one line
	Location    string
	Description string
	URL         string // page of the meeting, http or https, or empty

	// Organizer is who mail programs send answers to.
	Organizer Party

	// Attendees are written into an invitation, and everyone who gets it can read them. Answers are not asked for:
	// attendance is declared on the meeting's page.
	Attendees []Party

	Stamp time.Time // when this state of the meeting was written down
}

// Limits of a calendar entry.
const (
	maxUID  = 200
	maxMail = 254 // RFC 5321 4.5.3.1.3
)

// first and last bound what the one time zone rule written here is true for and what four digits of a year can say.
func first() time.Time { return time.Date(1988, 10, 8, 17, 0, 0, 0, time.UTC) }
func last() time.Time  { return time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC) }

// problems notes everything that is wrong with e, with field names below prefix.
func (e Event) problems(p *domain.Problems, prefix string) {
	checkLine(p, prefix+"uid", e.UID, true, maxUID)
	p.Check(e.Sequence >= 0, prefix+"sequence", "field.range")
	domain.OneOf(p, prefix+"method", e.Method, Request, Cancel)
	e.checkTimes(p, prefix)
	checkLine(p, prefix+"summary", e.Summary, true, domain.MaxLine)
	p.Text(prefix+"location", lf(e.Location), false, domain.MaxLine)
	p.Text(prefix+"description", lf(e.Description), false, domain.MaxText)
	p.Check(e.URL == "" || validURL(e.URL), prefix+"url", "field.format")
	e.Organizer.check(p, prefix+"organizer")
	for i, a := range e.Attendees {
		a.check(p, prefix+"attendees."+strconv.Itoa(i))
	}
}

func (e Event) checkTimes(p *domain.Problems, prefix string) {
	p.Check(!e.Start.Before(first()) && e.Start.Before(last()), prefix+"start", "field.range")
	p.Check(e.End.After(e.Start) && e.End.Before(last()), prefix+"end", "field.range")
	p.Check(!e.Stamp.Before(first()) && e.Stamp.Before(last()), prefix+"stamp", "field.range")
}

func (a Party) check(p *domain.Problems, field string) {
	checkLine(p, field+".name", a.Name, false, domain.MaxName)
	p.Check(validMail(a.Mail), field+".mail", "field.format")
}

// checkLine notes the problems of a text of one line.
func checkLine(p *domain.Problems, field, value string, required bool, limit int) {
	if strings.ContainsFunc(value, unicode.IsControl) {
		p.Add(field, "field.control", nil)
		return
	}
	p.Text(field, value, required, limit)
}

// validMail accepts a bare ASCII mailbox and nothing else that an address parser would put up with.
func validMail(s string) bool {
	if len(s) > maxMail || !visibleASCII(s) {
		return false
	}
	parsed, err := netmail.ParseAddress(s)
	return err == nil && parsed.Name == "" && parsed.Address == s
}

func validURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && visibleASCII(u.String())
}

func visibleASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' })
}

func lf(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }
