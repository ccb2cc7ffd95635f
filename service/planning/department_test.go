package planning_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/plan"
	"secretariat/service/planning"
)

// post keeps letters, or refuses them.
type post struct {
	letters []planning.Letter
	fails   error
}

func (p *post) Chase(_ context.Context, l planning.Letter) error {
	if p.fails == nil {
		p.letters = append(p.letters, l)
	}
	return p.fails
}

func owned(id, owner string, indicators ...plan.Indicator) plan.Change {
	c := put(id, "1", plan.Programme, indicators...)
	c.Node.Owner = owner
	return c
}

func (w *world) department(name string) plan.Department {
	w.t.Helper()
	d, err := w.s.AddDepartment(w.t.Context(), w.staff, planning.AddDepartmentInput{Name: name})
	must(w.t, err)
	return d
}

// officer is somebody who acts for a department from now on.
func (w *world) officer(d plan.Department, email string) domain.Actor {
	w.t.Helper()
	out, err := w.s.Bind(w.t.Context(), w.staff, planning.BindInput{Department: d.ID, Email: email, Name: "담당 " + d.Name})
	must(w.t, err)
	return domain.Actor{ID: out.Account, Kind: domain.ActorPerson}
}

func (w *world) openReview(year, month int) (plan.Review, error) {
	w.h.Clock.Set(time.Date(year, time.Month(month), 1, 9, 0, 0, 0, calendar.Seoul))
	return w.s.OpenReview(w.t.Context(), worker, planning.CaseInput{Plan: w.plan.ID})
}

func TestAnOwnerIsAskedByLetterAndReportsItsOwn(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		mail := &post{}
		w.s.Mailing(mail, "https://dx.example/")
		must(t, w.revise(plan.Drafted, 0, put("1", "", plan.Strategy), owned("1-1", "가과", firms), owned("1-2", "나과", firms)))
		w.inForce()
		first, second := w.department("가과"), w.department("나과")
		w.department("다과")
		_, err := w.s.AddDepartment(t.Context(), w.staff, planning.AddDepartmentInput{Name: " 가과 "})
		expect(t, "a name twice", err, "conflict.department")
		one, two := w.officer(first, "one@dx.example"), w.officer(second, "two@dx.example")
		v, err := w.openReview(2027, 4)
		must(t, err)
		at, err := w.s.Stand(t.Context(), worker, planning.CaseInput{Plan: w.plan.ID})
		must(t, err)
		if at.Letters != 2 {
			t.Errorf("%d letters are due", at.Letters)
		}
		mail.fails = errors.New("the mail server is away")
		if err := w.s.SendDue(t.Context(), worker, planning.CaseInput{Plan: w.plan.ID}); !errors.Is(err, mail.fails) {
			t.Errorf("sent %v", err)
		}
		mail.fails = nil
		for range 2 { // the second time nothing is due
			must(t, w.s.SendDue(t.Context(), worker, planning.CaseInput{Plan: w.plan.ID}))
		}
		if len(mail.letters) != 2 || mail.letters[0].Mail == mail.letters[1].Mail || !strings.Contains(mail.letters[0].Text, "https://dx.example/reviews/"+string(v.ID)) {
			t.Fatalf("letters %+v", mail.letters)
		}
		w.ownFigures(v, one, two)
		w.h.Clock.Set(time.Date(2027, 4, 16, 10, 0, 0, 0, calendar.Seoul))
		must(t, w.s.SendDue(t.Context(), worker, planning.CaseInput{Plan: w.plan.ID}))
		if len(mail.letters) != 3 || mail.letters[2].Mail != "two@dx.example" || !strings.Contains(mail.letters[2].Subject, "미제출") || strings.Contains(mail.letters[2].Text, "1-1") {
			t.Errorf("chased with %+v", mail.letters[2:])
		}
	})
}

// ownFigures has the first report what it owns, and try what it does not.
func (w *world) ownFigures(v plan.Review, one, two domain.Actor) {
	w.t.Helper()
	in := planning.ReportInput{Review: v.ID, Node: "1-2", Values: map[string]int64{"지원 기업": 50_000}, Evidence: "선정 결과"}
	_, err := w.s.Report(w.t.Context(), one, in)
	if domain.CodeOf(err) != domain.CodeForbidden {
		w.t.Errorf("another's figures: %v", err)
	}
	_, err = w.s.Report(w.t.Context(), domain.Actor{ID: "stranger", Kind: domain.ActorPerson}, in)
	if domain.CodeOf(err) != domain.CodeForbidden {
		w.t.Errorf("a stranger's figures: %v", err)
	}
	in.Node = "1-1"
	_, err = w.s.Report(w.t.Context(), one, in)
	must(w.t, err)
	for by, want := range map[domain.ID][2]int{one.ID: {1, 0}, two.ID: {1, 1}, w.staff.ID: {2, 1}} {
		actor := map[domain.ID]domain.Actor{one.ID: one, two.ID: two, w.staff.ID: w.staff}[by]
		seen, err := w.s.ShowReview(w.t.Context(), actor, planning.ShowReviewInput{Review: v.ID})
		must(w.t, err)
		if len(seen.Nodes) != want[0] || len(seen.Missing) != want[1] || !seen.Reportable || len(seen.Asked) != want[0] {
			w.t.Errorf("%s sees %+v", by, seen)
		}
		mine, err := w.s.MyReviews(w.t.Context(), actor, planning.MyReviewsInput{})
		must(w.t, err)
		if owes := by == two.ID; (len(mine.Items) == 1) != owes {
			w.t.Errorf("%s owes %+v", by, mine.Items)
		}
	}
	seen, err := w.s.ShowReview(w.t.Context(), two, planning.ShowReviewInput{Review: v.ID})
	must(w.t, err)
	if len(seen.Reports) != 0 {
		w.t.Errorf("an owner reads what others reported: %+v", seen.Reports)
	}
	_, err = w.s.ShowReview(w.t.Context(), domain.Actor{ID: "stranger", Kind: domain.ActorPerson}, planning.ShowReviewInput{Review: v.ID})
	if domain.CodeOf(err) != domain.CodeForbidden {
		w.t.Errorf("a stranger sees a review: %v", err)
	}
}

func TestWhatAnAbolishedDepartmentOwnsIsTransferred(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		must(t, w.revise(plan.Drafted, 0, put("1", "", plan.Strategy), owned("1-1", "가과", firms), owned("1-2", "나과", firms)))
		w.inForce()
		first, second := w.department("가과"), w.department("새과")
		end := planning.AbolishDepartmentInput{Department: first.ID, On: "2027-03-01", Successor: first.ID, Basis: "조직담당관-9", Version: first.Version}
		_, err := w.s.AbolishDepartment(t.Context(), w.staff, end)
		var e *domain.Error
		if !errors.As(err, &e) || len(e.Fields) != 1 || e.Fields[0].Field != "successor" {
			t.Errorf("its own successor: %v", err)
		}
		end.Successor = second.ID
		_, err = w.s.AbolishDepartment(t.Context(), w.staff, end)
		must(t, err)
		transfer := planning.TransferInput{Plan: w.plan.ID, Department: first.ID, Basis: "조직담당관-9", Reason: "조직개편", After: 1}
		_, err = w.s.Transfer(t.Context(), w.staff, transfer)
		expect(t, "before the day", err, "department.stands")
		_, err = w.openReview(2027, 4)
		expect(t, "a review of what it owns", err, "review.owner_abolished")
		w.refusedImport()
		if got := w.show(0).Orphans; len(got) != 1 || got[0].Successor != "새과" || got[0].Count != 1 {
			t.Errorf("orphans %+v", got)
		}
		set, err := w.s.Transfer(t.Context(), w.staff, transfer)
		must(t, err)
		if set.Kind != plan.Minor || set.Basis != "조직담당관-9" || len(set.Changes) != 1 || set.Changes[0].Node.Owner != "새과" {
			t.Errorf("transferred with %+v", set)
		}
		transfer.After = 2
		_, err = w.s.Transfer(t.Context(), w.staff, transfer)
		expect(t, "once more", err, "department.owns_nothing")
		_, err = w.openReview(2027, 4)
		must(t, err)
		if owed := w.show(0).Owed; !slices.ContainsFunc(owed, func(o plan.Owed) bool { return o.Kind == plan.ChangeReport && o.Number == 2 }) {
			t.Errorf("the committee is not told: %+v", owed)
		}
	})
}

// refusedImport gives the whole plan as it stands, which names the abolished department; all that is wrong is told.
func (w *world) refusedImport() {
	w.t.Helper()
	in := planning.ReviseInput{Plan: w.plan.ID, Kind: plan.Minor, Basis: "문서", Reason: "사유", After: 1, Replace: true}
	for _, n := range w.show(0).Nodes {
		in.Changes = append(in.Changes, plan.Change{Node: n.Node})
	}
	_, err := w.s.Revise(w.t.Context(), w.staff, in)
	var e *domain.Error
	if !errors.As(err, &e) || len(e.Fields) != 1 || e.Fields[0].Field != "nodes.1-1.owner" || e.Fields[0].Key != "plan.owner_abolished" {
		w.t.Errorf("an import of an abolished owner: %v", err)
	}
}
