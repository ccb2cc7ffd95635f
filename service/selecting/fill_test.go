package selecting_test

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"secretariat/domain"
	"secretariat/domain/selection"
	"secretariat/service/selecting"
)

// form asks for more than the standard one: a choice on which a file and a table depend.
func form() selection.Form {
	label := selection.Words{Ko: "칸"}
	when := []selection.Condition{{Field: "with", Is: []string{selection.Yes}}}
	return selection.Form{Sections: []selection.Section{{Title: label, Fields: []selection.Field{
		{Key: "name", Label: label, Kind: selection.ShortText, Required: true, Feeds: selection.FeedTitle},
		{Key: "asked", Label: label, Kind: selection.Won, Required: true, Feeds: selection.FeedAmount},
		{Key: "own", Label: label, Kind: selection.Won, Required: true, Feeds: selection.FeedOwnMoney},
		{Key: "with", Label: label, Kind: selection.YesNo, Required: true},
		{Key: "who", Label: label, Kind: selection.Table, Required: true, Feeds: selection.FeedPartners, When: when, Columns: []selection.Column{
			{Key: "n", Label: label, Kind: selection.BusinessNumber, Required: true}}},
		{Key: "paper", Label: label, Kind: selection.File, Required: true, When: when, Most: 1, Media: []string{"pdf"}, Size: 20},
	}}}}
}

func (w *world) publishForm() {
	w.t.Helper()
	plan := w.plan()
	plan.Terms.Form = form()
	w.publish(plan)
}

func answers() []selection.Answer {
	return []selection.Answer{
		{Field: "name", Value: "물류 로봇"}, {Field: "asked", Value: "70"}, {Field: "own", Value: "30"}, {Field: "with", Value: selection.Yes},
		{Field: "who", Rows: [][]string{{"220-81-62517"}}},
	}
}

func (w *world) attach(by domain.Actor, x domain.ID, name, content string) (selection.Attachment, error) {
	return w.s.Attach(w.t.Context(), by, selecting.AttachInput{Application: x, Field: "paper", FileName: name, Content: strings.NewReader(content)})
}

// fields are where an error says that something is wrong.
func fields(err error) []string {
	var e *domain.Error
	out := []string{}
	if errors.As(err, &e) {
		for _, f := range e.Fields {
			out = append(out, f.Field+" "+f.Key)
		}
	}
	return out
}

func TestAnApplicationAnswersTheFormOfItsCall(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.publishForm()
		in := selecting.SaveInput{Call: w.call.ID, Organisation: "firm-1", Answers: []selection.Answer{{Field: "asked", Value: "7십"}}}
		draft, err := w.s.Save(t.Context(), firm(1), in)
		must(t, err)
		if a := selection.AnswerTo(draft.Application.Answers, "asked"); a.Value != "7십" {
			t.Errorf("the draft lost %+v", draft.Application.Answers)
		}
		in.Version = draft.Application.Version
		_, err = w.s.Submit(t.Context(), firm(1), in)
		want := []string{"answers.name field.required", "answers.asked form.number", "answers.own field.required", "answers.with field.required"}
		if got := fields(err); !slices.Equal(got, want) {
			t.Errorf("told %v", got)
		}
		in.Answers = answers()
		draft, err = w.s.Save(t.Context(), firm(1), in)
		must(t, err)
		checked, err := w.s.Check(t.Context(), firm(1), selecting.CheckInput{Application: draft.Application.ID})
		must(t, err)
		if len(checked.Problems) != 1 || checked.Problems[0].Field != "answers.paper" || len(checked.Visible) != 6 {
			t.Errorf("checked %+v", checked)
		}
		_, err = w.s.Check(t.Context(), firm(2), selecting.CheckInput{Application: draft.Application.ID})
		expect(t, "another firm checks", err, "not_found.application")
	})
}

func TestWhatIsSubmittedIsKeptWithItsHash(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.publishForm()
		in := selecting.SaveInput{Call: w.call.ID, Organisation: "firm-1", Answers: answers()}
		draft, err := w.s.Save(t.Context(), firm(1), in)
		must(t, err)
		file, err := w.attach(firm(1), draft.Application.ID, "계획.pdf", "%PDF-1.7 계획")
		must(t, err)
		sent, err := w.s.Submit(t.Context(), firm(1), selecting.SaveInput{Call: w.call.ID, Organisation: "firm-1", Version: draft.Application.Version})
		must(t, err)
		got, err := w.s.ShowApplication(t.Context(), firm(1), selecting.ShowApplicationInput{Application: draft.Application.ID})
		must(t, err)
		if len(got.Filings) != 1 || !got.Filings[0].Whole() || got.Filings[0].Hash != sent.Application.Hash || len(got.Filings[0].Files) != 1 ||
			got.Filings[0].Files[0].SHA256 != file.SHA256 || got.Filings[0].Answers[4].Rows[0][0] != "2208162517" {
			t.Fatalf("kept %+v", got.Filings)
		}
		changed := got.Filings[0]
		changed.Files = append([]selection.FileRef{}, changed.Files...)
		changed.Files[0].Name = "다른 계획.pdf"
		if changed.Whole() {
			t.Error("a changed filing passes as whole")
		}
		_, err = w.s.Withdraw(t.Context(), firm(1), selecting.WithdrawInput{Application: sent.Application.ID, Version: sent.Application.Version})
		must(t, err)
		in.Answers[3], in.Version = selection.Answer{Field: "with", Value: selection.No}, sent.Application.Version+1
		again, err := w.s.Submit(t.Context(), firm(1), in)
		must(t, err)
		got, err = w.s.ShowApplication(t.Context(), firm(1), selecting.ShowApplicationInput{Application: draft.Application.ID})
		must(t, err)
		if again.Application.Number != 1 || len(got.Filings) != 2 || len(got.Filings[1].Answers) != 4 || len(got.Filings[1].Files) != 0 || len(got.Files) != 0 {
			t.Errorf("the second: %+v, files %v", got.Filings, got.Files)
		}
	})
}

func TestFilesOfAnApplication(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.publishForm()
		draft, err := w.s.Save(t.Context(), firm(1), selecting.SaveInput{Call: w.call.ID, Organisation: "firm-1", Answers: answers()})
		must(t, err)
		x := draft.Application.ID
		for name, content := range map[string]string{"계획.exe.pdf": "%PDF-", "계획.pdf": "PK\x03\x04", "계획.exe": "MZ"} {
			if _, err := w.attach(firm(1), x, name, content); domain.CodeOf(err) != domain.CodeInvalid {
				t.Errorf("%s with %q: %v", name, content, err)
			}
		}
		_, err = w.attach(firm(1), x, "계획.pdf", "%PDF-"+strings.Repeat("x", 16))
		expect(t, "too large", err, "file.too_large")
		_, err = w.attach(firm(2), x, "계획.pdf", "%PDF-1")
		expect(t, "another firm attaches", err, "not_found.application")
		file, err := w.attach(firm(1), x, "사업계획서(최종).pdf", "%PDF-1")
		must(t, err)
		_, err = w.attach(firm(1), x, "계획.pdf", "%PDF-2")
		expect(t, "one too many", err, "attachment.full")
		read := func(by domain.Actor) (string, error) {
			got, err := w.s.ReadFile(t.Context(), by, selecting.DetachInput{Attachment: file.ID})
			if err != nil {
				return "", err
			}
			raw, err := io.ReadAll(got.Content)
			return got.File.Name + " " + string(raw), errors.Join(err, got.Content.Close())
		}
		if got, err := read(firm(1)); err != nil || got != "사업계획서(최종).pdf %PDF-1" {
			t.Errorf("read %q %v", got, err)
		}
		for _, by := range []domain.Actor{firm(2), w.staff, judge(1)} {
			_, err := read(by)
			expect(t, "before the close "+string(by.ID), err, "not_found.attachment")
		}
		_, err = w.s.Submit(t.Context(), firm(1), selecting.SaveInput{Call: w.call.ID, Organisation: "firm-1", Version: draft.Application.Version})
		must(t, err)
		_, err = w.s.Detach(t.Context(), firm(1), selecting.DetachInput{Attachment: file.ID})
		expect(t, "after it was submitted", err, "application.submitted")
		_, err = w.attach(firm(1), x, "계획.pdf", "%PDF-2")
		expect(t, "after it was submitted", err, "application.submitted")
		w.review()
		if got, err := read(w.staff); err != nil || !strings.HasSuffix(got, "%PDF-1") {
			t.Errorf("the staff reads %q %v", got, err)
		}
		_, err = read(judge(2))
		expect(t, "who does not sit", err, "not_found.attachment")
	})
}

// held keeps bytes in memory.
type held map[string]string

func (h held) Put(_ context.Context, r io.Reader, limit int64) (string, int64, error) {
	raw, err := io.ReadAll(io.LimitReader(r, limit+1))
	if int64(len(raw)) > limit {
		return "", 0, &domain.Error{Code: domain.CodeTooLarge, Key: "file.too_large"}
	}
	h[string(raw)] = string(raw)
	return string(raw), int64(len(raw)), err
}

func (h held) Open(_ context.Context, hash string) (io.ReadCloser, error) {
	return io.NopCloser(strings.NewReader(h[hash])), nil
}
