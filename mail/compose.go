package mail

import (
	"bytes"
	"encoding/base64"
	"mime"
	"strings"
	"time"
	"unicode/utf8"

	gomail "github.com/wneessen/go-mail"

	"secretariat/domain/calendar"
)

// compose builds the MIME message, or reports why m is not fit to be sent.
func compose(from Address, m Message) (*gomail.Msg, error) {
	if err := m.validate(); err != nil {
		return nil, err
	}
	msg := gomail.NewMsg(gomail.WithEncoding(gomail.EncodingB64), gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(from.header())
	msg.ToMailAddress(m.To.header())
	msg.Subject(encodeHeader(m.Subject))
	setIdentity(msg, m, from.host())
	setBody(msg, m)
	for _, a := range m.Attachments {
		msg.AttachReadSeeker(a.Name, bytes.NewReader(a.Data), fileHeaders(a))
	}
	return msg, nil
}

// setIdentity writes what tells the message from others. Auto-Submitted (RFC 3834) keeps holiday notices from being
// sent back.
func setIdentity(msg *gomail.Msg, m Message, host string) {
	date := m.Date
	if date.IsZero() {
		date = time.Now()
	}
	msg.SetDateWithValue(date.In(calendar.Seoul))
	msg.SetMessageIDWithValue(m.ID + "@" + host)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	if m.InReplyTo != "" {
		msg.SetGenHeader(gomail.HeaderInReplyTo, messageIDs(host, m.InReplyTo))
	}
	if len(m.References) > 0 {
		msg.SetGenHeader(gomail.HeaderReferences, messageIDs(host, m.References...))
	}
}

func messageIDs(host string, ids ...string) string {
	full := make([]string, len(ids))
	for i, id := range ids {
		full[i] = "<" + id + "@" + host + ">"
	}
	return strings.Join(full, " ")
}

// setBody writes the text and, after it since the richer alternative comes last (RFC 2046 5.1.4), the invitation.
func setBody(msg *gomail.Msg, m Message) {
	msg.SetBodyString(gomail.TypeTextPlain, crlf(m.Text))
	if len(m.Calendar) == 0 {
		return
	}
	kind := gomail.ContentType("text/calendar; method=" + m.CalendarMethod)
	msg.AddAlternativeString(kind, string(m.Calendar))
}

// crlf gives every line the ending that text in MIME must have before it is encoded (RFC 2045 6.8).
func crlf(s string) string { return strings.ReplaceAll(lf(s), "\n", "\r\n") }

func lf(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// fileHeaders writes the file name in both forms that mail programs read: RFC 2231 in the disposition, which is the
// standard, and an encoded word in the type for older web mail. The library alone writes the second form in both
// places.
func fileHeaders(a Attachment) gomail.FileOption {
	mediaType, params, _ := mime.ParseMediaType(a.MediaType) // validated before
	params["name"] = encodeHeader(a.Name)
	return func(f *gomail.File) {
		f.Header.Set("Content-Type", mime.FormatMediaType(mediaType, params))
		f.Header.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": a.Name}))
	}
}

// wordOctets is how many octets one encoded word carries, so that the first one fits on the line of "Subject:".
const wordOctets = 36

// encodeHeader returns s unchanged where a reader is sure to get it back unchanged, else as encoded words (RFC
// 2047). The standard encoder leaves ASCII as it is, so blanks at the ends and text that looks like an encoded word
// would be lost.
func encodeHeader(s string) string {
	if plainHeader(s) {
		return s
	}
	var words []string
	for s != "" {
		n := min(len(s), wordOctets)
		for n < len(s) && !utf8.RuneStart(s[n]) {
			n--
		}
		words = append(words, "=?UTF-8?B?"+base64.StdEncoding.EncodeToString([]byte(s[:n]))+"?=")
		s = s[n:]
	}
	return strings.Join(words, " ")
}

// plainHeader reports whether s survives folding and decoding as it is: visible ASCII in words that fit on a line,
// with single blanks between them.
func plainHeader(s string) bool {
	if strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) || strings.Contains(s, "=?") {
		return false
	}
	for _, word := range strings.Split(s, " ") {
		if word == "" || len(word) > 60 {
			return false
		}
	}
	return true
}
