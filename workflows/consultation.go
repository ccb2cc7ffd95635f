package workflows

import (
	"secretariat/service/consulting"

	"go.temporal.io/sdk/workflow"
)

// consultation is one run of a consultation's case. Each method below is a stage of the process.
type consultation struct {
	watch
}

// Consultation follows one consultation from its draft to the answers (의견수렴, 행정예고, 공청회). It ends when everybody who
// gave an opinion was told what became of it, or when it is given up and whoever was asked or had answered was told, and
// never because a step failed. The stage of telling is one of its own, so that no run that was recorded before has it.
func Consultation(ctx workflow.Context, c Case) error {
	w := &consultation{watch: watch{kase: c, kind: KindConsultation, stand: StepStandConsultation}}
	if err := w.begin(ctx); err != nil {
		return err
	}
	return w.follow(ctx, w.stage)
}

func (w *consultation) stage(ctx workflow.Context) error {
	switch w.at.Stage {
	case consulting.StageCollecting:
		return w.collecting(ctx)
	case consulting.StageDisposing:
		return w.disposing(ctx)
	case consulting.StageAnswering:
		return w.answering(ctx)
	case consulting.StageTelling:
		return w.telling(ctx)
	case consulting.StageOver:
		w.over = true
		return nil
	}
	return w.await(ctx) // drafting: waited for is that it is opened; or a stage of a newer release
}

// collecting (의견 제출): who is asked gets a letter, who has not answered a reminder. Waited for: opinions, until the time is over.
func (w *consultation) collecting(ctx workflow.Context) error {
	switch {
	case w.due(consulting.DeadlineClose):
		return w.do(ctx, StepCloseConsultation)
	case w.at.Letters > 0:
		return w.do(ctx, StepSendConsultation)
	}
	return w.await(ctx, consulting.DeadlineRemind, consulting.DeadlineClose)
}

// disposing (의견 처리): waited for is that the secretariat says of every opinion what becomes of it, and finishes. When the days
// for it pass it is put before the staff.
func (w *consultation) disposing(ctx workflow.Context) error {
	if w.passed(consulting.DeadlineAnswer) {
		return w.chase(ctx)
	}
	return w.await(ctx, consulting.DeadlineAnswer)
}

// answering (처리 결과 통지): everybody who gave an opinion is told what became of it. Nobody is waited for.
func (w *consultation) answering(ctx workflow.Context) error {
	return w.do(ctx, StepSendConsultation)
}

// telling (취소 통지): who was asked, or had answered, is told that it was given up. Nobody is waited for.
func (w *consultation) telling(ctx workflow.Context) error {
	return w.do(ctx, StepSendConsultation)
}
