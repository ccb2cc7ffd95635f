package mail_test

import (
	"context"
	"errors"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secretariat/domain"
	"secretariat/internal/testkit/smtptest"
	"secretariat/mail"
)

// wait is long enough for anything that works and short enough for what never comes.
const wait = 400 * time.Millisecond

func config(server *smtptest.Server) mail.Config {
	return mail.Config{Host: server.Host(), Port: server.Port(), From: office(), TLS: mail.TLSNone}
}

func open(t *testing.T, c mail.Config) *mail.Sender {
	t.Helper()
	sender, err := mail.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return sender
}

func plain(t *testing.T, server *smtptest.Server) *mail.Sender { return open(t, config(server)) }

func TestMessageArrivesAsItWasWritten(t *testing.T) {
	for name, m := range map[string]mail.Message{"text": notice(), "full": full(t)} {
		t.Run(name, func(t *testing.T) {
			server := smtptest.Start(t)
			if err := plain(t, server).Send(t.Context(), m); err != nil {
				t.Fatal(err)
			}
			got := server.WaitFor(1)[0]
			if got.From != office().Mail || !cmp.Equal(got.To, []string{m.To.Mail}) {
				t.Errorf("envelope from %s to %v", got.From, got.To)
			}
			if diff := compare(m, got.Data); diff != "" {
				t.Errorf("(-want +got)\n%s\n%s", diff, got.Data)
			}
		})
	}
}

func TestHeadersOfAConversation(t *testing.T) {
	server := smtptest.Start(t)
	if err := plain(t, server).Send(t.Context(), full(t)); err != nil {
		t.Fatal(err)
	}
	read, err := server.WaitFor(1)[0].Parse()
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{
		"In-Reply-To":    "<notice-2026-04.1@city.example>",
		"References":     "<notice-2026-04.0@city.example> <notice-2026-04.1@city.example>",
		"Auto-Submitted": "auto-generated",
		"Date":           "Thu, 05 Nov 2026 10:02:03 +0900",
		"Mime-Version":   "1.0",
		"User-Agent":     "",
		"X-Mailer":       "",
	} {
		if got := read.Header.Get(key); got != want {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
}

func TestMessageWithoutDateBearsTheMomentOfSending(t *testing.T) {
	server := smtptest.Start(t)
	m, before := notice(), time.Now().Truncate(time.Second)
	m.Date = time.Time{}
	if err := plain(t, server).Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	read, err := server.WaitFor(1)[0].Parse()
	if err != nil || read.Date.Before(before) || read.Date.After(time.Now()) {
		t.Errorf("date %v, %v", read.Date, err)
	}
}

func TestEncryptionAndSigningIn(t *testing.T) {
	for _, policy := range []mail.TLSPolicy{"", mail.TLSMandatory, mail.TLSOpportunistic} {
		server := smtptest.Start(t, smtptest.WithTLS(), smtptest.WithAuth("office", "열려라 참깨"))
		c := config(server)
		c.TLS, c.RootCAs, c.Username, c.Password = policy, server.RootCAs(), "office", "열려라 참깨"
		if err := open(t, c).Send(t.Context(), full(t)); err != nil {
			t.Errorf("policy %q: %v", policy, err)
			continue
		}
		got := server.WaitFor(1)[0]
		if !got.TLS || got.User != "office" {
			t.Errorf("policy %q: encrypted %v, user %q", policy, got.TLS, got.User)
		}
		if diff := compare(full(t), got.Data); diff != "" {
			t.Errorf("policy %q (-want +got)\n%s", policy, diff)
		}
	}
}

func TestOpportunisticDoesWithoutEncryptionWhereThereIsNone(t *testing.T) {
	server := smtptest.Start(t)
	c := config(server)
	c.TLS = mail.TLSOpportunistic
	if err := open(t, c).Send(t.Context(), notice()); err != nil {
		t.Fatal(err)
	}
	if server.WaitFor(1)[0].TLS {
		t.Error("encrypted by a server that cannot")
	}
}

// TestSetUpFaultsAreNotTheMessagesFault: each is put right by an official, and the message must still be there then.
func TestSetUpFaultsAreNotTheMessagesFault(t *testing.T) {
	secured := []smtptest.Option{smtptest.WithTLS(), smtptest.WithAuth("office", "right")}
	for name, c := range map[string]struct {
		server []smtptest.Option
		change func(*mail.Config, *smtptest.Server)
		stage  mail.Stage
		reply  int
	}{
		"no encryption offered": {nil, func(c *mail.Config, _ *smtptest.Server) {
			c.TLS = mail.TLSMandatory
		}, mail.StageSession, 0},
		"certificate not trusted": {secured, func(c *mail.Config, _ *smtptest.Server) {
			c.TLS = mail.TLSMandatory
		}, mail.StageSession, 0},
		"certificate not trusted, opportunistic": {secured, func(c *mail.Config, _ *smtptest.Server) {
			c.TLS = mail.TLSOpportunistic
		}, mail.StageSession, 0},
		"wrong password": {secured, func(c *mail.Config, s *smtptest.Server) {
			c.TLS, c.RootCAs, c.Username, c.Password = mail.TLSMandatory, s.RootCAs(), "office", "wrong"
		}, mail.StageSession, 535},
		"nobody signed in": {secured, func(c *mail.Config, s *smtptest.Server) {
			c.TLS, c.RootCAs = mail.TLSMandatory, s.RootCAs()
		}, mail.StageSender, 502},
		"no signing in offered": {nil, func(c *mail.Config, _ *smtptest.Server) {
			c.TLS, c.Username, c.Password = mail.TLSOpportunistic, "office", "right"
		}, mail.StageSession, 0},
		"nobody there": {nil, func(c *mail.Config, _ *smtptest.Server) {
			c.Port = closedPort(t)
		}, mail.StageConnect, 0},
	} {
		t.Run(name, func(t *testing.T) {
			server := smtptest.Start(t, c.server...)
			set := config(server)
			c.change(&set, server)
			err := open(t, set).Send(t.Context(), notice())
			expect(t, err, false, c.stage, c.reply)
			if strings.Contains(err.Error(), "wrong") || len(server.Messages()) != 0 {
				t.Errorf("%v, %d messages", err, len(server.Messages()))
			}
		})
	}
}

func closedPort(t *testing.T) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().(*net.TCPAddr).Port
}

func TestRepliesOfTheServer(t *testing.T) {
	for _, c := range []struct {
		at        smtptest.Stage
		code      int
		stage     mail.Stage
		permanent bool
	}{
		{smtptest.Hello, 421, mail.StageSession, false},
		{smtptest.Hello, 554, mail.StageSession, false},
		{smtptest.From, 451, mail.StageSender, false},
		{smtptest.From, 550, mail.StageSender, false},
		{smtptest.To, 421, mail.StageRecipient, false},
		{smtptest.To, 450, mail.StageRecipient, false},
		{smtptest.To, 530, mail.StageRecipient, false},
		{smtptest.To, 550, mail.StageRecipient, true},
		{smtptest.To, 553, mail.StageRecipient, true},
		{smtptest.Content, 452, mail.StageContent, false},
		{smtptest.Content, 552, mail.StageContent, true},
		{smtptest.Content, 554, mail.StageContent, true},
	} {
		server := smtptest.Start(t)
		sender := plain(t, server)
		server.FailAt(c.at, c.code)
		expect(t, sender.Send(t.Context(), notice()), c.permanent, c.stage, c.code)
		if n := len(server.Messages()); n != 0 {
			t.Errorf("%d at %s: %d messages kept", c.code, c.stage, n)
		}
		server.FailAt(c.at, 0)
		if err := sender.Send(t.Context(), notice()); err != nil {
			t.Errorf("%d at %s: not sent afterwards: %v", c.code, c.stage, err)
		}
	}
}

func TestServerThatFallsSilentOrHangsUp(t *testing.T) {
	for at, stage := range map[smtptest.Stage]mail.Stage{
		smtptest.Hello: mail.StageSession, smtptest.From: mail.StageSender, smtptest.To: mail.StageRecipient,
		smtptest.Content: mail.StageContent, smtptest.Accepted: mail.StageContent,
	} {
		silent := smtptest.Start(t)
		silent.HangAt(at)
		c := config(silent)
		c.Timeout = wait
		begun := time.Now()
		err := open(t, c).Send(t.Context(), notice())
		expect(t, err, false, stage, 0)
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) > 20*wait {
			t.Errorf("%s: %v after %v", stage, err, time.Since(begun))
		}
		gone := smtptest.Start(t)
		gone.DropAt(at)
		expect(t, plain(t, gone).Send(t.Context(), notice()), false, stage, 0)
	}
}

// TestServerThatNeverGreets also shows that the caller's context alone ends a delivery, long before the timeout.
func TestServerThatNeverGreets(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	port := listener.Addr().(*net.TCPAddr).Port
	sender := open(t, mail.Config{Host: "127.0.0.1", Port: port, From: office(), TLS: mail.TLSNone})
	ctx, cancel := context.WithTimeout(t.Context(), wait)
	defer cancel()
	begun := time.Now()
	err = sender.Send(ctx, notice())
	expect(t, err, false, mail.StageSession, 0)
	if !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) > mail.DefaultTimeout/2 {
		t.Errorf("%v after %v", err, time.Since(begun))
	}
}

// TestLostConfirmation: the message has arrived, the sender cannot know, and the repetition bears the same ID.
func TestLostConfirmation(t *testing.T) {
	server := smtptest.Start(t)
	sender := plain(t, server)
	server.DropAt(smtptest.Accepted)
	if err := sender.Send(t.Context(), notice()); err == nil || mail.Permanent(err) {
		t.Fatalf("got %v", err)
	}
	server.FailAt(smtptest.Accepted, 0)
	if err := sender.Send(t.Context(), notice()); err != nil {
		t.Fatal(err)
	}
	got := server.WaitFor(2)
	first, err1 := got[0].Parse()
	again, err2 := got[1].Parse()
	if err1 != nil || err2 != nil || first.ID != again.ID || first.ID != "notice-2026-04.7@city.example" {
		t.Errorf("IDs %q and %q (%v, %v)", first.ID, again.ID, err1, err2)
	}
}

// TestFarewellDoesNotMatter: a server that has confirmed the message and then hangs up has it.
func TestFarewellDoesNotMatter(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	go confirmAndHangUp(listener)
	port := listener.Addr().(*net.TCPAddr).Port
	sender := open(t, mail.Config{Host: "127.0.0.1", Port: port, From: office(), TLS: mail.TLSNone})
	if err := sender.Send(t.Context(), notice()); err != nil {
		t.Errorf("confirmed, yet %v", err)
	}
}

func TestManyAtATime(t *testing.T) {
	server := smtptest.Start(t)
	sender := plain(t, server)
	var group sync.WaitGroup
	for i := range 12 {
		group.Go(func() {
			m := notice()
			m.ID = "many-" + string(rune('a'+i))
			if err := sender.Send(t.Context(), m); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	seen := map[string]bool{}
	for _, m := range server.WaitFor(12) {
		read, err := m.Parse()
		if err != nil {
			t.Fatal(err)
		}
		seen[read.ID] = true
	}
	if len(seen) != 12 {
		t.Errorf("%d different messages, want 12", len(seen))
	}
}

func TestPermanentOfOtherErrors(t *testing.T) {
	if mail.Permanent(nil) || mail.Permanent(errors.New("x")) || mail.Permanent(context.DeadlineExceeded) {
		t.Error("an error of another kind is taken for a refusal")
	}
}

// expect checks everything a caller may rely on in the error of a failed delivery.
func expect(t *testing.T, err error, permanent bool, stage mail.Stage, reply int) {
	t.Helper()
	var e *domain.Error
	if !errors.As(err, &e) {
		t.Fatalf("%s: got %v", stage, err)
	}
	key, code := mail.KeyUnavailable, domain.CodeUnavailable
	if permanent {
		key, code = mail.KeyRejected, domain.CodeConflict
	}
	if e.Key != key || e.Code != code || mail.Permanent(err) != permanent {
		t.Errorf("%s: %s %s, permanent %v: %v", stage, e.Code, e.Key, mail.Permanent(err), err)
	}
	if diff := cmp.Diff(domain.Args{"stage": string(stage), "reply": reply}, e.Args); diff != "" {
		t.Errorf("%v (-want +got)\n%s", err, diff)
	}
	noLeak(t, notice(), err)
}
