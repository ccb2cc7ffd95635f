package consulting_test

import (
	"slices"
	"strings"
	"testing"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/service/consulting"
)

func TestPersonalDataIsLookedAtBeforeThePublicReads(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		c := w.open(w.plan())
		_, err := w.submit(w.robot, c.ID, consulting.Said{Article: 1, Stance: alliance.Remarks, Text: "문의는 010-1234-5678, a@b.kr"})
		must(t, err)
		w.close(c)
		all, err := w.s.Opinions(t.Context(), w.staff, consulting.OpinionsInput{Consultation: c.ID, Article: -1, Unmasked: true})
		if err != nil || len(all.Items) != 1 || all.Items[0].Personal != 2 {
			t.Fatalf("to be looked at: %+v %v", all.Items, err)
		}
		o, err := w.s.Dispose(t.Context(), w.staff, consulting.DisposeInput{
			Opinion: all.Items[0].ID, Outcome: alliance.Declined, Reason: "해당 없음", Version: all.Items[0].Version,
		})
		must(t, err)
		finish := consulting.ActInput{Consultation: c.ID, Version: w.version(c.ID)}
		_, err = w.s.Finish(t.Context(), w.staff, finish)
		expect(t, "finished unseen", err, "consultation.opinions_unmasked")
		found := o.Found()
		in := consulting.MaskInput{Opinion: o.ID, Version: o.Version, Pieces: []consulting.Piece{{Mask: found[0], Hide: true}, {Mask: found[1]}}}
		_, err = w.s.Mask(t.Context(), w.robot, in)
		if domain.CodeOf(err) != domain.CodeForbidden {
			t.Errorf("the giver hides: %v", err)
		}
		o, err = w.s.Mask(t.Context(), w.staff, in)
		must(t, err)
		_, err = w.s.Print(t.Context(), w.robot, consulting.PrintInput{Consultation: c.ID})
		expect(t, "printed before it is answered", err, "not_found.digest")
		_, err = w.s.Finish(t.Context(), w.staff, finish)
		must(t, err)
		for text, by := range map[string]domain.Actor{"문의는 ■■■■■■■■■■■■■, a@b.kr": w.robot, "문의는 010-1234-5678, a@b.kr": w.staff} {
			d, err := w.s.Digest(t.Context(), by, consulting.DigestInput{Consultation: c.ID})
			if err != nil || d.Opinions[0].Text != text {
				t.Errorf("%s reads %+v %v", by.ID, d.Opinions, err)
			}
			paper, err := w.s.Print(t.Context(), by, consulting.PrintInput{Consultation: c.ID})
			if err != nil || paper.FileName != "의견처리결과-2026-1.pdf" || !strings.HasPrefix(string(paper.Data), "%PDF-") {
				t.Errorf("%s prints %s %v", by.ID, paper.FileName, err)
			}
		}
		_, err = w.s.Mask(t.Context(), w.staff, consulting.MaskInput{Opinion: o.ID, Version: o.Version})
		expect(t, "hidden after the end", err, "consultation.not_disposing")
	})
}

func TestWhoWasAskedOrAnsweredIsToldOfAWithdrawal(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p := w.plan()
		p.Audience, p.Divisions = alliance.AskPublic, nil
		c := w.open(p)
		w.send(c.ID)
		_, err := w.submit(w.robot, c.ID, says)
		must(t, err)
		_, err = w.submit(w.guest, c.ID, says)
		must(t, err)
		_, err = w.s.Give(t.Context(), domain.Actor{Kind: domain.ActorPublic}, consulting.GiveInput{
			Consultation: c.ID, Name: "시민", Email: "citizen@example.kr", Opinions: []consulting.Said{says},
		})
		must(t, err)
		_, err = w.s.Withdraw(t.Context(), w.staff, consulting.WithdrawInput{Consultation: c.ID, Reason: "다시 만듭니다.", Version: w.version(c.ID)})
		must(t, err)
		if stand, err := w.s.Stand(t.Context(), worker, consulting.CaseInput{Consultation: c.ID}); err != nil || stand.Stage != consulting.StageTelling {
			t.Errorf("stands at %+v %v", stand, err)
		}
		want := []string{"bank-chief@example.kr wit", "citizen@example.kr wit", "guest-chief@example.kr wit", "robot-chief@example.kr wit"}
		if got := w.send(c.ID); !slices.Equal(got, want) || !strings.Contains(w.post.letters[0].Text, "다시 만듭니다.") {
			t.Errorf("told: %v", got)
		}
		if got := w.send(c.ID); got != nil {
			t.Errorf("told twice: %v", got)
		}
		if stand, err := w.s.Stand(t.Context(), worker, consulting.CaseInput{Consultation: c.ID}); err != nil || stand.Stage != consulting.StageOver {
			t.Errorf("stands at %+v %v", stand, err)
		}
	})
}
