package policy

// Consultations (행정절차법 38, 46). Days run from the day after the notice.
var (
	ConsultationDays       = count("consultation.days")           // least days an alliance consultation is open
	ConsultationReminders  = counts("consultation.reminder.days") // days before it closes
	ConsultationAnswerDays = count("consultation.answer_days")    // from its close until every opinion is answered
	PreNoticeDays          = count("prenotice.days")              // 행정예고, 46③
	PreNoticeUrgentDays    = count("prenotice.urgent_days")       // ... where it cannot wait, 46④
	HearingNoticeDays      = count("hearing.notice_days")         // 공청회, 38
	HearingSpeakerDays     = count("hearing.speaker_days")        // before a hearing, until who signed up is told
	HearingRecordDays      = count("hearing.record_days")         // after it, until what was said is recorded
	HearingRenoticeDays    = count("hearing.renotice_days")       // ... when its date is moved, 38

	SurveyDays  = count("survey.days")       // least days a round of self-assessment is open
	SurveyLeast = count("survey.cell_least") // organisations that a published figure rests on at least
)

// Selection: calls and objections by instrument (보조금조례 9, 27; 혁신령 9; 혁신법 14⑥⑦; 행정기본법 36).
var (
	CallDays                = count("selection.call_days")                 // least days a call is open
	CallDaysResearch        = count("selection.call_days.research")        // ... of research
	ObjectionDays           = count("selection.objection_days")            // from the announcement
	ObjectionDaysSubsidy    = count("selection.objection_days.subsidy")    // ... of a subsidy
	ObjectionDaysResearch   = count("selection.objection_days.research")   // ... of research
	ObjectionAnswer         = count("selection.objection_answer.days")     // from the objection
	ObjectionAnswerResearch = count("selection.objection_answer.research") // ... of research
	SpreadFlag              = count("selection.spread_flag")               // points between evaluators worth a look
	RerankCommittee         = flag("selection.rerank.committee")           // a ranking that changes an outcome goes to the committee again
	EvaluationReminder      = count("selection.evaluation_reminder.days")  // before the last day to submit sheets
	SupplementDays          = count("selection.supplement_days")           // least days to answer a request for a supplement
	SupplementReminder      = count("selection.supplement_reminder.days")  // before the last of them
	AgreementDays           = count("selection.agreement_days")            // from the final result
)

// After the agreement (지방보조금법 16, 17, 18, 27; 령 9, 11; 혁신령 18, 26, 37).
var (
	ProgressCheck            = flag("agreement.progress_check")            // a progress report is judged
	AmendmentPercent         = count("agreement.amendment_percent")        // of the budget that may move by a minor change
	CompletionDaysResearch   = count("agreement.completion_days.research") // final report of research, from its end
	SettlementMonths         = count("settlement.months")                  // account and completion report, from the end
	SettlementMonthsResearch = count("settlement.months.research")         // account of research
	SettlementVerifyWon      = count("settlement.verify_won")              // from this grant on the account is verified
	SettlementLateDays       = counts("settlement.late_days")              // days late from which a cut of late_cuts holds
	SettlementLateCuts       = counts("settlement.late_cuts")              // percent, in the order of late_days
	AuditWon                 = count("settlement.audit_won")               // of a year from which an audit report is owed
	AuditMonths              = count("settlement.audit_months")            // from the end of the year
	RefundDays               = count("settlement.refund_days")             // to return what is owed, from the decision
	OpinionDays              = count("agreement.opinion_days")             // for the firm, from the notice of a termination
	BarYears                 = counts("agreement.bar_years")               // for which a firm may be kept from calls
	OutcomeYears             = count("outcome.years")                      // in which outcomes are reported
	OutcomeYearsResearch     = count("outcome.years.research")             // ... of research
	ReportReminders          = counts("agreement.reminder.days")           // days before a report is due
)

// The basic plan (촉진법 5; 울산조례 5; 4IR조례 4, 5).
var (
	PlanMonths     = count("plan.months")                  // how long a plan is in force
	PlanDraftAhead = count("plan.draft_ahead_months")      // before its end the drafting of the next begins
	PlanWaivable   = list("plan.steps.waivable", steps...) // steps of making it that may be waived for a reason
	PlanReviewDays = count("plan.review_days")             // to report figures after a quarter
	PlanReminders  = counts("plan.reminder.days")          // days before figures are due

	PlanAnnualDays     = count("plan.annual_days")     // from the first day of a year until its 시행계획 is made
	PlanEvaluationDays = count("plan.evaluation_days") // from the last day of a year until it is evaluated before the committee
	PlanReportDays     = count("plan.report_days")     // until a minor change is reported to the committee
	PlanClosingDays    = count("plan.closing_days")    // from the end of a plan until it is evaluated as a whole
)

var steps = []string{
	"policy", "survey", "draft", "departments", "alliance", "hearing", "prenotice", "committee", "council", "approval", "publication",
}
