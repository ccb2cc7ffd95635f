package alliance_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"secretariat/domain/alliance"
	"secretariat/domain/calendar"
)

// TestTheDaysOfAHearingAreThoseOfTheLaw against a calendar that is walked a day at a time.
func TestTheDaysOfAHearingAreThoseOfTheLaw(t *testing.T) {
	r := rules(t)
	rapid.Check(t, func(t *rapid.T) {
		held := time.Date(2027, 3, 1, 5, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 400).Draw(t, "held"))
		today := held.AddDate(0, 0, rapid.IntRange(-40, 40).Draw(t, "today"))
		waiting := rapid.IntRange(0, 2).Draw(t, "waiting")
		c := alliance.Consultation{ID: "c", Title: "공청회", Kind: alliance.Hearing, HearingAt: &held, ClosesAt: held.Add(time.Hour)}
		c.State = rapid.SampledFrom([]alliance.ConsultationState{
			alliance.Drafting, alliance.Collecting, alliance.Disposing, alliance.Answered, alliance.Withdrawn,
		}).Draw(t, "state")
		if rapid.Bool().Draw(t, "recorded") {
			c.Record = "결과"
		}
		want, due := "", held
		switch open := c.State == alliance.Collecting || c.State == alliance.Disposing; {
		case c.State == alliance.Drafting:
			want, due = "duty.hearing_notice", back(held, 14)
		case open && waiting > 0 && !today.After(held):
			want, due = "duty.hearing_speakers", back(held, 2)
		case open && c.Record == "" && !today.Before(held):
			want, due = "duty.hearing_record", held.AddDate(0, 0, 7)
		}
		if today.Before(back(due, 7)) {
			want = ""
		}
		got := c.Owed(waiting, r, calendar.DateOf(today))
		switch {
		case want == "" && len(got) == 0:
		case len(got) != 1 || got[0].Key != want || got[0].Due != calendar.DateOf(due) || got[0].Basis == "":
			t.Fatalf("%s on %s of %s: %+v, want %s by %s", c.State, calendar.DateOf(today), calendar.DateOf(held), got, want, calendar.DateOf(due))
		}
	})
}

func back(t time.Time, days int) time.Time {
	for range days {
		t = t.AddDate(0, 0, -1)
	}
	return t
}

func TestAPreNoticeThatIsDraftedHasALastDayToOpen(t *testing.T) {
	r := rules(t)
	c := alliance.Consultation{Kind: alliance.PreNotice, State: alliance.Drafting, ClosesAt: time.Date(2027, 3, 31, 9, 0, 0, 0, time.UTC)}
	if got := c.Owed(0, r, "2027-03-05"); len(got) != 1 || got[0].Due != "2027-03-11" || got[0].Basis != "행정절차법 46③" {
		t.Errorf("%+v", got)
	}
	c.Urgent = "안전"
	if got := c.Owed(0, r, "2027-03-14"); len(got) != 1 || got[0].Due != "2027-03-21" || got[0].Basis != "행정절차법 46④" {
		t.Errorf("%+v", got)
	}
	if got := c.Owed(0, r, "2027-03-13"); len(got) != 0 {
		t.Errorf("long before: %+v", got)
	}
}
