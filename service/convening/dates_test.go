package convening_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/service"
	"secretariat/service/convening"
	"secretariat/store"
)

func (w *world) propose(of domain.ID, days ...calendar.Date) []meeting.Candidate {
	w.t.Helper()
	in := convening.ProposeDatesInput{Meeting: of}
	for _, d := range days {
		in.Dates = append(in.Dates, meeting.Proposal{StartsAt: at(d, 14)})
	}
	out, err := w.s.ProposeDates(w.t.Context(), clerk, in)
	must(w.t, err)
	return out.Dates
}

// answers is given to the dates in their order: y, n, or - for none.
func (w *world) answers(of, who domain.ID, dates []meeting.Candidate, given string) {
	w.t.Helper()
	in := convening.AnswerDatesInput{Meeting: of, Answers: map[domain.ID]meeting.Reply{}}
	for n, g := range given {
		if r := map[rune]meeting.Reply{'y': meeting.CanCome, 'n': meeting.CannotCome}[g]; r != "" {
			in.Answers[dates[n].ID] = r
		}
	}
	_, err := w.s.AnswerDates(w.t.Context(), member(who), in)
	must(w.t, err)
}

func (w *world) dates(by domain.Actor, of domain.ID) convening.DatePoll {
	w.t.Helper()
	out, err := w.s.ListDates(w.t.Context(), by, convening.ListDatesInput{Meeting: of})
	must(w.t, err)
	return out
}

func (w *world) choose(by domain.Actor, date domain.ID) (convening.ChosenDate, error) {
	return w.s.ChooseDate(w.t.Context(), by, convening.DateInput{Date: date})
}

// grid writes the rows as letters: y, n, - and o for not in office.
func grid(p convening.DatePoll) string {
	var out []string
	for _, r := range p.Rows {
		row := string(r.Member) + ":"
		for _, c := range r.Cells {
			row += map[meeting.Reply]string{"yes": "y", "no": "n", "none": "-", "out": "o"}[c.Answer]
		}
		out = append(out, row)
	}
	return strings.Join(out, " ")
}

func TestADateIsAskedAnsweredAndChosen(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m := w.planned(plan())
		if w.stand(m.ID).Letters != 0 {
			t.Fatal("a planned meeting has letters")
		}
		dates := w.propose(m.ID, "2026-12-16", "2026-12-18")
		if w.stand(m.ID).Letters != 5 || w.send(m.ID).Sent != 5 {
			t.Fatal("not everybody is asked")
		}
		asks := w.mail.take()
		for _, want := range []string{
			"가. 2026. 12. 16.(수) 14:00 ~ 16:00", "나. 2026. 12. 18.(금) 14:00 ~ 16:00", "3층 대회의실", "대면회의",
			"https://dx.example/meetings/" + string(m.ID) + "/dates", "끝.", "디지털전환위원회 위원장",
		} {
			if !strings.Contains(asks[0].Text, want) {
				t.Errorf("%q is missing in\n%s", want, asks[0].Text)
			}
		}
		if asks[0].Subject != "[디지털전환위원회] 2026년 제1차 정기회의 날짜 응답 요청" || asks[0].Event != nil {
			t.Errorf("subject %q, event %+v", asks[0].Subject, asks[0].Event)
		}
		w.answers(m.ID, "m2", dates, "yn")
		w.answers(m.ID, "m2", dates, "-y") // in place of both before
		w.answers(m.ID, "m3", dates, "ny")
		w.answers(m.ID, "m1", dates, "yy")
		if got := grid(w.dates(secretary, m.ID)); got != "m1:yy m2:-y m3:ny m4:-- m5:--" {
			t.Errorf("the grid is %s", got)
		}
		first, second := w.dates(auditor, m.ID).Dates[0].Forecast, w.dates(chair, m.ID).Dates[1].Forecast
		if first.Can != 1 || first.Cannot != 1 || first.Unanswered != 3 || first.Required != 3 || first.Met {
			t.Errorf("the first date: %+v", first)
		}
		if second.Can != 3 || second.Present != 3 || !second.Met || second.LastLawful != "2026-12-03" {
			t.Errorf("the second date: %+v", second)
		}
		out, err := w.choose(chair, dates[1].ID)
		must(t, err)
		if !out.Meeting.StartsAt.Equal(at("2026-12-18", 14)) || !out.Meeting.ExpectedEnd.Equal(at("2026-12-18", 16)) ||
			out.Meeting.State != meeting.Planned {
			t.Errorf("the meeting is %+v", out.Meeting)
		}
		if again := w.meeting(m.ID); !again.StartsAt.Equal(out.Meeting.StartsAt) {
			t.Errorf("kept is %s", again.StartsAt)
		}
		if w.send(m.ID).Sent != 5 || w.stand(m.ID).Letters != 0 {
			t.Error("not everybody is told")
		}
		if told := w.mail.take()[0]; !strings.Contains(told.Text, "2. 일시: 2026. 12. 18.(금) 14:00 ~ 16:00") ||
			!strings.HasSuffix(told.Subject, "날짜 확정 (2026. 12. 18.(금) 14:00)") {
			t.Errorf("told %q\n%s", told.Subject, told.Text)
		}
		_, err = w.s.AnswerDates(t.Context(), member("m4"), convening.AnswerDatesInput{
			Meeting: m.ID, Answers: map[domain.ID]meeting.Reply{dates[0].ID: meeting.CanCome},
		})
		refused(t, err, domain.CodeConflict, "date.closed")
		if p := w.dates(member("m4"), m.ID); len(p.Dates) != 0 || p.Chosen == nil || p.Chosen.ID != dates[1].ID {
			t.Errorf("after the choice a member sees %+v", p)
		}
		_, err = w.s.Revise(t.Context(), clerk, convening.ReviseInput{Meeting: m.ID, Version: w.version(m.ID), Plan: plan()})
		must(t, err)
		if p := w.dates(clerk, m.ID); p.Chosen != nil || w.stand(m.ID).Letters != 0 {
			t.Errorf("moved by hand since, it is still told as chosen: %+v", p.Chosen)
		}
		_, err = w.s.ListDates(t.Context(), member("m4"), convening.ListDatesInput{Meeting: m.ID})
		refused(t, err, domain.CodeNotFound, "not_found.meeting")
	})
}

func TestOfTwoWhoChooseAtOnceOneWins(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		for range 5 {
			m := w.planned(plan())
			dates := w.propose(m.ID, "2026-12-16", "2026-12-18")
			var won [2]error
			all := sync.WaitGroup{}
			for n, by := range []domain.Actor{secretary, chair} {
				all.Go(func() { _, won[n] = w.choose(by, dates[n].ID) })
			}
			all.Wait()
			n := slices.Index(won[:], nil)
			if n < 0 || won[1-n] == nil {
				t.Fatalf("both got %v", won)
			}
			refused(t, won[1-n], domain.CodeConflict, "date.closed")
			if got := w.meeting(m.ID); !got.StartsAt.Equal(dates[n].StartsAt) {
				t.Errorf("who won chose %s, kept is %s", dates[n].StartsAt, got.StartsAt)
			}
		}
	})
}

func TestAnActOnDatesUnderOneKeyIsDoneOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m := w.planned(plan())
		ctx := service.WithOnce(t.Context(), "k", "d")
		in := convening.ProposeDatesInput{Meeting: m.ID, Dates: []meeting.Proposal{{StartsAt: at("2026-12-16", 14)}}}
		first, err := w.s.ProposeDates(ctx, clerk, in)
		must(t, err)
		second, err := w.s.ProposeDates(ctx, clerk, in)
		must(t, err)
		if first.Dates[0].ID != second.Dates[0].ID || len(w.dates(clerk, m.ID).Dates) != 1 {
			t.Errorf("proposed %v, then %v", first, second)
		}
		for range 2 {
			_, err := w.s.ChooseDate(ctx, secretary, convening.DateInput{Date: first.Dates[0].ID})
			must(t, err)
		}
	})
}

func TestOnlyWhoOwesAnAnswerIsReminded(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m := w.planned(plan())
		dates := w.propose(m.ID, "2026-12-16", "2026-12-18")
		w.send(m.ID)
		w.mail.take()
		w.answers(m.ID, "m1", dates, "yn")
		w.answers(m.ID, "m2", dates, "nn")
		w.answers(m.ID, "m3", dates, "y-")
		w.clock.Advance(time.Hour)
		remind := func() (convening.Reminded, error) {
			return w.s.Remind(t.Context(), clerk, convening.RemindInput{Meeting: m.ID, About: meeting.AboutDates})
		}
		out, err := remind()
		must(t, err)
		w.send(m.ID)
		want := []string{"m3@dx.example", "m4@dx.example", "m5@dx.example"}
		mails := w.mail.take()
		if got := to(mails); out.Members != 3 || !slices.Equal(got, want) {
			t.Errorf("%d were to be reminded; mails went to %v", out.Members, got)
		}
		if !strings.Contains(mails[0].Text, "아직 모두 응답하지 않으셨습니다") {
			t.Errorf("text %s", mails[0].Text)
		}
		_, err = remind()
		refused(t, err, domain.CodeConflict, "reminder.too_soon")
		w.clock.Advance(24 * time.Hour)
		for _, who := range []domain.ID{"m3", "m4", "m5"} {
			w.answers(m.ID, who, dates, "yy")
		}
		_, err = remind()
		refused(t, err, domain.CodeConflict, "reminder.nobody")
		if w.stand(m.ID).Letters != 0 {
			t.Error("letters are left over")
		}
	})
}

func TestADateIsWithdrawnAndMayComeBack(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m := w.planned(plan())
		dates := w.propose(m.ID, "2026-12-16", "2026-12-18")
		w.answers(m.ID, "m2", dates, "yy")
		_, err := w.s.WithdrawDate(t.Context(), clerk, convening.DateInput{Date: dates[0].ID})
		must(t, err)
		_, err = w.choose(secretary, dates[0].ID)
		refused(t, err, domain.CodeConflict, "date.closed")
		w.clock.Advance(time.Minute)
		again := w.propose(m.ID, "2026-12-16")
		if got := grid(w.dates(clerk, m.ID)); got != "m1:-- m2:-y m3:-- m4:-- m5:--" {
			t.Errorf("the grid is %s: an answer came back with the date", got)
		}
		w.clock.Set(at("2026-12-16", 14))
		_, err = w.choose(secretary, again[0].ID)
		refused(t, err, domain.CodeConflict, "date.past")
		if p := w.dates(clerk, m.ID); p.Dates[0].Live || p.Dates[0].Forecast != nil || !p.Dates[1].Live {
			t.Errorf("a date that has passed is shown as %+v", p.Dates[0])
		}
	})
}

// TestWhoWasAskedAboutADateHearsThatItIsWithdrawn, once, and of the dates that are left.
func TestWhoWasAskedAboutADateHearsThatItIsWithdrawn(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m := w.planned(plan())
		dates := w.propose(m.ID, "2026-12-16", "2026-12-18")
		w.send(m.ID)
		w.mail.take()
		w.clock.Advance(time.Minute)
		_, err := w.s.WithdrawDate(t.Context(), clerk, convening.DateInput{Date: dates[0].ID})
		must(t, err)
		if w.send(m.ID).Sent != 5 || w.send(m.ID).Sent != 0 {
			t.Fatal("not everybody is told, or twice")
		}
		text := w.mail.take()[0].Text
		withdrawn, left, cut := strings.Cut(text, "3. 남은 날짜 후보")
		if !cut || !strings.Contains(withdrawn, "가. 2026. 12. 16.(수) 14:00 ~ 16:00") || strings.Contains(left, "12. 16.") ||
			!strings.Contains(left, "가. 2026. 12. 18.(금) 14:00 ~ 16:00") {
			t.Errorf("the letter says\n%s", text)
		}
	})
}

func TestThePollEndsWithThePlanning(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		for name, end := range map[string]func(meeting.Meeting) error{
			"convene": func(m meeting.Meeting) error {
				_, err := w.s.Convene(t.Context(), chair, convening.ConveneInput{Meeting: m.ID, Version: w.version(m.ID)})
				return err
			},
			"cancel": func(m meeting.Meeting) error {
				in := convening.CancelInput{Meeting: m.ID, Version: w.version(m.ID), Reason: "안건 없음"}
				_, err := w.s.Cancel(t.Context(), secretary, in)
				return err
			},
			"in writing": func(m meeting.Meeting) error {
				in := convening.ReviseInput{Meeting: m.ID, Version: w.version(m.ID), Plan: written()}
				_, err := w.s.Revise(t.Context(), clerk, in)
				return err
			},
		} {
			m := w.planned(plan())
			w.item(m.ID, content("안건"))
			dates := w.propose(m.ID, "2026-12-16")
			w.send(m.ID)
			w.mail.take()
			must(t, end(m))
			_, err := w.choose(secretary, dates[0].ID)
			if domain.CodeOf(err) != domain.CodeConflict {
				t.Errorf("%s: a date can still be chosen: %v", name, err)
			}
			_, err = w.s.ProposeDates(t.Context(), clerk, convening.ProposeDatesInput{
				Meeting: m.ID, Dates: []meeting.Proposal{{StartsAt: at("2026-12-17", 14)}},
			})
			want := map[string]string{"in writing": "date.written"}[name]
			refused(t, err, domain.CodeConflict, max(want, map[bool]string{true: "meeting.not_planned"}[want == ""]))
			if p := w.dates(clerk, m.ID); len(p.Dates) != 0 || p.Chosen != nil {
				t.Errorf("%s: %+v is left of the poll", name, p)
			}
			w.send(m.ID)
			mails := w.mail.take()
			if name == "cancel" && (len(mails) != 5 || !strings.Contains(mails[0].Text, "열지 않게 되었습니다") ||
				strings.Contains(mails[0].Subject+mails[0].Text, "제0차") || mails[0].Event != nil) {
				t.Errorf("who was asked is told of the end: %+v", mails)
			}
			if w.stand(m.ID).Letters != 0 {
				t.Errorf("%s: letters are left over", name)
			}
		}
	})
}

func TestAPlannedMeetingIsHiddenFromWhomItsDatesDoNotConcern(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m := w.planned(plan())
		stranger := domain.Actor{
			ID: "x", Kind: domain.ActorPerson, Seats: []domain.Seat{{Committee: "other", Member: "o", Chair: true}},
		}
		list := func(by domain.Actor) error {
			_, err := w.s.ListDates(t.Context(), by, convening.ListDatesInput{Meeting: m.ID})
			return err
		}
		refused(t, list(member("m2")), domain.CodeNotFound, "not_found.meeting")
		_, err := w.s.AnswerDates(t.Context(), member("m2"), convening.AnswerDatesInput{Meeting: m.ID})
		refused(t, err, domain.CodeNotFound, "not_found.meeting")
		dates := w.propose(m.ID, "2026-12-16")
		must(t, list(member("m2")))
		for _, by := range []domain.Actor{stranger, domain.Public(), {ID: "y", Kind: domain.ActorPerson}} {
			refused(t, list(by), domain.CodeNotFound, "not_found.meeting")
			for name, act := range map[string]func() error{
				"propose": func() error {
					_, err := w.s.ProposeDates(t.Context(), by, convening.ProposeDatesInput{Meeting: m.ID})
					return err
				},
				"answer": func() error {
					_, err := w.s.AnswerDates(t.Context(), by, convening.AnswerDatesInput{Meeting: m.ID})
					return err
				},
				"remind": func() error {
					_, err := w.s.Remind(t.Context(), by, convening.RemindInput{Meeting: m.ID, About: meeting.AboutDates})
					return err
				},
				"choose": func() error { _, err := w.choose(by, dates[0].ID); return err },
				"withdraw": func() error {
					_, err := w.s.WithdrawDate(t.Context(), by, convening.DateInput{Date: dates[0].ID})
					return err
				},
				"preview": func() error {
					_, err := w.s.PreviewNotice(t.Context(), by, convening.PreviewInput{Meeting: m.ID})
					return err
				},
			} {
				if err := act(); domain.KeyOf(err) != "not_found.meeting" {
					t.Errorf("%s by %s: %v", name, by.ID, err)
				}
			}
		}
		if _, err := w.choose(clerk, dates[0].ID); domain.CodeOf(err) != domain.CodeForbidden {
			t.Errorf("the clerk chooses: %v", err)
		}
		p := w.dates(member("m2"), m.ID)
		if p.Rows != nil || p.Dates[0].Forecast != nil || p.Silent != 0 || p.Mine.Owed != 1 {
			t.Errorf("a member sees %+v", p)
		}
	})
}

// TestARecusalDoesNotShowInANumber: the chair, who sees the agenda before the notice, is kept out of an item and finds
// no number that it moves.
func TestARecusalDoesNotShowInANumber(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m := w.planned(plan())
		first, second := w.item(m.ID, content("기본계획(안)")), w.item(m.ID, content("협약(안)"))
		dates := w.propose(m.ID, "2026-12-16")
		for _, who := range []domain.ID{"m1", "m2", "m3"} {
			w.answers(m.ID, who, dates, "y")
		}
		before := w.dates(chair, m.ID).Dates[0].Forecast
		w.recuse(m.ID, first.ID, "m1", meeting.RecusalInForce)
		w.recuse(m.ID, first.ID, "m2", meeting.RecusalPending)
		if f := w.dates(chair, m.ID).Dates[0].Forecast; fmt.Sprint(f) != fmt.Sprint(before) {
			t.Errorf("the chair, who is recused, reads %+v after %+v", f, before)
		}
		if f := w.dates(secretary, m.ID).Dates[0].Forecast; f.Recused != 2 || f.Can != 3 {
			t.Errorf("the secretary reads %+v", f)
		}
		w.recuse(m.ID, second.ID, "m3", meeting.RecusalInForce)
		if f := w.dates(chair, m.ID).Dates[0].Forecast; f.Recused != 1 {
			t.Errorf("of the item that is open to the chair: %+v", f)
		}
	})
}

// TestADateBeyondATerm asks each member about the dates of the own term alone.
func TestADateBeyondATerm(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.do(func(ctx context.Context, tx *store.Tx) error {
			leaving, err := tx.Member(ctx, "m4")
			if err != nil {
				return err
			}
			leaving.Until = "2026-12-31"
			if err := tx.ChangeMember(ctx, &leaving); err != nil {
				return err
			}
			return tx.AddMember(ctx, committee.Member{
				ID: "m6", Seat: leaving.Seat, Committee: board, Person: "person-m6", Name: "위원6", From: "2027-01-01", Version: 1,
			})
		})
		m := w.planned(plan())
		dates := w.propose(m.ID, "2026-12-16", "2027-01-12")
		if got := grid(w.dates(clerk, m.ID)); got != "m1:-- m2:-- m3:-- m4:-o m5:-- m6:o-" {
			t.Errorf("the grid is %s", got)
		}
		if sent := w.send(m.ID); sent.Sent != 5 || sent.GivenUp != 1 { // the new member has no account yet
			t.Errorf("asked %+v", sent)
		}
		_, err := w.s.AnswerDates(t.Context(), member("m4"), convening.AnswerDatesInput{
			Meeting: m.ID, Answers: map[domain.ID]meeting.Reply{dates[1].ID: meeting.CanCome},
		})
		refused(t, err, domain.CodeInvalid, "invalid")
	})
}

func TestTheDeskKnowsWhatWaits(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m := w.planned(plan())
		mine := func(by domain.Actor) []convening.MyPoll {
			out, err := w.s.MyPolls(t.Context(), by, convening.MyPollsInput{})
			must(t, err)
			return out.Items
		}
		if got := mine(member("m2")); len(got) != 0 {
			t.Errorf("before anything is asked: %+v", got)
		}
		dates := w.propose(m.ID, "2026-12-18", "2026-12-16")
		want := convening.MyPoll{
			Meeting: m.ID, Committee: board, CommitteeName: "디지털전환위원회", Title: m.Title, Dates: 2, Owed: 2,
			First: at("2026-12-16", 14),
		}
		got := mine(member("m2"))
		if len(got) == 1 && got[0].First.Equal(want.First) {
			got[0].First = want.First // in whichever zone the engine reads it
		}
		if len(got) != 1 || got[0] != want {
			t.Errorf("the desk shows %+v", got)
		}
		w.answers(m.ID, "m2", dates, "yn")
		if got := mine(member("m2")); len(got) != 1 || got[0].Owed != 0 {
			t.Errorf("after the answer the desk shows %+v", got)
		}
		for _, by := range []domain.Actor{secretary, auditor, member("nobody")} {
			if got := mine(by); len(got) != 0 {
				t.Errorf("%s: %+v", by.ID, got)
			}
		}
		_, err := w.s.MyPolls(t.Context(), domain.Public(), convening.MyPollsInput{})
		if domain.CodeOf(err) != domain.CodeForbidden {
			t.Errorf("a guest: %v", err)
		}
	})
}
