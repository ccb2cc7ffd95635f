package selecting

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"

	"secretariat/domain"
	"secretariat/domain/policy"
	"secretariat/domain/selection"
	"secretariat/service"
)

// Compute ranks the applications of a call whose every sheet is submitted: ranking.compute. CodeConflict with how many are
// missing: one that is missing is never taken for zero; and when the call is not decided by what was published any more.
func (s *Service) Compute(ctx context.Context, by domain.Actor, in ActInput) (selection.Ranking, error) {
	return service.Do(ctx, s.env, s.store, by, "ranking.compute", func(a *service.Act[Tx]) (selection.Ranking, error) {
		c, err := open(ctx, a, "ranking.compute", in.Call)
		if err != nil {
			return selection.Ranking{}, err
		}
		if !c.Intact() {
			return selection.Ranking{}, domain.Conflict("call.conditions_changed", nil)
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
		out, err := s.succeed(ctx, a.Tx, c)
		if err != nil {
			return out, err
		}
		out.Entries = entries
		if out, err = s.rank(c, out, int64(policy.SpreadFlag.Of(r))*selection.Point); err != nil {
			return out, err
		}
		counts, err := a.Tx.CountByState(ctx, c.ID)
		if err != nil {
			return out, err
		}
		// Nobody can withdraw any more, and what becomes of the places changes nothing: the count is that of this result for good.
		out.Competition = selection.CompetitionOf(counts, out.Rows)
		out.At = a.Now
		c.Version = in.Version
		a.Note("ranking", out.Hash)
		a.Note("version", strconv.Itoa(out.Version))
		if err := a.Tx.SettleReopenings(ctx, c.ID, out.Version); err != nil {
			return out, err
		}
		a.Wake(service.CaseSelection, c.ID)
		if err := a.Tx.ChangeCall(ctx, &c); err != nil {
			return out, err
		}
		return out, a.Tx.PutRanking(ctx, out)
	})
}

// succeed begins the version of a ranking that comes after those there are, with the reasons that wait for it.
func (s *Service) succeed(ctx context.Context, tx Tx, c selection.Call) (selection.Ranking, error) {
	out := selection.Ranking{Call: c.ID, Version: 1}
	last, there, err := tx.RankingOf(ctx, c.ID)
	if err != nil || !there {
		return out, err
	}
	all, err := tx.Reopenings(ctx, c.ID)
	why := slices.DeleteFunc(all, func(r selection.Reopening) bool { return r.Ranking != 0 })
	out.Version, out.Supersedes, out.Grounds = last.Version+1, last.Hash, selection.Grounds(why)
	out.Rows = last.Rows // until they are replaced: what differs is told against them
	return out, err
}

// rank computes a ranking from its entries. The rows it comes with are those of the version before.
func (s *Service) rank(c selection.Call, out selection.Ranking, spread int64) (selection.Ranking, error) {
	rows, err := selection.Rank(c.Profile, out.Entries, c.Seed)
	if err != nil {
		return out, err
	}
	if out.Version > 1 {
		out.Changes = selection.Changes(out.Rows, rows)
	}
	out.Rows = rows
	if out.Sensitivity, err = selection.Analyse(c.Profile, out.Entries, c.Seed, spread); err != nil {
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
		if sheet.SubmittedAt != nil && sheet.Void == "" && !sheet.Again {
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

// RankingInput names a call and a version of its result; 0: the newest that the reader may see.
type RankingInput struct {
	Call    domain.ID `path:"call" json:"-"`
	Version int       `query:"version" json:"-"`
}

// RankingView is the ranked list with the names of the applicants.
type RankingView struct {
	Call        selection.Call           `json:"call"`
	Items       []RankedItem             `json:"items"`
	Sensitivity selection.Sensitivity    `json:"sensitivity"`
	Hash        string                   `json:"hash"`
	Version     int                      `json:"version"`
	Grounds     []selection.Ground       `json:"grounds"`
	Changes     []ChangedItem            `json:"changes"` // to the version before
	Versions    []selection.Announcement `json:"versions"`
	Waiting     []selection.Reopening    `json:"waiting"`   // to be taken into the next version
	Committee   bool                     `json:"committee"` // it has to go before the committee again

	Agenda    []Choice `json:"agenda"`           // items it may be put on, for who may
	Tabled    *Choice  `json:"tabled,omitempty"` // the item it stands on
	Decisions []Choice `json:"decisions"`        // on that
}

// ChangedItem is what a version of a ranking changes of an application.
type ChangedItem struct {
	selection.Change
	Number    int    `json:"number"`
	Applicant string `json:"applicant"`
	Title     string `json:"title"`
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

// Ranking shows a version of the ranked list to the staff of the call and to auditors: ranking.show.
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
		rank, err := version(ctx, tx, c.ID, in.Version, tx.RankingOf)
		if err != nil {
			return out, err
		}
		out.Call, out.Sensitivity, out.Hash = sealed(c), rank.Sensitivity, rank.Hash
		out.Version, out.Grounds = rank.Version, append([]selection.Ground{}, rank.Grounds...)
		if out.Items, err = items(ctx, tx, c.ID, rank.Rows); err != nil {
			return out, err
		}
		out.Changes = changed(rank.Changes, out.Items)
		if err := s.gates(ctx, tx, by, c, &out); err != nil {
			return out, err
		}
		return out, s.histories(ctx, tx, c, rank, &out)
	})
}

// histories adds the versions of a ranking and what waits for the next.
func (s *Service) histories(ctx context.Context, tx Tx, c selection.Call, rank selection.Ranking, out *RankingView) error {
	r, err := s.rules(ctx, tx, c)
	if err != nil {
		return err
	}
	out.Committee = c.AnnouncedAt != nil && rank.Turned() && policy.RerankCommittee.Of(r)
	if out.Versions, err = tx.Announcements(ctx, c.ID); err != nil {
		return err
	}
	all, err := tx.Reopenings(ctx, c.ID)
	out.Waiting = slices.DeleteFunc(all, func(r selection.Reopening) bool { return r.Ranking != 0 })
	return err
}

// version reads a version of a ranking, or for 0 that which newest gives.
func version(
	ctx context.Context, tx Tx, call domain.ID, n int, newest func(context.Context, domain.ID) (selection.Ranking, bool, error),
) (selection.Ranking, error) {
	if n > 0 {
		return tx.RankingAt(ctx, call, n)
	}
	rank, there, err := newest(ctx, call)
	if err == nil && !there {
		err = domain.NotFound("ranking")
	}
	return rank, err
}

func changed(all []selection.Change, of []RankedItem) []ChangedItem {
	out := []ChangedItem{}
	for _, c := range all {
		i := slices.IndexFunc(of, func(x RankedItem) bool { return x.Row.Application == c.Application })
		if i >= 0 {
			out = append(out, ChangedItem{c, of[i].Number, of[i].Applicant, of[i].Title})
		}
	}
	return out
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
// city have decided: call.announce. Applicants may object from then on. A later version of the ranking needs the committee again
// when the rules of the call say so and somebody's outcome changes.
func (s *Service) Announce(ctx context.Context, by domain.Actor, in AnnounceInput) (selection.Call, error) {
	return service.Do(ctx, s.env, s.store, by, "call.announce", func(a *service.Act[Tx]) (selection.Call, error) {
		c, err := open(ctx, a, "call.announce", in.Call)
		if err != nil {
			return c, err
		}
		rank, _, err := a.Tx.RankingOf(ctx, c.ID)
		if err != nil {
			return c, err
		}
		if err := deliberated(ctx, a.Tx, c, in.Gates); err != nil {
			return c, err
		}
		if c, err = s.announced(ctx, a, c, rank, in.Gates); err != nil {
			return c, err
		}
		c.Version = in.Version
		rank.AnnouncedAt, rank.Gates = &a.Now, c.Gates()
		a.Note("version", strconv.Itoa(rank.Version))
		a.Wake(service.CaseSelection, c.ID)
		if err := a.Tx.ChangeCall(ctx, &c); err != nil {
			return c, err
		}
		return c, a.Tx.PutRanking(ctx, rank)
	})
}

func (s *Service) announced(
	ctx context.Context, a *service.Act[Tx], c selection.Call, rank selection.Ranking, g selection.Gates,
) (selection.Call, error) {
	if c.AnnouncedAt == nil {
		return c.Announce(g, a.Now)
	}
	r, err := s.rules(ctx, a.Tx, c)
	if err != nil {
		return c, err
	}
	turned := rank.Turned()
	return c.Reannounce(g, turned && policy.RerankCommittee.Of(r), turned, a.Now)
}
