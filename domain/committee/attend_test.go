package committee_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"secretariat/domain"
	"secretariat/domain/calendar"
	. "secretariat/domain/committee"
)

// drawTerms makes terms of one person that follow one another, some ended early, some held over.
func drawTerms(t *rapid.T) []Member {
	var out []Member
	day := calendar.Date("2024-01-01")
	for n := range rapid.IntRange(0, 4).Draw(t, "terms") {
		from := day.AddDays(rapid.IntRange(0, 40).Draw(t, "pause"))
		m := Member{ID: domain.ID(fmt.Sprint("m", n)), From: from, Until: from.AddDays(rapid.IntRange(0, 200).Draw(t, "days"))}
		switch rapid.IntRange(0, 3).Draw(t, "end") {
		case 0:
			m.EndedOn = from.AddDays(rapid.IntRange(1, 200).Draw(t, "ended"))
		case 1:
			m.Until = ""
			m.EndedOn = from.AddDays(rapid.IntRange(1, 200).Draw(t, "left"))
		case 2:
			m.Holdover, m.EndedOn = true, m.Until.AddDays(rapid.IntRange(1, 60).Draw(t, "over"))
		}
		out, day = append(out, m), m.LastDay().AddDays(1)
	}
	return out
}

// TestAttendanceAgainstCountingDayByDay counts again by walking over every day of office and looking for meetings on it.
func TestAttendanceAgainstCountingDayByDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		terms := drawTerms(t)
		var held []Sitting
		for range rapid.IntRange(0, 25).Draw(t, "meetings") {
			s := Sitting{Day: calendar.Date("2024-01-01").AddDays(rapid.IntRange(-10, 1000).Draw(t, "day")), Present: []domain.ID{"x"}}
			for _, m := range terms {
				if m.Serves(s.Day) && rapid.Bool().Draw(t, "came") {
					s.Present = append(s.Present, m.ID)
				}
			}
			held = append(held, s)
		}
		want := Attendance{}
		for _, m := range terms {
			for day := m.From; day <= m.LastDay(); day = day.AddDays(1) {
				for _, s := range held {
					if s.Day != day {
						continue
					}
					want.Held++
					for _, id := range s.Present {
						if id == m.ID {
							want.Attended++
						}
					}
				}
			}
		}
		if got := Attend(terms, held); got != want {
			t.Fatalf("%+v over %+v: %+v, want %+v", terms, held, got, want)
		}
	})
}

func TestTermsAreShownByUrgency(t *testing.T) {
	at := func(n int, m *Member) Seated { return Seated{Seat: Seat{Number: n}, Member: m} }
	open := &Member{From: "2026-01-01"}
	long := &Member{From: "2026-01-01", Until: "2027-12-31"}
	soon := &Member{From: "2026-01-01", Until: "2027-01-21"}
	today := &Member{From: "2026-01-01", Until: "2026-11-22"}
	over := &Member{From: "2024-01-01", Until: "2026-11-21", Holdover: true}
	var got []string
	for _, s := range ByUrgency([]Seated{at(1, open), at(2, long), at(3, soon), at(4, nil), at(5, over), at(6, today)}, "2026-11-22", 60) {
		got = append(got, fmt.Sprint(s.Seat.Number, " ", StateOf(s.Member, "2026-11-22", 60)))
	}
	want := "[5 over 6 ending 3 ending 1 open 2 running 4 none]"
	if fmt.Sprint(got) != want {
		t.Errorf("%v, want %s", got, want)
	}
	if s := StateOf(&Member{Until: "2027-01-22"}, "2026-11-22", 60); s != TermRunning {
		t.Errorf("61 days before its end a term is %s", s)
	}
}
