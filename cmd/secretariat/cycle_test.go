package main

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secretariat/domain/calendar"
	"secretariat/internal/play"
)

// cycleLimit is how long the play of a plan may take on a machine that is busy with other things.
const cycleLimit = 15 * time.Minute

// TestPlayPlan plays the three years of a plan twice as `secretariat demo --play plan` does, once without a break and once killed again
// and again at random moments. Both must come to the same: every act once, the same record, the same decisions on the same days.
func TestPlayPlan(t *testing.T) {
	needEngine(t)
	random := seeded(t)
	whole, broken := t.TempDir(), t.TempDir()
	t.Run("plays", func(t *testing.T) {
		t.Run("without a break", func(t *testing.T) {
			t.Parallel() // most of the time is spent in waiting for the clock and the engine
			playPlan(t, whole).finish(cycleLimit)
		})
		t.Run("killed at random moments", func(t *testing.T) {
			t.Parallel()
			killPlan(t, broken, random)
			playPlan(t, broken).finish(cycleLimit)
		})
	})
	if t.Failed() {
		return
	}
	for _, dir := range []string{whole, broken} {
		database := "sqlite:" + filepath.Join(dir, "secretariat.db")
		l := openLedger(t, database)
		l.expectPlanOnce()
		l.expectAcknowledged(dir)
		expectAudited(t, database)
		expectPlanFiles(t, dir)
	}
	if diff := cmp.Diff(planOf(t, whole), planOf(t, broken)); diff != "" {
		t.Errorf("a play that was broken off comes to something else (-without +with):\n%s", diff)
	}
	expectPlanForgeryFound(t, whole)
}

func playPlan(t *testing.T, dir string) *program {
	t.Helper()
	return start(t, []string{"SECRETARIAT_DATABASE=sqlite:" + filepath.Join(dir, "secretariat.db")}, "", "demo", "--play", "plan", "--dir", dir)
}

// killPlan runs the play and kills it four times, each time at some moment of a part of its acts.
func killPlan(t *testing.T, dir string, random *rand.Rand) {
	const acts, kills = 800, 4
	for n := range kills {
		moment := acts*n/kills + random.IntN(acts/kills)
		pause := time.Duration(random.IntN(800)) * time.Millisecond
		p := playPlan(t, dir)
		p.await(strconv.Itoa(moment)+" acts", cycleLimit, func() bool { return len(acknowledged(t, dir)) >= moment })
		time.Sleep(pause)
		p.kill()
		t.Logf("killed %v after act %d", pause, moment)
	}
}

// expectPlanOnce checks that everything of the play is there once.
func (l ledger) expectPlanOnce() {
	l.t.Helper()
	for query, want := range map[string]int{
		"plans":                                  2,
		"plans WHERE state = 'ended'":            1,
		"change_sets":                            5,
		"change_sets WHERE decision <> ''":       1,
		"reviews WHERE closed_at IS NOT NULL":    12,
		"reviews":                                12,
		"reports":                                120,
		"plan_marks":                             8,
		"plan_marks WHERE decision <> ''":        5,
		"consultations WHERE state = 'answered'": 3,
		"consultations":                          3,
		"opinions WHERE outcome <> ''":           9,
		"opinions":                               9,
		"meetings WHERE state = 'adjourned'":     6,
		"meetings":                               6,
		"ballots WHERE state = 'closed'":         2,
		"ballots":                                2,
		"votes":                                  26,
		"decisions":                              7,
		"minutes WHERE state = 'published'":      6,
		"members":                                25,
		"incidents WHERE resolved_at IS NULL":    0,
		"departments":                            4,
		"review_letters WHERE kind = 'ask' AND failure = ''":    48,
		"review_letters WHERE kind = 'remind' AND failure = ''": 3,
		"review_letters WHERE kind = 'chase' AND failure = ''":  3,
	} {
		if got := l.number("SELECT count(*) FROM " + query); got != want {
			l.t.Errorf("%s: %d, want %d", query, got, want)
		}
	}
	l.expectNone(documentTwice)
}

// expectPlanFiles checks that every document is there as a PDF, and that the record of the plan and of every meeting can be recounted.
func expectPlanFiles(t *testing.T, dir string) {
	t.Helper()
	dir = filepath.Join(dir, play.Folder)
	printed := map[string]int{"신구대비표-*.pdf": 5, "이행점검결과-*.pdf": 12, "회의-*/소집통지서.pdf": 6, "회의-*/회의록.pdf": 6, "회의-*/결정서-*.pdf": 7}
	for pattern, want := range printed {
		found, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil || len(found) != want {
			t.Errorf("%s: %d files, want %d", pattern, len(found), want)
		}
		for _, file := range found {
			if raw, err := os.ReadFile(file); err != nil || !strings.HasPrefix(string(raw), "%PDF-") {
				t.Errorf("%s is no PDF: %v", file, err)
			}
		}
	}
	meetings, _ := filepath.Glob(filepath.Join(dir, "회의-*"))
	for _, of := range append(meetings, filepath.Join(dir, play.PlanRecord)) {
		if text, err := verify(of); err != nil {
			t.Errorf("%s: %v\n%s", of, err, text)
		}
	}
}

// expectPlanForgeryFound checks that verify notices a figure that was changed.
func expectPlanForgeryFound(t *testing.T, dir string) {
	t.Helper()
	file := filepath.Join(dir, play.Folder, play.PlanRecord)
	if err := replace(file, `"value":400000`, `"value":300000`); err != nil {
		t.Fatal(err)
	}
	if text, err := verify(file); err == nil {
		t.Errorf("the forgery is not found:\n%s", text)
	}
}

// planOf is what a play has come to: the record of the plan without what differs between any two runs, with days in place of instants,
// and the list of what was decided.
func planOf(t *testing.T, dir string) map[string]any {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, play.Folder, play.PlanRecord))
	if err != nil {
		t.Fatal(err)
	}
	var record any
	if err := json.Unmarshal(raw, &record); err != nil {
		t.Fatal(err)
	}
	decided, err := os.ReadFile(filepath.Join(dir, play.Folder, play.Decided))
	if err != nil {
		t.Fatal(err)
	}
	return map[string]any{"record": settled(record), "decided": string(decided)}
}

// settled is a value without ids and sums, which are other ones in every run.
func settled(value any) any {
	switch v := value.(type) {
	case []any:
		for i := range v {
			v[i] = settled(v[i])
		}
	case map[string]any:
		for key := range v {
			v[key] = settled(v[key])
		}
		for _, key := range []string{"id", "plan", "review", "committee", "decision", "hash", "sum", "rules"} {
			if _, text := v[key].(string); text {
				delete(v, key)
			}
		}
	case string:
		if at, err := time.Parse(time.RFC3339Nano, v); err == nil {
			return string(calendar.DateOf(at))
		}
	}
	return value
}
