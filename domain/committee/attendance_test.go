package committee_test

import (
	"testing"

	"pgregory.net/rapid"

	"secretariat/domain"
	"secretariat/domain/calendar"
	. "secretariat/domain/committee"
)

// sat makes meetings on days, to the first came of which the member came.
func sat(came int, on ...calendar.Date) []Sitting {
	var out []Sitting
	for i, d := range on {
		s := Sitting{Day: d, Present: []domain.ID{"somebody"}}
		if i < came {
			s.Present = append(s.Present, "m")
		}
		out = append(out, s)
	}
	return out
}

func seated(from, until calendar.Date) Seated {
	return Seated{Seat: Seat{Kind: Appointed}, Member: &Member{ID: "m", From: from, Until: until}}
}

func TestAttendanceInTheYearFromTheAppointment(t *testing.T) {
	year := []calendar.Date{"2026-07-01", "2026-10-15", "2027-01-20", "2027-06-30"}
	const after = calendar.Date("2027-07-01")
	for name, x := range map[string]struct {
		came  int
		held  []calendar.Date
		today calendar.Date
		until calendar.Date
		rule  []string
		want  []string
	}{
		"half":                {came: 2, held: year, today: after},
		"less than half":      {came: 1, held: year, today: after, want: []string{"member.attendance"}},
		"year not over":       {came: 0, held: year, today: "2027-06-30"},
		"before and after it": {came: 0, held: []calendar.Date{"2026-06-30", "2027-07-01", "2027-07-01"}, today: after},
		"one meeting":         {came: 0, held: year[:1], today: after},
		"one, without mercy": {
			came: 0, held: year[:1], today: after, rule: []string{"member.attendance_exceptions", "short_remainder"},
			want: []string{"member.attendance"},
		},
		"no meeting":           {today: after},
		"the year before last": {came: 0, held: year, today: "2028-07-01", until: "2029-06-30"},
		"eighteen months wanted, a year left": {
			came: 0, held: year, today: after, until: "2027-06-30", rule: []string{"member.attendance_remainder_months", "18"},
		},
		"eighteen months left": {
			came: 0, held: year, today: after, until: "2027-12-31", rule: []string{"member.attendance_remainder_months", "18"},
			want: []string{"member.attendance"},
		},
		"less left, but it counts": {
			came: 0, held: year, today: after, until: "2027-12-30", want: []string{"member.attendance"},
			rule: []string{"member.attendance_remainder_months", "18", "member.attendance_exceptions", "single_meeting"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if x.until == "" {
				x.until = "2028-06-30"
			}
			s := seated("2026-07-01", x.until)
			wants(t, CheckAttendance(s, sat(x.came, x.held...), rules(t, x.rule...), x.today), x.want...)
			s.Seat.Kind = ExOfficio
			wants(t, CheckAttendance(s, sat(x.came, x.held...), rules(t, x.rule...), x.today))
		})
	}
	wants(t, CheckAttendance(Seated{Seat: Seat{Kind: Appointed}}, sat(0, year...), rules(t), after))
}

func TestAttendanceAgainstCounting(t *testing.T) {
	r := rules(t)
	rapid.Check(t, func(t *rapid.T) {
		from := days(400).Draw(t, "from")
		s := seated(from, from.AddYears(3).AddDays(-1))
		today := from.AddDays(rapid.IntRange(0, 1094).Draw(t, "today"))
		var held []Sitting
		for range rapid.IntRange(0, 12).Draw(t, "meetings") {
			x := Sitting{Day: days(1500).Draw(t, "day")}
			if rapid.Bool().Draw(t, "came") {
				x.Present = []domain.ID{"other", "m"}
			}
			held = append(held, x)
		}
		n, came := 0, 0
		for _, x := range held {
			// How many anniversaries lie between: a meeting counts when the next one was the last there has been.
			if anniversaries(from, x.Day)+1 == anniversaries(from, today) && x.Day >= from {
				n++
				came += len(x.Present) / 2
			}
		}
		want := n > 1 && 2*came < n
		if got := has(CheckAttendance(s, held, r, today), "member.attendance"); got != want {
			t.Fatalf("came to %d of %d: flagged %v", came, n, got)
		}
	})
}

// anniversaries counts those of from up to and including the day.
func anniversaries(from, day calendar.Date) int {
	n := 0
	for d := from.AddDays(1); d <= day; d = d.AddDays(1) {
		if d == from.AddYears(n+1) {
			n++
		}
	}
	return n
}
