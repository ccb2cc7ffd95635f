package consulting_test

import (
	"slices"
	"testing"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/service/consulting"
	"secretariat/store"
)

func TestWhoSubmitsForTwoOrganisationsIsWrittenToOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		must(t, w.h.DB.InTx(t.Context(), func(tx *store.Tx) error {
			return tx.SetPerson(t.Context(), alliance.Person{Organisation: "bank", Account: "robot-chief", Submits: true})
		}))
		p := w.plan()
		p.Audience = alliance.AskMembers
		c := w.open(p)
		if got := w.send(c.ID); !slices.Equal(got, []string{"bank-chief@example.kr ask", "robot-chief@example.kr ask"}) {
			t.Errorf("asked: %v", got)
		}
	})
}

func TestWhoIsAskedLateIsNotRemindedInTheSameHour(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		c := w.open(w.plan())
		w.send(c.ID)
		must(t, w.h.DB.InTx(t.Context(), func(tx *store.Tx) error {
			return tx.SetPerson(t.Context(), alliance.Person{Organisation: "robot", Account: "drafter", Submits: true})
		}))
		w.h.Clock.Set(c.ClosesAt.AddDate(0, 0, -2))
		if got := w.send(c.ID); !slices.Equal(got, []string{"drafter@example.kr ask", "robot-chief@example.kr rem"}) {
			t.Errorf("sent: %v", got)
		}
	})
}

func TestWhoAnswersWhileLettersGoOutIsNotReminded(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p := w.plan()
		p.Audience = alliance.AskMembers
		c := w.open(p)
		w.send(c.ID)
		w.h.Clock.Set(c.ClosesAt.AddDate(0, 0, -2))
		w.post.first = func() {
			_, err := w.submit(w.robot, c.ID, says)
			must(t, err)
		}
		if got := w.send(c.ID); !slices.Equal(got, []string{"bank-chief@example.kr rem"}) {
			t.Errorf("sent: %v", got)
		}
	})
}

func TestAnAnswerDoesNotFollowWhoHasLeft(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		c := w.open(w.plan())
		_, err := w.submit(w.robot, c.ID, says)
		must(t, err)
		w.close(c)
		must(t, w.h.DB.InTx(t.Context(), func(tx *store.Tx) error {
			if err := tx.SetPerson(t.Context(), alliance.Person{Organisation: "robot", Account: "drafter", Submits: true}); err != nil {
				return err
			}
			return tx.DropPerson(t.Context(), "robot", "robot-chief")
		}))
		w.dispose(c)
		_, err = w.s.Finish(t.Context(), w.staff, consulting.ActInput{Consultation: c.ID, Version: w.version(c.ID)})
		must(t, err)
		if got := w.send(c.ID); !slices.Equal(got, []string{"drafter@example.kr ans"}) {
			t.Errorf("told: %v", got)
		}
	})
}

func TestNothingIsAnsweredWithADraft(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p := w.plan()
		p.Audience = alliance.AskMembers
		c := w.open(p)
		_, err := w.submit(w.bank, c.ID, says)
		must(t, err)
		draft, err := w.s.Save(t.Context(), w.robot, consulting.SaveInput{
			Consultation: c.ID, Organisation: "robot", Opinions: []consulting.Said{says},
		})
		must(t, err)
		w.close(c)
		all, err := w.s.Opinions(t.Context(), w.staff, consulting.OpinionsInput{Consultation: c.ID, Article: -1})
		must(t, err)
		o := all.Items[0]
		for _, lead := range []domain.ID{draft.Opinions[0].ID, "none"} {
			_, err := w.s.Merge(t.Context(), w.staff, consulting.MergeInput{Opinion: o.ID, Lead: lead, Version: o.Version})
			if got := fieldsOf(err); !slices.Equal(got, []string{"lead"}) {
				t.Errorf("%s: %v", lead, err)
			}
		}
	})
}

func TestAPastCloseIsNotMovedThoughNobodyHasClosed(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		c := w.open(w.plan())
		move := consulting.MoveInput{Consultation: c.ID, ClosesAt: c.ClosesAt, Reason: "변경", Version: c.Version}
		_, err := w.s.Move(t.Context(), w.staff, move)
		expect(t, "a move to the same time", err, "consultation.only_later")
		w.h.Clock.Set(c.ClosesAt)
		move.ClosesAt = c.ClosesAt.AddDate(0, 0, 5)
		_, err = w.s.Move(t.Context(), w.staff, move)
		expect(t, "after the close", err, "consultation.not_open")
	})
}

func TestWhoIsNotAskedDoesNotLearnOfAConsultationByItsNumber(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		draft, err := w.s.Draft(t.Context(), w.staff, consulting.DraftInput{Alliance: "a", Plan: w.plan()})
		must(t, err)
		open := w.open(w.plan())
		for _, id := range []domain.ID{draft.ID, open.ID} {
			_, err := w.s.Mine(t.Context(), w.bank, consulting.MineInput{Consultation: id, Organisation: "bank"})
			expect(t, "not asked", err, "not_found.consultation")
		}
		_, err = w.s.Mine(t.Context(), w.robot, consulting.MineInput{Consultation: open.ID, Organisation: "robot"})
		must(t, err)
	})
}

func TestOpinionsComeByArticleAndTheOnesThatLeadAreFoundFromAnyPage(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p := w.plan()
		p.Audience = alliance.AskMembers
		c := w.open(p)
		whole := consulting.Said{Stance: alliance.Remarks, Text: "전체"}
		for _, by := range []domain.Actor{w.robot, w.bank} {
			_, err := w.submit(by, c.ID, consulting.Said{Article: 2, Stance: alliance.Agrees}, says, whole)
			must(t, err)
		}
		w.close(c)
		in := consulting.OpinionsInput{Consultation: c.ID, Article: -1, Limit: 2}
		var all []consulting.Given
		for {
			page, err := w.s.Opinions(t.Context(), w.staff, in)
			must(t, err)
			all = append(all, page.Items...)
			if in.After = domain.ID(page.Next); page.Next == "" {
				break
			}
		}
		var articles []int
		for _, o := range all {
			articles = append(articles, o.Article)
		}
		if !slices.Equal(articles, []int{0, 0, 1, 1, 2, 2}) {
			t.Fatalf("in the order %v", articles)
		}
		for n, lead := range map[int]domain.ID{3: all[2].ID, 4: ""} {
			var err error
			if o := all[n]; lead != "" {
				_, err = w.s.Merge(t.Context(), w.staff, consulting.MergeInput{Opinion: o.ID, Lead: lead, Version: o.Version})
			} else {
				_, err = w.s.Dispose(t.Context(), w.staff, consulting.DisposeInput{Opinion: o.ID, Outcome: alliance.Declined, Reason: "사유", Version: o.Version})
			}
			must(t, err)
		}
		for article, want := range map[int]domain.ID{0: "", 1: all[2].ID, 2: all[4].ID} {
			found, err := w.s.Opinions(t.Context(), w.staff, consulting.OpinionsInput{Consultation: c.ID, Article: article, Leading: true})
			must(t, err)
			if len(found.Items) > 1 || (want != "") != (len(found.Items) == 1) || want != "" && found.Items[0].ID != want {
				t.Errorf("article %d: %+v", article, found.Items)
			}
		}
	})
}
