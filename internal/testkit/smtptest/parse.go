package smtptest

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"
	"time"
)

// Mail is what the reader of a message sees, every encoding undone.
type Mail struct {
	Header         mail.Header // as sent, still encoded
	ID             string      // Message-ID without its brackets
	From, To       mail.Address
	Subject        string
	Date           time.Time
	Text           string // text/plain, lines ended by LF
	Calendar       string // text/calendar as sent
	CalendarMethod string
	Files          []File
}

// File is an attachment.
type File struct {
	Name      string // from the disposition (RFC 2231)
	TypeName  string // from the type, the form older mail programs read
	MediaType string
	Data      []byte
}

// Parse reads the message.
func (m Message) Parse() (Mail, error) { return Parse(m.Data) }

// Parse reads a message in the format of RFC 5322, such as the content of an .eml file.
func Parse(data []byte) (Mail, error) {
	raw, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		return Mail{}, fmt.Errorf("headers: %w", err)
	}
	parsed := Mail{Header: raw.Header, ID: strings.Trim(raw.Header.Get("Message-Id"), "<>")}
	if err := parsed.readHeader(raw.Header); err != nil {
		return Mail{}, err
	}
	return parsed, parsed.readPart(textproto.MIMEHeader(raw.Header), raw.Body)
}

func (m *Mail) readHeader(h mail.Header) error {
	var decoder mime.WordDecoder
	subject, err := decoder.DecodeHeader(h.Get("Subject"))
	if err != nil {
		return fmt.Errorf("subject: %w", err)
	}
	m.Subject = subject
	if m.Date, err = h.Date(); err != nil {
		return fmt.Errorf("date: %w", err)
	}
	if m.From, err = one(h, "From"); err != nil {
		return err
	}
	m.To, err = one(h, "To")
	return err
}

func one(h mail.Header, key string) (mail.Address, error) {
	list, err := h.AddressList(key)
	if err != nil {
		return mail.Address{}, fmt.Errorf("%s: %w", key, err)
	}
	if len(list) != 1 {
		return mail.Address{}, fmt.Errorf("%s: %d addresses", key, len(list))
	}
	return *list[0], nil
}

// readPart takes in a part, and the parts in it.
func (m *Mail) readPart(h textproto.MIMEHeader, body io.Reader) error {
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		return fmt.Errorf("content type: %w", err)
	}
	if strings.HasPrefix(kind, "multipart/") {
		return m.readParts(multipart.NewReader(body, params["boundary"]))
	}
	data, err := io.ReadAll(decoded(h.Get("Content-Transfer-Encoding"), body))
	if err != nil {
		return fmt.Errorf("%s: %w", kind, err)
	}
	return m.take(h, kind, params, data)
}

func (m *Mail) readParts(r *multipart.Reader) error {
	for {
		part, err := r.NextRawPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("parts: %w", err)
		}
		if err := m.readPart(part.Header, part); err != nil {
			return err
		}
	}
}

func (m *Mail) take(h textproto.MIMEHeader, kind string, params map[string]string, data []byte) error {
	disposition := h.Get("Content-Disposition")
	switch {
	case disposition != "":
		return m.takeFile(disposition, kind, params["name"], data)
	case kind == "text/plain":
		m.Text = strings.ReplaceAll(string(data), "\r\n", "\n")
		if strings.Count(m.Text, "\n") != strings.Count(string(data), "\r\n") {
			return fmt.Errorf("text with a line not ended by CRLF (RFC 2046 4.1.1)")
		}
	case kind == "text/calendar":
		m.Calendar, m.CalendarMethod = string(data), params["method"]
	default:
		return fmt.Errorf("part of type %s without a place", kind)
	}
	return nil
}

func (m *Mail) takeFile(disposition, kind, name string, data []byte) error {
	_, params, err := mime.ParseMediaType(disposition)
	if err != nil {
		return fmt.Errorf("disposition: %w", err)
	}
	var decoder mime.WordDecoder
	typeName, err := decoder.DecodeHeader(name)
	if err != nil {
		return fmt.Errorf("name: %w", err)
	}
	m.Files = append(m.Files, File{Name: params["filename"], TypeName: typeName, MediaType: kind, Data: data})
	return nil
}

func decoded(encoding string, r io.Reader) io.Reader {
	switch strings.ToLower(encoding) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, r)
	case "quoted-printable":
		return quotedprintable.NewReader(r)
	}
	return r
}
