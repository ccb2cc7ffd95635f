package balloting_test

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/internal/testkit/hall"
	"secretariat/service/balloting"
	"secretariat/service/presiding"
	"secretariat/store"
)

// TestCloseWhileCasting closes while everybody is voting: whoever got a receipt is counted, whoever did not is not.
func TestCloseWhileCasting(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db, hall.Members(40))
		h.Begin(t, 40)
		for round := range 4 {
			id := h.Vote(t, balloting.OpenInput{
				Purpose: ballot.Procedural, Question: fmt.Sprint("질의 종결 ", round), Method: ballot.Secret,
			})
			var acknowledged atomic.Int64
			all := sync.WaitGroup{}
			for n := 1; n <= 40; n++ {
				all.Go(func() {
					_, err := h.Balloting.Cast(t.Context(), h.Person(n), balloting.CastInput{Ballot: id, Choice: ballot.Yes})
					switch domain.KeyOf(err) {
					case "":
						acknowledged.Add(1)
					case "ballot.closed":
					default:
						t.Error(err)
					}
				})
			}
			var out balloting.Outcome
			all.Go(func() {
				for acknowledged.Load() < int64(5*round) {
					runtime.Gosched()
				}
				var err error
				out, err = h.Balloting.Close(t.Context(), h.Secretary(), balloting.CloseInput{Ballot: id})
				if err != nil {
					t.Error(err)
				}
			})
			all.Wait()
			if got := int64(out.Result.Yes); got != acknowledged.Load() {
				t.Errorf("%d acknowledged, %d counted", acknowledged.Load(), got)
			}
			h.Read(t, func(ctx context.Context, tx *store.Tx) error {
				votes, err := tx.VotesOf(ctx, id)
				if int64(len(votes)) != acknowledged.Load() {
					t.Errorf("%d acknowledged, %d stored", acknowledged.Load(), len(votes))
				}
				return err
			})
		}
	})
}

// TestOneMemberManyHands: a member who sends the vote from many windows at once votes once.
func TestOneMemberManyHands(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db)
		h.Begin(t, 8)
		id := h.Vote(t, balloting.OpenInput{Method: ballot.Secret})
		var taken atomic.Int64
		all := sync.WaitGroup{}
		for range 16 {
			all.Go(func() {
				_, err := h.Balloting.Cast(t.Context(), h.Person(1), balloting.CastInput{Ballot: id, Choice: ballot.Yes})
				if err == nil {
					taken.Add(1)
					return
				}
				hall.Wants(t, err, "ballot.already_voted")
			})
		}
		all.Wait()
		if r := h.Close(t, id).Result; taken.Load() != 1 || r.Yes != 1 {
			t.Errorf("%d taken, %d counted", taken.Load(), r.Yes)
		}
	})
}

// TestRecusalWhileCasting asserts a recusal while the member votes: either the vote was first and the ballot is void,
// or the member is off the roll; the member's vote is never counted.
func TestRecusalWhileCasting(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db)
		h.Begin(t, 15)
		for n := 10; n <= 14; n++ {
			id := h.Vote(t, balloting.OpenInput{})
			var cast, assert error
			all := sync.WaitGroup{}
			all.Go(func() {
				_, cast = h.Balloting.Cast(t.Context(), h.Person(n), balloting.CastInput{Ballot: id, Choice: ballot.Yes})
			})
			all.Go(func() {
				_, assert = h.Presiding.Assert(t.Context(), h.Secretary(), presiding.AssertInput{
					Item: h.Items[0], Member: h.Member(n), Ground: "kin",
				})
			})
			all.Wait()
			hall.Must(t, assert)
			v, err := h.Balloting.Show(t.Context(), h.Secretary(), balloting.ShowInput{Ballot: id})
			hall.Must(t, err)
			if cast == nil && v.State != ballot.Void || cast != nil && (v.State != ballot.Open || v.Voted != 0) {
				t.Errorf("cast %v, ballot %s with %d votes", cast, v.State, v.Voted)
			}
			if v.State == ballot.Open {
				_, err := h.Balloting.Void(t.Context(), h.Secretary(), balloting.VoidInput{Ballot: id, Reason: "다음 차례"})
				hall.Must(t, err)
			}
		}
	})
}
