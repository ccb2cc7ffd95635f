package seating_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/internal/testkit"
	"secretariat/service/seating"
	"secretariat/store"
)

// listed pages through what the actor sees.
func (w *world) listed(by domain.Actor, size int) (codes, cursors []string) {
	w.t.Helper()
	in := seating.ListInput{Limit: size}
	for {
		page, err := w.s.List(w.t.Context(), by, in)
		must(w.t, err)
		for _, c := range page.Items {
			codes = append(codes, c.Code)
		}
		if page.Next == "" {
			return codes, cursors
		}
		if len(page.Items) != size {
			w.t.Fatalf("a page of %d out of %d, and another after it", len(page.Items), size)
		}
		cursors = append(cursors, page.Next)
		in.After = page.Next
	}
}

func TestDraftsAreKnownToThoseAloneWhoPrepareThem(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		var drafts, open []string
		var own domain.ID
		for n := range 9 {
			if n%3 == 2 {
				w.active(founding(code("c", n)), 1)
				open = append(open, code("c", n))
				continue
			}
			own = w.draft(founding(code("c", n))).ID
			drafts = append(drafts, code("c", n))
		}
		last := drafts[len(drafts)-1]
		all := slices.Sorted(slices.Values(append(slices.Clone(open), drafts...)))
		ours := slices.Sorted(slices.Values(append(slices.Clone(open), last)))
		for name, x := range map[string]struct {
			by   domain.Actor
			want []string
		}{
			"public": {public, open}, "person": {person, open}, "elsewhere": {testkit.Secretary("other"), open},
			"secretary": {testkit.Secretary(own), ours}, "clerk": {testkit.Clerk(own), ours},
			"member": {testkit.Member(own, "m", false), ours}, "admin": {admin, all}, "auditor": {auditor, all},
			"system": {domain.System("sweep"), all},
		} {
			for _, size := range []int{1, 2, 20} {
				got, cursors := w.listed(x.by, size)
				if diff := cmp.Diff(x.want, got); diff != "" {
					t.Errorf("%s in pages of %d (-want +got):\n%s", name, size, diff)
				}
				for _, c := range cursors {
					if !slices.Contains(x.want, c) {
						t.Errorf("the cursor shows %s the committee %s", name, c)
					}
				}
			}
			_, err := w.s.Show(t.Context(), x.by, seating.ShowInput{Committee: own})
			if sees := slices.Contains(x.want, last); sees != (err == nil) {
				t.Errorf("%s is shown a draft: %v", name, err)
			}
			if err != nil {
				refused(t, err, domain.CodeNotFound, "not_found.committee")
			}
		}
	})
}

func TestPersonalDataIsForThoseWhoNeedIt(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		in := founding("dx")
		in.Pack = "seoul-dx-draft"
		c, seats := w.active(in, 2)
		who := w.account("hong")
		m := w.appoint(appointing(seats[1].ID, who))
		bare := seating.MemberView{
			ID: m.ID, Name: "홍길동", Organisation: "기업 A", Position: "대표", From: "2026-07-01", Until: "2028-06-30",
		}
		full := bare
		full.Person, full.Sex, full.BirthYear, full.Version = who, committee.Female, 1990, 1
		counted := &committee.Composition{Appointed: 1, Women: 1, Youth: 1}
		for name, x := range map[string]struct {
			by     domain.Actor
			member seating.MemberView
			n      *committee.Composition
		}{
			"public": {public, bare, nil}, "person": {person, bare, nil},
			"member":    {testkit.Member(c.ID, m.ID, false), bare, nil},
			"elsewhere": {testkit.Secretary("other"), bare, nil}, "chair": {testkit.Member(c.ID, "chair", true), full, counted},
			"clerk": {testkit.Clerk(c.ID), full, counted}, "admin": {admin, full, counted}, "auditor": {auditor, full, counted},
		} {
			got, err := w.s.Show(t.Context(), x.by, seating.ShowInput{Committee: c.ID})
			must(t, err)
			want := seating.View{
				Committee: c, Provisional: true, Serving: 1, Composition: x.n,
				Seats: []seating.SeatView{{Seat: seats[0]}, {Seat: seats[1], Member: &x.member}, {Seat: seats[2]}},
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
			raw, err := json.Marshal(got)
			must(t, err)
			if x.n == nil && (strings.Contains(string(raw), "1990") || strings.Contains(string(raw), "female")) {
				t.Errorf("%s reads %s", name, raw)
			}
		}
		_, err := w.s.Show(t.Context(), public, seating.ShowInput{Committee: "none"})
		refused(t, err, domain.CodeNotFound, "not_found.committee")
	})
}

func TestFindingsOfACommittee(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		in := founding("dx")
		in.FoundedOn, in.SunsetOn, in.PlannedMeetings = "2024-07-01", "2027-05-01", 3
		c, seats := w.active(in, 3)
		for i, s := range seats[1:3] {
			a := appointing(s.ID, w.account(code("p", i)))
			a.Sex, a.BirthYear, a.From, a.Until = committee.Male, 1960, "2025-01-10", "2027-01-09"
			w.appoint(a)
		}
		first := w.memberOf(seats[1].ID)
		for n, day := range []calendar.Date{"2025-02-01", "2025-04-01", "2025-06-01"} {
			w.plan(c.ID, n+1, meeting.Adjourned, day.Time())
			if n > 0 {
				w.attend(c.ID, n+1, first.ID)
			}
		}
		w.clock.Set(calendar.Date("2026-11-22").Time())
		got, err := w.s.Check(t.Context(), testkit.Clerk(c.ID), seating.ShowInput{Committee: c.ID})
		must(t, err)
		want := []string{
			"committee.standing_meetings", "committee.sunset_longer_than_usual", "committee.vice_chair_missing",
			"committee.sex_ratio", "committee.youth_ratio", "committee.sunset_extension", "committee.quarter_without_meeting",
			"committee.vacancies", "member.term_ends", "member.term_ends", "member.attendance",
		}
		if diff := cmp.Diff(want, keysOf(got.Findings)); diff != "" {
			t.Errorf("found (-want +got):\n%s", diff)
		}
		absent := w.memberOf(seats[2].ID)
		if f := got.Findings[len(got.Findings)-1]; f.Subject != absent.ID || f.Args["held"] != 3 || f.Args["attended"] != 0 {
			t.Errorf("attendance %+v", f)
		}
		_, err = w.s.Check(t.Context(), admin, seating.ShowInput{Committee: "none"})
		refused(t, err, domain.CodeNotFound, "not_found.committee")
		forbidden(t, func(by domain.Actor) error {
			_, err := w.s.Check(t.Context(), by, seating.ShowInput{Committee: c.ID})
			return err
		}, public, person, testkit.Member(c.ID, first.ID, false))
	})
}

func (w *world) memberOf(seat domain.ID) (m committee.Member) {
	w.t.Helper()
	w.read(func(ctx context.Context, tx *store.Tx) error {
		all, err := tx.MembersOfSeat(ctx, seat)
		m = all[0]
		return err
	})
	return m
}

func (w *world) attend(of domain.ID, n int, who domain.ID) {
	w.t.Helper()
	w.write(func(ctx context.Context, tx *store.Tx) error {
		at := w.clock.Now()
		return tx.AddPresence(ctx, meeting.Presence{
			ID: domain.ID(fmt.Sprint(who, n)), Meeting: domain.ID(code(string(of), n)), Member: who, InAt: at, OutAt: &at,
		})
	})
}

func TestAPackThatIsGoneIsNotTheReadersFault(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		c, _ := w.active(founding("dx"), 1)
		must(t, w.db.Exec(t.Context(), "UPDATE committees SET pack = 'gone'"))
		_, err := w.s.Show(t.Context(), public, seating.ShowInput{Committee: c.ID})
		refused(t, err, domain.CodeInternal, "committee.pack_unknown")
	})
}

func TestTheTrailHoldsNothingPersonal(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		_, seats := w.active(founding("dx"), 1)
		m := w.appoint(appointing(seats[1].ID, w.account("hong")))
		_, err := w.s.End(t.Context(), admin, seating.EndInput{
			Member: m.ID, Version: 1, On: "2026-12-01", Ground: "incapacity", Reason: "장기 치료",
		})
		must(t, err)
		for _, table := range []string{"audit_entries", "signals", "memories"} {
			for _, row := range w.db.Rows(t, table) {
				for _, s := range []string{"홍길동", "기업 A", "1990", "hong@", "장기 치료"} {
					if strings.Contains(row, s) {
						t.Errorf("%s holds %q: %s", table, s, row)
					}
				}
			}
		}
	})
}
