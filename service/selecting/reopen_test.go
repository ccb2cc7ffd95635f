package selecting_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"secretariat/domain"
	"secretariat/domain/selection"
	"secretariat/internal/canonical"
	"secretariat/service/selecting"
	"secretariat/store"
)

// ranked plays a call of so many firms to its ranking; every judge gives the applications the points.
func (w *world) ranked(points ...int64) {
	w.t.Helper()
	w.publish(w.plan())
	w.apply(len(points))
	w.review()
	w.draw()
	for _, n := range w.panel() {
		w.score(n, points...)
	}
	w.send()
	w.rank()
}

func (w *world) rank() selection.Ranking {
	w.t.Helper()
	out, err := w.s.Compute(w.t.Context(), w.staff, selecting.ActInput{Call: w.call.ID, Version: w.version()})
	must(w.t, err)
	return out
}

// tell announces the newest ranking.
func (w *world) tell(deliberated, subsidised string) error {
	_, err := w.s.Announce(w.t.Context(), w.staff, selecting.AnnounceInput{
		Call: w.call.ID, Version: w.version(), Gates: selection.Gates{Deliberated: deliberated, Subsidised: subsidised, Approval: "경제정책과-9"},
	})
	return err
}

func (w *world) task(n int, x domain.ID) selecting.Task {
	w.t.Helper()
	work, err := w.s.Sheets(w.t.Context(), judge(n), selecting.SheetsInput{Call: w.call.ID})
	must(w.t, err)
	i := slices.IndexFunc(work.Items, func(t selecting.Task) bool { return t.Application.ID == x })
	return work.Items[i]
}

func (w *world) correct(n int, x domain.ID, points int64, keep bool) error {
	in := selecting.CorrectInput{
		Application: x, Keep: keep, Scores: []int64{points * 600, points * 400}, Comment: "의견", Reason: "항목을 잘못 읽음",
		Version: w.task(n, x).Sheet.Version,
	}
	_, err := w.s.Correct(w.t.Context(), judge(n), in)
	return err
}

func (w *world) ranking(version int) selecting.RankingView {
	w.t.Helper()
	out, err := w.s.Ranking(w.t.Context(), w.staff, selecting.RankingInput{Call: w.call.ID, Version: version})
	must(w.t, err)
	return out
}

func TestALockedSheetIsCorrectedByItsEvaluatorAlone(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.publish(w.plan())
		w.apply(2)
		w.review()
		w.draw()
		one := w.panel()[0]
		w.score(one, 80, 90)
		x := w.mine(1).Application.ID
		must(t, w.correct(one, x, 85, false))
		got := w.task(one, x)
		if got.Sheet.Scores[0] != 85*600 || len(got.Past) != 1 || got.Past[0].Scores[0] != 80*600 || got.Past[0].Reason == "" {
			t.Errorf("corrected: %+v", got)
		}
		expect(t, "kept without being asked", w.correct(one, x, 0, true), "sheet.not_asked")
		in := selecting.CorrectInput{Application: x, Scores: []int64{1, 1}, Reason: "사유", Version: got.Sheet.Version}
		_, err := w.s.Correct(t.Context(), w.staff, in)
		if domain.CodeOf(err) != domain.CodeForbidden {
			t.Errorf("the staff corrects a score: %v", err)
		}
		in.Reason = ""
		_, err = w.s.Correct(t.Context(), judge(one), in)
		if domain.CodeOf(err) != domain.CodeInvalid {
			t.Errorf("without a reason: %v", err)
		}
		w.auditHasNoScore("sheet.correct", judge(one).ID)
	})
}

// auditHasNoScore looks for the entries of an act: who did it is there, and no score.
func (w *world) auditHasNoScore(op string, by domain.ID) {
	w.t.Helper()
	var found int
	must(w.t, w.db.InTx(w.t.Context(), func(tx *store.Tx) error {
		all, err := tx.AuditAfter(w.t.Context(), "", 1000)
		for _, e := range all {
			if e.Action != op {
				continue
			}
			found++
			raw, _ := json.Marshal(e)
			if e.Actor != by || strings.Contains(string(raw), "51000") || strings.Contains(string(raw), "잘못") {
				w.t.Errorf("audit: %s", raw)
			}
		}
		return err
	}))
	if found == 0 {
		w.t.Errorf("no audit entry of %s", op)
	}
}

func TestAnUpheldObjectionLeadsToANewRanking(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.ranked(80, 90, 60)
		must(t, w.tell("제1호", "제2호"))
		w.send()
		first := w.shown(0)
		x := w.mine(1).Application.ID
		o, err := w.s.Object(t.Context(), firm(1), selecting.ObjectInput{Application: x, Text: "다시 보아 주십시오."})
		must(t, err)
		in := selecting.ReopenInput{Call: w.call.ID, Application: x, Objection: o.ID, Remedy: selection.Rescore, Reason: "항목 3의 근거를 보지 못함", Version: w.version()}
		_, err = w.s.Reopen(t.Context(), w.staff, in)
		expect(t, "before it is upheld", err, "objection.not_upheld")
		_, err = w.s.Answer(t.Context(), w.staff, selecting.AnswerInput{Objection: o.ID, Upheld: true, Answer: "다시 평가합니다.", Version: o.Version})
		must(t, err)
		w.h.Clock.Set(w.h.Clock.Now().AddDate(0, 0, 21))
		_, err = w.s.Finish(t.Context(), w.staff, selecting.ActInput{Call: w.call.ID, Version: w.version()})
		expect(t, "final though it was upheld", err, "call.upheld_undone")
		in.Version = w.version()
		_, err = w.s.Reopen(t.Context(), w.staff, in)
		must(t, err)
		w.rescored(x)
		if again := w.shown(0); again.Version != 1 || !again.Reopened || again.Hash != first.Hash {
			t.Errorf("while it is evaluated again: %+v", again)
		}
		second := w.rank()
		if second.Version != 2 || second.Supersedes != first.Hash || len(second.Grounds) != 1 || !second.Turned() {
			t.Errorf("ranked again: %+v", second)
		}
		if mine := w.mine(1); mine.Result.Outcome != selection.Reserved {
			t.Error("a ranking is seen before it is announced")
		}
		if err := w.tell("", ""); domain.CodeOf(err) != domain.CodeInvalid {
			t.Errorf("without the committee: %v", err)
		}
		must(t, w.tell("제11호", "제12호"))
		if got := w.send(); !slices.Equal(got, []string{"chief-1@example.kr change", "chief-2@example.kr change"}) {
			t.Errorf("told %v", got)
		}
		w.bothCountAgain(first)
		if mine := w.mine(2); mine.Result.Outcome != selection.Reserved || mine.Result.Was.Outcome != selection.Selected || !mine.MayObject {
			t.Errorf("who lost the place: %+v", mine)
		}
		if mine := w.mine(3); mine.MayObject {
			t.Error("who is not concerned may object anew")
		}
	})
}

// rescored has the panel look at an application again: one keeps the sheet, the others correct it.
func (w *world) rescored(x domain.ID) {
	w.t.Helper()
	_, err := w.s.Compute(w.t.Context(), w.staff, selecting.ActInput{Call: w.call.ID, Version: w.version()})
	expect(w.t, "ranked before the panel has looked", err, "call.scores_missing")
	asked := w.send()
	if n := slices.IndexFunc(asked, func(s string) bool { return strings.HasSuffix(s, " again.") }); n < 0 || len(asked) != 4 {
		w.t.Errorf("asked %v", asked) // three of the panel, and the answer to the objection
	}
	other := w.mine(2).Application.ID
	for i, n := range w.panel() {
		if task := w.task(n, x); !task.Sheet.Again || task.Asked == "" {
			w.t.Errorf("judge %d is not asked: %+v", n, task)
		}
		expect(w.t, "another sheet", w.correct(n, other, 50, false), "sheet.not_asked")
		must(w.t, w.correct(n, x, 98, i == 0))
	}
}

func (w *world) shown(version int) selecting.Published {
	w.t.Helper()
	out, err := w.s.Published(w.t.Context(), domain.Public(), selecting.RankingInput{Call: w.call.ID, Version: version})
	must(w.t, err)
	return out
}

// bothCountAgain recounts both versions from what everybody can read.
func (w *world) bothCountAgain(first selecting.Published) {
	w.t.Helper()
	old, now := w.shown(1), w.shown(0)
	if old.Hash != first.Hash || old.Gates.Deliberated != "제1호" || now.Gates.Deliberated != "제11호" || len(now.Versions) != 2 {
		w.t.Errorf("versions: %+v and %+v", old.Gates, now.Versions)
	}
	raw, err := canonical.JSON(old.Record)
	must(w.t, err)
	if !old.Record.Recount().OK() || !now.Record.Recount().OK() || !now.Record.Follows(old.Record, first.Hash) || len(raw) == 0 {
		w.t.Error("a version does not count again, or does not follow the one before")
	}
	view := w.ranking(2)
	if len(view.Changes) != 2 || len(view.Versions) != 2 || len(view.Waiting) != 0 || len(w.ranking(1).Grounds) != 0 {
		w.t.Errorf("the staff sees %+v", view)
	}
}

func TestARankingThatTurnsNothingNeedsNoCommittee(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.ranked(80, 90)
		must(t, w.tell("제1호", "제2호"))
		w.send()
		until := w.mine(1)
		x := until.Application
		_, err := w.s.Reopen(t.Context(), w.staff, selecting.ReopenInput{
			Call: w.call.ID, Application: x.ID, Remedy: selection.Adjust, Bonus: 1000, BonusCount: 1, Reason: "가점 증빙 누락", Version: w.version(),
		})
		must(t, err)
		if got := w.rank(); got.Version != 2 || len(got.Changes) != 1 || got.Turned() {
			t.Errorf("ranked %+v", got.Changes)
		}
		w.h.Clock.Set(w.h.Clock.Now().AddDate(0, 0, 21))
		must(t, w.tell("", ""))
		if got := w.send(); len(got) != 0 {
			t.Errorf("told %v", got)
		}
		if w.mine(1).MayObject {
			t.Error("the time to object begins anew though nothing turned")
		}
		_, err = w.s.Finish(t.Context(), w.staff, selecting.ActInput{Call: w.call.ID, Version: w.version()})
		must(t, err)
		_, err = w.s.Reopen(t.Context(), w.staff, selecting.ReopenInput{
			Call: w.call.ID, Application: x.ID, Remedy: selection.Rescore, Reason: "늦음", Version: w.version(),
		})
		expect(t, "after it is final", err, "call.not_reopened")
	})
}

func TestWhoWasFoundIneligibleIsEvaluatedAfterAll(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.publish(w.plan())
		w.apply(2)
		w.review()
		x := w.mine(2).Application
		_, err := w.s.Review(t.Context(), w.staff, selecting.ReviewInput{Application: x.ID, Reason: "서류 미비", Version: w.stored(x.ID).Version})
		must(t, err)
		w.draw()
		for _, n := range w.panel() {
			w.score(n, 80)
		}
		w.rank()
		_, err = w.s.Reopen(t.Context(), w.staff, selecting.ReopenInput{
			Call: w.call.ID, Application: x.ID, Remedy: selection.Admit, Reason: "서류가 있음", Version: w.version(),
		})
		must(t, err)
		for _, n := range w.panel() {
			_, err := w.s.Score(t.Context(), judge(n), selecting.ScoreInput{Application: x.ID, Scores: []int64{57_000, 38_000}})
			must(t, err)
			_, err = w.s.SubmitSheets(t.Context(), judge(n), selecting.SubmitSheetsInput{Call: w.call.ID})
			must(t, err)
		}
		got := w.rank()
		if got.Rows[0].Application != x.ID || got.Rows[0].Final != 95_000 || got.Competition.Eligible != 2 || got.Changes[0].Was.Outcome != "" {
			t.Errorf("ranked %+v", got)
		}
	})
}

func (w *world) stored(id domain.ID) (out selection.Application) {
	w.t.Helper()
	must(w.t, w.db.InTx(w.t.Context(), func(tx *store.Tx) (err error) {
		out, err = tx.Application(w.t.Context(), id)
		return err
	}))
	return out
}

func TestATieFoundAfterTheRankingVoidsTheSheets(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.ranked(80, 90, 75)
		must(t, w.tell("제1호", "제2호"))
		w.send()
		late := w.panel()[0]
		_, err := w.s.Remove(t.Context(), w.staff, selecting.RemoveInput{Call: w.call.ID, Evaluator: judge(late).ID, Reason: "신청 기관 자문"})
		must(t, err)
		panel := w.panel()
		w.score(panel[slices.IndexFunc(panel, func(n int) bool { return len(w.sheetsOf(n)) == 0 })], 95, 85, 75)
		asked := w.send()
		if !slices.ContainsFunc(asked, func(s string) bool { return strings.HasSuffix(s, " remove") }) {
			t.Errorf("told %v", asked)
		}
		if got := w.rank(); got.Version != 2 || got.Grounds[0].Remedy != selection.Void || got.Rows[0].Counted != 3 {
			t.Errorf("ranked %+v", got)
		}
		must(t, w.tell("제3호", "제4호"))
		if got := w.send(); len(got) != 2 { // firm 3 has the score it had
			t.Errorf("told %v", got)
		}
		one := w.panel()[0]
		_, err = w.s.Declare(t.Context(), judge(one), selecting.DeclareInput{
			Call: w.call.ID, Pledge: true, Organisations: []domain.ID{"firm-3"}, Reason: "최근 자문 계약",
		})
		must(t, err)
		if got := w.rank(); got.Version != 3 || len(got.Entries) != 3 {
			t.Errorf("after a late declaration: %+v", got)
		}
	})
}

func (w *world) sheetsOf(n int) (out []selection.Sheet) {
	w.t.Helper()
	must(w.t, w.db.InTx(w.t.Context(), func(tx *store.Tx) (err error) {
		out, err = tx.SheetsBy(w.t.Context(), w.call.ID, judge(n).ID)
		return err
	}))
	return out
}
