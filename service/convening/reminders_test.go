package convening_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/service"
	"secretariat/service/convening"
	"secretariat/store"
)

func (w *world) remind(by domain.Actor, of domain.ID, about meeting.About) (convening.Reminded, error) {
	return w.s.Remind(w.t.Context(), by, convening.RemindInput{Meeting: of, About: about})
}

func (w *world) owing(of domain.ID) map[meeting.About]convening.Owed {
	w.t.Helper()
	all, err := w.s.Owing(w.t.Context(), clerk, convening.OwingInput{Meeting: of})
	must(w.t, err)
	out := map[meeting.About]convening.Owed{}
	for _, o := range all.Items {
		out[o.About] = o
	}
	return out
}

// invitedMeeting is a convened meeting whose notice everybody was sent.
func (w *world) invitedMeeting() (meeting.Meeting, []meeting.Item) {
	w.t.Helper()
	m, items := w.convened(plan())
	w.send(m.ID)
	w.mail.take()
	w.clock.Advance(time.Hour)
	return m, items
}

func TestWhoHasNotAnsweredTheNoticeIsRemindedOnDemand(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m, _ := w.invitedMeeting()
		_, err := w.s.Answer(t.Context(), member("m2"), convening.AnswerInput{Meeting: m.ID, Answer: meeting.AnswerAttend})
		must(t, err)
		before := w.audited("reminder.send")
		ctx := service.WithOnce(t.Context(), "k", "d")
		for range 2 { // sent twice under one key it is one reminder
			out, err := w.s.Remind(ctx, clerk, convening.RemindInput{Meeting: m.ID, About: meeting.AboutAnswer})
			must(t, err)
			if out.Members != 4 {
				t.Errorf("%d are reminded", out.Members)
			}
		}
		if got := w.audited("reminder.send") - before; got != 1 {
			t.Errorf("%d entries of audit", got)
		}
		_, err = w.s.Answer(t.Context(), member("m3"), convening.AnswerInput{Meeting: m.ID, Answer: meeting.AnswerAbsent})
		must(t, err)
		if at := w.stand(m.ID); at.Letters != 3 || at.Stage != convening.StageAnswering {
			t.Errorf("the case stands %+v", at)
		}
		w.send(m.ID)
		mails := w.mail.take()
		if got, want := to(mails), []string{"m1@dx.example", "m4@dx.example", "m5@dx.example"}; !slices.Equal(got, want) {
			t.Errorf("mails went to %v", got)
		}
		if !strings.Contains(mails[0].Text, "참석 여부를 아직 알려 주지 않으셨습니다") || !strings.Contains(mails[0].Text, "회의까지 23일 남았습니다.") {
			t.Errorf("text %s", mails[0].Text)
		}
		_, err = w.remind(secretary, m.ID, meeting.AboutAnswer)
		refused(t, err, domain.CodeConflict, "reminder.too_soon")
		o := w.owing(m.ID)[meeting.AboutAnswer]
		if len(o.Members) != 3 || o.Members[0].Name != "위원1" || o.Last == nil || o.Last.Members != 4 || o.From != "2026-11-23" {
			t.Errorf("owed %+v", o)
		}
		w.clock.Advance(24 * time.Hour)
		if o := w.owing(m.ID)[meeting.AboutAnswer]; o.From != "" {
			t.Errorf("they may not be reminded on the next day: %+v", o)
		}
		out, err := w.remind(secretary, m.ID, meeting.AboutAnswer)
		must(t, err)
		if w.send(m.ID); out.Members != 3 || len(w.mail.take()) != 3 {
			t.Errorf("%d are reminded on the next day", out.Members)
		}
	})
}

// audited counts the entries of an operation.
func (w *world) audited(op string) int {
	w.t.Helper()
	n := 0
	w.do(func(ctx context.Context, tx *store.Tx) error {
		all, err := tx.FindAudit(ctx, domain.AuditFilter{Action: op, Limit: 100})
		n = len(all)
		return err
	})
	return n
}

func TestWhoHasNotDeclaredIsRemindedOnDemand(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m, items := w.invitedMeeting()
		w.recuse(m.ID, items[0].ID, "m3", meeting.RecusalInForce)
		w.do(func(ctx context.Context, tx *store.Tx) error {
			for _, d := range []meeting.Interest{
				{Item: items[0].ID, Member: "m2", None: true, At: w.clock.Now()}, {Item: items[1].ID, Member: "m2", None: true, At: w.clock.Now()},
				{Item: items[1].ID, Member: "m3", None: true, At: w.clock.Now()}, {Item: items[1].ID, Member: "m4", None: true, At: w.clock.Now()},
			} {
				if err := tx.SetInterest(ctx, d); err != nil {
					return err
				}
			}
			return nil
		})
		_, err := w.remind(clerk, m.ID, meeting.AboutInterest)
		must(t, err)
		w.send(m.ID)
		mails := w.mail.take()
		if got, want := to(mails), []string{"m1@dx.example", "m4@dx.example", "m5@dx.example"}; !slices.Equal(got, want) {
			t.Errorf("mails went to %v", got)
		}
		if !strings.Contains(mails[0].Text, "위원회조례 제9조") || !strings.Contains(mails[0].Text, "/meetings/"+string(m.ID)+"#agenda") {
			t.Errorf("text %s", mails[0].Text)
		}
		w.clock.Set(m.StartsAt)
		_, err = w.remind(clerk, m.ID, meeting.AboutInterest)
		refused(t, err, domain.CodeConflict, "reminder.closed")
	})
}

func TestWhoHasNotSignedIsRemindedOnDemand(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m, _ := w.invitedMeeting()
		w.do(func(ctx context.Context, tx *store.Tx) error {
			now, err := tx.Meeting(ctx, m.ID)
			if err != nil {
				return err
			}
			now.State, now.AdjournedAt = meeting.Adjourned, &m.ExpectedEnd
			return tx.ChangeMeeting(ctx, &now)
		})
		w.after.minutes = &minutes.Minutes{ID: "min", State: minutes.Circulated, SignBy: "2026-12-22", PublishBy: "2026-12-25"}
		w.after.unsigned = []domain.ID{"m2", "m4"}
		w.clock.Set(at("2026-12-23", 12))
		_, err := w.remind(clerk, m.ID, meeting.AboutSignature)
		must(t, err)
		w.send(m.ID)
		mails := w.mail.take()
		if got := to(mails); !slices.Equal(got, []string{"m2@dx.example", "m4@dx.example"}) || !strings.Contains(mails[0].Text, "지났으니 지체 없이 회의록을 읽고 서명") {
			t.Errorf("%v: %+v", got, mails)
		}
		w.clock.Advance(24 * time.Hour)
		w.after.unsigned = nil
		_, err = w.remind(clerk, m.ID, meeting.AboutSignature)
		refused(t, err, domain.CodeConflict, "reminder.nobody")
	})
}

func TestOfTwoWhoRemindAtOnceOneDoes(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m, _ := w.invitedMeeting()
		var wg sync.WaitGroup
		results := make([]error, 4)
		for n := range results {
			wg.Go(func() { _, results[n] = w.remind(clerk, m.ID, meeting.AboutAnswer) })
		}
		wg.Wait()
		done := 0
		for _, err := range results {
			if err == nil {
				done++
				continue
			}
			refused(t, err, domain.CodeConflict, "reminder.too_soon")
		}
		if w.send(m.ID); done != 1 || len(w.mail.take()) != 5 {
			t.Errorf("%d reminders were taken", done)
		}
	})
}

func TestRemindersAreForTheStaff(t *testing.T) {
	w := newWorld(t, "sqlite:"+t.TempDir()+"/db")
	m, _ := w.invitedMeeting()
	for _, by := range []domain.Actor{chair, member("m2"), auditor} {
		_, err := w.remind(by, m.ID, meeting.AboutAnswer)
		refused(t, err, domain.CodeForbidden, "forbidden")
	}
	_, err := w.s.Owing(t.Context(), member("m2"), convening.OwingInput{Meeting: m.ID})
	refused(t, err, domain.CodeForbidden, "forbidden")
	_, err = w.s.Owing(t.Context(), auditor, convening.OwingInput{Meeting: m.ID})
	must(t, err)
	_, err = w.remind(clerk, m.ID, "money")
	refused(t, err, domain.CodeInvalid, "invalid")
}
