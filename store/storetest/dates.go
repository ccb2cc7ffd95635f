package storetest

import (
	"context"
	"testing"

	"secretariat/domain"
	"secretariat/domain/meeting"
	"secretariat/store"
)

// datesRoundTrip checks candidate dates: one stands on the list of its meeting once while it is open, and a member's
// answers take the place of those before, on open dates alone.
func datesRoundTrip(t *testing.T, db *store.DB, rules string) {
	planned := fullMeeting(rules)
	planned.ID, planned.Number, planned.State = "mpoll", 0, meeting.Planned
	first := meeting.Candidate{ID: "d1", Meeting: "mpoll", StartsAt: moment(1), ProposedAt: moment(2)}
	second := meeting.Candidate{
		ID: "d2", Meeting: "mpoll", StartsAt: moment(0), ProposedAt: moment(3), RemindedAt: moments(4),
	}
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddMeeting(ctx, planned); err != nil {
			return err
		}
		if err := tx.AddDates(ctx, []meeting.Candidate{first, second}); err != nil {
			return err
		}
		all, err := tx.DatesOf(ctx, "mpoll")
		same(t, all, []meeting.Candidate{second, first})
		if err != nil {
			return err
		}
		polled, err := tx.Polled(ctx, "mc")
		same(t, polled, []meeting.Meeting{planned})
		return err
	})
	again := meeting.Candidate{ID: "d3", Meeting: "mpoll", StartsAt: first.StartsAt, ProposedAt: moment(5)}
	err := db.InTx(t.Context(), func(tx *store.Tx) error {
		return tx.AddDates(t.Context(), []meeting.Candidate{again})
	})
	if domain.KeyOf(err) != "conflict.date" {
		t.Errorf("one date twice: %v", err)
	}
	dateAnswersRoundTrip(t, db, first, again)
}

func dateAnswersRoundTrip(t *testing.T, db *store.DB, first, again meeting.Candidate) {
	answer := func(date, member domain.ID, can bool) meeting.DateAnswer {
		return meeting.DateAnswer{Date: date, Member: member, Can: can, At: moment(6)}
	}
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		for _, given := range [][]meeting.DateAnswer{
			{answer("d1", "mm1", true), answer("d2", "mm1", true)}, {answer("d2", "mm1", false)},
			{answer("d1", "mm2", true)},
		} {
			if err := tx.SetDateAnswers(ctx, "mpoll", given[0].Member, given); err != nil {
				return err
			}
		}
		kept, err := tx.DateAnswersOf(ctx, "mpoll")
		same(t, kept, []meeting.DateAnswer{answer("d1", "mm2", true), answer("d2", "mm1", false)})
		if err != nil {
			return err
		}
		first.Close(meeting.FateChosen, moment(7))
		if err := tx.ChangeDate(ctx, first); err != nil {
			return err
		}
		read, err := tx.Date(ctx, "d1")
		same(t, read, first)
		if err != nil {
			return err
		}
		if err := tx.AddDates(ctx, []meeting.Candidate{again}); err != nil {
			t.Errorf("a date that is closed cannot be proposed again: %v", err)
		}
		if err := tx.SetDateAnswers(ctx, "mpoll", "mm2", []meeting.DateAnswer{answer("d3", "mm2", false)}); err != nil {
			return err
		}
		kept, err = tx.DateAnswersOf(ctx, "mpoll")
		same(t, kept, []meeting.DateAnswer{answer("d1", "mm2", true), answer("d2", "mm1", false), answer("d3", "mm2", false)})
		return err
	})
	noPollIsLeft(t, db)
}

func noPollIsLeft(t *testing.T, db *store.DB) {
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		all, err := tx.DatesOf(ctx, "mpoll")
		for _, c := range all {
			c.Close(meeting.FatePassed, moment(8))
			if err := tx.ChangeDate(ctx, c); err != nil {
				return err
			}
		}
		if err != nil {
			return err
		}
		polled, err := tx.Polled(ctx, "mc")
		same(t, polled, []meeting.Meeting{})
		if _, missing := tx.Date(ctx, "none"); domain.KeyOf(missing) != "not_found.date" {
			t.Errorf("a date that is not there: %v", missing)
		}
		none, err2 := tx.LastNumber(ctx, "dates-scope")
		same(t, none, 0)
		if err != nil || err2 != nil {
			return err
		}
		given, err := tx.NextNumber(ctx, "dates-scope")
		if err != nil {
			return err
		}
		last, err := tx.LastNumber(ctx, "dates-scope")
		same(t, last, given)
		return err
	})
}
