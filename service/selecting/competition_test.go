package selecting_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"secretariat/domain"
	"secretariat/domain/selection"
	"secretariat/service/selecting"
)

// published is what everybody is told of the one call.
func (w *world) published() selecting.Competitions {
	w.t.Helper()
	out, err := w.s.Competitions(w.t.Context(), domain.Public(), selecting.CompetitionsInput{})
	must(w.t, err)
	return out
}

// TestTheCompetitionIsToldAsFarAsItIsPublished follows a call with five firms of which one takes its application back in time, one
// too late, and one is not eligible.
func TestTheCompetitionIsToldAsFarAsItIsPublished(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		c, err := w.s.Draft(t.Context(), w.staff, selecting.DraftInput{Alliance: "a", Plan: w.plan()})
		must(t, err)
		if out := w.published(); out.Year != 0 || len(out.Years) != 0 || len(out.Items) != 0 {
			t.Errorf("a draft is told: %+v", out)
		}
		w.call, err = w.s.Publish(t.Context(), w.staff, selecting.ActInput{Call: c.ID, Version: c.Version})
		must(t, err)
		w.apply(4)
		w.withdraws(4)
		out := w.published()
		if len(out.Items) != 1 || out.Items[0].Received != nil || out.Items[0].Places != 1 || out.Year != w.call.Year {
			t.Errorf("while it is open: %+v", out)
		}
		w.review()
		w.withdraws(3)
		if out = w.published(); out.Items[0].Competition != nil || *out.Items[0].Received != 2 || len(out.Sums) != 0 {
			t.Errorf("once it is closed: %+v", out)
		}
		w.turnsDown(1)
		w.draw()
		for _, n := range w.panel() {
			w.score(n, 80)
		}
		_, err = w.s.Compute(t.Context(), w.staff, selecting.ActInput{Call: w.call.ID, Version: w.version()})
		must(t, err)
		if out = w.published(); out.Items[0].Competition != nil || out.Items[0].Ratio != "" {
			t.Errorf("before the result is announced: %+v", out)
		}
		in := selecting.AnnounceInput{Call: w.call.ID, Version: w.version()}
		in.Gates = selection.Gates{Deliberated: "제1호", Subsidised: "제2호", Approval: "경제정책과-1"}
		_, err = w.s.Announce(t.Context(), w.staff, in)
		must(t, err)
		w.countedAs(selection.Competition{Received: 2, Eligible: 1, Selected: 1, Withdrawn: 1}, "2.0:1")
		w.givesUp(2)
		w.countedAs(selection.Competition{Received: 2, Eligible: 1, Selected: 1, Withdrawn: 1}, "2.0:1")
		w.recounts()
	})
}

func (w *world) withdraws(n int) {
	w.t.Helper()
	x := w.mine(n).Application
	_, err := w.s.Withdraw(w.t.Context(), firm(n), selecting.WithdrawInput{Application: x.ID, Version: x.Version})
	must(w.t, err)
}

func (w *world) turnsDown(n int) {
	w.t.Helper()
	x := w.mine(n).Application
	in := selecting.ReviewInput{Application: x.ID, Reason: "요건 미달", Version: x.Version}
	_, err := w.s.Review(w.t.Context(), w.staff, in)
	must(w.t, err)
}

// givesUp makes the result final and has the firm give its place up.
func (w *world) givesUp(n int) {
	w.t.Helper()
	w.h.Clock.Set(w.h.Clock.Now().AddDate(0, 0, 21))
	_, err := w.s.Finish(w.t.Context(), w.staff, selecting.ActInput{Call: w.call.ID, Version: w.version()})
	must(w.t, err)
	x := w.mine(n).Application
	_, err = w.s.Agree(w.t.Context(), w.staff, selecting.AgreeInput{Application: x.ID, Reason: "포기", Version: x.Version})
	must(w.t, err)
}

// countedAs holds every place where the count is told to one result.
func (w *world) countedAs(want selection.Competition, ratio string) {
	w.t.Helper()
	out := w.published()
	if got := out.Items[0]; *got.Competition != want || got.Ratio != ratio || *got.Received != want.Received {
		w.t.Errorf("listed %+v %s, want %+v %s", *got.Competition, got.Ratio, want, ratio)
	}
	if got := out.Sums; len(got) != 1 || got[0].Calls != 1 || got[0].Competition != want || got[0].Ratio != ratio {
		w.t.Errorf("summed up %+v", got)
	}
	result, err := w.s.Published(w.t.Context(), domain.Public(), selecting.RankingInput{Call: w.call.ID})
	must(w.t, err)
	if result.Competition != want || result.Ratio != ratio || result.Counts["applications"] != want.Received {
		w.t.Errorf("the result says %+v %s", result.Competition, result.Ratio)
	}
	at, err := w.s.Show(w.t.Context(), domain.Public(), selecting.CaseInput{Call: w.call.ID})
	must(w.t, err)
	if *at.Submitted != want.Received {
		w.t.Errorf("the call says %d", *at.Submitted)
	}
}

// recounts counts again as the migration does for rankings of before, which must come to the same.
func (w *world) recounts() {
	w.t.Helper()
	before := *w.published().Items[0].Competition
	dir := filepath.Join("..", "..", "migrations", w.h.DB.Engine())
	raw, err := os.ReadFile(filepath.Join(dir, "022_competition.tx.up.sql"))
	must(w.t, err)
	_, update, _ := strings.Cut(string(raw), "DEFAULT '{}';")
	update, _, _ = strings.Cut(update, ";")
	must(w.t, w.h.DB.Exec(w.t.Context(), "UPDATE rankings SET competition = '{}'"))
	must(w.t, w.h.DB.Exec(w.t.Context(), update))
	if after := *w.published().Items[0].Competition; after != before {
		w.t.Errorf("the migration counts %+v, want %+v", after, before)
	}
}
