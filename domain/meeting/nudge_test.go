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

func TestWhoHasDeclaredOrIsKeptOutOwesNoDeclaration(t *testing.T) {
	agenda := []meeting.Item{{ID: "i1", State: meeting.Listed}, {ID: "i2", State: meeting.Tabled}, {ID: "i3", State: meeting.Withdrawn}}
	declared := []meeting.Interest{{Item: "i1", Member: "a", None: true}, {Item: "i2", Member: "a"}, {Item: "i1", Member: "b"}}
	recused := []meeting.Recusal{
		{Item: "i2", Member: "b", State: meeting.RecusalInForce}, {Item: "i2", Member: "c", State: meeting.RecusalDismissed},
		{Item: "i1", Member: "c", State: meeting.RecusalInForce},
	}
	got := meeting.Undeclared([]domain.ID{"c", "a", "b"}, agenda, declared, recused)
	if !slices.Equal(got, []domain.ID{"c"}) {
		t.Errorf("%v owe a declaration", got)
	}
}

// nudge asks for a reminder and keeps it.
func nudge(t *testing.T, p *meeting.Post, about meeting.About) {
	t.Helper()
	n, err := p.Nudge(about, rules(t))
	if err != nil {
		t.Fatal(err)
	}
	p.Nudges = append(p.Nudges, n)
}

func refusedNudge(t *testing.T, p meeting.Post, about meeting.About, key string) {
	t.Helper()
	if _, err := p.Nudge(about, rules(t)); domain.KeyOf(err) != key || domain.CodeOf(err) != domain.CodeConflict {
		t.Errorf("at %s: %v, want %s", p.Now, err, key)
	}
}

func TestAReminderOnDemandGoesToWhoOwesThenAndStillDoes(t *testing.T) {
	r, p := rules(t), post()
	refusedNudge(t, p, meeting.AboutAnswer, "reminder.nobody") // nobody was told yet
	send(&p, p.Due(r))
	p.Now = p.Now.Add(time.Hour)
	refusedNudge(t, p, meeting.AboutDates, "reminder.closed")
	refusedNudge(t, p, meeting.AboutVote, "reminder.closed")
	refusedNudge(t, p, meeting.AboutSignature, "reminder.closed")
	refusedNudge(t, p, meeting.AboutInterest, "reminder.nobody")
	p.Undeclared = []domain.ID{"a", "b"}
	nudge(t, &p, meeting.AboutAnswer)
	nudge(t, &p, meeting.AboutInterest)
	p.Answered = []domain.ID{"b"}
	if got := kinds(p.Due(r)); got != "[a/reminder a/interest_reminder b/interest_reminder]" {
		t.Errorf("due %s", got)
	}
	send(&p, p.Due(r))
	if due := p.Due(r); len(due) > 0 {
		t.Errorf("sent and due again: %s", names(due))
	}
	refusedNudge(t, p, meeting.AboutAnswer, "reminder.too_soon")
	p.Now = seoul("2026-11-26", 0)
	if c, ok := p.Chased(meeting.AboutAnswer); !ok || c.Members != 2 || c.NextNudge(r) != "2026-11-26" {
		t.Errorf("reminded %+v", c)
	}
	nudge(t, &p, meeting.AboutAnswer)
	p.Meeting.NoticeSequence++
	if got := kinds(p.Due(r)); got != "[a/update b/update]" {
		t.Errorf("who hears of a change is reminded on top of it: %s", got)
	}
}

func TestTheClockAndTheStaffDoNotRemindOnOneDay(t *testing.T) {
	r, p := rules(t), post()
	send(&p, p.Due(r))
	p.Now = seoul("2026-12-08", 8)
	nudge(t, &p, meeting.AboutAnswer)
	send(&p, p.Due(r))
	p.Now = seoul("2026-12-08", 9) // the day of the first reminder by the clock
	if due := p.Due(r); len(due) > 0 {
		t.Errorf("reminded twice: %s", names(due))
	}
	p.Now = seoul("2026-12-12", 9)
	send(&p, p.Due(r))
	p.Now = seoul("2026-12-12", 10)
	refusedNudge(t, p, meeting.AboutAnswer, "reminder.too_soon")
	if c, ok := p.Chased(meeting.AboutAnswer); !ok || c.Members != 2 || !c.At.Equal(seoul("2026-12-12", 9)) {
		t.Errorf("the last reminder was %+v", c)
	}
	p.Now = seoul("2026-12-15", 14)
	refusedNudge(t, p, meeting.AboutAnswer, "reminder.closed") // it has begun
}

func TestSignaturesAndWrittenVotesAreRemindedOnDemand(t *testing.T) {
	r, p := rules(t), post()
	until := seoul("2026-12-20", 18)
	p.Meeting.Mode, p.Meeting.State, p.Meeting.WrittenUntil = meeting.Written, meeting.Open, &until
	p.NotVoted, p.Now = []domain.ID{"b"}, seoul("2026-12-17", 9)
	nudge(t, &p, meeting.AboutVote)
	if got := kinds(p.Due(r)); got != "[b/written_reminder]" {
		t.Errorf("due %s", got)
	}
	p.Meeting.State, p.NotVoted = meeting.Adjourned, nil
	p.Unsigned, p.SignBy, p.Now = []domain.ID{"a"}, seoul("2026-12-27", 23), seoul("2026-12-28", 9)
	nudge(t, &p, meeting.AboutSignature) // the deadline has passed, and the signature is wanted all the same
	if got := kinds(p.Due(r)); got != "[a/signature_reminder]" {
		t.Errorf("due %s", got)
	}
	p.Confirmed = true
	refusedNudge(t, p, meeting.AboutSignature, "reminder.closed")
	if due := p.Due(r); len(due) > 0 {
		t.Errorf("nobody waits for the signature any more: %s", names(due))
	}
}

// TestNobodyIsRemindedMoreOftenThanPolicyLets plays any order of steps and keeps a book of every letter: a reminder on
// demand goes to who owes it, once, and is never asked for twice within the days of policy, whoever had the last one sent.
func TestNobodyIsRemindedMoreOftenThanPolicyLets(t *testing.T) {
	r := rules(t)
	rapid.Check(t, func(t *rapid.T) {
		p := post()
		send(&p, p.Due(r))
		book, lastDay := map[string]bool{}, calendar.Date("")
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			p.Now = p.Now.Add(time.Duration(rapid.IntRange(1, 20).Draw(t, "hours")) * time.Hour)
			switch rapid.SampledFrom([]string{"nudge", "answer", "send", "send", "change"}).Draw(t, "step") {
			case "nudge":
				n, err := p.Nudge(meeting.AboutAnswer, r)
				owe := slices.DeleteFunc(slices.Clone(p.Members), func(m domain.ID) bool { return slices.Contains(p.Answered, m) })
				may := len(owe) > 0 && p.Now.Before(p.Meeting.StartsAt) && lastDay != calendar.DateOf(p.Now)
				if may != (err == nil) || err == nil && !slices.Equal(n.Members, owe) {
					t.Fatalf("at %s, last on %s, %v owe: %+v %v", p.Now, lastDay, owe, n, err)
				}
				if err == nil {
					p.Nudges, lastDay = append(p.Nudges, n), calendar.DateOf(p.Now)
				}
			case "answer":
				p.Answered = append(p.Answered, rapid.SampledFrom(p.Members).Draw(t, "member"))
			case "change":
				p.Meeting.NoticeSequence++
			case "send":
				due := p.Due(r)
				perDay := map[string]bool{}
				for _, l := range due {
					name := fmt.Sprintf("%s/%s/%s", l.Member, l.Kind, l.Occasion)
					if day := string(l.Member) + string(l.Kind); book[name] || perDay[day] {
						t.Fatalf("%s is due for the second time", name)
					} else {
						book[name], perDay[day] = true, true
					}
					if l.Kind == meeting.Reminder {
						if slices.Contains(p.Answered, l.Member) {
							t.Fatalf("%s has answered", l.Member)
						}
						if len(l.Occasion) == len("2006-01-02") {
							lastDay = calendar.DateOf(p.Now) // the clock's own
						}
					}
				}
				send(&p, due)
				if again := p.Due(r); len(again) > 0 {
					t.Fatalf("sent and due again: %s", names(again))
				}
			}
		}
	})
}
