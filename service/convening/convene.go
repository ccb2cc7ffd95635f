package convening

import (
	"context"
	"slices"
	"strconv"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
	"secretariat/service"
)

// ConveneInput asks to convene a planned meeting. DemandedBy names the members who demanded it, when they did.
type ConveneInput struct {
	Meeting    domain.ID   `json:"-" path:"meeting"`
	Version    int         `json:"version"`
	DemandedBy []domain.ID `json:"demandedBy"`
}

// Convened is a meeting that has been convened, with the warnings that did not stand against it.
type Convened struct {
	Meeting  meeting.Meeting   `json:"meeting"`
	Items    []meeting.Item    `json:"items"`
	Warnings []meeting.Finding `json:"warnings"`
}

// Convene gives the notice of a planned meeting: by the chair, or by the secretary on the chair's behalf, also on
// the demand of enough members (위원회조례 10①). Meeting and items get their numbers; the letters go out once this is
// committed. CodeRefused with the key of the finding that stands against it, or "meeting.demand_too_few".
func (s *Service) Convene(ctx context.Context, by domain.Actor, in ConveneInput) (Convened, error) {
	return service.Do(ctx, s.env, s.store, by, "meeting.convene", func(a *service.Act[Tx]) (Convened, error) {
		m, err := hold(ctx, a, "meeting.convene", in.Meeting)
		if err != nil {
			return Convened{}, err
		}
		if m.State != meeting.Planned {
			return Convened{}, domain.Conflict("meeting.not_planned", domain.Args{"state": string(m.State)})
		}
		if err := current(in.Version, m.Version); err != nil {
			return Convened{}, err
		}
		rules, err := s.rules(ctx, a.Tx, m)
		if err != nil {
			return Convened{}, err
		}
		if err := demand(ctx, a, &m, in.DemandedBy, rules); err != nil {
			return Convened{}, err
		}
		return convene(ctx, a, m, rules)
	})
}

// demand records who demanded the meeting, if it was demanded, and checks that they are enough of the serving
// members.
func demand(ctx context.Context, a *service.Act[Tx], m *meeting.Meeting, by []domain.ID, rules policy.Rules) error {
	if len(by) == 0 {
		return nil
	}
	chamber, err := a.Tx.Chamber(ctx, m.Committee, a.Now)
	if err != nil {
		return err
	}
	demanded := slices.Compact(slices.Sorted(slices.Values(by)))
	for _, id := range demanded {
		if _, ok := chamber.Member(id); !ok {
			return domain.NotFound("member")
		}
	}
	share, serving := policy.DemandFraction.Of(rules), len(chamber.Serving())
	if !share.Holds(len(demanded), serving) {
		return domain.Refused("meeting.demand_too_few", policy.DemandFraction.Cite(rules),
			domain.Args{"demanded": len(demanded), "needed": share.Needed(serving), "serving": serving})
	}
	m.DemandedBy = demanded
	a.Note("demanded", strconv.Itoa(len(demanded)))
	return nil
}

func convene(ctx context.Context, a *service.Act[Tx], m meeting.Meeting, rules policy.Rules) (Convened, error) {
	draft, err := gather(ctx, a.Tx, m, a.Now)
	if err != nil {
		return Convened{}, err
	}
	found := draft.Findings(rules)
	if err := refusal(found); err != nil {
		return Convened{}, err
	}
	if m.Number, err = a.Tx.NextNumber(ctx, meetingScope(m.Committee)); err != nil {
		return Convened{}, err
	}
	at := a.Now
	m.State, m.ConvenedBy, m.ConvenedAt, m.NoticedAt = meeting.Convened, a.By.ID, &at, &at
	for n := range draft.Items {
		if err := register(ctx, a, m, &draft.Items[n], rules); err != nil {
			return Convened{}, err
		}
	}
	a.Note("capacity", capacity(a.By, m))
	a.Note("number", strconv.Itoa(m.Number))
	a.Note("items", strconv.Itoa(len(draft.Items)))
	a.Wake("meeting", m.ID)
	if err := closePoll(ctx, a, m.ID, ""); err != nil {
		return Convened{}, err
	}
	err = a.Tx.ChangeMeeting(ctx, &m)
	return Convened{Meeting: m, Items: draft.Items, Warnings: found}, err
}

// capacity says in which capacity the actor convenes.
func capacity(by domain.Actor, m meeting.Meeting) string {
	if seat, ok := by.Seat(m.Committee); ok && seat.Chair {
		return "chair"
	}
	return "secretary"
}

// register gives a listed item its number, once (의안번호).
func register(ctx context.Context, a *service.Act[Tx], m meeting.Meeting, i *meeting.Item, rules policy.Rules) error {
	if i.State != meeting.Listed || i.Number != "" {
		return nil
	}
	year := calendar.DateOf(a.Now).Year()
	serial, err := a.Tx.NextNumber(ctx, itemScope(m.Committee, year))
	if err != nil {
		return err
	}
	i.Number = meeting.NumberIn(policy.AgendaNumber.Of(rules), year, serial)
	return a.Tx.ChangeItem(ctx, i)
}

// CancelInput asks to call a meeting off.
type CancelInput struct {
	Meeting domain.ID `json:"-" path:"meeting"`
	Version int       `json:"version"`
	Reason  string    `json:"reason"`
}

// Cancel calls a meeting off that has not opened. Members who were invited are told. CodeConflict
// "meeting.not_plannable".
func (s *Service) Cancel(ctx context.Context, by domain.Actor, in CancelInput) (meeting.Meeting, error) {
	var problems domain.Problems
	problems.Text("reason", in.Reason, true, domain.MaxLine)
	if err := problems.Err(); err != nil {
		return meeting.Meeting{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "meeting.cancel", func(a *service.Act[Tx]) (meeting.Meeting, error) {
		m, err := hold(ctx, a, "meeting.cancel", in.Meeting)
		if err != nil {
			return m, err
		}
		if err := plannable(m, in.Version); err != nil {
			return m, err
		}
		at := a.Now
		if m.State == meeting.Convened {
			m.NoticeSequence++
		}
		m.State, m.CancelledAt, m.CancelReason = meeting.Cancelled, &at, in.Reason
		a.Wake("meeting", m.ID)
		if err := closePoll(ctx, a, m.ID, ""); err != nil {
			return m, err
		}
		return m, a.Tx.ChangeMeeting(ctx, &m)
	})
}
