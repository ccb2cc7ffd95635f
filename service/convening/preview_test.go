package convening_test

import (
	"slices"
	"strings"
	"testing"

	"secretariat/domain"
	"secretariat/domain/meeting"
	"secretariat/service/convening"
)

// TestThePreviewIsTheNoticeAsItIsMailed compares them letter by letter, for a member who is recused and one who is not.
func TestThePreviewIsTheNoticeAsItIsMailed(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.convened(plan()) // takes the first numbers
		m := w.planned(plan())
		first := w.item(m.ID, content("3개년 기본계획(안)"))
		hidden := content("위원 추천(안)")
		hidden.Confidential = true
		w.item(m.ID, hidden)
		w.recuse(m.ID, first.ID, "m3", meeting.RecusalInForce)
		shown := map[string]convening.Preview{}
		for _, who := range []domain.ID{"m2", "m3"} {
			out, err := w.s.PreviewNotice(t.Context(), clerk, convening.PreviewInput{Meeting: m.ID, Member: who})
			must(t, err)
			shown[string(who)+"@dx.example"] = out
		}
		before := w.meeting(m.ID)
		_, err := w.s.Convene(t.Context(), chair, convening.ConveneInput{Meeting: m.ID, Version: before.Version})
		must(t, err)
		w.send(m.ID)
		compared := 0
		for _, mail := range w.mail.take() {
			if p, ok := shown[mail.To.Mail]; ok && strings.Contains(mail.Text, string(m.ID)) {
				compared++
				if p.Text != mail.Text || p.Subject != mail.Subject {
					t.Errorf("shown to %s:\n%s\n%s\nmailed:\n%s\n%s", mail.To.Mail, p.Subject, p.Text, mail.Subject, mail.Text)
				}
			}
		}
		if compared != 2 {
			t.Errorf("%d notices were compared", compared)
		}
		if before.Number != 0 || strings.Contains(shown["m3@dx.example"].Text, "3개년 기본계획(안)") {
			t.Errorf("number %d; to the recused:\n%s", before.Number, shown["m3@dx.example"].Text)
		}
	})
}

func TestThePreviewShowsNobodyMoreThanTheyMaySee(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m := w.planned(plan())
		first := w.item(m.ID, content("3개년 기본계획(안)"))
		w.recuse(m.ID, first.ID, "m1", meeting.RecusalInForce)
		out, err := w.s.PreviewNotice(t.Context(), chair, convening.PreviewInput{Meeting: m.ID})
		must(t, err)
		if out.Member != "m1" || len(out.Recipients) != 1 || !strings.Contains(out.Text, "제척으로 열람할 수 없음") {
			t.Errorf("the chair sees %+v", out)
		}
		_, err = w.s.PreviewNotice(t.Context(), chair, convening.PreviewInput{Meeting: m.ID, Member: "m2"})
		refused(t, err, domain.CodeNotFound, "not_found.member")
		both := secretary // who sits in the committee too, and is recused
		both.ID, both.Seats = chair.ID, chair.Seats
		out, err = w.s.PreviewNotice(t.Context(), both, convening.PreviewInput{Meeting: m.ID, Member: "m2"})
		must(t, err)
		if strings.Contains(out.Text, "3개년 기본계획(안)") {
			t.Errorf("through the notice of another:\n%s", out.Text)
		}
		out, err = w.s.PreviewNotice(t.Context(), auditor, convening.PreviewInput{Meeting: m.ID})
		must(t, err)
		if len(out.Recipients) != 5 || !slices.Contains(out.Recipients, convening.Recipient{Member: "m5", Name: "위원5"}) {
			t.Errorf("the auditor may look at %+v", out.Recipients)
		}
		done, _ := w.convened(plan())
		_, err = w.s.PreviewNotice(t.Context(), clerk, convening.PreviewInput{Meeting: done.ID})
		refused(t, err, domain.CodeConflict, "meeting.not_planned")
	})
}
