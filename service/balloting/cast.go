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
	if err := access.Can(by, "ballot.cast", access.Facts{Committee: anyCommittee(by), Self: true}).Err(); err != nil {
		return Receipt{}, err
	}
	return s.casts.Do(ctx, by, in)
}

// anyCommittee is one in which the actor sits: who sits nowhere need not be looked up.
func anyCommittee(by domain.Actor) domain.ID {
	if len(by.Seats) == 0 {
		return ""
	}
	return by.Seats[0].Committee
}

func castOne(ctx context.Context, a *service.Act[Tx], in CastInput) (Receipt, error) {
	out, errs, err := castAll(ctx, a.Tx, []*service.Act[Tx]{a}, []CastInput{in})
	switch {
	case domain.KeyOf(err) == "conflict.participation":
		return Receipt{}, domain.Conflict("ballot.already_voted", nil)
	case err != nil:
		return Receipt{}, err
	}
	return out[0], errs[0]
}

// castAll takes votes of different actors, in one or several ballots: who may not vote gets an error, the others'
// votes are written.
func castAll(ctx context.Context, tx Tx, acts []*service.Act[Tx], in []CastInput) ([]Receipt, []error, error) {
	voters, err := tx.Voters(ctx, asked(acts, in))
	if err != nil {
		return nil, nil, err
	}
	out, errs := make([]Receipt, len(acts)), make([]error, len(acts))
	var box box
	for i, a := range acts {
		v, err := voter(a.By, in[i].Ballot, voters)
		if err == nil {
			err = v.MayCast(in[i].Choice, a.Now)
		}
		if err != nil {
			errs[i] = err
			continue
		}
		a.On("ballot", v.Ballot, v.Meeting)
		out[i] = box.drop(a, v, in[i].Choice)
	}
	return out, errs, box.write(ctx, tx)
}

func asked(acts []*service.Act[Tx], in []CastInput) []ballot.Asked {
	var out []ballot.Asked
	for i, a := range acts {
		for _, s := range a.By.Seats {
			out = append(out, ballot.Asked{Ballot: in[i].Ballot, Member: s.Member})
		}
	}
	return out
}

// voter is how the actor stands to the ballot: through the seat in its committee.
func voter(by domain.Actor, of domain.ID, voters []ballot.Voter) (ballot.Voter, error) {
	err := error(domain.NotFound("ballot"))
	for _, v := range voters {
		if v.Ballot != of {
			continue
		}
		if by.Member(v.Committee) == v.Asked {
			return v, access.Can(by, "ballot.cast", access.Facts{Committee: v.Committee, Self: true}).Err()
		}
		err = access.Can(by, "ballot.cast", access.Facts{Committee: v.Committee}).Err()
	}
	return ballot.Voter{}, err
}

// box holds votes until they are written together.
type box struct {
	took     []ballot.Participation
	given    []ballot.Vote
	replaced []ballot.Vote
}

// drop puts a vote in and gives its receipt.
func (b *box) drop(a *service.Act[Tx], v ballot.Voter, choice ballot.Choice) Receipt {
	vote := ballot.Vote{ID: a.Env.RandomID(), Ballot: v.Ballot, Member: v.Member, Choice: choice}
	if v.Receipt != "" {
		b.replaced = append(b.replaced, vote)
		return Receipt{Ballot: v.Ballot, Code: v.Receipt, At: a.Now}
	}
	if v.Method == ballot.Secret {
		vote.Member = ""
	}
	p := ballot.Participation{Ballot: v.Ballot, Member: v.Member, At: a.Now, Receipt: code(a.Env.RandomID())}
	b.took, b.given = append(b.took, p), append(b.given, vote)
	return Receipt{Ballot: v.Ballot, Code: p.Receipt, At: a.Now}
}

func (b *box) write(ctx context.Context, tx Tx) error {
	for _, v := range b.replaced {
		if err := tx.ReplaceVote(ctx, v); err != nil {
			return err
		}
	}
	return tx.AddVotes(ctx, b.took, b.given)
}

// code makes a check code that can be read over the telephone out of a random id of its own.
func code(random domain.ID) string {
	sum := sha256.Sum256([]byte(random))
	text := base32.StdEncoding.EncodeToString(sum[:])
	return text[:5] + "-" + text[5:10]
}
