package storetest

import (
	"context"
	"sync"
	"testing"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/domain/committee"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
	"secretariat/store"
)

// Ballots checks the methods on ballots, their rolls, participations and votes.
func Ballots(t *testing.T, db *store.DB) {
	seedSitting(t, db)
	t.Run("ballot and roll", func(t *testing.T) { ballotRoundTrip(t, db) })
	t.Run("voters", func(t *testing.T) { votersRead(t, db) })
	t.Run("votes", func(t *testing.T) { votesRoundTrip(t, db) })
	t.Run("hands", func(t *testing.T) { handsReplace(t, db) })
	t.Run("closed is closed", func(t *testing.T) { closedStays(t, db) })
	t.Run("a cast keeps the close waiting", func(t *testing.T) { castHoldsClose(t, db) })
}

// seedSitting writes a committee "sc" with members s1 to s3, a meeting "sm" and items i1 to i4.
func seedSitting(t *testing.T, db *store.DB) {
	t.Helper()
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddCommittee(ctx, committee.Committee{ID: "sc", Code: "sc", State: committee.Active, Version: 1}); err != nil {
			return err
		}
		for n, id := range []domain.ID{"s1", "s2", "s3"} {
			if err := tx.AddSeat(ctx, committee.Seat{ID: "seat-" + id, Committee: "sc", Number: n + 1}); err != nil {
				return err
			}
			m := committee.Member{ID: id, Seat: "seat-" + id, Committee: "sc", From: "2026-01-01", Version: 1}
			if err := tx.AddMember(ctx, m); err != nil {
				return err
			}
		}
		hash, err := tx.FreezePolicy(ctx, policy.Rules{Pack: "sc", Day: "2026-01-01"})
		if err != nil {
			return err
		}
		m := meeting.Meeting{ID: "sm", Committee: "sc", State: meeting.Open, StartsAt: moment(0), Rules: hash, Version: 1}
		if err := tx.AddMeeting(ctx, m); err != nil {
			return err
		}
		for n, id := range []domain.ID{"i1", "i2", "i3", "i4", "i5", "i6"} {
			i := meeting.Item{ID: id, Meeting: "sm", Position: n + 1, State: meeting.Tabled, Version: 1}
			if err := tx.AddItem(ctx, i); err != nil {
				return err
			}
		}
		return nil
	})
}

// fullBallot has a value in every column.
func fullBallot(id, item domain.ID) ballot.Ballot {
	return ballot.Ballot{
		ID: id, Meeting: "sm", Item: item, Purpose: ballot.Election, Subject: "vice_chair", Method: ballot.Secret,
		Question: "부위원장 선출", Candidates: []domain.ID{"s1", "s2"}, State: ballot.Open, OpenedAt: moment(1),
		ClosesAt: moments(9), ClosedAt: moments(3), VoidReason: "사유", Serving: 15, Present: 8, Recused: 1,
		Excluded: []domain.ID{"s3"}, Terms: ballot.Terms{Change: true, Pledge: true, Remote: true},
		Result:  &ballot.Result{Yes: 3, Shares: []ballot.Share{{Candidate: "s1", Votes: 3}}, Verdict: ballot.Carried},
		Version: 1,
	}
}

func addBallot(t *testing.T, db *store.DB, b ballot.Ballot) {
	t.Helper()
	roll := []ballot.RollEntry{{Ballot: b.ID, Member: "s1", Name: "하나"}, {Ballot: b.ID, Member: "s2", Name: "둘"}}
	within(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.AddBallot(ctx, b, roll) })
}

func ballotRoundTrip(t *testing.T, db *store.DB) {
	want := fullBallot("b1", "i1")
	addBallot(t, db, want)
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.LockBallot(ctx, "b1")
		if err != nil {
			return err
		}
		same(t, got, want)
		roll, err := tx.RollOf(ctx, "b1")
		same(t, roll, []ballot.RollEntry{{Ballot: "b1", Member: "s1", Name: "하나"}, {Ballot: "b1", Member: "s2", Name: "둘"}})
		if err != nil {
			return err
		}
		under, err := tx.BallotsUnderWay(ctx, "sm")
		same(t, under, []ballot.Ballot{want})
		return err
	})
	second := fullBallot("b1-again", "i1")
	err := db.InTx(t.Context(), func(tx *store.Tx) error { return tx.AddBallot(t.Context(), second, nil) })
	if domain.KeyOf(err) != "conflict.ballot" {
		t.Errorf("a second ballot on the item: %v", err)
	}
}

func votersRead(t *testing.T, db *store.DB) {
	addBallot(t, db, fullBallot("b2", "i2"))
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddPledge(ctx, meeting.Pledge{Meeting: "sm", Member: "s1", At: moment(1)}); err != nil {
			return err
		}
		err := tx.AddPresence(ctx, meeting.Presence{ID: "p-s1", Meeting: "sm", Member: "s1", Via: meeting.ViaRemote, InAt: moment(1)})
		if err != nil {
			return err
		}
		voters, err := tx.Voters(ctx, []ballot.Asked{{Ballot: "b2", Member: "s1"}, {Ballot: "b2", Member: "s3"}, {Ballot: "none", Member: "s1"}})
		if err != nil {
			return err
		}
		b := fullBallot("b2", "i2")
		want := ballot.Voter{
			Asked: "s3", Ballot: "b2", Meeting: "sm", Committee: "sc", Item: "i2", Purpose: b.Purpose, Method: b.Method,
			State: b.State, Candidates: b.Candidates, ClosesAt: b.ClosesAt, Terms: b.Terms, Excluded: b.Excluded,
		}
		if len(voters) == 2 && voters[0].Asked == "s3" {
			voters[0], voters[1] = voters[1], voters[0]
		}
		there := want
		there.Asked, there.Member, there.Via, there.Pledged = "s1", "s1", meeting.ViaRemote, true
		same(t, voters, []ballot.Voter{there, want})
		return nil
	})
}

func votesRoundTrip(t *testing.T, db *store.DB) {
	took := []ballot.Participation{{Ballot: "b2", Member: "s1", At: moment(2), Receipt: "AAAAA-BBBBB"}}
	given := []ballot.Vote{{ID: "v1", Ballot: "b2", Member: "s1", Choice: ballot.Yes}}
	within(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.AddVotes(ctx, took, given) })
	err := db.InTx(t.Context(), func(tx *store.Tx) error {
		return tx.AddVotes(t.Context(), took, []ballot.Vote{{ID: "v2", Ballot: "b2", Choice: ballot.No}})
	})
	if domain.KeyOf(err) != "conflict.participation" {
		t.Errorf("voting twice: %v", err)
	}
	err = db.InTx(t.Context(), func(tx *store.Tx) error {
		return tx.AddVotes(t.Context(), []ballot.Participation{{Ballot: "b2", Member: "s3", At: moment(2), Receipt: "C"}}, nil)
	})
	if domain.CodeOf(err) != domain.CodeInvalid {
		t.Errorf("voting without being on the roll: %v", err)
	}
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.ReplaceVote(ctx, ballot.Vote{Ballot: "b2", Member: "s1", Choice: ballot.No}); err != nil {
			return err
		}
		votes, err := tx.VotesOf(ctx, "b2")
		same(t, votes, []ballot.Vote{{ID: "v1", Ballot: "b2", Member: "s1", Choice: ballot.No}})
		if err != nil {
			return err
		}
		parts, err := tx.ParticipationsOf(ctx, "b2")
		same(t, parts, took)
		if err != nil {
			return err
		}
		sealed := []ballot.Vote{{ID: "v9", Ballot: "b2", Choice: ballot.No}}
		if err := tx.Seal(ctx, "b2", sealed); err != nil {
			return err
		}
		votes, err = tx.VotesOf(ctx, "b2")
		same(t, votes, sealed)
		return err
	})
}

func handsReplace(t *testing.T, db *store.DB) {
	addBallot(t, db, fullBallot("b3", "i3"))
	hands := func(fresh bool, members ...domain.ID) {
		var took []ballot.Participation
		var given []ballot.Vote
		for _, m := range members {
			took = append(took, ballot.Participation{Ballot: "b3", Member: m, At: moment(2), Receipt: "r"})
			given = append(given, ballot.Vote{ID: "h-" + m, Ballot: "b3", Member: m, Choice: ballot.Yes})
		}
		within(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.RecordVotes(ctx, "b3", fresh, took, given) })
	}
	count := func(want int) {
		within(t, db, func(ctx context.Context, tx *store.Tx) error {
			votes, err := tx.VotesOf(ctx, "b3")
			n, _ := tx.CountParticipations(ctx, "b3")
			if len(votes) != want || n != want {
				t.Errorf("%d votes of %d members, want %d", len(votes), n, want)
			}
			return err
		})
	}
	hands(true, "s1", "s2")
	count(2)
	hands(true, "s1")
	count(1)
	hands(false, "s2")
	count(2)
	within(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.DestroyVotes(ctx, "b3") })
}

func closedStays(t *testing.T, db *store.DB) {
	b := fullBallot("b4", "i4")
	addBallot(t, db, b)
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		err := tx.AddVotes(ctx, []ballot.Participation{{Ballot: "b4", Member: "s1", At: moment(2), Receipt: "r"}},
			[]ballot.Vote{{ID: "v4", Ballot: "b4", Member: "s1", Choice: ballot.Yes}})
		if err != nil {
			return err
		}
		if err := tx.Strike(ctx, "b4", "s2"); err != nil {
			return err
		}
		b.State = ballot.Closed
		return tx.ChangeBallot(ctx, &b)
	})
	for name, change := range map[string]func(*store.Tx) error{
		"reopened":      func(tx *store.Tx) error { c := b; c.State = ballot.Open; return tx.ChangeBallot(t.Context(), &c) },
		"votes changed": func(tx *store.Tx) error { return tx.ReplaceVote(t.Context(), ballot.Vote{Ballot: "b4", Member: "s1"}) },
		"votes gone":    func(tx *store.Tx) error { return tx.DestroyVotes(t.Context(), "b4") },
	} {
		if err := db.InTx(t.Context(), change); err == nil {
			t.Errorf("%s after the close", name)
		}
	}
}

// castHoldsClose: who locks the ballot waits for a cast that has read it.
func castHoldsClose(t *testing.T, db *store.DB) {
	addBallot(t, db, fullBallot("b5", "i5"))
	read, asked := make(chan bool), make(chan bool)
	var closing sync.WaitGroup
	closing.Go(func() {
		<-read
		close(asked)
		within(t, db, func(ctx context.Context, tx *store.Tx) error {
			if _, err := tx.LockBallot(ctx, "b5"); err != nil {
				return err
			}
			n, err := tx.CountParticipations(ctx, "b5")
			if n != 1 {
				t.Errorf("the close sees %d of 1 votes", n)
			}
			return err
		})
	})
	within(t, db, func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.Voters(ctx, []ballot.Asked{{Ballot: "b5", Member: "s1"}}); err != nil {
			return err
		}
		close(read)
		<-asked
		return tx.AddVotes(ctx, []ballot.Participation{{Ballot: "b5", Member: "s1", At: moment(2), Receipt: "r"}},
			[]ballot.Vote{{ID: "v5", Ballot: "b5", Choice: ballot.Yes}})
	})
	closing.Wait()
}
