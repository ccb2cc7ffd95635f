package selecting

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/selection"
)

// Offering gives the service the programmes that calls are drafted from.
func (s *Service) Offering(all []selection.Programme) *Service {
	s.programmes = all
	return s
}

// ProgrammesInput asks for the programmes.
type ProgrammesInput struct{}

// Programmes are what calls are drafted from.
type Programmes struct {
	Items []selection.Programme `json:"items"`
}

// Programmes lists what calls are drafted from: programme.list.
func (s *Service) Programmes(_ context.Context, by domain.Actor, _ ProgrammesInput) (Programmes, error) {
	err := access.Can(by, "programme.list", access.Facts{}).Err()
	return Programmes{Items: append([]selection.Programme{}, s.programmes...)}, err
}
