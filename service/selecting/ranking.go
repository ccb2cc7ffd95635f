package selecting

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"secretariat/domain"
	"secretariat/domain/policy"
	"secretariat/domain/selection"
	"secretariat/service"
)

// Compute ranks the applications of a call whose every sheet is submitted: ranking.compute. CodeConflict with how many are
// missing: one that is missing is never taken for zero.
func (s *Service) Compute(ctx context.Context, by domain.Actor, in ActInput) (selection.Ranking, error) {
	return service.Do(ctx, s.env, s.store, by, "ranking.compute", func(a *service.Act[Tx]) (selection.Ranking, error) {
		c, err := open(ctx, a, "ranking.compute", in.Call)
		if err != nil {
			return selection.Ranking{}, err
		}
		entries, missing, err := gather(ctx, a.Tx, c)
		if err != nil {
			return selection.Ranking{}, err
		}
		if c, err = c.Rank(missing, a.Now); err != nil {
			return selection.Ranking{}, err
		}
		r, err := s.rules(ctx, a.Tx, c)
		if err != nil {
			return selection.Ranking{}, err
		}
		out, err := s.rank(c, entries, int64(policy.SpreadFlag.Of(r))*selection.Point)
		if err != nil {
			return out, err
		}
		counts, err := a.Tx.CountByState(ctx, c.ID)
		if err != nil {
			return out, err
		}
		// Nobody can withdraw any more, and what becomes of the places changes nothing: the count is that of the result for good.
		out.Competition = selection.CompetitionOf(counts, out.Rows)
		out.At = a.Now
		c.Version = in.Version
		a.Note("ranking", out.Hash)
		a.Wake(service.CaseSelection, c.ID)
		if err := a.Tx.ChangeCall(ctx, &c); err != nil {
			return out, err
		}
		return out, a.Tx.PutRanking(ctx, out)
	})
}

func (s *Service) rank(c selection.Call, entries []selection.Entry, spread int64) (selection.Ranking, error) {
	out := selection.Ranking{Call: c.ID, Entries: entries}
	var err error
	if out.Rows, err = selection.Rank(c.Profile, entries, c.Seed); err != nil {
		return out, err
	}
	if out.Sensitivity, err = selection.Analyse(c.Profile, entries, c.Seed, spread); err != nil {
		return out, err
	}
	raw, err := s.canonical(selection.RecordOf(c, out))
	if err != nil {
		return out, err
	}
	digest := sha256.Sum256(raw)
	out.Hash = hex.EncodeToString(digest[:])
	return out, nil
}

// gather puts together what the ranking depends on, and counts the sheets that are missing.
func gather(ctx context.Context, tx Tx, c selection.Call) ([]selection.Entry, int, error) {
	work, err := workload(ctx, tx, c)
	if err != nil {
		return nil, 0, err
	}
	pool, err := tx.EvaluatorsOf(ctx, c.ID)
	if err != nil {
		return nil, 0, err
	}
	slices.SortFunc(pool, func(x, y selection.Evaluator) int { return x.Place - y.Place })
	type key struct{ application, evaluator domain.ID }
	sheets := map[key][]int64{}
	for _, sheet := range work.sheets {
		if sheet.SubmittedAt != nil && sheet.Void == "" {
			sheets[key{sheet.Application, sheet.Evaluator}] = sheet.Scores
		}
	}
	missing := 0
	byID := map[domain.ID][][]int64{}
	for _, e := range pool {
		for _, x := range work.assigned(e) {
			scores, there := sheets[key{x.ID, e.Account}]
			if !there {
				missing++
				continue
			}
			byID[x.ID] = append(byID[x.ID], scores)
		}
	}
	out := make([]selection.Entry, len(work.eligible))
	for i, x := range work.eligible {
		out[i] = selection.Entry{
			Application: x.ID, Amount: x.Amount, Sheets: byID[x.ID], Bonus: x.Bonus, BonusCount: x.BonusCount, Penalty: x.Penalty,
		}
	}
	return out, missing, nil
}

// RankingInput names a call.
type RankingInput struct {
	Call domain.ID `path:"call" json:"-"`
}

// RankingView is the ranked list with the names of the applicants.
type RankingView struct {
	Call        selection.Call        `json:"call"`
	Items       []RankedItem          `json:"items"`
	Sensitivity selection.Sensitivity `json:"sensitivity"`
	Hash        string                `json:"hash"`
}

// RankedItem is one application of the list.
type RankedItem struct {
	Row       selection.Row              `json:"row"`
	Number    int                        `json:"number"`
	Applicant string                     `json:"applicant"`
	Title     string                     `json:"title"`
	Amount    int64                      `json:"amount"`
	State     selection.ApplicationState `json:"state"`
	Promoted  bool                       `json:"promoted"`
	Version   int                        `json:"version"`
}

// Ranking shows the ranked list to the staff of the call and to auditors: ranking.show.
func (s *Service) Ranking(ctx context.Context, by domain.Actor, in RankingInput) (RankingView, error) {
	return service.See(ctx, s.store, func(tx Tx) (RankingView, error) {
		out := RankingView{Items: []RankedItem{}}
		c, err := tx.Call(ctx, in.Call)
		if err != nil {
			return out, err
		}
		if err := may(by, "ranking.show", facts(c)); err != nil {
			return out, err
		}
		rank, there, err := tx.RankingOf(ctx, c.ID)
		if err != nil {
			return out, err
		}
		if !there {
			return out, domain.NotFound("ranking")
		}
		out.Call, out.Sensitivity, out.Hash = sealed(c), rank.Sensitivity, rank.Hash
		out.Items, err = items(ctx, tx, c.ID, rank.Rows)
		return out, err
	})
}

func items(ctx context.Context, tx Tx, call domain.ID, rows []selection.Row) ([]RankedItem, error) {
	all, err := tx.FindApplications(ctx, ApplicationFilter{Call: call, Limit: 0})
	if err != nil {
		return nil, err
	}
	byID := make(map[domain.ID]selection.Application, len(all))
	for _, x := range all {
		byID[x.ID] = x
	}
	out := make([]RankedItem, len(rows))
	for i, r := range rows {
		x := byID[r.Application]
		out[i] = RankedItem{r, x.Number, x.Applicant, x.Title, x.Amount, x.State, x.Promoted, x.Version}
	}
	return out, nil
}

// AnnounceInput are the decisions on the ranked list.
type AnnounceInput struct {
	Call domain.ID `path:"call" json:"-"`
	selection.Gates
	Version int `json:"version"`
}

// Announce makes the result known once the committee, where it is required the 지방보조금관리위원회, and the head of the
// city have decided: call.announce. Applicants may object from then on.
func (s *Service) Announce(ctx context.Context, by domain.Actor, in AnnounceInput) (selection.Call, error) {
	return service.Do(ctx, s.env, s.store, by, "call.announce", func(a *service.Act[Tx]) (selection.Call, error) {
		c, err := open(ctx, a, "call.announce", in.Call)
		if err != nil {
			return c, err
		}
		if c, err = c.Announce(in.Gates, a.Now); err != nil {
			return c, err
		}
		c.Version = in.Version
		a.Wake(service.CaseSelection, c.ID)
		return c, a.Tx.ChangeCall(ctx, &c)
	})
}
