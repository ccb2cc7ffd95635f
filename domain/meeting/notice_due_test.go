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

// post is a meeting on 2026. 12. 15. 14:00 that was convened on 2026. 11. 25. 10:00, before any letter went out.
func post() meeting.Post {
	convened := seoul("2026-11-25", 10)
	return meeting.Post{
		Meeting: meeting.Meeting{
			ID: "m", Mode: meeting.InPerson, State: meeting.Convened, StartsAt: seoul("2026-12-15", 14), ConvenedAt: &convened,
		},
		Members: []domain.ID{"a", "b"}, Now: convened,
	}
}

func send(p *meeting.Post, letters []meeting.Letter) {
	for _, l := range letters {
		l.SentAt = p.Now
		p.Sent = append(p.Sent, l)
	}
}

func names(letters []meeting.Letter) string {
	out := []string{}
	for _, l := range letters {
		out = append(out, fmt.Sprintf("%s/%s/%s", l.Member, l.Kind, l.Occasion))
	}
	return fmt.Sprint(out)
}

func TestLettersOfAMeetingInTheirOrder(t *testing.T) {
	r, p := rules(t), post()
	expect := func(want string) {
		t.Helper()
		due := p.Due(r)
		if got := names(due); got != want {
			t.Fatalf("at %s: %s, want %s", p.Now, got, want)
		}
		send(&p, due)
		if again := p.Due(r); len(again) > 0 {
			t.Fatalf("sent and due again: %s", names(again))
		}
	}
	expect("[a/invitation/0 b/invitation/0]")
	p.Answered = []domain.ID{"b"}
	p.Now = seoul("2026-12-08", 8)
	expect("[]")
	p.Now = seoul("2026-12-08", 9)
	expect("[a/reminder/2026-12-08]")
	p.Members = append(p.Members, "c")
	p.Meeting.NoticeSequence = 1
	p.Now = seoul("2026-12-09", 9)
	expect("[a/update/1 b/update/1 c/invitation/1]")
	p.Now = seoul("2026-12-14", 20)
	expect("[a/reminder/2026-12-14 c/reminder/2026-12-14]")
	p.Now = seoul("2026-12-15", 14)
	expect("[]")
	p.Meeting.State, p.Meeting.NoticeSequence = meeting.Cancelled, 2
	expect("[a/cancellation/0 b/cancellation/0 c/cancellation/0]")
}

func TestAMeetingThatMovedRemindsAgain(t *testing.T) {
	r, p := rules(t), post()
	send(&p, p.Due(r))
	p.Now = seoul("2026-12-08", 9)
	send(&p, p.Due(r))
	p.Meeting.StartsAt, p.Meeting.NoticeSequence = seoul("2027-01-12", 14), 1
	send(&p, p.Due(r))
	p.Now = seoul("2027-01-05", 9)
	if got := names(p.Due(r)); got != "[a/reminder/2027-01-05 b/reminder/2027-01-05]" {
		t.Errorf("due %s", got)
	}
}

func TestNobodyIsRemindedOfWhatTheyWereToldOfAfterwards(t *testing.T) {
	r, p := rules(t), post()
	p.Now = seoul("2026-12-10", 9) // convened late on a recorded ground: D-7 has passed
	send(&p, p.Due(r))
	if due := p.Due(r); len(due) > 0 {
		t.Errorf("due %s", names(due))
	}
	if next, ok := p.NextReminder(r); !ok || !next.Equal(seoul("2026-12-12", 9)) {
		t.Errorf("next reminder %s, %v", next, ok)
	}
}

func TestACancelledPlanTellsNobody(t *testing.T) {
	r, p := rules(t), post()
	p.Meeting.State = meeting.Cancelled
	if due := p.Due(r); len(due) > 0 {
		t.Errorf("due %s", names(due))
	}
}

func TestWrittenAndSignatureReminders(t *testing.T) {
	r, p := rules(t), post()
	until := seoul("2026-12-20", 18)
	p.Meeting.Mode, p.Meeting.State, p.Meeting.WrittenUntil = meeting.Written, meeting.Open, &until
	p.NotVoted = []domain.ID{"b"}
	p.Now = seoul("2026-12-19", 9)
	if got := names(p.Due(r)); got != "[b/written_reminder/2026-12-19]" {
		t.Errorf("due %s", got)
	}
	p.Meeting.State, p.NotVoted = meeting.Adjourned, nil
	p.Unsigned, p.SignBy = []domain.ID{"a"}, seoul("2026-12-27", 23)
	p.Now = seoul("2026-12-26", 12)
	due := p.Due(r)
	if len(due) != 1 || due[0].Kind != meeting.SignatureReminder || due[0].Member != "a" {
		t.Errorf("due %s", names(due))
	}
}

func TestNoLetterIsEverDueTwice(t *testing.T) {
	r := rules(t)
	rapid.Check(t, func(t *rapid.T) {
		p := post()
		sent := map[string]bool{}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			switch rapid.SampledFrom([]string{"wait", "change", "answer", "move", "send", "send"}).Draw(t, "step") {
			case "wait":
				p.Now = p.Now.Add(time.Duration(rapid.IntRange(1, 72).Draw(t, "hours")) * time.Hour)
			case "change":
				p.Meeting.NoticeSequence++
			case "answer":
				p.Answered = append(p.Answered, rapid.SampledFrom(p.Members).Draw(t, "member"))
			case "move":
				p.Meeting.StartsAt = p.Now.AddDate(0, 0, rapid.IntRange(1, 40).Draw(t, "days"))
				p.Meeting.NoticeSequence++
			case "send":
				due := p.Due(r)
				for _, l := range due {
					name := names([]meeting.Letter{l})
					if sent[name] {
						t.Fatalf("%s is due for the second time", name)
					}
					sent[name] = true
					if l.Kind == meeting.Reminder && slices.Contains(p.Answered, l.Member) {
						t.Fatalf("%s has answered", l.Member)
					}
				}
				send(&p, due)
			}
		}
	})
}
