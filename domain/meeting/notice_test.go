package meeting_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"secretariat/domain/calendar"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
	"secretariat/policies"
)

// rules are those of the general pack on a day of 2026.
func rules(t testing.TB) policy.Rules {
	t.Helper()
	library, err := policies.Load("")
	if err != nil {
		t.Fatal(err)
	}
	r, err := library.Resolve("seoul-general", "2026-11-22")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestNoticeOfTheExampleOfTheLaw(t *testing.T) {
	rule := meeting.NoticeRuleOf(rules(t))
	day := calendar.Date("2026-12-15")
	for given, want := range map[calendar.Date]meeting.Timeliness{
		"2026-10-01": meeting.InTime,
		"2026-11-28": meeting.InTime,
		"2026-11-29": meeting.InTime,
		"2026-11-30": meeting.Tight,
		"2026-12-01": meeting.Late,
		"2026-12-15": meeting.Late,
		"2026-12-16": meeting.Late,
	} {
		if got := rule.Judge(given, day); got != want {
			t.Errorf("notice of %s for %s: %s, want %s", given, day, got, want)
		}
	}
	if rule.LastLawful(day) != "2026-11-30" || rule.LastSafe(day) != "2026-11-29" {
		t.Errorf("last lawful %s, last safe %s", rule.LastLawful(day), rule.LastSafe(day))
	}
}

// daysBetween counts the days after the notice up to and with the day of the meeting, one at a time.
func daysBetween(given, day calendar.Date) int {
	n := 0
	for d := given; d < day; d = d.AddDays(1) {
		n++
	}
	return n
}

// naive judges by walking the calendar: the day of the notice is not counted (민법 157).
func naive(rule meeting.NoticeRule, given, day calendar.Date) meeting.Timeliness {
	counted := daysBetween(given, day)
	if given > day {
		counted = -1
	}
	between := counted - 1 // whole days that lie between the two
	switch {
	case counted < rule.Days:
		return meeting.Late
	case rule.Clear && between < rule.Days:
		return meeting.Tight
	}
	return meeting.InTime
}

func TestNoticeAgreesWithCountingDayByDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rule := meeting.NoticeRule{Days: rapid.IntRange(0, 40).Draw(t, "days"), Clear: rapid.Bool().Draw(t, "clear")}
		day := calendar.Date("2023-12-20").AddDays(rapid.IntRange(0, 900).Draw(t, "day"))
		given := day.AddDays(-rapid.IntRange(-3, 60).Draw(t, "before"))
		if got, want := rule.Judge(given, day), naive(rule, given, day); got != want {
			t.Fatalf("%+v: notice of %s for %s: %s, want %s", rule, given, day, got, want)
		}
		if got := rule.Judge(rule.LastLawful(day), day); got == meeting.Late {
			t.Fatalf("the last lawful day is late")
		}
		if got := rule.Judge(rule.LastLawful(day).AddDays(1), day); got != meeting.Late {
			t.Fatalf("the day after the last lawful one is %s", got)
		}
		if got := rule.Judge(rule.LastSafe(day), day); got != meeting.InTime {
			t.Fatalf("the last safe day is %s", got)
		}
		if got := rule.Judge(rule.LastSafe(day).AddDays(1), day); got == meeting.InTime {
			t.Fatalf("the day after the last safe one is %s", got)
		}
	})
}

// seoul is a time of day in Seoul.
func seoul(date calendar.Date, hour int) time.Time {
	return date.Time().Add(time.Duration(hour) * time.Hour).UTC()
}

// draft is a meeting on the day with one item that has its paper, as it stands when notice is given.
func draft(day calendar.Date, now time.Time) meeting.Draft {
	return meeting.Draft{
		Meeting: meeting.Meeting{
			ID: "m", Mode: meeting.InPerson, State: meeting.Planned, StartsAt: seoul(day, 14), ExpectedEnd: seoul(day, 16),
		},
		Items:  []meeting.Item{{ID: "i", Position: 1, State: meeting.Listed, Subject: meeting.SubjectOther}},
		Papers: []meeting.Paper{{Item: "i"}},
		Active: true, Now: now,
	}
}

func keys(found []meeting.Finding) string {
	out := []string{}
	for _, f := range found {
		mark := ""
		if f.Blocking {
			mark = "!"
		}
		out = append(out, f.Key+mark)
	}
	return fmt.Sprint(out)
}

func TestFindingsOfAPlannedMeeting(t *testing.T) {
	const day = calendar.Date("2026-12-15") // a Tuesday
	early, late := seoul("2026-11-29", 15), seoul("2026-12-01", 9)
	until := func(date calendar.Date) *time.Time { at := seoul(date, 18); return &at }
	for name, c := range map[string]struct {
		change func(*meeting.Draft)
		want   string
	}{
		"in time":              {func(*meeting.Draft) {}, "[]"},
		"last minute of D-16":  {func(d *meeting.Draft) { d.Now = calendar.Date("2026-11-29").End() }, "[]"},
		"first minute of D-15": {func(d *meeting.Draft) { d.Now = seoul("2026-11-30", 0) }, "[meeting.notice_tight]"},
		"late":                 {func(d *meeting.Draft) { d.Now = late }, "[meeting.notice_too_late!]"},
		"late with ground": {func(d *meeting.Draft) {
			d.Now, d.Meeting.NoticeGround, d.Meeting.NoticeReason = late, "urgent", "예산 편성 기한"
		}, "[meeting.notice_shortened]"},
		"late, ground without reason": {func(d *meeting.Draft) {
			d.Now, d.Meeting.NoticeGround = late, "urgent"
		}, "[meeting.notice_too_late!]"},
		"late, unknown ground": {func(d *meeting.Draft) {
			d.Now, d.Meeting.NoticeGround, d.Meeting.NoticeReason = late, "convenience", "바쁨"
		}, "[meeting.notice_too_late!]"},
		"past":      {func(d *meeting.Draft) { d.Now = seoul(day, 14) }, "[meeting.in_past!]"},
		"no item":   {func(d *meeting.Draft) { d.Items = nil }, "[meeting.agenda_empty!]"},
		"withdrawn": {func(d *meeting.Draft) { d.Items[0].State = meeting.Withdrawn }, "[meeting.agenda_empty!]"},
		"no paper":  {func(d *meeting.Draft) { d.Papers = nil }, "[item.without_paper]"},
		"inactive":  {func(d *meeting.Draft) { d.Active = false }, "[meeting.committee_inactive!]"},
		"quarter":   {func(d *meeting.Draft) { d.QuarterMissed = true }, "[meeting.quarter_missed]"},
		"weekend":   {func(d *meeting.Draft) { d.Meeting.StartsAt = seoul("2026-12-19", 10) }, "[meeting.on_weekend]"},
		"holiday": {func(d *meeting.Draft) {
			d.Spans = []meeting.Span{{Kind: meeting.Holiday, From: day, Until: day, Name: "임시공휴일"}}
		}, "[meeting.on_holiday]"},
		"council": {func(d *meeting.Draft) {
			d.Spans = []meeting.Span{{Kind: meeting.Council, From: "2026-12-01", Until: day, Name: "제333회 정례회"}}
		}, "[meeting.council_session]"},
		"council, excused": {func(d *meeting.Draft) {
			d.Spans = []meeting.Span{{Kind: meeting.Council, From: day, Until: day, Name: "제333회 정례회"}}
			d.Meeting.CouncilGround, d.Meeting.CouncilReason = "statutory_deadline", "법정 기한"
		}, "[meeting.council_excused]"},
		"council the day after": {func(d *meeting.Draft) {
			d.Spans = []meeting.Span{{Kind: meeting.Council, From: "2026-12-16", Until: "2026-12-20", Name: "임시회"}}
		}, "[]"},
		"written": {func(d *meeting.Draft) {
			d.Meeting.Mode, d.Meeting.WrittenGround, d.Meeting.WrittenReason = meeting.Written, "minor", "자구 정리"
			d.Now, d.Meeting.StartsAt, d.Meeting.WrittenUntil = late, seoul("2026-12-01", 10), until("2026-12-04")
		}, "[]"},
		"written, short": {func(d *meeting.Draft) {
			d.Meeting.Mode, d.Meeting.WrittenGround, d.Meeting.WrittenReason = meeting.Written, "minor", "자구 정리"
			d.Now, d.Meeting.StartsAt, d.Meeting.WrittenUntil = late, seoul("2026-12-01", 10), until("2026-12-03")
		}, "[meeting.written_window!]"},
		"written, no ground": {func(d *meeting.Draft) {
			d.Meeting.Mode, d.Meeting.WrittenUntil = meeting.Written, until("2026-12-20")
		}, "[meeting.written_no_ground!]"},
		"written plan, minor": {func(d *meeting.Draft) {
			d.Meeting.Mode, d.Meeting.WrittenGround, d.Meeting.WrittenReason = meeting.Written, "minor", "자구 정리"
			d.Meeting.WrittenUntil, d.Items[0].Subject = until("2026-12-20"), meeting.SubjectPlan
		}, "[item.not_in_writing!]"},
		"written plan, urgent": {func(d *meeting.Draft) {
			d.Meeting.Mode, d.Meeting.WrittenGround, d.Meeting.WrittenReason = meeting.Written, "urgent", "재난 대응"
			d.Meeting.WrittenUntil, d.Items[0].Subject = until("2026-12-20"), meeting.SubjectPlan
		}, "[]"},
		"written secret": {func(d *meeting.Draft) {
			d.Meeting.Mode, d.Meeting.WrittenGround, d.Meeting.WrittenReason = meeting.Written, "urgent", "재난 대응"
			d.Meeting.WrittenUntil, d.Items[0].SecretBallot = until("2026-12-20"), true
		}, "[item.secret_in_writing!]"},
	} {
		t.Run(name, func(t *testing.T) {
			d := draft(day, early)
			c.change(&d)
			if got := keys(d.Findings(rules(t))); got != c.want {
				t.Errorf("findings %s, want %s", got, c.want)
			}
		})
	}
}

func TestPackMayBlockACouncilClashAndOnlyWarnOfALateNotice(t *testing.T) {
	r := rules(t)
	for i, e := range r.Entries {
		switch e.Key {
		case policy.CouncilClash.Name:
			r.Entries[i].Value = policy.GateBlock
		case policy.NoticeLate.Name:
			r.Entries[i].Value = policy.GateWarn
		}
	}
	d := draft("2026-12-15", seoul("2026-12-14", 9))
	d.Spans = []meeting.Span{{Kind: meeting.Council, From: "2026-12-15", Until: "2026-12-15", Name: "정례회"}}
	if got := keys(d.Findings(r)); got != "[meeting.council_session! meeting.notice_too_late]" {
		t.Errorf("findings %s", got)
	}
}
