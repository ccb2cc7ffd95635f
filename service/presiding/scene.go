package presiding

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
	"secretariat/service"
)

// sitting is a meeting about to change, locked, with its frozen rules.
type sitting struct {
	*service.Act[Tx]
	meeting meeting.Meeting
	rules   policy.Rules
}

// sit locks the meeting and asks whether the actor may do the operation in it; self says that it is on the actor's
// own behalf.
func sit(ctx context.Context, a *service.Act[Tx], op string, id domain.ID, self bool) (sitting, error) {
	m, err := a.Tx.LockMeeting(ctx, id)
	if err != nil {
		return sitting{}, err
	}
	f := access.Facts{Committee: m.Committee, Presiding: m.PresidedBy, Self: self}
	if err := access.Can(a.By, op, f).Err(); err != nil {
		return sitting{}, err
	}
	rules, err := a.Tx.Policy(ctx, m.Rules)
	a.On("meeting", m.ID, m.ID)
	return sitting{Act: a, meeting: m, rules: rules}, err
}

// me is the appointment through which the actor sits.
func (s sitting) me() domain.ID { return s.By.Member(s.meeting.Committee) }

// house is who sits in the committee and who of them is there.
type house struct {
	chamber committee.Chamber
	serving []committee.Member
	log     []meeting.Presence
	there   []domain.ID
}

func (s sitting) house(ctx context.Context) (house, error) {
	chamber, err := s.Tx.Chamber(ctx, s.meeting.Committee, s.Now)
	if err != nil {
		return house{}, err
	}
	log, err := s.Tx.Presences(ctx, s.meeting.ID)
	if err != nil {
		return house{}, err
	}
	there := meeting.PresenceRuleOf(s.rules).Now(log)
	return house{chamber: chamber, serving: chamber.Serving(), log: log, there: inOffice(chamber, there)}, nil
}

// inOffice leaves out who is recorded as present and has gone out of office since.
func inOffice(c committee.Chamber, there []domain.ID) []domain.ID {
	out := []domain.ID{}
	for _, id := range there {
		if _, ok := c.Member(id); ok {
			out = append(out, id)
		}
	}
	return out
}

// say writes a formal act with its sentence; item is empty outside an item.
func (s sitting) say(ctx context.Context, kind string, item domain.ID, text string) error {
	return s.Tx.AddEvent(ctx, meeting.Event{
		ID: s.Env.NewID(), Meeting: s.meeting.ID, Item: item, Kind: kind, Text: text, At: s.Now,
	})
}

// save writes the meeting and tells its workflow.
func (s *sitting) save(ctx context.Context) error {
	s.Wake("meeting", s.meeting.ID)
	return s.Tx.ChangeMeeting(ctx, &s.meeting)
}

func (s sitting) done(sentence string) Act {
	return Act{Meeting: s.meeting.ID, State: string(s.meeting.State), Sentence: sentence}
}

// matter is an item about to change, in its sitting.
type matter struct {
	sitting
	item     meeting.Item
	recusals []meeting.Recusal
}

// takeUp locks the item's meeting and asks whether the actor may do the operation on the item: who is recused for it
// may not.
func takeUp(ctx context.Context, a *service.Act[Tx], op string, id domain.ID, self bool) (matter, error) {
	item, err := a.Tx.Item(ctx, id)
	if err != nil {
		return matter{}, err
	}
	s, err := sit(ctx, a, op, item.Meeting, self)
	if err != nil {
		return matter{}, err
	}
	if item, err = a.Tx.Item(ctx, id); err != nil {
		return matter{}, err
	}
	recusals, err := a.Tx.RecusalsOf(ctx, item.Meeting)
	if err != nil {
		return matter{}, err
	}
	mt := matter{sitting: s, item: item, recusals: recusals}
	f := access.Facts{
		Committee: s.meeting.Committee, Presiding: s.meeting.PresidedBy, Self: self,
		Recused: meeting.Barred(recusals, id, s.me()),
	}
	a.On("item", id, s.meeting.ID)
	return mt, access.Can(a.By, op, f).Err()
}

func (m matter) done(sentence string) Act {
	return Act{Meeting: m.meeting.ID, Item: m.item.ID, State: string(m.item.State), Sentence: sentence}
}

// undisturbed says that a vote on the item is under way, during which nothing of it may change.
func (m matter) undisturbed(ctx context.Context) error {
	under, err := m.Tx.BallotsUnderWay(ctx, m.meeting.ID)
	if err != nil {
		return err
	}
	for _, b := range under {
		if b.Item == m.item.ID {
			return domain.Conflict("item.in_vote", nil)
		}
	}
	return nil
}
