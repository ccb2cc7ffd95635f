package surveying

import (
	"context"
	"slices"
	"strconv"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/service"
)

// Point is the answer to one indicator; 0 points mean that there is none.
type Point struct {
	Indicator string `json:"indicator"`
	Points    int    `json:"points"`
}

// SaveInput is the draft of what an organisation answers.
type SaveInput struct {
	Survey       domain.ID `path:"survey" json:"-"`
	Organisation domain.ID `json:"organisation"`
	Group        string    `json:"group"`
	Answers      []Point   `json:"answers"`
	Version      int       `json:"version"` // of the draft; 0 for the first
}

// field is where an indicator stands in the input.
func (in SaveInput) field(code string) string {
	n := slices.IndexFunc(in.Answers, func(x Point) bool { return x.Indicator == code })
	if n < 0 {
		return "answers"
	}
	return "answers." + strconv.Itoa(n) + ".points"
}

// Save keeps the draft of an organisation, which its own people see and change alone: assessment.save. CodeConflict after
// the close or once it was submitted; CodeStale when a colleague saved meanwhile.
func (s *Service) Save(ctx context.Context, by domain.Actor, in SaveInput) (alliance.Sheet, error) {
	return service.Do(ctx, s.env, s.store, by, "assessment.save", func(a *service.Act[Tx]) (alliance.Sheet, error) {
		h, _, err := s.write(ctx, a, "assessment.save", in)
		if err != nil {
			return alliance.Sheet{}, err
		}
		return put(ctx, a, h)
	})
}

// Submit sends what an organisation answers, in its name: assessment.submit. CodeForbidden for who may only draft;
// CodeConflict after the close. In every area something has to be answered; what is left out is in no figure.
func (s *Service) Submit(ctx context.Context, by domain.Actor, in SaveInput) (alliance.Sheet, error) {
	return service.Do(ctx, s.env, s.store, by, "assessment.submit", func(a *service.Act[Tx]) (alliance.Sheet, error) {
		h, v, err := s.write(ctx, a, "assessment.submit", in)
		if err != nil {
			return alliance.Sheet{}, err
		}
		var p domain.Problems
		h.Complete(&p, v.Questions, in.field)
		if err := p.Err(); err != nil {
			return alliance.Sheet{}, err
		}
		if err := place(ctx, a.Tx, &h); err != nil {
			return alliance.Sheet{}, err
		}
		h.State, h.SubmittedAt, h.SubmittedBy = alliance.Submitted, &a.Now, by.ID
		a.Wake(service.CaseSurvey, v.ID)
		return put(ctx, a, h)
	})
}

// place keeps what the organisation is at this moment, so that figures do not change when it does.
func place(ctx context.Context, tx Tx, h *alliance.Sheet) error {
	o, err := tx.Organisation(ctx, h.Organisation)
	if err != nil {
		return err
	}
	places, err := tx.PlacesOf(ctx, o.ID)
	h.Size, h.Divisions = o.Size, []domain.ID{}
	for _, p := range places {
		h.Divisions = append(h.Divisions, p.Division)
	}
	return err
}

// write makes the sheet of an organisation out of what is there and what arrives.
func (s *Service) write(
	ctx context.Context, a *service.Act[Tx], op string, in SaveInput,
) (alliance.Sheet, alliance.Survey, error) {
	v, err := s.openFor(ctx, a, op, in.Survey, in.Organisation)
	if err != nil {
		return alliance.Sheet{}, v, err
	}
	h, there, err := a.Tx.SheetOf(ctx, v.ID, in.Organisation)
	if err != nil {
		return h, v, err
	}
	if there && h.State == alliance.Submitted {
		return h, v, domain.Conflict("survey.submitted", nil)
	}
	if !there {
		h = alliance.Sheet{Survey: v.ID, Organisation: in.Organisation, State: alliance.Draft, Divisions: []domain.ID{}}
	}
	h.Group, h.Answers, h.Version = in.Group, map[string]int{}, in.Version
	for _, x := range in.Answers {
		if x.Points != 0 {
			h.Answers[x.Indicator] = x.Points
		}
	}
	var p domain.Problems
	h.Check(&p, v, in.field)
	return h, v, p.Err()
}

// put writes a sheet. How many indicators are answered is noted, never how.
func put(ctx context.Context, a *service.Act[Tx], h alliance.Sheet) (alliance.Sheet, error) {
	a.Note("answers", strconv.Itoa(len(h.Answers)))
	if h.ID != "" {
		return h, a.Tx.ChangeSheet(ctx, &h)
	}
	h.ID, h.Version = a.Env.NewID(), 1
	return h, a.Tx.AddSheet(ctx, h)
}

// openFor opens a round for what an organisation answers. CodeConflict when it takes nothing.
func (s *Service) openFor(
	ctx context.Context, a *service.Act[Tx], op string, id, organisation domain.ID,
) (alliance.Survey, error) {
	v, err := a.Tx.Survey(ctx, id)
	if err != nil {
		return v, err
	}
	st, err := standingOf(ctx, a.Tx, a.By, v)
	if err != nil {
		return v, err
	}
	a.On("survey", v.ID, v.ID)
	if st.facts.Organisation = ""; slices.Contains(st.own, organisation) {
		st.facts.Organisation = organisation
	}
	if err := may(a.By, op, st.facts); err != nil {
		return v, err
	}
	// Who closes the round holds its row, so that nothing arrives in the same moment.
	if v, err = a.Tx.LockSurvey(ctx, id); err == nil && !v.Takes(a.Now) {
		err = domain.Conflict("survey.not_open", nil)
	}
	return v, err
}

// TakeBackInput names what is taken back.
type TakeBackInput struct {
	Survey       domain.ID `path:"survey" json:"-"`
	Organisation domain.ID `json:"organisation"`
	Version      int       `json:"version"`
}

// TakeBack makes what was submitted a draft again, to be changed and sent anew before the close: assessment.take_back.
func (s *Service) TakeBack(ctx context.Context, by domain.Actor, in TakeBackInput) (alliance.Sheet, error) {
	return service.Do(ctx, s.env, s.store, by, "assessment.take_back", func(a *service.Act[Tx]) (alliance.Sheet, error) {
		v, err := s.openFor(ctx, a, "assessment.take_back", in.Survey, in.Organisation)
		if err != nil {
			return alliance.Sheet{}, err
		}
		h, there, err := a.Tx.SheetOf(ctx, v.ID, in.Organisation)
		if err != nil {
			return h, err
		}
		if !there || h.State != alliance.Submitted {
			return alliance.Sheet{}, domain.Conflict("survey.not_submitted", nil)
		}
		h.State, h.SubmittedAt, h.SubmittedBy, h.Version = alliance.Draft, nil, "", in.Version
		a.Wake(service.CaseSurvey, v.ID)
		return h, a.Tx.ChangeSheet(ctx, &h)
	})
}

// MineInput asks for what the reader's organisation answers.
type MineInput struct {
	Survey       domain.ID `path:"survey" json:"-"`
	Organisation domain.ID `query:"organisation" json:"-"`
}

// Mine is what an organisation answers.
type Mine struct {
	Sheet   *alliance.Sheet `json:"sheet"` // nil before the first draft
	Missing []alliance.Item `json:"missing"`
}

// Mine shows an organisation's people what it answers: assessment.mine. Nobody else is ever shown it.
func (s *Service) Mine(ctx context.Context, by domain.Actor, in MineInput) (Mine, error) {
	return service.See(ctx, s.store, func(tx Tx) (Mine, error) {
		v, err := tx.Survey(ctx, in.Survey)
		if err != nil {
			return Mine{}, err
		}
		st, err := standingOf(ctx, tx, by, v)
		if err != nil {
			return Mine{}, err
		}
		st.facts.Organisation = in.Organisation
		if err := may(by, "assessment.mine", st.facts); err != nil {
			return Mine{}, err
		}
		h, there, err := tx.SheetOf(ctx, v.ID, in.Organisation)
		if err == nil && !there && !slices.Contains(st.own, in.Organisation) {
			err = domain.NotFound("survey") // who is not asked does not learn of it
		}
		out := Mine{Missing: h.Missing(v.Questions)}
		if there {
			out.Sheet = &h
		}
		return out, err
	})
}
