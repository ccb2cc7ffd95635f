package balloting

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/ballot"
	"secretariat/service"
)

// CastInput is one vote. What carries it here must not keep it: the digest of its idempotency key leaves the choice
// out.
type CastInput struct {
	Ballot domain.ID     `json:"-" path:"ballot"`
	Choice ballot.Choice `json:"choice"` // yes, no, abstain; in an election a candidate or abstain
}

// Receipt proves that a vote was taken. Its code is random and says nothing of the choice.
type Receipt struct {
	Ballot domain.ID `json:"ballot"`
	Code   string    `json:"code"` // e.g. K7QF2-MXA4T
	At     time.Time `json:"at"`
}

// Cast takes the actor's own vote. Once it has answered, the vote is counted or the whole ballot is void.
// CodeConflict when the ballot is not open or the vote was cast (a named or written vote may be replaced where the
// rules say so), CodeForbidden when recused or not on the roll, CodeRefused when absent or without pledge,
// CodeInvalid for a choice that is not offered.
func (s *Service) Cast(ctx context.Context, by domain.Actor, in CastInput) (Receipt, error) {
	sits := sittingAs(by)
	if len(sits) == 0 {
		return Receipt{}, access.Can(by, "ballot.cast", access.Facts{Self: true}).Err()
	}
	return service.Do(ctx, s.env, s.store, by, "ballot.cast", func(a *service.Act[Tx]) (Receipt, error) {
		v, err := a.Tx.Voter(ctx, in.Ballot, sits)
		if err != nil {
			return Receipt{}, err
		}
		if err := access.Can(by, "ballot.cast", access.Facts{Committee: v.Committee, Self: true}).Err(); err != nil {
			return Receipt{}, err
		}
		if err := v.MayCast(sits, in.Choice, a.Now); err != nil {
			return Receipt{}, err
		}
		a.On("ballot", v.Ballot, v.Meeting)
		return cast(ctx, a, v, in.Choice)
	})
}

func sittingAs(by domain.Actor) []domain.ID {
	out := make([]domain.ID, 0, len(by.Seats))
	for _, s := range by.Seats {
		out = append(out, s.Member)
	}
	return out
}

func cast(ctx context.Context, a *service.Act[Tx], v ballot.Voter, choice ballot.Choice) (Receipt, error) {
	vote := ballot.Vote{ID: a.Env.RandomID(), Ballot: v.Ballot, Member: v.Member, Choice: choice}
	if v.Receipt != "" {
		return Receipt{Ballot: v.Ballot, Code: v.Receipt, At: a.Now}, a.Tx.ReplaceVote(ctx, vote)
	}
	if v.Method == ballot.Secret {
		vote.Member = ""
	}
	p := ballot.Participation{Ballot: v.Ballot, Member: v.Member, At: a.Now, Receipt: code(a.Env.RandomID())}
	err := a.Tx.AddVote(ctx, p, vote)
	if domain.KeyOf(err) == "conflict.participation" {
		return Receipt{}, domain.Conflict("ballot.already_voted", nil)
	}
	return Receipt{Ballot: v.Ballot, Code: p.Receipt, At: a.Now}, err
}

// code makes a check code that can be read over the telephone out of a random id of its own.
func code(random domain.ID) string {
	sum := sha256.Sum256([]byte(random))
	text := base32.StdEncoding.EncodeToString(sum[:])
	return text[:5] + "-" + text[5:10]
}
