package policy

// The task pipeline (과제 발굴, 고도화, 선정, 확산). Days run from the day on which a task came to the gate.
var (
	TaskSherpaDays  = count("task.sherpa_days")      // until a sherpa recommends or returns it
	TaskCouncilDays = count("task.council_days")     // until the policy council has given its marks
	TaskTableDays   = count("task.table_days")       // until it stands on the agenda of a meeting
	TaskReviseDays  = count("task.revise_days")      // until one that was returned comes again
	TaskHubDays     = count("task.hub_days")         // until a hub spreads what was selected
	TaskReportDays  = count("task.report_days")      // from one diffusion report to the next
	TaskReminders   = counts("task.reminder.days")   // before a gate's day, to those alone who have not acted
	TaskMarkPoints  = count("task.mark.points")      // most points a mark gives
	TaskMarkLeast   = count("task.mark.least")       // of 100, with which the council passes a task
	TaskMarkQuorum  = fraction("task.mark.quorum")   // of the members without a conflict who have to give marks
	TaskInnovation  = count("task.mark.innovation")  // weight of 혁신성
	TaskFeasibility = count("task.mark.feasibility") // weight of 성공가능성
	TaskImpact      = count("task.mark.impact")      // weight of 파급효과
)

// What the alliance is to reach.
var (
	TargetDivisions = count("task.target.divisions")
	TargetTasks     = count("task.target.tasks")
	TargetYears     = count("task.target.years") // in which the tasks are to be found
	TargetFirstYear = count("task.target.first_year")
)

// Requests to improve a regulation (촉진법 17).
var (
	RegulationReplyDays      = count("regulation.reply_days")      // from the request to the reply
	RegulationSupplementDays = count("regulation.supplement_days") // ... where a supplement was asked for
	RegulationExtendDays     = count("regulation.extend_days")     // by which the reply may be put off once
	RegulationSandboxDays    = count("regulation.sandbox_days")    // until the office in charge of the sandbox is asked again
)
