package presiding

import (
	"context"
	"slices"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
	"secretariat/service"
)

// groundOther is a ground of 회피 that the law does not name.
const groundOther = "other"

// DeclareInput is a member's declaration for an item: no interest, or stepping aside (회피) with a ground and a reason.
type DeclareInput struct {
	Item   domain.ID `json:"-" path:"item"`
	None   bool      `json:"none"`   // 이해관계 없음
	Ground string    `json:"ground"` // of 회피: a code of the rules, or other
	Reason string    `json:"reason"`
}

// Declare records the actor's own declaration, from the notice on. Stepping aside takes effect at once and cannot be
// taken back by declaring otherwise. CodeConflict when the item is concluded or the actor is recused already.
func (s *Service) Declare(ctx context.Context, by domain.Actor, in DeclareInput) (Act, error) {
	var p domain.Problems
	p.Text("reason", in.Reason, false, domain.MaxLine)
	p.Check(in.None || in.Ground != "", "ground", "field.required")
	if err := p.Err(); err != nil {
		return Act{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "interest.declare", func(a *service.Act[Tx]) (Act, error) {
		mt, err := takeUp(ctx, a, "interest.declare", in.Item, true)
		if err != nil {
			return Act{}, err
		}
		if err := mt.mayDeclare(in); err != nil {
			return Act{}, err
		}
		i := meeting.Interest{Item: in.Item, Member: mt.me(), None: in.None, At: a.Now}
		if err := a.Tx.SetInterest(ctx, i); err != nil {
			return Act{}, err
		}
		if in.None {
			return mt.done(""), nil
		}
		return mt.recuse(ctx, meeting.Recusal{
			Member: mt.me(), Kind: meeting.VoluntaryRecusal, Ground: in.Ground, Reason: in.Reason, State: meeting.RecusalInForce,
		})
	})
}

func (m matter) mayDeclare(in DeclareInput) error {
	if m.meeting.ConvenedAt == nil {
		return domain.NotFound("item")
	}
	if err := m.item.OpenToRecusal(); err != nil {
		return err
	}
	if in.None && meeting.Barred(m.recusals, m.item.ID, m.me()) || meeting.InForce(m.recusals, m.item.ID, m.me()) {
		return domain.Conflict("recusal.in_force", nil)
	}
	if in.None {
		return nil
	}
	return m.ground(in.Ground, append(policy.ChallengeGrounds.Of(m.rules), groundOther))
}

func (m matter) ground(code string, allowed []string) error {
	var p domain.Problems
	domain.OneOf(&p, "ground", code, allowed...)
	return p.Err()
}

// AssertInput says that a member is recused by law (제척).
type AssertInput struct {
	Item   domain.ID `json:"-" path:"item"`
	Member domain.ID `json:"member"`
	Ground string    `json:"ground"` // a code of 위원회조례 9①
	Reason string    `json:"reason"`
}

// Assert records a 제척, beforehand or at the item. It is in force at once. A vote under way loses the member from its
// roll, or is void when the member has voted; an amendment that was voted on with the member is put to the vote
// again. CodeConflict when the item is concluded or the member is recused already.
func (s *Service) Assert(ctx context.Context, by domain.Actor, in AssertInput) (Act, error) {
	var p domain.Problems
	p.Check(in.Member != "", "member", "field.required")
	p.Text("reason", in.Reason, false, domain.MaxLine)
	if err := p.Err(); err != nil {
		return Act{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "recusal.assert", func(a *service.Act[Tx]) (Act, error) {
		mt, err := takeUp(ctx, a, "recusal.assert", in.Item, false)
		if err != nil {
			return Act{}, err
		}
		if err := mt.mayRecuse(ctx, in.Member); err != nil {
			return Act{}, err
		}
		if err := mt.ground(in.Ground, policy.RecusalGrounds.Of(mt.rules)); err != nil {
			return Act{}, err
		}
		return mt.recuse(ctx, meeting.Recusal{
			Member: in.Member, Kind: meeting.MandatoryRecusal, Ground: in.Ground, Reason: in.Reason,
			State: meeting.RecusalInForce,
		})
	})
}

// ChallengeInput is an application to keep a member out (기피).
type ChallengeInput struct {
	Item      domain.ID `json:"-" path:"item"`
	Member    domain.ID `json:"member"`
	Ground    string    `json:"ground"`
	Reason    string    `json:"reason"`
	Applicant string    `json:"applicant"` // the party that applies, as it stands in the minutes
}

// Challenge records a 기피 신청. The member is kept out until the committee resolves on it by a vote without the member
// (위원회조례 9②). CodeConflict while the item is being voted on: an application comes before the vote.
func (s *Service) Challenge(ctx context.Context, by domain.Actor, in ChallengeInput) (Act, error) {
	var p domain.Problems
	p.Check(in.Member != "", "member", "field.required")
	p.Text("reason", in.Reason, true, domain.MaxText)
	p.Text("applicant", in.Applicant, true, domain.MaxName)
	if err := p.Err(); err != nil {
		return Act{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "recusal.challenge", func(a *service.Act[Tx]) (Act, error) {
		mt, err := takeUp(ctx, a, "recusal.challenge", in.Item, false)
		if err != nil {
			return Act{}, err
		}
		if err := mt.mayRecuse(ctx, in.Member); err != nil {
			return Act{}, err
		}
		if err := mt.undisturbed(ctx); err != nil {
			return Act{}, err
		}
		if err := mt.ground(in.Ground, policy.ChallengeGrounds.Of(mt.rules)); err != nil {
			return Act{}, err
		}
		return mt.recuse(ctx, meeting.Recusal{
			Member: in.Member, Kind: meeting.Challenge, Ground: in.Ground, Reason: in.Reason, State: meeting.RecusalPending,
			Applicant: in.Applicant,
		})
	})
}

// mayRecuse checks item and member. Who is challenged already cannot be challenged twice, but may be recused by law.
func (m matter) mayRecuse(ctx context.Context, member domain.ID) error {
	if err := m.item.OpenToRecusal(); err != nil {
		return err
	}
	chamber, err := m.Tx.Chamber(ctx, m.meeting.Committee, m.Now)
	if err != nil {
		return err
	}
	if _, ok := chamber.Member(member); !ok {
		var p domain.Problems
		p.Add("member", "member.not_serving", nil)
		return p.Err()
	}
	if meeting.InForce(m.recusals, m.item.ID, member) {
		return domain.Conflict("recusal.in_force", nil)
	}
	return nil
}

// recuse writes the recusal with what follows from it.
func (m matter) recuse(ctx context.Context, r meeting.Recusal) (Act, error) {
	r.ID, r.Meeting, r.Item, r.At = m.Env.NewID(), m.meeting.ID, m.item.ID, m.Now
	pending := func(o meeting.Recusal) bool {
		return o.Item == r.Item && o.Member == r.Member && o.State == meeting.RecusalPending
	}
	if r.State == meeting.RecusalPending && slices.ContainsFunc(m.recusals, pending) {
		return Act{}, domain.Conflict("recusal.pending", nil)
	}
	if err := m.Tx.AddRecusal(ctx, r); err != nil {
		return Act{}, err
	}
	sentence := m.item.SaidRecusal(r.Kind)
	if err := m.say(ctx, meeting.EventRecusal, m.item.ID, sentence); err != nil {
		return Act{}, err
	}
	m.On("recusal", r.ID, m.meeting.ID)
	m.Note("kind", string(r.Kind))
	m.Note("ground", r.Ground)
	m.Wake("meeting", m.meeting.ID)
	if r.State == meeting.RecusalInForce {
		if err := m.withdrawFromVotes(ctx, r.Member); err != nil {
			return Act{}, err
		}
	}
	return Act{Meeting: r.Meeting, Item: r.Item, ID: r.ID, State: string(r.State), Sentence: sentence}, nil
}

// withdrawFromVotes takes the member out of every vote on the item in which the member takes or took part, as far as
// the item is not decided: of the one under way, and of those on amendments, which have to be voted on again.
func (m matter) withdrawFromVotes(ctx context.Context, member domain.ID) error {
	under, err := m.Tx.BallotsUnderWay(ctx, m.meeting.ID)
	if err != nil {
		return err
	}
	for _, b := range under {
		if b.Item != m.item.ID {
			continue
		}
		if err := m.withdrawFrom(ctx, b.ID, member); err != nil {
			return err
		}
	}
	amendments, err := m.Tx.AmendmentsOf(ctx, m.item.ID)
	if err != nil {
		return err
	}
	for _, a := range amendments {
		if err := m.reopen(ctx, a, member); err != nil {
			return err
		}
	}
	return nil
}

// withdrawFrom strikes the member off the roll, or breaks the vote off when that is too late or leaves too few.
func (m matter) withdrawFrom(ctx context.Context, id, member domain.ID) error {
	b, err := m.Tx.LockBallot(ctx, id) // every cast under way has ended now
	if err != nil {
		return err
	}
	roll, err := m.Tx.RollOf(ctx, id)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(roll, func(r ballot.RollEntry) bool { return r.Member == member }) {
		return nil
	}
	took, err := m.Tx.ParticipationsOf(ctx, id)
	if err != nil {
		return err
	}
	voted := slices.ContainsFunc(took, func(p ballot.Participation) bool { return p.Member == member })
	least := 1
	if b.Method == ballot.Secret {
		least = max(least, policy.SecretLeast.Of(m.rules))
	}
	if voted || b.State == ballot.Tied || len(roll)-1 < least {
		return m.breakOff(ctx, b)
	}
	b.Recused++
	b.Excluded = append(b.Excluded, member)
	if err := m.Tx.Strike(ctx, id, member); err != nil {
		return err
	}
	return m.Tx.ChangeBallot(ctx, &b)
}

func (m matter) breakOff(ctx context.Context, b ballot.Ballot) error {
	const reason = "표결에 참여한 위원의 제척·회피 사유가 확인됨"
	if err := b.Break(reason, m.Now); err != nil {
		return err
	}
	if err := m.Tx.DestroyVotes(ctx, b.ID); err != nil {
		return err
	}
	if err := m.Tx.ChangeBallot(ctx, &b); err != nil {
		return err
	}
	m.Note("voided", string(b.ID))
	return m.say(ctx, meeting.EventVoid, m.item.ID, b.Question+"에 대한 표결을 중단합니다. 사유: "+reason)
}

// reopen puts an amendment to the vote again that was carried or lost with the member on the roll. The closed ballot
// stays as the record of what happened.
func (m matter) reopen(ctx context.Context, a meeting.Amendment, member domain.ID) error {
	if a.Ballot == "" || a.State != meeting.AmendmentCarried && a.State != meeting.AmendmentLost {
		return nil
	}
	roll, err := m.Tx.RollOf(ctx, a.Ballot)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(roll, func(r ballot.RollEntry) bool { return r.Member == member }) {
		return nil
	}
	a.State, a.Ballot = meeting.AmendmentProposed, ""
	m.Note("reopened", string(a.ID))
	return m.Tx.ChangeAmendment(ctx, a)
}
