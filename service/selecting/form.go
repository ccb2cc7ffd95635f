package selecting

import (
	"context"
	"slices"

	"secretariat/domain"
	"secretariat/domain/selection"
	"secretariat/service"
)

// formOf is the form of a programme; an empty one when there is no such programme.
func (s *Service) formOf(code string) selection.Form {
	i := slices.IndexFunc(s.programmes, func(p selection.Programme) bool { return p.Code == code })
	if i < 0 {
		return selection.Form{}
	}
	return s.programmes[i].Terms.Form
}

// codeOf is the code of a programme that there is, else empty.
func (s *Service) codeOf(code string) string {
	if slices.ContainsFunc(s.programmes, func(p selection.Programme) bool { return p.Code == code }) {
		return code
	}
	return ""
}

// FormInput is the application form of a call, whole; without sections the call has the standard form.
type FormInput struct {
	Call    domain.ID      `path:"call" json:"-"`
	Form    selection.Form `json:"form"`
	Version int            `json:"version"`
}

// ReviseForm changes the form of a call that is not published: call.form. CodeInvalid with everything that is wrong with the
// definition; CodeConflict once it is published, since then applicants answer it.
func (s *Service) ReviseForm(ctx context.Context, by domain.Actor, in FormInput) (selection.Call, error) {
	return service.Do(ctx, s.env, s.store, by, "call.form", func(a *service.Act[Tx]) (selection.Call, error) {
		c, err := open(ctx, a, "call.form", in.Call)
		if err != nil {
			return c, err
		}
		if c.State != selection.Drafting {
			return c, domain.Conflict("call.not_drafting", nil)
		}
		var of, p domain.Problems
		in.Form.Check(&of)
		p.Within("form", of)
		if err := p.Err(); err != nil {
			return c, err
		}
		c.Terms.Form, c.Version = in.Form, in.Version
		a.Note("form", in.Form.Hash())
		return c, a.Tx.ChangeCall(ctx, &c)
	})
}
