package balloting_test

import (
	"context"
	"testing"
	"time"

	"secretariat/domain/ballot"
	"secretariat/internal/testkit/hall"
	"secretariat/service/balloting"
	"secretariat/store"
)

// slow is a store whose transactions have done everything and wait before they commit.
type slow struct {
	store.View[balloting.Tx]
	ready  chan bool // closed when the first transaction is about to commit
	commit chan bool // closed to let it
}

func newSlow(db *hall.Database) slow {
	return slow{View: store.View[balloting.Tx]{DB: db.DB}, ready: make(chan bool), commit: make(chan bool)}
}

// InTx runs f and waits.
func (s slow) InTx(ctx context.Context, f func(balloting.Tx) error) error {
	return s.View.InTx(ctx, func(tx balloting.Tx) error {
		err := f(tx)
		close(s.ready)
		<-s.commit
		return err
	})
}

// await gives what has begun some time to go wrong; it is to be held up by the other transaction until release is called.
func await(done <-chan error, release func()) error {
	select {
	case err := <-done:
		release()
		return err
	case <-time.After(300 * time.Millisecond):
		release()
		return <-done
	}
}

// TestCastBeforeClose: a vote that is written and not yet committed when the close begins is in the count.
func TestCastBeforeClose(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db)
		h.Begin(t, 8)
		id := h.Vote(t, balloting.OpenInput{Method: ballot.Secret})
		st := newSlow(db)
		cast, closed := make(chan error, 1), make(chan error, 1)
		go func() {
			in := balloting.CastInput{Ballot: id, Choice: ballot.Yes}
			_, err := balloting.New(h.Env, st).Cast(t.Context(), h.Person(1), in)
			cast <- err
		}()
		<-st.ready
		var out balloting.Outcome
		go func() {
			var err error
			out, err = h.Balloting.Close(t.Context(), h.Secretary(), balloting.CloseInput{Ballot: id})
			closed <- err
		}()
		hall.Must(t, await(closed, func() { close(st.commit) }))
		hall.Must(t, <-cast)
		if out.Result.Yes != 1 {
			t.Errorf("the vote was acknowledged and not counted: %+v", out.Result)
		}
	})
}

// TestCastAfterClose: a vote that arrives when the close is written and not yet committed is refused.
func TestCastAfterClose(t *testing.T) {
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db)
		h.Begin(t, 8)
		id := h.Vote(t, balloting.OpenInput{Method: ballot.Secret})
		st := newSlow(db)
		cast, closed := make(chan error, 1), make(chan error, 1)
		go func() {
			_, err := balloting.New(h.Env, st).Close(t.Context(), h.Secretary(), balloting.CloseInput{Ballot: id})
			closed <- err
		}()
		<-st.ready
		go func() {
			in := balloting.CastInput{Ballot: id, Choice: ballot.Yes}
			_, err := h.Balloting.Cast(t.Context(), h.Person(1), in)
			cast <- err
		}()
		hall.Wants(t, await(cast, func() { close(st.commit) }), "ballot.closed")
		hall.Must(t, <-closed)
	})
}
