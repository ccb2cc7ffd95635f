package meeting_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/meeting"
)

// TestAMoveThatIsTakenBackLeavesTheAgendaAsItWas whatever stands where.
func TestAMoveThatIsTakenBackLeavesTheAgendaAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		agenda := []meeting.Item{}
		for n := range rapid.IntRange(1, 8).Draw(t, "items") {
			agenda = append(agenda, meeting.Item{ID: domain.ID(fmt.Sprint(n)), Position: n + 1})
		}
		before := order(agenda)
		moved := rapid.IntRange(0, len(agenda)-1).Draw(t, "moved")
		id, from := agenda[moved].ID, agenda[moved].Position
		agenda = after(agenda, meeting.Reorder(agenda, id, rapid.IntRange(1, 10).Draw(t, "to")))
		agenda = after(agenda, meeting.Reorder(agenda, id, from))
		if got := order(agenda); got != before {
			t.Fatalf("%s became %s", before, got)
		}
	})
}

func order(agenda []meeting.Item) string {
	out := ""
	for _, i := range agenda {
		out += string(i.ID)
	}
	return out
}

func after(agenda, changed []meeting.Item) []meeting.Item {
	for _, c := range changed {
		agenda[slices.IndexFunc(agenda, func(i meeting.Item) bool { return i.ID == c.ID })] = c
	}
	slices.SortFunc(agenda, func(a, b meeting.Item) int { return a.Position - b.Position })
	return agenda
}

func TestOnlyWhatWasWithdrawnIsRestored(t *testing.T) {
	now := seoul("2026-11-23", 9)
	i := meeting.Item{State: meeting.Listed}
	if err := i.Restore(); domain.KeyOf(err) != "item.not_withdrawn" {
		t.Errorf("a listed item: %v", err)
	}
	tabled := meeting.Item{State: meeting.Withdrawn, TabledAt: &now}
	if err := tabled.Restore(); domain.KeyOf(err) != "item.not_withdrawn" {
		t.Errorf("one that was before the meeting: %v", err)
	}
	if err := i.Withdraw("까닭"); err != nil {
		t.Fatal(err)
	}
	if err := i.Restore(); err != nil || i.State != meeting.Listed || i.Outcome != "" || i.OutcomeReason != "" {
		t.Errorf("%+v %v", i, err)
	}
}

func TestADateComesBackOnlyWhereTheListTakesIt(t *testing.T) {
	r, now := rules(t), seoul("2026-11-23", 9)
	date := func(id domain.ID, day string, fate meeting.Fate, closed time.Time) meeting.Candidate {
		c := meeting.Candidate{ID: id, StartsAt: seoul(calendar.Date("2026-12-"+day), 14), ProposedAt: now}
		if fate != "" {
			c.Close(fate, closed)
		}
		return c
	}
	gone := date("d1", "15", meeting.FateRetracted, now)
	for want, p := range map[string]meeting.Poll{
		"":              {Dates: []meeting.Candidate{gone, date("d2", "16", "", now), date("d3", "17", meeting.FateChosen, now.Add(-time.Hour))}},
		"conflict.date": {Dates: []meeting.Candidate{gone, date("d2", "15", "", now)}},
		"date.closed":   {Dates: []meeting.Candidate{gone, date("d2", "16", meeting.FateChosen, now.Add(time.Hour))}},
		"date.too_many": {Dates: []meeting.Candidate{
			gone, date("1", "16", "", now), date("2", "17", "", now), date("3", "18", "", now), date("4", "19", "", now),
			date("5", "20", "", now), date("6", "21", "", now), date("7", "22", "", now),
		}},
	} {
		if err := p.CheckRestore(gone, r, now); domain.KeyOf(err) != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if err := (meeting.Poll{}).CheckRestore(gone, r, seoul("2026-12-15", 14)); domain.KeyOf(err) != "date.past" {
		t.Errorf("a date that has passed: %v", err)
	}
	passed := date("d1", "15", meeting.FatePassed, now)
	if err := passed.Restore(false, now); domain.KeyOf(err) != "date.not_withdrawn" {
		t.Errorf("one that was not withdrawn: %v", err)
	}
}
