package convening

import (
	"context"
	"slices"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
	"secretariat/service"
)

// PlanInput asks for a new meeting.
type PlanInput struct {
	Committee domain.ID    `json:"-" path:"committee"`
	Plan      meeting.Plan `json:"plan"`
}

// Plan plans a meeting and freezes the rules in force today for it (위원회조례 10①). Members hear of it when it is
// convened. CodeConflict "meeting.committee_inactive" unless the committee is active.
func (s *Service) Plan(ctx context.Context, by domain.Actor, in PlanInput) (meeting.Meeting, error) {
	return service.Do(ctx, s.env, s.store, by, "meeting.plan", func(a *service.Act[Tx]) (meeting.Meeting, error) {
		var none meeting.Meeting
		c, err := a.Tx.Committee(ctx, in.Committee)
		if err != nil {
			return none, err
		}
		if err := access.Can(by, "meeting.plan", access.Facts{Committee: c.ID}).Err(); err != nil {
			return none, err
		}
		if c.State != committee.Active {
			return none, domain.Conflict("meeting.committee_inactive", nil)
		}
		rules, err := s.ports.Policies.Resolve(c.Pack, calendar.DateOf(a.Now))
		if err != nil {
			return none, err
		}
		return plan(ctx, a, c, in.Plan, rules)
	})
}

func plan(
	ctx context.Context, a *service.Act[Tx], c committee.Committee, p meeting.Plan, rules policy.Rules,
) (meeting.Meeting, error) {
	m := meeting.Meeting{ID: a.Env.NewID(), Committee: c.ID, State: meeting.Planned, Version: 1}
	if err := checkPlan(p, rules, a, m); err != nil {
		return m, err
	}
	hash, err := a.Tx.FreezePolicy(ctx, rules)
	if err != nil {
		return m, err
	}
	m.Rules = hash
	m.Apply(p)
	a.On("meeting", m.ID, m.ID)
	a.Note("mode", string(m.Mode))
	a.Wake("meeting", m.ID)
	return m, a.Tx.AddMeeting(ctx, m)
}

// checkPlan notes what is wrong with a plan. A start that the meeting does not have yet must lie ahead.
func checkPlan(p meeting.Plan, rules policy.Rules, a *service.Act[Tx], before meeting.Meeting) error {
	var problems domain.Problems
	p.Check(&problems, "plan.", rules)
	if !p.StartsAt.IsZero() && !before.StartsAt.Equal(service.Instant(p.StartsAt)) {
		problems.Check(p.StartsAt.After(a.Now), "plan.startsAt", "meeting.in_past")
	}
	return problems.Err()
}

// ReviseInput asks for a change of a meeting that has not opened. The whole plan is given.
type ReviseInput struct {
	Meeting domain.ID    `json:"-" path:"meeting"`
	Version int          `json:"version"`
	Plan    meeting.Plan `json:"plan"`
}

// Revise changes the plan of a meeting that has not opened. Once it has been convened, members are told; when time,
// place or mode changes, the notice period runs again, unless the plan names a ground for a shorter one with its
// reason (위원회조례 10①). CodeConflict "meeting.not_plannable", CodeStale, CodeRefused with the key of the finding that
// stands against it.
func (s *Service) Revise(ctx context.Context, by domain.Actor, in ReviseInput) (meeting.Meeting, error) {
	return service.Do(ctx, s.env, s.store, by, "meeting.revise", func(a *service.Act[Tx]) (meeting.Meeting, error) {
		m, err := hold(ctx, a, "meeting.revise", in.Meeting)
		if err != nil {
			return m, err
		}
		if err := plannable(m, in.Version); err != nil {
			return m, err
		}
		if _, err := s.revise(ctx, a, &m, in.Plan); err != nil || m.Mode != meeting.Written {
			return m, err
		}
		return m, closePoll(ctx, a, m.ID, "") // nobody has to come to a written deliberation
	})
}

// revise gives a meeting that may be changed another plan and writes it. It returns the meeting's rules.
func (s *Service) revise(
	ctx context.Context, a *service.Act[Tx], m *meeting.Meeting, to meeting.Plan,
) (policy.Rules, error) {
	rules, err := s.rules(ctx, a.Tx, *m)
	if err != nil {
		return rules, err
	}
	before := *m
	if err := checkPlan(to, rules, a, before); err != nil {
		return rules, err
	}
	m.Apply(to)
	if m.Day() != before.Day() {
		m.PapersFrozenAt = nil
	}
	if err := s.renotify(ctx, a, m, m.Since(before), rules); err != nil {
		return rules, err
	}
	return rules, a.Tx.ChangeMeeting(ctx, m)
}

func plannable(m meeting.Meeting, read int) error {
	if err := m.CheckPlannable(); err != nil {
		return err
	}
	return current(read, m.Version)
}

// renotify moves the notice of a convened meeting on when members must hear of a change, and refuses a change that
// comes too late for the notice period.
func (s *Service) renotify(
	ctx context.Context, a *service.Act[Tx], m *meeting.Meeting, change meeting.Change, rules policy.Rules,
) error {
	a.Wake("meeting", m.ID)
	if m.State != meeting.Convened || change == meeting.Unseen {
		return nil
	}
	if change == meeting.Renotified {
		if err := s.gate(ctx, a, *m, rules); err != nil {
			return err
		}
		at := a.Now
		m.NoticedAt = &at
	}
	m.NoticeSequence++
	a.Note("notice", "again")
	return nil
}

// gate refuses when a blocking finding stands against giving notice now.
func (s *Service) gate(ctx context.Context, a *service.Act[Tx], m meeting.Meeting, rules policy.Rules) error {
	draft, err := gather(ctx, a.Tx, m, a.Now)
	if err != nil {
		return err
	}
	return refusal(draft.Findings(rules))
}

// refusal is the error of the first blocking finding; the others stand in its fields.
func refusal(found []meeting.Finding) error {
	blocking := slices.DeleteFunc(slices.Clone(found), func(f meeting.Finding) bool { return !f.Blocking })
	if len(blocking) == 0 {
		return nil
	}
	err := domain.Refused(blocking[0].Key, blocking[0].Basis, blocking[0].Args)
	for _, f := range blocking[1:] {
		err.Fields = append(err.Fields, domain.FieldError{Field: "findings", Key: f.Key, Args: f.Args})
	}
	return err
}
