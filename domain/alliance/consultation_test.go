package alliance_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"secretariat/domain"
	. "secretariat/domain/alliance"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
	"secretariat/policies"
)

func rules(t *testing.T) policy.Rules {
	t.Helper()
	lib, err := policies.Load("")
	if err != nil {
		t.Fatal(err)
	}
	r, err := lib.Resolve("seoul-dx-draft", "2026-11-22")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// noon is noon of a day of March 2026 in Seoul.
func noon(day int) time.Time { return time.Date(2026, 3, day, 12, 0, 0, 0, calendar.Seoul).UTC() }

func at(t time.Time) *time.Time { return &t }

func draft() Consultation {
	return Consultation{
		ID: "c", Kind: Consulting, Audience: AskMembers, State: Drafting, Title: "안", Purpose: "의견",
		Articles: []Article{{Label: "제1조", After: "가"}, {Label: "제2조", Before: "나"}}, ClosesAt: noon(20),
	}
}

func TestTheLeastPeriods(t *testing.T) {
	r := rules(t)
	for name, c := range map[string]struct {
		change func(*Consultation)
		last   int // last day of March on which it may open
		basis  string
	}{
		"consultation": {func(*Consultation) {}, 10, "담당부서 운영기준(안)"},
		"urgent":       {func(c *Consultation) { c.Urgent = "사유" }, 19, ""},
		"pre-notice":   {func(c *Consultation) { c.Kind, c.ClosesAt = PreNotice, noon(31) }, 11, "행정절차법 46③"},
		"urgent one":   {func(c *Consultation) { c.Kind, c.Urgent = PreNotice, "사유" }, 10, "행정절차법 46④"},
		"hearing":      {func(c *Consultation) { c.Kind, c.HearingAt, c.ClosesAt = Hearing, at(noon(25)), noon(26) }, 11, "행정절차법 38"},
	} {
		t.Run(name, func(t *testing.T) {
			x := draft()
			c.change(&x)
			open, err := x.Open(noon(c.last), r)
			if err != nil || open.State != Collecting || open.Rules == "" || !open.OpenedAt.Equal(noon(c.last)) {
				t.Errorf("on the last day: %+v %v", open, err)
			}
			_, err = x.Open(noon(c.last+1), r)
			var e *domain.Error
			e, _ = err.(*domain.Error)
			if e == nil || e.Code != domain.CodeRefused || e.Basis != c.basis {
				t.Errorf("a day later: %v", err)
			}
		})
	}
}

func TestAHearingMayBeMovedWithAWeeksNotice(t *testing.T) {
	r := rules(t)
	c := draft()
	c.Kind, c.HearingAt, c.ClosesAt = Hearing, at(noon(25)), noon(26)
	open, err := c.Open(noon(1), r)
	if err != nil {
		t.Fatal(err)
	}
	moved, err := open.Move(noon(28), at(noon(27)), "장소 사정", noon(20), r)
	if err != nil || moved.MovedFor == "" || !moved.HearingAt.Equal(noon(27)) {
		t.Errorf("a week before: %+v %v", moved, err)
	}
	if _, err := open.Move(noon(28), at(noon(27)), "장소 사정", noon(21), r); domain.KeyOf(err) != "consultation.hearing_too_soon" {
		t.Errorf("six days before: %v", err)
	}
	if _, err := open.Move(noon(25), nil, "단축", noon(2), r); domain.KeyOf(err) != "consultation.only_later" {
		t.Errorf("an earlier close: %v", err)
	}
	if moved, err := open.Move(noon(30), nil, "연장", noon(25), r); err != nil || !moved.HearingAt.Equal(noon(25)) {
		t.Errorf("the close alone: %v", err)
	}
}

func TestAConsultationEndsWithEveryOpinionAnswered(t *testing.T) {
	c := draft()
	c.State, c.OpenedAt = Collecting, at(noon(1))
	if c.Takes(noon(20)) || !c.Takes(noon(20).Add(-time.Microsecond)) {
		t.Error("the close is the first moment that is too late")
	}
	if _, err := c.Close(noon(19)); domain.CodeOf(err) != domain.CodeConflict {
		t.Errorf("closed early: %v", err)
	}
	closed, err := c.Close(noon(20))
	if err != nil || closed.State != Disposing || closed.AnswerBy(rules(t)) != "2026-04-03" {
		t.Fatalf("%+v %v", closed, err)
	}
	if _, err := closed.Finish(Count{Open: 1}, noon(21)); domain.KeyOf(err) != "consultation.opinions_open" {
		t.Errorf("one is open: %v", err)
	}
	if _, err := closed.Finish(Count{Unmasked: 2}, noon(21)); domain.KeyOf(err) != "consultation.opinions_unmasked" {
		t.Errorf("personal data that nobody has looked at: %v", err)
	}
	done, err := closed.Finish(Count{}, noon(21))
	if err != nil || done.State != Answered {
		t.Errorf("%+v %v", done, err)
	}
	if _, err := done.Withdraw("x", noon(22)); err == nil {
		t.Error("withdrawn after its end")
	}
	closed.Kind = Hearing
	if _, err := closed.Finish(Count{}, noon(21)); domain.KeyOf(err) != "consultation.no_record" {
		t.Errorf("a hearing without its record: %v", err)
	}
}

func TestWhoIsAsked(t *testing.T) {
	c := draft()
	c.Divisions = []domain.ID{"robot"}
	for _, x := range []struct {
		audience Audience
		member   bool
		in       []domain.ID
		want     bool
	}{
		{AskMembers, true, nil, true}, {AskMembers, false, nil, false}, {AskPublic, false, nil, true},
		{AskDivisions, true, []domain.ID{"bio", "robot"}, true}, {AskDivisions, true, []domain.ID{"bio"}, false},
		{AskDivisions, false, []domain.ID{"robot"}, false},
	} {
		c.Audience = x.audience
		if got := c.Asks(x.member, x.in); got != x.want {
			t.Errorf("%+v: %v", x, got)
		}
	}
}

// naiveCount walks from each opinion to what answers it.
func naiveCount(all []Opinion) Count {
	out := Count{Opinions: len(all)}
	for _, o := range all {
		answer := o
		for _, lead := range all {
			if o.Lead != "" && lead.ID == o.Lead {
				answer = lead
			}
		}
		for outcome, n := range map[Outcome]*int{Accepted: &out.Accepted, Partly: &out.Partly, Declined: &out.Declined, "": &out.Open} {
			if answer.Outcome == outcome {
				*n++
			}
		}
	}
	return out
}

func TestOpinionsAreCountedWithTheOneThatAnswersThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := make([]Opinion, rapid.IntRange(0, 12).Draw(t, "opinions"))
		for i := range all {
			all[i] = Opinion{ID: domain.ID(strconv.Itoa(i)), Consultation: "c"}
		}
		for range rapid.IntRange(0, 30).Draw(t, "acts") {
			if len(all) == 0 {
				break
			}
			n := rapid.IntRange(0, len(all)-1).Draw(t, "opinion")
			if rapid.Bool().Draw(t, "dispose") {
				outcome := rapid.SampledFrom([]Outcome{Accepted, Partly, Declined}).Draw(t, "outcome")
				all[n] = all[n].Dispose(outcome, "사유", noon(21))
				continue
			}
			followers := 0
			for _, o := range all {
				if o.Lead == all[n].ID {
					followers++
				}
			}
			lead := rapid.IntRange(0, len(all)-1).Draw(t, "lead")
			if merged, err := all[n].Merge(all[lead], followers); err == nil {
				all[n] = merged
			}
		}
		var answers []Answers
		for _, o := range all {
			var lead *Opinion
			if i := slices.IndexFunc(all, func(x Opinion) bool { return x.ID == o.Lead }); i >= 0 {
				lead = &all[i]
			}
			outcome, _ := o.Answer(lead)
			answers = append(answers, Answers{Outcome: outcome, Opinions: 1})
		}
		got := CountOpinions(answers)
		if got != naiveCount(all) || got.Accepted+got.Partly+got.Declined+got.Open != len(all) {
			t.Fatalf("%+v of %+v", got, all)
		}
		for _, o := range all {
			if o.Lead == "" {
				continue
			}
			if i := slices.IndexFunc(all, func(x Opinion) bool { return x.ID == o.Lead }); all[i].Lead != "" {
				t.Fatalf("a chain of leads: %+v", all)
			}
		}
	})
}

func TestLettersGoToThoseConcernedAndOnce(t *testing.T) {
	r := rules(t)
	c := draft()
	c.State, c.OpenedAt = Collecting, at(noon(1))
	post := Post{Consultation: c, Asked: []Addressee{{Account: "a"}, {Account: "b", Submitted: true}}, Now: noon(2)}
	kinds := func() (out []string) {
		for _, l := range post.Due(r) {
			out = append(out, string(l.To)+" "+string(l.Kind))
		}
		post.Sent = append(post.Sent, post.Due(r)...)
		return out
	}
	expect := func(want ...string) {
		t.Helper()
		if got := kinds(); !slices.Equal(got, want) {
			t.Errorf("due %v, want %v", got, want)
		}
	}
	expect("a ask", "b ask")
	expect()
	if next, ok := post.NextReminder(r); !ok || calendar.DateOf(next) != "2026-03-17" {
		t.Errorf("next reminder %v %v", next, ok)
	}
	post.Now = noon(17)
	expect("a remind")
	expect()
	post.Now = noon(19)
	expect("a remind")
	post.Consultation.MovedAt, post.Consultation.ClosesAt = at(noon(19)), noon(30)
	expect("a moved", "b moved")
	post.Now = noon(30)
	expect()
	if _, ok := post.NextReminder(r); ok {
		t.Error("a reminder after the close")
	}
	post.Consultation.State, post.Answers = Answered, []domain.ID{"s"}
	expect("s answer")
	expect()
	// Who was asked is told of a withdrawal, and who answered without being asked; not before it is withdrawn, and once.
	post.Consultation.State, post.Answers = Withdrawn, []domain.ID{"citizen"}
	expect()
	post.Consultation.WithdrawnAt = at(noon(30))
	expect("a withdrawn", "b withdrawn", "citizen withdrawn")
	expect()
}

func TestWhatIsWrongWithAConsultationIsToldAtOnce(t *testing.T) {
	var p domain.Problems
	Consultation{Kind: Hearing, Audience: AskDivisions, Articles: []Article{{}}}.Check(&p)
	e, _ := p.Err().(*domain.Error)
	if e == nil || len(e.Fields) != 10 {
		t.Errorf("%v", p.Err())
	}
	var none domain.Problems
	draft().Check(&none)
	if none.Err() != nil {
		t.Error(none.Err())
	}
	var q domain.Problems
	Opinion{Article: 3, Stance: Amends}.Check(&q, 2)
	if e, _ := q.Err().(*domain.Error); e == nil || len(e.Fields) != 2 {
		t.Errorf("%v", q.Err())
	}
}
