package selecting

import (
	"context"
	"slices"

	"secretariat/domain"
	"secretariat/domain/selection"
	"secretariat/service"
)

// Record is everything from which anybody can compute a published ranking again. The sheets of an application stand in the
// order of their totals, so that no evaluator can be followed from one application to the next.
type Record struct {
	Call        domain.ID         `json:"call"`
	Title       string            `json:"title"`
	Profile     selection.Profile `json:"profile"`
	ProfileHash string            `json:"profileHash"`
	Commitment  string            `json:"commitment"`
	Seed        string            `json:"seed"`
	Entries     []selection.Entry `json:"entries"`
	Rows        []selection.Row   `json:"rows"`
}

func recordOf(c selection.Call, rank selection.Ranking) Record {
	out := Record{
		Call: c.ID, Title: c.Title, Profile: c.Profile, ProfileHash: c.ProfileHash, Commitment: c.Commitment, Seed: c.Seed,
		Rows: rank.Rows, Entries: slices.Clone(rank.Entries),
	}
	for i := range out.Entries {
		out.Entries[i].Sheets = selection.Ordered(out.Entries[i].Sheets)
	}
	return out
}

// Published is the result of a call as everybody may read it.
type Published struct {
	Record Record          `json:"record"`
	Hash   string          `json:"hash"`
	Items  []PublishedItem `json:"items"` // those selected and in reserve, by rank
	Counts map[string]int  `json:"counts"`
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
		out.Record, out.Hash = recordOf(c, rank), rank.Hash
		all, err := items(ctx, tx, c.ID, rank.Rows)
		for _, x := range all {
			out.Counts[string(x.Row.Outcome)]++
			if x.Row.Outcome == selection.Selected || x.Row.Outcome == selection.Reserved {
				out.Items = append(out.Items, PublishedItem{x.Row.Rank, x.Row.Outcome, x.Applicant, x.Title, x.Row.Final})
			}
		}
		out.Counts["applications"] = len(all)
		return out, err
	})
}
