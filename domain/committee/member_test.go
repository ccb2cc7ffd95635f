package committee_test

import (
	"testing"

	"pgregory.net/rapid"

	"secretariat/domain/calendar"
	. "secretariat/domain/committee"
)

// inOffice says in words what Serves computes: from the first day, until the appointment is ended or, unless it holds
// over, its last day is over.
func inOffice(m Member, day calendar.Date) bool {
	if day < m.From {
		return false
	}
	if m.EndedOn != "" {
		return day < m.EndedOn
	}
	if m.Until == "" || m.Holdover {
		return true
	}
	return day <= m.Until
}

func TestServesFromTheFirstDayToTheLast(t *testing.T) {
	m := term("2026-07-01", "2028-06-30")
	for day, want := range map[calendar.Date]bool{
		"2026-06-30": false, "2026-07-01": true, "2028-06-30": true, "2028-07-01": false,
	} {
		if m.Serves(day) != want {
			t.Errorf("serves on %s: %v", day, !want)
		}
	}
	gone := ended(m, "2027-01-01", "resigned")
	if !gone.Serves("2026-12-31") || gone.Serves("2027-01-01") {
		t.Error("an appointment ended on a day does not end with the day before")
	}
}

func TestServesAgainstWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, day := anyMember(60).Draw(t, "member"), days(150).Draw(t, "day")
		if got, want := m.Serves(day), inOffice(m, day); got != want {
			t.Fatalf("%+v serves on %s: %v, want %v", m, day, got, want)
		}
	})
}

// withoutHoldingOver is m as a successor meets it: holding over that has not ended is no term.
func withoutHoldingOver(m Member) Member {
	m.Holdover = m.Holdover && m.EndedOn != ""
	return m
}

func TestOverlapAgainstCountingDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyMember(40).Draw(t, "one"), anyMember(40).Draw(t, "other")
		want := false
		for n := range 200 {
			day := calendar.Date("2020-01-01").AddDays(n)
			want = want || inOffice(withoutHoldingOver(a), day) && inOffice(withoutHoldingOver(b), day)
		}
		if a.Overlaps(b) != want || b.Overlaps(a) != want {
			t.Fatalf("%+v and %+v overlap: %v, want %v", a, b, a.Overlaps(b), want)
		}
	})
}

func TestServingMembersSitInTheirSeats(t *testing.T) {
	old, now := term("2024-07-01", "2026-06-30"), term("2026-07-01", "2028-06-30")
	c := Chamber{At: noon("2026-11-22"), Seated: []Seated{
		{Seat: Seat{ID: "1", Number: 1}, Member: &now}, {Seat: Seat{ID: "2", Number: 2}},
		{Seat: Seat{ID: "3", Number: 3}, Member: &old},
	}}
	if got := c.Serving(); len(got) != 1 || got[0].ID != now.ID {
		t.Errorf("serving %+v", got)
	}
	if s, ok := c.Member(now.ID); !ok || s.Seat.Number != 1 {
		t.Errorf("found %+v, %v", s, ok)
	}
	if _, ok := c.Member("nobody"); ok {
		t.Error("found nobody")
	}
	if got := c.Seats(); len(got) != 3 || got[2].Number != 3 {
		t.Errorf("seats %+v", got)
	}
}
