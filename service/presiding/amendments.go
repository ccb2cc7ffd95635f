package presiding

import (
	"context"
	"fmt"
	"slices"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/meeting"
	"secretariat/service"
)

// ProposeInput puts an amendment (수정안).
type ProposeInput struct {
	Item     domain.ID `json:"-" path:"item"`
	Proposer domain.ID `json:"proposer"` // the actor's own appointment when empty
	Text     string    `json:"text"`     // the changed wording of the proposal
	Reason   string    `json:"reason"`
}

// Propose puts an amendment of a tabled item, by a member who is there, or recorded by staff for one. It is voted on
// before the motion. CodeConflict when the item is not before the meeting or is being voted on, CodeForbidden for who
// is recused.
func (s *Service) Propose(ctx context.Context, by domain.Actor, in ProposeInput) (Act, error) {
	var p domain.Problems
	p.Text("text", in.Text, true, domain.MaxText)
	p.Text("reason", in.Reason, false, domain.MaxText)
	if err := p.Err(); err != nil {
		return Act{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "amendment.propose", func(a *service.Act[Tx]) (Act, error) {
		mt, proposer, err := takeUpAs(ctx, a, "amendment.propose", in.Item, in.Proposer)
		if err != nil {
			return Act{}, err
		}
		if err := mt.debated(ctx); err != nil {
			return Act{}, err
		}
		if err := mt.mayPropose(ctx, proposer); err != nil {
			return Act{}, err
		}
		all, err := a.Tx.AmendmentsOf(ctx, in.Item)
		if err != nil {
			return Act{}, err
		}
		am := meeting.Amendment{
			ID: a.Env.NewID(), Item: in.Item, Position: len(all) + 1, Proposer: proposer, Text: in.Text, Reason: in.Reason,
			State: meeting.AmendmentProposed, At: a.Now,
		}
		return mt.propose(ctx, am)
	})
}

// takeUpAs takes up an item on the actor's own behalf, or as staff for a member.
func takeUpAs(ctx context.Context, a *service.Act[Tx], op string, id, member domain.ID) (matter, domain.ID, error) {
	item, err := a.Tx.Item(ctx, id)
	if err != nil {
		return matter{}, "", err
	}
	m, err := a.Tx.Meeting(ctx, item.Meeting)
	if err != nil {
		return matter{}, "", err
	}
	me := a.By.Member(m.Committee)
	if member == "" {
		member = me
	}
	mt, err := takeUp(ctx, a, op, id, member != "" && member == me)
	return mt, member, err
}

// mayPropose checks that the proposer is there and not recused.
func (m matter) mayPropose(ctx context.Context, proposer domain.ID) error {
	if meeting.Barred(m.recusals, m.item.ID, proposer) {
		return domain.Forbidden("recused", "위원회조례 9")
	}
	h, err := m.house(ctx)
	if err != nil {
		return err
	}
	_, serves := h.chamber.Member(proposer)
	if !serves || m.meeting.Mode != meeting.Written && !slices.Contains(h.there, proposer) {
		return domain.Conflict("presence.not_there", nil)
	}
	return nil
}

func (m matter) propose(ctx context.Context, am meeting.Amendment) (Act, error) {
	if err := m.Tx.AddAmendment(ctx, am); err != nil {
		return Act{}, err
	}
	sentence := m.item.SaidAmendment(am.Position)
	if err := m.say(ctx, meeting.EventAmendment, m.item.ID, sentence); err != nil {
		return Act{}, err
	}
	m.On("amendment", am.ID, m.meeting.ID)
	m.Note("position", fmt.Sprint(am.Position))
	return Act{Meeting: m.meeting.ID, Item: m.item.ID, ID: am.ID, State: am.State, Sentence: sentence}, nil
}

// WithdrawInput names an amendment.
type WithdrawInput struct {
	Amendment domain.ID `json:"-" path:"amendment"`
}

// WithdrawAmendment takes back an amendment that was not voted on, by its proposer or by staff at the proposer's word.
func (s *Service) WithdrawAmendment(ctx context.Context, by domain.Actor, in WithdrawInput) (Act, error) {
	return service.Do(ctx, s.env, s.store, by, "amendment.withdraw", func(a *service.Act[Tx]) (Act, error) {
		am, err := a.Tx.Amendment(ctx, in.Amendment)
		if err != nil {
			return Act{}, err
		}
		mt, _, err := takeUpAs(ctx, a, "amendment.withdraw", am.Item, am.Proposer)
		if err != nil {
			return Act{}, err
		}
		if am, err = a.Tx.Amendment(ctx, in.Amendment); err != nil { // as it is now that the meeting is ours
			return Act{}, err
		}
		if am.State != meeting.AmendmentProposed {
			return Act{}, domain.Conflict("amendment.resolved", nil)
		}
		if err := mt.undisturbed(ctx); err != nil {
			return Act{}, err
		}
		am.State = meeting.AmendmentWithdrawn
		a.On("amendment", am.ID, mt.meeting.ID)
		return Act{Meeting: mt.meeting.ID, Item: am.Item, ID: am.ID, State: am.State}, a.Tx.ChangeAmendment(ctx, am)
	})
}

// AmendmentsInput names an item.
type AmendmentsInput struct {
	Item domain.ID `json:"-" path:"item"`
}

// Amendments lists the amendments of an item to members, staff and auditors who may see all of the item.
func (s *Service) Amendments(
	ctx context.Context, by domain.Actor, in AmendmentsInput,
) (service.Page[meeting.Amendment], error) {
	return service.See(ctx, s.store, func(tx Tx) (service.Page[meeting.Amendment], error) {
		item, err := tx.Item(ctx, in.Item)
		if err != nil {
			return service.Page[meeting.Amendment]{}, err
		}
		m, err := tx.Meeting(ctx, item.Meeting)
		if err != nil {
			return service.Page[meeting.Amendment]{}, err
		}
		recusals, err := tx.RecusalsOf(ctx, m.ID)
		if err != nil {
			return service.Page[meeting.Amendment]{}, err
		}
		f := facts(by, m, recusals, item)
		if err := access.Can(by, "amendment.list", f).Err(); err != nil {
			return service.Page[meeting.Amendment]{}, err
		}
		if sight, d := access.See(by, f); sight != access.Full {
			return service.Page[meeting.Amendment]{}, domain.Forbidden(d.Rule, d.Basis)
		}
		all, err := tx.AmendmentsOf(ctx, in.Item)
		return service.Page[meeting.Amendment]{Items: all}, err
	})
}

func facts(by domain.Actor, m meeting.Meeting, recusals []meeting.Recusal, i meeting.Item) access.Facts {
	return access.Facts{
		Committee: m.Committee, Presiding: m.PresidedBy, Confidential: i.Confidential, Announced: m.ConvenedAt != nil,
		Recused: meeting.Barred(recusals, i.ID, by.Member(m.Committee)),
	}
}
