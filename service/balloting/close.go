package balloting

import (
	"context"
	"slices"
	"strings"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/meeting"
	"secretariat/service"
)

// CloseInput ends a vote. Casting is the casting vote (yes or no) of who presides; it is given when the ballot is
// tied and the rules know one.
type CloseInput struct {
	Ballot  domain.ID     `json:"-" path:"ballot"`
	Casting ballot.Choice `json:"casting"`
}

// Outcome is what a vote led to, with the sum and what is read aloud.
type Outcome struct {
	Ballot   domain.ID       `json:"ballot"`
	State    ballot.State    `json:"state"` // closed, or tied while the casting vote is awaited
	Result   ballot.Result   `json:"result"`
	Item     domain.ID       `json:"item"`
	Outcome  meeting.Outcome `json:"outcome,omitempty"` // of the item, when the vote ended it
	Sentence string          `json:"sentence"`
}

func (in CloseInput) check() error {
	var p domain.Problems
	domain.OneOf(&p, "casting", in.Casting, "", ballot.Yes, ballot.No)
	return p.Err()
}

// Close ends a vote, counts it once and for all, and does what follows from the result. A tie that a casting vote may
// turn leaves it tied: who presides closes it again with the casting vote. CodeConflict when it has ended, or the
// window of a written vote is not over and somebody has not voted yet.
func (s *Service) Close(ctx context.Context, by domain.Actor, in CloseInput) (Outcome, error) {
	if err := in.check(); err != nil {
		return Outcome{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "ballot.close", func(a *service.Act[Tx]) (Outcome, error) {
		st, err := lock(ctx, a.Tx, in.Ballot)
		if err != nil {
			return Outcome{}, err
		}
		if err := st.may(by, "ballot.close", st.ballot.Purpose, st.ballot.Subject); err != nil {
			return Outcome{}, err
		}
		if err := st.mayCast(by, in.Casting); err != nil {
			return Outcome{}, err
		}
		return st.close(ctx, a, in.Casting)
	})
}

// mayCast checks the casting vote: only who presides has it, and only over a tie.
func (st stage) mayCast(by domain.Actor, casting ballot.Choice) error {
	switch {
	case st.ballot.State == ballot.Open && casting != "":
		return domain.Conflict("ballot.no_tie", nil)
	case st.ballot.State != ballot.Tied:
		return nil
	case casting == "":
		return domain.Conflict("ballot.tied", nil)
	case by.Member(st.meeting.Committee) == "" || by.Member(st.meeting.Committee) != st.meeting.PresidedBy:
		return domain.Forbidden("presiding", ballot.RuleOf(st.rules, st.ballot.Purpose).TieBasis)
	}
	return nil
}

// urn is everything that was cast, with the electorate.
type urn struct {
	votes              []ballot.Vote
	roll, voted, there []domain.ID
}

func (st stage) open(ctx context.Context, tx Tx) (urn, error) {
	votes, err := tx.VotesOf(ctx, st.ballot.ID)
	if err != nil {
		return urn{}, err
	}
	parts, err := tx.ParticipationsOf(ctx, st.ballot.ID)
	if err != nil {
		return urn{}, err
	}
	roll, err := tx.RollOf(ctx, st.ballot.ID)
	if err != nil {
		return urn{}, err
	}
	log, err := tx.Presences(ctx, st.meeting.ID)
	if err != nil {
		return urn{}, err
	}
	u := urn{votes: votes, there: meeting.PresenceRuleOf(st.rules).Now(log)}
	for _, p := range parts {
		u.voted = append(u.voted, p.Member)
	}
	for _, r := range roll {
		u.roll = append(u.roll, r.Member)
	}
	if len(votes) != len(parts) {
		return urn{}, &domain.Error{Code: domain.CodeInternal, Key: "ballot.rows_differ"}
	}
	return u, nil
}

func (st stage) close(ctx context.Context, a *service.Act[Tx], casting ballot.Choice) (Outcome, error) {
	if !st.ballot.Pending() { // before anything is read or sealed: what was destroyed or sealed is as it has to be
		return Outcome{}, ballot.NotOpen(st.ballot.State)
	}
	u, err := st.open(ctx, a.Tx)
	if err != nil {
		return Outcome{}, err
	}
	if st.ballot.State == ballot.Open && !st.ballot.Due(a.Now, len(u.voted), len(u.roll)) {
		return Outcome{}, domain.Conflict("ballot.window_open", nil)
	}
	result := st.count(u, casting)
	if st.ballot.Method == ballot.Secret {
		if err := seal(ctx, a, st.ballot.ID, u.votes); err != nil {
			return Outcome{}, err
		}
	}
	if st.ballot.Method == ballot.WrittenVote {
		st.ballot.Present = result.Present
	}
	if err := st.ballot.Finish(result, a.Now); err != nil {
		return Outcome{}, err
	}
	if err := a.Tx.ChangeBallot(ctx, &st.ballot); err != nil {
		return Outcome{}, err
	}
	return st.announce(ctx, a, result)
}

// count is the attendance at the close and the count. Over a tie the attendance is what it was when the voting stopped.
func (st stage) count(u urn, casting ballot.Choice) ballot.Result {
	b := st.ballot
	rule := ballot.RuleOf(st.rules, b.Purpose)
	a := ballot.Attended(rule, b, u.roll, u.voted, u.there)
	if b.State == ballot.Tied {
		a = ballot.Attendance{Serving: b.Serving, Present: b.Result.Present, Recused: b.Result.Recused}
	}
	choices := make([]ballot.Choice, len(u.votes))
	for i, v := range u.votes {
		choices[i] = v.Choice
	}
	if b.Purpose == ballot.Election {
		return ballot.CountElection(rule, a, b.Candidates, choices)
	}
	return ballot.Count(rule, a, choices, casting)
}

// seal stores the votes of a secret ballot anew under fresh random keys, in the order of these: nothing is left of
// when and beside whose participation they were written.
func seal(ctx context.Context, a *service.Act[Tx], of domain.ID, votes []ballot.Vote) error {
	sealed := make([]ballot.Vote, len(votes))
	for i, v := range votes {
		sealed[i] = ballot.Vote{ID: a.Env.RandomID(), Ballot: of, Choice: v.Choice}
	}
	slices.SortFunc(sealed, func(x, y ballot.Vote) int { return strings.Compare(string(x.ID), string(y.ID)) })
	return a.Tx.Seal(ctx, of, sealed)
}

// announce does what the result means and says it.
func (st stage) announce(ctx context.Context, a *service.Act[Tx], r ballot.Result) (Outcome, error) {
	a.On("ballot", st.ballot.ID, st.meeting.ID)
	a.Note("state", string(st.ballot.State))
	a.Wake("meeting", st.meeting.ID)
	out := Outcome{Ballot: st.ballot.ID, State: st.ballot.State, Result: r, Item: st.item.ID}
	if st.ballot.State == ballot.Tied {
		out.Sentence = "가부동수이므로 위원장이 결정합니다."
		return out, say(ctx, a, st.scene, meeting.EventResult, out.Sentence)
	}
	a.Note("verdict", string(r.Verdict))
	word, err := st.effect(ctx, a, r)
	if err != nil {
		return Outcome{}, err
	}
	if st.item.State == meeting.Decided {
		out.Outcome = st.item.Outcome
	}
	out.Sentence = st.ballot.Question + ": " + r.SaidResult(word)
	return out, say(ctx, a, st.scene, meeting.EventResult, out.Sentence)
}

// DueInput names a meeting whose written votes may have reached the end of their window.
type DueInput struct {
	Meeting domain.ID `json:"-" path:"meeting"`
}

// ClosedDue says how many votes were closed.
type ClosedDue struct {
	Closed int `json:"closed"`
}

// CloseDue closes every written vote of a meeting that is due, each in its own transaction; done again it does nothing.
func (s *Service) CloseDue(ctx context.Context, by domain.Actor, in DueInput) (ClosedDue, error) {
	now := service.Instant(s.env.Now())
	under, err := service.See(ctx, s.store,
		func(tx Tx) ([]ballot.Ballot, error) { return tx.BallotsUnderWay(ctx, in.Meeting) })
	if err != nil {
		return ClosedDue{}, err
	}
	var out ClosedDue
	for _, b := range under {
		if b.State != ballot.Open || b.ClosesAt == nil || now.Before(*b.ClosesAt) {
			continue
		}
		_, err := s.Close(service.WithOnce(ctx, "", ""), by, CloseInput{Ballot: b.ID})
		if err != nil && domain.KeyOf(err) != "ballot.closed" {
			return out, err
		}
		out.Closed++
	}
	return out, nil
}
