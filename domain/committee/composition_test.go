package committee_test

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"secretariat/domain/calendar"
	. "secretariat/domain/committee"
)

// share reports by rational numbers whether part/whole is at most (or at least) num/den.
func share(part, whole int, atMost bool, num, den int64) bool {
	have, limit := big.NewRat(int64(part), int64(whole)), big.NewRat(num, den)
	if atMost {
		return have.Cmp(limit) <= 0
	}
	return have.Cmp(limit) >= 0
}

func TestRatiosAgainstRationals(t *testing.T) {
	r := rules(t)
	rapid.Check(t, func(t *rapid.T) {
		women := rapid.IntRange(0, 30).Draw(t, "women")
		men := rapid.IntRange(0, 30).Draw(t, "men")
		unknown := rapid.IntRange(0, 3).Draw(t, "undisclosed")
		n := Composition{Appointed: women + men + unknown, Women: women, Men: men}
		n.Youth = rapid.IntRange(0, n.Appointed).Draw(t, "youth")
		c := Committee{Remit: rapid.SampledFrom([]Remit{GeneralRemit, YouthPolicy, Subsidy}).Draw(t, "remit")}
		c.YouthException = rapid.SampledFrom([]string{"", "individual_cases", "whim"}).Draw(t, "exception")
		found := CheckComposition(c, n, r)
		if n.Appointed == 0 {
			if len(found) != 0 {
				t.Fatalf("nobody is out of balance: %v", keys(found))
			}
			return
		}
		least := int64(1)
		if c.Remit == YouthPolicy {
			least = 3
		}
		unbalanced := !share(women, n.Appointed, true, 6, 10) || !share(men, n.Appointed, true, 6, 10)
		old := c.YouthException != "individual_cases" && !share(n.Youth, n.Appointed, false, least, 10)
		if has(found, "committee.sex_ratio") != unbalanced || has(found, "committee.youth_ratio") != old {
			t.Fatalf("%+v in %+v: %v, want sex %v, youth %v", n, c, keys(found), unbalanced, old)
		}
	})
}

func TestRatiosAtTheirEdges(t *testing.T) {
	r := rules(t)
	for name, x := range map[string]struct {
		n     Composition
		remit Remit
		want  []string
	}{
		"6 of 10": {n: Composition{Appointed: 10, Women: 4, Men: 6, Youth: 1}},
		"7 of 10": {
			n:    Composition{Appointed: 10, Women: 3, Men: 7, Youth: 1},
			want: []string{"committee.sex_ratio"},
		},
		"6 of 9": {
			n:    Composition{Appointed: 9, Women: 6, Men: 3, Youth: 1},
			want: []string{"committee.sex_ratio"},
		},
		"no youth": {n: Composition{Appointed: 10, Women: 5, Men: 5}, want: []string{"committee.youth_ratio"}},
		"1 of 11": {
			n:    Composition{Appointed: 11, Women: 5, Men: 6, Youth: 1},
			want: []string{"committee.youth_ratio"},
		},
		"2 of 10, youth policy": {
			n: Composition{Appointed: 10, Women: 5, Men: 5, Youth: 2}, remit: YouthPolicy,
			want: []string{"committee.youth_ratio"},
		},
		"3 of 10, youth policy": {n: Composition{Appointed: 10, Women: 5, Men: 5, Youth: 3}, remit: YouthPolicy},
	} {
		t.Run(name, func(t *testing.T) { wants(t, CheckComposition(Committee{Remit: x.remit}, x.n, r), x.want...) })
	}
}

func TestOnlyAppointedMembersInOfficeCount(t *testing.T) {
	r := rules(t)
	rapid.Check(t, func(t *rapid.T) {
		today := days(100).Draw(t, "today")
		c, want := Chamber{At: noon(today)}, Composition{}
		for range rapid.IntRange(0, 12).Draw(t, "seats") {
			kind := rapid.SampledFrom([]SeatKind{ExOfficio, Appointed, Official}).Draw(t, "kind")
			x := Seated{Seat: Seat{Kind: kind}}
			if rapid.Bool().Draw(t, "filled") {
				m := anyMember(100).Draw(t, "member")
				m.Sex = rapid.SampledFrom([]Sex{Female, Male, Undisclosed}).Draw(t, "sex")
				m.BirthYear = rapid.SampledFrom([]int{0, 1950, 1980, 1981, 2001, 2002}).Draw(t, "born")
				x.Member = &m
			}
			c.Seated = append(c.Seated, x)
			if kind == Appointed && x.Member != nil && inOffice(*x.Member, today) {
				want = counted(want, *x.Member)
			}
		}
		if got := Compose(c, r); got != want {
			t.Fatalf("counted %+v, want %+v", got, want)
		}
	})
}

// counted adds a member as of 2020: who was born from 1981 to 2001 is 19 to 39 in that year.
func counted(n Composition, m Member) Composition {
	n.Appointed++
	if m.Sex == Female {
		n.Women++
	}
	if m.Sex == Male {
		n.Men++
	}
	if m.BirthYear >= 1981 && m.BirthYear <= 2001 {
		n.Youth++
	}
	return n
}

func TestYouthIsByTheYearOfBirth(t *testing.T) {
	r := rules(t)
	for born, want := range map[int]bool{0: false, 1986: false, 1987: true, 2007: true, 2008: false} {
		for _, day := range []calendar.Date{"2026-01-01", "2026-12-31"} {
			if IsYouth(born, day, r) != want {
				t.Errorf("born %d, youth on %s: %v", born, day, !want)
			}
		}
	}
}
