package presiding

import (
	"context"
	"fmt"
	"slices"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
	"secretariat/service"
)

// OpenInput opens a meeting. Presiding names the member in the chair when neither chair nor vice chair is there.
type OpenInput struct {
	Meeting   domain.ID `json:"-" path:"meeting"`
	Presiding domain.ID `json:"presiding"`
}

// Open opens a convened meeting (개의) at or after its time: the quorum must be met by the presence log, and who
// presides must have signed the 청렴서약. For a written deliberation it opens the window. CodeConflict when not convened
// or too early, CodeRefused without quorum, without pledge or when it is not the member's turn to preside.
func (s *Service) Open(ctx context.Context, by domain.Actor, in OpenInput) (Act, error) {
	return service.Do(ctx, s.env, s.store, by, "meeting.open", func(a *service.Act[Tx]) (Act, error) {
		st, err := sit(ctx, a, "meeting.open", in.Meeting, false)
		if err != nil {
			return Act{}, err
		}
		h, err := st.house(ctx)
		if err != nil {
			return Act{}, err
		}
		presiding, err := st.presiding(h, in.Presiding)
		if err != nil {
			return Act{}, err
		}
		if err := st.meeting.Begin(presiding, a.Now); err != nil {
			return Act{}, err
		}
		if err := st.mayBegin(ctx, h); err != nil {
			return Act{}, err
		}
		return st.declareOpen(ctx, h)
	})
}

// presiding is who takes the chair: in a written deliberation the chair, of whom no presence is asked.
func (s sitting) presiding(h house, wish domain.ID) (domain.ID, error) {
	o := meeting.Officers{Present: h.there}
	for _, seat := range h.chamber.Seated {
		if seat.Member == nil {
			continue
		}
		switch seat.Seat.Role {
		case committee.RoleChair:
			o.Chairs = append(o.Chairs, seat.Member.ID)
		case committee.RoleViceChair:
			o.ViceChairs = append(o.ViceChairs, seat.Member.ID)
		}
	}
	if s.meeting.Mode == meeting.Written {
		o.Present = nil
		for _, m := range h.serving {
			o.Present = append(o.Present, m.ID)
		}
	}
	return o.Presiding(policy.ActingChairOrder.Of(s.rules), wish, policy.ActingChairOrder.Cite(s.rules))
}

// mayBegin holds a sitting to quorum and pledge.
func (s sitting) mayBegin(ctx context.Context, h house) error {
	if s.meeting.Mode == meeting.Written {
		return nil
	}
	if err := s.quorum(h); err != nil {
		return err
	}
	if !policy.PledgeRequired.Of(s.rules) {
		return nil
	}
	pledges, err := s.Tx.PledgesOf(ctx, s.meeting.ID)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(pledges, func(p meeting.Pledge) bool { return p.Member == s.meeting.PresidedBy }) {
		return nil
	}
	return domain.Refused("meeting.presiding_not_pledged", policy.PledgeRequired.Cite(s.rules), nil)
}

// quorum refuses when too few are there, where the rules want the quorum at the opening.
func (s sitting) quorum(h house) error {
	q, basis := s.count(h)
	if q.Met || !slices.Contains(policy.QuorumChecks.Of(s.rules), "opening") {
		return nil
	}
	return domain.Refused("meeting.no_quorum", basis,
		domain.Args{"serving": q.Serving, "present": q.Present, "required": q.Required})
}

func (s sitting) count(h house) (ballot.Quorum, string) {
	rule := ballot.RuleOf(s.rules, ballot.Procedural)
	return rule.QuorumOf(ballot.Attendance{Serving: len(h.serving), Present: len(h.there)}), rule.QuorumBasis
}

func (s sitting) declareOpen(ctx context.Context, h house) (Act, error) {
	seat, _ := h.chamber.Member(s.meeting.PresidedBy)
	if role := seat.Seat.Role; role != committee.RoleChair {
		said := meeting.SaidActing(role == committee.RoleViceChair)
		if err := s.say(ctx, meeting.EventActing, "", said); err != nil {
			return Act{}, err
		}
	}
	sentence := s.meeting.SaidOpen(len(h.serving), len(h.there))
	if err := s.say(ctx, meeting.EventOpen, "", sentence); err != nil {
		return Act{}, err
	}
	s.Note("serving", fmt.Sprint(len(h.serving)))
	s.Note("present", fmt.Sprint(len(h.there)))
	s.Note("presiding", string(s.meeting.PresidedBy))
	return s.done(sentence), s.save(ctx)
}

// MeetingInput names a meeting.
type MeetingInput struct {
	Meeting domain.ID `json:"-" path:"meeting"`
}

// Warn notes that members were told that the minutes may be published (위원회조례 10의2③), which comes before any item.
func (s *Service) Warn(ctx context.Context, by domain.Actor, in MeetingInput) (Act, error) {
	return service.Do(ctx, s.env, s.store, by, "meeting.warn", func(a *service.Act[Tx]) (Act, error) {
		st, err := sit(ctx, a, "meeting.warn", in.Meeting, false)
		if err != nil {
			return Act{}, err
		}
		if err := st.meeting.Warn(a.Now); err != nil {
			return Act{}, err
		}
		sentence := meeting.SaidWarning()
		if err := st.say(ctx, meeting.EventWarn, "", sentence); err != nil {
			return Act{}, err
		}
		return st.done(sentence), st.save(ctx)
	})
}

// SuspendInput interrupts a meeting.
type SuspendInput struct {
	Meeting domain.ID `json:"-" path:"meeting"`
	Reason  string    `json:"reason"`
}

// Suspend interrupts the meeting (정회). CodeConflict while a vote is under way.
func (s *Service) Suspend(ctx context.Context, by domain.Actor, in SuspendInput) (Act, error) {
	var p domain.Problems
	p.Text("reason", in.Reason, false, domain.MaxLine)
	if err := p.Err(); err != nil {
		return Act{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "meeting.suspend", func(a *service.Act[Tx]) (Act, error) {
		st, err := sit(ctx, a, "meeting.suspend", in.Meeting, false)
		if err != nil {
			return Act{}, err
		}
		if err := st.meeting.Suspend(); err != nil {
			return Act{}, err
		}
		if err := st.nothingInVote(ctx); err != nil {
			return Act{}, err
		}
		sentence := meeting.SaidSuspend(in.Reason)
		if err := st.say(ctx, meeting.EventSuspend, "", sentence); err != nil {
			return Act{}, err
		}
		return st.done(sentence), st.save(ctx)
	})
}

// Resume continues a suspended meeting (속개). CodeRefused without quorum.
func (s *Service) Resume(ctx context.Context, by domain.Actor, in MeetingInput) (Act, error) {
	return service.Do(ctx, s.env, s.store, by, "meeting.resume", func(a *service.Act[Tx]) (Act, error) {
		st, err := sit(ctx, a, "meeting.resume", in.Meeting, false)
		if err != nil {
			return Act{}, err
		}
		if err := st.meeting.Resume(); err != nil {
			return Act{}, err
		}
		h, err := st.house(ctx)
		if err != nil {
			return Act{}, err
		}
		if err := st.quorum(h); err != nil {
			return Act{}, err
		}
		sentence := meeting.SaidResume(len(h.serving), len(h.there))
		if err := st.say(ctx, meeting.EventResume, "", sentence); err != nil {
			return Act{}, err
		}
		return st.done(sentence), st.save(ctx)
	})
}

// Adjourn ends the meeting (산회): every stay is closed, items that were not tabled end as 미상정 and those not decided as
// 보류. A process may adjourn a written deliberation only, once its window is over. CodeConflict while a vote is under
// way.
func (s *Service) Adjourn(ctx context.Context, by domain.Actor, in MeetingInput) (Act, error) {
	return service.Do(ctx, s.env, s.store, by, "meeting.adjourn", func(a *service.Act[Tx]) (Act, error) {
		st, err := sit(ctx, a, "meeting.adjourn", in.Meeting, false)
		if err != nil {
			return Act{}, err
		}
		if err := st.mayAdjourn(); err != nil {
			return Act{}, err
		}
		if err := st.meeting.Adjourn(a.Now); err != nil {
			return Act{}, err
		}
		if err := st.nothingInVote(ctx); err != nil {
			return Act{}, err
		}
		return st.windUp(ctx)
	})
}

func (s sitting) mayAdjourn() error {
	m := s.meeting
	if s.By.Kind != domain.ActorSystem {
		return nil
	}
	if m.Mode == meeting.Written && m.WrittenUntil != nil && !s.Now.Before(*m.WrittenUntil) {
		return nil
	}
	return domain.Forbidden("written-window", "위원회규칙 4①")
}

func (s sitting) nothingInVote(ctx context.Context) error {
	under, err := s.Tx.BallotsUnderWay(ctx, s.meeting.ID)
	if err != nil {
		return err
	}
	if len(under) > 0 {
		return domain.Conflict("ballot.other_open", nil)
	}
	return nil
}

func (s sitting) windUp(ctx context.Context) (Act, error) {
	if err := s.Tx.EndPresences(ctx, s.meeting.ID, s.Now, ""); err != nil {
		return Act{}, err
	}
	items, err := s.Tx.ItemsOf(ctx, s.meeting.ID)
	if err != nil {
		return Act{}, err
	}
	lapsed := 0
	for _, i := range items {
		if !i.Lapse(s.Now) {
			continue
		}
		lapsed++
		if err := s.Tx.ChangeItem(ctx, &i); err != nil {
			return Act{}, err
		}
	}
	s.Note("lapsed", fmt.Sprint(lapsed))
	sentence := s.meeting.SaidAdjourn()
	if err := s.say(ctx, meeting.EventAdjourn, "", sentence); err != nil {
		return Act{}, err
	}
	return s.done(sentence), s.save(ctx)
}
