package balloting

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/meeting"
	"secretariat/service"
)

// VoidInput breaks off a vote.
type VoidInput struct {
	Ballot domain.ID `json:"-" path:"ballot"`
	Reason string    `json:"reason"` // stands in the minutes
}

// Voided says what was broken off.
type Voided struct {
	Ballot domain.ID    `json:"ballot"`
	State  ballot.State `json:"state"`
}

// Void breaks off a vote that is under way, with a reason, and destroys its votes. Who had taken part stays on
// record. CodeConflict when it has ended: a result is never taken back.
func (s *Service) Void(ctx context.Context, by domain.Actor, in VoidInput) (Voided, error) {
	var p domain.Problems
	p.Text("reason", in.Reason, true, domain.MaxLine)
	if err := p.Err(); err != nil {
		return Voided{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "ballot.void", func(a *service.Act[Tx]) (Voided, error) {
		st, err := lock(ctx, a.Tx, in.Ballot)
		if err != nil {
			return Voided{}, err
		}
		if err := st.may(by, "ballot.void", st.ballot.Purpose, st.ballot.Subject); err != nil {
			return Voided{}, err
		}
		if err := st.ballot.Break(in.Reason, a.Now); err != nil {
			return Voided{}, err
		}
		if err := a.Tx.DestroyVotes(ctx, st.ballot.ID); err != nil {
			return Voided{}, err
		}
		if err := a.Tx.ChangeBallot(ctx, &st.ballot); err != nil {
			return Voided{}, err
		}
		a.On("ballot", st.ballot.ID, st.meeting.ID)
		a.Wake("meeting", st.meeting.ID)
		return Voided{Ballot: st.ballot.ID, State: st.ballot.State},
			say(ctx, a, st.scene, meeting.EventVoid, st.ballot.Question+"에 대한 표결을 중단합니다. 사유: "+in.Reason)
	})
}
