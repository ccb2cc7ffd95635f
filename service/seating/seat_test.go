package seating_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"secretariat/domain"
	"secretariat/domain/committee"
	"secretariat/internal/testkit"
	"secretariat/service/seating"
)

func TestSeatIsAdded(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		c := w.draft(founding("dx"))
		in := seating.AddSeatInput{
			Committee: c.ID, Number: 3, Kind: committee.ExOfficio, Role: committee.RoleChair, Post: "경제정책실장", Field: "정책",
		}
		got, err := w.s.AddSeat(keyed(t), testkit.Secretary(c.ID), in)
		must(t, err)
		want := committee.Seat{
			ID: got.ID, Committee: c.ID, Number: 3, Kind: committee.ExOfficio, Role: committee.RoleChair, Post: "경제정책실장",
			Field: "정책",
		}
		if diff := cmp.Diff(want, got); diff != "" || got.ID == "" {
			t.Errorf("added otherwise (-want +got):\n%s", diff)
		}
		w.audited("seat.add", "seat", got.ID, c.ID)
		again, err := w.s.AddSeat(keyed(t), testkit.Secretary(c.ID), in)
		must(t, err)
		if again != got {
			t.Errorf("the same key answers with %+v", again)
		}
		_, err = w.s.AddSeat(t.Context(), admin, in)
		refused(t, err, domain.CodeConflict, "conflict.seat")
		in.Committee = "none"
		_, err = w.s.AddSeat(t.Context(), admin, in)
		refused(t, err, domain.CodeNotFound, "not_found.committee")
		forbidden(t, func(by domain.Actor) error {
			_, err := w.s.AddSeat(t.Context(), by, seating.AddSeatInput{Committee: c.ID})
			return err
		}, public, person, auditor, testkit.Clerk(c.ID), testkit.Member(c.ID, "m", true))
	})
}

func TestEveryFaultOfASeatIsToldAtOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		c := w.draft(founding("dx"))
		_, err := w.s.AddSeat(t.Context(), admin, seating.AddSeatInput{
			Committee: c.ID, Number: 201, Kind: "throne", Role: "king", Field: strings.Repeat("가", 101),
		})
		wrong(t, err, "number=field.range", "kind=field.choice", "role=field.choice", "field=field.too_long")
		_, err = w.s.AddSeat(t.Context(), admin, seating.AddSeatInput{
			Committee: c.ID, Number: 1, Kind: committee.ExOfficio, Role: committee.RoleMember, Post: " ",
		})
		wrong(t, err, "post=field.required")
	})
}

func TestACommitteeInOperationStaysInOrder(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.rules["committee.size.max"] = "3"
		c, _ := w.active(founding("dx"), 1)
		in := seating.AddSeatInput{Committee: c.ID, Number: 7, Kind: committee.Appointed, Role: committee.RoleChair}
		w.traceless(func() {
			_, err := w.s.AddSeat(t.Context(), admin, in)
			cited(t, err, "committee.chairs", "울산조례 8②")
		})
		in.Role = committee.RoleMember
		_, err := w.s.AddSeat(t.Context(), admin, in)
		must(t, err)
		in.Number = 8
		_, err = w.s.AddSeat(t.Context(), admin, in)
		cited(t, err, "committee.size", "위원회조례 8①, 4IR조례 7①, 울산조례 8②")
	})
}
