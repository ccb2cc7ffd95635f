package convening_test

import (
	"context"
	"testing"

	"secretariat/domain"
	"secretariat/domain/meeting"
	"secretariat/service/convening"
	"secretariat/store"
)

func TestConvenedMeetingHasNumbersAndAWorkflowThatLooks(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m, items := w.convened(plan())
		if m.Number != 1 || m.State != meeting.Convened || m.ConvenedBy != chair.ID || m.NoticeSequence != 0 {
			t.Errorf("meeting %+v", m)
		}
		if items[0].Number != "의안 제2026-1호" || items[1].Number != "의안 제2026-2호" {
			t.Errorf("numbers %q, %q", items[0].Number, items[1].Number)
		}
		second, more := w.convened(plan())
		if second.Number != 2 || more[0].Number != "의안 제2026-3호" {
			t.Errorf("second meeting %d, %q", second.Number, more[0].Number)
		}
		w.do(func(ctx context.Context, tx *store.Tx) error {
			pending, err := tx.PendingSignals(ctx, 100)
			if len(pending) == 0 || pending[len(pending)-1].Case != second.ID {
				t.Errorf("signals %+v", pending)
			}
			return err
		})
		refusedAgain := convening.ConveneInput{Meeting: m.ID, Version: w.version(m.ID)}
		_, err := w.s.Convene(t.Context(), chair, refusedAgain)
		refused(t, err, domain.CodeConflict, "meeting.not_planned")
	})
}

func TestWhoMayPlanAndConvene(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		for name, by := range map[string]domain.Actor{"member": member("m2"), "public": domain.Public(), "auditor": auditor} {
			_, err := w.s.Plan(t.Context(), by, convening.PlanInput{Committee: board, Plan: plan()})
			if domain.CodeOf(err) != domain.CodeForbidden {
				t.Errorf("%s plans: %v", name, err)
			}
		}
		m := w.planned(plan())
		w.item(m.ID, content("안건"))
		in := convening.ConveneInput{Meeting: m.ID, Version: w.version(m.ID)}
		for name, by := range map[string]domain.Actor{"member": member("m2"), "clerk": clerk, "system": flow} {
			if _, err := w.s.Convene(t.Context(), by, in); domain.CodeOf(err) != domain.CodeForbidden {
				t.Errorf("%s convenes: %v", name, err)
			}
		}
		if _, err := w.s.Convene(t.Context(), secretary, in); err != nil {
			t.Errorf("the secretary on the chair's behalf: %v", err)
		}
	})
}

func TestEveryFaultOfAPlanIsToldAtOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p := plan()
		p.Title, p.Place, p.ExpectedEnd = "", "", p.StartsAt
		p.NoticeGround, p.WrittenReason = "whim", "까닭"
		_, err := w.s.Plan(t.Context(), secretary, convening.PlanInput{Committee: board, Plan: p})
		refused(t, err, domain.CodeInvalid, "invalid")
		var got []string
		for _, f := range err.(*domain.Error).Fields { //nolint:errorlint // refused has looked at it
			got = append(got, f.Field)
		}
		want := []string{
			"plan.title", "plan.place", "plan.noticeReason", "plan.noticeGround", "plan.expectedEnd", "plan.writtenReason",
		}
		if len(got) != len(want) {
			t.Fatalf("fields %v, want %v", got, want)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("fields %v, want %v", got, want)
			}
		}
		p = plan()
		p.StartsAt = w.clock.Now()
		_, err = w.s.Plan(t.Context(), secretary, convening.PlanInput{Committee: board, Plan: p})
		refused(t, err, domain.CodeInvalid, "invalid")
	})
}

func TestALateNoticeNeedsARecordedGround(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m := w.planned(plan())
		w.item(m.ID, content("안건"))
		w.clock.Set(at("2026-11-30", 9))
		checked, err := w.s.Check(t.Context(), clerk, convening.CheckInput{Meeting: m.ID})
		must(t, err)
		if checked.Findings[0].Key != "meeting.notice_tight" || checked.Notice.LastLawful != "2026-11-30" {
			t.Errorf("checked %+v", checked)
		}
		w.clock.Set(at("2026-12-01", 0))
		_, err = w.s.Convene(t.Context(), chair, convening.ConveneInput{Meeting: m.ID, Version: w.version(m.ID)})
		refused(t, err, domain.CodeRefused, "meeting.notice_too_late")
		if err.(*domain.Error).Basis == "" { //nolint:errorlint // refused has looked at it
			t.Error("the refusal cites nothing")
		}
		p := plan()
		p.NoticeGround, p.NoticeReason = "urgent", "정부 공모 기한"
		_, err = w.s.Revise(t.Context(), clerk, convening.ReviseInput{Meeting: m.ID, Version: w.version(m.ID), Plan: p})
		must(t, err)
		out, err := w.s.Convene(t.Context(), chair, convening.ConveneInput{Meeting: m.ID, Version: w.version(m.ID)})
		must(t, err)
		if out.Warnings[0].Key != "meeting.notice_shortened" {
			t.Errorf("warnings %+v", out.Warnings)
		}
	})
}

func TestADemandNeedsOneThirdOfTheServingMembers(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m := w.planned(plan())
		w.item(m.ID, content("안건"))
		in := convening.ConveneInput{Meeting: m.ID, Version: w.version(m.ID), DemandedBy: []domain.ID{"m2", "m2"}}
		_, err := w.s.Convene(t.Context(), secretary, in)
		refused(t, err, domain.CodeRefused, "meeting.demand_too_few")
		in.DemandedBy = []domain.ID{"m2", "stranger"}
		_, err = w.s.Convene(t.Context(), secretary, in)
		refused(t, err, domain.CodeNotFound, "not_found.member")
		in.DemandedBy = []domain.ID{"m3", "m2"}
		out, err := w.s.Convene(t.Context(), secretary, in)
		must(t, err)
		if got := w.meeting(m.ID).DemandedBy; len(got) != 2 || got[0] != "m2" || len(out.Meeting.DemandedBy) != 2 {
			t.Errorf("demanded by %v", got)
		}
	})
}

func TestAChangeOfTheDateAfterTheNotice(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m, _ := w.convened(plan())
		p := plan()
		p.Title = "2026년 제1차 회의"
		m, err := w.s.Revise(t.Context(), clerk, convening.ReviseInput{Meeting: m.ID, Version: m.Version, Plan: p})
		must(t, err)
		if m.NoticeSequence != 1 {
			t.Errorf("a new title: sequence %d", m.NoticeSequence)
		}
		stale := convening.ReviseInput{Meeting: m.ID, Version: m.Version - 1, Plan: p}
		_, err = w.s.Revise(t.Context(), clerk, stale)
		refused(t, err, domain.CodeStale, "stale")
		w.clock.Set(at("2026-12-02", 9))
		p.Place = "본관 회의실"
		_, err = w.s.Revise(t.Context(), clerk, convening.ReviseInput{Meeting: m.ID, Version: m.Version, Plan: p})
		refused(t, err, domain.CodeRefused, "meeting.notice_too_late")
		p.StartsAt, p.ExpectedEnd = at("2026-12-18", 10), at("2026-12-18", 12)
		m, err = w.s.Revise(t.Context(), clerk, convening.ReviseInput{Meeting: m.ID, Version: m.Version, Plan: p})
		must(t, err)
		if m.NoticeSequence != 2 || !m.NoticedAt.Equal(w.clock.Now()) || m.ConvenedAt.Equal(*m.NoticedAt) {
			t.Errorf("moved: %+v", m)
		}
	})
}

func TestAnItemAddedAfterTheNotice(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m, _ := w.convened(plan())
		third := w.item(m.ID, content("추가 안건"))
		if third.Number != "의안 제2026-3호" || third.Position != 3 || w.meeting(m.ID).NoticeSequence != 1 {
			t.Errorf("item %+v", third)
		}
		w.clock.Set(at("2026-12-10", 9))
		in := convening.AddItemInput{Meeting: m.ID, Content: content("늦은 안건")}
		_, err := w.s.AddItem(t.Context(), clerk, in)
		refused(t, err, domain.CodeRefused, "meeting.notice_too_late")
		in.NoticeGround, in.NoticeReason = "urgent", "재난 대응"
		late, err := w.s.AddItem(t.Context(), clerk, in)
		must(t, err)
		if late.Number != "의안 제2026-4호" {
			t.Errorf("the refused item has used up a number: %s", late.Number)
		}
	})
}

func TestAgendaOrderRevisionAndWithdrawal(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m := w.planned(plan())
		a, b, c := w.item(m.ID, content("가")), w.item(m.ID, content("나")), w.item(m.ID, content("다"))
		_, err := w.s.MoveItem(t.Context(), clerk, convening.MoveItemInput{Item: c.ID, Position: 1})
		must(t, err)
		order := func() (out string) {
			v, err := w.s.Show(t.Context(), clerk, convening.ShowInput{Meeting: m.ID})
			must(t, err)
			for _, card := range v.Agenda {
				out += card.Title
			}
			return out
		}
		if got := order(); got != "다가나" {
			t.Errorf("order %s", got)
		}
		_, err = w.s.ReviseItem(t.Context(), clerk,
			convening.ReviseItemInput{Item: a.ID, Version: a.Version, Content: content("A")})
		refused(t, err, domain.CodeStale, "stale")
		revised, err := w.s.ReviseItem(t.Context(), clerk,
			convening.ReviseItemInput{Item: a.ID, Version: a.Version + 1, Content: content("A")})
		must(t, err)
		if revised.Title != "A" || revised.Position != 2 {
			t.Errorf("revised %+v", revised)
		}
		gone, err := w.s.WithdrawItem(t.Context(), clerk,
			convening.WithdrawItemInput{Item: b.ID, Version: b.Version + 1, Reason: "제안 부서 요청"})
		must(t, err)
		if gone.State != meeting.Withdrawn || gone.Outcome != meeting.WithdrawnOutcome {
			t.Errorf("withdrawn %+v", gone)
		}
		_, err = w.s.WithdrawItem(t.Context(), clerk,
			convening.WithdrawItemInput{Item: b.ID, Version: gone.Version, Reason: "다시"})
		refused(t, err, domain.CodeConflict, "item.not_withdrawable")
		_, err = w.s.ReviseItem(t.Context(), clerk,
			convening.ReviseItemInput{Item: b.ID, Version: gone.Version, Content: content("B")})
		refused(t, err, domain.CodeConflict, "item.not_editable")
	})
}

func TestWrittenDeliberationKeepsItsRules(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p := written()
		p.WrittenReason = ""
		_, err := w.s.Plan(t.Context(), secretary, convening.PlanInput{Committee: board, Plan: p})
		refused(t, err, domain.CodeInvalid, "invalid")
		m := w.planned(written())
		c := content("기본계획(안)")
		c.Subject = meeting.SubjectPlan
		i := w.item(m.ID, c)
		_, err = w.s.Convene(t.Context(), chair, convening.ConveneInput{Meeting: m.ID, Version: w.version(m.ID)})
		refused(t, err, domain.CodeRefused, "item.not_in_writing")
		c.Subject = meeting.SubjectOther
		_, err = w.s.ReviseItem(t.Context(), clerk, convening.ReviseItemInput{Item: i.ID, Version: i.Version, Content: c})
		must(t, err)
		out, err := w.s.Convene(t.Context(), chair, convening.ConveneInput{Meeting: m.ID, Version: w.version(m.ID)})
		must(t, err)
		if !out.Meeting.End().Equal(at("2026-12-04", 18)) {
			t.Errorf("ends %s", out.Meeting.End())
		}
		c.Subject = meeting.SubjectSelection
		i.Version = out.Items[0].Version
		_, err = w.s.ReviseItem(t.Context(), clerk, convening.ReviseItemInput{Item: i.ID, Version: i.Version, Content: c})
		refused(t, err, domain.CodeRefused, "item.not_in_writing")
		_, err = w.s.Answer(t.Context(), member("m2"), convening.AnswerInput{Meeting: m.ID, Answer: meeting.AnswerAttend})
		refused(t, err, domain.CodeInvalid, "invalid")
	})
}

func TestAnswersAndForecast(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m, items := w.convened(plan())
		answer := func(by domain.Actor, in convening.AnswerInput) error {
			in.Meeting = m.ID
			_, err := w.s.Answer(t.Context(), by, in)
			return err
		}
		must(t, answer(member("m1"), convening.AnswerInput{Answer: meeting.AnswerAttend}))
		must(t, answer(member("m2"), convening.AnswerInput{Answer: meeting.AnswerAbsent, Reason: "출장"}))
		must(t, answer(member("m2"), convening.AnswerInput{Answer: meeting.AnswerAttend}))
		must(t, answer(clerk, convening.AnswerInput{Member: "m3", Answer: meeting.AnswerAttend}))
		refused(t, answer(member("m2"), convening.AnswerInput{Member: "m3", Answer: meeting.AnswerAbsent}),
			domain.CodeForbidden, "forbidden")
		refused(t, answer(clerk, convening.AnswerInput{Answer: meeting.AnswerAbsent}),
			domain.CodeNotFound, "not_found.member")
		refused(t, answer(member("m2"), convening.AnswerInput{Answer: meeting.AnswerRemote}), domain.CodeInvalid, "invalid")
		w.recuse(m.ID, items[0].ID, "m3", meeting.RecusalPending)
		v, err := w.s.Show(t.Context(), clerk, convening.ShowInput{Meeting: m.ID})
		must(t, err)
		f := v.Forecast
		if f.Serving != 5 || f.Required != 3 || f.Attending != 3 || !f.Met || f.Unanswered != 2 {
			t.Errorf("forecast %+v", f)
		}
		if f.Items[0].Voters != 2 || !f.Items[0].Met || f.Items[1].Voters != 3 {
			t.Errorf("items %+v", f.Items)
		}
		if len(v.Answers) != 5 || v.Answers[1].Answer != meeting.AnswerAttend || v.Answers[1].Reason != "" {
			t.Errorf("answers %+v", v.Answers)
		}
		w.clock.Set(m.StartsAt)
		refused(t, answer(member("m4"), convening.AnswerInput{Answer: meeting.AnswerAttend}),
			domain.CodeConflict, "meeting.begun")
	})
}

func TestProxiesOnlyWhereTheRulesLetThem(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		m := w.planned(plan())
		in := convening.ProxyInput{Meeting: m.ID, Member: "m5", Name: "과장", Post: "디지털전환과장", Document: "디지털전환과-7"}
		_, err := w.s.AppointProxy(t.Context(), clerk, in)
		refused(t, err, domain.CodeRefused, "proxy.not_allowed")
		in.Member = "m2"
		_, err = w.s.AppointProxy(t.Context(), clerk, in)
		refused(t, err, domain.CodeRefused, "proxy.not_allowed")
		_, err = w.s.AppointProxy(t.Context(), member("m5"), in)
		refused(t, err, domain.CodeForbidden, "forbidden")
	})
}

func TestCalendarWarnsAndCannotBeFilledTwice(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		in := convening.AddSpanInput{Kind: meeting.Council, From: "2026-12-01", Until: "2026-12-20", Name: "제333회 정례회"}
		_, err := w.s.AddSpan(t.Context(), member("m2"), in)
		refused(t, err, domain.CodeForbidden, "forbidden")
		_, err = w.s.AddSpan(t.Context(), clerk, in)
		must(t, err)
		_, err = w.s.AddSpan(t.Context(), clerk, in)
		refused(t, err, domain.CodeConflict, "conflict.span")
		listed, err := w.s.ListSpans(t.Context(), domain.Public(),
			convening.ListSpansInput{From: "2026-12-20", Until: "2026-12-31"})
		must(t, err)
		if len(listed.Items) != 1 {
			t.Errorf("listed %+v", listed)
		}
		in.From, in.Until = "2026-13-01", "2026-12-01"
		_, err = w.s.AddSpan(t.Context(), clerk, in)
		refused(t, err, domain.CodeInvalid, "invalid")
		m := w.planned(plan())
		w.item(m.ID, content("안건"))
		out, err := w.s.Convene(t.Context(), chair, convening.ConveneInput{Meeting: m.ID, Version: w.version(m.ID)})
		must(t, err)
		if out.Warnings[0].Key != "meeting.council_session" {
			t.Errorf("warnings %+v", out.Warnings)
		}
	})
}

func TestAQuarterWithoutAMeetingIsFound(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p := plan()
		p.StartsAt, p.ExpectedEnd = at("2027-04-20", 14), at("2027-04-20", 16)
		m := w.planned(p)
		missed := func() bool {
			checked, err := w.s.Check(t.Context(), clerk, convening.CheckInput{Meeting: m.ID})
			must(t, err)
			for _, f := range checked.Findings {
				if f.Key == "meeting.quarter_missed" {
					return true
				}
			}
			return false
		}
		if !missed() {
			t.Error("the first quarter of 2027 had no meeting")
		}
		p.StartsAt, p.ExpectedEnd = at("2027-03-31", 23), at("2027-04-01", 1)
		w.planned(p)
		if missed() {
			t.Error("a meeting in the last hour of the quarter is not seen")
		}
	})
}
