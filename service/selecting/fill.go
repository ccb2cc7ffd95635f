package selecting

import (
	"context"
	"strconv"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/alliance"
	"secretariat/domain/selection"
	"secretariat/service"
)

// SaveInput is what an organisation fills in: its answers to the form of the call. Without answers those of the fields by
// name are taken for what the form has of them; when nothing at all is sent to be submitted, what was saved is.
type SaveInput struct {
	Call         domain.ID          `path:"call" json:"-"`
	Organisation domain.ID          `json:"organisation"`
	Answers      []selection.Answer `json:"answers"`
	Title        string             `json:"title"`
	Summary      string             `json:"summary"`
	Plan         string             `json:"plan"`
	Amount       int64              `json:"amount"`
	OwnMoney     int64              `json:"ownMoney"`
	Version      int                `json:"version"` // 0 for the first draft
}

// given are the answers to a form.
func (in SaveInput) given(f selection.Form, saved selection.Application, whole bool) []selection.Answer {
	if len(in.Answers) > 0 {
		return in.Answers
	}
	named := selection.StandardAnswers(selection.Application{
		Title: in.Title, Summary: in.Summary, Plan: in.Plan, Amount: in.Amount, OwnMoney: in.OwnMoney,
	})
	if len(named) == 0 && whole {
		return saved.Given()
	}
	out := []selection.Answer{}
	for _, a := range named {
		of, _ := selection.StandardForm().Field(a.Field)
		if to, ok := f.FedBy(of.Feeds); ok {
			a.Field = to.Key
			out = append(out, a)
		}
	}
	return out
}

// Saved is an application with what the terms of its call have against it.
type Saved struct {
	Application selection.Application `json:"application"`
	Blocking    []selection.Finding   `json:"blocking"`
	Warnings    []selection.Finding   `json:"warnings"`
}

// Save keeps the draft of an organisation, which its own people see and change alone: application.save. A draft may lack
// anything and keeps what was typed. CodeConflict after the close or once it was submitted; CodeStale when a colleague saved
// meanwhile.
func (s *Service) Save(ctx context.Context, by domain.Actor, in SaveInput) (Saved, error) {
	return service.Do(ctx, s.env, s.store, by, "application.save", func(a *service.Act[Tx]) (Saved, error) {
		f, err := s.write(ctx, a, "application.save", in, false)
		if err != nil {
			return f.out, err
		}
		a.On("application", f.out.Application.ID, f.call.ID)
		return f.out, nil
	})
}

// Submit sends an application in the organisation's name: application.submit. CodeConflict after the close, by the clock of
// the server when it arrives; CodeInvalid with everything that the form lacks and the terms of the call have against it. What
// was submitted is kept with its hash.
func (s *Service) Submit(ctx context.Context, by domain.Actor, in SaveInput) (Saved, error) {
	return service.Do(ctx, s.env, s.store, by, "application.submit", func(a *service.Act[Tx]) (Saved, error) {
		f, err := s.write(ctx, a, "application.submit", in, true)
		if err != nil {
			return f.out, err
		}
		x := f.out.Application
		if x.Number == 0 {
			if x.Number, err = a.Tx.NextNumber(ctx, "application/"+string(f.call.ID)); err != nil {
				return f.out, err
			}
		}
		x.State, x.SubmittedAt, x.SubmittedBy = selection.Submitted, &a.Now, by.ID
		a.On("application", x.ID, f.call.ID)
		a.Note("number", strconv.Itoa(x.Number))
		sub, err := submit(ctx, a, f.call, x, f.files, "")
		if err != nil {
			return f.out, err
		}
		x.Hash = sub.Hash
		err = a.Tx.ChangeApplication(ctx, &x)
		f.out.Application = x
		return f.out, err
	})
}

// submit keeps what is submitted, sealed.
func submit(
	ctx context.Context, a *service.Act[Tx], c selection.Call, x selection.Application, files []selection.Attachment, supplement domain.ID,
) (selection.Filing, error) {
	before, err := a.Tx.FilingsOf(ctx, x.ID)
	if err != nil {
		return selection.Filing{}, err
	}
	form := c.Terms.ApplicationForm()
	out := selection.Filing{
		Application: x.ID, Number: len(before) + 1, SubmittedAt: a.Now, SubmittedBy: a.By.ID, Form: form.Hash(), Answers: x.Answers,
		Files: selection.Refs(form.Attached(x.Answers, files)), Supplement: supplement,
	}.Seal()
	a.Note("hash", out.Hash)
	return out, a.Tx.AddFiling(ctx, out)
}

// filled is what was written of an application.
type filled struct {
	call  selection.Call
	files []selection.Attachment
	out   Saved
}

// write keeps what was filled in, whole or not.
func (s *Service) write(ctx context.Context, a *service.Act[Tx], op string, in SaveInput, whole bool) (filled, error) {
	f := filled{out: Saved{Blocking: []selection.Finding{}, Warnings: []selection.Finding{}}}
	c, o, err := s.applicant(ctx, a, op, in.Call, in.Organisation)
	if err != nil {
		return f, err
	}
	f.call = c
	x, there, err := a.Tx.ApplicationOf(ctx, c.ID, o.ID)
	if err != nil {
		return f, err
	}
	if there && x.State != selection.Draft {
		return f, domain.Conflict("application.submitted", nil)
	}
	if !there {
		x = selection.Application{ID: a.Env.NewID(), Call: c.ID, Organisation: o.ID, State: selection.Draft, Version: 1}
	} else if f.files, err = current(ctx, a.Tx, x.ID); err != nil {
		return f, err
	}
	x.Applicant = o.Name
	x, problems := answered(c, x, f.files, in, whole)
	if err := s.examine(ctx, a.Tx, c, o, x, &f.out); err != nil {
		return f, err
	}
	for _, b := range f.out.Blocking {
		if whole {
			problems.Add(b.Field, b.Key, b.Args)
		}
	}
	if err := problems.Err(); err != nil {
		return f, err
	}
	if there {
		x.Version = in.Version
		err = a.Tx.ChangeApplication(ctx, &x)
	} else {
		err = a.Tx.AddApplication(ctx, x)
	}
	f.out.Application = x
	return f, err
}

// answered puts the answers into an application and says what is wrong with them.
func answered(
	c selection.Call, x selection.Application, files []selection.Attachment, in SaveInput, whole bool,
) (selection.Application, domain.Problems) {
	form := c.Terms.ApplicationForm()
	given := in.given(form, x, whole)
	var p domain.Problems
	if whole {
		return c.Terms.Take(x, form.Fill(&p, given, selection.CountFiles(files))), p
	}
	return c.Terms.Take(x, form.Keep(&p, given)), p
}

// examine adds what the terms of the call have against the application.
func (s *Service) examine(
	ctx context.Context, tx Tx, c selection.Call, o alliance.Organisation, x selection.Application, out *Saved,
) error {
	by := selection.Applicant{
		Company: o.Kind == alliance.Company, Size: string(o.Size), Sectors: o.Sectors, Member: o.State == alliance.Member,
		BusinessNumber: o.BusinessNumber,
	}
	var err error
	if by.Funded, err = tx.FundedIn(ctx, o.BusinessNumber, s.now().Year(), c.ID); err != nil {
		return err
	}
	if by.Barred, err = s.barred(ctx, tx, o.BusinessNumber); err != nil {
		return err
	}
	for _, number := range c.Terms.Partners(x.Answers) {
		until, err := s.barred(ctx, tx, number)
		if err != nil {
			return err
		}
		by.PartnerBarred = by.PartnerBarred || until != ""
		funded, err := tx.FundedIn(ctx, number, s.now().Year(), c.ID)
		if err != nil {
			return err
		}
		by.PartnerFunded = by.PartnerFunded || funded
	}
	blocking, warnings := c.Terms.Examine(x, by)
	out.Blocking, out.Warnings = append(out.Blocking, blocking...), append(out.Warnings, warnings...)
	return nil
}

// CheckInput names the draft of an application.
type CheckInput struct {
	Application domain.ID `path:"application" json:"-"`
}

// Checked is a draft with everything that keeps it from being submitted.
type Checked struct {
	Application selection.Application  `json:"application"`
	Call        selection.Call         `json:"call"`
	Files       []selection.Attachment `json:"files"`
	Visible     []string               `json:"visible"`  // fields that are there with these answers, in the order of the form
	Problems    []domain.FieldError    `json:"problems"` // of the form
	Blocking    []selection.Finding    `json:"blocking"` // of the terms
	Warnings    []selection.Finding    `json:"warnings"`
}

// Check says what keeps the draft of an organisation from being submitted, without changing it: application.check.
func (s *Service) Check(ctx context.Context, by domain.Actor, in CheckInput) (Checked, error) {
	return service.See(ctx, s.store, func(tx Tx) (Checked, error) {
		x, c, err := s.seen(ctx, tx, by, "application.show", in.Application)
		if err != nil {
			return Checked{}, err
		}
		f := facts(c)
		f.Organisation = x.Organisation
		if !access.Can(by, "application.check", f).Allowed {
			return Checked{}, hidden(by, "application.check", f)
		}
		return s.checked(ctx, tx, c, x)
	})
}

func (s *Service) checked(ctx context.Context, tx Tx, c selection.Call, x selection.Application) (Checked, error) {
	out := Checked{Application: x, Call: sealed(c), Visible: []string{}, Problems: []domain.FieldError{}}
	files, err := current(ctx, tx, x.ID)
	if err != nil {
		return out, err
	}
	o, err := tx.Organisation(ctx, x.Organisation)
	if err != nil {
		return out, err
	}
	form := c.Terms.ApplicationForm()
	there := form.Visible(x.Given())
	for _, f := range form.Fields() {
		if there[f.Key] {
			out.Visible = append(out.Visible, f.Key)
		}
	}
	var p domain.Problems
	x = c.Terms.Take(x, form.Fill(&p, x.Given(), selection.CountFiles(files)))
	out.Files, out.Problems = form.Attached(x.Answers, files), append(out.Problems, p.All()...)
	found := Saved{Blocking: []selection.Finding{}, Warnings: []selection.Finding{}}
	err = s.examine(ctx, tx, c, o, x, &found)
	out.Blocking, out.Warnings = found.Blocking, found.Warnings
	return out, err
}
