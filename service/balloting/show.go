package balloting

import (
	"context"
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/ballot"
	"secretariat/service"
)

// ShowInput names a ballot.
type ShowInput struct {
	Ballot domain.ID `json:"-" path:"ballot"`
}

// NamedVote is a vote whose voter is on record.
type NamedVote struct {
	Member domain.ID     `json:"member"`
	Name   string        `json:"name"`
	Choice ballot.Choice `json:"choice"`
}

// View is a ballot as one may see it: while it is open how many of how many have voted and nothing more; once it has
// ended the result with its sum, and unless it was secret who voted what.
type View struct {
	ID         domain.ID      `json:"id"`
	Meeting    domain.ID      `json:"meeting"`
	Item       domain.ID      `json:"item"`
	Purpose    ballot.Purpose `json:"purpose"`
	Subject    domain.ID      `json:"subject,omitempty"`
	Method     ballot.Method  `json:"method"`
	Question   string         `json:"question"`
	Candidates []domain.ID    `json:"candidates,omitempty"`
	State      ballot.State   `json:"state"`
	OpenedAt   time.Time      `json:"openedAt"`
	ClosesAt   *time.Time     `json:"closesAt,omitempty"`
	ClosedAt   *time.Time     `json:"closedAt,omitempty"`
	VoidReason string         `json:"voidReason,omitempty"`
	Entitled   int            `json:"entitled"`
	Voted      int            `json:"voted"`
	Result     *ballot.Result `json:"result,omitempty"`
	Votes      []NamedVote    `json:"votes,omitempty"`
	OnRoll     bool           `json:"onRoll"`         // the reader may vote
	Mine       *Receipt       `json:"mine,omitempty"` // that the reader has voted, never what
}

// Show gives a ballot to members, staff and auditors. CodeForbidden for others and for who is recused.
func (s *Service) Show(ctx context.Context, by domain.Actor, in ShowInput) (View, error) {
	return service.See(ctx, s.store, func(tx Tx) (View, error) {
		b, err := tx.Ballot(ctx, in.Ballot)
		if err != nil {
			return View{}, err
		}
		m, err := tx.Meeting(ctx, b.Meeting)
		if err != nil {
			return View{}, err
		}
		sc, err := look(ctx, tx, m, b.Item)
		if err != nil {
			return View{}, err
		}
		facts := sc.facts(by, b.Purpose, b.Subject)
		if err := access.Can(by, "ballot.show", facts).Err(); err != nil {
			return View{}, err
		}
		if sight, d := access.See(by, facts); sight != access.Full {
			return View{}, domain.Forbidden(d.Rule, d.Basis)
		}
		return view(ctx, tx, b, by.Member(m.Committee))
	})
}

func view(ctx context.Context, tx Tx, b ballot.Ballot, me domain.ID) (View, error) {
	roll, err := tx.RollOf(ctx, b.ID)
	if err != nil {
		return View{}, err
	}
	took, err := tx.ParticipationsOf(ctx, b.ID)
	if err != nil {
		return View{}, err
	}
	v := View{
		ID: b.ID, Meeting: b.Meeting, Item: b.Item, Purpose: b.Purpose, Subject: b.Subject, Method: b.Method,
		Question: b.Question, Candidates: b.Candidates, State: b.State, OpenedAt: b.OpenedAt, ClosesAt: b.ClosesAt,
		ClosedAt: b.ClosedAt, VoidReason: b.VoidReason, Entitled: len(roll), Voted: len(took),
		OnRoll: slices.ContainsFunc(roll, func(r ballot.RollEntry) bool { return r.Member == me }), Mine: mine(took, me),
	}
	if b.State == ballot.Open || b.State == ballot.Void {
		return v, nil
	}
	v.Result = b.Result
	if b.Method == ballot.Secret {
		return v, nil
	}
	v.Votes, err = named(ctx, tx, b.ID, roll)
	return v, err
}

func mine(took []ballot.Participation, me domain.ID) *Receipt {
	for _, p := range took {
		if p.Member == me {
			return &Receipt{Ballot: p.Ballot, Code: p.Receipt, At: p.At}
		}
	}
	return nil
}

func named(ctx context.Context, tx Tx, of domain.ID, roll []ballot.RollEntry) ([]NamedVote, error) {
	votes, err := tx.VotesOf(ctx, of)
	if err != nil {
		return nil, err
	}
	out := make([]NamedVote, len(votes))
	for i, v := range votes {
		out[i] = NamedVote{Member: v.Member, Choice: v.Choice}
		for _, r := range roll {
			if r.Member == v.Member {
				out[i].Name = r.Name
			}
		}
	}
	return out, nil
}
