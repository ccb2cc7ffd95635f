package presiding

import (
	"context"
	"slices"

	"secretariat/domain"
	"secretariat/domain/meeting"
	"secretariat/service"
)

// StayInput names a stay of a member in a meeting.
type StayInput struct {
	Presence domain.ID `json:"-" path:"presence"`
}

// VoidPresence takes back that a member came, which was recorded by mistake: presence.void. The member was never there.
// CodeConflict "presence.not_there" when the stay is over or taken back already, "presence.relied" once a quorum, a vote or
// the member's own words rest on it.
func (s *Service) VoidPresence(ctx context.Context, by domain.Actor, in StayInput) (Act, error) {
	return service.Do(ctx, s.env, s.store, by, "presence.void", func(a *service.Act[Tx]) (Act, error) {
		st, stay, err := sitOn(ctx, a, "presence.void", in.Presence)
		if err != nil {
			return Act{}, err
		}
		if stay.OutAt != nil {
			return Act{}, domain.Conflict("presence.not_there", nil)
		}
		if err := st.unrelied(ctx, stay, stay.InAt.UnixMicro()); err != nil {
			return Act{}, err
		}
		a.Note("member", string(stay.Member))
		a.Note("via", stay.Via)
		return st.done(""), a.Tx.VoidPresence(ctx, stay.ID, a.Now)
	})
}

// ReopenPresence takes back that a member left, which was recorded by mistake: presence.reopen. The member never left.
// CodeConflict "presence.open" when the member is there, "presence.relied" once a quorum or a vote rests on the absence.
func (s *Service) ReopenPresence(ctx context.Context, by domain.Actor, in StayInput) (Act, error) {
	return service.Do(ctx, s.env, s.store, by, "presence.reopen", func(a *service.Act[Tx]) (Act, error) {
		st, stay, err := sitOn(ctx, a, "presence.reopen", in.Presence)
		if err != nil {
			return Act{}, err
		}
		log, err := a.Tx.Presences(ctx, stay.Meeting)
		if err != nil {
			return Act{}, err
		}
		if stay.OutAt == nil || slices.ContainsFunc(log, func(p meeting.Presence) bool {
			return p.Member == stay.Member && p.ID != stay.ID && p.InAt.After(stay.InAt)
		}) {
			return Act{}, domain.Conflict("presence.open", nil)
		}
		if err := st.unrelied(ctx, stay, stay.OutAt.UnixMicro()); err != nil {
			return Act{}, err
		}
		if err := st.meeting.MayEnter(stay.Via); err != nil {
			return Act{}, err
		}
		a.Note("member", string(stay.Member))
		return st.done(""), a.Tx.ReopenPresence(ctx, stay.ID)
	})
}

// sitOn locks the meeting of a stay for an act on it and reads the stay under that lock.
func sitOn(ctx context.Context, a *service.Act[Tx], op string, id domain.ID) (sitting, meeting.Presence, error) {
	stay, err := a.Tx.Presence(ctx, id)
	if err != nil {
		return sitting{}, stay, err
	}
	m, err := a.Tx.Meeting(ctx, stay.Meeting)
	if err != nil {
		return sitting{}, stay, err
	}
	st, err := sit(ctx, a, op, stay.Meeting, stay.Member == a.By.Member(m.Committee))
	if err != nil {
		return st, stay, err
	}
	stay, err = a.Tx.Presence(ctx, id)
	return st, stay, err
}

// unrelied says that something rests on who was there since an instant: a formal act, a vote under way, what the member said.
func (s sitting) unrelied(ctx context.Context, stay meeting.Presence, since int64) error {
	under, err := s.Tx.BallotsUnderWay(ctx, stay.Meeting)
	if err != nil {
		return err
	}
	course, err := s.Tx.EventsOf(ctx, stay.Meeting)
	if err != nil {
		return err
	}
	said, err := s.Tx.StatementsOf(ctx, stay.Meeting)
	if err != nil {
		return err
	}
	relied := len(under) > 0 || slices.ContainsFunc(course, func(e meeting.Event) bool { return e.At.UnixMicro() >= since }) ||
		slices.ContainsFunc(said, func(x meeting.Statement) bool { return x.Member == stay.Member && x.At.UnixMicro() >= since })
	if relied {
		return domain.Conflict("presence.relied", nil)
	}
	return nil
}

// openStay is the stay of a member who is there, empty when the member is not.
func openStay(ctx context.Context, tx Tx, of, member domain.ID) (domain.ID, error) {
	log, err := tx.Presences(ctx, of)
	for _, p := range log {
		if p.Member == member && p.OutAt == nil {
			return p.ID, nil
		}
	}
	return "", err
}
