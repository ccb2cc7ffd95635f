package convening_test

import (
	"strings"
	"testing"

	"secretariat/domain"
	"secretariat/domain/meeting"
	"secretariat/service/convening"
)

func TestANewRevisionSupersedesTheOldOne(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m := w.planned(plan())
		i := w.item(m.ID, content("안건"))
		first, err := w.paper(i.ID, 0, "처음", "")
		must(t, err)
		second, err := w.paper(i.ID, first.Number, "고침", "")
		must(t, err)
		if second.Number != 1 || second.Revision != 2 {
			t.Errorf("second %+v", second)
		}
		_, err = w.paper(i.ID, 7, "없는 번호", "")
		refused(t, err, domain.CodeNotFound, "not_found.paper")
		_, err = w.s.Convene(t.Context(), chair, convening.ConveneInput{Meeting: m.ID, Version: w.version(m.ID)})
		must(t, err)
		read := func(by domain.Actor, id domain.ID) (convening.PaperContent, error) {
			return w.s.ReadPaper(t.Context(), by, convening.ReadPaperInput{Paper: id})
		}
		_, err = read(member("m2"), first.ID)
		refused(t, err, domain.CodeNotFound, "not_found.paper")
		for _, by := range []domain.Actor{clerk, auditor} {
			old, err := read(by, first.ID)
			must(t, err)
			if !old.Paper.Superseded || readAll(t, old.Content) != beginning+"처음" {
				t.Errorf("the old revision is %+v", old.Paper)
			}
		}
		now, err := read(member("m2"), second.ID)
		must(t, err)
		if got := readAll(t, now.Content); got != beginning+"고침" {
			t.Errorf("read %q", got)
		}
		v, err := w.s.ShowItem(t.Context(), member("m2"), convening.ShowItemInput{Item: i.ID})
		must(t, err)
		if len(v.Papers) != 1 || v.Papers[0].ID != second.ID || v.Papers[0].AddedBy != "" {
			t.Errorf("a member sees %+v", v.Papers)
		}
		v, err = w.s.ShowItem(t.Context(), auditor, convening.ShowItemInput{Item: i.ID})
		must(t, err)
		if len(v.Papers) != 2 {
			t.Errorf("an auditor sees %+v", v.Papers)
		}
	})
}

func TestPapersAreFixedBeforeTheMeeting(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m, items := w.convened(plan())
		freeze := func() error {
			_, err := w.s.FreezePapers(t.Context(), flow, convening.FreezePapersInput{Meeting: m.ID})
			return err
		}
		w.clock.Set(at("2026-12-11", 23))
		refused(t, freeze(), domain.CodeConflict, "papers.too_early")
		_, err := w.paper(items[1].ID, 0, "제때", "")
		must(t, err)
		if w.meeting(m.ID).NoticeSequence != 0 {
			t.Error("members are told of a paper in time")
		}
		w.clock.Set(at("2026-12-12", 0))
		_, err = w.paper(items[1].ID, 1, "늦음", "")
		refused(t, err, domain.CodeRefused, "papers.frozen")
		must(t, freeze())
		before := w.meeting(m.ID)
		w.clock.Set(at("2026-12-12", 1))
		must(t, freeze())
		if after := w.meeting(m.ID); after.Version != before.Version || after.PapersFrozenAt == nil {
			t.Error("freezing again changed the meeting")
		}
		late, err := w.paper(items[1].ID, 1, "늦음", "숫자 오류 정정")
		must(t, err)
		if w.meeting(m.ID).NoticeSequence != 1 || late.Revision != 2 {
			t.Errorf("late paper %+v, sequence %d", late, w.meeting(m.ID).NoticeSequence)
		}
	})
}

func TestPapersThatAreNotTaken(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m := w.planned(plan())
		i := w.item(m.ID, content("안건"))
		_, err := w.paper(i.ID, 0, strings.Repeat("x", 1001), "")
		refused(t, err, domain.CodeTooLarge, "file.too_large")
		in := convening.AddPaperInput{
			Item: i.ID, Title: "자료", FileName: "../../etc/passwd", Content: strings.NewReader("x"),
		}
		_, err = w.s.AddPaper(t.Context(), clerk, in)
		refused(t, err, domain.CodeInvalid, "invalid")
		for name, content := range map[string]string{
			"a.exe": "MZ", "a": beginning, "a.exe.pdf": beginning, "a.pdf": "MZ", "b.pdf": "", "a.hwp": beginning, ".pdf": beginning,
		} {
			in.FileName, in.Content = name, strings.NewReader(content)
			_, err = w.s.AddPaper(t.Context(), clerk, in)
			refused(t, err, domain.CodeInvalid, "invalid")
		}
		if v, err := w.s.ShowItem(t.Context(), clerk, convening.ShowItemInput{Item: i.ID}); err != nil || len(v.Papers) > 0 {
			t.Errorf("kept %+v, %v", v.Papers, err)
		}
		upload := strings.NewReader(beginning)
		in.FileName, in.Content = "a.pdf", upload
		_, err = w.s.AddPaper(t.Context(), member("m2"), in)
		refused(t, err, domain.CodeForbidden, "forbidden")
		if upload.Len() != len(beginning) {
			t.Error("bytes of somebody who may not bring papers were read")
		}
		_, err = w.s.Cancel(t.Context(), chair, convening.CancelInput{Meeting: m.ID, Version: w.version(m.ID), Reason: "연기"})
		must(t, err)
		_, err = w.s.AddPaper(t.Context(), clerk, in)
		refused(t, err, domain.CodeConflict, "meeting.over")
		if w.meeting(m.ID).State != meeting.Cancelled {
			t.Error("not cancelled")
		}
	})
}
