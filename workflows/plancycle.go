package workflows

import (
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
	case planning.StageEnded:
		w.over = true
		return nil
	}
	return w.await(ctx) // 계획 수립: waited for are the steps that people take
}

// executing (시행): waited for is the end of a quarter, whose review is opened; the day on which the drafting of the next plan
// is due, when it is put before the staff; and the end of the plan.
func (w *planCycle) executing(ctx workflow.Context) error {
	switch {
	case w.due(planning.DeadlineReviewOpens):
		return w.do(ctx, StepOpenReview)
	case w.due(planning.DeadlineEnd):
		return w.do(ctx, StepEndPlan)
	case w.passed(planning.DeadlineSuccessor):
		return w.chase(ctx)
	}
	return w.await(ctx, planning.DeadlineReviewOpens, planning.DeadlineSuccessor, planning.DeadlineEnd)
}

// reviewing (이행점검): waited for are the figures of every owner, and that the staff closes the review. What is late is put
// before the staff.
func (w *planCycle) reviewing(ctx workflow.Context) error {
	if w.passed(planning.DeadlineReviewDue) {
		return w.chase(ctx)
	}
	return w.await(ctx, planning.DeadlineReviewDue)
}
