package seating_test

import (
	"context"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
	"secretariat/internal/testkit"
	"secretariat/service/seating"
	"secretariat/store"
)

func TestCommitteeIsActivatedOnceItIsInOrder(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		in := founding("dx")
		delete(in.Charter, "convening")
		c := w.draft(in)
		at := seating.StateInput{Committee: c.ID, Version: c.Version}
		w.traceless(func() {
			_, err := w.s.Activate(t.Context(), admin, at)
			cited(t, err, "committee.charter_missing", "위원회조례 7①")
		})
		change := revision(c)
		change.Charter = charter()
		c, err := w.s.Revise(t.Context(), admin, change)
		must(t, err)
		w.rules["committee.chair.selection"] = policy.SelectionExOfficio
		at.Version = c.Version
		_, err = w.s.Activate(t.Context(), admin, at)
		cited(t, err, "committee.chairs", "울산조례 8②")
		w.seat(c.ID, committee.ExOfficio, committee.RoleChair)
		at.Version--
		_, err = w.s.Activate(t.Context(), admin, at)
		refused(t, err, domain.CodeStale, "stale")
		at.Version++
		out, err := w.s.Activate(t.Context(), admin, at)
		must(t, err)
		if out.Committee.State != committee.Active || out.Committee.Version != c.Version+1 || len(out.Findings) == 0 {
			t.Errorf("activated %+v", out)
		}
		for _, f := range out.Findings {
			if f.Blocking || f.Basis == "" {
				t.Errorf("a warning %+v", f)
			}
		}
		w.audited("committee.activate", "committee", c.ID, c.ID)
		at.Version++
		_, err = w.s.Activate(t.Context(), admin, at)
		refused(t, err, domain.CodeConflict, "committee.not_draft")
		_, err = w.s.Activate(t.Context(), admin, seating.StateInput{Committee: "none"})
		refused(t, err, domain.CodeNotFound, "not_found.committee")
		forbidden(t, func(by domain.Actor) error {
			_, err := w.s.Activate(t.Context(), by, at)
			return err
		}, public, person, auditor, testkit.Secretary(c.ID), testkit.Member(c.ID, "m", true))
	})
}

func TestASubcommitteeIsActivatedAfterItsParent(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		above := w.draft(founding("above"))
		in := founding("below")
		in.Parent, in.Charter, in.SunsetOn = above.ID, map[string]string{"purpose": "사전검토"}, ""
		below := w.draft(in)
		w.seat(below.ID, committee.Appointed, committee.RoleChair)
		w.seat(above.ID, committee.ExOfficio, committee.RoleChair)
		_, err := w.s.Activate(t.Context(), admin, seating.StateInput{Committee: below.ID, Version: 1})
		cited(t, err, "committee.parent_not_active", "위원회조례 7①7호ㆍ8⑦")
		_, err = w.s.Activate(t.Context(), admin, seating.StateInput{Committee: above.ID, Version: 1})
		must(t, err)
		_, err = w.s.Activate(t.Context(), admin, seating.StateInput{Committee: below.ID, Version: 1})
		must(t, err)
		gone := seating.StateInput{Committee: above.ID, Version: 2, Reason: "설립 목적 달성"}
		_, err = w.s.Dissolve(t.Context(), admin, gone)
		refused(t, err, domain.CodeConflict, "committee.has_subcommittees")
		_, err = w.s.Dissolve(t.Context(), admin, seating.StateInput{Committee: below.ID, Version: 2, Reason: "통합"})
		must(t, err)
		_, err = w.s.Dissolve(t.Context(), admin, gone)
		must(t, err)
	})
}

// plan writes a meeting of the committee.
func (w *world) plan(of domain.ID, n int, state meeting.State, at time.Time) {
	w.t.Helper()
	w.write(func(ctx context.Context, tx *store.Tx) error {
		rules, err := tx.FreezePolicy(ctx, policy.Rules{Pack: "p", Day: "2026-11-22", Entries: []policy.Entry{}})
		if err != nil {
			return err
		}
		return tx.AddMeeting(ctx, meeting.Meeting{
			ID: domain.ID(code(string(of), n)), Committee: of, Number: n, State: state, Mode: meeting.InPerson, StartsAt: at,
			ExpectedEnd: at, Rules: rules, Version: 1,
		})
	})
}

func TestCommitteeIsDissolved(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		c, seats := w.active(founding("dx"), 2)
		in := seating.StateInput{Committee: c.ID, Version: c.Version, Reason: "위원회 기능 상실"}
		w.plan(c.ID, 1, meeting.Convened, w.clock.Now())
		_, err := w.s.Dissolve(t.Context(), admin, in)
		refused(t, err, domain.CodeConflict, "committee.has_meetings")
		must(t, w.db.Exec(t.Context(), "UPDATE meetings SET state = 'adjourned'"))
		_, err = w.s.Dissolve(t.Context(), admin, seating.StateInput{Committee: c.ID, Version: c.Version, Reason: " "})
		wrong(t, err, "reason=field.required")
		_, err = w.s.Dissolve(t.Context(), admin, seating.StateInput{Committee: c.ID, Version: 1, Reason: in.Reason})
		refused(t, err, domain.CodeStale, "stale")
		got, err := w.s.Dissolve(t.Context(), admin, in)
		must(t, err)
		if got.State != committee.Dissolved || got.DissolvedOn != "2026-11-22" || got.DissolvedReason != in.Reason {
			t.Errorf("dissolved %+v", got)
		}
		if e := w.audited("committee.dissolve", "committee", c.ID, c.ID); len(e.Facts) != 0 {
			t.Errorf("facts %v", e.Facts)
		}
		in.Version = got.Version
		_, err = w.s.Dissolve(t.Context(), admin, in)
		refused(t, err, domain.CodeConflict, "committee.not_active")
		w.closed(got, seats[1].ID)
		forbidden(t, func(by domain.Actor) error {
			_, err := w.s.Dissolve(t.Context(), by, seating.StateInput{Committee: c.ID})
			return err
		}, public, person, auditor, testkit.Secretary(c.ID), domain.System("x"))
	})
}

// closed fails the test unless a dissolved committee stays as it was.
func (w *world) closed(c committee.Committee, seat domain.ID) {
	t := w.t
	t.Helper()
	w.traceless(func() {
		_, err := w.s.Revise(t.Context(), admin, revision(c))
		refused(t, err, domain.CodeConflict, "committee.dissolved")
		_, err = w.s.Activate(t.Context(), admin, seating.StateInput{Committee: c.ID, Version: c.Version})
		refused(t, err, domain.CodeConflict, "committee.not_draft")
		_, err = w.s.AddSeat(t.Context(), admin, seating.AddSeatInput{
			Committee: c.ID, Number: 9, Kind: committee.Appointed, Role: committee.RoleMember,
		})
		refused(t, err, domain.CodeConflict, "committee.dissolved")
		_, err = w.s.Appoint(t.Context(), admin, appointing(seat, w.account("late")))
		refused(t, err, domain.CodeConflict, "committee.dissolved")
	})
	found, err := w.s.Check(t.Context(), admin, seating.ShowInput{Committee: c.ID})
	must(t, err)
	if len(found.Findings) != 0 {
		t.Errorf("found in what is over: %v", keysOf(found.Findings))
	}
	shown, err := w.s.Show(t.Context(), public, seating.ShowInput{Committee: c.ID})
	must(t, err)
	if shown.Committee.State != committee.Dissolved {
		t.Errorf("shown as %s", shown.Committee.State)
	}
}
