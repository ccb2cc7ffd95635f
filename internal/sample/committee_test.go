package sample

import (
	"reflect"
	"strings"
	"testing"
	"time"
)

func loaded(t *testing.T) *Sample {
	t.Helper()
	s, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSeatsAreFifteenInOrder(t *testing.T) {
	c := loaded(t).Committee
	if len(c.Seats) != 15 || c.Provisional != true || c.ViceChair.Seat != 0 {
		t.Fatalf("%d seats, provisional %v, vice chair %d", len(c.Seats), c.Provisional, c.ViceChair.Seat)
	}
	names, emails := map[string]bool{}, map[string]bool{}
	for i, s := range c.Seats {
		if s.Number != i+1 || (s.Role == "chair") != (s.Number == 1) || s.Post == "" {
			t.Errorf("seat %d: %+v", i+1, s)
		}
		names[s.Member.Name], emails[s.Member.Email] = true, true
	}
	if len(names) != 15 || len(emails) != 15 {
		t.Errorf("%d names, %d addresses", len(names), len(emails))
	}
	if seat, ok := c.Seat(7); !ok || seat.Number != 7 {
		t.Errorf("Seat(7) = %+v, %v", seat, ok)
	}
	if _, ok := c.Seat(16); ok {
		t.Error("Seat(16) found")
	}
}

// TestAppointedSeatsKeepTheRatios counts 위원회조례 8④ and 8⑤ in integers on the day of appointment.
func TestAppointedSeatsKeepTheRatios(t *testing.T) {
	appointed, sexes, youth := 0, map[string]int{}, 0
	for _, s := range loaded(t).Committee.Seats {
		if s.Kind != Appointed {
			continue
		}
		appointed++
		sexes[s.Member.Sex]++
		// Whoever is 19 to 39 in either half of the year counts for certain.
		if s.Member.BirthYear >= 2026-38 && s.Member.BirthYear <= 2026-20 {
			youth++
		}
	}
	if appointed != 10 || sexes["F"]+sexes["M"] != appointed {
		t.Fatalf("%d appointed, sexes %v", appointed, sexes)
	}
	if 10*max(sexes["F"], sexes["M"]) > 6*appointed || 10*youth < appointed {
		t.Errorf("sexes %v, youth %d of %d", sexes, youth, appointed)
	}
}

func TestTermsAreTwoYears(t *testing.T) {
	c := loaded(t).Committee
	day := func(s string) time.Time {
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, s := range c.Seats {
		if s.Kind == ExOfficio {
			if s.Member.TermFrom != "" || s.Member.TermTo != "" {
				t.Errorf("ex officio seat %d has a term", s.Number)
			}
			continue
		}
		end := day(s.Member.TermFrom).AddDate(c.Charter.TermYears, 0, -1)
		if !end.Equal(day(s.Member.TermTo)) {
			t.Errorf("seat %d serves until %s, want %s", s.Number, s.Member.TermTo, end)
		}
	}
	if day(c.Charter.Sunset).After(day(c.Established).AddDate(5, 0, -1)) {
		t.Errorf("sunset %s is more than five years after %s (위원회조례 12)", c.Charter.Sunset, c.Established)
	}
}

// TestCharterIsComplete walks over the fields, since 위원회조례 7① refuses a charter with one missing.
func TestCharterIsComplete(t *testing.T) {
	v := reflect.ValueOf(loaded(t).Committee.Charter)
	for i := range v.NumField() {
		if v.Field(i).IsZero() {
			t.Errorf("charter lacks %s", v.Type().Field(i).Name)
		}
	}
}

func TestMeetingHasQuorum(t *testing.T) {
	c := loaded(t).Committee
	if len(c.Meeting.Attendance) != len(c.Seats) {
		t.Fatalf("attendance of %d seats", len(c.Meeting.Attendance))
	}
	for i, a := range c.Meeting.Attendance {
		if a.Seat != i+1 || !strings.Contains(" present remote absent ", " "+a.How+" ") {
			t.Errorf("attendance %+v", a)
		}
	}
	if n := len(c.Meeting.Attending()); n != 12 {
		t.Errorf("%d attend, want 12", n)
	}
}

func TestSubcommitteeIsOfMembers(t *testing.T) {
	c := loaded(t).Committee
	chairs := 0
	for _, n := range c.Subcommittee.Seats {
		if _, ok := c.Seat(n); !ok {
			t.Errorf("subcommittee seat %d", n)
		}
		if n == c.Subcommittee.Chair {
			chairs++
		}
	}
	if chairs != 1 {
		t.Errorf("chair %d sits %d times", c.Subcommittee.Chair, chairs)
	}
}

// TestDatesAreAnsweredBySeats checks that a seat answers a date once, that some owe an answer, and that one date has a
// quorum and one has not, so that a newcomer sees both.
func TestDatesAreAnsweredBySeats(t *testing.T) {
	c := loaded(t).Committee
	needed, met := len(c.Seats)/2+1, map[bool]int{}
	for _, d := range c.Meeting.Dates {
		if d.Day < 1 || d.Hour < 9 || d.Hour > 17 {
			t.Errorf("day %d, %d o'clock", d.Day, d.Hour)
		}
		for _, n := range d.Cannot {
			if d.Reply(n) != "no" {
				t.Errorf("seat %d answers twice on day %d", n, d.Day)
			}
		}
		met[len(d.Can) >= needed]++
	}
	replying := Replying(c.Meeting.Dates)
	for _, n := range replying {
		if _, ok := c.Seat(n); !ok {
			t.Errorf("seat %d answers", n)
		}
	}
	if len(replying) == 0 || len(replying) >= len(c.Seats) || met[true] == 0 || met[false] == 0 {
		t.Errorf("%d of %d answer; dates with and without quorum: %v", len(replying), len(c.Seats), met)
	}
}
