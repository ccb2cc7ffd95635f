package workflows

import (
	"context"
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/service"
	"secretariat/service/consulting"
	"secretariat/service/convening"
	"secretariat/service/planning"
	"secretariat/service/selecting"
	"secretariat/service/sweeping"
	"secretariat/service/tasking"

	"go.temporal.io/sdk/activity"
)

// Activities are what workflows can do: the use cases of the services, by identifiers. All fields must be set.
type Activities struct {
	Cases         Cases
	Letters       Letters
	Consultations Consultations
	Calls         Calls
	Plans         Plans
	Surveys       Surveys
	Tasks         Tasks
	Booklets      Booklets
	Papers        Papers
	Window        Window
	Minutes       Minutes
	Documents     Documents
	Duties        Duties
	Incidents     Incidents
	Pace          Pace
}

// Task names what a step is to be done on.
type Task struct {
	Case      domain.ID `json:"case,omitempty"`
	Committee domain.ID `json:"committee,omitempty"`
	Minutes   domain.ID `json:"minutes,omitempty"`
	Occasion  string    `json:"occasion,omitempty"` // tells one intended doing of a step from the next
}

// The processes by whose name the activities act.
var (
	deliberationActor = domain.System("deliberation")
	consultationActor = domain.System("consultation")
	selectionActor    = domain.System("selection")
	planActor         = domain.System("plan")
	surveyActor       = domain.System("survey")
	taskActor         = domain.System("task")
	bookletActor      = domain.System("booklet")
	dutyActor         = domain.System("duties")
)

// steps gives each step its activity.
func (a Activities) steps() map[Step]any {
	return map[Step]any{
		StepStand:             a.stand,
		StepSendLetters:       a.step(StepSendLetters, a.Letters.SendDue),
		StepFreezePapers:      a.singly(StepFreezePapers, a.freezePapers),
		StepFileNotice:        a.step(StepFileNotice, a.Documents.FileNotice),
		StepFileDecisions:     a.step(StepFileDecisions, a.Documents.FileDecisions),
		StepFileMinutes:       a.step(StepFileMinutes, a.Documents.FileMinutes),
		StepCloseWindow:       a.step(StepCloseWindow, a.Window.Close),
		StepIssueDecisions:    a.step(StepIssueDecisions, a.Minutes.IssueDecisions),
		StepDraftMinutes:      a.step(StepDraftMinutes, a.Minutes.Draft),
		StepPublishMinutes:    a.singly(StepPublishMinutes, a.publishMinutes),
		StepStandConsultation: a.standConsultation,
		StepSendConsultation:  a.consult(StepSendConsultation, a.Consultations.SendDue),
		StepCloseConsultation: a.consult(StepCloseConsultation, a.Consultations.Close),
		StepStandCall:         a.standCall,
		StepCloseCall:         a.callStep(StepCloseCall, a.Calls.Close),
		StepSendSelection:     a.callStep(StepSendSelection, a.Calls.SendDue),
		StepStandPlan:         a.standPlan,
		StepOpenReview:        a.planStep(StepOpenReview, a.Plans.OpenReview),
		StepEndPlan:           a.planStep(StepEndPlan, a.Plans.End),
		StepStandSurvey:       a.standSurvey,
		StepSendSurvey:        a.surveyStep(StepSendSurvey, a.Surveys.SendDue),
		StepCloseSurvey:       a.surveyStep(StepCloseSurvey, a.Surveys.Close),
		StepSendReview:        a.planStep(StepSendReview, a.Plans.SendDue),
		StepStandTask:         a.standTask,
		StepSendTask:          a.sendTask,
		StepStandBooklet:      a.standBooklet,
		StepBindBooklet:       a.bookletStep(StepBindBooklet, a.Booklets.BindBooklet),
		StepDropBooklet:       a.bookletStep(StepDropBooklet, a.Booklets.DropBooklet),
		StepExamineDuties:     a.examineDuties,
		StepSweepDuties:       a.sweepDuties,
		StepRecordIncident:    a.recordIncident,
	}
}

type useCase func(ctx context.Context, by domain.Actor, of domain.ID) error

// step is the activity of a use case that consists of any number of acts, each idempotent by its content.
func (a Activities) step(s Step, do useCase) func(context.Context, Task) error {
	return func(ctx context.Context, t Task) error {
		return a.settle(ctx, s, t, do(ctx, deliberationActor, t.Case))
	}
}

// singly is the activity of a use case that is one act. Its key is the same in every try and every run, so that an act that was
// committed just before the worker died is answered and not done again.
func (a Activities) singly(s Step, do func(context.Context, Task) error) func(context.Context, Task) error {
	return func(ctx context.Context, t Task) error {
		key := activity.GetInfo(ctx).WorkflowExecution.ID + "/" + string(s)
		if t.Occasion != "" {
			key += "/" + t.Occasion
		}
		return a.settle(ctx, s, t, do(service.WithOnce(ctx, key, key), t))
	}
}

func (a Activities) freezePapers(ctx context.Context, t Task) error {
	return a.Papers.Freeze(ctx, deliberationActor, t.Case)
}

func (a Activities) publishMinutes(ctx context.Context, t Task) error {
	return a.Minutes.Publish(ctx, deliberationActor, t.Minutes)
}

func (a Activities) stand(ctx context.Context, t Task) (Standing, error) {
	s, err := a.Cases.Stand(ctx, deliberationActor, convening.StandInput{Meeting: t.Case})
	if err := a.settle(ctx, StepStand, t, err); err != nil {
		return Standing{}, err
	}
	return standing(s, a.Pace), nil
}

func (a Activities) standConsultation(ctx context.Context, t Task) (Standing, error) {
	s, err := a.Consultations.Stand(ctx, consultationActor, consulting.CaseInput{Consultation: t.Case})
	if err := a.settle(ctx, StepStandConsultation, t, err); err != nil {
		return Standing{}, err
	}
	out := Standing{Committee: s.Committee, Stage: s.Stage, Letters: s.Letters, Hour: a.Pace.Wall(s.At.Add(time.Hour))}
	for _, d := range s.Deadlines {
		out.add(d.Name, d.At, d.Subject, s.At, a.Pace)
	}
	return out, nil
}

// consult is the activity of a use case of a consultation, idempotent by its content.
func (a Activities) consult(
	s Step, do func(context.Context, domain.Actor, consulting.CaseInput) error,
) func(context.Context, Task) error {
	return func(ctx context.Context, t Task) error {
		return a.settle(ctx, s, t, do(ctx, consultationActor, consulting.CaseInput{Consultation: t.Case}))
	}
}

func (a Activities) standCall(ctx context.Context, t Task) (Standing, error) {
	s, err := a.Calls.Stand(ctx, selectionActor, selecting.CaseInput{Call: t.Case})
	if err := a.settle(ctx, StepStandCall, t, err); err != nil {
		return Standing{}, err
	}
	out := Standing{Committee: s.Committee, Stage: s.Stage, Letters: s.Letters, Hour: a.Pace.Wall(s.At.Add(time.Hour))}
	for _, d := range slices.Concat(s.Deadlines, s.Reminds) {
		out.add(d.Name, d.At, d.Subject, s.At, a.Pace)
	}
	return out, nil
}

// callStep is the activity of a use case of a call, idempotent by its content.
func (a Activities) callStep(
	s Step, do func(context.Context, domain.Actor, selecting.CaseInput) error,
) func(context.Context, Task) error {
	return func(ctx context.Context, t Task) error {
		return a.settle(ctx, s, t, do(ctx, selectionActor, selecting.CaseInput{Call: t.Case}))
	}
}

func (a Activities) standPlan(ctx context.Context, t Task) (Standing, error) {
	s, err := a.Plans.Stand(ctx, planActor, planning.CaseInput{Plan: t.Case})
	if err := a.settle(ctx, StepStandPlan, t, err); err != nil {
		return Standing{}, err
	}
	out := Standing{Committee: s.Committee, Stage: s.Stage, Letters: s.Letters, Mark: string(s.Review), Hour: a.Pace.Wall(s.At.Add(time.Hour))}
	for _, d := range s.Deadlines {
		out.add(d.Name, d.At, d.Subject, s.At, a.Pace)
	}
	return out, nil
}

// planStep is the activity of a use case of a plan, refused when it has been done.
func (a Activities) planStep(
	s Step, do func(context.Context, domain.Actor, planning.CaseInput) error,
) func(context.Context, Task) error {
	return func(ctx context.Context, t Task) error {
		return a.settle(ctx, s, t, do(ctx, planActor, planning.CaseInput{Plan: t.Case}))
	}
}

func (a Activities) standTask(ctx context.Context, t Task) (Standing, error) {
	s, err := a.Tasks.Stand(ctx, taskActor, tasking.CaseInput{Task: t.Case})
	if err := a.settle(ctx, StepStandTask, t, err); err != nil {
		return Standing{}, err
	}
	out := Standing{Committee: s.Committee, Stage: s.Stage, Letters: s.Letters, Hour: a.Pace.Wall(s.At.Add(time.Hour))}
	for _, d := range s.Deadlines {
		out.add(d.Name, d.At, d.Subject, s.At, a.Pace)
	}
	return out, nil
}

// sendTask is idempotent by its content: a letter that went out is not due any more.
func (a Activities) sendTask(ctx context.Context, t Task) error {
	return a.settle(ctx, StepSendTask, t, a.Tasks.SendDue(ctx, taskActor, tasking.CaseInput{Task: t.Case}))
}

func (a Activities) examineDuties(ctx context.Context, t Task) error {
	_, err := a.Duties.Examine(ctx, dutyActor, sweeping.ExamineInput{Committee: t.Committee})
	return a.settle(ctx, StepExamineDuties, t, err)
}

func (a Activities) sweepDuties(ctx context.Context) error {
	_, err := a.Duties.Sweep(ctx, dutyActor)
	return a.settle(ctx, StepSweepDuties, Task{}, err)
}

func (a Activities) recordIncident(ctx context.Context, in sweeping.IncidentInput) error {
	return failure(a.Incidents.Record(ctx, deliberationActor, in))
}

// settle closes the incident of a step that works again, and makes a failure into what may be told to the engine. That an
// incident stays open a while longer must not make a step fail that was done.
func (a Activities) settle(ctx context.Context, s Step, t Task, err error) error {
	if err != nil {
		return failure(err)
	}
	in := sweeping.IncidentInput{Kind: kindOf(s), Case: t.Case, Step: string(s)}
	if err := a.Incidents.Settle(ctx, deliberationActor, in); err != nil {
		activity.GetLogger(ctx).Warn("an incident could not be closed", "step", string(s), "code", string(domain.CodeOf(err)))
	}
	return nil
}

// kindOf is the kind of case that a step belongs to.
func kindOf(s Step) string {
	if kind, other := kinds[s]; other {
		return kind
	}
	return KindMeeting
}

// kinds are the kinds of cases of the steps that belong to no meeting.
var kinds = map[Step]string{
	StepSweepDuties: KindDuties, StepStandSurvey: KindSurvey, StepSendSurvey: KindSurvey, StepCloseSurvey: KindSurvey,
	StepStandConsultation: KindConsultation, StepSendConsultation: KindConsultation,
	StepCloseConsultation: KindConsultation, StepStandCall: KindSelection, StepCloseCall: KindSelection, StepSendSelection: KindSelection,
	StepStandPlan: KindPlan, StepOpenReview: KindPlan, StepEndPlan: KindPlan,
	StepStandBooklet: KindBooklet, StepBindBooklet: KindBooklet, StepDropBooklet: KindBooklet,
	StepStandTask: KindTask, StepSendTask: KindTask,
}
