package storetest

import (
	"context"
	"encoding/json"
	"testing"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/selection"
	"secretariat/service/selecting"
	"secretariat/store"
)

// Selections checks agreements and corrections: what is written comes back, one agreement stands for an application, a sheet as it
// stood and the reasons for another ranking are kept, and no version of a ranking is lost.
func Selections(t *testing.T, db *store.DB) {
	people := addAccounts(t, db, "judge@example.kr")
	seedSelection(t, db)
	t.Run("agreements", func(t *testing.T) { agreementsRoundTrip(t, db) })
	t.Run("what they bar", func(t *testing.T) { agreementsBar(t, db) })
	t.Run("corrections", func(t *testing.T) { rescoringsRoundTrip(t, db, people[0].ID) })
	t.Run("rankings", func(t *testing.T) { rankingsRoundTrip(t, db) })
}

func seedSelection(t *testing.T, db *store.DB) {
	t.Helper()
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		none := []string{}
		if err := tx.AddCommittee(ctx, committee.Committee{ID: "cc", Code: "cc", State: committee.Active, Version: 1}); err != nil {
			return err
		}
		of := alliance.Alliance{ID: "ca", Code: "ca", Committee: "cc", Sectors: none, Technologies: none, Version: 1}
		if err := tx.AddAlliance(ctx, of); err != nil {
			return err
		}
		for _, id := range []domain.ID{"co1", "co2"} {
			err := tx.AddOrganisation(ctx, alliance.Organisation{
				ID: id, Alliance: "ca", BusinessNumber: "n-" + string(id), Sectors: none, Technologies: none, Version: 1,
			})
			if err != nil {
				return err
			}
		}
		c := filled[selection.Call](3)
		c.ID, c.Committee, c.Alliance, c.Version = "call", "cc", "ca", 1
		if err := tx.AddCall(ctx, c); err != nil {
			return err
		}
		read, err := tx.Call(ctx, "call")
		same(t, read, c)
		if err != nil {
			return err
		}
		for n, id := range []domain.ID{"ap1", "ap2"} {
			x := filled[selection.Application](n)
			x.ID, x.Call, x.Organisation, x.Version = id, "call", []domain.ID{"co1", "co2"}[n], 1
			if err := tx.AddApplication(ctx, x); err != nil {
				return err
			}
			read, err := tx.Application(ctx, id)
			if same(t, read, x); err != nil {
				return err
			}
		}
		return nil
	})
}

func agreementOf(n int, application, organisation domain.ID) selection.Agreement {
	out := filled[selection.Agreement](n)
	out.ID, out.Call, out.Committee, out.Application, out.Organisation = "g-"+application, "call", "cc", application, organisation
	out.Decided, out.Barred, out.Ended, out.Version = "2026-03-02", "", false, 1
	return out
}

func agreementsRoundTrip(t *testing.T, db *store.DB) {
	first, second := agreementOf(1, "ap1", "co1"), agreementOf(2, "ap2", "co2")
	second.Ended = true
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		for _, g := range []selection.Agreement{first, second} {
			if err := tx.AddAgreement(ctx, g); err != nil {
				return err
			}
		}
		read, err := tx.Agreement(ctx, first.ID)
		same(t, read, first)
		if err != nil {
			return err
		}
		of, there, err := tx.AgreementOf(ctx, "ap2")
		if same(t, of, second); !there || err != nil {
			t.Errorf("of its application: %v %v", there, err)
		}
		open, err := tx.FindAgreements(ctx, selecting.AgreementFilter{Call: "call", All: true, Open: true})
		same(t, open, []selection.Agreement{first})
		if err != nil {
			return err
		}
		theirs, err := tx.FindAgreements(ctx, selecting.AgreementFilter{All: true, Organisations: []domain.ID{"co2"}})
		same(t, theirs, []selection.Agreement{second})
		return err
	})
	again := first
	again.ID = "another"
	refused(t, db, "conflict.agreement", func(ctx context.Context, tx *store.Tx) error { return tx.AddAgreement(ctx, again) })
	refused(t, db, "stale", func(ctx context.Context, tx *store.Tx) error {
		late := first
		late.Version = 7
		return tx.ChangeAgreement(ctx, &late)
	})
}

func agreementsBar(t *testing.T, db *store.DB) {
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		none, err := tx.BarredUntil(ctx, "n-co1")
		if none != "" || err != nil {
			t.Errorf("barred until %q: %v", none, err)
		}
		g, err := tx.Agreement(ctx, "g-ap1")
		if err != nil {
			return err
		}
		g.Barred = "2029-03-02"
		if err := tx.ChangeAgreement(ctx, &g); err != nil {
			return err
		}
		for number, want := range map[string]calendar.Date{"n-co1": "2029-03-02", "n-co2": "", "": ""} {
			if got, err := tx.BarredUntil(ctx, number); got != want || err != nil {
				t.Errorf("%q is barred until %q, want %q: %v", number, got, want, err)
			}
		}
		for year, want := range map[int]int64{2026: g.Grant, 2025: 0} {
			if got, err := tx.GrantsOf(ctx, "co1", year); got != want || err != nil {
				t.Errorf("grants of %d are %d, want %d: %v", year, got, want, err)
			}
		}
		return nil
	})
}

func rescoringsRoundTrip(t *testing.T, db *store.DB, judge domain.ID) {
	was := filled[selection.PastSheet](1)
	was.Call, was.Application, was.Evaluator, was.Version = "call", "ap1", judge, 1
	waits, done := filled[selection.Reopening](1), filled[selection.Reopening](2)
	waits.ID, waits.Call, waits.Ranking = "r1", "call", 0
	done.ID, done.Call, done.Ranking = "r2", "call", 1
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddPastSheet(ctx, was); err != nil {
			return err
		}
		for _, r := range []selection.Reopening{waits, done} {
			if err := tx.AddReopening(ctx, r); err != nil {
				return err
			}
		}
		past, err := tx.PastSheets(ctx, "call", judge)
		same(t, past, []selection.PastSheet{was})
		if err != nil {
			return err
		}
		if err := tx.SettleReopenings(ctx, "call", 2); err != nil {
			return err
		}
		waits.Ranking = 2 // the one that waited; the other stays with the version that took it in
		all, err := tx.Reopenings(ctx, "call")
		same(t, all, []selection.Reopening{waits, done})
		return err
	})
	refused(t, db, "conflict.sheet", func(ctx context.Context, tx *store.Tx) error { return tx.AddPastSheet(ctx, was) })
}

func rankingsRoundTrip(t *testing.T, db *store.DB) {
	ranked := func(version int, hash string) selection.Ranking {
		return selection.Ranking{
			Call: "call", Version: version, Hash: hash, At: moment(version), Entries: []selection.Entry{{Application: "ap1", Sheets: [][]int64{{int64(version) * 1000}}}},
			Rows: []selection.Row{{Application: "ap1", Rank: version, Outcome: selection.Selected}}, Grounds: []selection.Ground{}, Changes: []selection.Change{},
		}
	}
	first, second := ranked(1, "one"), ranked(2, "two")
	first.AnnouncedAt, first.Gates = moments(9), selection.Gates{Deliberated: "d", Subsidised: "s", Approval: "a"}
	second.Supersedes = "one"
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		for _, r := range []selection.Ranking{first, second} {
			if err := tx.PutRanking(ctx, r); err != nil {
				return err
			}
		}
		newest, there, err := tx.RankingOf(ctx, "call")
		if alike(t, newest, second); !there || err != nil {
			t.Errorf("the newest: %v %v", there, err)
		}
		told, there, err := tx.AnnouncedRanking(ctx, "call")
		if alike(t, told, first); !there || err != nil {
			t.Errorf("the announced: %v %v", there, err)
		}
		read, err := tx.RankingAt(ctx, "call", 1)
		alike(t, read, first)
		if err != nil {
			return err
		}
		all, err := tx.Announcements(ctx, "call")
		if len(all) != 2 || all[0].Hash != "one" || all[1].AnnouncedAt != nil {
			t.Errorf("announcements: %+v", all)
		}
		return err
	})
}

// alike compares rankings by what is kept of them: what a row was computed from is not.
func alike(t *testing.T, got, want selection.Ranking) {
	t.Helper()
	a, errA := json.Marshal(got)
	b, errB := json.Marshal(want)
	if errA != nil || errB != nil {
		t.Fatal(errA, errB)
	}
	same(t, string(a), string(b))
}
