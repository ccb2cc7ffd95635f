package consulting

import (
	"context"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/alliance"
	"secretariat/domain/policy"
	"secretariat/service"
)

// The stages of a consultation.
const (
	StageDrafting   service.Stage = "consultation_drafting"   // 의견수렴 준비
	StageCollecting service.Stage = "consultation_collecting" // 의견 제출
	StageDisposing  service.Stage = "consultation_disposing"  // 의견 처리
	StageAnswering  service.Stage = "consultation_answering"  // 처리 결과 통지
	StageTelling    service.Stage = "consultation_telling"    // 취소 통지
	StageOver       service.Stage = "consultation_over"
)

// The deadlines of a consultation.
const (
	DeadlineClose  service.DeadlineName = "consultation_close"
	DeadlineRemind service.DeadlineName = "consultation_remind"
	DeadlineAnswer service.DeadlineName = "consultation_answer"
)

// Standing is where the case of a consultation stands.
type Standing struct {
	Consultation domain.ID          `json:"consultation"`
	Committee    domain.ID          `json:"committee"`
	Title        string             `json:"title"`
	Stage        service.Stage      `json:"stage"`
	Deadlines    []service.Deadline `json:"deadlines"`         // soonest first
	Letters      int                `json:"letters"`           // due now and not sent
	Mailing      *service.Mailing   `json:"mailing,omitempty"` // of those letters; nil when none is due
	Open         int                `json:"open"`              // opinions that nobody has disposed of
	Pending      int                `json:"pending"`           // who is asked and whose organisation has not answered
	At           time.Time          `json:"at"`                // by the clock of the services
}

// Stand says where the case of a consultation stands and what comes next: consultation.stand.
func (s *Service) Stand(ctx context.Context, by domain.Actor, in CaseInput) (Standing, error) {
	return service.See(ctx, s.store, func(tx Tx) (Standing, error) {
		f, err := s.caseOf(ctx, tx, in.Consultation)
		if err != nil {
			return Standing{}, err
		}
		if err := access.Can(by, "consultation.stand", access.Facts{Committee: f.post.Consultation.Committee}).Err(); err != nil {
			return Standing{}, err
		}
		return f.standing(), nil
	})
}

func (f file) standing() Standing {
	c := f.post.Consultation
	due := f.post.Due(f.rules)
	out := Standing{
		Consultation: c.ID, Committee: c.Committee, Title: c.Title, Deadlines: []service.Deadline{}, At: f.post.Now,
		Letters: len(due), Mailing: service.MailingOf(due, f.post.Sent, alliance.Letter.Batch), Open: f.count.Open,
	}
	for _, a := range f.post.Asked {
		if !a.Submitted {
			out.Pending++
		}
	}
	out.Stage = f.stage(out.Letters)
	f.deadlines(&out)
	return out
}

func (f file) stage(letters int) service.Stage {
	switch f.post.Consultation.State {
	case alliance.Drafting:
		return StageDrafting
	case alliance.Collecting:
		return StageCollecting
	case alliance.Disposing:
		return StageDisposing
	case alliance.Answered:
		if letters > 0 {
			return StageAnswering
		}
	case alliance.Withdrawn:
		if letters > 0 {
			return StageTelling
		}
	}
	return StageOver
}

func (f file) deadlines(out *Standing) {
	c := f.post.Consultation
	add := func(name service.DeadlineName, at time.Time, basis string) {
		out.Deadlines = append(out.Deadlines, service.Deadline{Name: name, At: at, Basis: basis})
	}
	switch out.Stage {
	case StageCollecting:
		if next, ok := f.post.NextReminder(f.rules); ok {
			add(DeadlineRemind, next, policy.ConsultationReminders.Cite(f.rules))
		}
		add(DeadlineClose, c.ClosesAt, "")
	case StageDisposing:
		add(DeadlineAnswer, c.AnswerBy(f.rules).End().UTC(), policy.ConsultationAnswerDays.Cite(f.rules))
	}
}

// Close ends the time for opinions once it has come: consultation.close. One that is closed stays as it is.
func (s *Service) Close(ctx context.Context, by domain.Actor, in CaseInput) error {
	_, err := service.Do(ctx, s.env, s.store, by, "consultation.close", func(a *service.Act[Tx]) (struct{}, error) {
		c, _, err := s.open(ctx, a, "consultation.close", in.Consultation)
		if err != nil || c.State != alliance.Collecting {
			return struct{}{}, err
		}
		if c, err = c.Close(a.Now); err != nil {
			return struct{}{}, err
		}
		a.Wake(service.CaseConsultation, c.ID)
		return struct{}{}, a.Tx.ChangeConsultation(ctx, &c)
	})
	return err
}
