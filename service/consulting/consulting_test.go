package consulting_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/service/consulting"
)

func fieldsOf(err error) []string {
	var e *domain.Error
	if !errors.As(err, &e) {
		return nil
	}
	out := make([]string, len(e.Fields))
	for i, f := range e.Fields {
		out[i] = f.Field
	}
	return out
}

func expect(t *testing.T, what string, err error, key string) {
	t.Helper()
	if domain.KeyOf(err) != key {
		t.Errorf("%s: %v, want %s", what, err, key)
	}
}

func TestAWholeConsultation(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		c := w.open(w.plan())
		if c.Number != 1 || c.Rules == "" {
			t.Errorf("opened: %+v", c)
		}
		if got := w.send(c.ID); !slices.Equal(got, []string{"robot-chief@example.kr ask"}) {
			t.Errorf("asked: %v", got)
		}
		if text := w.post.letters[0].Text; !strings.Contains(text, "https://city.example/consultations/"+string(c.ID)) || !strings.Contains(text, "담당 robot-chief 님께") {
			t.Errorf("the letter: %s", text)
		}
		if got := w.send(c.ID); got != nil {
			t.Errorf("sent twice: %v", got)
		}
		_, err := w.submit(w.robot, c.ID, says, consulting.Said{Article: 2, Stance: alliance.Agrees})
		must(t, err)
		w.h.Clock.Set(c.ClosesAt.AddDate(0, 0, -1))
		if got := w.send(c.ID); got != nil {
			t.Errorf("who has answered was reminded: %v", got)
		}
		w.close(c)
		w.dispose(c)
		c, err = w.s.Finish(t.Context(), w.staff, consulting.ActInput{Consultation: c.ID, Version: w.version(c.ID)})
		must(t, err)
		if got := w.send(c.ID); !slices.Equal(got, []string{"robot-chief@example.kr ans"}) {
			t.Errorf("told: %v", got)
		}
		if text := w.post.letters[0].Text; !strings.Contains(text, "제1조: 일부반영 - 문구를 고쳐 반영") || !strings.Contains(text, "제2조: 일부반영") {
			t.Errorf("the answer: %s", text)
		}
		w.seen(c)
	})
}

// dispose answers every opinion partly, after trying to finish before.
func (w *world) dispose(c alliance.Consultation) {
	w.t.Helper()
	_, err := w.s.Finish(w.t.Context(), w.staff, consulting.ActInput{Consultation: c.ID, Version: w.version(c.ID)})
	expect(w.t, "finished early", err, "consultation.opinions_open")
	all, err := w.s.Opinions(w.t.Context(), w.staff, consulting.OpinionsInput{Consultation: c.ID, Article: -1, Open: true})
	must(w.t, err)
	for _, o := range all.Items {
		in := consulting.DisposeInput{Opinion: o.ID, Outcome: alliance.Partly, Version: o.Version}
		_, err := w.s.Dispose(w.t.Context(), w.staff, in)
		if got := fieldsOf(err); !slices.Equal(got, []string{"reason"}) {
			w.t.Errorf("without a reason: %v", err)
		}
		in.Reason = "문구를 고쳐 반영"
		_, err = w.s.Dispose(w.t.Context(), w.staff, in)
		must(w.t, err)
		_, err = w.s.Dispose(w.t.Context(), w.staff, in)
		expect(w.t, "on a stale version", err, "stale")
	}
}

// seen looks at what each reader gets of an answered consultation.
func (w *world) seen(c alliance.Consultation) {
	w.t.Helper()
	for name, x := range map[string]struct {
		by    domain.Actor
		named bool
	}{"giver": {w.robot, false}, "member": {w.h.Person(2), true}, "staff": {w.staff, true}} {
		d, err := w.s.Digest(w.t.Context(), x.by, consulting.DigestInput{Consultation: c.ID})
		must(w.t, err)
		if d.Count != (alliance.Count{Opinions: 2, Partly: 2}) || len(d.Opinions) != 2 || (d.Opinions[0].Giver != "") != x.named {
			w.t.Errorf("%s: %+v", name, d)
		}
	}
	for name, by := range map[string]domain.Actor{"not asked": w.bank, "outsider": w.guest, "public": domain.Public()} {
		_, err := w.s.Digest(w.t.Context(), by, consulting.DigestInput{Consultation: c.ID})
		expect(w.t, name, err, "not_found.consultation")
		_, err = w.s.Show(w.t.Context(), by, consulting.ShowInput{Consultation: c.ID})
		expect(w.t, name, err, "not_found.consultation")
		list, err := w.s.List(w.t.Context(), by, consulting.ListInput{})
		must(w.t, err)
		if len(list.Items) != 0 {
			w.t.Errorf("%s lists %d", name, len(list.Items))
		}
	}
	mine, err := w.s.Mine(w.t.Context(), w.drafter, consulting.MineInput{Consultation: c.ID, Organisation: "robot"})
	must(w.t, err)
	if len(mine.Opinions) != 2 || mine.Opinions[0].Answer != string(alliance.Partly) {
		w.t.Errorf("a colleague: %+v", mine)
	}
}

func (w *world) version(id domain.ID) int {
	w.t.Helper()
	at, err := w.s.Show(w.t.Context(), w.staff, consulting.ShowInput{Consultation: id})
	must(w.t, err)
	return at.Consultation.Version
}

func TestADraftIsTheOrganisationsOwn(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p := w.plan()
		p.Audience = alliance.AskMembers
		c := w.open(p)
		in := consulting.SaveInput{Consultation: c.ID, Organisation: "robot", Opinions: []consulting.Said{says}}
		saved, err := w.s.Save(t.Context(), w.drafter, in)
		must(t, err)
		_, err = w.s.Submit(t.Context(), w.drafter, in)
		if domain.CodeOf(err) != domain.CodeForbidden {
			t.Errorf("who drafts submits: %v", err)
		}
		_, err = w.s.Save(t.Context(), w.bank, in)
		if err == nil {
			t.Error("another organisation wrote into it")
		}
		_, err = w.s.Mine(t.Context(), w.bank, consulting.MineInput{Consultation: c.ID, Organisation: "robot"})
		if err == nil {
			t.Error("another organisation read it")
		}
		list, err := w.s.Opinions(t.Context(), w.staff, consulting.OpinionsInput{Consultation: c.ID, Article: -1})
		must(t, err)
		if len(list.Items) != 0 {
			t.Errorf("the staff reads a draft: %+v", list.Items)
		}
		_, err = w.s.Save(t.Context(), w.robot, in)
		expect(t, "an older version", err, "stale")
		in.Version = saved.Submission.Version
		_, err = w.s.Submit(t.Context(), w.robot, in)
		must(t, err)
		_, err = w.s.Save(t.Context(), w.drafter, in)
		expect(t, "after it was submitted", err, "opinion.submitted")
		w.takeBack(c, in)
	})
}

func (w *world) takeBack(c alliance.Consultation, in consulting.SaveInput) {
	w.t.Helper()
	mine, err := w.s.Mine(w.t.Context(), w.robot, consulting.MineInput{Consultation: c.ID, Organisation: "robot"})
	must(w.t, err)
	back, err := w.s.TakeBack(w.t.Context(), w.robot, consulting.TakeBackInput{Consultation: c.ID, Organisation: "robot", Version: mine.Submission.Version})
	must(w.t, err)
	in.Version, in.Opinions = back.Version, []consulting.Said{{Article: 0, Stance: alliance.Opposes, Text: "다시"}}
	_, err = w.s.Submit(w.t.Context(), w.robot, in)
	must(w.t, err)
	list, err := w.s.Opinions(w.t.Context(), w.staff, consulting.OpinionsInput{Consultation: c.ID, Article: -1})
	must(w.t, err)
	if len(list.Items) != 1 || list.Items[0].Text != "다시" {
		w.t.Errorf("submitted anew: %+v", list.Items)
	}
}

func TestNothingArrivesAfterTheClose(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		c := w.open(w.plan())
		expect(t, "closed early", w.s.Close(t.Context(), worker, consulting.CaseInput{Consultation: c.ID}), "consultation.not_due")
		w.h.Clock.Set(c.ClosesAt)
		_, err := w.submit(w.robot, c.ID, says)
		expect(t, "on the stroke", err, "consultation.not_open")
		w.close(c)
		must(t, w.s.Close(t.Context(), worker, consulting.CaseInput{Consultation: c.ID}))
		_, err = w.submit(w.robot, c.ID, says)
		expect(t, "after the close", err, "consultation.not_open")
	})
}

func TestLikeOpinionsAreAnsweredTogether(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p := w.plan()
		p.Audience = alliance.AskMembers
		c := w.open(p)
		for _, by := range []domain.Actor{w.robot, w.bank} {
			_, err := w.submit(by, c.ID, says)
			must(t, err)
		}
		w.close(c)
		all, err := w.s.Opinions(t.Context(), w.staff, consulting.OpinionsInput{Consultation: c.ID, Article: -1})
		must(t, err)
		lead, like := all.Items[0], all.Items[1]
		_, err = w.s.Merge(t.Context(), w.staff, consulting.MergeInput{Opinion: like.ID, Lead: like.ID, Version: like.Version})
		expect(t, "with itself", err, "opinion.lead")
		_, err = w.s.Merge(t.Context(), w.staff, consulting.MergeInput{Opinion: like.ID, Lead: lead.ID, Version: like.Version})
		must(t, err)
		_, err = w.s.Merge(t.Context(), w.staff, consulting.MergeInput{Opinion: lead.ID, Lead: like.ID, Version: lead.Version})
		expect(t, "in a circle", err, "opinion.lead")
		_, err = w.s.Dispose(t.Context(), w.staff, consulting.DisposeInput{Opinion: lead.ID, Outcome: alliance.Accepted, Reason: "반영", Version: lead.Version})
		must(t, err)
		_, err = w.s.Finish(t.Context(), w.staff, consulting.ActInput{Consultation: c.ID, Version: w.version(c.ID)})
		must(t, err)
		if got := w.send(c.ID); !slices.Equal(got, []string{"bank-chief@example.kr ans", "robot-chief@example.kr ans"}) {
			t.Errorf("told: %v", got)
		}
		for _, l := range w.post.letters {
			if !strings.Contains(l.Text, "제1조: 반영 - 반영") {
				t.Errorf("%s", l.Text)
			}
		}
	})
}

func TestTheReminderGoesToWhoHasNotAnsweredAlone(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p := w.plan()
		p.Audience = alliance.AskPublic
		c := w.open(p)
		if got := w.send(c.ID); !slices.Equal(got, []string{"bank-chief@example.kr ask", "robot-chief@example.kr ask"}) {
			t.Errorf("asked: %v", got)
		}
		_, err := w.submit(w.robot, c.ID, says)
		must(t, err)
		_, err = w.submit(w.guest, c.ID, says)
		must(t, err)
		w.h.Clock.Set(c.ClosesAt.AddDate(0, 0, -2))
		at, err := w.s.Stand(t.Context(), worker, consulting.CaseInput{Consultation: c.ID})
		must(t, err)
		if at.Stage != consulting.StageCollecting || at.Pending != 1 || at.Letters != 1 {
			t.Errorf("stands: %+v", at)
		}
		w.post.refuse = "bank-chief@example.kr"
		if got := w.send(c.ID); got != nil {
			t.Errorf("sent: %v", got)
		}
		if at, _ := w.s.Stand(t.Context(), worker, consulting.CaseInput{Consultation: c.ID}); at.Letters != 0 {
			t.Error("a letter that nobody takes is tried for ever")
		}
	})
}

func TestCitizensAreHeardOnWhatAsksThem(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p := w.plan()
		p.Kind, p.Audience, p.ClosesAt = alliance.PreNotice, alliance.AskPublic, w.h.Clock.Now().AddDate(0, 0, 21)
		c := w.open(p)
		in := consulting.GiveInput{Consultation: c.ID, Name: "시민", Email: "Citizen@Example.kr", Opinions: []consulting.Said{{}, says}}
		r, err := w.s.Give(t.Context(), domain.Public(), in)
		must(t, err)
		if r.Opinions != 1 || r.Submission == "" {
			t.Errorf("%+v", r)
		}
		in.Email, in.Opinions = "x", []consulting.Said{{Article: 9, Stance: "x"}}
		_, err = w.s.Give(t.Context(), domain.Public(), in)
		if got := fieldsOf(err); !slices.Equal(got, []string{"email", "opinions.0.article", "opinions.0.stance", "opinions.0.text"}) {
			t.Errorf("told: %v", got)
		}
		w.close(c)
		all, err := w.s.Opinions(t.Context(), w.staff, consulting.OpinionsInput{Consultation: c.ID, Article: 1})
		must(t, err)
		_, err = w.s.Dispose(t.Context(), w.staff, consulting.DisposeInput{Opinion: all.Items[0].ID, Outcome: alliance.Declined, Reason: "법에 어긋남", Version: 1})
		must(t, err)
		_, err = w.s.Finish(t.Context(), w.staff, consulting.ActInput{Consultation: c.ID, Version: w.version(c.ID)})
		must(t, err)
		if got := w.send(c.ID); !slices.Equal(got, []string{"citizen@example.kr ans"}) {
			t.Errorf("told: %v", got)
		}
		d, err := w.s.Digest(t.Context(), domain.Public(), consulting.DigestInput{Consultation: c.ID})
		must(t, err)
		if len(d.Opinions) != 1 || d.Opinions[0].Giver != "" {
			t.Errorf("the public learns who: %+v", d.Opinions)
		}
		members := w.plan()
		members.Audience = alliance.AskMembers
		closed := w.open(members)
		_, err = w.s.Give(t.Context(), domain.Public(), consulting.GiveInput{Consultation: closed.ID, Name: "시민", Email: "a@b.kr", Opinions: []consulting.Said{says}})
		expect(t, "on what asks members", err, "not_found.consultation")
	})
}

func TestNobodyButItsStaffKnowsOfADraft(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p := w.plan()
		p.Audience = alliance.AskPublic
		c, err := w.s.Draft(t.Context(), w.staff, consulting.DraftInput{Alliance: "a", Plan: p})
		must(t, err)
		for name, by := range map[string]domain.Actor{"partner": w.robot, "public": domain.Public(), "member": w.h.Person(2)} {
			_, err := w.s.Show(t.Context(), by, consulting.ShowInput{Consultation: c.ID})
			expect(t, name, err, "not_found.consultation")
			_, err = w.s.Open(t.Context(), by, consulting.ActInput{Consultation: c.ID, Version: 1})
			expect(t, name, err, "not_found.consultation")
		}
		p.ClosesAt = w.h.Clock.Now().AddDate(0, 0, 3)
		c, err = w.s.Revise(t.Context(), w.staff, consulting.ReviseInput{Consultation: c.ID, Plan: p, Version: c.Version})
		must(t, err)
		_, err = w.s.Open(t.Context(), w.staff, consulting.ActInput{Consultation: c.ID, Version: c.Version})
		expect(t, "too short", err, "consultation.too_short")
		_, err = w.s.Draft(t.Context(), w.staff, consulting.DraftInput{Alliance: "a", Plan: consulting.Plan{Divisions: []domain.ID{"none"}}})
		if got := fieldsOf(err); len(got) < 6 || !slices.Contains(got, "divisions") {
			t.Errorf("told: %v", got)
		}
	})
}

func TestTwoColleaguesAtOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		c := w.open(w.plan())
		var all sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			all.Go(func() {
				_, errs[i] = w.s.Submit(t.Context(), w.robot, consulting.SaveInput{Consultation: c.ID, Organisation: "robot", Opinions: []consulting.Said{says}})
			})
		}
		all.Wait()
		good := 0
		for _, err := range errs {
			switch {
			case err == nil:
				good++
			case domain.CodeOf(err) != domain.CodeConflict && domain.CodeOf(err) != domain.CodeStale:
				t.Error(err)
			}
		}
		list, err := w.s.Opinions(t.Context(), w.staff, consulting.OpinionsInput{Consultation: c.ID, Article: -1})
		must(t, err)
		if good != 1 || len(list.Items) != 1 {
			t.Errorf("%d submitted, %d opinions", good, len(list.Items))
		}
	})
}

func TestAHearingNeedsItsRecord(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p := w.plan()
		held := w.h.Clock.Now().AddDate(0, 0, 14)
		p.Kind, p.Audience, p.HearingAt, p.Place, p.ClosesAt = alliance.Hearing, alliance.AskPublic, &held, "대회의실", held.Add(hour)
		p.SpeakersNote = "학계와 업계에서 두 명씩 발표합니다."
		c := w.open(p)
		in := consulting.RecordInput{Consultation: c.ID, Presider: "한국대학교 교수 김주재", Attended: 40, Record: "발표와 질의", Version: c.Version}
		_, err := w.s.Record(t.Context(), w.staff, in)
		expect(t, "before it was held", err, "consultation.no_hearing")
		w.close(c)
		_, err = w.s.Finish(t.Context(), w.staff, consulting.ActInput{Consultation: c.ID, Version: w.version(c.ID)})
		expect(t, "without its record", err, "consultation.no_record")
		in.Version = w.version(c.ID)
		_, err = w.s.Record(t.Context(), w.staff, in)
		must(t, err)
		_, err = w.s.Finish(t.Context(), w.staff, consulting.ActInput{Consultation: c.ID, Version: w.version(c.ID)})
		must(t, err)
	})
}

func TestALaterCloseIsTold(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		c := w.open(w.plan())
		w.send(c.ID)
		moved, err := w.s.Move(t.Context(), w.staff, consulting.MoveInput{Consultation: c.ID, ClosesAt: c.ClosesAt.AddDate(0, 0, 7), Reason: "연장", Version: c.Version})
		must(t, err)
		if got := w.send(c.ID); !slices.Equal(got, []string{"robot-chief@example.kr mov"}) {
			t.Errorf("told: %v", got)
		}
		gone, err := w.s.Withdraw(t.Context(), w.staff, consulting.WithdrawInput{Consultation: c.ID, Reason: "계획 변경", Version: moved.Version})
		must(t, err)
		at, err := w.s.Stand(t.Context(), w.staff, consulting.CaseInput{Consultation: gone.ID})
		must(t, err)
		if at.Stage != consulting.StageTelling || at.Letters != 1 {
			t.Errorf("stands %+v", at)
		}
	})
}
