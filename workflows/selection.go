package workflows

import (
	"secretariat/service"
	"secretariat/service/selecting"

	"go.temporal.io/sdk/workflow"
)

// selection is one run of a call's case. Each method below is a stage of the process.
type selection struct {
	watch
}

// Selection follows one call from its draft to the end of its agreements (공모ㆍ선정ㆍ정산). It ends when every place is agreed on or
// given up and nothing is owed under an agreement any more, or when the call is cancelled, and never because a step failed. Applications and scores are rows: it sees that something
// changed, never what.
func Selection(ctx workflow.Context, c Case) error {
	w := &selection{watch: watch{kase: c, kind: KindSelection, stand: StepStandCall}}
	if err := w.begin(ctx); err != nil {
		return err
	}
	return w.follow(ctx, w.stage)
}

func (w *selection) stage(ctx workflow.Context) error {
	switch w.at.Stage {
	case selecting.StageOpen:
		return w.open(ctx)
	case selecting.StageReviewing:
		return w.reviewing(ctx)
	case selecting.StageEvaluating:
		return w.evaluating(ctx)
	case selecting.StageObjecting:
		return w.objecting(ctx)
	case selecting.StageAgreeing:
		return w.agreeing(ctx)
	case selecting.StageCarrying:
		return w.carrying(ctx)
	case selecting.StageOver:
		w.over = true
		return nil
	}
	return w.await(ctx) // 공고 준비, 심의ㆍ결재: waited for are people
}

// open (접수): waited for are applications, until the time is over.
func (w *selection) open(ctx workflow.Context) error {
	if w.due(selecting.DeadlineClose) {
		return w.do(ctx, StepCloseCall)
	}
	return w.await(ctx, selecting.DeadlineClose)
}

// reviewing (요건 검토): waited for are the reviews of the staff. An applicant who is asked for a supplement is told, and reminded
// before it is due; when the day has passed, the review goes on with what is there.
func (w *selection) reviewing(ctx workflow.Context) error {
	if workflow.GetVersion(ctx, versionSupplements, workflow.DefaultVersion, 1) == workflow.DefaultVersion {
		return w.await(ctx)
	}
	if w.at.Letters > 0 {
		return w.do(ctx, StepSendSelection)
	}
	return w.await(ctx, selecting.DeadlineSupplementRemind, selecting.DeadlineSupplement)
}

// evaluating (평가): who was drawn is asked, and reminded before the last day if sheets are missing. Waited for are the sheets of
// all, and the ranking; and where a call is evaluated again, the answers to other objections, whose days go on. When a day passes it
// is put before the staff.
func (w *selection) evaluating(ctx workflow.Context) error {
	late := []service.DeadlineName{selecting.DeadlineEvaluate}
	if workflow.GetVersion(ctx, versionAnswersAgain, workflow.DefaultVersion, 1) != workflow.DefaultVersion {
		late = append(late, selecting.DeadlineAnswer)
	}
	switch {
	case w.at.Letters > 0:
		return w.do(ctx, StepSendSelection)
	case w.passed(late...):
		return w.chase(ctx)
	}
	return w.await(ctx, append(late, selecting.DeadlineRemind)...)
}

// objecting (이의신청): every applicant is told the result. Waited for are objections and their answers, and that the secretary makes the result final. What is not
// answered in time is put before the staff.
func (w *selection) objecting(ctx workflow.Context) error {
	switch {
	case w.at.Letters > 0:
		return w.do(ctx, StepSendSelection)
	case w.passed(selecting.DeadlineAnswer, selecting.DeadlineObject):
		return w.chase(ctx)
	}
	return w.await(ctx, selecting.DeadlineAnswer, selecting.DeadlineObject)
}

// agreeing (협약): waited for are agreements. When the days for them pass it is put before the staff.
func (w *selection) agreeing(ctx workflow.Context) error {
	switch {
	case w.at.Letters > 0:
		return w.do(ctx, StepSendSelection)
	case w.passed(selecting.DeadlineAgree):
		return w.chase(ctx)
	}
	return w.await(ctx, selecting.DeadlineAgree, selecting.DeadlineNudge)
}

// carrying (협약 이행): firms are reminded of what they owe: progress, completion, account, refund, outcomes. Waited for is that they
// do it; what is late is put before the staff. It has no version: a run of a release before never came to this stage.
func (w *selection) carrying(ctx workflow.Context) error {
	switch {
	case w.at.Letters > 0:
		return w.do(ctx, StepSendSelection)
	case w.passed(selecting.DeadlineOwed):
		return w.chase(ctx)
	}
	return w.await(ctx, selecting.DeadlineOwed, selecting.DeadlineNudge)
}
