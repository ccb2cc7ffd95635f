package smtptest_test

import (
	"net/smtp"
	"testing"

	"secretariat/internal/testkit/smtptest"
)

const sample = "Message-ID: <m-1@city.example>\r\nDate: Sun, 22 Nov 2026 15:00:00 +0900\r\n" +
	"From: =?UTF-8?B?6rCE7IKs?= <office@city.example>\r\nTo: member@example.org\r\n" +
	"Subject: =?UTF-8?B?7ZqM7J2Y?=\r\nContent-Type: text/plain; charset=UTF-8\r\n" +
	"Content-Transfer-Encoding: quoted-printable\r\n\r\n=EC=95=88=EB=85=95\r\n"

func send(server *smtptest.Server) error {
	to := []string{"member@example.org"}
	return smtp.SendMail(server.Addr(), nil, "office@city.example", to, []byte(sample))
}

func TestServerKeepsWhatTheStandardClientSends(t *testing.T) {
	server := smtptest.Start(t)
	sent := make(chan error)
	go func() { sent <- send(server) }()
	got := server.WaitFor(1)[0]
	if err := <-sent; err != nil {
		t.Errorf("send: %v", err)
	}
	if got.From != "office@city.example" || len(got.To) != 1 || got.To[0] != "member@example.org" || got.TLS {
		t.Errorf("envelope %+v", got)
	}
	if string(got.Data) != sample {
		t.Errorf("content changed on the way:\n%q", got.Data)
	}
	read, err := got.Parse()
	if err != nil {
		t.Fatal(err)
	}
	if read.Subject != "회의" || read.From.Name != "간사" || read.Text != "안녕\n" || read.ID != "m-1@city.example" {
		t.Errorf("read back %+v", read)
	}
}

func TestFailLastsUntilItIsTakenBack(t *testing.T) {
	server := smtptest.Start(t)
	server.Fail(450)
	if err := send(server); err == nil {
		t.Error("accepted in spite of Fail")
	}
	server.Fail(0)
	if err := send(server); err != nil {
		t.Errorf("refused after Fail(0): %v", err)
	}
	if n := len(server.Messages()); n != 1 {
		t.Errorf("%d messages kept, want 1", n)
	}
}

func TestParseRefusesWhatIsNoMessage(t *testing.T) {
	for _, data := range []string{"", "no header", "Subject: x\r\n\r\n", sample[:40]} {
		if _, err := smtptest.Parse([]byte(data)); err == nil {
			t.Errorf("%q was read as a message", data)
		}
	}
}
