package selecting

import (
	"context"
	"slices"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/selection"
	"secretariat/service"
)

// AskInput asks an applicant to complete fields of an application, until the end of a day or as soon as the rules allow.
type AskInput struct {
	Application domain.ID     `path:"application" json:"-"`
	Fields      []string      `json:"fields"`
	Reason      string        `json:"reason"`
	Until       calendar.Date `json:"until,omitempty"`
}

// Ask asks an applicant for a supplement while eligibility is reviewed (행정절차법 17⑤): supplement.ask. The applicant is
// told by letter, and reminded. CodeConflict while another request is open, and once the application was decided on;
// CodeRefused when the day comes too soon.
func (s *Service) Ask(ctx context.Context, by domain.Actor, in AskInput) (selection.Supplement, error) {
	return service.Do(ctx, s.env, s.store, by, "supplement.ask", func(a *service.Act[Tx]) (selection.Supplement, error) {
		x, err := a.Tx.Application(ctx, in.Application)
		if err != nil {
			return selection.Supplement{}, err
		}
		c, err := open(ctx, a, "supplement.ask", x.Call)
		if err != nil {
			return selection.Supplement{}, err
		}
		all, err := a.Tx.SupplementsOf(ctx, x.ID)
		if err != nil {
			return selection.Supplement{}, err
		}
		if _, asked := selection.OpenOf(all, a.Now); asked {
			return selection.Supplement{}, domain.Conflict("supplement.open", nil)
		}
		r, err := s.rules(ctx, a.Tx, c)
		if err != nil {
			return selection.Supplement{}, err
		}
		out, err := c.Ask(x, in.Fields, in.Reason, in.Until, a.Now, r)
		if err != nil {
			return out, err
		}
		out.ID, out.AskedBy = a.Env.NewID(), by.ID
		a.On("supplement", out.ID, c.ID)
		a.Wake(service.CaseSelection, c.ID)
		return out, a.Tx.AddSupplement(ctx, out)
	})
}

// SupplyInput is what is answered to a request: the fields that it opens. Without answers, what was saved is.
type SupplyInput struct {
	Supplement domain.ID          `path:"supplement" json:"-"`
	Answers    []selection.Answer `json:"answers"`
	Version    int                `json:"version"`
}

// SaveSupplement keeps what is being written in answer to a request, which its own people see alone: supplement.save.
func (s *Service) SaveSupplement(ctx context.Context, by domain.Actor, in SupplyInput) (selection.Supplement, error) {
	return service.Do(ctx, s.env, s.store, by, "supplement.save", func(a *service.Act[Tx]) (selection.Supplement, error) {
		out, x, c, err := s.asked(ctx, a, "supplement.save", in.Supplement)
		if err != nil {
			return selection.Supplement{}, err
		}
		var p domain.Problems
		form := c.Terms.ApplicationForm()
		kept := form.Keep(&p, in.Answers)
		form.Amend(&p, x.Given(), kept, out.Fields)
		if err := p.Err(); err != nil {
			return out, err
		}
		out.Answers, out.Version = kept, in.Version
		return out, a.Tx.ChangeSupplement(ctx, &out)
	})
}

// Supply answers a request in the organisation's name: supplement.answer. The application has the new answers and is kept as
// a filing of its own, after which the review goes on. CodeConflict once it is due or was answered; CodeInvalid with
// everything that is wrong, answers to fields that were not asked for included.
func (s *Service) Supply(ctx context.Context, by domain.Actor, in SupplyInput) (selection.Supplement, error) {
	return service.Do(ctx, s.env, s.store, by, "supplement.answer", func(a *service.Act[Tx]) (selection.Supplement, error) {
		out, x, c, err := s.asked(ctx, a, "supplement.answer", in.Supplement)
		if err != nil {
			return selection.Supplement{}, err
		}
		if len(in.Answers) == 0 {
			in.Answers = s.drafted(c, x, out)
		}
		files, err := current(ctx, a.Tx, x.ID)
		if err != nil {
			return out, err
		}
		x, err = s.amended(ctx, a.Tx, c, x, out, files, in.Answers)
		if err != nil {
			return out, err
		}
		sub, err := submit(ctx, a, c, x, files, out.ID)
		if err != nil {
			return out, err
		}
		x.Hash = sub.Hash
		if err := a.Tx.ChangeApplication(ctx, &x); err != nil {
			return out, err
		}
		out.Answers, out.AnsweredAt, out.AnsweredBy, out.Version = []selection.Answer{}, &a.Now, by.ID, in.Version
		a.Wake(service.CaseSelection, c.ID)
		return out, a.Tx.ChangeSupplement(ctx, &out)
	})
}

// drafted are the answers to the fields that are open: what was saved, or what was submitted.
func (s *Service) drafted(c selection.Call, x selection.Application, of selection.Supplement) []selection.Answer {
	if len(of.Answers) > 0 {
		return of.Answers
	}
	opened := c.Terms.ApplicationForm().Opened(of.Fields)
	return slices.DeleteFunc(slices.Clone(x.Given()), func(a selection.Answer) bool { return !opened[a.Field] })
}

// amended puts the answers into the application and checks it as a whole.
func (s *Service) amended(
	ctx context.Context, tx Tx, c selection.Call, x selection.Application, of selection.Supplement, files []selection.Attachment,
	given []selection.Answer,
) (selection.Application, error) {
	o, err := tx.Organisation(ctx, x.Organisation)
	if err != nil {
		return x, err
	}
	form := c.Terms.ApplicationForm()
	var p domain.Problems
	x = c.Terms.Take(x, form.Fill(&p, form.Amend(&p, x.Given(), given, of.Fields), selection.CountFiles(files)))
	found := Saved{}
	if err := s.examine(ctx, tx, c, o, x, &found); err != nil {
		return x, err
	}
	for _, b := range found.Blocking {
		p.Add(b.Field, b.Key, b.Args)
	}
	return x, p.Err()
}

// asked opens a request for what the applicant's own people do with it.
func (s *Service) asked(
	ctx context.Context, a *service.Act[Tx], op string, id domain.ID,
) (selection.Supplement, selection.Application, selection.Call, error) {
	of, err := a.Tx.Supplement(ctx, id)
	if err != nil {
		return of, selection.Application{}, selection.Call{}, err
	}
	x, c, err := s.own(ctx, a, op, of.Application)
	if domain.CodeOf(err) == domain.CodeNotFound {
		err = domain.NotFound("supplement")
	}
	if err != nil {
		return of, x, c, err
	}
	a.On("supplement", of.ID, c.ID)
	if of, err = a.Tx.Supplement(ctx, id); err != nil { // the call is held now
		return of, x, c, err
	}
	if !of.Open(a.Now) || c.State != selection.Reviewing || x.State != selection.Submitted {
		return of, x, c, domain.Conflict("supplement.over", nil)
	}
	return of, x, c, nil
}

// supplementsSeen are the requests of an application as its reader may see them: what is not sent yet is for its own people.
func supplementsSeen(ctx context.Context, tx Tx, by domain.Actor, x selection.Application) ([]selection.Supplement, error) {
	all, err := tx.SupplementsOf(ctx, x.ID)
	if _, own := by.Works(x.Organisation); !own {
		for i := range all {
			all[i].Answers = []selection.Answer{}
		}
	}
	return all, err
}

// mayAsk reports whether somebody may ask for supplements in a call.
func mayAsk(by domain.Actor, c selection.Call) bool {
	return c.State == selection.Reviewing && access.Can(by, "supplement.ask", facts(c)).Allowed
}
