package tasking_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/identity"
	"secretariat/domain/pipeline"
	"secretariat/internal/testkit/hall"
	"secretariat/service"
	"secretariat/service/tasking"
	"secretariat/store"
)

func demand() tasking.Entry {
	return tasking.Entry{Division: "robots", Proposal: pipeline.Proposal{
		Demand: pipeline.Demand{Kind: pipeline.Regulation, Barrier: pipeline.Essential, Field: pipeline.Robot, Provision: "도로교통법 2"},
		Title:  "보도 주행 기준", Problem: "실증 장소가 부족하다", Approach: "보도 주행 기준을 둔다", Effects: "실증 확대",
	}}
}

// requested is a request that was submitted; the committee has a secretary with an account.
func (w *world) requested() pipeline.Task {
	w.t.Helper()
	must(w.t, w.h.DB.InTx(w.t.Context(), func(tx *store.Tx) error {
		if err := w.account(w.t.Context(), tx, "clerk"); err != nil {
			return err
		}
		return tx.SetAssignment(w.t.Context(), identity.Assignment{Account: "clerk", Committee: hall.Committee})
	}))
	t, err := w.s.Draft(w.t.Context(), w.drafter, tasking.DraftInput{Alliance: "a", Organisation: "robot", Entry: demand()})
	must(w.t, err)
	t, err = w.s.Submit(w.t.Context(), w.robot, tasking.ReviseInput{Task: t.ID, Entry: demand(), Version: t.Version})
	must(w.t, err)
	return t
}

func TestARequestIsRepliedToAndGoesToTheCommittee(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		x := w.requested()
		due := calendar.DateOf(w.h.Clock.Now()).AddDays(15)
		if got := w.send(x.ID); !slices.Equal(got, []string{"assoc-chief@example.kr ask", "clerk@example.kr owe", "lab-chief@example.kr ask"}) {
			t.Errorf("asked: %v", got)
		}
		v := w.show(w.staff, x.ID)
		if v.ReplyBy != due || v.ReplyLaw != "촉진법 17" || !slices.Contains(v.Acts, "task.reply") || x.Number != 1 {
			t.Errorf("%s %s %v", v.ReplyBy, v.ReplyLaw, v.Acts)
		}
		at, err := w.s.Stand(t.Context(), worker, tasking.CaseInput{Task: x.ID})
		must(t, err)
		if !slices.ContainsFunc(at.Deadlines, func(d service.Deadline) bool { return d.Name == tasking.DeadlineReply && calendar.DateOf(d.At) == due }) {
			t.Errorf("%+v", at.Deadlines)
		}
		in := tasking.AnswerInput{Task: x.ID, Version: x.Version, Answer: pipeline.Answer{Route: pipeline.ToAgenda, Text: "위원회에서 다룹니다"}}
		for name, by := range map[string]domain.Actor{"who asked": w.robot, "a sherpa": w.assoc} {
			_, err := w.s.Answer(t.Context(), by, in)
			wants(t, name, err, "forbidden")
		}
		x, err = w.s.Answer(t.Context(), w.staff, in)
		must(t, err)
		if got := w.send(x.ID); !slices.Equal(got, []string{"robot-chief@example.kr reply"}) || !strings.Contains(w.post.letters[0].Text, "위원회에 안건으로 올립니다.") {
			t.Errorf("told: %v %v", got, w.post.letters)
		}
		x = w.selected(x)
		if x.State != pipeline.Finished {
			t.Errorf("%+v", x)
		}
		n, err := w.s.Requests(t.Context(), domain.Public(), tasking.CountInput{Alliance: "a"})
		must(t, err)
		if n.Received != 1 || n.InTime != 1 || n.Improved != 1 || n.Fields[2].Essential != 1 {
			t.Errorf("%+v", n)
		}
		if of, err := w.s.Count(t.Context(), domain.Public(), tasking.CountInput{Alliance: "a"}); err != nil || of.Proposed != 0 {
			t.Errorf("a request is counted as a task: %+v %v", of, err)
		}
		if v := w.show(domain.Public(), x.ID); v.Task.ReplyText != "" || v.Task.Route != pipeline.ToAgenda {
			t.Errorf("everybody reads %+v", v.Task.Reply)
		}
	})
}

func TestASupplementAndAnExtensionPutTheReplyOff(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		x := w.requested()
		received := calendar.DateOf(w.h.Clock.Now())
		_, err := w.s.Supplement(t.Context(), w.staff, tasking.SupplementInput{Task: x.ID, Version: x.Version})
		if got := fieldsOf(err); !slices.Equal(got, []string{"reason"}) {
			t.Errorf("without a reason: %v", err)
		}
		x, err = w.s.Supplement(t.Context(), w.staff, tasking.SupplementInput{Task: x.ID, Reason: "근거 조항을 더할 것", Version: x.Version})
		must(t, err)
		if got := w.send(x.ID); !slices.Contains(got, "robot-chief@example.kr ask") {
			t.Errorf("asked: %v", got)
		}
		if v := w.show(w.robot, x.ID); v.ReplyBy != received.AddDays(45) || v.Task.State != pipeline.Returned {
			t.Errorf("%s %s", v.ReplyBy, v.Task.State)
		}
		x, err = w.s.Submit(t.Context(), w.robot, tasking.ReviseInput{Task: x.ID, Entry: demand(), Version: x.Version})
		must(t, err)
		_, err = w.s.Extend(t.Context(), w.staff, tasking.ExtendInput{Task: x.ID, Days: 31, Reason: "협의", Version: x.Version})
		wants(t, "by too much", err, "task.extend_days")
		x, err = w.s.Extend(t.Context(), w.staff, tasking.ExtendInput{Task: x.ID, Days: 30, Reason: "관계 부처 협의", Version: x.Version})
		must(t, err)
		if got := w.send(x.ID); !slices.Contains(got, "robot-chief@example.kr extended") {
			t.Errorf("told: %v", got)
		}
		if v := w.show(w.robot, x.ID); v.ReplyBy != received.AddDays(75) {
			t.Errorf("%s", v.ReplyBy)
		}
		_, err = w.s.Extend(t.Context(), w.staff, tasking.ExtendInput{Task: x.ID, Days: 1, Reason: "또", Version: x.Version})
		wants(t, "twice", err, "task.extended_once")
	})
}

func TestARequestEndsInTheSandbox(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		x := w.requested()
		in := tasking.AnswerInput{Task: x.ID, Version: x.Version, Answer: pipeline.Answer{Route: pipeline.ToSandbox, Text: "연계합니다"}}
		_, err := w.s.Answer(t.Context(), w.staff, in)
		if got := fieldsOf(err); !slices.Equal(got, []string{"office", "track"}) {
			t.Errorf("without an office: %v", err)
		}
		in.Track, in.Office = pipeline.Trial, "산업통상자원부"
		x, err = w.s.Answer(t.Context(), w.staff, in)
		must(t, err)
		w.h.Clock.Advance(31 * 24 * time.Hour)
		at, err := w.s.Stand(t.Context(), worker, tasking.CaseInput{Task: x.ID})
		must(t, err)
		if at.Stage != tasking.StageSandbox || len(at.Deadlines) != 1 || at.Deadlines[0].Name != tasking.DeadlineSandbox {
			t.Errorf("%+v", at)
		}
		x, err = w.s.Ruling(t.Context(), w.staff, tasking.RulingInput{Task: x.ID, Ruling: pipeline.Granted, FiledUnder: "2027-3", Version: x.Version})
		must(t, err)
		w.send(x.ID)
		if got := w.post.letters; len(got) != 2 || !strings.Contains(got[1].Text, "승인되었음을") || !strings.Contains(got[1].Text, "2027-3") {
			t.Errorf("told: %+v", got)
		}
		if _, err := w.s.Show(t.Context(), domain.Public(), tasking.ShowInput{Task: x.ID}); domain.KeyOf(err) != "not_found.task" {
			t.Errorf("everybody reads it: %v", err)
		}
	})
}
