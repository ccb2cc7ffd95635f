package surveying

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

// Plan is whom a round asks and until when.
type Plan struct {
	Title     string      `json:"title"`
	Purpose   string      `json:"purpose"`
	Divisions []domain.ID `json:"divisions"` // all members when empty
	Groups    []string    `json:"groups"`    // all of the questionnaire when empty
	ClosesAt  time.Time   `json:"closesAt"`
}

func (in Plan) on(v alliance.Survey) alliance.Survey {
	v.Title, v.Purpose = strings.TrimSpace(in.Title), strings.TrimSpace(in.Purpose)
	v.Divisions, v.Groups = append([]domain.ID{}, in.Divisions...), append([]string{}, in.Groups...)
	v.ClosesAt = service.Instant(in.ClosesAt)
	return v
}

// DraftInput is a new round of an alliance.
type DraftInput struct {
	Alliance domain.ID `path:"alliance" json:"-"`
	Plan
}

// Draft begins a round with the newest questionnaire; nobody else sees it yet: survey.draft.
func (s *Service) Draft(ctx context.Context, by domain.Actor, in DraftInput) (alliance.Survey, error) {
	return service.Do(ctx, s.env, s.store, by, "survey.draft", func(a *service.Act[Tx]) (alliance.Survey, error) {
		of, err := a.Tx.Alliance(ctx, in.Alliance)
		if err != nil {
			return alliance.Survey{}, err
		}
		if err := access.Can(by, "survey.draft", access.Facts{Committee: of.Committee}).Err(); err != nil {
			return alliance.Survey{}, err
		}
		v := in.Plan.on(alliance.Survey{
			ID: a.Env.NewID(), Committee: of.Committee, Alliance: of.ID, State: alliance.SurveyDrafting, Version: 1,
			Questions: s.newest(),
		})
		a.On("survey", v.ID, v.ID)
		if err := checkPlan(ctx, a.Tx, v); err != nil {
			return v, err
		}
		a.Wake(service.CaseSurvey, v.ID)
		return v, a.Tx.AddSurvey(ctx, v)
	})
}

func (s *Service) newest() alliance.Questionnaire {
	if n := len(s.ports.Questions); n > 0 {
		return s.ports.Questions[n-1]
	}
	return alliance.Questionnaire{}
}

// checkPlan tells everything that is wrong with a plan; its divisions have to be those of the alliance.
func checkPlan(ctx context.Context, tx Tx, v alliance.Survey) error {
	var p domain.Problems
	v.Check(&p)
	known, err := tx.Divisions(ctx, v.Alliance)
	if err != nil {
		return err
	}
	for _, id := range v.Divisions {
		if !slices.ContainsFunc(known, func(d alliance.Division) bool { return d.ID == id }) {
			p.Add("divisions", "field.choice", nil)
			break
		}
	}
	return p.Err()
}

// ReviseInput changes a plan.
type ReviseInput struct {
	Survey domain.ID `path:"survey" json:"-"`
	Plan
	Version int `json:"version"`
}

// change is an act on a round: how is given the round and the time and makes the new one.
func (s *Service) change(
	ctx context.Context, by domain.Actor, op string, id domain.ID, version int,
	how func(*service.Act[Tx], alliance.Survey) (alliance.Survey, error),
) (alliance.Survey, error) {
	return service.Do(ctx, s.env, s.store, by, op, func(a *service.Act[Tx]) (alliance.Survey, error) {
		v, err := s.open(ctx, a, op, id)
		if err != nil {
			return alliance.Survey{}, err
		}
		if v, err = how(a, v); err != nil {
			return v, err
		}
		v.Version = version
		a.Wake(service.CaseSurvey, v.ID)
		return v, a.Tx.ChangeSurvey(ctx, &v)
	})
}

// Revise changes a round that is not open yet: survey.revise. CodeConflict afterwards; CodeStale when it changed meanwhile.
func (s *Service) Revise(ctx context.Context, by domain.Actor, in ReviseInput) (alliance.Survey, error) {
	return s.change(ctx, by, "survey.revise", in.Survey, in.Version, func(a *service.Act[Tx], v alliance.Survey) (alliance.Survey, error) {
		if v.State != alliance.SurveyDrafting {
			return v, domain.Conflict("survey.not_drafting", nil)
		}
		v = in.Plan.on(v)
		return v, checkPlan(ctx, a.Tx, v)
	})
}

// ActInput names a round at the version it was read in.
type ActInput struct {
	Survey  domain.ID `path:"survey" json:"-"`
	Version int       `json:"version"`
}

// Open begins a round and asks everybody concerned: survey.open. CodeRefused, citing the rule, when it would close too soon.
func (s *Service) Open(ctx context.Context, by domain.Actor, in ActInput) (alliance.Survey, error) {
	return s.change(ctx, by, "survey.open", in.Survey, in.Version, func(a *service.Act[Tx], v alliance.Survey) (alliance.Survey, error) {
		r, err := s.rules(ctx, a.Tx, v)
		if err != nil {
			return v, err
		}
		if v, err = v.Open(a.Now, r); err != nil {
			return v, err
		}
		if v.Rules, err = a.Tx.FreezePolicy(ctx, r); err != nil {
			return v, err
		}
		v.Year = a.Now.In(calendar.Seoul).Year()
		v.Number, err = a.Tx.NextNumber(ctx, "survey/"+string(v.Committee)+"/"+strconv.Itoa(v.Year))
		return v, err
	})
}

// MoveInput gives an open round a later close.
type MoveInput struct {
	Survey   domain.ID `path:"survey" json:"-"`
	ClosesAt time.Time `json:"closesAt"`
	Reason   string    `json:"reason"`
	Version  int       `json:"version"`
}

// Move gives an open round a later close and tells everybody concerned: survey.move. CodeRefused for an earlier one.
func (s *Service) Move(ctx context.Context, by domain.Actor, in MoveInput) (alliance.Survey, error) {
	return s.change(ctx, by, "survey.move", in.Survey, in.Version, func(a *service.Act[Tx], v alliance.Survey) (alliance.Survey, error) {
		var p domain.Problems
		p.Check(!in.ClosesAt.IsZero(), "closesAt", "field.required")
		p.Text("reason", in.Reason, true, domain.MaxLine)
		if err := p.Err(); err != nil {
			return v, err
		}
		return v.Move(service.Instant(in.ClosesAt), strings.TrimSpace(in.Reason), a.Now)
	})
}

// WithdrawInput gives a round up.
type WithdrawInput struct {
	Survey  domain.ID `path:"survey" json:"-"`
	Reason  string    `json:"reason"`
	Version int       `json:"version"`
}

// Withdraw gives a round up that is not published: survey.withdraw.
func (s *Service) Withdraw(ctx context.Context, by domain.Actor, in WithdrawInput) (alliance.Survey, error) {
	return s.change(ctx, by, "survey.withdraw", in.Survey, in.Version, func(_ *service.Act[Tx], v alliance.Survey) (alliance.Survey, error) {
		var p domain.Problems
		p.Text("reason", in.Reason, true, domain.MaxLine)
		if err := p.Err(); err != nil {
			return v, err
		}
		return v.Withdraw(strings.TrimSpace(in.Reason))
	})
}

// Publish makes the results of a closed round public: survey.publish.
func (s *Service) Publish(ctx context.Context, by domain.Actor, in ActInput) (alliance.Survey, error) {
	return s.change(ctx, by, "survey.publish", in.Survey, in.Version, func(a *service.Act[Tx], v alliance.Survey) (alliance.Survey, error) {
		return v.Publish(a.Now)
	})
}
