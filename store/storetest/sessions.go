package storetest

import (
	"context"
	"errors"
	"testing"

	"secretariat/domain"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/store"
)

// Sessions checks the methods on presence, pledges, declarations, recusals, amendments, statements and formal acts.
func Sessions(t *testing.T, db *store.DB) {
	seedSitting(t, db)
	t.Run("presence", func(t *testing.T) { presenceLog(t, db) })
	t.Run("pledges and interests", func(t *testing.T) { declarations(t, db) })
	t.Run("recusals and amendments", func(t *testing.T) { recusalsRoundTrip(t, db) })
	t.Run("statements", func(t *testing.T) { statementsKeepTrace(t, db) })
	t.Run("events and roles", func(t *testing.T) { eventsRoundTrip(t, db) })
}

func presenceLog(t *testing.T, db *store.DB) {
	stay := meeting.Presence{ID: "p1", Meeting: "sm", Member: "s1", Via: meeting.ViaProxy, Proxy: "과장 갑", InAt: moment(1)}
	within(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.AddPresence(ctx, stay) })
	again := meeting.Presence{ID: "p2", Meeting: "sm", Member: "s1", Via: meeting.ViaRoom, InAt: moment(2)}
	err := db.InTx(t.Context(), func(tx *store.Tx) error { return tx.AddPresence(t.Context(), again) })
	if domain.KeyOf(err) != "conflict.presence" {
		t.Errorf("there twice: %v", err)
	}
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.EndPresence(ctx, "sm", "s1", moment(2), "이석"); err != nil {
			return err
		}
		if err := tx.EndPresence(ctx, "sm", "s1", moment(2), ""); domain.CodeOf(err) != domain.CodeNotFound {
			t.Errorf("left twice: %v", err)
		}
		again.InAt = moment(3)
		if err := tx.AddPresence(ctx, again); err != nil {
			return err
		}
		if err := tx.EndPresences(ctx, "sm", moment(4), "산회"); err != nil {
			return err
		}
		stay.OutAt, stay.Reason = moments(2), "이석"
		again.OutAt, again.Reason = moments(4), "산회"
		log, err := tx.Presences(ctx, "sm")
		same(t, log, []meeting.Presence{stay, again})
		return err
	})
	takenBack(t, db, again)
}

// takenBack checks that an end can be taken back while the member has not come again, and that a stay which never was
// counts for nothing.
func takenBack(t *testing.T, db *store.DB, stay meeting.Presence) {
	third := meeting.Presence{ID: "p3", Meeting: "sm", Member: "s1", Via: meeting.ViaRoom, InAt: moment(5)}
	within(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.AddPresence(ctx, third) })
	err := db.InTx(t.Context(), func(tx *store.Tx) error { return tx.ReopenPresence(t.Context(), stay.ID) })
	if domain.KeyOf(err) != "conflict.presence" {
		t.Errorf("there twice: %v", err)
	}
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.VoidPresence(ctx, "p3", moment(6)); err != nil {
			return err
		}
		for _, err := range []error{tx.VoidPresence(ctx, "p3", moment(7)), tx.ReopenPresence(ctx, "p3"), tx.VoidPresence(ctx, stay.ID, moment(7))} {
			if domain.CodeOf(err) != domain.CodeNotFound {
				t.Errorf("taken back twice, or what is over: %v", err)
			}
		}
		if _, err := tx.Presence(ctx, "p3"); domain.KeyOf(err) != "not_found.presence" {
			t.Errorf("a stay that never was: %v", err)
		}
		if err := tx.ReopenPresence(ctx, stay.ID); err != nil {
			return err
		}
		stay.OutAt, stay.Reason = nil, ""
		now, err := tx.Presence(ctx, stay.ID)
		same(t, now, stay)
		log, lerr := tx.Presences(ctx, "sm")
		if len(log) != 2 {
			t.Errorf("the log has %d stays", len(log))
		}
		return errors.Join(err, lerr)
	})
}

func declarations(t *testing.T, db *store.DB) {
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		p := meeting.Pledge{Meeting: "sm", Member: "s1", At: moment(1)}
		if err := tx.AddPledge(ctx, p); err != nil {
			return err
		}
		pledges, err := tx.PledgesOf(ctx, "sm")
		same(t, pledges, []meeting.Pledge{p})
		if err != nil {
			return err
		}
		i := meeting.Interest{Item: "i1", Member: "s1", None: true, At: moment(1)}
		if err := tx.SetInterest(ctx, i); err != nil {
			return err
		}
		i.None, i.At = false, moment(2)
		if err := tx.SetInterest(ctx, i); err != nil {
			return err
		}
		interests, err := tx.InterestsOf(ctx, "sm")
		same(t, interests, []meeting.Interest{i})
		return err
	})
}

func recusalsRoundTrip(t *testing.T, db *store.DB) {
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		r := meeting.Recusal{
			ID: "r1", Meeting: "sm", Item: "i1", Member: "s2", Kind: meeting.Challenge, Ground: "fairness", Reason: "사유",
			State: meeting.RecusalPending, Applicant: "신청인", At: moment(1),
		}
		if err := tx.AddRecusal(ctx, r); err != nil {
			return err
		}
		r.State, r.Ballot = meeting.RecusalInForce, "b"
		if err := tx.ChangeRecusal(ctx, r); err != nil {
			return err
		}
		all, err := tx.RecusalsOf(ctx, "sm")
		same(t, all, []meeting.Recusal{r})
		if err != nil {
			return err
		}
		a := meeting.Amendment{
			ID: "a1", Item: "i1", Position: 1, Proposer: "s1", Text: "문구", Reason: "이유", State: meeting.AmendmentProposed, At: moment(1),
		}
		if err := tx.AddAmendment(ctx, a); err != nil {
			return err
		}
		a.State, a.Ballot = meeting.AmendmentCarried, "b"
		if err := tx.ChangeAmendment(ctx, a); err != nil {
			return err
		}
		amendments, err := tx.AmendmentsOf(ctx, "i1")
		same(t, amendments, []meeting.Amendment{a})
		return err
	})
}

func statementsKeepTrace(t *testing.T, db *store.DB) {
	s := meeting.Statement{
		ID: "st1", Meeting: "sm", Item: "i1", Sequence: 1, Member: "s1", Speaker: "위원 01", Text: "처음", At: moment(1), Version: 1,
	}
	within(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.AddStatement(ctx, s) })
	old := meeting.StatementVersion{
		Statement: "st1", Version: 1, Speaker: s.Speaker, Text: "처음", Reason: "오기", ReplacedBy: "clerk", ReplacedAt: moment(2),
	}
	s.Text = "나중"
	within(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.ChangeStatement(ctx, &s, old) })
	stale := s
	stale.Version = 1
	err := db.InTx(t.Context(), func(tx *store.Tx) error { return tx.ChangeStatement(t.Context(), &stale, old) })
	if domain.CodeOf(err) != domain.CodeStale {
		t.Errorf("over a newer wording: %v", err)
	}
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		all, err := tx.StatementsOf(ctx, "sm")
		same(t, all, []meeting.Statement{s})
		if err != nil {
			return err
		}
		kept, err := tx.StatementVersions(ctx, "st1")
		same(t, kept, []meeting.StatementVersion{old})
		return err
	})
}

func eventsRoundTrip(t *testing.T, db *store.DB) {
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		e := meeting.Event{ID: "e1", Meeting: "sm", Item: "i1", Kind: meeting.EventTable, Text: "상정합니다.", At: moment(1)}
		if err := tx.AddEvent(ctx, e); err != nil {
			return err
		}
		all, err := tx.EventsOf(ctx, "sm")
		same(t, all, []meeting.Event{e})
		if err != nil {
			return err
		}
		if err := tx.SetSeatRole(ctx, "seat-s3", committee.RoleViceChair); err != nil {
			return err
		}
		seat, err := tx.Seat(ctx, "seat-s3")
		same(t, seat.Role, committee.RoleViceChair)
		if err != nil {
			return err
		}
		if err := tx.SetSeatRole(ctx, "none", committee.RoleChair); domain.CodeOf(err) != domain.CodeNotFound {
			t.Errorf("role of no seat: %v", err)
		}
		return nil
	})
}
