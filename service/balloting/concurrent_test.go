package balloting_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/internal/testkit/hall"
	"secretariat/service"
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

// TestOneKeyManyTimes: an answer that got lost is asked for again and again with the same key, all at once; every
// time it is the same receipt, and there is one vote, one audit entry and one memory of it.
func TestOneKeyManyTimes(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db)
		h.Begin(t, 12)
		id := h.Vote(t, balloting.OpenInput{Method: ballot.Secret})
		codes := make([][4]string, 12)
		all := sync.WaitGroup{}
		for n := range 12 {
			for try := range 4 {
				all.Go(func() {
					ctx := service.WithOnce(t.Context(), fmt.Sprint("key-", n), "d")
					in := balloting.CastInput{Ballot: id, Choice: ballot.Yes}
					out, err := h.Balloting.Cast(ctx, h.Person(n+1), in)
					if err != nil {
						t.Error(err)
					}
					codes[n][try] = out.Code
				})
			}
		}
		all.Wait()
		for n, c := range codes {
			if c[0] == "" || c != [4]string{c[0], c[0], c[0], c[0]} {
				t.Errorf("seat %d got the receipts %v", n+1, c)
			}
		}
		casts := 0
		for _, row := range db.Rows(t, "audit_entries") {
			if strings.Contains(row, "action=ballot.cast ") {
				casts++
			}
		}
		if r := h.Close(t, id).Result; r.Yes != 12 || casts != 12 || len(db.Rows(t, "memories")) != 12 {
			t.Errorf("%d votes, %d audit entries, %d memories", r.Yes, casts, len(db.Rows(t, "memories")))
		}
	})
}
