package selecting

import (
	"context"
	"time"

	"secretariat/domain"
	"secretariat/domain/selection"
	"secretariat/service"
)

// Published is the result of a call as everybody may read it.
type Published struct {
	Record      selection.Record      `json:"record"`
	Hash        string                `json:"hash"`
	Version     int                   `json:"version"`
	Versions    []PublishedVersion    `json:"versions"` // announced, oldest first
	Gates       selection.Gates       `json:"gates"`
	Reopened    bool                  `json:"reopened"` // it is being evaluated again
	Items       []PublishedItem       `json:"items"`    // those selected and in reserve, by rank
	Counts      map[string]int        `json:"counts"`
	Competition selection.Competition `json:"competition"`
	Ratio       string                `json:"ratio"` // 6.9:1, rounded half up to a tenth
}

// PublishedVersion is one of the results that were announced, with the decisions on it.
type PublishedVersion struct {
	Version     int             `json:"version"`
	AnnouncedAt time.Time       `json:"announcedAt"`
	Hash        string          `json:"hash"`
	Gates       selection.Gates `json:"gates"`
}

// PublishedItem names who was selected.
type PublishedItem struct {
	Rank      int               `json:"rank"`
	Outcome   selection.Outcome `json:"outcome"`
	Applicant string            `json:"applicant"`
	Title     string            `json:"title"`
	Final     int64             `json:"final"`
}

// Published shows a result of a call, the newest or an earlier one, to everybody once it is announced, with its record: selection.record. Who was not
// selected is not named.
func (s *Service) Published(ctx context.Context, by domain.Actor, in RankingInput) (Published, error) {
	return service.See(ctx, s.store, func(tx Tx) (Published, error) {
		out := Published{Items: []PublishedItem{}, Versions: []PublishedVersion{}, Counts: map[string]int{}}
		c, err := tx.Call(ctx, in.Call)
		if err != nil {
			return out, err
		}
		if err := may(by, "selection.record", facts(c)); err != nil {
			return out, err
		}
		rank, err := version(ctx, tx, c.ID, in.Version, tx.AnnouncedRanking)
		if err != nil {
			return out, err
		}
		if rank.AnnouncedAt == nil {
			return out, domain.NotFound("ranking")
		}
		versions, err := tx.Announcements(ctx, c.ID)
		if err != nil {
			return out, err
		}
		for _, v := range versions {
			if v.AnnouncedAt != nil {
				out.Versions = append(out.Versions, PublishedVersion{v.Version, *v.AnnouncedAt, v.Hash, v.Gates})
			}
		}
		out.Version, out.Gates, out.Reopened = rank.Version, rank.Gates, c.State == selection.Evaluating || c.State == selection.Ranked
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
