package selecting_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/domain/calendar"
	"secretariat/domain/selection"
	"secretariat/service/selecting"
	"secretariat/store"
)

func TestAWholeSelection(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.publish(w.plan())
		if w.call.Commitment != selection.Commitment("seed") || w.call.Seed != "" || w.call.ProfileHash == "" || w.call.Number != 1 {
			t.Errorf("published: %+v", w.call)
		}
		at, err := w.s.Show(t.Context(), domain.Public(), selecting.CaseInput{Call: w.call.ID})
		must(t, err)
		if at.Conditions == nil || at.Conditions.Hash() != w.call.ConditionsHash || at.Call.ConditionsHash != w.call.ConditionsHash {
			t.Errorf("the public cannot check the conditions: %+v", at.Conditions)
		}
		w.apply(3)
		w.review()
		w.draw()
		if w.call.Seed != "seed" {
			t.Error("the seed is not shown after the draw")
		}
		if got := w.send(); len(got) != 3 || !strings.HasPrefix(got[0], "judge-") || !strings.Contains(w.post.letters[0].Text, "/sheets") {
			t.Errorf("asked %v", got)
		}
		_, err = w.s.Compute(t.Context(), w.staff, selecting.ActInput{Call: w.call.ID, Version: w.version()})
		expect(t, "ranked without scores", err, "call.scores_missing")
		for _, n := range w.panel() {
			w.score(n, 80, 90, 60)
		}
		rank, err := w.s.Compute(t.Context(), w.staff, selecting.ActInput{Call: w.call.ID, Version: w.version()})
		must(t, err)
		var got []string
		for _, row := range rank.Rows {
			got = append(got, string(row.Outcome))
		}
		if want := []string{"selected", "reserved", "below_floor"}; !slices.Equal(got, want) || rank.Rows[0].Final != 90_000 {
			t.Errorf("ranked %+v", rank.Rows)
		}
		w.announces()
		w.objects()
		w.agrees()
	})
}

// announces passes the gates, and looks at what each may see before and after.
func (w *world) announces() {
	w.t.Helper()
	mine := w.mine(2)
	if mine.Result != nil || mine.Application.State != selection.Submitted {
		w.t.Errorf("the result is seen before it is announced: %+v", mine)
	}
	_, err := w.s.Published(w.t.Context(), domain.Public(), selecting.RankingInput{Call: w.call.ID})
	expect(w.t, "the public before", err, "not_found.ranking")
	in := selecting.AnnounceInput{Call: w.call.ID, Gates: selection.Gates{Deliberated: "제1호", Approval: "경제정책과-1"}, Version: w.version()}
	_, err = w.s.Announce(w.t.Context(), w.staff, in)
	var e *domain.Error
	if !errors.As(err, &e) || len(e.Fields) != 1 || e.Fields[0].Field != "subsidised" {
		w.t.Errorf("a subsidy without its committee: %v", err)
	}
	in.Subsidised = "제2호"
	_, err = w.s.Announce(w.t.Context(), w.staff, in)
	must(w.t, err)
	want := []string{"chief-1@example.kr result", "chief-2@example.kr result", "chief-3@example.kr result"}
	if got := w.send(); !slices.Equal(got, want) || len(w.send()) != 0 {
		w.t.Errorf("told %v", got)
	}
	if mine = w.mine(2); mine.Result == nil || mine.Result.Outcome != selection.Selected || mine.Result.Final != 90_000 {
		w.t.Errorf("the applicant's result: %+v", mine)
	}
	out, err := w.s.Published(w.t.Context(), domain.Public(), selecting.RankingInput{Call: w.call.ID})
	must(w.t, err)
	again, err := selection.Rank(out.Record.Profile, out.Record.Entries, out.Record.Seed)
	must(w.t, err)
	if !out.Record.Recount().OK() || out.Record.Conditions.Periods.Objection != 20 {
		w.t.Errorf("the record does not come out again: %+v", out.Record.Recount())
	}
	if len(out.Items) != 2 || out.Counts["applications"] != 3 || again[0].Application != out.Record.Rows[0].Application {
		w.t.Errorf("published: %+v", out)
	}
	raw, err := json.Marshal(out)
	must(w.t, err)
	if text := string(raw); strings.Contains(text, "judge") || strings.Contains(text, "과제 3") {
		w.t.Errorf("published names somebody: %s", text)
	}
}

func (w *world) mine(n int) selecting.Own {
	w.t.Helper()
	all, err := w.s.Mine(w.t.Context(), firm(n), selecting.MineInput{})
	must(w.t, err)
	return all.Items[0]
}

// objects files an objection, which keeps the result from being final until it is answered.
func (w *world) objects() {
	w.t.Helper()
	x := w.mine(3).Application
	_, err := w.s.Object(w.t.Context(), firm(2), selecting.ObjectInput{Application: x.ID, Text: "남의 것"})
	expect(w.t, "somebody else's", err, "not_found.application")
	o, err := w.s.Object(w.t.Context(), firm(3), selecting.ObjectInput{Application: x.ID, Text: "점수를 다시 보아 주십시오."})
	must(w.t, err)
	_, err = w.s.Object(w.t.Context(), firm(3), selecting.ObjectInput{Application: x.ID, Text: "또"})
	expect(w.t, "twice", err, "conflict.objection")
	_, err = w.s.Finish(w.t.Context(), w.staff, selecting.ActInput{Call: w.call.ID, Version: w.version()})
	expect(w.t, "final while it may be objected to", err, "call.objections_run")
	w.h.Clock.Set(w.h.Clock.Now().AddDate(0, 0, 21))
	_, err = w.s.Finish(w.t.Context(), w.staff, selecting.ActInput{Call: w.call.ID, Version: w.version()})
	expect(w.t, "final while one is open", err, "call.objections_open")
	for by, want := range map[int]int{3: 1, 2: 0} {
		seen, err := w.s.Objections(w.t.Context(), firm(by), selecting.ObjectionsInput{Call: w.call.ID})
		must(w.t, err)
		if len(seen.Items) != want {
			w.t.Errorf("firm %d sees %d objections", by, len(seen.Items))
		}
	}
	_, err = w.s.Answer(w.t.Context(), w.staff, selecting.AnswerInput{Objection: o.ID, Answer: "다시 보았으나 같습니다.", Version: o.Version})
	must(w.t, err)
	if got := w.send(); !slices.Equal(got, []string{"chief-3@example.kr answer"}) || !strings.Contains(w.post.letters[0].Text, "다시 보았으나 같습니다.") {
		w.t.Errorf("answered %v", got)
	}
	_, err = w.s.Finish(w.t.Context(), w.staff, selecting.ActInput{Call: w.call.ID, Version: w.version()})
	must(w.t, err)
}

// agrees lets the one selected give up, whose place goes to the reserve.
func (w *world) agrees() {
	w.t.Helper()
	chosen, next := w.mine(2).Application, w.mine(1).Application
	_, err := w.s.Agree(w.t.Context(), w.staff, selecting.AgreeInput{Application: next.ID, Agreed: true, Version: next.Version})
	expect(w.t, "the reserve before its turn", err, "application.no_place")
	_, err = w.s.Agree(w.t.Context(), w.staff, selecting.AgreeInput{Application: chosen.ID, Reason: "포기", Version: chosen.Version})
	must(w.t, err)
	if next = w.mine(1).Application; !next.Promoted {
		w.t.Fatalf("nobody is promoted: %+v", next)
	}
	if got := w.send(); !slices.Equal(got, []string{"chief-1@example.kr promot"}) {
		w.t.Errorf("told of the promotion: %v", got)
	}
	_, err = w.s.Agree(w.t.Context(), w.staff, selecting.AgreeInput{Application: next.ID, Agreed: true, Version: next.Version})
	must(w.t, err)
	at, err := w.s.Stand(w.t.Context(), worker, selecting.CaseInput{Call: w.call.ID})
	must(w.t, err)
	if at.Stage != selecting.StageOver {
		w.t.Errorf("stands %+v", at)
	}
}

func TestWhatTheTermsHaveAgainstAnApplication(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.publish(w.plan())
		in := w.request(1)
		in.Amount, in.OwnMoney = 101, 10
		saved, err := w.s.Save(t.Context(), firm(1), in)
		must(t, err)
		if len(saved.Blocking) != 2 || saved.Blocking[0].Key != "terms.most" || saved.Blocking[1].Key != "terms.own_share" {
			t.Errorf("told %+v", saved.Blocking)
		}
		in.Version = saved.Application.Version
		_, err = w.s.Submit(t.Context(), firm(1), in)
		var e *domain.Error
		if !errors.As(err, &e) || len(e.Fields) != 2 || e.Fields[0].Field != "answers.amount" || e.Fields[1].Field != "answers.own_money" {
			t.Errorf("submitted all the same: %v", err)
		}
		in.Amount, in.OwnMoney = 70, 30
		_, err = w.s.Submit(t.Context(), firm(1), in)
		must(t, err)
		_, err = w.s.Save(t.Context(), firm(1), in)
		expect(t, "after it was submitted", err, "application.submitted")
	})
}

func TestAnApplicationIsSeenByWhoHasToDoWithIt(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.publish(w.plan())
		w.apply(2)
		x := w.mine(1).Application
		show := func(by domain.Actor) error {
			_, err := w.s.ShowApplication(t.Context(), by, selecting.ShowApplicationInput{Application: x.ID})
			return err
		}
		for name, by := range map[string]domain.Actor{"rival": firm(2), "public": domain.Public(), "staff before the close": w.staff, "judge": judge(2)} {
			expect(t, name, show(by), "not_found.application")
		}
		must(t, show(firm(1)))
		list, err := w.s.Applications(t.Context(), w.staff, selecting.ApplicationsInput{Call: w.call.ID})
		must(t, err)
		if len(list.Items) != 0 {
			t.Error("the staff sees who applies before the close")
		}
		w.review()
		must(t, show(w.staff))
		w.draw()
		for _, n := range w.panel() {
			expect(t, "before the pledge", show(judge(n)), "not_found.application")
			_, err := w.s.Declare(t.Context(), judge(n), selecting.DeclareInput{Call: w.call.ID, Pledge: true})
			must(t, err)
			must(t, show(judge(n)))
		}
	})
}

func TestNothingArrivesAtTheClose(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.publish(w.plan())
		expect(t, "closed early", w.s.Close(t.Context(), worker, selecting.CaseInput{Call: w.call.ID}), "call.not_due")
		w.h.Clock.Set(w.call.ClosesAt)
		_, err := w.s.Submit(t.Context(), firm(1), w.request(1))
		expect(t, "on the stroke", err, "call.not_open")
	})
}

func TestWhatArrivedBeforeTheCloseCountsThoughItWaited(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.publish(w.plan())
		w.h.Clock.Set(w.call.ClosesAt)
		must(t, w.s.Close(t.Context(), worker, selecting.CaseInput{Call: w.call.ID}))
		w.h.Clock.Set(w.call.ClosesAt.Add(-time.Millisecond)) // when it arrived
		_, err := w.s.Submit(t.Context(), firm(1), w.request(1))
		must(t, err)
	})
}

// TestTwoPeopleOfOneOrganisation has them write the first draft at the same time: one is told that the other was there.
func TestTwoPeopleOfOneOrganisation(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.publish(w.plan())
		errs := make([]error, 6)
		var group sync.WaitGroup
		for i := range errs {
			group.Go(func() { _, errs[i] = w.s.Save(t.Context(), firm(1), w.request(1)) })
		}
		group.Wait()
		kept := 0
		for _, err := range errs {
			if err == nil {
				kept++
			} else if domain.CodeOf(err) != domain.CodeStale {
				t.Error(err)
			}
		}
		if kept != 1 {
			t.Errorf("%d drafts were kept", kept)
		}
	})
}

func TestAnEvaluatorSeesTheirOwnSheetsAlone(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.publish(w.plan())
		w.apply(2)
		w.review()
		w.draw()
		panel := w.panel()
		one, two := panel[0], panel[1]
		work, err := w.s.Sheets(t.Context(), judge(one), selecting.SheetsInput{Call: w.call.ID})
		must(t, err)
		if len(work.Items) != 0 || len(work.Names) != 2 {
			t.Errorf("before the pledge: %+v", work)
		}
		w.score(one, 90, 80)
		_, err = w.s.Declare(t.Context(), judge(two), selecting.DeclareInput{Call: w.call.ID, Pledge: true})
		must(t, err)
		work, err = w.s.Sheets(t.Context(), judge(two), selecting.SheetsInput{Call: w.call.ID})
		must(t, err)
		if len(work.Items) != 2 || work.Items[0].Sheet != nil {
			t.Errorf("the second sees the first's scores: %+v", work.Items)
		}
		x := work.Items[0].Application.ID
		_, err = w.s.Score(t.Context(), judge(two), selecting.ScoreInput{Application: x, Scores: []int64{60_001, 0}})
		if domain.CodeOf(err) != domain.CodeInvalid {
			t.Errorf("above the weight: %v", err)
		}
		_, err = w.s.Score(t.Context(), judge(one), selecting.ScoreInput{Application: x, Scores: []int64{0, 0}, Version: 2})
		expect(t, "after submitting", err, "sheet.submitted")
		_, err = w.s.SubmitSheets(t.Context(), judge(two), selecting.SubmitSheetsInput{Call: w.call.ID})
		expect(t, "with some missing", err, "sheet.missing")
		_, err = w.s.Sheets(t.Context(), firm(1), selecting.SheetsInput{Call: w.call.ID})
		if domain.CodeOf(err) != domain.CodeForbidden {
			t.Errorf("an applicant: %v", err)
		}
	})
}

func TestATieKeepsAnEvaluatorOut(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.publish(w.plan())
		w.apply(firms)
		w.review()
		w.draw()
		panel := w.panel()
		if slices.Contains(panel, 1) || len(panel) != 3 {
			t.Errorf("the panel is %v", panel)
		}
		late := panel[0]
		w.score(late, 80, 80, 80, 80)
		_, err := w.s.Remove(t.Context(), w.staff, selecting.RemoveInput{Call: w.call.ID, Evaluator: judge(late).ID, Reason: "자문 이력"})
		must(t, err)
		if now := w.panel(); slices.Contains(now, late) || len(now) != 3 {
			t.Errorf("after the removal: %v", now)
		}
		for _, n := range w.panel() {
			w.score(n, 90, 71, 72, 73)
		}
		rank, err := w.s.Compute(t.Context(), w.staff, selecting.ActInput{Call: w.call.ID, Version: w.version()})
		must(t, err)
		if rank.Rows[0].Final != 90_000 || rank.Rows[0].Counted != 3 {
			t.Errorf("void scores count: %+v", rank.Rows)
		}
	})
}

func TestACallIsFrozenOnceItIsPublished(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p := w.plan()
		p.ClosesAt = w.h.Clock.Now().AddDate(0, 0, 3)
		c, err := w.s.Draft(t.Context(), w.staff, selecting.DraftInput{Alliance: "a", Plan: p})
		must(t, err)
		_, err = w.s.Show(t.Context(), firm(1), selecting.CaseInput{Call: c.ID})
		expect(t, "a draft is seen", err, "not_found.call")
		_, err = w.s.Publish(t.Context(), w.staff, selecting.ActInput{Call: c.ID, Version: c.Version})
		expect(t, "too short", err, "call.too_short")
		w.publish(w.plan())
		_, err = w.s.Revise(t.Context(), w.staff, selecting.ReviseInput{Call: w.call.ID, Plan: w.plan(), Version: w.call.Version})
		expect(t, "revised", err, "call.not_drafting")
	})
}

func TestManyApplyAtOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.publish(w.plan())
		var all sync.WaitGroup
		errs := make([]error, 3*firms)
		for i := range errs {
			all.Go(func() { _, errs[i] = w.s.Submit(t.Context(), firm(i%firms+1), w.request(i%firms+1)) })
		}
		all.Wait()
		good := 0
		for _, err := range errs {
			if err == nil {
				good++
			} else if domain.CodeOf(err) != domain.CodeConflict {
				t.Error(err)
			}
		}
		w.h.Clock.Set(w.call.ClosesAt)
		must(t, w.s.Close(t.Context(), worker, selecting.CaseInput{Call: w.call.ID}))
		list, err := w.s.Applications(t.Context(), w.staff, selecting.ApplicationsInput{Call: w.call.ID})
		must(t, err)
		if good != firms || len(list.Items) != firms || list.Items[firms-1].Number != firms {
			t.Errorf("%d were acknowledged, %d are there", good, len(list.Items))
		}
	})
}

func TestASecondPledgeVoidsNothing(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.publish(w.plan())
		w.apply(2)
		w.review()
		w.draw()
		one := w.panel()[0]
		w.score(one, 90, 80)
		for _, none := range [][]domain.ID{nil, {}} {
			in := selecting.DeclareInput{Call: w.call.ID, Pledge: true, Organisations: none}
			_, err := w.s.Declare(t.Context(), judge(one), in)
			must(t, err)
		}
		work, err := w.s.Sheets(t.Context(), judge(one), selecting.SheetsInput{Call: w.call.ID})
		must(t, err)
		for _, task := range work.Items {
			if task.Sheet == nil || task.Sheet.Void != "" {
				t.Errorf("the sheet is void: %+v", task.Sheet)
			}
		}
	})
}

func TestWhoActsForAnApplicantIsNotDrawn(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.publish(w.plan())
		w.apply(2)
		w.review()
		must(t, w.db.InTx(t.Context(), func(tx *store.Tx) error {
			return tx.SetPerson(t.Context(), alliance.Person{Organisation: "firm-1", Account: judge(2).ID, Since: w.h.Clock.Now()})
		}))
		w.draw()
		if slices.Contains(w.panel(), 2) {
			t.Error("somebody evaluates the application of their own organisation")
		}
	})
}

func TestAWithdrawnApplicationIsNotObjectedTo(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.publish(w.plan())
		w.apply(3)
		w.h.Clock.Set(w.call.ClosesAt)
		must(t, w.s.Close(t.Context(), worker, selecting.CaseInput{Call: w.call.ID}))
		x := w.mine(3).Application
		_, err := w.s.Withdraw(t.Context(), firm(3), selecting.WithdrawInput{Application: x.ID, Version: x.Version})
		must(t, err)
		w.review()
		w.draw()
		for _, n := range w.panel() {
			w.score(n, 80, 90)
		}
		_, err = w.s.Compute(t.Context(), w.staff, selecting.ActInput{Call: w.call.ID, Version: w.version()})
		must(t, err)
		gates := selection.Gates{Deliberated: "제1호", Approval: "경제정책과-1", Subsidised: "제2호"}
		_, err = w.s.Announce(t.Context(), w.staff, selecting.AnnounceInput{Call: w.call.ID, Gates: gates, Version: w.version()})
		must(t, err)
		_, err = w.s.Object(t.Context(), firm(3), selecting.ObjectInput{Application: x.ID, Text: "다시 보아 주십시오."})
		expect(t, "an objection to nothing", err, "application.not_submitted")
	})
}

// TestWhoIsLateWithSheetsIsReminded has one of the panel submit before the reminder; the others get one letter each.
func TestWhoIsLateWithSheetsIsReminded(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.publish(w.plan())
		w.apply(2)
		w.review()
		today := calendar.DateOf(w.h.Clock.Now())
		in := selecting.DrawInput{Call: w.call.ID, EvaluateBy: today, Version: w.version()}
		_, err := w.s.Draw(t.Context(), w.staff, in)
		expect(t, "due today", err, "invalid")
		w.draw(today.AddDays(10))
		w.send()
		diligent := w.panel()[0]
		w.score(diligent, 80, 90)
		w.h.Clock.Set(today.AddDays(8).Time().Add(9*time.Hour - time.Second))
		if got := w.send(); len(got) > 0 {
			t.Errorf("before its time: %v", got)
		}
		w.h.Clock.Set(today.AddDays(8).Time().Add(9 * time.Hour))
		at, err := w.s.Stand(t.Context(), worker, selecting.CaseInput{Call: w.call.ID})
		must(t, err)
		if at.Letters != len(w.panel())-1 {
			t.Errorf("%d reminders are due", at.Letters)
		}
		want := []string{}
		for _, n := range w.panel()[1:] {
			want = append(want, fmt.Sprintf("judge-%d@example.kr remind", n))
		}
		slices.Sort(want)
		if got := w.send(); !slices.Equal(got, want) {
			t.Errorf("reminded %v, want %v", got, want)
		}
		if got := w.send(); len(got) > 0 {
			t.Errorf("again: %v", got)
		}
	})
}
