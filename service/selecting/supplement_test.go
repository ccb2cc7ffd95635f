package selecting_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/selection"
	"secretariat/service/selecting"
)

// closedForm is a call with a form, one application to it with its file, and closed.
func (w *world) closedForm() selection.Application {
	w.t.Helper()
	w.publishForm()
	draft, err := w.s.Save(w.t.Context(), firm(1), selecting.SaveInput{Call: w.call.ID, Organisation: "firm-1", Answers: answers()})
	must(w.t, err)
	_, err = w.attach(firm(1), draft.Application.ID, "계획.pdf", "%PDF-1")
	must(w.t, err)
	sent, err := w.s.Submit(w.t.Context(), firm(1), selecting.SaveInput{Call: w.call.ID, Organisation: "firm-1", Version: draft.Application.Version})
	must(w.t, err)
	w.h.Clock.Set(w.call.ClosesAt)
	must(w.t, w.s.Close(w.t.Context(), worker, selecting.CaseInput{Call: w.call.ID}))
	return sent.Application
}

func (w *world) asks(x domain.ID, until calendar.Date, fields ...string) (selection.Supplement, error) {
	return w.s.Ask(w.t.Context(), w.staff, selecting.AskInput{Application: x, Fields: fields, Reason: "협력 기관 확인", Until: until})
}

func TestASupplementIsAskedForAndAnswered(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		x := w.closedForm()
		today := calendar.DateOf(w.h.Clock.Now())
		_, err := w.asks(x.ID, today.AddDays(4), "who")
		expect(t, "too soon", err, "supplement.too_soon")
		_, err = w.s.Ask(t.Context(), firm(1), selecting.AskInput{Application: x.ID, Fields: []string{"who"}, Reason: "x"})
		expect(t, "an applicant asks", err, "forbidden")
		of, err := w.asks(x.ID, "", "who")
		must(t, err)
		if want := today.AddDays(5); calendar.DateOf(of.Due) != want {
			t.Errorf("due %v, want %v", of.Due, want)
		}
		_, err = w.asks(x.ID, "", "who")
		expect(t, "twice", err, "supplement.open")
		_, err = w.s.Review(t.Context(), w.staff, selecting.ReviewInput{Application: x.ID, Eligible: true, Version: x.Version})
		expect(t, "reviewed while it waits", err, "supplement.open")
		in := selecting.SupplyInput{Supplement: of.ID, Version: of.Version, Answers: []selection.Answer{{Field: "asked", Value: "99"}}}
		_, err = w.s.Supply(t.Context(), firm(1), in)
		if got := fields(err); !slices.Contains(got, "answers.asked supplement.not_asked") {
			t.Errorf("another field was changed: %v %v", got, err)
		}
		_, err = w.attach(firm(1), x.ID, "다른 계획.pdf", "%PDF-2")
		expect(t, "a file that was not asked for", err, "application.submitted")
		_, err = w.s.Supply(t.Context(), firm(2), in)
		expect(t, "another firm answers", err, "not_found.supplement")
		in.Answers = []selection.Answer{{Field: "who", Rows: [][]string{{"124-81-00998"}}}}
		saved, err := w.s.SaveSupplement(t.Context(), firm(1), in)
		must(t, err)
		seen, err := w.s.ShowApplication(t.Context(), w.staff, selecting.ShowApplicationInput{Application: x.ID})
		must(t, err)
		if len(seen.Supplements) != 1 || len(seen.Supplements[0].Answers) != 0 {
			t.Errorf("the staff reads what is not sent: %+v", seen.Supplements)
		}
		_, err = w.s.Supply(t.Context(), firm(1), selecting.SupplyInput{Supplement: of.ID, Version: saved.Version})
		must(t, err)
		seen, err = w.s.ShowApplication(t.Context(), w.staff, selecting.ShowApplicationInput{Application: x.ID})
		must(t, err)
		last := seen.Filings[len(seen.Filings)-1]
		if len(seen.Filings) != 2 || last.Supplement != of.ID || !last.Whole() || seen.Application.Hash != last.Hash ||
			selection.AnswerTo(seen.Application.Answers, "who").Rows[0][0] != "1248100998" || seen.Application.Amount != 70 || len(seen.Files) != 1 {
			t.Errorf("after the answer: %+v", seen)
		}
		_, err = w.s.Supply(t.Context(), firm(1), in)
		expect(t, "answered twice", err, "supplement.over")
		_, err = w.s.Review(t.Context(), w.staff, selecting.ReviewInput{Application: x.ID, Eligible: true, Version: seen.Application.Version})
		must(t, err)
	})
}

func TestASupplementThatIsNotAnsweredLetsTheReviewGoOn(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		x := w.closedForm()
		of, err := w.asks(x.ID, "", "paper")
		must(t, err)
		if got := w.send(); !slices.Equal(got, []string{"chief-1@example.kr supple"}) || !strings.Contains(w.post.letters[0].Text, "협력 기관 확인") {
			t.Fatalf("sent %v %+v", got, w.post.letters)
		}
		if got := w.send(); len(got) != 0 {
			t.Errorf("sent again %v", got)
		}
		stand := func() selecting.Standing {
			at, err := w.s.Stand(t.Context(), worker, selecting.CaseInput{Call: w.call.ID})
			must(t, err)
			return at
		}
		if at := stand(); at.Asked != 1 || len(at.Deadlines) != 2 || at.Deadlines[0].Name != selecting.DeadlineSupplementRemind || at.Letters != 0 {
			t.Errorf("stands %+v", at)
		}
		w.h.Clock.Set(of.RemindAt)
		if at := stand(); at.Letters != 1 || len(at.Deadlines) != 1 {
			t.Errorf("stands %+v", at)
		}
		if got := w.send(); len(got) != 1 || !strings.Contains(w.post.letters[0].Subject, "보완 기한 안내") {
			t.Errorf("reminded %v", got)
		}
		w.h.Clock.Set(of.Due.Add(-time.Millisecond))
		files, err := w.s.ShowApplication(t.Context(), firm(1), selecting.ShowApplicationInput{Application: x.ID})
		must(t, err)
		_, err = w.s.Detach(t.Context(), firm(1), selecting.DetachInput{Attachment: files.Files[0].ID})
		must(t, err)
		staff, err := w.s.ShowApplication(t.Context(), w.staff, selecting.ShowApplicationInput{Application: x.ID})
		must(t, err)
		mine, err := w.s.ShowApplication(t.Context(), firm(1), selecting.ShowApplicationInput{Application: x.ID})
		must(t, err)
		if len(staff.Files) != 1 || len(mine.Files) != 1 || len(mine.Open) != 0 {
			t.Errorf("what was submitted lost its file before the answer: %+v, %+v", staff.Files, mine.Open)
		}
		_, err = w.s.Supply(t.Context(), firm(1), selecting.SupplyInput{Supplement: of.ID, Version: of.Version})
		if got := fields(err); !slices.Equal(got, []string{"answers.paper field.required"}) {
			t.Errorf("answered without its file: %v", err)
		}
		w.h.Clock.Set(of.Due)
		_, err = w.s.Supply(t.Context(), firm(1), selecting.SupplyInput{Supplement: of.ID, Version: of.Version})
		expect(t, "late", err, "supplement.over")
		if at := stand(); at.Asked != 0 || len(at.Deadlines) != 0 {
			t.Errorf("stands %+v", at)
		}
		_, err = w.s.Review(t.Context(), w.staff, selecting.ReviewInput{Application: x.ID, Eligible: false, Reason: "보완하지 않음", Version: x.Version})
		must(t, err)
	})
}
