package seating

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/identity"
	"secretariat/service"
)

// CandidatesInput asks for a page of those who can be appointed in a committee.
type CandidatesInput struct {
	Committee domain.ID `path:"committee" json:"-"`
	After     domain.ID `query:"after" json:"-"`
	Limit     int       `query:"limit" json:"-"`
}

// Candidate is an account that can be appointed; the address tells people of one name apart.
type Candidate struct {
	ID    domain.ID `json:"id"`
	Name  string    `json:"name"`
	Email string    `json:"email"`
}

// Candidates lists accounts that can be appointed in a committee, by address: member.candidates. Accounts that are
// disabled are left out, so that a page may be short; Next alone says whether there are more.
func (s *Service) Candidates(
	ctx context.Context, by domain.Actor, in CandidatesInput,
) (service.Page[Candidate], error) {
	out := service.Page[Candidate]{Items: []Candidate{}}
	if err := may(by, "member.candidates", in.Committee); err != nil {
		return out, err
	}
	size := service.PageSize(in.Limit)
	return service.See(ctx, s.store, func(tx Tx) (service.Page[Candidate], error) {
		found, err := tx.Accounts(ctx, in.After, size+1)
		if len(found) > size {
			found = found[:size]
			out.Next = string(found[size-1].ID)
		}
		out.Items = candidates(found)
		return out, err
	})
}

func candidates(of []identity.Account) []Candidate {
	out := []Candidate{}
	for _, a := range of {
		if !a.Disabled {
			out = append(out, Candidate{ID: a.ID, Name: a.Name, Email: a.Email})
		}
	}
	return out
}
