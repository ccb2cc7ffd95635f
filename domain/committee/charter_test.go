package committee_test

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"secretariat/domain/calendar"
	. "secretariat/domain/committee"
)

// headings are those of 위원회조례 7①.
var headings = []string{
	"purpose", "composition", "duration", "disqualification", "convening", "quorum", "chair_powers", "subcommittees",
}

func charter(without ...string) Charter {
	out := Charter{}
	for _, h := range headings {
		if !slices.Contains(without, h) {
			out[h] = "제1조"
		}
	}
	return out
}

// standing is a committee as most are: its charter complete, four meetings a year, for two years.
func standing() Committee {
	return Committee{
		ID: "c", State: Active, Standing: true, PlannedMeetings: 4, FoundedOn: "2026-07-01", SunsetOn: "2028-06-30",
		Charter: charter(),
	}
}

func TestEachMissingHeadingIsAFinding(t *testing.T) {
	r := rules(t)
	wants(t, CheckCharter(standing(), nil, r))
	for _, h := range headings {
		c := standing()
		c.Charter[h] = " \n"
		found := CheckCharter(c, nil, r)
		wants(t, found, "committee.charter_missing!")
		if found[0].Args["heading"] != h || found[0].Basis != "위원회조례 7①" {
			t.Errorf("without %s: %+v", h, found[0])
		}
	}
	c := standing()
	c.Charter = nil
	if n := len(CheckCharter(c, nil, r)); n != len(headings) {
		t.Errorf("%d findings of an empty charter, want %d", n, len(headings))
	}
}

func TestStandingFormNeedsAGround(t *testing.T) {
	for name, x := range map[string]struct {
		change func(*Committee)
		want   []string
	}{
		"four meetings":       {func(c *Committee) {}, nil},
		"three meetings":      {func(c *Committee) { c.PlannedMeetings = 3 }, []string{"committee.standing_meetings"}},
		"three, by law":       {func(c *Committee) { c.PlannedMeetings, c.StandingGround = 3, StandingByLaw }, nil},
		"three, for fairness": {func(c *Committee) { c.PlannedMeetings, c.StandingGround = 3, "fairness" }, nil},
		"three, and four expected": {
			func(c *Committee) { c.PlannedMeetings, c.StandingGround = 3, StandingByExpectancy },
			[]string{"committee.standing_meetings"},
		},
		"three, on a whim": {
			func(c *Committee) { c.PlannedMeetings, c.StandingGround = 3, "whim" },
			[]string{"committee.standing_meetings"},
		},
		"ad hoc": {func(c *Committee) { c.PlannedMeetings, c.Standing = 0, false }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			c := standing()
			x.change(&c)
			wants(t, CheckCharter(c, nil, rules(t)), x.want...)
		})
	}
}

func TestDurationIsCountedWithTheFirstDay(t *testing.T) {
	for name, x := range map[string]struct {
		sunset, extended calendar.Date
		ground           string
		want             []string
	}{
		"two years":                     {"2028-06-30", "", "", nil},
		"two years and a day":           {"2028-07-01", "", "", []string{"committee.sunset_longer_than_usual"}},
		"the same, by law":              {"2028-07-01", "", StandingByLaw, nil},
		"five years":                    {"2031-06-30", "", StandingByLaw, nil},
		"five years and a day":          {"2031-07-01", "", StandingByLaw, []string{"committee.sunset_too_late!"}},
		"none":                          {"", "", "", []string{"committee.sunset_missing"}},
		"five years after an extension": {"2033-06-30", "2028-07-01", StandingByLaw, nil},
		"and a day":                     {"2033-07-01", "2028-07-01", StandingByLaw, []string{"committee.sunset_too_late!"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := standing()
			c.SunsetOn, c.ExtendedOn, c.StandingGround = x.sunset, x.extended, x.ground
			wants(t, CheckCharter(c, nil, rules(t)), x.want...)
		})
	}
}

func TestDurationAgainstCountingYears(t *testing.T) {
	r := rules(t)
	rapid.Check(t, func(t *rapid.T) {
		c := standing()
		c.FoundedOn, c.SunsetOn = days(3000).Draw(t, "founded"), days(6000).Draw(t, "sunset")
		if c.SunsetOn < c.FoundedOn {
			c.FoundedOn, c.SunsetOn = c.SunsetOn, c.FoundedOn
		}
		years := 0 // that have been completed when the sunset day is over
		for c.FoundedOn.AddYears(years+1) <= c.SunsetOn.AddDays(1) {
			years++
		}
		odd := c.FoundedOn.AddYears(years) != c.SunsetOn.AddDays(1)
		found := CheckCharter(c, nil, r)
		late := years > 5 || years == 5 && odd
		long := !late && (years > 2 || years == 2 && odd)
		if has(found, "committee.sunset_too_late!") != late || has(found, "committee.sunset_longer_than_usual") != long {
			t.Fatalf("%s to %s (%d years, odd days %v): %v", c.FoundedOn, c.SunsetOn, years, odd, keys(found))
		}
	})
}

func TestSubcommitteeFollowsItsParent(t *testing.T) {
	parent := standing()
	for name, x := range map[string]struct {
		change func(c, parent *Committee)
		rule   []string
		want   []string
	}{
		"own charter is complete":     {change: func(_, p *Committee) { p.Charter = charter() }},
		"parent's charter fills gaps": {change: func(c, _ *Committee) { c.Charter = Charter{"purpose": "사전검토"} }},
		"gap in both": {
			change: func(c, p *Committee) { delete(c.Charter, "quorum"); delete(p.Charter, "quorum") },
			want:   []string{"committee.charter_missing!"},
		},
		"no sunset of its own": {change: func(c, _ *Committee) { c.SunsetOn = "" }},
		"lasts longer": {
			change: func(c, _ *Committee) { c.SunsetOn = "2028-07-01" },
			want:   []string{"committee.sunset_after_parent"},
		},
		"parent drafted": {
			change: func(_, p *Committee) { p.State = Draft },
			want:   []string{"committee.parent_not_active!"},
		},
		"parent dissolved": {
			change: func(_, p *Committee) { p.State = Dissolved },
			want:   []string{"committee.parent_not_active!"},
		},
		"parent does not provide": {
			change: func(_, p *Committee) { delete(p.Charter, "subcommittees") },
			want:   []string{"committee.subcommittee_basis!"},
		},
		"a resolution does": {
			change: func(_, p *Committee) { delete(p.Charter, "subcommittees") },
			rule:   []string{"subcommittee.basis", "charter, resolution"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			c, p := standing(), parent
			c.Parent, p.Charter = p.ID, maps.Clone(parent.Charter)
			x.change(&c, &p)
			wants(t, CheckCharter(c, &p, rules(t, x.rule...)), x.want...)
		})
	}
}

func TestSunsetIsPointedOutInTime(t *testing.T) {
	r := rules(t)
	for today, want := range map[calendar.Date]string{
		"2027-11-29": "", "2027-11-30": "committee.sunset_extension", "2028-01-02": "committee.sunset_extension",
		"2028-06-30": "committee.sunset_extension", "2028-07-01": "committee.sunset_passed",
	} {
		found := CheckSunset(standing(), r, today)
		if want == "" && len(found) == 0 {
			continue
		}
		wants(t, found, want)
		if want == "committee.sunset_extension" && found[0].Due != "2027-12-30" {
			t.Errorf("an extension is due by %s, want half a year before the sunset", found[0].Due)
		}
	}
	gone, none := standing(), standing()
	gone.State, none.SunsetOn = Dissolved, ""
	wants(t, CheckSunset(gone, r, "2030-01-01"))
	wants(t, CheckSunset(none, r, "2030-01-01"))
}

func TestAQuarterWithoutMeeting(t *testing.T) {
	r := rules(t)
	const today = "2026-11-22"
	const key = "committee.quarter_without_meeting"
	wants(t, CheckFrequency(standing(), nil, r, today), key)
	wants(t, CheckFrequency(standing(), []calendar.Date{"2026-09-30", "2027-01-01"}, r, today), key)
	for _, day := range []calendar.Date{"2026-10-01", "2026-12-31"} {
		wants(t, CheckFrequency(standing(), []calendar.Date{day}, r, today))
	}
	wants(t, CheckFrequency(standing(), nil, rules(t, "meeting.quarter_warning", "false"), today))
	for name, change := range map[string]func(*Committee){
		"draft": func(c *Committee) { c.State = Draft }, "dissolved": func(c *Committee) { c.State = Dissolved },
		"founded now": func(c *Committee) { c.FoundedOn = "2026-10-01" },
	} {
		c := standing()
		change(&c)
		if found := CheckFrequency(c, nil, r, today); len(found) != 0 {
			t.Errorf("%s: %v", name, keys(found))
		}
	}
}
