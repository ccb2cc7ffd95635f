package workflows

import (
	"slices"

	"secretariat/service"
	"secretariat/service/tasking"

	"go.temporal.io/sdk/workflow"
)

// gateDeadlines are the days of the gates.
var gateDeadlines = []service.DeadlineName{
	tasking.DeadlineSherpa, tasking.DeadlineCouncil, tasking.DeadlineTable, tasking.DeadlineRevise, tasking.DeadlineSpread,
}

// taskPipeline is one run of a task's case. Each method below is a gate of the pipeline.
type taskPipeline struct {
	watch
}

// TaskPipeline follows one task of the alliance from its first submission to the end of its spread (과제 발굴, 고도화, 선정,
// 확산). It ends when who proposed the task was told how it ended, and never because a step failed. Comments, marks and reports
// are rows: it sees that something changed, never what.
func TaskPipeline(ctx workflow.Context, c Case) error {
	w := &taskPipeline{watch: watch{kase: c, kind: KindTask, stand: StepStandTask}}
	if err := w.begin(ctx); err != nil {
		return err
	}
	return w.follow(ctx, w.stage)
}

func (w *taskPipeline) stage(ctx workflow.Context) error {
	switch w.at.Stage {
	case tasking.StageDiscussing, tasking.StageRefining, tasking.StageTabling, tasking.StageSpreading, tasking.StageReturned:
		return w.gate(ctx)
	case tasking.StageSandbox:
		if workflow.GetVersion(ctx, versionRegulation, workflow.DefaultVersion, 1) == workflow.DefaultVersion {
			return w.await(ctx)
		}
		return w.gate(ctx)
	case tasking.StageTelling:
		return w.do(ctx, StepSendTask)
	case tasking.StageOver:
		w.over = true
		return nil
	}
	return w.await(ctx) // a stage of a newer release
}

// gate (발굴, 고도화, 선정, 확산, 보완): who is to act is asked, and reminded as long as they have not; the proposer learns where
// the task stands. Waited for is that they act. When the days of the gate pass, or the day to reply to a request, it is put
// before the staff: no gate opens by itself, and nobody replies but the staff.
func (w *taskPipeline) gate(ctx workflow.Context) error {
	names := w.gates(ctx)
	switch {
	case w.at.Letters > 0:
		return w.do(ctx, StepSendTask)
	case w.passed(names...):
		return w.chase(ctx)
	}
	return w.await(ctx, append(slices.Clone(names), tasking.DeadlineRemind)...)
}

// gates are the days that are put before the staff when they pass.
func (w *taskPipeline) gates(ctx workflow.Context) []service.DeadlineName {
	if workflow.GetVersion(ctx, versionRegulation, workflow.DefaultVersion, 1) == workflow.DefaultVersion {
		return gateDeadlines
	}
	return append(slices.Clone(gateDeadlines), tasking.DeadlineReply, tasking.DeadlineSandbox)
}
