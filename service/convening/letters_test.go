package convening_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"secretariat/domain"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/service"
	"secretariat/service/convening"
	"secretariat/store"
)

func to(mails []convening.Mail) []string {
	var out []string
	for _, m := range mails {
		out = append(out, m.To.Mail)
	}
	slices.Sort(out)
	return out
}

func TestTheInvitationSaysWhatTheLawAsksFor(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m, items := w.convened(plan())
		w.recuse(m.ID, items[0].ID, "m3", meeting.RecusalInForce)
		if out := w.send(m.ID); out.Sent != 5 || out.Failed+out.GivenUp != 0 {
			t.Fatalf("sent %+v", out)
		}
		mails := w.mail.take()
		for _, mail := range mails {
			for _, want := range []string{
				"제1차 회의를 다음과 같이 소집합니다(위원회조례 10①", "2026. 12. 15.(화) 14:00 ~ 16:00", "3층 대회의실", "대면회의",
				"나. [의결] 의안 제2026-2호 운영세칙 개정(안)", "https://dx.example/meetings/" + string(m.ID), "끝.",
				"디지털전환위원회 위원장",
			} {
				if !strings.Contains(mail.Text, want) {
					t.Errorf("%q is missing in\n%s", want, mail.Text)
				}
			}
			title := strings.Contains(mail.Text+mail.Event.Description, "3개년 기본계획(안)")
			if recused := mail.To.Mail == "m3@dx.example"; title == recused {
				t.Errorf("the title of the item and %s:\n%s", mail.To.Mail, mail.Text)
			}
			e := mail.Event
			if e.UID != "meeting/"+string(m.ID) || e.Sequence != 0 || e.Cancelled || !e.Start.Equal(m.StartsAt) {
				t.Errorf("event %+v", e)
			}
			if strings.ContainsAny(mail.Subject, "\n\t") || !strings.HasPrefix(mail.Subject, "[디지털전환위원회] 제1차 회의 소집 통지") {
				t.Errorf("subject %q", mail.Subject)
			}
		}
		if out := w.send(m.ID); out.Sent != 0 || len(w.mail.take()) != 0 {
			t.Errorf("sent again: %+v", out)
		}
	})
}

func TestLettersThroughoutTheCase(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m, _ := w.convened(plan())
		w.send(m.ID)
		w.mail.take()
		_, err := w.s.Answer(t.Context(), member("m2"), convening.AnswerInput{Meeting: m.ID, Answer: meeting.AnswerAttend})
		must(t, err)
		w.clock.Set(at("2026-12-08", 9))
		w.send(m.ID)
		want := []string{"m1@dx.example", "m3@dx.example", "m4@dx.example", "m5@dx.example"}
		reminders := w.mail.take()
		if got := to(reminders); !slices.Equal(got, want) {
			t.Errorf("reminded %v", got)
		}
		if !strings.Contains(reminders[0].Text, "회의까지 7일 남았습니다") || reminders[0].Event != nil {
			t.Errorf("reminder %s", reminders[0].Text)
		}
		_, err = w.s.Cancel(t.Context(), secretary,
			convening.CancelInput{Meeting: m.ID, Version: w.version(m.ID), Reason: "안건 철회"})
		must(t, err)
		w.send(m.ID)
		cancelled := w.mail.take()
		if len(cancelled) != 5 || !cancelled[0].Event.Cancelled || cancelled[0].Event.Sequence != 1 {
			t.Errorf("cancelled %+v", cancelled)
		}
		if !strings.Contains(cancelled[0].Text, "취소 사유: 안건 철회") {
			t.Errorf("text %s", cancelled[0].Text)
		}
		if w.stand(m.ID).Letters != 0 {
			t.Error("letters are left over")
		}
	})
}

func TestALetterThatFailsIsSentAgainAndTheOthersAreNot(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m, _ := w.convened(plan())
		w.mail.fail = func(mail convening.Mail) error {
			switch mail.To.Mail {
			case "m2@dx.example":
				return &domain.Error{Code: domain.CodeUnavailable, Key: "mail.unavailable"}
			case "m3@dx.example":
				return &domain.Error{Code: domain.CodeConflict, Key: "mail.rejected"}
			}
			return nil
		}
		ctx := service.WithOnce(t.Context(), "meeting/"+string(m.ID)+"/notice", "")
		out, err := w.s.SendDue(ctx, flow, convening.DueInput{Meeting: m.ID})
		if domain.CodeOf(err) != domain.CodeUnavailable || out.Sent != 3 || out.Failed != 1 || out.GivenUp != 1 {
			t.Fatalf("sent %+v, %v", out, err)
		}
		if w.stand(m.ID).Stage != convening.StageNotice {
			t.Error("not everybody has the notice")
		}
		w.mail.take()
		w.mail.fail = nil
		out, err = w.s.SendDue(ctx, flow, convening.DueInput{Meeting: m.ID})
		must(t, err)
		if got := to(w.mail.take()); out.Sent != 1 || !slices.Equal(got, []string{"m2@dx.example"}) {
			t.Errorf("sent %+v to %v", out, got)
		}
		if w.stand(m.ID).Stage != convening.StageAnswering {
			t.Error("everybody has the notice or was given up")
		}
		v, err := w.s.Show(t.Context(), clerk, convening.ShowInput{Meeting: m.ID})
		must(t, err)
		for _, a := range v.Answers {
			if a.Unreached != (a.Member == "m3") {
				t.Errorf("answer %+v", a)
			}
		}
	})
}

func TestALetterIsSentAgainWithTheSameIDWhenItCouldNotBeMarked(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m, _ := w.convened(plan())
		ctx, cancel := context.WithCancel(t.Context())
		w.mail.fail = func(convening.Mail) error {
			cancel() // the process ends after the mail server took the letter and before that was written down
			return nil
		}
		if _, err := w.s.SendDue(ctx, flow, convening.DueInput{Meeting: m.ID}); !errors.Is(err, context.Canceled) {
			t.Fatalf("err = %v", err)
		}
		first := w.mail.take()
		w.mail.fail = nil
		w.send(m.ID)
		again := w.mail.take()
		if len(again) != 5 || again[0].ID != first[0].ID {
			t.Errorf("first %v, again %v", to(first), to(again))
		}
	})
}

func TestLettersHoldNoSecretsInTheTrail(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m, _ := w.convened(plan())
		w.send(m.ID)
		w.do(func(ctx context.Context, tx *store.Tx) error {
			trail, err := tx.AuditTrail(ctx, m.ID, "", 100)
			for _, e := range trail {
				for _, fact := range e.Facts {
					if strings.Contains(fact, "@") || strings.Contains(fact, "위원") {
						t.Errorf("fact %q", fact)
					}
				}
			}
			return err
		})
		for _, mail := range w.mail.take() {
			if strings.Contains(mail.ID, "@") || strings.Contains(mail.ID, mail.To.Name) {
				t.Errorf("id %s", mail.ID)
			}
		}
		_, err := w.s.SendDue(t.Context(), clerk, convening.DueInput{Meeting: m.ID})
		refused(t, err, domain.CodeForbidden, "forbidden")
	})
}

func TestWhereACaseStands(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m := w.planned(plan())
		expect := func(stage convening.Stage, deadlines ...convening.DeadlineName) {
			t.Helper()
			s := w.stand(m.ID)
			var got []convening.DeadlineName
			for _, d := range s.Deadlines {
				got = append(got, d.Name)
			}
			if s.Stage != stage || !slices.Equal(got, deadlines) {
				t.Errorf("stands at %s with %v, want %s with %v", s.Stage, got, stage, deadlines)
			}
		}
		expect(convening.StageConvening, convening.DeadlineNotice, convening.DeadlineStart)
		w.item(m.ID, content("안건"))
		_, err := w.s.Convene(t.Context(), chair, convening.ConveneInput{Meeting: m.ID, Version: w.version(m.ID)})
		must(t, err)
		expect(convening.StageNotice, convening.DeadlineReminder, convening.DeadlinePapersFreeze, convening.DeadlineStart)
		w.send(m.ID)
		expect(convening.StageAnswering, convening.DeadlineReminder, convening.DeadlinePapersFreeze, convening.DeadlineStart)
		w.clock.Set(m.StartsAt)
		expect(convening.StageSession)
		ended := m.ExpectedEnd
		w.do(func(ctx context.Context, tx *store.Tx) error {
			now, err := tx.Meeting(ctx, m.ID)
			now.State, now.AdjournedAt = meeting.Adjourned, &ended
			return errors.Join(err, tx.ChangeMeeting(ctx, &now))
		})
		expect(convening.StageMinutes, convening.DeadlineSign, convening.DeadlinePublish)
		w.after.minutes = &minutes.Minutes{
			ID: "min", State: minutes.Circulated, SignBy: "2026-12-22", PublishBy: "2026-12-25",
		}
		w.after.unsigned = []domain.ID{"m2"}
		expect(convening.StageSigning, convening.DeadlineReminder, convening.DeadlineSign, convening.DeadlinePublish)
		w.clock.Set(at("2026-12-21", 12))
		w.mail.take()
		w.send(m.ID)
		if got := w.mail.take(); len(got) != 1 || !strings.Contains(got[0].Text, "2026. 12. 22.(화) 23:59까지") {
			t.Errorf("signature reminder %+v", got)
		}
		w.after.minutes.Confirmed = "m1"
		expect(convening.StagePublishing, convening.DeadlineSign, convening.DeadlinePublish)
		w.after.minutes.State = minutes.Published
		w.after.actions = []minutes.Action{{ID: "act", Due: "2027-03-31"}}
		expect(convening.StageFollowUp, convening.DeadlineAction)
		w.after.actions = nil
		expect(convening.StageDone)
	})
}

func TestWhereAWrittenCaseStands(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m, _ := w.convened(written())
		w.send(m.ID)
		for _, mail := range w.mail.take() {
			if !strings.Contains(mail.Text, "심의기간: 2026. 11. 30.(월) 09:00 ~ 2026. 12. 4.(금) 18:00") {
				t.Errorf("text %s", mail.Text)
			}
		}
		w.clock.Set(m.StartsAt)
		s := w.stand(m.ID)
		if s.Stage != convening.StageWrittenWindow || s.Deadlines[0].Name != convening.DeadlineWrittenClose ||
			!s.Deadlines[0].At.Equal(at("2026-12-04", 18)) {
			t.Errorf("stands %+v", s)
		}
	})
}
