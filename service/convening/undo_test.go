package convening_test

import (
	"slices"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/meeting"
	"secretariat/service/convening"
)

// titles are those of the agenda in their order, withdrawn ones left out.
func (w *world) titles(of domain.ID) []string {
	w.t.Helper()
	v, err := w.s.Show(w.t.Context(), clerk, convening.ShowInput{Meeting: of})
	must(w.t, err)
	out := []string{}
	for _, c := range v.Agenda {
		if c.State != meeting.Withdrawn {
			out = append(out, c.Title)
		}
	}
	return out
}

func (w *world) move(item domain.ID, to int) convening.Moved {
	w.t.Helper()
	out, err := w.s.MoveItem(w.t.Context(), clerk, convening.MoveItemInput{Item: item, Position: to})
	must(w.t, err)
	return out
}

func (w *world) moveBack(item domain.ID, m convening.Moved) error {
	_, err := w.s.MoveItem(w.t.Context(), secretary,
		convening.MoveItemInput{Item: item, Position: m.From, Undoes: true, Was: m.To})
	return err
}

func TestAMoveIsTakenBackUntilTheNoticeAndNotOverAnothers(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m := w.planned(plan())
		a, b := w.item(m.ID, content("가")), w.item(m.ID, content("나"))
		w.item(m.ID, content("다"))
		entries := w.audited("item.move")
		moved := w.move(a.ID, 9)
		if moved.From != 1 || moved.To != 3 || moved.Noticed {
			t.Fatalf("moved %+v", moved)
		}
		must(t, w.moveBack(a.ID, moved))
		if got := w.titles(m.ID); !slices.Equal(got, []string{"가", "나", "다"}) || w.audited("item.move") != entries+2 {
			t.Errorf("%v, %d entries", got, w.audited("item.move")-entries)
		}
		refused(t, w.moveBack(a.ID, moved), domain.CodeStale, domain.KeyOf(domain.Stale())) // twice
		moved = w.move(a.ID, 2)
		w.move(b.ID, 3) // somebody else's, which carries the item along
		refused(t, w.moveBack(a.ID, moved), domain.CodeStale, domain.KeyOf(domain.Stale()))
		moved = w.move(a.ID, 3)
		_, err := w.s.Convene(t.Context(), chair, convening.ConveneInput{Meeting: m.ID, Version: w.version(m.ID)})
		must(t, err)
		refused(t, w.moveBack(a.ID, moved), domain.CodeConflict, "meeting.noticed")
		if !w.move(a.ID, 1).Noticed {
			t.Error("a move after the notice counts as one that can be taken back")
		}
	})
}

func TestAWithdrawalOfAnItemIsTakenBackUntilTheNotice(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m := w.planned(plan())
		a, b := w.item(m.ID, content("가")), w.item(m.ID, content("나"))
		withdraw := func(i meeting.Item) meeting.Item {
			out, err := w.s.WithdrawItem(t.Context(), clerk, convening.WithdrawItemInput{Item: i.ID, Version: i.Version, Reason: "잘못 올림"})
			must(t, err)
			return out
		}
		restore := func(by domain.Actor, i meeting.Item) (meeting.Item, error) {
			return w.s.RestoreItem(t.Context(), by, convening.RestoreItemInput{Item: i.ID, Version: i.Version})
		}
		gone := withdraw(a)
		_, err := restore(member("m2"), gone)
		refused(t, err, domain.CodeForbidden, "forbidden")
		back, err := restore(clerk, gone)
		must(t, err)
		if got := w.titles(m.ID); !slices.Equal(got, []string{"가", "나"}) || back.OutcomeReason != "" || back.DecidedAt != nil {
			t.Errorf("%v %+v", got, back)
		}
		_, err = restore(clerk, gone) // twice, from a page that is old
		refused(t, err, domain.CodeStale, domain.KeyOf(domain.Stale()))
		_, err = restore(clerk, back)
		refused(t, err, domain.CodeConflict, "item.not_withdrawn")
		gone = withdraw(b)
		w.move(b.ID, 1) // somebody else has put the agenda in order since
		_, err = restore(clerk, gone)
		refused(t, err, domain.CodeStale, domain.KeyOf(domain.Stale()))
		gone.Version++
		_, err = w.s.Convene(t.Context(), chair, convening.ConveneInput{Meeting: m.ID, Version: w.version(m.ID)})
		must(t, err)
		_, err = restore(clerk, gone)
		refused(t, err, domain.CodeConflict, "meeting.noticed")
	})
}

func TestAWithdrawalOfADateIsTakenBackWithItsAnswers(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m := w.planned(plan())
		dates := w.propose(m.ID, "2026-12-16", "2026-12-18")
		w.send(m.ID)
		w.answers(m.ID, "m2", dates, "yy")
		w.clock.Advance(time.Minute)
		withdraw := func() {
			_, err := w.s.WithdrawDate(t.Context(), clerk, convening.DateInput{Date: dates[0].ID})
			must(t, err)
		}
		restore := func() error {
			_, err := w.s.RestoreDate(t.Context(), clerk, convening.DateInput{Date: dates[0].ID})
			return err
		}
		withdraw()
		must(t, restore())
		refused(t, restore(), domain.CodeConflict, "date.not_withdrawn") // twice
		w.mail.take()
		if w.send(m.ID); len(w.mail.take()) != 0 {
			t.Error("nobody was told of the withdrawal, so nobody is asked again")
		}
		if got := grid(w.dates(clerk, m.ID)); got != "m1:-- m2:yy m3:-- m4:-- m5:--" {
			t.Errorf("the grid is %s", got)
		}
		withdraw()
		w.send(m.ID)
		w.mail.take()
		w.clock.Advance(time.Minute)
		must(t, restore())
		w.send(m.ID)
		if got := w.mail.take(); len(got) != 5 {
			t.Errorf("%d of those who heard of the withdrawal are asked again", len(got))
		}
		if got := grid(w.dates(clerk, m.ID)); got != "m1:-- m2:yy m3:-- m4:-- m5:--" {
			t.Errorf("the grid is %s", got)
		}
		withdraw()
		w.clock.Advance(time.Minute)
		w.propose(m.ID, "2026-12-16") // somebody else was faster
		refused(t, restore(), domain.CodeConflict, "conflict.date")
		_, err := w.choose(secretary, dates[1].ID)
		must(t, err)
		refused(t, restore(), domain.CodeConflict, "date.closed")
	})
}

func TestSpecialDaysAreTakenOffAndComeBack(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		in := convening.AddSpanInput{Kind: meeting.Holiday, From: "2026-12-25", Until: "2026-12-25", Name: "성탄절"}
		span, err := w.s.AddSpan(t.Context(), clerk, in)
		must(t, err)
		_, err = w.s.RemoveSpan(t.Context(), member("m2"), convening.SpanInput{Span: span.ID})
		refused(t, err, domain.CodeForbidden, "forbidden")
		gone, err := w.s.RemoveSpan(t.Context(), clerk, convening.SpanInput{Span: span.ID})
		must(t, err)
		_, err = w.s.RemoveSpan(t.Context(), clerk, convening.SpanInput{Span: span.ID})
		refused(t, err, domain.CodeNotFound, "not_found.span")
		if gone != span {
			t.Errorf("taken off %+v", gone)
		}
		_, err = w.s.AddSpan(t.Context(), clerk, in)
		must(t, err)
		_, err = w.s.AddSpan(t.Context(), clerk, in) // undone twice
		refused(t, err, domain.CodeConflict, "conflict.span")
	})
}
