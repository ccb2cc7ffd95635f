package committee_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"secretariat/domain"
	"secretariat/domain/calendar"
	. "secretariat/domain/committee"
)

func drawChamber(t *rapid.T) Chamber {
	c := Chamber{
		Committee: Committee{ID: "c", Remit: rapid.SampledFrom([]Remit{GeneralRemit, YouthPolicy, Subsidy}).Draw(t, "remit")},
		At:        time.Date(2026, 11, 22, 5, 0, 0, 0, time.UTC),
	}
	c.Committee.YouthException = rapid.SampledFrom([]string{"", "individual_cases"}).Draw(t, "exception")
	for n := range rapid.IntRange(1, 12).Draw(t, "seats") {
		s := Seated{Seat: Seat{
			ID: domain.ID(fmt.Sprint("s", n)), Committee: "c", Number: n + 1, Role: RoleMember, Post: "실장",
			Kind: rapid.SampledFrom([]SeatKind{ExOfficio, Appointed, Official}).Draw(t, "kind"),
		}}
		if rapid.Bool().Draw(t, "filled") {
			s.Member = &Member{
				ID: domain.ID(fmt.Sprint("m", n)), Seat: s.Seat.ID, From: "2026-01-01",
				Sex:       rapid.SampledFrom([]Sex{Female, Male, Undisclosed}).Draw(t, "sex"),
				BirthYear: rapid.SampledFrom([]int{0, 1960, 1995}).Draw(t, "born"),
			}
		}
		c.Seated = append(c.Seated, s)
	}
	return c
}

// TestAMeasureFailsWhereTheCheckFindsIt holds the bars of the register to what committee.check finds.
func TestAMeasureFailsWhereTheCheckFindsIt(t *testing.T) {
	r := rules(t)
	rapid.Check(t, func(t *rapid.T) {
		c := drawChamber(t)
		fails := map[string]bool{}
		for _, m := range Measures(c, r) {
			fails[m.Key] = !m.Holds
		}
		found := CheckSupposed(c, nil, r)
		if has(found, "committee.sex_ratio") != (fails["women"] || fails["men"]) ||
			has(found, "committee.youth_ratio") != fails["youth"] || has(found, "committee.officials!") != fails["officials"] {
			t.Fatalf("%+v: measures fail %v, found %v", c, fails, keys(found))
		}
	})
}

// TestASuppositionIsTheChamberWithThatMember and leaves the chamber it was made of as it was.
func TestASuppositionIsTheChamberWithThatMember(t *testing.T) {
	r := rules(t)
	rapid.Check(t, func(t *rapid.T) {
		c := drawChamber(t)
		kept := slices.Clone(c.Seated)
		n := rapid.IntRange(0, len(c.Seated)-1).Draw(t, "seat")
		s := Supposition{
			Seat: c.Seated[n].Seat.ID, Vacant: rapid.Bool().Draw(t, "vacant"), Youth: rapid.Bool().Draw(t, "youth"),
			Sex: rapid.SampledFrom([]Sex{Female, Male, Undisclosed}).Draw(t, "sex"),
		}
		got, found := Suppose(c, s, r)
		if !found || !reflect.DeepEqual(kept, c.Seated) {
			t.Fatalf("the chamber changed, or the seat was not found: %t", found)
		}
		want := slices.Clone(kept)
		want[n].Member = nil
		if !s.Vacant {
			want[n].Member = &Member{From: calendar.DateOf(c.At), Sex: s.Sex}
			if s.Youth {
				want[n].Member.BirthYear = 2000
			}
		}
		if a, b := Compose(got, r), Compose(Chamber{Committee: c.Committee, At: c.At, Seated: want}, r); a != b {
			t.Fatalf("%+v: composed %+v, want %+v", s, a, b)
		}
	})
	if _, found := Suppose(Chamber{}, Supposition{Seat: "none"}, r); found {
		t.Error("a seat was found that there is not")
	}
}
