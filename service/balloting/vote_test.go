package balloting_test

import (
	"context"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/internal/testkit/hall"
	"secretariat/service/balloting"
	"secretariat/service/presiding"
	"secretariat/store"
)

// TestRecusedExample plays the example of 법제처 09-0129: of 15 serving 8 are present, 3 of them recused; 3 yes carry.
func TestRecusedExample(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db)
		h.Begin(t, 8)
		for n := 6; n <= 8; n++ {
			h.Recuse(t, n, 1)
		}
		id := h.Vote(t, balloting.OpenInput{})
		h.Cast(t, id, ballot.Yes, 1, 3)
		h.Cast(t, id, ballot.No, 4, 5)
		out := h.Close(t, id)
		r := out.Result
		if r.Voters != 5 || r.Required != 3 || r.Present != 8 || r.Recused != 3 || out.Outcome != meeting.ApprovedAsProposed {
			t.Errorf("%+v, %s", r, out.Outcome)
		}
		want := "의안 제2026-1호 「3개년 기본계획(안)」 안건: 출석위원 5명(제척 3명 제외) 중 찬성 3명, 반대 2명으로 원안가결되었음을 선포합니다."
		if out.Sentence != want {
			t.Errorf("sentence %q", out.Sentence)
		}
		if i := h.Item(t, 1); i.State != meeting.Decided || i.DecidedBallot != id || i.Outcome != meeting.ApprovedAsProposed {
			t.Errorf("item %+v", i)
		}
	})
}

// TestRecusedAway is the other half of it: without the three there is no quorum, at the opening and at the vote.
func TestRecusedAway(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db)
		h.Enter(t, 1, 5)
		h.Pledge(t, 1, 5)
		_, err := h.Presiding.Open(t.Context(), h.Secretary(), presiding.OpenInput{Meeting: hall.Meeting})
		hall.Wants(t, err, "meeting.no_quorum")
		h.Enter(t, 6, 8)
		_, err = h.Presiding.Open(t.Context(), h.Secretary(), presiding.OpenInput{Meeting: hall.Meeting})
		hall.Must(t, err)
		_, err = h.Presiding.Warn(t.Context(), h.Secretary(), presiding.MeetingInput{Meeting: hall.Meeting})
		hall.Must(t, err)
		h.Table(t, 1)
		h.Leave(t, 8)
		_, err = h.Balloting.Open(t.Context(), h.Secretary(), balloting.OpenInput{
			Item: h.Items[0], Purpose: ballot.MainMotion,
		})
		hall.Wants(t, err, "meeting.no_quorum")
	})
}

// TestQuorumLost: members who leave without having voted take the quorum with them, and nothing is decided.
func TestQuorumLost(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db)
		h.Begin(t, 8)
		id := h.Vote(t, balloting.OpenInput{})
		h.Cast(t, id, ballot.Yes, 1, 7)
		h.Leave(t, 7) // voted before, so present at the vote
		h.Leave(t, 8)
		out := h.Close(t, id)
		if out.Result.Verdict != ballot.Undecidable || out.Outcome != meeting.Deferred || out.Result.Quorum.Present != 7 {
			t.Errorf("%+v, %s", out.Result, out.Outcome)
		}
		if i := h.Item(t, 1); i.OutcomeReason == "" {
			t.Error("deferred without a reason")
		}
	})
}

func TestCastRefusals(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db, hall.Rule("ballot.change.named", "false"))
		h.Begin(t, 10)
		h.Enter(t, 11, 12) // without pledge
		h.Recuse(t, 3, 1)
		id := h.Vote(t, balloting.OpenInput{})
		h.Enter(t, 13, 13) // after the opening
		h.Leave(t, 4)
		cast := func(n int, c ballot.Choice) error {
			_, err := h.Balloting.Cast(t.Context(), h.Person(n), balloting.CastInput{Ballot: id, Choice: c})
			return err
		}
		hall.Must(t, cast(1, ballot.Yes))
		hall.Wants(t, cast(1, ballot.No), "ballot.already_voted")
		hall.Wants(t, cast(3, ballot.Yes), "forbidden")
		hall.Wants(t, cast(4, ballot.Yes), "ballot.absent")
		hall.Wants(t, cast(11, ballot.Yes), "ballot.not_pledged")
		hall.Wants(t, cast(13, ballot.Yes), "forbidden")
		hall.Wants(t, cast(15, ballot.Yes), "forbidden")
		hall.Wants(t, cast(2, "maybe"), "invalid")
		_, err := h.Balloting.Cast(t.Context(), h.Secretary(), balloting.CastInput{Ballot: id, Choice: ballot.Yes})
		hall.Wants(t, err, "forbidden")
		_, err = h.Balloting.Cast(t.Context(), h.Person(2), balloting.CastInput{Ballot: "nope", Choice: ballot.Yes})
		hall.Wants(t, err, "not_found.ballot")
		h.Close(t, id)
		hall.Wants(t, cast(2, ballot.Yes), "ballot.closed")
		_, err = h.Balloting.Close(t.Context(), h.Secretary(), balloting.CloseInput{Ballot: id})
		hall.Wants(t, err, "ballot.closed")
		_, err = h.Balloting.Void(t.Context(), h.Secretary(), balloting.VoidInput{Ballot: id, Reason: "다시"})
		hall.Wants(t, err, "ballot.closed")
	})
}

func TestChangeNamedVote(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db)
		h.Begin(t, 8)
		id := h.Vote(t, balloting.OpenInput{})
		first, err := h.Balloting.Cast(t.Context(), h.Person(1), balloting.CastInput{Ballot: id, Choice: ballot.Yes})
		hall.Must(t, err)
		second, err := h.Balloting.Cast(t.Context(), h.Person(1), balloting.CastInput{Ballot: id, Choice: ballot.No})
		hall.Must(t, err)
		if first.Code != second.Code {
			t.Errorf("receipt changed from %s to %s", first.Code, second.Code)
		}
		if r := h.Close(t, id).Result; r.No != 1 || r.Yes != 0 || r.NotCast != 7 || r.Verdict != ballot.Lost {
			t.Errorf("%+v", r)
		}
	})
}

func TestHands(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db)
		h.Begin(t, 9)
		h.Enter(t, 10, 10)
		h.Recuse(t, 9, 1)
		id := h.Vote(t, balloting.OpenInput{Method: ballot.Hands})
		h.Leave(t, 8)
		_, err := h.Balloting.Cast(t.Context(), h.Person(1), balloting.CastInput{Ballot: id, Choice: ballot.Yes})
		hall.Wants(t, err, "ballot.by_hands")
		record := func(hands ...balloting.Hand) error {
			_, err := h.Balloting.Record(t.Context(), h.Secretary(), balloting.RecordInput{Ballot: id, Votes: hands})
			return err
		}
		hand := func(n int) balloting.Hand { return balloting.Hand{Member: h.Member(n), Choice: ballot.Yes} }
		for name, hands := range map[string][]balloting.Hand{
			"unknown": {{Member: "nobody", Choice: ballot.Yes}}, "recused": {hand(9)}, "left": {hand(8)},
			"no pledge": {hand(10)},
			"twice":     {hand(1), hand(1)}, "no choice": {{Member: h.Member(1)}}, "nothing": nil,
		} {
			if err := record(hands...); domain.CodeOf(err) != domain.CodeInvalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		hall.Must(t, record(hand(1), hand(2), hand(3)))
		hall.Must(t, record(hand(1), hand(2), hand(4), hand(5), hand(6)))
		out := h.Close(t, id)
		if r := out.Result; r.Yes != 5 || r.Voters != 8 || r.NotCast != 3 || r.Verdict != ballot.Carried {
			t.Errorf("%+v", r) // 7 stayed of the roll of 9 without the recused: 1-7 and 10
		}
	})
}

func TestOneVoteAtATime(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db)
		h.Begin(t, 8)
		h.Table(t, 2)
		open := func(in balloting.OpenInput) error {
			_, err := h.Balloting.Open(t.Context(), h.Secretary(), in)
			return err
		}
		id := h.Vote(t, balloting.OpenInput{})
		hall.Wants(t, open(balloting.OpenInput{Item: h.Items[1], Purpose: ballot.MainMotion}), "ballot.other_open")
		_, err := h.Presiding.Adjourn(t.Context(), h.Secretary(), presiding.MeetingInput{Meeting: hall.Meeting})
		hall.Wants(t, err, "ballot.other_open")
		_, err = h.Presiding.Suspend(t.Context(), h.Secretary(), presiding.SuspendInput{Meeting: hall.Meeting})
		hall.Wants(t, err, "ballot.other_open")
		_, err = h.Balloting.Void(t.Context(), h.Secretary(), balloting.VoidInput{Ballot: id, Reason: "질문이 잘못됨"})
		hall.Must(t, err)
		_, err = h.Balloting.Cast(t.Context(), h.Person(1), balloting.CastInput{Ballot: id, Choice: ballot.Yes})
		hall.Wants(t, err, "ballot.voided")
		hall.Wants(t, open(balloting.OpenInput{
			Item: h.Items[0], Purpose: ballot.MainMotion, Method: ballot.WrittenVote,
		}), "ballot.mixed_modes")
		hall.Wants(t, open(balloting.OpenInput{Item: h.Items[0], Purpose: "plebiscite"}), "invalid")
		hall.Wants(t, open(balloting.OpenInput{
			Item: h.Items[0], Purpose: ballot.Election, Candidates: h.Members[:1],
		}), "ballot.not_an_election")
		hall.Wants(t, open(balloting.OpenInput{
			Item: h.Items[0], Purpose: ballot.AmendmentOf, Subject: "none",
		}), "not_found.amendment")
	})
}

func TestAmendmentsAndConditions(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db)
		h.Begin(t, 8)
		am, err := h.Presiding.Propose(t.Context(), h.Person(2), presiding.ProposeInput{
			Item: h.Items[0], Text: "기간을 4년으로 한다.",
		})
		hall.Must(t, err)
		_, err = h.Balloting.Open(t.Context(), h.Secretary(), balloting.OpenInput{
			Item: h.Items[0], Purpose: ballot.MainMotion,
		})
		hall.Wants(t, err, "ballot.amendments_first")
		id := h.Vote(t, balloting.OpenInput{Purpose: ballot.AmendmentOf, Subject: am.ID})
		_, err = h.Presiding.Condition(t.Context(), h.Secretary(), presiding.TextInput{Item: h.Items[0], Text: "예산 확보"})
		hall.Wants(t, err, "item.in_vote")
		h.Cast(t, id, ballot.Yes, 1, 8)
		h.Close(t, id)
		main := h.Vote(t, balloting.OpenInput{})
		h.Cast(t, main, ballot.Yes, 1, 8)
		if out := h.Close(t, main); out.Outcome != meeting.ApprovedAsAmended || h.Item(t, 1).OutcomeText != "기간을 4년으로 한다." {
			t.Errorf("%s: %q", out.Outcome, h.Item(t, 1).OutcomeText)
		}
		h.Table(t, 2)
		_, err = h.Presiding.Condition(t.Context(), h.Secretary(), presiding.TextInput{Item: h.Items[1], Text: "예산 확보"})
		hall.Must(t, err)
		second := h.Vote(t, balloting.OpenInput{Item: h.Items[1]})
		h.Cast(t, second, ballot.Yes, 1, 8)
		if out := h.Close(t, second); out.Outcome != meeting.ApprovedConditionally {
			t.Error(out.Outcome)
		}
	})
}

func TestElection(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db, hall.Items(meeting.Item{
			Kind: meeting.Resolution, Subject: meeting.SubjectElection, SecretBallot: true, Title: "부위원장 선출",
		}))
		h.Begin(t, 9)
		in := balloting.OpenInput{Item: h.Items[0], Purpose: ballot.Election, Candidates: []domain.ID{h.Member(3), "gone"}}
		_, err := h.Balloting.Open(t.Context(), h.Secretary(), in)
		hall.Wants(t, err, "invalid")
		in.Candidates[1] = h.Member(4)
		in.Method = ballot.Named
		_, err = h.Balloting.Open(t.Context(), h.Secretary(), in)
		hall.Wants(t, err, "ballot.must_be_secret")
		in.Method = ""
		in.Subject = "chair"
		_, err = h.Balloting.Open(t.Context(), h.Secretary(), in)
		hall.Wants(t, err, "ballot.post_not_elected")
		in.Subject = ""
		id := h.Vote(t, in)
		h.Cast(t, id, ballot.Choice(h.Member(3)), 1, 4)
		h.Cast(t, id, ballot.Choice(h.Member(4)), 5, 8)
		if out := h.Close(t, id); out.Result.Elected != "" || h.Item(t, 1).State != meeting.Tabled {
			t.Fatalf("four of nine elected %+v", out)
		}
		id = h.Vote(t, in)
		h.Cast(t, id, ballot.Choice(h.Member(3)), 1, 5)
		if out := h.Close(t, id); out.Result.Elected != h.Member(3) || out.Outcome != meeting.ApprovedAsProposed {
			t.Errorf("%+v", out)
		}
		h.Read(t, func(ctx context.Context, tx *store.Tx) error {
			c, err := tx.Chamber(ctx, hall.Committee, h.Clock.Now())
			if c.Seated[2].Seat.Role != committee.RoleViceChair || c.Seated[1].Seat.Role != committee.RoleMember {
				t.Errorf("roles %+v", c.Seated[:3])
			}
			return err
		})
	})
}

func TestCastingVote(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db, hall.Rule("decision.tie", "chair_casting"))
		h.Begin(t, 8)
		id := h.Vote(t, balloting.OpenInput{Method: ballot.Secret})
		h.Cast(t, id, ballot.Yes, 1, 4)
		h.Cast(t, id, ballot.No, 5, 8)
		end := func(by domain.Actor, c ballot.Choice) (balloting.Outcome, error) {
			return h.Balloting.Close(t.Context(), by, balloting.CloseInput{Ballot: id, Casting: c})
		}
		_, err := end(h.Person(1), ballot.Yes)
		hall.Wants(t, err, "ballot.no_tie")
		if out := h.Close(t, id); out.State != ballot.Tied || out.Outcome != "" {
			t.Fatalf("%+v", out)
		}
		_, err = end(h.Secretary(), "")
		hall.Wants(t, err, "ballot.tied")
		_, err = end(h.Secretary(), ballot.Yes)
		hall.Wants(t, err, "forbidden")
		out, err := end(h.Person(1), ballot.Yes)
		hall.Must(t, err)
		if out.State != ballot.Closed || out.Outcome != meeting.ApprovedAsProposed || out.Result.Casting != ballot.Yes {
			t.Errorf("%+v", out)
		}
	})
}

func TestWritten(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db, hall.Mode(meeting.Written))
		h.Begin(t, 15)
		h.Recuse(t, 15, 1)
		h.Table(t, 2)
		_, err := h.Balloting.Open(t.Context(), h.Secretary(), balloting.OpenInput{
			Item: h.Items[0], Purpose: ballot.MainMotion, Method: ballot.Named,
		})
		hall.Wants(t, err, "ballot.mixed_modes")
		first := h.Vote(t, balloting.OpenInput{})
		second := h.Vote(t, balloting.OpenInput{Item: h.Items[1]})
		h.Cast(t, first, ballot.Yes, 1, 8)
		h.Cast(t, second, ballot.Yes, 1, 7)
		_, err = h.Balloting.Cast(t.Context(), h.Person(15), balloting.CastInput{Ballot: first, Choice: ballot.No})
		hall.Wants(t, err, "forbidden")
		_, err = h.Balloting.Close(t.Context(), h.Secretary(), balloting.CloseInput{Ballot: first})
		hall.Wants(t, err, "ballot.window_open")
		clerkwork := domain.System("deliberation")
		out, err := h.Balloting.CloseDue(t.Context(), clerkwork, balloting.DueInput{Meeting: hall.Meeting})
		hall.Must(t, err)
		if out.Closed != 0 {
			t.Error("closed before its time")
		}
		_, err = h.Presiding.Adjourn(t.Context(), clerkwork, presiding.MeetingInput{Meeting: hall.Meeting})
		hall.Wants(t, err, "forbidden")
		h.Clock.Advance(72 * time.Hour)
		_, err = h.Balloting.Cast(t.Context(), h.Person(9), balloting.CastInput{Ballot: first, Choice: ballot.No})
		hall.Wants(t, err, "ballot.closed")
		out, err = h.Balloting.CloseDue(t.Context(), clerkwork, balloting.DueInput{Meeting: hall.Meeting})
		hall.Must(t, err)
		if a, b := h.Item(t, 1).Outcome, h.Item(t, 2).Outcome; out.Closed != 2 || a != meeting.ApprovedAsProposed ||
			b != meeting.Deferred {
			t.Errorf("closed %d: %s, %s", out.Closed, a, b) // eight returned are a quorum of fifteen, seven are not
		}
		out, err = h.Balloting.CloseDue(t.Context(), clerkwork, balloting.DueInput{Meeting: hall.Meeting})
		hall.Must(t, err)
		if out.Closed != 0 {
			t.Error("closed twice")
		}
		_, err = h.Presiding.Adjourn(t.Context(), clerkwork, presiding.MeetingInput{Meeting: hall.Meeting})
		hall.Must(t, err)
	})
}

func TestShow(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db)
		h.Begin(t, 9)
		h.Recuse(t, 9, 1)
		id := h.Vote(t, balloting.OpenInput{})
		h.Cast(t, id, ballot.Yes, 1, 6)
		show := func(by domain.Actor) (balloting.View, error) {
			return h.Balloting.Show(t.Context(), by, balloting.ShowInput{Ballot: id})
		}
		v, err := show(h.Person(1))
		hall.Must(t, err)
		if v.Voted != 6 || v.Entitled != 8 || v.Result != nil || v.Votes != nil || v.Mine == nil || !v.OnRoll {
			t.Errorf("while open: %+v", v)
		}
		_, err = show(h.Person(9))
		hall.Wants(t, err, "forbidden")
		_, err = show(domain.Public())
		hall.Wants(t, err, "forbidden")
		h.Close(t, id)
		v, err = show(h.Person(7))
		hall.Must(t, err)
		if v.Result == nil || len(v.Votes) != 6 || v.Votes[0].Name == "" || v.Mine != nil {
			t.Errorf("after the close: %+v", v)
		}
	})
}
