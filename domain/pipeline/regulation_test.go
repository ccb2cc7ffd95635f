package pipeline_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"secretariat/domain"
	"secretariat/domain/calendar"
	. "secretariat/domain/pipeline"
)

func request() Task {
	return Task{
		ID: "t", State: Discussing, GateAt: &noon, SubmittedAt: &noon, Proposal: Proposal{Demand: Demand{Kind: Regulation}},
		Reply: Reply{ReceivedAt: &noon},
	}
}

// naiveReply walks the calendar from the day of receipt, a day at a time.
func naiveReply(received time.Time, supplement bool, extended int) calendar.Date {
	days := 15
	if supplement {
		days = 45
	}
	at := received.In(calendar.Seoul)
	for range days + extended {
		at = at.AddDate(0, 0, 1)
	}
	return calendar.Date(at.Format("2006-01-02"))
}

func TestTheDayToReplyIsThatOfTheLaw(t *testing.T) {
	r := rules(t)
	rapid.Check(t, func(t *rapid.T) {
		received := noon.Add(time.Duration(rapid.Int64Range(0, 400*24).Draw(t, "hours")) * time.Hour)
		x := request()
		x.ReceivedAt, x.GateAt = &received, &received
		supplemented, extended := false, 0
		now := received
		for range rapid.IntRange(0, 8).Draw(t, "acts") {
			now = now.Add(time.Duration(rapid.IntRange(1, 15*24).Draw(t, "later")) * time.Hour)
			due := naiveReply(received, supplemented, extended)
			switch rapid.SampledFrom([]string{"supplement", "extend", "submit"}).Draw(t, "act") {
			case "supplement":
				out, err := x.AskSupplement("보완", now)
				if ok := x.State == Discussing; ok != (err == nil) {
					t.Fatalf("a supplement from %s: %v", x.State, err)
				}
				if err == nil {
					x, supplemented = out, true
				}
			case "submit":
				if out, err := x.Submit("a", now); err == nil {
					x = out
				}
			case "extend":
				days := rapid.IntRange(-1, 32).Draw(t, "days")
				out, err := x.Extend(days, "부득이함", now, r)
				may := extended == 0 && days >= 1 && days <= 30 && calendar.DateOf(now) <= due
				if may != (err == nil) {
					t.Fatalf("put off by %d on %s, due %s: %v", days, calendar.DateOf(now), due, err)
				}
				if err == nil {
					x, extended = out, days
				}
			}
			want := naiveReply(received, supplemented, extended)
			if got, basis, ok := x.ReplyBy(r); !ok || got != want || basis != "촉진법 17" {
				t.Fatalf("%s %q %v, want %s", got, basis, ok, want)
			}
		}
	})
}

func TestAReplySendsARequestWhereItSays(t *testing.T) {
	r := rules(t)
	for route, want := range map[Route]State{ToAgenda: Tabling, ToSandbox: Sandbox, Allowed: Finished, Unchanged: Declined} {
		x, err := request().Answer(Answer{Route: route, Text: "검토 의견", Track: Trial, Office: "산업부"}, noon, r)
		if err != nil || x.State != want || x.ReplyDue != "2026-12-08" || x.OwesReply() || (x.Track == Trial) != (route == ToSandbox) {
			t.Errorf("%s: %+v %v", route, x, err)
		}
		if _, err := x.Answer(Answer{Route: route}, noon, r); domain.KeyOf(err) != "task.no_reply_owed" {
			t.Errorf("replied to twice: %v", err)
		}
		mended := request()
		mended.State = Returned
		_, err = mended.Answer(Answer{Route: route, Text: "x"}, noon, r)
		if goes := route == Allowed || route == Unchanged; goes != (err == nil) {
			t.Errorf("%s while it is being mended: %v", route, err)
		}
	}
	task := request()
	task.Kind = Project
	if _, _, owed := task.ReplyBy(r); owed {
		t.Error("a task owes a reply")
	}
}

func TestARequestIsTabledAfterItsReplyAndEndsWithTheDecision(t *testing.T) {
	r := rules(t)
	x := request()
	x.State = Tabling
	if _, err := x.Table("i"); domain.KeyOf(err) != "task.reply_first" {
		t.Errorf("tabled without a reply: %v", err)
	}
	x, _ = x.Answer(Answer{Route: ToAgenda, Text: "상정"}, noon, r)
	x, err := x.Table("i")
	if err != nil {
		t.Fatal(err)
	}
	x, err = x.Decide(VerdictSelected, "d", "과-1", "", false, noon)
	if err != nil || x.State != Finished || !x.Published() || x.FinishedAt == nil {
		t.Errorf("%+v %v", x, err)
	}
}

func TestTheSandboxRules(t *testing.T) {
	x, err := request().Answer(Answer{Route: ToSandbox, Text: "연계", Track: Permit, Office: "과기정통부"}, noon, rules(t))
	if err != nil {
		t.Fatal(err)
	}
	later := noon.AddDate(0, 0, 20)
	x, err = x.Rule(Filed, "ICT-7", "", later)
	if due, _, ok := x.Due(nil, rules(t)); err != nil || x.State != Sandbox || x.FiledUnder != "ICT-7" || !ok || due != "2027-01-12" {
		t.Errorf("%+v %s %v", x, due, err)
	}
	granted, _ := x.Rule(Granted, "", "", later)
	refused, _ := x.Rule(Refused, "", "안전성 미흡", later)
	if granted.State != Finished || granted.FiledUnder != "ICT-7" || refused.State != Declined || refused.Reason == "" {
		t.Errorf("%+v %+v", granted, refused)
	}
	if _, err := granted.Rule(Filed, "x", "", later); domain.KeyOf(err) != "task.not_sandbox" {
		t.Errorf("ruled on after its end: %v", err)
	}
}

func TestTheStaffIsRemindedOfAReplyAndWhoAskedIsTold(t *testing.T) {
	r := rules(t)
	post := Post{Task: request(), Staff: []domain.ID{"s"}, Proposer: []domain.ID{"p"}, Now: noon}
	expect := func(day int, want ...string) {
		t.Helper()
		post.Now = noon.AddDate(0, 0, day)
		var got []string
		for _, l := range post.Letters(r) {
			got = append(got, string(l.To)+" "+string(l.Kind))
			post.Sent = append(post.Sent, l)
		}
		if !slices.Equal(got, want) {
			t.Errorf("day %d: %v, want %v", day, got, want)
		}
	}
	expect(0, "s owe")
	if next, ok := post.Next(r); !ok || calendar.DateOf(next) != "2026-12-01" {
		t.Errorf("next %v %v", next, ok)
	}
	expect(7)
	expect(8, "s owe") // seven days before
	expect(14, "s owe")
	expect(20)
	at := noon.AddDate(0, 0, 14)
	x, err := post.Task.Extend(30, "협의", at, r)
	if err != nil {
		t.Fatal(err)
	}
	post.Task = x
	expect(15, "p extended")
	x, err = x.Answer(Answer{Route: ToAgenda, Text: "상정"}, noon.AddDate(0, 0, 16), r)
	if err != nil {
		t.Fatal(err)
	}
	post.Task = x
	expect(16, "p reply")
	if _, ok := post.Next(r); ok {
		t.Error("a reminder after the reply")
	}
}

func TestRequestsAreCountedByFieldBarrierAndReply(t *testing.T) {
	late := noon.AddDate(0, 0, 1)
	got := CountRequests([]Request{
		{Barrier: Essential, Field: Robot, RepliedAt: &noon, ReplyDue: "2026-11-23", Route: ToAgenda, SelectedAt: &noon},
		{Barrier: Essential, Field: Robot, RepliedAt: &late, ReplyDue: "2026-11-23", Route: ToSandbox, Ruling: Granted},
		{Barrier: Technical, Field: Fintech},
	})
	if got.Received != 3 || got.Replied != 2 || got.InTime != 1 || got.Agenda != 1 || got.Sandbox != 1 || got.Improved != 2 {
		t.Errorf("%+v", got)
	}
	if len(got.Fields) != 5 || got.Fields[2] != (FieldCount{Robot, 0, 0, 2, 2}) || got.Fields[0].Technical != 1 {
		t.Errorf("%+v", got.Fields)
	}
}
