package seating_test

import (
	"slices"
	"testing"

	"secretariat/domain"
	"secretariat/domain/committee"
	"secretariat/internal/testkit"
	"secretariat/service/seating"
)

func TestTheRegisterTellsOfEverySeat(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		c, seats := w.active(founding("dx"), 3)
		first := w.appoint(appointing(seats[1].ID, w.account("first")))
		_, err := w.s.End(t.Context(), admin, seating.EndInput{
			Member: first.ID, Version: 1, On: "2026-08-01", Ground: "resigned", Reason: "본인 희망",
		})
		must(t, err)
		second := appointing(seats[1].ID, w.account("second"))
		second.From, second.Until, second.BirthYear = "2026-08-01", "", 1960
		later := w.appoint(second)
		ends := appointing(seats[3].ID, w.account("third"))
		ends.From, ends.Until, ends.Sex = "2025-01-01", "2026-12-31", committee.Male
		w.appoint(ends)
		got, err := w.s.Seats(t.Context(), testkit.Secretary(c.ID), seating.ShowInput{Committee: c.ID})
		must(t, err)
		var order []int
		for _, at := range got.Seats {
			order = append(order, at.Seat.Number)
		}
		if !slices.Equal(order, []int{4, 1, 2, 3}) {
			t.Errorf("seats in the order %v: what ends soon is not first", order)
		}
		soon, held, vacant := got.Seats[0], got.Seats[2], got.Seats[3]
		if soon.State != committee.TermEnding || soon.DaysUntil != 39 || soon.LastDay != "2026-12-31" || soon.Terms != 1 {
			t.Errorf("a term that ends soon: %+v", soon)
		}
		if held.Member == nil || held.Member.ID != later.ID || len(held.Past) != 1 || held.Past[0].ID != first.ID {
			t.Errorf("a seat with a predecessor: %+v", held)
		}
		if vacant.Member != nil || vacant.State != committee.TermNone || !slices.Contains(vacant.EndsOn, "resigned") {
			t.Errorf("a vacant seat: %+v", vacant)
		}
		if got.TermsMost < 1 || got.TermsBasis == "" || len(got.Measures) != 3 || len(got.Findings) == 0 {
			t.Errorf("the rules beside the seats: %+v", got)
		}
		forbidden(t, func(by domain.Actor) error {
			_, err := w.s.Seats(t.Context(), by, seating.ShowInput{Committee: c.ID})
			return err
		}, public, person, testkit.Member(c.ID, "m", false), testkit.Secretary("other"), domain.System("x"))
		for _, by := range []domain.Actor{admin, auditor, testkit.Clerk(c.ID), testkit.Member(c.ID, "m", true)} {
			_, err := w.s.Seats(t.Context(), by, seating.ShowInput{Committee: c.ID})
			must(t, err)
		}
	})
}

func TestForeseeingWritesNothing(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		c, seats := w.active(founding("dx"), 2)
		w.appoint(appointing(seats[1].ID, w.account("first")))
		in := seating.ForeseeInput{Committee: c.ID, Seat: seats[2].ID, Sex: committee.Male}
		w.traceless(func() {
			got, err := w.s.Foresee(t.Context(), admin, in)
			must(t, err)
			before, after := got.Before.Measures[1], got.After.Measures[1]
			if before.Count != 0 || before.Of != 1 || after.Count != 1 || after.Of != 2 || got.Seat.ID != seats[2].ID {
				t.Errorf("men before %+v, after %+v", before, after)
			}
			if !slices.Contains(keysOf(got.Before.Findings), "committee.sex_ratio") ||
				slices.Contains(keysOf(got.After.Findings), "committee.sex_ratio") {
				t.Errorf("found before %v, after %v", keysOf(got.Before.Findings), keysOf(got.After.Findings))
			}
		})
		shown, err := w.s.Show(t.Context(), admin, seating.ShowInput{Committee: c.ID})
		must(t, err)
		if shown.Serving != 1 {
			t.Errorf("%d serve after a supposition", shown.Serving)
		}
		in.Seat = "none"
		_, err = w.s.Foresee(t.Context(), admin, in)
		refused(t, err, domain.CodeNotFound, "not_found.seat")
		in.Sex = "whoever"
		_, err = w.s.Foresee(t.Context(), admin, in)
		wrong(t, err, "sex=field.choice")
		forbidden(t, func(by domain.Actor) error {
			_, err := w.s.Foresee(t.Context(), by, seating.ForeseeInput{Committee: c.ID})
			return err
		}, public, person, testkit.Member(c.ID, "m", false), testkit.Secretary("other"))
	})
}

func TestCandidatesGoOnByCursor(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		c, _ := w.active(founding("dx"), 1)
		for _, name := range []string{"a", "b", "c", "d"} {
			w.account(name)
		}
		must(t, w.db.Exec(t.Context(), "UPDATE accounts SET disabled = (1 = 1) WHERE id = 'account-b'"))
		in := seating.CandidatesInput{Committee: c.ID, Limit: 2}
		var got []string
		for {
			page, err := w.s.Candidates(t.Context(), testkit.Secretary(c.ID), in)
			must(t, err)
			for _, x := range page.Items {
				got = append(got, x.Email)
			}
			if page.Next == "" {
				break
			}
			in.After = domain.ID(page.Next)
		}
		if !slices.Equal(got, []string{"a@example.kr", "c@example.kr", "d@example.kr"}) {
			t.Errorf("candidates %v", got)
		}
		forbidden(t, func(by domain.Actor) error {
			_, err := w.s.Candidates(t.Context(), by, in)
			return err
		}, public, person, auditor, testkit.Clerk(c.ID), testkit.Member(c.ID, "m", true), testkit.Secretary("other"))
	})
}
