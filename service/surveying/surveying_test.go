package surveying_test

import (
	"slices"
	"strings"
	"testing"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/service/surveying"
)

func TestAWholeRound(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		v := w.open(w.plan())
		if v.Number != 1 || v.Rules == "" || len(v.Questions.Items()) != 10 {
			t.Errorf("opened: %+v", v)
		}
		if got := w.send(v.ID); len(got) != members || got[0] != "firm0-chief@example.kr ask" {
			t.Errorf("asked: %v", got)
		}
		if text := w.post.letters[0].Text; !strings.Contains(text, "https://city.example/surveys/"+string(v.ID)) {
			t.Errorf("the letter: %s", text)
		}
		for n, by := range w.firm[:6] {
			group := "B"
			if n < 3 {
				group = "A"
			}
			_, err := w.submit(by, v, group, 2+n%3, 0, 3)
			must(t, err)
		}
		w.h.Clock.Set(v.ClosesAt.AddDate(0, 0, -3))
		if got := w.send(v.ID); !slices.Equal(got, []string{"firm6-chief@example.kr rem"}) {
			t.Errorf("reminded: %v", got)
		}
		w.pending(v)
		if at, err := w.show(w.staff, v.ID); err != nil || at.Results != nil || *at.Asked != (surveying.Turnout{Asked: 7, Submitted: 6}) {
			t.Errorf("while it is open: %+v %v", at.Asked, err)
		}
		w.close(v)
		w.seen(v)
	})
}

func (w *world) pending(v alliance.Survey) {
	w.t.Helper()
	left, err := w.s.Turnout(w.t.Context(), w.staff, surveying.TurnoutInput{Survey: v.ID, Pending: true})
	if err != nil || len(left.Items) != 1 || left.Items[0].Organisation != "firm6" {
		w.t.Errorf("pending: %+v %v", left, err)
	}
	_, err = w.s.Turnout(w.t.Context(), w.firm[0], surveying.TurnoutInput{Survey: v.ID})
	expect(w.t, "a partner asks who has answered", err, "forbidden")
}

// seen looks at the figures: of six organisations, three in each group; the division of banks has two, so it is hidden, and
// with it the other division.
func (w *world) seen(v alliance.Survey) {
	w.t.Helper()
	at, err := w.show(w.staff, v.ID)
	must(w.t, err)
	total, _ := at.Results.Cell(alliance.ByTotal, "")
	score, _ := total.Score(alliance.MeasureOverall)
	// The second indicator was left out by all: nine answers of each, the first 2, 3 or 4, the others 3.
	if total.Organisations != 6 || score != (alliance.Score{Measure: alliance.MeasureOverall, Points: 6*3 + 6*8*3, Answers: 54}) {
		w.t.Errorf("all: %+v", score)
	}
	if len(at.Results.Measures) != 1+3+9 {
		w.t.Errorf("an indicator that nobody answered has a figure: %v", at.Results.Measures)
	}
	for code, hidden := range map[string]bool{"banks": true, "robots": true} {
		if c, _ := at.Results.Cell(alliance.ByDivision, code); c.Hidden != hidden || len(c.Scores) != 0 {
			w.t.Errorf("division %s: %+v", code, c)
		}
	}
	for _, g := range []string{"A", "B"} {
		if c, _ := at.Results.Cell(alliance.ByGroup, g); c.Hidden || c.Organisations != 3 {
			w.t.Errorf("group %s: %+v", g, c)
		}
	}
	if part, err := w.show(w.firm[0], v.ID); err != nil || part.Results != nil || part.Asked != nil {
		w.t.Errorf("a partner before publication: %+v %v", part.Results, err)
	}
	_, err = w.show(domain.Actor{Kind: domain.ActorPublic}, v.ID)
	expect(w.t, "the public before publication", err, "not_found.survey")
	_, err = w.s.Workbook(w.t.Context(), w.firm[0], surveying.ShowInput{Survey: v.ID})
	expect(w.t, "a workbook before publication", err, "not_found.survey_results")
	at.Survey, err = w.s.Publish(w.t.Context(), w.staff, surveying.ActInput{Survey: v.ID, Version: at.Survey.Version})
	must(w.t, err)
	if public, err := w.show(domain.Actor{Kind: domain.ActorPublic}, v.ID); err != nil || public.Results == nil || public.Asked != nil {
		w.t.Errorf("the public: %+v %v", public, err)
	}
	book, err := w.s.Workbook(w.t.Context(), domain.Actor{Kind: domain.ActorPublic}, surveying.ShowInput{Survey: v.ID})
	if err != nil || book.FileName != "역량자가진단-2026-1.xlsx" || len(book.Data) == 0 {
		w.t.Errorf("the workbook: %s %v", book.FileName, err)
	}
	if stand, err := w.s.Stand(w.t.Context(), worker, surveying.CaseInput{Survey: v.ID}); err != nil || stand.Stage != surveying.StageOver {
		w.t.Errorf("stands at %+v %v", stand, err)
	}
}

func TestSeveralDraftAndOneSubmits(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		v := w.open(w.plan())
		in := surveying.SaveInput{Survey: v.ID, Organisation: "firm0", Answers: []surveying.Point{{Indicator: "sensing-1", Points: 4}}}
		saved, err := w.s.Save(t.Context(), w.drafter, in)
		must(t, err)
		_, err = w.s.Save(t.Context(), w.firm[0], in)
		expect(t, "a colleague saves over the draft that was not read", err, "stale")
		mine, err := w.s.Mine(t.Context(), w.firm[0], surveying.MineInput{Survey: v.ID, Organisation: "firm0"})
		if err != nil || mine.Sheet.Answers["sensing-1"] != 4 || len(mine.Missing) != 9 {
			t.Errorf("the draft of a colleague: %+v %v", mine, err)
		}
		in.Version = saved.Version
		_, err = w.s.Submit(t.Context(), w.drafter, in)
		expect(t, "who may only draft submits", err, "forbidden")
		_, err = w.s.Submit(t.Context(), w.firm[0], in)
		if domain.CodeOf(err) != domain.CodeInvalid {
			t.Errorf("without a group and two areas: %v", err)
		}
		_, err = w.submit(w.firm[0], v, "A", 3)
		must(t, err)
		_, err = w.submit(w.firm[0], v, "A", 3)
		expect(t, "submitted twice", err, "survey.submitted")
		mine, err = w.s.Mine(t.Context(), w.firm[0], surveying.MineInput{Survey: v.ID, Organisation: "firm0"})
		must(t, err)
		_, err = w.s.TakeBack(t.Context(), w.firm[0], surveying.TakeBackInput{Survey: v.ID, Organisation: "firm0", Version: mine.Sheet.Version})
		must(t, err)
		_, err = w.submit(w.firm[0], v, "B", 5)
		must(t, err)
	})
}

func TestNobodyElseReachesASheet(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		v := w.open(w.plan())
		in := surveying.SaveInput{Survey: v.ID, Organisation: "firm0", Group: "A", Answers: answers(v, 3)}
		for key, by := range map[string]domain.Actor{"not_found.survey": w.firm[1], "forbidden": w.staff} {
			_, err := w.s.Save(t.Context(), by, in)
			expect(t, string(by.ID), err, key)
			_, err = w.s.Mine(t.Context(), by, surveying.MineInput{Survey: v.ID, Organisation: "firm0"})
			expect(t, string(by.ID)+" reads", err, key)
		}
		for name, by := range map[string]domain.Actor{"who is not asked": w.guest, "the public": {Kind: domain.ActorPublic}} {
			_, err := w.s.Save(t.Context(), by, in)
			expect(t, name, err, "not_found.survey")
			_, err = w.show(by, v.ID)
			expect(t, name+" looks", err, "not_found.survey")
		}
		in.Answers = []surveying.Point{{Indicator: "sensing-1", Points: 6}, {Indicator: "other", Points: 3}}
		_, err := w.s.Save(t.Context(), w.firm[0], in)
		if domain.CodeOf(err) != domain.CodeInvalid {
			t.Errorf("six points, and an indicator that is none: %v", err)
		}
	})
}

func TestWhoWasAskedIsToldOfAWithdrawal(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p := w.plan()
		p.Divisions = []domain.ID{"banks"}
		v := w.open(p)
		if got := w.send(v.ID); len(got) != 3 {
			t.Errorf("asked: %v", got)
		}
		if _, err := w.show(w.firm[0], v.ID); domain.KeyOf(err) != "not_found.survey" {
			t.Errorf("of another division: %v", err)
		}
		v, err := w.s.Move(t.Context(), w.staff, surveying.MoveInput{Survey: v.ID, ClosesAt: v.ClosesAt.AddDate(0, 0, 7), Reason: "연장", Version: v.Version})
		must(t, err)
		if got := w.send(v.ID); len(got) != 3 || !strings.HasSuffix(got[0], " mov") {
			t.Errorf("told of later dates: %v", got)
		}
		v, err = w.s.Withdraw(t.Context(), w.staff, surveying.WithdrawInput{Survey: v.ID, Reason: "지표를 바꿉니다.", Version: v.Version})
		must(t, err)
		stand, err := w.s.Stand(t.Context(), worker, surveying.CaseInput{Survey: v.ID})
		if err != nil || stand.Stage != surveying.StageTelling || stand.Letters != 3 {
			t.Errorf("stands at %+v %v", stand, err)
		}
		if got := w.send(v.ID); len(got) != 3 || !strings.HasSuffix(got[0], " wit") || !strings.Contains(w.post.letters[0].Text, "지표를 바꿉니다.") {
			t.Errorf("told of the withdrawal: %v", got)
		}
		if stand, err = w.s.Stand(t.Context(), worker, surveying.CaseInput{Survey: v.ID}); err != nil || stand.Stage != surveying.StageOver {
			t.Errorf("stands at %+v %v", stand, err)
		}
	})
}

func TestTheListShowsWhatTheReaderMayKnow(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		v := w.open(w.plan())
		_, err := w.s.Draft(t.Context(), w.staff, surveying.DraftInput{Alliance: "a", Plan: w.plan()})
		must(t, err)
		for name, x := range map[string]struct {
			by   domain.Actor
			want int
		}{"staff": {w.staff, 2}, "a member": {w.firm[0], 1}, "who is not asked": {w.guest, 0}, "the public": {domain.Actor{Kind: domain.ActorPublic}, 0}} {
			got, err := w.s.List(t.Context(), x.by, surveying.ListInput{})
			if err != nil || len(got.Items) != x.want {
				t.Errorf("%s: %d rounds, %v", name, len(got.Items), err)
			}
		}
		_, err = w.s.Open(t.Context(), w.firm[0], surveying.ActInput{Survey: v.ID, Version: v.Version})
		expect(t, "a partner opens", err, "forbidden")
	})
}
