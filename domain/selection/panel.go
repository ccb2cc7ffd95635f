package selection

import (
	"cmp"
	"slices"

	"secretariat/domain"
)

// Candidate is somebody who may be drawn as an evaluator.
type Candidate struct {
	ID            domain.ID   `json:"id"`
	Organisations []domain.ID `json:"organisations"` // to which the candidate belongs
	Recommends    []domain.ID `json:"recommends"`    // organisations that the candidate or its employer recommended
	Declared      []domain.ID `json:"declared"`      // organisations with which the candidate declared a tie
}

// Conflict says why somebody may not evaluate an applicant.
type Conflict string

// The conflicts (혁신령 27③, 지방보조금법 26⑦).
const (
	ConflictOwn       Conflict = "own"       // belongs to the applicant or a partner of its consortium
	ConflictRecommend Conflict = "recommend" // recommended it
	ConflictDeclared  Conflict = "declared"  // advice, service, kinship or another tie that the candidate declared
)

// Conflicted says why a candidate may not evaluate an application of the given organisations, empty when it may.
func (c Candidate) Conflicted(applicants ...domain.ID) Conflict {
	for _, x := range []struct {
		ids []domain.ID
		why Conflict
	}{{c.Organisations, ConflictOwn}, {c.Recommends, ConflictRecommend}, {c.Declared, ConflictDeclared}} {
		for _, a := range applicants {
			if a != "" && slices.Contains(x.ids, a) {
				return x.why
			}
		}
	}
	return ""
}

// Draw puts the candidates without a conflict with any of the applicants into the order of their lots: the first of them
// are the panel, the rest substitutes in order. The seed was committed to before the candidates were known.
func Draw(pool []Candidate, applicants []domain.ID, seed string) []domain.ID {
	var out []domain.ID
	for _, c := range pool {
		if c.Conflicted(applicants...) == "" {
			out = append(out, c.ID)
		}
	}
	slices.SortFunc(out, func(a, b domain.ID) int { return cmp.Compare(Lot(seed, a), Lot(seed, b)) })
	return out
}
