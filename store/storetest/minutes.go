package storetest

import (
	"context"
	"slices"
	"testing"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/document"
	"secretariat/domain/meeting"
	"secretariat/domain/minutes"
	"secretariat/service"
	"secretariat/service/sweeping"
	"secretariat/store"
)

// Minutes checks the methods on minutes, decisions, follow-ups and documents. It wants a database of its own.
func Minutes(t *testing.T, db *store.DB) {
	rules := seedMeetings(t, db)
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddMeeting(ctx, fullMeeting(rules)); err != nil {
			return err
		}
		return tx.AddItem(ctx, meeting.Item{ID: "it", Meeting: "mt", Position: 1, State: meeting.Decided, Version: 1})
	})
	t.Run("minutes", func(t *testing.T) { minutesRoundTrip(t, db) })
	t.Run("versions", func(t *testing.T) { revisionsStay(t, db) })
	t.Run("signatures", func(t *testing.T) { signaturesRoundTrip(t, db) })
	t.Run("corrections and redactions", func(t *testing.T) { correctionsRoundTrip(t, db) })
	t.Run("decisions", func(t *testing.T) { decisionsRoundTrip(t, db) })
	t.Run("actions", func(t *testing.T) { actionsRoundTrip(t, db) })
	t.Run("booklets", func(t *testing.T) { bookletsRoundTrip(t, db) })
	t.Run("documents", func(t *testing.T) { documentsRoundTrip(t, db) })
	t.Run("open cases", func(t *testing.T) { openMeetings(t, db, rules) })
}

func fullMinutes() minutes.Minutes {
	return minutes.Minutes{
		ID: "mn", Meeting: "mt", Committee: "mc", State: minutes.Circulated, Current: 2, Locked: 2, Kind: "recording",
		Recording: "녹음 3", Signers: []domain.ID{"mm1", "mm2"}, SignBy: "2026-12-22", PublishBy: "2026-12-25",
		CirculatedAt: moments(1), PublishedAt: moments(2), Confirmed: "mm1", Version: 1,
	}
}

// refused fails the test unless a transaction is refused with the key.
func refused(t *testing.T, db *store.DB, key string, f func(context.Context, *store.Tx) error) {
	t.Helper()
	err := db.InTx(t.Context(), func(tx *store.Tx) error { return f(t.Context(), tx) })
	if err == nil || domain.KeyOf(err) != key {
		t.Errorf("error %v, want key %q", err, key)
	}
}

func minutesRoundTrip(t *testing.T, db *store.DB) {
	m := fullMinutes()
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddMinutes(ctx, m); err != nil {
			return err
		}
		got, err := tx.LockMinutes(ctx, "mn")
		same(t, got, m)
		return err
	})
	refused(t, db, "conflict.minutes", func(ctx context.Context, tx *store.Tx) error {
		again := m
		again.ID = "other"
		return tx.AddMinutes(ctx, again)
	})
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		_, there, err := tx.MinutesOf(ctx, "none")
		if there {
			t.Error("a meeting without minutes has some")
		}
		old := m
		if err := tx.ChangeMinutes(ctx, &m); err != nil {
			return err
		}
		if got := tx.ChangeMinutes(ctx, &old); domain.CodeOf(got) != domain.CodeStale {
			t.Errorf("writing over a newer version: %v", got)
		}
		got, _, err2 := tx.MinutesOf(ctx, "mt")
		same(t, got, m)
		if err == nil {
			err = err2
		}
		return err
	})
}

func fullContent() minutes.Content {
	who := []minutes.Attendee{{Member: "mm1", Name: "가", Position: "위원", Note: "원격"}}
	return minutes.Content{
		Title: "회의", Host: "위원회", Opened: moment(1), Adjourned: moment(2), Place: "대회의실", Mode: meeting.Mixed, Serving: 15,
		Present: who, Absent: who, Observers: who, Remarks: "없음",
		Proceeding: []minutes.Entry{{
			ID: "e", At: moment(1), Item: "it", Kind: minutes.EntryStatement, Member: "mm1", Speaker: "위원 01", Text: "말\n둘째 줄",
		}},
		Items: []minutes.ItemPart{{
			Item: "it", Number: "의안 제2026-1호", Title: "안", Kind: meeting.Resolution, Proposer: "과", Proposal: "주문",
			Outcome: meeting.ApprovedConditionally, Text: "수정", Conditions: []string{"조건"}, Reason: "이유", Recused: who,
			Ballots: []minutes.BallotPart{fullPart()}, Confidential: true,
		}},
	}
}

func fullPart() minutes.BallotPart {
	return minutes.BallotPart{
		Ballot: "bl", Purpose: ballot.MainMotion, Method: ballot.Named, Question: "안건",
		Result: ballot.Result{Present: 8, Recused: 3, Voters: 5, Required: 3, Yes: 3, No: 2, Verdict: ballot.Carried},
		Votes:  []minutes.NamedVote{{Member: "mm1", Name: "가", Choice: ballot.Yes}},
	}
}

func revisionsStay(t *testing.T, db *store.DB) {
	r := minutes.Revision{
		ID: "rv1", Minutes: "mn", Number: 1, Content: fullContent(), Reason: "첫 판", Author: "clerk",
		At: moment(3), Hash: "h1",
	}
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddRevision(ctx, r); err != nil {
			return err
		}
		got, err := tx.Revision(ctx, "mn", 1)
		same(t, got, r)
		return err
	})
	refused(t, db, "conflict.revision", func(ctx context.Context, tx *store.Tx) error {
		again := r
		again.ID = "rv2"
		return tx.AddRevision(ctx, again)
	})
	for _, change := range []string{"UPDATE revisions SET hash = 'x'", "DELETE FROM revisions"} {
		if err := db.Exec(t.Context(), change); err == nil {
			t.Errorf("%q changed what is never changed", change)
		}
	}
}

func signaturesRoundTrip(t *testing.T, db *store.DB) {
	s := minutes.Signature{
		Minutes: "mn", Member: "mm1", Name: "가", Number: 2, Hash: "h", Omitted: []domain.ID{"it"}, At: moment(4),
	}
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddSignature(ctx, s); err != nil {
			return err
		}
		got, err := tx.SignaturesOf(ctx, "mn")
		same(t, got, []minutes.Signature{s})
		if err != nil {
			return err
		}
		left, err := tx.Unsigned(ctx, "mn")
		same(t, left, []domain.ID{"mm2"})
		return err
	})
	refused(t, db, "conflict.signature", func(ctx context.Context, tx *store.Tx) error { return tx.AddSignature(ctx, s) })
	if err := db.Exec(t.Context(), "UPDATE signatures SET hash = 'x'"); err == nil {
		t.Error("a signature was changed")
	}
}

func correctionsRoundTrip(t *testing.T, db *store.DB) {
	c := minutes.Correction{ID: "co", Minutes: "mn", Member: "mm2", Number: 2, Text: "요청", At: moment(5)}
	r := minutes.Redaction{
		ID: "rd", Minutes: "mn", Anchor: "remarks", Start: 1, End: 3, Ground: "5", Reason: "검토 중", ReviewOn: "2027-01-01",
		By: "sec", At: moment(6),
	}
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddCorrection(ctx, c); err != nil {
			return err
		}
		c.Accepted, c.Answer, c.AnswerAt = true, "답", moments(7)
		if err := tx.ChangeCorrection(ctx, c); err != nil {
			return err
		}
		got, err := tx.CorrectionsOf(ctx, "mn")
		same(t, got, []minutes.Correction{c})
		if err != nil {
			return err
		}
		if err := tx.AddRedaction(ctx, r); err != nil {
			return err
		}
		r.Start, r.End, r.LiftedAt, r.Lifted = 0, 0, moments(8), "사유 소멸"
		if err := tx.ChangeRedaction(ctx, r); err != nil {
			return err
		}
		all, err := tx.RedactionsOf(ctx, "mn")
		same(t, all, []minutes.Redaction{r})
		return err
	})
}

func fullDecision() minutes.Decision {
	part := fullPart()
	return minutes.Decision{
		ID: "de1", Committee: "mc", Meeting: "mt", Item: "it", ItemNumber: "의안 제2026-1호", Kind: meeting.Resolution,
		Number: "위원회 의결 제2026-1호", Title: "안", Outcome: meeting.ApprovedAsAmended, Text: "주문", Conditions: []string{"조건"},
		Reason: "이유", Ballot: &part, DecidedAt: moment(9), IssuedAt: moment(10), Confidential: true, Hash: "h",
	}
}

func decisionsRoundTrip(t *testing.T, db *store.DB) {
	d := fullDecision()
	next := d
	next.ID, next.Number, next.Supersedes, next.Cause = "de2", "위원회 의결 제2026-2호", "de1", "오기"
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddDecision(ctx, d); err != nil {
			return err
		}
		if err := tx.AddDecision(ctx, next); err != nil {
			return err
		}
		got, err := tx.DecisionsOf(ctx, "mt")
		same(t, got, []minutes.Decision{d, next})
		if err != nil {
			return err
		}
		by, err := tx.SupersededBy(ctx, "de1")
		same(t, by, domain.ID("de2"))
		if err != nil {
			return err
		}
		page, err := tx.Decisions(ctx, "mc", "de2", 5)
		same(t, page, []minutes.Decision{d})
		return err
	})
	refused(t, db, "conflict.decision", func(ctx context.Context, tx *store.Tx) error {
		d.ID, d.Number = "de3", "위원회 의결 제2026-3호"
		return tx.AddDecision(ctx, d)
	})
	refused(t, db, "conflict.decision", func(ctx context.Context, tx *store.Tx) error {
		next.ID, next.Number = "de4", "위원회 의결 제2026-4호"
		return tx.AddDecision(ctx, next)
	})
	if err := db.Exec(t.Context(), "UPDATE decisions SET text = 'x'"); err == nil {
		t.Error("a decision was changed")
	}
}

func actionsRoundTrip(t *testing.T, db *store.DB) {
	a := minutes.Action{ID: "ac1", Decision: "de1", Text: "고시", Owner: "과", Due: "2027-01-01", Version: 1}
	done := minutes.Action{
		ID: "ac2", Decision: "de1", Text: "통보", Owner: "과", Due: "2026-12-31", DoneAt: moments(11), Report: "함", Version: 1,
	}
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddAction(ctx, a); err != nil {
			return err
		}
		if err := tx.AddAction(ctx, done); err != nil {
			return err
		}
		all, err := tx.ActionsOf(ctx, "de1")
		same(t, all, []minutes.Action{done, a})
		if err != nil {
			return err
		}
		open, err := tx.OpenActions(ctx, "mt")
		same(t, open, []minutes.Action{a})
		if err != nil {
			return err
		}
		page, err := tx.Actions(ctx, "mc", "ac1", false, 5)
		same(t, page, []minutes.Action{done})
		if err != nil {
			return err
		}
		stale := a
		if err := tx.ChangeAction(ctx, &a); err != nil {
			return err
		}
		if got := tx.ChangeAction(ctx, &stale); domain.CodeOf(got) != domain.CodeStale {
			t.Errorf("writing over a newer version: %v", got)
		}
		return nil
	})
}

func documentsRoundTrip(t *testing.T, db *store.DB) {
	d := document.Document{
		ID: "do1", Committee: "mc", Meeting: "mt", Kind: document.KindDecision, Subject: "de1", Item: "it", Revision: 1,
		Number: "과-1", Title: "결정서", Content: "c1", IssuedAt: moment(12), Public: true, Confidential: true, Retention: "영구",
		RetainFrom: "2027-01-01",
	}
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddDocument(ctx, d); err != nil {
			return err
		}
		if err := tx.PrintDocument(ctx, "do1", "pdf", "json", 42); err != nil {
			return err
		}
		if err := tx.PrintDocument(ctx, "do1", "other", "other", 1); err != nil { // a second time changes nothing
			return err
		}
		d.PDF, d.JSON, d.Size = "pdf", "json", 42
		got, err := tx.Document(ctx, "do1")
		same(t, got, d)
		return err
	})
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		next := d
		next.ID, next.Revision, next.Number, next.Content = "do2", 2, "과-2", "c2"
		if err := tx.AddDocument(ctx, next); err != nil {
			return err
		}
		newest, _, err := tx.NewestDocument(ctx, document.KindDecision, "de1")
		same(t, newest, next)
		if err != nil {
			return err
		}
		d.Superseded = true
		all, err := tx.DocumentsOf(ctx, "mt")
		same(t, all, []document.Document{d, next})
		return err
	})
	refused(t, db, "conflict.document", func(ctx context.Context, tx *store.Tx) error {
		d.ID = "do3"
		return tx.AddDocument(ctx, d)
	})
}

func bookletsRoundTrip(t *testing.T, db *store.DB) {
	b := document.Booklet{
		ID: "bk1", Committee: "mc", Meeting: "mt", Reader: "ann", Papers: []domain.ID{"p1", "p2"}, Withheld: []domain.ID{"it"},
		Digest: "d", Total: 2, OrderedAt: moment(12), KeepUntil: moment(13), Version: 1,
	}
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		if _, there, err := tx.NewestBooklet(ctx, "mt", "ann"); there || err != nil {
			t.Errorf("found one before there is any: %v", err)
		}
		if err := tx.AddBooklet(ctx, b); err != nil {
			return err
		}
		if err := tx.BookletDone(ctx, "bk1", 1); err != nil {
			return err
		}
		b.Done = 1
		got, err := tx.Booklet(ctx, "bk1")
		same(t, got, b)
		return err
	})
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		open, err := tx.Unfinished(ctx, "", false, sweeping.Case{}, 1)
		if err != nil {
			return err
		}
		same(t, open, []sweeping.Case{{Kind: service.CaseBooklet, ID: "bk1"}})
		board, err := tx.Unfinished(ctx, "", true, sweeping.Case{}, 100)
		if slices.Contains(board, sweeping.Case{Kind: service.CaseBooklet, ID: "bk1"}) {
			t.Error("a booklet is on the board")
		}
		return err
	})
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		held, err := tx.LockBooklet(ctx, "bk1")
		if err != nil {
			return err
		}
		at := moment(12)
		stale := held
		held.SHA256, held.Size, held.Pages, held.Done, held.BoundAt, held.Dropped = "sum", 42, 7, 2, &at, true
		if err := tx.ChangeBooklet(ctx, &held); err != nil {
			return err
		}
		if got := tx.ChangeBooklet(ctx, &stale); domain.CodeOf(got) != domain.CodeStale {
			t.Errorf("writing over a newer version: %v", got)
		}
		if err := tx.BookletDone(ctx, "bk1", 1); err != nil { // it is bound: nothing is counted any more
			return err
		}
		newest, _, err := tx.NewestBooklet(ctx, "mt", "ann")
		same(t, newest, held)
		if err != nil {
			return err
		}
		open, err := tx.Unfinished(ctx, "", false, sweeping.Case{}, 1)
		if slices.Contains(open, sweeping.Case{Kind: service.CaseBooklet, ID: "bk1"}) {
			t.Error("one that was thrown away is still open")
		}
		return err
	})
}
