package convening

import (
	"context"
	"slices"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/meeting"
	"secretariat/service"
)

// RestoreItemInput asks to put an item back that was withdrawn.
type RestoreItemInput struct {
	Item    domain.ID `json:"-" path:"item"`
	Version int       `json:"version"` // of the item as it was withdrawn
}

// RestoreItem takes the withdrawal of an item back, as long as no notice has told anybody of the agenda: item.restore.
// CodeConflict "meeting.noticed", "item.not_withdrawn", CodeStale.
func (s *Service) RestoreItem(ctx context.Context, by domain.Actor, in RestoreItemInput) (meeting.Item, error) {
	return service.Do(ctx, s.env, s.store, by, "item.restore", func(a *service.Act[Tx]) (meeting.Item, error) {
		m, i, err := holdItem(ctx, a, "item.restore", in.Item)
		if err != nil {
			return i, err
		}
		if err := m.CheckUnannounced(); err != nil {
			return i, err
		}
		if err := current(in.Version, i.Version); err != nil {
			return i, err
		}
		if err := i.Restore(); err != nil {
			return i, err
		}
		a.Wake("meeting", m.ID)
		return i, a.Tx.ChangeItem(ctx, &i)
	})
}

// RestoreDate takes the withdrawal of a candidate date back, with the answers given on it: date.restore. Who was told of the
// withdrawal is asked again. CodeConflict "date.not_withdrawn", "date.past", "date.closed" once another was chosen,
// "conflict.date" when it was proposed anew.
func (s *Service) RestoreDate(ctx context.Context, by domain.Actor, in DateInput) (meeting.Candidate, error) {
	return service.Do(ctx, s.env, s.store, by, "date.restore", func(a *service.Act[Tx]) (meeting.Candidate, error) {
		m, c, err := s.holdWithdrawn(ctx, a, in.Date)
		if err != nil {
			return c, err
		}
		sent, err := a.Tx.LettersOf(ctx, m.ID)
		if err != nil {
			return c, err
		}
		told := slices.ContainsFunc(sent, func(l meeting.Letter) bool { return !l.SentAt.Before(*c.ClosedAt) })
		if err := c.Restore(told, a.Now); err != nil {
			return c, err
		}
		a.Wake("meeting", m.ID)
		return c, a.Tx.ChangeDate(ctx, c)
	})
}

// holdWithdrawn locks the meeting of a date that was withdrawn and checks that the list may take it back.
func (s *Service) holdWithdrawn(ctx context.Context, a *service.Act[Tx], id domain.ID) (meeting.Meeting, meeting.Candidate, error) {
	c, err := a.Tx.Date(ctx, id)
	if err != nil {
		return meeting.Meeting{}, c, err
	}
	m, err := holdPolled(ctx, a, "date.restore", c.Meeting)
	if err != nil {
		return m, c, err
	}
	a.On("date", c.ID, m.ID)
	rules, err := s.rules(ctx, a.Tx, m)
	if err != nil {
		return m, c, err
	}
	poll, err := pollOf(ctx, a.Tx, m, a.Now)
	if err != nil {
		return m, c, err
	}
	if c, err = a.Tx.Date(ctx, id); err != nil {
		return m, c, err
	}
	return m, c, poll.CheckRestore(c, rules, a.Now)
}

// SpanInput names special days.
type SpanInput struct {
	Span domain.ID `json:"-" path:"span"`
}

// RemoveSpan takes special days off the calendar of the city: span.remove. What was convened with them in mind stands.
func (s *Service) RemoveSpan(ctx context.Context, by domain.Actor, in SpanInput) (meeting.Span, error) {
	return service.Do(ctx, s.env, s.store, by, "span.remove", func(a *service.Act[Tx]) (meeting.Span, error) {
		if err := access.Can(by, "span.remove", anyCommittee(by)).Err(); err != nil {
			return meeting.Span{}, err
		}
		span, err := a.Tx.Span(ctx, in.Span)
		if err != nil {
			return span, err
		}
		a.On("span", span.ID, "")
		a.Note("kind", string(span.Kind))
		a.Note("from", string(span.From))
		a.Note("until", string(span.Until))
		return span, a.Tx.RemoveSpan(ctx, span.ID)
	})
}

// checkMovedBack says why a move of an item cannot be taken back: the notice has told of the order, or somebody has moved it
// since.
func (in MoveItemInput) checkMovedBack(m meeting.Meeting, i meeting.Item) error {
	if !in.Undoes {
		return nil
	}
	if err := m.CheckUnannounced(); err != nil {
		return err
	}
	return current(in.Was, i.Position)
}
