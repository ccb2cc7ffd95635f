package workflows

import (
	"secretariat/domain"
	"secretariat/service"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/temporal"
)

// Names are stored in every running workflow: one that has been released is never changed.
const (
	// TaskQueue is where the workers of the secretariat look for work.
	TaskQueue = "secretariat"

	// TypeDeliberation is the workflow type of a meeting's case (위원회 심의).
	TypeDeliberation = "Deliberation"
	// TypeConsultation is the workflow type of a consultation (의견수렴).
	TypeConsultation = "Consultation"
	// TypeSelection is the workflow type of a call (공모ㆍ선정).
	TypeSelection = "Selection"
	// TypePlanCycle is the workflow type of a basic plan (기본계획).
	TypePlanCycle = "PlanCycle"
	// TypeSurvey is the workflow type of a round of self-assessment (역량 자가진단).
	TypeSurvey = "Survey"
	// TypeBooklet is the workflow type of the papers of a meeting bound for one reader (회의자료집).
	TypeBooklet = "Booklet"
	// TypeTaskPipeline is the workflow type of a task of the alliance (과제).
	TypeTaskPipeline = "TaskPipeline"
	// TypeDutySweep is the workflow type of the daily look at what the committees owe.
	TypeDutySweep = "DutySweep"

	// SignalLookAgain tells a workflow that something of its case has changed. It carries no content.
	SignalLookAgain = "look-again"
	// QueryStage asks a workflow which stage it is in; the answer is a Case. Pages read the database instead.
	QueryStage = "stage"

	// ScheduleDuties is the id of the schedule that starts the duty sweep.
	ScheduleDuties = "duties"

	// KindMeeting is the kind of case that a Deliberation follows, as it stands in domain.Signal.
	KindMeeting = service.CaseMeeting
	// KindConsultation is the kind of case that a Consultation follows.
	KindConsultation = service.CaseConsultation
	// KindSelection is the kind of case that a Selection follows.
	KindSelection = service.CaseSelection
	// KindPlan is the kind of case that a PlanCycle follows.
	KindPlan = service.CasePlan
	// KindSurvey is the kind of case that a Survey follows.
	KindSurvey = service.CaseSurvey
	// KindBooklet is the kind of case that a Booklet follows.
	KindBooklet = service.CaseBooklet
	// KindTask is the kind of case that a TaskPipeline follows.
	KindTask = service.CaseTask
	// KindDuties is the kind of the daily sweep, which is no case of anything.
	KindDuties = "duties"
)

// Search attributes make the list of workflows a board. They name nobody.
const (
	AttributeKind      = "CaseKind"
	AttributeCommittee = "CommitteeId"
	AttributeStage     = "Stage"
)

// SearchAttributes are the attributes that the namespace must know, all keywords.
func SearchAttributes() map[string]enums.IndexedValueType {
	return map[string]enums.IndexedValueType{
		AttributeKind:      enums.INDEXED_VALUE_TYPE_KEYWORD,
		AttributeCommittee: enums.INDEXED_VALUE_TYPE_KEYWORD,
		AttributeStage:     enums.INDEXED_VALUE_TYPE_KEYWORD,
	}
}

var (
	keyKind      = temporal.NewSearchAttributeKeyKeyword(AttributeKind)
	keyCommittee = temporal.NewSearchAttributeKeyKeyword(AttributeCommittee)
	keyStage     = temporal.NewSearchAttributeKeyKeyword(AttributeStage)
)

// WorkflowID is the one workflow id of a case, e.g. "meeting/<id>".
func WorkflowID(kind string, id domain.ID) string { return kind + "/" + string(id) }

// typeOf is the workflow type that follows a kind of case, false for a kind that has none.
func typeOf(kind string) (string, bool) {
	name, ok := types[kind]
	return name, ok
}

var types = map[string]string{
	KindMeeting: TypeDeliberation, KindConsultation: TypeConsultation, KindSelection: TypeSelection, KindPlan: TypePlanCycle,
	KindSurvey: TypeSurvey, KindTask: TypeTaskPipeline, KindBooklet: TypeBooklet,
}

// Step names an activity, by the operation it does. It is also the step under which an incident is recorded.
type Step string

// The steps.
const (
	StepStand             Step = "case.stand"
	StepSendLetters       Step = "notice.send"
	StepFreezePapers      Step = "papers.freeze"
	StepFileNotice        Step = "document.file.notice"
	StepFileDecisions     Step = "document.file.decisions"
	StepFileMinutes       Step = "document.file.minutes"
	StepCloseWindow       Step = "written.close"
	StepIssueDecisions    Step = "decision.issue"
	StepDraftMinutes      Step = "minutes.draft"
	StepPublishMinutes    Step = "minutes.publish"
	StepStandConsultation Step = "consultation.stand"
	StepSendConsultation  Step = "consultation.send"
	StepCloseConsultation Step = "consultation.close"
	StepStandCall         Step = "call.stand"
	StepCloseCall         Step = "call.close"
	StepSendSelection     Step = "selection.send"
	StepStandPlan         Step = "plan.stand"
	StepOpenReview        Step = "review.open"
	StepEndPlan           Step = "plan.end"
	StepStandSurvey       Step = "survey.stand"
	StepSendSurvey        Step = "survey.send"
	StepCloseSurvey       Step = "survey.close"
	StepSendReview        Step = "review.send"
	StepStandTask         Step = "task.stand"
	StepSendTask          Step = "task.send"
	StepStandBooklet      Step = "booklet.stand"
	StepBindBooklet       Step = "booklet.bind"
	StepDropBooklet       Step = "booklet.drop"
	StepExamineDuties     Step = "duty.examine"
	StepSweepDuties       Step = "duty.sweep"
	StepRecordIncident    Step = "incident.record"
)
