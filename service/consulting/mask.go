package consulting

import (
	"context"
	"strconv"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/service"
)

// Piece is a part of an opinion that the staff hides from the public, or leaves.
type Piece struct {
	alliance.Mask
	Hide bool `json:"hide"`
}

// MaskInput says what of an opinion is hidden from the public.
type MaskInput struct {
	Opinion domain.ID `path:"opinion" json:"-"`
	Pieces  []Piece   `json:"pieces"`
	Version int       `json:"version"`
}

// Mask hides pieces of a submitted opinion from the public, in place of what was hidden before: opinion.mask. What the giver
// wrote stays on record. CodeConflict before the close and once all is answered.
func (s *Service) Mask(ctx context.Context, by domain.Actor, in MaskInput) (alliance.Opinion, error) {
	return service.Do(ctx, s.env, s.store, by, "opinion.mask", func(a *service.Act[Tx]) (alliance.Opinion, error) {
		o, err := s.disposable(ctx, a, "opinion.mask", in.Opinion)
		if err != nil {
			return o, err
		}
		masks := []alliance.Mask{}
		for _, p := range in.Pieces {
			if p.Hide {
				masks = append(masks, p.Mask)
			}
		}
		if o, err = o.Mask(masks, a.Now); err != nil {
			return alliance.Opinion{}, err
		}
		o.Version = in.Version
		a.Note("pieces", strconv.Itoa(len(masks)))
		return o, a.Tx.ChangeOpinion(ctx, &o)
	})
}
