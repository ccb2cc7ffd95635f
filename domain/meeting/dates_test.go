package meeting_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
)

// with is the rules with other values for some keys.
func with(r policy.Rules, values map[string]string) policy.Rules {
	r.Entries = slices.Clone(r.Entries)
	for n, e := range r.Entries {
		if v, ok := values[e.Key]; ok {
			r.Entries[n].Value = v
		}
	}
	return r
}

var asked = []domain.ID{"a", "b", "c", "d", "e"}

// drawn is a poll of one to three dates with any answers, of any of five members in office on each, and an agenda of
// up to three items with recusals.
func drawn(t *rapid.T, now time.Time) (meeting.Poll, []meeting.Item, []meeting.Recusal) {
	p := meeting.Poll{Serving: map[domain.ID][]domain.ID{}}
	for n := range rapid.IntRange(1, 3).Draw(t, "dates") {
		c := meeting.Candidate{ID: domain.ID(fmt.Sprint("d", n)), ProposedAt: now.Add(-time.Hour)}
		c.StartsAt = now.AddDate(0, 0, rapid.IntRange(-2, 40).Draw(t, "day")).Add(time.Duration(n+1) * time.Minute)
		if rapid.IntRange(0, 3).Draw(t, "closed") == 0 {
			c.Close(meeting.FateRetracted, now)
		}
		p.Dates = append(p.Dates, c)
		for _, m := range asked {
			if rapid.IntRange(0, 4).Draw(t, "serves") > 0 {
				p.Serving[c.ID] = append(p.Serving[c.ID], m)
			}
			if answer := rapid.IntRange(0, 2).Draw(t, "answer"); answer > 0 {
				p.Answers = append(p.Answers, meeting.DateAnswer{Date: c.ID, Member: m, Can: answer == 1})
			}
		}
	}
	var agenda []meeting.Item
	var recused []meeting.Recusal
	for n := range rapid.IntRange(0, 3).Draw(t, "items") {
		i := meeting.Item{ID: domain.ID(fmt.Sprint("i", n)), State: meeting.Listed}
		agenda = append(agenda, i)
		for _, m := range asked {
			state := rapid.SampledFrom([]meeting.RecusalState{
				"", "", meeting.RecusalPending, meeting.RecusalInForce, meeting.RecusalDismissed,
			}).Draw(t, "recusal")
			if state != "" {
				recused = append(recused, meeting.Recusal{Item: i.ID, Member: m, State: state})
			}
		}
	}
	return p, agenda, recused
}

// tally counts one date by going through the members one after the other with everything laid open.
type tally struct{ can, cannot, silent, recused, present, required int }

func count(p meeting.Poll, date domain.ID, agenda []meeting.Item, recused []meeting.Recusal, inQuorum bool) tally {
	var out tally
	perItem := map[domain.ID]int{}
	for _, m := range p.Serving[date] {
		answer := 0
		for _, a := range p.Answers {
			if a.Date == date && a.Member == m {
				answer = map[bool]int{true: 1, false: 2}[a.Can]
			}
		}
		switch answer {
		case 0:
			out.silent++
			continue
		case 2:
			out.cannot++
			continue
		}
		out.can++
		kept := 0
		for _, i := range agenda {
			out := false
			for _, r := range recused {
				out = out || r.Item == i.ID && r.Member == m && r.State != meeting.RecusalDismissed
			}
			if out {
				kept++
			}
			if !out || inQuorum {
				perItem[i.ID]++
			}
		}
		if kept > 0 {
			out.recused++
		}
	}
	out.present = out.can
	for _, i := range agenda {
		out.present = min(out.present, perItem[i.ID])
	}
	out.required = len(p.Serving[date])/2 + 1 // 재적 과반수
	return out
}

// TestADateIsForecastAsCountingByHandDoes holds whichever way the rules count the recused.
func TestADateIsForecastAsCountingByHandDoes(t *testing.T) {
	base, now := rules(t), seoul("2026-11-23", 9)
	rapid.Check(t, func(t *rapid.T) {
		inQuorum := rapid.Bool().Draw(t, "in quorum")
		r := with(base, map[string]string{
			policy.RecusedInQuorum.Name: fmt.Sprint(inQuorum), policy.RecusedInBase.Name: "true",
		})
		p, agenda, recused := drawn(t, now)
		for _, c := range p.Live(now) {
			d := draft(calendar.DateOf(now).AddDays(300), now)
			got := p.ForecastDate(r, c, d, agenda, recused)
			want := count(p, c.ID, agenda, recused, inQuorum)
			if n := (tally{got.Can, got.Cannot, got.Unanswered, got.Recused, got.Present, got.Required}); n != want {
				t.Fatalf("%s: %+v, by hand %+v", c.ID, n, want)
			}
			none := len(agenda) > 0 && want.can == 0 // nobody would decide
			if met := want.can >= want.required && want.present >= want.required && !none; got.Met != met {
				t.Fatalf("met %v with %+v", got.Met, want)
			}
			day := calendar.DateOf(c.StartsAt)
			last := day
			for range policy.NoticeDays.Of(r) { // one day after the other, the day of the notice not counted
				last = last.AddDays(-1)
			}
			late := calendar.DateOf(now) > last
			if got.LastLawful != last || (got.Timeliness == meeting.Late) != late {
				t.Fatalf("a notice for %s by %s, %s; by hand %s, late %v", day, got.LastLawful, got.Timeliness, last, late)
			}
		}
	})
}

// TestWhoOwesAnAnswer goes through every pair of a live date and a member.
func TestWhoOwesAnAnswer(t *testing.T) {
	now := seoul("2026-11-23", 9)
	rapid.Check(t, func(t *rapid.T) {
		p, _, _ := drawn(t, now)
		concerned, silent := map[domain.ID]bool{}, map[domain.ID]bool{}
		for _, m := range asked {
			for _, c := range p.Dates {
				if c.ClosedAt != nil || !c.StartsAt.After(now) || !slices.Contains(p.Serving[c.ID], m) {
					continue
				}
				concerned[m] = true
				answered := slices.ContainsFunc(p.Answers, func(a meeting.DateAnswer) bool {
					return a.Date == c.ID && a.Member == m
				})
				silent[m] = silent[m] || !answered
			}
		}
		for _, m := range asked {
			if slices.Contains(p.Asked(now), m) != concerned[m] || slices.Contains(p.Silent(now), m) != silent[m] {
				t.Fatalf("%s: asked %v, silent %v; want %v, %v", m, p.Asked(now), p.Silent(now), concerned[m], silent[m])
			}
		}
	})
}

func TestADateThatTheCalendarForbidsSaysWhy(t *testing.T) {
	r, now := rules(t), seoul("2026-11-23", 9)
	d := draft("2026-12-15", now)
	d.Spans = []meeting.Span{
		{Kind: meeting.Council, From: "2026-12-01", Until: "2026-12-11", Name: "정례회"},
		{Kind: meeting.Holiday, From: "2026-12-25", Until: "2026-12-25", Name: "성탄절"},
	}
	for day, want := range map[calendar.Date]string{
		"2026-12-16": "[]", "2026-12-25": "[meeting.on_holiday]", "2026-12-19": "[meeting.on_weekend]",
		"2026-12-09": "[meeting.council_session]", "2026-12-02": "[meeting.notice_too_late meeting.council_session]",
		"2026-12-08": "[meeting.notice_tight meeting.council_session]",
	} {
		c := meeting.Candidate{ID: "d", StartsAt: seoul(day, 14)}
		var got []string
		for _, f := range (meeting.Poll{}).ForecastDate(r, c, d, nil, nil).Findings {
			got = append(got, f.Key)
		}
		if fmt.Sprint(got) != want {
			t.Errorf("%s: %v, want %s", day, got, want)
		}
	}
}

func fields(p *domain.Problems) string {
	var e *domain.Error
	out := []string{}
	if errors.As(p.Err(), &e) {
		for _, f := range e.Fields {
			out = append(out, f.Field+"="+f.Key)
		}
	}
	return fmt.Sprint(out)
}

func TestWhatIsWrongWithDatesIsSaidAtOnce(t *testing.T) {
	r, now := rules(t), seoul("2026-11-23", 9)
	open := meeting.Candidate{ID: "d", StartsAt: seoul("2026-12-15", 14)}
	withdrawn := meeting.Candidate{ID: "w", StartsAt: seoul("2026-12-16", 14)}
	withdrawn.Close(meeting.FateRetracted, now)
	p := meeting.Poll{Dates: []meeting.Candidate{open, withdrawn}}
	at := func(days ...calendar.Date) []meeting.Proposal {
		var out []meeting.Proposal
		for _, d := range days {
			out = append(out, meeting.Proposal{StartsAt: seoul(d, 14)})
		}
		return out
	}
	for _, c := range []struct {
		in   []meeting.Proposal
		want string
	}{
		{at("2026-12-16", "2026-12-17"), "[]"},
		{nil, "[dates=field.required]"},
		{
			append(at("2026-12-15", "2026-11-20", "2026-12-17", "2026-12-17"), meeting.Proposal{}),
			"[dates.0.startsAt=date.twice dates.1.startsAt=meeting.in_past dates.3.startsAt=date.twice " +
				"dates.4.startsAt=field.required]",
		},
		{at("2026-12-17", "2026-12-18", "2026-12-21", "2026-12-22", "2026-12-23", "2026-12-24"), "[]"},
		{
			at("2026-12-16", "2026-12-17", "2026-12-18", "2026-12-21", "2026-12-22", "2026-12-23", "2026-12-24"),
			"[dates=date.too_many]",
		},
	} {
		var problems domain.Problems
		p.CheckDates(&problems, c.in, r, now)
		if got := fields(&problems); got != c.want {
			t.Errorf("%v: %s, want %s", c.in, got, c.want)
		}
	}
}

func TestAnswersAreOnDatesThatTheMemberIsAskedAbout(t *testing.T) {
	now := seoul("2026-11-23", 9)
	closed := meeting.Candidate{ID: "closed", StartsAt: seoul("2026-12-16", 14)}
	closed.Close(meeting.FatePassed, now)
	p := meeting.Poll{
		Dates: []meeting.Candidate{
			{ID: "d", StartsAt: seoul("2026-12-15", 14)}, {ID: "later", StartsAt: seoul("2027-03-15", 14)}, closed,
			{ID: "gone", StartsAt: seoul("2026-11-20", 14)},
		},
		Serving: map[domain.ID][]domain.ID{"d": {"a"}, "later": {"b"}},
	}
	for want, in := range map[string]map[domain.ID]meeting.Reply{
		"[]":                                 {"d": "yes"},
		"[answers=field.required]":           {},
		"[answers.d=field.choice]":           {"d": "maybe"},
		"[answers.later=date.not_in_office]": {"d": "no", "later": "yes"},
		"[answers.closed=date.not_open answers.gone=date.not_open answers.x=date.not_open]": {
			"closed": "yes", "gone": "yes", "x": "no",
		},
	} {
		var problems domain.Problems
		p.CheckAnswers(&problems, "a", in, now)
		if got := fields(&problems); got != want {
			t.Errorf("%v: %s, want %s", in, got, want)
		}
	}
}

func TestAMovedPlanKeepsItsLengthAndEverythingElse(t *testing.T) {
	r, now := rules(t), seoul("2026-11-23", 9)
	p := meeting.Plan{
		Title: "제1차", Mode: meeting.Mixed, Place: "대회의실",
		StartsAt: seoul("2026-12-15", 14), ExpectedEnd: seoul("2026-12-15", 17),
		NoticeGround: "urgent", NoticeReason: "기한", CouncilGround: "statutory_deadline", CouncilReason: "법정",
		ClosedGround: "law", ClosedReason: "법 1조",
	}
	var problems domain.Problems
	p.Check(&problems, "", r)
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	var m meeting.Meeting
	m.Apply(p)
	if again := m.Plan(); again != p {
		t.Errorf("read back as %+v", again)
	}
	moved := m.Plan().MovedTo(now)
	if !moved.ExpectedEnd.Equal(now.Add(3*time.Hour)) || !moved.StartsAt.Equal(now) {
		t.Errorf("moved to %s ~ %s", moved.StartsAt, moved.ExpectedEnd)
	}
	moved.StartsAt, moved.ExpectedEnd = p.StartsAt, p.ExpectedEnd
	if moved != p {
		t.Errorf("%+v is lost", moved)
	}
}
