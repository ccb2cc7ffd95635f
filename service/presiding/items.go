package presiding

import (
	"context"
	"fmt"
	"slices"

	"secretariat/domain"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
	"secretariat/service"
)

// maxConditions bounds the conditions of one item.
const maxConditions = 50

// ItemInput names an item.
type ItemInput struct {
	Item domain.ID `json:"-" path:"item"`
}

// ReasonInput names an item and why something is done with it.
type ReasonInput struct {
	Item   domain.ID `json:"-" path:"item"`
	Reason string    `json:"reason"`
}

// TextInput names an item and gives a text for it.
type TextInput struct {
	Item domain.ID `json:"-" path:"item"`
	Text string    `json:"text"`
}

// Table puts an item before the open meeting (상정). CodeRefused before members were told that the minutes may be
// published.
func (s *Service) Table(ctx context.Context, by domain.Actor, in ItemInput) (Act, error) {
	return service.Do(ctx, s.env, s.store, by, "item.table", func(a *service.Act[Tx]) (Act, error) {
		mt, err := takeUp(ctx, a, "item.table", in.Item, false)
		if err != nil {
			return Act{}, err
		}
		if err := mt.mayTable(); err != nil {
			return Act{}, err
		}
		if err := mt.item.Table(a.Now); err != nil {
			return Act{}, err
		}
		if err := a.Tx.ChangeItem(ctx, &mt.item); err != nil {
			return Act{}, err
		}
		sentence := mt.item.SaidTable()
		if err := mt.say(ctx, meeting.EventTable, in.Item, sentence); err != nil {
			return Act{}, err
		}
		mt.meeting.CurrentItem = in.Item
		return mt.done(sentence), mt.save(ctx)
	})
}

func (m matter) mayTable() error {
	if err := m.meeting.InSession(); err != nil {
		return err
	}
	told := m.meeting.WarnedAt != nil || m.meeting.Mode == meeting.Written
	if !told && policy.DisclosureWarning.Of(m.rules) {
		return domain.Refused("meeting.not_warned", policy.DisclosureWarning.Cite(m.rules), nil)
	}
	return nil
}

// Defer ends a tabled item as 보류, with a reason.
func (s *Service) Defer(ctx context.Context, by domain.Actor, in ReasonInput) (Act, error) {
	return s.end(ctx, by, "item.defer", in.Item, ending{outcome: meeting.Deferred, reason: in.Reason, field: "reason"})
}

// Return ends a tabled item as 재심의: it goes back to who proposed it, with a reason.
func (s *Service) Return(ctx context.Context, by domain.Actor, in ReasonInput) (Act, error) {
	return s.end(ctx, by, "item.return", in.Item, ending{
		outcome: meeting.Reconsideration, reason: in.Reason, field: "reason",
	})
}

// Receive ends a 보고안건 as 원안접수.
func (s *Service) Receive(ctx context.Context, by domain.Actor, in ItemInput) (Act, error) {
	return s.end(ctx, by, "item.receive", in.Item, ending{outcome: meeting.ReportReceived, only: meeting.Report})
}

// Advise ends a 자문안건 with the opinion of the committee.
func (s *Service) Advise(ctx context.Context, by domain.Actor, in TextInput) (Act, error) {
	return s.end(ctx, by, "item.advise", in.Item,
		ending{outcome: meeting.AdviceGiven, only: meeting.Advice, text: in.Text, field: "text"})
}

// ending is how an item ends without a vote.
type ending struct {
	outcome      meeting.Outcome
	only         meeting.ItemKind // the one kind that can end so; empty for all
	reason, text string
	field        string // the field that is required; empty for none
}

func (e ending) check() error {
	var p domain.Problems
	if e.field != "" {
		p.Text(e.field, e.reason+e.text, true, domain.MaxText)
	}
	return p.Err()
}

func (s *Service) end(ctx context.Context, by domain.Actor, op string, id domain.ID, e ending) (Act, error) {
	if err := e.check(); err != nil {
		return Act{}, err
	}
	return service.Do(ctx, s.env, s.store, by, op, func(a *service.Act[Tx]) (Act, error) {
		mt, err := takeUp(ctx, a, op, id, false)
		if err != nil {
			return Act{}, err
		}
		if err := mt.meeting.InSession(); err != nil {
			return Act{}, err
		}
		if e.only != "" && mt.item.Kind != e.only {
			return Act{}, domain.Conflict("item.other_kind", nil)
		}
		if err := mt.undisturbed(ctx); err != nil {
			return Act{}, err
		}
		return mt.conclude(ctx, e)
	})
}

func (m matter) conclude(ctx context.Context, e ending) (Act, error) {
	if err := m.item.Conclude(e.outcome, m.Now); err != nil {
		return Act{}, err
	}
	m.item.OutcomeReason, m.item.OutcomeText = e.reason, e.text
	if e.outcome == meeting.ReportReceived {
		m.item.OutcomeText = m.item.Proposal
	}
	if err := m.Tx.ChangeItem(ctx, &m.item); err != nil {
		return Act{}, err
	}
	sentence := m.item.SaidOutcome()
	if err := m.say(ctx, meeting.EventOutcome, m.item.ID, sentence); err != nil {
		return Act{}, err
	}
	m.Note("outcome", string(e.outcome))
	if m.meeting.CurrentItem == m.item.ID {
		m.meeting.CurrentItem = ""
	}
	return m.done(sentence), m.save(ctx)
}

// Condition adds a condition that is put to the vote with the motion (조건부가결). CodeConflict while it is being voted on.
func (s *Service) Condition(ctx context.Context, by domain.Actor, in TextInput) (Act, error) {
	var p domain.Problems
	p.Text("text", in.Text, true, domain.MaxText)
	if err := p.Err(); err != nil {
		return Act{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "item.condition", func(a *service.Act[Tx]) (Act, error) {
		mt, err := takeUp(ctx, a, "item.condition", in.Item, false)
		if err != nil {
			return Act{}, err
		}
		if err := mt.debated(ctx); err != nil {
			return Act{}, err
		}
		if len(mt.item.Conditions) >= maxConditions {
			return Act{}, &domain.Error{Code: domain.CodeTooLarge, Key: "item.too_many", Args: domain.Args{"max": maxConditions}}
		}
		mt.item.Conditions = append(slices.Clone(mt.item.Conditions), in.Text)
		if err := a.Tx.ChangeItem(ctx, &mt.item); err != nil {
			return Act{}, err
		}
		sentence := mt.item.SaidCondition()
		a.Note("conditions", fmt.Sprint(len(mt.item.Conditions)))
		return mt.done(sentence), mt.say(ctx, meeting.EventCondition, in.Item, sentence)
	})
}

// debated checks that the item is before the open meeting, ends in a vote, and is not being voted on.
func (m matter) debated(ctx context.Context) error {
	if err := m.meeting.InSession(); err != nil {
		return err
	}
	if m.item.State != meeting.Tabled {
		return domain.Conflict("item.not_tabled", nil)
	}
	if !slices.Contains(policy.VotedKinds.Of(m.rules), string(m.item.Kind)) {
		return domain.Refused("ballot.kind_not_voted", policy.VotedKinds.Cite(m.rules), nil)
	}
	return m.undisturbed(ctx)
}
