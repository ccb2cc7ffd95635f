package presiding_test

import (
	"context"
	"testing"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/meeting"
	"secretariat/internal/testkit/hall"
	"secretariat/service/balloting"
	"secretariat/service/presiding"
	"secretariat/store"
)

func challenge(t *testing.T, h *hall.Hall, n int) (domain.ID, error) {
	t.Helper()
	out, err := h.Presiding.Challenge(t.Context(), h.Secretary(), presiding.ChallengeInput{
		Item: h.Items[0], Member: h.Member(n), Ground: "fairness", Reason: "자문 경력", Applicant: "신청인 갑",
	})
	return out.ID, err
}

// TestChallenge: while it is pending the member is kept out, the motion waits, and the committee resolves without the
// member.
func TestChallenge(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db)
		h.Begin(t, 9)
		id, err := challenge(t, h, 9)
		hall.Must(t, err)
		_, err = challenge(t, h, 9)
		hall.Wants(t, err, "recusal.pending")
		_, err = h.Presiding.Amendments(t.Context(), h.Person(9), presiding.AmendmentsInput{Item: h.Items[0]})
		hall.Wants(t, err, "forbidden")
		_, err = h.Balloting.Open(t.Context(), h.Secretary(), balloting.OpenInput{
			Item: h.Items[0], Purpose: ballot.MainMotion,
		})
		hall.Wants(t, err, "ballot.challenge_first")
		vote := h.Vote(t, balloting.OpenInput{Purpose: ballot.ChallengeOf, Subject: id})
		_, err = h.Balloting.Cast(t.Context(), h.Person(9), balloting.CastInput{Ballot: vote, Choice: ballot.No})
		hall.Wants(t, err, "forbidden")
		_, err = challenge(t, h, 8)
		hall.Wants(t, err, "item.in_vote")
		h.Cast(t, vote, ballot.Yes, 1, 4)
		h.Cast(t, vote, ballot.No, 5, 8)
		if out := h.Close(t, vote); out.Result.Voters != 8 || out.Result.Verdict != ballot.Lost {
			t.Errorf("%+v", out.Result)
		}
		main := h.Vote(t, balloting.OpenInput{})
		h.Cast(t, main, ballot.Yes, 9, 9) // dismissed: the member votes again
		h.Read(t, func(ctx context.Context, tx *store.Tx) error {
			all, err := tx.RecusalsOf(ctx, hall.Meeting)
			if all[0].State != meeting.RecusalDismissed || all[0].Ballot != vote {
				t.Errorf("%+v", all[0])
			}
			return err
		})
	})
}

// TestChallengeInForce keeps the member out for good; who is challenged beside takes part in the resolution on another.
func TestChallengeInForce(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db)
		h.Begin(t, 9)
		first, err := challenge(t, h, 9)
		hall.Must(t, err)
		_, err = challenge(t, h, 8)
		hall.Must(t, err)
		vote := h.Vote(t, balloting.OpenInput{Purpose: ballot.ChallengeOf, Subject: first})
		h.Cast(t, vote, ballot.Yes, 1, 8)
		if out := h.Close(t, vote); out.Result.Voters != 8 || out.Result.Verdict != ballot.Carried {
			t.Errorf("%+v", out.Result)
		}
		_, err = h.Presiding.Declare(t.Context(), h.Person(8), presiding.DeclareInput{
			Item: h.Items[0], Ground: "other", Reason: "친분",
		})
		hall.Must(t, err) // steps aside, which settles the other challenge
		main := h.Vote(t, balloting.OpenInput{})
		h.Cast(t, main, ballot.Yes, 1, 4)
		if r := h.Close(t, main).Result; r.Recused != 2 || r.Voters != 7 || r.Verdict != ballot.Carried {
			t.Errorf("%+v", r)
		}
		_, err = h.Presiding.Assert(t.Context(), h.Secretary(), presiding.AssertInput{
			Item: h.Items[0], Member: h.Member(1), Ground: "kin",
		})
		hall.Wants(t, err, "item.concluded")
	})
}

// TestRecusalInVote: before the member has voted the roll loses the member, after it the vote is void.
func TestRecusalInVote(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db)
		h.Begin(t, 10)
		id := h.Vote(t, balloting.OpenInput{})
		h.Cast(t, id, ballot.Yes, 1, 5)
		h.Recuse(t, 10, 1)
		_, err := h.Balloting.Cast(t.Context(), h.Person(10), balloting.CastInput{Ballot: id, Choice: ballot.No})
		hall.Wants(t, err, "forbidden")
		h.Recuse(t, 5, 1)
		v, err := h.Balloting.Show(t.Context(), h.Secretary(), balloting.ShowInput{Ballot: id})
		hall.Must(t, err)
		if v.State != ballot.Void || v.VoidReason == "" || v.Entitled != 9 {
			t.Errorf("%+v", v)
		}
		h.Read(t, func(ctx context.Context, tx *store.Tx) error {
			votes, err := tx.VotesOf(ctx, id)
			if len(votes) != 0 {
				t.Errorf("%d votes of a void ballot are left", len(votes))
			}
			return err
		})
		again := h.Vote(t, balloting.OpenInput{})
		h.Cast(t, again, ballot.Yes, 1, 4)
		if r := h.Close(t, again).Result; r.Present != 10 || r.Recused != 2 || r.Voters != 8 || r.Required != 5 ||
			r.Verdict != ballot.Lost {
			t.Errorf("%+v", r)
		}
	})
}

// TestAmendmentVotedOnWithRecused is put to the vote again; the closed ballot stays as it was.
func TestAmendmentVotedOnWithRecused(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db)
		h.Begin(t, 9)
		am, err := h.Presiding.Propose(t.Context(), h.Person(2), presiding.ProposeInput{Item: h.Items[0], Text: "4년으로"})
		hall.Must(t, err)
		first := h.Vote(t, balloting.OpenInput{Purpose: ballot.AmendmentOf, Subject: am.ID})
		h.Cast(t, first, ballot.Yes, 1, 5)
		h.Close(t, first)
		h.Recuse(t, 5, 1)
		_, err = h.Balloting.Open(t.Context(), h.Secretary(), balloting.OpenInput{
			Item: h.Items[0], Purpose: ballot.MainMotion,
		})
		hall.Wants(t, err, "ballot.amendments_first")
		v, err := h.Balloting.Show(t.Context(), h.Secretary(), balloting.ShowInput{Ballot: first})
		hall.Must(t, err)
		if v.State != ballot.Closed || v.Result.Yes != 5 {
			t.Errorf("%+v", v)
		}
		_, err = h.Presiding.WithdrawAmendment(t.Context(), h.Person(3), presiding.WithdrawInput{Amendment: am.ID})
		hall.Wants(t, err, "forbidden")
		_, err = h.Presiding.WithdrawAmendment(t.Context(), h.Person(2), presiding.WithdrawInput{Amendment: am.ID})
		hall.Must(t, err)
		h.Vote(t, balloting.OpenInput{})
	})
}

// TestRecusedReachesNothing: no statement, act, amendment or ballot of the item, and no word of theirs goes on record.
func TestRecusedReachesNothing(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h, ctx := hall.New(t, db), t.Context()
		h.Begin(t, 9)
		_, err := h.Presiding.Record(ctx, h.Secretary(), presiding.RecordInput{
			Meeting: hall.Meeting, Item: h.Items[0], Member: h.Member(1), Speaker: "위원장", Text: "비밀스러운 내용",
		})
		hall.Must(t, err)
		h.Recuse(t, 9, 1)
		c, err := h.Presiding.Course(ctx, h.Person(9), it)
		hall.Must(t, err)
		for _, e := range c.Events {
			if e.Item == h.Items[0] {
				t.Errorf("sees %+v", e)
			}
		}
		if len(c.Statements) != 0 {
			t.Errorf("reads %+v", c.Statements)
		}
		_, err = h.Presiding.Propose(ctx, h.Person(9), presiding.ProposeInput{Item: h.Items[0], Text: "반대로"})
		hall.Wants(t, err, "forbidden")
		_, err = h.Presiding.Propose(ctx, h.Secretary(), presiding.ProposeInput{
			Item: h.Items[0], Proposer: h.Member(9), Text: "반대로",
		})
		hall.Wants(t, err, "forbidden")
		_, err = h.Presiding.Record(ctx, h.Secretary(), presiding.RecordInput{
			Meeting: hall.Meeting, Item: h.Items[0], Member: h.Member(9), Speaker: "위원 09", Text: "한 말씀",
		})
		hall.Wants(t, err, "statement.recused")
		_, err = h.Presiding.Declare(ctx, h.Person(9), presiding.DeclareInput{Item: h.Items[0], None: true})
		hall.Wants(t, err, "recusal.in_force")
	})
}

// TestProposedRecusals: staff see which members belong to an organisation that the item names.
func TestProposedRecusals(t *testing.T) {
	h := hall.New(t, hall.SQLite(t), hall.Items(
		meeting.Item{Kind: meeting.Resolution, Title: "선정", Interested: []string{"(주) 기관 04", "다른 곳"}}))
	q, err := h.Presiding.Quorum(t.Context(), h.Secretary(), it)
	hall.Must(t, err)
	for n, s := range q.Seats {
		if got := len(s.Conflict) == 1; got != (n+1 == 4) {
			t.Errorf("seat %d: %v", n+1, s.Conflict)
		}
	}
	q, err = h.Presiding.Quorum(t.Context(), h.Person(1), it)
	hall.Must(t, err)
	if q.Seats[3].Conflict != nil {
		t.Error("members are told of proposed recusals")
	}
}
