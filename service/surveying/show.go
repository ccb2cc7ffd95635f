package surveying

import (
	"context"
	"fmt"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/alliance"
	"secretariat/domain/calendar"
	"secretariat/service"
)

// ListInput asks for a page of rounds, newest first.
type ListInput struct {
	Live   bool      `query:"live" json:"-"` // those alone that take answers
	Before domain.ID `query:"before" json:"-"`
	Limit  int       `query:"limit" json:"-"`
}

// List lists the rounds that the reader may know of, newest first: survey.list.
func (s *Service) List(ctx context.Context, by domain.Actor, in ListInput) (service.Page[alliance.Survey], error) {
	var out service.Page[alliance.Survey]
	if err := access.Can(by, "survey.list", access.Facts{}).Err(); err != nil {
		return out, err
	}
	size := service.PageSize(in.Limit)
	f := Filter{All: by.Auditor || by.Kind == domain.ActorSystem, Live: in.Live, Before: in.Before, Limit: size + 1}
	for _, x := range by.Staff {
		f.Serves = append(f.Serves, x.Committee)
	}
	for _, x := range by.Seats {
		f.Sits = append(f.Sits, x.Committee)
	}
	for _, x := range by.Partners {
		f.Organisations = append(f.Organisations, x.Organisation)
	}
	return service.See(ctx, s.store, func(tx Tx) (service.Page[alliance.Survey], error) {
		found, err := tx.FindSurveys(ctx, f)
		out.Items = found
		if len(found) > size {
			out.Items, out.Next = found[:size], string(found[size-1].ID)
		}
		return out, err
	})
}

// Questionnaires are the questionnaires with their sources and what was found before the first round.
type Questionnaires struct {
	Items []alliance.Questionnaire `json:"items"` // newest last
}

// QuestionnairesInput asks for the questionnaires.
type QuestionnairesInput struct{}

// Questionnaires shows the questionnaires: questionnaire.list.
func (s *Service) Questionnaires(_ context.Context, by domain.Actor, _ QuestionnairesInput) (Questionnaires, error) {
	return Questionnaires{s.ports.Questions}, access.Can(by, "questionnaire.list", access.Facts{}).Err()
}

// ShowInput names a round.
type ShowInput struct {
	Survey domain.ID `path:"survey" json:"-"`
}

// View is a round as its reader may see it.
type View struct {
	Survey     alliance.Survey     `json:"survey"`
	Divisions  []alliance.Division `json:"divisions"` // of the alliance
	Takes      bool                `json:"takes"`     // answers may arrive now
	Own        []domain.ID         `json:"own"`       // organisations of the reader that are asked
	Asked      *Turnout            `json:"asked,omitempty"`
	Results    *alliance.Results   `json:"results,omitempty"`    // for the staff and the committee once it is closed, for all once it is published
	FirstClose calendar.Date       `json:"firstClose,omitempty"` // if it were opened today
	Basis      string              `json:"basis,omitempty"`      // of that
	Protection string              `json:"protection,omitempty"` // on which small figures are hidden
}

// Turnout is how many organisations are asked and have submitted.
type Turnout struct {
	Asked     int `json:"asked"`
	Submitted int `json:"submitted"`
}

// Show shows a round to its staff, once it is open to who is asked and to the committee, and once it is published to
// everybody: survey.show.
func (s *Service) Show(ctx context.Context, by domain.Actor, in ShowInput) (View, error) {
	return service.See(ctx, s.store, func(tx Tx) (View, error) {
		v, err := tx.Survey(ctx, in.Survey)
		if err != nil {
			return View{}, err
		}
		st, err := standingOf(ctx, tx, by, v)
		if err != nil {
			return View{}, err
		}
		if err := may(by, "survey.show", st.facts); err != nil {
			return View{}, err
		}
		out := View{Survey: v, Takes: v.Takes(s.now()), Own: append([]domain.ID{}, st.own...)}
		if out.Divisions, err = tx.Divisions(ctx, v.Alliance); err != nil {
			return out, err
		}
		return out, s.inside(ctx, tx, by, st.facts, &out)
	})
}

// inside adds the results, and what the staff see.
func (s *Service) inside(ctx context.Context, tx Tx, by domain.Actor, f access.Facts, out *View) error {
	r, err := s.rules(ctx, tx, out.Survey)
	if err != nil {
		return err
	}
	out.FirstClose, out.Basis = out.Survey.FirstClose(calendar.DateOf(s.now()), r)
	out.Protection = protection(r)
	if seesResults(by, f, out.Survey) {
		found, there, err := tx.SurveyResults(ctx, out.Survey.ID)
		if err != nil {
			return err
		}
		if there {
			out.Results = &found
		}
	}
	if !access.Can(by, "survey.turnout", f).Allowed {
		return nil
	}
	asked, submitted, err := tx.CountSurveyed(ctx, out.Survey)
	out.Asked = &Turnout{asked, submitted}
	return err
}

// seesResults reports whether the reader may see the figures of a round, which are the same for everybody.
func seesResults(by domain.Actor, f access.Facts, v alliance.Survey) bool {
	f.Announced = v.ClosedAt != nil
	return v.State != alliance.SurveyWithdrawn && access.Can(by, "survey.workbook", f).Allowed
}

// TurnoutInput asks for a page of the organisations that a round asks.
type TurnoutInput struct {
	Survey  domain.ID `path:"survey" json:"-"`
	Pending bool      `query:"pending" json:"-"` // those alone that have submitted nothing
	After   domain.ID `query:"after" json:"-"`
	Limit   int       `query:"limit" json:"-"`
}

// Turnout lists whom a round asks and who has submitted, to who reminds them and who checks: survey.turnout. What an
// organisation answers is not told.
func (s *Service) Turnout(ctx context.Context, by domain.Actor, in TurnoutInput) (service.Page[Asked], error) {
	size := service.PageSize(in.Limit)
	return service.See(ctx, s.store, func(tx Tx) (service.Page[Asked], error) {
		var out service.Page[Asked]
		v, err := tx.Survey(ctx, in.Survey)
		if err != nil {
			return out, err
		}
		st, err := standingOf(ctx, tx, by, v)
		if err != nil {
			return out, err
		}
		if err := may(by, "survey.turnout", st.facts); err != nil {
			return out, err
		}
		out.Items, err = tx.FindSurveyed(ctx, AskedFilter{v.ID, in.Pending, in.After, size + 1})
		if len(out.Items) > size {
			out.Items, out.Next = out.Items[:size], string(out.Items[size-1].Organisation)
		}
		return out, err
	})
}

// Workbook is the figures of a round as a file for a spreadsheet.
type Workbook struct {
	FileName string
	Data     []byte
}

// Workbook writes the figures of a round for a spreadsheet: survey.workbook. It holds what the page shows and no more.
// CodeNotFound before there are any.
func (s *Service) Workbook(ctx context.Context, by domain.Actor, in ShowInput) (Workbook, error) {
	v, err := s.Show(ctx, by, in)
	if err != nil {
		return Workbook{}, err
	}
	if v.Results == nil {
		return Workbook{}, domain.NotFound("survey_results")
	}
	out := Workbook{FileName: fmt.Sprintf("역량자가진단-%d-%d.xlsx", v.Survey.Year, v.Survey.Number)}
	out.Data, err = s.ports.Book(v.Survey, *v.Results)
	return out, err
}
