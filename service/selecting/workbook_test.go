package selecting_test

import (
	"testing"

	"secretariat/domain"
	"secretariat/domain/selection"
	"secretariat/service/selecting"
)

func TestAWorkbookIsReadAfterTheRankingByWhomItMay(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		in := selecting.RankingInput{}
		read := func(by domain.Actor) error {
			_, err := w.s.Workbook(t.Context(), by, in)
			return err
		}
		w.publish(w.plan())
		in.Call = w.call.ID
		w.apply(3)
		w.review()
		w.draw()
		expect(t, "before the ranking", read(w.staff), "not_found.ranking")
		for _, n := range w.panel() {
			w.score(n, 80, 60, 75)
		}
		_, err := w.s.Compute(t.Context(), w.staff, selecting.ActInput{Call: w.call.ID, Version: w.version()})
		must(t, err)
		for _, by := range []domain.Actor{firm(1), judge(2), {}} {
			expect(t, "before the announcement", read(by), "not_found.ranking")
		}
		must(t, read(w.staff))
		if got := w.book.Lines[2]; got.Applicant == "" || got.Row.Outcome != selection.BelowFloor || len(got.Sheets) != 3 {
			t.Errorf("the staff reads %+v", got)
		}
		_, err = w.s.Announce(t.Context(), w.staff, selecting.AnnounceInput{
			Call: w.call.ID, Gates: selection.Gates{Deliberated: "1", Subsidised: "2", Approval: "3"}, Version: w.version(),
		})
		must(t, err)
		must(t, read(domain.Actor{}))
		if w.book.Lines[0].Applicant == "" || w.book.Lines[1].Applicant == "" || w.book.Lines[2].Applicant != "" {
			t.Errorf("the public reads %+v", w.book.Lines)
		}
	})
}
