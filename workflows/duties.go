package workflows

import (
	"context"
	"errors"
	"time"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

// DutySweep looks once at what every committee owes: terms and sunsets that come to an end, minutes that are overdue, a quarter
// without a meeting, the yearly report. A schedule starts it each day.
func DutySweep(ctx workflow.Context) error {
	sweep := workflow.WithActivityOptions(ctx, optionsOf(StepSweepDuties))
	err := workflow.ExecuteActivity(sweep, string(StepSweepDuties)).Get(sweep, nil)
	if err == nil || ctx.Err() != nil {
		return ctx.Err()
	}
	return recordIncident(ctx, KindDuties, "", StepSweepDuties, err)
}

// sweepHour is the hour of the day, in Seoul, at which the duties are swept, before offices open.
const sweepHour = 6

// spec is when the duties are swept: each day at sweepHour, or in a play every so often by the wall.
func spec(every time.Duration) client.ScheduleSpec {
	if every > 0 {
		return client.ScheduleSpec{Intervals: []client.ScheduleIntervalSpec{{Every: max(every, time.Second)}}}
	}
	return client.ScheduleSpec{
		TimeZoneName: "Asia/Seoul",
		Calendars:    []client.ScheduleCalendarSpec{{Hour: []client.ScheduleRange{{Start: sweepHour}}}},
	}
}

// EnsureSchedule makes the schedule of the duty sweep, or brings the one that is there up to date. every is zero for once a day,
// else how long a day of the services' clock lasts by the wall.
func (s *Starter) EnsureSchedule(ctx context.Context, every time.Duration) error {
	schedules := s.client.ScheduleClient()
	_, err := schedules.Create(ctx, client.ScheduleOptions{
		ID: ScheduleDuties, Spec: spec(every), CatchupWindow: 24 * time.Hour,
		Action: &client.ScheduleWorkflowAction{
			ID: WorkflowID(KindDuties, "sweep"), Workflow: TypeDutySweep, TaskQueue: TaskQueue,
			TypedSearchAttributes: temporal.NewSearchAttributes(keyKind.ValueSet(KindDuties)),
		},
	})
	var there *serviceerror.AlreadyExists
	if !errors.Is(err, temporal.ErrScheduleAlreadyRunning) && !errors.As(err, &there) {
		return err
	}
	return schedules.GetHandle(ctx, ScheduleDuties).Update(ctx, client.ScheduleUpdateOptions{
		DoUpdate: func(in client.ScheduleUpdateInput) (*client.ScheduleUpdate, error) {
			planned := in.Description.Schedule
			fresh := spec(every)
			planned.Spec = &fresh
			return &client.ScheduleUpdate{Schedule: &planned}, nil
		},
	})
}
