package web

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/service"
	"secretariat/service/partnering"
	"secretariat/service/surveying"
	"secretariat/transport/edge"
)

// surveys adds self-assessment (역량 자가진단): asking, answering and the figures.
func surveys(s *Site) {
	done("survey_saved", "survey_opened", "survey_moved", "survey_withdrawn", "survey_published", "assessment_saved",
		"assessment_submitted", "assessment_taken_back")
	s.page("/surveys", "surveys", s.surveyList)
	s.page("/alliances/{alliance}/surveys/new", "survey-edit", s.newSurvey)
	s.page("/surveys/{survey}", "survey", s.survey)
	s.page("/surveys/{survey}/edit", "survey-edit", s.editSurvey)
	s.page("/surveys/{survey}/turnout", "turnout", s.surveyTurnout)
	portalFile(s, "/surveys/{survey}/workbook", s.set.SurveyWorkbook, func(w surveying.Workbook) edge.File {
		return edge.File{
			Name: w.FileName, Media: edge.MediaWorkbook, Size: int64(len(w.Data)), Content: io.NopCloser(bytes.NewReader(w.Data)),
		}
	})
	surveyForms(s)
}

func surveyForms(s *Site) {
	act(s, "/alliances/{alliance}/surveys", s.set.DraftSurvey, surveyAfter[surveying.DraftInput]("survey_saved"))
	act(s, "/surveys/{survey}/edit", s.set.ReviseSurvey, surveyAfter[surveying.ReviseInput]("survey_saved"))
	act(s, "/surveys/{survey}/open", s.set.OpenSurvey, surveyAfter[surveying.ActInput]("survey_opened"))
	act(s, "/surveys/{survey}/move", s.set.MoveSurvey, surveyAfter[surveying.MoveInput]("survey_moved"))
	act(s, "/surveys/{survey}/withdraw", s.set.WithdrawSurvey, surveyAfter[surveying.WithdrawInput]("survey_withdrawn"))
	act(s, "/surveys/{survey}/publish", s.set.PublishSurvey, surveyAfter[surveying.ActInput]("survey_published"))
	act(s, "/surveys/{survey}/save", s.set.SaveAssessment, sheetAfter[surveying.SaveInput]("assessment_saved", "#answer"))
	act(s, "/surveys/{survey}/submit", s.set.SubmitAssessment, sheetAfter[surveying.SaveInput]("assessment_submitted", ""))
	act(s, "/surveys/{survey}/take-back", s.set.TakeBackAssessment, sheetAfter[surveying.TakeBackInput]("assessment_taken_back", "#answer"))
}

func surveyAfter[In any](key string) func(*Visit, In, alliance.Survey) string {
	return func(_ *Visit, _ In, out alliance.Survey) string { return "/surveys/" + string(out.ID) + "?done=" + key }
}

func sheetAfter[In any](key, at string) func(*Visit, In, alliance.Sheet) string {
	return func(_ *Visit, _ In, out alliance.Sheet) string {
		return "/surveys/" + string(out.Survey) + "?done=" + key + at
	}
}

// surveysPage is a list of rounds with what was found before the first, and where somebody may begin one.
type surveysPage struct {
	service.Page[alliance.Survey]
	Questions alliance.Questionnaire // the newest
	Bars      []surveyBar            // of the baseline
	Alliances []alliance.Alliance    // for which the visitor may draft one
}

func (s *Site) surveyList(v *Visit) (any, error) {
	var p surveysPage
	var err error
	if p.Page, err = s.set.ListSurveys.Call(v.ctx(), surveying.ListInput{Before: domain.ID(v.query("before"))}); err != nil {
		return p, err
	}
	known, err := s.set.ListQuestionnaires.Call(v.ctx(), surveying.QuestionnairesInput{})
	if err != nil {
		return p, err
	}
	if n := len(known.Items); n > 0 {
		p.Questions = known.Items[n-1]
		p.Bars = baselineBars(v, p.Questions)
	}
	if !v.Staff() {
		return p, nil
	}
	all, err := s.set.ListAlliances.Call(v.ctx(), partnering.ListInput{})
	for _, a := range all.Items {
		if v.May("survey.draft", a.Committee) {
			p.Alliances = append(p.Alliances, a)
		}
	}
	return p, err
}

// surveyEdit is the form of a round, new or not open yet.
type surveyEdit struct {
	S         alliance.Survey
	Questions alliance.Questionnaire
	Divisions []alliance.Division
	Action    string
	First     string // first day on which it may close if it is opened today
	Basis     string
}

// Asks and Wants report whether a division or a group is asked.
func (p surveyEdit) Asks(id domain.ID) bool { return slices.Contains(p.S.Divisions, id) }

// Wants reports whether a group of the questionnaire is asked.
func (p surveyEdit) Wants(group string) bool { return slices.Contains(p.S.Groups, group) }

func (s *Site) newSurvey(v *Visit) (any, error) {
	a, err := s.set.ShowAlliance.Call(v.ctx(), partnering.ShowInput{Alliance: v.id("alliance")})
	if err != nil {
		return nil, err
	}
	if !v.May("survey.draft", a.Alliance.Committee) {
		return nil, domain.Forbidden("survey.draft", "")
	}
	p := surveyEdit{Action: "/alliances/" + string(a.Alliance.ID) + "/surveys"}
	for _, d := range a.Divisions {
		p.Divisions = append(p.Divisions, d.Division)
	}
	known, err := s.set.ListQuestionnaires.Call(v.ctx(), surveying.QuestionnairesInput{})
	if n := len(known.Items); n > 0 {
		p.Questions = known.Items[n-1]
	}
	return p, err
}

func (s *Site) editSurvey(v *Visit) (any, error) {
	at, err := s.surveyView(v)
	if err != nil {
		return nil, err
	}
	if !v.May("survey.revise", at.Survey.Committee) {
		return nil, domain.Forbidden("survey.revise", "")
	}
	return surveyEdit{
		S: at.Survey, Questions: at.Survey.Questions, Divisions: at.Divisions, Action: "/surveys/" + string(at.Survey.ID) + "/edit",
		First: v.Day(at.FirstClose), Basis: at.Basis,
	}, nil
}

func (s *Site) surveyView(v *Visit) (surveying.View, error) {
	return s.set.ShowSurvey.Call(v.ctx(), surveying.ShowInput{Survey: v.id("survey")})
}

// surveyPage is a round with what the visitor may do.
type surveyPage struct {
	surveying.View
	Voices []surveyVoice
	Charts []surveyChart
}

// surveyVoice is an organisation in whose name the visitor may answer, with what it has answered.
type surveyVoice struct {
	Organisation alliance.Organisation
	Submits      bool
	surveying.Mine
}

func (s *Site) survey(v *Visit) (any, error) {
	at, err := s.surveyView(v)
	if err != nil {
		return nil, err
	}
	p := surveyPage{View: at}
	if at.Results != nil {
		p.Charts = surveyCharts(v, at.Survey.Questions, *at.Results)
	}
	if len(at.Own) == 0 {
		return p, nil
	}
	mine, err := s.set.MyOrganisations.Call(v.ctx(), partnering.MineInput{})
	for _, o := range mine.Organisations {
		place, works := v.Actor.Works(o.ID)
		if !works || !slices.Contains(at.Own, o.ID) {
			continue
		}
		said, err := s.set.MyAssessment.Call(v.ctx(), surveying.MineInput{Survey: at.Survey.ID, Organisation: o.ID})
		if err != nil {
			return nil, err
		}
		p.Voices = append(p.Voices, surveyVoice{o, place.Submits, said})
	}
	return p, err
}

// Sent reports whether it was submitted.
func (c surveyVoice) Sent() bool { return c.Sheet != nil && c.Sheet.State == alliance.Submitted }

// Version is that of the draft, 0 before the first.
func (c surveyVoice) Version() int {
	if c.Sheet == nil {
		return 0
	}
	return c.Sheet.Version
}

// Group is what the organisation said it is.
func (c surveyVoice) Group() string {
	if c.Sheet == nil {
		return ""
	}
	return c.Sheet.Group
}

// Points are what it gave an indicator, empty when it gave none.
func (c surveyVoice) Points(item string) string {
	if c.Sheet == nil || c.Sheet.Answers[item] == 0 {
		return ""
	}
	return strconv.Itoa(c.Sheet.Answers[item])
}

// Chosen is what its form has for an indicator, 0 for no answer.
func (c surveyVoice) Chosen(item string) string {
	if points := c.Points(item); points != "" {
		return points
	}
	return "0"
}

// Groups are the groups that the round asks.
func (p surveyPage) Groups() []alliance.Group {
	return slices.DeleteFunc(slices.Clone(p.Survey.Questions.Groups), func(g alliance.Group) bool {
		return len(p.Survey.Groups) > 0 && !slices.Contains(p.Survey.Groups, g.Code)
	})
}

// DivisionNames are those of the divisions that the round asks.
func (p surveyPage) DivisionNames() []string {
	var out []string
	for _, d := range p.Divisions {
		if slices.Contains(p.Survey.Divisions, d.ID) {
			out = append(out, d.Name)
		}
	}
	return out
}

// surveyTurnoutPage is whom a round asks.
type surveyTurnoutPage struct {
	service.Page[surveying.Asked]
	At      surveying.View
	Pending bool
}

func (s *Site) surveyTurnout(v *Visit) (any, error) {
	p := surveyTurnoutPage{Pending: v.query("pending") == "true"}
	var err error
	if p.At, err = s.surveyView(v); err != nil {
		return nil, err
	}
	p.Page, err = s.set.SurveyTurnout.Call(v.ctx(), surveying.TurnoutInput{
		Survey: v.id("survey"), Pending: p.Pending, After: domain.ID(v.query("after")),
	})
	return p, err
}

// waitingSurveys lists the rounds that ask the visitor's organisations and have no answer.
func (s *Site) waitingSurveys(v *Visit) ([]mineRow, error) {
	live, err := s.set.ListSurveys.Call(v.ctx(), surveying.ListInput{Live: true})
	if err != nil {
		return nil, err
	}
	var out []mineRow
	for _, at := range live.Items {
		if !at.Takes(v.Now()) {
			continue
		}
		view, err := s.set.ShowSurvey.Call(v.ctx(), surveying.ShowInput{Survey: at.ID})
		if err != nil {
			return nil, err
		}
		for _, own := range view.Own {
			said, err := s.set.MyAssessment.Call(v.ctx(), surveying.MineInput{Survey: at.ID, Organisation: own})
			if err != nil {
				return nil, err
			}
			if said.Sheet == nil || said.Sheet.State == alliance.Draft {
				out = append(out, mineRow{
					Title: v.T("web.mine.survey", "title", at.Title), Path: "/surveys/" + string(at.ID) + "#answer",
					Act: "web.mine.survey.do", Due: at.ClosesAt,
				})
			}
		}
	}
	return out, nil
}

func (s *Site) surveyCard(v *Visit, id domain.ID) (boardCard, bool, error) {
	at, err := s.set.StandSurvey.Call(v.ctx(), surveying.CaseInput{Survey: id})
	c := boardCard{Title: at.Title, Path: "/surveys/" + string(id), Stage: at.Stage}
	c.first(at.Deadlines)
	c.Mail = at.Mailing
	c.note(v, "web.board.unanswered", at.Pending)
	return c, at.Stage != surveying.StageOver, err
}

// hundredths writes a score as people read it: 2.76.
func hundredths(n int64) string { return fmt.Sprintf("%d.%02d", n/100, n%100) }
