package consulting

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/alliance"
	"secretariat/domain/calendar"
	"secretariat/service"
)

// Plan is what a consultation asks, of whom and until when.
type Plan struct {
	Kind      alliance.ConsultationKind `json:"kind"`
	Title     string                    `json:"title"`
	Purpose   string                    `json:"purpose"`
	Audience  alliance.Audience         `json:"audience"`
	Divisions []domain.ID               `json:"divisions"`
	Articles  []alliance.Article        `json:"articles"`
	ClosesAt  time.Time                 `json:"closesAt"`
	Urgent    string                    `json:"urgent"`
	HearingAt *time.Time                `json:"hearingAt"`
	Place     string                    `json:"place"`

	SpeakersNote    string     `json:"speakersNote"`
	SpeakersMost    int        `json:"speakersMost"`
	SpeakersMinutes int        `json:"speakersMinutes"`
	SpeakersUntil   *time.Time `json:"speakersUntil"`
}

func (in Plan) on(c alliance.Consultation) alliance.Consultation {
	c.Kind, c.Title, c.Purpose, c.Audience = in.Kind, strings.TrimSpace(in.Title), strings.TrimSpace(in.Purpose), in.Audience
	c.Divisions, c.Articles = append([]domain.ID{}, in.Divisions...), append([]alliance.Article{}, in.Articles...)
	c.ClosesAt, c.Urgent, c.Place = service.Instant(in.ClosesAt), strings.TrimSpace(in.Urgent), strings.TrimSpace(in.Place)
	c.HearingAt, c.HearingTerms = nil, alliance.HearingTerms{}
	if in.Kind != alliance.Hearing {
		return c
	}
	c.HearingAt, c.SpeakersUntil = instant(in.HearingAt), instant(in.SpeakersUntil)
	c.SpeakersNote, c.SpeakersMost, c.SpeakersMinutes = strings.TrimSpace(in.SpeakersNote), in.SpeakersMost, in.SpeakersMinutes
	return c
}

// instant is a time as it is kept, nil for none.
func instant(t *time.Time) *time.Time {
	if t == nil || t.IsZero() {
		return nil
	}
	at := service.Instant(*t)
	return &at
}

// DraftInput is a new consultation of an alliance.
type DraftInput struct {
	Alliance domain.ID `path:"alliance" json:"-"`
	Plan
}

// Draft begins a consultation that nobody else sees yet: consultation.draft.
func (s *Service) Draft(ctx context.Context, by domain.Actor, in DraftInput) (alliance.Consultation, error) {
	return service.Do(ctx, s.env, s.store, by, "consultation.draft", func(a *service.Act[Tx]) (alliance.Consultation, error) {
		of, err := a.Tx.Alliance(ctx, in.Alliance)
		if err != nil {
			return alliance.Consultation{}, err
		}
		if err := access.Can(by, "consultation.draft", access.Facts{Committee: of.Committee}).Err(); err != nil {
			return alliance.Consultation{}, err
		}
		c := in.Plan.on(alliance.Consultation{
			ID: a.Env.NewID(), Committee: of.Committee, Alliance: of.ID, State: alliance.Drafting, Version: 1,
		})
		a.On("consultation", c.ID, c.ID)
		if err := checkPlan(ctx, a.Tx, c); err != nil {
			return c, err
		}
		a.Wake(service.CaseConsultation, c.ID)
		return c, a.Tx.AddConsultation(ctx, c)
	})
}

// checkPlan tells everything that is wrong with a plan; its divisions have to be those of the alliance.
func checkPlan(ctx context.Context, tx Tx, c alliance.Consultation) error {
	var p domain.Problems
	c.Check(&p)
	known, err := tx.Divisions(ctx, c.Alliance)
	if err != nil {
		return err
	}
	for _, id := range c.Divisions {
		if !slices.ContainsFunc(known, func(d alliance.Division) bool { return d.ID == id }) {
			p.Add("divisions", "field.choice", nil)
			break
		}
	}
	return p.Err()
}

// ReviseInput changes a plan.
type ReviseInput struct {
	Consultation domain.ID `path:"consultation" json:"-"`
	Plan
	Version int `json:"version"`
}

// Revise changes a consultation that is not open yet: consultation.revise. CodeConflict afterwards; CodeStale when it
// changed meanwhile.
func (s *Service) Revise(ctx context.Context, by domain.Actor, in ReviseInput) (alliance.Consultation, error) {
	return service.Do(ctx, s.env, s.store, by, "consultation.revise", func(a *service.Act[Tx]) (alliance.Consultation, error) {
		c, _, err := s.open(ctx, a, "consultation.revise", in.Consultation)
		if err != nil {
			return c, err
		}
		if c.State != alliance.Drafting {
			return c, domain.Conflict("consultation.not_drafting", nil)
		}
		c = in.Plan.on(c)
		if err := checkPlan(ctx, a.Tx, c); err != nil {
			return c, err
		}
		c.Version = in.Version
		return c, a.Tx.ChangeConsultation(ctx, &c)
	})
}

// ActInput names a consultation at the version it was read in.
type ActInput struct {
	Consultation domain.ID `path:"consultation" json:"-"`
	Version      int       `json:"version"`
}

// Open announces a consultation and asks everybody concerned: consultation.open. CodeRefused, citing the rule, when it
// would close too soon (행정절차법 38, 46).
func (s *Service) Open(ctx context.Context, by domain.Actor, in ActInput) (alliance.Consultation, error) {
	return service.Do(ctx, s.env, s.store, by, "consultation.open", func(a *service.Act[Tx]) (alliance.Consultation, error) {
		c, _, err := s.open(ctx, a, "consultation.open", in.Consultation)
		if err != nil {
			return c, err
		}
		r, err := s.rules(ctx, a.Tx, c)
		if err != nil {
			return c, err
		}
		if c, err = c.Open(a.Now, r); err != nil {
			return c, err
		}
		if c.Rules, err = a.Tx.FreezePolicy(ctx, r); err != nil {
			return c, err
		}
		c.Year = a.Now.In(calendar.Seoul).Year()
		if c.Number, err = a.Tx.NextNumber(ctx, "consultation/"+string(c.Committee)+"/"+strconv.Itoa(c.Year)); err != nil {
			return c, err
		}
		c.Version = in.Version
		a.Wake(service.CaseConsultation, c.ID)
		return c, a.Tx.ChangeConsultation(ctx, &c)
	})
}

// MoveInput gives an open consultation later dates.
type MoveInput struct {
	Consultation domain.ID  `path:"consultation" json:"-"`
	ClosesAt     time.Time  `json:"closesAt"`
	HearingAt    *time.Time `json:"hearingAt"`
	Reason       string     `json:"reason"`
	Version      int        `json:"version"`
}

// Move gives an open consultation a later close, or its hearing another date, and tells everybody concerned:
// consultation.move. CodeRefused for an earlier close or a hearing that is too near (행정절차법 38 단서).
func (s *Service) Move(ctx context.Context, by domain.Actor, in MoveInput) (alliance.Consultation, error) {
	return service.Do(ctx, s.env, s.store, by, "consultation.move", func(a *service.Act[Tx]) (alliance.Consultation, error) {
		c, _, err := s.open(ctx, a, "consultation.move", in.Consultation)
		if err != nil {
			return c, err
		}
		var p domain.Problems
		p.Check(!in.ClosesAt.IsZero(), "closesAt", "field.required")
		p.Text("reason", in.Reason, true, domain.MaxLine)
		if err := p.Err(); err != nil {
			return c, err
		}
		r, err := s.rules(ctx, a.Tx, c)
		if err != nil {
			return c, err
		}
		if c, err = c.Move(service.Instant(in.ClosesAt), in.HearingAt, strings.TrimSpace(in.Reason), a.Now, r); err != nil {
			return c, err
		}
		c.Version = in.Version
		a.Wake(service.CaseConsultation, c.ID)
		return c, a.Tx.ChangeConsultation(ctx, &c)
	})
}

// WithdrawInput gives a consultation up.
type WithdrawInput struct {
	Consultation domain.ID `path:"consultation" json:"-"`
	Reason       string    `json:"reason"`
	Version      int       `json:"version"`
}

// Withdraw gives a consultation up that is not over: consultation.withdraw. What was said stays on record.
func (s *Service) Withdraw(ctx context.Context, by domain.Actor, in WithdrawInput) (alliance.Consultation, error) {
	return service.Do(ctx, s.env, s.store, by, "consultation.withdraw", func(a *service.Act[Tx]) (alliance.Consultation, error) {
		c, _, err := s.open(ctx, a, "consultation.withdraw", in.Consultation)
		if err != nil {
			return c, err
		}
		var p domain.Problems
		p.Text("reason", in.Reason, true, domain.MaxLine)
		if err := p.Err(); err != nil {
			return c, err
		}
		if c, err = c.Withdraw(strings.TrimSpace(in.Reason), a.Now); err != nil {
			return c, err
		}
		c.Version = in.Version
		a.Wake(service.CaseConsultation, c.ID)
		return c, a.Tx.ChangeConsultation(ctx, &c)
	})
}
