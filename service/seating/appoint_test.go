package seating_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secretariat/domain"
	"secretariat/domain/committee"
	"secretariat/internal/testkit"
	"secretariat/service/seating"
	"secretariat/store"
)

func TestMemberIsAppointed(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		c, seats := w.active(founding("dx"), 2)
		who := w.account("hong")
		in := appointing(seats[1].ID, who)
		in.Name, in.Organisation, in.CouncilNominated, in.ScarceSpecialty = " 홍길동 ", " 기업 A ", true, "양자정보"
		out, err := w.s.Appoint(keyed(t), testkit.Secretary(c.ID), in)
		must(t, err)
		want := committee.Member{
			ID: out.Member.ID, Seat: seats[1].ID, Committee: c.ID, Person: who, Name: "홍길동", Organisation: "기업 A",
			Position: "대표", Sex: committee.Female, BirthYear: 1990, CouncilNominated: true, ScarceSpecialty: "양자정보",
			ConsultedOn: "2026-06-15", From: "2026-07-01", Until: "2028-06-30", Version: 1,
		}
		if diff := cmp.Diff(want, out.Member); diff != "" || out.Member.ID == "" || out.Findings == nil {
			t.Errorf("appointed otherwise (-want +got):\n%s", diff)
		}
		w.audited("member.appoint", "member", out.Member.ID, c.ID)
		again, err := w.s.Appoint(keyed(t), testkit.Secretary(c.ID), in)
		must(t, err)
		if diff := cmp.Diff(out, again); diff != "" {
			t.Errorf("the same key answers otherwise:\n%s", diff)
		}
		forbidden(t, func(by domain.Actor) error {
			_, err := w.s.Appoint(t.Context(), by, seating.AppointInput{Seat: seats[1].ID})
			return err
		}, public, person, auditor, testkit.Clerk(c.ID), testkit.Member(c.ID, "m", true), testkit.Secretary("other"))
	})
}

func TestWhatIsNotSaidComesFromTheRules(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		_, seats := w.active(founding("dx"), 2)
		who := w.account("hong")
		in := appointing(seats[1].ID, who)
		in.Name, in.Until, in.ConsultedOn = "", "", ""
		out, err := w.s.Appoint(t.Context(), admin, in)
		must(t, err)
		if out.Member.Name != "계정 hong" || out.Member.Until != "2028-06-30" {
			t.Errorf("appointed %+v", out.Member)
		}
		if got := keysOf(out.Findings); !slices.Equal(got, []string{"member.consultation"}) {
			t.Errorf("warned of %v", got)
		}
		office := appointing(seats[0].ID, w.account("chief"))
		office.Until = ""
		if m := w.appoint(office); m.Until != "" {
			t.Errorf("an office has a term until %s", m.Until)
		}
	})
}

func TestEveryFaultOfAnAppointmentIsToldAtOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		_, seats := w.active(founding("dx"), 1)
		_, err := w.s.Appoint(t.Context(), admin, seating.AppointInput{
			Seat: seats[1].ID, Name: strings.Repeat("가", 101), Sex: "other", BirthYear: 1899, ConsultedOn: "어제",
		})
		wrong(t, err, "person=field.required", "name=field.too_long", "organisation=field.required", "sex=field.choice",
			"birthYear=field.range", "consultedOn=field.date", "from=field.required")
		in := appointing(seats[1].ID, "nobody")
		in.Until = "2026-06-30"
		_, err = w.s.Appoint(t.Context(), admin, in)
		wrong(t, err, "until=field.range")
		in.Until = ""
		_, err = w.s.Appoint(t.Context(), admin, in)
		refused(t, err, domain.CodeNotFound, "not_found.account")
		in.Seat = "none"
		_, err = w.s.Appoint(t.Context(), admin, in)
		refused(t, err, domain.CodeNotFound, "not_found.seat")
	})
}

func TestTheLawRefusesAnAppointment(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		_, seats := w.active(founding("dx"), 3)
		who := w.account("hong")
		long := appointing(seats[1].ID, who)
		long.Until = "2029-07-01"
		w.traceless(func() {
			_, err := w.s.Appoint(t.Context(), admin, long)
			cited(t, err, "member.term_length", "위원회조례 8②")
		})
		first := w.appoint(appointing(seats[1].ID, who))
		second := appointing(seats[2].ID, who)
		second.From, second.Until = "2028-06-30", "2029-06-29"
		_, err := w.s.Appoint(t.Context(), admin, second)
		cited(t, err, "member.serves_already", "위원회조례 8①, 4IR조례 7①, 울산조례 8②")
		_, err = w.s.End(t.Context(), admin, seating.EndInput{
			Member: first.ID, Version: 1, On: "2027-01-01", Ground: "attendance", Reason: "출석률 미달",
		})
		must(t, err)
		second.From, second.Until = "2027-12-31", "2028-12-30"
		_, err = w.s.Appoint(t.Context(), admin, second)
		cited(t, err, "member.cooling", "위원회조례 8③")
		second.From = "2028-01-01"
		w.appoint(second)
	})
}

func TestYearsAreCountedOverTheSeatsOfACommittee(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.rules["member.reappointments_max"] = "9"
		_, seats := w.active(founding("dx"), 2)
		who := w.account("hong")
		for i, from := range []string{"2020-07-01", "2023-07-01"} {
			in := appointing(seats[1+i%2].ID, who)
			in.From, in.Until = dateOf(from), dateOf(from).AddYears(3).AddDays(-1)
			if m := w.appoint(in); m.Reappointments != i {
				t.Errorf("appointment %d counts %d before it", i+1, m.Reappointments)
			}
		}
		in := appointing(seats[1].ID, who)
		in.Until = "2026-07-01"
		_, err := w.s.Appoint(t.Context(), admin, in)
		cited(t, err, "member.cumulative", "위원회조례 8③")
	})
}

func TestASeatHasOneMember(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		_, seats := w.active(founding("dx"), 1)
		var people []domain.ID
		for i := range 6 {
			people = append(people, w.account(code("p", i)))
		}
		var made atomic.Int32
		var all sync.WaitGroup
		for _, who := range people {
			all.Go(func() {
				_, err := w.s.Appoint(t.Context(), admin, appointing(seats[1].ID, who))
				if err == nil {
					made.Add(1)
					return
				}
				refused(t, err, domain.CodeConflict, "seat.taken")
			})
		}
		all.Wait()
		if made.Load() != 1 {
			t.Errorf("%d sit in one seat", made.Load())
		}
	})
}

func TestAppointingWaitsForWhoChangesTheSeats(t *testing.T) {
	for key, x := range map[string]struct{ seat, person int }{"seat.taken": {1, 1}, "member.serves_already": {2, 0}} {
		t.Run(key, func(t *testing.T) {
			engines(t, func(t *testing.T, w *world) {
				c, seats := w.active(founding("dx"), 2)
				people := []domain.ID{w.account("hong"), w.account("other")}
				first := committee.Member{
					ID: "first", Seat: seats[x.seat].ID, Committee: c.ID, Person: people[x.person], From: "2026-07-01",
					Until: "2028-06-30", Version: 1,
				}
				err := w.beside(first, func() error {
					_, err := w.s.Appoint(t.Context(), admin, appointing(seats[1].ID, people[0]))
					return err
				})
				if got := domain.KeyOf(err); got != key {
					t.Errorf("appointed beside another appointment: %v, want %s", err, key)
				}
			})
		})
	}
}

// beside runs act while a transaction that holds the committee writes m, and gives the error of act. What does not
// wait for the committee is over before m is there.
func (w *world) beside(m committee.Member, act func() error) error {
	w.t.Helper()
	done := make(chan error, 1)
	w.write(func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.LockCommittee(ctx, m.Committee); err != nil {
			return err
		}
		go func() { done <- act() }()
		select {
		case err := <-done:
			done <- err
		case <-time.After(200 * time.Millisecond): // long enough for what does not wait
		}
		return tx.AddMember(ctx, m)
	})
	return <-done
}

func TestAPersonHasOneSeat(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		_, seats := w.active(founding("dx"), 6)
		who := w.account("hong")
		var made atomic.Int32
		var all sync.WaitGroup
		for _, s := range seats[1:] {
			all.Go(func() {
				_, err := w.s.Appoint(t.Context(), admin, appointing(s.ID, who))
				if err == nil {
					made.Add(1)
					return
				}
				refused(t, err, domain.CodeRefused, "member.serves_already")
			})
		}
		all.Wait()
		if made.Load() != 1 {
			t.Errorf("one person sits in %d seats", made.Load())
		}
	})
}

func TestOneKeyAtOnceAppointsOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		_, seats := w.active(founding("dx"), 1)
		in := appointing(seats[1].ID, w.account("hong"))
		got := make([]seating.Appointed, 6)
		var all sync.WaitGroup
		for i := range got {
			all.Go(func() {
				var err error
				if got[i], err = w.s.Appoint(keyed(t), admin, in); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		for _, a := range got[1:] {
			if diff := cmp.Diff(got[0], a); diff != "" {
				t.Fatalf("answers differ:\n%s", diff)
			}
		}
	})
}

func TestAReplacementServesTheRemainder(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		_, seats := w.active(founding("dx"), 1)
		first := w.appoint(appointing(seats[1].ID, w.account("first")))
		_, err := w.s.End(t.Context(), admin, seating.EndInput{
			Member: first.ID, Version: 1, On: "2026-11-01", Ground: "resigned", Reason: "본인 희망",
		})
		must(t, err)
		in := appointing(seats[1].ID, w.account("second"))
		in.From, in.Until = "2026-11-20", "2028-11-19"
		_, err = w.s.Appoint(t.Context(), admin, in)
		cited(t, err, "member.term_remainder", "울산조례 8④ 단서, 보조금조례 30②")
		in.Until = ""
		if m := w.appoint(in); m.Until != "2028-06-30" {
			t.Errorf("serves until %s", m.Until)
		}
	})
}

func TestWhoHoldsOverLeavesWithTheSuccessor(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.rules["member.holdover"] = "true"
		c, seats := w.active(founding("dx"), 1)
		old := appointing(seats[1].ID, w.account("old"))
		old.From, old.Until = "2024-07-01", "2026-06-30"
		held := w.appoint(old)
		serving := func() []string {
			shown, err := w.s.Show(t.Context(), public, seating.ShowInput{Committee: c.ID})
			must(t, err)
			var out []string
			for _, s := range shown.Seats {
				if s.Member != nil {
					out = append(out, string(s.Member.ID))
				}
			}
			return out
		}
		if got := serving(); !slices.Equal(got, []string{string(held.ID)}) {
			t.Fatalf("serving %v, want who holds over", got)
		}
		next := appointing(seats[1].ID, w.account("new"))
		next.From, next.Until = "2026-11-01", "2028-10-31"
		successor := w.appoint(next)
		if got := serving(); !slices.Equal(got, []string{string(successor.ID)}) {
			t.Errorf("serving %v, want the successor", got)
		}
		_, err := w.s.End(t.Context(), admin, seating.EndInput{
			Member: held.ID, Version: 2, On: "2026-10-01", Ground: "resigned", Reason: "본인 희망",
		})
		refused(t, err, domain.CodeConflict, "member.ended")
	})
}

func TestFourthCommitteeIsPointedOut(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		who := w.account("hong")
		var last []string
		for n := range 4 {
			_, seats := w.active(founding(code("c", n)), 1)
			out, err := w.s.Appoint(t.Context(), admin, appointing(seats[1].ID, who))
			must(t, err)
			last = keysOf(out.Findings)
			if n == 2 && !slices.Equal(last, []string{"member.concurrent_same_chair"}) {
				t.Errorf("the third under one chair: %v", last)
			}
		}
		if !slices.Equal(last, []string{"member.concurrent", "member.concurrent_same_chair"}) {
			t.Errorf("the fourth: %v", last)
		}
	})
}
