package surveying

import (
	"context"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/alliance"
	"secretariat/domain/policy"
	"secretariat/service"
)

// The stages of a round.
const (
	StageDrafting   service.Stage = "survey_drafting"   // 자가진단 준비
	StageOpen       service.Stage = "survey_open"       // 자가진단 응답
	StagePublishing service.Stage = "survey_publishing" // 결과 검토
	StageTelling    service.Stage = "survey_telling"    // 취소 통지
	StageOver       service.Stage = "survey_over"
)

// The deadlines of a round.
const (
	DeadlineClose  service.DeadlineName = "survey_close"
	DeadlineRemind service.DeadlineName = "survey_remind"
)

// CaseInput names a round's case.
type CaseInput struct {
	Survey domain.ID `json:"-" path:"survey"`
}

// Standing is where the case of a round stands.
type Standing struct {
	Survey    domain.ID          `json:"survey"`
	Committee domain.ID          `json:"committee"`
	Title     string             `json:"title"`
	Stage     service.Stage      `json:"stage"`
	Deadlines []service.Deadline `json:"deadlines"`         // soonest first
	Letters   int                `json:"letters"`           // due now and not sent
	Mailing   *service.Mailing   `json:"mailing,omitempty"` // of those letters; nil when none is due
	Pending   int                `json:"pending"`           // who is asked and whose organisation has not submitted
	At        time.Time          `json:"at"`                // by the clock of the services
}

// Stand says where the case of a round stands and what comes next: survey.stand.
func (s *Service) Stand(ctx context.Context, by domain.Actor, in CaseInput) (Standing, error) {
	return service.See(ctx, s.store, func(tx Tx) (Standing, error) {
		f, err := s.caseOf(ctx, tx, in.Survey)
		if err != nil {
			return Standing{}, err
		}
		if err := access.Can(by, "survey.stand", access.Facts{Committee: f.survey.Committee}).Err(); err != nil {
			return Standing{}, err
		}
		return f.standing(), nil
	})
}

func (f file) standing() Standing {
	v := f.survey
	due := f.post.Due(f.rules)
	out := Standing{
		Survey: v.ID, Committee: v.Committee, Title: v.Title, Deadlines: []service.Deadline{}, At: f.post.Now,
		Letters: len(due), Mailing: service.MailingOf(due, f.post.Sent, alliance.Letter.Batch),
	}
	for _, a := range f.post.Asked {
		if !a.Submitted {
			out.Pending++
		}
	}
	out.Stage = stages[v.State]
	if v.State == alliance.SurveyWithdrawn && out.Letters > 0 {
		out.Stage = StageTelling
	}
	if out.Stage != StageOpen {
		return out
	}
	if next, ok := f.post.NextReminder(f.rules); ok {
		basis := policy.ConsultationReminders.Cite(f.rules)
		out.Deadlines = append(out.Deadlines, service.Deadline{Name: DeadlineRemind, At: next, Basis: basis})
	}
	out.Deadlines = append(out.Deadlines, service.Deadline{Name: DeadlineClose, At: v.ClosesAt})
	return out
}

var stages = map[alliance.SurveyState]service.Stage{
	alliance.SurveyDrafting: StageDrafting, alliance.SurveyOpen: StageOpen, alliance.SurveyClosed: StagePublishing,
	alliance.SurveyPublished: StageOver, alliance.SurveyWithdrawn: StageOver,
}

func protection(r policy.Rules) string { return policy.SurveyLeast.Cite(r) }

// Close ends the time for answers once it has come, and computes the figures: survey.close. One that is closed stays as it is.
func (s *Service) Close(ctx context.Context, by domain.Actor, in CaseInput) error {
	_, err := service.Do(ctx, s.env, s.store, by, "survey.close", func(a *service.Act[Tx]) (struct{}, error) {
		v, err := s.open(ctx, a, "survey.close", in.Survey)
		if err != nil || v.State != alliance.SurveyOpen {
			return struct{}{}, err
		}
		if v, err = v.Close(a.Now); err != nil {
			return struct{}{}, err
		}
		if err := s.tally(ctx, a, v); err != nil {
			return struct{}{}, err
		}
		a.Wake(service.CaseSurvey, v.ID)
		return struct{}{}, a.Tx.ChangeSurvey(ctx, &v)
	})
	return err
}

func (s *Service) tally(ctx context.Context, a *service.Act[Tx], v alliance.Survey) error {
	r, err := s.rules(ctx, a.Tx, v)
	if err != nil {
		return err
	}
	sheets, err := a.Tx.SubmittedSheets(ctx, v.ID)
	if err != nil {
		return err
	}
	divisions, err := a.Tx.Divisions(ctx, v.Alliance)
	if err != nil {
		return err
	}
	asked, _, err := a.Tx.CountSurveyed(ctx, v)
	if err != nil {
		return err
	}
	return a.Tx.PutSurveyResults(ctx, v.ID, v.Tally(sheets, divisions, asked, policy.SurveyLeast.Of(r)))
}
