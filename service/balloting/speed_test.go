package balloting_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/internal/testkit/hall"
	"secretariat/service"
	"secretariat/service/balloting"
)

const clients = 16

// together runs f b.N times on 16 goroutines.
func together(b *testing.B, f func(i int) error) {
	var next atomic.Int64
	var all sync.WaitGroup
	b.ResetTimer()
	for range clients {
		all.Go(func() {
			for i := int(next.Add(1)); i <= b.N; i = int(next.Add(1)) {
				if err := f(i); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
}

// BenchmarkCast is one acknowledged vote with its idempotency key, from 16 clients at once.
func BenchmarkCast(b *testing.B) {
	const voters = 200
	h := hall.New(b, hall.Durable(b), hall.Members(voters))
	h.Begin(b, voters)
	b.ResetTimer()
	for first := 0; first < b.N; first += voters {
		b.StopTimer()
		id := h.Vote(b, balloting.OpenInput{Purpose: ballot.Procedural, Question: "질의 종결", Method: ballot.Secret})
		b.StartTimer()
		castAll(b, h, id, first, min(first+voters, b.N))
		b.StopTimer()
		h.Close(b, id)
		b.StartTimer()
	}
}

func castAll(b *testing.B, h *hall.Hall, of domain.ID, first, last int) {
	var next atomic.Int64
	next.Store(int64(first))
	var all sync.WaitGroup
	for range clients {
		all.Go(func() {
			for i := int(next.Add(1)); i <= last; i = int(next.Add(1)) {
				ctx := service.WithOnce(b.Context(), fmt.Sprint(of, i), "d")
				_, err := h.Balloting.Cast(ctx, h.Person((i-1)%200+1), balloting.CastInput{Ballot: of, Choice: ballot.Yes})
				if err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
}

// BenchmarkRow is what the database does at best: one row and one commit each, from 16 clients at once.
func BenchmarkRow(b *testing.B) {
	db := hall.Durable(b)
	hall.Must(b, db.Exec(b.Context(), "CREATE TABLE bare (id TEXT PRIMARY KEY, choice TEXT NOT NULL)"))
	together(b, func(i int) error {
		return db.Exec(b.Context(), "INSERT INTO bare (id, choice) VALUES (?, ?)", fmt.Sprint("row-", i), "yes")
	})
}
