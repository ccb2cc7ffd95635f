package main

import (
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"secretariat/internal/testkit/smtptest"
)

var seed = flag.Uint64("seed", 0, "repeat the moments of TestKilledAtAnyMoment; 0 takes others each time")

// TestKilledAtAnyMoment kills the play again and again and starts it again in the same folder. What the server has
// acknowledged must be there then, once, and nothing may be there twice.
func TestKilledAtAnyMoment(t *testing.T) {
	needEngine(t)
	random := seeded(t)
	for _, x := range []struct {
		on    testDatabase
		kills int
	}{{onSQLite, 10}, {onPostgres, 3}} {
		t.Run(x.on.name, func(t *testing.T) {
			dir := t.TempDir()
			database := x.on.url(t, dir)
			env := []string{"SECRETARIAT_DATABASE=" + database}
			for n := range x.kills {
				killed(t, env, dir, random, n, x.kills)
			}
			start(t, env, "", "demo", "--play", "--dir", dir).finish(playLimit)
			l := openLedger(t, database)
			l.expectPlayedOnce()
			l.expectAcknowledged(dir)
			expectAudited(t, database)
			expectPublished(t, dir)
			expectMail(t, mailFolder(t, dir))
		})
	}
}

// killed runs the play and kills it, for the n-th of so many times: at some moment of that part of the play, counted
// in acts that were acknowledged, or now and then while it starts.
func killed(t *testing.T, env []string, dir string, random *rand.Rand, n, times int) {
	t.Helper()
	const acts = 320 // of the play, about
	moment := acts*n/times + random.IntN(acts/times)
	if n%5 == 0 {
		moment = 0
	}
	pause := time.Duration(random.IntN(500)) * time.Millisecond
	p := start(t, env, "", "demo", "--play", "--dir", dir)
	before := len(acknowledged(t, dir))
	p.await(strconv.Itoa(moment)+" acts", playLimit, func() bool { return len(acknowledged(t, dir)) >= moment })
	time.Sleep(pause)
	p.kill()
	after := len(acknowledged(t, dir))
	t.Logf("kill %d: %v after act %d or later; %d acts are acknowledged, %d of them in this run",
		n+1, pause, moment, after, after-before)
}

func seeded(t *testing.T) *rand.Rand {
	s := *seed
	if s == 0 {
		s = rand.Uint64()
	}
	t.Logf("repeat with -args -seed %d", s)
	return rand.New(rand.NewPCG(s, 0))
}

// TestTemporalStoreLost loses the file of the engine after the notice and once more after the meeting. The play goes
// on from the database, and mail that goes out through a mail server goes out once.
func TestTemporalStoreLost(t *testing.T) {
	needEngine(t)
	dir, server := t.TempDir(), smtptest.Start(t)
	env := []string{
		"SECRETARIAT_SMTP_HOST=" + server.Host(), "SECRETARIAT_SMTP_PORT=" + strconv.Itoa(server.Port()),
		"SECRETARIAT_SMTP_TLS=none", "SECRETARIAT_SMTP_FROM=dx@seoul.example", "SECRETARIAT_SMTP_FROM_NAME=디지털전환위원회 간사",
	}
	for _, moment := range []string{"소집 통지서 15통 발송", "산회"} {
		p := start(t, env, "", "demo", "--play", "--dir", dir)
		p.await(moment, playLimit, func() bool { return strings.Contains(p.out.text(), moment) })
		p.kill()
		lose(t, dir)
		t.Logf("the engine's file was lost after %q", moment)
	}
	start(t, env, "", "demo", "--play", "--dir", dir).finish(playLimit)
	l := openLedger(t, "sqlite:"+filepath.Join(dir, "secretariat.db"))
	l.expectPlayedOnce()
	l.expectAcknowledged(dir)
	expectPublished(t, dir)
	expectMail(t, received(t, server))
	if left := mailFolder(t, dir); len(left) > 0 {
		t.Errorf("%d letters are in the folder although there is a mail server", len(left))
	}
}

// lose deletes the engine's file.
func lose(t *testing.T, dir string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "temporal.db*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("the engine has no file: %v", err)
	}
	for _, f := range files {
		if err := os.Remove(f); err != nil {
			t.Fatal(err)
		}
	}
}

// received reads what the mail server has, all of it from the sender that is set.
func received(t *testing.T, server *smtptest.Server) []smtptest.Mail {
	t.Helper()
	var out []smtptest.Mail
	for _, raw := range server.Messages() {
		m, err := raw.Parse()
		if err != nil {
			t.Fatal(err)
		}
		if m.From.Address != "dx@seoul.example" || m.From.Name != "디지털전환위원회 간사" || raw.From != m.From.Address {
			t.Errorf("sent by %v as %s", m.From, raw.From)
		}
		out = append(out, m)
	}
	return out
}
