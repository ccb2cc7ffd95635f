package jsonapi

import (
	"reflect"
	"strings"

	"secretariat/domain/access"
	"secretariat/domain/alliance"
	"secretariat/domain/ballot"
	"secretariat/domain/committee"
	"secretariat/domain/document"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/domain/pipeline"
	"secretariat/domain/plan"
	"secretariat/domain/policy"
	"secretariat/domain/search"
	"secretariat/domain/selection"
	"secretariat/service/convening"
	"secretariat/transport/catalogue"
)

// lists are the lists of words in the catalogue for the types of codes, so that the document can say what a code may
// be.
var lists = map[reflect.Type]string{
	reflect.TypeFor[access.Sight]():               "sight",
	reflect.TypeFor[ballot.Choice]():              "choice",
	reflect.TypeFor[ballot.Method]():              "method",
	reflect.TypeFor[ballot.Purpose]():             "purpose",
	reflect.TypeFor[ballot.State]():               "ballot_state",
	reflect.TypeFor[ballot.Verdict]():             "verdict",
	reflect.TypeFor[committee.Remit]():            "remit",
	reflect.TypeFor[committee.Role]():             "role",
	reflect.TypeFor[committee.SeatKind]():         "seat_kind",
	reflect.TypeFor[committee.Sex]():              "sex",
	reflect.TypeFor[committee.State]():            "committee_state",
	reflect.TypeFor[committee.TermState]():        "term_state",
	reflect.TypeFor[document.Kind]():              "document",
	reflect.TypeFor[document.Status]():            "verification",
	reflect.TypeFor[meeting.ItemKind]():           "item_kind",
	reflect.TypeFor[meeting.ItemState]():          "item_state",
	reflect.TypeFor[meeting.LetterKind]():         "letter",
	reflect.TypeFor[meeting.About]():              "about",
	reflect.TypeFor[meeting.Mode]():               "mode",
	reflect.TypeFor[meeting.Outcome]():            "outcome",
	reflect.TypeFor[meeting.RecusalKind]():        "recusal_kind",
	reflect.TypeFor[meeting.RecusalState]():       "recusal_state",
	reflect.TypeFor[meeting.Fate]():               "date_fate",
	reflect.TypeFor[meeting.Reply]():              "date_answer",
	reflect.TypeFor[meeting.SpanKind]():           "span",
	reflect.TypeFor[alliance.ConsultationKind]():  "consultation_kind",
	reflect.TypeFor[alliance.Audience]():          "audience",
	reflect.TypeFor[alliance.ConsultationState](): "consultation_state",
	reflect.TypeFor[alliance.SpeakerState]():      "speaker_state",
	reflect.TypeFor[alliance.Personal]():          "personal",
	reflect.TypeFor[alliance.SurveyState]():       "survey_state",
	reflect.TypeFor[alliance.Breakdown]():         "breakdown",
	reflect.TypeFor[alliance.SubmissionState]():   "submission_state",
	reflect.TypeFor[alliance.Stance]():            "stance",
	reflect.TypeFor[alliance.Outcome]():           "disposition",
	reflect.TypeFor[selection.Instrument]():       "instrument",
	reflect.TypeFor[selection.CallState]():        "call_state",
	reflect.TypeFor[selection.ApplicationState](): "application_state",
	reflect.TypeFor[selection.FieldKind]():        "field_kind",
	reflect.TypeFor[selection.Feed]():             "form_feed",
	reflect.TypeFor[selection.Outcome]():          "selection_outcome",
	reflect.TypeFor[selection.Tie]():              "selection_tie",
	reflect.TypeFor[selection.Conflict]():         "tie_conflict",
	reflect.TypeFor[selection.Trigger]():          "instalment_when",
	reflect.TypeFor[selection.ReportKind]():       "agreement_report",
	reflect.TypeFor[selection.Judgement]():        "judgement",
	reflect.TypeFor[selection.DutyKind]():         "agreement_duty",
	reflect.TypeFor[selection.AgreementStage]():   "agreement_stage",
	reflect.TypeFor[selection.Remedy]():           "selection_remedy",
	reflect.TypeFor[selection.Cut]():              "selection_cut",
	reflect.TypeFor[pipeline.Kind]():              "task_kind",
	reflect.TypeFor[pipeline.Barrier]():           "barrier",
	reflect.TypeFor[pipeline.Field]():             "regulation_field",
	reflect.TypeFor[pipeline.Route]():             "reply_route",
	reflect.TypeFor[pipeline.Track]():             "sandbox_track",
	reflect.TypeFor[pipeline.Ruling]():            "sandbox_ruling",
	reflect.TypeFor[pipeline.State]():             "task_state",
	reflect.TypeFor[pipeline.Gate]():              "task_gate",
	reflect.TypeFor[pipeline.Role]():              "task_role",
	reflect.TypeFor[pipeline.Technology]():        "technology",
	reflect.TypeFor[plan.NodeKind]():              "plan_node",
	reflect.TypeFor[plan.ChangeKind]():            "plan_change",
	reflect.TypeFor[plan.MarkKind]():              "plan_mark",
	reflect.TypeFor[plan.PlanState]():             "plan_state",
	reflect.TypeFor[plan.StepName]():              "plan_step",
	reflect.TypeFor[alliance.Kind]():              "organisation_kind",
	reflect.TypeFor[alliance.Size]():              "organisation_size",
	reflect.TypeFor[alliance.State]():             "organisation_state",
	reflect.TypeFor[meeting.State]():              "meeting_state",
	reflect.TypeFor[meeting.Subject]():            "subject",
	reflect.TypeFor[meeting.Timeliness]():         "timeliness",
	reflect.TypeFor[minutes.State]():              "minutes_state",
	reflect.TypeFor[policy.Kind]():                "policy_kind",
	reflect.TypeFor[search.Kind]():                "search_kind",
	reflect.TypeFor[convening.DeadlineName]():     "deadline",
	reflect.TypeFor[convening.Stage]():            "stage",

	reflect.TypeFor[selection.TerminationGround]():  "termination_ground",
	reflect.TypeFor[selection.TerminationOutcome](): "termination_outcome",
}

// HasWords reports whether the document says what the codes of a type mean.
func HasWords(t reflect.Type) bool { return lists[t] != "" }

// codesOf describes the codes of a type in both languages, a line each; empty when it is not a type of codes.
func codesOf(t reflect.Type, words *catalogue.Catalogue) string {
	list, ok := lists[t]
	if !ok {
		return ""
	}
	var lines []string
	for _, code := range words.Codes(list) {
		lines = append(lines, "- `"+code+"` "+words.Label(catalogue.Korean, list, code)+
			" ("+words.Label(catalogue.English, list, code)+")")
	}
	return strings.Join(lines, "\n")
}
