package workflows

import (
	"secretariat/service"
	"secretariat/service/planning"

	"go.temporal.io/sdk/workflow"
)

// planCycle is one run of a plan's case. Each method below is a stage of the process.
type planCycle struct {
	watch
}

// PlanCycle follows a basic plan from the decision to draft it through the years in which it is in force to its end (기본계획).
// It never ends because a step failed.
func PlanCycle(ctx workflow.Context, c Case) error {
	w := &planCycle{watch: watch{kase: c, kind: KindPlan, stand: StepStandPlan}}
	if err := w.begin(ctx); err != nil {
		return err
	}
	return w.follow(ctx, w.stage)
}

func (w *planCycle) stage(ctx workflow.Context) error {
	switch w.at.Stage {
	case planning.StageExecuting:
		return w.executing(ctx)
	case planning.StageReviewing:
		return w.reviewing(ctx)
	case planning.StageEvaluating:
		return w.evaluating(ctx)
	case planning.StageEnded:
		w.over = true
		return nil
	}
	return w.await(ctx) // 계획 수립: waited for are the steps that people take
}

// annual are the deadlines of the steps that people take while the plan is in force (시행계획, 연차평가, 변경 보고, 종합평가), with
// that of beginning the next plan.
func (w *planCycle) annual(ctx workflow.Context) []service.DeadlineName {
	if workflow.GetVersion(ctx, versionPlanAnnual, workflow.DefaultVersion, 1) == workflow.DefaultVersion {
		return nil
	}
	return []service.DeadlineName{
		planning.DeadlineAnnual, planning.DeadlineEvaluation, planning.DeadlineReport, planning.DeadlineClosing, planning.DeadlineSuccessor,
	}
}

// executing (시행): waited for is the end of a quarter, whose review is opened; the days by which the steps of the year and the
// drafting of the next plan are due, when they are put before the staff; and the end of the plan.
func (w *planCycle) executing(ctx workflow.Context) error {
	owed := append(w.annual(ctx), planning.DeadlineSuccessor)
	switch {
	case w.due(planning.DeadlineReviewOpens):
		return w.do(ctx, StepOpenReview)
	case w.due(planning.DeadlineEnd):
		return w.do(ctx, StepEndPlan)
	case w.passed(owed...):
		return w.chase(ctx)
	}
	return w.await(ctx, append(owed, planning.DeadlineReviewOpens, planning.DeadlineEnd)...)
}

// reviewing (이행점검): owners are asked for figures by letter, reminded before they are due and chased afterwards. Waited for are the
// figures of every owner, and that the staff closes the review. What is late is put before the staff, and so is what else is due
// meanwhile.
func (w *planCycle) reviewing(ctx workflow.Context) error {
	owed := append(w.annual(ctx), planning.DeadlineReviewDue)
	asks := workflow.GetVersion(ctx, versionPlanLetters, workflow.DefaultVersion, 1) != workflow.DefaultVersion
	switch {
	case asks && w.at.Letters > 0:
		return w.do(ctx, StepSendReview)
	case w.passed(owed...):
		return w.chase(ctx)
	case asks:
		return w.await(ctx, append(owed, planning.DeadlineReviewAsk)...)
	}
	return w.await(ctx, owed...)
}

// evaluating (종합평가): the time of the plan is over; waited for is what the staff still owes, at last the evaluation of the whole.
func (w *planCycle) evaluating(ctx workflow.Context) error {
	owed := w.annual(ctx)
	if w.passed(owed...) {
		return w.chase(ctx)
	}
	return w.await(ctx, owed...)
}
