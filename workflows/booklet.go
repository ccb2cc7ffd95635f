package workflows

import (
	"context"
	"time"

	"secretariat/domain"
	"secretariat/service/filing"

	"go.temporal.io/sdk/workflow"
)

// booklet is one run of the case of a booklet.
type booklet struct {
	watch
}

// Booklet follows the papers of a meeting bound for one reader (회의자료집): they are bound, can be downloaded for a day, and are thrown
// away. It ends then.
func Booklet(ctx workflow.Context, c Case) error {
	b := &booklet{watch: watch{kase: c, kind: KindBooklet, stand: StepStandBooklet}}
	if err := b.begin(ctx); err != nil {
		return err
	}
	return b.follow(ctx, b.stage)
}

func (b *booklet) stage(ctx workflow.Context) error {
	switch {
	case b.at.Stage == filing.StageOver:
		b.over = true
		return nil
	case b.due(filing.DeadlineDrop):
		return b.do(ctx, StepDropBooklet)
	case b.at.Stage == filing.StageBinding:
		return b.do(ctx, StepBindBooklet)
	}
	return b.await(ctx, filing.DeadlineDrop)
}

func (a Activities) standBooklet(ctx context.Context, t Task) (Standing, error) {
	s, err := a.Booklets.StandBooklet(ctx, bookletActor, filing.BookletInput{Booklet: t.Case})
	if err := a.settle(ctx, StepStandBooklet, t, err); err != nil {
		return Standing{}, err
	}
	out := Standing{Committee: s.Committee, Stage: s.Stage, Hour: a.Pace.Wall(s.At.Add(time.Hour))}
	for _, d := range s.Deadlines {
		out.add(d.Name, d.At, d.Subject, s.At, a.Pace)
	}
	return out, nil
}

// bookletStep is the activity of a use case of a booklet, idempotent by its content.
func (a Activities) bookletStep(
	s Step, do func(context.Context, domain.Actor, filing.BookletInput) error,
) func(context.Context, Task) error {
	return func(ctx context.Context, t Task) error {
		return a.settle(ctx, s, t, do(ctx, bookletActor, filing.BookletInput{Booklet: t.Case}))
	}
}
