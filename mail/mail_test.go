package mail_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secretariat/domain"
	"secretariat/internal/testkit/smtptest"
	"secretariat/mail"
	"secretariat/render/ics"
)

func office() mail.Address {
	return mail.Address{Name: "서울특별시 디지털전환위원회 간사", Mail: "office@city.example"}
}

const secret = "비공개 본문 3f9c"

func notice() mail.Message {
	return mail.Message{
		ID:      "notice-2026-04.7",
		To:      mail.Address{Name: "홍길동", Mail: "gil-dong.hong@example.org"},
		Subject: "[소집통지] 제4차 디지털전환위원회 회의(2026. 11. 22.(일) 15:00) 개최 알림",
		Text:    secret + "\n\n1. 일시: 2026. 11. 22.(일) 15:00\n.\n끝.\n",
		Date:    time.Date(2026, 11, 5, 1, 2, 3, 0, time.UTC),
	}
}

func invitation(t *testing.T) []byte {
	t.Helper()
	data, err := ics.Render(ics.Event{
		UID: "meeting-2026-04@city.example", Method: ics.Request, Summary: "제4차 디지털전환위원회",
		Start: time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC), End: time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC),
		Organizer: ics.Party{Name: office().Name, Mail: office().Mail},
		Attendees: []ics.Party{{Name: "홍길동", Mail: "gil-dong.hong@example.org"}},
		Stamp:     time.Date(2026, 11, 5, 1, 2, 3, 0, time.UTC),
	})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// full is a message with everything in it.
func full(t *testing.T) mail.Message {
	m := notice()
	m.Calendar, m.CalendarMethod = invitation(t), "REQUEST"
	m.Attachments = []mail.Attachment{
		{Name: "의안 제12호 「산업 디지털 전환 3개년 기본계획(안)」.pdf", MediaType: "application/pdf",
			Data: []byte("%PDF-1.7\n\x00\xff")},
		{Name: `agenda "final".txt`, MediaType: "text/plain; charset=utf-8", Data: []byte("의사일정\n")},
	}
	m.InReplyTo, m.References = "notice-2026-04.1", []string{"notice-2026-04.0", "notice-2026-04.1"}
	return m
}

// want is how a reader must see m.
func want(m mail.Message) smtptest.Mail {
	w := smtptest.Mail{
		ID: m.ID + "@city.example", Subject: m.Subject, Date: m.Date, Text: strings.ReplaceAll(m.Text, "\r\n", "\n"),
		Calendar: string(m.Calendar), CalendarMethod: m.CalendarMethod,
	}
	w.From.Name, w.From.Address = office().Name, office().Mail
	w.To.Name, w.To.Address = m.To.Name, m.To.Mail
	for _, a := range m.Attachments {
		kind, _, _ := strings.Cut(a.MediaType, ";")
		w.Files = append(w.Files, smtptest.File{Name: a.Name, TypeName: a.Name, MediaType: kind, Data: a.Data})
	}
	return w
}

// compare reads data and reports where it differs from m.
func compare(m mail.Message, data []byte) string {
	got, err := smtptest.Parse(data)
	if err != nil {
		return err.Error()
	}
	got.Header = nil
	return cmp.Diff(want(m), got)
}

func TestRefusalsBeforeAnythingIsSent(t *testing.T) {
	const bad = "field.format"
	huge := strings.Repeat("가", 301)
	server := smtptest.Start(t)
	sender := plain(t, server)
	for _, c := range []struct {
		want   string
		change func(*mail.Message)
	}{
		{"id=" + bad, func(m *mail.Message) { m.ID = "" }},
		{"id=" + bad, func(m *mail.Message) { m.ID = "../etc/passwd" }},
		{"id=" + bad, func(m *mail.Message) { m.ID = "a\r\nBcc: x@y.z" }},
		{"id=" + bad, func(m *mail.Message) { m.ID = strings.Repeat("a", 129) }},
		{"to.mail=" + bad, func(m *mail.Message) { m.To.Mail = "" }},
		{"to.mail=" + bad, func(m *mail.Message) { m.To.Mail = "홍길동@example.org" }},
		{"to.mail=" + bad, func(m *mail.Message) { m.To.Mail = "Hong <a@example.org>" }},
		{"to.mail=" + bad, func(m *mail.Message) { m.To.Mail = "a@example.org, b@example.org" }},
		{"to.mail=" + bad, func(m *mail.Message) { m.To.Mail = "a@example.org>\r\nRCPT TO:<b@example.org" }},
		{"to.mail=" + bad, func(m *mail.Message) { m.To.Mail = `"a b"@example.org` }},
		{"to.mail=" + bad, func(m *mail.Message) { m.To.Mail = "a@example.org(x)" }},
		{"to.mail=" + bad, func(m *mail.Message) { m.To.Mail = "<a@example.org>" }},
		{"to.mail=" + bad, func(m *mail.Message) { m.To.Mail = `"a"@example.org` }},
		{"to.name=field.control", func(m *mail.Message) { m.To.Name = "a\nBcc: b@example.org" }},
		{"subject=field.control", func(m *mail.Message) { m.Subject = "a\r\nBcc: b@example.org" }},
		{"subject=field.control", func(m *mail.Message) { m.Subject = "a\tb" }},
		{"subject=field.required", func(m *mail.Message) { m.Subject = "  " }},
		{"subject=field.encoding", func(m *mail.Message) { m.Subject = "\xff" }},
		{"subject=field.too_long", func(m *mail.Message) { m.Subject = huge }},
		{"text=field.required", func(m *mail.Message) { m.Text = "" }},
		{"text=field.encoding", func(m *mail.Message) { m.Text = "\xff" }},
		{"calendar_method=field.choice", func(m *mail.Message) { m.CalendarMethod = "REPLY\r\nX: y" }},
		{"calendar=" + bad, func(m *mail.Message) { m.CalendarMethod = "CANCEL" }},
		{"attachments.0.name=" + bad, func(m *mail.Message) { m.Attachments[0].Name = "../a.pdf" }},
		{"attachments.0.name=field.control", func(m *mail.Message) { m.Attachments[0].Name = "a\r\nX: y.pdf" }},
		{"attachments.0.name=field.too_long", func(m *mail.Message) { m.Attachments[0].Name = huge }},
		{"attachments.1.media_type=" + bad, func(m *mail.Message) { m.Attachments[1].MediaType = "pdf" }},
		{"attachments.1.media_type=" + bad, func(m *mail.Message) { m.Attachments[1].MediaType = "a/b\r\nX: y" }},
		{"in_reply_to=" + bad, func(m *mail.Message) { m.InReplyTo = "a b" }},
		{"references.1=" + bad, func(m *mail.Message) { m.References[1] = "a>\r\nX: y" }},
	} {
		m := full(t)
		c.change(&m)
		err := sender.Send(t.Context(), m)
		if !strings.Contains(strings.Join(fields(err), " "), c.want) || !mail.Permanent(err) {
			t.Errorf("want %s, got %v, permanent %v", c.want, fields(err), mail.Permanent(err))
		}
		noLeak(t, m, err)
	}
	if n := len(server.Messages()); n != 0 {
		t.Errorf("%d messages arrived", n)
	}
}

func TestConfigRefusals(t *testing.T) {
	good := mail.Config{Host: "mail.example", Port: 587, From: office()}
	if _, err := mail.New(good); err != nil {
		t.Fatalf("good configuration: %v", err)
	}
	for _, c := range []struct {
		want   string
		change func(*mail.Config)
	}{
		{"host=field.format", func(c *mail.Config) { c.Host = "" }},
		{"host=field.format", func(c *mail.Config) { c.Host = "unix:///tmp/x" }},
		{"port=field.range", func(c *mail.Config) { c.Port = 0 }},
		{"port=field.range", func(c *mail.Config) { c.Port = 65536 }},
		{"timeout=field.range", func(c *mail.Config) { c.Timeout = -time.Second }},
		{"tls=field.choice", func(c *mail.Config) { c.TLS = "sometimes" }},
		{"tls=mail.password_needs_tls", func(c *mail.Config) { c.TLS, c.Username = mail.TLSNone, "office" }},
		{"from.mail=field.format", func(c *mail.Config) { c.From.Mail = "office" }},
		{"from.name=field.control", func(c *mail.Config) { c.From.Name = "a\r\nBcc: b@example.org" }},
	} {
		config := good
		c.change(&config)
		_, err := mail.New(config)
		if got := fields(err); !cmp.Equal(got, []string{c.want}) {
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

// noLeak fails when the error, or anything wrapped in it, tells who the message was for or what was in it.
func noLeak(t *testing.T, m mail.Message, err error) {
	t.Helper()
	for e := err; e != nil; e = errors.Unwrap(e) {
		for _, private := range []string{m.To.Mail, m.To.Name, "gil-dong", "example.org", m.Subject, secret} {
			if private != "" && strings.TrimSpace(private) != "" && strings.Contains(e.Error(), private) {
				t.Errorf("error tells %q: %v", private, e)
			}
		}
	}
}
