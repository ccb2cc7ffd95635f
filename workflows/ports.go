package workflows

import (
	"context"
	"time"

	"secretariat/domain"
	"secretariat/service/consulting"
	"secretariat/service/convening"
	"secretariat/service/filing"
	"secretariat/service/planning"
	"secretariat/service/selecting"
	"secretariat/service/surveying"
	"secretariat/service/sweeping"
	"secretariat/service/tasking"
)

// The ports are what the activities ask of the services. Each use case may be done twice, after a failure or because the engine
// lost its state; doing it again changes nothing.

// Cases says where a case stands and what comes next.
type Cases interface {
	Stand(context.Context, domain.Actor, convening.StandInput) (convening.Standing, error)
}

// Letters sends the letters of a meeting that are due.
type Letters interface {
	SendDue(ctx context.Context, by domain.Actor, meeting domain.ID) error
}

// Consultations says where a consultation stands, closes it and sends its letters.
type Consultations interface {
	Stand(context.Context, domain.Actor, consulting.CaseInput) (consulting.Standing, error)
	Close(context.Context, domain.Actor, consulting.CaseInput) error
	SendDue(context.Context, domain.Actor, consulting.CaseInput) error
}

// Calls says where a call stands, closes it and sends its letters.
type Calls interface {
	Stand(context.Context, domain.Actor, selecting.CaseInput) (selecting.Standing, error)
	Close(context.Context, domain.Actor, selecting.CaseInput) error
	SendDue(context.Context, domain.Actor, selecting.CaseInput) error
}

// Plans says where a plan stands, opens the review of a quarter, writes to owners of figures and ends the plan.
type Plans interface {
	Stand(context.Context, domain.Actor, planning.CaseInput) (planning.Standing, error)
	OpenReview(context.Context, domain.Actor, planning.CaseInput) error
	End(context.Context, domain.Actor, planning.CaseInput) error
	SendDue(context.Context, domain.Actor, planning.CaseInput) error
}

// Surveys says where a round of self-assessment stands, closes it and sends its letters.
type Surveys interface {
	Stand(context.Context, domain.Actor, surveying.CaseInput) (surveying.Standing, error)
	Close(context.Context, domain.Actor, surveying.CaseInput) error
	SendDue(context.Context, domain.Actor, surveying.CaseInput) error
}

// Tasks says where a task stands and sends its letters.
type Tasks interface {
	Stand(context.Context, domain.Actor, tasking.CaseInput) (tasking.Standing, error)
	SendDue(context.Context, domain.Actor, tasking.CaseInput) error
}

// Booklets says where the papers bound for a reader stand, binds them and throws them away.
type Booklets interface {
	StandBooklet(context.Context, domain.Actor, filing.BookletInput) (filing.Standing, error)
	BindBooklet(context.Context, domain.Actor, filing.BookletInput) error
	DropBooklet(context.Context, domain.Actor, filing.BookletInput) error
}

// Papers fixes the papers of a meeting.
type Papers interface {
	Freeze(ctx context.Context, by domain.Actor, meeting domain.ID) error
}

// Window is the time in which the members vote in writing (서면심의).
type Window interface {
	// Close counts the votes whose time is over and, when nothing is left to vote on, ends the meeting.
	Close(ctx context.Context, by domain.Actor, meeting domain.ID) error
}

// Minutes draws up what came of a meeting and publishes it.
type Minutes interface {
	IssueDecisions(ctx context.Context, by domain.Actor, meeting domain.ID) error
	Draft(ctx context.Context, by domain.Actor, meeting domain.ID) error
	Publish(ctx context.Context, by domain.Actor, minutes domain.ID) error
}

// Documents files the documents of a meeting in their present state.
type Documents interface {
	FileNotice(ctx context.Context, by domain.Actor, meeting domain.ID) error // 소집통지서 and 안건목록
	FileDecisions(ctx context.Context, by domain.Actor, meeting domain.ID) error
	FileMinutes(ctx context.Context, by domain.Actor, meeting domain.ID) error
}

// Duties looks at what committees owe and keeps the list that staff see.
type Duties interface {
	Examine(context.Context, domain.Actor, sweeping.ExamineInput) (sweeping.Examined, error)
	Sweep(context.Context, domain.Actor) (sweeping.Examined, error)
}

// Incidents keeps what went wrong with a case until it works again.
type Incidents interface {
	Record(context.Context, domain.Actor, sweeping.IncidentInput) error
	Settle(context.Context, domain.Actor, sweeping.IncidentInput) error
}

// Pace turns a time of the services' clock into how long to wait by the wall; zero when it has passed.
type Pace interface {
	Wall(until time.Time) time.Duration
}
