package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/internal/testkit/smtptest"
	"secretariat/service/convening"
)

// letter is one with everything: the meeting for the calendar and a file.
func letter() convening.Mail {
	at := time.Date(2026, 12, 15, 5, 0, 0, 0, time.UTC)
	return convening.Mail{
		ID: "invitation.m1.p1.0", To: convening.Address{Name: "김위원", Mail: "kim@city.example"},
		Subject: "제1차 회의 소집 통지", Text: "회의를 소집합니다.\n",
		Event: &convening.Event{
			UID: "meeting/m1", Sequence: 2, Start: at, End: at.Add(3 * time.Hour), Summary: "제1차 회의", Location: "본관 3층",
			Stamp: at.AddDate(0, 0, -21),
		},
		Attachments: []convening.Attachment{{Name: "소집통지서.pdf", MediaType: "application/pdf", Data: []byte("%PDF-")}},
	}
}

// posted sends a letter into a folder and reads it back.
func posted(t *testing.T, m convening.Mail) smtptest.Mail {
	t.Helper()
	dir := t.TempDir()
	smtp := smtpConfig{from: "dx@city.example", fromName: "간사"}
	p, err := newPostbox(config{smtp: smtp, mailFolder: filepath.Join(dir, "mail")})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	all := mailFolder(t, dir)
	if len(all) != 1 {
		t.Fatalf("%d letters in the folder, want 1", len(all))
	}
	return all[0]
}

func TestPostboxHandsOverEverything(t *testing.T) {
	got := posted(t, letter())
	if got.From.Name != "간사" || got.From.Address != "dx@city.example" || got.To.Address != "kim@city.example" {
		t.Errorf("from %v to %v", got.From, got.To)
	}
	if got.Subject != "제1차 회의 소집 통지" || strings.TrimSpace(got.Text) != "회의를 소집합니다." {
		t.Errorf("subject %q, text %q", got.Subject, got.Text)
	}
	if len(got.Files) != 1 || got.Files[0].Name != "소집통지서.pdf" || string(got.Files[0].Data) != "%PDF-" {
		t.Errorf("files %+v", got.Files)
	}
	for _, line := range []string{
		"METHOD:REQUEST", "UID:meeting/m1", "SEQUENCE:2", "DTSTART;TZID=Asia/Seoul:20261215T140000", "mailto:dx@city.example",
		"mailto:kim@city.example",
	} {
		if !strings.Contains(unfolded(got.Calendar), line) {
			t.Errorf("the calendar entry lacks %s:\n%s", line, got.Calendar)
		}
	}
	if n := strings.Count(unfolded(got.Calendar), "ATTENDEE"); n != 1 {
		t.Errorf("%d attendees are listed, want the recipient alone", n)
	}
}

// unfolded undoes the breaking of long lines (RFC 5545 3.1).
func unfolded(calendar string) string { return strings.ReplaceAll(calendar, "\r\n ", "") }

func TestPostboxCancels(t *testing.T) {
	m := letter()
	m.Event.Cancelled = true
	got := posted(t, m)
	if got.CalendarMethod != "CANCEL" || !strings.Contains(got.Calendar, "METHOD:CANCEL") {
		t.Errorf("method %q in\n%s", got.CalendarMethod, got.Calendar)
	}
}

func TestPostboxWithoutEvent(t *testing.T) {
	m := letter()
	m.Event = nil
	if got := posted(t, m); got.Calendar != "" {
		t.Errorf("a letter that changes no calendar holds %s", got.Calendar)
	}
}

// TestPostboxNamesNobody has the calendar entry fail; the error goes into logs.
func TestPostboxNamesNobody(t *testing.T) {
	p, err := newPostbox(config{smtp: smtpConfig{from: "dx@city.example"}, mailFolder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	m := letter()
	m.Event.UID = ""
	err = p.Send(t.Context(), m)
	if err == nil || strings.Contains(err.Error(), "kim") || strings.Contains(err.Error(), "김위원") {
		t.Errorf("%v", err)
	}
}

func TestPostboxNeedsASender(t *testing.T) {
	for name, smtp := range map[string]smtpConfig{
		"folder": {from: "nobody"},
		"server": {host: "127.0.0.1", port: 25, from: "nobody", tls: "none"},
	} {
		if _, err := newPostbox(config{smtp: smtp, mailFolder: t.TempDir()}); domain.CodeOf(err) != domain.CodeInvalid {
			t.Errorf("%s: %v, want %s", name, err, domain.CodeInvalid)
		}
	}
}

func TestPostboxWithServer(t *testing.T) {
	server := smtptest.Start(t)
	p, err := newPostbox(config{smtp: smtpConfig{
		host: server.Host(), port: server.Port(), from: "dx@city.example", fromName: "간사", tls: "none",
	}})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Send(t.Context(), letter()); err != nil {
		t.Fatal(err)
	}
	got := server.Messages()
	if len(got) != 1 || len(got[0].To) != 1 || got[0].To[0] != "kim@city.example" || got[0].From != "dx@city.example" {
		t.Errorf("received %+v", got)
	}
}
