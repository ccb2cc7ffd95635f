package selecting

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/selection"
	"secretariat/service"
)

// Published is the result of a call as everybody may read it.
type Published struct {
	Record      selection.Record      `json:"record"`
	Hash        string                `json:"hash"`
	Items       []PublishedItem       `json:"items"` // those selected and in reserve, by rank
	Counts      map[string]int        `json:"counts"`
	Competition selection.Competition `json:"competition"`
	Ratio       string                `json:"ratio"` // 6.9:1, rounded half up to a tenth
}

// PublishedItem names who was selected.
type PublishedItem struct {
	Rank      int               `json:"rank"`
	Outcome   selection.Outcome `json:"outcome"`
	Applicant string            `json:"applicant"`
	Title     string            `json:"title"`
	Final     int64             `json:"final"`
}

// Published shows the result of a call to everybody once it is announced, with its record: selection.record. Who was not
// selected is not named.
func (s *Service) Published(ctx context.Context, by domain.Actor, in RankingInput) (Published, error) {
	return service.See(ctx, s.store, func(tx Tx) (Published, error) {
		out := Published{Items: []PublishedItem{}, Counts: map[string]int{}}
		c, err := tx.Call(ctx, in.Call)
		if err != nil {
			return out, err
		}
		if err := may(by, "selection.record", facts(c)); err != nil {
			return out, err
		}
		rank, there, err := tx.RankingOf(ctx, c.ID)
		if err != nil {
			return out, err
		}
		if !there || c.AnnouncedAt == nil {
			return out, domain.NotFound("ranking")
		}
		out.Record, out.Hash = selection.RecordOf(c, rank), rank.Hash
		out.Competition, out.Ratio = rank.Competition, rank.Competition.Ratio().String()
		all, err := items(ctx, tx, c.ID, rank.Rows)
		for _, x := range all {
			out.Counts[string(x.Row.Outcome)]++
			if x.Row.Outcome == selection.Selected || x.Row.Outcome == selection.Reserved {
				out.Items = append(out.Items, PublishedItem{x.Row.Rank, x.Row.Outcome, x.Applicant, x.Title, x.Row.Final})
			}
		}
		out.Counts["applications"] = out.Competition.Received
		return out, err
	})
}
