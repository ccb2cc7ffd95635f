package tasking_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/domain/ballot"
	"secretariat/domain/meeting"
	"secretariat/domain/pipeline"
	"secretariat/internal/testkit/hall"
	"secretariat/service/balloting"
	"secretariat/service/minuting"
	"secretariat/service/presiding"
	"secretariat/service/tasking"
	"secretariat/store"
)

func cut(id string) (string, string, bool) { return strings.Cut(id, ".") }

func TestATaskFromItsDraftToItsSpread(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		task := w.refined()
		if task.State != pipeline.Tabling || task.Score != 80_000 || task.Marks != 2 || task.Number != 1 || task.Rules == "" {
			t.Fatalf("refined: %+v", task)
		}
		task = w.selected(task)
		if task.State != pipeline.Spreading || task.Approval != "디지털전환과-77" || task.Decision == "" {
			t.Fatalf("selected: %+v", task)
		}
		w.spread(task)
		seen, err := w.s.List(t.Context(), domain.Public(), tasking.ListInput{Published: true})
		must(t, err)
		if len(seen.Items) != 1 || seen.Items[0].Proposer != "기관 robot" || seen.Items[0].Task.Advice != "" || len(seen.Items[0].Acts) != 0 {
			t.Errorf("everybody reads %+v", seen.Items)
		}
		if v := w.show(domain.Public(), task.ID); v.Spread.Adopters != 12 || len(v.Comments)+len(v.Marks) != 0 || v.Score != nil {
			t.Errorf("everybody reads %+v", v)
		}
		n, err := w.s.Count(t.Context(), domain.Public(), tasking.CountInput{Alliance: "a"})
		must(t, err)
		if n.Tasks.Count != 1 || n.FirstYear.Target != 20 || n.Divisions.Count != 2 || n.Finished != 1 {
			t.Errorf("counted %+v", n)
		}
	})
}

// selected tables a task on the first item of the hall's meeting, has it carried and takes the decision over.
func (w *world) selected(task pipeline.Task) pipeline.Task {
	w.t.Helper()
	v := w.show(w.staff, task.ID)
	if len(v.Items) != 1 {
		w.t.Fatalf("items to table it on: %+v", v.Items)
	}
	task, err := w.s.Table(w.t.Context(), w.staff, tasking.TableInput{Task: task.ID, Item: v.Items[0].ID, Version: task.Version})
	must(w.t, err)
	w.meet()
	v = w.show(w.staff, task.ID)
	if len(v.Decided) != 1 || v.Decided[0].Detail != string(meeting.ApprovedAsProposed) {
		w.t.Fatalf("records to take over: %+v", v.Decided)
	}
	in := tasking.DecideInput{Task: task.ID, Decision: v.Decided[0].ID, Version: task.Version}
	if _, err := w.s.Decide(w.t.Context(), w.staff, in); !slices.Equal(fieldsOf(err), []string{"approval"}) {
		w.t.Errorf("without an approval: %v", err)
	}
	in.Approval = "디지털전환과-77"
	task, err = w.s.Decide(w.t.Context(), w.staff, in)
	must(w.t, err)
	return task
}

// meet holds the hall's meeting, in which the first item is carried, and issues its decisions.
func (w *world) meet() {
	w.t.Helper()
	w.h.Begin(w.t, 7)
	of := w.h.Vote(w.t, balloting.OpenInput{})
	roll, err := func() (out []ballot.RollEntry, err error) {
		w.h.Read(w.t, func(ctx context.Context, tx *store.Tx) error { out, err = tx.RollOf(ctx, of); return err })
		return out, err
	}()
	must(w.t, err)
	for n := 1; n <= 7; n++ {
		if slices.ContainsFunc(roll, func(r ballot.RollEntry) bool { return r.Member == w.h.Member(n) }) {
			w.h.Cast(w.t, of, ballot.Yes, n, n)
		}
	}
	w.h.Close(w.t, of)
	_, err = w.h.Presiding.Adjourn(w.t.Context(), w.staff, presiding.MeetingInput{Meeting: hall.Meeting})
	must(w.t, err)
	_, err = w.minuting.Issue(w.t.Context(), w.staff, minuting.IssueInput{Meeting: hall.Meeting})
	must(w.t, err)
}

// spread hands a task to the hub, which reports, and ends it.
func (w *world) spread(task pipeline.Task) {
	w.t.Helper()
	v := w.show(w.staff, task.ID)
	if len(v.Hubs) != 1 || v.Hubs[0].ID != "hub" {
		w.t.Errorf("hubs: %+v", v.Hubs)
	}
	_, err := w.s.Hand(w.t.Context(), w.staff, tasking.HandInput{Task: task.ID, Hub: "assoc", Version: task.Version})
	if !slices.Equal(fieldsOf(err), []string{"hub"}) {
		w.t.Errorf("handed to its sherpa: %v", err)
	}
	task, err = w.s.Hand(w.t.Context(), w.staff, tasking.HandInput{Task: task.ID, Hub: "hub", Version: task.Version})
	must(w.t, err)
	_, err = w.s.Finish(w.t.Context(), w.staff, tasking.ActInput{Task: task.ID, Version: task.Version})
	wants(w.t, "finished early", err, "task.no_report")
	for _, n := range []int{5, 7} {
		_, err = w.s.Report(w.t.Context(), w.hub, tasking.ReportInput{Task: task.ID, Adopters: n, Text: "보급"})
		must(w.t, err)
	}
	_, err = w.s.Report(w.t.Context(), w.robot, tasking.ReportInput{Task: task.ID, Text: "우리가"})
	wants(w.t, "the proposer reports", err, "forbidden")
	_, err = w.s.Finish(w.t.Context(), w.staff, tasking.ActInput{Task: task.ID, Version: task.Version})
	must(w.t, err)
	if got := w.send(task.ID); !slices.Equal(got, []string{"robot-chief@example.kr tell"}) {
		w.t.Errorf("told: %v", got)
	}
}

func TestADraftIsTheOrganisationsOwn(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		task := w.draft()
		for name, by := range map[string]domain.Actor{"staff": w.staff, "sherpa": w.assoc, "member": w.h.Person(1), "public": domain.Public()} {
			_, err := w.s.Show(t.Context(), by, tasking.ShowInput{Task: task.ID})
			wants(t, name, err, "not_found.task")
			if list, err := w.s.List(t.Context(), by, tasking.ListInput{}); err != nil || len(list.Items) != 0 {
				t.Errorf("%s lists %d: %v", name, len(list.Items), err)
			}
			_, err = w.s.Stand(t.Context(), by, tasking.CaseInput{Task: task.ID})
			wants(t, name+" asks for its stand", err, "forbidden")
		}
		in := tasking.ReviseInput{Task: task.ID, Entry: entry(), Version: task.Version}
		_, err := w.s.Submit(t.Context(), w.drafter, in)
		wants(t, "who drafts submits", err, "forbidden")
		short := in
		short.Problem, short.Technologies, short.Partners = "", nil, []domain.ID{"nobody"}
		_, err = w.s.Revise(t.Context(), w.robot, short)
		if got := fieldsOf(err); !slices.Equal(got, []string{"partners"}) {
			t.Errorf("saved with %v", got)
		}
		short.Partners = nil
		saved, err := w.s.Revise(t.Context(), w.robot, short)
		must(t, err)
		short.Version = saved.Version
		_, err = w.s.Submit(t.Context(), w.robot, short)
		if got := fieldsOf(err); !slices.Equal(got, []string{"problem", "technologies"}) {
			t.Errorf("submitted with %v", got)
		}
		_, err = w.s.Revise(t.Context(), w.robot, in)
		wants(t, "on a stale version", err, "stale")
		_, err = w.s.Draft(t.Context(), w.bank, tasking.DraftInput{Alliance: "a", Organisation: "robot", Entry: entry()})
		wants(t, "in the name of others", err, "forbidden")
	})
}

func TestTheDivisionDiscussesAndItsSherpaRecommends(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		task := w.submitted()
		if got := w.send(task.ID); !slices.Equal(got, []string{"assoc-chief@example.kr ask", "lab-chief@example.kr ask"}) {
			t.Errorf("asked: %v", got)
		}
		if text := w.post.letters[0].Text; !strings.Contains(text, "https://city.example/tasks/"+string(task.ID)) || !strings.Contains(text, "제2026-1호 물류로봇 고장 예측") {
			t.Errorf("the letter: %s", text)
		}
		for _, by := range []domain.Actor{w.lab, w.drafter, w.staff} {
			_, err := w.s.Comment(t.Context(), by, tasking.CommentInput{Task: task.ID, Text: "의견"})
			must(t, err)
		}
		_, err := w.s.Comment(t.Context(), w.bank, tasking.CommentInput{Task: task.ID, Text: "의견"})
		wants(t, "another division", err, "not_found.task")
		v := w.show(w.assoc, task.ID)
		if len(v.Comments) != 3 || v.Comments[2].Author != "디지털전환과" || !slices.Contains(v.Acts, "task.review") || v.Due == "" || v.Basis == "" {
			t.Errorf("%+v", v)
		}
		_, err = w.s.Review(t.Context(), w.staff, tasking.ReviewInput{Task: task.ID, Recommend: true, Reason: "우리가"})
		wants(t, "the secretary in place of a sherpa", err, "task.sherpa_there")
		_, err = w.s.Review(t.Context(), w.drafter, tasking.ReviewInput{Task: task.ID, Recommend: true, Reason: "좋다"})
		wants(t, "the proposer recommends its own", err, "forbidden")
	})
}

func TestASherpaThatTakesPartIsRecused(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		e := entry()
		e.Partners = []domain.ID{"assoc", "lab"}
		task := w.draft()
		task, err := w.s.Submit(t.Context(), w.robot, tasking.ReviseInput{Task: task.ID, Entry: e, Version: task.Version})
		must(t, err)
		for _, by := range []domain.Actor{w.assoc, w.lab} {
			_, err := w.s.Review(t.Context(), by, tasking.ReviewInput{Task: task.ID, Recommend: true, Reason: "함께 합니다"})
			if domain.CodeOf(err) != domain.CodeForbidden {
				t.Errorf("%s recommends what it takes part in: %v", by.ID, err)
			}
		}
		if got := w.send(task.ID); got != nil {
			t.Errorf("asked: %v", got)
		}
		task, err = w.s.Review(t.Context(), w.staff, tasking.ReviewInput{Task: task.ID, Recommend: true, Reason: "남은 셰르파가 없음"})
		must(t, err)
		if task.Sherpa != "" || task.State != pipeline.Refining {
			t.Errorf("%+v", task)
		}
	})
}

func TestNobodySeesMarksBeforeGivingTheirs(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		task := w.recommended()
		if got := w.send(task.ID); !slices.Equal(got, []string{"judge-1@example.kr ask", "judge-2@example.kr ask", "judge-3@example.kr ask", "robot-chief@example.kr tell"}) {
			t.Errorf("asked: %v", got)
		}
		must(t, w.mark(w.judges[0], task, 5))
		wants(t, "twice", w.mark(w.judges[0], task, 4), "conflict.task_mark")
		wants(t, "with a conflict", w.mark(w.judges[3], task, 5), "not_found.task")
		wants(t, "who is no member", w.mark(w.robot, task, 5), "forbidden")
		for name, by := range map[string]domain.Actor{"another judge": w.judges[1], "staff": w.staff, "proposer": w.robot, "sherpa": w.assoc} {
			if v := w.show(by, task.ID); len(v.Marks)+len(v.Remarks) != 0 || v.Score.Thousandths != 0 || v.Score.Marks != 1 || v.Score.Passed {
				t.Errorf("%s sees %+v %+v", name, v.Marks, v.Score)
			}
		}
		must(t, w.mark(w.judges[1], task, 3))
		if v := w.show(w.judges[1], task.ID); len(v.Marks) != 2 || v.Score.Thousandths != 80_000 {
			t.Errorf("a judge who has given a mark sees %+v %+v", v.Marks, v.Score)
		}
		_, err := w.s.Mark(t.Context(), w.judges[2], tasking.MarkInput{Task: task.ID, Aside: "자문한 적이 있음"})
		must(t, err)
		if v := w.show(w.judges[2], task.ID); len(v.Marks) != 0 || v.Score.Members != 2 {
			t.Errorf("who stepped aside sees %+v %+v", v.Marks, v.Score)
		}
		_, err = w.s.Conclude(t.Context(), w.staff, tasking.ConcludeInput{Task: task.ID, Version: task.Version})
		must(t, err)
		if v := w.show(w.robot, task.ID); !slices.Equal(v.Remarks, []string{"비고 judge-1", "비고 judge-2"}) || len(v.Marks) != 0 || v.Score.Thousandths != 80_000 {
			t.Errorf("the proposer sees %+v %+v", v.Remarks, v.Marks)
		}
		if v := w.show(w.staff, task.ID); len(v.Marks) != 3 {
			t.Errorf("the staff sees %+v", v.Marks)
		}
	})
}

func TestTooFewPointsSendATaskBackToTheCouncil(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		task := w.recommended()
		must(t, w.mark(w.judges[0], task, 3))
		_, err := w.s.Conclude(t.Context(), w.staff, tasking.ConcludeInput{Task: task.ID, Version: task.Version})
		wants(t, "one of three", err, "task.marks_missing")
		must(t, w.mark(w.judges[1], task, 3))
		_, err = w.s.Conclude(t.Context(), w.staff, tasking.ConcludeInput{Task: task.ID, Version: task.Version})
		if got := fieldsOf(err); !slices.Equal(got, []string{"reason"}) {
			t.Errorf("returned without a reason: %v", err)
		}
		task, err = w.s.Conclude(t.Context(), w.staff, tasking.ConcludeInput{Task: task.ID, Reason: "자료 확보 방안을 더할 것", Version: task.Version})
		must(t, err)
		if task.State != pipeline.Returned || task.Score != 60_000 {
			t.Fatalf("%+v", task)
		}
		if got := w.send(task.ID); !slices.Contains(got, "robot-chief@example.kr ask") {
			t.Errorf("told: %v", got)
		}
		task, err = w.s.Submit(t.Context(), w.robot, tasking.ReviseInput{Task: task.ID, Entry: entry(), Version: task.Version})
		must(t, err)
		if task.State != pipeline.Refining || task.Round != 2 || task.Number != 1 {
			t.Errorf("%+v", task)
		}
		if v := w.show(w.judges[0], task.ID); v.Mark != nil || !slices.Contains(v.Acts, "task.mark") {
			t.Errorf("the marks of the round before count: %+v", v.Mark)
		}
	})
}

func TestMembersOfTheCommitteeAreRecusedWhenATaskIsTabled(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		who := domain.ID("person-3")
		must(t, w.h.DB.InTx(t.Context(), func(tx *store.Tx) error {
			return tx.SetPerson(t.Context(), alliance.Person{Organisation: "lab", Account: who})
		}))
		task := w.refined()
		member := w.h.Person(4)
		_, err := w.s.Show(t.Context(), member, tasking.ShowInput{Task: task.ID})
		wants(t, "before it is on the agenda", err, "not_found.task")
		task, err = w.s.Table(t.Context(), w.staff, tasking.TableInput{Task: task.ID, Item: w.h.Items[0], Version: task.Version})
		must(t, err)
		w.h.Read(t, func(ctx context.Context, tx *store.Tx) error {
			all, err := tx.RecusalsOf(ctx, hall.Meeting)
			if len(all) != 1 || all[0].Member != w.h.Member(3) || all[0].Ground != "prior_work" || all[0].State != meeting.RecusalInForce {
				t.Errorf("recused: %+v", all)
			}
			return err
		})
		if i := w.h.Item(t, 1); !slices.Equal(i.Interested, []string{"기관 robot", "기관 assoc", "기관 lab"}) {
			t.Errorf("the item concerns %v", i.Interested)
		}
		if v := w.show(member, task.ID); v.Task.Title == "" || v.Task.Advice != "" || len(v.Acts) != 0 {
			t.Errorf("a member reads %+v", v)
		}
		_, err = w.s.Table(t.Context(), w.staff, tasking.TableInput{Task: task.ID, Item: w.h.Items[0], Version: task.Version})
		must(t, err) // tabled again: nobody is recused twice
		_, err = w.s.Table(t.Context(), w.staff, tasking.TableInput{Task: task.ID, Item: "no-item"})
		if got := fieldsOf(err); !slices.Equal(got, []string{"item"}) {
			t.Errorf("tabled on %v", err)
		}
	})
}

func TestADecisionInWhichAnInterestedMemberVotedIsNotTakenOver(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		task := w.refined()
		task, err := w.s.Table(t.Context(), w.staff, tasking.TableInput{Task: task.ID, Item: w.h.Items[0], Version: task.Version})
		must(t, err)
		must(t, w.h.DB.InTx(t.Context(), func(tx *store.Tx) error { // after the recusals were written
			return tx.SetPerson(t.Context(), alliance.Person{Organisation: "robot", Account: "person-3"})
		}))
		w.meet()
		v := w.show(w.staff, task.ID)
		_, err = w.s.Decide(t.Context(), w.staff, tasking.DecideInput{Task: task.ID, Decision: v.Decided[0].ID, Approval: "과-1"})
		wants(t, "with a member who should have been recused", err, "task.member_not_recused")
	})
}

func TestTwoSherpasAtOnceAndASubmissionSentTwice(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		task := w.draft()
		errs := make([]error, 8)
		var wait sync.WaitGroup
		for n := range errs {
			wait.Go(func() {
				_, errs[n] = w.s.Submit(t.Context(), w.robot, tasking.ReviseInput{Task: task.ID, Entry: entry(), Version: task.Version})
			})
		}
		wait.Wait()
		once(t, "submissions", errs)
		errs = make([]error, 8)
		for n := range errs {
			wait.Go(func() {
				by := []domain.Actor{w.assoc, w.lab}[n%2]
				_, errs[n] = w.s.Review(t.Context(), by, tasking.ReviewInput{Task: task.ID, Recommend: n%2 == 0, Reason: "검토"})
			})
		}
		wait.Wait()
		once(t, "reviews", errs)
		v := w.show(w.robot, task.ID)
		if v.Task.Round != 1 || v.Task.Number != 1 || v.Task.State == pipeline.Discussing {
			t.Errorf("%+v", v.Task)
		}
	})
}

func once(t *testing.T, what string, errs []error) {
	t.Helper()
	done := 0
	for _, err := range errs {
		switch code := domain.CodeOf(err); code {
		case "":
			done++
		case domain.CodeConflict, domain.CodeStale, domain.CodeForbidden:
		default:
			t.Errorf("%s: %v", what, err)
		}
	}
	if done != 1 {
		t.Errorf("%d %s went through", done, what)
	}
}

func TestTheStandOfACaseSaysWhoIsWaitedFor(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		task := w.recommended()
		at, err := w.s.Stand(t.Context(), w.staff, tasking.CaseInput{Task: task.ID})
		must(t, err)
		if at.Stage != tasking.StageRefining || at.Pending != 3 || at.Letters != 4 || len(at.Deadlines) != 2 || at.Deadlines[0].Name != tasking.DeadlineRemind {
			t.Errorf("%+v", at)
		}
		task, err = w.s.Withdraw(t.Context(), w.robot, tasking.WithdrawInput{Task: task.ID, Reason: "사정이 바뀜", Version: task.Version})
		must(t, err)
		at, err = w.s.Stand(t.Context(), worker, tasking.CaseInput{Task: task.ID})
		must(t, err)
		if at.Stage != tasking.StageOver || at.Pending != 0 || len(at.Deadlines) != 0 {
			t.Errorf("%+v", at)
		}
	})
}

func TestTheCouncilIsForItsStaffAndItself(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		for _, by := range []domain.Actor{w.staff, w.judges[0]} {
			got, err := w.s.Council(t.Context(), by, tasking.CouncilInput{Alliance: "a"})
			must(t, err)
			if len(got.Items) != 4 || got.Items[0].Employer == "" {
				t.Errorf("%+v", got)
			}
		}
		_, err := w.s.Council(t.Context(), w.robot, tasking.CouncilInput{Alliance: "a"})
		wants(t, "a partner", err, "forbidden")
		_, err = w.s.Seat(t.Context(), w.staff, tasking.SeatInput{Alliance: "a", Email: "nobody@example.kr"})
		if got := fieldsOf(err); !slices.Equal(got, []string{"email", "employer"}) {
			t.Errorf("seated: %v", err)
		}
		_, err = w.s.Unseat(t.Context(), w.staff, tasking.UnseatInput{Alliance: "a", Account: "judge-1"})
		must(t, err)
		got, err := w.s.Council(t.Context(), w.staff, tasking.CouncilInput{Alliance: "a"})
		must(t, err)
		if len(got.Items) != 3 {
			t.Errorf("%+v", got)
		}
	})
}
