package seating_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/internal/testkit"
	"secretariat/service/seating"
	"secretariat/store"
)

// adjourned writes a meeting that was held on the day, and who came to it.
func (w *world) adjourned(of domain.ID, n int, day calendar.Date, came ...domain.ID) domain.ID {
	w.t.Helper()
	at := day.Time().Add(14 * time.Hour).UTC()
	w.plan(of, n, meeting.Adjourned, at)
	id := domain.ID(code(string(of), n))
	w.write(func(ctx context.Context, tx *store.Tx) error {
		for i, m := range came {
			out := at.Add(time.Hour)
			stay := meeting.Presence{
				ID: domain.ID(fmt.Sprint(id, "-", i)), Meeting: id, Member: m, Via: meeting.ViaRoom, InAt: at, OutAt: &out,
			}
			if err := tx.AddPresence(ctx, stay); err != nil {
				return err
			}
		}
		return nil
	})
	return id
}

func TestAHistoryCoversAllTermsAndNoMeetingBeside(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		c, seats := w.active(founding("dx"), 2)
		who := w.account("hong")
		first := appointing(seats[1].ID, who)
		first.From, first.Until = "2024-01-01", "2025-12-31"
		one := w.appoint(first)
		second := appointing(seats[2].ID, who)
		second.From, second.Until = "2026-03-01", "2028-02-29"
		two := w.appoint(second)
		w.adjourned(c.ID, 1, "2023-12-31", one.ID) // before office
		w.adjourned(c.ID, 2, "2024-01-01", one.ID)
		w.adjourned(c.ID, 3, "2025-12-31")
		w.adjourned(c.ID, 4, "2026-02-28") // between the terms
		w.adjourned(c.ID, 5, "2026-03-01", two.ID)
		w.plan(c.ID, 6, meeting.Cancelled, w.clock.Now().AddDate(0, -1, 0))
		by := testkit.Member(c.ID, two.ID, false)
		got, err := w.s.History(t.Context(), by, seating.HistoryInput{Committee: c.ID})
		must(t, err)
		if got.Attendance != (committee.Attendance{Held: 3, Attended: 2}) || got.MemberName != "홍길동" || got.Name != c.Name {
			t.Errorf("history %+v", got)
		}
		for _, size := range []int{1, 2, 50} {
			if seen := w.paged(by, c.ID, size); !slices.Equal(seen, []string{"dx5 room", "dx3 ", "dx2 room"}) {
				t.Errorf("pages of %d: %v", size, seen)
			}
		}
		earlier, err := w.s.History(t.Context(), testkit.Clerk(c.ID), seating.HistoryInput{Committee: c.ID, Member: one.ID})
		must(t, err)
		if earlier.Attendance != got.Attendance {
			t.Errorf("by an earlier term it is another history: %+v", earlier)
		}
	})
}

// paged reads a history in pages: the number of each meeting and how the member came.
func (w *world) paged(by domain.Actor, of domain.ID, size int) []string {
	w.t.Helper()
	var out []string
	in := seating.HistoryInput{Committee: of, Limit: size}
	for {
		page, err := w.s.History(w.t.Context(), by, in)
		must(w.t, err)
		if len(page.Items) > size {
			w.t.Fatalf("a page of %d has %d meetings", size, len(page.Items))
		}
		for _, d := range page.Items {
			out = append(out, fmt.Sprintf("dx%d %s", d.Number, d.Via))
		}
		if page.Next == "" {
			return out
		}
		in.Before = domain.ID(page.Next)
	}
}

func TestWhoReadsAHistory(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		c, seats := w.active(founding("dx"), 2)
		m := w.appoint(appointing(seats[1].ID, w.account("hong")))
		other, _ := w.active(founding("other"), 1)
		in := seating.HistoryInput{Committee: c.ID, Member: m.ID}
		for _, by := range []domain.Actor{testkit.Secretary(c.ID), testkit.Clerk(c.ID), testkit.Member(c.ID, m.ID, false)} {
			_, err := w.s.History(t.Context(), by, in)
			must(t, err)
		}
		forbidden(t, func(by domain.Actor) error {
			_, err := w.s.History(t.Context(), by, in)
			return err
		}, public, person, admin, auditor, testkit.Member(c.ID, "another", true), testkit.Secretary(other.ID))
		in.Committee = other.ID
		_, err := w.s.History(t.Context(), testkit.Secretary(other.ID), in)
		refused(t, err, domain.CodeNotFound, "not_found.member")
	})
}

func TestAttendanceOfACommittee(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		c, seats := w.active(founding("dx"), 2)
		in := appointing(seats[1].ID, w.account("first"))
		in.From, in.Until = "2025-01-01", "2026-12-31"
		rare := w.appoint(in)
		in = appointing(seats[2].ID, w.account("second"))
		in.From, in.Until = "2026-06-01", "2028-05-31"
		keen := w.appoint(in)
		for n, day := range []calendar.Date{"2023-11-21", "2025-03-01", "2025-06-01", "2025-09-01"} {
			w.adjourned(c.ID, n+1, day)
		}
		w.adjourned(c.ID, 5, "2026-07-01", rare.ID, keen.ID)
		got, err := w.s.Attendance(t.Context(), testkit.Clerk(c.ID), seating.ShowInput{Committee: c.ID})
		must(t, err)
		var rows []string
		for _, r := range got.Rows {
			rows = append(rows, fmt.Sprintf("%d %d/%d", r.Number, r.Attended, r.Held))
		}
		if !slices.Equal(rows, []string{"2 1/4", "3 1/1"}) || got.Since != "2023-11-22" || got.Basis == "" {
			t.Errorf("attendance %v of %+v", rows, got)
		}
		if len(got.Findings) != 1 || got.Findings[0].Subject != rare.ID {
			t.Errorf("flagged %+v", got.Findings)
		}
		forbidden(t, func(by domain.Actor) error {
			_, err := w.s.Attendance(t.Context(), by, seating.ShowInput{Committee: c.ID})
			return err
		}, public, person, admin, testkit.Member(c.ID, "m", false), testkit.Secretary("other"))
	})
}
