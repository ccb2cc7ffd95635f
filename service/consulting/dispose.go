package consulting

import (
	"context"
	"strings"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/service"
)

// DisposeInput says what becomes of an opinion.
type DisposeInput struct {
	Opinion domain.ID        `path:"opinion" json:"-"`
	Outcome alliance.Outcome `json:"outcome"`
	Reason  string           `json:"reason"`
	Version int              `json:"version"`
}

// Dispose says what becomes of an opinion and why (반영, 일부반영, 미반영): opinion.dispose. CodeConflict before the close and
// once all is answered.
func (s *Service) Dispose(ctx context.Context, by domain.Actor, in DisposeInput) (alliance.Opinion, error) {
	return service.Do(ctx, s.env, s.store, by, "opinion.dispose", func(a *service.Act[Tx]) (alliance.Opinion, error) {
		o, err := s.disposable(ctx, a, "opinion.dispose", in.Opinion)
		if err != nil {
			return o, err
		}
		var p domain.Problems
		domain.OneOf(&p, "outcome", in.Outcome, alliance.Accepted, alliance.Partly, alliance.Declined)
		p.Text("reason", in.Reason, true, domain.MaxText)
		if err := p.Err(); err != nil {
			return o, err
		}
		o = o.Dispose(in.Outcome, strings.TrimSpace(in.Reason), a.Now)
		o.Version = in.Version
		a.Wake(service.CaseConsultation, o.Consultation)
		return o, a.Tx.ChangeOpinion(ctx, &o)
	})
}

// MergeInput has an opinion answered with a like one.
type MergeInput struct {
	Opinion domain.ID `path:"opinion" json:"-"`
	Lead    domain.ID `json:"lead"`
	Version int       `json:"version"`
}

// Merge has an opinion answered with a like one: opinion.merge. CodeConflict when that one is answered with another itself.
func (s *Service) Merge(ctx context.Context, by domain.Actor, in MergeInput) (alliance.Opinion, error) {
	return service.Do(ctx, s.env, s.store, by, "opinion.merge", func(a *service.Act[Tx]) (alliance.Opinion, error) {
		o, err := s.disposable(ctx, a, "opinion.merge", in.Opinion)
		if err != nil {
			return o, err
		}
		lead, err := leadOf(ctx, a.Tx, in.Lead, o.Consultation)
		if err != nil {
			return o, err
		}
		followers, err := a.Tx.Followers(ctx, o.ID)
		if err != nil {
			return o, err
		}
		if o, err = o.Merge(lead, followers); err != nil {
			return o, err
		}
		o.Version = in.Version
		a.Wake(service.CaseConsultation, o.Consultation)
		return o, a.Tx.ChangeOpinion(ctx, &o)
	})
}

// leadOf reads the opinion that another is to be answered with. A draft, which nobody answers, is as good as none.
func leadOf(ctx context.Context, tx Tx, id, consultation domain.ID) (alliance.Opinion, error) {
	var p domain.Problems
	p.Add("lead", "field.choice", nil)
	lead, err := tx.Opinion(ctx, id)
	if domain.CodeOf(err) == domain.CodeNotFound || err == nil && lead.Consultation != consultation {
		return lead, p.Err()
	}
	if err != nil {
		return lead, err
	}
	sub, err := tx.Submission(ctx, lead.Submission)
	if err == nil && sub.State != alliance.Submitted {
		err = p.Err()
	}
	return lead, err
}

// disposable opens the consultation of an opinion, which has to be closed and not answered; a draft is nobody's business.
func (s *Service) disposable(ctx context.Context, a *service.Act[Tx], op string, id domain.ID) (alliance.Opinion, error) {
	o, err := a.Tx.Opinion(ctx, id)
	if err != nil {
		return o, err
	}
	c, _, err := s.open(ctx, a, op, o.Consultation)
	if domain.CodeOf(err) == domain.CodeNotFound {
		err = domain.NotFound("opinion")
	}
	if err != nil {
		return alliance.Opinion{}, err
	}
	sub, err := a.Tx.Submission(ctx, o.Submission)
	if err != nil {
		return o, err
	}
	if sub.State != alliance.Submitted {
		return alliance.Opinion{}, domain.NotFound("opinion")
	}
	if c.State != alliance.Disposing {
		return o, domain.Conflict("consultation.not_disposing", nil)
	}
	a.On("opinion", o.ID, c.ID)
	// Read again under the lock of the consultation: two who dispose at once see each other.
	return a.Tx.Opinion(ctx, id)
}

// OpinionsInput asks for a page of submitted opinions.
type OpinionsInput struct {
	Consultation domain.ID `path:"consultation" json:"-"`
	Article      int       `query:"article" json:"-"`  // -1: of every article
	Open         bool      `query:"open" json:"-"`     // those alone that wait
	Unmasked     bool      `query:"unmasked" json:"-"` // those alone that may hold personal data
	Leading      bool      `query:"leading" json:"-"`  // those alone that have an answer of their own or lead like ones
	After        domain.ID `query:"after" json:"-"`
	Limit        int       `query:"limit" json:"-"`
}

// Opinions lists what was submitted, with who gave it, to who disposes of it and who checks: opinion.list.
func (s *Service) Opinions(ctx context.Context, by domain.Actor, in OpinionsInput) (service.Page[Given], error) {
	size := service.PageSize(in.Limit)
	return service.See(ctx, s.store, func(tx Tx) (service.Page[Given], error) {
		var out service.Page[Given]
		c, err := tx.Consultation(ctx, in.Consultation)
		if err != nil {
			return out, err
		}
		st, err := standingOf(ctx, tx, by, c)
		if err != nil {
			return out, err
		}
		if err := may(by, "opinion.list", st.facts); err != nil {
			return out, err
		}
		found, err := tx.FindOpinions(ctx, OpinionFilter{c.ID, in.Article, in.Open, in.Unmasked, in.Leading, in.After, size + 1})
		out.Items = found
		if len(found) > size {
			out.Items, out.Next = found[:size], string(found[size-1].ID)
		}
		if err == nil {
			err = withFiles(ctx, tx, out.Items)
		}
		return out, err
	})
}

// Finish ends a consultation whose every opinion has its answer; whoever gave one is told: consultation.finish.
// CodeConflict with how many are open.
func (s *Service) Finish(ctx context.Context, by domain.Actor, in ActInput) (alliance.Consultation, error) {
	return service.Do(ctx, s.env, s.store, by, "consultation.finish", func(a *service.Act[Tx]) (alliance.Consultation, error) {
		c, _, err := s.open(ctx, a, "consultation.finish", in.Consultation)
		if err != nil {
			return c, err
		}
		all, err := a.Tx.Outcomes(ctx, c.ID)
		if err != nil {
			return c, err
		}
		if c, err = c.Finish(alliance.CountOpinions(all), a.Now); err != nil {
			return c, err
		}
		c.Version = in.Version
		a.Wake(service.CaseConsultation, c.ID)
		return c, a.Tx.ChangeConsultation(ctx, &c)
	})
}
