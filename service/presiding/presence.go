package presiding

import (
	"context"
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/ballot"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
	"secretariat/service"
)

// EnterInput records that a member takes part from now.
type EnterInput struct {
	Meeting domain.ID `json:"-" path:"meeting"`
	Member  domain.ID `json:"member"` // the actor's own appointment when empty
	Via     string    `json:"via"`    // room, remote or proxy
}

// Enter begins a stay of a member: by the member, or by staff. A proxy needs the written appointment for this meeting
// and is recorded by staff. CodeConflict when the member is there already or the meeting is not held now, CodeRefused
// for a way the mode of the meeting does not know, CodeInvalid for who is not serving.
func (s *Service) Enter(ctx context.Context, by domain.Actor, in EnterInput) (Act, error) {
	var p domain.Problems
	domain.OneOf(&p, "via", in.Via, meeting.ViaRoom, meeting.ViaRemote, meeting.ViaProxy)
	if err := p.Err(); err != nil {
		return Act{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "presence.enter", func(a *service.Act[Tx]) (Act, error) {
		st, member, err := sitAs(ctx, a, "presence.enter", in.Meeting, in.Member, in.Via == meeting.ViaProxy)
		if err != nil {
			return Act{}, err
		}
		if err := st.meeting.MayEnter(in.Via); err != nil {
			return Act{}, err
		}
		stay := meeting.Presence{ID: a.Env.NewID(), Meeting: in.Meeting, Member: member, Via: in.Via, InAt: a.Now}
		if err := st.admit(ctx, &stay); err != nil {
			return Act{}, err
		}
		if err := a.Tx.AddPresence(ctx, stay); err != nil {
			return Act{}, err
		}
		a.Note("member", string(member))
		a.Note("via", in.Via)
		out := st.done("")
		out.ID = stay.ID
		return out, nil
	})
}

// sitAs locks the meeting for an act of the actor's own, or of staff for a member. Only staff act for somebody who is
// not there.
func sitAs(
	ctx context.Context, a *service.Act[Tx], op string, of, member domain.ID, byStaff bool,
) (sitting, domain.ID, error) {
	m, err := a.Tx.Meeting(ctx, of)
	if err != nil {
		return sitting{}, "", err
	}
	me := a.By.Member(m.Committee)
	if member == "" {
		member = me
	}
	st, err := sit(ctx, a, op, of, member != "" && member == me && !byStaff)
	return st, member, err
}

// admit checks that the member serves, and a proxy's appointment.
func (s sitting) admit(ctx context.Context, stay *meeting.Presence) error {
	chamber, err := s.Tx.Chamber(ctx, s.meeting.Committee, s.Now)
	if err != nil {
		return err
	}
	seat, ok := chamber.Member(stay.Member)
	if !ok {
		var p domain.Problems
		p.Add("member", "member.not_serving", nil)
		return p.Err()
	}
	if stay.Via != meeting.ViaProxy {
		return nil
	}
	allowed := policy.ProxyAppointed
	if seat.Seat.Kind == committee.ExOfficio {
		allowed = policy.ProxyExOfficio
	}
	if allowed.Of(s.rules) == policy.ProxyNone {
		return domain.Refused("presence.no_proxy", allowed.Cite(s.rules), nil)
	}
	proxies, err := s.Tx.ProxiesOf(ctx, s.meeting.ID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(proxies, func(p meeting.Proxy) bool { return p.Member == stay.Member })
	if i < 0 {
		return domain.Refused("presence.proxy_not_appointed", policy.ProxyAppointment.Cite(s.rules), nil)
	}
	stay.Proxy = proxies[i].Post + " " + proxies[i].Name
	return nil
}

// LeaveInput records that a member takes part no more.
type LeaveInput struct {
	Meeting domain.ID `json:"-" path:"meeting"`
	Member  domain.ID `json:"member"` // the actor's own appointment when empty
	Reason  string    `json:"reason"`
}

// Leave closes the stay of a member. CodeConflict when the member is not there.
func (s *Service) Leave(ctx context.Context, by domain.Actor, in LeaveInput) (Act, error) {
	var p domain.Problems
	p.Text("reason", in.Reason, false, domain.MaxLine)
	if err := p.Err(); err != nil {
		return Act{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "presence.leave", func(a *service.Act[Tx]) (Act, error) {
		st, member, err := sitAs(ctx, a, "presence.leave", in.Meeting, in.Member, false)
		if err != nil {
			return Act{}, err
		}
		stay, err := openStay(ctx, a.Tx, in.Meeting, member)
		if err != nil {
			return Act{}, err
		}
		err = a.Tx.EndPresence(ctx, in.Meeting, member, a.Now, in.Reason)
		if domain.CodeOf(err) == domain.CodeNotFound {
			return Act{}, domain.Conflict("presence.not_there", nil)
		}
		a.Note("member", string(member))
		out := st.done("")
		out.ID = stay
		return out, err
	})
}

// PledgeInput signs the 청렴서약.
type PledgeInput struct {
	Meeting domain.ID `json:"-" path:"meeting"`
}

// Pledge signs the actor's 청렴서약 for one meeting (위원회조례 9의2), from the notice to the end. Signing twice changes nothing.
func (s *Service) Pledge(ctx context.Context, by domain.Actor, in PledgeInput) (Act, error) {
	return service.Do(ctx, s.env, s.store, by, "pledge.sign", func(a *service.Act[Tx]) (Act, error) {
		st, err := sit(ctx, a, "pledge.sign", in.Meeting, true)
		if err != nil {
			return Act{}, err
		}
		if m := st.meeting.State; m != meeting.Convened && m != meeting.Open && m != meeting.Suspended {
			return Act{}, domain.Conflict("meeting.not_gathering", nil)
		}
		pledges, err := a.Tx.PledgesOf(ctx, in.Meeting)
		if err != nil {
			return Act{}, err
		}
		if slices.ContainsFunc(pledges, func(p meeting.Pledge) bool { return p.Member == st.me() }) {
			return st.done(""), nil
		}
		return st.done(""), a.Tx.AddPledge(ctx, meeting.Pledge{Meeting: in.Meeting, Member: st.me(), At: a.Now})
	})
}

// Seat is one line of the list of members on the console.
type Seat struct {
	Member   domain.ID      `json:"member"`
	Name     string         `json:"name"`
	Role     committee.Role `json:"role"`
	Via      string         `json:"via,omitempty"` // how the member takes part now; empty when not there
	Since    *time.Time     `json:"since,omitempty"`
	Pledged  bool           `json:"pledged"`
	Recused  []domain.ID    `json:"recused,omitempty"`  // items the member is kept out of
	Conflict []domain.ID    `json:"conflict,omitempty"` // items that name the member's organisation: a recusal is proposed
}

// Quorum is the state of the house.
type Quorum struct {
	Meeting     domain.ID     `json:"meeting"`
	State       meeting.State `json:"state"`
	PresidedBy  domain.ID     `json:"presidedBy,omitempty"`
	CurrentItem domain.ID     `json:"currentItem,omitempty"`
	Quorum      ballot.Quorum `json:"quorum"`
	Basis       string        `json:"basis"`
	Sentence    string        `json:"sentence"` // 성원 보고, to be read aloud
	Seats       []Seat        `json:"seats"`
}

// Quorum counts the house from the presence log and lists the members. Recusals and proposed recusals are told to
// staff and auditors only.
func (s *Service) Quorum(ctx context.Context, by domain.Actor, in MeetingInput) (Quorum, error) {
	now := service.Instant(s.env.Now())
	return service.See(ctx, s.store, func(tx Tx) (Quorum, error) {
		m, err := tx.Meeting(ctx, in.Meeting)
		if err != nil {
			return Quorum{}, err
		}
		if err := access.Can(by, "meeting.quorum", access.Facts{Committee: m.Committee}).Err(); err != nil {
			return Quorum{}, err
		}
		rules, err := tx.Policy(ctx, m.Rules)
		if err != nil {
			return Quorum{}, err
		}
		st := sitting{Act: &service.Act[Tx]{Tx: tx, By: by, Now: now, Env: s.env}, meeting: m, rules: rules}
		return st.board(ctx)
	})
}

func (s sitting) board(ctx context.Context) (Quorum, error) {
	h, err := s.house(ctx)
	if err != nil {
		return Quorum{}, err
	}
	q, basis := s.count(h)
	out := Quorum{
		Meeting: s.meeting.ID, State: s.meeting.State, PresidedBy: s.meeting.PresidedBy, CurrentItem: s.meeting.CurrentItem,
		Quorum: q, Basis: basis, Sentence: s.meeting.SaidOpen(q.Serving, q.Present), Seats: []Seat{},
	}
	pledges, err := s.Tx.PledgesOf(ctx, s.meeting.ID)
	if err != nil {
		return Quorum{}, err
	}
	for _, seat := range h.chamber.Seated {
		if seat.Member != nil {
			out.Seats = append(out.Seats, line(seat, h.log, pledges))
		}
	}
	if s.By.Serves(s.meeting.Committee) || s.By.Auditor {
		err = s.recusals(ctx, h.chamber, out.Seats)
	}
	return out, err
}

func line(s committee.Seated, log []meeting.Presence, pledges []meeting.Pledge) Seat {
	out := Seat{Member: s.Member.ID, Name: s.Member.Name, Role: s.Seat.Role}
	for _, p := range log {
		if p.Member == out.Member && p.OutAt == nil {
			out.Via, out.Since = p.Via, &p.InAt
		}
	}
	out.Pledged = slices.ContainsFunc(pledges, func(p meeting.Pledge) bool { return p.Member == out.Member })
	return out
}

// recusals adds to each seat the items its member is kept out of, and those that seem to concern the member's
// organisation.
func (s sitting) recusals(ctx context.Context, c committee.Chamber, seats []Seat) error {
	items, err := s.Tx.ItemsOf(ctx, s.meeting.ID)
	if err != nil {
		return err
	}
	recusals, err := s.Tx.RecusalsOf(ctx, s.meeting.ID)
	if err != nil {
		return err
	}
	for i := range seats {
		seat, _ := c.Member(seats[i].Member)
		for _, item := range items {
			switch {
			case meeting.Barred(recusals, item.ID, seats[i].Member):
				seats[i].Recused = append(seats[i].Recused, item.ID)
			case item.Concerns(seat.Member.Organisation):
				seats[i].Conflict = append(seats[i].Conflict, item.ID)
			}
		}
	}
	return nil
}
