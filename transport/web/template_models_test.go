package web

import (
	"secretariat/domain/meeting"
	"secretariat/service"
	"secretariat/service/convening"
	"secretariat/transport/endpoint"
)

// models are what each template is given: a zero value of the type that its build function returns.
func models(set endpoint.Set) map[string]any {
	return map[string]any{
		"account": answerOf(set.ShowFactor), "accounts": accountsView{}, "alliance": answerOf(set.ShowAlliance), "alliances": answerOf(set.ListAlliances),
		"application": applicationPage{}, "applications": applicationsPage{}, "apply": answerOf(set.ShowAlliance),
		"attendance": attendancePage{}, "audit": auditPage{}, "ballot": deskBallotPage{}, "ballot-confirm": deskBallotPage{Choice: &Option{}},
		"basic-plan": basicPlanPage{}, "board": boardPage{}, "booklet": answerOf(set.ShowBooklet), "calendar": calendarPage{}, "call": callPage{},
		"agreement": agreementPage{}, "agreement-edit": agreementEditPage{}, "agreements": agreementsPage{},
		"call-apply": applyPage{Step: "answers"}, "call-apply-files": applyPage{Step: "files"}, "call-apply-check": applyPage{Step: "check"}, "supplement": supplementPage{}, "form-edit": formPage{}, "form-field": fieldPage{}, "call-edit": callEdit{}, "calls": callsPage{}, "committee": portalCommitteePage{},
		"committee-edit": committeeEditPage{}, "comparison": answerOf(set.ComparePlan), "competition": competitionPage{},
		"conflict": conflictPage{}, "console": consolePage{}, "consultation": consultationPage{},
		"consultation-edit": consultationEdit{}, "consultations": consultationsPage{}, "dates": datesPage{},
		"decision": portalDecisionPage{}, "departments": departmentsPage{}, "decisions": portalList{}, "desk": deskHomePage{}, "digest": answerOf(set.ShowDigest),
		"error": &Problem{}, "foresight": foresightPage{}, "help": helpTopics, "history": historyPage{}, "home": portalHomePage{},
		"invitation": invitationPage{}, "item": convening.ItemView{Card: convening.Card{Item: &meeting.Item{}}}, "lost": nil, "meeting": deskMeetingPage{}, "meetings": portalList{},
		"mine": minePage{}, "minutes": minutesPage{}, "opinions": opinionsPage{}, "organisation": organisationPage{},
		"organisations": organisationsPage{}, "panel": panelPage{}, "plan": planPage{}, "plan-edit": basicPlanPage{},
		"plans": plansPage{}, "prepare": preparePage{}, "projector": projectorPage{}, "ranking": rankingPage{},
		"record": portalRecordPage{}, "review": reviewPage{}, "search": portalSearchPage{}, "seat": seatPage{},
		"seats": seatsPage{}, "second": secondPage{}, "second-factor": factorPage{}, "selection": selectionPage{},
		"council": councilPage{}, "task": taskPage{}, "task-edit": taskEdit{}, "task-results": taskResultsPage{}, "requests": requestsPage{}, "tasks": tasksPage{},
		"sheets": answerOf(set.ListSheets), "sign": answerOf(set.ShowMinutes), "sign-in": signInPage{},
		"survey": surveyPage{}, "survey-edit": surveyEdit{}, "surveys": surveysPage{}, "turnout": surveyTurnoutPage{},
	}
}

func answerOf[Req, Resp any](endpoint.Endpoint[Req, Resp]) any {
	var out Resp
	return out
}

// texts are what texts of a name hold, where not every text will do: addresses, and codes that have no type. # is a number.
var texts = map[string][]string{
	"Action": {"/account/extend"}, "Path": {"/help"}, "Next": {"/help?after=#"}, "Link": {"/help"}, "First": {"/help"},
	"Later": {"/help"}, "At": {"/help"}, "To": {"/help"},
	"asked.Name": {"answers.f#"}, "cell.Name": {"answers.t.#.c"}, "pick.Value": {"v#"}, "asked.Type": {"text"}, "cell.Type": {"text"},
	"More": {"/help?after=#"}, "PublicNotice.Path": {"/help"}, "boardColumn.Key": {"over", "today", "week", "month", "later"},
	"boardCard.Kind": {service.CaseMeeting, service.CaseConsultation, service.CaseSelection, service.CasePlan, service.CaseSurvey, service.CaseTask},
	"Cell.Code":      {"small", "none"}, "Measure.Code": {"overall"},
	"registerBar.State": {"holds", "fails", "free"}, "portalHidden.Link": {"main"},
	"Option.Value": {"/help?value=#"}, "Headings": {"code-#"}, "ID": {"id-#"}, "Code": {"code-#"}, "Key": {"code-#"}, "Node": {"node-#"},
}

// rowsOf is how many rows there are at most of what there is one of a kind of.
var rowsOf = map[string]int{"convening.Owed": len(meeting.Abouts())}
