package web

import (
	"slices"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/domain/selection"
	"secretariat/service"
	"secretariat/service/partnering"
	"secretariat/service/selecting"
)

// selections adds calls for proposals: for the public, for applicants, evaluators and staff.
func selections(s *Site) {
	done("call_saved", "call_published", "call_cancelled", "application_saved", "application_submitted", "application_withdrawn",
		"reviewed", "evaluator_added", "drawn", "evaluator_removed", "evaluator_pledged", "sheet_saved", "sheets_submitted",
		"call_form_saved", "supplement_asked", "supplement_saved", "supplement_answered", "attachment_added", "attachment_removed", "ranking_computed", "announced", "objected", "objection_answered", "call_final", "agreement_recorded",
		"call_reopened", "call_tabled", "sheet_corrected")
	s.page("/calls", "calls", s.callList)
	s.page("/selections", "competition", s.competitions)
	s.page("/alliances/{alliance}/calls/new", "call-edit", s.newCall)
	s.page("/calls/{call}", "call", s.call)
	s.page("/calls/{call}/edit", "call-edit", s.editCall)
	s.page("/calls/{call}/form", "form-edit", s.formEdit)
	s.page("/calls/{call}/form/field", "form-field", s.fieldEdit)
	s.page("/calls/{call}/apply", "call-apply", s.applyStep("answers"))
	s.page("/calls/{call}/apply/files", "call-apply-files", s.applyStep("files"))
	s.page("/calls/{call}/apply/check", "call-apply-check", s.applyStep("check"))
	s.page("/calls/{call}/applications", "applications", s.applications)
	s.page("/applications/{application}", "application", s.application)
	s.page("/applications/{application}/supplement", "supplement", s.supplement)
	s.page("/calls/{call}/panel", "panel", s.panel)
	s.page("/calls/{call}/sheets", "sheets", s.sheets)
	s.page("/calls/{call}/ranking", "ranking", s.ranking)
	s.page("/calls/{call}/result", "selection", s.selectionResult)
	callForms(s)
	applicationForms(s)
	evaluationForms(s)
	s.attachmentForms()
	formForms(s)
	supplementForms(s)
}

func callForms(s *Site) {
	act(s, "/alliances/{alliance}/calls", s.set.DraftCall,
		func(_ *Visit, _ selecting.DraftInput, out selection.Call) string {
			return callPath(out.ID, "/edit", "call_saved")
		})
	act(s, "/calls/{call}/edit", s.set.ReviseCall, callAfter[selecting.ReviseInput]("/edit", "call_saved"))
	act(s, "/calls/{call}/publish", s.set.PublishCall, callAfter[selecting.ActInput]("", "call_published"))
	act(s, "/calls/{call}/cancel", s.set.CancelCall, callAfter[selecting.CancelInput]("", "call_cancelled"))
	act(s, "/calls/{call}/table", s.set.TableCall, callAfter[selecting.TableInput]("/ranking", "call_tabled"))
	act(s, "/calls/{call}/announce", s.set.AnnounceCall, callAfter[selecting.AnnounceInput]("/ranking", "announced"))
	act(s, "/calls/{call}/finish", s.set.FinishCall, callAfter[selecting.ActInput]("/ranking", "call_final"))
	act(s, "/calls/{call}/ranking", s.set.ComputeRanking,
		func(_ *Visit, in selecting.ActInput, _ selection.Ranking) string {
			return callPath(in.Call, "/ranking", "ranking_computed")
		})
	actWith(s, "/calls/{call}/reopen", s.set.ReopenCall, reopenPoints, callAfter[selecting.ReopenInput]("/ranking", "call_reopened"))
	act(s, "/objections/{objection}/answer", s.set.AnswerObjection,
		func(_ *Visit, _ selecting.AnswerInput, out selection.Objection) string {
			return callPath(out.Call, "/ranking", "objection_answered")
		})
}

func applicationForms(s *Site) {
	actWith(s, "/calls/{call}/save", s.set.SaveApplication, readAnswers, afterSave)
	actWith(s, "/calls/{call}/submit", s.set.SubmitApplication, readAnswers,
		func(_ *Visit, in selecting.SaveInput, out selecting.Saved) string {
			return "/applications/" + string(out.Application.ID) + "?done=application_submitted"
		})
	act(s, "/applications/{application}/withdraw", s.set.WithdrawApplication,
		func(_ *Visit, _ selecting.WithdrawInput, out selection.Application) string {
			return "/applications/" + string(out.ID) + "?done=application_withdrawn"
		})
	actWith(s, "/applications/{application}/review", s.set.ReviewApplication, reviewPoints,
		func(_ *Visit, _ selecting.ReviewInput, out selection.Application) string {
			return callPath(out.Call, "/applications", "reviewed")
		})
	act(s, "/applications/{application}/objection", s.set.FileObjection,
		func(_ *Visit, in selecting.ObjectInput, _ selection.Objection) string {
			return "/applications/" + string(in.Application) + "?done=objected"
		})
	act(s, "/applications/{application}/agreement", s.set.RecordAgreement,
		func(_ *Visit, _ selecting.AgreeInput, out selection.Application) string {
			return callPath(out.Call, "/ranking", "agreement_recorded")
		})
}

func evaluationForms(s *Site) {
	act(s, "/calls/{call}/evaluators", s.set.AddEvaluator,
		func(_ *Visit, in selecting.AddEvaluatorInput, _ selecting.Done) string {
			return callPath(in.Call, "/panel", "evaluator_added")
		})
	act(s, "/calls/{call}/draw", s.set.DrawPanel, callAfter[selecting.DrawInput]("/panel", "drawn"))
	act(s, "/calls/{call}/evaluators/{evaluator}/remove", s.set.RemoveEvaluator,
		func(_ *Visit, in selecting.RemoveInput, _ selecting.Done) string {
			return callPath(in.Call, "/panel", "evaluator_removed")
		})
	act(s, "/calls/{call}/pledge", s.set.DeclareEvaluator,
		func(_ *Visit, in selecting.DeclareInput, _ selecting.Done) string {
			return callPath(in.Call, "/sheets", "evaluator_pledged")
		})
	actWith(s, "/applications/{application}/sheet", s.set.SaveSheet, sheetPoints,
		func(_ *Visit, in selecting.ScoreInput, out selection.Sheet) string {
			return callPath(out.Call, "/sheets", "sheet_saved") + "#sheet-" + string(in.Application)
		})
	actWith(s, "/applications/{application}/sheet/correct", s.set.CorrectSheet, correctPoints,
		func(_ *Visit, in selecting.CorrectInput, out selection.Sheet) string {
			return callPath(out.Call, "/sheets", "sheet_corrected") + "#sheet-" + string(in.Application)
		})
	act(s, "/calls/{call}/sheets/submit", s.set.SubmitSheets,
		func(_ *Visit, in selecting.SubmitSheetsInput, _ selecting.Done) string {
			return callPath(in.Call, "/sheets", "sheets_submitted")
		})
}

func callAfter[In any](page, key string) func(*Visit, In, selection.Call) string {
	return func(_ *Visit, _ In, out selection.Call) string { return callPath(out.ID, page, key) }
}

func callPath(id domain.ID, page, key string) string {
	return "/calls/" + string(id) + page + "?done=" + key
}

// callsPage is a list of calls, and where somebody may begin one.
type callsPage struct {
	service.Page[selection.Call]
	Alliances []alliance.Alliance
	Panels    []selecting.Duty // that the visitor has to evaluate
}

func (s *Site) callList(v *Visit) (any, error) {
	var p callsPage
	var err error
	p.Page, err = s.set.ListCalls.Call(v.ctx(), selecting.ListInput{Before: domain.ID(v.query("before"))})
	if err != nil || !v.SignedIn() {
		return p, err
	}
	mine, err := s.set.MyPanels.Call(v.ctx(), selecting.PanelsInput{})
	if err != nil {
		return nil, err
	}
	p.Panels = mine.Items
	all, err := s.set.ListAlliances.Call(v.ctx(), partnering.ListInput{})
	for _, a := range all.Items {
		if v.May("call.draft", a.Committee) {
			p.Alliances = append(p.Alliances, a)
		}
	}
	return p, err
}

// callEdit is the form of a call, new or not published yet.
type callEdit struct {
	C      selection.Call
	A      alliance.Alliance
	Action string
	First  string
	Basis  string
	Rows   []selection.Criterion // with room for more

	Programmes []selection.Programme // that a new call may begin with
	Programme  selection.Programme   // the one that was chosen
}

func (s *Site) newCall(v *Visit) (any, error) {
	a, err := s.set.ShowAlliance.Call(v.ctx(), partnering.ShowInput{Alliance: v.id("alliance")})
	if err != nil {
		return nil, err
	}
	if !v.May("call.draft", a.Alliance.Committee) {
		return nil, domain.Forbidden("call.draft", "")
	}
	all, err := s.set.ListProgrammes.Call(v.ctx(), selecting.ProgrammesInput{})
	if err != nil {
		return nil, err
	}
	p := callEdit{A: a.Alliance, Action: "/alliances/" + string(a.Alliance.ID) + "/calls", Programmes: all.Items}
	if i := slices.IndexFunc(all.Items, func(x selection.Programme) bool { return x.Code == v.query("programme") }); i >= 0 {
		p.Programme, p.C = all.Items[i], all.Items[i].Call()
	}
	p.Rows = append(slices.Clone(p.C.Profile.Criteria), make([]selection.Criterion, spareRows)...)
	return p, nil
}

func (s *Site) editCall(v *Visit) (any, error) {
	at, err := s.callView(v)
	if err != nil {
		return nil, err
	}
	c := at.Call
	if !v.May("call.revise", c.Committee) {
		return nil, domain.Forbidden("call.revise", "")
	}
	a, err := s.set.ShowAlliance.Call(v.ctx(), partnering.ShowInput{Alliance: c.Alliance})
	return callEdit{
		C: c, A: a.Alliance, Action: "/calls/" + string(c.ID) + "/edit", First: v.Day(at.FirstClose), Basis: at.Basis,
		Rows: append(slices.Clone(c.Profile.Criteria), make([]selection.Criterion, spareRows)...),
	}, err
}

func (s *Site) callView(v *Visit) (selecting.View, error) {
	return s.set.ShowCall.Call(v.ctx(), selecting.CaseInput{Call: v.id("call")})
}

// callPage is a call with what the visitor may do.
type callPage struct {
	selecting.View
	Mine   []selecting.Own // applications of the visitor's organisations to it
	Judges bool            // the visitor sits on its panel
}

func (s *Site) call(v *Visit) (any, error) {
	at, err := s.callView(v)
	if err != nil {
		return nil, err
	}
	p := callPage{View: at}
	if !v.SignedIn() {
		return p, nil
	}
	mine, err := s.set.MyApplications.Call(v.ctx(), selecting.MineInput{})
	if err != nil {
		return nil, err
	}
	for _, x := range mine.Items {
		if x.Call.ID == at.Call.ID {
			p.Mine = append(p.Mine, x)
		}
	}
	panels, err := s.set.MyPanels.Call(v.ctx(), selecting.PanelsInput{})
	is := func(c selection.Call) bool { return c.ID == at.Call.ID }
	p.Judges = slices.ContainsFunc(panels.Items, func(d selecting.Duty) bool { return is(d.Call) }) || slices.ContainsFunc(panels.Done, is)
	return p, err
}

// Sizes are the size classes of companies as choices.
func (v *Visit) Sizes() []Option {
	return v.Options("organisation_size", "micro", "small", "medium", "large")
}

// Has reports whether a list holds a text.
func (*Visit) Has(list []string, text string) bool { return slices.Contains(list, text) }
