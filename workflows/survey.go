package workflows

import (
	"context"
	"time"

	"secretariat/domain"
	"secretariat/service/surveying"

	"go.temporal.io/sdk/workflow"
)

// survey is one run of the case of a round of self-assessment. Each method below is a stage of the process.
type survey struct {
	watch
}

// Survey follows one round of self-assessment from its draft to the publication of its figures (역량 자가진단). It ends when they are
// published, or when it is given up and everybody who was asked was told, and never because a step failed.
func Survey(ctx workflow.Context, c Case) error {
	w := &survey{watch: watch{kase: c, kind: KindSurvey, stand: StepStandSurvey}}
	if err := w.begin(ctx); err != nil {
		return err
	}
	return w.follow(ctx, w.stage)
}

func (w *survey) stage(ctx workflow.Context) error {
	switch w.at.Stage {
	case surveying.StageOpen:
		return w.open(ctx)
	case surveying.StageTelling:
		return w.do(ctx, StepSendSurvey)
	case surveying.StageOver:
		w.over = true
		return nil
	}
	return w.await(ctx) // drafting and publishing: waited for is the secretariat; or a stage of a newer release
}

// open (응답): who is asked gets a letter, who has not submitted a reminder. Waited for: answers, until the time is over.
func (w *survey) open(ctx workflow.Context) error {
	switch {
	case w.due(surveying.DeadlineClose):
		return w.do(ctx, StepCloseSurvey)
	case w.at.Letters > 0:
		return w.do(ctx, StepSendSurvey)
	}
	return w.await(ctx, surveying.DeadlineRemind, surveying.DeadlineClose)
}

func (a Activities) standSurvey(ctx context.Context, t Task) (Standing, error) {
	s, err := a.Surveys.Stand(ctx, surveyActor, surveying.CaseInput{Survey: t.Case})
	if err := a.settle(ctx, StepStandSurvey, t, err); err != nil {
		return Standing{}, err
	}
	out := Standing{Committee: s.Committee, Stage: s.Stage, Letters: s.Letters, Hour: a.Pace.Wall(s.At.Add(time.Hour))}
	for _, d := range s.Deadlines {
		out.add(d.Name, d.At, d.Subject, s.At, a.Pace)
	}
	return out, nil
}

// surveyStep is the activity of a use case of a round, idempotent by its content.
func (a Activities) surveyStep(
	s Step, do func(context.Context, domain.Actor, surveying.CaseInput) error,
) func(context.Context, Task) error {
	return func(ctx context.Context, t Task) error {
		return a.settle(ctx, s, t, do(ctx, surveyActor, surveying.CaseInput{Survey: t.Case}))
	}
}
