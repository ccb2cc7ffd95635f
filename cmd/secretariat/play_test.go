package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secretariat/domain/document"
	"secretariat/internal/canonical"
	"secretariat/internal/play"
	"secretariat/internal/testkit/pgtest"
	"secretariat/internal/testkit/smtptest"
	"secretariat/service/filing"
)

// playLimit is how long a play may take on a machine that is busy with other things; it takes some 20 seconds on one
// that is not.
const playLimit = 4 * time.Minute

// testDatabase is an engine that the product runs on.
type testDatabase struct {
	name string
	url  func(t *testing.T, dir string) string // of a fresh database, in the folder if it is a file
}

var (
	onSQLite = testDatabase{"SQLite", func(_ *testing.T, dir string) string {
		return "sqlite:" + filepath.Join(dir, "secretariat.db")
	}}
	onPostgres = testDatabase{"PostgreSQL", func(t *testing.T, _ string) string { return pgtest.URL(t) }}
)

// TestPlay plays a whole deliberation as `secretariat demo --play` does and holds every result against what it must be.
func TestPlay(t *testing.T) {
	needEngine(t)
	for _, on := range []testDatabase{onSQLite, onPostgres} {
		t.Run(on.name, func(t *testing.T) {
			dir := t.TempDir()
			target := on.url(t, dir)
			env := []string{"SECRETARIAT_DATABASE=" + target}
			t.Log(start(t, env, "", "demo", "--play", "--dir", dir).finish(playLimit))
			l := openLedger(t, target)
			l.expectPlayedOnce()
			l.expectAcknowledged(dir)
			expectAudited(t, target)
			expectPublished(t, dir)
			expectOnTime(l)
			expectMail(t, mailFolder(t, dir))
			expectAsked(t, mailFolder(t, dir))
			expectForgeryFound(t, dir)
		})
	}
}

// expectPublished checks the folder of published documents: its files, its results, and that everything can be
// recounted.
func expectPublished(t *testing.T, dir string) {
	t.Helper()
	dir = filepath.Join(dir, play.Folder)
	folder, err := readFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	report := document.VerifyFolder(folder, canonical.JSON)
	if n := report.Count(document.Holds); !report.OK() || n < 150 || report.Count(document.Withheld) > 10 {
		t.Errorf("the folder is not found sound:\n%s", strings.Join(report.Lines(), "\n"))
	}
	if text, err := verify(dir); err != nil || !strings.HasSuffix(text, report.Lines()[len(report.Checks)]+"\n") {
		t.Errorf("secretariat verify: %v, %s", err, text)
	}
	expectOutcomes(t, folder.Record)
	expectFiles(t, folder.Files)
}

// verify runs `secretariat verify`.
func verify(dir string) (string, error) {
	var out bytes.Buffer
	cmd := command()
	cmd.SetArgs([]string{"verify", dir})
	cmd.SetOut(&out)
	err := cmd.Execute()
	return out.String(), err
}

func expectOutcomes(t *testing.T, raw []byte) {
	t.Helper()
	var record document.Record
	if err := json.Unmarshal(raw, &record); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, i := range record.Items {
		got = append(got, i.Outcome.Korean())
	}
	want := []string{"원안가결", "수정가결", "원안가결", "원안접수", "원안가결", "보류"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outcomes of the items (-want +got):\n%s", diff)
	}
	if n := len(record.Decisions); n != len(want) {
		t.Errorf("%d decision records, want %d", n, len(want))
	}
}

// expectFiles checks that every document is there as PDF and as JSON.
func expectFiles(t *testing.T, files map[string][]byte) {
	t.Helper()
	var want, got []string
	for _, name := range []string{"소집통지서", "안건목록", "회의록"} {
		want = append(want, name+".pdf", name+".json")
	}
	for n := range 6 {
		name := fmt.Sprintf("결정서-의안제2026-%d호", n+1)
		want = append(want, name+".pdf", name+".json")
	}
	for name, data := range files {
		got = append(got, name)
		if strings.HasSuffix(name, ".pdf") && (!bytes.HasPrefix(data, []byte("%PDF-")) || len(data) < 10_000) {
			t.Errorf("%s is not a PDF of a page: %d bytes", name, len(data))
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("published documents (-want +got):\n%s", diff)
	}
}

// expectForgeryFound checks that verify notices a changed vote, a changed document and a missing one.
func expectForgeryFound(t *testing.T, dir string) {
	t.Helper()
	for name, forge := range map[string]func(string) error{
		"a vote": func(dir string) error {
			return replace(filepath.Join(dir, filing.RecordFile), `"choice":"no"`, `"choice":"yes"`)
		},
		"a document": func(dir string) error {
			return replace(filepath.Join(dir, "결정서-의안제2026-2호.pdf"), "%PDF-", "%PDf-")
		},
		"a missing document": func(dir string) error { return os.Remove(filepath.Join(dir, "회의록.json")) },
	} {
		forged := t.TempDir()
		if err := os.CopyFS(forged, os.DirFS(filepath.Join(dir, play.Folder))); err != nil {
			t.Fatal(err)
		}
		if err := forge(forged); err != nil {
			t.Fatal(err)
		}
		if text, err := verify(forged); err == nil {
			t.Errorf("%s: the forgery is not found:\n%s", name, text)
		}
	}
}

func replace(file, before, after string) error {
	raw, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	forged := bytes.Replace(raw, []byte(before), []byte(after), 1)
	if bytes.Equal(raw, forged) {
		return fmt.Errorf("%s holds no %s", file, before)
	}
	return os.WriteFile(file, forged, 0o600)
}

// expectOnTime checks that the system did its part when it was due: the notice on the day of convening, three weeks
// ahead, the reminder a week before the meeting, the papers three days before it.
func expectOnTime(l ledger) {
	l.t.Helper()
	const act = "SELECT count(DISTINCT subject) FROM audit_entries WHERE action = '%s' AND at >= '%s' AND at < '%s'"
	for _, x := range []struct {
		action, from, until string // in UTC
		want                int
	}{
		{"notice.send", "2026-11-24 00:30:00", "2026-11-24 01:30:00", 15},
		{"notice.send", "2026-12-08 00:00:00", "2026-12-08 01:00:00", 1},
		{"papers.freeze", "2026-12-11 15:00:00", "2026-12-11 16:00:00", 1},
		{"minutes.draft", "2026-12-15 05:39:00", "2026-12-15 06:39:00", 1},
	} {
		if got := l.number(fmt.Sprintf(act, x.action, x.from, x.until)); got != x.want {
			l.t.Errorf("%s from %s to %s: %d, want %d", x.action, x.from, x.until, got, x.want)
		}
	}
}

// expectAudited checks the audit trail as `secretariat audit` does.
func expectAudited(t *testing.T, target string) {
	t.Helper()
	dir := t.TempDir()
	env := []string{
		"SECRETARIAT_DATABASE=" + target, "SECRETARIAT_FILES=" + filepath.Join(dir, "files"),
		"SECRETARIAT_MAIL_FOLDER=" + filepath.Join(dir, "mail"),
	}
	out := start(t, env, "", "audit").finish(time.Minute)
	if !regexp.MustCompile(`^\d{3,} entries hold\n$`).MatchString(out) {
		t.Errorf("secretariat audit printed %q", out)
	}
}

// mailFolder reads the mail that was written into the folder of a demo.
func mailFolder(t *testing.T, dir string) []smtptest.Mail {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "mail", "*"))
	if err != nil {
		t.Fatal(err)
	}
	var out []smtptest.Mail
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		m, err := smtptest.Parse(raw)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out = append(out, m)
	}
	return out
}

// expectMail checks the letters of the play: the notice to each of the fifteen members with the meeting for their
// calendar, and a reminder to the one who had not answered.
func expectMail(t *testing.T, mail []smtptest.Mail) {
	t.Helper()
	ids := map[string]bool{}
	for _, m := range mail {
		if ids[m.ID] || m.ID == "" || m.Subject == "" || m.Text == "" {
			t.Errorf("a letter to %s: id %q, subject %q, %d bytes of text", m.To.Address, m.ID, m.Subject, len(m.Text))
		}
		ids[m.ID] = true
	}
	want := map[string]int{"letter to member06@dx.example": 1}
	for n := range 15 {
		want[fmt.Sprintf("notice to member%02d@dx.example", n+1)] = 1
	}
	if diff := cmp.Diff(want, lettersTo(mail, "member")); diff != "" {
		t.Errorf("letters (-want +got):\n%s", diff)
	}
}

// expectAsked checks that every partner was asked for an opinion, and reminded except the one that has given it. It does not
// hold for a play that is killed: what is in the post then is tried again after minutes, in which the play's days pass.
func expectAsked(t *testing.T, mail []smtptest.Mail) {
	t.Helper()
	want := map[string]int{}
	for n := range 5 {
		want[fmt.Sprintf("letter to partner-%d@dx.example", n+1)] = 2
	}
	want["letter to partner-2@dx.example"]--
	if diff := cmp.Diff(want, lettersTo(mail, "partner")); diff != "" {
		t.Errorf("letters of the consultation (-want +got):\n%s", diff)
	}
}

// lettersTo counts the letters to addresses that begin so, notices apart from others.
func lettersTo(mail []smtptest.Mail, prefix string) map[string]int {
	out := map[string]int{}
	for _, m := range mail {
		kind := "letter"
		if strings.Contains(m.Calendar, "METHOD:REQUEST") && m.CalendarMethod == "REQUEST" {
			kind = "notice"
		}
		if strings.HasPrefix(m.To.Address, prefix) {
			out[kind+" to "+m.To.Address]++
		}
	}
	return out
}
