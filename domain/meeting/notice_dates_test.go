package meeting_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"secretariat/domain"
	"secretariat/domain/meeting"
)

// polled is a planned meeting whose two members are asked about one date from now on.
func polled(now time.Time) meeting.Post {
	return meeting.Post{
		Meeting: meeting.Meeting{ID: "m", Mode: meeting.InPerson, State: meeting.Planned, StartsAt: seoul("2026-12-15", 14)},
		Members: []domain.ID{"a", "b"}, Now: now,
		Poll: meeting.Poll{
			Dates:   []meeting.Candidate{{ID: "d1", StartsAt: seoul("2026-12-15", 14), ProposedAt: now}},
			Serving: map[domain.ID][]domain.ID{"d1": {"a", "b"}},
		},
	}
}

// kinds writes letters without their occasions, which are instants here.
func kinds(letters []meeting.Letter) string {
	out := []string{}
	for _, l := range letters {
		out = append(out, fmt.Sprintf("%s/%s", l.Member, l.Kind))
	}
	return fmt.Sprint(out)
}

func TestLettersOfAPollInTheirOrder(t *testing.T) {
	r, p := rules(t), polled(seoul("2026-11-23", 9))
	expect := func(want string) {
		t.Helper()
		due := p.Due(r)
		if got := kinds(due); got != want {
			t.Fatalf("at %s: %s, want %s", p.Now, got, want)
		}
		send(&p, due)
		if again := p.Due(r); len(again) > 0 {
			t.Fatalf("sent and due again: %s", names(again))
		}
	}
	remind := func() {
		at := p.Now
		for n := range p.Poll.Dates {
			p.Poll.Dates[n].RemindedAt = &at
		}
	}
	expect("[a/date_ask b/date_ask]")
	p.Poll.Answers = []meeting.DateAnswer{{Date: "d1", Member: "a", Can: true}}
	p.Now = p.Now.Add(time.Hour)
	remind()
	expect("[b/date_reminder]")
	p.Poll.Dates = append(p.Poll.Dates, meeting.Candidate{
		ID: "d2", StartsAt: seoul("2026-12-17", 14), ProposedAt: p.Now.Add(time.Hour),
	})
	p.Poll.Serving["d2"] = []domain.ID{"a", "b", "c"}
	p.Now = p.Now.Add(time.Hour)
	expect("[a/date_ask b/date_ask c/date_ask]") // c comes into office only for the second date
	p.Now = p.Now.Add(time.Hour)
	remind()
	expect("[a/date_reminder b/date_reminder c/date_reminder]")
	p.Poll.Dates[1].Close(meeting.FateRetracted, p.Now)
	expect("[a/date_withdrawn b/date_withdrawn c/date_withdrawn]") // c, too, though in office on no date that is left
	p.Now = p.Now.Add(time.Hour)
	p.Poll.Dates[0].Close(meeting.FateChosen, p.Now)
	expect("[a/date_chosen b/date_chosen]")
	p.Meeting.StartsAt = seoul("2026-12-22", 14)
	p.Members = append(p.Members, "c")
	expect("[]") // it was moved by hand since: the chosen date is not to be told any more
	p.Meeting.State = meeting.Cancelled
	expect("[a/cancellation b/cancellation c/cancellation]")
}

func TestNobodyIsAskedAboutDatesThatHavePassed(t *testing.T) {
	r, p := rules(t), polled(seoul("2026-12-15", 14))
	if due := p.Due(r); len(due) > 0 {
		t.Errorf("due %s", names(due))
	}
}

// TestALetterOnDatesGoesToWhomItConcernsOnce plays a poll in any order of steps, and keeps a book of who was written
// to about what.
func TestALetterOnDatesGoesToWhomItConcernsOnce(t *testing.T) {
	r := rules(t)
	rapid.Check(t, func(t *rapid.T) {
		p := polled(seoul("2026-11-23", 9))
		book := map[string]bool{}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			p.Now = p.Now.Add(time.Duration(rapid.IntRange(1, 90).Draw(t, "minutes")) * time.Minute)
			live := p.Poll.Live(p.Now)
			switch rapid.SampledFrom([]string{"propose", "withdraw", "answer", "remind", "send", "send"}).Draw(t, "step") {
			case "propose":
				id := domain.ID(fmt.Sprint("d", len(p.Poll.Dates)+1))
				p.Poll.Dates = append(p.Poll.Dates, meeting.Candidate{
					ID: id, StartsAt: p.Now.AddDate(0, 0, rapid.IntRange(1, 3).Draw(t, "days")), ProposedAt: p.Now,
				})
				p.Poll.Serving[id] = p.Members
			case "withdraw":
				n := rapid.IntRange(0, len(p.Poll.Dates)-1).Draw(t, "date")
				if p.Poll.Dates[n].ClosedAt == nil {
					p.Poll.Dates[n].Close(meeting.FateRetracted, p.Now)
				}
			case "answer":
				who := rapid.SampledFrom(p.Members).Draw(t, "member")
				for _, c := range live {
					p.Poll.Answers = append(p.Poll.Answers, meeting.DateAnswer{Date: c.ID, Member: who})
				}
			case "remind":
				at := p.Now
				for n, c := range p.Poll.Dates {
					if c.Live(p.Now) {
						p.Poll.Dates[n].RemindedAt = &at
					}
				}
			case "send":
				due := p.Due(r)
				for _, l := range due {
					if name := names([]meeting.Letter{l}); book[name] {
						t.Fatalf("%s is due for the second time", name)
					} else {
						book[name] = true
					}
					if l.Kind == meeting.DateReminder && !slices.Contains(p.Poll.Silent(p.Now), l.Member) {
						t.Fatalf("%s owes nothing", l.Member)
					}
				}
				send(&p, due)
				if again := p.Due(r); len(again) > 0 {
					t.Fatalf("sent and due again: %s", names(again))
				}
				for _, m := range p.Members {
					if !freed(p, m) {
						t.Fatalf("%s still keeps a date free that was taken off", m)
					}
				}
				for _, m := range p.Poll.Asked(p.Now) {
					if !told(p, m) {
						t.Fatalf("%s was not asked about the newest dates", m)
					}
				}
			}
		}
	})
}

// told reports whether a member was sent a letter on dates after every live date was proposed.
func told(p meeting.Post, member domain.ID) bool {
	for _, c := range p.Poll.Live(p.Now) {
		if !slices.ContainsFunc(p.Sent, func(l meeting.Letter) bool {
			return l.Member == member && l.Kind == meeting.DateAsk && !l.SentAt.Before(c.ProposedAt)
		}) {
			return false
		}
	}
	return true
}

// freed reports whether a member, for each date to come that they were asked about and that was taken off, was written to
// on dates after that.
func freed(p meeting.Post, member domain.ID) bool {
	for _, c := range p.Poll.Dates {
		if c.Fate != meeting.FateRetracted || !c.StartsAt.After(p.Now) {
			continue
		}
		asked, since := false, false
		for _, l := range p.Sent {
			if l.Member != member {
				continue
			}
			asked = asked || l.Kind == meeting.DateAsk && !l.SentAt.Before(c.ProposedAt) && !l.SentAt.After(*c.ClosedAt)
			since = since || l.Kind != meeting.DateReminder && l.SentAt.After(*c.ClosedAt)
		}
		again := slices.ContainsFunc(p.Poll.Live(p.Now), func(l meeting.Candidate) bool { return l.StartsAt.Equal(c.StartsAt) })
		if asked && !since && !again && !slices.ContainsFunc(p.Sent, func(l meeting.Letter) bool {
			return l.Member == member && l.Kind == meeting.DateWithdrawn && !l.SentAt.Before(*c.ClosedAt)
		}) {
			return false
		}
	}
	return true
}
