package endpoint

import (
	"secretariat/domain/alliance"
	"secretariat/service"
	"secretariat/service/surveying"
)

// Surveying are the operations on rounds of self-assessment and on what is answered in them.
type Surveying struct {
	ListQuestionnaires Endpoint[surveying.QuestionnairesInput, surveying.Questionnaires]
	DraftSurvey        Endpoint[surveying.DraftInput, alliance.Survey]
	ReviseSurvey       Endpoint[surveying.ReviseInput, alliance.Survey]
	OpenSurvey         Endpoint[surveying.ActInput, alliance.Survey]
	MoveSurvey         Endpoint[surveying.MoveInput, alliance.Survey]
	WithdrawSurvey     Endpoint[surveying.WithdrawInput, alliance.Survey]
	PublishSurvey      Endpoint[surveying.ActInput, alliance.Survey]
	StandSurvey        Endpoint[surveying.CaseInput, surveying.Standing]
	ListSurveys        Endpoint[surveying.ListInput, service.Page[alliance.Survey]]
	ShowSurvey         Endpoint[surveying.ShowInput, surveying.View]
	SurveyTurnout      Endpoint[surveying.TurnoutInput, service.Page[surveying.Asked]]
	SurveyWorkbook     Endpoint[surveying.ShowInput, surveying.Workbook]
	SaveAssessment     Endpoint[surveying.SaveInput, alliance.Sheet]
	SubmitAssessment   Endpoint[surveying.SaveInput, alliance.Sheet]
	TakeBackAssessment Endpoint[surveying.TakeBackInput, alliance.Sheet]
	MyAssessment       Endpoint[surveying.MineInput, surveying.Mine]
}

func surveyingOf(s *surveying.Service, mw Middlewares) Surveying {
	return Surveying{
		ListQuestionnaires: New("questionnaire.list", s.Questionnaires, mw),
		DraftSurvey:        New("survey.draft", s.Draft, mw),
		ReviseSurvey:       New("survey.revise", s.Revise, mw),
		OpenSurvey:         New("survey.open", s.Open, mw),
		MoveSurvey:         New("survey.move", s.Move, mw),
		WithdrawSurvey:     New("survey.withdraw", s.Withdraw, mw),
		PublishSurvey:      New("survey.publish", s.Publish, mw),
		StandSurvey:        New("survey.stand", s.Stand, mw),
		ListSurveys:        New("survey.list", s.List, mw),
		ShowSurvey:         New("survey.show", s.Show, mw),
		SurveyTurnout:      New("survey.turnout", s.Turnout, mw),
		SurveyWorkbook:     New("survey.workbook", s.Workbook, mw),
		SaveAssessment:     New("assessment.save", s.Save, mw),
		SubmitAssessment:   New("assessment.submit", s.Submit, mw),
		TakeBackAssessment: New("assessment.take_back", s.TakeBack, mw),
		MyAssessment:       New("assessment.mine", s.Mine, mw),
	}
}
