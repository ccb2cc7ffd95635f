package selecting

import (
	"context"
	"slices"
	"strings"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/selection"
	"secretariat/service"
)

// ObjectInput is an objection to the result.
type ObjectInput struct {
	Application domain.ID `path:"application" json:"-"`
	Text        string    `json:"text"`
}

// Object takes in an objection of an applicant (이의신청): objection.file. CodeConflict when the time for it is over, one was
// filed, or the application was withdrawn.
func (s *Service) Object(ctx context.Context, by domain.Actor, in ObjectInput) (selection.Objection, error) {
	return service.Do(ctx, s.env, s.store, by, "objection.file", func(a *service.Act[Tx]) (selection.Objection, error) {
		x, c, err := s.own(ctx, a, "objection.file", in.Application)
		if err != nil {
			return selection.Objection{}, err
		}
		var p domain.Problems
		p.Text("text", in.Text, true, domain.MaxText)
		if err := p.Err(); err != nil {
			return selection.Objection{}, err
		}
		if x.SubmittedAt == nil || x.State == selection.Withdrawn {
			return selection.Objection{}, domain.Conflict("application.not_submitted", nil)
		}
		until, version, err := s.objectable(ctx, a.Tx, c, x.ID)
		if err != nil {
			return selection.Objection{}, err
		}
		if c.FinalAt != nil || version == 0 || calendar.DateOf(a.Now) > until {
			return selection.Objection{}, domain.Conflict("objection.late", nil)
		}
		out := selection.Objection{
			ID: a.Env.NewID(), Call: c.ID, Application: x.ID, Ranking: version, Text: strings.TrimSpace(in.Text), FiledAt: a.Now, FiledBy: by.ID, Version: 1,
		}
		a.On("objection", out.ID, c.ID)
		a.Wake(service.CaseSelection, c.ID)
		return out, a.Tx.AddObjection(ctx, out)
	})
}

// objectable is until when an application may object, and to which version of the ranking: that by which it has its outcome. The
// version is 0 before any is announced.
func (s *Service) objectable(ctx context.Context, tx Tx, c selection.Call, x domain.ID) (calendar.Date, int, error) {
	r, err := s.rules(ctx, tx, c)
	if err != nil {
		return "", 0, err
	}
	all, err := tx.Announcements(ctx, c.ID)
	told, there := selection.Disposed(all, x)
	if err != nil || !there {
		return "", 0, err
	}
	return c.ObjectAfter(*told.AnnouncedAt, r), told.Version, nil
}

// was is what a ranking before made of an application, nil where this one makes the same of it.
func was(all []selection.Change, x domain.ID) *selection.Grade {
	for _, c := range all {
		if c.Application == x && c.Was.Outcome != "" {
			return &c.Was
		}
	}
	return nil
}

// mayObject reports whether an application may object now: once to each version of the ranking that gave it its outcome.
func (s *Service) mayObject(ctx context.Context, tx Tx, c selection.Call, x domain.ID) (bool, error) {
	until, version, err := s.objectable(ctx, tx, c, x)
	if err != nil || c.FinalAt != nil || version == 0 || calendar.DateOf(s.now()) > until {
		return false, err
	}
	all, err := tx.ObjectionsOf(ctx, c.ID)
	return !slices.ContainsFunc(all, func(o selection.Objection) bool { return o.Application == x && o.Ranking == version }), err
}

// ObjectionsInput names a call.
type ObjectionsInput struct {
	Call domain.ID `path:"call" json:"-"`
}

// Objections is what was objected to a result.
type Objections struct {
	Items []ObjectionView `json:"items"`
}

// ObjectionView is an objection with who objects and by when it is to be answered.
type ObjectionView struct {
	Objection selection.Objection `json:"objection"`
	Applicant string              `json:"applicant"`
	Done      bool                `json:"done"` // upheld, and a ranking rests on it or is about to
	AnswerBy  calendar.Date       `json:"answerBy"`
	Basis     string              `json:"basis"`
}

// Objections lists what was objected to a result: objection.list. Staff and auditors see all, an applicant's people theirs.
func (s *Service) Objections(ctx context.Context, by domain.Actor, in ObjectionsInput) (Objections, error) {
	return service.See(ctx, s.store, func(tx Tx) (Objections, error) {
		out := Objections{Items: []ObjectionView{}}
		c, err := tx.Call(ctx, in.Call)
		if err != nil {
			return out, err
		}
		r, err := s.rules(ctx, tx, c)
		if err != nil {
			return out, err
		}
		all, err := tx.ObjectionsOf(ctx, c.ID)
		if err != nil {
			return out, err
		}
		reopened, err := tx.Reopenings(ctx, c.ID)
		if err != nil {
			return out, err
		}
		for _, o := range all {
			x, err := tx.Application(ctx, o.Application)
			if err != nil {
				return out, err
			}
			f := facts(c)
			f.Organisation = x.Organisation
			if may(by, "objection.list", f) != nil {
				continue
			}
			v := ObjectionView{Objection: o, Applicant: x.Applicant, Done: rests(reopened, o.ID)}
			v.AnswerBy, v.Basis = c.AnswerBy(calendar.DateOf(o.FiledAt), r)
			out.Items = append(out.Items, v)
		}
		return out, nil
	})
}

// AnswerInput answers an objection.
type AnswerInput struct {
	Objection domain.ID `path:"objection" json:"-"`
	Upheld    bool      `json:"upheld"`
	Answer    string    `json:"answer"`
	Version   int       `json:"version"`
}

// Answer answers an objection with its reasons: objection.answer. CodeConflict when it was answered.
func (s *Service) Answer(ctx context.Context, by domain.Actor, in AnswerInput) (selection.Objection, error) {
	return service.Do(ctx, s.env, s.store, by, "objection.answer", func(a *service.Act[Tx]) (selection.Objection, error) {
		o, err := a.Tx.Objection(ctx, in.Objection)
		if err != nil {
			return o, err
		}
		c, err := open(ctx, a, "objection.answer", o.Call)
		if err != nil {
			return selection.Objection{}, err
		}
		a.On("objection", o.ID, c.ID)
		var p domain.Problems
		p.Text("answer", in.Answer, true, domain.MaxText)
		if err := p.Err(); err != nil {
			return o, err
		}
		if o.AnsweredAt != nil {
			return o, domain.Conflict("objection.answered", nil)
		}
		o.Upheld, o.Answer, o.AnsweredAt, o.Version = in.Upheld, strings.TrimSpace(in.Answer), &a.Now, in.Version
		a.Wake(service.CaseSelection, c.ID)
		return o, a.Tx.ChangeObjection(ctx, &o)
	})
}

// rests reports whether a call was evaluated again for an objection.
func rests(all []selection.Reopening, objection domain.ID) bool {
	return slices.ContainsFunc(all, func(r selection.Reopening) bool { return r.Objection == objection })
}

// Finish makes the result final: call.finish. CodeRefused while applicants may object, CodeConflict while an objection has
// no answer, or one that was upheld has changed nothing yet.
func (s *Service) Finish(ctx context.Context, by domain.Actor, in ActInput) (selection.Call, error) {
	return service.Do(ctx, s.env, s.store, by, "call.finish", func(a *service.Act[Tx]) (selection.Call, error) {
		c, err := open(ctx, a, "call.finish", in.Call)
		if err != nil {
			return c, err
		}
		r, err := s.rules(ctx, a.Tx, c)
		if err != nil {
			return c, err
		}
		all, err := a.Tx.ObjectionsOf(ctx, c.ID)
		if err != nil {
			return c, err
		}
		reopened, err := a.Tx.Reopenings(ctx, c.ID)
		if err != nil {
			return c, err
		}
		waiting, undone := 0, 0
		for _, o := range all {
			if o.AnsweredAt == nil {
				waiting++
			}
			if o.Upheld && !rests(reopened, o.ID) {
				undone++
			}
		}
		if c, err = c.Finish(waiting, undone, a.Now, r); err != nil {
			return c, err
		}
		c.Version = in.Version
		a.Wake(service.CaseSelection, c.ID)
		return c, a.Tx.ChangeCall(ctx, &c)
	})
}
