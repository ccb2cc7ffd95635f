package main

import (
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"secretariat/domain/selection"
	"secretariat/internal/play"
	"secretariat/internal/sample"
	"secretariat/internal/testkit/smtptest"
	"secretariat/service/selecting"
)

// testScale divides the round of 2021 for tests: 44 applications in ten calls.
const testScale = 40

// playedRound is what a played round has to come to.
type playedRound struct {
	*sample.Round
	eligible, objections, reserved int
}

func roundOf(t *testing.T, scale int) playedRound {
	t.Helper()
	r, err := sample.LoadRound()
	if err != nil {
		t.Fatal(err)
	}
	out := playedRound{Round: r.Scale(scale)}
	eligible := map[string]int{}
	for _, a := range out.Applicants() {
		if a.Ineligible == "" {
			eligible[a.Programme.Code]++
			out.eligible++
		}
	}
	for _, p := range out.Programmes {
		if eligible[p.Code] > p.Selected {
			out.objections++
		}
		if p.Reserve > 0 {
			out.reserved++
		}
	}
	return out
}

func playRound(t *testing.T, env []string, dir string) *program {
	t.Helper()
	return start(t, env, "", "demo", "--play", "selection", "--scale", fmt.Sprint(testScale), "--dir", dir)
}

// TestPlaySelection plays the round of 2021 as `secretariat demo --play selection` does, in a smaller size, and holds what is in the
// database, in the mail and in the published files against the sample. TestSelectionKilledAtAnyMoment does so on PostgreSQL too.
func TestPlaySelection(t *testing.T) {
	needEngine(t)
	dir := t.TempDir()
	database := onSQLite.url(t, dir)
	t.Log(playRound(t, []string{"SECRETARIAT_DATABASE=" + database}, dir).finish(playLimit))
	expectRound(t, database, dir)
	expectSelectionForgeryFound(t, dir)
}

// What a round says when it comes to the stages at which it is killed, and what it says after them.
const (
	judging = iota
	ranking
	announcing
)

var roundSays = []string{"평가위원 추첨", "순위 산정", "결과 발표", "이의신청", "체결", "두었습니다"}

// TestSelectionKilledAtAnyMoment kills the play again and again while scores are given, and while results are ranked and announced,
// and starts it again in the same folder. Nothing that was acknowledged may be lost then, and nothing may be there twice.
func TestSelectionKilledAtAnyMoment(t *testing.T) {
	needEngine(t)
	random := seeded(t)
	for _, x := range []struct {
		on    testDatabase
		kills []int
	}{{onSQLite, []int{judging, ranking, announcing}}, {onPostgres, []int{judging, announcing}}} {
		own := rand.New(rand.NewPCG(random.Uint64(), 0))
		t.Run(x.on.name, func(t *testing.T) {
			t.Parallel() // most of the time is spent in waiting until the engine sees that its worker is gone
			dir := t.TempDir()
			database := x.on.url(t, dir)
			env := []string{"SECRETARIAT_DATABASE=" + database}
			for _, stage := range x.kills {
				killRound(t, env, dir, stage, own)
			}
			playRound(t, env, dir).finish(playLimit)
			expectRound(t, database, dir)
		})
	}
}

// killRound runs the play and kills it at some moment after it has come to a stage or past it: while scores are given so many acts
// later, else some time.
func killRound(t *testing.T, env []string, dir string, stage int, random *rand.Rand) {
	t.Helper()
	p := playRound(t, env, dir)
	said := func(stage int) bool {
		return slices.ContainsFunc(roundSays[stage:], func(text string) bool { return strings.Contains(p.out.text(), text) })
	}
	acts, pause := 0, time.Duration(random.IntN(400))*time.Millisecond
	if stage == judging {
		acts, pause = 1+random.IntN(roundOf(t, testScale).eligible*4), 0
	}
	began := len(acknowledged(t, dir))
	if began == 0 || stage != judging { // one that was killed before in this stage goes on in it at once
		p.await(roundSays[stage], playLimit, func() bool { return said(stage) })
	}
	before := len(acknowledged(t, dir))
	p.await(fmt.Sprint(acts, " acts more"), playLimit, func() bool {
		return len(acknowledged(t, dir)) >= before+acts || said(stage+1)
	})
	time.Sleep(pause)
	p.kill()
	t.Logf("killed %v after %q and %d acts more; %d acts are acknowledged, %d of them in this run", pause, roundSays[stage], acts,
		len(acknowledged(t, dir)), len(acknowledged(t, dir))-began)
}

// expectRound checks what a round has left, however often it was broken off.
func expectRound(t *testing.T, database, dir string) {
	t.Helper()
	want := roundOf(t, testScale)
	l := openLedger(t, database)
	l.expectRoundOnce(want)
	l.expectAcknowledged(dir)
	expectAudited(t, database)
	expectRatios(t, dir, want)
	expectRoundMail(t, mailFolder(t, dir), want)
}

func (l ledger) expectRoundOnce(want playedRound) {
	l.t.Helper()
	calls, panel := len(want.Programmes), want.Evaluators.Panel
	for query, n := range map[string]int{
		"calls":                                               calls,
		"calls WHERE state = 'final'":                         calls,
		"organisations":                                       want.Count(),
		"applications":                                        want.Count(),
		"applications WHERE number = 0":                       0,
		"applications WHERE state = 'agreed'":                 want.Places(),
		"applications WHERE state = 'given_up'":               want.reserved,
		"applications WHERE promoted":                         want.reserved,
		"applications WHERE state = 'ineligible'":             want.Count() - want.eligible,
		"evaluators":                                          calls * want.Evaluators.Pool,
		"evaluators WHERE sits AND pledged_at IS NOT NULL":    calls * panel,
		"evaluators WHERE sits <> (pledged_at IS NOT NULL)":   0,
		"sheets WHERE submitted_at IS NOT NULL AND void = ''": want.eligible * panel,
		"sheets":   want.eligible * panel,
		"rankings": calls,
		"objections WHERE answered_at IS NOT NULL": want.objections,
		"objections":                           want.objections,
		"selection_letters WHERE failure = ''": want.Count() + calls*panel + want.objections + want.reserved,
		"selection_letters":                    want.Count() + calls*panel + want.objections + want.reserved,
		"incidents WHERE resolved_at IS NULL":  0,
	} {
		if got := l.number("SELECT count(*) FROM " + query); got != n {
			l.t.Errorf("%s: %d, want %d", query, got, n)
		}
	}
	for what, query := range map[string]string{
		"number of an application given twice or left out": `SELECT call FROM applications GROUP BY call
			HAVING count(DISTINCT number) <> count(*) OR max(number) <> count(*)`,
		"number of a call given twice":     "SELECT title FROM calls GROUP BY title HAVING count(*) > 1",
		"organisation registered twice":    "SELECT business_number FROM organisations GROUP BY business_number HAVING count(*) > 1",
		"act of a person remembered twice": "SELECT key FROM memories GROUP BY key HAVING count(*) > 1",
	} {
		if found := l.texts(query); len(found) > 0 {
			l.t.Errorf("%s: %v", what, found)
		}
	}
}

// expectRatios holds the published table to the sample, with ratios that are computed another way, and recounts every record.
func expectRatios(t *testing.T, dir string, want playedRound) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, play.Folder, play.Competition))
	if err != nil {
		t.Fatal(err)
	}
	var out selecting.Competitions
	if err := json.Unmarshal(raw, &out); err != nil {
		t.Fatal(err)
	}
	if len(out.Items) != len(want.Programmes) {
		t.Fatalf("%d calls are published, want %d", len(out.Items), len(want.Programmes))
	}
	var research [2]int
	for n, p := range want.Programmes {
		x := out.Items[n]
		got, ratio := *x.Competition, big.NewRat(int64(p.Received), int64(p.Selected)).FloatString(1)+":1"
		if x.Title != p.Title || got.Received != p.Received || got.Selected != p.Selected || got.Reserved != p.Reserve || x.Ratio != ratio {
			t.Errorf("%s: %+v %s, want %d, %d and %s", x.Title, got, x.Ratio, p.Received, p.Selected, ratio)
		}
		if x.Instrument == selection.Research {
			research[0], research[1] = research[0]+p.Received, research[1]+p.Selected
		}
		if text, err := verify(filepath.Join(dir, play.Folder, play.Result(n+1))); err != nil {
			t.Errorf("%s: %v\n%s", p.Title, err, text)
		}
	}
	ratio := big.NewRat(int64(research[0]), int64(research[1])).FloatString(1) + ":1"
	if s := out.Sums[0]; s.Instrument != selection.Research || s.Competition.Received != research[0] || s.Ratio != ratio {
		t.Errorf("the sum of research: %+v, want %v and %s", s, research, ratio)
	}
}

// expectSelectionForgeryFound checks that verify notices a changed score.
func expectSelectionForgeryFound(t *testing.T, dir string) {
	t.Helper()
	file := filepath.Join(dir, play.Folder, play.Result(1))
	if err := replace(file, `"final":`, `"final":1`); err != nil {
		t.Fatal(err)
	}
	if text, err := verify(file); err == nil {
		t.Errorf("the forgery is not found:\n%s", text)
	}
}

// expectRoundMail checks that everybody who had to be told was, once each.
func expectRoundMail(t *testing.T, mail []smtptest.Mail, want playedRound) {
	t.Helper()
	ids, kinds := map[string]bool{}, map[string]int{}
	for _, m := range mail {
		if ids[m.ID] || m.Subject == "" || m.Text == "" {
			t.Errorf("a letter to %s: id %q, subject %q, %d bytes of text", m.To.Address, m.ID, m.Subject, len(m.Text))
		}
		ids[m.ID] = true
		kind, _, _ := strings.Cut(strings.Trim(m.ID, "<>"), ".")
		kinds[kind]++
	}
	calls := len(want.Programmes)
	if kinds["result"] != want.Count() || kinds["evaluate"] != calls*want.Evaluators.Panel || kinds["answer"] != want.objections ||
		kinds["promoted"] != want.reserved {
		t.Errorf("letters %v", kinds)
	}
}
