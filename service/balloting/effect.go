package balloting

import (
	"context"
	"slices"
	"strings"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/service"
)

// effect does what a result means for what was voted on, and names it in official words for the declaration.
func (st *stage) effect(ctx context.Context, a *service.Act[Tx], r ballot.Result) (string, error) {
	switch st.ballot.Purpose {
	case ballot.MainMotion:
		return st.effectOnItem(ctx, a, r)
	case ballot.AmendmentOf:
		return passed(r), st.effectOnAmendment(ctx, a, r)
	case ballot.ChallengeOf:
		return st.effectOnChallenge(ctx, a, r)
	case ballot.Election:
		return st.effectOfElection(ctx, a, r)
	}
	return passed(r), nil
}

func passed(r ballot.Result) string {
	return map[ballot.Verdict]string{ballot.Carried: "가결", ballot.Lost: "부결"}[r.Verdict]
}

// effectOnItem ends the item: 원안가결, 수정가결 with the amended wording, 조건부가결, 부결, or 보류 when nothing could be decided.
func (st *stage) effectOnItem(ctx context.Context, a *service.Act[Tx], r ballot.Result) (string, error) {
	amended, err := carriedTexts(ctx, a.Tx, st.item.ID)
	if err != nil {
		return "", err
	}
	outcome := meeting.Rejected
	switch r.Verdict {
	case ballot.Carried:
		outcome = meeting.CarriedOutcome(len(amended) > 0, len(st.item.Conditions) > 0)
		st.item.OutcomeText = strings.Join(amended, "\n")
		if len(amended) == 0 {
			st.item.OutcomeText = st.item.Proposal
		}
	case ballot.Undecidable:
		outcome = meeting.Deferred
		st.item.OutcomeReason = r.SaidResult("")
	}
	return outcome.Korean(), st.conclude(ctx, a, outcome)
}

func carriedTexts(ctx context.Context, tx Tx, item domain.ID) ([]string, error) {
	all, err := tx.AmendmentsOf(ctx, item)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, m := range all {
		if m.State == meeting.AmendmentCarried {
			out = append(out, m.Text)
		}
	}
	return out, nil
}

func (st *stage) conclude(ctx context.Context, a *service.Act[Tx], outcome meeting.Outcome) error {
	if err := st.item.Conclude(outcome, a.Now); err != nil {
		return err
	}
	st.item.DecidedBallot = st.ballot.ID
	a.Note("outcome", string(outcome))
	if err := a.Tx.ChangeItem(ctx, &st.item); err != nil {
		return err
	}
	if st.meeting.CurrentItem != st.item.ID {
		return nil
	}
	st.meeting.CurrentItem = ""
	return a.Tx.ChangeMeeting(ctx, &st.meeting)
}

// effectOnAmendment carries or loses it. One that could not be decided stays proposed and is voted on again.
func (st *stage) effectOnAmendment(ctx context.Context, a *service.Act[Tx], r ballot.Result) error {
	all, err := a.Tx.AmendmentsOf(ctx, st.item.ID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(m meeting.Amendment) bool { return m.ID == st.ballot.Subject })
	if i < 0 {
		return domain.NotFound("amendment")
	}
	m := all[i]
	m.Ballot = st.ballot.ID
	switch r.Verdict {
	case ballot.Carried:
		m.State = meeting.AmendmentCarried
	case ballot.Lost:
		m.State = meeting.AmendmentLost
	}
	return a.Tx.ChangeAmendment(ctx, m)
}

// effectOnChallenge puts the challenge in force or dismisses it. One that could not be decided stays pending.
func (st *stage) effectOnChallenge(ctx context.Context, a *service.Act[Tx], r ballot.Result) (string, error) {
	i := st.challenge(st.ballot.Subject)
	if i < 0 {
		return "", domain.NotFound("recusal")
	}
	c := st.recusals[i]
	c.Ballot = st.ballot.ID
	word := ""
	switch r.Verdict {
	case ballot.Carried:
		c.State, word = meeting.RecusalInForce, "인용"
	case ballot.Lost:
		c.State, word = meeting.RecusalDismissed, "기각"
	}
	return word, a.Tx.ChangeRecusal(ctx, c)
}

// effectOfElection gives the elected member's seat its role and ends the item. Without a majority the item stays
// open, so that the committee may vote again.
func (st *stage) effectOfElection(ctx context.Context, a *service.Act[Tx], r ballot.Result) (string, error) {
	switch r.Verdict {
	case ballot.Undecidable:
		st.item.OutcomeReason = r.SaidResult("")
		return meeting.Deferred.Korean(), st.conclude(ctx, a, meeting.Deferred)
	case ballot.Lost:
		return "과반수 득표자 없이 종료", nil
	}
	chamber, err := a.Tx.Chamber(ctx, st.meeting.Committee, a.Now)
	if err != nil {
		return "", err
	}
	role := committee.Role(st.ballot.Subject)
	name, err := seatElected(ctx, a.Tx, chamber, r.Elected, role)
	if err != nil {
		return "", err
	}
	st.item.OutcomeText = map[committee.Role]string{
		committee.RoleChair: "위원장으로 ", committee.RoleViceChair: "부위원장으로 ",
	}[role] + name + " 위원을 선출함"
	return "당선자가 결정", st.conclude(ctx, a, meeting.ApprovedAsProposed)
}

// seatElected gives the role to the seat of the elected member and takes it from who had it.
func seatElected(
	ctx context.Context, tx Tx, in committee.Chamber, elected domain.ID, role committee.Role,
) (string, error) {
	winner, ok := in.Member(elected)
	if !ok {
		return "", domain.NotFound("member")
	}
	for _, s := range in.Seated {
		if s.Seat.Role != role || s.Seat.ID == winner.Seat.ID {
			continue
		}
		if err := tx.SetSeatRole(ctx, s.Seat.ID, committee.RoleMember); err != nil {
			return "", err
		}
	}
	return winner.Member.Name, tx.SetSeatRole(ctx, winner.Seat.ID, role)
}
