package selecting_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/selection"
	"secretariat/service/selecting"
	"secretariat/store"
)

// The draft of a sheet may lack scores; what lacks any cannot be submitted, and a missing score is never taken for zero.
func TestAPartlyFilledSheetIsKeptAndNotSubmitted(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.publish(w.plan())
		w.apply(1)
		w.review()
		w.draw()
		n := w.panel()[0]
		_, err := w.s.Declare(t.Context(), judge(n), selecting.DeclareInput{Call: w.call.ID, Pledge: true})
		must(t, err)
		work, err := w.s.Sheets(t.Context(), judge(n), selecting.SheetsInput{Call: w.call.ID})
		must(t, err)
		in := selecting.ScoreInput{Application: work.Items[0].Application.ID, Scores: []int64{50_000, selection.NoScore}}
		sheet, err := w.s.Score(t.Context(), judge(n), in)
		must(t, err)
		_, err = w.s.SubmitSheets(t.Context(), judge(n), selecting.SubmitSheetsInput{Call: w.call.ID})
		expect(t, "submitted half", err, "sheet.missing")
		mine, err := w.s.Panels(t.Context(), judge(n), selecting.PanelsInput{})
		must(t, err)
		if mine.Items[0].Scored != 0 {
			t.Errorf("half a sheet counts as scored: %+v", mine.Items[0])
		}
		for _, bad := range [][]int64{{50_000}, {60_001, 0}, {-2, 0}} {
			in.Scores, in.Version = bad, sheet.Version
			if _, err := w.s.Score(t.Context(), judge(n), in); domain.CodeOf(err) != domain.CodeInvalid {
				t.Errorf("%v is taken: %v", bad, err)
			}
		}
		in.Scores = []int64{50_000, 0}
		_, err = w.s.Score(t.Context(), judge(n), in)
		must(t, err)
		_, err = w.s.SubmitSheets(t.Context(), judge(n), selecting.SubmitSheetsInput{Call: w.call.ID})
		must(t, err)
	})
}

// A file is attached while others hold the call, so that the last minutes before the close do not queue up behind one another.
func TestAFileIsAttachedWhileOthersHoldTheCall(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		if w.db.Engine() != "postgres" {
			t.Skip("SQLite has one writer")
		}
		w.publishForm()
		saved, err := w.s.Save(t.Context(), firm(1), selecting.SaveInput{Call: w.call.ID, Organisation: "firm-1", Answers: answers()})
		must(t, err)
		must(t, w.db.InTx(t.Context(), func(tx *store.Tx) error {
			if _, err := tx.HoldCall(t.Context(), w.call.ID); err != nil {
				return err
			}
			ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
			defer stop()
			_, err := w.s.Attach(ctx, firm(1), selecting.AttachInput{
				Application: saved.Application.ID, Field: "paper", FileName: "계획.pdf", Content: strings.NewReader("%PDF-1.7"),
			})
			return err
		}))
	})
}
