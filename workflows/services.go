package workflows

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/document"
	"secretariat/domain/meeting"
	"secretariat/service/balloting"
	"secretariat/service/consulting"
	"secretariat/service/convening"
	"secretariat/service/filing"
	"secretariat/service/minuting"
	"secretariat/service/planning"
	"secretariat/service/presiding"
	"secretariat/service/selecting"
	"secretariat/service/surveying"
	"secretariat/service/sweeping"
	"secretariat/service/tasking"
)

// Services are the services whose use cases the workflows do.
type Services struct {
	Convening  *convening.Service
	Presiding  *presiding.Service
	Balloting  *balloting.Service
	Minuting   *minuting.Service
	Sweeping   *sweeping.Service
	Filing     *filing.Service
	Consulting *consulting.Service
	Selecting  *selecting.Service
	Planning   *planning.Service
	Surveying  *surveying.Service
	Tasking    *tasking.Service
	Pace       Pace
}

// Activities gives the workflows the services by their ports.
func (s Services) Activities() Activities {
	return Activities{
		Cases: s.Convening, Letters: letters{s.Convening}, Papers: papers{s.Convening},
		Window: window{s.Convening, s.Balloting, s.Presiding}, Minutes: minuted{s.Minuting},
		Documents: documents{s.Filing}, Duties: s.Sweeping, Incidents: s.Sweeping, Consultations: s.Consulting, Calls: s.Selecting, Plans: plans{s.Planning}, Tasks: s.Tasking, Surveys: s.Surveying,
		Booklets: s.Filing, Pace: s.Pace,
	}
}

type letters struct{ convening *convening.Service }

func (l letters) SendDue(ctx context.Context, by domain.Actor, of domain.ID) error {
	_, err := l.convening.SendDue(ctx, by, convening.DueInput{Meeting: of})
	return err
}

type plans struct{ *planning.Service }

func (p plans) OpenReview(ctx context.Context, by domain.Actor, in planning.CaseInput) error {
	_, err := p.Service.OpenReview(ctx, by, in)
	return err
}

type papers struct{ convening *convening.Service }

func (p papers) Freeze(ctx context.Context, by domain.Actor, of domain.ID) error {
	_, err := p.convening.FreezePapers(ctx, by, convening.FreezePapersInput{Meeting: of})
	return err
}

type window struct {
	convening *convening.Service
	balloting *balloting.Service
	presiding *presiding.Service
}

func (w window) Close(ctx context.Context, by domain.Actor, of domain.ID) error {
	if _, err := w.balloting.CloseDue(ctx, by, balloting.DueInput{Meeting: of}); err != nil {
		return err
	}
	at, err := w.convening.Stand(ctx, by, convening.StandInput{Meeting: of})
	if err != nil || at.State == meeting.Adjourned {
		return err
	}
	_, err = w.presiding.Adjourn(ctx, by, presiding.MeetingInput{Meeting: of})
	return err
}

type minuted struct{ minuting *minuting.Service }

func (m minuted) IssueDecisions(ctx context.Context, by domain.Actor, of domain.ID) error {
	_, err := m.minuting.Issue(ctx, by, minuting.IssueInput{Meeting: of})
	return err
}

func (m minuted) Draft(ctx context.Context, by domain.Actor, of domain.ID) error {
	_, err := m.minuting.Draft(ctx, by, minuting.DraftInput{Meeting: of})
	return err
}

func (m minuted) Publish(ctx context.Context, by domain.Actor, of domain.ID) error {
	_, err := m.minuting.Publish(ctx, by, minuting.PublishInput{Minutes: of})
	return err
}

type documents struct{ filing *filing.Service }

func (d documents) FileNotice(ctx context.Context, by domain.Actor, of domain.ID) error {
	return d.file(ctx, by, of, document.KindNotice, document.KindAgenda)
}

func (d documents) FileDecisions(ctx context.Context, by domain.Actor, of domain.ID) error {
	return d.file(ctx, by, of, document.KindDecision)
}

func (d documents) FileMinutes(ctx context.Context, by domain.Actor, of domain.ID) error {
	return d.file(ctx, by, of, document.KindMinutes, document.KindMinutesFull)
}

func (d documents) file(ctx context.Context, by domain.Actor, of domain.ID, kinds ...document.Kind) error {
	_, err := d.filing.FileAll(ctx, by, of, kinds...)
	return err
}
