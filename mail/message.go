package mail

import (
	"bytes"
	"mime"
	netmail "net/mail"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"secretariat/domain"
)

// Limits of a message, in octets. They keep every header line below the 998 octets of RFC 5322 2.1.1.
const (
	maxID      = 128 // also leaves room for a file name
	maxMail    = 254 // RFC 5321 4.5.3.1.3
	maxName    = 255 // a file's or a person's name
	maxSubject = 900
)

// Address is a mailbox and the name shown for it.
type Address struct {
	Name string // "홍길동", may be empty
	Mail string // ASCII only, "gil-dong@example.org"
}

// Attachment is a file that goes with a message.
type Attachment struct {
	Name      string // file name with extension, without a folder
	MediaType string // "application/pdf"
	Data      []byte
}

// Message is one mail to one recipient.
type Message struct {
	// ID names the message for good: letters, digits, dot, hyphen and underscore, at most 128 characters, no
	// personal data. It becomes the left part of the Message-ID, so a message sent again is recognised as the same
	// one.
	ID string

	To      Address
	Subject string // one line
	Text    string // plain text, lines ended by LF or CRLF

	// Date is the date shown in the message. Zero stands for the moment of sending.
	Date time.Time

	// Calendar is an iCalendar object offered as an alternative to Text; mail programs show it as an invitation.
	// Method must be the METHOD written in it (RFC 6047 2.4). Both are empty in a message without an invitation.
	Calendar       []byte
	CalendarMethod string // "REQUEST", "CANCEL" or "PUBLISH"

	Attachments []Attachment

	// InReplyTo and References are the IDs of earlier messages of this sender; mail programs show them as one
	// conversation.
	InReplyTo  string
	References []string
}

// idPattern is a dot-atom (RFC 5322 3.2.3) that is safe as a file name as well.
var idPattern = regexp.MustCompile(`^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$`)

// validate reports everything that is wrong with m as one CodeInvalid error.
func (m Message) validate() error {
	var p domain.Problems
	p.Check(validID(m.ID), "id", "field.format")
	m.To.check(&p, "to")
	checkLine(&p, "subject", m.Subject, true, maxSubject)
	p.Text("text", lf(m.Text), true, domain.MaxBody)
	m.checkCalendar(&p)
	for i, a := range m.Attachments {
		a.check(&p, "attachments."+strconv.Itoa(i))
	}
	m.checkThread(&p)
	return p.Err()
}

func (m Message) checkCalendar(p *domain.Problems) {
	if len(m.Calendar) == 0 && m.CalendarMethod == "" {
		return
	}
	domain.OneOf(p, "calendar_method", m.CalendarMethod, "REQUEST", "CANCEL", "PUBLISH")
	stated := bytes.Contains(m.Calendar, []byte("\r\nMETHOD:"+m.CalendarMethod+"\r\n"))
	p.Check(stated, "calendar", "field.format")
}

func (m Message) checkThread(p *domain.Problems) {
	p.Check(m.InReplyTo == "" || validID(m.InReplyTo), "in_reply_to", "field.format")
	for i, id := range m.References {
		p.Check(validID(id), "references."+strconv.Itoa(i), "field.format")
	}
}

func (a Address) check(p *domain.Problems, field string) {
	checkLine(p, field+".name", a.Name, false, maxName)
	p.Check(validMail(a.Mail), field+".mail", "field.format")
}

func (a Address) header() *netmail.Address { return &netmail.Address{Name: a.Name, Address: a.Mail} }

// host is the part of the address after the "@".
func (a Address) host() string { return a.Mail[strings.LastIndexByte(a.Mail, '@')+1:] }

func (a Attachment) check(p *domain.Problems, field string) {
	checkLine(p, field+".name", a.Name, true, maxName)
	p.Check(!strings.ContainsAny(a.Name, `/\`), field+".name", "field.format")
	mediaType, _, err := mime.ParseMediaType(a.MediaType)
	p.Check(err == nil && strings.Contains(mediaType, "/"), field+".media_type", "field.format")
}

func validID(id string) bool { return len(id) <= maxID && idPattern.MatchString(id) }

// validMail accepts a bare ASCII mailbox. What the parser reads must be what was written, so that display names,
// comments, quoted local parts and anything that could end a header or an SMTP command are refused.
func validMail(s string) bool {
	if len(s) > maxMail || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return false
	}
	parsed, err := netmail.ParseAddress(s)
	return err == nil && parsed.Name == "" && parsed.Address == s
}

// checkLine notes the problems of a text that goes into a header: no control character at all, line ends least of
// all.
func checkLine(p *domain.Problems, field, value string, required bool, maxOctets int) {
	switch {
	case len(value) > maxOctets:
		p.Add(field, "field.too_long", domain.Args{"max": maxOctets})
	case strings.ContainsFunc(value, unicode.IsControl):
		p.Add(field, "field.control", nil)
	default:
		p.Text(field, value, required, maxOctets)
	}
}
