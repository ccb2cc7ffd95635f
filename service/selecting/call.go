package selecting

import (
	"context"
	"strconv"
	"strings"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/selection"
	"secretariat/service"
)

// Plan is what a call offers and how it is decided.
type Plan struct {
	Instrument selection.Instrument `json:"instrument"`
	Title      string               `json:"title"`
	Purpose    string               `json:"purpose"`
	Terms      selection.Terms      `json:"terms"`
	Profile    selection.Profile    `json:"profile"`
	ClosesAt   time.Time            `json:"closesAt"`
	Short      string               `json:"short"`
}

func (in Plan) on(c selection.Call) selection.Call {
	c.Instrument, c.Title, c.Purpose = in.Instrument, strings.TrimSpace(in.Title), strings.TrimSpace(in.Purpose)
	form, programme := c.Terms.Form, c.Terms.Programme
	c.Terms, c.Profile, c.Short = in.Terms.Tidy(), in.Profile, strings.TrimSpace(in.Short)
	if c.Terms.Form.Empty() { // it is changed by itself: call.form
		c.Terms.Form = form
	}
	c.Terms.Programme = programme // it says what the draft began with
	c.Terms.Sizes, c.Terms.Sectors = append([]string{}, in.Terms.Sizes...), append([]string{}, in.Terms.Sectors...)
	c.Profile.Criteria = append([]selection.Criterion{}, in.Profile.Criteria...)
	c.ClosesAt = service.Instant(in.ClosesAt)
	return c
}

// DraftInput is a new call for organisations of an alliance's register. Without a form of its own it has that of the programme.
type DraftInput struct {
	Alliance  domain.ID `path:"alliance" json:"-"`
	Programme string    `json:"programme,omitempty"` // code
	Plan
}

// Draft begins a call that nobody else sees yet: call.draft.
func (s *Service) Draft(ctx context.Context, by domain.Actor, in DraftInput) (selection.Call, error) {
	return service.Do(ctx, s.env, s.store, by, "call.draft", func(a *service.Act[Tx]) (selection.Call, error) {
		of, err := a.Tx.Alliance(ctx, in.Alliance)
		if err != nil {
			return selection.Call{}, err
		}
		if err := access.Can(by, "call.draft", access.Facts{Committee: of.Committee}).Err(); err != nil {
			return selection.Call{}, err
		}
		c := in.Plan.on(selection.Call{
			ID: a.Env.NewID(), Committee: of.Committee, Alliance: of.ID, State: selection.Drafting, Version: 1,
			Terms: selection.Terms{Form: s.formOf(in.Programme), Programme: s.codeOf(in.Programme)},
		})
		a.On("call", c.ID, c.ID)
		var p domain.Problems
		c.Check(&p)
		if err := p.Err(); err != nil {
			return c, err
		}
		a.Wake(service.CaseSelection, c.ID)
		return c, a.Tx.AddCall(ctx, c)
	})
}

// ReviseInput changes a plan.
type ReviseInput struct {
	Call domain.ID `path:"call" json:"-"`
	Plan
	Version int `json:"version"`
}

// Revise changes a call that is not published: call.revise. Afterwards criteria and terms are frozen (CodeConflict).
func (s *Service) Revise(ctx context.Context, by domain.Actor, in ReviseInput) (selection.Call, error) {
	return service.Do(ctx, s.env, s.store, by, "call.revise", func(a *service.Act[Tx]) (selection.Call, error) {
		c, err := open(ctx, a, "call.revise", in.Call)
		if err != nil {
			return c, err
		}
		if c.State != selection.Drafting {
			return c, domain.Conflict("call.not_drafting", nil)
		}
		c = in.Plan.on(c)
		var p domain.Problems
		c.Check(&p)
		if err := p.Err(); err != nil {
			return c, err
		}
		c.Version = in.Version
		return c, a.Tx.ChangeCall(ctx, &c)
	})
}

// ActInput names a call at the version it was read in.
type ActInput struct {
	Call    domain.ID `path:"call" json:"-"`
	Version int       `json:"version"`
}

// Publish opens a call and freezes everything that decides it: call.publish. The commitment to the seed of its draws is published
// with it; the seed is kept from everybody until the panel is drawn. CodeRefused when it would close too soon.
func (s *Service) Publish(ctx context.Context, by domain.Actor, in ActInput) (selection.Call, error) {
	seed := s.secrets.NewToken()
	return service.Do(ctx, s.env, s.store, by, "call.publish", func(a *service.Act[Tx]) (selection.Call, error) {
		c, err := open(ctx, a, "call.publish", in.Call)
		if err != nil {
			return c, err
		}
		r, err := s.rules(ctx, a.Tx, c)
		if err != nil {
			return c, err
		}
		if c, err = c.Publish(a.Now, selection.Commitment(seed), r); err != nil {
			return c, err
		}
		if c.Rules, err = a.Tx.FreezePolicy(ctx, r); err != nil {
			return c, err
		}
		c.Year = a.Now.In(calendar.Seoul).Year()
		if c.Number, err = a.Tx.NextNumber(ctx, "call/"+string(c.Committee)+"/"+strconv.Itoa(c.Year)); err != nil {
			return c, err
		}
		c = c.Freeze(r)
		c.Seed, c.Version = seed, in.Version
		a.Note("profile", c.ProfileHash)
		a.Note("conditions", c.ConditionsHash)
		a.Note("commitment", c.Commitment)
		a.Wake(service.CaseSelection, c.ID)
		err = a.Tx.ChangeCall(ctx, &c)
		return sealed(c), err
	})
}

// sealed hides the seed until the panel has been drawn.
func sealed(c selection.Call) selection.Call {
	switch c.State {
	case selection.Drafting, selection.Open, selection.Reviewing, selection.Cancelled:
		c.Seed = ""
	}
	return c
}

// CancelInput gives a call up.
type CancelInput struct {
	Call    domain.ID `path:"call" json:"-"`
	Reason  string    `json:"reason"`
	Version int       `json:"version"`
}

// Cancel gives a call up before its result is announced: call.cancel.
func (s *Service) Cancel(ctx context.Context, by domain.Actor, in CancelInput) (selection.Call, error) {
	return service.Do(ctx, s.env, s.store, by, "call.cancel", func(a *service.Act[Tx]) (selection.Call, error) {
		c, err := open(ctx, a, "call.cancel", in.Call)
		if err != nil {
			return c, err
		}
		var p domain.Problems
		p.Text("reason", in.Reason, true, domain.MaxLine)
		if err := p.Err(); err != nil {
			return c, err
		}
		if c, err = c.Cancel(strings.TrimSpace(in.Reason)); err != nil {
			return c, err
		}
		c.Version = in.Version
		a.Wake(service.CaseSelection, c.ID)
		err = a.Tx.ChangeCall(ctx, &c)
		return sealed(c), err
	})
}

// CaseInput names a call's case.
type CaseInput struct {
	Call domain.ID `json:"-" path:"call"`
}

// Close ends the time for applications once it has come: call.close. One that is closed stays as it is.
func (s *Service) Close(ctx context.Context, by domain.Actor, in CaseInput) error {
	_, err := service.Do(ctx, s.env, s.store, by, "call.close", func(a *service.Act[Tx]) (Done, error) {
		c, err := open(ctx, a, "call.close", in.Call)
		if err != nil || c.State != selection.Open {
			return Done{Done: true}, err
		}
		if c, err = c.Close(a.Now); err != nil {
			return Done{}, err
		}
		a.Wake(service.CaseSelection, c.ID)
		return Done{Done: true}, a.Tx.ChangeCall(ctx, &c)
	})
	return err
}

// ListInput asks for a page of calls, newest first.
type ListInput struct {
	Live   bool      `query:"live" json:"-"`
	Before domain.ID `query:"before" json:"-"`
	Limit  int       `query:"limit" json:"-"`
}

// List lists the calls that the reader may know of: call.list.
func (s *Service) List(ctx context.Context, by domain.Actor, in ListInput) (service.Page[selection.Call], error) {
	var out service.Page[selection.Call]
	if err := access.Can(by, "call.list", access.Facts{}).Err(); err != nil {
		return out, err
	}
	size := service.PageSize(in.Limit)
	f := CallFilter{All: by.Auditor || by.Kind == domain.ActorSystem, Live: in.Live, Before: in.Before, Limit: size + 1}
	for _, x := range by.Staff {
		f.Serves = append(f.Serves, x.Committee)
	}
	return service.See(ctx, s.store, func(tx Tx) (service.Page[selection.Call], error) {
		found, err := tx.FindCalls(ctx, f)
		if len(found) > size {
			found, out.Next = found[:size], string(found[size-1].ID)
		}
		out.Items = []selection.Call{}
		for _, c := range found {
			c.Terms.Form = selection.Form{} // read with the call itself
			out.Items = append(out.Items, sealed(c))
		}
		return out, err
	})
}

// View is a call as its reader may see it.
type View struct {
	Call        selection.Call                     `json:"call"`
	Takes       bool                               `json:"takes"`            // applications may arrive now
	Counts      map[selection.ApplicationState]int `json:"counts,omitempty"` // for its staff
	Submitted   *int                               `json:"submitted,omitempty"`
	FirstClose  calendar.Date                      `json:"firstClose,omitempty"` // if it were published today
	Basis       string                             `json:"basis,omitempty"`
	Conditions  *selection.Conditions              `json:"conditions,omitempty"` // as published, whose hash the call tells
	ObjectUntil calendar.Date                      `json:"objectUntil,omitempty"`
	ObjectBasis string                             `json:"objectBasis,omitempty"`
}

// Show shows a call: call.show. How many applied is told to everybody once it is closed.
func (s *Service) Show(ctx context.Context, by domain.Actor, in CaseInput) (View, error) {
	return service.See(ctx, s.store, func(tx Tx) (View, error) {
		c, err := tx.Call(ctx, in.Call)
		if err != nil {
			return View{}, err
		}
		if err := may(by, "call.show", facts(c)); err != nil {
			return View{}, err
		}
		out := View{Call: sealed(c), Takes: c.Takes(s.now())}
		counts, err := tx.CountByState(ctx, c.ID)
		if err != nil {
			return out, err
		}
		if access.Can(by, "application.list", facts(c)).Allowed {
			out.Counts = counts
		}
		if c.ClosedAt != nil {
			n := selection.Received(counts)
			out.Submitted = &n
		}
		r, err := s.rules(ctx, tx, c)
		if err != nil {
			return out, err
		}
		out.FirstClose, out.Basis = c.FirstClose(calendar.DateOf(s.now()), r)
		out.ObjectUntil, out.ObjectBasis = c.ObjectUntil(r)
		if c.ConditionsHash != "" {
			out.Conditions = &c.Conditions
		}
		return out, nil
	})
}
