package presiding_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/meeting"
	"secretariat/internal/testkit"
	"secretariat/internal/testkit/hall"
	"secretariat/service/balloting"
	"secretariat/service/presiding"
	"secretariat/store"
)

var it = presiding.MeetingInput{Meeting: hall.Meeting}

// said lists the kinds of formal acts so far, and the last sentence.
func said(t *testing.T, h *hall.Hall) ([]string, string) {
	t.Helper()
	c, err := h.Presiding.Course(t.Context(), h.Secretary(), it)
	hall.Must(t, err)
	var kinds []string
	last := ""
	for _, e := range c.Events {
		kinds, last = append(kinds, e.Kind), e.Text
	}
	return kinds, last
}

// TestSession goes through a whole meeting and reads what was said.
func TestSession(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h, ctx := hall.New(t, db), t.Context()
		by := h.Secretary()
		h.Enter(t, 1, 7)
		h.Pledge(t, 1, 7)
		_, err := h.Presiding.Open(ctx, by, presiding.OpenInput{Meeting: hall.Meeting})
		hall.Wants(t, err, "meeting.no_quorum")
		h.Enter(t, 8, 8)
		out, err := h.Presiding.Open(ctx, by, presiding.OpenInput{Meeting: hall.Meeting})
		hall.Must(t, err)
		if want := "재적위원 15명 중 8명이 출석하여 성원이 되었으므로 개회를 선언합니다."; out.Sentence != want {
			t.Errorf("said %q", out.Sentence)
		}
		_, err = h.Presiding.Table(ctx, by, presiding.ItemInput{Item: h.Items[0]})
		hall.Wants(t, err, "meeting.not_warned")
		_, err = h.Presiding.Warn(ctx, by, it)
		hall.Must(t, err)
		_, err = h.Presiding.Warn(ctx, by, it)
		hall.Wants(t, err, "meeting.warned")
		h.Table(t, 1)
		_, err = h.Presiding.Suspend(ctx, by, presiding.SuspendInput{Meeting: hall.Meeting, Reason: "중식"})
		hall.Must(t, err)
		h.Leave(t, 8)
		_, err = h.Presiding.Resume(ctx, by, it)
		hall.Wants(t, err, "meeting.no_quorum")
		h.Enter(t, 9, 9)
		_, err = h.Presiding.Resume(ctx, by, it)
		hall.Must(t, err)
		h.Clock.Advance(time.Second)
		_, err = h.Presiding.Adjourn(ctx, by, it)
		hall.Must(t, err)
		_, err = h.Presiding.Adjourn(ctx, by, it)
		hall.Wants(t, err, "meeting.not_open")
		if a, b := h.Item(t, 1), h.Item(t, 2); a.Outcome != meeting.Deferred || b.Outcome != meeting.NotTabled ||
			a.OutcomeReason == "" {
			t.Errorf("left over: %s %q, %s %q", a.Outcome, a.OutcomeReason, b.Outcome, b.OutcomeReason)
		}
		want := []string{"open", "warn", "table", "suspend", "resume", "adjourn"}
		if kinds, last := said(t, h); !slices.Equal(kinds, want) || last != "이상으로 오늘 회의를 모두 마치고 산회를 선포합니다." {
			t.Errorf("%v, last %q", kinds, last)
		}
		h.Read(t, func(ctx context.Context, tx *store.Tx) error {
			log, err := tx.Presences(ctx, hall.Meeting)
			for _, p := range log {
				if p.OutAt == nil {
					t.Errorf("the stay of %s is open after the end", p.Member)
				}
			}
			return err
		})
	})
}

func TestOpening(t *testing.T) {
	db := hall.SQLite(t)
	h, ctx := hall.New(t, db), t.Context()
	open := func(by domain.Actor, presiding_ domain.ID) error {
		_, err := h.Presiding.Open(ctx, by, presiding.OpenInput{Meeting: hall.Meeting, Presiding: presiding_})
		return err
	}
	start := h.Clock.Now()
	h.Enter(t, 3, 15)
	h.Clock.Set(start.Add(-time.Minute))
	hall.Wants(t, open(h.Secretary(), h.Member(3)), "meeting.too_early")
	h.Clock.Set(start.Add(time.Minute))
	hall.Wants(t, open(h.Secretary(), ""), "meeting.nobody_presides")
	hall.Wants(t, open(h.Secretary(), h.Member(3)), "meeting.presiding_not_pledged")
	h.Pledge(t, 3, 3)
	hall.Wants(t, open(h.Person(4), ""), "forbidden")
	hall.Wants(t, open(testkit.Secretary("elsewhere"), ""), "forbidden")
	h.Enter(t, 2, 2)
	hall.Wants(t, open(h.Secretary(), h.Member(3)), "meeting.not_the_turn")
	h.Pledge(t, 2, 2)
	hall.Must(t, open(h.Secretary(), ""))
	kinds, _ := said(t, h)
	if !slices.Equal(kinds, []string{"acting_chair", "open"}) {
		t.Error(kinds)
	}
	_, err := h.Presiding.Warn(ctx, h.Person(2), it) // who presides may do what the chair may
	hall.Must(t, err)
	_, err = h.Presiding.Warn(ctx, h.Person(3), it)
	hall.Wants(t, err, "forbidden")
	hall.Wants(t, open(h.Secretary(), ""), "meeting.not_convened")
}

func TestPresence(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h, ctx := hall.New(t, db), t.Context()
		enter := func(by domain.Actor, member domain.ID, via string) error {
			_, err := h.Presiding.Enter(ctx, by, presiding.EnterInput{Meeting: hall.Meeting, Member: member, Via: via})
			return err
		}
		hall.Must(t, enter(h.Person(1), "", meeting.ViaRoom))
		hall.Wants(t, enter(h.Person(1), "", meeting.ViaRoom), "conflict.presence")
		hall.Wants(t, enter(h.Person(2), h.Member(3), meeting.ViaRoom), "forbidden")
		hall.Must(t, enter(h.Secretary(), h.Member(3), meeting.ViaRoom))
		hall.Wants(t, enter(h.Secretary(), h.Member(4), meeting.ViaRemote), "presence.wrong_way")
		hall.Wants(t, enter(h.Secretary(), h.Member(4), meeting.ViaProxy), "presence.no_proxy")
		hall.Wants(t, enter(h.Secretary(), "stranger", meeting.ViaRoom), "invalid")
		hall.Wants(t, enter(h.Person(4), "", "telepathy"), "invalid")
		_, err := h.Presiding.Leave(ctx, h.Person(4), presiding.LeaveInput{Meeting: hall.Meeting})
		hall.Wants(t, err, "presence.not_there")
		q, err := h.Presiding.Quorum(ctx, h.Person(5), it)
		hall.Must(t, err)
		if q.Quorum.Present != 2 || q.Quorum.Required != 8 || q.Quorum.Met || len(q.Seats) != 15 ||
			q.Seats[2].Via != meeting.ViaRoom {
			t.Errorf("%+v", q)
		}
		_, err = h.Presiding.Quorum(ctx, domain.Public(), it)
		hall.Wants(t, err, "forbidden")
	})
}

// TestTwoClerks record at the same time: no statement is lost and the numbers have no gap.
func TestTwoClerks(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h, ctx := hall.New(t, db), t.Context()
		h.Begin(t, 8)
		var all sync.WaitGroup
		for _, by := range []domain.Actor{h.Secretary(), testkit.Clerk(hall.Committee)} {
			all.Go(func() {
				for range 20 {
					_, err := h.Presiding.Record(ctx, by, presiding.RecordInput{
						Meeting: hall.Meeting, Item: h.Items[0], Member: h.Member(4), Speaker: "위원 04", Text: "찬성합니다.",
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		c, err := h.Presiding.Course(ctx, h.Secretary(), it)
		hall.Must(t, err)
		if len(c.Statements) != 40 {
			t.Errorf("%d statements", len(c.Statements))
		}
		for i, s := range c.Statements {
			if s.Sequence != i+1 {
				t.Errorf("statement %d has number %d", i+1, s.Sequence)
			}
		}
	})
}

func TestCorrection(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h, ctx := hall.New(t, db), t.Context()
		h.Begin(t, 8)
		made, err := h.Presiding.Record(ctx, h.Secretary(), presiding.RecordInput{
			Meeting: hall.Meeting, Speaker: "간사", Text: "첫째 문장",
		})
		hall.Must(t, err)
		in := presiding.CorrectInput{Statement: made.ID, Speaker: "간사", Text: "둘째 문장", Reason: "오기", Version: made.Version}
		fixed, err := h.Presiding.Correct(ctx, h.Secretary(), in)
		hall.Must(t, err)
		_, err = h.Presiding.Correct(ctx, h.Secretary(), in)
		hall.Wants(t, err, "stale")
		if fixed.Version != 2 || fixed.Sequence != made.Sequence {
			t.Errorf("%+v", fixed)
		}
		h.Read(t, func(ctx context.Context, tx *store.Tx) error {
			old, err := tx.StatementVersions(ctx, made.ID)
			if len(old) != 1 || old[0].Text != "첫째 문장" || old[0].Reason != "오기" || old[0].ReplacedBy != h.Secretary().ID {
				t.Errorf("%+v", old)
			}
			return err
		})
	})
}

func TestEndings(t *testing.T) {
	db := hall.SQLite(t)
	h, ctx := hall.New(t, db, hall.Items(
		meeting.Item{Kind: meeting.Resolution, Title: "하나"}, meeting.Item{Kind: meeting.Report, Title: "둘", Proposal: "보고함"},
		meeting.Item{Kind: meeting.Advice, Title: "셋"}, meeting.Item{Kind: meeting.Resolution, Title: "넷"})), t.Context()
	by := h.Secretary()
	h.Begin(t, 8)
	_, err := h.Presiding.Receive(ctx, by, presiding.ItemInput{Item: h.Items[0]})
	hall.Wants(t, err, "item.other_kind")
	_, err = h.Presiding.Defer(ctx, by, presiding.ReasonInput{Item: h.Items[0]})
	hall.Wants(t, err, "invalid")
	_, err = h.Presiding.Defer(ctx, by, presiding.ReasonInput{Item: h.Items[1], Reason: "아직"})
	hall.Wants(t, err, "item.not_tabled")
	_, err = h.Presiding.Defer(ctx, by, presiding.ReasonInput{Item: h.Items[0], Reason: "자료 보완"})
	hall.Must(t, err)
	h.Table(t, 2)
	h.Table(t, 3)
	h.Table(t, 4)
	_, err = h.Balloting.Open(ctx, by, balloting.OpenInput{Item: h.Items[1], Purpose: ballot.MainMotion})
	hall.Wants(t, err, "ballot.kind_not_voted")
	_, err = h.Presiding.Receive(ctx, by, presiding.ItemInput{Item: h.Items[1]})
	hall.Must(t, err)
	_, err = h.Presiding.Advise(ctx, by, presiding.TextInput{Item: h.Items[2], Text: "단계적으로 추진할 것"})
	hall.Must(t, err)
	_, err = h.Presiding.Return(ctx, by, presiding.ReasonInput{Item: h.Items[3], Reason: "근거 보완"})
	hall.Must(t, err)
	for n, want := range []meeting.Outcome{meeting.Deferred, meeting.ReportReceived,
		meeting.AdviceGiven, meeting.Reconsideration} {
		if i := h.Item(t, n+1); i.Outcome != want || i.OutcomeText+i.OutcomeReason == "" {
			t.Errorf("item %d: %s %q %q", n+1, i.Outcome, i.OutcomeText, i.OutcomeReason)
		}
	}
	_, err = h.Presiding.Table(ctx, by, presiding.ItemInput{Item: h.Items[0]})
	hall.Wants(t, err, "item.not_listed")
}
