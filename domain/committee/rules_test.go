package committee_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"secretariat/domain"
	"secretariat/domain/calendar"
	. "secretariat/domain/committee"
	"secretariat/domain/policy"
	"secretariat/policies"
)

// testing.TB and rapid.T have this in common.
type tb interface {
	Helper()
	Fatal(...any)
}

// rules are those of seoul-general on a day, with the values of some keys changed: key, value, key, value ...
func rules(t tb, changes ...string) policy.Rules {
	t.Helper()
	lib, err := policies.Load("")
	if err != nil {
		t.Fatal(err)
	}
	r, err := lib.Resolve("seoul-general", "2026-11-22")
	if err != nil {
		t.Fatal(err)
	}
	r.Entries = slices.Clone(r.Entries)
	for i := 0; i < len(changes); i += 2 {
		at := slices.IndexFunc(r.Entries, func(e policy.Entry) bool { return e.Key == changes[i] })
		if at < 0 {
			t.Fatal("no key " + changes[i])
		}
		r.Entries[at].Value = changes[i+1]
	}
	if err := r.Validate(); err != nil {
		t.Fatal(err)
	}
	return r
}

// keys lists what was found, blocking findings with an exclamation mark.
func keys(found []domain.Finding) []string {
	out := []string{}
	for _, f := range found {
		k := f.Key
		if f.Blocking {
			k += "!"
		}
		out = append(out, k)
	}
	return out
}

func has(found []domain.Finding, key string) bool { return slices.Contains(keys(found), key) }

// wants fails the test unless exactly these were found, each with its legal source.
func wants(t *testing.T, found []domain.Finding, want ...string) {
	t.Helper()
	got := keys(found)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("found %v, want %v", got, want)
	}
	for _, f := range found {
		if f.Basis == "" {
			t.Errorf("%s cites nothing", f.Key)
		}
	}
}

// days draws a date within so many days of 2020.
func days(within int) *rapid.Generator[calendar.Date] {
	return rapid.Map(rapid.IntRange(0, within), func(n int) calendar.Date {
		return calendar.Date("2020-01-01").AddDays(n)
	})
}

// noon is an instant on the day.
func noon(d calendar.Date) time.Time { return d.Time().Add(12 * time.Hour) }

// term is an appointed member's term; until may be empty.
func term(from, until calendar.Date) Member {
	return Member{ID: domain.ID("m-" + from), Committee: "c", Seat: "s", Person: "p", From: from, Until: until}
}

// ended is m with an end before its term was over.
func ended(m Member, on calendar.Date, ground string) Member {
	m.EndedOn, m.EndGround = on, ground
	return m
}

// anyMember draws a member of any shape that the use cases can make.
func anyMember(within int) *rapid.Generator[Member] {
	return rapid.Custom(func(t *rapid.T) Member {
		m := term(days(within).Draw(t, "from"), "")
		if rapid.Bool().Draw(t, "has a last day") {
			m.Until = m.From.AddDays(rapid.IntRange(0, within/2).Draw(t, "length"))
			m.Holdover = rapid.Bool().Draw(t, "holds over")
		}
		if rapid.Bool().Draw(t, "was ended") {
			most := within
			if m.Until != "" && !m.Holdover {
				most = m.From.DaysUntil(m.Until)
			}
			m.EndedOn = m.From.AddDays(rapid.IntRange(0, most).Draw(t, "ended after"))
		}
		return m
	})
}
