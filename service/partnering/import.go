package partnering

import (
	"context"
	"slices"
	"strconv"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/service"
)

// maxImport bounds the organisations of one import.
const maxImport = 1000

// ImportInput is a list of organisations to be registered together.
type ImportInput struct {
	Alliance domain.ID   `path:"alliance" json:"-"`
	Rows     []ImportRow `json:"rows"`
}

// ImportRow is one organisation of the list with who looks after it.
type ImportRow struct {
	Entry
	Join         bool   `json:"join"`
	ContactName  string `json:"contactName"`
	ContactEmail string `json:"contactEmail"`
}

// Imported says how many organisations were registered.
type Imported struct {
	Count int `json:"count"`
}

// Import registers all organisations of a list, or none: organisation.import. What is wrong with any row is told at once,
// as rows.<index>.<field>, a business number that is given twice or registered already included.
func (s *Service) Import(ctx context.Context, by domain.Actor, in ImportInput) (Imported, error) {
	return service.Do(ctx, s.env, s.store, by, "organisation.import", func(a *service.Act[Tx]) (Imported, error) {
		of, err := a.Tx.Alliance(ctx, in.Alliance)
		if err != nil {
			return Imported{}, err
		}
		a.On("alliance", of.ID, of.ID)
		if err := may(by, "organisation.import", of, ""); err != nil {
			return Imported{}, err
		}
		all, err := rows(ctx, a, in, of)
		if err != nil {
			return Imported{}, err
		}
		a.Note("count", strconv.Itoa(len(all)))
		for i, o := range all {
			if err := a.Tx.AddOrganisation(ctx, o); err != nil {
				return Imported{}, err
			}
			if _, err := s.decide(ctx, a, o, DecideInput{Accept: true, Join: in.Rows[i].Join}); err != nil {
				return Imported{}, err
			}
		}
		return Imported{Count: len(all)}, nil
	})
}

// rows makes the organisations of a list that has nothing wrong with it.
func rows(ctx context.Context, a *service.Act[Tx], in ImportInput, of alliance.Alliance) ([]alliance.Organisation, error) {
	var problems domain.Problems
	problems.Check(len(in.Rows) > 0, "rows", "field.required")
	if len(in.Rows) > maxImport {
		problems.Add("rows", "organisation.import_many", domain.Args{"max": maxImport})
		return nil, problems.Err()
	}
	numbers := make([]string, len(in.Rows))
	for i, r := range in.Rows {
		numbers[i] = alliance.Digits(r.BusinessNumber)
	}
	taken, err := a.Tx.NumbersTaken(ctx, of.ID, numbers)
	if err != nil {
		return nil, err
	}
	out := make([]alliance.Organisation, len(in.Rows))
	for i, r := range in.Rows {
		var p domain.Problems
		out[i] = ApplyInput{of.ID, r.Entry, r.Join, r.ContactName, r.ContactEmail}.organisation(&p, of)
		out[i].ID, out[i].AppliedAt = a.Env.NewID(), a.Now
		p.Check(!slices.Contains(taken, numbers[i]), "businessNumber", "conflict.organisation")
		p.Check(!slices.Contains(numbers[:i], numbers[i]), "businessNumber", "organisation.number_twice")
		problems.Within("rows."+strconv.Itoa(i), p)
	}
	return out, problems.Err()
}
