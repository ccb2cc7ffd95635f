package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
	"secretariat/store"
)

// Meetings checks the methods on meetings, items, papers, answers, proxies, special days and letters.
func Meetings(t *testing.T, db *store.DB) {
	rules := seedMeetings(t, db)
	t.Run("meetings", func(t *testing.T) { meetingsRoundTrip(t, db, rules) })
	t.Run("stale", func(t *testing.T) { meetingsGoStale(t, db) })
	t.Run("items and papers", func(t *testing.T) { itemsRoundTrip(t, db) })
	t.Run("answers and proxies", func(t *testing.T) { answersRoundTrip(t, db) })
	t.Run("calendar", func(t *testing.T) { spansRoundTrip(t, db) })
	t.Run("letters", func(t *testing.T) { lettersRoundTrip(t, db) })
	t.Run("recused items", func(t *testing.T) { recusedByPerson(t, db) })
	t.Run("dates", func(t *testing.T) { datesRoundTrip(t, db, rules) })
}

// moment is an instant with microseconds, so that a column that cuts them off is found out.
func moment(n int) time.Time { return time.Date(2026, 12, 15, 5, 0, n, 123456000, time.UTC) }

func moments(n int) *time.Time { m := moment(n); return &m }

func within(t *testing.T, db *store.DB, f func(context.Context, *store.Tx) error) {
	t.Helper()
	if err := db.InTx(t.Context(), func(tx *store.Tx) error { return f(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

func same[T any](t *testing.T, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("read back differs from written (-written +read):\n%s", diff)
	}
}

// seedMeetings writes a committee with two appointments of one person, and rules.
func seedMeetings(t *testing.T, db *store.DB) string {
	t.Helper()
	var hash string
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		err := tx.AddCommittee(ctx, committee.Committee{ID: "mc", Code: "mc", State: committee.Active, Version: 1})
		if err != nil {
			return err
		}
		for _, id := range []domain.ID{"mm1", "mm2"} {
			seat := committee.Seat{ID: "seat-" + id, Committee: "mc", Number: len(id) + int(id[2]-'0')}
			if err := tx.AddSeat(ctx, seat); err != nil {
				return err
			}
			m := committee.Member{ID: id, Seat: seat.ID, Committee: "mc", Person: "mp", From: "2026-01-01", Version: 1}
			if err := tx.AddMember(ctx, m); err != nil {
				return err
			}
		}
		hash, err = tx.FreezePolicy(ctx, policy.Rules{Pack: "p", Day: "2026-11-22", Entries: []policy.Entry{}})
		return err
	})
	return hash
}

func fullMeeting(rules string) meeting.Meeting {
	return meeting.Meeting{
		ID: "mt", Committee: "mc", Number: 3, Title: "제3차", Mode: meeting.Mixed, State: meeting.Open, StartsAt: moment(1),
		Place: "대회의실", ExpectedEnd: moment(2), WrittenGround: "minor", WrittenReason: "자구", WrittenUntil: moments(3),
		NoticeGround: "urgent", NoticeReason: "기한", CouncilGround: "statutory_deadline", CouncilReason: "법정",
		ClosedGround: "law", ClosedReason: "법 1조", ConvenedBy: "chair", DemandedBy: []domain.ID{"mm1", "mm2"},
		ConvenedAt: moments(4), NoticedAt: moments(5), NoticeSequence: 2, PapersFrozenAt: moments(6), PresidedBy: "mm1",
		WarnedAt: moments(7), OpenedAt: moments(8), AdjournedAt: moments(9), CancelledAt: moments(10), CancelReason: "취소",
		CurrentItem: "it", Rules: rules, Public: true, Version: 1,
	}
}

func meetingsRoundTrip(t *testing.T, db *store.DB, rules string) {
	m := fullMeeting(rules)
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddMeeting(ctx, m); err != nil {
			return err
		}
		read, err := tx.LockMeeting(ctx, m.ID)
		same(t, read, m)
		return err
	})
	err := db.InTx(t.Context(), func(tx *store.Tx) error {
		twin := m
		twin.ID = "twin"
		return tx.AddMeeting(t.Context(), twin)
	})
	if domain.CodeOf(err) != domain.CodeConflict {
		t.Errorf("two meetings have one number: %v", err)
	}
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		n, err := tx.CountMeetings(ctx, "mc", moment(1), moment(2))
		same(t, n, 1)
		if err != nil {
			return err
		}
		none, err := tx.CountMeetings(ctx, "mc", moment(2), moment(3))
		same(t, none, 0)
		if _, missing := tx.Meeting(ctx, "none"); domain.KeyOf(missing) != "not_found.meeting" {
			t.Errorf("a meeting that is not there: %v", missing)
		}
		return err
	})
}

func meetingsGoStale(t *testing.T, db *store.DB) {
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		m, err := tx.Meeting(ctx, "mt")
		if err != nil {
			return err
		}
		old := m
		m.Title = "바뀜"
		if err := tx.ChangeMeeting(ctx, &m); err != nil {
			return err
		}
		if m.Version != old.Version+1 {
			t.Errorf("version %d after %d", m.Version, old.Version)
		}
		if err := tx.ChangeMeeting(ctx, &old); domain.CodeOf(err) != domain.CodeStale {
			t.Errorf("an old version is written: %v", err)
		}
		return nil
	})
}

func itemsRoundTrip(t *testing.T, db *store.DB) {
	item := meeting.Item{
		ID: "it", Meeting: "mt", Position: 2, Number: "의안 제2026-3호", Kind: meeting.Resolution, Subject: meeting.SubjectPlan,
		Title: "안건", Proposer: "과", Proposal: "주문", Reasons: "이유", Summary: "내용", Confidential: true, SecretBallot: true,
		Interested: []string{"가나협회"}, State: meeting.Decided, Outcome: meeting.ApprovedConditionally, OutcomeText: "조건부",
		Conditions: []string{"조건"}, OutcomeReason: "까닭", DecidedBallot: "b", TabledAt: moments(1), DecidedAt: moments(2),
		Version: 1,
	}
	first := item
	first.ID, first.Position = "it0", 1
	paper := meeting.Paper{
		ID: "pa1", Item: "it", Number: 1, Revision: 1, Title: "자료", FileName: "자료.pdf", MediaType: "application/pdf",
		Size:   5 << 30,
		SHA256: "ab", Confidential: true, AddedBy: "clerk", AddedAt: moment(3), Reason: "정정",
	}
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		for _, i := range []meeting.Item{item, first} {
			if err := tx.AddItem(ctx, i); err != nil {
				return err
			}
		}
		agenda, err := tx.ItemsOf(ctx, "mt")
		same(t, agenda, []meeting.Item{first, item})
		if err != nil {
			return err
		}
		if err := tx.AddPaper(ctx, paper); err != nil {
			return err
		}
		second := paper
		second.ID, second.Revision = "pa2", 2
		if err := tx.AddPaper(ctx, second); err != nil {
			return err
		}
		paper.Superseded = true
		all, err := tx.PapersOf(ctx, "it")
		same(t, all, []meeting.Paper{second, paper})
		if err != nil {
			return err
		}
		current, err := tx.PapersOfMeeting(ctx, "mt")
		same(t, current, []meeting.Paper{second})
		return err
	})
	err := db.InTx(t.Context(), func(tx *store.Tx) error {
		again := paper
		again.ID = "pa3"
		return tx.AddPaper(t.Context(), again)
	})
	if domain.KeyOf(err) != "conflict.paper" {
		t.Errorf("one revision twice: %v", err)
	}
}

func answersRoundTrip(t *testing.T, db *store.DB) {
	answer := meeting.Response{Meeting: "mt", Member: "mm1", Answer: meeting.AnswerAbsent, Reason: "출장", At: moment(1)}
	proxy := meeting.Proxy{Meeting: "mt", Member: "mm1", Name: "과장", Post: "과", Document: "과-1", At: moment(2)}
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		for range 2 {
			if err := tx.SetResponse(ctx, answer); err != nil {
				return err
			}
			if err := tx.SetProxy(ctx, proxy); err != nil {
				return err
			}
			answer.Answer, proxy.Name = meeting.AnswerAttend, "팀장"
		}
		answers, err := tx.ResponsesOf(ctx, "mt")
		same(t, answers, []meeting.Response{answer})
		if err != nil {
			return err
		}
		proxies, err := tx.ProxiesOf(ctx, "mt")
		same(t, proxies, []meeting.Proxy{proxy})
		return err
	})
}

func spansRoundTrip(t *testing.T, db *store.DB) {
	span := meeting.Span{ID: "sp", Kind: meeting.Council, From: "2026-12-01", Until: "2026-12-20", Name: "정례회"}
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddSpan(ctx, span); err != nil {
			return err
		}
		passing := meeting.Span{ID: "passing", Kind: meeting.Holiday, From: "2026-11-09", Until: "2026-11-09", Name: "임시공휴일"}
		if err := tx.AddSpan(ctx, passing); err != nil {
			return err
		}
		read, err := tx.Span(ctx, "passing")
		same(t, read, passing)
		if err := errors.Join(err, tx.RemoveSpan(ctx, "passing")); err != nil {
			return err
		}
		if _, err := tx.Span(ctx, "passing"); domain.KeyOf(err) != "not_found.span" {
			t.Errorf("days that were taken off: %v", err)
		}
		for days, want := range map[[2]calendar.Date]int{
			{"2026-11-01", "2026-11-30"}: 0, {"2026-11-01", "2026-12-01"}: 1, {"2026-12-05", "2026-12-05"}: 1,
			{"2026-12-20", "2027-01-01"}: 1, {"2026-12-21", "2027-01-01"}: 0,
		} {
			found, err := tx.Spans(ctx, days[0], days[1])
			if err != nil {
				return err
			}
			if len(found) != want {
				t.Errorf("%d spans touch %v, want %d", len(found), days, want)
			}
		}
		return nil
	})
}

func lettersRoundTrip(t *testing.T, db *store.DB) {
	l := meeting.Letter{
		Meeting: "mt", Member: "mm1", Kind: meeting.Update, Occasion: "2", Sequence: 2, DueAt: moment(1), SentAt: moment(2),
		Failure: meeting.FailureRefused,
	}
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.MarkSent(ctx, l); err != nil {
			return err
		}
		later := l
		later.SentAt = moment(9)
		if err := tx.MarkSent(ctx, later); err != nil {
			return err
		}
		sent, err := tx.LettersOf(ctx, "mt")
		same(t, sent, []meeting.Letter{l})
		return err
	})
	nudgesRoundTrip(t, db)
}

func nudgesRoundTrip(t *testing.T, db *store.DB) {
	first := meeting.Nudge{Meeting: "mt", About: meeting.AboutSignature, At: moment(1), Members: []domain.ID{"mm1", "mm2"}}
	second := meeting.Nudge{Meeting: "mt", About: meeting.AboutAnswer, At: moment(2), Members: []domain.ID{"mm1"}}
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		for _, n := range []meeting.Nudge{second, first} {
			if err := tx.AddNudge(ctx, n); err != nil {
				return err
			}
		}
		all, err := tx.NudgesOf(ctx, "mt")
		same(t, all, []meeting.Nudge{first, second})
		if err != nil {
			return err
		}
		none, err := tx.NudgesOf(ctx, "another")
		same(t, none, []meeting.Nudge{})
		return err
	})
	err := db.InTx(t.Context(), func(tx *store.Tx) error { return tx.AddNudge(t.Context(), first) })
	if domain.KeyOf(err) != "conflict.nudge" {
		t.Errorf("one reminder twice: %v", err)
	}
}

// recusedByPerson checks that a recusal follows the person into another appointment, and that a dismissed one keeps
// nobody out.
func recusedByPerson(t *testing.T, db *store.DB) {
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		for id, state := range map[domain.ID]meeting.RecusalState{
			"it": meeting.RecusalPending, "it0": meeting.RecusalDismissed,
		} {
			err := tx.AddRecusal(ctx, meeting.Recusal{
				ID: "rec-" + id, Meeting: "mt", Item: id, Member: "mm2", Kind: meeting.Challenge, State: state, At: moment(1),
			})
			if err != nil {
				return err
			}
		}
		items, err := tx.RecusedItems(ctx, "mt", "mp")
		same(t, items, []domain.ID{"it"})
		if err != nil {
			return err
		}
		others, err := tx.RecusedItems(ctx, "mt", "somebody")
		same(t, others, []domain.ID{})
		return err
	})
}
