package balloting

import (
	"context"
	"fmt"
	"slices"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/meeting"
	"secretariat/service"
)

// RecordInput is what the clerk saw when hands were raised. Recording again replaces what was recorded before.
type RecordInput struct {
	Ballot domain.ID `json:"-" path:"ballot"`
	Votes  []Hand    `json:"votes"`
}

// Hand is one member's vote.
type Hand struct {
	Member domain.ID     `json:"member"`
	Choice ballot.Choice `json:"choice"`
}

// Recorded says how many votes stand now.
type Recorded struct {
	Ballot domain.ID `json:"ballot"`
	Voted  int       `json:"voted"`
}

// Record takes a show of hands, all at once, or in a named ballot the votes of officials who stand in for members.
// CodeInvalid names every member who is not on the roll, not there or without pledge; CodeConflict for other ballots.
func (s *Service) Record(ctx context.Context, by domain.Actor, in RecordInput) (Recorded, error) {
	var p domain.Problems
	p.Check(len(in.Votes) > 0, "votes", "field.required")
	if err := p.Err(); err != nil {
		return Recorded{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "ballot.record", func(a *service.Act[Tx]) (Recorded, error) {
		st, err := lock(ctx, a.Tx, in.Ballot)
		if err != nil {
			return Recorded{}, err
		}
		b := st.ballot
		if err := st.may(by, "ballot.record", b.Purpose, b.Subject); err != nil {
			return Recorded{}, err
		}
		if b.State != ballot.Open {
			return Recorded{}, ballot.NotOpen(b.State)
		}
		if err := st.checkHands(ctx, a.Tx, in.Votes); err != nil {
			return Recorded{}, err
		}
		return writeHands(ctx, a, b, in.Votes)
	})
}

// checkHands tells everything that is wrong with a show of hands.
func (st stage) checkHands(ctx context.Context, tx Tx, hands []Hand) error {
	b := st.ballot
	if b.Method != ballot.Hands && b.Method != ballot.Named {
		return domain.Conflict("ballot.not_by_hands", nil)
	}
	roll, err := tx.RollOf(ctx, b.ID)
	if err != nil {
		return err
	}
	log, err := tx.Presences(ctx, b.Meeting)
	if err != nil {
		return err
	}
	pledges, err := tx.PledgesOf(ctx, b.Meeting)
	if err != nil {
		return err
	}
	there := meeting.PresenceRuleOf(st.rules).Now(log)
	var p domain.Problems
	for i, h := range hands {
		field := fmt.Sprintf("votes[%d].", i)
		on := slices.ContainsFunc(roll, func(r ballot.RollEntry) bool { return r.Member == h.Member })
		signed := slices.ContainsFunc(pledges, func(g meeting.Pledge) bool { return g.Member == h.Member })
		twice := slices.ContainsFunc(hands[:i], func(o Hand) bool { return o.Member == h.Member })
		p.Check(on, field+"member", "ballot.not_on_roll")
		p.Check(!twice, field+"member", "ballot.member_twice")
		p.Check(slices.Contains(there, h.Member), field+"member", "ballot.absent")
		p.Check(signed || !b.Terms.Pledge, field+"member", "ballot.not_pledged")
		p.Check(b.Method == ballot.Hands || byProxy(log, h.Member), field+"member", "ballot.votes_in_person")
		p.Check(ballot.Offers(b.Purpose, b.Candidates, h.Choice), field+"choice", "field.choice")
	}
	return p.Err()
}

func byProxy(log []meeting.Presence, member domain.ID) bool {
	return slices.ContainsFunc(log, func(p meeting.Presence) bool {
		return p.Member == member && p.OutAt == nil && p.Via == meeting.ViaProxy
	})
}

func writeHands(ctx context.Context, a *service.Act[Tx], b ballot.Ballot, hands []Hand) (Recorded, error) {
	took := make([]ballot.Participation, len(hands))
	given := make([]ballot.Vote, len(hands))
	for i, h := range hands {
		took[i] = ballot.Participation{Ballot: b.ID, Member: h.Member, At: a.Now, Receipt: code(a.Env.RandomID())}
		given[i] = ballot.Vote{ID: a.Env.RandomID(), Ballot: b.ID, Member: h.Member, Choice: h.Choice}
	}
	if err := a.Tx.RecordVotes(ctx, b.ID, b.Method == ballot.Hands, took, given); err != nil {
		return Recorded{}, err
	}
	all, err := a.Tx.ParticipationsOf(ctx, b.ID)
	if err != nil {
		return Recorded{}, err
	}
	a.On("ballot", b.ID, b.Meeting)
	a.Note("recorded", fmt.Sprint(len(hands)))
	return Recorded{Ballot: b.ID, Voted: len(all)}, nil
}
