package convening

import (
	"context"
	"slices"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
	"secretariat/service"
)

// AddItemInput asks for a new agenda item at the end of the agenda. Once the meeting has been convened, an item
// that comes too late for the notice period needs a ground for a shorter one, with its reason.
type AddItemInput struct {
	Meeting      domain.ID       `json:"-" path:"meeting"`
	Content      meeting.Content `json:"content"`
	NoticeGround string          `json:"noticeGround"`
	NoticeReason string          `json:"noticeReason"`
}

// AddItem puts an item on the agenda of a meeting that has not opened. The agenda is part of the notice (위원회조례
// 10①): of a convened meeting the members are told, and the notice period must be kept again. CodeConflict
// "meeting.not_plannable".
func (s *Service) AddItem(ctx context.Context, by domain.Actor, in AddItemInput) (meeting.Item, error) {
	return service.Do(ctx, s.env, s.store, by, "item.add", func(a *service.Act[Tx]) (meeting.Item, error) {
		var none meeting.Item
		m, err := hold(ctx, a, "item.add", in.Meeting)
		if err != nil {
			return none, err
		}
		if err := m.CheckPlannable(); err != nil {
			return none, err
		}
		rules, err := s.rules(ctx, a.Tx, m)
		if err != nil {
			return none, err
		}
		if err := checkContent(in.Content, in.NoticeGround, in.NoticeReason, rules); err != nil {
			return none, err
		}
		if in.NoticeGround != "" {
			m.NoticeGround, m.NoticeReason = in.NoticeGround, in.NoticeReason
		}
		return s.addItem(ctx, a, m, in.Content, rules)
	})
}

func checkContent(c meeting.Content, ground, reason string, rules policy.Rules) error {
	var problems domain.Problems
	c.Check(&problems, "content.")
	problems.Text("noticeReason", reason, ground != "", domain.MaxLine)
	known := ground == "" || slices.Contains(policy.NoticeExceptions.Of(rules), ground)
	problems.Check(known, "noticeGround", "field.choice")
	return problems.Err()
}

func (s *Service) addItem(
	ctx context.Context, a *service.Act[Tx], m meeting.Meeting, c meeting.Content, rules policy.Rules,
) (meeting.Item, error) {
	var none meeting.Item
	agenda, err := a.Tx.ItemsOf(ctx, m.ID)
	if err != nil {
		return none, err
	}
	if len(agenda) >= meeting.MaxItems {
		return none, &domain.Error{
			Code: domain.CodeTooLarge, Key: "meeting.agenda_full", Args: domain.Args{"max": meeting.MaxItems},
		}
	}
	i := meeting.Item{
		ID: a.Env.NewID(), Meeting: m.ID, Position: len(agenda) + 1, State: meeting.Listed,
		Conditions: []string{}, Version: 1,
	}
	i.Apply(c)
	if err := a.Tx.AddItem(ctx, i); err != nil {
		return none, err
	}
	a.On("item", i.ID, m.ID)
	if m.State == meeting.Convened {
		if err := register(ctx, a, m, &i, rules); err != nil {
			return none, err
		}
	}
	return i, s.announce(ctx, a, &m, meeting.Renotified, rules)
}

// announce writes the meeting after a change of its agenda or papers, and moves its notice on.
func (s *Service) announce(
	ctx context.Context, a *service.Act[Tx], m *meeting.Meeting, change meeting.Change, rules policy.Rules,
) error {
	if err := s.renotify(ctx, a, m, change, rules); err != nil {
		return err
	}
	return a.Tx.ChangeMeeting(ctx, m)
}

// ReviseItemInput asks for a change of an item. The whole content is given.
type ReviseItemInput struct {
	Item    domain.ID       `json:"-" path:"item"`
	Version int             `json:"version"`
	Content meeting.Content `json:"content"`
}

// ReviseItem changes the content of an item that is listed for a meeting that has not opened; members of a convened
// one are told. CodeConflict "item.not_editable", CodeStale, CodeRefused when the item may not be decided in
// writing.
func (s *Service) ReviseItem(ctx context.Context, by domain.Actor, in ReviseItemInput) (meeting.Item, error) {
	var problems domain.Problems
	in.Content.Check(&problems, "content.")
	if err := problems.Err(); err != nil {
		return meeting.Item{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "item.revise", func(a *service.Act[Tx]) (meeting.Item, error) {
		m, i, err := holdItem(ctx, a, "item.revise", in.Item)
		if err != nil {
			return i, err
		}
		if err := i.CheckEditable(m); err != nil {
			return i, err
		}
		if err := current(in.Version, i.Version); err != nil {
			return i, err
		}
		i.Apply(in.Content)
		if err := a.Tx.ChangeItem(ctx, &i); err != nil {
			return i, err
		}
		return i, s.afterRevision(ctx, a, m)
	})
}

// afterRevision tells the members of a convened meeting. A written deliberation must still be one that is allowed.
func (s *Service) afterRevision(ctx context.Context, a *service.Act[Tx], m meeting.Meeting) error {
	rules, err := s.rules(ctx, a.Tx, m)
	if err != nil {
		return err
	}
	if m.State == meeting.Convened && m.Mode == meeting.Written {
		if err := s.gate(ctx, a, m, rules); err != nil {
			return err
		}
	}
	return s.announce(ctx, a, &m, meeting.Told, rules)
}

// holdItem locks the meeting of an item, reads the item under that lock and checks that the actor may do the act on
// it.
func holdItem(ctx context.Context, a *service.Act[Tx], op string, id domain.ID) (meeting.Meeting, meeting.Item, error) {
	i, err := a.Tx.Item(ctx, id)
	if err != nil {
		return meeting.Meeting{}, i, err
	}
	m, err := a.Tx.LockMeeting(ctx, i.Meeting)
	if err != nil {
		return m, i, err
	}
	if i, err = a.Tx.Item(ctx, id); err != nil {
		return m, i, err
	}
	f, err := itemFacts(ctx, a.Tx, a.By, m, i)
	if err != nil {
		return m, i, err
	}
	a.On("item", i.ID, m.ID)
	return m, i, access.Can(a.By, op, f).Err()
}

// MoveItemInput asks to move an item to a position, from 1 on.
type MoveItemInput struct {
	Item     domain.ID `json:"-" path:"item"`
	Position int       `json:"position"`
	Undoes   bool      `json:"undoes"` // takes a move back: refused once the notice went out or the item is not where Was says
	Was      int       `json:"was"`
}

// MoveItem changes the order of the agenda of a meeting that has not opened. A position beyond the end is the end.
// The answer says how many items have another position.
func (s *Service) MoveItem(ctx context.Context, by domain.Actor, in MoveItemInput) (Moved, error) {
	var problems domain.Problems
	problems.Check(in.Position >= 1, "position", "field.range")
	if err := problems.Err(); err != nil {
		return Moved{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "item.move", func(a *service.Act[Tx]) (Moved, error) {
		m, i, err := holdItem(ctx, a, "item.move", in.Item)
		if err != nil {
			return Moved{}, err
		}
		if err := m.CheckPlannable(); err != nil {
			return Moved{}, err
		}
		if err := in.checkMovedBack(m, i); err != nil {
			return Moved{}, err
		}
		agenda, err := a.Tx.ItemsOf(ctx, m.ID)
		if err != nil {
			return Moved{}, err
		}
		moved := meeting.Reorder(agenda, i.ID, in.Position)
		for n := range moved {
			if err := a.Tx.ChangeItem(ctx, &moved[n]); err != nil {
				return Moved{}, err
			}
		}
		return Moved{Items: len(moved), From: i.Position, To: min(in.Position, len(agenda)), Noticed: m.Announced()}, nil
	})
}

// Moved says how many items have another position now.
type Moved struct {
	Items   int  `json:"items"`
	From    int  `json:"from"`    // position of the item before
	To      int  `json:"to"`      // and now
	Noticed bool `json:"noticed"` // members were told of the agenda, so that it cannot be taken back
}

// WithdrawItemInput asks to take an item off the agenda.
type WithdrawItemInput struct {
	Item    domain.ID `json:"-" path:"item"`
	Version int       `json:"version"`
	Reason  string    `json:"reason"`
}

// WithdrawItem takes an undecided item off the agenda (철회), also while the meeting is open, but not while a ballot
// on it is. CodeConflict "item.not_withdrawable", "item.in_vote", "meeting.over".
func (s *Service) WithdrawItem(ctx context.Context, by domain.Actor, in WithdrawItemInput) (meeting.Item, error) {
	var problems domain.Problems
	problems.Text("reason", in.Reason, true, domain.MaxLine)
	if err := problems.Err(); err != nil {
		return meeting.Item{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "item.withdraw", func(a *service.Act[Tx]) (meeting.Item, error) {
		m, i, err := holdItem(ctx, a, "item.withdraw", in.Item)
		if err != nil {
			return i, err
		}
		if err := withdrawable(ctx, a, m, i, in.Version); err != nil {
			return i, err
		}
		if err := i.Withdraw(in.Reason); err != nil {
			return i, err
		}
		at := a.Now
		i.DecidedAt = &at
		if err := a.Tx.ChangeItem(ctx, &i); err != nil {
			return i, err
		}
		return i, s.afterWithdrawal(ctx, a, m, i)
	})
}

func withdrawable(ctx context.Context, a *service.Act[Tx], m meeting.Meeting, i meeting.Item, read int) error {
	if m.State == meeting.Adjourned || m.State == meeting.Cancelled {
		return domain.Conflict("meeting.over", domain.Args{"state": string(m.State)})
	}
	if err := current(read, i.Version); err != nil {
		return err
	}
	voting, err := a.Tx.ItemInVote(ctx, i.ID)
	if err == nil && voting {
		err = domain.Conflict("item.in_vote", nil)
	}
	return err
}

// afterWithdrawal leaves an open meeting without a current item if it was this one, and tells the members of a
// convened one.
func (s *Service) afterWithdrawal(ctx context.Context, a *service.Act[Tx], m meeting.Meeting, i meeting.Item) error {
	if m.CurrentItem == i.ID {
		m.CurrentItem = ""
	}
	if m.State == meeting.Convened {
		m.NoticeSequence++
	}
	a.Wake("meeting", m.ID)
	return a.Tx.ChangeMeeting(ctx, &m)
}
