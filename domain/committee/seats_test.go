package committee_test

import (
	"testing"

	"pgregory.net/rapid"

	"secretariat/domain"
	"secretariat/domain/calendar"
	. "secretariat/domain/committee"
)

// chamberOf makes seats: a chair by office, a vice chair, and appointed members up to n.
func chamberOf(n int) []Seat {
	out := []Seat{
		{Number: 1, Kind: ExOfficio, Role: RoleChair, Post: "경제정책실장"}, {Number: 2, Kind: Appointed, Role: RoleViceChair},
	}
	for i := 3; i <= n; i++ {
		out = append(out, Seat{Number: i, Kind: Appointed, Role: RoleMember})
	}
	return out[:n]
}

func TestSeatsInOrder(t *testing.T) {
	byOffice := []string{"committee.chair.selection", "ex_officio"}
	sub := Committee{Parent: "above"}
	for name, x := range map[string]struct {
		of     Committee
		seats  int
		change func(seats []Seat)
		rule   []string
		want   []string
	}{
		"twenty":                   {seats: 20},
		"twenty-one":               {seats: 21, want: []string{"committee.size!"}},
		"ten in a subcommittee":    {of: sub, seats: 10},
		"eleven in a subcommittee": {of: sub, seats: 11, want: []string{"committee.size!"}},
		"office without its name": {
			seats: 15, change: func(s []Seat) { s[0].Post = "" },
			want: []string{"seat.post_missing!"},
		},
		"two chairs": {
			seats: 15, change: func(s []Seat) { s[5].Role = RoleChair },
			want: []string{"committee.chairs!"},
		},
		"chair to be elected": {
			seats: 15, change: func(s []Seat) { s[0].Role = RoleMember },
			want: []string{"committee.chair_not_elected"},
		},
		"no chair by office": {
			seats: 15, rule: byOffice, change: func(s []Seat) { s[0].Role = RoleMember },
			want: []string{"committee.chairs!"},
		},
		"chair by office": {seats: 15, rule: byOffice},
		"chair by office is appointed": {
			seats: 15, rule: byOffice, change: func(s []Seat) { s[0].Kind = Appointed },
			want: []string{"committee.chair_kind"},
		},
		"parent's chair names none": {
			of: sub, seats: 7, change: func(s []Seat) { s[0].Role = RoleMember }, want: []string{"committee.chairs!"},
		},
		"two chairs by charter": {
			seats: 15, rule: []string{"committee.chairs", "2"}, change: func(s []Seat) { s[5].Role = RoleChair },
		},
		"two vice chairs": {
			seats: 15, change: func(s []Seat) { s[5].Role = RoleViceChair },
			want: []string{"committee.vice_chairs!"},
		},
		"no vice chair yet": {
			seats: 15, change: func(s []Seat) { s[1].Role = RoleMember },
			want: []string{"committee.vice_chair_missing"},
		},
		"subcommittee without a vice": {of: sub, seats: 7, change: func(s []Seat) { s[1].Role = RoleMember }},
	} {
		t.Run(name, func(t *testing.T) {
			seats := chamberOf(x.seats)
			if x.change != nil {
				x.change(seats)
			}
			wants(t, CheckSeats(x.of, seats, rules(t, x.rule...)), x.want...)
		})
	}
}

func TestSubsidyCommitteeIsOfCivilians(t *testing.T) {
	r := rules(t)
	rapid.Check(t, func(t *rapid.T) {
		seats, officials := []Seat{}, 0
		for i := range rapid.IntRange(1, 20).Draw(t, "seats") {
			s := Seat{Number: i + 1, Post: "과장", Role: RoleMember}
			s.Kind = rapid.SampledFrom([]SeatKind{Appointed, Appointed, Appointed, ExOfficio, Official}).Draw(t, "kind")
			if s.Kind != Appointed {
				officials++
			}
			seats = append(seats, s)
		}
		seats[0].Role = RoleChair
		found := CheckSeats(Committee{Remit: Subsidy}, seats, r)
		many := !share(officials, len(seats), true, 1, 4)
		inChair := seats[0].Kind != Appointed
		if has(found, "committee.officials!") != many || has(found, "committee.chair_official!") != inChair {
			t.Fatalf("%d officials of %d, chair %s: %v", officials, len(seats), seats[0].Kind, keys(found))
		}
		other := CheckSeats(Committee{}, seats, r)
		if has(other, "committee.officials!") || has(other, "committee.chair_official!") {
			t.Fatalf("the rule of one law is applied to all: %v", keys(other))
		}
	})
}

func TestVacancies(t *testing.T) {
	const today = calendar.Date("2026-11-22")
	left := func(on calendar.Date) []Member {
		return []Member{ended(term("2025-01-01", "2027-05-31"), on, "resigned")}
	}
	for name, x := range map[string]struct {
		past []Member
		kind SeatKind
		may  string // months for which a seat may stay vacant
		want []string
	}{
		"never filled": {kind: Appointed, may: "6", want: []string{"committee.vacancies"}},
		"seven months left": {
			kind: Appointed, may: "6", past: left("2026-11-01"),
			want: []string{"committee.vacancies"},
		},
		"six months left": {
			kind: Appointed, may: "6", past: left("2026-12-01"),
			want: []string{"committee.vacancies"},
		},
		"less than six": {kind: Appointed, may: "6", past: left("2026-12-02")},
		"less, but must be kept": {
			kind: Appointed, may: "0", past: left("2026-12-02"),
			want: []string{"committee.vacancies"},
		},
		"term is over": {
			kind: Appointed, may: "6", past: []Member{term("2024-01-01", "2026-10-31")},
			want: []string{"committee.vacancies"},
		},
		"the rest has passed": {
			kind: Appointed, may: "6", want: []string{"committee.vacancies"},
			past: []Member{ended(term("2025-01-01", "2026-10-31"), "2026-08-01", "resigned")},
		},
		"an office": {
			kind: ExOfficio, may: "6", past: left("2026-12-02"),
			want: []string{"committee.vacancies"},
		},
		"another seat's past": {
			kind: Appointed, may: "6", want: []string{"committee.vacancies"},
			past: []Member{{Seat: "other", From: "2025-01-01", Until: "2027-05-31", EndedOn: "2026-12-02"}},
		},
		"the last counts": {
			kind: Appointed, may: "6", want: []string{"committee.vacancies"},
			past: append(left("2025-02-01"), ended(term("2025-03-01", "2027-05-31"), "2026-11-01", "resigned")),
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := Chamber{At: noon(today), Seated: []Seated{
				{Seat: Seat{ID: "s", Kind: x.kind}}, {Seat: Seat{ID: "full"}, Member: &Member{ID: domain.ID("m")}},
			}}
			r := rules(t, "member.replacement_vacancy_months", x.may)
			found := CheckVacancies(c, x.past, r)
			wants(t, found, x.want...)
			if len(found) == 1 && (found[0].Args["vacant"] != 1 || found[0].Args["seats"] != 2) {
				t.Errorf("counted %v", found[0].Args)
			}
		})
	}
}
